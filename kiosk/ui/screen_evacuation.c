/* How many are inside, as of when, by kiosk; the names after one more tap. Works offline:
 * a fire officer reads it from two metres. */
#include "screen.h"

#include "staff.h"
#include "widget.h"
#include <stdio.h>

static void
kiosk_line(struct bw_page *page, const struct bw_view *view, int number, char *ret_text)
{
    const struct bw_overview *o = &view->overview;
    struct bw_values values = {0};
    if (number == 0) {
        snprintf(values.id, sizeof values.id, "%s", o->device_name);
        bw_say(page, "ev.here", &values, ret_text);
        return;
    }
    const struct bw_overview_peer *peer = &o->peers[number - 1];
    snprintf(values.id, sizeof values.id, "%s", peer->name);
    values.time_ms = peer->heard_ms;
    bw_say(page, peer->heard_ms ? "ev.peer" : "ev.never", &values, ret_text);
}

/* The number in t8, what it counts, and how fresh each kiosk's part is. */
static int
draw_count(struct bw_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_metric *m = page->kit.metric;
    char number[16], word[BW_WORDING_BYTES], line[BW_WORDING_BYTES];
    struct bw_values values = {
        .n = view->overview.ledger.present, .time_ms = view->now_ms};
    struct bw_style huge = bw_page_style(page, BW_T8, BW_BLACK);
    struct bw_style strong = bw_page_style(page, BW_T4, BW_BLACK);
    struct bw_style plain = bw_page_style(page, BW_T2, BW_MEDIUM);
    snprintf(number, sizeof number, "%d", view->overview.ledger.present);
    int huge_h = huge.px * 11 / 10;
    int x = area.x;
    int width = bw_page_line(page, x, area.y - huge.px / 10, huge, BW_INKT, number);
    bw_say(page, "ev.in", &values, word);
    int words_w = bw_text_width(page->kit.text, word, strong);
    bool under = width + bw_px(m, 4) + words_w > area.w;
    x = under ? area.x : x + width + bw_px(m, 4);
    int room = area.x + area.w - x;
    int words_h = bw_line_height(strong) + bw_line_height(plain);
    int y = under ? area.y + huge_h : area.y + (huge_h - words_h) / 2;
    bw_page_line_fit(page, x, y, room, strong, BW_INKT, word);
    bw_say(page, "ev.asof", &values, line);
    bw_page_line_fit(page, x, y + bw_line_height(strong), room, plain, BW_INKT, line);
    y = area.y + huge_h + (under ? words_h : 0) + bw_px(m, 1.5);
    int kiosks = 1 + view->overview.peers_count;
    struct bw_style small = bw_page_style(page, BW_T1, BW_MEDIUM);
    int step = bw_line_height(small) + bw_px(m, 1);
    for (int i = 0; i < kiosks && y + step <= area.y + area.h; i++, y += step) {
        kiosk_line(page, view, i, line);
        SDL_Rect tag = {.x = area.x, .y = y, .w = area.w, .h = step};
        bw_tag(
            page, tag, i ? "kiosk-pair" : "kiosk", bw_px(m, 3.4), small, BW_INKT, line);
    }
    return y;
}

static void
draw_names(struct bw_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_metric *m = page->kit.metric;
    int columns = m->portrait || m->room != BW_ROOMY ? 1 : 2;
    int gap = bw_px(m, 1.2);
    int width = (area.w - (columns - 1) * gap) / columns;
    struct bw_style strong = bw_page_style(page, BW_T2, BW_BOLD);
    struct bw_style plain = bw_page_style(page, BW_T1, BW_MEDIUM);
    int height = bw_line_height(strong) + bw_line_height(plain) + bw_px(m, 1);
    int down = (area.h + gap) / (height + gap);
    for (int i = 0; i < view->staff.rows_count && i < down * columns; i++) {
        SDL_Rect rect = {.x = area.x + i % columns * (width + gap),
            .y = area.y + i / columns * (height + gap),
            .w = width,
            .h = height};
        bw_staff_row(page, view, &view->staff.rows[i], i, rect, false);
    }
}

static void
draw_bar(struct bw_page *page, const struct bw_view *view, SDL_Rect area)
{
    char back[BW_WORDING_BYTES], names[BW_WORDING_BYTES], previous[BW_WORDING_BYTES];
    char next[BW_WORDING_BYTES];
    struct bw_row_button row[4];
    int count = 0;
    bool open = view->staff.searching || view->staff.rows_count > 0;
    bw_say(page, "back", NULL, back);
    bw_say(page, "ev.names", NULL, names);
    bw_say(page, "st.prev", NULL, previous);
    bw_say(page, "st.next", NULL, next);
    row[count++] = (struct bw_row_button){
        {.kind = BW_BUTTON_SECONDARY, .icon = "arrow-left", .text = back}, BW_ACTION_BACK,
        0};
    if (!open) {
        row[count++] = (struct bw_row_button){
            {.kind = BW_BUTTON_PRIMARY, .icon = "list", .text = names},
            BW_ACTION_EVACUATE_NAMES, 0};
    } else if (view->staff.total > view->staff.rows_count) {
        row[count++] = (struct bw_row_button){
            {.kind = BW_BUTTON_SECONDARY, .icon = "chevron-up", .text = previous},
            BW_ACTION_PREVIOUS, 0};
        row[count++] = (struct bw_row_button){
            {.kind = BW_BUTTON_PRIMARY, .icon = "chevron-down", .text = next},
            BW_ACTION_NEXT, 0};
    }
    bw_button_row(page, area, page->kit.metric->touch, false, row, count);
}

void
bw_screen_evacuation(struct bw_page *page, const struct bw_view *view)
{
    const struct bw_metric *m = page->kit.metric;
    char title[BW_WORDING_BYTES];
    bool low = m->room == BW_COMPACT && !m->portrait;
    bool open = view->staff.searching || view->staff.rows_count > 0;
    page->reader = BW_STAFF;
    bw_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_WACHT);
    bw_say(page, "ev.h", NULL, title);
    int top = bw_staff_header(page, view, title) + bw_px(m, low ? 1 : 3);
    int foot = bw_px(m, m->portrait ? 6 : low ? 1.2 : 3);
    SDL_Rect bar = {.x = m->margin,
        .y = m->height_px - foot - m->touch,
        .w = m->width_px - 2 * m->margin,
        .h = m->touch};
    draw_bar(page, view, bar);
    SDL_Rect area = {
        .x = m->margin, .y = top, .w = bar.w, .h = bar.y - bw_px(m, low ? 1 : 2) - top};
    if (!open) {
        draw_count(page, view, area);
        return;
    }
    SDL_Rect count = area;
    if (m->portrait) {
        count.h = bw_px(m, 30);
        int end = draw_count(page, view, count);
        area.h -= end - area.y + bw_px(m, 1);
        area.y = end + bw_px(m, 1);
    } else {
        count.w = area.w * 36 / 100;
        draw_count(page, view, count);
        area.x += count.w + bw_px(m, 3);
        area.w -= count.w + bw_px(m, 3);
    }
    draw_names(page, view, area);
}
