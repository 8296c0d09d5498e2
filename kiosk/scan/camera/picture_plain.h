/* What a decoder may be given of a picture file, so that it ends: libraries trust that
 * their reader never runs dry, and take as long as a file tells them to. Part of
 * picture.c. Any thread. */
#ifndef BW_SCAN_PICTURE_PLAIN_H
#define BW_SCAN_PICTURE_PLAIN_H

#include "picture.h"

/* A PNG with its pixels alone: IHDR, PLTE, tRNS, the IDATs that follow each other, IEND
 * (W3C PNG 5.6). SDL2_image gives libpng what was read before where a file ends early, so
 * a file that is cut in a text or time is read for ever, with a line each time.
 * BW_BAD_INPUT where a chunk is cut; a missing IEND is put there. `ret_plain` is a new
 * file, to be finished. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_picture_plain_png(const struct bw_picture_file *file,
    struct bw_picture_file *ret_plain, struct bw_error *err);

/* BW_BAD_INPUT for a JPEG of more scans than any camera makes: each goes over the whole
 * picture, so a small file could take minutes. */
BW_NODISCARD enum bw_status bw_picture_check_jpeg(
    const struct bw_picture_file *file, struct bw_error *err);

#endif
