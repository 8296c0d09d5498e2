/* 09, 10b, 10c: how it stands, three lists, search; one dark button a row.
 *
 * The overview stands at the top; at the left (above, in portrait) what else there is;
 * the tabs stand on the list. With the keyboard up the rows stand above it. */
#include "staff.h"

#include "screen.h"

#include "ui/widget/keyboard.h"
#include "ui/widget/widget.h"

struct staff_areas {
    SDL_Rect overview, sync, rail, tabs, list, bottom, back;
    int pitch, row;
    int rail_columns;
};

static int
header_height(const struct bw_ui_metric *m)
{
    int height = bw_ui_px(m, m->size == BW_UI_COMPACT ? 9 : 10);
    int line = m->type_px[BW_STAFF][BW_T4] * 12 / 10;
    return height > line ? height : line;
}

/* Three small lines, or large figures and one. */
static int
panel_height(const struct bw_ui_metric *m)
{
    int small = m->type_px[BW_STAFF][BW_T1] * 12 / 10;
    return 3 * small + bw_ui_px(m, 1.4);
}

/* Upright: all one above the other, from y on. */
static void
find_areas_upright(const struct bw_ui_metric *m, int y, struct staff_areas *a)
{
    int left = m->margin;
    int width = m->width_px - 2 * left;
    int rail_gap = m->gap;
    int panel = panel_height(m);
    a->overview = (SDL_Rect){.x = left, .y = y, .w = width, .h = panel};
    y += panel + bw_ui_px(m, 2);
    a->sync = (SDL_Rect){.x = left, .y = y, .w = width, .h = panel};
    y += panel + bw_ui_px(m, 3);
    a->rail = (SDL_Rect){.x = left, .y = y, .w = width, .h = 3 * m->touch + 2 * rail_gap};
    y += a->rail.h + m->gap;
    a->tabs = (SDL_Rect){.x = left, .y = y, .w = width, .h = m->staff_touch};
    y += m->staff_touch + bw_ui_px(m, 2);
    a->list = (SDL_Rect){
        .x = left, .y = y, .w = width, .h = a->bottom.y - bw_ui_px(m, 1.5) - y};
}

/* On a broad panel the rail stands at the left, over the whole height. */
static void
find_areas_broad(const struct bw_ui_metric *m, int y, struct staff_areas *a)
{
    int left = m->margin;
    int width = m->width_px - 2 * left;
    bool low = m->size == BW_UI_COMPACT;
    if (!low) {
        int panel = panel_height(m);
        int part = width * (m->size == BW_UI_ROOMY ? 53 : 48) / 100;
        a->overview = (SDL_Rect){.x = left, .y = y, .w = part, .h = panel};
        a->sync = (SDL_Rect){.x = left + part + bw_ui_px(m, 3),
            .y = y,
            .w = width - part - bw_ui_px(m, 3),
            .h = panel};
        y += panel + bw_ui_px(m, 1.5);
    }
    int apart = bw_ui_mm(m, BW_GAP_MM) - (a->row - m->staff_touch) / 2;
    int rail = bw_ui_px(m, m->size == BW_UI_ROOMY ? 36 : 34);
    int least_gap = bw_ui_mm(m, BW_GAP_MM);
    a->back = (SDL_Rect){.x = left, .y = a->bottom.y, .w = rail, .h = a->bottom.h};
    a->rail = (SDL_Rect){.x = left, .y = y, .w = rail, .h = a->bottom.y - least_gap - y};
    int beside = bw_ui_px(m, m->size == BW_UI_ROOMY ? 3 : 2.5);
    int x = left + rail + (beside > least_gap ? beside : least_gap);
    a->tabs = (SDL_Rect){.x = x, .y = y, .w = left + width - x, .h = m->staff_touch};
    int step = bw_ui_px(m, 1);
    step = step > apart ? step : apart;
    y += m->staff_touch + step;
    a->bottom.x = x;
    a->bottom.w = left + width - x;
    a->list = (SDL_Rect){.x = x,
        .y = y,
        .w = a->bottom.w,
        .h = a->bottom.y - (bw_ui_px(m, 1) > apart ? bw_ui_px(m, 1) : apart) - y};
}

static void
find_areas(const struct bw_ui_metric *m, struct staff_areas *a)
{
    int left = m->margin;
    int width = m->width_px - 2 * left;
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    int y = header_height(m) + bw_ui_px(m, low ? 1 : 1.5);
    int foot = bw_ui_px(m, m->portrait ? 6 : low ? 1.2 : 1.5);
    *a = (struct staff_areas){
        .row = bw_ui_staff_row_height(m), .rail_columns = m->portrait ? 2 : 1};
    a->pitch = a->row + bw_ui_px(m, 0.4);
    int least = m->staff_touch + bw_ui_mm(m, BW_GAP_MM);
    a->pitch = a->pitch < least ? least : a->pitch;
    a->bottom = (SDL_Rect){.x = left,
        .y = m->height_px - foot - m->staff_touch,
        .w = width,
        .h = m->staff_touch};
    if (m->portrait) {
        find_areas_upright(m, y, a);
    } else {
        find_areas_broad(m, y, a);
    }
}

int
bw_ui_screen_staff_rows(const struct bw_ui_metric *m)
{
    struct staff_areas a;
    find_areas(m, &a);
    int rows = (a.list.h - a.row) / a.pitch + 1;
    return rows < 1 ? 1 : rows > BW_VIEW_ROWS ? BW_VIEW_ROWS : rows;
}

/* ---- at the left ---- */

struct rail_button {
    enum bw_action action;
    enum bw_button_kind kind;
    const char *key, *icon;
};

static void
draw_query(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect rect)
{
    struct bw_ui_field field = {.icon = "search",
        .text = view->staff.text,
        .active = true,
        .mono_ms = view->mono_ms,
        .still = view->less_motion};
    bw_ui_field_draw(page, rect, &field);
    bw_ui_page_target(page, rect, BW_ACTION_STAFF_SEARCH, 0);
}

/* Where the rail's buttons stand: in columns, from the top; where they are too many, the
 * last two share a line. */
struct rail {
    SDL_Rect area;
    int touch, gap, width;
    int columns, slots;
    bool crowded;
};

static struct rail
rail_of(const struct bw_ui_metric *m, const struct staff_areas *a, int count)
{
    int gap = m->size == BW_UI_ROOMY || m->portrait ? m->gap : bw_ui_mm(m, BW_GAP_MM);
    int slots = (a->rail.h + gap) / (m->touch + gap) * a->rail_columns;
    return (struct rail){.area = a->rail,
        .touch = m->touch,
        .gap = gap,
        .width = (a->rail.w - (a->rail_columns - 1) * gap) / a->rail_columns,
        .columns = a->rail_columns,
        .slots = slots,
        .crowded = count > slots};
}

static bool
shares_line(const struct rail *rail, int at)
{
    return rail->crowded && at >= rail->slots - 1;
}

static SDL_Rect
rail_rect(const struct rail *rail, int at)
{
    int down = rail->touch + rail->gap;
    SDL_Rect rect = {.w = rail->width, .h = rail->touch};
    if (shares_line(rail, at)) {
        rect.w = (rail->width - rail->gap) / 2;
        rect.x = rail->area.x + (at - rail->slots + 1) * (rect.w + rail->gap);
        rect.y = rail->area.y + (rail->slots - 1) * down;
    } else {
        rect.x = rail->area.x + at % rail->columns * (rail->width + rail->gap);
        rect.y = rail->area.y + at / rail->columns * down;
    }
    return rect;
}

static void
draw_rail(
    struct bw_ui_page *page, const struct bw_view *view, const struct staff_areas *a)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct rail_button buttons[] = {
        {BW_ACTION_STAFF_SEARCH, BW_BUTTON_SUN, "st.search", "search"},
        {BW_ACTION_WALK_IN, BW_BUTTON_SECONDARY, "st.walk", "person-add"},
        {view->staff.may_release ? BW_ACTION_RELEASE : BW_ACTION_NONE,
            BW_BUTTON_SECONDARY, "st.release", "seat"},
        {BW_ACTION_EVACUATE, BW_BUTTON_SECONDARY, "st.evac", "people"},
        {BW_ACTION_KIOSK, BW_BUTTON_SECONDARY, "st.dev", "kiosk"},
        {m->portrait ? BW_ACTION_LOCK : BW_ACTION_NONE, BW_BUTTON_SECONDARY, "st.lock",
            "lock"},
    };
    struct rail rail = rail_of(m, a, 4 + view->staff.may_release + m->portrait);
    int at = 0;
    for (size_t i = 0; i < sizeof buttons / sizeof buttons[0]; i++) {
        char text[BW_WORDING_BYTES];
        if (buttons[i].action == BW_ACTION_NONE) {
            continue;
        }
        SDL_Rect rect = rail_rect(&rail, at);
        if (i == 0 && view->staff.text[0]) { /* typed on a keyboard of its own */
            draw_query(page, view, rect);
        } else {
            bool bare = shares_line(&rail, at); /* by its icon */
            bw_ui_say(page, buttons[i].key, NULL, text);
            struct bw_ui_look look = {.kind = buttons[i].kind,
                .icon = buttons[i].icon,
                .text = bare ? "" : text,
                .left = !bare};
            bw_ui_look_draw(page, rect, &look, buttons[i].action, 0);
        }
        at++;
    }
}

/* Bottom left. Upright it stands on the line under the list, and takes its width from
 * that. */
static void
draw_back(struct bw_ui_page *page, const struct bw_view *view, struct staff_areas *a)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    bw_ui_say(page, "back", NULL, text);
    struct bw_ui_look look = {
        .kind = BW_BUTTON_SECONDARY, .icon = "arrow-left", .text = text};
    if (m->portrait) {
        bool brief = view->staff.toast[0] != '\0';
        look.text = brief ? "" : text;
        look.name = text;
        a->back = a->bottom;
        a->back.w = brief ? m->touch : bw_ui_look_width(page, &look);
        a->bottom.x += a->back.w + m->gap;
        a->bottom.w -= a->back.w + m->gap;
    }
    bw_ui_look_draw(page, a->back, &look, BW_ACTION_BACK, 0);
}

/* ---- the list ---- */

static void
draw_empty(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    bw_ui_say(page, view->staff.empty, &view->staff.values, text);
    struct bw_ui_block block = {.style = bw_ui_page_style(page, BW_T3, BW_BOLD),
        .leading = 1.2,
        .width = area.w - bw_ui_px(m, 8),
        .lines_max = 2,
        .align = BW_CENTRE};
    int height = bw_ui_block_height(page, &block, text);
    bw_ui_page_block(page, area.x + bw_ui_px(m, 4), area.y + (area.h - height) / 2,
        &block, BW_STEEN, text);
}

static void
draw_rows(struct bw_ui_page *page, const struct bw_view *view,
    const struct staff_areas *a, SDL_Rect list)
{
    int fits = (list.h - a->row) / a->pitch + 1;
    if (view->staff.rows_count == 0 && view->staff.empty[0] != '\0') {
        draw_empty(page, view, list);
    }
    for (int i = 0; i < view->staff.rows_count && i < fits; i++) {
        SDL_Rect rect = {
            .x = list.x, .y = list.y + i * a->pitch, .w = list.w, .h = a->row};
        bw_ui_staff_row(page, view, &view->staff.rows[i], i, rect, true);
    }
}

/* ---- with the keyboard up ---- */

static void
draw_searching(
    struct bw_ui_page *page, const struct bw_view *view, const struct staff_areas *a)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char hint[BW_WORDING_BYTES];
    int left = m->margin;
    int width = m->width_px - 2 * left;
    int y = header_height(m) + bw_ui_px(m, m->size == BW_UI_COMPACT ? 0.8 : 1.5);
    int bottom = bw_ui_px(m, m->portrait ? 5 : m->size == BW_UI_COMPACT ? 1 : 2);
    int keys_h = bw_ui_keyboard_height(m, true);
    if (m->size == BW_UI_COMPACT && !m->portrait) {
        keys_h = keys_h * 82 / 100;
    }
    int field_h = bw_ui_px(m, 8);
    int least = bw_ui_mm(m, BW_GAP_MM) - (a->row - m->staff_touch) / 2;
    int apart = SDL_max(least, bw_ui_px(m, 1.2));
    int most = m->height_px - bottom - y - field_h - bw_ui_px(m, 1.2) - a->row - apart;
    keys_h = keys_h > most ? most : keys_h; /* one row at least */
    int keys_y = m->height_px - bottom - keys_h;
    bw_ui_say(page, "st.ready", NULL, hint);
    struct bw_ui_field field = {.icon = "search",
        .text = view->staff.text,
        .placeholder = hint,
        .active = true,
        .mono_ms = view->mono_ms,
        .still = view->less_motion};
    bw_ui_field_draw(
        page, (SDL_Rect){.x = left, .y = y, .w = width, .h = field_h}, &field);
    y += field_h + bw_ui_px(m, 1.2);
    SDL_Rect list = {.x = left, .y = y, .w = width, .h = keys_y - apart - y};
    draw_rows(page, view, a, list);
    struct bw_ui_keyboard keyboard = {
        .area = {.x = left, .y = keys_y, .w = width, .h = keys_h},
        .code = true,
        .back = BW_ACTION_STAFF_SEARCH,
        .back_key = "back",
        .back_icon = "arrow-left"};
    bw_ui_keyboard_draw(page, &keyboard);
}

void
bw_ui_screen_staff(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    struct staff_areas a;
    char detail[BW_WORDING_BYTES];
    page->reader = BW_STAFF;
    find_areas(m, &a);
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_PAPIER);
    if (a.overview.h && !view->staff.searching) {
        bw_ui_wording_clean(view->overview.session.title, detail, sizeof detail);
    } else { /* no panel says it */
        bw_ui_figures(page, view, detail);
    }
    bw_ui_staff_header(page, view, detail);
    if (view->staff.searching) {
        draw_searching(page, view, &a);
    } else {
        if (a.overview.h) {
            bw_ui_staff_overview(page, view, a.overview);
            bw_ui_staff_sync(page, view, a.sync);
        }
        draw_rail(page, view, &a);
        bw_ui_staff_tabs(page, view, a.tabs);
        if (view->staff.letters) {
            bw_ui_staff_letters(page, a.list);
        } else {
            draw_rows(page, view, &a, a.list);
        }
        page->crowded = true;
        draw_back(page, view, &a);
        bw_ui_staff_bottom(page, view, a.bottom);
        page->crowded = false;
    }
    bw_ui_staff_more(page, view);
}
