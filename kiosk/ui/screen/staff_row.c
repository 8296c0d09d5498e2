/* A person in the staff list: who, where from, how it stands, and one button. */
#include "staff.h"

#include "ui/widget/widget.h"
#include <brugwachter/code.h>
#include <stdio.h>
#include <string.h>

enum { LINE_PERCENT = 105 }; /* of its size, from a name to the line below it */

struct particle {
    const char *whole, *brief;
};

/* Dutch name particles, longest first: the first things to be shortened. */
static const struct particle particles[] = {
    {" van der ", " v.d. "},
    {" van den ", " v.d. "},
    {" van de ", " v.d. "},
    {" van het ", " v.h. "},
    {" van 't ", " v.'t "},
    {" van ", " v. "},
    {" de ", " d. "},
    {" den ", " d. "},
    {" der ", " d. "},
    {" ten ", " t. "},
    {" ter ", " t. "},
};

static void
shorten_particles(const char *name, char *ret_text, size_t capacity)
{
    char padded[BW_LINE_BYTES];
    snprintf(padded, sizeof padded, " %.*s", BW_LINE_BYTES - 2, name);
    for (size_t i = 0; i < sizeof particles / sizeof particles[0]; i++) {
        char *at = strstr(padded, particles[i].whole);
        if (at) {
            char rest[BW_LINE_BYTES];
            snprintf(rest, sizeof rest, "%s", at + strlen(particles[i].whole));
            *at = '\0';
            snprintf(ret_text, capacity, "%s%s%s",
                padded + (padded[0] == ' ' && at != padded), particles[i].brief, rest);
            if (ret_text[0] == ' ') {
                memmove(ret_text, ret_text + 1, strlen(ret_text));
            }
            return;
        }
    }
    snprintf(ret_text, capacity, "%s", name);
}

void
bw_ui_name_fit(struct bw_ui_page *page, const char *first, const char *last,
    struct bw_ui_style style, int width, char *ret_line)
{
    char whole[BW_LINE_BYTES];
    char raw[BW_NAME_BYTES * 2 + 2];
    char brief[BW_LINE_BYTES];
    snprintf(raw, sizeof raw, "%s%s%s", first, *first && *last ? " " : "", last);
    bw_ui_wording_clean(raw, whole, sizeof whole);
    if (bw_ui_text_width(page->kit.text, whole, style) <= width) {
        snprintf(ret_line, BW_LINE_BYTES, "%s", whole);
        return;
    }
    shorten_particles(whole, brief, sizeof brief);
    bw_ui_text_fit(page->kit.text, brief, style, width, ret_line);
}

static const char *
present_key(const struct bw_list_entry *row)
{
    if (row->substitute || row->basis == BW_BASIS_SUBSTITUTE) {
        return "st.s_subst";
    }
    if (row->kind == BW_ENTRY_GUEST) {
        return "st.s_guest";
    }
    if (row->kind == BW_ENTRY_WALK_IN) {
        return "st.s_walk";
    }
    return row->basis == BW_BASIS_NAME ? "st.s_name" : "st.s_pres";
}

static const char *
waiting_key(const struct bw_list_entry *row)
{
    if (!row->waiting_ms) {
        return "wl.nothere";
    }
    return row->kind == BW_ENTRY_GUEST     ? "st.s_guestwait"
           : row->kind == BW_ENTRY_WALK_IN ? "st.s_walkwait"
                                           : "wl.here";
}

void
bw_ui_person_status(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_list_entry *row, const char **ret_icon,
    char ret_text[BW_WORDING_BYTES])
{
    struct bw_values values = {.time_ms = row->since_ms};
    const char *key = "st.s_exp";
    snprintf(values.phone, sizeof values.phone, "%s", view->overview.contact_phone);
    *ret_icon = "clock";
    if (row->present) {
        *ret_icon = "check-circle";
        key = present_key(row);
    } else if (row->status == BW_BLOCKED) {
        *ret_icon = "phone";
        key = "st.s_blocked";
    } else if (row->status == BW_CANCELLED) {
        *ret_icon = "minus";
        key = "st.s_cancel";
    } else if (row->waiting || row->status == BW_WAITLISTED) {
        *ret_icon = row->waiting_ms ? "door" : "clock";
        values.time_ms = row->waiting_ms;
        key = waiting_key(row);
    } else if (row->left) {
        *ret_icon = "arrow-right";
        key = "st.s_left";
    }
    bw_ui_say(page, key, &values, ret_text);
}

/* Another row has this one's name and school: the code alone tells them apart. */
static bool
is_same_school(const struct bw_view *view, const struct bw_row_view *row)
{
    const struct bw_person *one = &row->row.person;
    int alike = 0;
    for (int i = 0; i < view->staff.rows_count; i++) {
        const struct bw_person *other = &view->staff.rows[i].row.person;
        alike += strcmp(one->first_name, other->first_name) == 0 &&
                 strcmp(one->name, other->name) == 0 &&
                 strcmp(one->school, other->school) == 0;
    }
    return alike > 1;
}

static void
add_part(char *line, size_t capacity, const char *part)
{
    size_t used = strlen(line);
    snprintf(line + used, capacity - used, "%s%.800s", used && *part ? " · " : "", part);
}

/* "verwacht", below the tab of that name: it would only push the school out. */
static bool
tab_says_it(const struct bw_view *view, const struct bw_list_entry *row)
{
    bool expected =
        !row->present && !row->left && !row->waiting && row->status == BW_CONFIRMED;
    return expected && view->staff.filter == BW_LIST_EXPECTED && !view->staff.found;
}

/* Second line: for equal names first what differs, school or code's end, so that it is
 * never what is cut; then the organiser's word to staff, the status where it has no place
 * of its own and the tab doesn't say it, and the school. */
static void
second_line(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_row_view *row, bool with_status, int space, char *ret_text)
{
    char status[BW_WORDING_BYTES], raw[BW_LINE_BYTES * 2] = "", code[16] = "";
    char attention[BW_WORDING_BYTES] = "";
    const char *icon, *school = row->row.person.school;
    struct bw_ui_style style = bw_ui_page_style(page, BW_T1, BW_MEDIUM);
    bw_ui_person_status(page, view, &row->row, &icon, status);
    if (row->ambiguous && row->row.code != BW_CODE_NONE) {
        char shown[BW_CODE_SHOWN_BYTES];
        bw_code_format_shown(row->row.code, shown);
        snprintf(code, sizeof code, "%s", shown + 5);
    }
    if (row->row.person.attention[0] != '\0') {
        struct bw_values values = {0};
        snprintf(values.x, sizeof values.x, "%s", row->row.person.attention);
        bw_ui_say(page, "st.attention", &values, attention);
    }
    bool by_school = *code && *school && !is_same_school(view, row) &&
                     bw_ui_text_width(page->kit.text, school, style) <= space;
    add_part(raw, sizeof raw, by_school ? school : code);
    add_part(raw, sizeof raw, attention);
    with_status = with_status && !tab_says_it(view, &row->row);
    add_part(raw, sizeof raw, with_status ? status : "");
    add_part(raw, sizeof raw, by_school ? code : school);
    bw_ui_wording_clean(raw, ret_text, BW_LINE_BYTES);
}

static int
draw_number(struct bw_ui_page *page, const struct bw_list_entry *row, SDL_Rect rect)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char number[16];
    if (row->position <= 0 || row->present) {
        return 0;
    }
    int size = bw_ui_px(m, 6.6);
    struct bw_ui_style style = bw_ui_page_style(page, BW_T3, BW_BLACK);
    SDL_Rect disc = {
        .x = rect.x, .y = rect.y + (rect.h - size) / 2, .w = size, .h = size};
    snprintf(number, sizeof number, "%d", row->position);
    bw_ui_page_round(page, disc, size / 2, BW_ZON);
    int width = bw_ui_text_width(page->kit.text, number, style);
    bw_ui_page_line(page, disc.x + (size - width) / 2,
        disc.y + (size - bw_ui_line_height(style)) / 2, style, BW_INKT, number);
    return size + bw_ui_px(m, 2);
}

/* As wide as the widest of the list, so that the columns stand straight; and what a row
 * may become, so that nothing moves under a finger, where the panel has room for that. */
static int
action_width(struct bw_ui_page *page, const struct bw_view *view, int space)
{
    const struct bw_ui_metric *m = page->kit.metric;
    bool steady = !m->tiny && !m->portrait;
    int width = bw_ui_px(m, m->portrait ? 25 : m->size == BW_UI_ROOMY ? 28 : 0);
    for (int i = 0; i < view->staff.rows_count + steady; i++) {
        static const struct bw_button undo = {.key = "st.undo", .icon = "undo"};
        bool last = i == view->staff.rows_count;
        const struct bw_button *button = last ? &undo : &view->staff.rows[i].button;
        char text[BW_WORDING_BYTES];
        bw_ui_say(page, button->key, NULL, text);
        struct bw_ui_look look = {.icon = button->icon, .text = text};
        int wanted = bw_ui_look_width(page, &look);
        width = wanted > width ? wanted : width;
    }
    return width > space * 2 / 5 ? space * 2 / 5 : width;
}

/* The same for the words about them. */
static int
status_width(
    struct bw_ui_page *page, const struct bw_view *view, struct bw_ui_style style)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int most = bw_ui_px(m, 28);
    int widest = 0;
    for (int i = 0; i < view->staff.rows_count; i++) {
        char text[BW_WORDING_BYTES];
        const char *icon;
        bw_ui_person_status(page, view, &view->staff.rows[i].row, &icon, text);
        int width = bw_ui_text_width(page->kit.text, text, style);
        widest = width > widest ? width : widest;
    }
    widest += bw_ui_icon_px(page, 3.6, style) + bw_ui_px(m, 1.4);
    return widest < most ? widest : most;
}

static int
draw_actions(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_row_view *row, int index, SDL_Rect rect)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    struct bw_values values = {0};
    snprintf(values.phone, sizeof values.phone, "%s", view->overview.contact_phone);
    bw_ui_say(page, row->button.key, &values, text);
    struct bw_ui_look look = {
        .kind = row->button.kind, .icon = row->button.icon, .text = text};
    int width = action_width(page, view, rect.w);
    int high = m->staff_touch;
    int y = rect.y + (rect.h - high) / 2;
    SDL_Rect main = {.x = rect.x + rect.w - width, .y = y, .w = width, .h = high};
    int more_w = m->touch;
    SDL_Rect more = {
        .x = main.x - more_w - m->gap * 2 / 3, .y = y, .w = more_w, .h = high};
    int least = bw_ui_mm(m, BW_GAP_MM);
    if (main.x - more.x - more.w < least) {
        more.x = main.x - more_w - least;
    }
    struct bw_ui_look dots = {.kind = BW_BUTTON_QUIET, .icon = "edit", .text = ""};
    page->crowded = true; /* MT2: a staff list's */
    bw_ui_look_draw(page, more, &dots, BW_ACTION_ROW_MORE, index);
    bw_ui_look_draw(page, main, &look, row->button.action, row->button.index);
    page->crowded = false;
    return rect.x + rect.w - more.x + bw_ui_px(m, 1);
}

int
bw_ui_staff_row_height(const struct bw_ui_metric *metric)
{
    int upper = metric->type_px[BW_STAFF][BW_T2] * LINE_PERCENT / 100;
    int lower = metric->type_px[BW_STAFF][BW_T1] * 12 / 10;
    int button = metric->staff_touch + bw_ui_px(metric, 1);
    int words = upper + lower + bw_ui_px(metric, 0.4);
    return words > button ? words : button;
}

void
bw_ui_staff_row(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_row_view *row, int index, SDL_Rect rect, bool with_actions)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char line[BW_LINE_BYTES], status[BW_WORDING_BYTES];
    const char *icon;
    bw_ui_panel(page, rect, row->changed ? BW_GROEN_LICHT : BW_WIT,
        row->changed ? BW_GROEN : BW_PANEEL_RAND);
    SDL_Rect inside = bw_ui_inset(rect, bw_ui_px(m, 1.6), 0);
    inside.w += bw_ui_px(m, 0.6);
    int right = with_actions ? draw_actions(page, view, row, index, inside) : 0;
    int left = draw_number(page, &row->row, inside);
    struct bw_ui_style strong = bw_ui_page_style(page, BW_T2, BW_BOLD);
    struct bw_ui_style plain = bw_ui_page_style(page, BW_T1, BW_MEDIUM);
    int x = inside.x + left;
    int space = inside.w - left - right;
    bool own_column = space > bw_ui_px(m, 58) && !m->tiny;
    if (own_column) {
        bw_ui_person_status(page, view, &row->row, &icon, status);
        int column = status_width(page, view, plain);
        SDL_Rect tag = {.x = x + space - column, .y = rect.y, .w = column, .h = rect.h};
        bw_ui_tag(
            page, tag, icon, bw_ui_icon_px(page, 3.6, plain), plain, BW_INKT, status);
        space -= column + bw_ui_px(m, 2);
    }
    /* the lines' boxes overlap by what is empty in them */
    int lower = strong.px * LINE_PERCENT / 100;
    int y = rect.y + (rect.h - lower - bw_ui_line_height(plain)) / 2;
    bw_ui_name_fit(
        page, row->row.person.first_name, row->row.person.name, strong, space, line);
    bw_ui_page_line_fit(page, x, y, space, strong, BW_INKT, line);
    second_line(page, view, row, !own_column, space, line);
    bw_ui_page_line_fit(page, x, y + lower, space, plain, BW_STEEN, line);
}

/* ---- what else ---- */

static int
more_buttons(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_row_view *row, struct bw_ui_bar_button *ret,
    char texts[][BW_WORDING_BYTES])
{
    struct option {
        bool shown;
        enum bw_action action;
        const char *key, *icon;
        enum bw_button_kind kind;
    };
    const struct bw_list_entry *r = &row->row;
    bool away = !r->present && r->status != BW_BLOCKED;
    bool full = view->staff.override == BW_OVERRIDE_FULL;
    const struct option options[] = {
        {r->present, BW_ACTION_LEAVES, "st.left", "arrow-right", BW_BUTTON_SECONDARY},
        {away && r->kind == BW_ENTRY_REGISTRATION, BW_ACTION_SUBSTITUTE, "st.subst",
            "people", BW_BUTTON_SECONDARY},
        {r->present && view->staff.labels, BW_ACTION_LABEL, "st.label", "paper",
            BW_BUTTON_SECONDARY},
        {view->staff.override != BW_OVERRIDE_NONE, BW_ACTION_OVERRIDE,
            full ? "st.noextrab" : "st.over", full ? "" : "door",
            full ? BW_BUTTON_OFF : BW_BUTTON_SECONDARY},
    };
    int count = 0;
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (options[i].shown) {
            bw_ui_say(page, options[i].key, NULL, texts[count]);
            ret[count] = (struct bw_ui_bar_button){
                {.kind = count > 0 ? options[i].kind : BW_BUTTON_PRIMARY,
                    .icon = options[i].icon,
                    .text = texts[count]},
                options[i].action, 0};
            count++;
        }
    }
    return count;
}

/* Back, then the options; under each other in portrait, and back the lowest. */
static void
draw_more_buttons(struct bw_ui_page *page, struct bw_ui_bar_button *buttons, int count,
    SDL_Rect area, bool one_row)
{
    const struct bw_ui_metric *m = page->kit.metric;
    if (one_row) {
        bw_ui_button_bar(page, area, m->touch, false, buttons, count);
        return;
    }
    for (int i = count - 1; i >= 0; i--, area.y += m->touch + m->gap) {
        bw_ui_look_draw(
            page, area, &buttons[i].look, buttons[i].action, buttons[i].index);
    }
}

void
bw_ui_staff_more(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int index = view->staff.more_row;
    if (index < 0 || index >= view->staff.rows_count || view->dialog.open) {
        return;
    }
    const struct bw_row_view *row = &view->staff.rows[index];
    static char texts[4][BW_WORDING_BYTES];
    struct bw_ui_bar_button buttons[4];
    char name[BW_LINE_BYTES], line[BW_LINE_BYTES], status[BW_WORDING_BYTES];
    const char *icon;
    bw_ui_say(page, "back", NULL, texts[3]);
    buttons[0] = (struct bw_ui_bar_button){
        {.kind = BW_BUTTON_SECONDARY, .icon = "arrow-left", .text = texts[3]},
        BW_ACTION_ROW_MORE, index};
    int count = 1 + more_buttons(page, view, row, buttons + 1, texts);
    for (int i = 0; i < count; i++) {
        buttons[i].index = index;
    }
    struct bw_ui_style strong = bw_ui_page_style(page, BW_T4, BW_BLACK);
    struct bw_ui_style plain = bw_ui_page_style(page, BW_T2, BW_MEDIUM);
    struct bw_ui_style small = bw_ui_page_style(page, BW_T1, BW_MEDIUM);
    int space = bw_ui_px(m, m->size == BW_UI_COMPACT ? 1.5 : 3);
    int rows = m->portrait ? count : 1;
    int height = bw_ui_line_height(strong) + 2 * bw_ui_line_height(plain) + space +
                 rows * m->touch + (rows - 1) * m->gap;
    int spare = m->height_px - height - bw_ui_px(m, m->size == BW_UI_COMPACT ? 10 : 20);
    SDL_Rect past = {.w = bw_ui_dialog_width(page), .h = spare};
    past.h = bw_ui_staff_history(page, view, small, past, false);
    height += past.h ? past.h + bw_ui_px(m, 1.5) : 0;
    SDL_Rect inside = bw_ui_dialog_panel(page, height);
    int y = inside.y;
    bw_ui_name_fit(
        page, row->row.person.first_name, row->row.person.name, strong, inside.w, name);
    bw_ui_page_line_fit(page, inside.x, y, inside.w, strong, BW_INKT, name);
    y += bw_ui_line_height(strong);
    second_line(page, view, row, false, inside.w, line);
    bw_ui_page_line_fit(page, inside.x, y, inside.w, plain, BW_STEEN, line);
    y += bw_ui_line_height(plain);
    bw_ui_person_status(page, view, &row->row, &icon, status);
    SDL_Rect tag = {.x = inside.x, .y = y, .w = inside.w, .h = bw_ui_line_height(plain)};
    bw_ui_tag(page, tag, icon, bw_ui_icon_px(page, 3.6, plain), plain, BW_INKT, status);
    y += bw_ui_line_height(plain);
    past.x = inside.x;
    past.y = y + bw_ui_px(m, 1.5);
    bw_ui_staff_history(page, view, small, past, true);
    SDL_Rect bar = {.x = inside.x, .y = inside.y + height, .w = inside.w, .h = m->touch};
    bar.y -= rows * m->touch + (rows - 1) * m->gap;
    draw_more_buttons(page, buttons, count, bar, rows == 1);
}
