/* Lets a grid settle on the edges between modules: what three corners and an alignment
 * pattern leave open (bent paper, a far corner that is off) shows in them. Pure, on the
 * caller's memory; any thread. */
#ifndef BW_SCAN_RELAX_H
#define BW_SCAN_RELAX_H

#include "grid.h"

/* One round: measures where the edges of the decided modules are against where the grid
 * has them, and moves the bend. `sampled` must be sampled and decided from `grid`.
 * Returns the mean distance before moving, in modules (0 to 0.5; about 0.25
 * means nothing fits). */
float bw_relax_step(struct bw_grid *grid, const struct bw_scan_view *view,
    const struct bw_sampled *sampled, int degree);

#endif
