/* Tickets on paper: see ticket_sheet.h. Lengths are millimetres until Cairo's scale. */
#include "office/ticket/ticket_sheet.h"

#include "office/ticket/paper.h"
#include "office/ticket/paper_icon.h"

#include <brugwachter/code.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_WIDTH_MM 105.0
#define PAGE_HEIGHT_MM 148.0
#define MARGIN_MM 8.0
#define INNER_MM (PAGE_WIDTH_MM - 2 * MARGIN_MM)
#define BAND_MM 28.0
#define LOGO_MM 15.0
#define NAME_TOP_MM 32.0
#define QR_MM 54.0 /* with its quiet zone: 1.2 mm a module */
#define QR_TOP_MM 45.0
#define FACTS_TOP_MM 108.0
#define TABLE_MM 17.0 /* the column of the table, where there is one */
#define FOOT_TOP_MM 131.5

struct bw_ticket_sheet {
    cairo_surface_t *surface;
    cairo_t *cairo;
};

enum bw_status
bw_ticket_sheet_create(const char *title, FILE *file, struct bw_ticket_sheet **ret_sheet,
    struct bw_error *err)
{
    struct bw_ticket_sheet *sheet = calloc(1, sizeof *sheet);
    if (!sheet) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "making the tickets' PDF: out of memory; close other programs");
    }
    sheet->surface = cairo_pdf_surface_create_for_stream(bw_paper_pdf_bytes, file,
        PAGE_WIDTH_MM * BW_PAPER_MM_PT, PAGE_HEIGHT_MM * BW_PAPER_MM_PT);
    cairo_pdf_surface_set_metadata(sheet->surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(
        sheet->surface, CAIRO_PDF_METADATA_CREATOR, "brugwachter-sync " BW_VERSION);
    sheet->cairo = cairo_create(sheet->surface);
    cairo_scale(sheet->cairo, BW_PAPER_MM_PT, BW_PAPER_MM_PT);
    *ret_sheet = sheet;
    return BW_OK;
}

void
bw_ticket_sheet_destroy(struct bw_ticket_sheet *sheet)
{
    if (!sheet) {
        return;
    }
    if (sheet->cairo) {
        cairo_destroy(sheet->cairo);
    }
    if (sheet->surface) {
        cairo_surface_destroy(sheet->surface);
    }
    free(sheet);
}

enum bw_status
bw_ticket_sheet_end(struct bw_ticket_sheet *sheet, struct bw_error *err)
{
    cairo_surface_finish(sheet->surface);
    cairo_status_t status = cairo_surface_status(sheet->surface);
    if (status != CAIRO_STATUS_SUCCESS) {
        return bw_error_set(err, BW_IO, 0, "writing the tickets' PDF: %s; make room",
            cairo_status_to_string(status));
    }
    return BW_OK;
}

/* What it is, and of which session: in the middle of the band. */
static void
band_draw(cairo_t *cairo, const struct bw_ticket_page *page, bool waits)
{
    const char *what = waits ? "WACHTLIJST · NOG GEEN PLAATS" : "TOEGANGSBEWIJS";
    enum bw_paper_colour colour = waits ? BW_PAPER_INKT : BW_PAPER_WIT;
    double x_mm = MARGIN_MM + LOGO_MM + 5.0;
    struct bw_paper_box title = {x_mm, 0, PAGE_WIDTH_MM - MARGIN_MM - x_mm, 15.5, 17,
        PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, colour, 0};
    struct bw_paper_box label = title;
    label.height_mm = 0;
    label.size_pt = 7.5;
    label.spacing_mm = 0.25;

    bw_paper_ink(cairo, waits ? BW_PAPER_WACHT : BW_PAPER_GRACHT);
    cairo_rectangle(cairo, 0, 0, PAGE_WIDTH_MM, BAND_MM);
    cairo_fill(cairo);
    bw_paper_logo(cairo, MARGIN_MM, (BAND_MM - LOGO_MM) / 2, LOGO_MM, colour,
        waits ? BW_PAPER_INKT : BW_PAPER_ZON);
    label.y_mm = (BAND_MM - bw_paper_text_height_mm(cairo, &label, what) -
                     bw_paper_text_height_mm(cairo, &title, page->session->title)) /
                 2;
    title.y_mm = label.y_mm + bw_paper_text(cairo, &label, what);
    (void)bw_paper_text(cairo, &title, page->session->title);
}

static void
person_draw(cairo_t *cairo, const struct bw_registration *person)
{
    char name[2 * BW_NAME_BYTES + 2];
    (void)snprintf(
        name, sizeof name, "%s %s", person->person.first_name, person->person.name);
    struct bw_paper_box box = {MARGIN_MM, NAME_TOP_MM, INNER_MM, 9.0, 17,
        PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, BW_PAPER_INKT, 0};
    box.y_mm += bw_paper_text(cairo, &box, name) + 0.3;
    box.height_mm = 0;
    box.size_pt = 9.5;
    box.weight = PANGO_WEIGHT_NORMAL;
    box.colour = BW_PAPER_STEEN;
    (void)bw_paper_text(cairo, &box, person->person.school);
}

/* The code as people type it, below the QR code: within its quiet zone nothing may be. */
static void
code_draw(cairo_t *cairo, bw_code code)
{
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(code, shown);
    struct bw_paper_box box = {MARGIN_MM, QR_TOP_MM + QR_MM - 0.5, INNER_MM, 0, 14,
        PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, BW_PAPER_INKT, 0.5};
    (void)bw_paper_text(cairo, &box, shown);
}

/* A small label with its value below. */
static void
fact_draw(
    cairo_t *cairo, double x_mm, double width_mm, const char *label, const char *value)
{
    struct bw_paper_box box = {x_mm, FACTS_TOP_MM, width_mm, 0, 6.5, PANGO_WEIGHT_BOLD,
        PANGO_ALIGN_LEFT, BW_PAPER_STEEN, 0.2};
    box.y_mm += bw_paper_text(cairo, &box, label) + 0.6;
    box.size_pt = 9.5;
    box.height_mm = FOOT_TOP_MM - 1.0 - box.y_mm;
    box.weight = PANGO_WEIGHT_NORMAL;
    box.colour = BW_PAPER_INKT;
    box.spacing_mm = 0;
    (void)bw_paper_text(cairo, &box, value);
}

static void
facts_draw(cairo_t *cairo, const struct bw_ticket_page *page)
{
    char when[3 * BW_WHEN_BYTES + 4], where[2 * BW_TITLE_BYTES + 2];
    const struct bw_session *session = page->session;
    const char *table = page->registration->person.table;
    double right_mm = PAGE_WIDTH_MM - MARGIN_MM - (table[0] ? TABLE_MM : 0);
    double where_mm = MARGIN_MM + 44.0;
    (void)snprintf(when, sizeof when, "%s\n%s\n%s", page->when->day, page->when->hours,
        page->when->doors);
    (void)snprintf(where, sizeof where, "%s%s%s", session->venue,
        session->address[0] ? "\n" : "", session->address);
    fact_draw(cairo, MARGIN_MM, where_mm - MARGIN_MM - 2, "WANNEER", when);
    fact_draw(cairo, where_mm, right_mm - where_mm - (table[0] ? 2 : 0), "WAAR", where);
    if (table[0]) {
        fact_draw(cairo, right_mm, TABLE_MM, "TAFEL", table);
    }
}

static void
foot_draw(cairo_t *cairo, const struct bw_ticket_page *page, bool waits)
{
    char text[512];
    (void)snprintf(text, sizeof text, "%s%s",
        waits ? "Je staat op de wachtlijst; dit ticket is nog geen plaats. Komt er een "
                "plaats vrij, dan hoor je het, of kom naar de deur met dit ticket."
              : "Houd deze code bij de deur voor de camera. Op papier of op je telefoon. "
                "Het ticket is persoonlijk en geldt één keer.",
        page->session->own_region_first
            ? " Bij deze reeks gaan mensen uit de eigen regio voor."
            : "");
    bw_paper_ink(cairo, BW_PAPER_MIST);
    cairo_rectangle(cairo, MARGIN_MM, FOOT_TOP_MM, INNER_MM, 0.3);
    cairo_fill(cairo);
    struct bw_paper_box box = {MARGIN_MM, FOOT_TOP_MM + 2.0, INNER_MM, 11.0, 7.5,
        PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, BW_PAPER_STEEN, 0};
    (void)bw_paper_text(cairo, &box, text);
}

void
bw_ticket_sheet_page(struct bw_ticket_sheet *sheet, const struct bw_ticket_page *page)
{
    cairo_t *cairo = sheet->cairo;
    bool waits = page->registration->status == BW_WAITLISTED;
    band_draw(cairo, page, waits);
    person_draw(cairo, page->registration);
    bw_paper_qr(cairo, page->qr, (PAGE_WIDTH_MM - QR_MM) / 2, QR_TOP_MM, QR_MM);
    code_draw(cairo, page->registration->code);
    facts_draw(cairo, page);
    foot_draw(cairo, page, waits);
    cairo_show_page(cairo);
}
