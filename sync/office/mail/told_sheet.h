/* What went to whom, as a workbook for Excel (.xlsx). One thread. */
#ifndef BW_SYNC_TOLD_SHEET_H
#define BW_SYNC_TOLD_SHEET_H

#include "central/base/wording.h"
#include "office/mail/told.h"

/* So many people fit into a sheet of Excel (1,048,576 rows, with its head). */
enum { BW_TOLD_SHEET_MOST = 1000000 };

/* Writes all of it, newest first, a row a person, as one file (mode 0600); *ret_rows
 * tells how many. BW_FULL, and no file, for more than `most`, which is at most
 * BW_TOLD_SHEET_MOST; BW_NO_MEMORY, BW_IO; the errors of bw_output_open, and what the
 * database answers. */
BW_NODISCARD enum bw_status bw_told_sheet_write(struct bw_central *central,
    enum bw_wording_language language, int64_t most, const char *path, int64_t *ret_rows,
    struct bw_error *err);

#endif
