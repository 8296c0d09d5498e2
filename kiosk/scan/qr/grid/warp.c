/* Edges between modules lie at whole numbers of modules. In a small window the edges'
 * strengths, turned once round for each module (a Fourier sum at one frequency), say by
 * their angle how far the paper is from where the grid has it: but for whole modules, as
 * any edge looks like the next. So nodes are measured from the finder patterns outwards,
 * each from where its neighbours' plane says that it should be; the paper goes on
 * smoothly enough to be within half a module of that. Pure. */
#include "warp.h"

#include <math.h>
#include <string.h>

enum {
    PARTS = 4,  /* samples a module: a quarter turn each */
    WINDOW = 4, /* modules on a side */
    SAMPLES = WINDOW * PARTS,
    NEAR = 2, /* nodes around that make the plane */
};

#define BLOCK_MODULES 1.8F
#define TURN 6.2831853F
#define SEED_SURE 0.3F /* until it is measured */
#define STEP_MAX 3.0F  /* modules, of a search in the grid */

/* off = at + along * (nodes to the right) + down * (nodes below) */
struct plane {
    float at[2], along[2], down[2];
};

static float
middle_of(const struct bw_warp *warp, int i)
{
    return ((float)i + 0.5F) * warp->block;
}

/* Sums of weights, of squares of the terms, and of what is to be explained. */
struct warp_sums {
    float one, x, y, xx, xy, yy;
    float off[2], off_x[2], off_y[2];
};

static struct plane
solve(const struct warp_sums *s)
{
    /* Few neighbours: nearly flat. */
    float one = s->one + 1e-6F, xx = s->xx + 0.05F, yy = s->yy + 0.05F;
    float c00 = xx * yy - s->xy * s->xy, c01 = s->xy * s->y - s->x * yy,
          c02 = s->x * s->xy - xx * s->y;
    float c11 = one * yy - s->y * s->y, c12 = s->x * s->y - one * s->xy,
          c22 = one * xx - s->x * s->x;
    float whole = one * c00 + s->x * c01 + s->y * c02;
    struct plane plane;
    for (int way = 0; way < 2; way++) {
        float b0 = s->off[way], b1 = s->off_x[way], b2 = s->off_y[way];
        plane.at[way] = (c00 * b0 + c01 * b1 + c02 * b2) / whole;
        plane.along[way] = (c01 * b0 + c11 * b1 + c12 * b2) / whole;
        plane.down[way] = (c02 * b0 + c12 * b1 + c22 * b2) / whole;
    }
    return plane;
}

/* Where the plane of the known neighbours has the node. */
static struct plane
predict(const struct bw_warp *warp, int x, int y)
{
    struct warp_sums sums = {0};
    for (int dy = -NEAR; dy <= NEAR; dy++) {
        for (int dx = -NEAR; dx <= NEAR; dx++) {
            int at_x = x + dx, at_y = y + dy;
            if (at_x < 0 || at_y < 0 || at_x >= warp->nodes || at_y >= warp->nodes) {
                continue;
            }
            const struct bw_warp_node *node = &warp->node[at_y * warp->nodes + at_x];
            float weight = node->sure / (float)(1 + dx * dx + dy * dy);
            float wx = weight * (float)dx, wy = weight * (float)dy;
            sums.one += weight;
            sums.x += wx;
            sums.y += wy;
            sums.xx += wx * (float)dx;
            sums.xy += wx * (float)dy;
            sums.yy += wy * (float)dy;
            for (int way = 0; way < 2; way++) {
                sums.off[way] += weight * node->off[way];
                sums.off_x[way] += wx * node->off[way];
                sums.off_y[way] += wy * node->off[way];
            }
        }
    }
    return solve(&sums);
}

/* The window's samples, a quarter of a module apart; what lies outside the symbol and its
 * first quiet module is -1. */
static void
look(const struct bw_warp *warp, const struct bw_grid *grid,
    const struct bw_scan_view *view, const struct plane *plane, int x, int y,
    float ret_grey[static SAMPLES * SAMPLES])
{
    float u = middle_of(warp, x), v = middle_of(warp, y);
    float per = 1 / warp->block; /* planes are in nodes */
    struct bw_point at = bw_grid_at(grid, u + plane->at[0], v + plane->at[1]);
    struct bw_point right = bw_grid_at(grid, u + plane->at[0] + 1 + plane->along[0] * per,
        v + plane->at[1] + plane->along[1] * per);
    struct bw_point under = bw_grid_at(grid, u + plane->at[0] + plane->down[0] * per,
        v + plane->at[1] + 1 + plane->down[1] * per);
    float least = -1, most = (float)grid->modules + 1;
    for (int j = 0; j < SAMPLES; j++) {
        float dv = ((float)j - (SAMPLES - 1) / 2.0F) / PARTS;
        for (int i = 0; i < SAMPLES; i++) {
            float du = ((float)i - (SAMPLES - 1) / 2.0F) / PARTS;
            bool in = u + du > least && u + du < most && v + dv > least && v + dv < most;
            ret_grey[j * SAMPLES + i] =
                in ? bw_scan_view_sample(view,
                         at.x + (right.x - at.x) * du + (under.x - at.x) * dv,
                         at.y + (right.y - at.y) * du + (under.y - at.y) * dv)
                   : -1;
        }
    }
}

/* How far the edges along one axis are from whole modules (-0.5 to 0.5), and how much
 * they agree. `middle` is the window's. */
static float
phase_of(const float grey[static SAMPLES * SAMPLES], int step, int across, float middle,
    float *ret_sure)
{
    float bin[PARTS] = {0}, all = 0;
    for (int i = 0; i + 1 < SAMPLES; i++) {
        float near = 1 - fabsf((float)i + 1 - SAMPLES / 2.0F) / (SAMPLES / 2.0F), sum = 0;
        for (int j = 0; j < SAMPLES; j++) {
            float one = grey[i * step + j * across],
                  next = grey[(i + 1) * step + j * across];
            float side = 1 - fabsf((float)j + 0.5F - SAMPLES / 2.0F) / SAMPLES;
            sum += one < 0 || next < 0 ? 0 : fabsf(next - one) * side;
        }
        bin[i % PARTS] += sum * near;
        all += sum * near;
    }
    float real = bin[0] - bin[2], imaginary = bin[1] - bin[3];
    /* Where the first difference lies. */
    float first = middle + (1 - SAMPLES / 2.0F) / PARTS;
    float turns = first + atan2f(imaginary, real) / TURN;
    *ret_sure = all > 1 ? hypotf(real, imaginary) / all : 0;
    return turns - roundf(turns);
}

static struct bw_warp_node
measure(const struct bw_warp *warp, const struct bw_grid *grid,
    const struct bw_scan_view *view, int x, int y)
{
    struct plane plane = predict(warp, x, y);
    float grey[SAMPLES * SAMPLES], sure[2];
    look(warp, grid, view, &plane, x, y, grey);
    float off_u = phase_of(grey, 1, SAMPLES, middle_of(warp, x), &sure[0]);
    float off_v = phase_of(grey, SAMPLES, 1, middle_of(warp, y), &sure[1]);
    /* Edges that don't agree say little: the neighbours know better. */
    float part_u = fminf(1, sure[0] * 3), part_v = fminf(1, sure[1] * 3);
    return (struct bw_warp_node){
        {plane.at[0] + off_u * part_u, plane.at[1] + off_v * part_v},
        fminf(sure[0], sure[1]) + 0.02F};
}

/* Where the grid has what is seen at that place of the view; `inout` is where to begin.
 * The grid is smooth: few steps do. */
static void
find(const struct bw_grid *grid, struct bw_point at, float inout[static 2])
{
    for (int i = 0; i < 4; i++) {
        float u = inout[0], v = inout[1];
        struct bw_point p = bw_grid_at(grid, u, v), right = bw_grid_at(grid, u + 0.5F, v),
                        under = bw_grid_at(grid, u, v + 0.5F);
        float ax = (right.x - p.x) * 2, ay = (right.y - p.y) * 2;
        float bx = (under.x - p.x) * 2, by = (under.y - p.y) * 2;
        float dx = at.x - p.x, dy = at.y - p.y, whole = ax * by - ay * bx;
        if (fabsf(whole) < 1e-3F) {
            return;
        }
        inout[0] += fminf(fmaxf((dx * by - dy * bx) / whole, -STEP_MAX), STEP_MAX);
        inout[1] += fminf(fmaxf((ax * dy - ay * dx) / whole, -STEP_MAX), STEP_MAX);
    }
}

/* A node of the seed's has its place by the seed's own measures, for a grid of the whole
 * symbol may be off by more than a module where paper is steep. */
static void
plant(struct bw_warp *warp, const struct bw_grid *grid, const struct bw_warp_seed *seed,
    int x, int y)
{
    float u = middle_of(warp, x), v = middle_of(warp, y), du = u - seed->u,
          dv = v - seed->v;
    if (fabsf(du) > seed->reach || fabsf(dv) > seed->reach) {
        return;
    }
    struct bw_point at = {seed->at.x + seed->along.x * du + seed->down.x * dv,
        seed->at.y + seed->along.y * du + seed->down.y * dv};
    float place[2] = {u, v};
    find(grid, at, place);
    warp->node[y * warp->nodes + x] =
        (struct bw_warp_node){{place[0] - u, place[1] - v}, SEED_SURE};
}

/* A node is known: those that touch it can be measured from it. */
static void
spread(struct bw_warp *warp, int at)
{
    int x = at % warp->nodes, y = at / warp->nodes;
    for (int i = 0; i < 9; i++) {
        int at_x = x + i % 3 - 1, at_y = y + i / 3 - 1;
        if (at_x >= 0 && at_y >= 0 && at_x < warp->nodes && at_y < warp->nodes) {
            warp->known[at_y * warp->nodes + at_x] += warp->node[at].sure;
        }
    }
}

/* The unknown node that its neighbours know most about; -1: none is left. */
static int
next_node(const struct bw_warp *warp)
{
    int best = -1;
    float most = 0;
    for (int i = 0; i < warp->nodes * warp->nodes; i++) {
        if (warp->known[i] > most && warp->node[i].sure <= 0) {
            most = warp->known[i];
            best = i;
        }
    }
    return best;
}

static void
place(const struct bw_warp *warp, const struct bw_grid *grid,
    struct bw_sampled *ret_sampled)
{
    for (int y = 0; y < grid->modules; y++) {
        float v = (float)y + 0.5F, down = v / warp->block - 0.5F;
        int row = (int)fminf(fmaxf(down, 0), (float)(warp->nodes - 2));
        down -= (float)row;
        for (int x = 0; x < grid->modules; x++) {
            float u = (float)x + 0.5F, right = u / warp->block - 0.5F;
            int column = (int)fminf(fmaxf(right, 0), (float)(warp->nodes - 2));
            right -= (float)column;
            const struct bw_warp_node *over = &warp->node[row * warp->nodes + column],
                                      *under = over + warp->nodes;
            float off[2];
            for (int way = 0; way < 2; way++) {
                float top = over[0].off[way] * (1 - right) + over[1].off[way] * right;
                float low = under[0].off[way] * (1 - right) + under[1].off[way] * right;
                off[way] = top * (1 - down) + low * down;
            }
            ret_sampled->at[y * grid->modules + x] =
                bw_grid_at(grid, u + off[0], v + off[1]);
        }
    }
}

int
bw_warp_nodes(int modules)
{
    int nodes = (int)lrintf((float)modules / BLOCK_MODULES);
    return nodes < BW_WARP_NODES_MAX ? nodes : BW_WARP_NODES_MAX;
}

void
bw_warp_run(struct bw_warp *warp, const struct bw_grid *grid,
    const struct bw_scan_view *view, const struct bw_warp_seed *seeds, int seed_count,
    struct bw_sampled *ret_sampled)
{
    warp->nodes = bw_warp_nodes(grid->modules);
    warp->block = (float)grid->modules / (float)warp->nodes;
    memset(warp->node, 0, sizeof warp->node);
    memset(warp->known, 0, sizeof warp->known);
    for (int i = 0; i < warp->nodes * warp->nodes * seed_count; i++) {
        int at = i / seed_count, x = at % warp->nodes, y = at / warp->nodes;
        plant(warp, grid, &seeds[i % seed_count], x, y);
    }
    for (int i = 0; i < warp->nodes * warp->nodes; i++) {
        if (warp->node[i].sure > 0) {
            warp->node[i] = measure(warp, grid, view, i % warp->nodes, i / warp->nodes);
            spread(warp, i);
        }
    }
    for (int i = next_node(warp); i >= 0; i = next_node(warp)) {
        warp->node[i] = measure(warp, grid, view, i % warp->nodes, i / warp->nodes);
        spread(warp, i);
    }
    place(warp, grid, ret_sampled);
}
