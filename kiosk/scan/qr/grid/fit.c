/* Gauss and Newton: the picture's slope along and down the grid says how far each
 * module's grey is from where it should be; eight numbers move all of them, six for the
 * plane and two for its perspective. Pure, but for the memory it is given. */
#include "fit.h"

#include "solve.h"

#include <math.h>
#include <string.h>

enum {
    MOVES = 8,
    ROUNDS = 5,
    ROUNDS_ALIGN = 3,
    ROUNDS_ALL = 2,
    CELLS_MIN = 75,  /* that are known, and seen */
    ALIGN_REACH = 7, /* half modules */
    ALIGN_SIDE = 5,
    ALIGN_CELLS = ALIGN_SIDE * ALIGN_SIDE,
    FINDER_POINTS = 12,
    WITHOUT_ALIGNMENT = 21, /* modules */
};

#define CLIP 2.5F /* of the greys' spread */

/* Below that nothing is there to align. */
#define ALIGN_FROM 0.5F

/* Of its cells: their neighbours aren't known. */
#define ALIGN_WEIGHT 0.4F

/* The paper isn't tilted for nothing. */
#define TILT_RIDGE 0.02

/* Of the grey, a module along and down. */
struct slope {
    float along, down;
};

static struct bw_point
step_of(struct bw_point from, struct bw_point to)
{
    return (struct bw_point){to.x - from.x, to.y - from.y};
}

/* The grey about a place: five samples as bw_grid_sample() takes them. */
static float
look_at(const struct bw_scan_view *view, const struct bw_grid *grid, float u, float v,
    struct slope *ret_slope)
{
    struct bw_point at = bw_grid_at(grid, u, v);
    struct bw_point a = step_of(at, bw_grid_at(grid, u + 0.5F, v)),
                    b = step_of(at, bw_grid_at(grid, u, v + 0.5F));
    float right = bw_scan_view_sample(view, at.x + a.x, at.y + a.y),
          left = bw_scan_view_sample(view, at.x - a.x, at.y - a.y),
          under = bw_scan_view_sample(view, at.x + b.x, at.y + b.y),
          over = bw_scan_view_sample(view, at.x - b.x, at.y - b.y);
    *ret_slope = (struct slope){right - left, under - over};
    float sum = bw_scan_view_sample(view, at.x, at.y);
    for (int i = 0; i < 4; i++) {
        float p = i & 1 ? 0.44F : -0.44F, q = i & 2 ? 0.44F : -0.44F;
        sum +=
            bw_scan_view_sample(view, at.x + p * a.x + q * b.x, at.y + p * a.y + q * b.y);
    }
    return sum / 5;
}

/* 1 dark, 0 light, -1 not known; round the symbol all is light. */
static int
known_at(int modules, const int8_t *pattern, int x, int y)
{
    bool in = x >= 0 && y >= 0 && x < modules && y < modules;
    return in ? pattern[y * modules + x] : 0;
}

/* Is all known that its grey comes from? Far from a finder pattern the quiet zone is told
 * by nothing. */
static bool
is_explained(int modules, const int8_t *pattern, int x, int y)
{
    int reach = BW_BLUR_REACH, near = 9, far = modules - near;
    bool beside =
        (x < near && y < near) || (x >= far && y < near) || (x < near && y >= far);
    bool all = beside && x >= -reach && y >= -reach && x < modules + reach &&
               y < modules + reach;
    for (int i = 0; i < BW_BLUR_TAPS && all; i++) {
        all = known_at(modules, pattern, x + i % BW_BLUR_SIDE - reach,
                  y + i / BW_BLUR_SIDE - reach) >= 0;
    }
    return all;
}

static void
know(struct bw_blur_field *field, int modules, const int8_t *pattern)
{
    int border = BW_BLUR_BORDER;
    for (int y = -border; y < modules + border; y++) {
        for (int x = -border; x < modules + border; x++) {
            int at = bw_blur_cell(modules, x, y);
            int known = known_at(modules, pattern, x, y);
            field->guess[at] = known < 0 ? 0 : known ? -1 : 1;
            field->counts[at] = is_explained(modules, pattern, x, y);
        }
    }
}

struct fitting {
    struct bw_deblur *work;
    const struct bw_scan_view *view;
    struct bw_grid *grid;
    const struct bw_sampled *sampled; /* levels of each module; NULL: the same all over */
    float mean, spread;               /* … these */
    struct slope slope[BW_BLUR_CELLS];
    bool seen[BW_BLUR_CELLS]; /* lies in the view */
};

static void
levels_at(const struct fitting *fit, int x, int y, float *ret_middle, float *ret_half)
{
    if (fit->sampled) {
        int at = y * fit->grid->modules + x;
        *ret_middle = (fit->sampled->dark[at] + fit->sampled->light[at]) / 2;
        *ret_half = fmaxf((fit->sampled->light[at] - fit->sampled->dark[at]) / 2, 2);
    } else {
        *ret_middle = fit->mean;
        *ret_half = fit->spread;
    }
}

/* Samples the cells that `asked` says; in grey. False where too few are seen. */
static bool
sample(struct fitting *fit, const uint8_t *asked)
{
    int modules = fit->grid->modules, count = 0;
    float sum = 0, squares = 0;
    for (int y = -BW_BLUR_REACH; y < modules + BW_BLUR_REACH; y++) {
        for (int x = -BW_BLUR_REACH; x < modules + BW_BLUR_REACH; x++) {
            int at = bw_blur_cell(modules, x, y);
            float u = (float)x + 0.5F, v = (float)y + 0.5F;
            fit->seen[at] = false;
            if (!asked[at]) {
                continue;
            }
            struct bw_point p = bw_grid_at(fit->grid, u, v);
            fit->seen[at] = bw_scan_view_holds(fit->view, p.x, p.y);
            if (fit->seen[at]) {
                float grey = look_at(fit->view, fit->grid, u, v, &fit->slope[at]);
                fit->work->field.seen[at] = grey;
                sum += grey;
                squares += grey * grey;
                count++;
            }
        }
    }
    if (count < CELLS_MIN) {
        return false;
    }
    fit->mean = sum / (float)count;
    fit->spread = sqrtf(fmaxf(squares / (float)count - fit->mean * fit->mean, 4));
    return true;
}

/* From grey to parts of the levels' half. */
static void
level(struct fitting *fit)
{
    int modules = fit->grid->modules;
    for (int y = -BW_BLUR_REACH; y < modules + BW_BLUR_REACH; y++) {
        for (int x = -BW_BLUR_REACH; x < modules + BW_BLUR_REACH; x++) {
            int at = bw_blur_cell(modules, x, y);
            if (fit->seen[at]) {
                float middle, half, *seen = &fit->work->field.seen[at];
                levels_at(fit, x, y, &middle, &half);
                *seen = fminf(fmaxf((*seen - middle) / half, -CLIP), CLIP);
                fit->slope[at].along /= half;
                fit->slope[at].down /= half;
            }
        }
    }
}

static void
apply(struct bw_grid *grid, const double move[static MOVES])
{
    const float add[2][6] = {{(float)move[0], (float)move[1], (float)move[2],
                                 (float)move[6], (float)move[7], 0},
        {(float)move[3], (float)move[4], (float)move[5], 0, (float)move[6],
            (float)move[7]}};
    for (int way = 0; way < 2; way++) {
        for (int i = 0; i < 6; i++) {
            grid->bend[way][i] += add[way][i];
        }
    }
}

struct pull {
    double a[BW_SOLVE_MAX][BW_SOLVE_MAX], b[BW_SOLVE_MAX];
    double rest, all; /* squares: not explained, and of what is seen */
    int count;
};

static void
add(struct fitting *fit, int x, int y, float weight, struct pull *sums)
{
    int modules = fit->grid->modules, at = bw_blur_cell(modules, x, y);
    const struct bw_deblur *work = fit->work;
    float half = (float)modules / 2;
    float s = ((float)x + 0.5F) / half - 1, t = ((float)y + 0.5F) / half - 1;
    float along = fit->slope[at].along * half, down = fit->slope[at].down * half;
    float rest = work->blur.level +
                 bw_blur_at(&work->blur, work->field.guess, modules, at) -
                 work->field.seen[at];
    float out = along * s + down * t;
    const float term[MOVES] = {
        along, along * s, along * t, down, down * s, down * t, out * s, out * t};
    for (int i = 0; i < MOVES; i++) {
        for (int k = 0; k < MOVES; k++) {
            sums->a[i][k] += (double)(weight * term[i] * term[k]);
        }
        sums->b[i] += (double)(weight * term[i] * rest);
    }
    sums->rest += (double)(rest * rest);
    sums->all += (double)(work->field.seen[at] * work->field.seen[at]);
    sums->count++;
}

/* Moves the grid a step; returns what part is explained where it was. */
static float
step(struct fitting *fit, const uint8_t *asked, float weight_others)
{
    struct pull sums;
    int modules = fit->grid->modules;
    memset(&sums, 0, sizeof sums);
    for (int y = -BW_BLUR_REACH; y < modules + BW_BLUR_REACH; y++) {
        for (int x = -BW_BLUR_REACH; x < modules + BW_BLUR_REACH; x++) {
            int at = bw_blur_cell(modules, x, y);
            if (asked[at] && fit->seen[at]) {
                add(fit, x, y, fit->work->field.counts[at] ? 1 : weight_others, &sums);
            }
        }
    }
    double mean = 0;
    for (int i = 0; i < MOVES; i++) {
        mean += sums.a[i][i] / MOVES;
    }
    for (int i = 0; i < MOVES; i++) {
        sums.a[i][i] += mean * (i < 6 ? 0.001 : TILT_RIDGE);
    }
    if (bw_solve(sums.a, sums.b, MOVES)) {
        apply(fit->grid, sums.b);
    }
    return sums.all > 0 ? (float)(1 - sums.rest / sums.all) : 0;
}

static float
settle(struct fitting *fit, const uint8_t *asked, float weight_others, int rounds)
{
    float explained = 0;
    for (int i = 0; i < rounds; i++) {
        if (!sample(fit, asked)) {
            return 0;
        }
        level(fit);
        for (int at = 0; at < BW_BLUR_CELLS; at++) {
            fit->work->field.counts[at] = fit->work->field.counts[at] && fit->seen[at];
        }
        if (!bw_blur_learn(&fit->work->field, fit->grid->modules, &fit->work->blur)) {
            return 0;
        }
        explained = step(fit, asked, weight_others);
    }
    return explained;
}

/* What the blur makes of the last alignment pattern, less its mean. */
static void
expect(const struct fitting *fit, float ret_grey[static ALIGN_CELLS])
{
    int modules = fit->grid->modules;
    float mean = 0;
    for (int i = 0; i < ALIGN_CELLS; i++) {
        int at = bw_blur_cell(
            modules, modules - 9 + i % ALIGN_SIDE, modules - 9 + i / ALIGN_SIDE);
        ret_grey[i] = bw_blur_at(&fit->work->blur, fit->work->field.guess, modules, at);
        mean += ret_grey[i] / ALIGN_CELLS;
    }
    for (int i = 0; i < ALIGN_CELLS; i++) {
        ret_grey[i] -= mean;
    }
}

/* How well that fits, moved by so much. */
static float
align_at(const struct fitting *fit, const float expected[static ALIGN_CELLS], float du,
    float dv)
{
    float sum = 0, squares = 0, both = 0;
    float first = (float)fit->grid->modules - 8.5F;
    for (int i = 0; i < ALIGN_CELLS; i++) {
        int column = i % ALIGN_SIDE, row = i / ALIGN_SIDE;
        struct bw_point p =
            bw_grid_at(fit->grid, first + (float)column + du, first + (float)row + dv);
        float grey = bw_scan_view_sample(fit->view, p.x, p.y);
        sum += grey;
        squares += grey * grey;
        both += grey * expected[i];
    }
    return both / sqrtf(fmaxf(squares - sum * sum / ALIGN_CELLS, 1));
}

/* Where the finder patterns are stays where it is, and the last alignment pattern's place
 * is seen at (u, v) of the grid as it was. */
static void
tilt(struct bw_grid *grid, float u, float v)
{
    struct bw_match matches[FINDER_POINTS + 1];
    float half = (float)grid->modules / 2, far = (float)grid->modules - 7;
    for (int i = 0; i < FINDER_POINTS; i++) {
        float s = (i / 4 == 1 ? far : 0) + (i % 2 ? 6.5F : 0.5F);
        float t = (i / 4 == 2 ? far : 0) + (i % 4 > 1 ? 6.5F : 0.5F);
        struct bw_point p = bw_grid_at(grid, s, t);
        matches[i] = (struct bw_match){s / half - 1, t / half - 1, p.x, p.y, 1};
    }
    float at = (far + 0.5F) / half - 1;
    struct bw_point p = bw_grid_at(grid, u, v);
    matches[FINDER_POINTS] = (struct bw_match){at, at, p.x, p.y, 4};
    struct bw_grid tilted = {.modules = grid->modules};
    struct bw_point from = bw_grid_at(grid, 0, 0), to = bw_grid_at(grid, far, far);
    if (bw_homography_fit(matches, FINDER_POINTS + 1,
            hypotf(to.x - from.x, to.y - from.y), &tilted.map)) {
        *grid = tilted;
    }
}

/* Looks for the last alignment pattern about its place, and tilts the grid to it. */
static void
align(struct fitting *fit)
{
    float expected[ALIGN_CELLS], best = 0, best_u = 0, best_v = 0;
    expect(fit, expected);
    for (int y = -ALIGN_REACH; y <= ALIGN_REACH; y++) {
        for (int x = -ALIGN_REACH; x <= ALIGN_REACH; x++) {
            float du = (float)x / 2, dv = (float)y / 2;
            float like = align_at(fit, expected, du, dv) * (1 - 0.04F * hypotf(du, dv));
            if (like > best) {
                best = like;
                best_u = du;
                best_v = dv;
            }
        }
    }
    float at = (float)fit->grid->modules - 6.5F;
    tilt(fit->grid, at + best_u, at + best_v);
}

float
bw_fit_known(struct bw_deblur *work, const struct bw_scan_view *view,
    const int8_t *pattern, struct bw_grid *grid)
{
    struct fitting fit = {.work = work, .view = view, .grid = grid};
    uint8_t asked[BW_BLUR_CELLS];
    int modules = grid->modules;
    know(&work->field, modules, pattern);
    memcpy(asked, work->field.counts, sizeof asked);
    float explained = settle(&fit, asked, 0, ROUNDS);
    if (explained < ALIGN_FROM || modules == WITHOUT_ALIGNMENT) {
        return explained;
    }
    align(&fit);
    for (int i = 0; i < ALIGN_CELLS; i++) {
        asked[bw_blur_cell(
            modules, modules - 9 + i % ALIGN_SIDE, modules - 9 + i / ALIGN_SIDE)] = 1;
    }
    settle(&fit, asked, ALIGN_WEIGHT, ROUNDS_ALIGN);
    return explained;
}

void
bw_fit_all(struct bw_deblur *work, const struct bw_scan_view *view,
    const struct bw_sampled *sampled, struct bw_grid *grid)
{
    struct fitting fit = {.work = work, .view = view, .grid = grid, .sampled = sampled};
    uint8_t asked[BW_BLUR_CELLS];
    memcpy(asked, work->field.counts, sizeof asked);
    for (int i = 0; i < ROUNDS_ALL; i++) {
        if (!sample(&fit, asked)) {
            return;
        }
        level(&fit);
        step(&fit, asked, 1);
    }
}
