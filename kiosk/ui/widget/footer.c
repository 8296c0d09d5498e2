/* Footer of the scan screen: how many are here, whether the list is fresh, language, size
 * of type, staff. Under it, small, who runs this and where to ask. */
#include "footer.h"

#include "button.h"
#include "ear.h"
#include "figures.h"
#include "language.h"
#include "parts.h"
#include "say.h"

#include <stdio.h>
#include <string.h>

enum { FRESH_MS = 15 * 60 * 1000, STALE_MS = 24 * 3600 * 1000, TEXTS = 3 };

/* The house's figures are told, unless the venue wants none; whose turn it is goes first
 * where both have no room. */
static bool
with_figures(const struct bw_view *view)
{
    return view->overview.has_roster && !view->no_counter;
}

/* Large, beside the ring, above the small line. */
static bool
with_counter(const struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    bool broad = m->tiny || (m->size == BW_UI_ROOMY && !bw_ui_whose_turn(view));
    return with_figures(view) && (m->portrait ? m->size != BW_UI_COMPACT : broad);
}

/* Who runs this, and the telephone; one small line. */
static bool
imprint(struct bw_ui_page *page, const struct bw_view *view, char *ret_text)
{
    const struct bw_overview *overview = &view->overview;
    struct bw_values values = {0};
    snprintf(values.name, sizeof values.name, "%.400s", overview->organiser);
    snprintf(values.phone, sizeof values.phone, "%s", overview->contact_phone);
    if (!overview->organiser[0]) {
        return false;
    }
    if (overview->contact_phone[0]) {
        bw_ui_say(page, "idle.by", &values, ret_text);
    } else {
        bw_ui_wording_clean(overview->organiser, ret_text, BW_WORDING_BYTES);
    }
    return true;
}

static struct bw_ui_style
small_style(struct bw_ui_page *page)
{
    page->must_read = false;
    struct bw_ui_style style = bw_ui_page_style(page, BW_T1, BW_MEDIUM);
    page->must_read = true;
    return style;
}

/* Of the small line, with the air below it. */
static int
small_height(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    bool shown = !m->tiny && (imprint(page, view, text) || with_figures(view));
    return shown ? bw_ui_line_height(small_style(page)) + bw_ui_px(m, 1) : 0;
}

/* Of the row with the buttons, and of the one above it, upright. */
static int
row_height(struct bw_ui_page *page)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int row = m->touch + bw_ui_px(m, m->size == BW_UI_COMPACT ? 2 : 2.6);
    int least = bw_ui_px(m, m->size == BW_UI_COMPACT ? 8 : 9.5);
    return row > least ? row : least;
}

int
bw_ui_footer_height(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int rows = m->portrait && with_counter(page, view) ? 2 : 1;
    return rows * row_height(page) + small_height(page, view);
}

static bool
fits(struct bw_ui_page *page, const struct bw_ui_block *block, const char *text)
{
    struct bw_ui_lines lines = {.cut = true};
    if (block->width > bw_ui_px(page->kit.metric, 10)) {
        bw_ui_text_wrap(page->kit.text, text, block->style, block->width,
            block->lines_max, false, &lines);
    }
    return !lines.cut;
}

static struct bw_ui_block
counter_block(struct bw_ui_page *page, int width)
{
    const struct bw_ui_metric *m = page->kit.metric;
    return (struct bw_ui_block){
        .style = m->tiny ? small_style(page) : bw_ui_page_style(page, BW_T1, BW_BOLD),
        .leading = 1.15,
        .width = width,
        .lines_max = 2,
        .balanced = true};
}

static int
counter_ring(const struct bw_ui_page *page, int height)
{
    int ring = bw_ui_px(page->kit.metric, 9.4);
    int most = height - bw_ui_px(page->kit.metric, 1.6);
    return ring > most ? most : ring;
}

/* The figures, with the ring where that leaves them whole. False: no room. */
static bool
draw_counter(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    bw_ui_figures(page, view, text);
    int ring = m->tiny ? 0 : counter_ring(page, area.h);
    int beside = ring ? ring + bw_ui_px(m, 2) : 0;
    struct bw_ui_block block = counter_block(page, area.w - beside);
    if (!fits(page, &block, text)) {
        return false;
    }
    if (ring) {
        SDL_Rect at = {
            .x = area.x, .y = area.y + (area.h - ring) / 2, .w = ring, .h = ring};
        bw_ui_figures_ring(page, view, at, BW_GRACHT);
    }
    page->must_read = !m->tiny;
    int height = bw_ui_block_height(page, &block, text);
    bw_ui_page_block(
        page, area.x + beside, area.y + (area.h - height) / 2, &block, BW_INKT, text);
    page->must_read = true;
    return true;
}

/* Fresh, working without, or old. */
static const char *
sync_text(struct bw_ui_page *page, const struct bw_view *view, char *ret_text)
{
    const struct bw_overview *o = &view->overview;
    struct bw_values values = {.time_ms = o->contact_ms};
    if (o->contact_ms && view->now_ms - o->contact_ms < FRESH_MS) {
        bw_ui_say(page, "sync.ok", &values, ret_text);
        return "cloud-ok";
    }
    if (o->roster_ms && view->now_ms - o->roster_ms > STALE_MS) {
        values.date_ms = o->roster_ms;
        bw_ui_say(page, "st.nevercontact", &values, ret_text);
        return "list";
    }
    bw_ui_say(page, "sync.off", &values, ret_text);
    return "kiosk-ok";
}

/* After the release, who may go in; nothing rather than half of it. */
static void
draw_turn(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    struct bw_values values = {.n = view->overview.next_position};
    snprintf(values.desk, sizeof values.desk, "%s", view->overview.session.desk);
    bw_ui_say(page, "idle.next", &values, text);
    struct bw_ui_block block = counter_block(page, 0);
    int size = bw_ui_icon_px(page, 4.6, block.style);
    int gap = bw_ui_px(m, 1.4);
    block.width = area.w - size - gap;
    if (!fits(page, &block, text)) { /* then the words alone */
        size = gap = 0;
        block.width = area.w;
    }
    if (!fits(page, &block, text)) {
        return;
    }
    int height = bw_ui_block_height(page, &block, text);
    if (size) {
        SDL_Rect at = {
            .x = area.x, .y = area.y + (area.h - size) / 2, .w = size, .h = size};
        bw_ui_page_icon(page, "hourglass", at, BW_INKT);
    }
    bw_ui_page_block(
        page, area.x + size + gap, area.y + (area.h - height) / 2, &block, BW_INKT, text);
}

/* Staff read at a glance whether somebody waits for a place that is free. */
static void
staff_label(struct bw_ui_page *page, const struct bw_view *view, char *ret_text)
{
    char badge[BW_WORDING_BYTES], word[BW_WORDING_BYTES];
    struct bw_values values = {
        .f = view->overview.ledger.free, .w = view->overview.present_waiting};
    bw_ui_say(page, "staff_btn", NULL, word);
    snprintf(ret_text, BW_WORDING_BYTES, "%s", word);
    if (values.w > 0) {
        bw_ui_say(page, "staff.badge", &values, badge);
        snprintf(ret_text, BW_WORDING_BYTES, "%.400s\n%.400s", word, badge);
    }
}

/* Staff's entry, and "Lees voor" beside it; its volume in the queue above, where there is
 * one. Returns their left edge. */
static int
draw_quiet(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area, bool above)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char staff[BW_WORDING_BYTES];
    staff_label(page, view, staff);
    bool bare = m->portrait ? m->larger : m->size == BW_UI_COMPACT;
    struct bw_ui_look look = {.kind = BW_BUTTON_QUIET,
        .icon = "lock",
        .text = bare ? "" : staff,
        .name = staff,
        .small = true,
        .icon_px = bw_ui_px(m, 3.4)};
    page->must_read = false;
    int width = bw_ui_look_lines_width(page, &look);
    SDL_Rect at = {.x = area.x + area.w - width,
        .y = area.y + (area.h - m->touch) / 2,
        .w = width,
        .h = m->touch};
    bw_ui_look_draw(page, at, &look, BW_ACTION_STAFF, 0);
    page->must_read = true;
    int apart = bw_ui_mm(m, BW_GAP_MM);
    SDL_Rect ear = bw_ui_ear_size(page, view, above);
    ear.h = above && view->aloud ? m->touch + area.h : m->touch; /* a row's height */
    ear.x = at.x - ear.w - (m->gap / 2 > apart ? m->gap / 2 : apart);
    ear.y = at.y + m->touch - ear.h;
    bw_ui_ear(page, view, ear, BW_GRACHT, BW_WIT, BW_WIT);
    return ear.x;
}

/* Languages and size of type; returns the width that they take. */
static int
draw_open(
    struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area, bool to_right)
{
    const struct bw_ui_metric *m = page->kit.metric;
    enum { MOST = BW_UI_LANGUAGE_BUTTONS + 1 };
    char size[BW_WORDING_BYTES];
    struct bw_ui_bar_button open[MOST];
    struct bw_ui_metric usual;
    bw_ui_metric_init(&usual, m->width_px, m->height_px, m->pitch_mm, false);
    bw_ui_say(page, view->larger ? "smaller" : "larger", NULL, size);
    int count = 0;
    bool turn = bw_ui_whose_turn(view) && m->size != BW_UI_ROOMY && !m->portrait;
    for (int step = 0; step < 6; step++) { /* whole words before larger ones */
        struct bw_ui_look look = {.kind = BW_BUTTON_SECONDARY};
        page->kit.metric = step & 1 ? &usual : m;
        count = bw_ui_language_buttons(page, look, false, step >= 4, open);
        look.icon = view->larger ? "minus" : "plus";
        look.text = size;
        open[count++] = (struct bw_ui_bar_button){look, BW_ACTION_LARGER, 0};
        for (int i = 0; i < count && (m->tiny || turn); i++) {
            open[i].look.icon = NULL; /* the words beside them need the room */
        }
        /* a sign says it before a language, or the figures, go */
        if (step >= 2 || (m->tiny && view->larger)) {
            open[count - 1].look.icon = view->larger ? "minus" : "plus";
            open[count - 1].look.name = size;
            open[count - 1].look.text = "";
        }
        if (bw_ui_button_bar_fits(page, area.w, open, count)) {
            break;
        }
    }
    int used = bw_ui_button_bar(page, area, m->touch, to_right, open, count);
    page->kit.metric = m;
    return used;
}

/* ---- the small line: figures where they aren't above it, list's age, who runs this */

enum { SMALL_PARTS = 3 };

struct small_part {
    const char *icon;
    char text[BW_WORDING_BYTES];
    int width; /* 0: not shown */
};

/* Left to right. */
static void
small_parts(struct bw_ui_page *page, const struct bw_view *view, bool figures,
    struct bw_ui_style style, struct small_part *ret)
{
    int icon = bw_ui_icon_px(page, 3, style) + bw_ui_px(page->kit.metric, 1.4);
    memset(ret, 0, SMALL_PARTS * sizeof *ret);
    if (figures && with_figures(view)) {
        bw_ui_figures(page, view, ret[0].text);
    }
    ret[1].icon = sync_text(page, view, ret[1].text);
    (void)imprint(page, view, ret[2].text);
    for (int i = 0; i < SMALL_PARTS; i++) {
        int width = bw_ui_text_width(page->kit.text, ret[i].text, style);
        ret[i].width = width ? width + (ret[i].icon ? icon : 0) : 0;
    }
}

/* What has no room is left out: the list's age first, then who runs this. */
static void
drop_parts(struct small_part *parts, int gap, int space)
{
    static const int order[] = {1, 2};
    for (int i = 0; i < 2; i++) {
        int sum = -gap;
        for (int j = 0; j < SMALL_PARTS; j++) {
            sum += parts[j].width ? parts[j].width + gap : 0;
        }
        parts[order[i]].width = sum > space ? 0 : parts[order[i]].width;
    }
}

static void
draw_small(
    struct bw_ui_page *page, const struct bw_view *view, SDL_Rect line, bool figures)
{
    const struct bw_ui_metric *m = page->kit.metric;
    struct small_part parts[SMALL_PARTS];
    struct bw_ui_style style = small_style(page);
    small_parts(page, view, figures, style, parts);
    int gap = bw_ui_px(m, 4);
    drop_parts(parts, gap, line.w);
    line.h = bw_ui_line_height(style);
    page->must_read = false;
    int x = line.x;
    for (int i = 0; i < SMALL_PARTS; i++) {
        SDL_Rect at = line;
        at.x = i == 2 && x > line.x ? line.x + line.w - parts[i].width : x;
        at.w = line.x + line.w - at.x;
        if (parts[i].width && parts[i].icon) {
            bw_ui_tag(page, at, parts[i].icon, bw_ui_icon_px(page, 3, style), style,
                BW_STEEN, parts[i].text);
        } else if (parts[i].width) {
            bw_ui_page_line_fit(
                page, at.x, at.y, at.w, style, i ? BW_STEEN : BW_INKT, parts[i].text);
        }
        x += parts[i].width ? parts[i].width + gap : 0;
    }
    page->must_read = true;
}

/* ---- the rows ---- */

/* Counter above, the buttons below; whose turn it is beside the counter. */
static bool
draw_upright(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect inside)
{
    const struct bw_ui_metric *m = page->kit.metric;
    SDL_Rect upper = {.x = inside.x, .y = inside.y, .w = inside.w, .h = inside.h / 2};
    SDL_Rect lower = upper;
    lower.y += upper.h;
    lower.w = draw_quiet(page, view, lower, true) - m->gap - lower.x;
    upper.w = view->aloud ? lower.w : upper.w;
    draw_open(page, view, lower, false);
    if (bw_ui_whose_turn(view)) {
        draw_turn(page, view, upper);
        return false;
    }
    return draw_counter(page, view, upper);
}

/* All on one line. */
static bool
draw_broad(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect inside)
{
    const struct bw_ui_metric *m = page->kit.metric;
    SDL_Rect open = inside;
    open.w = draw_quiet(page, view, inside, false) - m->gap - inside.x;
    int right = inside.w - open.w + draw_open(page, view, open, true) + bw_ui_px(m, 1.5);
    SDL_Rect rest = {.x = inside.x, .y = inside.y, .w = inside.w - right, .h = inside.h};
    if (bw_ui_whose_turn(view) && !m->tiny) {
        draw_turn(page, view, rest);
        return false;
    }
    return with_counter(page, view) && draw_counter(page, view, rest);
}

void
bw_ui_public_footer(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    bw_ui_page_fill(page, area, BW_MIST);
    int line = bw_ui_px(m, 0.5);
    bw_ui_page_fill(page, (SDL_Rect){.y = area.y, .w = area.w, .h = line}, BW_GRACHT)
        ->decoration = true;
    int small = small_height(page, view);
    SDL_Rect inside = {.x = m->margin,
        .y = area.y + line,
        .w = area.w - 2 * m->margin,
        .h = area.h - line - small};
    bool upright = m->portrait && with_counter(page, view);
    bool counted =
        upright ? draw_upright(page, view, inside) : draw_broad(page, view, inside);
    if (small) {
        draw_small(page, view,
            (SDL_Rect){.x = inside.x, .y = area.y + area.h - small, .w = inside.w},
            !counted);
    }
}
