/* The camera as the screens know it: a frame of its picture, and where it sits. Plain
 * values; any thread. */
#ifndef BW_UI_CAMERA_H
#define BW_UI_CAMERA_H

#include <stdint.h>

/* A frame as YUY2 (Y0 U Y1 V), unmirrored; the width is even. Whoever takes one borrows
 * `bytes` for the call. */
struct bw_ui_camera_frame {
    const uint8_t *bytes;
    int width_px, height_px;
    int stride_bytes; /* from one scan line to the next; at least 2 * width_px */
};

/* Where the camera sits on the panel: the arrow points there. */
enum bw_ui_edge { BW_EDGE_TOP, BW_EDGE_BOTTOM, BW_EDGE_LEFT, BW_EDGE_RIGHT };

#endif
