/* A report with names, written as HTML, CSV, XLSX and JSON. One thread. */
#ifndef BW_SYNC_REPORT_WRITER_H
#define BW_SYNC_REPORT_WRITER_H

#include "report/figures/report.h"
#include "report/words/report_words.h"

#include <jansson.h>
#include <stdio.h>

/* All of it, the caller's reference; NULL without memory: for an answer. */
json_t *bw_report_json(const struct bw_report *report);
/* The same into a file, which stays open, a session at a time (R1). BW_NO_MEMORY; what
 * the disk refuses shows when the file is committed. */
BW_NODISCARD enum bw_status bw_report_write_json(
    const struct bw_report *report, FILE *file, struct bw_error *err);
/* `sums` are the same report's, and not for publishing. */
struct bw_report_sums;
void bw_report_write_html(
    const struct bw_report *report, const struct bw_report_sums *sums, FILE *file);

/* A head, then session by session; for the Excel of that language. */
void bw_report_csv_begin(enum bw_wording_language excel, FILE *file);
void bw_report_csv_session(
    const struct bw_report_session *session, enum bw_wording_language excel, FILE *file);

/* The workbook likewise, sheets of the figures at the end, where `sums` isn't NULL;
 * `path` is a file of our own that this overwrites. NULL without
 * memory. What could not be written shows at the end: BW_IO. */
struct bw_report_xlsx;
struct bw_report_xlsx *bw_report_xlsx_create(
    const char *path, enum bw_wording_language language);
void bw_report_xlsx_session(
    struct bw_report_xlsx *xlsx, const struct bw_report_session *session);
BW_NODISCARD enum bw_status bw_report_xlsx_close(
    struct bw_report_xlsx *xlsx, const struct bw_report_sums *sums, struct bw_error *err);

#endif
