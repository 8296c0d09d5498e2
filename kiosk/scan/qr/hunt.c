/* The locator's loop, and the choice among several codes. Scan thread. */
#include "hunt.h"

#include "sieve.h"

#include <math.h>
#include <string.h>

enum {
    TRIPLES_TRIED = 8,
    UNTIMED_TRIED = 4, /* a frame */
    BLURRED_TRIED = 2, /* … of them */
    CROWD = 24,        /* of finders: letters, a print; no pairs among them */
    PAIRED = 6,        /* finders tried in pairs */
    ROUND_PAIR = 13,
    LOCATE_COST_US = 150, /* of one triple, before anything is read */
};

/* Triples of whole rings: below that cost a symbol may be there. */
#define RINGED_COST 0.6F
#define BLURRED_COST 0.5F

/* Grids whose corners are nearer than this are the same. */
#define SAME_MODULES 0.3F

bool
bw_hunt_is_enrolment(const char *text)
{
    static const char enrolment[] = "{\"brugwachter_enrolment\":";
    return strncmp(text, enrolment, sizeof enrolment - 1) == 0;
}

static bool
is_welcome(const struct bw_scanner_options *options, const struct bw_reading *reading)
{
    if (reading->kind == BW_READING_REFUSED) {
        return false;
    }
    if (options->any_text) {
        return true;
    }
    return reading->kind == BW_READING_ASCII &&
           (reading->text_bytes < BW_SCAN_TEXT_BYTES ||
               (options->enrolment && bw_hunt_is_enrolment(reading->text)));
}

static void
to_frame(const struct bw_scan_view *view, float corner[static 4][2])
{
    for (int i = 0; i < 4; i++) {
        corner[i][0] = corner[i][0] * view->scale + view->x;
        corner[i][1] = corner[i][1] * view->scale + view->y;
    }
}

static float
far_from_middle(const struct bw_hunt *hunt, const float corner[static 4][2])
{
    float x = 0, y = 0;
    for (int i = 0; i < 4; i++) {
        x += corner[i][0] / 4;
        y += corner[i][1] / 4;
    }
    return hypotf(x - hunt->frame_width_px / 2, y - hunt->frame_height_px / 2);
}

/* What is no ticket is left out of the views that follow, and of the next frames. */
static void
keep_stranger(const struct bw_search *search, const struct bw_reading *reading,
    const float corner[static 4][2], float module_px, bool refused)
{
    struct bw_strangers *strangers = &search->haul->strangers;
    if (strangers->count == BW_SCAN_STRANGERS_MAX) {
        return;
    }
    struct bw_stranger *stranger = &strangers->list[strangers->count++];
    memcpy(stranger->corner, corner, sizeof stranger->corner);
    stranger->module_px = module_px;
    stranger->inverted = search->view->inverted;
    stranger->refused = refused;
    memcpy(stranger->text, refused ? "" : reading->text,
        refused ? 1 : reading->text_bytes + 1);
    bw_stranger_look(search->frame, stranger);
}

/* Keeps the reading when it is better than what the haul has. */
static void
keep_reading(struct bw_hunt *hunt, const struct bw_search *search,
    const struct bw_reading *reading, float module_px)
{
    const struct bw_scan_view *view = search->view;
    struct bw_haul *haul = search->haul;
    float corner[4][2];
    memcpy(corner, reading->corner, sizeof corner);
    to_frame(view, corner);
    bool welcome = is_welcome(&hunt->options, reading);
    bool ticket = welcome && strncmp(reading->text, "BW1:", 4) == 0;
    if (!ticket) {
        keep_stranger(search, reading, corner, module_px * view->scale, !welcome);
    }
    if (!welcome) {
        haul->refused = true;
        return;
    }
    float far = far_from_middle(hunt, corner);
    bool better =
        !haul->read || (ticket && !haul->ticket) ||
        (ticket == haul->ticket && far < haul->far && haul->read_view == haul->views);
    if (better) {
        haul->read_view = haul->views;
        memcpy(haul->corner, corner, sizeof corner);
        memcpy(haul->text, reading->text, reading->text_bytes + 1);
        haul->read = true;
        haul->ticket = ticket;
        haul->inverted = view->inverted;
        haul->far = far;
        haul->module_px = module_px * view->scale;
    }
}

void
bw_hunt_recall(
    struct bw_hunt *hunt, const struct bw_stranger *stranger, struct bw_haul *haul)
{
    haul->strangers.list[haul->strangers.count++] = *stranger;
    haul->refused = haul->refused || stranger->refused;
    float far = far_from_middle(hunt, stranger->corner);
    if (!stranger->refused && (!haul->read || far < haul->far)) {
        memcpy(haul->corner, stranger->corner, sizeof haul->corner);
        memcpy(haul->text, stranger->text, strlen(stranger->text) + 1);
        haul->read = true;
        haul->inverted = stranger->inverted;
        haul->far = far;
        haul->module_px = stranger->module_px;
    }
}

/* What lies in a stranger that was read since is explained by it. */
static bool
is_explained(const struct bw_haul *haul)
{
    float x = 0, y = 0;
    for (int i = 0; i < 4; i++) {
        x += haul->unread_corner[i][0] / 4;
        y += haul->unread_corner[i][1] / 4;
    }
    return bw_strangers_hold(&haul->strangers, x, y);
}

bool
bw_haul_is_open(const struct bw_haul *haul)
{
    if (haul->ticket) {
        return false;
    }
    if (haul->unread && !is_explained(haul)) {
        return true;
    }
    for (int i = 0; i < haul->ringed && i < BW_HAUL_RINGED_MAX; i++) {
        const struct bw_point *at = &haul->ringed_at[i];
        if (!bw_strangers_hold(&haul->strangers, at->x, at->y)) {
            return true;
        }
    }
    return false;
}

static void
corners_of(const struct bw_scan_view *view, const struct bw_grid *grid,
    float corner[static 4][2])
{
    bw_grid_corners(grid, corner);
    to_frame(view, corner);
}

/* Keeps where a symbol is that couldn't be read: the likeliest of the frame. */
static void
keep_unread(const struct bw_scan_view *view, const struct bw_located *located,
    float likeness, struct bw_haul *haul)
{
    if (haul->unread && likeness <= haul->likeness && !is_explained(haul)) {
        return;
    }
    corners_of(view, &located->grid, haul->unread_corner);
    haul->unread = true;
    haul->likeness = likeness;
    haul->unread_inverted = view->inverted;
    haul->unread_module_px = located->module_px * view->scale;
}

static void
note_grid(const struct bw_hunt *hunt, const struct bw_search *search,
    const struct bw_located *located, bool read)
{
    const struct bw_scanner_options *options = &hunt->options;
    if (!options->note) {
        return;
    }
    struct bw_scan_note note = {.kind = BW_SCAN_NOTE_GRID,
        .stage = search->stage,
        .at_us = bw_budget_spent_us(search->budget),
        .modules = located->grid.modules,
        .timing = located->timing,
        .alignment = located->alignment,
        .likeness = hunt->attempt->likeness,
        .read = read,
        .cells = hunt->attempt->drawn ? hunt->attempt->cells : NULL};
    corners_of(search->view, &located->grid, note.corner);
    for (int i = 0; i < 4; i++) {
        note.corner[i][0] *= hunt->frame_scale;
        note.corner[i][1] *= hunt->frame_scale;
    }
    options->note(options->note_context, &note);
}

static void
note_stage(const struct bw_hunt *hunt, const struct bw_search *search)
{
    const struct bw_scanner_options *options = &hunt->options;
    float places[BW_FINDER_MAX][3];
    if (!options->note) {
        return;
    }
    for (int i = 0; i < hunt->found; i++) {
        const struct bw_scan_finder *finder = &hunt->finders[i];
        places[i][0] =
            (finder->x * search->view->scale + search->view->x) * hunt->frame_scale;
        places[i][1] =
            (finder->y * search->view->scale + search->view->y) * hunt->frame_scale;
        places[i][2] = finder->module_px * search->view->scale * hunt->frame_scale;
    }
    struct bw_scan_note note = {.kind = BW_SCAN_NOTE_STAGE,
        .stage = search->stage,
        .at_us = bw_budget_spent_us(search->budget),
        .finders = hunt->found,
        .finder = places};
    options->note(options->note_context, &note);
}

/* The finders of a symbol that was read, and those inside it, are explained; others may
 * be another symbol. */
static void
use_up(struct bw_hunt *hunt, const struct bw_reading *reading, const int who[static 3])
{
    for (int i = 0; i < BW_LAYOUT_CORNERS; i++) {
        if (who[i] >= 0) {
            hunt->used[who[i]] = true;
        }
    }
    for (int i = 0; i < hunt->found; i++) {
        bool inside = true;
        for (int c = 0; c < 4; c++) {
            const float *from = reading->corner[c], *to = reading->corner[(c + 1) % 4];
            inside = inside && (to[0] - from[0]) * (hunt->finders[i].y - from[1]) >=
                                   (to[1] - from[1]) * (hunt->finders[i].x - from[0]);
        }
        hunt->used[i] = hunt->used[i] || inside;
    }
}

static struct bw_corner
corner_of(struct bw_hunt *hunt, const struct bw_scan_view *view, int finder)
{
    if (finder < 0) {
        return (struct bw_corner){NULL, NULL};
    }
    if (!hunt->traced[finder]) {
        bw_scan_ring_trace(view, &hunt->finders[finder], &hunt->traces[finder]);
        hunt->traced[finder] = true;
    }
    return (struct bw_corner){&hunt->finders[finder], &hunt->traces[finder]};
}

/* Other finders, or the same in another order, often lead to the grid that was tried
 * before: the time is better spent on another. */
static bool
is_new(struct bw_hunt *hunt, const struct bw_search *search,
    const struct bw_located *located)
{
    struct bw_tried fresh = {.modules = located->grid.modules};
    float near = SAME_MODULES * located->module_px * search->view->scale;
    corners_of(search->view, &located->grid, fresh.corner);
    for (int i = 0; i < hunt->tries && i < BW_HUNT_TRIED_MAX; i++) {
        const struct bw_tried *tried = &hunt->tried[i];
        bool same = tried->modules == fresh.modules;
        for (int k = 0; k < 4; k++) {
            same = same && fabsf(tried->corner[k][0] - fresh.corner[k][0]) < near &&
                   fabsf(tried->corner[k][1] - fresh.corner[k][1]) < near;
        }
        if (same) {
            return false;
        }
    }
    if (hunt->tries < BW_HUNT_TRIED_MAX) {
        hunt->tried[hunt->tries] = fresh;
    }
    hunt->tries++;
    return true;
}

/* Three whole rings that stand as a symbol's do, and gave no text. */
static void
keep_ringed(const struct bw_search *search, const struct bw_scan_finder *finder)
{
    struct bw_haul *haul = search->haul;
    if (haul->ringed < BW_HAUL_RINGED_MAX) {
        haul->ringed_at[haul->ringed++] =
            (struct bw_point){finder->x * search->view->scale + search->view->x,
                finder->y * search->view->scale + search->view->y};
    }
}

void
bw_hunt_take(struct bw_hunt *hunt, const struct bw_search *search,
    const struct bw_located *located, const struct bw_reading *reading, bool read)
{
    note_grid(hunt, search, located, read);
    if (read) {
        keep_reading(hunt, search, reading, located->module_px);
    } else if (hunt->attempt->likeness >= BW_ATTEMPT_LIKENESS_MIN) {
        keep_unread(search->view, located, hunt->attempt->likeness, search->haul);
    }
}

/* What came of the grid of three finders; true where it was read. */
static bool
take_grid(struct bw_hunt *hunt, struct bw_search *search,
    const struct bw_located *located, const struct bw_reading *reading,
    const int who[static 3], bool read)
{
    bw_hunt_take(hunt, search, located, reading, read);
    if (read) {
        use_up(hunt, reading, who);
    }
    return read;
}

/* Where the timing patterns show nothing: a few of the likeliest. */
static bool
try_untimed(struct bw_hunt *hunt, struct bw_search *search,
    const struct bw_layout *layout, const int who[static 3], float cost)
{
    struct bw_located located[BW_LOCATE_UNTIMED_MAX];
    if (layout->measured != 3 || cost >= BLURRED_COST ||
        search->haul->untimed++ >= UNTIMED_TRIED) {
        return false;
    }
    int count = bw_locate_untimed(search->view, layout, located);
    bool read = false;
    for (int i = 0; i < count && !read; i++) {
        struct bw_reading reading;
        if (!is_new(hunt, search, &located[i])) {
            continue;
        }
        bool blurred = i == 0 && !layout->uneven && !search->haul->unread &&
                       search->haul->blurred++ < BLURRED_TRIED;
        read = bw_attempt_untimed(
            hunt->attempt, search->view, search->budget, &located[i], blurred, &reading);
        take_grid(hunt, search, &located[i], &reading, who, read);
    }
    return read;
}

/* Takes three finders (-1: hidden) as top left, top right and bottom left. True when that
 * gave a text, welcome or not. */
static bool
try_corners(
    struct bw_hunt *hunt, struct bw_search *search, const int who[static 3], float cost)
{
    struct bw_corner corners[BW_LAYOUT_CORNERS];
    struct bw_layout layout;
    struct bw_located located[BW_LOCATE_MAX];
    for (int i = 0; i < BW_LAYOUT_CORNERS; i++) {
        corners[i] = corner_of(hunt, search->view, who[i]);
    }
    if (!bw_layout_make(corners, &layout)) {
        return false;
    }
    float timing = -1;
    int count = layout.uneven ? 0 : bw_locate(search->view, &layout, located, &timing);
    bool ringed =
        layout.measured == 3 && cost < RINGED_COST && timing > BW_LOCATE_TIMING_LIKE;
    for (int i = 0; i < count; i++) {
        struct bw_reading reading;
        if (!is_new(hunt, search, &located[i])) {
            continue;
        }
        search->haul->grids++;
        bool read = bw_attempt_run(hunt->attempt, search->view, search->budget,
            search->turn, &located[i], &reading);
        if (take_grid(hunt, search, &located[i], &reading, who, read)) {
            return true;
        }
        if (hunt->attempt->likeness >= BW_ATTEMPT_LIKENESS_MIN) {
            break; /* other sizes of the same finders are less like it */
        }
    }
    if (count == 0 && try_untimed(hunt, search, &layout, who, cost)) {
        return true;
    }
    if (ringed) {
        keep_ringed(search, corners[BW_LAYOUT_TOP_LEFT].finder);
    }
    return false;
}

static bool
may_try(
    const struct bw_hunt *hunt, const struct bw_search *search, const int who[static 3])
{
    for (int i = 0; i < BW_LAYOUT_CORNERS; i++) {
        if (who[i] >= 0 && hunt->used[who[i]]) {
            return false;
        }
    }
    return !search->haul->ticket &&
           bw_attempt_allows(hunt->attempt, search->budget, LOCATE_COST_US);
}

static void
try_triples(struct bw_hunt *hunt, struct bw_search *search)
{
    int triples = bw_triple_rank(hunt->finders, hunt->found, hunt->triples);
    for (int i = 0; i < triples && i < TRIPLES_TRIED; i++) {
        const struct bw_triple *triple = &hunt->triples[i];
        const int who[3] = {triple->top_left, triple->top_right, triple->bottom_left};
        if (may_try(hunt, search, who)) {
            try_corners(hunt, search, who, triple->cost);
        }
    }
}

/* The two as any two corners, in either order. */
static void
try_pair(struct bw_hunt *hunt, struct bw_search *search, int one, int other)
{
    for (int hidden = 0; hidden < BW_LAYOUT_CORNERS; hidden++) {
        for (int swap = 0; swap < 2; swap++) {
            int who[BW_LAYOUT_CORNERS], first = swap ? other : one,
                                        last = swap ? one : other;
            who[hidden] = -1;
            who[hidden == BW_LAYOUT_TOP_LEFT ? BW_LAYOUT_TOP_RIGHT : BW_LAYOUT_TOP_LEFT] =
                first;
            who[hidden == BW_LAYOUT_BOTTOM_LEFT ? BW_LAYOUT_TOP_RIGHT
                                                : BW_LAYOUT_BOTTOM_LEFT] = last;
            if (may_try(hunt, search, who)) {
                try_corners(hunt, search, who, RINGED_COST);
            }
        }
    }
}

/* A symbol's third finder may be under a thumb.
 * Only patterns that are whole make pairs. */
static void
try_pairs(struct bw_hunt *hunt, struct bw_search *search)
{
    int whole[PAIRED], count = 0;
    for (int i = 0; i < hunt->found && count < PAIRED; i++) {
        if (hunt->finders[i].round >= ROUND_PAIR) {
            whole[count++] = i;
        }
    }
    for (int i = 0; i < count; i++) {
        for (int k = i + 1; k < count; k++) {
            float a = hunt->finders[whole[i]].module_px,
                  b = hunt->finders[whole[k]].module_px;
            if (a < 1.8F * b && b < 1.8F * a) {
                try_pair(hunt, search, whole[i], whole[k]);
            }
        }
    }
}

int
bw_hunt_run(struct bw_hunt *hunt, struct bw_search *search)
{
    const struct bw_scan_view *view = search->view;
    struct bw_scan_finder_count count;
    uint32_t from_us = bw_budget_spent_us(search->budget);
    int step = view->height_px > 600 ? 3 : view->height_px > 400 ? 2 : 1;
    hunt->found = bw_scan_finder_search(view, step, search->turn, hunt->finders, &count);
    hunt->found = bw_sieve_run(hunt, search, hunt->found);
    uint32_t took_us = bw_budget_spent_us(search->budget) - from_us;
    search->haul->search_us =
        took_us > search->haul->search_us ? took_us : search->haul->search_us;
    search->haul->finders += hunt->found;
    search->haul->sharp += view->scale <= 1 ? hunt->found : 0;
    bw_scan_hint_see(&search->haul->sights, view, hunt->finders, hunt->found);
    search->haul->views++;
    hunt->tries = 0;
    memset(hunt->used, 0, sizeof hunt->used);
    memset(hunt->traced, 0, sizeof hunt->traced);
    note_stage(hunt, search);
    try_triples(hunt, search);
    if (!search->haul->ticket && (hunt->found <= CROWD || search->turn % 3 == 1)) {
        try_pairs(hunt, search);
    }
    return count.hits;
}
