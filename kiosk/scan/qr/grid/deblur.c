/* A kernel of 5 by 5 modules that is the same seen from either end (discs and lines of
 * motion are), learnt by least squares: first where all that it covers is known, then
 * everywhere. The modules follow by descent along the gradient of what is unexplained,
 * kept between dark and light (Landweber, projected).
 * Pure, but for the memory it is given. */
#include "deblur.h"

#include "solve.h"

#include <math.h>
#include <string.h>

enum {
    REACH = 2,
    SIDE = 2 * REACH + 1,
    TAPS = SIDE * SIDE,
    HALF = TAPS / 2,
    UNKNOWN = HALF + 2, /* the middle tap, half of the others, and the level */
    ROUNDS = 3,
    STEPS = 24,
};

_Static_assert((int)UNKNOWN <= (int)BW_SOLVE_MAX, "half a kernel and the level");

struct kernel {
    float tap[TAPS], level;
};

static int
row_of(int modules)
{
    return modules + 2 * REACH;
}

static int
cell_of(int modules, int x, int y)
{
    return (y + REACH) * row_of(modules) + x + REACH;
}

static void
terms_at(const float *guess, int at, int row, float ret_terms[static UNKNOWN])
{
    for (int i = 0; i < HALF; i++) {
        int off = (i / SIDE - REACH) * row + i % SIDE - REACH;
        ret_terms[i] = guess[at + off] + guess[at - off];
    }
    ret_terms[HALF] = guess[at];
    ret_terms[HALF + 1] = 1;
}

/* Is all that the kernel covers there known before anything is decided? */
static bool
is_known(int modules, const int8_t *pattern, int x, int y)
{
    for (int i = 0; i < TAPS; i++) {
        int at_x = x + i % SIDE - REACH, at_y = y + i / SIDE - REACH;
        bool in = at_x >= 0 && at_y >= 0 && at_x < modules && at_y < modules;
        if (in && pattern[at_y * modules + at_x] < 0) {
            return false;
        }
    }
    return true;
}

static bool
learn(const struct bw_deblur *work, int modules, const int8_t *pattern, bool all,
    struct kernel *ret_kernel)
{
    double a[BW_SOLVE_MAX][BW_SOLVE_MAX] = {{0}}, b[BW_SOLVE_MAX] = {0}, count = 0;
    float terms[UNKNOWN];
    for (int y = 0; y < modules; y++) {
        for (int x = 0; x < modules; x++) {
            if (!all && !is_known(modules, pattern, x, y)) {
                continue;
            }
            int at = cell_of(modules, x, y);
            terms_at(work->guess, at, row_of(modules), terms);
            count++;
            for (int i = 0; i < UNKNOWN; i++) {
                for (int k = 0; k < UNKNOWN; k++) {
                    a[i][k] += (double)(terms[i] * terms[k]);
                }
                b[i] += (double)(terms[i] * work->seen[at]);
            }
        }
    }
    for (int i = 0; i < UNKNOWN; i++) {
        a[i][i] += 0.01 * count + 1e-3;
    }
    if (!bw_solve(a, b, UNKNOWN)) {
        return false;
    }
    for (int i = 0; i < HALF; i++) {
        ret_kernel->tap[i] = ret_kernel->tap[TAPS - 1 - i] = (float)b[i];
    }
    ret_kernel->tap[HALF] = (float)b[HALF];
    ret_kernel->level = (float)b[HALF + 1];
    return true;
}

static float
under_kernel(const struct kernel *kernel, const float *from, int at, int row)
{
    float sum = 0;
    for (int i = 0; i < SIDE; i++) {
        const float *line = from + at + (i - REACH) * row - REACH;
        for (int k = 0; k < SIDE; k++) {
            sum += kernel->tap[i * SIDE + k] * line[k];
        }
    }
    return sum;
}

/* One step down; the kernel is its own mirror image. */
static void
descend(struct bw_deblur *work, int modules, const int8_t *pattern,
    const struct kernel *kernel, float pace)
{
    int row = row_of(modules);
    for (int y = 0; y < modules; y++) {
        for (int x = 0; x < modules; x++) {
            int at = cell_of(modules, x, y);
            work->rest[at] = work->seen[at] - kernel->level -
                             under_kernel(kernel, work->guess, at, row);
        }
    }
    for (int y = 0; y < modules; y++) {
        for (int x = 0; x < modules; x++) {
            int at = cell_of(modules, x, y);
            if (pattern[y * modules + x] < 0) {
                float next =
                    work->guess[at] + pace * under_kernel(kernel, work->rest, at, row);
                work->guess[at] = fminf(fmaxf(next, -1), 1);
            }
        }
    }
}

static void
begin(struct bw_deblur *work, int modules, const int8_t *pattern,
    const struct bw_sampled *sampled)
{
    int row = row_of(modules);
    for (int i = 0; i < row * row; i++) {
        work->guess[i] = 1; /* the quiet zone */
        work->rest[i] = 0;
    }
    for (int i = 0; i < modules * modules; i++) {
        int at = cell_of(modules, i % modules, i / modules);
        float half = fmaxf((sampled->light[i] - sampled->dark[i]) / 2, 2);
        float seen =
            (sampled->grey[i] - (sampled->dark[i] + sampled->light[i]) / 2) / half;
        work->seen[at] = fminf(fmaxf(seen, -2), 2);
        work->guess[at] =
            pattern[i] >= 0 ? (pattern[i] ? -1.0F : 1.0F) : work->seen[at] / 2;
    }
}

void
bw_deblur_run(struct bw_deblur *work, int modules, const int8_t *pattern,
    struct bw_sampled *sampled, float *ret_sure)
{
    struct kernel kernel;
    begin(work, modules, pattern, sampled);
    for (int round = 0; round < ROUNDS; round++) {
        if (!learn(work, modules, pattern, round > 0, &kernel)) {
            break;
        }
        float sum = 0.01F;
        for (int i = 0; i < TAPS; i++) {
            sum += fabsf(kernel.tap[i]);
        }
        for (int i = 0; i < STEPS; i++) {
            descend(work, modules, pattern, &kernel, 1.8F / (sum * sum));
        }
    }
    for (int i = 0; i < modules * modules; i++) {
        float guess = work->guess[cell_of(modules, i % modules, i / modules)];
        sampled->cells[i] = guess < 0;
        ret_sure[i] = fabsf(guess);
    }
}
