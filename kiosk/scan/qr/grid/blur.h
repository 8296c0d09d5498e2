/* What a lens out of focus or a hand that moves does to modules: each one's grey owes
 * something to its neighbours. A kernel of 5 by 5 modules that is the same seen from
 * either end (discs and lines of motion are), learnt by least squares. Pure, on the
 * caller's memory; any thread. */
#ifndef BW_SCAN_BLUR_H
#define BW_SCAN_BLUR_H

#include <stdbool.h>
#include <stdint.h>

enum {
    BW_BLUR_REACH = 2,
    BW_BLUR_SIDE = 2 * BW_BLUR_REACH + 1,
    BW_BLUR_TAPS = BW_BLUR_SIDE * BW_BLUR_SIDE,
    BW_BLUR_MODULES_MAX = 61,
    /* the symbol with a border as wide as the kernel reaches, and once more round it */
    BW_BLUR_BORDER = 2 * BW_BLUR_REACH,
    BW_BLUR_CELLS = (BW_BLUR_MODULES_MAX + 2 * BW_BLUR_BORDER) *
                    (BW_BLUR_MODULES_MAX + 2 * BW_BLUR_BORDER),
};

struct bw_blur {
    float tap[BW_BLUR_TAPS], level;
};

/* Cells of a symbol and of the quiet zone round it, row after row. */
struct bw_blur_field {
    float seen[BW_BLUR_CELLS];     /* grey between the levels: -1 dark, 1 light */
    float guess[BW_BLUR_CELLS];    /* what it may be: -1 dark, 1 light, 0 not known */
    uint8_t counts[BW_BLUR_CELLS]; /* its grey is explained by what is known round it */
};

/* Cells in a row of the field. */
static inline int
bw_blur_row(int modules)
{
    return modules + 2 * BW_BLUR_BORDER;
}

/* Where the module (x, y) stands in the field; from -4 on, for those round the symbol. */
static inline int
bw_blur_cell(int modules, int x, int y)
{
    return (y + BW_BLUR_BORDER) * bw_blur_row(modules) + x + BW_BLUR_BORDER;
}

/* Learns from the cells that count. False where they don't fix a kernel. */
bool bw_blur_learn(
    const struct bw_blur_field *field, int modules, struct bw_blur *ret_blur);

/* … that of a place in the module that isn't its middle, of which the opposite one's
 * mirrors it. `one` and `opposite` are what is seen in both, instead of what is seen in
 * the middle. */
bool bw_blur_learn_pair(const struct bw_blur_field *field, const float *one,
    const float *opposite, int modules, struct bw_blur *ret_blur);

/* What the kernel makes of `from` at that cell, without the level; cells of the outer
 * border have no neighbours, and can't be asked. */
float bw_blur_at(const struct bw_blur *blur, const float *from, int modules, int cell);

#endif
