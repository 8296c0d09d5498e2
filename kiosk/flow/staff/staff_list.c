/* Which rows of the list stand there: a page of a tab, or of what is typed. One question
 * at a time, however fast somebody types; the newest is asked when the answer comes. */
#include "flow/base/ask.h"
#include "flow/base/field.h"
#include "flow/base/text.h"
#include "staff.h"
#include "staff_own.h"

#include <string.h>

int
bw_flow_staff_page_rows(const struct bw_flow *flow)
{
    bool names = flow->screen == BW_SCREEN_EVACUATION && flow->options.evacuation_rows;
    int rows = names ? flow->options.evacuation_rows : flow->options.staff_rows;
    rows = rows > 0 && rows <= BW_VIEW_ROWS ? rows : 5;
    return flow->rehearsal && rows > 1 ? rows - 1 : rows; /* its bar takes a row's room */
}

bool
bw_flow_staff_is_search(const struct bw_flow *flow)
{
    return !bw_flow_field_is_empty(&bw_flow_staff_own(flow)->query);
}

int
bw_flow_staff_page_start(const struct bw_flow *flow)
{
    const struct bw_flow_staff_page *stands = &bw_flow_staff_own(flow)->stands;
    return stands->by_text ? stands->offset : 0;
}

struct bw_list_entry *
bw_flow_staff_row_at(const struct bw_flow *flow, int index)
{
    int at = bw_flow_staff_page_start(flow) + index;
    return index >= 0 && index < bw_flow_staff_page_rows(flow) &&
                   at < bw_flow_staff_own(flow)->rows_count
               ? &bw_flow_staff_own(flow)->rows[at]
               : NULL;
}

static bool
has_times(const struct bw_flow_staff_page *page)
{
    return !page->by_text &&
           (page->filter == BW_LIST_PRESENT || page->filter == BW_LIST_GUESTS);
}

/* What staff want to see by now. */
static struct bw_flow_staff_page
wanted_page(const struct bw_flow *flow)
{
    const struct bw_flow_staff *list = bw_flow_staff_own(flow);
    struct bw_flow_staff_page page = {.any = true,
        .by_text = bw_flow_staff_is_search(flow),
        .filter = list->filter,
        .offset = list->offset};
    page.by_time = list->by_time && has_times(&page);
    return page;
}

static bw_flow_handler on_rows;

void
bw_flow_staff_refresh(struct bw_flow *flow, struct bw_effects *effects)
{
    struct bw_flow_staff *list = bw_flow_staff_own(flow);
    struct bw_command command;
    if (bw_flow_staff_own(flow)->asked != 0) {
        bw_flow_staff_own(flow)->stale =
            true; /* one at a time, however fast somebody types */
        return;
    }
    struct bw_flow_staff_page page = wanted_page(flow);
    bw_command_init(&command, page.by_text ? BW_COMMAND_SEARCH : BW_COMMAND_LIST);
    command.operated_by = BW_OPERATOR_STAFF;
    if (page.by_text) {
        bw_flow_set_text(
            command.search.text, sizeof command.search.text, list->query.text);
    } else {
        command.list.filter = page.filter;
        command.list.offset = page.offset;
        command.list.limit = bw_flow_staff_page_rows(flow);
        command.list.from = list->from;
        command.list.by_time = page.by_time;
    }
    list->asked_page = page;
    list->asked = bw_flow_ask(flow, effects, on_rows, &command);
}

static void
put_rows(struct bw_flow_staff *list, const struct bw_answer_list *came)
{
    int count = came->count < BW_SEARCH_ROWS ? came->count : BW_SEARCH_ROWS;
    memset(list->rows, 0, sizeof list->rows);
    if (count > 0) {
        memcpy(list->rows, came->entries, (size_t)count * sizeof *list->rows);
    }
    list->rows_count = count;
    list->rows_total = came->total > count ? came->total : count;
    list->has_changed = false;
    if (list->from != 0) {
        list->from = 0;
        list->offset = list->asked_page.offset = came->first;
    }
    list->stands = list->asked_page; /* FL8 */
}

/* A page that became empty under its offset is left for the first one. */
static void
on_rows(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    (void)now;
    struct bw_flow_staff *list = bw_flow_staff_own(flow);
    if (!flow->unlocked || answer->request_no != list->asked) {
        return;
    }
    list->asked = 0;
    if (list->stale) {
        list->stale = false;
        bw_flow_staff_refresh(flow, effects);
        return;
    }
    if (answer->kind != BW_ANSWER_LIST) {
        return;
    }
    if (answer->list.count == 0 && list->asked_page.offset > 0) {
        list->offset = 0;
        bw_flow_staff_refresh(flow, effects);
        return;
    }
    put_rows(list, &answer->list);
}

/* What stands there is of another screen's list. */
static void
drop_rows(struct bw_flow_staff *list)
{
    list->rows_count = list->rows_total = 0;
    list->stands = (struct bw_flow_staff_page){0};
}

void
bw_flow_staff_turn_page(struct bw_flow *flow, int by, struct bw_effects *effects)
{
    struct bw_flow_staff *list = bw_flow_staff_own(flow);
    int offset = list->offset + by * bw_flow_staff_page_rows(flow);
    if (offset >= bw_flow_staff_own(flow)->rows_total) {
        offset = 0;
    }
    list->offset = offset > 0 ? offset : 0;
    list->from = 0;
    list->letters = false;
    bw_flow_staff_own(flow)->more_row = -1;
    bw_flow_staff_refresh(flow, effects);
}

void
bw_flow_staff_start_list(
    struct bw_flow *flow, enum bw_list_filter filter, struct bw_effects *effects)
{
    if (filter >= BW_LIST_EXPECTED && filter < BW_LIST_FILTERS) {
        bw_flow_staff_own(flow)->letters = false;
        bw_flow_staff_own(flow)->from = 0;
        bw_flow_staff_own(flow)->filter = filter;
        bw_flow_staff_own(flow)->offset = 0;
        bw_flow_field_clear(&bw_flow_staff_own(flow)->query);
        bw_flow_staff_own(flow)->more_row = -1;
        bw_flow_staff_refresh(flow, effects);
    }
}

bool
bw_flow_staff_has_times(const struct bw_flow *flow)
{
    return has_times(&bw_flow_staff_own(flow)->stands);
}

bool
bw_flow_staff_has_letters(const struct bw_flow *flow)
{
    const struct bw_flow_staff *list = bw_flow_staff_own(flow);
    const struct bw_flow_staff_page *stands = &list->stands;
    return !stands->by_text && stands->filter != BW_LIST_WAITLIST && !stands->by_time &&
           list->rows_total > bw_flow_staff_page_rows(flow);
}

void
bw_flow_staff_jump(struct bw_flow *flow, int letter, struct bw_effects *effects)
{
    struct bw_flow_staff *list = bw_flow_staff_own(flow);
    list->letters = false;
    if (letter >= 'a' && letter <= 'z' && bw_flow_staff_has_letters(flow)) {
        list->from = (char)letter;
        list->more_row = -1;
        bw_flow_staff_refresh(flow, effects);
    }
}

void
bw_flow_staff_sort(struct bw_flow *flow, struct bw_effects *effects)
{
    struct bw_flow_staff *list = bw_flow_staff_own(flow);
    if (bw_flow_staff_has_times(flow)) {
        list->by_time = !list->by_time;
        bw_flow_staff_start_list(flow, list->filter, effects);
    }
}

void
bw_flow_staff_look_up(struct bw_flow *flow, bw_code code)
{
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(code, shown);
    struct bw_flow_field *query = &bw_flow_staff_own(flow)->query;
    bw_flow_set_text(query->text, sizeof query->text, shown);
}

/* ---- the names of those inside ---- */

void
bw_flow_staff_start_present(struct bw_flow *flow)
{
    struct bw_flow_staff *list = bw_flow_staff_own(flow);
    list->offset = 0;
    bw_flow_field_clear(&list->query);
    drop_rows(list);
}

void
bw_flow_staff_page_present(struct bw_flow *flow, int by, struct bw_effects *effects)
{
    struct bw_flow_staff *list = bw_flow_staff_own(flow);
    int rows = bw_flow_staff_page_rows(flow);
    if (by == 0 || (by > 0 && list->offset + rows >= list->rows_total)) {
        list->offset = 0;
    } else if (by > 0) {
        list->offset += rows;
    } else {
        list->offset -= list->offset >= rows ? rows : 0;
    }
    list->filter = BW_LIST_PRESENT;
    bw_flow_field_clear(&list->query);
    bw_flow_staff_refresh(flow, effects);
}

void
bw_flow_staff_refresh_present(struct bw_flow *flow, struct bw_effects *effects)
{
    bw_flow_staff_refresh(flow, effects);
}

void
bw_flow_staff_leave_present(struct bw_flow *flow)
{
    struct bw_flow_staff *list = bw_flow_staff_own(flow);
    list->offset = 0;
    list->filter = BW_LIST_EXPECTED;
    drop_rows(list);
}
