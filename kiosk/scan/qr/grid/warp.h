/* A grid for paper that is curved or creased, where no polynomial of the whole symbol
 * fits: places of the modules that follow the edges between them, piece by piece. Any
 * thread, one at a time for a bw_warp, which is the caller's, as is what is sampled. */
#ifndef BW_SCAN_WARP_H
#define BW_SCAN_WARP_H

#include "grid.h"

enum { BW_WARP_NODES_MAX = 24 };

/* How far the paper is from the grid at one place, in modules. */
struct bw_warp_node {
    float off[2]; /* along, down */
    float sure;   /* 0: not known yet; 1: all edges agree */
};

struct bw_warp {
    int nodes;   /* on a side */
    float block; /* modules from one to the next */
    struct bw_warp_node node[BW_WARP_NODES_MAX * BW_WARP_NODES_MAX];
    float known[BW_WARP_NODES_MAX * BW_WARP_NODES_MAX]; /* how sure those around are */
};

/* How many nodes stand on a side of a symbol of so many modules. */
int bw_warp_nodes(int modules);

/* Follows the paper from the finder patterns (but the `hidden` one: 0 to 2, or -1), where
 * the grid is right to half a module, and puts the modules' places into `ret_sampled`. */
void bw_warp_run(struct bw_warp *warp, const struct bw_grid *grid,
    const struct bw_scan_view *view, int hidden, struct bw_sampled *ret_sampled);

#endif
