/* Each edge is the middle of a step from dark to light between two modules' middles: the
 * part of the way that is light tells where it is, without searching. Edges along rows
 * move the bend along, edges down columns the bend down;
 * two small least squares. Pure. */
#include "relax.h"

#include "solve.h"

#include <math.h>
#include <string.h>

enum { STEPS = 6 };

struct sums {
    double a[BW_SOLVE_MAX][BW_SOLVE_MAX];
    double b[BW_SOLVE_MAX];
};

static const int terms_of_degree[] = {1, 3, 6, 10};

/* Where between `from` and `to` (0..1) dark turns to light, or back. */
static float
edge_between(const struct bw_scan_view *view, struct bw_point from, struct bw_point to,
    float dark, float light, bool starts_dark)
{
    float sum = 0;
    for (int i = 0; i < STEPS; i++) {
        float part = ((float)i + 0.5F) / STEPS;
        float grey = bw_scan_view_sample(
            view, from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
        float lit = (grey - dark) / (light - dark);
        sum += lit < 0 ? 0 : lit > 1 ? 1 : lit;
    }
    sum /= STEPS;
    return starts_dark ? 1 - sum : sum;
}

static void
add(struct sums *sums, const float *terms, int count, double off)
{
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < count; k++) {
            sums->a[i][k] += (double)terms[i] * (double)terms[k];
        }
        sums->b[i] += (double)terms[i] * off;
    }
}

static void
settle(struct sums *sums, float *bend, int count, double edges)
{
    for (int i = 0; i < count; i++) {
        sums->a[i][i] += edges * (i < 3 ? 0.0005 : i < 6 ? 0.002 : 0.006);
    }
    if (!bw_solve(sums->a, sums->b, count)) {
        return;
    }
    for (int i = 0; i < count; i++) {
        bend[i] += (float)sums->b[i];
    }
}

/* How far the edge between two neighbouring cells of unequal colour lies off its place,
 * in modules; false where there is none, or it is too faint. */
static bool
edge_off(const struct bw_scan_view *view, const struct bw_sampled *sampled, int cell,
    int next, float *ret_off)
{
    float dark = (sampled->dark[cell] + sampled->dark[next]) / 2;
    float light = (sampled->light[cell] + sampled->light[next]) / 2;
    if (sampled->cells[cell] == sampled->cells[next] || light - dark < 6) {
        return false;
    }
    *ret_off = edge_between(view, sampled->at[cell], sampled->at[next], dark, light,
                   sampled->cells[cell]) -
               0.5F;
    return true;
}

/* What the edge to the right of a cell (way 0), or below it (1), pulls at the bend across
 * it. False where there is no edge. */
static bool
pull(const struct bw_grid *grid, const struct bw_scan_view *view,
    const struct bw_sampled *sampled, int x, int y, int way, int count, struct sums *sums,
    float *inout_off_sum)
{
    int modules = grid->modules, cell = y * modules + x;
    float half = (float)modules / 2, off, terms[BW_GRID_BENDS];
    if ((way ? y : x) + 1 >= modules ||
        !edge_off(view, sampled, cell, way ? cell + modules : cell + 1, &off)) {
        return false;
    }
    float u = way ? (float)x + 0.5F : (float)x + 1;
    float v = way ? (float)y + 1 : (float)y + 0.5F;
    bw_grid_terms(u / half - 1, v / half - 1, terms);
    add(sums, terms, count, (double)(off / half));
    *inout_off_sum += fabsf(off);
    return true;
}

float
bw_relax_step(struct bw_grid *grid, const struct bw_scan_view *view,
    const struct bw_sampled *sampled, int degree)
{
    struct sums sums[2];
    memset(sums, 0, sizeof sums);
    int modules = grid->modules, count = terms_of_degree[degree], edges = 0;
    float off_sum = 0;
    for (int y = 0; y < modules; y++) {
        for (int x = 0; x < modules; x++) {
            for (int way = 0; way < 2; way++) {
                edges +=
                    pull(grid, view, sampled, x, y, way, count, &sums[way], &off_sum);
            }
        }
    }
    if (edges < modules * 2) {
        return 0.5F;
    }
    settle(&sums[0], grid->bend[0], count, edges / 2.0);
    settle(&sums[1], grid->bend[1], count, edges / 2.0);
    return off_sum / (float)edges;
}
