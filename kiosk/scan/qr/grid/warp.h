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

/* A place where the paper is known: a finder pattern, an alignment pattern. */
struct bw_warp_seed {
    float u, v, reach;               /* of the grid: its middle, and how far it goes */
    struct bw_point at, along, down; /* of the view: its middle, and a module's steps */
};

enum { BW_WARP_SEEDS_MAX = 4 };

struct bw_warp {
    int nodes;   /* on a side */
    float block; /* modules from one to the next */
    struct bw_warp_node node[BW_WARP_NODES_MAX * BW_WARP_NODES_MAX];
    float known[BW_WARP_NODES_MAX * BW_WARP_NODES_MAX]; /* how sure those around are */
};

/* How many nodes stand on a side of a symbol of so many modules. */
int bw_warp_nodes(int modules);

/* Follows the paper from the seeds outwards, and puts the modules' places into
 * `ret_sampled`. */
void bw_warp_run(struct bw_warp *warp, const struct bw_grid *grid,
    const struct bw_scan_view *view, const struct bw_warp_seed *seeds, int seed_count,
    struct bw_sampled *ret_sampled);

#endif
