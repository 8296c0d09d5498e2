/* Picture files (PNG, JPEG, PGM, WebP), as bytes in memory, to pixels. SDL2_image
 * decodes; no SDL subsystem is started and no window made. What a file says of its own
 * size is read first, so that a small file can't ask for gigabytes.
 * Any one thread at a time. */
#ifndef BW_SCAN_PICTURE_H
#define BW_SCAN_PICTURE_H

#include "pixels.h"

#include <brugwachter/error.h>
#include <stdint.h>

enum {
    BW_PICTURE_BYTES_MAX = 64 * 1024 * 1024, /* of the file */
    BW_PICTURE_PIXELS_MAX = 50 * 1000 * 1000,
};

/* A file's bytes. */
struct bw_picture_file {
    uint8_t *bytes;
    size_t count;
};

/* Reads a regular file whole; bw_picture_file_finish frees it. BW_NOT_FOUND, BW_IO,
 * BW_FULL for one over the limit, BW_BAD_INPUT for anything but a regular file,
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_picture_read(
    const char *path, struct bw_picture_file *ret_file, struct bw_error *err);
/* A zeroed one is fine. */
void bw_picture_file_finish(struct bw_picture_file *file);

/* Kind and size as the first bytes tell them. BW_BAD_INPUT: not one of the four kinds, or
 * damaged; BW_FULL: more pixels than the limit. `kind` is SDL2_image's name for it. */
struct bw_picture_about {
    const char *kind;
    int width_px, height_px;
};
BW_NODISCARD enum bw_status bw_picture_look(const struct bw_picture_file *file,
    struct bw_picture_about *ret_about, struct bw_error *err);

/* Decodes into a raster that was made: smaller where it doesn't fit, centred. What is
 * transparent becomes white, as on paper. The errors of bw_picture_look; BW_BAD_INPUT
 * also where it is damaged further on. */
BW_NODISCARD enum bw_status bw_picture_draw(
    const struct bw_picture_file *file, struct bw_raster *raster, struct bw_error *err);

/* Writes a PNG: 0x00rrggbb a pixel, row after row without padding. BW_IO where the file
 * can't be written. Any thread. */
BW_NODISCARD enum bw_status bw_picture_save(const uint32_t *pixels, int width_px,
    int height_px, const char *path, struct bw_error *err);

#endif
