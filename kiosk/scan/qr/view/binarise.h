/* Black and white from grey, by the mean of the neighbourhood.
 *
 * The mean is taken over blocks of 8 by 8 pixels, then over a square of blocks: a window
 * of 9 blocks is the 71 pixels of the measurements, at a tenth of the work of a window
 * that slides by pixels. Any thread, one at a time for a room to work in. */
#ifndef BW_SCAN_BINARISE_H
#define BW_SCAN_BINARISE_H

#include <stdbool.h>
#include <stdint.h>

enum { BW_BINARISE_BLOCK_PX = 8 };

/* Room to work in, for pictures up to the size given to init(). */
struct bw_binarise {
    uint32_t *sums;      /* summed-area table of the block means */
    uint8_t *thresholds; /* one a pixel of a row */
    int blocks_x, blocks_y;
};

/* Makes room, which the caller finishes. False when out of memory. finish() accepts a
 * zeroed one. */
bool bw_binarise_init(struct bw_binarise *work, int width_px, int height_px);
void bw_binarise_finish(struct bw_binarise *work);

/* Measures the blocks of a picture; threshold() may then be called several times. */
void bw_binarise_measure(struct bw_binarise *work, const uint8_t *grey, int width_px,
    int height_px, int stride);

/* ret_white[y * width + x] is 0 where the pixel is darker than the mean of the
 * (2 * radius + 1) squared blocks around its own, less `margin` (may be negative: for
 * light modules on dark); else 255. */
void bw_binarise_threshold(struct bw_binarise *work, const uint8_t *grey, int width_px,
    int height_px, int stride, int radius, int margin, uint8_t *ret_white);

#endif
