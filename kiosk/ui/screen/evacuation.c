/* How many are inside, as of when, by kiosk; the names after one more tap. Works offline:
 * a fire officer reads it from two metres. */
#include "screen.h"

#include "staff.h"
#include "ui/widget/widget.h"
#include <stdio.h>

static void
kiosk_line(
    struct bw_ui_page *page, const struct bw_view *view, int number, char *ret_text)
{
    const struct bw_overview *o = &view->overview;
    struct bw_values values = {0};
    if (number == 0) {
        snprintf(values.id, sizeof values.id, "%s", o->device_name);
        bw_ui_say(page, "ev.here", &values, ret_text);
        return;
    }
    const struct bw_overview_peer *peer = &o->peers[number - 1];
    snprintf(values.id, sizeof values.id, "%s", peer->name);
    values.time_ms = peer->heard_ms;
    bw_ui_say(page, peer->heard_ms ? "ev.peer" : "ev.never", &values, ret_text);
}

/* The number in t8, what it counts and as of when; returns its lower edge. */
static int
draw_number(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char number[16], word[BW_WORDING_BYTES], line[BW_WORDING_BYTES];
    struct bw_values values = {
        .n = view->overview.ledger.present, .time_ms = view->now_ms};
    struct bw_ui_style huge = bw_ui_page_style(page, BW_T8, BW_BLACK);
    struct bw_ui_style strong = bw_ui_page_style(page, BW_T4, BW_BLACK);
    struct bw_ui_style plain = bw_ui_page_style(page, BW_T2, BW_MEDIUM);
    snprintf(number, sizeof number, "%d", view->overview.ledger.present);
    int huge_h = huge.px * 11 / 10;
    int x = area.x;
    int width = bw_ui_page_line(page, x, area.y - huge.px / 10, huge, BW_INKT, number);
    bw_ui_say(page, "ev.in", &values, word);
    int words_w = bw_ui_text_width(page->kit.text, word, strong);
    bool under = width + bw_ui_px(m, 4) + words_w > area.w;
    x = under ? area.x : x + width + bw_ui_px(m, 4);
    int space = area.x + area.w - x;
    int words_h = bw_ui_line_height(strong) + bw_ui_line_height(plain);
    int y = under ? area.y + huge_h : area.y + (huge_h - words_h) / 2;
    bw_ui_page_line_fit(page, x, y, space, strong, BW_INKT, word);
    bw_ui_say(page, "ev.asof", &values, line);
    bw_ui_page_line_fit(
        page, x, y + bw_ui_line_height(strong), space, plain, BW_INKT, line);
    return area.y + huge_h + (under ? words_h : 0);
}

/* How fresh each kiosk's part of it is; returns the lower edge. */
static int
draw_kiosks(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char line[BW_WORDING_BYTES];
    struct bw_ui_style style = bw_ui_page_style(page, BW_T1, BW_MEDIUM);
    int step = bw_ui_line_height(style) + bw_ui_px(m, 1.4);
    int fits = (area.h - bw_ui_px(m, 2)) / step;
    int count = 1 + view->overview.peers_count;
    count = count > fits ? fits : count;
    if (count < 1) {
        return area.y;
    }
    area.h = count * step + bw_ui_px(m, 2);
    bw_ui_panel(page, area, BW_WIT, BW_INKT);
    for (int i = 0; i < count; i++) {
        int pad = bw_ui_px(m, m->size == BW_UI_COMPACT ? 1 : 2);
        SDL_Rect tag = {.x = area.x + pad,
            .y = area.y + bw_ui_px(m, 1) + i * step,
            .w = area.w - 2 * pad,
            .h = step};
        kiosk_line(page, view, i, line);
        bw_ui_tag(page, tag, i ? "kiosk-pair" : "kiosk", bw_ui_icon_px(page, 3.4, style),
            style, BW_INKT, line);
    }
    return area.y + area.h;
}

/* ---- the names ---- */

struct evacuation_areas {
    SDL_Rect number, kiosks, names, bar;
    int columns, pitch, row;
};

static void
find_areas(const struct bw_ui_metric *m, struct evacuation_areas *a)
{
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    int header = bw_ui_px(m, m->size == BW_UI_COMPACT ? 9 : 10);
    int line = m->type_px[BW_STAFF][BW_T4] * 12 / 10;
    int top = (header > line ? header : line) + bw_ui_px(m, low ? 1 : 3);
    int foot = bw_ui_px(m, m->portrait ? 6 : low ? 1.2 : 3);
    int width = m->width_px - 2 * m->margin;
    int huge = m->type_px[BW_STAFF][BW_T8] * 11 / 10;
    int words = m->type_px[BW_STAFF][BW_T4] * 5 / 2;
    *a = (struct evacuation_areas){.bar = {.x = m->margin,
                                       .y = m->height_px - foot - m->touch,
                                       .w = width,
                                       .h = m->touch},
        .columns = m->size == BW_UI_ROOMY && !m->portrait ? 2 : 1,
        .row = m->type_px[BW_STAFF][BW_T2] * 12 / 10 + bw_ui_px(m, 1.4)};
    a->pitch = a->row + bw_ui_px(m, 0.8);
    int bottom = a->bar.y - bw_ui_px(m, low ? 1 : 2);
    a->number = (SDL_Rect){.x = m->margin, .y = top, .w = width, .h = huge + words};
    if (m->portrait) {
        int kiosks = top + huge + bw_ui_px(m, 2);
        a->kiosks = (SDL_Rect){.x = m->margin, .y = kiosks, .w = width};
        a->kiosks.h = bw_ui_px(m, 16);
        int y = kiosks + a->kiosks.h + bw_ui_px(m, 2);
        a->names = (SDL_Rect){.x = m->margin, .y = y, .w = width, .h = bottom - y};
        return;
    }
    a->number.w = width * (m->size == BW_UI_COMPACT ? 37 : 34) / 100;
    int x = m->margin + a->number.w + bw_ui_px(m, 3);
    a->names =
        (SDL_Rect){.x = x, .y = top, .w = m->margin + width - x, .h = bottom - top};
    a->kiosks = (SDL_Rect){.x = m->margin, .w = a->number.w, .h = bottom};
}

int
bw_ui_screen_evacuation_rows(const struct bw_ui_metric *m)
{
    struct evacuation_areas a;
    find_areas(m, &a);
    int rows = (a.names.h - a.row) / a.pitch + 1;
    rows = (rows < 1 ? 1 : rows) * a.columns;
    return rows > BW_VIEW_ROWS ? BW_VIEW_ROWS : rows;
}

/* One line: who, and since when; down each column in turn. */
static void
draw_name(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_row_view *row, SDL_Rect rect)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char line[BW_LINE_BYTES], status[BW_WORDING_BYTES];
    const char *icon;
    bw_ui_panel(page, rect, BW_WIT, BW_WACHT_WATER);
    SDL_Rect inside = bw_ui_inset(rect, bw_ui_px(m, 1.4), 0);
    struct bw_ui_style strong = bw_ui_page_style(page, BW_T2, BW_BOLD);
    struct bw_ui_style plain = bw_ui_page_style(page, BW_T1, BW_MEDIUM);
    bw_ui_person_status(page, view, &row->row, &icon, status);
    int width = bw_ui_text_width(page->kit.text, status, plain);
    bool told = m->portrait || m->size != BW_UI_ROOMY; /* else two columns: names first */
    if (told) {
        bw_ui_page_line(page, inside.x + inside.w - width,
            rect.y + (rect.h - bw_ui_line_height(plain)) / 2, plain, BW_STEEN, status);
        inside.w -= width + bw_ui_px(m, 2);
    }
    bw_ui_name_fit(
        page, row->row.person.first_name, row->row.person.name, strong, inside.w, line);
    bw_ui_page_line_fit(page, inside.x, rect.y + (rect.h - bw_ui_line_height(strong)) / 2,
        inside.w, strong, BW_INKT, line);
}

static void
draw_names(
    struct bw_ui_page *page, const struct bw_view *view, const struct evacuation_areas *a)
{
    int gap = bw_ui_px(page->kit.metric, 1.2);
    int width = (a->names.w - (a->columns - 1) * gap) / a->columns;
    int fits = bw_ui_screen_evacuation_rows(page->kit.metric);
    int down = (fits + a->columns - 1) / a->columns;
    for (int i = 0; i < view->staff.rows_count && i < fits; i++) {
        SDL_Rect rect = {.x = a->names.x + i / down * (width + gap),
            .y = a->names.y + i % down * a->pitch,
            .w = width,
            .h = a->row};
        draw_name(page, view, &view->staff.rows[i], rect);
    }
}

static void
draw_bar(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    char back[BW_WORDING_BYTES], names[BW_WORDING_BYTES], previous[BW_WORDING_BYTES];
    char next[BW_WORDING_BYTES], lock[BW_WORDING_BYTES];
    struct bw_ui_bar_button row[4];
    int count = 0;
    bool open = view->staff.searching || view->staff.rows_count > 0;
    bw_ui_say(page, "back", NULL, back);
    bw_ui_say(page, "ev.names", NULL, names);
    bw_ui_say(page, "st.prev", NULL, previous);
    bw_ui_say(page, "st.next", NULL, next);
    bw_ui_say(page, "st.lock", NULL, lock);
    row[count++] = (struct bw_ui_bar_button){
        {.kind = BW_BUTTON_SECONDARY, .icon = "arrow-left", .text = back}, BW_ACTION_BACK,
        0};
    if (!open) {
        row[count++] = (struct bw_ui_bar_button){
            {.kind = BW_BUTTON_PRIMARY, .icon = "list", .text = names},
            BW_ACTION_EVACUATE_NAMES, 0};
    } else if (view->staff.total > view->staff.rows_count) {
        row[count++] = (struct bw_ui_bar_button){
            {.kind = BW_BUTTON_SECONDARY, .icon = "chevron-up", .text = previous},
            BW_ACTION_PREVIOUS, 0};
        row[count++] = (struct bw_ui_bar_button){
            {.kind = BW_BUTTON_PRIMARY, .icon = "chevron-down", .text = next},
            BW_ACTION_NEXT, 0};
    }
    row[count++] = (struct bw_ui_bar_button){
        {.kind = BW_BUTTON_SECONDARY, .icon = "lock", .text = lock}, BW_ACTION_LOCK, 0};
    bw_ui_button_bar(page, area, page->kit.metric->touch, false, row, count);
}

void
bw_ui_screen_evacuation(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char title[BW_WORDING_BYTES];
    struct evacuation_areas a;
    bool open = view->staff.searching || view->staff.rows_count > 0;
    page->reader = BW_STAFF;
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_WACHT);
    bw_ui_say(page, "ev.h", NULL, title);
    bw_ui_staff_header(page, view, title);
    find_areas(m, &a);
    draw_bar(page, view, a.bar);
    if (!open) { /* the number alone, in the middle of its half */
        a.number.w = a.kiosks.w = m->portrait ? a.bar.w : (a.bar.w - bw_ui_px(m, 3)) / 2;
        a.number.y += (a.names.y + a.names.h - a.number.y) / (m->portrait ? 6 : 3);
    }
    int end = draw_number(page, view, a.number);
    a.kiosks.y = end + bw_ui_px(m, 2);
    if (!open && !m->portrait) {
        a.kiosks.x += a.kiosks.w + bw_ui_px(m, 3);
        a.kiosks.y = a.number.y;
    }
    a.kiosks.h =
        (m->portrait && open ? a.names.y : a.bar.y) - a.kiosks.y - bw_ui_px(m, 2);
    draw_kiosks(page, view, a.kiosks);
    if (open) {
        draw_names(page, view, &a);
    }
}
