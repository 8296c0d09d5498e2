/* Cells of 4 by 4 pixels with enough dark in them, flooded: light gaps inside a symbol
 * are bridged, the quiet zone isn't. Of each patch the convex hull of its dark pixels,
 * and the four of the hull's corners that enclose most. Pure, but for the memory it is
 * given. */
#include "quad.h"

#include <math.h>
#include <string.h>

enum {
    CELL = 4,
    DARK_MIN = 3,  /* pixels of a cell */
    SIDE_MIN = 44, /* pixels: at half size, 2.4 of the frame for a ticket's module */
    ROWS_MAX = 640,
    HULL_MAX = 90,
    NEAR = 3, /* cells to either side, for the levels */
    CONTRAST_MIN = 24,
    FULL_PART = 4, /* so much of a patch's square are its cells, at least */
    EDGE = 3,      /* pixels from the view's edge */
};

/* Of the hull, in four corners. */
#define FILLED 0.85F

/* A cell: */
enum { NONE, DARK, THIS };

struct patch {
    int left, top, right, bottom, cells; /* of cells; the last two are outside */
};

static int
across(const struct bw_scan_view *view)
{
    return view->width_px / CELL;
}

/* The grey of a pixel as the symbol sees it: its modules are dark. */
static int
grey_at(const struct bw_scan_view *view, int x, int y)
{
    int grey = view->grey[(ptrdiff_t)y * view->width_px + x];
    return view->inverted ? 255 - grey : grey;
}

static void
take_means(struct bw_quad_room *room, const struct bw_scan_view *view)
{
    int columns = across(view), rows = view->height_px / CELL;
    for (int i = 0; i < columns * rows; i++) {
        int sum = 0;
        for (int k = 0; k < CELL * CELL; k++) {
            sum += grey_at(
                view, i % columns * CELL + k % CELL, i / columns * CELL + k / CELL);
        }
        room->mean[i] = (uint8_t)(sum / (CELL * CELL));
    }
}

/* The middle between the darkest and the lightest cell about one; 0 where they are
 * alike. */
static int
threshold_at(const struct bw_quad_room *room, int columns, int rows, int at)
{
    int x = at % columns, y = at / columns, low = 255, high = 0;
    for (int by = y < NEAR ? 0 : y - NEAR; by <= y + NEAR && by < rows; by++) {
        for (int bx = x < NEAR ? 0 : x - NEAR; bx <= x + NEAR && bx < columns; bx++) {
            int mean = room->mean[by * columns + bx];
            low = mean < low ? mean : low;
            high = mean > high ? mean : high;
        }
    }
    return high - low < CONTRAST_MIN ? 0 : (low + high) / 2;
}

static void
mark(struct bw_quad_room *room, const struct bw_scan_view *view)
{
    int columns = across(view), rows = view->height_px / CELL;
    take_means(room, view);
    for (int i = 0; i < columns * rows; i++) {
        int dark = 0, threshold = threshold_at(room, columns, rows, i);
        room->threshold[i] = (uint8_t)threshold;
        for (int k = 0; k < CELL * CELL && threshold > 0; k++) {
            dark += grey_at(view, i % columns * CELL + k % CELL,
                        i / columns * CELL + k / CELL) < threshold;
        }
        room->dark[i] = dark >= DARK_MIN ? DARK : NONE;
    }
}

/* Takes all cells that hang together with one; they become THIS. */
static struct patch
flood(struct bw_quad_room *room, int columns, int rows, int from)
{
    int count = 0;
    struct patch patch = {columns, rows, 0, 0, 0};
    room->waiting[count++] = (int16_t)from;
    room->dark[from] = THIS;
    while (count > 0) {
        int at = room->waiting[--count], x = at % columns, y = at / columns;
        patch.left = x < patch.left ? x : patch.left;
        patch.top = y < patch.top ? y : patch.top;
        patch.right = x >= patch.right ? x + 1 : patch.right;
        patch.bottom = y >= patch.bottom ? y + 1 : patch.bottom;
        patch.cells++;
        for (int i = 0; i < 9; i++) {
            int bx = x + i % 3 - 1, by = y + i / 3 - 1;
            if (bx >= 0 && by >= 0 && bx < columns && by < rows &&
                room->dark[by * columns + bx] == DARK) {
                room->dark[by * columns + bx] = THIS;
                room->waiting[count++] = (int16_t)(by * columns + bx);
            }
        }
    }
    return patch;
}

static float
turn(struct bw_point a, struct bw_point b, struct bw_point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/* Adds a point below the last to one side of the hull, which bulges by `sign`. */
static int
extend(struct bw_point *chain, int count, struct bw_point point, float sign)
{
    while (count >= 2 && sign * turn(chain[count - 2], chain[count - 1], point) <= 0) {
        count--;
    }
    chain[count] = point;
    return count + 1;
}

/* The first (way 1) or last (way -1) dark pixel of a row in the patch's own cells. */
static int
outermost(const struct bw_quad_room *room, const struct bw_scan_view *view,
    const struct patch *patch, int y, int way)
{
    const uint8_t *cells = room->dark + y / CELL * across(view);
    const uint8_t *thresholds = room->threshold + y / CELL * across(view);
    int from = way > 0 ? patch->left * CELL : patch->right * CELL - 1;
    int to = way > 0 ? patch->right * CELL : patch->left * CELL - 1;
    for (int x = from; x != to; x += way) {
        if (cells[x / CELL] == THIS && grey_at(view, x, y) < thresholds[x / CELL]) {
            return x;
        }
    }
    return -1;
}

/* Clockwise, from the top; how many. */
static int
hull_of(const struct bw_quad_room *room, const struct bw_scan_view *view,
    const struct patch *patch, struct bw_point ret_hull[static 2 * ROWS_MAX])
{
    static _Thread_local struct bw_point left[ROWS_MAX], right[ROWS_MAX];
    int lefts = 0, rights = 0, count = 0;
    for (int y = patch->top * CELL; y < patch->bottom * CELL; y++) {
        int first = outermost(room, view, patch, y, 1);
        if (first >= 0) {
            int last = outermost(room, view, patch, y, -1);
            lefts = extend(left, lefts, (struct bw_point){(float)first, (float)y}, -1);
            rights = extend(right, rights, (struct bw_point){(float)last, (float)y}, 1);
        }
    }
    for (int i = 0; i < rights; i++) {
        ret_hull[count++] = right[i];
    }
    for (int i = lefts - 1; i >= 0; i--) {
        ret_hull[count++] = left[i];
    }
    return count;
}

/* No more than HULL_MAX. */
static int
thin(struct bw_point *hull, int count)
{
    int step = (count + HULL_MAX - 1) / HULL_MAX, kept = 0;
    for (int i = 0; i < count && step > 1; i += step) {
        hull[kept++] = hull[i];
    }
    return step > 1 ? kept : count;
}

static float
area_of(const struct bw_point *corner, int count)
{
    float sum = 0;
    for (int i = 0; i < count; i++) {
        struct bw_point a = corner[i], b = corner[(i + 1) % count];
        sum += a.x * b.y - b.x * a.y;
    }
    return sum / 2;
}

/* The corner between `from` and `to` that is farthest from their line. */
static int
farthest(const struct bw_point *hull, int count, int from, int to)
{
    int best = -1;
    float most = 0;
    for (int i = (from + 1) % count; i != to; i = (i + 1) % count) {
        float far = fabsf(turn(hull[from], hull[to], hull[i]));
        if (far > most) {
            most = far;
            best = i;
        }
    }
    return best;
}

static bool
largest(const struct bw_point *hull, int count, struct bw_quad *ret_quad)
{
    ret_quad->area = 0;
    for (int i = 0; i < count; i++) {
        for (int k = i + 2; k < count; k++) {
            int one = farthest(hull, count, i, k), other = farthest(hull, count, k, i);
            if (one < 0 || other < 0) {
                continue;
            }
            struct bw_point corner[4] = {hull[i], hull[one], hull[k], hull[other]};
            float area = area_of(corner, 4);
            if (area > ret_quad->area) {
                ret_quad->area = area;
                memcpy(ret_quad->corner, corner, sizeof corner);
            }
        }
    }
    return ret_quad->area > 0;
}

static float
length(struct bw_point a, struct bw_point b)
{
    return hypotf(a.x - b.x, a.y - b.y);
}

static bool
on_edge(const struct bw_scan_view *view, struct bw_point at)
{
    return at.x < EDGE || at.y < EDGE || at.x >= (float)(view->width_px - EDGE) ||
           at.y >= (float)(view->height_px - EDGE);
}

static void
stretch(struct bw_point from, float to_length, struct bw_point *inout_to)
{
    float part = to_length / fmaxf(length(from, *inout_to), 1);
    if (part > 1) {
        inout_to->x = from.x + (inout_to->x - from.x) * part;
        inout_to->y = from.y + (inout_to->y - from.y) * part;
    }
}

/* The side that lies on the view's edge goes as far beyond it as a square does. */
static void
complete(const struct bw_scan_view *view, struct bw_quad *quad)
{
    struct bw_point *corner = quad->corner;
    for (int i = 0; i < 4 && !quad->cut; i++) {
        int next = (i + 1) % 4, after = (i + 2) % 4, before = (i + 3) % 4;
        if (on_edge(view, corner[i]) && on_edge(view, corner[next])) {
            float side = length(corner[after], corner[before]);
            stretch(corner[before], side, &corner[i]);
            stretch(corner[after], side, &corner[next]);
            quad->cut = true;
        }
    }
}

static bool
is_square(const struct bw_quad *quad)
{
    float least = 1e6F, most = 0;
    for (int i = 0; i < 4; i++) {
        float side = length(quad->corner[i], quad->corner[(i + 1) % 4]);
        least = fminf(least, side);
        most = fmaxf(most, side);
    }
    return least >= SIDE_MIN && most < 1.6F * least;
}

/* The outline of a patch, if it has four corners. */
static bool
outline(const struct bw_quad_room *room, const struct bw_scan_view *view,
    const struct patch *patch, struct bw_quad *ret_quad)
{
    static _Thread_local struct bw_point hull[2 * ROWS_MAX];
    int width = (patch->right - patch->left) * CELL,
        height = (patch->bottom - patch->top) * CELL;
    if (width < SIDE_MIN || height < SIDE_MIN ||
        patch->cells * CELL * CELL * FULL_PART < width * height) {
        return false;
    }
    int count = hull_of(room, view, patch, hull);
    float whole = area_of(hull, count);
    count = thin(hull, count);
    *ret_quad = (struct bw_quad){.cut = false};
    if (!largest(hull, count, ret_quad) || ret_quad->area < FILLED * whole) {
        return false;
    }
    complete(view, ret_quad);
    return is_square(ret_quad);
}

static int
insert(struct bw_quad *quads, int count, const struct bw_quad *fresh)
{
    int at = count < BW_QUADS_MAX ? count : BW_QUADS_MAX - 1;
    if (count == BW_QUADS_MAX && quads[at].area >= fresh->area) {
        return count;
    }
    for (; at > 0 && quads[at - 1].area < fresh->area; at--) {
        quads[at] = quads[at - 1];
    }
    quads[at] = *fresh;
    return count < BW_QUADS_MAX ? count + 1 : count;
}

/* The patch is done with: its cells are no one's. */
static void
forget(struct bw_quad_room *room, int columns, const struct patch *patch)
{
    for (int i = patch->top * columns; i < patch->bottom * columns; i++) {
        room->dark[i] = room->dark[i] == THIS ? NONE : room->dark[i];
    }
}

int
bw_quads_find(struct bw_quad_room *room, const struct bw_scan_view *view,
    struct bw_quad ret_quads[static BW_QUADS_MAX])
{
    int columns = across(view), rows = view->height_px / CELL, found = 0;
    if (view->width_px > ROWS_MAX || view->height_px > ROWS_MAX) {
        return 0;
    }
    mark(room, view);
    for (int i = 0; i < columns * rows; i++) {
        if (room->dark[i] == DARK) {
            struct bw_quad quad;
            struct patch patch = flood(room, columns, rows, i);
            if (outline(room, view, &patch, &quad)) {
                found = insert(ret_quads, found, &quad);
            }
            forget(room, columns, &patch);
        }
    }
    return found;
}
