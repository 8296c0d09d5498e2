/* Tickets on paper: see ticket_sheet.h. Lengths are millimetres until Cairo's scale. */
#include "ticket/ticket_sheet.h"

#include <brugwachter/code.h>
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#define MM_PT (72.0 / 25.4)
#define PAGE_WIDTH_MM 105.0
#define PAGE_HEIGHT_MM 148.0
#define MARGIN_MM 8.0
#define INNER_MM (PAGE_WIDTH_MM - 2 * MARGIN_MM)
#define BAND_MM 27.0
#define QR_MM 54.0 /* with its quiet zone: 1.2 mm a module */
#define QR_TOP_MM 30.0

enum colour { GRACHT, ZON, WACHT, INKT, STEEN, WIT, MIST };
static const double colours[][3] = {
    [GRACHT] = {0x0F / 255.0, 0x3F / 255.0, 0x4D / 255.0},
    [ZON] = {0xFF / 255.0, 0xCB / 255.0, 0x3D / 255.0},
    [WACHT] = {0xFF / 255.0, 0xD4 / 255.0, 0x67 / 255.0},
    [INKT] = {0x0C / 255.0, 0x2A / 255.0, 0x33 / 255.0},
    [STEEN] = {0x34 / 255.0, 0x48 / 255.0, 0x50 / 255.0},
    [WIT] = {1.0, 1.0, 1.0},
    [MIST] = {0xDD / 255.0, 0xE7 / 255.0, 0xE6 / 255.0},
};

struct bw_ticket_sheet {
    cairo_surface_t *surface;
    cairo_t *cairo;
};

static cairo_status_t
on_pdf_bytes(void *file, const unsigned char *bytes, unsigned int length)
{
    return fwrite(bytes, 1, length, file) == length ? CAIRO_STATUS_SUCCESS
                                                    : CAIRO_STATUS_WRITE_ERROR;
}

enum bw_status
bw_ticket_sheet_create(const char *title, FILE *file, struct bw_ticket_sheet **ret_sheet,
    struct bw_error *err)
{
    struct bw_ticket_sheet *sheet = calloc(1, sizeof *sheet);
    if (!sheet) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "making the tickets' PDF: out of memory; close other programs");
    }
    sheet->surface = cairo_pdf_surface_create_for_stream(
        on_pdf_bytes, file, PAGE_WIDTH_MM * MM_PT, PAGE_HEIGHT_MM * MM_PT);
    cairo_pdf_surface_set_metadata(sheet->surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(
        sheet->surface, CAIRO_PDF_METADATA_CREATOR, "brugwachter-sync " BW_VERSION);
    sheet->cairo = cairo_create(sheet->surface);
    cairo_scale(sheet->cairo, MM_PT, MM_PT);
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

static void
ink(cairo_t *cairo, enum colour colour)
{
    cairo_set_source_rgb(
        cairo, colours[colour][0], colours[colour][1], colours[colour][2]);
}

struct text_box {
    double x_mm, y_mm, width_mm;
    int lines; /* at most; the rest becomes … */
    double size_pt;
    PangoWeight weight;
    PangoAlignment align;
    enum colour colour;
};

/* Returns the height that the text took, in mm. */
static double
text_draw(cairo_t *cairo, const struct text_box *box, const char *text)
{
    PangoLayout *layout = pango_cairo_create_layout(cairo);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, "Lato,Noto Sans,sans-serif");
    pango_font_description_set_weight(font, box->weight);
    pango_font_description_set_absolute_size(font, box->size_pt / MM_PT * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_width(layout, (int)(box->width_mm * PANGO_SCALE));
    pango_layout_set_height(layout, -box->lines);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, box->align);
    pango_layout_set_text(layout, text, -1);
    int width, height;
    pango_layout_get_size(layout, &width, &height);
    ink(cairo, box->colour);
    cairo_move_to(cairo, box->x_mm, box->y_mm);
    pango_cairo_show_layout(cairo, layout);
    pango_font_description_free(font);
    g_object_unref(layout);
    return (double)height / PANGO_SCALE;
}

/* The bridge, its sun and their reflection, 96 units wide. */
static void
logo_draw(cairo_t *cairo, double x_mm, double y_mm, double width_mm, enum colour bridge,
    enum colour sun)
{
    cairo_save(cairo);
    cairo_translate(cairo, x_mm, y_mm);
    cairo_scale(cairo, width_mm / 96.0, width_mm / 96.0);
    ink(cairo, bridge);
    cairo_arc(cairo, 48, 19, 11, 0, 2 * G_PI);
    cairo_fill(cairo);
    cairo_move_to(cairo, 2, 63);
    cairo_line_to(cairo, 2, 59.5);
    cairo_curve_to(cairo, 23, 59.5, 25, 34, 48, 34);
    cairo_curve_to(cairo, 71, 34, 73, 59.5, 94, 59.5);
    cairo_line_to(cairo, 94, 63);
    cairo_line_to(cairo, 69, 63);
    cairo_arc_negative(cairo, 48, 63, 21, 0, G_PI);
    cairo_close_path(cairo);
    cairo_fill(cairo);
    ink(cairo, sun);
    cairo_arc(cairo, 48, 63, 17.5, G_PI, 2 * G_PI);
    cairo_fill(cairo);
    static const double ripples[][4] = {
        {27.4, 67, 41.2, 4.6}, {32.5, 75, 31, 3.8}, {41, 81.6, 14, 2}};
    for (size_t i = 0; i < sizeof ripples / sizeof ripples[0]; i++) {
        cairo_rectangle(
            cairo, ripples[i][0], ripples[i][1], ripples[i][2], ripples[i][3]);
        cairo_fill(cairo);
    }
    cairo_restore(cairo);
}

static void
band_draw(cairo_t *cairo, const struct bw_ticket_page *page, bool waits)
{
    ink(cairo, waits ? WACHT : GRACHT);
    cairo_rectangle(cairo, 0, 0, PAGE_WIDTH_MM, BAND_MM);
    cairo_fill(cairo);
    enum colour text = waits ? INKT : WIT;
    logo_draw(cairo, MARGIN_MM, 6.5, 14.0, text, waits ? INKT : ZON);
    struct text_box box = {MARGIN_MM + 18, 5.0, INNER_MM - 18, 1, 8.5, PANGO_WEIGHT_BOLD,
        PANGO_ALIGN_LEFT, text};
    box.y_mm +=
        text_draw(cairo, &box, waits ? "WACHTLIJST · nog geen plaats" : "TOEGANGSBEWIJS");
    box.size_pt = 15;
    box.lines = 2;
    (void)text_draw(cairo, &box, page->session->title);
}

static void
qr_draw(cairo_t *cairo, const struct bw_qr *qr)
{
    int side = qr->size + 2 * BW_QR_QUIET_MODULES;
    cairo_save(cairo);
    cairo_translate(cairo, (PAGE_WIDTH_MM - QR_MM) / 2, QR_TOP_MM);
    cairo_scale(cairo, QR_MM / side, QR_MM / side);
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    for (int row = 0; row < qr->size; row++) {
        for (int column = 0; column < qr->size; column++) {
            int run = 0;
            while (column + run < qr->size && qr->dark[row * qr->size + column + run]) {
                run++;
            }
            if (run > 0) {
                cairo_rectangle(cairo, column + BW_QR_QUIET_MODULES,
                    row + BW_QR_QUIET_MODULES, run, 1);
                column += run - 1;
            }
        }
    }
    cairo_fill(cairo);
    cairo_restore(cairo);
}

/* A small label with its value below. Returns the height taken. */
static double
fact_draw(cairo_t *cairo, double x_mm, double y_mm, double width_mm, const char *label,
    const char *value)
{
    struct text_box box = {
        x_mm, y_mm, width_mm, 1, 7, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, STEEN};
    box.y_mm += text_draw(cairo, &box, label) + 0.3;
    box.size_pt = 9.5;
    box.lines = 3;
    box.weight = PANGO_WEIGHT_NORMAL;
    box.colour = INKT;
    box.y_mm += text_draw(cairo, &box, value);
    return box.y_mm - y_mm;
}

static void
facts_draw(cairo_t *cairo, const struct bw_ticket_page *page, double y_mm)
{
    char when[2 * BW_WORDING_BYTES + 2], where[2 * BW_TITLE_BYTES + 2];
    const struct bw_session *session = page->session;
    bool seated = page->registration->table[0] != '\0';
    double column_mm = seated ? 33.0 : 42.0;
    (void)snprintf(when, sizeof when, "%s\n%s", page->when->day, page->when->hours);
    (void)snprintf(where, sizeof where, "%s%s%s", session->venue,
        session->address[0] ? "\n" : "", session->address);
    (void)fact_draw(cairo, MARGIN_MM, y_mm, column_mm - 2, "WANNEER", when);
    (void)fact_draw(cairo, MARGIN_MM + column_mm, y_mm,
        seated ? 36.0 : INNER_MM - column_mm, "WAAR", where);
    if (seated) {
        (void)fact_draw(
            cairo, MARGIN_MM + 72.0, y_mm, 17.0, "TAFEL", page->registration->table);
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
    ink(cairo, MIST);
    cairo_rectangle(cairo, MARGIN_MM, PAGE_HEIGHT_MM - 16.5, INNER_MM, 0.3);
    cairo_fill(cairo);
    struct text_box box = {MARGIN_MM, PAGE_HEIGHT_MM - 14.5, INNER_MM, 3, 7.5,
        PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, STEEN};
    (void)text_draw(cairo, &box, text);
}

void
bw_ticket_sheet_page(struct bw_ticket_sheet *sheet, const struct bw_ticket_page *page)
{
    cairo_t *cairo = sheet->cairo;
    const struct bw_registration *person = page->registration;
    bool waits = person->status == BW_WAITLISTED;
    char code[BW_CODE_SHOWN_BYTES], name[2 * BW_NAME_BYTES + 2];
    bw_code_format_shown(person->code, code);
    (void)snprintf(name, sizeof name, "%s %s", person->first_name, person->name);

    band_draw(cairo, page, waits);
    qr_draw(cairo, page->qr);
    struct text_box box = {MARGIN_MM, QR_TOP_MM + QR_MM - 2.5, INNER_MM, 1, 15,
        PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, INKT};
    box.y_mm += text_draw(cairo, &box, code) + 1.5;
    box.size_pt = 14;
    box.align = PANGO_ALIGN_LEFT;
    box.y_mm += text_draw(cairo, &box, name);
    box.size_pt = 9;
    box.weight = PANGO_WEIGHT_NORMAL;
    box.colour = STEEN;
    box.y_mm += text_draw(cairo, &box, person->school) + 2.5;
    facts_draw(cairo, page, box.y_mm);
    foot_draw(cairo, page, waits);
    cairo_show_page(cairo);
}
