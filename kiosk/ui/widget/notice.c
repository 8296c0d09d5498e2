/* Over the header, for there nobody types or touches. */
#include "notice.h"

#include "parts.h"
#include "say.h"

#include <stdio.h>
#include <string.h>

enum { LINES = 3 };

/* The words and signs that stood there: a line over others is none. */
static void
make_room(struct bw_ui_page *page, const SDL_Rect *area)
{
    int kept = 0;
    for (int i = 0; i < page->marks_count; i++) {
        const struct bw_ui_mark *mark = &page->marks[i];
        bool logo = mark->kind == BW_MARK_SCENE && mark->rect.h <= 2 * area->h;
        bool words = mark->kind == BW_MARK_TEXT || mark->kind == BW_MARK_ICON || logo;
        if (!words || !SDL_HasIntersection(&mark->rect, area)) {
            page->marks[kept++] = *mark;
        }
    }
    page->marks_count = kept;
}

/* On a small panel it may reach over a field: what still shows of that can be touched. */
static void
cut_targets(struct bw_ui_page *page, const SDL_Rect *area)
{
    int bottom = area->y + area->h, kept = 0;
    for (int i = 0; i < page->targets_count; i++) {
        struct bw_ui_target target = page->targets[i];
        if (SDL_HasIntersection(&target.rect, area)) {
            target.rect.h += target.rect.y - bottom;
            target.rect.y = bottom;
            target.crowded = true;
        }
        if (target.rect.h > 0) {
            page->targets[kept++] = target;
        }
    }
    page->targets_count = kept;
}

static void
write_text(struct bw_ui_page *page, const struct bw_notice_view *notice,
    char ret_text[2 * BW_WORDING_BYTES])
{
    char word[BW_WORDING_BYTES];
    bw_ui_say(page, notice->key, &notice->values, ret_text);
    if (notice->attention[0] != '\0') {
        struct bw_values values = {0};
        size_t length = strlen(ret_text);
        snprintf(values.x, sizeof values.x, "%s", notice->attention);
        bw_ui_say(page, "st.attention", &values, word);
        snprintf(ret_text + length, 2 * BW_WORDING_BYTES - length, " · %s", word);
    }
}

void
bw_ui_notice(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[2 * BW_WORDING_BYTES];
    if (view->notice.key[0] == '\0') {
        return;
    }
    page->must_read = page->reader == BW_ATTENDEE; /* as the screen's own words */
    write_text(page, &view->notice, text);
    int edge = bw_ui_px(m, 1), pad = bw_ui_px(m, 2), gap = bw_ui_px(m, 1.6);
    enum bw_ui_type type = m->size == BW_UI_COMPACT ? BW_T1 : BW_T2;
    struct bw_ui_block block = {.style = bw_ui_page_style(page, type, BW_BOLD),
        .leading = 1.15,
        .lines_max = LINES,
        .balanced = true};
    int icon = bw_ui_icon_px(page, 4, block.style);
    SDL_Rect area = {.x = edge, .y = edge, .w = m->width_px - 2 * edge};
    block.width = area.w - 2 * pad - icon - gap;
    int height = bw_ui_block_height(page, &block, text);
    area.h = height + 2 * edge;
    area.h = area.h > bw_ui_px(m, 8) ? area.h : bw_ui_px(m, 8);
    make_room(page, &area);
    cut_targets(page, &area);
    bool good = view->notice.good;
    bw_ui_page_bordered(
        page, area, m->r2, BW_WIT, bw_ui_px(m, 0.4), good ? BW_GROEN : BW_INKT);
    SDL_Rect at = {
        .x = area.x + pad, .y = area.y + (area.h - icon) / 2, .w = icon, .h = icon};
    bw_ui_page_icon(page, good ? "check-circle" : "info", at, good ? BW_GROEN : BW_INKT);
    page->said = BW_SAID_HEADLINE; /* what just happened */
    bw_ui_page_block(
        page, at.x + icon + gap, area.y + (area.h - height) / 2, &block, BW_INKT, text);
    page->said = BW_SAID_DETAIL;
}
