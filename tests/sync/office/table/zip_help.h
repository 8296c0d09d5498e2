/* Archives made for tests, in memory, by libarchive. */
#ifndef BW_TESTS_ZIP_HELP_H
#define BW_TESTS_ZIP_HELP_H

#include <stddef.h>

struct zip_part {
    const char *name; /* ended by one without */
    const void *bytes;
    size_t length; /* 0: as far as the text goes */
};

/* A ZIP archive with these files; the caller frees *ret_bytes. */
void zip_make(
    const struct zip_part *parts, unsigned char **ret_bytes, size_t *ret_length);

/* A workbook with one sheet of these rows (what stands in sheetData), the texts "nul",
 * "één" and a rich "twee" with its reading, and the styles 0: general, 1: 14, 2: a date
 * and hour of its own, 3: a colour of its own, 4: an hour. `settings` stands in
 * workbookPr. The caller frees *ret_bytes. */
void workbook_make(const char *rows, const char *settings, unsigned char **ret_bytes,
    size_t *ret_length);

#endif
