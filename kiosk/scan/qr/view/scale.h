/* Grey pictures made smaller, larger and softer.
 * Strides equal the widths of the results; `stride` is the source's, in bytes. Pure, on
 * the caller's memory; any thread. */
#ifndef BW_SCAN_SCALE_H
#define BW_SCAN_SCALE_H

#include <stdint.h>

/* Half the width and height (odd ones rounded down): each pixel the mean of four. */
void bw_scale_half(
    const uint8_t *grey, int width_px, int height_px, int stride, uint8_t *ret_grey);

/* Twice the width and height, by bilinear interpolation. */
void bw_scale_double(
    const uint8_t *grey, int width_px, int height_px, int stride, uint8_t *ret_grey);

/* Every step-th pixel the mean of step by step. */
void bw_scale_down(const uint8_t *grey, int width_px, int height_px, int stride, int step,
    uint8_t *ret_grey);

/* Softens by 1 2 1 along and down; `work` holds width by height pixels. */
void bw_scale_blur(const uint8_t *grey, int width_px, int height_px, int stride,
    uint8_t *work, uint8_t *ret_grey);

/* Adds twice what a picture has over its softened self; both without padding. */
void bw_scale_sharpen(
    const uint8_t *grey, const uint8_t *soft, int pixels, uint8_t *ret_grey);

/* All above `most` becomes 255, what is below is stretched over the greys. */
void bw_scale_stretch(const uint8_t *grey, int pixels, int most, uint8_t *ret_grey);

/* Takes away lines up to 2 * reach pixels wide, light ones first, then dark ones, and
 * leaves what is wider as it is. Without padding; `work` holds as many pixels. */
void bw_scale_mend(const uint8_t *grey, int width_px, int height_px, int reach,
    uint8_t *work, uint8_t *ret_grey);

#endif
