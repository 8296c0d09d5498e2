/* Touch, keyboard and the scanner that types: what the input remembers from one event to
 * the next. UI thread only. */
#ifndef BW_APP_INPUT_H
#define BW_APP_INPUT_H

#include "app/input/keyboard_scanner.h"
#include "app/input/server_keys.h"

#include <SDL.h>
#include <ui/ui.h>

struct bw_input {
    struct bw_keyboard_scanner scanner;
    int64_t heard_ms; /* time spent listening: the scanner's clock, so that a slow picture
                         makes no scanner look slow */
    bool repeats;     /* the last key went down because it is held */
    uint32_t struck_ms; /* SDL's time when a key was last struck */
    struct bw_server_keys server_keys;
    bool pressed;
    bool held;         /* the press has acted already, by repeating */
    int64_t repeat_ms; /* monotonic; INT64_MAX: what is pressed doesn't repeat */
    SDL_Point press_px;
    struct bw_ui_hit press;
    struct bw_view press_view; /* as it was painted then */
    uint32_t painted_ms; /* SDL's time: who touched before it can't have seen the last
                            page */
};

struct bw_app;

/* One SDL event becomes a stimulus, or nothing. */
void bw_input_take(struct bw_app *app, const SDL_Event *event);

/* "Wis" goes on while a finger stays on it. */
void bw_input_repeat(struct bw_app *app);

/* What the scanner held back, once it's clear that a person typed it;
 * with `all` at once. */
void bw_input_flush_typed(struct bw_app *app, bool all);

/* How long nothing is due here, of `left_ms` at most. */
int64_t bw_input_wait_ms(const struct bw_input *input, int64_t now_ms, int64_t left_ms);

#endif
