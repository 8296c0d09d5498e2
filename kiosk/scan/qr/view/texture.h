/* What the means of a frame's blocks tell before anything is searched: is there anything
 * that changes from block to block, as a code does, and is it the frame of before? Pure,
 * but for the memory it is given; any thread. */
#ifndef BW_SCAN_TEXTURE_H
#define BW_SCAN_TEXTURE_H

#include "binarise.h"

enum {
    BW_TEXTURE_BLOCKS_MAX = 160 * 160,
    BW_TEXTURE_TILE = 4, /* blocks on a side */
    BW_TEXTURE_TILES_MAX = 40 * 40,
    BW_TEXTURE_RICH = 60, /* per cent: a tile that changes all over in both directions */
};

struct bw_texture {
    /* Of the last frame: */
    int busy;     /* tiles of 4 by 4 blocks that change all over */
    int faint;    /* … of them, with little contrast */
    int bright;   /* blocks that are nearly white */
    int dim;      /* the darkest of those, if it is dark; else 0 */
    bool changed; /* it isn't as the frame before */
    int tiles_x, tiles_y;
    uint8_t tile[BW_TEXTURE_TILES_MAX]; /* of the busy ones, row after row: the part of
                                           their pairs that changes, per cent, in the
                                           direction where fewer do; 0: not busy */
    /* To compare with: */
    int blocks_x, blocks_y;
    uint8_t mean[BW_TEXTURE_BLOCKS_MAX];
};

/* Looks at the blocks that binarise measured, of the frame at full size. */
void bw_texture_look(struct bw_texture *texture, const struct bw_binarise *blocks);

/* The next frame is of another stream. */
void bw_texture_forget(struct bw_texture *texture);

#endif
