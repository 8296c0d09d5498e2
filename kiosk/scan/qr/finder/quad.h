/* Where a symbol's outline is: dark pixels that hang together, with light all round them,
 * in a shape of four corners. It needs no finder pattern that is whole. Pure, on the
 * caller's memory; any thread. */
#ifndef BW_SCAN_QUAD_H
#define BW_SCAN_QUAD_H

#include "scan/qr/view/view.h"

enum { BW_QUADS_MAX = 3, BW_QUAD_CELLS_MAX = 160 * 160 };

struct bw_quad {
    struct bw_point corner[4]; /* clockwise, pixels of the view */
    float area;
    bool cut; /* over the edge of the view, and made whole beyond it as a square is */
};

/* Room to work in. */
struct bw_quad_room {
    uint8_t mean[BW_QUAD_CELLS_MAX], threshold[BW_QUAD_CELLS_MAX];
    uint8_t dark[BW_QUAD_CELLS_MAX];
    int16_t waiting[BW_QUAD_CELLS_MAX];
};

/* The largest ones of a view of at most 640 by 640 pixels, the largest first; how
 * many. */
int bw_quads_find(struct bw_quad_room *room, const struct bw_scan_view *view,
    struct bw_quad ret_quads[BW_QUADS_MAX]);

#endif
