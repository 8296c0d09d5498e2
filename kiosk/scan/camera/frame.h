/* A camera picture on its way to the decoder and to the screen.
 *
 * The decoder needs grey, the screen wants colour: a frame carries luma as one plane, and
 * optionally the packed YUY2 bytes that SDL shows without conversion. Unmirrored:
 * mirroring is the screen's business. */
#ifndef BW_SCAN_FRAME_H
#define BW_SCAN_FRAME_H

#include <stdint.h>

enum { BW_FRAME_WIDTH_MAX = 1280, BW_FRAME_HEIGHT_MAX = 720 };

/* Grey picture, 8 bits a pixel, row after row. Borrowed: whoever made it keeps it. */
struct bw_luma {
    const uint8_t *pixels;
    int width_px, height_px;
    int stride_bytes;
};

/* A picture as YUY2 (Y0 U Y1 V, 16 bits a pixel), even width. Borrowed. */
struct bw_yuy2 {
    const uint8_t *bytes;
    int width_px, height_px;
    int stride_bytes;
};

#endif
