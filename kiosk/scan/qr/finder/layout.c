/* The number of modules from middle to middle, in perspective, is the distance over the
 * geometric mean of the module's length at both ends. Pure. */
#include "layout.h"

#include <assert.h>
#include <math.h>

enum { MODULES_MIN = 15, MODULES_MAX = 190 };

/* Parts of the number of modules by which two sides may disagree. */
#define SLACK 0.22F
#define SLACK_MAX 0.5F

static struct bw_point
between(const struct bw_scan_finder *from, const struct bw_scan_finder *to)
{
    assert(from && to);
    return (struct bw_point){to->x - from->x, to->y - from->y};
}

static float
length(struct bw_point p)
{
    return hypotf(p.x, p.y);
}

/* The directions of rows and columns. With a corner hidden, as if seen from the front:
 * good enough to sort the sides of a ring. */
static void
axes_of(const struct bw_corner *corners, int hidden, struct bw_point *ret_along,
    struct bw_point *ret_down)
{
    const struct bw_scan_finder *left = corners[BW_LAYOUT_TOP_LEFT].finder,
                                *right = corners[BW_LAYOUT_TOP_RIGHT].finder,
                                *bottom = corners[BW_LAYOUT_BOTTOM_LEFT].finder;
    if (hidden == BW_LAYOUT_TOP_LEFT) {
        struct bw_point d = between(right, bottom);
        *ret_along = (struct bw_point){(d.y - d.x) / 2, -(d.y + d.x) / 2};
        *ret_down = (struct bw_point){(d.x + d.y) / 2, (d.y - d.x) / 2};
        return;
    }
    if (hidden != BW_LAYOUT_TOP_RIGHT) {
        *ret_along = between(left, right);
    }
    if (hidden != BW_LAYOUT_BOTTOM_LEFT) {
        *ret_down = between(left, bottom);
    }
    if (hidden == BW_LAYOUT_TOP_RIGHT) {
        *ret_along = (struct bw_point){ret_down->y, -ret_down->x};
    } else if (hidden == BW_LAYOUT_BOTTOM_LEFT) {
        *ret_down = (struct bw_point){-ret_along->y, ret_along->x};
    }
}

/* A square where no ring could be measured: what the two axes and the row scan say. */
static void
guess_ring(const struct bw_scan_finder *finder, struct bw_point along,
    struct bw_point down, struct bw_scan_ring *ret_ring)
{
    float a = length(along), b = length(down), reach = 3 * finder->module_px;
    for (int i = 0; i < 4; i++) {
        float u = i == 1 || i == 2 ? reach : -reach, v = i >= 2 ? reach : -reach;
        ret_ring->corner[i] =
            (struct bw_point){finder->x + along.x / a * u + down.x / b * v,
                finder->y + along.y / a * u + down.y / b * v};
    }
    ret_ring->module_px[0] = ret_ring->module_px[1] = finder->module_px;
}

/* Are two points of one ring and two of another in line? */
static bool
in_line(const struct bw_scan_ring *one, int one_from, int one_to,
    const struct bw_scan_ring *other, int other_from, int other_to)
{
    struct bw_point a = one->corner[one_from], b = other->corner[other_to];
    float dx = b.x - a.x, dy = b.y - a.y, far = hypotf(dx, dy);
    const struct bw_point inner[2] = {one->corner[one_to], other->corner[other_from]};
    float slack = 0.35F * (one->module_px[0] + other->module_px[0]) + 0.5F;
    for (int i = 0; i < 2; i++) {
        float off = (inner[i].x - a.x) * dy - (inner[i].y - a.y) * dx;
        if (fabsf(off) > slack * far) {
            return false;
        }
    }
    return true;
}

static bool
edges_in_line(const struct bw_layout *layout)
{
    const struct bw_scan_ring *rings = layout->rings;
    switch (layout->hidden) {
    case BW_LAYOUT_TOP_LEFT:
        return in_line(&rings[1], 1, 3, &rings[2], 1, 3);
    case BW_LAYOUT_TOP_RIGHT:
        return in_line(&rings[0], 0, 3, &rings[2], 0, 3) &&
               in_line(&rings[0], 1, 2, &rings[2], 1, 2);
    default:
        return in_line(&rings[0], 0, 1, &rings[1], 0, 1) &&
               in_line(&rings[0], 3, 2, &rings[1], 3, 2);
    }
}

static float
modules_between(
    const struct bw_layout *layout, const struct bw_corner *corners, int to, int axis)
{
    float scale =
        sqrtf(layout->rings[0].module_px[axis] * layout->rings[to].module_px[axis]);
    return length(between(corners[0].finder, corners[to].finder)) / scale + 7;
}

/* One module's way from bottom left to top right, by a ring's own corners. */
static struct bw_point
diagonal_of(const struct bw_scan_ring *ring)
{
    return (struct bw_point){(ring->corner[1].x - ring->corner[3].x) / 6,
        (ring->corner[1].y - ring->corner[3].y) / 6};
}

/* Negative where the sides disagree. */
static float
estimate(
    const struct bw_layout *layout, const struct bw_corner *corners, bool *ret_uneven)
{
    switch (layout->hidden) {
    case BW_LAYOUT_TOP_LEFT: {
        float far = length(between(corners[1].finder, corners[2].finder));
        float scale = sqrtf(length(diagonal_of(&layout->rings[1])) *
                            length(diagonal_of(&layout->rings[2])));
        return far / scale + 7;
    }
    case BW_LAYOUT_TOP_RIGHT:
        return modules_between(layout, corners, 2, 1);
    case BW_LAYOUT_BOTTOM_LEFT:
        return modules_between(layout, corners, 1, 0);
    default:
        break;
    }
    float along = modules_between(layout, corners, 1, 0);
    float down = modules_between(layout, corners, 2, 1);
    float slack = layout->measured == 3 ? SLACK : SLACK_MAX, mean = (along + down) / 2;
    float apart = fabsf(along - down) - 2;
    *ret_uneven = apart > slack * mean;
    return apart > SLACK_MAX * mean ? -1 : mean;
}

bool
bw_layout_make(const struct bw_corner corners[static BW_LAYOUT_CORNERS],
    struct bw_layout *ret_layout)
{
    struct bw_layout layout = {.hidden = BW_LAYOUT_WHOLE};
    for (int i = 0; i < BW_LAYOUT_CORNERS; i++) {
        layout.hidden = corners[i].finder ? layout.hidden : i;
    }
    struct bw_point along = {0}, down = {0};
    axes_of(corners, layout.hidden, &along, &down);
    for (int i = 0; i < BW_LAYOUT_CORNERS; i++) {
        if (i == layout.hidden) {
            continue;
        }
        if (bw_scan_ring_measure(
                corners[i].trace, corners[i].finder, along, down, &layout.rings[i])) {
            layout.measured++;
        } else {
            guess_ring(corners[i].finder, along, down, &layout.rings[i]);
        }
    }
    if (layout.measured < 2 || (layout.hidden >= 0 && !edges_in_line(&layout))) {
        return false;
    }
    layout.modules = estimate(&layout, corners, &layout.uneven);
    layout.size_px = length(along) + length(down);
    layout.side_px = layout.size_px / 2;
    *ret_layout = layout;
    return layout.modules > MODULES_MIN && layout.modules < MODULES_MAX;
}
