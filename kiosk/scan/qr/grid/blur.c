/* Half of the taps are unknown, for the other half mirrors them. Pure. */
#include "blur.h"

#include "solve.h"

enum {
    HALF = BW_BLUR_TAPS / 2,
    UNKNOWN = HALF + 2, /* the middle tap, half of the others, and the level */
};

_Static_assert((int)UNKNOWN <= (int)BW_SOLVE_MAX, "half a kernel and the level");

static void
terms_at(const float *guess, int at, int row, float ret_terms[static UNKNOWN])
{
    for (int i = 0; i < HALF; i++) {
        int off =
            (i / BW_BLUR_SIDE - BW_BLUR_REACH) * row + i % BW_BLUR_SIDE - BW_BLUR_REACH;
        ret_terms[i] = guess[at + off] + guess[at - off];
    }
    ret_terms[HALF] = guess[at];
    ret_terms[HALF + 1] = 1;
}

static float
add_up(const struct bw_blur_field *field, int modules,
    double a[static BW_SOLVE_MAX][BW_SOLVE_MAX], double b[static BW_SOLVE_MAX])
{
    float sums[UNKNOWN][UNKNOWN] = {{0}}, right[UNKNOWN] = {0}, terms[UNKNOWN], count = 0;
    int row = bw_blur_row(modules);
    for (int y = -BW_BLUR_REACH; y < modules + BW_BLUR_REACH; y++) {
        for (int x = -BW_BLUR_REACH; x < modules + BW_BLUR_REACH; x++) {
            int at = bw_blur_cell(modules, x, y);
            if (!field->counts[at]) {
                continue;
            }
            terms_at(field->guess, at, row, terms);
            count++;
            for (int i = 0; i < UNKNOWN; i++) {
                for (int k = i; k < UNKNOWN; k++) {
                    sums[i][k] += terms[i] * terms[k];
                }
                right[i] += terms[i] * field->seen[at];
            }
        }
    }
    for (int i = 0; i < UNKNOWN; i++) {
        for (int k = 0; k < UNKNOWN; k++) {
            a[i][k] = (double)(k < i ? sums[k][i] : sums[i][k]);
        }
        b[i] = (double)right[i];
    }
    return count;
}

bool
bw_blur_learn(const struct bw_blur_field *field, int modules, struct bw_blur *ret_blur)
{
    double a[BW_SOLVE_MAX][BW_SOLVE_MAX] = {{0}}, b[BW_SOLVE_MAX] = {0};
    float count = add_up(field, modules, a, b);
    for (int i = 0; i < UNKNOWN; i++) {
        a[i][i] += 0.01 * (double)count + 1e-3;
    }
    if (!bw_solve(a, b, UNKNOWN)) {
        return false;
    }
    for (int i = 0; i < HALF; i++) {
        ret_blur->tap[i] = ret_blur->tap[BW_BLUR_TAPS - 1 - i] = (float)b[i];
    }
    ret_blur->tap[HALF] = (float)b[HALF];
    ret_blur->level = (float)b[HALF + 1];
    return true;
}

float
bw_blur_at(const struct bw_blur *blur, const float *from, int modules, int cell)
{
    float sum = 0;
    int row = bw_blur_row(modules);
    for (int i = 0; i < BW_BLUR_SIDE; i++) {
        const float *line = from + cell + (i - BW_BLUR_REACH) * row - BW_BLUR_REACH;
        for (int k = 0; k < BW_BLUR_SIDE; k++) {
            sum += blur->tap[i * BW_BLUR_SIDE + k] * line[k];
        }
    }
    return sum;
}
