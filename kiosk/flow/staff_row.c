/* What is done with one row of the list. UI thread only. */
#include "state.h"

#include <string.h>

/* The row's person, as a command names them. */
static struct bw_command_known
row_person(const struct bw_list_entry *row, enum bw_basis basis)
{
    struct bw_command_known known = {.basis = basis, .code = row->code};
    if (row->code == BW_CODE_NONE) {
        known.event = row->event;
    }
    return known;
}

static void
row_command(struct bw_command *command, enum bw_command_kind kind,
    const struct bw_list_entry *row)
{
    bw_command_init(command, kind);
    command->operated_by = BW_OPERATOR_STAFF;
    switch ((int)kind) {
    case BW_COMMAND_CODE:
        command->code = row_person(row, BW_BASIS_NAME);
        break;
    case BW_COMMAND_WAITLIST:
        command->waitlist = row_person(row, BW_BASIS_WAITLIST);
        break;
    case BW_COMMAND_UNDO:
        command->undo = row_person(row, BW_BASIS_NAME);
        break;
    case BW_COMMAND_LEAVE:
        command->leave = row_person(row, BW_BASIS_NAME);
        break;
    case BW_COMMAND_HISTORY:
        command->history = row_person(row, BW_BASIS_NAME);
        break;
    case BW_COMMAND_OVERRIDE:
        command->override.who = row_person(row, BW_BASIS_NAME);
        break;
    case BW_COMMAND_SUBSTITUTE:
        command->substitute.code = row->code;
        break;
    }
}

void
staff_send(struct bw_flow *flow, const struct bw_command *command,
    const struct bw_list_entry *row, struct bw_effects *effects)
{
    if (flow->staff.sent != 0) {
        return; /* tapped twice: the first one is on its way */
    }
    flow->staff.has_acted = row != NULL;
    if (row != NULL) {
        flow->staff.acted = *row;
    }
    effect_command(flow, effects, FOR_TOAST, command);
    flow->staff.sent = flow->command_no;
}

bool
row_waits(const struct bw_list_entry *row)
{
    return !row->present && (row->status == BW_WAITLISTED || row->waiting);
}

/* ---- the order of those who wait ---- */

const struct bw_list_entry *
staff_first_before(const struct bw_flow *flow, const struct bw_list_entry *row)
{
    for (int i = 0; i < flow->staff.rows_count; i++) {
        const struct bw_list_entry *other = &flow->staff.rows[i];
        if (other->position > 0 && other->position < row->position &&
            (other->seen || other->waiting) && !other->present) {
            return other;
        }
    }
    return NULL;
}

bool
staff_skips(const struct bw_flow *flow, const struct bw_list_entry *row)
{
    int next = flow->overview.next_position;
    bool elsewhere = next > 0 && row->position > next;
    return elsewhere || staff_first_before(flow, row) != NULL;
}

static void
ask_skip(struct bw_flow *flow, const struct bw_list_entry *row,
    const struct bw_command *command)
{
    struct dialog *dialog = &flow->dialog;
    const struct bw_list_entry *before = staff_first_before(flow, row);
    dialog->open = true;
    dialog->kind = DIALOG_SKIP;
    dialog->command = *command;
    values_init(flow, &dialog->values);
    set_full_name(dialog->values.name2, sizeof dialog->values.name2,
        row->person.first_name, row->person.name);
    set_key(dialog->question, before != NULL ? "wl.skipq" : "wl.skipq2");
    dialog->values.n = flow->overview.next_position;
    if (before != NULL) {
        set_full_name(dialog->values.name, sizeof dialog->values.name,
            before->person.first_name, before->person.name);
    }
}

static void
refuse(
    struct bw_flow *flow, const char *key, struct bw_now now, struct bw_effects *effects)
{
    struct bw_values values;
    values_init(flow, &values);
    staff_toast(flow, key, &values, now);
    effect_sound(effects, BW_SOUND_NO);
}

static void
admit_waiting(struct bw_flow *flow, const struct bw_list_entry *row, struct bw_now now,
    struct bw_effects *effects)
{
    struct bw_command command;
    row_command(&command, BW_COMMAND_WAITLIST, row);
    if (flow->overview.ledger.lead != 0) {
        refuse(flow, "to.lead", now, effects);
    } else if (flow->overview.ledger.free <= 0) {
        refuse(flow, "wl.fullp", now, effects);
    } else if (staff_skips(flow, row)) {
        ask_skip(flow, row, &command);
    } else {
        staff_send(flow, &command, row, effects);
    }
}

/* ---- a row's own button, and its further ones ---- */

static void
start_walk_in(struct bw_flow *flow, const struct bw_list_entry *row, struct bw_now now,
    struct bw_effects *effects)
{
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_WALK_IN);
    command.walk_in.person = row->person;
    form_start(flow, BW_FORM_WALK_IN, &command, NULL, now, effects);
}

void
staff_act(struct bw_flow *flow, const struct bw_list_entry *row, struct bw_now now,
    struct bw_effects *effects)
{
    struct bw_command command;
    flow->staff.more_row = -1;
    if (row->present) {
        row_command(&command, BW_COMMAND_UNDO, row);
        staff_send(flow, &command, row, effects);
    } else if (row->status == BW_BLOCKED && row->kind == BW_ENTRY_REGISTRATION) {
        refuse(flow, "st.call", now, effects);
    } else if (row_waits(row)) {
        admit_waiting(flow, row, now, effects);
    } else if (row->status == BW_CANCELLED && row->kind == BW_ENTRY_REGISTRATION) {
        start_walk_in(flow, row, now, effects);
    } else {
        row_command(&command, BW_COMMAND_CODE, row);
        staff_send(flow, &command, row, effects);
    }
}

/* The desk's own rule (design: admission): places that are held for people who haven't
 * come are no extra places, but to whom they are held for. */
enum bw_override
staff_override(const struct bw_flow *flow, const struct bw_list_entry *row)
{
    const struct bw_ledger *ledger = &flow->overview.ledger;
    bool listed = row->kind == BW_ENTRY_REGISTRATION;
    if (row->present ||
        (listed && (row->status == BW_BLOCKED || row->status == BW_CANCELLED))) {
        return BW_OVERRIDE_NONE;
    }
    bool has_place = listed && row->status == BW_CONFIRMED;
    int taken = ledger->present + (has_place ? 0 : ledger->held);
    return taken < ledger->capacity + ledger->extra_places ? BW_OVERRIDE_OFFERED
                                                           : BW_OVERRIDE_FULL;
}

static void
override(struct bw_flow *flow, const struct bw_list_entry *row,
    const struct bw_values *values, struct bw_now now, struct bw_effects *effects)
{
    struct bw_command command;
    row_command(&command, BW_COMMAND_OVERRIDE, row);
    enum bw_override may = staff_override(flow, row);
    if (may == BW_OVERRIDE_OFFERED) {
        form_start(flow, BW_FORM_REASON, &command, values, now, effects);
    } else if (may == BW_OVERRIDE_FULL) {
        refuse(flow, "st.noextra", now, effects);
    }
}

void
staff_act_more(struct bw_flow *flow, enum bw_action action, struct bw_now now,
    struct bw_effects *effects)
{
    const struct bw_list_entry *open = staff_row_at(flow, flow->staff.more_row);
    if (open == NULL) {
        return;
    }
    struct bw_list_entry row = *open;
    struct bw_command command;
    struct bw_values values;
    values_init(flow, &values);
    set_full_name(
        values.name, sizeof values.name, row.person.first_name, row.person.name);
    flow->staff.more_row = -1;
    if (action == BW_ACTION_LEAVES) {
        row_command(&command, BW_COMMAND_LEAVE, &row);
        staff_send(flow, &command, &row, effects);
    } else if (action == BW_ACTION_OVERRIDE) {
        override(flow, &row, &values, now, effects);
    } else if (row.kind == BW_ENTRY_REGISTRATION) {
        row_command(&command, BW_COMMAND_SUBSTITUTE, &row);
        form_start(flow, BW_FORM_SUBSTITUTE, &command, &values, now, effects);
    }
}

void
staff_open_more(struct bw_flow *flow, int index, struct bw_effects *effects)
{
    const struct bw_list_entry *row = staff_row_at(flow, index);
    bool closes = flow->staff.more_row == index || row == NULL;
    flow->staff.more_row = closes ? -1 : index;
    flow->staff.history_count = 0;
    flow->staff.history_asked = 0;
    if (!closes) {
        struct bw_command command;
        row_command(&command, BW_COMMAND_HISTORY, row);
        effect_command(flow, effects, FOR_HISTORY, &command);
        flow->staff.history_asked = flow->command_no;
    }
}

void
staff_take_history(struct bw_flow *flow, const struct bw_answer *answer)
{
    if (answer->kind == BW_ANSWER_HISTORY && flow->staff.more_row >= 0 &&
        answer->request_no == flow->staff.history_asked) {
        flow->staff.history_count = answer->history.count;
        memcpy(flow->staff.history, answer->history.items, sizeof flow->staff.history);
    }
}

void
staff_redo_command(struct bw_command *command, const struct bw_list_entry *row)
{
    bool waited = row->status == BW_WAITLISTED && row->kind == BW_ENTRY_REGISTRATION;
    row_command(command, waited ? BW_COMMAND_WAITLIST : BW_COMMAND_CODE, row);
}
