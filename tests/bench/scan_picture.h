/* Pictures for the bench: any file that SDL2_image reads,
 * as luma of at most 1280 pixels. */
#ifndef BW_BENCH_SCAN_PICTURE_H
#define BW_BENCH_SCAN_PICTURE_H

#include "scan/camera/frame.h"

#include <stdbool.h>

enum { SCAN_PICTURE_SIDE_PX = 1280 };

/* False when the file is no picture. The pixels are the caller's to free(). */
bool scan_picture_load(const char *path, struct bw_luma *ret_luma, uint8_t **ret_pixels);

#endif
