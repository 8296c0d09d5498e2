/* A least-squares kernel of 3 by 3 modules that makes the greys from the decisions; then
 * each decision is turned where that explains its neighbourhood better; and again. Lens
 * blur, motion and pixels larger than modules are all such a kernel. Outside the symbol
 * all is light. Pure, but for the memory it is given. */
#include "equalise.h"

#include "solve.h"

#include <math.h>

enum { TAPS = 9, UNKNOWN = TAPS + 1, ROUNDS = 3, SWEEPS = 3 };

_Static_assert((int)UNKNOWN <= (int)BW_SOLVE_MAX, "a kernel and the level it stands on");

/* +1 light, -1 dark. */
static float
sign_at(const struct bw_sampled *sampled, int modules, int x, int y)
{
    bool outside = x < 0 || y < 0 || x >= modules || y >= modules;
    return outside || !sampled->cells[y * modules + x] ? 1 : -1;
}

static void
signs_round(const struct bw_sampled *sampled, int modules, int x, int y,
    float ret_signs[static UNKNOWN])
{
    for (int i = 0; i < TAPS; i++) {
        ret_signs[i] = sign_at(sampled, modules, x + i % 3 - 1, y + i / 3 - 1);
    }
    ret_signs[TAPS] = 1;
}

static bool
learn(const struct bw_equalise *work, int modules, const struct bw_sampled *sampled,
    float ret_kernel[static UNKNOWN])
{
    double a[BW_SOLVE_MAX][BW_SOLVE_MAX] = {{0}}, b[BW_SOLVE_MAX] = {0};
    float signs[UNKNOWN], sums[UNKNOWN][UNKNOWN] = {{0}}, right[UNKNOWN] = {0};
    for (int y = 0; y < modules; y++) {
        for (int x = 0; x < modules; x++) {
            float seen = work->seen[y * modules + x];
            signs_round(sampled, modules, x, y, signs);
            for (int i = 0; i < UNKNOWN; i++) {
                for (int k = i; k < UNKNOWN; k++) {
                    sums[i][k] += signs[i] * signs[k];
                }
                right[i] += signs[i] * seen;
            }
        }
    }
    for (int i = 0; i < UNKNOWN; i++) {
        for (int k = 0; k < UNKNOWN; k++) {
            a[i][k] = (double)(k < i ? sums[k][i] : sums[i][k]);
        }
        a[i][i] += 0.01 * modules * modules;
        b[i] = (double)right[i];
    }
    if (!bw_solve(a, b, UNKNOWN)) {
        return false;
    }
    for (int i = 0; i < UNKNOWN; i++) {
        ret_kernel[i] = (float)b[i];
    }
    return true;
}

static void
explain(struct bw_equalise *work, int modules, const struct bw_sampled *sampled,
    const float kernel[static UNKNOWN])
{
    float signs[UNKNOWN];
    for (int y = 0; y < modules; y++) {
        for (int x = 0; x < modules; x++) {
            float sum = 0;
            signs_round(sampled, modules, x, y, signs);
            for (int i = 0; i < UNKNOWN; i++) {
                sum += kernel[i] * signs[i];
            }
            work->rest[y * modules + x] = work->seen[y * modules + x] - sum;
        }
    }
}

/* What turning the cell costs, in squares of what is left unexplained around it. */
static float
turning_cost(const struct bw_equalise *work, int modules, int x, int y, float sign,
    const float kernel[static UNKNOWN])
{
    float cost = 0;
    for (int i = 0; i < TAPS; i++) {
        int at_x = x - (i % 3 - 1), at_y = y - (i / 3 - 1);
        if (at_x >= 0 && at_y >= 0 && at_x < modules && at_y < modules) {
            cost += kernel[i] * (kernel[i] + sign * work->rest[at_y * modules + at_x]);
        }
    }
    return 4 * cost;
}

static void
turn(struct bw_equalise *work, int modules, int x, int y,
    const float kernel[static UNKNOWN], struct bw_sampled *sampled)
{
    float change = 2 * sign_at(sampled, modules, x, y);
    for (int i = 0; i < TAPS; i++) {
        int at_x = x - (i % 3 - 1), at_y = y - (i / 3 - 1);
        if (at_x >= 0 && at_y >= 0 && at_x < modules && at_y < modules) {
            work->rest[at_y * modules + at_x] += kernel[i] * change;
        }
    }
    sampled->cells[y * modules + x] ^= 1;
}

static void
decide(struct bw_equalise *work, int modules, const int8_t *pattern,
    const float kernel[static UNKNOWN], struct bw_sampled *sampled, float *ret_sure)
{
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        int turned = 0;
        for (int i = 0; i < modules * modules; i++) {
            int x = i % modules, y = i / modules;
            float sign = sign_at(sampled, modules, x, y);
            ret_sure[i] = turning_cost(work, modules, x, y, sign, kernel);
            if (pattern[i] < 0 && ret_sure[i] < 0) {
                turn(work, modules, x, y, kernel, sampled);
                ret_sure[i] = -ret_sure[i];
                turned++;
            }
        }
        if (!turned) {
            return;
        }
    }
}

void
bw_equalise_run(struct bw_equalise *work, int modules, const int8_t *pattern,
    struct bw_sampled *sampled, float *ret_sure)
{
    float kernel[UNKNOWN];
    for (int i = 0; i < modules * modules; i++) {
        float half = fmaxf((sampled->light[i] - sampled->dark[i]) / 2, 2);
        float seen =
            (sampled->grey[i] - (sampled->dark[i] + sampled->light[i]) / 2) / half;
        work->seen[i] = fminf(fmaxf(seen, -2), 2);
        ret_sure[i] = 0;
        if (pattern[i] >= 0) {
            sampled->cells[i] = (uint8_t)pattern[i];
        }
    }
    for (int round = 0; round < ROUNDS; round++) {
        if (!learn(work, modules, sampled, kernel)) {
            return;
        }
        explain(work, modules, sampled, kernel);
        decide(work, modules, pattern, kernel, sampled, ret_sure);
    }
}
