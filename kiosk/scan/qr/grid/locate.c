/* Twelve corners of three rings (eight of two, where one is hidden) fix a homography; the
 * alignment pattern holds it at the far corner. Pure. */
#include "locate.h"

#include "align.h"

#include <math.h>
#include <stdlib.h>

enum { MATCHES_MAX = 13, TRIED_SIZES = 5, TICKET_MODULES = 37 };

/* A blurred symbol's estimate of its modules is this near. */
#define BETWEEN_MAX 1.6F
#define SEED_REACH 3.5F      /* modules from the middle of a finder pattern */
#define TICKET_OFF_MAX 11.0F /* that of a ticket's on curved paper */

static bool
fit(struct bw_grid *grid, const struct bw_layout *layout,
    const struct bw_point *alignment)
{
    struct bw_match matches[MATCHES_MAX];
    float far = (float)grid->modules - 7, half = (float)grid->modules / 2;
    int count = 0;
    for (int r = 0; r < BW_LAYOUT_CORNERS; r++) {
        for (int c = 0; c < 4 && r != layout->hidden; c++) {
            float u = (r == 1 ? far : 0) + (c == 1 || c == 2 ? 6.5F : 0.5F);
            float v = (r == 2 ? far : 0) + (c >= 2 ? 6.5F : 0.5F);
            matches[count++] = (struct bw_match){u / half - 1, v / half - 1,
                layout->rings[r].corner[c].x, layout->rings[r].corner[c].y, 1};
        }
    }
    if (alignment) {
        float at = (far + 0.5F) / half - 1;
        matches[count++] = (struct bw_match){at, at, alignment->x, alignment->y, 4};
    }
    return bw_homography_fit(matches, count, layout->size_px, &grid->map);
}

/* Do the modules between the finders alternate? Where a finder is hidden, the side that
 * ends in it lies anywhere, and only the other one tells. */
static float
timing_of(const struct bw_grid *grid, const struct bw_scan_view *view, int hidden)
{
    float like = 0, ways = 0;
    for (int way = 0; way < 2; way++) {
        if (hidden == (way ? BW_LAYOUT_BOTTOM_LEFT : BW_LAYOUT_TOP_RIGHT)) {
            continue;
        }
        ways++;
        float grey[BW_SYMBOL_MODULES_MAX], sum = 0, agree = 0, all = 0;
        int from = 7, to = grid->modules - 7;
        for (int i = from; i < to; i++) {
            float u = (float)i + 0.5F, v = 6.5F;
            struct bw_point p = way ? bw_grid_at(grid, v, u) : bw_grid_at(grid, u, v);
            grey[i] = bw_scan_view_sample(view, p.x, p.y);
            sum += grey[i];
        }
        for (int i = from; i < to; i++) {
            float off = grey[i] - sum / (float)(to - from);
            agree += i % 2 ? off : -off;
            all += fabsf(off);
        }
        like += all > 1 ? agree / all : 0;
    }
    return like / ways;
}

/* A seed in the middle of that corner's finder pattern, whose place isn't said yet. */
static struct bw_warp_seed *
add_seed(struct bw_located *located, int corner)
{
    float far = (float)located->grid.modules - SEED_REACH;
    struct bw_warp_seed *seed = &located->seed[located->seeds++];
    *seed = (struct bw_warp_seed){.u = corner == BW_LAYOUT_TOP_RIGHT ? far : SEED_REACH,
        .v = corner == BW_LAYOUT_BOTTOM_LEFT ? far : SEED_REACH,
        .reach = SEED_REACH};
    return seed;
}

/* Each finder pattern as its own ring has it, of which the corners are six modules
 * apart. */
static void
seed_by_rings(struct bw_located *located, const struct bw_layout *layout)
{
    located->seeds = 0;
    for (int r = 0; r < BW_LAYOUT_CORNERS; r++) {
        if (r == layout->hidden) {
            continue;
        }
        const struct bw_point *c = layout->rings[r].corner;
        struct bw_warp_seed *seed = add_seed(located, r);
        seed->at = (struct bw_point){(c[0].x + c[1].x + c[2].x + c[3].x) / 4,
            (c[0].y + c[1].y + c[2].y + c[3].y) / 4};
        seed->along = (struct bw_point){(c[1].x - c[0].x + c[2].x - c[3].x) / 12,
            (c[1].y - c[0].y + c[2].y - c[3].y) / 12};
        seed->down = (struct bw_point){(c[3].x - c[0].x + c[2].x - c[1].x) / 12,
            (c[3].y - c[0].y + c[2].y - c[1].y) / 12};
    }
}

void
bw_locate_seed(struct bw_located *located)
{
    const struct bw_grid *grid = &located->grid;
    located->seeds = 0;
    for (int r = 0; r < BW_LAYOUT_CORNERS; r++) {
        if (r == located->hidden) {
            continue;
        }
        struct bw_warp_seed *seed = add_seed(located, r);
        struct bw_point right = bw_grid_at(grid, seed->u + 1, seed->v),
                        under = bw_grid_at(grid, seed->u, seed->v + 1);
        seed->at = bw_grid_at(grid, seed->u, seed->v);
        seed->along = (struct bw_point){right.x - seed->at.x, right.y - seed->at.y};
        seed->down = (struct bw_point){under.x - seed->at.x, under.y - seed->at.y};
    }
}

static void
align(struct bw_located *located, const struct bw_layout *layout,
    const struct bw_scan_view *view)
{
    struct bw_grid *grid = &located->grid;
    if (bw_symbol_version(grid->modules) < 2) {
        return;
    }
    float at = (float)grid->modules - 6.5F, reach = 2.5F + (float)grid->modules / 16;
    reach += layout->hidden >= 0 ? 2 : 0;
    struct bw_point found;
    located->alignment = bw_align_find(grid, view, at, at, reach, &found);
    struct bw_grid aligned = *grid;
    if (located->alignment > 0.6F && fit(&aligned, layout, &found)) {
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

int
bw_locate(const struct bw_scan_view *view, const struct bw_layout *layout,
    struct bw_located ret_located[static BW_LOCATE_MAX], float *ret_timing)
{
    struct bw_located tried[TRIED_SIZES];
    int sizes[TRIED_SIZES], found = 0, count = sizes_near(layout->modules, sizes);
    for (int i = 0; i < count; i++) {
        struct bw_located *located = &tried[found];
        *located =
            (struct bw_located){.grid.modules = sizes[i], .hidden = layout->hidden};
        if (fit(&located->grid, layout, NULL)) {
            seed_by_rings(located, layout);
            located->timing =
                timing_of(&located->grid, view, layout->hidden) - 0.02F * (float)i;
            located->module_px = layout->side_px / (float)(sizes[i] - 7);
            found++;
        }
    }
    qsort(tried, (size_t)found, sizeof *tried, by_timing);
    *ret_timing = found > 0 ? tried[0].timing : -1;
    found = found < BW_LOCATE_MAX ? found : BW_LOCATE_MAX;
    for (int i = 0; i < found; i++) {
        if (tried[i].timing < BW_LOCATE_TIMING_MIN) {
            return i;
        }
        align(&tried[i], layout, view);
        ret_located[i] = tried[i];
    }
    return found;
}

/* Where the estimate isn't a number of modules, it may be that of curved paper: rings
 * that lie on a slope look narrow. */
static int
sizes_untimed(const struct bw_layout *layout, int ret_sizes[BW_LOCATE_UNTIMED_MAX])
{
    int count = 0, nearest = 17 + 4 * (int)lrintf((layout->modules - 17) / 4);
    if (!layout->uneven && nearest >= BW_SYMBOL_MODULES_MIN &&
        nearest <= BW_SYMBOL_MODULES_MAX &&
        fabsf(layout->modules - (float)nearest) <= BETWEEN_MAX) {
        ret_sizes[count++] = nearest;
    }
    if ((count == 0 || nearest != TICKET_MODULES) &&
        fabsf(layout->modules - TICKET_MODULES) <= TICKET_OFF_MAX) {
        ret_sizes[count++] = TICKET_MODULES;
    }
    return count;
}

int
bw_locate_untimed(const struct bw_scan_view *view, const struct bw_layout *layout,
    struct bw_located ret_located[static BW_LOCATE_UNTIMED_MAX])
{
    int sizes[BW_LOCATE_UNTIMED_MAX], found = 0;
    if (layout->hidden != BW_LAYOUT_WHOLE || layout->measured < 3) {
        return 0;
    }
    int count = sizes_untimed(layout, sizes);
    for (int i = 0; i < count; i++) {
        struct bw_located located = {.grid.modules = sizes[i],
            .hidden = layout->hidden,
            .module_px = layout->side_px / (float)(sizes[i] - 7)};
        if (fit(&located.grid, layout, NULL)) {
            seed_by_rings(&located, layout);
            align(&located, layout, view);
            ret_located[found++] = located;
        }
    }
    return found;
}
