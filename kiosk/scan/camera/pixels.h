/* Between the ways that pictures come and the two that we use: luma for the scanner, YUY2
 * (BT.601, as cameras send and SDL shows) for the screen. Pure functions on the caller's
 * memory; any thread. */
#ifndef BW_SCAN_PIXELS_H
#define BW_SCAN_PIXELS_H

#include "frame.h"

#include <stdbool.h>
#include <stddef.h>

/* Room for one picture in both forms, for a source to fill and lend. */
struct bw_raster {
    uint8_t *luma; /* width_px bytes a row */
    uint8_t *yuy2; /* 2 * width_px bytes a row */
    int width_px, height_px;
};

/* Even width, at most 1280x720; zeroed (luma 0 is black). False: no memory. */
bool bw_raster_init(struct bw_raster *raster, int width_px, int height_px);
/* Frees it. A zeroed one is fine. */
void bw_raster_finish(struct bw_raster *raster);

/* Borrowed views of it. */
struct bw_luma bw_raster_luma(const struct bw_raster *raster);
struct bw_yuy2 bw_raster_yuy2(const struct bw_raster *raster);

/* Packed YUYV of the raster' size; `stride_bytes` of the source. */
void bw_raster_from_yuyv(
    struct bw_raster *raster, const uint8_t *from, size_t stride_bytes);

/* A plane of Y and one of interleaved U and V at half size each way. */
void bw_raster_from_nv12(
    struct bw_raster *raster, const uint8_t *from, size_t stride_bytes);

/* A plane of Y, then U and V at half size each way; lines without padding. */
void bw_raster_from_yu12(struct bw_raster *raster, const uint8_t *from);

/* Grey alone, a byte a pixel: no colour. */
void bw_raster_from_grey(
    struct bw_raster *raster, const uint8_t *from, size_t stride_bytes);

/* One line of 4:2:2 planes (as libjpeg decodes it) into line `y`, pixels from the top;
 * u and v NULL: grey. */
void bw_raster_line_from_planes(struct bw_raster *raster, int y, const uint8_t *luma,
    const uint8_t *u, const uint8_t *v);

/* A picture of 32-bit pixels (0x00RRGGBB each) into the raster: made smaller by area
 * averages where it doesn't fit, never larger; centred, grey around it. */
void bw_raster_from_rgb(struct bw_raster *raster, const uint32_t *from, int width_px,
    int height_px, size_t stride_bytes);

/* A number of 64 bits that tells pictures apart, quickly; no defence against somebody who
 * tries. */
uint64_t bw_fingerprint(const uint8_t *bytes, size_t count);

#endif
