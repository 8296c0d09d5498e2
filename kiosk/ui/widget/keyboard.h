/* On-screen keyboard: QWERTY on every size, a row of digits where there is room for it,
 * else behind the 123 key. UI thread. */
#ifndef BW_UI_KEYBOARD_H
#define BW_UI_KEYBOARD_H

#include "ui/draw/page.h"

struct bw_ui_keyboard {
    SDL_Rect area;
    bool digits; /* the 123 keys are up (where they aren't always) */
    bool code;   /* digits are wanted: a code may be typed */
    bool shift;
    bool has_shift;
    enum bw_action back; /* first key of the last row: BACK or CLEAR; NONE: no such key */
    const char *back_key, *back_icon;
};

/* Height in pixels that the keys would like; the area may be lower. */
int bw_ui_keyboard_height(const struct bw_ui_metric *metric, bool code);
void bw_ui_keyboard_draw(struct bw_ui_page *page, const struct bw_ui_keyboard *keyboard);

/* The field that it writes to: icon, text with a caret, or what to type in grey. */
struct bw_ui_field {
    const char *icon, *text, *placeholder;
    bool active, missing;
    int64_t mono_ms;
    bool still; /* the caret doesn't blink */
};
void bw_ui_field_draw(
    struct bw_ui_page *page, SDL_Rect rect, const struct bw_ui_field *field);

#endif
