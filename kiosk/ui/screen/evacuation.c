/* How many are inside, as of when, by kiosk, and who. Works offline: a fire officer reads
 * the number from the other side of the street. */
#include "screen.h"

#include "staff.h"
#include "ui/widget/widget.h"
#include <stdio.h>

enum { HUGE = 3 }; /* times the largest type: it is read across a car park */
#define MINUTE_MS 60000L
#define DIGIT_PART 0.6 /* width of a figure, of its size */

/* How old a kiosk's part is, in words: nobody has to reckon. */
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
    long minutes = (long)((view->now_ms - peer->heard_ms) / MINUTE_MS);
    values.n = minutes < 120 ? minutes : minutes / 60;
    bw_ui_say(page,
        peer->heard_ms == 0 ? "ev.never"
        : minutes < 1       ? "ev.now"
        : minutes < 120     ? "ev.minutes"
                            : "ev.hours",
        &values, ret_text);
}

static int
huge_px(const struct bw_ui_metric *m, int width, int height, int digits)
{
    int most = HUGE * m->type_px[BW_STAFF][BW_T8];
    int wide = (int)(width / (DIGIT_PART * digits));
    most = wide < most ? wide : most;
    return height < most ? height : most;
}

/* The number, what it counts and as of when; returns its lower edge. */
static int
draw_number(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    char number[16], word[BW_WORDING_BYTES], line[BW_WORDING_BYTES];
    struct bw_values values = {
        .n = view->overview.ledger.present, .time_ms = view->now_ms};
    struct bw_ui_style strong = bw_ui_page_style(page, BW_T4, BW_BLACK);
    struct bw_ui_style plain = bw_ui_page_style(page, BW_T2, BW_MEDIUM);
    int digits = snprintf(number, sizeof number, "%d", view->overview.ledger.present);
    struct bw_ui_style huge = {
        .weight = BW_BLACK, .px = huge_px(page->kit.metric, area.w, area.h, digits)};
    bw_ui_page_line(page, area.x, area.y - huge.px / 10, huge, BW_INKT, number);
    int y = area.y + huge.px;
    bw_ui_say(page, "ev.in", &values, word);
    bw_ui_page_line_fit(page, area.x, y, area.w, strong, BW_INKT, word);
    y += bw_ui_line_height(strong);
    bw_ui_say(page, "ev.asof", &values, line);
    bw_ui_page_line_fit(page, area.x, y, area.w, plain, BW_INKT, line);
    return y + bw_ui_line_height(plain);
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
    SDL_Rect keep; /* what takes the list along: upright a line of its own, else empty */
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
    *a = (struct evacuation_areas){.bar = {.x = m->margin,
                                       .y = m->height_px - foot - m->touch,
                                       .w = width,
                                       .h = m->touch},
        .columns = m->size == BW_UI_ROOMY && !m->portrait ? 2 : 1,
        .row = m->type_px[BW_STAFF][BW_T2] * 12 / 10 + bw_ui_px(m, 1.4)};
    a->pitch = a->row + bw_ui_px(m, 0.8);
    a->keep = a->bar;
    a->keep.h = m->portrait ? m->touch : 0;
    a->keep.y -= m->portrait ? m->touch + m->gap : 0;
    int bottom = a->keep.y - bw_ui_px(m, low ? 1 : 2);
    int words = m->type_px[BW_STAFF][BW_T4] * 6 / 5 + m->type_px[BW_STAFF][BW_T2] * 6 / 5;
    a->number = (SDL_Rect){.x = m->margin, .y = top, .w = width};
    if (m->portrait) {
        a->number.h = huge_px(m, width * 6 / 10, m->height_px, 2);
        int y = top + a->number.h + words + bw_ui_px(m, 1);
        a->kiosks = (SDL_Rect){.x = m->margin, .y = y, .w = width, .h = bw_ui_px(m, 14)};
        y += a->kiosks.h + bw_ui_px(m, 2);
        a->names = (SDL_Rect){.x = m->margin, .y = y, .w = width, .h = bottom - y};
        return;
    }
    a->number.w = width * (m->size == BW_UI_COMPACT ? 37 : 38) / 100;
    a->number.h = (bottom - top - words) * (low ? 55 : 66) / 100;
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
    if (width > inside.w / 3 && row->row.since_ms > 0) { /* narrow: the time alone */
        struct bw_values values = {.time_ms = row->row.since_ms};
        bw_ui_say(page, "ev.since", &values, status);
        width = bw_ui_text_width(page->kit.text, status, plain);
    }
    bw_ui_page_line(page, inside.x + inside.w - width,
        rect.y + (rect.h - bw_ui_line_height(plain)) / 2, plain, BW_STEEN, status);
    inside.w -= width + bw_ui_px(m, 2);
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

struct bar {
    struct bw_ui_bar_button row[6];
    char texts[6][BW_WORDING_BYTES];
    int count;
};

static void
add_button(struct bw_ui_page *page, struct bar *bar, enum bw_action action,
    enum bw_button_kind kind, const char *key, const char *icon)
{
    char *text = bar->texts[bar->count];
    bw_ui_say(page, key, NULL, text);
    bool turns = action == BW_ACTION_PREVIOUS || action == BW_ACTION_NEXT;
    bool bare = turns && page->kit.metric->portrait; /* the arrow says it too */
    bar->row[bar->count++] = (struct bw_ui_bar_button){
        {.kind = kind, .icon = icon, .text = bare ? "" : text, .name = text}, action, 0};
}

static void
add_keeping(
    struct bw_ui_page *page, const struct bw_view *view, bool leads, struct bar *bar)
{
    add_button(page, bar, BW_ACTION_USB, leads ? BW_BUTTON_PRIMARY : BW_BUTTON_SECONDARY,
        "de.b4", "usb");
    if (view->staff.lists) {
        add_button(page, bar, BW_ACTION_PRINT, BW_BUTTON_SECONDARY, "ev.print", "paper");
    }
}

static void
draw_bar(
    struct bw_ui_page *page, const struct bw_view *view, const struct evacuation_areas *a)
{
    int touch = page->kit.metric->touch;
    struct bar bar = {.count = 0}, keep = {.count = 0};
    bool pages = view->staff.total > view->staff.rows_count;
    add_button(page, &bar, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    if (pages) {
        add_button(
            page, &bar, BW_ACTION_PREVIOUS, BW_BUTTON_SECONDARY, "st.prev", "chevron-up");
        add_button(
            page, &bar, BW_ACTION_NEXT, BW_BUTTON_PRIMARY, "st.next", "chevron-down");
    }
    add_keeping(page, view, !pages, a->keep.h > 0 ? &keep : &bar);
    bw_ui_button_bar(page, a->bar, touch, false, bar.row, bar.count);
    if (keep.count > 0) {
        bw_ui_button_bar(page, a->keep, touch, false, keep.row, keep.count);
    }
}

void
bw_ui_screen_evacuation(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char title[BW_WORDING_BYTES];
    struct evacuation_areas a;
    page->reader = BW_STAFF;
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_WACHT);
    bw_ui_say(page, "ev.h", NULL, title);
    bw_ui_staff_header(page, view, title);
    find_areas(m, &a);
    draw_bar(page, view, &a);
    int end = draw_number(page, view, a.number);
    if (!m->portrait) {
        a.kiosks.y = end + bw_ui_px(m, 2);
        a.kiosks.h = a.bar.y - a.kiosks.y - bw_ui_px(m, 2);
    }
    draw_kiosks(page, view, a.kiosks);
    draw_names(page, view, &a);
}
