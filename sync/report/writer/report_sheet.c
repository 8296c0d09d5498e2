/* What the parts of a report draw with: see report_pdf.h. */
#include "report/writer/report_pdf.h"

enum { LEFT = 15, WIDTH = 180 };

void
bw_report_sheet_text(const struct bw_report_sheet *sheet, double x_mm, double y_mm,
    double width_mm, double size_pt, PangoWeight weight, PangoAlignment align,
    enum bw_paper_colour colour, const char *text)
{
    const struct bw_paper_box box = {.x_mm = x_mm,
        .y_mm = y_mm,
        .width_mm = width_mm,
        .size_pt = size_pt,
        .weight = weight,
        .align = align,
        .colour = colour};
    (void)bw_paper_text(sheet->cairo, &box, text);
}

void
bw_report_sheet_left(const struct bw_report_sheet *sheet, double x_mm, double y_mm,
    double width_mm, double size_pt, PangoWeight weight, const char *text)
{
    bw_report_sheet_text(sheet, x_mm, y_mm, width_mm, size_pt, weight, PANGO_ALIGN_LEFT,
        BW_PAPER_INKT, text);
}

void
bw_report_sheet_head(
    const struct bw_report_sheet *sheet, double y_mm, enum bw_report_word word)
{
    bw_report_sheet_text(sheet, LEFT, y_mm, WIDTH, 18, PANGO_WEIGHT_HEAVY,
        PANGO_ALIGN_LEFT, BW_PAPER_INKT, bw_report_word(sheet->sums->language, word));
}

void
bw_report_sheet_rule(const struct bw_report_sheet *sheet, double x_mm, double y_mm,
    double width_mm, double line_mm)
{
    bw_paper_ink(sheet->cairo, BW_PAPER_INKT);
    cairo_rectangle(sheet->cairo, x_mm, y_mm - line_mm / 2, width_mm, line_mm);
    cairo_fill(sheet->cairo);
}

void
bw_report_sheet_box(const struct bw_report_sheet *sheet, double x_mm, double y_mm,
    double width_mm, double height_mm, enum bw_paper_colour colour, double line_mm)
{
    bw_paper_ink(sheet->cairo, colour);
    cairo_rectangle(sheet->cairo, x_mm, y_mm, width_mm, height_mm);
    cairo_fill_preserve(sheet->cairo);
    bw_paper_ink(sheet->cairo, BW_PAPER_INKT);
    cairo_set_line_width(sheet->cairo, line_mm);
    if (line_mm > 0) {
        cairo_stroke(sheet->cairo);
    }
    cairo_new_path(sheet->cairo);
}
