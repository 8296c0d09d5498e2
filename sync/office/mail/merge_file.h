/* The list of a mail merge (Word, Outlook, Thunderbird): a row a person, with what a mail
 * would say; as a workbook for Excel, or as CSV: UTF-8 with a BOM, CRLF, and the
 * separator that the Excel and Word of a language read. One thread. */
#ifndef BW_SYNC_MERGE_FILE_H
#define BW_SYNC_MERGE_FILE_H

#include "central/base/output.h"
#include "office/mail/compose.h"

struct bw_merge_file;

/* Whether a file of this name is a workbook: it ends in ".xlsx". */
bool bw_merge_file_is_workbook(const char *path);

/* Writes the headings. `output` is open, outlives it, and is the caller's to commit once
 * this is closed. BW_NO_MEMORY. The caller destroys *ret_file. */
BW_NODISCARD enum bw_status bw_merge_file_create(const struct bw_output *output,
    bool workbook, enum bw_wording_language excel, struct bw_merge_file **ret_file,
    struct bw_error *err);

/* One person. BW_FULL for more than a sheet holds; BW_NO_MEMORY; the errors of
 * bw_letter_text_make. A stream that failed says so itself. */
BW_NODISCARD enum bw_status bw_merge_file_row(struct bw_merge_file *file,
    const struct bw_mailing_writer *writer, const struct bw_told_due *due,
    struct bw_error *err);

/* Writes what is left to write, and destroys it. BW_IO. NULL is fine. */
BW_NODISCARD enum bw_status bw_merge_file_close(
    struct bw_merge_file *file, struct bw_error *err);

#endif
