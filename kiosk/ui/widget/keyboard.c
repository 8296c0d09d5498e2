/* Rows of keys of equal width; wide keys span several. Where the panel can't give every
 * key 20 mm (ten keys need 245 mm) the keys say so to the tests,
 * and are as large as they go. */
#include "keyboard.h"

#include "ui/draw/run.h"
#include "widget.h"
#include <string.h>

enum { COLUMNS = 10, ROWS_MAX = 5 };

struct key {
    enum bw_action action;
    int character;
    int span;
    const char *icon, *text_key; /* special keys */
};

static const char *const letters[] = {"qwertyuiop", "asdfghjkl'", "zxcvbnm-"};
static const char digits[] = "1234567890";

/* A row of digits of its own: where five rows of 20 mm with 5 mm between fit. */
static bool
has_digit_row(const struct bw_ui_metric *m, bool code)
{
    return code && m->size == BW_UI_ROOMY;
}

static int
rows_of(const struct bw_ui_metric *m, bool code)
{
    return has_digit_row(m, code) ? 5 : 4;
}

static int
key_gap(const struct bw_ui_metric *m)
{
    int least = bw_ui_mm(m, BW_GAP_MM);
    int wide = (m->width_px - 2 * m->margin - (COLUMNS - 1) * m->gap) / COLUMNS;
    if (m->size == BW_UI_COMPACT) {
        return bw_ui_mm(m, 3.5);
    }
    return wide >= m->touch ? (m->gap + least) / 2 : least;
}

int
bw_ui_keyboard_height(const struct bw_ui_metric *m, bool code)
{
    int rows = rows_of(m, code);
    int key = m->portrait ? m->touch * 3 / 2 : m->touch;
    return rows * key + (rows - 1) * key_gap(m);
}

static void
draw_key(struct bw_ui_page *page, SDL_Rect rect, const struct key *key, bool shift)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    int character = key->character;
    struct bw_ui_look look = {.kind = BW_BUTTON_SECONDARY,
        .ink = BW_INKT,
        .edge = BW_RAND,
        .text = text,
        .type = BW_T4,
        .icon = key->icon,
        .icon_px = bw_ui_px(m, 4)};
    if (key->text_key) {
        bw_ui_say(page, key->text_key, NULL, text);
        look.fill = BW_MIST;
        look.type = BW_T2;
    } else {
        bool upper = shift && character >= 'a' && character <= 'z';
        character = upper ? character - 'a' + 'A' : character;
        text[bw_ui_utf8_put((uint32_t)character, text)] = '\0';
    }
    int least = bw_ui_mm(m, BW_TOUCH_MM);
    page->crowded = rect.w < least || rect.h < least || m->size == BW_UI_COMPACT;
    bw_ui_look_draw(page, rect, &look, key->action, character);
    page->crowded = false;
}

static void
draw_row(struct bw_ui_page *page, const struct bw_ui_keyboard *keyboard, SDL_Rect row,
    const struct key *keys, int count)
{
    int gap = key_gap(page->kit.metric);
    int at = 0;
    for (int i = 0; i < count; i++) {
        int left = at * (row.w + gap) / COLUMNS;
        at += keys[i].span;
        int right = at * (row.w + gap) / COLUMNS - gap;
        SDL_Rect rect = {.x = row.x + left, .y = row.y, .w = right - left, .h = row.h};
        draw_key(page, rect, &keys[i], keyboard->shift);
    }
}

static int
letter_keys(const char *row, struct key *keys)
{
    int count = 0;
    for (; *row; row++) {
        keys[count++] =
            (struct key){.action = BW_ACTION_KEY, .character = *row, .span = 1};
    }
    return count;
}

static int
last_row(const struct bw_ui_page *page, const struct bw_ui_keyboard *keyboard,
    struct key *keys)
{
    bool toggles = keyboard->code && !has_digit_row(page->kit.metric, keyboard->code);
    int count = 0;
    int left = COLUMNS;
    if (keyboard->back != BW_ACTION_NONE) {
        keys[count++] = (struct key){.action = keyboard->back,
            .span = toggles ? 2 : 3,
            .icon = keyboard->back_icon,
            .text_key = keyboard->back_key};
    }
    if (keyboard->has_shift) {
        keys[count++] = (struct key){.action = BW_ACTION_SHIFT,
            .span = 3,
            .icon = "chevron-up",
            .text_key = "zo.shift"};
    }
    if (toggles) {
        keys[count++] = (struct key){.action = BW_ACTION_DIGITS,
            .span = 2,
            .text_key = keyboard->digits ? "zo.letters" : "zo.digits"};
    }
    for (int i = 0; i < count; i++) {
        left -= keys[i].span;
    }
    int clear = keyboard->back == BW_ACTION_CLEAR ? 0 : 3;
    keys[count++] = (struct key){.action = BW_ACTION_SPACE,
        .span = left - clear,
        .icon = "space",
        .text_key = "zo.space"};
    if (clear) {
        keys[count++] = (struct key){.action = BW_ACTION_CLEAR,
            .span = clear,
            .icon = "close",
            .text_key = "zo.clear"};
    }
    return count;
}

void
bw_ui_keyboard_draw(struct bw_ui_page *page, const struct bw_ui_keyboard *keyboard)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int rows = rows_of(m, keyboard->code);
    int gap = key_gap(m);
    struct key keys[COLUMNS + 2];
    SDL_Rect row = keyboard->area;
    if (m->portrait) { /* ten keys of 20 mm need nearly the whole width */
        row.x = bw_ui_px(m, 2);
        row.w = m->width_px - 2 * row.x;
    }
    row.h = (keyboard->area.h - (rows - 1) * gap) / rows;
    int step = row.h + gap;
    if (rows == ROWS_MAX) {
        draw_row(page, keyboard, row, keys, letter_keys(digits, keys));
        row.y += step;
    }
    for (int i = 0; i < 3; i++) {
        bool swapped = i == 0 && keyboard->digits && rows < ROWS_MAX;
        int count = letter_keys(swapped ? digits : letters[i], keys);
        if (i == 2) {
            keys[count++] = (struct key){.action = BW_ACTION_DELETE,
                .span = 2,
                .icon = "backspace",
                .text_key = "zo.del"};
        }
        draw_row(page, keyboard, row, keys, count);
        row.y += step;
    }
    draw_row(page, keyboard, row, keys, last_row(page, keyboard, keys));
}

/* The end of what was typed stays in sight. */
static const char *
visible_end(
    struct bw_ui_page *page, const char *text, struct bw_ui_style style, int space)
{
    const char *end = text + strlen(text);
    while (*text && bw_ui_text_width(page->kit.text, text, style) > space) {
        bw_ui_utf8_next(&text, end);
    }
    return text;
}

void
bw_ui_field_draw(struct bw_ui_page *page, SDL_Rect rect, const struct bw_ui_field *field)
{
    const struct bw_ui_metric *m = page->kit.metric;
    bw_ui_colour edge = field->missing ? BW_ROOD : field->active ? BW_GRACHT : BW_RAND;
    int border = bw_ui_px(m, field->active || field->missing ? 0.5 : 0.333);
    bw_ui_page_bordered(page, rect, m->r2, BW_WIT, border > 1 ? border : 2, edge);
    int pad = bw_ui_px(m, m->size == BW_UI_COMPACT ? 1.8 : 2.6);
    int icon = field->icon ? bw_ui_px(m, 4.4) : 0;
    int x = rect.x + pad;
    if (icon) {
        SDL_Rect at = {.x = x, .y = rect.y + (rect.h - icon) / 2, .w = icon, .h = icon};
        bw_ui_page_icon(page, field->icon, at, BW_GRACHT);
        x += icon + bw_ui_px(m, 2);
    }
    bool empty = !field->text[0];
    int space = rect.x + rect.w - pad - x;
    struct bw_ui_style style =
        bw_ui_page_style(page, empty ? BW_T2 : BW_T4, empty ? BW_MEDIUM : BW_BOLD);
    int least = bw_ui_page_style(page, BW_T2, BW_BOLD).px;
    while (bw_ui_line_height(style) > rect.h - 2 * border && style.px > least) {
        style.px--;
    }
    int y = rect.y + (rect.h - bw_ui_line_height(style)) / 2;
    int caret = x;
    if (empty) {
        bw_ui_page_line_fit(page, x + bw_ui_px(m, 1), y, space - bw_ui_px(m, 1), style,
            BW_STEEN, field->placeholder);
    } else {
        const char *shown =
            visible_end(page, field->text, style, space - bw_ui_px(m, 1.5));
        caret += bw_ui_page_line(page, x, y, style, BW_INKT, shown) + bw_ui_px(m, 0.4);
    }
    bool lit = field->still || field->mono_ms % BW_CARET_MS < BW_CARET_MS / 2;
    if (field->active && lit) {
        int tall = rect.h * 3 / 5;
        SDL_Rect bar = {.x = caret,
            .y = rect.y + (rect.h - tall) / 2,
            .w = bw_ui_px(m, 0.45) > 1 ? bw_ui_px(m, 0.45) : 2,
            .h = tall};
        bw_ui_page_fill(page, bar, BW_GRACHT)->decoration = true;
    }
    if (field->active && !field->still) {
        bw_ui_page_again(page, BW_CARET_MS / 2 - field->mono_ms % (BW_CARET_MS / 2));
    }
}
