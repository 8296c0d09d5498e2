/* Alignment patterns: a dark module in a light ring in a dark ring. Pure; any
 * thread. */
#ifndef BW_SCAN_ALIGN_H
#define BW_SCAN_ALIGN_H

#include "grid.h"

/* Looks for the pattern whose middle should be at (u, v) of the grid, up to `reach`
 * modules (at most 8) around it. Returns how alike the best place is
 * (-1..1) and where. */
float bw_align_find(const struct bw_grid *grid, const struct bw_scan_view *view, float u,
    float v, float reach, struct bw_point *ret_at);

#endif
