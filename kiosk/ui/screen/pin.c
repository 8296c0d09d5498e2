/* 08: the staff's door. Dots as typed, never a digit; the same pad in the same place. */
#include "screen.h"

#include "ui/widget/widget.h"

enum { PAD_COLUMNS = 3, PAD_ROWS = 4 };

struct pad_key {
    enum bw_action action;
    int character;
    const char *icon, *key;
};

static const struct pad_key pad[PAD_ROWS][PAD_COLUMNS] = {
    {{BW_ACTION_KEY, '1', 0, 0}, {BW_ACTION_KEY, '2', 0, 0}, {BW_ACTION_KEY, '3', 0, 0}},
    {{BW_ACTION_KEY, '4', 0, 0}, {BW_ACTION_KEY, '5', 0, 0}, {BW_ACTION_KEY, '6', 0, 0}},
    {{BW_ACTION_KEY, '7', 0, 0}, {BW_ACTION_KEY, '8', 0, 0}, {BW_ACTION_KEY, '9', 0, 0}},
    {{BW_ACTION_DELETE, 0, "backspace", "pin.del"}, {BW_ACTION_KEY, '0', 0, 0},
        {BW_ACTION_ENTER, 0, "check", "pin.ok"}},
};

static void
draw_pad_key(
    struct bw_ui_page *page, SDL_Rect rect, const struct pad_key *key, bool locked)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES] = {(char)key->character, '\0'};
    bool ok = key->action == BW_ACTION_ENTER;
    struct bw_ui_look look = {.kind = BW_BUTTON_PRIMARY,
        .text = text,
        .type = BW_T5,
        .edge = ok ? BW_NO_COLOUR : BW_PIN_RAND,
        .icon = key->icon,
        .stacked = key->icon != NULL,
        .icon_px = bw_ui_px(m, 5)};
    if (key->key) {
        bw_ui_say(page, key->key, NULL, text);
        look.type = BW_T1;
        look.small = true;
    }
    if (ok) {
        look.fill = BW_ZON;
        look.ink = BW_INKT;
    }
    if (locked) {
        look.fill = BW_DIEP;
        look.ink = BW_LICHT;
        look.edge = BW_GRACHT;
    }
    bw_ui_look_draw(
        page, rect, &look, locked ? BW_ACTION_NONE : key->action, key->character);
}

static void
draw_pad(struct bw_ui_page *page, SDL_Rect area, const struct bw_pin_view *pin)
{
    int gap = page->kit.metric->gap;
    int width = (area.w - (PAD_COLUMNS - 1) * gap) / PAD_COLUMNS;
    int height = (area.h - (PAD_ROWS - 1) * gap) / PAD_ROWS;
    page->crowded = height < page->kit.metric->touch;
    for (int row = 0; row < PAD_ROWS; row++) {
        for (int column = 0; column < PAD_COLUMNS; column++) {
            SDL_Rect rect = {.x = area.x + column * (width + gap),
                .y = area.y + row * (height + gap),
                .w = width,
                .h = height};
            /* OK waits for the last digit */
            bool waits = pad[row][column].action == BW_ACTION_ENTER &&
                         pin->digits < pin->digits_max;
            draw_pad_key(page, rect, &pad[row][column], pin->locked || waits);
        }
    }
    page->crowded = false;
}

static int
draw_dots(struct bw_ui_page *page, const struct bw_pin_view *pin, int x, int y)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int size = bw_ui_px(m, 5);
    int step = size + bw_ui_px(m, 2.4);
    for (int i = 0; i < pin->digits_max; i++) {
        SDL_Rect dot = {.x = x + i * step, .y = y, .w = size, .h = size};
        bool on = i < pin->digits;
        bw_ui_page_bordered(page, dot, size / 2, on ? BW_ZON : BW_NO_COLOUR,
            on                     ? 0
            : bw_ui_px(m, 0.5) > 1 ? bw_ui_px(m, 0.5)
                                   : 2,
            on ? BW_NO_COLOUR : BW_LICHT);
    }
    return size;
}

static int
draw_words(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_pin_view *pin = &view->pin;
    char text[BW_WORDING_BYTES];
    int icon = bw_ui_px(m, 8);
    bool roomy = m->size == BW_UI_ROOMY && !m->portrait;
    struct bw_ui_block head = {
        .style = bw_ui_page_style(page, roomy ? BW_T6 : BW_T5, BW_BLACK),
        .leading = 1.15,
        .width = area.w - icon - bw_ui_px(m, 2.4),
        .lines_max = 3,
        .balanced = true};
    bw_ui_say(page, "pin.h", NULL, text);
    int head_h = bw_ui_block_height(page, &head, text);
    int tall = head_h > icon ? head_h : icon;
    int y = area.y;
    SDL_Rect at = {.x = area.x, .y = y + (tall - icon) / 2, .w = icon, .h = icon};
    bw_ui_page_icon(page, "lock", at, BW_ZON);
    bw_ui_page_block(page, area.x + icon + bw_ui_px(m, 2.4), y + (tall - head_h) / 2,
        &head, BW_WIT, text);
    y += tall + bw_ui_px(m, 2.4);
    struct bw_ui_block body = {.style = bw_ui_page_style(page, BW_T3, BW_MEDIUM),
        .leading = 1.25,
        .width = area.w,
        .lines_max = 4,
        .balanced = true};
    bw_ui_say(page, pin->hint, &pin->values, text);
    y += bw_ui_page_block(page, area.x, y, &body, BW_WIT, text) + bw_ui_px(m, 2.8);
    y += draw_dots(page, pin, area.x, y) + bw_ui_px(m, 2.4);
    if (pin->help) {
        bw_ui_say(page, "pin.help", &pin->values, text);
        body.style = bw_ui_page_style(page, BW_T2, BW_MEDIUM);
        y += bw_ui_page_block(page, area.x, y, &body, BW_LICHT, text);
    }
    return y;
}

void
bw_ui_screen_pin(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    page->reader = BW_STAFF;
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_DIEP);
    int top = bw_ui_public_header(page, view, true);
    int side = bw_ui_px(m, m->portrait ? 8 : 12);
    side = low ? m->margin : side;
    int bottom = m->height_px - bw_ui_px(m, m->portrait ? 10 : low ? 2 : 4);
    SDL_Rect words = {.x = side, .w = m->width_px - 2 * side};
    SDL_Rect keys = words;
    if (m->portrait) { /* words, keys, way back: one below the other */
        words.y = top + bw_ui_px(m, 6);
        keys.y = bw_ui_px(m, 68);
        keys.h = bottom - m->touch - bw_ui_px(m, 8) - keys.y;
    } else { /* the keys fill the height */
        keys.w = bw_ui_px(m, low ? 54 : 62);
        keys.x = m->width_px - side - keys.w;
        keys.y = top + bw_ui_px(m, low ? 1 : 4);
        keys.h = bottom - keys.y;
        words.y = low ? top + bw_ui_px(m, 2) : keys.y;
        words.w = keys.x - bw_ui_px(m, low ? 4 : 6) - words.x;
    }
    draw_words(page, view, words);
    draw_pad(page, keys, &view->pin);
    bw_ui_say(page, "back", NULL, text);
    struct bw_ui_look back = {.kind = BW_BUTTON_SECONDARY,
        .fill = BW_DIEP,
        .ink = BW_WIT,
        .edge = BW_WIT,
        .icon = "arrow-left",
        .text = text};
    int width = bw_ui_look_width(page, &back);
    SDL_Rect at = {.x = side, .y = bottom - m->touch, .w = width, .h = m->touch};
    bw_ui_look_draw(page, at, &back, BW_ACTION_BACK, 0);
    if (low) { /* the header has no room */
        int right =
            at.x + width + m->gap + bw_ui_languages_width(page) - bw_ui_mm(m, BW_GAP_MM);
        (void)bw_ui_languages_draw(page, right, at.y + at.h / 2, BW_WIT, false);
    }
}
