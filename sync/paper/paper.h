/* What is drawn on paper: text in boxes, QR codes, colours. Lengths are millimetres; a
 * Cairo context is scaled so (BW_PAPER_MM_PT), and its error state is looked at once, at
 * the end of the page. One thread a context. */
#ifndef BW_PAPER_PAPER_H
#define BW_PAPER_PAPER_H

#include "paper/qr.h"

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

/* A PDF that is being written, its context in millimetres. A zeroed one is none. */
struct bw_paper_pdf {
    cairo_surface_t *surface;
    cairo_t *cairo;
};

/* Begins a PDF of pages of this size in `file`, which stays the caller's. Can't fail:
 * what went wrong, memory too, is told at the end. */
void bw_paper_pdf_begin(struct bw_paper_pdf *ret_pdf, const char *title, double width_mm,
    double height_mm, FILE *file);
/* Ends it, and leaves it zeroed. `what` was written: "the certificates". BW_NO_MEMORY;
 * BW_IO where some of it could not be written. */
BW_NODISCARD enum bw_status bw_paper_pdf_end(
    struct bw_paper_pdf *pdf, const char *what, struct bw_error *err);

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

/* A text to the left of a box of these measures, as bw_paper_text; and in the middle of
 * the box's height. */
double bw_paper_say(cairo_t *cairo, double x_mm, double y_mm, double width_mm,
    double height_mm, double size_pt, PangoWeight weight, enum bw_paper_colour colour,
    const char *text);
void bw_paper_say_middle(cairo_t *cairo, double x_mm, double y_mm, double width_mm,
    double height_mm, double size_pt, PangoWeight weight, enum bw_paper_colour colour,
    const char *text);

/* Black, with its quiet zone within `side_mm`; what lies below shows between. */
void bw_paper_qr(
    cairo_t *cairo, const struct bw_qr *qr, double x_mm, double y_mm, double side_mm);

#endif
