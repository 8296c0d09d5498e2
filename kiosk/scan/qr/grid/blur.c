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

enum { ALL = BW_BLUR_TAPS + 1 }; /* unknown of a kernel that isn't its own mirror image */

_Static_assert((int)ALL <= (int)BW_SOLVE_MAX, "a kernel and the level");

struct sides {
    float left[ALL][ALL], right[ALL], count;
};

static void
add_terms(const float terms[static ALL], float seen, struct sides *sides)
{
    for (int i = 0; i < ALL; i++) {
        for (int k = i; k < ALL; k++) {
            sides->left[i][k] += terms[i] * terms[k];
        }
        sides->right[i] += terms[i] * seen;
    }
    sides->count++;
}

static bool
solve(const struct sides *sides, struct bw_blur *ret_blur)
{
    double a[BW_SOLVE_MAX][BW_SOLVE_MAX], b[BW_SOLVE_MAX];
    for (int i = 0; i < ALL; i++) {
        for (int k = 0; k < ALL; k++) {
            a[i][k] = (double)(k < i ? sides->left[k][i] : sides->left[i][k]);
        }
        a[i][i] += 0.01 * (double)sides->count + 1e-3;
        b[i] = (double)sides->right[i];
    }
    if (!bw_solve(a, b, ALL)) {
        return false;
    }
    for (int i = 0; i < BW_BLUR_TAPS; i++) {
        ret_blur->tap[i] = (float)b[i];
    }
    ret_blur->level = (float)b[BW_BLUR_TAPS];
    return true;
}

bool
bw_blur_learn_pair(const struct bw_blur_field *field, const float *one,
    const float *opposite, int modules, struct bw_blur *ret_blur)
{
    struct sides sides = {.count = 0};
    float terms[ALL], mirrored[ALL];
    int row = bw_blur_row(modules);
    terms[BW_BLUR_TAPS] = mirrored[BW_BLUR_TAPS] = 1;
    for (int i = 0; i < modules * modules; i++) {
        int at = bw_blur_cell(modules, i % modules, i / modules);
        if (!field->counts[at]) {
            continue;
        }
        for (int k = 0; k < BW_BLUR_TAPS; k++) {
            int off = (k / BW_BLUR_SIDE - BW_BLUR_REACH) * row + k % BW_BLUR_SIDE -
                      BW_BLUR_REACH;
            terms[k] = field->guess[at + off];
            mirrored[BW_BLUR_TAPS - 1 - k] = terms[k];
        }
        add_terms(terms, one[at], &sides);
        add_terms(mirrored, opposite[at], &sides);
    }
    return solve(&sides, ret_blur);
}
