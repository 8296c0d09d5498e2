/* Headers: who, when, and the clock. */
#include "header.h"

#include "language.h"
#include "parts.h"
#include "say.h"

#include <stdio.h>

static void
session_title(struct bw_ui_page *page, const struct bw_view *view, char *ret_text)
{
    if (view->overview.has_roster && view->overview.session.title[0]) {
        bw_ui_wording_clean(view->overview.session.title, ret_text, BW_WORDING_BYTES);
    } else {
        bw_ui_say(page, "app", NULL, ret_text);
    }
}

static void
session_time(
    struct bw_ui_page *page, const struct bw_view *view, const char *key, char *ret_text)
{
    struct bw_values values = {.date_ms = view->overview.session.starts_ms,
        .time_ms = view->overview.session.starts_ms};
    ret_text[0] = '\0';
    if (view->overview.has_roster) {
        bw_ui_say(page, key, &values, ret_text);
    }
}

/* The mark stays away where the title would be whole without it, and only then. */
static bool
with_logo(struct bw_ui_page *page, const char *title, int space, int logo)
{
    struct bw_ui_style least = bw_ui_page_style(page, BW_T2, BW_BLACK);
    int width = bw_ui_text_width(page->kit.text, title, least);
    return width <= space - logo || width > space;
}

/* The clock at the area's right end; returns the width that is left. */
static int
draw_clock(struct bw_ui_page *page, const struct bw_view *view, struct bw_ui_style style,
    bw_ui_colour ink, SDL_Rect area)
{
    int right = area.x + area.w;
    bw_ui_clock(
        page, view, right, area.y + (area.h - bw_ui_line_height(style)) / 2, style, ink);
    return area.w - bw_ui_text_width(page->kit.text, "00.00", style) -
           bw_ui_px(page->kit.metric, 2);
}

/* The languages before the clock, in one button where the title would be cut. */
static int
draw_languages(
    struct bw_ui_page *page, const char *title, bw_ui_colour ink, SDL_Rect area)
{
    struct bw_ui_style least = bw_ui_page_style(page, BW_T2, BW_BLACK);
    int wanted = bw_ui_text_width(page->kit.text, title, least);
    bool one = area.w - bw_ui_languages_width(page) < wanted;
    int right = area.x + area.w - bw_ui_px(page->kit.metric, 0.5);
    return area.w - bw_ui_px(page->kit.metric, 0.5) -
           bw_ui_languages_draw(page, right, area.y + area.h / 2, ink, one);
}

/* Beside clock and language no room for the title is left: it goes before the time. */
static bool
is_narrow(struct bw_ui_page *page, const char *title, struct bw_ui_style clock, int space)
{
    const struct bw_ui_metric *m = page->kit.metric;
    struct bw_ui_style least = bw_ui_page_style(page, BW_T2, BW_BLACK);
    return bw_ui_text_width(page->kit.text, title, least) +
               bw_ui_text_width(page->kit.text, "00.00", clock) +
               bw_ui_languages_width(page) + bw_ui_px(m, 3) >
           space;
}

/* The session's title; where the footer has no room for it, whose turn it is. */
static void
title_say(struct bw_ui_page *page, const struct bw_view *view,
    char ret_title[static BW_WORDING_BYTES])
{
    const struct bw_ui_metric *m = page->kit.metric;
    session_title(page, view, ret_title);
    if (m->tiny && !m->portrait && bw_ui_whose_turn(view)) {
        struct bw_values values = {.n = view->overview.next_position};
        snprintf(values.desk, sizeof values.desk, "%s", view->overview.session.desk);
        bw_ui_say(page, "idle.next", &values, ret_title);
    }
}

/* The session's day and time, as much of it as there is room for. */
static void
when_fit(struct bw_ui_page *page, const struct bw_view *view, struct bw_ui_style style,
    int space, char inout_when[static BW_WORDING_BYTES])
{
    if (bw_ui_text_width(page->kit.text, inout_when, style) > space) {
        session_time(page, view, "date", inout_when);
    }
    if (bw_ui_text_width(page->kit.text, inout_when, style) > space) {
        bw_ui_wording_moment(page->kit.wording, BW_MOMENT_DATE_SHORT,
            view->overview.session.starts_ms, inout_when, BW_WORDING_BYTES);
    }
}

int
bw_ui_public_header(struct bw_ui_page *page, const struct bw_view *view, bool dark)
{
    const struct bw_ui_metric *m = page->kit.metric;
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    char title[BW_WORDING_BYTES];
    char when[BW_WORDING_BYTES];
    struct bw_ui_style clock =
        bw_ui_page_style(page, m->portrait || low ? BW_T5 : BW_T6, BW_BOLD);
    struct bw_ui_style strong =
        bw_ui_page_style(page, m->portrait ? BW_T3 : BW_T4, BW_BLACK);
    struct bw_ui_style plain =
        bw_ui_page_style(page, m->portrait ? BW_T1 : BW_T2, BW_MEDIUM);
    page->said = BW_SAID_ABOUT;
    title_say(page, view, title);
    session_time(page, view, "when", when);
    bool two = !low && *when;
    int text_h = bw_ui_line_height(strong) +
                 (two ? bw_ui_line_height(plain) + bw_ui_px(m, 0.5) : 0);
    int height = bw_ui_px(m, 10) > text_h ? bw_ui_px(m, 10) : text_h;
    height = low ? bw_ui_line_height(strong) : height;
    int top = bw_ui_px(m, low ? 1.5 : 3);
    bw_ui_colour ink = dark ? BW_WIT : BW_INKT;
    int x = m->margin;
    int logo = bw_ui_px(m, low ? 7 : 9.6);
    int right = m->width_px - m->margin;
    SDL_Rect row = {.x = x, .y = top, .w = right - x, .h = height};
    row.w = draw_clock(page, view, clock, ink, row);
    int space = view->screen == BW_SCREEN_IDLE || low /* they stand at the bottom */
                    ? row.w
                    : draw_languages(page, title, ink, row);
    int beside = logo + bw_ui_px(m, low ? 1.6 : 3.4);
    if (with_logo(page, title, space, beside)) {
        bw_ui_logo(page, dark ? "logo-mark-on-dark" : "logo-mark", x,
            top + (height - logo) / 2, logo, BW_NO_COLOUR);
        x += beside;
        space -= beside;
    }
    if (bw_ui_text_width(page->kit.text, title, strong) > space) {
        strong = bw_ui_page_style(page, BW_T2, BW_BLACK);
    }
    int y = top + (height - text_h) / 2;
    bw_ui_page_line_fit(page, x, y, space, strong, ink, title);
    if (two) {
        when_fit(page, view, plain, space, when);
        bw_ui_page_line_fit(page, x, y + bw_ui_line_height(strong) + bw_ui_px(m, 0.5),
            space, plain, ink, when);
    }
    page->said = BW_SAID_DETAIL;
    return top + height;
}

int
bw_ui_result_header(struct bw_ui_page *page, const struct bw_view *view, const char *logo,
    bw_ui_colour ink, bool with_session)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char title[BW_WORDING_BYTES];
    char when[BW_WORDING_BYTES];
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    struct bw_ui_style strong = bw_ui_page_style(page, BW_T2, BW_BLACK);
    struct bw_ui_style plain = bw_ui_page_style(page, BW_T2, BW_MEDIUM);
    struct bw_ui_style clock = bw_ui_page_style(page, BW_T4, BW_BOLD);
    int top = bw_ui_px(m, low ? 1.2 : 3);
    int height = bw_ui_px(m, 7);
    height = bw_ui_line_height(clock) > height ? bw_ui_line_height(clock) : height;
    int x = m->portrait || low ? m->margin : bw_ui_px(m, 6);
    int right = m->width_px - m->margin;
    int size = bw_ui_px(m, 7);
    bw_ui_colour mono = logo[0] ? BW_NO_COLOUR : ink;
    SDL_Rect row = {.x = x, .y = top, .w = right - x, .h = height};
    page->said = BW_SAID_ABOUT;
    if (!with_session) {
        bw_ui_say(page, "app", NULL, title);
        when[0] = '\0';
    } else {
        session_title(page, view, title);
        session_time(page, view, "at", when);
    }
    if (!m->portrait || !is_narrow(page, title, clock, row.w)) {
        row.w = draw_clock(page, view, clock, ink, row);
    }
    int space = low ? row.w : draw_languages(page, title, ink, row);
    int beside = size + bw_ui_px(m, low ? 1.5 : 3);
    if (with_logo(page, title, space, beside)) {
        bw_ui_logo(page, logo, x, top + (height - size) / 2, size, mono);
        x += beside;
        space -= beside;
    }
    int y = top + (height - bw_ui_line_height(strong)) / 2;
    int used = bw_ui_page_line_fit(page, x, y, space, strong, ink, title);
    if (*when && used + bw_ui_text_width(page->kit.text, when, plain) <= space) {
        bw_ui_page_line(page, x + used, y, plain, ink, when);
        page->marks[page->marks_count - 1].goes_on = true;
    }
    page->said = BW_SAID_DETAIL;
    return top + height;
}

int
bw_ui_staff_header(
    struct bw_ui_page *page, const struct bw_view *view, const char *detail)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    struct bw_values values = {.t_s = view->staff_left_s};
    page->reader = BW_STAFF;
    struct bw_ui_style strong = bw_ui_page_style(page, BW_T3, BW_BLACK);
    struct bw_ui_style plain = bw_ui_page_style(page, BW_T1, BW_MEDIUM);
    struct bw_ui_style clock = bw_ui_page_style(page, BW_T4, BW_BOLD);
    int height = bw_ui_px(m, m->size == BW_UI_COMPACT ? 9 : 10);
    height = bw_ui_line_height(clock) > height ? bw_ui_line_height(clock) : height;
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = height}, BW_DIEP);
    int x = m->margin;
    int icon = bw_ui_px(m, 5);
    SDL_Rect lock = {.x = x, .y = (height - icon) / 2, .w = icon, .h = icon};
    bw_ui_page_icon(page, "unlock", lock, BW_ZON);
    x += icon + bw_ui_px(m, 2);
    int right = m->width_px - m->margin;
    bw_ui_clock(
        page, view, right, (height - bw_ui_line_height(clock)) / 2, clock, BW_WIT);
    right -= bw_ui_text_width(page->kit.text, "00.00", clock) + bw_ui_px(m, 3);
    if (view->staff_left_s > 0) {
        bw_ui_say(page, "st.auto", &values, text);
        right -= bw_ui_text_width(page->kit.text, text, plain);
        bw_ui_page_line(
            page, right, (height - bw_ui_line_height(plain)) / 2, plain, BW_LICHT, text);
    }
    int space = right - x - bw_ui_px(m, 4);
    bw_ui_say(page, "st.h", NULL, text);
    int title = bw_ui_text_width(page->kit.text, text, strong);
    int wanted = detail ? bw_ui_text_width(page->kit.text, detail, plain) : 0;
    bool cut = wanted > space - title && space - title > bw_ui_px(m, 16);
    if (!cut || wanted > space) { /* what this is about goes first, where it fits then */
        bw_ui_page_line(
            page, x, (height - bw_ui_line_height(strong)) / 2, strong, BW_WIT, text);
        x += title;
        space -= title;
    }
    if (detail && space > bw_ui_px(m, 16)) {
        bw_ui_page_line_fit(page, x + bw_ui_px(m, 2),
            (height - bw_ui_line_height(plain)) / 2, space, plain, BW_LICHT, detail);
    }
    return height;
}
