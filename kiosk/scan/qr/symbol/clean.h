/* The symbol as it was printed: ideal function patterns, sharp modules, a quiet zone.
 * Pure, on the caller's memory; any thread. */
#ifndef BW_SCAN_CLEAN_H
#define BW_SCAN_CLEAN_H

#include "symbol.h"

enum {
    BW_CLEAN_MODULE_PX = 4,
    /* Larger symbols are drawn smaller. At 4 pixels a module zbar takes 8 ms for version
     * 40, and 30 to 50 where it can't read it; at 2 pixels 3 and 4. */
    BW_CLEAN_LARGE = 45,
    BW_CLEAN_LARGE_PX = 2,
    BW_CLEAN_QUIET = 4,
    BW_CLEAN_SIDE_MAX = (BW_SYMBOL_MODULES_MAX + 2 * BW_CLEAN_QUIET) * BW_CLEAN_LARGE_PX,
};

/* Puts the function patterns and the format over the cells. */
void bw_clean_mend(int modules, const int8_t *pattern, uint32_t format, uint8_t *cells);

/* Draws the cells (1 dark); returns the picture's side in pixels. */
int bw_clean_draw(int modules, const uint8_t *cells,
    uint8_t ret_pixels[BW_CLEAN_SIDE_MAX * BW_CLEAN_SIDE_MAX]);

/* Turns rows into columns: how a mirrored symbol becomes a plain one. */
void bw_clean_transpose(int modules, uint8_t *cells);

#endif
