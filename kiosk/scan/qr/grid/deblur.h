/* Blur wider than a module undone in the module grid: a lens out of focus, a hand that
 * moved two modules. Where neighbours swallow each other, no module can be decided alone;
 * all are sought together that explain what is seen. Any thread, one at a time for a room
 * to work in; `work` and `sampled` are the caller's. */
#ifndef BW_SCAN_DEBLUR_H
#define BW_SCAN_DEBLUR_H

#include "blur.h"
#include "grid.h"

/* Room to work in. */
struct bw_deblur {
    struct bw_blur_field field;
    struct bw_blur blur; /* as learnt last */
    float rest[BW_BLUR_CELLS];
};

/* Decides the cells of `sampled` anew; its levels and cells are what bw_grid_decide()
 * made. `pattern` are the function modules, which are known (symbol.h): from them the
 * blur is learnt. ret_sure: how clear each module became. */
void bw_deblur_run(struct bw_deblur *work, int modules, const int8_t *pattern,
    struct bw_sampled *sampled, float *ret_sure);

#endif
