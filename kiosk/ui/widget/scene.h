/* Where the water, the quay and the illustration stand on this screen. Lengths
 * are pixels. Nothing here fails. Pure; UI thread. */
#ifndef BW_UI_SCENE_H
#define BW_UI_SCENE_H

#include "ui/draw/page.h"

struct bw_ui_stage {
    SDL_Rect sky, water, quay; /* an empty quay: none */
    SDL_Rect illustration;     /* empty where there is no room for it */
};

/* Places them for a screen of that size with a bottom bar of that height; the metric is
 * borrowed for the call. */
void bw_ui_stage_init(
    struct bw_ui_stage *stage, const struct bw_ui_metric *metric, int bar_height);

/* Colours and scene of a result. */
struct bw_ui_tone_look {
    bw_ui_colour sky, water, quay, ink, headline, badge, badge_ink, button, progress;
    const char *logo;
    bool dark;
    bool badge_round;
};
/* Static: nobody frees it; never NULL. */
const struct bw_ui_tone_look *bw_ui_tone_look(enum bw_tone tone);

/* The illustration's file name without its ending, with "you" in it. Static; never
 * NULL. */
const char *bw_ui_scene_file(enum bw_scene scene);

/* How far to the right a text may reach whose lower edge is at y, beside the illustration
 * that stands in `box`. */
int bw_ui_scene_space(enum bw_scene scene, const SDL_Rect *box, int y);

/* Draws sky, water, quay and illustration; `since_ms` after it came up. The field wipes
 * up and "you" walks to the place, except with less motion. */
void bw_ui_stage_draw(struct bw_ui_page *page, const struct bw_ui_stage *stage,
    const struct bw_ui_tone_look *look, enum bw_scene scene, int64_t since_ms,
    bool less_motion);

/* The bridge by night: once in five minutes "you" takes a stroll and the water moves; in
 * between nothing has to be drawn. */
void bw_ui_scene_night(
    struct bw_ui_page *page, const SDL_Rect *box, int64_t mono_ms, bool less_motion);

/* Name (static) and width of illustration `number`, from 0, for preparation; false, and
 * nothing written, after the last, or where this screen has none. */
bool bw_ui_scene_prepare(
    const struct bw_ui_metric *metric, int number, const char **ret_name, int *ret_width);

#endif
