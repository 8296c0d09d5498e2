/* Blur wider than a module undone in the module grid: a lens out of focus, a hand that
 * moved two modules. Where neighbours swallow each other, no module can be decided alone;
 * all are sought together that explain what is seen. Any thread, one at a time for a room
 * to work in; `work` and `sampled` are the caller's. */
#ifndef BW_SCAN_DEBLUR_H
#define BW_SCAN_DEBLUR_H

#include "blur.h"
#include "grid.h"

enum { BW_DEBLUR_PLACES = 4 };

/* Room to work in; 300 kB, so one a scanner. */
struct bw_deblur {
    struct bw_blur_field field;
    struct bw_blur blur; /* of modules' middles, as learnt last */
    /* Each module is looked at in four places, which have kernels of their own: what is
     * lost in the middle of all (what blur wipes out) shows in their quarters. */
    float seen[BW_DEBLUR_PLACES][BW_BLUR_CELLS];
    struct bw_blur at[BW_DEBLUR_PLACES];
    float last[BW_BLUR_CELLS], ahead[BW_BLUR_CELLS]; /* the guess before, and pushed */
    float rest[BW_BLUR_CELLS], pull[BW_BLUR_CELLS];
};

/* Decides the cells of `sampled` anew; its places, levels and cells are what
 * bw_grid_decide() made of the view. `pattern` are the function modules, which are known
 * (symbol.h): from them the blur is learnt; or, `again`, from what the last run decided
 * of the same symbol. ret_sure: how clear each module became. */
void bw_deblur_run(struct bw_deblur *work, int modules, const int8_t *pattern,
    const struct bw_scan_view *view, bool again, struct bw_sampled *sampled,
    float *ret_sure);

#endif
