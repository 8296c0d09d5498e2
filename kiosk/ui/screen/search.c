/* 07: the ticket's code, or first and last name. Nothing of anybody shows until the view
 * has a question to ask (its dialog). */
#include "screen.h"

#include "ui/widget/keyboard.h"
#include "ui/widget/widget.h"
#include <string.h>

void
bw_ui_screen_search(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_search_view *search = &view->search;
    char title[BW_WORDING_BYTES], hint[BW_WORDING_BYTES];
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_PAPIER);
    int left = m->margin;
    int width = m->width_px - 2 * left;
    int y = bw_ui_px(m, low ? 1 : 3);
    if (m->portrait) {
        y = bw_ui_public_header(page, view, false) + bw_ui_px(m, 5);
    } else if (!low) {
        struct bw_ui_style clock =
            bw_ui_page_style(page, m->size == BW_UI_ROOMY ? BW_T6 : BW_T5, BW_BOLD);
        bw_ui_clock(page, view, left + width, y, clock, BW_INKT);
        width -= bw_ui_text_width(page->kit.text, "00.00", clock) + bw_ui_px(m, 3);
    }
    bw_ui_say(page, "zo.start", NULL, title);
    bw_ui_say(page, search->hint, &search->values, hint);
    bool other_hint = strcmp(search->hint, "zo.p") != 0;
    if (!low) {
        struct bw_ui_style head =
            bw_ui_page_style(page, m->portrait ? BW_T4 : BW_T5, BW_BLACK);
        bw_ui_page_line_fit(page, left, y, width, head, BW_INKT, title);
        y += bw_ui_line_height(head) + bw_ui_px(m, 0.6);
        width = m->width_px - 2 * left;
        struct bw_ui_block block = {.style = bw_ui_page_style(page, BW_T2, BW_MEDIUM),
            .leading = 1.25,
            .width = width,
            .lines_max = m->portrait ? 3 : 1};
        bw_ui_page_block(page, left, y, &block, other_hint ? BW_INKT : BW_STEEN, hint);
        y += bw_ui_block_height(page, &block, hint) + bw_ui_px(m, m->portrait ? 3 : 1.6);
    }
    int keys_h = bw_ui_keyboard_height(m, true);
    int bottom = bw_ui_px(m, m->portrait ? 5 : low ? 1.2 : 2.5);
    int top = m->height_px - bottom - keys_h;
    int field_h = bw_ui_px(m, 9);
    if (low) {
        int line =
            bw_ui_line_height(bw_ui_page_style(page, BW_T2, BW_BOLD)) + bw_ui_px(m, 1.4);
        field_h = line > field_h ? line : field_h;
        top = y + field_h + bw_ui_px(m, 1.5);
        if (other_hint) { /* a word on what was typed stands between field and keys */
            struct bw_ui_block block = {.style = bw_ui_page_style(page, BW_T2, BW_MEDIUM),
                .leading = 1.2,
                .width = width,
                .lines_max = 2};
            top += bw_ui_page_block(
                page, left, top - bw_ui_px(m, 0.5), &block, BW_INKT, hint);
        }
        keys_h = m->height_px - bottom - top;
    } else if (!m->portrait && m->height_px / 3 < top) {
        top = y + field_h + m->gap > m->height_px / 3 ? y + field_h + m->gap
                                                      : m->height_px / 3;
        keys_h = m->height_px - bottom - top;
    }
    SDL_Rect rect = {.x = left, .y = y, .w = width, .h = field_h};
    if (!m->portrait && !low && y + field_h + m->gap > top) {
        rect.h = top - m->gap / 2 - y;
    }
    struct bw_ui_field field = {.icon = "search",
        .text = search->text,
        .placeholder = title,
        .active = true,
        .mono_ms = view->mono_ms,
        .still = view->less_motion || view->dialog.open};
    bw_ui_field_draw(page, rect, &field);
    struct bw_ui_keyboard keyboard = {
        .area = {.x = left, .y = top, .w = width, .h = keys_h},
        .digits = search->digits,
        .code = true,
        .back = BW_ACTION_BACK,
        .back_key = "back",
        .back_icon = "arrow-left"};
    bw_ui_keyboard_draw(page, &keyboard);
}
