/* Blur undone in the module grid: what one module's grey owes to its neighbours is learnt
 * from the symbol itself, and taken into account when dark and light are decided.
 * Any thread, one at a time for a room to work in; `work` and `sampled` are the
 * caller's. */
#ifndef BW_SCAN_EQUALISE_H
#define BW_SCAN_EQUALISE_H

#include "grid.h"

/* Room to work in; 250 kB, so one a scanner. */
struct bw_equalise {
    float seen[BW_SYMBOL_CELLS]; /* grey between the local levels: -1 dark, 1 light */
    float rest[BW_SYMBOL_CELLS]; /* … less what the cells explain */
};

/* Decides the cells of `sampled` anew; its levels and cells are what bw_grid_decide()
 * made. `pattern` are the function modules, which are known (symbol.h). ret_sure says of
 * each module how much worse the other decision would be; both are row after row. */
void bw_equalise_run(struct bw_equalise *work, int modules, const int8_t *pattern,
    struct bw_sampled *sampled, float *ret_sure);

#endif
