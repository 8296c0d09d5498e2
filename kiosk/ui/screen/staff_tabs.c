/* On the staff's list: its tabs, and the letters to jump to. UI thread. */
#include "staff.h"

#include "ui/widget/widget.h"
#include <stdio.h>

enum { TABS = BW_LIST_FILTERS };

struct tab {
    enum bw_list_filter filter;
    const char *key, *icon;
};

static const struct tab tabs[TABS] = {
    {BW_LIST_EXPECTED, "st.exp", "clock"},
    {BW_LIST_PRESENT, "st.pres", "check"},
    {BW_LIST_WAITLIST, "st.wait", "hourglass"},
    {BW_LIST_GUESTS, "st.guests", "person-add"},
};

/* A small panel shows the guests' tab when there are any. */
static bool
is_shown(const struct bw_ui_page *page, const struct bw_view *view, const struct tab *tab)
{
    bool small = page->kit.metric->size == BW_UI_COMPACT && !page->kit.metric->portrait;
    return tab->filter != BW_LIST_GUESTS || !small ||
           view->staff.counts[BW_LIST_GUESTS] > 0 || view->staff.filter == BW_LIST_GUESTS;
}

struct tab_looks {
    struct bw_ui_look items[TABS];
    char texts[TABS][BW_WORDING_BYTES], counts[TABS][16];
    bool on[TABS];
};

static void
make_looks(
    struct bw_ui_page *page, const struct bw_view *view, struct tab_looks *ret_looks)
{
    for (int i = 0; i < TABS; i++) {
        enum bw_list_filter filter = tabs[i].filter;
        bool on = view->staff.filter == filter && !view->staff.found;
        snprintf(ret_looks->counts[i], sizeof ret_looks->counts[i], "%d",
            view->staff.counts[filter]);
        bw_ui_say(page, tabs[i].key, NULL, ret_looks->texts[i]);
        ret_looks->on[i] = on;
        ret_looks->items[i] = (struct bw_ui_look){.kind = BW_BUTTON_SECONDARY,
            .icon = tabs[i].icon,
            .text = ret_looks->texts[i],
            .name = ret_looks->texts[i],
            .count = ret_looks->counts[i],
            .left = true,
            .fill = on ? BW_MIST : BW_WIT};
    }
}

/* How wide each one is: the same where all labels fit so, with icons or without; else as
 * wide as its label is; else those that aren't open have an icon and a figure. */
static void
find_widths(struct bw_ui_page *page, const struct bw_view *view, struct tab_looks *looks,
    int room, int widths[TABS])
{
    int count = 0, widest = 0, sum = 0;
    bool icons = true;
    for (int i = 0; i < TABS; i++) {
        count += is_shown(page, view, &tabs[i]);
    }
    for (int i = 0; i < TABS; i++) {
        icons = icons && bw_ui_look_width(page, &looks->items[i]) <= room / count;
    }
    for (int i = 0; i < TABS; i++) {
        bool shown = is_shown(page, view, &tabs[i]);
        looks->items[i].icon = icons ? tabs[i].icon : NULL;
        widths[i] = bw_ui_look_width(page, &looks->items[i]);
        widest = shown && widths[i] > widest ? widths[i] : widest;
        sum += shown ? widths[i] : 0;
    }
    if (sum > room) {
        sum = 0;
        for (int i = 0; i < TABS; i++) {
            if (!looks->on[i]) {
                looks->items[i].icon = tabs[i].icon;
                looks->items[i].text = "";
            }
            widths[i] = bw_ui_look_width(page, &looks->items[i]);
            sum += is_shown(page, view, &tabs[i]) ? widths[i] : 0;
        }
        widest = room;
    }
    for (int i = 0; i < TABS; i++) {
        widths[i] =
            widest <= room / count ? room / count : widths[i] + (room - sum) / count;
    }
}

void
bw_ui_staff_tabs(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    struct tab_looks looks;
    int gap = bw_ui_mm(m, BW_GAP_MM);
    int widths[TABS], count = 0, x = area.x;
    make_looks(page, view, &looks);
    for (int i = 0; i < TABS; i++) {
        count += is_shown(page, view, &tabs[i]);
    }
    find_widths(page, view, &looks, area.w - (count - 1) * gap, widths);
    for (int i = 0; i < TABS; i++) {
        if (!is_shown(page, view, &tabs[i])) {
            continue;
        }
        SDL_Rect rect = {.x = x, .y = area.y, .w = widths[i], .h = area.h};
        page->crowded = true; /* twelve millimetres high will do */
        bw_ui_look_draw(page, rect, &looks.items[i], BW_ACTION_TAB, (int)tabs[i].filter);
        page->crowded = false;
        if (looks.on[i]) {
            SDL_Rect mark = {.x = rect.x + m->r2,
                .y = rect.y + rect.h - bw_ui_px(m, 0.8),
                .w = rect.w - 2 * m->r2,
                .h = bw_ui_px(m, 0.8)};
            bw_ui_page_fill(page, mark, BW_GRACHT);
        }
        x += widths[i] + gap;
    }
}

/* Rare ones share a key, so that all have room on a small panel. */
static const char letters[][4] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K",
    "L", "M", "N", "O", "PQ", "R", "S", "T", "U", "V", "W", "XY", "Z"};
enum { LETTERS = sizeof letters / sizeof *letters, KEY_WIDTH_MM = 20, COLUMNS_MAX = 6 };

void
bw_ui_staff_letters(struct bw_ui_page *page, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int gap = bw_ui_mm(m, BW_GAP_MM);
    int columns = (area.w + gap) / (bw_ui_mm(m, KEY_WIDTH_MM) + gap);
    columns = columns > COLUMNS_MAX ? COLUMNS_MAX : columns < 1 ? 1 : columns;
    int rows = (LETTERS + columns - 1) / columns;
    int width = (area.w - (columns - 1) * gap) / columns;
    int height = (area.h - (rows - 1) * gap) / rows;
    height = height > m->touch ? m->touch : height;
    page->crowded = true; /* the staff's size */
    for (int i = 0; i < LETTERS; i++) {
        SDL_Rect rect = {.x = area.x + i % columns * (width + gap),
            .y = area.y + i / columns * (height + gap),
            .w = width,
            .h = height};
        struct bw_ui_look look = {.kind = BW_BUTTON_SECONDARY, .text = letters[i]};
        bw_ui_look_draw(page, rect, &look, BW_ACTION_LETTER, letters[i][0] - 'A' + 'a');
    }
    page->crowded = false;
}
