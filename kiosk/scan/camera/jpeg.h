/* Motion JPEG: one compressed frame of a camera to pixels. libjpeg, which zbar's own
 * MJPEG path uses too, but gives grey alone; the screen wants colour. A damaged frame is
 * common (a bad cable) and hostile ones are possible: nothing here stops the program.
 * Any thread. */
#ifndef BW_SCAN_JPEG_H
#define BW_SCAN_JPEG_H

#include "pixels.h"

#include <brugwachter/error.h>

/* Decodes into a raster of the frame's size, the caller's. BW_BAD_INPUT: damaged, of
 * another size, or no memory; the raster may be half written then. */
BW_NODISCARD enum bw_status bw_jpeg_draw(
    const uint8_t *bytes, size_t count, struct bw_raster *raster, struct bw_error *err);

#endif
