/* SDL's events become stimuli here, once; past this file nothing knows pixels or keys.
 * UI thread only. */
#include "input.h"

#include "look.h"
#include "step.h"

#include <stdlib.h>
#include <string.h>
#include <ui/draw/metric.h>

static void
on_typed(struct bw_app *app, const char *utf8)
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
        bw_app_step(app, &stimulus);
    }
}

void
bw_input_flush_typed(struct bw_app *app, bool all)
{
    char typed[BW_KEYBOARD_SCANNER_TYPED_BYTES];
    if (bw_keyboard_scanner_flush(&app->input.scanner, app->input.heard_ms, all, typed)) {
        on_typed(app, typed);
    }
}

/* What the target that stood in `then` is by now; TOUCH where it is none any more. */
static struct bw_ui_hit
find_touched(struct bw_app *app, const struct bw_view *then, struct bw_ui_hit hit)
{
    bw_app_look(app);
    if (!bw_flow_find_touched(then, hit.action, hit.index, app->view, &hit.index)) {
        return (struct bw_ui_hit){.action = BW_ACTION_TOUCH};
    }
    return hit;
}

static void
on_enter(struct bw_app *app)
{
    struct bw_ui_hit hit = bw_ui_focused(app->ui);
    bw_input_flush_typed(app, true);
    if (hit.action != BW_ACTION_NONE) {
        hit = find_touched(app, app->painted[0], hit);
        bw_app_act(app, hit.action, hit.index);
    } else {
        bw_app_act(app, BW_ACTION_ENTER, 0);
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

/* A text that a scanner typed. */
static void
on_scanned(struct bw_app *app, const char *text)
{
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_SCAN, .hand_scanner = true};
    memcpy(stimulus.text, text, strlen(text) + 1);
    bw_app_step(app, &stimulus);
}

/* The key's HID usage, for the scanner; -1: it types nothing there. A scanner may end its
 * text with a control character. */
static int
usage_of(const SDL_Keysym *key)
{
    if (key->mod & KMOD_CTRL) {
        bool ends = key->sym == SDLK_j || key->sym == SDLK_m;
        return ends ? SDL_SCANCODE_RETURN : -1;
    }
    if (key->mod & (KMOD_LALT | KMOD_GUI)) {
        return -1;
    }
    return key->mod & (KMOD_RALT | KMOD_MODE) ? 0 : (int)key->scancode;
}

/* True where the key was a scanner's, or Enter. */
static bool
on_scanner_key(struct bw_app *app, const SDL_Keysym *key, bool shift)
{
    char text[BW_KEYBOARD_SCANNER_TEXT_BYTES];
    struct bw_input *input = &app->input;
    int usage = usage_of(key);
    if (usage < 0) {
        return false;
    }
    switch (
        bw_keyboard_scanner_key(&input->scanner, usage, shift, input->heard_ms, text)) {
    case BW_KEYBOARD_SCANNER_HELD:
        return false;
    case BW_KEYBOARD_SCANNER_PART:
        return true;
    case BW_KEYBOARD_SCANNER_ENTER:
        on_enter(app);
        return true;
    case BW_KEYBOARD_SCANNER_SCAN:
        on_scanned(app, text);
        return true;
    }
    return false;
}

static bool
is_shifted(const struct bw_input *input, const SDL_Keysym *key)
{
    return input->server_keys.known ? input->server_keys.shift
                                    : (key->mod & KMOD_SHIFT) != 0;
}

static void
on_key(struct bw_app *app, const SDL_KeyboardEvent *key)
{
    bool shift = is_shifted(&app->input, &key->keysym);
    if (on_scanner_key(app, &key->keysym, shift)) {
        return;
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].key != key->keysym.sym) {
            continue;
        }
        bw_input_flush_typed(app, true);
        if (keys[i].action != BW_ACTION_NONE) {
            bw_app_act(app, keys[i].action, 0);
        } else {
            bool back = keys[i].move == BW_FOCUS_NEXT && shift;
            bw_ui_focus(app->ui, back ? BW_FOCUS_PREVIOUS : keys[i].move);
            bw_app_act(app, BW_ACTION_FOCUS, 0);
        }
    }
}

/* A key that is held repeats after a quarter of a second at the earliest; what SDL calls
 * a repeat sooner is a fast scanner's next stroke of the same key. */
enum { STROKE_MS = 100 };

static bool
is_held(struct bw_input *input, const SDL_KeyboardEvent *key)
{
    bool held =
        key->repeat != 0 && (uint32_t)(key->timestamp - input->struck_ms) >= STROKE_MS;
    input->struck_ms = held ? input->struck_ms : key->timestamp;
    return held;
}

static void
on_composed(struct bw_app *app, const char *utf8)
{
    SDL_Keysym kept;
    if (bw_server_keys_text(&app->input.server_keys, &kept)) {
        (void)on_scanner_key(app, &kept, is_shifted(&app->input, &kept));
    }
    char text[BW_KEYBOARD_SCANNER_TEXT_BYTES];
    if (bw_keyboard_scanner_text(&app->input.scanner, utf8, text) ==
        BW_KEYBOARD_SCANNER_SCAN) {
        on_scanned(app, text);
    }
}

enum { HOLD_MS = 400, REPEAT_MS = 120 };

void
bw_input_repeat(struct bw_app *app)
{
    int64_t now_ms = bw_app_now(app).mono_ms;
    if (now_ms < app->input.repeat_ms) {
        return;
    }
    /* something else may lie there by now */
    struct bw_ui_hit hit =
        bw_ui_hit(app->ui, app->input.press_px.x, app->input.press_px.y);
    bool same = hit.action == app->input.press.action;
    app->input.held = true;
    app->input.repeat_ms = same ? now_ms + REPEAT_MS : INT64_MAX;
    if (same) {
        bw_app_act(app, hit.action, hit.index);
    }
}

/* Drawing a list up or down by more than a finger's breadth turns its page. */
static enum bw_action
page_turn(const struct bw_app *app, const SDL_MouseButtonEvent *button)
{
    enum bw_screen screen = app->view->screen;
    int breadth = bw_ui_metric(app->ui)->touch;
    int across = abs(button->x - app->input.press_px.x);
    int down = button->y - app->input.press_px.y;
    bool list = screen == BW_SCREEN_STAFF || screen == BW_SCREEN_EVACUATION;
    if (!list || !app->input.pressed || abs(down) <= breadth || abs(down) <= across) {
        return BW_ACTION_NONE;
    }
    return down < 0 ? BW_ACTION_NEXT : BW_ACTION_PREVIOUS;
}

/* What is pressed is what the screen showed then: the last page, or the one before where
 * the finger came down while the last one was painted. */
static void
on_press(struct bw_app *app, const SDL_MouseButtonEvent *button)
{
    struct bw_input *input = &app->input;
    bool early = (int32_t)(button->timestamp - input->painted_ms) <= 0;
    input->press = early ? bw_ui_hit_before(app->ui, button->x, button->y)
                         : bw_ui_hit(app->ui, button->x, button->y);
    input->press_view = *app->painted[early];
    bw_ui_take_keys(app->ui);
    bool repeats = input->press.action == BW_ACTION_DELETE;
    input->pressed = true;
    input->held = false;
    input->press_px = (SDL_Point){button->x, button->y};
    input->repeat_ms = repeats ? bw_app_now(app).mono_ms + HOLD_MS : INT64_MAX;
    bw_ui_press(app->ui, find_touched(app, &input->press_view, input->press));
}

/* Lifted on the same target, or nearly where the finger came down: what lies there may be
 * another one by now. */
static bool
is_lifted_there(const struct bw_app *app, const SDL_MouseButtonEvent *button)
{
    const struct bw_input *input = &app->input;
    struct bw_ui_hit hit = bw_ui_hit(app->ui, button->x, button->y);
    int breadth = bw_ui_metric(app->ui)->touch / 2;
    bool near = abs(button->x - input->press_px.x) < breadth &&
                abs(button->y - input->press_px.y) < breadth;
    return near || (hit.action == input->press.action && hit.index == input->press.index);
}

static void
on_lift(struct bw_app *app, const SDL_MouseButtonEvent *button)
{
    struct bw_input *input = &app->input;
    bw_ui_press(app->ui, (struct bw_ui_hit){BW_ACTION_NONE, 0});
    enum bw_action turn = page_turn(app, button);
    bool acts = input->pressed && !input->held && is_lifted_there(app, button);
    input->pressed = false;
    if (turn != BW_ACTION_NONE) {
        bw_app_act(app, turn, 0);
    } else if (acts) {
        struct bw_ui_hit hit = find_touched(app, &input->press_view, input->press);
        bw_app_act(app, hit.action, hit.index);
    }
}

/* A target reacts when the finger is lifted where it came down, after what was typed
 * before. */
static void
on_button(struct bw_app *app, const SDL_MouseButtonEvent *button)
{
    if (!bw_keyboard_scanner_may_be_ticket(&app->input.scanner)) {
        bw_input_flush_typed(app, true);
    }
    bw_ui_focus(app->ui, BW_FOCUS_OFF);
    app->input.repeat_ms = INT64_MAX;
    app->dirty = true;
    if (button->state == SDL_PRESSED) {
        on_press(app, button);
    } else {
        on_lift(app, button);
    }
}

/* Another window that comes up takes the keys, and with them the hand scanner's. */
static void
on_window(struct bw_app *app, const SDL_WindowEvent *event)
{
    bool gained = event->event == SDL_WINDOWEVENT_FOCUS_GAINED;
    if (gained || event->event == SDL_WINDOWEVENT_FOCUS_LOST) {
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_FOCUS, .present = gained};
        bw_app_step(app, &stimulus);
    }
}

void
bw_input_take(struct bw_app *app, const SDL_Event *event)
{
    switch (event->type) {
    case SDL_KEYDOWN:
        bw_server_keys_press(&app->input.server_keys, &event->key.keysym);
        app->input.repeats = is_held(&app->input, &event->key);
        if (!app->input.repeats || event->key.keysym.sym == SDLK_BACKSPACE) {
            on_key(app, &event->key);
        }
        break;
    case SDL_TEXTINPUT:
        /* a letter that is held is one letter */
        if (!app->input.repeats) {
            on_composed(app, event->text.text);
        }
        break;
    case SDL_SYSWMEVENT:
        bw_server_keys_see(&app->input.server_keys, &event->syswm);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        if (event->button.button == SDL_BUTTON_LEFT) {
            on_button(app, &event->button);
        }
        break;
    case SDL_WINDOWEVENT:
        on_window(app, &event->window);
        bw_ui_expose(app->ui);
        app->dirty = true;
        break;
    case SDL_QUIT:
        /* in a window it may be closed; a fullscreen kiosk only by the staff's button */
        app->running = app->running && app->options->width_px == 0;
        break;
    }
}

int64_t
bw_input_wait_ms(const struct bw_input *input, int64_t now_ms, int64_t left_ms)
{
    int64_t typed_ms = bw_keyboard_scanner_next_ms(&input->scanner);
    if (typed_ms != INT64_MAX && typed_ms - input->heard_ms < left_ms) {
        left_ms = typed_ms - input->heard_ms;
    }
    if (input->repeat_ms != INT64_MAX && input->repeat_ms - now_ms < left_ms) {
        left_ms = input->repeat_ms - now_ms;
    }
    return left_ms;
}
