/* What is done to every pixel, a row at a time, in two versions that give the same bytes:
 * plain C, for any machine, and vectors of 16 pixels where the machine has SSE2 or
 * (arm64) NEON. Measured by tests/bench/scanner (part `rows`). Pure; any thread. */
#ifndef BW_SCAN_ROWS_H
#define BW_SCAN_ROWS_H

#include <stddef.h>
#include <stdint.h>

enum { BW_ROWS_BLOCK_PX = 8 };

/* No pointer is aligned; results don't overlap what they are made of. Widths are of the
 * result, and any number from 1 on. */
struct bw_rows {
    /* Sums of `blocks` squares of 8 by 8 pixels, side by side. */
    void (*sum_blocks)(
        const uint8_t *from, ptrdiff_t stride, int blocks, uint32_t *ret_sums);
    /* 0 where a pixel is darker than its level, else 255. */
    void (*compare)(
        const uint8_t *from, const uint8_t *levels, int width, uint8_t *ret_white);
    /* Means of four: of two rows, twice as wide as the result. */
    void (*halve)(const uint8_t *top, const uint8_t *under, int width, uint8_t *ret_row);
    /* (one + 2 * middle + other + 2) / 4. */
    void (*soften)(const uint8_t *one, const uint8_t *middle, const uint8_t *other,
        int width, uint8_t *ret_row);
    /* Places where a row of 0 and 255 changes, as if 255 stood left of it; how many. */
    int (*edges)(const uint8_t *white, int width, uint16_t *ret_places);
};

extern const struct bw_rows bw_rows_plain;

/* The vectors; the plain version where the machine has none. */
extern const struct bw_rows bw_rows;

#endif
