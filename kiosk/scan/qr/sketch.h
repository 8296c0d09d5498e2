/* A picture of what the scanner found in a picture: for `decode --draw`, and the README.
 * The frame in grey; finder patterns as squares, fitted grids as quadrangles (green where
 * it was read), the last cleaned symbol in the corner. One thread. */
#ifndef BW_SCAN_SKETCH_H
#define BW_SCAN_SKETCH_H

#include "scanner.h"

struct bw_sketch;

/* Begins with a copy of the frame. The caller destroys *ret_sketch. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_sketch_create(
    const struct bw_luma *frame, struct bw_sketch **ret_sketch, struct bw_error *err);
/* NULL is fine. */
void bw_sketch_destroy(struct bw_sketch *sketch);

/* Draws a note over what is there. */
void bw_sketch_note(struct bw_sketch *sketch, const struct bw_scan_note *note);

/* Writes it as PNG, over what is there. BW_IO where the file can't be written. */
BW_NODISCARD enum bw_status bw_sketch_save(
    const struct bw_sketch *sketch, const char *path, struct bw_error *err);

#endif
