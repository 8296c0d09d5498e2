/* Shapes on paper: rounded boxes, the logo, icons. As paper.h: millimetres, one thread a
 * context. */
#ifndef BW_PAPER_ICON_H
#define BW_PAPER_ICON_H

#include "paper/paper.h"

/* The path of a box with round corners of r_mm; filled or stroked by the caller. */
void bw_paper_round(cairo_t *cairo, double x_mm, double y_mm, double width_mm,
    double height_mm, double r_mm);

/* A box with round corners, filled; and its outline, within those measures. */
void bw_paper_fill(cairo_t *cairo, double x_mm, double y_mm, double width_mm,
    double height_mm, double r_mm, enum bw_paper_colour colour);
void bw_paper_frame(cairo_t *cairo, double x_mm, double y_mm, double width_mm,
    double height_mm, double r_mm, double line_mm, enum bw_paper_colour colour);

/* A straight line. */
void bw_paper_line(cairo_t *cairo, double x_mm, double y_mm, double to_x_mm,
    double to_y_mm, double line_mm, enum bw_paper_colour colour);

/* The bridge, its sun and their reflection, 96 units wide. */
void bw_paper_logo(cairo_t *cairo, double x_mm, double y_mm, double width_mm,
    enum bw_paper_colour bridge, enum bw_paper_colour sun);

/* An icon of 96 by 96 units, `side_mm` wide: a path as SVG writes it, in absolute M, L,
 * H, V, C and Z alone, stroked 8 units wide; and D for a dot: x, y, radius. */
void bw_paper_icon(cairo_t *cairo, const char *path, double x_mm, double y_mm,
    double side_mm, enum bw_paper_colour colour);

#endif
