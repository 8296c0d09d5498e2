/* Rays from the middle outwards.
 *
 * On each ray the ring's inner and outer edge are met 2.5 and 3.5 modules out; their
 * middle doesn't move when ink spreads or the threshold is off. A line through the
 * middles of each side, and the four lines' crossings, give corners to a tenth of a
 * module. Pure. */
#include "ring.h"

#include <math.h>

enum { RAYS = BW_RING_RAYS, SIDE_POINTS_MAX = RAYS };

struct side {
    struct bw_point point[SIDE_POINTS_MAX];
    int count;
};

/* a x + b y = c, with (a, b) of length 1. */
struct line {
    float a, b, c;
};

/* Distance at which the binary picture changes, made finer by the grey on both sides. */
static float
refine(const struct bw_scan_view *view, const struct bw_scan_finder *finder, float dx,
    float dy, float at, float reach)
{
    float inside = at - reach, outside = at + reach;
    float from =
        bw_scan_view_sample(view, finder->x + dx * inside, finder->y + dy * inside);
    float to =
        bw_scan_view_sample(view, finder->x + dx * outside, finder->y + dy * outside);
    float level = (from + to) / 2, last = from, where = at;
    if (fabsf(to - from) < 8) {
        return at;
    }
    enum { STEPS = 6 };
    for (int i = 1; i <= STEPS; i++) {
        float r = inside + (outside - inside) * (float)i / STEPS;
        float grey = bw_scan_view_sample(view, finder->x + dx * r, finder->y + dy * r);
        if ((last < level) != (grey < level)) {
            float part = (level - last) / (grey - last);
            where = r - (1 - part) * (outside - inside) / STEPS;
            break;
        }
        last = grey;
    }
    return where;
}

/* One ray: the distances of its three edges. False where it doesn't meet dark, light,
 * dark, light at sensible distances. */
static bool
walk(const struct bw_scan_view *view, const struct bw_scan_finder *finder, float dx,
    float dy, float step, float edge[static 3])
{
    int state = 0;
    float module = finder->module_px, reach = module * 9;
    for (float r = step; r < reach && state < 3; r += step) {
        float x = finder->x + dx * r, y = finder->y + dy * r;
        /* Around the picture all is light: a symbol may be cut right at its edge. */
        bool dark = bw_scan_view_holds(view, x, y) &&
                    bw_scan_view_is_dark(view, (int)(x + 0.5F), (int)(y + 0.5F));
        if (dark != (state != 1)) {
            edge[state++] = r - step / 2;
        }
    }
    return state == 3 && edge[0] >= module * 0.5F && edge[1] - edge[0] >= module * 0.2F &&
           edge[2] - edge[1] >= module * 0.2F && edge[2] <= edge[0] * 5 + 2;
}

static bool
shoot(const struct bw_scan_view *view, const struct bw_scan_finder *finder, float dx,
    float dy, struct bw_point *ret_point)
{
    float edge[3];
    float step = finder->module_px < 8 ? 0.5F : finder->module_px / 16;
    if (!walk(view, finder, dx, dy, step, edge)) {
        return false;
    }
    float reach = fminf((edge[2] - edge[1]) / 2, finder->module_px * 0.7F);
    float inner = refine(view, finder, dx, dy, edge[1], reach);
    float outer = refine(view, finder, dx, dy, edge[2], reach);
    float middle = (inner + outer) / 2;
    *ret_point = (struct bw_point){finder->x + dx * middle, finder->y + dy * middle};
    return true;
}

int
bw_scan_ring_look(const struct bw_scan_view *view, const struct bw_scan_finder *finder)
{
    static const float directions[BW_RING_LOOKS / 4][2] = {
        {1, 0}, {0.92388F, 0.38268F}, {0.70711F, 0.70711F}, {0.38268F, 0.92388F}};
    int good = 0;
    for (int i = 0; i < BW_RING_LOOKS; i++) {
        float dx = directions[i / 4][0], dy = directions[i / 4][1], edge[3];
        float turned_x = i % 4 == 0 ? dx : i % 4 == 1 ? -dy : i % 4 == 2 ? -dx : dy;
        float turned_y = i % 4 == 0 ? dy : i % 4 == 1 ? dx : i % 4 == 2 ? -dy : -dx;
        float step = finder->module_px < 4 ? 0.5F : finder->module_px / 8;
        good += walk(view, finder, turned_x, turned_y, step, edge);
    }
    return good;
}

static bool
fit_line(const struct side *side, const bool *out, struct line *ret_line)
{
    float n = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0;
    for (int i = 0; i < side->count; i++) {
        if (!out[i]) {
            n++;
            x += side->point[i].x;
            y += side->point[i].y;
        }
    }
    if (n < 3) {
        return false;
    }
    x /= n;
    y /= n;
    for (int i = 0; i < side->count; i++) {
        if (!out[i]) {
            float u = side->point[i].x - x, v = side->point[i].y - y;
            xx += u * u;
            xy += u * v;
            yy += v * v;
        }
    }
    float angle = 0.5F * atan2f(2 * xy, xx - yy); /* along the line */
    *ret_line =
        (struct line){-sinf(angle), cosf(angle), -sinf(angle) * x + cosf(angle) * y};
    return true;
}

/* Fits, throws out what lies far off, and fits again, three times. */
static bool
fit_side(const struct side *side, float module_px, struct line *ret_line)
{
    bool out[SIDE_POINTS_MAX] = {false};
    if (!fit_line(side, out, ret_line)) {
        return false;
    }
    for (int round = 0; round < 3; round++) {
        float worst = 0;
        int worst_at = -1;
        for (int i = 0; i < side->count; i++) {
            float off = fabsf(ret_line->a * side->point[i].x +
                              ret_line->b * side->point[i].y - ret_line->c);
            if (!out[i] && off > worst) {
                worst = off;
                worst_at = i;
            }
        }
        if (worst_at < 0 || worst < 0.3F * module_px + 0.2F) {
            break;
        }
        out[worst_at] = true;
        struct line again;
        if (!fit_line(side, out, &again)) {
            break;
        }
        *ret_line = again;
    }
    return true;
}

static bool
cross(const struct line *one, const struct line *other, struct bw_point *ret_point)
{
    float turn = one->a * other->b - other->a * one->b;
    if (fabsf(turn) < 0.15F) {
        return false;
    }
    ret_point->x = (one->c * other->b - other->c * one->b) / turn;
    ret_point->y = (one->a * other->c - other->a * one->c) / turn;
    return true;
}

static float
distance(struct bw_point a, struct bw_point b)
{
    return hypotf(a.x - b.x, a.y - b.y);
}

void
bw_scan_ring_trace(const struct bw_scan_view *view, const struct bw_scan_finder *finder,
    struct bw_scan_trace *ret_trace)
{
    for (int i = 0; i < RAYS; i++) {
        float angle = (float)i * (6.2831853F / RAYS);
        ret_trace->met[i] =
            shoot(view, finder, cosf(angle), sinf(angle), &ret_trace->point[i]);
    }
}

/* Sorts the rays' points by the side they meet: 0 -along, 1 -down, 2 +along, 3 +down. */
static void
gather(const struct bw_scan_trace *trace, const struct bw_scan_finder *finder,
    struct bw_point along, struct bw_point down, struct side sides[static 4])
{
    float turn = along.x * down.y - along.y * down.x;
    for (int i = 0; i < RAYS; i++) {
        if (!trace->met[i]) {
            continue;
        }
        float dx = trace->point[i].x - finder->x, dy = trace->point[i].y - finder->y;
        float u = (dx * down.y - dy * down.x) / turn,
              v = (along.x * dy - along.y * dx) / turn;
        float high = fmaxf(fabsf(u), fabsf(v)), low = fminf(fabsf(u), fabsf(v));
        if (low > 0.87F * high) {
            continue; /* near a corner, where two sides mix */
        }
        int which = fabsf(u) > fabsf(v) ? (u < 0 ? 0 : 2) : (v < 0 ? 1 : 3);
        sides[which].point[sides[which].count++] = trace->point[i];
    }
}

bool
bw_scan_ring_measure(const struct bw_scan_trace *trace,
    const struct bw_scan_finder *finder, struct bw_point along, struct bw_point down,
    struct bw_scan_ring *ret_ring)
{
    float u = hypotf(along.x, along.y), v = hypotf(down.x, down.y);
    along = (struct bw_point){along.x / u, along.y / u};
    down = (struct bw_point){down.x / v, down.y / v};
    if (!(fabsf(along.x * down.y - along.y * down.x) > 0.15F)) {
        return false;
    }
    struct side sides[4] = {0};
    gather(trace, finder, along, down, sides);
    struct line line[4];
    for (int i = 0; i < 4; i++) {
        if (!fit_side(&sides[i], finder->module_px, &line[i])) {
            return false;
        }
    }
    struct bw_point *corner = ret_ring->corner;
    if (!cross(&line[0], &line[1], &corner[0]) ||
        !cross(&line[2], &line[1], &corner[1]) ||
        !cross(&line[2], &line[3], &corner[2]) ||
        !cross(&line[0], &line[3], &corner[3])) {
        return false;
    }
    ret_ring->module_px[0] =
        (distance(corner[0], corner[1]) + distance(corner[3], corner[2])) / 12;
    ret_ring->module_px[1] =
        (distance(corner[0], corner[3]) + distance(corner[1], corner[2])) / 12;
    /* A ring has sides alike, and about the size that the row scan saw. */
    float big = fmaxf(ret_ring->module_px[0], ret_ring->module_px[1]);
    float small = fminf(ret_ring->module_px[0], ret_ring->module_px[1]);
    return small > 0.5F && big < small * 4 && big < finder->module_px * 2 &&
           small > finder->module_px * 0.25F;
}
