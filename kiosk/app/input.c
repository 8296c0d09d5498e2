/* SDL's events become stimuli here, once; past this file nothing knows pixels or keys.
 * UI thread only. */
#include "kiosk_parts.h"

#include <stdlib.h>
#include <string.h>
#include <ui/draw/metric.h>

static void
on_typed(struct kiosk *kiosk, const char *utf8)
{
    /* one character a stimulus */
    while (*utf8 != '\0') {
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_TEXT};
        size_t length = 1;
        while (((unsigned char)utf8[length] & 0xc0) == 0x80) {
            length++;
        }
        memcpy(stimulus.text, utf8, length);
        utf8 += length;
        kiosk_step(kiosk, &stimulus);
    }
}

void
kiosk_flush_typed(struct kiosk *kiosk, bool all)
{
    char typed[BW_WEDGE_TYPED_BYTES];
    if (bw_wedge_flush(&kiosk->wedge, kiosk->heard_ms, all, typed)) {
        on_typed(kiosk, typed);
    }
}

static void
on_enter(struct kiosk *kiosk)
{
    kiosk_flush_typed(kiosk, true);
    struct bw_ui_hit hit = bw_ui_focused(kiosk->ui);
    if (hit.action != BW_ACTION_NONE) {
        kiosk_act(kiosk, hit.action, hit.index);
    } else {
        kiosk_act(kiosk, BW_ACTION_ENTER, 0);
    }
}

struct key_row {
    SDL_Keycode key;
    enum bw_ui_focus_move move; /* where action is NONE */
    enum bw_action action;
};

static const struct key_row keys[] = {
    {SDLK_TAB, BW_FOCUS_NEXT, BW_ACTION_NONE},
    {SDLK_LEFT, BW_FOCUS_LEFT, BW_ACTION_NONE},
    {SDLK_RIGHT, BW_FOCUS_RIGHT, BW_ACTION_NONE},
    {SDLK_UP, BW_FOCUS_UP, BW_ACTION_NONE},
    {SDLK_DOWN, BW_FOCUS_DOWN, BW_ACTION_NONE},
    {SDLK_BACKSPACE, BW_FOCUS_OFF, BW_ACTION_DELETE},
    {SDLK_ESCAPE, BW_FOCUS_OFF, BW_ACTION_BACK},
    {SDLK_PAGEUP, BW_FOCUS_OFF, BW_ACTION_PREVIOUS},
    {SDLK_PAGEDOWN, BW_FOCUS_OFF, BW_ACTION_NEXT},
};

static void
on_key(struct kiosk *kiosk, const SDL_KeyboardEvent *key)
{
    char text[BW_WEDGE_TEXT_BYTES];
    bool shift = (key->keysym.mod & KMOD_SHIFT) != 0;
    int64_t now_ms = kiosk->heard_ms;
    switch (bw_wedge_key(&kiosk->wedge, (int)key->keysym.scancode, shift, now_ms, text)) {
    case BW_WEDGE_HELD:
        break;
    case BW_WEDGE_ENTER:
        on_enter(kiosk);
        return;
    case BW_WEDGE_SCAN: {
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_SCAN, .hand_scanner = true};
        memcpy(stimulus.text, text, strlen(text) + 1);
        kiosk_step(kiosk, &stimulus);
        return;
    }
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].key != key->keysym.sym) {
            continue;
        }
        if (keys[i].action != BW_ACTION_NONE) {
            kiosk_flush_typed(kiosk, true);
            kiosk_act(kiosk, keys[i].action, 0);
        } else {
            bool back = keys[i].move == BW_FOCUS_NEXT && shift;
            bw_ui_focus(kiosk->ui, back ? BW_FOCUS_PREVIOUS : keys[i].move);
            kiosk_act(kiosk, BW_ACTION_FOCUS, 0);
        }
    }
}

enum { HOLD_MS = 400, REPEAT_MS = 120 };

void
kiosk_repeat(struct kiosk *kiosk)
{
    int64_t now_ms = kiosk_now(kiosk).mono_ms;
    if (now_ms < kiosk->repeat_ms) {
        return;
    }
    /* something else may lie there by now */
    struct bw_ui_hit hit = bw_ui_hit(kiosk->ui, kiosk->press_px.x, kiosk->press_px.y);
    bool same = hit.action == kiosk->press.action;
    kiosk->held = true;
    kiosk->repeat_ms = same ? now_ms + REPEAT_MS : INT64_MAX;
    if (same) {
        kiosk_act(kiosk, hit.action, hit.index);
    }
}

/* Drawing a list up or down by more than a finger's breadth turns its page. */
static enum bw_action
page_turn(const struct kiosk *kiosk, const SDL_MouseButtonEvent *button)
{
    enum bw_screen screen = kiosk->view.screen;
    int breadth = bw_ui_metric(kiosk->ui)->touch;
    int across = abs(button->x - kiosk->press_px.x);
    int down = button->y - kiosk->press_px.y;
    bool list = screen == BW_SCREEN_STAFF || screen == BW_SCREEN_EVACUATION;
    if (!list || !kiosk->pressed || abs(down) <= breadth || abs(down) <= across) {
        return BW_ACTION_NONE;
    }
    return down < 0 ? BW_ACTION_NEXT : BW_ACTION_PREVIOUS;
}

/* A target reacts when the finger is lifted where it came down. */
static void
on_button(struct kiosk *kiosk, const SDL_MouseButtonEvent *button)
{
    struct bw_ui_hit hit = bw_ui_hit(kiosk->ui, button->x, button->y);
    bw_ui_focus(kiosk->ui, BW_FOCUS_OFF);
    kiosk->repeat_ms = INT64_MAX;
    if (button->state == SDL_PRESSED) {
        bool repeats = hit.action == BW_ACTION_DELETE;
        kiosk->pressed = true;
        kiosk->held = false;
        kiosk->press_px = (SDL_Point){button->x, button->y};
        kiosk->repeat_ms = repeats ? kiosk_now(kiosk).mono_ms + HOLD_MS : INT64_MAX;
        kiosk->press = hit;
        bw_ui_press(kiosk->ui, hit);
        kiosk->dirty = true;
        return;
    }
    struct bw_ui_hit none = {BW_ACTION_NONE, 0};
    bw_ui_press(kiosk->ui, none);
    kiosk->dirty = true;
    enum bw_action turn = page_turn(kiosk, button);
    bool same = kiosk->pressed && !kiosk->held && hit.action == kiosk->press.action &&
                hit.index == kiosk->press.index;
    kiosk->pressed = false;
    if (turn != BW_ACTION_NONE) {
        kiosk_act(kiosk, turn, 0);
    } else if (same) {
        kiosk_act(kiosk, hit.action, hit.index);
    }
}

void
kiosk_input(struct kiosk *kiosk, const SDL_Event *event)
{
    switch (event->type) {
    case SDL_KEYDOWN:
        kiosk->repeats = event->key.repeat != 0;
        if (event->key.repeat == 0 || event->key.keysym.sym == SDLK_BACKSPACE) {
            on_key(kiosk, &event->key);
        }
        break;
    case SDL_TEXTINPUT:
        /* a letter that is held is one letter */
        if (!kiosk->repeats) {
            bw_wedge_text(&kiosk->wedge, event->text.text);
        }
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        if (event->button.button == SDL_BUTTON_LEFT) {
            on_button(kiosk, &event->button);
        }
        break;
    case SDL_WINDOWEVENT:
        bw_ui_expose(kiosk->ui);
        kiosk->dirty = true;
        break;
    case SDL_QUIT:
        /* in a window it may be closed; a fullscreen kiosk only by the staff's button */
        kiosk->running = kiosk->running && kiosk->options->width_px == 0;
        break;
    }
}
