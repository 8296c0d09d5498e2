/* Twelve corners of three rings fix a homography; the alignment pattern holds it at the far
 * corner. Pure. */
#include "locate.h"

#include "align.h"
#include "ring.h"

#include <math.h>
#include <stdlib.h>

enum { MATCHES_MAX = 13, TRIED_SIZES = 5 };

struct rings {
    struct bw_ring ring[3]; /* top left, top right, bottom left */
    int measured;
};

/* A square where no ring could be measured: what the two axes and the row scan say. */
static void
guess_ring(const struct bw_finder *finder, struct bw_point along, struct bw_point down,
    struct bw_ring *ret_ring)
{
    float a = hypotf(along.x, along.y), b = hypotf(down.x, down.y);
    float reach = 3 * finder->module_px;
    for (int i = 0; i < 4; i++) {
        float u = i == 1 || i == 2 ? reach : -reach, v = i >= 2 ? reach : -reach;
        ret_ring->corner[i] = (struct bw_point) {
            finder->x + along.x / a * u + down.x / b * v,
            finder->y + along.y / a * u + down.y / b * v};
    }
    ret_ring->module_px[0] = ret_ring->module_px[1] = finder->module_px;
    ret_ring->middle = (struct bw_point) {finder->x, finder->y};
}

static float
length(const struct bw_finder *from, const struct bw_finder *to)
{
    return hypotf(to->x - from->x, to->y - from->y);
}

/* The number of modules from middle to middle, seen in perspective: the distance over the
 * geometric mean of the module's length at both ends. */
static float
modules_between(const struct bw_finder *from, const struct bw_finder *to,
    const struct bw_ring *ring_from, const struct bw_ring *ring_to, int axis)
{
    return length(from, to) / sqrtf(ring_from->module_px[axis] * ring_to->module_px[axis]) + 7;
}

static bool
fit(struct bw_grid *grid, const struct rings *rings, float size_px,
    const struct bw_point *alignment)
{
    struct bw_match matches[MATCHES_MAX];
    float far = (float)grid->modules - 7, half = (float)grid->modules / 2;
    int count = 0;
    for (int r = 0; r < 3; r++) {
        for (int c = 0; c < 4; c++) {
            float u = (r == 1 ? far : 0) + (c == 1 || c == 2 ? 6.5F : 0.5F);
            float v = (r == 2 ? far : 0) + (c >= 2 ? 6.5F : 0.5F);
            matches[count++] = (struct bw_match) {u / half - 1, v / half - 1,
                rings->ring[r].corner[c].x, rings->ring[r].corner[c].y, 1};
        }
    }
    if (alignment) {
        float at = (far + 0.5F) / half - 1;
        matches[count++] = (struct bw_match) {at, at, alignment->x, alignment->y, 4};
    }
    return bw_homography_fit(matches, count, size_px, &grid->map);
}

/* Do the modules between the finders alternate? */
static float
timing_of(const struct bw_grid *grid, const struct bw_view *view)
{
    float like = 0;
    for (int way = 0; way < 2; way++) {
        float grey[BW_SYMBOL_MODULES_MAX], sum = 0, agree = 0, all = 0;
        int from = 7, to = grid->modules - 7;
        for (int i = from; i < to; i++) {
            float u = (float)i + 0.5F, v = 6.5F;
            struct bw_point p = way ? bw_grid_at(grid, v, u) : bw_grid_at(grid, u, v);
            grey[i] = bw_view_sample(view, p.x, p.y);
            sum += grey[i];
        }
        for (int i = from; i < to; i++) {
            float off = grey[i] - sum / (float)(to - from);
            agree += i % 2 ? off : -off;
            all += fabsf(off);
        }
        like += all > 1 ? agree / all / 2 : 0;
    }
    return like;
}

static void
align(struct bw_located *located, const struct rings *rings, const struct bw_view *view,
    float size_px)
{
    struct bw_grid *grid = &located->grid;
    if (bw_symbol_version(grid->modules) < 2) {
        return;
    }
    float at = (float)grid->modules - 6.5F, reach = 2.5F + (float)grid->modules / 16;
    struct bw_point found;
    located->alignment = bw_align_find(grid, view, at, at, reach, &found);
    struct bw_grid aligned = *grid;
    if (located->alignment > 0.6F && fit(&aligned, rings, size_px, &found)) {
        *grid = aligned;
    }
}

static int
by_timing(const void *one, const void *other)
{
    const struct bw_located *a = one, *b = other;
    return a->timing < b->timing ? 1 : a->timing > b->timing ? -1 : 0;
}

/* Sizes near the estimate, nearest first. */
static int
sizes_near(float estimate, int ret_sizes[static TRIED_SIZES])
{
    int count = 0, middle = 17 + 4 * (int)lrintf((estimate - 17) / 4);
    int sign = estimate > (float)middle ? 1 : -1;
    /* A rough estimate is off by more in a big symbol. */
    int tried = estimate < 30 ? 3 : TRIED_SIZES;
    for (int i = 0; i < tried; i++) {
        int modules = middle + 4 * sign * (i % 2 ? (i + 1) / 2 : -(i / 2));
        if (modules >= BW_SYMBOL_MODULES_MIN && modules <= BW_SYMBOL_MODULES_MAX) {
            ret_sizes[count++] = modules;
        }
    }
    return count;
}

static void
measure_rings(const struct bw_corner corners[static 3], struct rings *ret_rings)
{
    const struct bw_finder *first = corners[0].finder;
    struct bw_point along = {corners[1].finder->x - first->x, corners[1].finder->y - first->y};
    struct bw_point down = {corners[2].finder->x - first->x, corners[2].finder->y - first->y};
    for (int i = 0; i < 3; i++) {
        struct bw_ring *ring = &ret_rings->ring[i];
        if (bw_ring_measure(corners[i].trace, corners[i].finder, along, down, ring)) {
            ret_rings->measured++;
        } else {
            guess_ring(corners[i].finder, along, down, ring);
        }
    }
}

/* The number of modules along one side, from middle to middle and 7: negative where the two
 * sides disagree so much that this is no square. */
static float
estimate_of(const struct bw_corner corners[static 3], const struct rings *rings)
{
    float along = modules_between(corners[0].finder, corners[1].finder, &rings->ring[0],
        &rings->ring[1], 0);
    float down = modules_between(corners[0].finder, corners[2].finder, &rings->ring[0],
        &rings->ring[2], 1);
    float slack = rings->measured == 3 ? 0.22F : 0.5F, mean = (along + down) / 2;
    return fabsf(along - down) > slack * mean + 2 ? -1 : mean;
}

int
bw_locate(const struct bw_view *view, const struct bw_corner corners[static 3],
    struct bw_located ret_located[static BW_LOCATE_MAX], int *ret_rings)
{
    struct rings rings = {.measured = 0};
    measure_rings(corners, &rings);
    *ret_rings = rings.measured;
    float size_px = length(corners[0].finder, corners[1].finder)
        + length(corners[0].finder, corners[2].finder);
    float estimate = estimate_of(corners, &rings);
    if (rings.measured < 2 || !(estimate > 15 && estimate < 190)) {
        *ret_rings = 0;
        return 0;
    }
    struct bw_located tried[TRIED_SIZES];
    int sizes[TRIED_SIZES], found = 0, count = sizes_near(estimate, sizes);
    for (int i = 0; i < count; i++) {
        struct bw_located *located = &tried[found];
        *located = (struct bw_located) {.grid.modules = sizes[i]};
        if (fit(&located->grid, &rings, size_px, NULL)) {
            located->timing = timing_of(&located->grid, view) - 0.02F * (float)i;
            located->module_px = size_px / 2 / (float)(sizes[i] - 7);
            found++;
        }
    }
    qsort(tried, (size_t)found, sizeof *tried, by_timing);
    found = found < BW_LOCATE_MAX ? found : BW_LOCATE_MAX;
    for (int i = 0; i < found; i++) {
        if (tried[i].timing < BW_LOCATE_TIMING_MIN) {
            return i;
        }
        align(&tried[i], &rings, view, size_px);
        ret_located[i] = tried[i];
    }
    return found;
}
