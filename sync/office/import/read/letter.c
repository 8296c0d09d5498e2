/* Letters that the screens can't draw: see letter.h. */
#include "office/import/read/letter.h"

#include <string.h>
#include <utf8proc.h>

bool
bw_import_letter_is_drawn(uint32_t character)
{
    size_t low = 0, high = bw_import_letter_ranges_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (character > bw_import_letter_ranges[middle].last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < bw_import_letter_ranges_count &&
           character >= bw_import_letter_ranges[low].first;
}

uint32_t
bw_import_letter_missing(const char *text, char ret_letter[5])
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    utf8proc_int32_t character = 0;
    for (utf8proc_ssize_t length; *at != '\0'; at += length) {
        if (*at >= ' ' && *at <= '~') { /* every font has these */
            length = 1;
            continue;
        }
        length = utf8proc_iterate(at, -1, &character);
        if (length <= 0) {
            return 0;
        }
        if (!bw_import_letter_is_drawn((uint32_t)character)) {
            memcpy(ret_letter, at, (size_t)length);
            ret_letter[length] = '\0';
            return (uint32_t)character;
        }
    }
    return 0;
}
