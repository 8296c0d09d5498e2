/* The text of a CSV file: from bytes of unknown encoding to UTF-8,
 * or a sentence why not. Any thread. */
#ifndef BW_SYNC_CSV_TEXT_H
#define BW_SYNC_CSV_TEXT_H

#include <brugwachter/error.h>
#include <stddef.h>

/* UTF-8 with or without BOM is copied without it; Windows-1252, and UTF-16 with a BOM
 * (Excel's "Unicode text"), are turned into UTF-8. Refused (BW_BAD_INPUT): empty, binary,
 * a spreadsheet, UTF-8 and Windows-1252 in one file. `name` stands in the sentence. The
 * caller frees *ret_text, which has a NUL behind it. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_csv_text(const unsigned char *bytes, size_t length,
    const char *name, char **ret_text, size_t *ret_length, struct bw_error *err);

#endif
