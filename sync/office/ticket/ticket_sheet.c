/* Tickets on paper: see ticket_sheet.h. Lengths are millimetres until Cairo's scale. */
#include "office/ticket/ticket_sheet.h"

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
#define BAND_MM 28.0
#define LOGO_MM 15.0
#define NAME_TOP_MM 32.0
#define QR_MM 54.0 /* with its quiet zone: 1.2 mm a module */
#define QR_TOP_MM 45.0
#define FACTS_TOP_MM 108.0
#define TABLE_MM 17.0 /* the column of the table, where there is one */
#define FOOT_TOP_MM 131.5
#define SIZE_LEAST_PT 7.0 /* what a person of 50 reads at arm's length */

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
    double height_mm; /* at most; 0: one line */
    double size_pt; /* at most; long texts shrink, and what doesn't fit then becomes … */
    PangoWeight weight;
    PangoAlignment align;
    enum colour colour;
    double spacing_mm; /* between letters, more than the font's own */
};

/* A user's unit is a millimetre here, so rounding to whole units, which hinted metrics
 * and Pango's own grid ask for, would set letters millimetres off. */
static void
metrics_unround(PangoLayout *layout)
{
    PangoContext *context = pango_layout_get_context(layout);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    pango_context_set_round_glyph_positions(context, FALSE);
    cairo_font_options_destroy(options);
    pango_layout_context_changed(layout);
}

static void
font_set(PangoLayout *layout, PangoWeight weight, double size_pt)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, "Lato,Noto Sans,sans-serif");
    pango_font_description_set_weight(font, weight);
    pango_font_description_set_absolute_size(font, size_pt / MM_PT * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

static double
height_mm_of(PangoLayout *layout)
{
    int width, height;
    pango_layout_get_size(layout, &width, &height);
    return (double)height / PANGO_SCALE;
}

/* Of several paragraphs Pango drops the last without a word, so heights are compared. */
static bool
text_fits(PangoLayout *layout, const struct text_box *box)
{
    return box->height_mm > 0 ? height_mm_of(layout) <= box->height_mm
                              : !pango_layout_is_ellipsized(layout);
}

/* The caller unreferences it. */
static PangoLayout *
text_lay_out(cairo_t *cairo, const struct text_box *box, const char *text)
{
    PangoLayout *layout = pango_cairo_create_layout(cairo);
    PangoAttrList *attributes = pango_attr_list_new();
    double size_pt = box->size_pt;
    metrics_unround(layout);
    pango_attr_list_insert(
        attributes, pango_attr_letter_spacing_new((int)(box->spacing_mm * PANGO_SCALE)));
    pango_layout_set_attributes(layout, attributes);
    pango_layout_set_width(layout, (int)(box->width_mm * PANGO_SCALE));
    pango_layout_set_height(layout, box->height_mm > 0 ? G_MAXINT : 0);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, box->align);
    pango_layout_set_text(layout, text, -1);
    pango_attr_list_unref(attributes);
    font_set(layout, box->weight, size_pt);
    while (!text_fits(layout, box) && size_pt > SIZE_LEAST_PT) {
        size_pt -= 0.5;
        font_set(layout, box->weight, size_pt);
    }
    pango_layout_set_height(layout, (int)(box->height_mm * PANGO_SCALE));
    return layout;
}

/* Returns the height that the text took, in mm. */
static double
text_draw(cairo_t *cairo, const struct text_box *box, const char *text)
{
    PangoLayout *layout = text_lay_out(cairo, box, text);
    double height_mm = height_mm_of(layout);
    ink(cairo, box->colour);
    cairo_move_to(cairo, box->x_mm, box->y_mm);
    pango_cairo_show_layout(cairo, layout);
    g_object_unref(layout);
    return height_mm;
}

static double
text_height_mm(cairo_t *cairo, const struct text_box *box, const char *text)
{
    PangoLayout *layout = text_lay_out(cairo, box, text);
    double height_mm = height_mm_of(layout);
    g_object_unref(layout);
    return height_mm;
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

/* What it is, and of which session: in the middle of the band. */
static void
band_draw(cairo_t *cairo, const struct bw_ticket_page *page, bool waits)
{
    const char *what = waits ? "WACHTLIJST · NOG GEEN PLAATS" : "TOEGANGSBEWIJS";
    enum colour colour = waits ? INKT : WIT;
    double x_mm = MARGIN_MM + LOGO_MM + 5.0;
    struct text_box title = {x_mm, 0, PAGE_WIDTH_MM - MARGIN_MM - x_mm, 15.5, 17,
        PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, colour, 0};
    struct text_box label = title;
    label.height_mm = 0;
    label.size_pt = 7.5;
    label.spacing_mm = 0.25;

    ink(cairo, waits ? WACHT : GRACHT);
    cairo_rectangle(cairo, 0, 0, PAGE_WIDTH_MM, BAND_MM);
    cairo_fill(cairo);
    logo_draw(
        cairo, MARGIN_MM, (BAND_MM - LOGO_MM) / 2, LOGO_MM, colour, waits ? INKT : ZON);
    label.y_mm = (BAND_MM - text_height_mm(cairo, &label, what) -
                     text_height_mm(cairo, &title, page->session->title)) /
                 2;
    title.y_mm = label.y_mm + text_draw(cairo, &label, what);
    (void)text_draw(cairo, &title, page->session->title);
}

static void
person_draw(cairo_t *cairo, const struct bw_registration *person)
{
    char name[2 * BW_NAME_BYTES + 2];
    (void)snprintf(
        name, sizeof name, "%s %s", person->person.first_name, person->person.name);
    struct text_box box = {MARGIN_MM, NAME_TOP_MM, INNER_MM, 9.0, 17, PANGO_WEIGHT_BOLD,
        PANGO_ALIGN_CENTER, INKT, 0};
    box.y_mm += text_draw(cairo, &box, name) + 0.3;
    box.height_mm = 0;
    box.size_pt = 9.5;
    box.weight = PANGO_WEIGHT_NORMAL;
    box.colour = STEEN;
    (void)text_draw(cairo, &box, person->person.school);
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

/* The code as people type it, below the QR code: within its quiet zone nothing may be. */
static void
code_draw(cairo_t *cairo, bw_code code)
{
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(code, shown);
    struct text_box box = {MARGIN_MM, QR_TOP_MM + QR_MM - 0.5, INNER_MM, 0, 14,
        PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, INKT, 0.5};
    (void)text_draw(cairo, &box, shown);
}

/* A small label with its value below. */
static void
fact_draw(
    cairo_t *cairo, double x_mm, double width_mm, const char *label, const char *value)
{
    struct text_box box = {x_mm, FACTS_TOP_MM, width_mm, 0, 6.5, PANGO_WEIGHT_BOLD,
        PANGO_ALIGN_LEFT, STEEN, 0.2};
    box.y_mm += text_draw(cairo, &box, label) + 0.6;
    box.size_pt = 9.5;
    box.height_mm = FOOT_TOP_MM - 1.0 - box.y_mm;
    box.weight = PANGO_WEIGHT_NORMAL;
    box.colour = INKT;
    box.spacing_mm = 0;
    (void)text_draw(cairo, &box, value);
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
    ink(cairo, MIST);
    cairo_rectangle(cairo, MARGIN_MM, FOOT_TOP_MM, INNER_MM, 0.3);
    cairo_fill(cairo);
    struct text_box box = {MARGIN_MM, FOOT_TOP_MM + 2.0, INNER_MM, 11.0, 7.5,
        PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, STEEN, 0};
    (void)text_draw(cairo, &box, text);
}

void
bw_ticket_sheet_page(struct bw_ticket_sheet *sheet, const struct bw_ticket_page *page)
{
    cairo_t *cairo = sheet->cairo;
    bool waits = page->registration->status == BW_WAITLISTED;
    band_draw(cairo, page, waits);
    person_draw(cairo, page->registration);
    qr_draw(cairo, page->qr);
    code_draw(cairo, page->registration->code);
    facts_draw(cairo, page);
    foot_draw(cairo, page, waits);
    cairo_show_page(cairo);
}
