/* Letters that the kiosk's screens can't draw: no font has everything, and a name in
 * boxes helps nobody. Pure; any thread. */
#ifndef BW_SYNC_LETTER_H
#define BW_SYNC_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bw_import_letter_range {
    uint32_t first, last;
};

/* Code points that one of the fonts has, ascending; written by .ci/letters. */
extern const struct bw_import_letter_range bw_import_letter_ranges[];
extern const size_t bw_import_letter_ranges_count;

/* True where one of the fonts draws `character`, a code point of Unicode. */
bool bw_import_letter_is_drawn(uint32_t character);

/* The first character of a text (UTF-8, clean) that none of the fonts draws, as UTF-8 in
 * ret_letter and as a code point; 0 where they draw all of it. */
uint32_t bw_import_letter_missing(const char *text, char ret_letter[5]);

#ifdef __cplusplus
}
#endif

#endif
