/* The locator's loop, and the choice among several codes. Scan thread. */
#include "hunt.h"

#include <math.h>
#include <string.h>

enum {
    TRIPLES_TRIED = 16,
    ROUND_MIN = 9, /* of BW_RING_LOOKS directions */
    LOCATE_COST_US = 150, /* of one triple, before anything is read */
};

/* A code of modules smaller than this is worth a sighting even when its timing is lost. */
#define SMALL_MODULE_PX 1.9F

static bool
is_ticket(const char *text)
{
    return strncmp(text, "BW1:", 4) == 0;
}

static bool
is_welcome(const struct bw_scanner_options *options, const struct bw_reading *reading)
{
    static const char enrolment[] = "{\"brugwachter_enrolment\":";
    if (reading->kind == BW_READING_REFUSED) {
        return false;
    }
    if (options->any_text) {
        return true;
    }
    return reading->kind == BW_READING_ASCII && (reading->text_bytes < BW_SCAN_TEXT_BYTES
        || (options->enrolment
            && strncmp(reading->text, enrolment, sizeof enrolment - 1) == 0));
}

static void
to_frame(const struct bw_view *view, float corner[static 4][2])
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

/* Keeps the reading when it is better than what the haul has. */
static void
keep_reading(struct bw_hunt *hunt, const struct bw_view *view,
    const struct bw_reading *reading, float module_px, struct bw_haul *haul)
{
    if (!is_welcome(&hunt->options, reading)) {
        haul->refused = true;
        return;
    }
    float corner[4][2];
    memcpy(corner, reading->corner, sizeof corner);
    to_frame(view, corner);
    float far = far_from_middle(hunt, corner);
    bool ticket = is_ticket(reading->text);
    bool better = !haul->read || (ticket && !haul->ticket)
        || (ticket == haul->ticket && far < haul->far);
    if (better) {
        memcpy(haul->corner, corner, sizeof corner);
        memcpy(haul->text, reading->text, reading->text_bytes + 1);
        haul->read = true;
        haul->ticket = ticket;
        haul->inverted = view->inverted;
        haul->far = far;
        haul->module_px = module_px * view->scale;
    }
}

/* Keeps where a symbol is that couldn't be read: the likeliest of the frame. */
static void
keep_unread(const struct bw_view *view, const struct bw_located *located, float likeness,
    struct bw_haul *haul)
{
    if (haul->read || (haul->unread && likeness <= haul->likeness)) {
        return;
    }
    float far = (float)located->grid.modules;
    const float places[4][2] = {{0, 0}, {far, 0}, {far, far}, {0, far}};
    for (int i = 0; i < 4; i++) {
        struct bw_point p = bw_grid_at(&located->grid, places[i][0], places[i][1]);
        haul->corner[i][0] = p.x;
        haul->corner[i][1] = p.y;
    }
    to_frame(view, haul->corner);
    haul->unread = true;
    haul->likeness = likeness;
    haul->inverted = view->inverted;
    haul->module_px = located->module_px * view->scale;
}

/* The finders inside a symbol that was read are explained; others may be another symbol. */
static void
use_up(struct bw_hunt *hunt, int finders, const struct bw_triple *triple,
    const struct bw_reading *reading)
{
    hunt->used[triple->top_left] = true;
    hunt->used[triple->top_right] = true;
    hunt->used[triple->bottom_left] = true;
    for (int i = 0; i < finders; i++) {
        bool inside = true;
        for (int c = 0; c < 4; c++) {
            const float *from = reading->corner[c], *to = reading->corner[(c + 1) % 4];
            inside = inside && (to[0] - from[0]) * (hunt->finders[i].y - from[1])
                    >= (to[1] - from[1]) * (hunt->finders[i].x - from[0]);
        }
        hunt->used[i] = hunt->used[i] || inside;
    }
}

static struct bw_corner
corner_of(struct bw_hunt *hunt, const struct bw_view *view, int finder)
{
    if (!hunt->traced[finder]) {
        bw_ring_trace(view, &hunt->finders[finder], &hunt->traces[finder]);
        hunt->traced[finder] = true;
    }
    return (struct bw_corner) {&hunt->finders[finder], &hunt->traces[finder]};
}

/* True when the triple gave a text, welcome or not. */
static bool
try_triple(struct bw_hunt *hunt, const struct bw_view *view, const struct bw_triple *triple,
    const struct bw_budget *budget, unsigned turn, struct bw_haul *haul, int finders)
{
    struct bw_located located[BW_LOCATE_MAX];
    const struct bw_corner corners[3] = {corner_of(hunt, view, triple->top_left),
        corner_of(hunt, view, triple->top_right), corner_of(hunt, view, triple->bottom_left)};
    int rings = 0, count = bw_locate(view, corners, located, &rings);
    haul->ringed += rings == 3 && triple->cost < 0.6F;
    for (int i = 0; i < count; i++) {
        struct bw_reading reading;
        haul->grids++;
        if (bw_attempt_run(hunt->attempt, view, budget, turn, &located[i], &reading)) {
            keep_reading(hunt, view, &reading, located[i].module_px, haul);
            use_up(hunt, finders, triple, &reading);
            return true;
        }
        if (hunt->attempt->likeness >= BW_ATTEMPT_LIKENESS_MIN) {
            keep_unread(view, &located[i], hunt->attempt->likeness, haul);
            return false; /* other sizes of the same finders are less like it */
        }
    }
    return false;
}

/* Drops what isn't round all round, and keeps the order. */
static int
keep_round(struct bw_hunt *hunt, const struct bw_view *view, int finders)
{
    int kept = 0;
    for (int i = 0; i < finders; i++) {
        if (bw_ring_look(view, &hunt->finders[i]) >= ROUND_MIN) {
            hunt->finders[kept++] = hunt->finders[i];
        }
    }
    return kept;
}

int
bw_hunt_run(struct bw_hunt *hunt, const struct bw_view *view, const char *stage,
    const struct bw_budget *budget, unsigned turn, struct bw_haul *haul)
{
    struct bw_finder_count count;
    int step = view->height_px > 600 ? 3 : view->height_px > 400 ? 2 : 1;
    int finders = bw_finder_search(view, step, hunt->finders, &count);
    finders = keep_round(hunt, view, finders);
    int triples = bw_triple_rank(hunt->finders, finders, hunt->triples);
    (void)stage;
    memset(hunt->used, 0, sizeof hunt->used);
    memset(hunt->traced, 0, sizeof hunt->traced);
    for (int i = 0; i < triples && i < TRIPLES_TRIED; i++) {
        const struct bw_triple *triple = &hunt->triples[i];
        if (hunt->used[triple->top_left] || hunt->used[triple->top_right]
            || hunt->used[triple->bottom_left]) {
            continue;
        }
        if (!bw_budget_allows(budget, LOCATE_COST_US)) {
            break;
        }
        if (try_triple(hunt, view, triple, budget, turn, haul, finders) && haul->ticket) {
            break;
        }
    }
    return count.hits;
}

void
bw_hunt_whole(struct bw_hunt *hunt, const struct bw_view *view, const char *stage,
    const struct bw_budget *budget, struct bw_haul *haul)
{
    (void)stage;
    (void)budget;
    struct bw_attempt *attempt = hunt->attempt;
    int found = bw_reader_read(attempt->reader, view->white, view->width_px, view->height_px,
        attempt->readings);
    for (int i = 0; i < found; i++) {
        keep_reading(hunt, view, &attempt->readings[i], 0, haul);
    }
}
