/* A report's tables without names, for who reads them in a sheet or a program: CSV, XLSX,
 * JSON. What is hidden is a text in them (<5, a dot), never a number. One thread. */
#ifndef BW_SYNC_REPORT_PUBLIC_H
#define BW_SYNC_REPORT_PUBLIC_H

#include "report/figures/report_sums.h"

#include <xlsxwriter.h>

/* The page; it has no script, and nothing from elsewhere. */
void bw_report_public_html(const struct bw_report_sums *sums, FILE *file);
/* The three tables, one below the other, an empty line between, for the Excel of that
 * language; then schools, where there is a list of them. */
void bw_report_public_csv(
    const struct bw_report_sums *sums, enum bw_wording_language excel, FILE *file);
/* A sheet a table. `path` is a file of our own that this overwrites. BW_NO_MEMORY,
 * BW_IO. */
BW_NODISCARD enum bw_status bw_report_public_xlsx(
    const struct bw_report_sums *sums, const char *path, struct bw_error *err);
/* {"public":true,"sessions":[{"code"}],"series":{"code"}|null,"tables":{…}}: the caller's
 * reference; NULL without memory. */
json_t *bw_report_public_json(const struct bw_report_sums *sums);

/* A sheet on A4, as wide as the page, its heading on each; rows and columns from 0. */
void bw_report_sheet_print(
    lxw_worksheet *sheet, lxw_row_t last_row, lxw_col_t last_column);
/* A column of a list: its heading, a key of the wording, and its width. */
struct bw_report_column {
    const char *title;
    double width;
};
/* The headings of a list, which stay in sight. */
void bw_report_xlsx_head(lxw_workbook *book, lxw_worksheet *sheet,
    const struct bw_report_column *columns, size_t count,
    enum bw_wording_language language);
/* A text that Excel takes for no formula; `format` may be NULL. */
void bw_report_xlsx_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
    const char *text, lxw_format *format);
/* A moment of Excel's own, by the clocks of `zone`; 0 is left empty. */
void bw_report_xlsx_moment(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
    const struct bw_zone *zone, int64_t wall_ms, lxw_format *format);
/* Adds one table as a sheet of its own, with its totals, fit to be printed on A4. */
void bw_report_tally_sheet(lxw_workbook *book, const char *name, const char *corner,
    const struct bw_report_tally *tally, const struct bw_report_sums *sums);

#endif
