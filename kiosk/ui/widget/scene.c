/* The bridge. Illustrations have their water line at 600 of 840 units of 1080 across. */
#include "scene.h"

#include <math.h>

#define UNITS_WIDE 1080.0
#define UNITS_HIGH 840.0
#define YOU_WIDE 120.0
#define YOU_HIGH 164.0
#define YOU_FEET_X 60.0
#define YOU_FEET_Y 152.0
#define WALK_FROM 40.0

static const struct bw_ui_tone_look looks[] = {
    [BW_TONE_WELCOME] = {BW_WELKOM, BW_WELKOM_WATER, 0xFFD9EFE3u, BW_WIT, BW_WIT, BW_ZON,
        BW_INKT, BW_WIT, BW_ZON, "logo-mark-on-dark", true, true},
    [BW_TONE_ALREADY] = {BW_AL, BW_AL_WATER, 0xFFDCE8F8u, BW_WIT, BW_WIT, BW_WIT, BW_AL,
        BW_WIT, BW_ZON, "logo-mark-on-dark", true, true},
    [BW_TONE_OTHER] = {BW_ANDER, BW_ANDER_WATER, BW_PAARS, BW_INKT, BW_PAARS, BW_PAARS,
        BW_WIT, BW_PAARS, BW_PAARS, "", false, false},
    [BW_TONE_HELP] = {BW_ONB, BW_ONB_WATER, BW_LEISTEEN, BW_INKT, BW_INKT, BW_LEISTEEN,
        BW_WIT, BW_GRACHT, BW_LEISTEEN, "", false, false},
    [BW_TONE_WAIT] = {BW_WACHT, BW_WACHT_WATER, BW_INKT, BW_INKT, BW_INKT, BW_INKT,
        BW_WACHT, BW_INKT, BW_INKT, "", false, false},
    [BW_TONE_PAPER] = {BW_PAPIER, BW_MIST, BW_GRACHT, BW_INKT, BW_INKT, BW_GRACHT, BW_WIT,
        BW_GRACHT, BW_GRACHT, "logo-mark", false, true},
};

static const char *const files[] = {
    [BW_SCENE_WELCOME] = "illu-welkom",
    [BW_SCENE_ALREADY] = "illu-al-aangemeld",
    [BW_SCENE_OTHER] = "illu-andere-kring",
    [BW_SCENE_UNKNOWN] = "illu-onbekend",
    [BW_SCENE_WAIT_FRONT] = "illu-wachtlijst",
    [BW_SCENE_WAIT_BEHIND] = "illu-wachtlijst-achter",
    [BW_SCENE_HELP] = "illu-hulp",
    [BW_SCENE_LIST] = "illu-lijst",
    [BW_SCENE_NIGHT] = "illu-vragenuren-zonder-jij",
};

/* Walks: the scene without "you", where "you" stops, and how large "you" is there. */
struct scene_walk {
    const char *file;
    double stop_x, scale;
};

static const struct scene_walk walks[] = {
    [BW_SCENE_WELCOME] = {"illu-welkom-zonder-jij", 560, 1.11},
    [BW_SCENE_ALREADY] = {"illu-al-aangemeld-zonder-jij", 902, 0.96},
};

const struct bw_ui_tone_look *
bw_ui_tone_look(enum bw_tone tone)
{
    return &looks[tone];
}

const char *
bw_ui_scene_file(enum bw_scene scene)
{
    return files[scene];
}

void
bw_ui_stage_init(struct bw_ui_stage *stage, const struct bw_ui_metric *m, int bar_height)
{
    bool shown = m->size != BW_UI_COMPACT && (!m->larger || m->portrait);
    bool small = m->size == BW_UI_SMALL && !m->portrait;
    double water = m->portrait && shown ? 34 : 19;
    int water_h = bw_ui_px(m, water) > bar_height ? bw_ui_px(m, water) : bar_height;
    double wide = m->portrait ? 90 : small ? 66 : 80;
    int scene_w = bw_ui_px(m, wide);
    int scene_h = (int)lround(scene_w * UNITS_HIGH / UNITS_WIDE);
    int line = m->height_px - water_h;
    int above = (int)lround(scene_w * 600 / UNITS_WIDE);
    int quay_h = (int)lround(scene_w * 44 / UNITS_WIDE);
    *stage = (struct bw_ui_stage){
        .sky = {.w = m->width_px, .h = line},
        .water = {.y = line, .w = m->width_px, .h = water_h},
    };
    if (shown) {
        stage->illustration = (SDL_Rect){
            .x = m->width_px - scene_w, .y = line - above, .w = scene_w, .h = scene_h};
    }
    if (!m->portrait || !shown) {
        int to = shown ? stage->illustration.x + bw_ui_px(m, 0.2) : m->width_px;
        int high = shown ? quay_h : bw_ui_px(m, 1.2);
        stage->quay = (SDL_Rect){.y = line - high, .w = to, .h = high};
    }
}

/* Height of the deck at x, in the illustration's units (two cubic Béziers). */
static double
deck_y(double x)
{
    bool up = x < 560;
    double xs[4] = {up ? 0 : 560, up ? 230 : 835, up ? 285 : 890, up ? 560 : 1120};
    double ys[4] = {up ? 556 : 270, up ? 556 : 270, up ? 270 : 556, up ? 270 : 556};
    double low = 0;
    double high = 1;
    double t = 0.5;
    for (int i = 0; i < 24; i++) {
        t = (low + high) / 2;
        double r = 1 - t;
        double at = r * r * r * xs[0] + 3 * r * r * t * xs[1] + 3 * r * t * t * xs[2] +
                    t * t * t * xs[3];
        if (at < x) {
            low = t;
        } else {
            high = t;
        }
    }
    double r = 1 - t;
    return r * r * r * ys[0] + 3 * r * r * t * ys[1] + 3 * r * t * t * ys[2] +
           t * t * t * ys[3];
}

/* What stands before the deck, left of its top: how high above it, from which x on. */
struct obstacle {
    double above, top, from_x;
};

static const struct obstacle obstacles[] = {
    [BW_SCENE_WELCOME] = {100, 110, 490},
    [BW_SCENE_ALREADY] = {100, 190, 490},
    [BW_SCENE_OTHER] = {100, 130, 0},
    [BW_SCENE_UNKNOWN] = {230, 100, 0},
    [BW_SCENE_WAIT_FRONT] = {130, 240, 0},
    [BW_SCENE_WAIT_BEHIND] = {130, 240, 0},
    [BW_SCENE_HELP] = {230, 100, 0},
    [BW_SCENE_LIST] = {100, 110, 490},
    [BW_SCENE_NIGHT] = {190, 90, 60},
};

int
bw_ui_scene_space(enum bw_scene scene, const SDL_Rect *box, int y)
{
    const struct obstacle *obstacle = &obstacles[scene];
    double unit = box->w / UNITS_WIDE;
    double at = (y - box->y) / unit;
    if (at < obstacle->top) {
        return box->x + box->w;
    }
    double x = 0;
    while (x < obstacle->from_x && deck_y(x) - obstacle->above > at) {
        x += 10;
    }
    if (scene != BW_SCENE_OTHER && scene != BW_SCENE_WAIT_FRONT &&
        scene != BW_SCENE_WAIT_BEHIND) {
        while (x < 560 && deck_y(x) - obstacle->above > at) {
            x += 10;
        }
    } else if (scene != BW_SCENE_OTHER && at < 430) {
        x = 240; /* over the heads of those who wait, up to the raised bridge */
    }
    return box->x + (int)lround(x * unit);
}

/* "You", feet on the deck at x. */
static void
draw_you(struct bw_ui_page *page, const SDL_Rect *box, double x, double scale)
{
    double unit = box->w / UNITS_WIDE;
    double size = unit * scale;
    SDL_Rect you = {.x = box->x + (int)lround(x * unit - YOU_FEET_X * size),
        .y = box->y + (int)lround(deck_y(x) * unit - YOU_FEET_Y * size),
        .w = (int)lround(YOU_WIDE * size),
        .h = (int)lround(YOU_HIGH * size)};
    bw_ui_page_scene(page, "jij", you);
}

static void
draw_illustration(struct bw_ui_page *page, const SDL_Rect *box, enum bw_scene scene,
    int64_t since_ms, bool less_motion)
{
    bool walks_in = (scene == BW_SCENE_WELCOME || scene == BW_SCENE_ALREADY) &&
                    since_ms >= 0 && since_ms < BW_WALK_MS && !less_motion;
    if (!walks_in) {
        bw_ui_page_scene(page, files[scene], *box);
        return;
    }
    const struct scene_walk *walk = &walks[scene];
    bw_ui_page_scene(page, walk->file, *box);
    double part = bw_ui_ease_in_out((double)since_ms / BW_WALK_MS);
    draw_you(page, box, WALK_FROM + (walk->stop_x - WALK_FROM) * part, walk->scale);
    bw_ui_page_again(page, 16);
}

/* ---- by night ---- */

/* In the illustration's units. */
struct ripple {
    int x, y, length;
};

static void
draw_ripples(struct bw_ui_page *page, const SDL_Rect *box, double shift)
{
    static const struct ripple ripples[] = {{880, 650, 130}, {820, 800, 90}};
    double unit = box->w / UNITS_WIDE;
    int high = (int)lround(10 * unit);
    for (size_t i = 0; i < sizeof ripples / sizeof ripples[0]; i++) {
        double way = i % 2 ? -shift : shift;
        SDL_Rect line = {.x = box->x + (int)lround((ripples[i].x - 5 + way) * unit),
            .y = box->y + (int)lround((ripples[i].y - 5) * unit),
            .w = (int)lround((ripples[i].length + 10) * unit),
            .h = high};
        bw_ui_page_round(page, line, high / 2, BW_NACHT_RIMPEL)->decoration = true;
    }
}

/* To the far end and back, once in a while: 0 to 1 to 0. */
static double
stroll(int64_t phase_ms)
{
    double part = (double)phase_ms / BW_STROLL_MS * 2;
    return bw_ui_ease_in_out(part < 1 ? part : 2 - part);
}

void
bw_ui_scene_night(
    struct bw_ui_page *page, const SDL_Rect *box, int64_t mono_ms, bool less_motion)
{
    enum { TOP_X = 560, GONE_X = 1180, RIPPLE_UNITS = 26, FRAME_MS = 80 };
    int64_t phase = mono_ms % BW_STROLL_EVERY_MS;
    bool moves = !less_motion && phase < BW_STROLL_MS;
    double shift = 0;
    double x = TOP_X;
    if (moves) {
        double wave = (double)(phase % BW_RIPPLE_MS) / BW_RIPPLE_MS * 2;
        shift = RIPPLE_UNITS * (wave < 1 ? wave : 2 - wave);
        x += (GONE_X - TOP_X) * stroll(phase);
    }
    if (!less_motion) {
        bw_ui_page_again(page, moves ? FRAME_MS : BW_STROLL_EVERY_MS - phase);
    }
    draw_ripples(page, box, shift);
    bw_ui_page_scene(page, files[BW_SCENE_NIGHT], *box);
    draw_you(page, box, x, walks[BW_SCENE_WELCOME].scale);
}

void
bw_ui_stage_draw(struct bw_ui_page *page, const struct bw_ui_stage *stage,
    const struct bw_ui_tone_look *look, enum bw_scene scene, int64_t since_ms,
    bool less_motion)
{
    SDL_Rect sky = stage->sky;
    if (since_ms >= 0 && since_ms < BW_FIELD_MS && !less_motion) {
        int shown =
            (int)lround(stage->sky.h *
                        (0.15 + 0.85 * bw_ui_ease_out((double)since_ms / BW_FIELD_MS)));
        sky.y += sky.h - shown;
        sky.h = shown;
        bw_ui_page_fill(page, stage->sky, look->dark ? look->water : BW_PAPIER);
        bw_ui_page_again(page, 16);
    }
    bw_ui_page_fill(page, sky, look->sky);
    bw_ui_page_fill(page, stage->water, look->water);
    if (!SDL_RectEmpty(&stage->quay)) {
        bw_ui_page_fill(page, stage->quay, look->quay)->decoration = true;
    }
    if (!SDL_RectEmpty(&stage->illustration)) {
        draw_illustration(page, &stage->illustration, scene, since_ms, less_motion);
    }
}

bool
bw_ui_scene_prepare(
    const struct bw_ui_metric *metric, int number, const char **ret_name, int *ret_width)
{
    static const char *const names[] = {"illu-welkom", "illu-welkom-zonder-jij",
        "illu-al-aangemeld", "illu-al-aangemeld-zonder-jij", "illu-andere-kring",
        "illu-onbekend", "illu-wachtlijst", "illu-wachtlijst-achter", "illu-hulp"};
    struct bw_ui_stage stage;
    bw_ui_stage_init(&stage, metric, 0);
    if (number >= (int)(sizeof names / sizeof names[0]) ||
        SDL_RectEmpty(&stage.illustration)) {
        return false;
    }
    *ret_name = names[number];
    *ret_width = stage.illustration.w;
    return true;
}
