/* Under the list: pages, the lock, a note; and for a moment a toast. UI thread. */
#include "staff.h"

#include "ui/widget/widget.h"
#include <stdio.h>

static void
draw_note(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    const struct bw_overview *o = &view->overview;
    struct bw_values values = {.cap = o->ledger.capacity, .time_ms = o->release_ms};
    bool waits = view->staff.filter == BW_LIST_WAITLIST && !view->staff.found;
    if (!waits) {
        return;
    }
    const char *key = view->staff.full                           ? "wl.full"
                      : o->ledger.released || o->ledger.free > 0 ? "wl.p"
                                                                 : "wl.release";
    bw_ui_say(page, key, &values, text);
    struct bw_ui_block block = {.style = bw_ui_page_style(page, BW_T1, BW_MEDIUM),
        .leading = 1.2,
        .lines_max = 2,
        .balanced = true};
    int icon = bw_ui_icon_px(page, 4, block.style);
    block.width = area.w - icon - bw_ui_px(m, 2);
    int height = bw_ui_block_height(page, &block, text);
    bw_ui_page_icon(page, view->staff.full ? "people" : "info",
        (SDL_Rect){.x = area.x, .y = area.y + (area.h - icon) / 2, .w = icon, .h = icon},
        BW_INKT);
    bw_ui_page_block(page, area.x + icon + bw_ui_px(m, 1.6),
        area.y + (area.h - height) / 2, &block, BW_INKT, text);
}

static struct bw_ui_look
lock_look(struct bw_ui_page *page, char text[BW_WORDING_BYTES])
{
    bw_ui_say(page, "st.lock", NULL, text);
    return (struct bw_ui_look){
        .kind = BW_BUTTON_SECONDARY, .icon = "lock", .text = text, .name = text};
}

static int
lock_width(struct bw_ui_page *page)
{
    char text[BW_WORDING_BYTES];
    struct bw_ui_look look = lock_look(page, text);
    return bw_ui_look_width(page, &look);
}

/* At the right; `bare` by its icon. Returns its width. */
static int
draw_lock(struct bw_ui_page *page, SDL_Rect area, bool bare)
{
    char text[BW_WORDING_BYTES];
    struct bw_ui_look look = lock_look(page, text);
    int width = bw_ui_look_width(page, &look);
    if (bare) {
        look.text = "";
        width = page->kit.metric->touch;
    }
    bw_ui_look_draw(page,
        (SDL_Rect){.x = area.x + area.w - width, .y = area.y, .w = width, .h = area.h},
        &look, BW_ACTION_LOCK, 0);
    return width;
}

/* Earlier and later; their arrows alone where words are too wide, or aren't wanted.
 * Returns the room it takes. */
static int
draw_pages(
    struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area, bool with_words)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_staff_view *staff = &view->staff;
    char previous[BW_WORDING_BYTES], next[BW_WORDING_BYTES], text[BW_WORDING_BYTES];
    struct bw_values values = {
        .a = staff->first, .b = staff->first + staff->rows_count - 1, .n = staff->total};
    bw_ui_say(page, "st.prev", NULL, previous);
    bw_ui_say(page, "st.next", NULL, next);
    bw_ui_say(page, "st.page", &values, text);
    struct bw_ui_look back = {
        .kind = BW_BUTTON_SECONDARY, .icon = "chevron-up", .text = previous};
    struct bw_ui_look on = {
        .kind = BW_BUTTON_SECONDARY, .icon = "chevron-down", .text = next};
    int back_w = bw_ui_look_width(page, &back);
    int on_w = bw_ui_look_width(page, &on);
    if (!with_words || back_w + on_w + m->gap > area.w) { /* arrows say it too */
        back.text = on.text = "";
        back_w = on_w = m->touch;
    }
    bw_ui_look_draw(page, (SDL_Rect){.x = area.x, .y = area.y, .w = back_w, .h = area.h},
        &back, BW_ACTION_PREVIOUS, 0);
    struct bw_ui_style style = bw_ui_page_style(page, BW_T2, BW_BOLD);
    int x = area.x + back_w + m->gap;
    int middle = bw_ui_text_width(page->kit.text, text, style);
    if (with_words && back_w + middle + on_w + 2 * m->gap <= area.w) {
        bw_ui_page_line(page, x, area.y + (area.h - bw_ui_line_height(style)) / 2, style,
            BW_INKT, text);
        x += middle + m->gap;
    }
    bw_ui_look_draw(page, (SDL_Rect){.x = x, .y = area.y, .w = on_w, .h = area.h}, &on,
        BW_ACTION_NEXT, 0);
    return x + on_w + m->gap - area.x;
}

/* A queue goes on behind a toast: pages are turned beside it wherever the words keep
 * room, and where they keep more, the lock stays too. */
static void
draw_toast(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[2 * BW_WORDING_BYTES], label[BW_WORDING_BYTES];
    struct bw_ui_bar_button redo = {0};
    bool has_redo = view->buttons_count > 0;
    int space = area.w;
    if (has_redo) {
        bw_ui_say(page, view->buttons[0].key, NULL, label);
        redo = (struct bw_ui_bar_button){
            {.kind = BW_BUTTON_SECONDARY, .icon = view->buttons[0].icon, .text = label},
            view->buttons[0].action, view->buttons[0].index};
        space -= bw_ui_look_width(page, &redo.look) + bw_ui_px(m, 1.2);
    }
    int pages = 2 * (m->touch + m->gap);
    bool turns = view->staff.total > view->staff.rows_count;
    bw_ui_say(page, view->staff.toast, &view->staff.values, text);
    if (view->staff.attention[0] != '\0') {
        struct bw_values values = {0};
        size_t length = strlen(text);
        snprintf(values.x, sizeof values.x, "%s", view->staff.attention);
        bw_ui_say(page, "st.attention", &values, label);
        snprintf(text + length, sizeof text - length, " · %s", label);
    }
    if (turns && bw_ui_toast_fits(page, space - pages, text)) {
        area.x += draw_pages(page, view, area, false);
        area.w -= pages;
        space -= pages;
    }
    if (!m->portrait && bw_ui_toast_fits(page, space - lock_width(page) - m->gap, text)) {
        area.w -= draw_lock(page, area, false) + m->gap;
    }
    area.y -= bw_ui_px(m, 1.2); /* two lines are higher than a button */
    area.h += bw_ui_px(m, 2.2);
    bw_ui_toast(page, area, "info", text, has_redo ? &redo : NULL);
}

/* ---- how the list is ordered ---- */

struct orders {
    struct bw_ui_look looks[2];
    enum bw_action actions[2];
    char texts[2][BW_WORDING_BYTES];
    int count, width; /* with the gaps before them */
};

static void
add_order(struct bw_ui_page *page, struct orders *orders, enum bw_action action,
    const char *key, bool on)
{
    char *text = orders->texts[orders->count];
    bw_ui_say(page, key, NULL, text);
    struct bw_ui_look look = {
        .kind = BW_BUTTON_SECONDARY, .text = text, .fill = on ? BW_MIST : BW_WIT};
    int width = bw_ui_look_width(page, &look);
    int least = page->kit.metric->touch;
    orders->width += (width > least ? width : least) + page->kit.metric->gap;
    orders->actions[orders->count] = action;
    orders->looks[orders->count++] = look;
}

static void
find_orders(
    struct bw_ui_page *page, const struct bw_view *view, struct orders *ret_orders)
{
    const struct bw_staff_view *staff = &view->staff;
    *ret_orders = (struct orders){.count = 0};
    if (staff->has_letters) {
        add_order(page, ret_orders, BW_ACTION_LETTERS, "st.az", staff->letters);
    }
    if (staff->has_times) {
        add_order(page, ret_orders, BW_ACTION_SORT,
            staff->by_time ? "st.byname" : "st.bytime", false);
    }
}

static void
draw_orders(struct bw_ui_page *page, const struct orders *orders, SDL_Rect area)
{
    int least = page->kit.metric->touch;
    for (int i = 0; i < orders->count; i++) {
        int width = bw_ui_look_width(page, &orders->looks[i]);
        SDL_Rect rect = {.x = area.x, .y = area.y, .h = area.h};
        rect.w = width > least ? width : least;
        bw_ui_look_draw(page, rect, &orders->looks[i], orders->actions[i], 0);
        area.x += rect.w + page->kit.metric->gap;
    }
}

void
bw_ui_staff_bottom(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_staff_view *staff = &view->staff;
    if (staff->toast[0]) {
        draw_toast(page, view, area);
        return;
    }
    struct orders orders;
    find_orders(page, view, &orders);
    bool pages = staff->total > staff->rows_count;
    int arrows = pages ? 2 * (m->touch + m->gap) : 0;
    if (!m->portrait) {
        bool note = m->size == BW_UI_COMPACT && !pages && orders.count == 0;
        bool tight = note || arrows + orders.width + lock_width(page) > area.w;
        area.w -= draw_lock(page, area, tight) + m->gap;
    }
    SDL_Rect rest = area;
    if (pages) {
        rest.w -= orders.width;
        rest.x += draw_pages(page, view, rest, true);
    } else if (orders.count == 0) {
        draw_note(page, view, area);
    }
    draw_orders(page, &orders, rest);
}
