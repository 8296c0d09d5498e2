/* Tiles of a frame that hang together in a patch about as wide as high, as those of a
 * symbol do. Pure; any thread. */
#ifndef BW_SCAN_PATCH_H
#define BW_SCAN_PATCH_H

#include "scan/qr/view/texture.h"

enum {
    BW_PATCHES_MAX = 3,
    BW_PATCH_TILE_PX = BW_TEXTURE_TILE * BW_BINARISE_BLOCK_PX,
};

struct bw_patch {
    int left, top, right, bottom; /* tiles; right and bottom are the first ones outside */
    int tiles;
};

/* The largest patches that may be a symbol, the largest first; how many. `rich` says
 * which tiles belong to one, row after row, and is used up. */
int bw_patches_find(int tiles_x, int tiles_y, bool rich[BW_TEXTURE_TILES_MAX],
    struct bw_patch ret_patches[BW_PATCHES_MAX]);

#endif
