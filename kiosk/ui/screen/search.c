/* 07: the ticket's code, or first and last name. Nothing of anybody shows until the view
 * has a question to ask (its dialog). */
#include "screen.h"

#include "ui/widget/keyboard.h"
#include "ui/widget/widget.h"
#include <string.h>

struct search_words {
    char title[BW_WORDING_BYTES], hint[BW_WORDING_BYTES];
    bool other_hint; /* a word on what was typed, not the usual one */
};

struct search_areas {
    SDL_Rect field, keys;
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

/* What to type, and the hint; returns where the field begins. */
static int
draw_head(
    struct bw_ui_page *page, const struct bw_view *view, const struct search_words *words)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int left = m->margin;
    int width = m->width_px - 2 * left;
    int space = width;
    int y = bw_ui_px(m, 3);
    if (m->portrait) {
        y = bw_ui_public_header(page, view, false) + bw_ui_px(m, 5);
    } else {
        space -= draw_clock(page, view, left + width, y);
    }
    struct bw_ui_style head =
        bw_ui_page_style(page, m->portrait ? BW_T4 : BW_T5, BW_BLACK);
    page->said = BW_SAID_HEADLINE;
    bw_ui_page_line_fit(page, left, y, space, head, BW_INKT, words->title);
    page->said = BW_SAID_TO_DO;
    y += bw_ui_line_height(head) + bw_ui_px(m, 0.6);
    struct bw_ui_block block = {.style = bw_ui_page_style(page, BW_T2, BW_MEDIUM),
        .leading = 1.25,
        .width = width,
        .lines_max = m->portrait ? 3 : 1};
    bw_ui_page_block(
        page, left, y, &block, words->other_hint ? BW_INKT : BW_STEEN, words->hint);
    page->said = BW_SAID_DETAIL;
    return y + bw_ui_block_height(page, &block, words->hint) +
           bw_ui_px(m, m->portrait ? 3 : 1.6);
}

/* A low panel has no head: what to type stands in the field, and a word on what was typed
 * between field and keys. */
static struct search_areas
find_areas_low(struct bw_ui_page *page, const struct search_words *words)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int width = m->width_px - 2 * m->margin;
    int y = bw_ui_px(m, 1);
    int line =
        bw_ui_line_height(bw_ui_page_style(page, BW_T2, BW_BOLD)) + bw_ui_px(m, 1.4);
    int field = line > bw_ui_px(m, 9) ? line : bw_ui_px(m, 9);
    field = field > m->touch ? field : m->touch;
    int top = y + field + bw_ui_mm(m, BW_GAP_MM);
    if (words->other_hint) {
        struct bw_ui_block block = {.style = bw_ui_page_style(page, BW_T2, BW_MEDIUM),
            .leading = 1.2,
            .width = width,
            .lines_max = 2};
        page->said = BW_SAID_TO_DO;
        top += bw_ui_page_block(
            page, m->margin, top - bw_ui_px(m, 1), &block, BW_INKT, words->hint);
        page->said = BW_SAID_DETAIL;
    }
    int languages =
        bw_ui_languages_draw(page, m->margin + width, y + field / 2, BW_GRACHT, true);
    return (struct search_areas){
        .field = {.x = m->margin, .y = y, .w = width - languages, .h = field},
        .keys = {.x = m->margin,
            .y = top,
            .w = width,
            .h = m->height_px - bw_ui_px(m, 1.2) - top},
    };
}

/* The keys at the bottom, and on a broad panel no lower than they have to be. */
static struct search_areas
find_areas(const struct bw_ui_metric *m, int y)
{
    int width = m->width_px - 2 * m->margin;
    int keys = bw_ui_keyboard_height(m, true);
    int bottom = bw_ui_px(m, m->portrait ? 5 : 2.5);
    int top = m->height_px - bottom - keys;
    int field = bw_ui_px(m, 9);
    if (!m->portrait && m->height_px / 3 < top) {
        int least = y + field + m->gap;
        top = least > m->height_px / 3 ? least : m->height_px / 3;
        keys = m->height_px - bottom - top;
    }
    if (!m->portrait && y + field + m->gap > top) {
        field = top - m->gap / 2 - y;
    }
    return (struct search_areas){
        .field = {.x = m->margin, .y = y, .w = width, .h = field},
        .keys = {.x = m->margin, .y = top, .w = width, .h = keys},
    };
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
    struct search_areas areas = is_low(m) ? find_areas_low(page, &words)
                                          : find_areas(m, draw_head(page, view, &words));
    struct bw_ui_field field = {.icon = "search",
        .text = search->text,
        .placeholder = words.title,
        .active = true,
        .mono_ms = view->mono_ms,
        .still = view->less_motion || view->dialog.open};
    bw_ui_field_draw(page, areas.field, &field);
    struct bw_ui_keyboard keyboard = {.area = areas.keys,
        .digits = search->digits,
        .code = true,
        .back = BW_ACTION_BACK,
        .back_key = "back",
        .back_icon = "arrow-left"};
    bw_ui_keyboard_draw(page, &keyboard);
}
