/* An XLSX workbook as tables (ECMA-376, Office Open XML; transitional and strict), which
 * strangers may have made.
 *
 * WB1 no document type, so no entities; texts, sheets and styles have a limit. WB2 a cell
 *     is the text that one would type: a date as 2025-02-10 09:12:05, an hour alone as
 *     09:12, a number as short as it is exact; formulas by their kept result, errors as
 *     nothing. WB3 rows
 *     keep the number that the program shows.
 *
 * One thread. */
#ifndef BW_SYNC_WORKBOOK_H
#define BW_SYNC_WORKBOOK_H

#include "office/table/archive.h"
#include "office/table/csv_table.h"

enum { BW_SHEETS_MAX = 64, BW_SHEET_NAME_BYTES = 128 };

struct bw_workbook;

/* Whether an archive is a workbook. */
bool bw_workbook_is(struct bw_archive *archive);

/* Reads what its sheets share. The archive and `file`, for sentences, are borrowed until
 * bw_workbook_close, which the caller owes. BW_BAD_INPUT: it isn't as such a file is, or
 * has no sheet. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_workbook_open(struct bw_archive *archive, const char *file,
    struct bw_workbook **ret_workbook, struct bw_error *err);
void bw_workbook_close(struct bw_workbook *workbook); /* NULL is fine */

/* Its sheets, the name of one, which is borrowed from the workbook, and whether its
 * program doesn't show it. */
int bw_workbook_sheets(const struct bw_workbook *workbook);
const char *bw_workbook_sheet_name(const struct bw_workbook *workbook, int sheet);
bool bw_workbook_sheet_is_hidden(const struct bw_workbook *workbook, int sheet);

/* Reads one of them; bw_csv_table_finish frees *ret_table, which has no heading where
 * the sheet is empty. BW_BAD_INPUT with one sentence. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_workbook_read(struct bw_workbook *workbook, int sheet,
    struct bw_csv_table *ret_table, struct bw_error *err);

#endif
