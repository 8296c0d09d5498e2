/* Sampling and the local threshold. Pure. */
#include "grid.h"

#include <string.h>

void
bw_grid_terms(float s, float t, float ret_terms[static BW_GRID_BENDS])
{
    const float terms[BW_GRID_BENDS] = {
        1, s, t, s * s, s * t, t * t, s * s * s, s * s * t, s * t * t, t * t * t};
    memcpy(ret_terms, terms, sizeof terms);
}

struct bw_point
bw_grid_at(const struct bw_grid *grid, float u, float v)
{
    float terms[BW_GRID_BENDS];
    float s = u * 2 / (float)grid->modules - 1, t = v * 2 / (float)grid->modules - 1;
    bw_grid_terms(s, t, terms);
    for (int i = 0; i < BW_GRID_BENDS; i++) {
        s += grid->bend[0][i] * terms[i];
        t += grid->bend[1][i] * terms[i];
    }
    return bw_homography_at(&grid->map, s, t);
}

void
bw_grid_corners(const struct bw_grid *grid, float ret_corner[static 4][2])
{
    float far = (float)grid->modules;
    const float places[4][2] = {{0, 0}, {far, 0}, {far, far}, {0, far}};
    for (int i = 0; i < 4; i++) {
        struct bw_point p = bw_grid_at(grid, places[i][0], places[i][1]);
        ret_corner[i][0] = p.x;
        ret_corner[i][1] = p.y;
    }
}

void
bw_grid_place(const struct bw_grid *grid, struct bw_sampled *ret_sampled)
{
    int modules = grid->modules;
    for (int y = 0; y < modules; y++) {
        for (int x = 0; x < modules; x++) {
            ret_sampled->at[y * modules + x] =
                bw_grid_at(grid, (float)x + 0.5F, (float)y + 0.5F);
        }
    }
}

void
bw_grid_sample(int modules, const struct bw_scan_view *view, struct bw_sampled *sampled)
{
    const struct bw_point *at = sampled->at;
    for (int y = 0; y < modules; y++) {
        for (int x = 0; x < modules; x++) {
            int i = y * modules + x;
            int next = x + 1 < modules ? i + 1 : i - 1,
                under = y + 1 < modules ? i + modules : i - modules;
            float ax = (at[next].x - at[i].x) * 0.22F,
                  ay = (at[next].y - at[i].y) * 0.22F;
            float bx = (at[under].x - at[i].x) * 0.22F,
                  by = (at[under].y - at[i].y) * 0.22F;
            float px = at[i].x, py = at[i].y;
            sampled->grey[i] =
                0.2F * (bw_scan_view_sample(view, px, py) +
                           bw_scan_view_sample(view, px + ax + bx, py + ay + by) +
                           bw_scan_view_sample(view, px - ax - bx, py - ay - by) +
                           bw_scan_view_sample(view, px + ax - bx, py + ay - by) +
                           bw_scan_view_sample(view, px - ax + bx, py - ay + by));
        }
    }
}

void
bw_grid_sharpen(int modules, float part, struct bw_sampled *sampled)
{
    float *grey = sampled->grey, *fresh = sampled->table[0];
    for (int y = 0; y < modules; y++) {
        for (int x = 0; x < modules; x++) {
            int i = y * modules + x;
            float left = x ? grey[i - 1] : grey[i];
            float right = x + 1 < modules ? grey[i + 1] : grey[i];
            float over = y ? grey[i - modules] : grey[i];
            float under = y + 1 < modules ? grey[i + modules] : grey[i];
            fresh[i] = grey[i] + part * (grey[i] - (left + right + over + under) / 4);
        }
    }
    memcpy(grey, fresh, sizeof *grey * (size_t)(modules * modules));
}

/* Sums over the window round (x, y), from a summed-area table. */
static float
window_sum(const float *table, int modules, int x, int y, int radius)
{
    int x0 = x < radius ? 0 : x - radius, y0 = y < radius ? 0 : y - radius;
    int x1 = x + radius + 1 > modules ? modules : x + radius + 1;
    int y1 = y + radius + 1 > modules ? modules : y + radius + 1;
    int row = modules + 1;
    return table[y1 * row + x1] - table[y1 * row + x0] - table[y0 * row + x1] +
           table[y0 * row + x0];
}

/* Tables of the dark modules' grey, their number, and the grey of all. */
static void
sum_up(int modules, struct bw_sampled *sampled)
{
    int row = modules + 1;
    for (int k = 0; k < 3; k++) {
        memset(sampled->table[k], 0, sizeof(float) * (size_t)row);
    }
    for (int y = 0; y < modules; y++) {
        float sum[3] = {0};
        for (int k = 0; k < 3; k++) {
            sampled->table[k][(y + 1) * row] = 0;
        }
        for (int x = 0; x < modules; x++) {
            float grey = sampled->grey[y * modules + x];
            float dark = sampled->cells[y * modules + x] ? 1 : 0;
            sum[0] += dark * grey;
            sum[1] += dark;
            sum[2] += grey;
            for (int k = 0; k < 3; k++) {
                sampled->table[k][(y + 1) * row + x + 1] =
                    sampled->table[k][y * row + x + 1] + sum[k];
            }
        }
    }
}

static float
window_cells(int modules, int x, int y, int radius)
{
    int x0 = x < radius ? 0 : x - radius, y0 = y < radius ? 0 : y - radius;
    int x1 = x + radius + 1 > modules ? modules : x + radius + 1;
    int y1 = y + radius + 1 > modules ? modules : y + radius + 1;
    return (float)((x1 - x0) * (y1 - y0));
}

void
bw_grid_decide(int modules, int radius, struct bw_sampled *sampled)
{
    memset(sampled->cells, 0, (size_t)(modules * modules));
    /* First by the mean; then twice by the middle between the two kinds' own means. */
    for (int round = 0; round < 3; round++) {
        sum_up(modules, sampled);
        for (int y = 0; y < modules; y++) {
            for (int x = 0; x < modules; x++) {
                int i = y * modules + x;
                float cells = window_cells(modules, x, y, radius);
                float all = window_sum(sampled->table[2], modules, x, y, radius);
                float darks = window_sum(sampled->table[1], modules, x, y, radius);
                float dark = window_sum(sampled->table[0], modules, x, y, radius);
                float mean = all / cells;
                bool both = round > 0 && darks > 0.5F && darks < cells - 0.5F;
                sampled->dark[i] = both ? dark / darks : mean;
                sampled->light[i] = both ? (all - dark) / (cells - darks) : mean;
            }
        }
        for (int i = 0; i < modules * modules; i++) {
            sampled->cells[i] =
                sampled->grey[i] < (sampled->dark[i] + sampled->light[i]) / 2;
        }
    }
}
