/* Modules that aren't of one piece: a crack, a scratch or a stain's edge runs through
 * them, and what their middle shows may be its colour, as clear as ink. */
#ifndef BW_SCAN_DOUBT_H
#define BW_SCAN_DOUBT_H

#include "grid.h"

/* Lowers `inout_sure` (of each module how far its grey is from the threshold) to the
 * least that any place in the module shows of what was decided for it. The places and
 * levels of `sampled` are those of bw_grid_decide(). Pure; any thread. */
void bw_doubt_run(int modules, const struct bw_scan_view *view,
    const struct bw_sampled *sampled, float *inout_sure);

#endif
