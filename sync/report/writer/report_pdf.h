/* A report on A4, with nobody's name: four pages and more, as PDF. One thread. */
#ifndef BW_SYNC_REPORT_PDF_H
#define BW_SYNC_REPORT_PDF_H

#include "paper/paper.h"
#include "report/figures/report_sums.h"

/* Writes it into `file`, which stays the caller's. BW_NO_MEMORY; BW_IO where some of it
 * could not be written. */
BW_NODISCARD enum bw_status bw_report_pdf(
    const struct bw_report_sums *sums, FILE *file, struct bw_error *err);

/* What its parts draw on; lengths are millimetres. */
struct bw_report_sheet {
    const struct bw_report_sums *sums;
    cairo_t *cairo;
    int page, pages;
};

/* Draws a text, in one line, smaller where it doesn't fit. */
void bw_report_sheet_text(const struct bw_report_sheet *sheet, double x_mm, double y_mm,
    double width_mm, double size_pt, PangoWeight weight, PangoAlignment align,
    enum bw_paper_colour colour, const char *text);
/* The same in ink, to the left. */
void bw_report_sheet_left(const struct bw_report_sheet *sheet, double x_mm, double y_mm,
    double width_mm, double size_pt, PangoWeight weight, const char *text);
/* The same of one of the report's words, heavy and to the left. */
void bw_report_sheet_head(
    const struct bw_report_sheet *sheet, double y_mm, enum bw_report_word word);
/* A rule, in ink. */
void bw_report_sheet_rule(const struct bw_report_sheet *sheet, double x_mm, double y_mm,
    double width_mm, double line_mm);
/* A box: filled with `colour` or white, with a frame of ink; no frame for 0. */
void bw_report_sheet_box(const struct bw_report_sheet *sheet, double x_mm, double y_mm,
    double width_mm, double height_mm, enum bw_paper_colour colour, double line_mm);

/* When people came, as bars on the first page. */
void bw_report_sheet_arrivals(const struct bw_report_sheet *sheet);
/* Circles from row `first`, as many as fit; the totals below the last. */
enum { BW_REPORT_SHEET_CIRCLES = 14 };
void bw_report_sheet_circles(const struct bw_report_sheet *sheet, size_t first);
/* From which region to which, and how often people came. */
void bw_report_sheet_regions(const struct bw_report_sheet *sheet);

#endif
