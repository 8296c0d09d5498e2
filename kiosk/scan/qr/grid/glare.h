/* A lamp mirrored in paper or glass adds its light to dark and light modules, until the
 * camera has no more: round such a spot dark ones are anything up to white, and in its
 * middle nothing is told. Pure, on the caller's memory; any thread. */
#ifndef BW_SCAN_GLARE_H
#define BW_SCAN_GLARE_H

#include "grid.h"

enum bw_glare_module {
    BW_GLARE_NONE, /* no lamp there: others decide */
    BW_GLARE_DARK,
    BW_GLARE_LIGHT,
};

/* What the modules near a lamp are; 160 kB, so one a scanner. */
struct bw_glare {
    int count;                       /* of those that are near one */
    uint8_t module[BW_SYMBOL_CELLS]; /* an enum bw_glare_module */
    float sure[BW_SYMBOL_CELLS];     /* how clear it is, in greys; 0: may be either */
};

/* Decides the modules near a lamp from their greys, as bw_grid_sample() gives them. */
void bw_glare_see(struct bw_glare *glare, int modules, const struct bw_sampled *sampled);

/* Puts them over what was decided, and over how sure that was. */
void bw_glare_put(const struct bw_glare *glare, int modules, struct bw_sampled *sampled,
    float *inout_sure);

#endif
