/* 11: is everything safe, and what needs somebody. Six tiles, a few buttons; the sessions
 * to switch between; the end of the day. */
#include "screen.h"

#include "ui/widget/widget.h"
#include <stdio.h>

static int
tile_columns(const struct bw_ui_metric *m)
{
    return m->portrait ? 2 : 3;
}

/* ---- the buttons ---- */

/* On a low panel a third row would take the tiles' second lines. */
static int
button_columns(const struct bw_ui_metric *m, int count)
{
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    return m->portrait ? 2 : low && count > 8 ? 5 : 4;
}

static int
buttons_rows(const struct bw_ui_metric *m, int count)
{
    int columns = button_columns(m, count);
    return (count + columns - 1) / columns;
}

static int
buttons_height(const struct bw_ui_metric *m, int count, int gap)
{
    int rows = buttons_rows(m, count);
    return rows * m->touch + (rows - 1) * gap;
}

/* With its text in `ret_text` (BW_WORDING_BYTES). */
static struct bw_ui_look
button_look(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_button *button, char *ret_text)
{
    bw_ui_say(page, button->key, &view->kiosk.values, ret_text);
    struct bw_ui_look look = {
        .kind = button->kind, .icon = button->icon, .text = ret_text, .tight = true};
    if (button->action == BW_ACTION_QUIT) {
        look.ink = look.edge = BW_ROOD;
    }
    return look;
}

/* Their cells in the grid, in order: back in its lowest corner at the left, what is left
 * of the others at the right of that line. */
static void
place_buttons(const struct bw_view *view, int columns, int ret_cells[BW_VIEW_BUTTONS])
{
    int last = (view->buttons_count - 1) / columns * columns;
    int shift = columns - (view->buttons_count - last);
    int cell = 0;
    for (int i = 0; i < view->buttons_count; i++) {
        bool back = view->buttons[i].action == BW_ACTION_BACK;
        ret_cells[i] = back ? last : cell < last ? cell : cell + 1 + shift;
        cell += !back;
    }
}

static void
draw_buttons(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area, int gap)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int columns = button_columns(m, view->buttons_count);
    int width = (area.w - (columns - 1) * gap) / columns;
    int high = m->touch;
    int cells[BW_VIEW_BUTTONS];
    char text[BW_WORDING_BYTES];
    bool bare[BW_VIEW_BUTTONS] = {false}; /* a row: one has no room for its icon */
    place_buttons(view, columns, cells);
    for (int i = 0; i < view->buttons_count; i++) {
        struct bw_ui_look look = button_look(page, view, &view->buttons[i], text);
        bare[cells[i] / columns] |= bw_ui_look_lines_width(page, &look) > width;
    }
    for (int i = 0; i < view->buttons_count; i++) {
        const struct bw_button *button = &view->buttons[i];
        int row = cells[i] / columns;
        SDL_Rect rect = {.x = area.x + cells[i] % columns * (width + gap),
            .y = area.y + row * (high + gap),
            .w = width,
            .h = high};
        struct bw_ui_look look = button_look(page, view, button, text);
        look.icon = bare[row] ? NULL : look.icon;
        bw_ui_look_draw(page, rect, &look, button->action, button->index);
    }
}

/* ---- the tiles ---- */

struct chip {
    const char *key, *icon;
    bw_ui_colour ink;
};

static const struct chip chips[] = {
    [BW_TILE_OK] = {"de.ok", "check", BW_GROEN},
    [BW_TILE_LOOK] = {"de.att", "alert", BW_WIT},
    [BW_TILE_BUSY] = {"de.doing", "sync", BW_STEEN},
    [BW_TILE_WAITING] = {"de.waits", "hourglass", BW_STEEN},
};

static int
chip_words(struct bw_ui_page *page, const struct bw_tile *tile, char *ret_text)
{
    bw_ui_say(page, chips[tile->state].key, NULL, ret_text);
    return bw_ui_px(page->kit.metric, 1.4) + bw_ui_text_width(page->kit.text, ret_text,
                                                 bw_ui_page_style(page, BW_T1, BW_BOLD));
}

static int
chip_padding(struct bw_ui_page *page, const struct bw_tile *tile)
{
    return tile->state == BW_TILE_LOOK ? bw_ui_px(page->kit.metric, 1.2) : 0;
}

static int
title_icon(struct bw_ui_page *page)
{
    const struct bw_ui_metric *m = page->kit.metric;
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    return low ? 0 : bw_ui_icon_px(page, 4, bw_ui_page_style(page, BW_T1, BW_MEDIUM));
}

/* What title and chip take with all their words, without the title's icon. */
static int
words_width(struct bw_ui_page *page, const struct bw_tile *tile)
{
    struct bw_ui_style plain = bw_ui_page_style(page, BW_T1, BW_MEDIUM);
    char text[BW_WORDING_BYTES];
    int chip = bw_ui_icon_px(page, 3.2, plain) + 2 * chip_padding(page, tile) +
               chip_words(page, tile, text);
    bw_ui_say(page, tile->title, &tile->values, text);
    return bw_ui_text_width(page->kit.text, text, plain) + bw_ui_px(page->kit.metric, 1) +
           chip;
}

/* The top line of every tile: what one has to leave out, all leave out. */
struct tile_top {
    bool brief; /* chips are their icons alone: one's words would push its title out */
    int icon;   /* of the title; 0: none, the words before the picture */
};

static struct tile_top
measure_tops(struct bw_ui_page *page, const struct bw_view *view, int width)
{
    int widest = 0;
    for (int i = 0; i < BW_TILES; i++) {
        widest = SDL_max(widest, words_width(page, &view->kiosk.tiles[i]));
    }
    int icon = title_icon(page);
    bool brief = widest > width;
    bool full = widest + icon + bw_ui_px(page->kit.metric, 1.4) > width;
    return (struct tile_top){.brief = brief, .icon = full && !brief ? 0 : icon};
}

/* How it stands, at the right end of the line. Returns its width. */
static int
draw_chip(struct bw_ui_page *page, const struct bw_tile *tile, SDL_Rect line, bool brief)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct chip *chip = &chips[tile->state];
    char text[BW_WORDING_BYTES];
    struct bw_ui_style style = bw_ui_page_style(page, BW_T1, BW_BOLD);
    int icon = bw_ui_icon_px(page, 3.2, style);
    int pad = chip_padding(page, tile);
    int words = chip_words(page, tile, text);
    int width = icon + 2 * pad + (brief ? 0 : words);
    SDL_Rect box = {.x = line.x + line.w - width, .y = line.y, .w = width, .h = line.h};
    if (tile->state == BW_TILE_LOOK) {
        bw_ui_page_round(page, box, m->r1, BW_ROOD);
    }
    SDL_Rect inside = bw_ui_inset(box, pad, 0);
    if (brief) {
        bw_ui_page_icon(page, chip->icon, bw_ui_centred(inside, icon, icon), chip->ink);
    } else {
        inside.w += icon; /* as wide as it was measured */
        bw_ui_tag(page, inside, chip->icon, icon, style, chip->ink, text);
    }
    return width;
}

/* Title and how it stands. Returns its height. */
static int
draw_tile_top(struct bw_ui_page *page, const struct bw_tile *tile, SDL_Rect inside,
    const struct tile_top *look)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    struct bw_ui_style plain = bw_ui_page_style(page, BW_T1, BW_MEDIUM);
    SDL_Rect top = inside;
    top.h = bw_ui_line_height(plain) + bw_ui_px(m, low ? 0 : 0.6);
    bw_ui_say(page, tile->title, &tile->values, text);
    SDL_Rect title = top;
    title.w -= draw_chip(page, tile, top, look->brief) + bw_ui_px(m, 0.8);
    if (look->icon) {
        bw_ui_tag(page, title, tile->icon, look->icon, plain, BW_INKT, text);
    } else {
        bw_ui_page_line_fit(page, title.x,
            title.y + (title.h - bw_ui_line_height(plain)) / 2, title.w, plain, BW_INKT,
            text);
    }
    return top.h;
}

/* The two texts of a tile as they stand in it. */
struct tile_words {
    struct bw_ui_block head, body;
    int head_h, body_h; /* the highest of all tiles: the last line of every head, and the
                         * first below it, share their baselines */
};

static void
tile_texts(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_tile *tile, char *ret_head, char *ret_body)
{
    bw_ui_say_when(page, view, tile->line1, &tile->values, ret_head);
    ret_body[0] = '\0';
    if (tile->line2[0]) {
        bw_ui_say_when(page, view, tile->line2, &tile->values, ret_body);
    }
}

/* Within a tile of that inside; heads of one line where it has no room for two. */
static struct tile_words
measure_words(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect inside)
{
    struct tile_words words = {
        .head = {.style = bw_ui_page_style(page, BW_T2, BW_BLACK),
            .leading = 1.15,
            .width = inside.w,
            .lines_max = 2},
        .body = {.style = bw_ui_page_style(page, BW_T1, BW_MEDIUM),
            .leading = 1.2,
            .width = inside.w,
            .lines_max = 2},
    };
    int top = bw_ui_line_height(words.body.style);
    if (top + 2 * bw_ui_line_height(words.head.style) > inside.h) {
        words.head.lines_max = 1;
    }
    for (int i = 0; i < BW_TILES; i++) {
        char head[BW_WORDING_BYTES], body[BW_WORDING_BYTES];
        tile_texts(page, view, &view->kiosk.tiles[i], head, body);
        int head_h = bw_ui_block_height(page, &words.head, head);
        int body_h = *body ? bw_ui_block_height(page, &words.body, body) : 0;
        words.head_h = SDL_max(words.head_h, head_h);
        words.body_h = SDL_max(words.body_h, body_h);
    }
    return words;
}

static SDL_Rect
inside_tile(const struct bw_ui_metric *m, SDL_Rect rect)
{
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    return bw_ui_inset(rect, bw_ui_px(m, low ? 1.2 : 2), bw_ui_px(m, low ? 0.6 : 1.6));
}

static void
draw_tile(struct bw_ui_page *page, const struct bw_view *view, const struct bw_tile *tile,
    SDL_Rect rect, const struct tile_words *words, const struct tile_top *look)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char head[BW_WORDING_BYTES], body[BW_WORDING_BYTES];
    if (tile->state == BW_TILE_LOOK) {
        bw_ui_page_bordered(page, rect, m->r2, BW_ROOD_LICHT, bw_ui_px(m, 0.4), BW_ROOD);
    } else {
        bw_ui_panel(page, rect, BW_WIT, BW_PANEEL_RAND);
    }
    SDL_Rect inside = inside_tile(m, rect);
    int top = draw_tile_top(page, tile, inside, look);
    tile_texts(page, view, tile, head, body);
    bool both = top + words->head_h + words->body_h <= inside.h;
    int below = inside.y + inside.h - (both ? words->body_h : 0);
    int y = below - bw_ui_block_height(page, &words->head, head);
    y = SDL_max(y, inside.y + top);
    bw_ui_page_block(page, inside.x, y, &words->head, BW_INKT, head);
    if (both && *body) {
        bw_ui_page_block(page, inside.x, below, &words->body, BW_STEEN, body);
    }
}

static void
draw_tiles(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int columns = tile_columns(m);
    int rows = BW_TILES / columns;
    int gap = bw_ui_px(m, m->size == BW_UI_ROOMY ? 2.5 : 1.4);
    int width = (area.w - (columns - 1) * gap) / columns;
    int height = (area.h - (rows - 1) * gap) / rows;
    int most = bw_ui_px(m, 30); /* upright, a tile isn't drawn out */
    height = height < most ? height : most;
    SDL_Rect inside = inside_tile(m, (SDL_Rect){.w = width, .h = height});
    struct tile_top look = measure_tops(page, view, inside.w);
    struct tile_words words = measure_words(page, view, inside);
    for (int i = 0; i < BW_TILES; i++) {
        SDL_Rect rect = {.x = area.x + i % columns * (width + gap),
            .y = area.y + i / columns * (height + gap),
            .w = width,
            .h = height};
        draw_tile(page, view, &view->kiosk.tiles[i], rect, &words, &look);
    }
}

/* ---- other faces of the screen ---- */

/* What runs, or how the last one ended. */
static int
draw_outcome(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    bool busy = view->kiosk.busy[0];
    const char *key = busy ? view->kiosk.busy : view->kiosk.outcome;
    if (!key[0]) {
        return 0;
    }
    bw_ui_say(page, key, &view->kiosk.values, text);
    struct bw_ui_style style = bw_ui_page_style(page, BW_T2, BW_BOLD);
    int height = bw_ui_line_height(style) + bw_ui_px(m, 0.5);
    area.y += area.h - height;
    area.h = height;
    bw_ui_tag(page, area, busy ? "sync" : "info", bw_ui_px(m, 4), style, BW_INKT, text);
    return height + bw_ui_px(m, 1);
}

static void
draw_closing(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char head[BW_WORDING_BYTES], body[BW_WORDING_BYTES];
    const struct bw_values *values = &view->kiosk.values;
    bool done = view->overview.unsent == 0;
    bw_ui_say(page, "de.day.h", values, head);
    bw_ui_say(page,
        done            ? "de.close0"
        : values->n > 0 ? "de.day.p"
                        : "de.day.note",
        values, body);
    bw_ui_panel(
        page, area, done ? BW_GROEN_LICHT : BW_WIT, done ? BW_GROEN : BW_PANEEL_RAND);
    int icon = bw_ui_px(m, m->size == BW_UI_COMPACT ? 9 : 14);
    SDL_Rect inside = bw_ui_inset(area, bw_ui_px(m, 4), bw_ui_px(m, 2));
    struct bw_ui_block title = {.style = bw_ui_page_style(page, BW_T5, BW_BLACK),
        .leading = 1.15,
        .width = inside.w - icon - bw_ui_px(m, 4),
        .lines_max = 2};
    struct bw_ui_block text = title;
    text.style = bw_ui_page_style(page, BW_T3, BW_MEDIUM);
    text.leading = 1.3;
    text.lines_max = 4;
    text.balanced = true;
    int title_h = bw_ui_block_height(page, &title, head);
    int text_h = bw_ui_block_height(page, &text, body);
    int y = inside.y + (inside.h - title_h - text_h - bw_ui_px(m, 1.5)) / 2;
    bw_ui_page_icon(page, done ? "check-circle" : "outbox",
        (SDL_Rect){
            .x = inside.x, .y = inside.y + (inside.h - icon) / 2, .w = icon, .h = icon},
        done ? BW_GROEN : BW_GRACHT);
    int x = inside.x + icon + bw_ui_px(m, 4);
    bw_ui_page_block(page, x, y, &title, BW_INKT, head);
    bw_ui_page_block(page, x, y + title_h + bw_ui_px(m, 1.5), &text, BW_INKT, body);
}

static void
draw_sessions(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int columns = m->portrait ? 1 : 2;
    int gap = bw_ui_mm(m, BW_GAP_MM);
    int width = (area.w - (columns - 1) * gap) / columns;
    int height = m->touch + bw_ui_px(m, 2);
    int fits = (area.h + gap) / (height + gap) * columns;
    for (int i = 0; i < view->kiosk.sessions_count && i < fits; i++) {
        const struct bw_session_choice *choice = &view->kiosk.sessions[i];
        char title[BW_LINE_BYTES], raw[BW_WORDING_BYTES], date[BW_WORDING_BYTES];
        char both[BW_LINE_BYTES * 2];
        bw_ui_wording_clean(choice->title, raw, sizeof raw);
        bw_ui_wording_moment(
            page->kit.wording, BW_MOMENT_DATE, choice->starts_ms, date, sizeof date);
        bw_ui_text_fit(page->kit.text, raw, bw_ui_page_style(page, BW_T2, BW_BOLD),
            width - bw_ui_px(m, 12), title);
        snprintf(both, sizeof both, "%s\n%s", title, date);
        struct bw_ui_look look = {.kind = BW_BUTTON_SECONDARY,
            .fill = choice->active ? BW_MIST : BW_WIT, /* as a tab that is on */
            .icon = choice->active ? "check" : "calendar",
            .text = both,
            .left = true};
        SDL_Rect rect = {.x = area.x + i % columns * (width + gap),
            .y = area.y + i / columns * (height + gap),
            .w = width,
            .h = height};
        bw_ui_look_draw(page, rect, &look, BW_ACTION_SWITCH, i);
    }
}

void
bw_ui_screen_kiosk(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char detail[BW_WORDING_BYTES];
    struct bw_values values = {0};
    page->reader = BW_STAFF;
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_PAPIER);
    snprintf(values.id, sizeof values.id, "%s", view->overview.device_name);
    bw_ui_say(page, "de.name", &values, detail);
    int top = bw_ui_staff_header(page, view, detail) +
              bw_ui_px(m, m->size == BW_UI_COMPACT ? 1 : 2.5);
    int gap = m->size == BW_UI_ROOMY && view->buttons_count <= 9 ? m->gap
                                                                 : bw_ui_mm(m, BW_GAP_MM);
    int bar = buttons_height(m, view->buttons_count, gap);
    int foot = bw_ui_px(m, m->portrait ? 8 : m->size == BW_UI_COMPACT ? 1 : 4);
    SDL_Rect area = {.x = m->margin,
        .y = m->height_px - foot - bar,
        .w = m->width_px - 2 * m->margin,
        .h = bar};
    draw_buttons(page, view, area, gap);
    SDL_Rect above = {.x = area.x,
        .y = top,
        .w = area.w,
        .h = area.y - bw_ui_px(m, m->size == BW_UI_COMPACT ? 1 : 2.5) - top};
    above.h -= draw_outcome(page, view, above);
    if (view->kiosk.choosing) {
        draw_sessions(page, view, above);
    } else if (view->kiosk.closing) {
        draw_closing(page, view, above);
    } else {
        draw_tiles(page, view, above);
    }
}
