/* 09, 10b, 10c: the list, for one hand and a queue of ten. UI thread only.
 *
 * A row that was just changed stays where it is, tinted, until the page or the tab changes:
 * nobody loses the person they are talking to. */
#include "flow/state.h"

#include <brugwachter/text.h>
#include <string.h>

int
staff_page_rows(const struct bw_flow *flow)
{
    int rows = flow->options.staff_rows;
    return rows > 0 && rows <= BW_VIEW_ROWS ? rows : 5;
}

void
staff_refresh(struct bw_flow *flow, struct bw_effects *effects)
{
    struct pending_list *list = &flow->staff.list;
    struct bw_command command;
    bool by_text = list->searching && !field_is_empty(&list->query);
    bw_command_init(&command, by_text ? BW_COMMAND_SEARCH : BW_COMMAND_LIST);
    command.operator= BW_OPERATOR_STAFF;
    command.filter = list->filter;
    command.offset = by_text ? 0 : list->offset;
    command.limit = staff_page_rows(flow);
    set_text(command.text, sizeof command.text, list->query.text);
    effect_command(flow, effects, FOR_LIST, &command);
    flow->staff.asked = flow->command_no;
}

void
staff_toast(struct bw_flow *flow, const char *key, const struct bw_values *values,
    struct bw_now now)
{
    set_key(flow->staff.toast, key);
    flow->staff.toast_values = *values;
    flow->staff.toast_ms = now.mono_ms;
    flow->staff.redo = false;
}

static void
staff_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    flow->staff.more_row = -1;
    flow->staff.list.searching = true; /* the search field has the focus after the PIN */
    staff_refresh(flow, effects);
}

static void
turn_page(struct bw_flow *flow, int by, struct bw_effects *effects)
{
    struct pending_list *list = &flow->staff.list;
    int offset = list->offset + by * staff_page_rows(flow);
    if (offset >= flow->staff.rows_total) {
        offset = 0;
    }
    list->offset = offset > 0 ? offset : 0;
    flow->staff.more_row = -1;
    staff_refresh(flow, effects);
}

static void
start_list(struct bw_flow *flow, enum bw_list_filter filter, struct bw_effects *effects)
{
    flow->staff.list.filter = filter;
    flow->staff.list.offset = 0;
    field_clear(&flow->staff.list.query);
    flow->staff.more_row = -1;
    staff_refresh(flow, effects);
}

static void
type_query(struct bw_flow *flow, bool typed, struct bw_effects *effects)
{
    if (typed) {
        flow->staff.list.offset = 0;
        flow->staff.more_row = -1;
        staff_refresh(flow, effects);
    }
}

/* The row at a place on the page; NULL where there's none. */
static struct bw_row *
row_at(struct bw_flow *flow, int index)
{
    bool by_text = !field_is_empty(&flow->staff.list.query);
    int at = by_text ? flow->staff.list.offset + index : index;
    return index >= 0 && index < staff_page_rows(flow) && at < flow->staff.rows_count
        ? &flow->staff.rows[at]
        : NULL;
}

static void
row_command(struct bw_command *command, enum bw_command_kind kind, const struct bw_row *row)
{
    bw_command_init(command, kind);
    command->operator= BW_OPERATOR_STAFF;
    command->basis = BW_BASIS_NAME;
    command->code = row->code;
    command->event = row->code == BW_CODE_NONE ? row->event : (struct bw_event_id) {0, 0};
}

bool
row_waits(const struct bw_row *row)
{
    return !row->present
        && (row->status == BW_WAITLISTED || (row->waiting && row->kind != BW_ROW_GUEST));
}

/* Somebody on this page who came, waits, and stands before `row`. */
const struct bw_row *
staff_first_before(const struct bw_flow *flow, const struct bw_row *row)
{
    for (int i = 0; i < flow->staff.rows_count; i++) {
        const struct bw_row *other = &flow->staff.rows[i];
        if (other->position > 0 && other->position < row->position
            && (other->seen || other->waiting) && !other->present) {
            return other;
        }
    }
    return NULL;
}

static void
admit_waiting(struct bw_flow *flow, const struct bw_row *row, struct bw_effects *effects)
{
    struct bw_command command;
    row_command(&command, BW_COMMAND_WAITLIST, row);
    command.basis = BW_BASIS_WAITLIST;
    const struct bw_row *before = staff_first_before(flow, row);
    if (flow->overview.ledger.free <= 0) {
        effect_sound(effects, BW_SOUND_NO);
    } else if (before == NULL) {
        effect_command(flow, effects, FOR_TOAST, &command);
    } else {
        flow->dialog.open = true;
        flow->dialog.kind = DIALOG_SKIP;
        flow->dialog.command = command;
        values_init(flow, &flow->dialog.values);
        set_full_name(flow->dialog.values.name, sizeof flow->dialog.values.name,
            before->first_name, before->name);
        set_full_name(flow->dialog.values.name2, sizeof flow->dialog.values.name2,
            row->first_name, row->name);
    }
}

static void
on_row(struct bw_flow *flow, struct bw_row *row, struct bw_now now,
    struct bw_effects *effects)
{
    struct bw_command command;
    if (row->present) {
        row_command(&command, BW_COMMAND_UNDO, row);
        flow->staff.undone = *row;
        effect_command(flow, effects, FOR_TOAST, &command);
    } else if (row_waits(row)) {
        admit_waiting(flow, row, effects);
    } else if (row->status == BW_CANCELLED && row->kind == BW_ROW_REGISTRATION) {
        bw_command_init(&command, BW_COMMAND_WALK_IN);
        set_text(command.first_name, sizeof command.first_name, row->first_name);
        set_text(command.name, sizeof command.name, row->name);
        set_text(command.school, sizeof command.school, row->school);
        set_text(command.region, sizeof command.region, row->region);
        form_start(flow, BW_FORM_WALK_IN, &command, NULL, now, effects);
    } else {
        row_command(&command, BW_COMMAND_CODE, row);
        effect_command(flow, effects, FOR_TOAST, &command);
    }
}

/* Leaving, a substitute, or a rule passed with a reason: for the row that is open. */
static void
on_more(struct bw_flow *flow, enum bw_action action, struct bw_now now,
    struct bw_effects *effects)
{
    const struct bw_row *row = row_at(flow, flow->staff.more_row);
    if (row == NULL) {
        return;
    }
    struct bw_command command;
    struct bw_values values;
    values_init(flow, &values);
    set_full_name(values.name, sizeof values.name, row->first_name, row->name);
    flow->staff.more_row = -1;
    switch ((int)action) {
    case BW_ACTION_LEAVES:
        row_command(&command, BW_COMMAND_LEAVE, row);
        effect_command(flow, effects, FOR_TOAST, &command);
        break;
    case BW_ACTION_SUBSTITUTE:
        row_command(&command, BW_COMMAND_SUBSTITUTE, row);
        command.basis = BW_BASIS_SUBSTITUTE;
        form_start(flow, BW_FORM_SUBSTITUTE, &command, &values, now, effects);
        break;
    case BW_ACTION_OVERRIDE:
        row_command(&command, BW_COMMAND_OVERRIDE, row);
        form_start(flow, BW_FORM_REASON, &command, &values, now, effects);
        break;
    }
}

static void
on_dialog(struct bw_flow *flow, bool yes, struct bw_now now, struct bw_effects *effects)
{
    flow->dialog.open = false;
    if (yes && flow->dialog.kind == DIALOG_SKIP) {
        form_start(flow, BW_FORM_REASON, &flow->dialog.command, &flow->dialog.values, now,
            effects);
    }
}

static void
redo(struct bw_flow *flow, struct bw_effects *effects)
{
    if (flow->staff.redo) {
        struct bw_command command;
        row_command(&command, BW_COMMAND_CODE, &flow->staff.undone);
        flow->staff.redo = false;
        flow->staff.toast[0] = '\0';
        effect_command(flow, effects, FOR_TOAST, &command);
    }
}

static void
staff_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    struct pending_list *list = &flow->staff.list;
    struct bw_row *row = row_at(flow, index);
    switch ((int)action) {
    case BW_ACTION_TAB:
        if (index >= BW_LIST_EXPECTED && index <= BW_LIST_WAITLIST) {
            start_list(flow, (enum bw_list_filter)index, effects);
        }
        break;
    case BW_ACTION_STAFF_SEARCH:
        flow->staff.keyboard = !flow->staff.keyboard;
        break;
    case BW_ACTION_KEY:
        type_query(flow, field_type_code_point(&list->query, index), effects);
        break;
    case BW_ACTION_SPACE:
        type_query(flow, field_type(&list->query, " "), effects);
        break;
    case BW_ACTION_DELETE:
        field_delete(&list->query);
        type_query(flow, true, effects);
        break;
    case BW_ACTION_CLEAR:
        field_clear(&list->query);
        flow->staff.keyboard = false;
        type_query(flow, true, effects);
        break;
    case BW_ACTION_PREVIOUS:
        turn_page(flow, -1, effects);
        break;
    case BW_ACTION_NEXT:
        turn_page(flow, 1, effects);
        break;
    case BW_ACTION_ROW:
        if (row != NULL) {
            on_row(flow, row, now, effects);
        }
        break;
    case BW_ACTION_ROW_MORE:
        flow->staff.more_row = flow->staff.more_row == index || row == NULL ? -1 : index;
        break;
    case BW_ACTION_LEAVES:
    case BW_ACTION_SUBSTITUTE:
    case BW_ACTION_OVERRIDE:
        on_more(flow, action, now, effects);
        break;
    case BW_ACTION_REDO:
        redo(flow, effects);
        break;
    case BW_ACTION_YES:
    case BW_ACTION_NO:
        on_dialog(flow, action == BW_ACTION_YES, now, effects);
        break;
    case BW_ACTION_WALK_IN:
        form_start(flow, BW_FORM_WALK_IN, NULL, NULL, now, effects);
        break;
    case BW_ACTION_KIOSK:
        flow_enter(flow, BW_SCREEN_KIOSK, now, effects);
        break;
    case BW_ACTION_EVACUATE:
        flow_enter(flow, BW_SCREEN_EVACUATION, now, effects);
        break;
    case BW_ACTION_RELEASE:
        effect_ask(flow, effects, FOR_TOAST, BW_COMMAND_RELEASE);
        break;
    }
}

static void
staff_text(struct bw_flow *flow, const char *text, struct bw_now now,
    struct bw_effects *effects)
{
    (void)now;
    type_query(flow, field_type(&flow->staff.list.query, text), effects);
}

/* The row that an answer is about, so that it changes where it stands. */
static struct bw_row *
row_of(struct bw_flow *flow, const struct bw_answer *answer)
{
    for (int i = 0; i < flow->staff.rows_count; i++) {
        struct bw_row *row = &flow->staff.rows[i];
        bool by_code = row->code != BW_CODE_NONE && row->code == answer->code;
        bool by_event = false;
        for (int k = 0; k < answer->refs_count; k++) {
            by_event = by_event
                || (row->event.device == answer->refs[k].device
                    && row->event.seq == answer->refs[k].seq && row->event.device != 0);
        }
        if (by_code || by_event) {
            return row;
        }
    }
    return NULL;
}

static void
mark_changed(struct bw_flow *flow, const struct bw_answer *answer, bool present,
    struct bw_now now)
{
    struct bw_row *row = row_of(flow, answer);
    if (row == NULL) {
        return;
    }
    row->present = present;
    row->left = answer->kind == BW_ANSWER_LEFT;
    row->since_ms = present ? now.wall_ms : 0;
    row->basis = answer->basis;
    flow->staff.changed_code = row->code;
    flow->staff.changed_event = row->event;
}

static const char *
toast_of(const struct bw_answer *answer)
{
    switch ((int)answer->kind) {
    case BW_ANSWER_UNDONE:
        return "st.undone";
    case BW_ANSWER_LEFT:
        return "st.gone";
    case BW_ANSWER_RELEASED:
        return "st.released";
    case BW_ANSWER_WAITING:
        return "to.queued";
    case BW_ANSWER_VERDICT:
        return result_toast(answer);
    default:
        return "to.error";
    }
}

void
staff_answer(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    struct bw_values values;
    values_init(flow, &values);
    set_full_name(values.name, sizeof values.name, answer->first_name, answer->name);
    values.n = answer->position;
    values.m = answer->before;
    values.time_ms = answer->since_ms;
    set_text(values.place, sizeof values.place, answer->home.title);
    const struct bw_row *row = row_of(flow, answer);
    if (values.name[0] == '\0' && row != NULL) {
        set_full_name(values.name, sizeof values.name, row->first_name, row->name);
    }
    staff_toast(flow, toast_of(answer), &values, now);
    bool in = answer->kind == BW_ANSWER_VERDICT && answer->verdict == BW_VERDICT_WELCOME;
    if (in || answer->kind == BW_ANSWER_UNDONE || answer->kind == BW_ANSWER_LEFT) {
        mark_changed(flow, answer, in, now);
        flow->staff.redo = answer->kind == BW_ANSWER_UNDONE
            && flow->staff.undone.kind == BW_ROW_REGISTRATION
            && flow->staff.undone.code == answer->code;
        effect_sound(effects, in ? BW_SOUND_DONE : BW_SOUND_BACK);
    } else if (answer->kind == BW_ANSWER_RELEASED || answer->kind == BW_ANSWER_WAITING) {
        effect_sound(effects, BW_SOUND_DONE);
        staff_refresh(flow, effects);
    } else {
        effect_sound(effects, BW_SOUND_NO);
    }
}

static void
list_answer(struct bw_flow *flow, enum purpose purpose, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    (void)effects;
    if (purpose != FOR_LIST || answer->ticket_no != flow->staff.asked
        || answer->kind != BW_ANSWER_ROWS) {
        return;
    }
    int count = answer->rows_count < BW_SEARCH_ROWS ? answer->rows_count : BW_SEARCH_ROWS;
    if (count > 0) {
        memcpy(flow->staff.rows, answer->rows, (size_t)count * sizeof *flow->staff.rows);
    }
    flow->staff.rows_count = count;
    flow->staff.rows_total = answer->rows_total > count ? answer->rows_total : count;
    flow->staff.more = answer->more;
    flow->staff.changed_code = BW_CODE_NONE;
    flow->staff.changed_event = (struct bw_event_id) {0, 0};
}

static void
staff_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)effects;
    if (flow->staff.toast[0] != '\0' && now.mono_ms - flow->staff.toast_ms >= TOAST_MS) {
        flow->staff.toast[0] = '\0';
        flow->staff.redo = false;
    }
}

const struct screen_ops staff_screen = {
    .on_enter = staff_enter,
    .on_action = staff_action,
    .on_text = staff_text,
    .on_answer = list_answer,
    .on_tick = staff_tick,
    .view = staff_view,
    .next_ms = staff_next,
    .scans_as = BW_OPERATOR_STAFF,
    .staff = true,
};
