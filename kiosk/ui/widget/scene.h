/* Where the water, the quay and the illustration stand on this screen. Pure. */
#ifndef BW_UI_SCENE_H
#define BW_UI_SCENE_H

#include "ui/draw/page.h"

struct bw_ui_stage {
    SDL_Rect sky, water, quay; /* an empty quay: none */
    SDL_Rect illustration;     /* empty where there is no room for it */
};

void bw_ui_stage_init(
    struct bw_ui_stage *stage, const struct bw_ui_metric *metric, int bar_height);

/* Colours and scene of a result. */
struct bw_ui_tone_look {
    bw_ui_colour sky, water, quay, ink, headline, badge, badge_ink, button, progress;
    const char *logo;
    bool dark;
    bool badge_round;
};
const struct bw_ui_tone_look *bw_ui_tone_look(enum bw_tone tone);

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

/* Illustration's file name and width, for preparation; false after the last. */
bool bw_ui_scene_prepare(
    const struct bw_ui_metric *metric, int number, const char **ret_name, int *ret_width);

#endif
