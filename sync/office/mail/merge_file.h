/* The list of a mail merge (Word, Outlook, Thunderbird): a row a person, with what a mail
 * would say. UTF-8 with a BOM, CRLF, and the separator that the Excel and Word of a
 * language read. One thread. */
#ifndef BW_SYNC_MERGE_FILE_H
#define BW_SYNC_MERGE_FILE_H

#include "office/mail/compose.h"

/* The headings. A stream that failed says so itself, here and below. */
void bw_merge_file_begin(enum bw_wording_language excel, FILE *file);

/* One person. BW_NO_MEMORY; the errors of bw_letter_text_make. */
BW_NODISCARD enum bw_status bw_merge_file_row(const struct bw_mailing_writer *writer,
    const struct bw_told_due *due, enum bw_wording_language excel, FILE *file,
    struct bw_error *err);

#endif
