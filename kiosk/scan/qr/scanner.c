/* The decoding pipeline: the order of attempts. One stream of frames, one thread.
 *
 * A frame is looked at in views (canvas.h); each view is searched the same way (hunt.h):
 *
 *   adaptive mean -> rows with 1:1:3:1:1 -> cross checks -> round? -> triples -> rings
 *     -> number of modules, homography, alignment pattern -> grid as it is; or along
 *     curved paper (warp.h); or settled on the edges (relax.h)
 *     -> modules by local levels, or by what neighbours do to each other (equalise.h)
 *     -> ideal function patterns -> code words corrected, doubtful ones as erasures
 *     (codewords.h) -> 4 or 2 pixels a module -> zbar
 *
 * The order of the views comes from 277 photos with a code and drawn tickets. Of
 * those read in the first frame, near nineteen in twenty are by `full`, the others by
 * `half` (symbols of over 9 pixels a module, for which the window of 71 pixels is
 * small; noise; screens), `half, inverted` and `soft, faint` (tickets of 14 grey
 * levels). These four are the first views; the others take turns, and go on within
 * the frame only where something looks like a symbol (SC2). When all had their turn,
 * they come again with other windows and margins, other rows, and the doubled views
 * elsewhere in the frame. What read last leads.
 *
 * Every other frame that goes on looks for outlines first (outline.h), and a new one that
 * shows something soft does last: what is moved, out of focus, cut or scratched shows its
 * four corners when its finder patterns are gone.
 *
 * SC1: no frame begins a step that its budget doesn't hold; costs follow the machine's
 *     pace and the longest search of the frame (budget.h, attempt.c).
 * SC2: a frame without texture (texture.h: a wall, the dark) is searched once. One with
 *     texture in which nothing looks like a symbol is searched in the first views; while
 *     it stays as it is, one in REST_EVERY in one of them by turns. One in THOROUGH_EVERY
 *     looks longer, and one in THOROUGH_STILL_EVERY when nothing has moved for long.
 * SC4: a frame is done when a ticket is read, or when nothing in it may be one: a code
 *     that is no ticket ends nothing. Its place is left out of what is searched, and
 *     while it looks as it did it isn't read again (stranger.h).
 * SC3: what is told as text came out of zbar, from modules as they were seen, corrected
 *     by the symbol's own check words: without erasures as far as the standard goes, with
 *     erasures as far as chance would do it once in 2^30 (codewords.c). What every ticket
 *     says is taken as read where four in five of it are (ticket_words.c). */
#include "scanner.h"

#include "hunt.h"
#include "outline.h"
#include "report.h"
#include "stages.h"
#include "scan/qr/view/canvas.h"
#include "scan/qr/view/texture.h"

#include <stdlib.h>
#include <string.h>

enum {
    BUDGET_US = 33000,
    LEAD_FRAMES = 90,     /* how long a stage that read leads: three seconds */
    STAGE_COST_US = 2500, /* of a full view with much in it, before any symbol is tried */
    /* Where nothing looks like a symbol, one frame in three looks longer, as long as what
     * is in view changes; then one in fifteen. */
    THOROUGH_EVERY = 3,
    THOROUGH_STILL_EVERY = 15,
    STILL_FRAMES = 15,
    REST_EVERY = 4, /* while nothing moves, one frame in so many is searched */
    THOROUGH_US = 22000,
    THOROUGH_STILL_US = 10000,
};

enum {
    STAGES = sizeof stages / sizeof *stages,
    ALWAYS = 4,
    /* In a picture with so many row patterns the sharp views show grain; those that are
     * soft or small are looked at in their place.
     * A street or a shelf of books has 1,000. */
    GRAINY_HITS = 2500,
    CALM_HITS = 250, /* views are quick: a symbol of little contrast */
    CALM_EXTRAS = 4,
    FAINT = 3,
    SOFT = 9,
    SHADE = STAGES - 1,
    OUTLINE = SHADE - 3,
};

struct bw_scanner {
    struct bw_scan_reader *reader;
    struct bw_attempt *attempt;
    struct bw_canvas canvas;
    struct bw_hunt hunt;
    struct bw_haul haul;
    struct bw_strangers known; /* those of the last frame */
    struct bw_hint hint;
    struct bw_texture texture;
    struct bw_scan_view frame; /* at full size, as it is */
    uint32_t budget_us;
    int lead;        /* the stage that read last */
    int lead_frames; /* for so many frames it goes first */
    int next;        /* the extra stage whose turn it is */
    unsigned round;  /* how often all extra stages had their turn */
    unsigned tile;   /* where the doubled view looks */
    unsigned turn;   /* of the recipes */
    int hits;        /* row patterns of this frame's first view */
    unsigned still;  /* frames since the picture changed */
    bool unread;     /* a symbol of the last frame */
    bool looked;     /* longer, since the picture changed */
    bool symbol;     /* since then something looked like one */
    bool was_open; /* the last frame had a symbol, or in what was new rings like one's */
    bool grainy;   /* … are so many that sharp views show grain */
};

void
bw_scanner_destroy(struct bw_scanner *scanner)
{
    if (!scanner) {
        return;
    }
    bw_scan_reader_destroy(scanner->reader);
    bw_canvas_finish(&scanner->canvas);
    free(scanner->attempt);
    free(scanner);
}

enum bw_status
bw_scanner_create(const struct bw_scanner_options *options,
    struct bw_scanner **ret_scanner, struct bw_error *err)
{
    struct bw_scanner *scanner = calloc(1, sizeof *scanner);
    if (scanner) {
        scanner->attempt = calloc(1, sizeof *scanner->attempt);
    }
    if (!scanner || !scanner->attempt || !bw_canvas_init(&scanner->canvas)) {
        bw_scanner_destroy(scanner);
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "Starting the scanner failed: out of memory. Close other programs.");
    }
    enum bw_status status = bw_scan_reader_create(&scanner->reader, err);
    if (status != BW_OK) {
        bw_scanner_destroy(scanner);
        return status;
    }
    if (options->any_text) {
        bw_scan_reader_guess_charsets(scanner->reader);
    }
    scanner->attempt->reader = scanner->reader;
    scanner->attempt->pace = 1;
    scanner->hunt.attempt = scanner->attempt;
    scanner->hunt.options = *options;
    scanner->budget_us = options->budget_us ? options->budget_us : BUDGET_US;
    /* 512 bytes fit into version 23 at the highest level of correction. */
    scanner->attempt->modules_max =
        options->enrolment || options->any_text ? BW_SYMBOL_MODULES_MAX : 17 + 4 * 25;
    bw_scanner_forget(scanner);
    *ret_scanner = scanner;
    return BW_OK;
}

void
bw_scanner_forget(struct bw_scanner *scanner)
{
    scanner->lead = 0;
    scanner->lead_frames = 0;
    scanner->next = ALWAYS;
    scanner->turn = 0;
    scanner->round = 0;
    scanner->unread = false;
    scanner->was_open = false;
    scanner->looked = false;
    scanner->symbol = false;
    scanner->tile = 0;
    scanner->still = 0;
    scanner->known.count = 0;
    memset(&scanner->hint, 0, sizeof scanner->hint);
    bw_texture_forget(&scanner->texture);
    scanner->canvas.focus_x = scanner->canvas.focus_y = 0.5F;
}

/* The first view is always looked at; one more takes as long as the longest of this
 * frame, and a little for what it finds. */
static bool
has_time(const struct bw_scanner *scanner, const struct bw_budget *budget)
{
    return scanner->haul.search_us == 0 ||
           (bw_attempt_allows(scanner->attempt, budget, STAGE_COST_US) &&
               bw_budget_allows(budget, 2 * scanner->haul.search_us));
}

static bool
is_outline(int which)
{
    return which >= OUTLINE && which < SHADE;
}

/* True when the frame has given what it can. */
static bool
run(struct bw_scanner *scanner, int which, const struct bw_budget *budget)
{
    const struct view_stage *stage = &stages[which];
    struct bw_scan_view view;
    if (!has_time(scanner, budget)) {
        return true;
    }
    const struct variation *v =
        &variations[which < ALWAYS ? 0 : scanner->round % VARIATIONS];
    if (!bw_canvas_view(&scanner->canvas, stage->size, stage->inverted,
            stage->radius * v->radius / 4, stage->margin * v->margin / 4, &view)) {
        return false;
    }
    struct bw_search search = {.view = &view,
        .frame = &scanner->frame,
        .stage = stage->name,
        .budget = budget,
        .turn = scanner->turn,
        .haul = &scanner->haul};
    if (is_outline(which)) {
        bw_outline_run(&scanner->hunt, &search);
    } else {
        int hits = bw_hunt_run(&scanner->hunt, &search);
        scanner->hits = which == 0 ? hits : scanner->hits;
        scanner->grainy = scanner->hits >= GRAINY_HITS;
    }
    if (scanner->haul.ticket) {
        scanner->lead = which;
        scanner->lead_frames = LEAD_FRAMES;
    }
    return scanner->haul.ticket;
}

/* One frame in some looks longer, though nothing looks like a symbol. */
static bool
is_thorough(const struct bw_scanner *scanner)
{
    unsigned every =
        scanner->still < STILL_FRAMES ? THOROUGH_EVERY : THOROUGH_STILL_EVERY;
    return scanner->texture.busy > 0 && scanner->turn % every == 1;
}

/* Is there more to see than the first views showed? Rings alone, as letters make them,
 * are looked into less often once nothing has moved for long. */
static bool
is_open(const struct bw_scanner *scanner)
{
    bool tires = scanner->still >= STILL_FRAMES && !scanner->haul.unread &&
                 scanner->turn % REST_EVERY != 0;
    return (bw_haul_is_open(&scanner->haul) && !tires) ||
           (scanner->unread && scanner->turn % 2);
}

/* Nothing has moved since a frame that showed nothing: the first views by turns. */
static bool
is_resting(const struct bw_scanner *scanner)
{
    return scanner->still > 0 && !scanner->unread && !is_open(scanner) &&
           !is_thorough(scanner) && !scanner->was_open;
}

/* Is there texture of little contrast, that the first view may have passed over? */
static bool
is_faint(const struct bw_scanner *scanner)
{
    const struct bw_texture *texture = &scanner->texture;
    return texture->faint > 0 &&
           (scanner->hits < CALM_HITS || texture->faint * 2 > texture->busy);
}

/* May another of the extra stages run? Where nothing looks like a symbol,
 * frames stay short. */
static bool
goes_on(const struct bw_scanner *scanner, const struct bw_budget *budget, int extras)
{
    uint32_t thorough_us =
        scanner->still < STILL_FRAMES ? THOROUGH_US : THOROUGH_STILL_US;
    return is_open(scanner) ||
           (is_thorough(scanner) && bw_budget_spent_us(budget) < thorough_us) ||
           (scanner->texture.faint > 0 && scanner->hits < CALM_HITS &&
               extras < CALM_EXTRAS && !scanner->haul.read && !is_resting(scanner));
}

/* Doubled and sharpened views make symbols of what is none. */
static bool
needs_sight(enum bw_canvas_size size)
{
    return size == BW_CANVAS_DOUBLE || size == BW_CANVAS_FINE || size == BW_CANVAS_SHARP;
}

static bool
is_worth_it(const struct bw_scanner *scanner, int which)
{
    enum bw_canvas_size size = stages[which].size;
    if (needs_sight(size) && scanner->haul.finders == 0 && !is_open(scanner)) {
        return false;
    }
    bool shows = scanner->haul.unread || scanner->unread;
    if (size >= BW_CANVAS_WHOLE && shows && scanner->round % 2 == 0) {
        return false; /* what shows its modules is read in the older views, if at all */
    }
    return !scanner->grainy || size != BW_CANVAS_FULL;
}

/* Of the first views, all but the first are for something that is there. */
static bool
is_called_for(const struct bw_scanner *scanner, int which)
{
    if (is_resting(scanner)) {
        unsigned turn = scanner->turn / (scanner->symbol ? 1 : REST_EVERY);
        return (unsigned)which == turn % FAINT;
    }
    if (which == FAINT) {
        return is_faint(scanner) || is_open(scanner);
    }
    return which == 0 || scanner->texture.busy > 0 || scanner->haul.finders > 0;
}

/* Much of the frame is white, and what is dark has texture:
 * somebody stands before a window. */
static bool
is_backlit(struct bw_scanner *scanner)
{
    const struct bw_texture *texture = &scanner->texture;
    int blocks = texture->blocks_x * texture->blocks_y;
    scanner->canvas.shade =
        scanner->turn % 2 ? texture->dim * 3 / 2 + 6 : texture->dim * 5 / 4 + 5;
    return texture->dim > 0 && texture->bright * 5 > blocks;
}

/* What every frame is looked at in. True when it has given what it can. */
static bool
run_always(struct bw_scanner *scanner, const struct bw_budget *budget, int lead)
{
    if (is_resting(scanner) && !scanner->symbol && scanner->turn % REST_EVERY != 0) {
        return false;
    }
    if (is_backlit(scanner) && SHADE != lead && run(scanner, SHADE, budget)) {
        return true;
    }
    for (int i = 0; i < ALWAYS; i++) {
        if (i != lead && is_called_for(scanner, i) && is_worth_it(scanner, i) &&
            run(scanner, i, budget)) {
            return true;
        }
        if (i == 0 && scanner->grainy && run(scanner, SOFT, budget)) {
            return true;
        }
    }
    return false;
}

static bool
run_extras(struct bw_scanner *scanner, const struct bw_budget *budget, int lead)
{
    for (int i = OUTLINE; i < SHADE && scanner->turn % 2; i++) {
        if (i != lead && goes_on(scanner, budget, 0) && run(scanner, i, budget)) {
            return true;
        }
    }
    for (int extras = 0; extras < STAGES - ALWAYS && goes_on(scanner, budget, extras);
         extras++) {
        int which = scanner->next;
        bool again =
            which == lead || which >= OUTLINE || (which == SOFT && scanner->grainy);
        if (++scanner->next == STAGES) {
            scanner->next = ALWAYS;
            scanner->round++;
        }
        if (!again && is_worth_it(scanner, which) && run(scanner, which, budget)) {
            return true;
        }
    }
    return false;
}

/* A symbol that wasn't read in the last frame may use up this one's time in the same
 * views: then the others go first, in every other frame. */
static void
run_all(struct bw_scanner *scanner, const struct bw_budget *budget)
{
    int lead = scanner->lead_frames > 0 ? scanner->lead : -1;
    bool extras_first = scanner->unread && scanner->turn % 2;
    scanner->lead_frames -= scanner->lead_frames > 0;
    if (lead >= 0 && run(scanner, lead, budget)) {
        return;
    }
    if (extras_first && run_extras(scanner, budget, lead)) {
        return;
    }
    if (!run_always(scanner, budget, lead) && !extras_first) {
        run_extras(scanner, budget, lead);
    }
}

static void
remember_place(struct bw_scanner *scanner, const struct bw_sighting *sighting)
{
    bool hint_alone = sighting->kind == BW_SIGHTING_BLURRED && !scanner->unread;
    if (sighting->kind == BW_SIGHTING_NOTHING || hint_alone ||
        (sighting->kind == BW_SIGHTING_TEXT && !sighting->ticket)) {
        scanner->tile += scanner->canvas.made[BW_CANVAS_DOUBLE] ||
                         scanner->canvas.made[BW_CANVAS_FINE];
        scanner->canvas.focus_x = tiles[scanner->tile % TILES][0];
        scanner->canvas.focus_y = tiles[scanner->tile % TILES][1];
        return;
    }
    float x = 0, y = 0;
    for (int i = 0; i < 4; i++) {
        x += sighting->corner[i][0] / 4;
        y += sighting->corner[i][1] / 4;
    }
    /* A grid that is far off can have corners anywhere. */
    scanner->canvas.focus_x = x > 0 ? (x < 1 ? x : 1) : 0;
    scanner->canvas.focus_y = y > 0 ? (y < 1 ? y : 1) : 0;
}

/* Strangers that stand where they stood aren't read again. */
static void
recall(struct bw_scanner *scanner)
{
    for (int i = 0; i < scanner->known.count; i++) {
        if (bw_stranger_stays(&scanner->frame, &scanner->known.list[i])) {
            bw_hunt_recall(&scanner->hunt, &scanner->known.list[i], &scanner->haul);
        }
    }
}

static void
begin(struct bw_scanner *scanner, const struct bw_luma *frame)
{
    struct bw_canvas *canvas = &scanner->canvas;
    bw_canvas_begin(canvas, frame);
    memset(&scanner->haul, 0, sizeof scanner->haul);
    scanner->grainy = false;
    scanner->hits = 0;
    scanner->hunt.frame_width_px = (float)canvas->frame.width_px;
    scanner->hunt.frame_scale = canvas->frame_scale;
    scanner->hunt.frame_height_px = (float)canvas->frame.height_px;
    scanner->frame = (struct bw_scan_view){.grey = canvas->frame.pixels,
        .width_px = canvas->frame.width_px,
        .height_px = canvas->frame.height_px,
        .scale = 1};
    bw_canvas_measure(canvas);
    bw_texture_look(&scanner->texture, &canvas->binarise);
    scanner->still = scanner->texture.changed ? 0 : scanner->still + 1;
    recall(scanner);
}

/* Why is it not read? */
static void
take_hint(struct bw_scanner *scanner)
{
    if (scanner->haul.ticket) {
        memset(&scanner->hint, 0, sizeof scanner->hint);
    } else {
        bw_scan_hint_renew(&scanner->frame, &scanner->texture, &scanner->haul.strangers,
            &scanner->haul.sights, scanner->still, &scanner->hint);
    }
}

/* A picture that is new shows a code that is soft or moves, and its finder patterns led
 * nowhere: its outline may, and needn't wait for the next frame. */
static void
follow_hint(struct bw_scanner *scanner, const struct bw_budget *budget)
{
    enum bw_scan_trouble trouble = scanner->hint.trouble;
    bool soft = trouble == BW_TROUBLE_SOFT || trouble == BW_TROUBLE_MOVING;
    bool looked = scanner->turn % 2 || scanner->still > 0; /* run_extras() does, then */
    for (int i = OUTLINE; i < SHADE && soft && !looked && !scanner->haul.ticket; i++) {
        run(scanner, i, budget);
    }
    if (scanner->haul.ticket) {
        take_hint(scanner);
    }
}

enum bw_status
bw_scanner_read(struct bw_scanner *scanner, const struct bw_luma *frame,
    struct bw_sighting *ret_sighting, struct bw_error *err)
{
    if (!frame->pixels || frame->width_px < 2 || frame->height_px < 2 ||
        frame->stride_bytes < frame->width_px) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Reading a frame failed: it is %d by %d pixels with %d bytes a row.",
            frame->width_px, frame->height_px, frame->stride_bytes);
    }
    uint32_t reserve_us = scanner->budget_us / 4; /* estimates are estimates */
    struct bw_budget budget =
        bw_budget_start(scanner->budget_us - reserve_us, scanner->hunt.options.clocks);
    begin(scanner, frame);
    run_all(scanner, &budget);
    take_hint(scanner);
    follow_hint(scanner, &budget);
    scanner->looked =
        (scanner->looked && !scanner->texture.changed) || is_thorough(scanner);
    scanner->turn++;
    bool open = bw_haul_is_open(&scanner->haul);
    scanner->unread = open && scanner->haul.unread;
    scanner->was_open =
        scanner->unread || scanner->haul.ticket || (open && scanner->still == 0);
    scanner->symbol =
        (scanner->symbol && !scanner->texture.changed) || open || scanner->haul.ticket;
    scanner->known = scanner->haul.strangers;
    bw_report_make(&scanner->haul, &scanner->hint, &scanner->hunt.options,
        scanner->canvas.frame_scale, frame, ret_sighting);
    ret_sighting->unsettled =
        ret_sighting->unsettled || (!ret_sighting->ticket && !scanner->looked);
    remember_place(scanner, ret_sighting);
    ret_sighting->spent_us = bw_budget_wall_us(&budget);
    return BW_OK;
}
