/* Three grids, each with recipes of sharpening and threshold, in the order of what they
 * read. Scan thread. */
#include "attempt.h"

#include "costs.h"
#include "scan/qr/grid/doubt.h"
#include "scan/qr/grid/fit.h"
#include "scan/qr/grid/relax.h"
#include "scan/qr/symbol/ticket_words.h"

#include <assert.h>
#include <math.h>
#include <string.h>

struct recipe {
    float sharpen;
    int radius;    /* modules around, for the local levels */
    bool equalise; /* … and then by what neighbours do to each other */
};

/* The first reads nine in ten of all that is ever read. */
static const struct recipe recipes[] = {
    {0.4F, 4, false},
    {0.0F, 4, true},
    {1.0F, 3, false},
    {0.0F, 6, false},
    {0.4F, 6, true},
    {0.8F, 5, false},
    {0.4F, 2, false},
    {1.6F, 4, false},
};

/* Of the bend, round after round. */
static const int degrees[] = {1, 2, 2, 3, 3};

enum {
    RECIPES = sizeof recipes / sizeof *recipes,
    ROUNDS = sizeof degrees / sizeof *degrees,
    FORMAT_WRONG_MAX = 11,
    FORMAT_WRONG_BLURRED = 7, /* where no symbol is there: 8 to 11 */
    PACE_MAX = 4,
    FITTED_ROUNDS = 4,
};

/* Of the way from the threshold to the level. */
#define BEYOND 2.2F

/* How clear a module is that needn't be seen. */
#define TOLD 1e6F

/* Timing patterns as good as these make a symbol of a grid that is less like one: its
 * paper may be curved. */
#define CURVED_TIMING 0.8F
#define CURVED_LIKENESS 0.5F

bool
bw_attempt_allows(
    const struct bw_attempt *attempt, const struct bw_budget *budget, uint32_t cost_us)
{
    assert(attempt->pace >= 1 && attempt->pace <= PACE_MAX); /* SC1 */
    return bw_budget_allows(budget, (uint32_t)((float)cost_us * attempt->pace));
}

/* One step may have met something else that the machine did: a fifth of it counts. */
void
bw_attempt_learn(struct bw_attempt *attempt, const struct bw_budget *budget,
    uint32_t from_us, uint32_t cost_us)
{
    float pace = (float)(bw_budget_spent_us(budget) - from_us) / (float)cost_us;
    attempt->pace += (pace - attempt->pace) * (pace > attempt->pace ? 0.2F : 0.05F);
    attempt->pace = fminf(fmaxf(attempt->pace, 1), PACE_MAX);
}

/* How far each module is from the threshold. What is lighter than the paper or darker
 * than the ink (a crack, a sticker, glare) says nothing of the module under it. */
static void
weigh(struct bw_attempt *attempt, int modules)
{
    const struct bw_sampled *sampled = &attempt->sampled;
    for (int i = 0; i < modules * modules; i++) {
        float half = (sampled->light[i] - sampled->dark[i]) / 2;
        float off = fabsf(sampled->grey[i] - sampled->dark[i] - half);
        attempt->sure[i] = off > BEYOND * half ? 0 : off;
    }
}

/* What lies outside the picture isn't seen. */
static void
forget_outside(struct bw_attempt *attempt, const struct bw_scan_view *view, int modules)
{
    for (int i = 0; i < modules * modules; i++) {
        const struct bw_point *at = &attempt->sampled.at[i];
        attempt->sure[i] = bw_scan_view_holds(view, at->x, at->y) ? attempt->sure[i] : 0;
    }
}

/* Looks where the modules were placed. */
static void
look(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_grid *grid, const struct recipe *recipe)
{
    bw_grid_sample(grid->modules, view, &attempt->sampled);
    bw_glare_see(&attempt->glare, grid->modules, &attempt->sampled);
    if (recipe->sharpen > 0) {
        bw_grid_sharpen(grid->modules, recipe->sharpen, &attempt->sampled);
    }
    bw_grid_decide(grid->modules, recipe->radius, &attempt->sampled);
    if (recipe->equalise) {
        bw_equalise_run(&attempt->equalise, grid->modules, attempt->pattern,
            &attempt->sampled, attempt->sure);
    } else {
        weigh(attempt, grid->modules);
        bw_glare_put(&attempt->glare, grid->modules, &attempt->sampled, attempt->sure);
    }
    forget_outside(attempt, view, grid->modules);
}

static float
likeness(const struct bw_attempt *attempt, int modules)
{
    int same = 0, all = 0;
    for (int i = 0; i < modules * modules; i++) {
        if (attempt->pattern[i] >= 0) {
            all++;
            same += (uint8_t)attempt->pattern[i] == attempt->sampled.cells[i];
        }
    }
    return (float)same / (float)all;
}

static void
transpose(int modules, float *values)
{
    for (int y = 0; y < modules; y++) {
        for (int x = 0; x < y; x++) {
            float kept = values[y * modules + x];
            values[y * modules + x] = values[x * modules + y];
            values[x * modules + y] = kept;
        }
    }
}

static int
count_told(int modules, const int8_t *told)
{
    int count = 0;
    for (int i = 0; i < modules * modules; i++) {
        count += told[i] >= 0;
    }
    return count;
}

/* Corrects the code words of `cells`, which are turned over its diagonal if `turned`;
 * the blocks that came out right stay told, the way round that the grid has. */
static bool
correct(struct bw_attempt *attempt, int modules, uint32_t format, bool turned)
{
    int8_t *told = attempt->told;
    if (turned) {
        transpose(modules, attempt->sure);
        bw_clean_transpose(modules, (uint8_t *)told);
    }
    bw_ticket_words_tell(&attempt->codewords, format, attempt->cells, told);
    for (int i = 0; i < modules * modules; i++) {
        attempt->cells[i] = told[i] >= 0 ? (uint8_t)told[i] : attempt->cells[i];
        attempt->sure[i] = told[i] >= 0 ? TOLD : attempt->sure[i];
    }
    int before = count_told(modules, told);
    bool read = bw_codewords_correct(
        &attempt->codewords, format, attempt->sure, attempt->cells, told);
    attempt->half = attempt->half || count_told(modules, told) > before;
    if (turned) {
        transpose(modules, attempt->sure);
        bw_clean_transpose(modules, (uint8_t *)told);
    }
    return read;
}

/* … less sure of modules that aren't of one piece. */
static bool
correct_doubting(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, int modules, uint32_t format, bool turned)
{
    if (!bw_attempt_allows(attempt, budget, doubt_cost_us(modules))) {
        return false;
    }
    uint32_t from_us = bw_budget_spent_us(budget);
    bw_doubt_run(modules, view, &attempt->sampled, attempt->sure);
    bool read = correct(attempt, modules, format, turned);
    bw_attempt_learn(attempt, budget, from_us, doubt_cost_us(modules));
    return read;
}

/* Cleans and mends what was sampled, and lets zbar read it. */
static bool
read_clean(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_grid *grid, const struct bw_budget *budget,
    struct bw_reading *ret_reading)
{
    int modules = grid->modules, wrong = 0, wrong_mirrored = 0;
    memcpy(attempt->cells, attempt->sampled.cells, (size_t)(modules * modules));
    uint32_t format = bw_symbol_read_format(modules, attempt->cells, &wrong);
    bw_clean_transpose(modules, attempt->cells);
    uint32_t mirrored = bw_symbol_read_format(modules, attempt->cells, &wrong_mirrored);
    bool turned = wrong_mirrored < wrong;
    if (turned) {
        format = mirrored;
        wrong = wrong_mirrored;
    } else {
        bw_clean_transpose(modules, attempt->cells);
    }
    attempt->wrong_format_bits = wrong;
    if (wrong > FORMAT_WRONG_MAX) {
        return false;
    }
    bw_clean_mend(modules, attempt->pattern, format, attempt->cells);
    attempt->drawn = true;
    bw_codewords_place(&attempt->codewords, modules, attempt->pattern);
    if (!correct(attempt, modules, format, turned) &&
        !correct_doubting(attempt, view, budget, modules, format, turned)) {
        return false;
    }
    if (!bw_attempt_allows(attempt, budget, read_cost_us(modules))) {
        return false;
    }
    uint32_t from_us = bw_budget_spent_us(budget);
    int side = bw_clean_draw(modules, attempt->cells, attempt->pixels);
    int found = bw_scan_reader_read(
        attempt->reader, attempt->pixels, side, side, attempt->readings);
    attempt->reads++;
    bw_attempt_learn(attempt, budget, from_us, read_cost_us(modules));
    if (found < 1) {
        return false;
    }
    *ret_reading = attempt->readings[0];
    bw_grid_corners(grid, ret_reading->corner);
    return true;
}

/* Settles the grid round after round, as long as it gets better. */
static void
settle(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, struct bw_grid *grid)
{
    for (int i = 0; i < ROUNDS; i++) {
        if (!bw_attempt_allows(attempt, budget, settle_cost_us(grid->modules))) {
            return;
        }
        float off = bw_relax_step(grid, view, &attempt->sampled, degrees[i]);
        bw_grid_place(grid, &attempt->sampled);
        look(attempt, view, grid, &recipes[0]);
        if (off > 0.24F) {
            return; /* edges lie anywhere: no grid is there to settle on */
        }
    }
}

/* The first two in every frame, the others by turns. */
static unsigned
recipe_of(unsigned turn, unsigned i)
{
    enum { FIXED = 2, MOVING = BW_ATTEMPT_RECIPES_A_FRAME - FIXED };
    return i < FIXED ? i : FIXED + (turn * MOVING + i - FIXED) % (RECIPES - FIXED);
}

static bool
try_recipe(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, const struct recipe *recipe,
    const struct bw_grid *grid, struct bw_reading *ret_reading)
{
    uint32_t cost_us = recipe_cost_us(grid->modules, recipe->equalise);
    if (!bw_attempt_allows(attempt, budget, cost_us)) {
        return false;
    }
    uint32_t from_us = bw_budget_spent_us(budget);
    look(attempt, view, grid, recipe);
    bw_attempt_learn(attempt, budget, from_us, cost_us);
    return read_clean(attempt, view, grid, budget, ret_reading);
}

/* Follows paper that is curved or creased. */
static bool
read_curved(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, const struct bw_located *located,
    struct bw_reading *ret_reading)
{
    const struct bw_grid *grid = &located->grid;
    uint32_t cost_us = warp_cost_us(grid->modules);
    if (!bw_attempt_allows(attempt, budget, cost_us)) {
        return false;
    }
    uint32_t from_us = bw_budget_spent_us(budget);
    bw_warp_run(
        &attempt->warp, grid, view, located->seed, located->seeds, &attempt->sampled);
    look(attempt, view, grid, &recipes[0]);
    bw_attempt_learn(attempt, budget, from_us, cost_us);
    float like = likeness(attempt, grid->modules);
    attempt->likeness = fmaxf(attempt->likeness, like);
    return like >= BW_ATTEMPT_LIKENESS_MIN &&
           (read_clean(attempt, view, grid, budget, ret_reading) ||
               try_recipe(attempt, view, budget, &recipes[1], grid, ret_reading));
}

/* Lets the grid settle. */
static bool
read_settled(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, unsigned turn, struct bw_grid *grid,
    struct bw_reading *ret_reading)
{
    bw_grid_place(grid, &attempt->sampled);
    look(attempt, view, grid, &recipes[0]);
    settle(attempt, view, budget, grid);
    attempt->likeness = likeness(attempt, grid->modules);
    bool read = false;
    for (unsigned i = 0; i < BW_ATTEMPT_RECIPES_A_FRAME && !read; i++) {
        read = try_recipe(
            attempt, view, budget, &recipes[recipe_of(turn, i)], grid, ret_reading);
    }
    return read;
}

static void
know_pattern(struct bw_attempt *attempt, int modules)
{
    if (attempt->pattern_modules != modules) {
        bw_symbol_pattern(modules, attempt->pattern);
        attempt->pattern_modules = modules;
    }
    memcpy(attempt->told, attempt->pattern, (size_t)(modules * modules));
    attempt->half = false;
}

/* Some blocks were read: their modules, which stand between those of the others, tell
 * how blur makes one look here. */
static bool
read_rest(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, const struct bw_grid *grid,
    struct bw_reading *ret_reading)
{
    int modules = grid->modules;
    uint32_t cost_us = recipe_cost_us(modules, true) + deblur_cost_us(modules, false);
    if (!attempt->half || modules > BW_BLUR_MODULES_MAX ||
        !bw_attempt_allows(attempt, budget, cost_us)) {
        return false;
    }
    uint32_t from_us = bw_budget_spent_us(budget);
    bw_grid_sample(modules, view, &attempt->sampled);
    bw_grid_decide(modules, 4, &attempt->sampled);
    bw_equalise_run(
        &attempt->equalise, modules, attempt->told, &attempt->sampled, attempt->sure);
    bool read = read_clean(attempt, view, grid, budget, ret_reading);
    if (!read) {
        bw_grid_decide(modules, 6, &attempt->sampled);
        bw_deblur_run(&attempt->deblur, modules, attempt->told, view, false,
            &attempt->sampled, attempt->sure);
        read = read_clean(attempt, view, grid, budget, ret_reading);
    }
    bw_attempt_learn(attempt, budget, from_us, cost_us);
    return read;
}

static bool
read_deblurred(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, const struct bw_grid *grid, bool again,
    struct bw_reading *ret_reading)
{
    int modules = grid->modules;
    uint32_t cost_us = deblur_cost_us(modules, again);
    if (modules > BW_BLUR_MODULES_MAX || !bw_attempt_allows(attempt, budget, cost_us)) {
        return false;
    }
    uint32_t from_us = bw_budget_spent_us(budget);
    bw_grid_sample(modules, view, &attempt->sampled);
    bw_grid_decide(modules, 6, &attempt->sampled);
    bw_deblur_run(&attempt->deblur, modules, attempt->pattern, view, again,
        &attempt->sampled, attempt->sure);
    forget_outside(attempt, view, modules);
    bw_attempt_learn(attempt, budget, from_us, cost_us);
    return read_clean(attempt, view, grid, budget, ret_reading);
}

/* Looks at a grid as it is. False where it is too large, or for want of time. */
static bool
begin(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, const struct bw_grid *grid)
{
    attempt->likeness = 0;
    attempt->drawn = false;
    if (grid->modules > attempt->modules_max ||
        !bw_attempt_allows(attempt, budget, recipe_cost_us(grid->modules, false))) {
        return false;
    }
    know_pattern(attempt, grid->modules);
    bw_grid_place(grid, &attempt->sampled);
    look(attempt, view, grid, &recipes[0]);
    attempt->likeness = likeness(attempt, grid->modules);
    return true;
}

bool
bw_attempt_untimed(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, const struct bw_located *located, bool blurred,
    struct bw_reading *ret_reading)
{
    const struct bw_grid *grid = &located->grid;
    if (!begin(attempt, view, budget, grid)) {
        return false;
    }
    bool flat = attempt->likeness >= BW_ATTEMPT_LIKENESS_MIN;
    if ((flat && read_clean(attempt, view, grid, budget, ret_reading)) ||
        read_curved(attempt, view, budget, located, ret_reading)) {
        return true;
    }
    bw_grid_place(grid, &attempt->sampled);
    return blurred && (read_deblurred(attempt, view, budget, grid, false, ret_reading) ||
                          read_rest(attempt, view, budget, grid, ret_reading));
}

float
bw_attempt_fit(
    struct bw_attempt *attempt, const struct bw_scan_view *view, struct bw_grid *grid)
{
    know_pattern(attempt, grid->modules);
    return bw_fit_known(&attempt->deblur, view, attempt->pattern, grid);
}

/* Undoes the blur, lays the grid by what came of it, and again. */
static bool
read_fitted(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, struct bw_grid *grid, struct bw_reading *ret_reading)
{
    know_pattern(attempt, grid->modules);
    for (int i = 0; i < FITTED_ROUNDS; i++) {
        bw_grid_place(grid, &attempt->sampled);
        attempt->wrong_format_bits = FORMAT_WRONG_MAX;
        if (read_deblurred(attempt, view, budget, grid, i > 0, ret_reading)) {
            return true;
        }
        if (attempt->wrong_format_bits > FORMAT_WRONG_BLURRED ||
            !bw_attempt_allows(attempt, budget, fit_cost_us(grid->modules))) {
            return false;
        }
        bw_fit_all(&attempt->deblur, view, &attempt->sampled, grid);
    }
    return read_rest(attempt, view, budget, grid, ret_reading);
}

bool
bw_attempt_fitted(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, unsigned turn, bool sharp, struct bw_located *located,
    struct bw_reading *ret_reading)
{
    struct bw_grid as_fitted = located->grid;
    attempt->likeness = 0;
    attempt->drawn = false;
    if (!sharp && read_fitted(attempt, view, budget, &located->grid, ret_reading)) {
        return true;
    }
    located->grid = as_fitted;
    if (bw_attempt_run(attempt, view, budget, turn, located, ret_reading)) {
        return true;
    }
    located->grid = as_fitted;
    return sharp && read_fitted(attempt, view, budget, &located->grid, ret_reading);
}

bool
bw_attempt_run(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, unsigned turn, struct bw_located *located,
    struct bw_reading *ret_reading)
{
    struct bw_grid *grid = &located->grid;
    if (!begin(attempt, view, budget, grid)) {
        return false;
    }
    bool flat = attempt->likeness >= BW_ATTEMPT_LIKENESS_MIN;
    if (flat && read_clean(attempt, view, grid, budget, ret_reading)) {
        return true;
    }
    if (!flat &&
        (attempt->likeness < CURVED_LIKENESS || located->timing < CURVED_TIMING)) {
        return false;
    }
    return read_curved(attempt, view, budget, located, ret_reading) ||
           (flat && read_settled(attempt, view, budget, turn, grid, ret_reading)) ||
           read_rest(attempt, view, budget, grid, ret_reading);
}
