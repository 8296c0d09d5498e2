/* 13: nobody is there. What else is on offer, by night: date, what, for whom, and a code
 * to scan. Text drifts two units a minute against burn-in. */
#include "screen.h"

#include "ui/widget/scene.h"
#include "ui/widget/widget.h"
#include <stdio.h>
#include <string.h>

enum { ITEMS_MAX = 3, QR_MM = 30 };

/* Upright there is room above the bridge, on a low panel there is none. */
static bool
is_low(const struct bw_ui_metric *m)
{
    return m->size == BW_UI_COMPACT && !m->portrait;
}

static int
water_height(const struct bw_ui_metric *m)
{
    return bw_ui_px(m, m->portrait ? 34 : m->size == BW_UI_SMALL ? 16 : 22);
}

/* Without a bridge: two lines of text. */
static int
foot_height(struct bw_ui_page *page)
{
    return bw_ui_page_style(page, BW_T2, BW_BOLD).px * 27 / 10;
}

/* Returns where the bridge stands; empty where there is none. */
static SDL_Rect
draw_night(struct bw_ui_page *page, const struct bw_view *view, bool with_scene)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int water = water_height(m);
    if (!with_scene) {
        water = foot_height(page);
    }
    int line = m->height_px - water;
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_DIEP);
    bw_ui_page_fill(
        page, (SDL_Rect){.y = line, .w = m->width_px, .h = water}, BW_NACHT_WATER);
    if (!with_scene) {
        return (SDL_Rect){0};
    }
    int wide = bw_ui_px(m, m->portrait ? 90 : m->size == BW_UI_SMALL ? 50 : 66);
    int above = wide * 600 / 1080;
    int quay = wide * 44 / 1080;
    SDL_Rect scene = {
        .x = m->width_px - wide, .y = line - above, .w = wide, .h = wide * 840 / 1080};
    if (!m->portrait) {
        bw_ui_page_fill(page,
            (SDL_Rect){.y = line - quay, .w = scene.x + bw_ui_px(m, 0.2), .h = quay},
            BW_NACHT_KADE)
            ->decoration = true;
    }
    bw_ui_scene_night(page, &scene, view->mono_ms, view->less_motion);
    return scene;
}

static void
audience_word(struct bw_ui_page *page, const char *audience, char *ret_text)
{
    struct bw_values values = {0};
    size_t bytes = strcspn(audience, ";");
    bool many = audience[bytes] == ';';
    snprintf(
        values.audience, sizeof values.audience, "%.*s", many ? 0 : (int)bytes, audience);
    bw_ui_say(page, "sc.for", &values, ret_text);
}

static void
draw_date(struct bw_ui_page *page, const struct bw_agenda_item *item, SDL_Rect block)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char day[16], month[32];
    bw_ui_page_round(page, block, m->r2, BW_WIT);
    if (!item->starts_ms) {
        int icon = block.h / 2;
        bw_ui_page_icon(page, "calendar", bw_ui_centred(block, icon, icon), BW_GRACHT);
        return;
    }
    bw_ui_wording_moment(
        page->kit.wording, BW_MOMENT_DAY, item->starts_ms, day, sizeof day);
    bw_ui_wording_moment(
        page->kit.wording, BW_MOMENT_MONTH, item->starts_ms, month, sizeof month);
    struct bw_ui_style strong = bw_ui_page_style(page, BW_T4, BW_BLACK);
    struct bw_ui_style plain = bw_ui_page_style(page, BW_T1, BW_BOLD);
    int strong_h = strong.px;
    int y = block.y + (block.h - strong_h - plain.px) / 2 - bw_ui_px(m, 0.3);
    int day_w = bw_ui_text_width(page->kit.text, day, strong);
    int month_w = bw_ui_text_width(page->kit.text, month, plain);
    bw_ui_page_line(
        page, block.x + (block.w - day_w) / 2, y - strong.px / 10, strong, BW_INKT, day);
    bw_ui_page_line(page, block.x + (block.w - month_w) / 2, y + strong_h - plain.px / 10,
        plain, BW_INKT, month);
}

static void
item_detail(struct bw_ui_page *page, const struct bw_agenda_item *item, char *ret_text)
{
    char weekday[64], time[BW_WORDING_BYTES], whom[BW_WORDING_BYTES];
    struct bw_values values = {.time_ms = item->starts_ms};
    audience_word(page, item->audience, whom);
    if (!item->starts_ms) {
        bw_ui_say(page, "sc.allyear", NULL, time);
        snprintf(ret_text, BW_LINE_BYTES, "%.300s · %.300s", time, whom);
        return;
    }
    bw_ui_wording_moment(page->kit.wording, BW_MOMENT_WEEKDAY_SHORT, item->starts_ms,
        weekday, sizeof weekday);
    bw_ui_say(page, "sc.when", &values, time);
    snprintf(ret_text, BW_LINE_BYTES, "%s %.300s · %.300s", weekday, time, whom);
}

/* A row: code, date, what. Returns its height. */
static int
draw_item(struct bw_ui_page *page, const struct bw_agenda_item *item, SDL_Rect row)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char title[BW_WORDING_BYTES], detail[BW_LINE_BYTES];
    int qr = bw_ui_mm(m, QR_MM);
    int date = bw_ui_px(m, 10);
    int date_h = bw_ui_px(m, 9.4);
    int x = row.x;
    if (item->url[0]) {
        bw_ui_page_qr(page, item->url,
            (SDL_Rect){.x = x, .y = row.y + (row.h - qr) / 2, .w = qr, .h = qr});
    }
    x += qr + bw_ui_px(m, 2);
    struct bw_ui_style small = bw_ui_page_style(page, BW_T1, BW_BOLD);
    struct bw_ui_style day = bw_ui_page_style(page, BW_T4, BW_BLACK);
    date = date < small.px * 2 ? small.px * 2 : date;
    date_h = date_h < day.px + small.px * 5 / 4 ? day.px + small.px * 5 / 4 : date_h;
    draw_date(page, item,
        (SDL_Rect){.x = x, .y = row.y + (row.h - date_h) / 2, .w = date, .h = date_h});
    x += date + bw_ui_px(m, 2);
    bw_ui_wording_clean(item->title, title, sizeof title);
    item_detail(page, item, detail);
    struct bw_ui_block head = {.style = bw_ui_page_style(page, BW_T3, BW_BOLD),
        .leading = 1.15,
        .width = row.x + row.w - x,
        .lines_max = 2};
    struct bw_ui_block body = {.style = bw_ui_page_style(page, BW_T2, BW_MEDIUM),
        .leading = 1.2,
        .width = row.x + row.w - x,
        .lines_max = 2};
    int most = row.h + bw_ui_px(m, 1);
    int head_h = bw_ui_block_height(page, &head, title);
    int body_h = bw_ui_block_height(page, &body, detail);
    if (head_h + body_h > most) {
        head.lines_max = 1;
        head_h = bw_ui_block_height(page, &head, title);
    }
    if (head_h + body_h > most) {
        body.lines_max = 1;
        body_h = bw_ui_block_height(page, &body, detail);
    }
    int y = row.y + (row.h - head_h - body_h) / 2;
    bw_ui_page_block(page, x, y, &head, BW_WIT, title);
    bw_ui_page_block(page, x, y + head_h, &body, BW_LICHT, detail);
    return row.h;
}

static bool
only_question_hours(const struct bw_agenda_view *agenda)
{
    for (int i = 0; i < agenda->count; i++) {
        if (strcmp(agenda->items[i].kind, "question_hour") != 0) {
            return false;
        }
    }
    return agenda->count > 0;
}

/* Two facts on one line, or on one each. */
static void
join(struct bw_ui_page *page, const struct bw_ui_block *block, const char *one,
    const char *other, char *ret_line)
{
    bool both = *one && *other;
    snprintf(ret_line, BW_LINE_BYTES, "%.400s%s%.400s", one, both ? " · " : "", other);
    if (both && bw_ui_text_width(page->kit.text, ret_line, block->style) > block->width) {
        snprintf(ret_line, BW_LINE_BYTES, "%.400s\n%.400s", one, other);
    }
}

/* The first line: the mark, and what is on here today. */
static int
draw_name(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_session *session = &view->overview.session;
    bool next = view->overview.has_roster && view->agenda.count > 0;
    char line[BW_LINE_BYTES], text[BW_WORDING_BYTES], date[BW_WORDING_BYTES];
    struct bw_ui_block what = {.style = bw_ui_page_style(page, BW_T2, BW_BOLD),
        .leading = 1.2,
        .lines_max = is_low(m) ? 1 : 2,
        .balanced = true};
    int logo = bw_ui_icon_px(page, 5, what.style);
    int gap = bw_ui_px(m, 1.8);
    what.width = area.w - logo - gap;
    bw_ui_wording_clean(session->title, text, sizeof text);
    bw_ui_wording_moment(
        page->kit.wording, BW_MOMENT_DATE, session->starts_ms, date, sizeof date);
    join(page, &what, text, is_low(m) ? "" : date, line);
    bw_ui_logo(page, "logo-mark-on-dark", area.x,
        area.y + (bw_ui_line_height(what.style) - logo) / 2, logo, BW_NO_COLOUR);
    page->said = BW_SAID_HEADLINE;
    int height = bw_ui_page_block(
        page, area.x + logo + gap, area.y, &what, BW_WIT, next ? line : "Brugwachter");
    page->said = BW_SAID_DETAIL;
    return height;
}

/* Where, and from when. */
static void
doors_line(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_ui_block *block, char *ret_line)
{
    char doors[BW_WORDING_BYTES], venue[BW_WORDING_BYTES];
    struct bw_values values = {.time_ms = view->overview.doors_ms};
    bw_ui_say(page, "sc.doors", &values, doors);
    bw_ui_wording_clean(view->overview.session.venue, venue, sizeof venue);
    join(page, block, venue, doors, ret_line);
}

/* Nothing else on offer: the next session itself, large. */
static int
draw_session(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_session *session = &view->overview.session;
    char text[BW_LINE_BYTES];
    if (!view->overview.has_roster) {
        return area.y;
    }
    struct bw_ui_block title = {
        .style = bw_ui_page_style(page, is_low(m) ? BW_T5 : BW_T6, BW_BLACK),
        .leading = 1.08,
        .width = area.w,
        .lines_max = is_low(m) ? 2 : 3,
        .balanced = true};
    struct bw_ui_block when = title;
    when.style = bw_ui_page_style(page, BW_T3, BW_BOLD);
    when.leading = 1.25;
    when.lines_max = 2;
    struct bw_ui_block where = when;
    where.style = bw_ui_page_style(page, BW_T2, BW_MEDIUM);
    int y = area.y + bw_ui_px(m, is_low(m) ? 1 : 6);
    bw_ui_wording_clean(session->title, text, sizeof text);
    y += bw_ui_page_block(page, area.x, y, &title, BW_WIT, text) + bw_ui_px(m, 2);
    bw_ui_wording_moment(
        page->kit.wording, BW_MOMENT_DATE, session->starts_ms, text, sizeof text);
    y += bw_ui_page_block(page, area.x, y, &when, BW_WIT, text) + bw_ui_px(m, 0.6);
    doors_line(page, view, &where, text);
    return y + bw_ui_page_block(page, area.x, y, &where, BW_LICHT, text);
}

/* What is on offer; the rows follow. Returns where they may begin. */
static int
draw_head(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_LINE_BYTES];
    bool low = is_low(m);
    int y = area.y + draw_name(page, view, area) + bw_ui_px(m, low ? 0.5 : 0.6);
    area.y = y;
    if (view->agenda.count == 0) {
        return draw_session(page, view, area);
    }
    struct bw_ui_block body = {.style = bw_ui_page_style(page, BW_T2, BW_MEDIUM),
        .leading = 1.2,
        .width = area.w,
        .lines_max = 2,
        .balanced = true};
    if (view->overview.has_roster && !low) {
        doors_line(page, view, &body, text);
        y += bw_ui_page_block(page, area.x, y, &body, BW_LICHT, text) +
             bw_ui_px(m, m->size == BW_UI_SMALL ? 1 : 2.4);
    }
    struct bw_ui_block head = {
        .style = bw_ui_page_style(page, low ? BW_T4 : BW_T5, BW_BLACK),
        .leading = 1.1,
        .width = area.w,
        .lines_max = 2,
        .balanced = true};
    if (!m->tiny) { /* where there is little room, the rows speak for themselves */
        bw_ui_say(
            page, only_question_hours(&view->agenda) ? "sc.h" : "sc.any", NULL, text);
        y += bw_ui_page_block(page, area.x, y, &head, BW_WIT, text) + bw_ui_px(m, 0.4);
    }
    if (m->size == BW_UI_ROOMY || m->portrait) {
        bw_ui_say(page, "sc.p", NULL, text);
        y += bw_ui_page_block(page, area.x, y, &body, BW_LICHT, text);
    }
    return y + bw_ui_px(m, low ? 0.8 : 2);
}

/* As many rows as there is room for, the spare between them. */
static void
draw_rows(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area,
    const SDL_Rect *scene)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int qr = bw_ui_mm(m, QR_MM);
    int gap = bw_ui_px(m, 1.4);
    int fits = (area.h + gap) / (qr + gap);
    int count = view->agenda.count < ITEMS_MAX ? view->agenda.count : ITEMS_MAX;
    count = count > fits ? fits : count;
    int high = count ? (area.h - (count - 1) * gap) / count : 0;
    high = high > qr * 13 / 10 ? qr * 13 / 10 : high; /* the words may be higher */
    for (int i = 0; i < count; i++) {
        SDL_Rect row = {
            .x = area.x, .y = area.y + i * (high + gap), .w = area.w, .h = high};
        int space = row.w;
        if (!m->portrait && !SDL_RectEmpty(scene)) {
            int bottom = row.y + (high + qr) / 2;
            space =
                bw_ui_scene_space(BW_SCENE_NIGHT, scene, bottom) - row.x - bw_ui_px(m, 2);
        }
        row.w = space < row.w ? space : row.w;
        draw_item(page, &view->agenda.items[i], row);
    }
}

/* What to do to check in, in the water. */
static void
draw_go(struct bw_ui_page *page, int left, int right, int height)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    struct bw_ui_block go = {.style = bw_ui_page_style(page, BW_T2, BW_BOLD),
        .leading = 1.2,
        .lines_max = 3,
        .balanced = true};
    int icon = bw_ui_icon_px(page, 5, go.style);
    int gap = bw_ui_px(m, 2.4);
    go.width = right - left - icon - gap;
    bw_ui_say(page, "sc.go", NULL, text);
    int text_h = bw_ui_block_height(page, &go, text);
    height = text_h + bw_ui_px(m, 2) > height ? text_h + bw_ui_px(m, 2) : height;
    int line = m->height_px - height;
    bw_ui_page_icon(page, "ticket",
        (SDL_Rect){.x = left, .y = line + (height - icon) / 2, .w = icon, .h = icon},
        BW_ZON);
    page->said = BW_SAID_TO_DO;
    bw_ui_page_block(
        page, left + icon + gap, line + (height - text_h) / 2, &go, BW_WIT, text);
    page->said = BW_SAID_DETAIL;
}

void
bw_ui_screen_agenda(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    bool with_scene = m->size != BW_UI_COMPACT && !m->larger;
    bool low = is_low(m);
    bool beside = with_scene && !m->portrait;
    SDL_Rect scene = draw_night(page, view, with_scene);
    int drift =
        view->less_motion ? 0 : (int)(view->mono_ms / BW_DRIFT_MS % 2) * bw_ui_px(m, 2);
    if (!view->less_motion) {
        bw_ui_page_again(page, BW_DRIFT_MS - view->mono_ms % BW_DRIFT_MS);
    }
    struct bw_ui_style clock =
        bw_ui_page_style(page, m->portrait || low ? BW_T4 : BW_T6, BW_BOLD);
    int left = (m->portrait || low ? m->margin : bw_ui_px(m, 6)) + drift;
    int right = m->width_px - m->margin - bw_ui_px(m, 1) + drift - bw_ui_px(m, 2);
    int top = bw_ui_px(m, m->portrait ? 8 : low ? 1.5 : 3);
    bw_ui_clock(page, view, right, top - bw_ui_px(m, m->portrait ? 1 : 0), clock, BW_WIT);
    int clock_w = bw_ui_text_width(page->kit.text, "00.00", clock) + bw_ui_px(m, 2);
    int water = with_scene ? water_height(m) : foot_height(page);
    int foot = m->portrait && with_scene ? bw_ui_px(m, 13) : water;
    int languages = bw_ui_languages_draw(page, m->portrait ? right : right - clock_w,
        m->portrait ? m->height_px - foot / 2 : top + bw_ui_line_height(clock) / 2,
        BW_WIT, false);
    clock_w += m->portrait ? 0 : languages;
    SDL_Rect area = {.x = left, .y = top, .w = right - left - clock_w - bw_ui_px(m, 3)};
    int y = draw_head(page, view, area);
    int bottom = m->portrait && with_scene
                     ? m->height_px - bw_ui_px(m, 34 + 41.5)
                     : m->height_px - water - bw_ui_px(m, low ? 1 : 4);
    SDL_Rect rows = {.x = left, .y = y, .w = right - left, .h = bottom - y};
    draw_rows(page, view, rows, &scene);
    int to = beside ? left + bw_ui_px(m, m->size == BW_UI_SMALL ? 88 : 78) : right;
    draw_go(page, left, m->portrait ? to - languages : to, foot);
}
