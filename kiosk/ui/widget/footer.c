/* Footer of the scan screen: how many are here, whether the list is fresh, language, size
 * of type, staff. Under it, small, who runs this and where to ask. */
#include "footer.h"

#include "button.h"
#include "ear.h"
#include "parts.h"
#include "say.h"

#include <stdio.h>

enum { FRESH_MS = 15 * 60 * 1000, STALE_MS = 24 * 3600 * 1000, TEXTS = 3 };

static bool
with_counter(const struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    bool roomy = m->portrait || (!m->larger && !bw_ui_whose_turn(view));
    bool told = view->overview.has_roster && !view->no_counter;
    return told && m->size != BW_UI_COMPACT && roomy;
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

static int
imprint_height(struct bw_ui_page *page, const struct bw_view *view)
{
    char text[BW_WORDING_BYTES];
    bool shown = !page->kit.metric->tiny && imprint(page, view, text);
    return shown ? bw_ui_line_height(small_style(page)) + bw_ui_px(page->kit.metric, 0.6)
                 : 0;
}

int
bw_ui_footer_height(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    bool bare = m->size == BW_UI_COMPACT || imprint_height(page, view) > 0;
    int row = m->touch + bw_ui_px(m, m->size == BW_UI_COMPACT ? 2 : 2.6);
    int least = bw_ui_px(m, bare ? 8 : 12.5);
    row = row > least ? row : least;
    int words = bw_ui_page_style(page, BW_T3, BW_BLACK).px * 105 / 100 +
                bw_ui_line_height(bw_ui_page_style(page, BW_T1, BW_MEDIUM)) +
                bw_ui_px(m, 1);
    row = m->portrait && row < words ? words : row;
    int rows = m->portrait && with_counter(page, view) ? 2 : 1;
    return rows * row + imprint_height(page, view);
}

static void
counter_words(
    struct bw_ui_page *page, const struct bw_view *view, char *ret_count, char *ret_word)
{
    const struct bw_ledger *ledger = &view->overview.ledger;
    struct bw_values values = {.n = ledger->present, .cap = ledger->capacity};
    bw_ui_say(page, "idle.count", &values, ret_count);
    bw_ui_say(page, "idle.present", &values, ret_word);
}

static int
counter_ring(const struct bw_ui_page *page, int height)
{
    int ring = bw_ui_px(page->kit.metric, 9.4);
    int most = height - bw_ui_px(page->kit.metric, 1.2);
    return ring > most ? most : ring;
}

static int
counter_width(struct bw_ui_page *page, const struct bw_view *view, int height)
{
    char count[BW_WORDING_BYTES], word[BW_WORDING_BYTES];
    counter_words(page, view, count, word);
    int one =
        bw_ui_text_width(page->kit.text, count, bw_ui_page_style(page, BW_T3, BW_BLACK));
    int two =
        bw_ui_text_width(page->kit.text, word, bw_ui_page_style(page, BW_T1, BW_MEDIUM));
    return counter_ring(page, height) + bw_ui_px(page->kit.metric, 2) +
           (one > two ? one : two);
}

static int
draw_counter(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_ledger *ledger = &view->overview.ledger;
    char count[BW_WORDING_BYTES], word[BW_WORDING_BYTES];
    counter_words(page, view, count, word);
    int ring = counter_ring(page, area.h);
    int expected = ledger->released ? 0 : ledger->expected;
    bw_ui_page_ring(page,
        (SDL_Rect){.x = area.x, .y = area.y + (area.h - ring) / 2, .w = ring, .h = ring},
        ledger->present, expected, ledger->capacity, BW_GRACHT, BW_RAND);
    struct bw_ui_style strong = bw_ui_page_style(page, BW_T3, BW_BLACK);
    struct bw_ui_style plain = bw_ui_page_style(page, BW_T1, BW_MEDIUM);
    int strong_h = strong.px * 105 / 100;
    int x = area.x + ring + bw_ui_px(m, 2);
    int y = area.y + (area.h - strong_h - bw_ui_line_height(plain)) / 2;
    bw_ui_page_line(page, x, y, strong, BW_INKT, count);
    bw_ui_page_line(page, x, y + strong_h, plain, BW_INKT, word);
    return counter_width(page, view, area.h);
}

/* Fresh, working without, or old; and after the release, whose turn it is. */
static const char *
sync_text(struct bw_ui_page *page, const struct bw_view *view, char *ret_text)
{
    const struct bw_overview *o = &view->overview;
    struct bw_values values = {.time_ms = o->contact_ms, .n = o->next_position};
    snprintf(values.desk, sizeof values.desk, "%s", o->session.desk);
    if (bw_ui_whose_turn(view)) {
        bw_ui_say(page, "idle.next", &values, ret_text);
        return "hourglass";
    }
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

/* False where there was no room for the sentence: nothing rather than half of it. */
static bool
draw_sync(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    const char *icon = sync_text(page, view, text);
    bool turn = bw_ui_whose_turn(view);
    struct bw_ui_block block = {
        .style = bw_ui_page_style(page, BW_T1, turn ? BW_BOLD : BW_MEDIUM),
        .leading = 1.15,
        .lines_max = 2,
        .balanced = true};
    int size = bw_ui_icon_px(page, 4.6, block.style);
    int gap = bw_ui_px(m, 1.4);
    block.width = area.w - size - gap;
    if (turn && !fits(page, &block, text)) { /* then the words alone */
        size = gap = 0;
        block.width = area.w;
    }
    if (!fits(page, &block, text)) {
        return false;
    }
    int width = bw_ui_block_width(page, &block, text);
    int height = bw_ui_block_height(page, &block, text);
    bool alone = area.x == m->margin;
    int x = area.x + (alone ? 0 : (area.w - size - gap - width) / 2);
    if (size) {
        bw_ui_page_icon(page, icon,
            (SDL_Rect){.x = x, .y = area.y + (area.h - size) / 2, .w = size, .h = size},
            BW_INKT);
    }
    bw_ui_page_block(
        page, x + size + gap, area.y + (area.h - height) / 2, &block, BW_INKT, text);
    return true;
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

/* Whether the buttons stand side by side without their icons. */
static bool
words_fit(
    struct bw_ui_page *page, const struct bw_ui_bar_button *buttons, int count, int space)
{
    int sum = (count - 1) * page->kit.metric->gap;
    for (int i = 0; i < count; i++) {
        struct bw_ui_look bare = buttons[i].look;
        bare.icon = NULL;
        sum += bw_ui_look_width(page, &bare);
    }
    return sum <= space;
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

/* Language and size of type; returns the width that they take. */
static int
draw_open(
    struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area, bool to_right)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char lang[BW_WORDING_BYTES], size[BW_WORDING_BYTES];
    bw_ui_say(page, "lang", NULL, lang);
    bw_ui_say(page, view->larger ? "smaller" : "larger", NULL, size);
    struct bw_ui_bar_button open[2] = {
        {{.kind = BW_BUTTON_SECONDARY, .icon = "globe", .text = lang}, BW_ACTION_LANGUAGE,
            0},
        {{.kind = BW_BUTTON_SECONDARY,
             .icon = view->larger ? "minus" : "plus",
             .text = size},
            BW_ACTION_LARGER, 0},
    };
    struct bw_ui_metric usual;
    bw_ui_metric_init(&usual, m->width_px, m->height_px, m->pitch_mm, false);
    bool tight = !words_fit(page, open, 2, area.w);
    page->kit.metric = tight ? &usual : m; /* whole words before larger ones */
    for (int i = 0; i < 2 && tight && !words_fit(page, open, 2, area.w); i++) {
        open[!i].look.name = open[!i].look.text; /* its icon before half words */
        open[!i].look.text = "";
    }
    int used = bw_ui_button_bar(page, area, m->touch, to_right, open, 2);
    page->kit.metric = m;
    return used;
}

/* Under everything, at the right (at the left, upright). */
static void
draw_imprint(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area,
    int height, int space)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES], line[BW_LINE_BYTES];
    if (!height || !imprint(page, view, text)) {
        return;
    }
    struct bw_ui_style style = small_style(page);
    bw_ui_text_fit(page->kit.text, text, style, space, line);
    int width = bw_ui_text_width(page->kit.text, line, style);
    int x = m->portrait ? m->margin : area.x + area.w - m->margin - width;
    page->must_read = false;
    bw_ui_page_line(page, x, area.y + area.h - height, style, BW_STEEN, line);
    page->must_read = true;
}

/* Upright: counter and sync above, the buttons below. */
static void
draw_upright(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect inside)
{
    const struct bw_ui_metric *m = page->kit.metric;
    SDL_Rect upper = {.x = inside.x, .y = inside.y, .w = inside.w, .h = inside.h / 2};
    SDL_Rect lower = upper;
    lower.y += upper.h;
    int used = draw_counter(page, view, upper) + bw_ui_px(m, 3);
    lower.w = draw_quiet(page, view, lower, true) - m->gap - lower.x;
    upper.w = view->aloud ? lower.w : upper.w;
    draw_sync(page, view,
        (SDL_Rect){.x = upper.x + used, .y = upper.y, .w = upper.w - used, .h = upper.h});
    draw_open(page, view, lower, false);
}

/* All on one line; false where the list's age has no space on it. */
static bool
draw_broad(
    struct bw_ui_page *page, const struct bw_view *view, SDL_Rect inside, bool counter)
{
    const struct bw_ui_metric *m = page->kit.metric;
    SDL_Rect open = inside;
    open.w = draw_quiet(page, view, inside, false) - m->gap - inside.x;
    int right = inside.w - open.w + draw_open(page, view, open, true) + bw_ui_px(m, 1.5);
    counter = counter && counter_width(page, view, inside.h) + right <= inside.w;
    int left = counter ? draw_counter(page, view, inside) + bw_ui_px(m, 3) : 0;
    return draw_sync(page, view,
        (SDL_Rect){.x = inside.x + left,
            .y = inside.y,
            .w = inside.w - left - right,
            .h = inside.h});
}

/* The list's age on the small line. */
static void
draw_small_sync(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect line)
{
    char text[BW_WORDING_BYTES];
    const char *icon = sync_text(page, view, text);
    struct bw_ui_style style = small_style(page);
    line.h = bw_ui_line_height(style);
    page->must_read = false;
    bw_ui_tag(page, line, icon, bw_ui_px(page->kit.metric, 3), style, BW_STEEN, text);
    page->must_read = true;
}

void
bw_ui_public_footer(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    bw_ui_page_fill(page, area, BW_MIST);
    int line = bw_ui_px(m, 0.5);
    bw_ui_page_fill(page, (SDL_Rect){.y = area.y, .w = area.w, .h = line}, BW_GRACHT)
        ->decoration = true;
    int small = imprint_height(page, view);
    SDL_Rect inside = {.x = m->margin,
        .y = area.y + line,
        .w = area.w - 2 * m->margin,
        .h = area.h - line - small};
    bool counter = with_counter(page, view);
    if (m->portrait && counter) {
        draw_upright(page, view, inside);
        draw_imprint(page, view, area, small, inside.w);
        return;
    }
    bool synced = draw_broad(page, view, inside, counter);
    int half = (inside.w - bw_ui_px(m, 3)) / 2; /* of the small line */
    draw_imprint(page, view, area, small, synced ? inside.w : half);
    if (!synced && small) {
        draw_small_sync(page, view,
            (SDL_Rect){.x = inside.x, .y = area.y + area.h - small, .w = half});
    }
}
