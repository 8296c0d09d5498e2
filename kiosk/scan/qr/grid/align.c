/* Correlation with the 25 modules on a lattice of half modules,
 * then finer round the best. */
#include "align.h"

#include <math.h>

enum { REACH_MAX = 8, LATTICE_MAX = 4 * (REACH_MAX + 2) + 1 };

/* The local frame of the search: a place in the view and one module along and down. */
struct frame {
    struct bw_point at, along, down;
};

static struct bw_point
place(const struct frame *frame, float u, float v)
{
    return (struct bw_point){frame->at.x + frame->along.x * u + frame->down.x * v,
        frame->at.y + frame->along.y * u + frame->down.y * v};
}

/* Correlation of 25 samples with the pattern: 17 dark, 8 light. */
static float
likeness(const float sample[static 25])
{
    float sum = 0, squares = 0, light = 0;
    for (int i = 0; i < 25; i++) {
        int x = i % 5 - 2, y = i / 5 - 2;
        int ring =
            (x < 0 ? -x : x) > (y < 0 ? -y : y) ? (x < 0 ? -x : x) : (y < 0 ? -y : y);
        sum += sample[i];
        squares += sample[i] * sample[i];
        light += ring == 1 ? sample[i] : 0;
    }
    float spread = squares - sum * sum / 25;
    if (spread < 25 * 9) {
        return -1; /* flat */
    }
    /* The pattern's own spread is 8 * 17 / 25. */
    return (light - sum * 8 / 25) / sqrtf(spread * 8 * 17 / 25);
}

static float
likeness_at(const struct bw_scan_view *view, const struct frame *frame, float u, float v)
{
    float sample[25];
    for (int i = 0; i < 25; i++) {
        int row = i / 5 - 2, column = i % 5 - 2;
        struct bw_point p = place(frame, u + (float)column, v + (float)row);
        sample[i] = bw_scan_view_sample(view, p.x, p.y);
    }
    return likeness(sample);
}

float
bw_align_find(const struct bw_grid *grid, const struct bw_scan_view *view, float u,
    float v, float reach, struct bw_point *ret_at)
{
    struct bw_point at = bw_grid_at(grid, u, v), right = bw_grid_at(grid, u + 1, v),
                    under = bw_grid_at(grid, u, v + 1);
    struct frame frame = {
        at, {right.x - at.x, right.y - at.y}, {under.x - at.x, under.y - at.y}};
    int steps = (int)(2 * (reach < REACH_MAX ? reach : REACH_MAX));
    int side = 2 * (steps + 4) + 1;
    float lattice[LATTICE_MAX * LATTICE_MAX];
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            struct bw_point p =
                place(&frame, (float)(x - steps - 4) / 2, (float)(y - steps - 4) / 2);
            lattice[y * side + x] = bw_scan_view_sample(view, p.x, p.y);
        }
    }
    float best = -2, best_u = 0, best_v = 0, best_rank = -2;
    for (int y = 0; y <= 2 * steps; y++) {
        for (int x = 0; x <= 2 * steps; x++) {
            float sample[25];
            for (int i = 0; i < 25; i++) {
                sample[i] = lattice[(y + i / 5 * 2) * side + x + i % 5 * 2];
            }
            float like = likeness(sample), du = (float)(x - steps) / 2,
                  dv = (float)(y - steps) / 2;
            float rank = like - 0.02F * hypotf(du, dv); /* near is likelier */
            if (rank > best_rank) {
                best_rank = rank;
                best_u = du;
                best_v = dv;
                best = like;
            }
        }
    }
    float step = 0.25F;
    for (int finer = 0; finer < 3; finer++, step /= 2) {
        float from_u = best_u, from_v = best_v;
        for (int i = 0; i < 9; i++) {
            int row = i / 3 - 1, column = i % 3 - 1;
            float du = from_u + (float)column * step, dv = from_v + (float)row * step;
            float like = likeness_at(view, &frame, du, dv);
            if (like > best) {
                best = like;
                best_u = du;
                best_v = dv;
            }
        }
    }
    *ret_at = place(&frame, best_u, best_v);
    return best;
}
