/* Row scan with cross checks.
 *
 * Ratios are compared over pairs of runs, from edge to edge of the same kind (2 : 4 : 4 :
 * 2): ink that spreads, or a threshold that is off, moves both edges of a pair alike. */
#include "finder.h"

#include "scan/qr/view/rows.h"

#include <math.h>
#include <stdlib.h>

enum {
    EDGES_MAX = 4096, /* a row has no more pixels than this */
    HITS_MAX = 4000,  /* looked at in one search: 2 ms at worst */
};

/* Five runs of a line that may be a finder pattern. */
static bool
runs_fit(const int run[static 5], float *ret_module_px)
{
    if (run[2] < run[1] || run[2] < run[3] || run[2] * 2 < run[0] + run[4]) {
        return false;
    }
    /* Twelve modules; slack is three quarters of a module and half a pixel. */
    int pairs = run[0] + 2 * (run[1] + run[2] + run[3]) + run[4];
    int slack = 3 * pairs + 24;
    *ret_module_px = (float)pairs / 12;
    return pairs >= 11 && 4 * abs(12 * (run[0] + run[1]) - 2 * pairs) <= slack &&
           4 * abs(12 * (run[3] + run[4]) - 2 * pairs) <= slack &&
           20 * abs(12 * (run[1] + run[2]) - 4 * pairs) <= 6 * slack &&
           20 * abs(12 * (run[2] + run[3]) - 4 * pairs) <= 6 * slack;
}

/* Walks from the middle, which is dark, along (dx, dy) through three runs, and counts
 * their pixels: run[0] the middle's, which may hold some already, run[stride] and
 * run[2 * stride] those after it. False where they aren't three, or one is too long. */
static bool
walk(const struct bw_scan_view *view, int x, int y, int dx, int dy, int longest,
    int stride, int *run, int *inout_steps)
{
    int state = 0;
    for (;; ++*inout_steps) {
        int px = x + dx * *inout_steps, py = y + dy * *inout_steps;
        if (px < 0 || py < 0 || px >= view->width_px || py >= view->height_px) {
            break;
        }
        bool dark = bw_scan_view_is_dark(view, px, py);
        if (dark != (state != 1) && ++state == 3) {
            break;
        }
        if (++run[stride * state] > longest) {
            return false;
        }
    }
    return state >= 2;
}

/* Walks from the middle both ways along (dx, dy) and measures the five runs. */
static bool
cross_check(const struct bw_scan_view *view, int x, int y, int dx, int dy,
    float module_hint, float *ret_middle, float *ret_module_px)
{
    int run[5] = {0};
    int longest = (int)(module_hint * 8) + 4;
    int before = 0, after = 1; /* steps walked back, and on */
    if (!bw_scan_view_is_dark(view, x, y) ||
        !walk(view, x, y, -dx, -dy, longest, -1, &run[2], &before) ||
        !walk(view, x, y, dx, dy, longest, 1, &run[2], &after) ||
        !runs_fit(run, ret_module_px)) {
        return false;
    }
    int first =
        before - 1 - run[0] - run[1]; /* steps back to where the middle run begins */
    *ret_middle = (float)(-first) + ((float)run[2] - 1) / 2;
    return true;
}

struct search {
    const struct bw_scan_view *view;
    struct bw_scan_finder *found;
    int count, hits;
};

/* Adds a pattern, or counts it to one already known at this place. */
static void
add(struct search *search, float x, float y, float module_px)
{
    for (int i = 0; i < search->count; i++) {
        struct bw_scan_finder *known = &search->found[i];
        float near = known->module_px * 2;
        if (fabsf(known->x - x) < near && fabsf(known->y - y) < near &&
            fabsf(known->module_px - module_px) < 0.5F * known->module_px + 0.5F) {
            float part = 1 / (float)(known->hits + 1);
            known->x += (x - known->x) * part;
            known->y += (y - known->y) * part;
            known->module_px += (module_px - known->module_px) * part;
            known->hits++;
            return;
        }
    }
    struct bw_scan_finder fresh = {.x = x, .y = y, .module_px = module_px, .hits = 1};
    if (search->count < BW_FINDER_MAX) {
        search->found[search->count++] = fresh;
        return;
    }
    /* Full: somebody seen once makes room. */
    for (int i = 0; i < BW_FINDER_MAX; i++) {
        if (search->found[i].hits == 1) {
            search->found[i] = fresh;
            return;
        }
    }
}

/* A row has the ratios at x (middle of the middle run): look at column and diagonal. */
static void
on_hit(struct search *search, int x, int y, float row_module)
{
    const struct bw_scan_view *view = search->view;
    float middle = 0, column_module = 0, again_module = 0, diagonal_module = 0, off = 0;
    if (!cross_check(view, x, y, 0, 1, row_module, &middle, &column_module) ||
        column_module > 3 * row_module || row_module > 3 * column_module) {
        return;
    }
    int row = y + (int)lrintf(middle);
    float column = 0;
    if (row < 0 || row >= view->height_px ||
        !cross_check(view, x, row, 1, 0, row_module, &column, &again_module)) {
        return;
    }
    int at = x + (int)lrintf(column);
    if (at < 0 || at >= view->width_px ||
        (!cross_check(
             view, at, row, 1, 1, again_module + column_module, &off, &diagonal_module) &&
            !cross_check(view, at, row, 1, -1, again_module + column_module, &off,
                &diagonal_module))) {
        return;
    }
    add(search, (float)x + column, (float)y + middle, (again_module + column_module) / 2);
}

static void
scan_row(struct search *search, int y)
{
    const struct bw_scan_view *view = search->view;
    uint16_t edges[EDGES_MAX + 1];
    int width = view->width_px < EDGES_MAX ? view->width_px : EDGES_MAX;
    int count = bw_rows.edges(view->white + (ptrdiff_t)y * view->width_px, width, edges);
    edges[count] = (uint16_t)width; /* the border ends the last run */
    /* Runs alternate, and the first is dark; inverted symbols begin on a light one. */
    for (int i = view->inverted ? 1 : 0; i + 5 <= count; i += 2) {
        int run[5];
        for (int k = 0; k < 5; k++) {
            run[k] = edges[i + k + 1] - edges[i + k];
        }
        float module = 0;
        if (runs_fit(run, &module)) {
            if (search->hits++ >= HITS_MAX) {
                return;
            }
            on_hit(search, (edges[i + 2] + edges[i + 3]) / 2, y, module);
        }
    }
}

/* Rows that crossed it, less where there should have been more: in noise, small patterns
 * of one row are everywhere, and what is crossed by each of its rows is none of them. */
static float
rank_of(const struct bw_scan_finder *finder)
{
    float part = (float)finder->hits / finder->module_px;
    return (float)finder->hits * (part < 1 ? part : 1);
}

static int
by_rank(const void *one, const void *other)
{
    float a = rank_of(one), b = rank_of(other);
    return a < b ? 1 : a > b ? -1 : 0;
}

int
bw_scan_finder_search(const struct bw_scan_view *view, int step, unsigned turn,
    struct bw_scan_finder ret_finders[static BW_FINDER_MAX],
    struct bw_scan_finder_count *ret_count)
{
    struct search search = {.view = view, .found = ret_finders};
    int first = ((int)(turn % (unsigned)step) + step / 2) % step;
    /* Every other row first: where the limit is met, rows are missing everywhere, and not
     * the lower half of the picture. */
    for (int pass = 0; pass < 2; pass++) {
        for (int y = first + pass * step; y < view->height_px; y += 2 * step) {
            if (search.hits < HITS_MAX) {
                scan_row(&search, y);
            }
        }
    }
    qsort(ret_finders, (size_t)search.count, sizeof *ret_finders, by_rank);
    ret_count->hits = search.hits;
    return search.count;
}
