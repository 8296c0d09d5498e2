/* What is drawn on paper: text in boxes, QR codes, colours. Lengths are millimetres; a
 * Cairo context is scaled so (BW_PAPER_MM_PT), and its error state is looked at once, at
 * the end of the page. One thread a context. */
#ifndef BW_TICKET_PAPER_H
#define BW_TICKET_PAPER_H

#include "office/ticket/qr.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define BW_PAPER_MM_PT (72.0 / 25.4)

enum bw_paper_colour {
    BW_PAPER_GRACHT,
    BW_PAPER_ZON,
    BW_PAPER_WACHT,
    BW_PAPER_INKT,
    BW_PAPER_STEEN,
    BW_PAPER_WIT,
    BW_PAPER_MIST,
    BW_PAPER_WELKOM,
    BW_PAPER_AL,
    BW_PAPER_ANDER,
    BW_PAPER_PAARS,
    BW_PAPER_ONB,
    BW_PAPER_LEISTEEN
};

struct bw_paper_box {
    double x_mm, y_mm, width_mm;
    double height_mm; /* at most; 0: one line */
    double size_pt; /* at most; long texts shrink, and what doesn't fit then becomes … */
    PangoWeight weight;
    PangoAlignment align;
    enum bw_paper_colour colour;
    double spacing_mm; /* between letters, more than the font's own */
};

/* For cairo_pdf_surface_create_for_stream; the closure is a FILE. */
cairo_status_t bw_paper_pdf_bytes(
    void *file, const unsigned char *bytes, unsigned int length);

/* What is drawn from now on has this colour. */
void bw_paper_ink(cairo_t *cairo, enum bw_paper_colour colour);

/* Draws a text into its box; returns the height that it took, in mm. */
double bw_paper_text(cairo_t *cairo, const struct bw_paper_box *box, const char *text);
/* The same, the first `heavy_bytes` of the text heavy, whatever the rest. */
double bw_paper_text_heavy(
    cairo_t *cairo, const struct bw_paper_box *box, const char *text, size_t heavy_bytes);
/* The height without drawing. */
double bw_paper_text_height_mm(
    cairo_t *cairo, const struct bw_paper_box *box, const char *text);

/* Black, with its quiet zone within `side_mm`; what lies below shows between. */
void bw_paper_qr(
    cairo_t *cairo, const struct bw_qr *qr, double x_mm, double y_mm, double side_mm);

#endif
