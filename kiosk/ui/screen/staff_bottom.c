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
    bool waits = view->staff.filter == BW_LIST_WAITLIST && !view->staff.text[0];
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
    return (struct bw_ui_look){.kind = BW_BUTTON_SECONDARY, .icon = "lock", .text = text};
}

static int
lock_width(struct bw_ui_page *page)
{
    char text[BW_WORDING_BYTES];
    struct bw_ui_look look = lock_look(page, text);
    return bw_ui_look_width(page, &look);
}

static int
draw_lock(struct bw_ui_page *page, SDL_Rect area)
{
    char text[BW_WORDING_BYTES];
    struct bw_ui_look look = lock_look(page, text);
    int width = bw_ui_look_width(page, &look);
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
        area.w -= draw_lock(page, area) + m->gap;
    }
    area.y -= bw_ui_px(m, 1.2); /* two lines are higher than a button */
    area.h += bw_ui_px(m, 2.2);
    bw_ui_toast(page, area, "info", text, has_redo ? &redo : NULL);
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
    if (!m->portrait) {
        area.w -= draw_lock(page, area) + m->gap;
    }
    if (staff->total <= staff->rows_count) {
        draw_note(page, view, area);
        return;
    }
    (void)draw_pages(page, view, area, true);
}
