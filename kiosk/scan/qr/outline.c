/* Each outline is taken as a ticket's symbol in each of the four ways that it may stand;
 * the one that explains its finder patterns is read. */
#include "outline.h"

#include <math.h>

enum {
    MODULES = 37, /* of a ticket; what else a code may be shows its finder patterns */
    WAYS = 4,
    FIND_COST_US = 2500,
    FIT_COST_US = 500,
};

#define EXPLAINED_MIN 0.85F
#define SHARP 0.6F     /* of all that makes a module's grey */
#define MOVED_MAX 5.0F /* modules; of what is no symbol, a dozen and more */

/* The grid of an outline whose `first` corner is the symbol's top left one. */
static bool
grid_of(const struct bw_scan_view *view, const struct bw_quad *quad, int first,
    struct bw_grid *ret_grid)
{
    static const float places[WAYS][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    struct bw_match matches[WAYS];
    for (int i = 0; i < WAYS; i++) {
        const struct bw_point *at = &quad->corner[(first + i) % WAYS];
        matches[i] = (struct bw_match){places[i][0], places[i][1],
            (at->x + 0.5F) * view->scale + view->x,
            (at->y + 0.5F) * view->scale + view->y, 1};
    }
    *ret_grid = (struct bw_grid){.modules = MODULES};
    return bw_homography_fit(
        matches, WAYS, 2 * sqrtf(quad->area) * view->scale, &ret_grid->map);
}

/* How far the grid's corners were moved, at most, in pixels of the frame. */
static float
moved(const struct bw_grid *from, const struct bw_grid *to)
{
    float most = 0;
    for (int i = 0; i < WAYS; i++) {
        float u = i % 2 ? MODULES : 0, v = i / 2 ? MODULES : 0;
        struct bw_point a = bw_grid_at(from, u, v), b = bw_grid_at(to, u, v);
        most = fmaxf(most, hypotf(a.x - b.x, a.y - b.y));
    }
    return most;
}

/* Does a module's grey come from itself, above all? */
static bool
is_sharp(const struct bw_blur *blur)
{
    float sum = 0;
    for (int i = 0; i < BW_BLUR_TAPS; i++) {
        sum += blur->tap[i];
    }
    return blur->tap[BW_BLUR_TAPS / 2] > SHARP * sum;
}

/* Does it lie in a code that was read? */
static bool
is_known(const struct bw_search *search, const struct bw_quad *quad)
{
    float x = 0, y = 0;
    for (int i = 0; i < WAYS; i++) {
        x += quad->corner[i].x / WAYS;
        y += quad->corner[i].y / WAYS;
    }
    return bw_strangers_hold(&search->haul->strangers,
        x * search->view->scale + search->view->x,
        y * search->view->scale + search->view->y);
}

/* Lays the grid in the way that explains most. Returns how much. */
static float
lay(const struct bw_hunt *hunt, const struct bw_search *search,
    const struct bw_scan_view *frame, const struct bw_quad *quad,
    struct bw_located *ret_located, bool *ret_sharp)
{
    float most = 0;
    *ret_located = (struct bw_located){.hidden = BW_LAYOUT_WHOLE,
        .module_px = sqrtf(quad->area) * search->view->scale / MODULES};
    for (int first = 0; first < WAYS; first++) {
        struct bw_grid outline, grid;
        if (!bw_attempt_allows(hunt->attempt, search->budget, FIT_COST_US) ||
            !grid_of(search->view, quad, first, &outline)) {
            continue;
        }
        grid = outline;
        float explained = bw_attempt_fit(hunt->attempt, frame, &grid);
        if (explained > most &&
            moved(&outline, &grid) < MOVED_MAX * ret_located->module_px) {
            most = explained;
            ret_located->grid = grid;
            *ret_sharp = is_sharp(&hunt->attempt->deblur.blur);
        }
    }
    return most;
}

void
bw_outline_run(struct bw_hunt *hunt, const struct bw_search *search)
{
    struct bw_scan_view frame = *search->frame;
    struct bw_search whole = *search;
    struct bw_quad quads[BW_QUADS_MAX];
    if (!bw_attempt_allows(hunt->attempt, search->budget, FIND_COST_US)) {
        return;
    }
    frame.inverted = search->view->inverted;
    whole.view = &frame;
    hunt->tries = 0;
    int found = bw_quads_find(&hunt->quads, search->view, quads);
    for (int i = 0; i < found && !search->haul->ticket; i++) {
        struct bw_located located;
        struct bw_reading reading;
        bool sharp = false;
        if (!is_known(search, &quads[i]) &&
            lay(hunt, search, &frame, &quads[i], &located, &sharp) >= EXPLAINED_MIN) {
            bw_locate_seed(&located);
            bool read = bw_attempt_fitted(hunt->attempt, &frame, search->budget,
                search->turn, sharp, &located, &reading);
            bw_hunt_take(hunt, &whole, &located, &reading, read);
        }
    }
}
