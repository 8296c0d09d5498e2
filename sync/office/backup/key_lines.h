/* Bytes as lines that people copy from paper: each says its number and carries a check,
 * so that a mistake is told by its line.
 *
 *   01 K7QM 2XRD 8B3N 5TZW 0HJC 6VPA 9K2M
 *
 * is line 1: six groups are 15 bytes in Crockford's base32, the last group 20 bits of a
 * BLAKE2b of number and bytes. The last line is filled up with zeros. Read as people
 * type: lower case, O for 0, I and L for 1, hyphens, lines in any order, or all in one;
 * and as their programs write it: a BOM, blanks that don't break. Any thread; nothing
 * allocates. */
#ifndef BW_SYNC_KEY_LINES_H
#define BW_SYNC_KEY_LINES_H

#include <brugwachter/error.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BW_KEY_LINE_DATA = 15,
    BW_KEY_LINE_BYTES = 38, /* with its line break */
    BW_KEY_LINES_MAX = 48,
    BW_KEY_LINES_DATA_MAX = BW_KEY_LINES_MAX * BW_KEY_LINE_DATA,
    BW_KEY_LINES_TEXT_BYTES = BW_KEY_LINES_MAX * BW_KEY_LINE_BYTES + 1,
};

/* Writes `length` bytes, 1 to BW_KEY_LINES_DATA_MAX (asserted), as lines; how many. */
size_t bw_key_lines_write(
    const uint8_t *bytes, size_t length, char ret_text[BW_KEY_LINES_TEXT_BYTES]);

/* Reads them; *ret_length is of whole lines. BW_BAD_INPUT, with the line: one that
 * doesn't hold, isn't there, or is there twice and not the same; or none at all. */
BW_NODISCARD enum bw_status bw_key_lines_read(const char *text,
    uint8_t ret_bytes[BW_KEY_LINES_DATA_MAX], size_t *ret_length, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
