/* What is drawn on paper: see paper.h. */
#include "paper/paper.h"

#include <stdio.h>

/* At the size of millimetres Pango gives a line the height of its letters alone. */
#define LINE_HEIGHT 1.2
#define SIZE_LEAST_PT 7.0 /* what a person of 50 reads at arm's length */

static const double colours[][3] = {
    [BW_PAPER_GRACHT] = {0x0F / 255.0, 0x3F / 255.0, 0x4D / 255.0},
    [BW_PAPER_ZON] = {0xFF / 255.0, 0xCB / 255.0, 0x3D / 255.0},
    [BW_PAPER_WACHT] = {0xFF / 255.0, 0xD4 / 255.0, 0x67 / 255.0},
    [BW_PAPER_INKT] = {0x0C / 255.0, 0x2A / 255.0, 0x33 / 255.0},
    [BW_PAPER_STEEN] = {0x34 / 255.0, 0x48 / 255.0, 0x50 / 255.0},
    [BW_PAPER_WIT] = {1.0, 1.0, 1.0},
    [BW_PAPER_MIST] = {0xDD / 255.0, 0xE7 / 255.0, 0xE6 / 255.0},
    [BW_PAPER_WELKOM] = {0x0A / 255.0, 0x5A / 255.0, 0x3C / 255.0},
    [BW_PAPER_AL] = {0x1A / 255.0, 0x44 / 255.0, 0x80 / 255.0},
    [BW_PAPER_ANDER] = {0xE6 / 255.0, 0xDF / 255.0, 0xF4 / 255.0},
    [BW_PAPER_PAARS] = {0x47 / 255.0, 0x29 / 255.0, 0x7D / 255.0},
    [BW_PAPER_ONB] = {0xE3 / 255.0, 0xEA / 255.0, 0xEC / 255.0},
    [BW_PAPER_LEISTEEN] = {0x2F / 255.0, 0x43 / 255.0, 0x4B / 255.0},
};

static cairo_status_t
pdf_bytes(void *file, const unsigned char *bytes, unsigned int length)
{
    return fwrite(bytes, 1, length, file) == length ? CAIRO_STATUS_SUCCESS
                                                    : CAIRO_STATUS_WRITE_ERROR;
}

void
bw_paper_pdf_begin(struct bw_paper_pdf *ret_pdf, const char *title, double width_mm,
    double height_mm, FILE *file)
{
    ret_pdf->surface = cairo_pdf_surface_create_for_stream(
        pdf_bytes, file, width_mm * BW_PAPER_MM_PT, height_mm * BW_PAPER_MM_PT);
    cairo_pdf_surface_set_metadata(ret_pdf->surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(
        ret_pdf->surface, CAIRO_PDF_METADATA_CREATOR, "brugwachter-sync " BW_VERSION);
    ret_pdf->cairo = cairo_create(ret_pdf->surface);
    cairo_scale(ret_pdf->cairo, BW_PAPER_MM_PT, BW_PAPER_MM_PT);
}

enum bw_status
bw_paper_pdf_end(struct bw_paper_pdf *pdf, const char *what, struct bw_error *err)
{
    cairo_status_t drawn = cairo_status(pdf->cairo);
    cairo_destroy(pdf->cairo);
    cairo_surface_finish(pdf->surface);
    drawn = drawn == CAIRO_STATUS_SUCCESS ? cairo_surface_status(pdf->surface) : drawn;
    cairo_surface_destroy(pdf->surface);
    *pdf = (struct bw_paper_pdf){.surface = NULL};
    if (drawn == CAIRO_STATUS_NO_MEMORY) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "writing %s: no memory; close other programs", what);
    }
    return drawn == CAIRO_STATUS_SUCCESS
               ? BW_OK
               : bw_error_set(err, BW_IO, 0, "writing %s: %s; make room", what,
                     cairo_status_to_string(drawn));
}

void
bw_paper_ink(cairo_t *cairo, enum bw_paper_colour colour)
{
    cairo_set_source_rgb(
        cairo, colours[colour][0], colours[colour][1], colours[colour][2]);
}

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
    pango_font_description_set_absolute_size(
        font, size_pt / BW_PAPER_MM_PT * PANGO_SCALE);
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
text_fits(PangoLayout *layout, const struct bw_paper_box *box)
{
    return box->height_mm > 0 ? height_mm_of(layout) <= box->height_mm
                              : !pango_layout_is_ellipsized(layout);
}

/* One for all texts of a context, which owns it: making one costs as much as using it. */
static PangoLayout *
layout_of(cairo_t *cairo)
{
    static const cairo_user_data_key_t key;
    PangoLayout *layout = cairo_get_user_data(cairo, &key);
    if (layout == NULL) {
        layout = pango_cairo_create_layout(cairo);
        metrics_unround(layout);
        (void)cairo_set_user_data(cairo, &key, layout, g_object_unref);
    }
    pango_cairo_update_layout(cairo, layout);
    return layout;
}

/* Valid until the context's next text. */
static PangoLayout *
text_lay_out(
    cairo_t *cairo, const struct bw_paper_box *box, const char *text, size_t heavy_bytes)
{
    PangoLayout *layout = layout_of(cairo);
    PangoAttrList *attributes = pango_attr_list_new();
    double size_pt = box->size_pt;
    pango_attr_list_insert(
        attributes, pango_attr_letter_spacing_new((int)(box->spacing_mm * PANGO_SCALE)));
    pango_attr_list_insert(attributes, pango_attr_line_height_new(LINE_HEIGHT));
    if (heavy_bytes > 0) {
        PangoAttribute *heavy = pango_attr_weight_new(PANGO_WEIGHT_HEAVY);
        heavy->start_index = 0;
        heavy->end_index = (guint)heavy_bytes;
        pango_attr_list_insert(attributes, heavy);
    }
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
double
bw_paper_text(cairo_t *cairo, const struct bw_paper_box *box, const char *text)
{
    return bw_paper_text_heavy(cairo, box, text, 0);
}

double
bw_paper_text_heavy(
    cairo_t *cairo, const struct bw_paper_box *box, const char *text, size_t heavy_bytes)
{
    PangoLayout *layout = text_lay_out(cairo, box, text, heavy_bytes);
    double height_mm = height_mm_of(layout);
    bw_paper_ink(cairo, box->colour);
    cairo_move_to(cairo, box->x_mm, box->y_mm);
    pango_cairo_show_layout(cairo, layout);
    return height_mm;
}

double
bw_paper_text_height_mm(cairo_t *cairo, const struct bw_paper_box *box, const char *text)
{
    PangoLayout *layout = text_lay_out(cairo, box, text, 0);
    double height_mm = height_mm_of(layout);
    return height_mm;
}

double
bw_paper_say(cairo_t *cairo, double x_mm, double y_mm, double width_mm, double height_mm,
    double size_pt, PangoWeight weight, enum bw_paper_colour colour, const char *text)
{
    struct bw_paper_box box = {
        x_mm, y_mm, width_mm, height_mm, size_pt, weight, PANGO_ALIGN_LEFT, colour, 0};
    return bw_paper_text(cairo, &box, text);
}

void
bw_paper_say_middle(cairo_t *cairo, double x_mm, double y_mm, double width_mm,
    double height_mm, double size_pt, PangoWeight weight, enum bw_paper_colour colour,
    const char *text)
{
    struct bw_paper_box box = {
        x_mm, y_mm, width_mm, height_mm, size_pt, weight, PANGO_ALIGN_LEFT, colour, 0};
    double used_mm = bw_paper_text_height_mm(cairo, &box, text);
    box.y_mm += used_mm < height_mm ? (height_mm - used_mm) / 2 : 0;
    (void)bw_paper_text(cairo, &box, text);
}

/* A bit a module, dark ones set; the caller destroys it. */
static cairo_surface_t *
modules_of(const struct bw_qr *qr)
{
    cairo_surface_t *modules =
        cairo_image_surface_create(CAIRO_FORMAT_A8, qr->size, qr->size);
    unsigned char *bytes = cairo_image_surface_get_data(modules);
    int stride = cairo_image_surface_get_stride(modules);
    for (int row = 0; bytes != NULL && row < qr->size; row++) {
        for (int column = 0; column < qr->size; column++) {
            bytes[row * stride + column] = qr->dark[row * qr->size + column] ? 255 : 0;
        }
    }
    cairo_surface_mark_dirty(modules);
    return modules;
}

/* As a picture of modules, a pixel each: as paths they would be most of a page's bytes,
 * and of the time that it takes. */
void
bw_paper_qr(
    cairo_t *cairo, const struct bw_qr *qr, double x_mm, double y_mm, double side_mm)
{
    int side = qr->size + 2 * BW_QR_QUIET_MODULES;
    cairo_surface_t *modules = modules_of(qr);
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(modules);
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
    cairo_save(cairo);
    cairo_translate(cairo, x_mm, y_mm);
    cairo_scale(cairo, side_mm / side, side_mm / side);
    cairo_translate(cairo, BW_QR_QUIET_MODULES, BW_QR_QUIET_MODULES);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_mask(cairo, pattern);
    cairo_restore(cairo);
    cairo_pattern_destroy(pattern);
    cairo_surface_destroy(modules);
}
