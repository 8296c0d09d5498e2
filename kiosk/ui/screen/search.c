/* 07: the ticket's code, or first and last name. Nothing of anybody shows until the view
 * has a question to ask (its dialog). */
#include "screen.h"

#include "ui/widget/keyboard.h"
#include "ui/widget/widget.h"
#include <string.h>

struct search_words {
    char title[BW_WORDING_BYTES], hint[BW_WORDING_BYTES], help[BW_WORDING_BYTES];
    bool other_hint; /* a word on what was typed, not the usual one */
};

struct search_areas {
    SDL_Rect field, help, keys; /* help: the way to staff */
};

static bool
is_low(const struct bw_ui_metric *m)
{
    return m->size == BW_UI_COMPACT && !m->portrait;
}

/* The clock in the corner, the languages beside it; returns the width that they take. */
static int
draw_clock(struct bw_ui_page *page, const struct bw_view *view, int right, int y)
{
    const struct bw_ui_metric *m = page->kit.metric;
    struct bw_ui_style clock =
        bw_ui_page_style(page, m->size == BW_UI_ROOMY ? BW_T6 : BW_T5, BW_BOLD);
    bw_ui_clock(page, view, right, y, clock, BW_INKT);
    int width = bw_ui_text_width(page->kit.text, "00.00", clock) + bw_ui_px(m, 2.5);
    int middle = y + bw_ui_line_height(clock) / 2;
    return width + bw_ui_languages_draw(page, right - width, middle, BW_GRACHT, false);
}

/* The usual word in grey; one on what was typed stands out, in a box with a sign. Returns
 * the height; draws it only where asked. */
static int
draw_hint(struct bw_ui_page *page, const struct search_words *words, SDL_Rect area,
    int lines, bool draw)
{
    const struct bw_ui_metric *m = page->kit.metric;
    bool other = words->other_hint;
    struct bw_ui_block block = {
        .style = bw_ui_page_style(page, BW_T2, other ? BW_BOLD : BW_MEDIUM),
        .leading = 1.2,
        .width = area.w,
        .lines_max = lines};
    int pad = other ? bw_ui_px(m, 1.2) : 0;
    int icon = other ? bw_ui_icon_px(page, 4, block.style) : 0;
    int beside = other ? icon + 2 * pad : 0;
    block.width -= other ? beside + pad : 0;
    area.h = bw_ui_block_height(page, &block, words->hint) + pad;
    if (draw && other) {
        SDL_Rect at = {
            .x = area.x + pad, .y = area.y + (area.h - icon) / 2, .w = icon, .h = icon};
        bw_ui_page_round(page, area, m->r2, BW_WACHT);
        bw_ui_page_icon(page, "question", at, BW_INKT);
    }
    if (draw) {
        page->said = BW_SAID_TO_DO;
        bw_ui_page_block(page, area.x + beside, area.y + pad / 2, &block,
            other ? BW_INKT : BW_STEEN, words->hint);
        page->said = BW_SAID_DETAIL;
    }
    return area.h;
}

static struct bw_ui_look
help_look(const struct bw_view *view, const struct search_words *words, bool brief)
{
    const struct bw_button *button = &view->buttons[0];
    return (struct bw_ui_look){.kind = button->kind,
        .icon = button->icon,
        .text = brief ? "" : words->help,
        .name = words->help};
}

/* The field takes what the way to staff leaves it of the line. */
static void
share_line(struct bw_ui_page *page, const struct bw_view *view,
    const struct search_words *words, bool brief, struct search_areas *areas)
{
    const struct bw_ui_metric *m = page->kit.metric;
    if (view->buttons_count == 0) {
        return;
    }
    struct bw_ui_look look = help_look(view, words, brief);
    int gap = SDL_max(bw_ui_mm(m, BW_GAP_MM), bw_ui_px(m, 2));
    areas->help = areas->field;
    areas->help.w = bw_ui_look_width(page, &look);
    areas->help.x += areas->field.w - areas->help.w;
    areas->field.w -= areas->help.w + gap;
}

/* A low panel has no head: what to type stands in the field, and a word on what was typed
 * between field and keys. */
static struct search_areas
lay_out_low(
    struct bw_ui_page *page, const struct bw_view *view, const struct search_words *words)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int width = m->width_px - 2 * m->margin;
    int y = bw_ui_px(m, 1);
    int line =
        bw_ui_line_height(bw_ui_page_style(page, BW_T2, BW_BOLD)) + bw_ui_px(m, 1.4);
    int field = SDL_max(SDL_max(line, bw_ui_px(m, 9)), m->touch);
    int top = y + field + bw_ui_mm(m, BW_GAP_MM);
    if (words->other_hint) {
        SDL_Rect hint = {.x = m->margin, .y = top - bw_ui_px(m, 1.6), .w = width};
        top = hint.y + draw_hint(page, words, hint, 2, true) + bw_ui_px(m, 1);
    }
    int languages =
        bw_ui_languages_draw(page, m->margin + width, y + field / 2, BW_GRACHT, false);
    struct search_areas areas = {
        .field = {.x = m->margin, .y = y, .w = width - languages, .h = field},
        .keys = {.x = m->margin,
            .y = top,
            .w = width,
            .h = m->height_px - bw_ui_px(m, 1.2) - top},
    };
    share_line(page, view, words, true, &areas);
    return areas;
}

/* Title and hint above, the keys at the bottom and no lower than they have to be. */
static struct search_areas
lay_out_broad(
    struct bw_ui_page *page, const struct bw_view *view, const struct search_words *words)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int width = m->width_px - 2 * m->margin;
    int y = bw_ui_px(m, 3);
    int space = width - draw_clock(page, view, m->margin + width, y);
    struct bw_ui_style head = bw_ui_page_style(page, BW_T5, BW_BLACK);
    page->said = BW_SAID_HEADLINE;
    bw_ui_page_line_fit(page, m->margin, y, space, head, BW_INKT, words->title);
    page->said = BW_SAID_DETAIL;
    struct bw_ui_style clock =
        bw_ui_page_style(page, m->size == BW_UI_ROOMY ? BW_T6 : BW_T5, BW_BOLD);
    int corner = y + (bw_ui_line_height(clock) + m->touch) / 2; /* clock, languages */
    corner = SDL_max(corner, y + bw_ui_line_height(clock));
    y = SDL_max(y + bw_ui_line_height(head), corner) + bw_ui_px(m, 0.6);
    SDL_Rect hint = {.x = m->margin, .y = y, .w = width};
    y += draw_hint(page, words, hint, 1, true) + bw_ui_px(m, 1.6);
    int bottom = m->height_px - bw_ui_px(m, 2.5);
    int field = SDL_max(bw_ui_px(m, 9), m->touch);
    int top = bottom - bw_ui_keyboard_height(m, true);
    if (m->height_px / 3 < top) {
        top = SDL_max(y + field + m->gap, m->height_px / 3);
    }
    if (y + field + m->gap > top) {
        top = y + field + bw_ui_mm(m, BW_GAP_MM);
    }
    struct search_areas areas = {
        .field = {.x = m->margin, .y = y, .w = width, .h = field},
        .keys = {.x = m->margin, .y = top, .w = width, .h = bottom - top},
    };
    share_line(page, view, words, false, &areas);
    return areas;
}

/* Upright a card says what to type; field and keys stand together below it, where hands
 * reach them. */
static struct search_areas
lay_out_upright(
    struct bw_ui_page *page, const struct bw_view *view, const struct search_words *words)
{
    static const struct bw_ui_tip tips[] = {
        {"ticket", "ca.c1"}, {"keyboard", "ca.c2"}, {"person", "ca.s3"}};
    const struct bw_ui_metric *m = page->kit.metric;
    int width = m->width_px - 2 * m->margin;
    int bottom = m->height_px - bw_ui_px(m, 5);
    int top = bottom - bw_ui_keyboard_height(m, true);
    int field = SDL_max(bw_ui_px(m, 9), m->touch);
    struct search_areas areas = {
        .field = {.x = m->margin,
            .y = top - SDL_max(bw_ui_px(m, 4), m->gap) - field,
            .w = width,
            .h = field},
        .keys = {.x = m->margin, .y = top, .w = width, .h = bottom - top},
    };
    int y = bw_ui_public_header(page, view, false) + bw_ui_px(m, 4);
    int end = areas.field.y - bw_ui_px(m, 3);
    if (words->other_hint) {
        SDL_Rect hint = {.x = m->margin, .y = end, .w = width};
        hint.y -= draw_hint(page, words, hint, 3, false);
        (void)draw_hint(page, words, hint, 3, true);
        end = hint.y - bw_ui_px(m, 3);
    }
    bw_ui_tips_card(page, (SDL_Rect){.x = m->margin, .y = y, .w = width, .h = end - y},
        words->title, NULL, tips, (int)(sizeof tips / sizeof *tips));
    share_line(page, view, words, false, &areas);
    return areas;
}

static struct search_areas
lay_out(
    struct bw_ui_page *page, const struct bw_view *view, const struct search_words *words)
{
    if (is_low(page->kit.metric)) {
        return lay_out_low(page, view, words);
    }
    return page->kit.metric->portrait ? lay_out_upright(page, view, words)
                                      : lay_out_broad(page, view, words);
}

void
bw_ui_screen_search(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_search_view *search = &view->search;
    struct search_words words = {.other_hint = strcmp(search->hint, "zo.p") != 0};
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_PAPIER);
    bw_ui_say(page, "zo.start", NULL, words.title);
    bw_ui_say(page, search->hint, &search->values, words.hint);
    if (view->buttons_count > 0) {
        bw_ui_say(page, view->buttons[0].key, &search->values, words.help);
    }
    struct search_areas areas = lay_out(page, view, &words);
    struct bw_ui_field field = {.icon = "search",
        .text = search->text,
        .placeholder = m->portrait ? "" : words.title, /* a card says it there */
        .active = true,
        .mono_ms = view->mono_ms,
        .still = view->less_motion || view->dialog.open};
    bw_ui_field_draw(page, areas.field, &field);
    if (areas.help.w > 0) {
        struct bw_ui_look look = help_look(view, &words, is_low(m));
        bw_ui_look_draw(
            page, areas.help, &look, view->buttons[0].action, view->buttons[0].index);
    }
    struct bw_ui_keyboard keyboard = {.area = areas.keys,
        .digits = search->digits,
        .code = true,
        .back = BW_ACTION_BACK,
        .back_key = "back",
        .back_icon = "arrow-left"};
    bw_ui_keyboard_draw(page, &keyboard);
}
