/* What is done with one row of the list. UI thread only. */
#include "flow/base/ask.h"
#include "flow/base/effect.h"
#include "flow/base/label.h"
#include "flow/base/text.h"
#include "flow/form/form.h"
#include "staff.h"
#include "staff_own.h"

#include <string.h>

void
bw_flow_staff_send(struct bw_flow *flow, const struct bw_command *command,
    const struct bw_list_entry *row, struct bw_effects *effects)
{
    if (bw_flow_is_awaited(flow, bw_flow_staff_own(flow)->sent)) {
        return; /* tapped twice: the first one is on its way */
    }
    bw_flow_staff_own(flow)->has_acted = row != NULL;
    if (row != NULL) {
        bw_flow_staff_own(flow)->acted = *row;
    }
    bw_flow_staff_own(flow)->sent =
        bw_flow_ask(flow, effects, bw_flow_staff_on_answer, command);
}

/* ---- the order of those who wait ---- */

/* Somebody on this page who came, waits, and stands before `row`; or NULL. */
static const struct bw_list_entry *
first_before(const struct bw_flow *flow, const struct bw_list_entry *row)
{
    for (int i = 0; i < bw_flow_staff_own(flow)->rows_count; i++) {
        const struct bw_list_entry *other = &bw_flow_staff_own(flow)->rows[i];
        if (other->position > 0 && other->position < row->position &&
            (other->seen || other->waiting) && !other->present) {
            return other;
        }
    }
    return NULL;
}

bool
bw_flow_staff_skips(const struct bw_flow *flow, const struct bw_list_entry *row)
{
    int next = flow->overview.next_position;
    bool elsewhere = next > 0 && row->position > next;
    return elsewhere || first_before(flow, row) != NULL;
}

static void
ask_skip(struct bw_flow *flow, const struct bw_list_entry *row,
    const struct bw_command *command)
{
    struct bw_flow_dialog *dialog = &flow->dialog;
    const struct bw_list_entry *before = first_before(flow, row);
    dialog->open = true;
    dialog->kind = DIALOG_SKIP;
    dialog->command = *command;
    bw_flow_values_init(flow, &dialog->values);
    bw_flow_set_full_name(dialog->values.name2, sizeof dialog->values.name2,
        row->person.first_name, row->person.name);
    bw_flow_set_key(dialog->question, before != NULL ? "wl.skipq" : "wl.skipq2");
    dialog->values.n = flow->overview.next_position;
    if (before != NULL) {
        bw_flow_set_full_name(dialog->values.name, sizeof dialog->values.name,
            before->person.first_name, before->person.name);
    }
}

static void
refuse(
    struct bw_flow *flow, const char *key, struct bw_now now, struct bw_effects *effects)
{
    struct bw_values values;
    bw_flow_values_init(flow, &values);
    bw_flow_staff_toast(flow, key, &values, now);
    bw_flow_sound(effects, BW_SOUND_NO);
}

static void
admit_waiting(struct bw_flow *flow, const struct bw_list_entry *row, struct bw_now now,
    struct bw_effects *effects)
{
    struct bw_command command;
    bw_flow_staff_command(&command, BW_COMMAND_WAITLIST, row);
    if (flow->overview.ledger.lead != 0) {
        refuse(flow, "to.lead", now, effects);
    } else if (bw_flow_staff_skips(flow, row)) {
        ask_skip(flow, row, &command);
    } else {
        bw_flow_staff_send(flow, &command, row, effects);
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
    bw_flow_form_start(
        flow, BW_FORM_WALK_IN, &command, NULL, bw_flow_staff_tell, now, effects);
}

static void
override(struct bw_flow *flow, const struct bw_list_entry *row,
    const struct bw_values *values, struct bw_now now, struct bw_effects *effects)
{
    struct bw_command command;
    bw_flow_staff_command(&command, BW_COMMAND_OVERRIDE, row);
    enum bw_override may = bw_flow_staff_override(flow, row);
    if (may == BW_OVERRIDE_OFFERED) {
        bw_flow_form_start(
            flow, BW_FORM_REASON, &command, values, bw_flow_staff_tell, now, effects);
    } else if (may == BW_OVERRIDE_FULL) {
        refuse(flow, "st.noextra", now, effects);
    }
}

void
bw_flow_staff_act(struct bw_flow *flow, const struct bw_list_entry *row,
    struct bw_now now, struct bw_effects *effects)
{
    struct bw_command command;
    struct bw_values values;
    bw_flow_values_init(flow, &values);
    bw_flow_set_full_name(
        values.name, sizeof values.name, row->person.first_name, row->person.name);
    bw_flow_staff_own(flow)->more_row = -1;
    switch (bw_flow_staff_way_of(flow, row)) {
    case WAY_UNDO:
        bw_flow_staff_command(&command, BW_COMMAND_UNDO, row);
        bw_flow_staff_send(flow, &command, row, effects);
        break;
    case WAY_CALL:
        refuse(flow, "st.call", now, effects);
        break;
    case WAY_ADMIT:
        admit_waiting(flow, row, now, effects);
        break;
    case WAY_WALK_IN:
        start_walk_in(flow, row, now, effects);
        break;
    case WAY_CHECK_IN:
        bw_flow_staff_command(&command, BW_COMMAND_CODE, row);
        bw_flow_staff_send(flow, &command, row, effects);
        break;
    case WAY_OVERRIDE:
        override(flow, row, &values, now, effects);
        break;
    case WAY_FULL:
        refuse(flow, "wl.fullp", now, effects);
        break;
    }
}

void
bw_flow_staff_act_more(struct bw_flow *flow, enum bw_action action, struct bw_now now,
    struct bw_effects *effects)
{
    const struct bw_list_entry *open =
        bw_flow_staff_row_at(flow, bw_flow_staff_own(flow)->more_row);
    if (open == NULL) {
        return;
    }
    struct bw_list_entry row = *open;
    struct bw_command command;
    struct bw_values values;
    bw_flow_values_init(flow, &values);
    bw_flow_set_full_name(
        values.name, sizeof values.name, row.person.first_name, row.person.name);
    bw_flow_staff_own(flow)->more_row = -1;
    if (action == BW_ACTION_LEAVES) {
        bw_flow_staff_command(&command, BW_COMMAND_LEAVE, &row);
        bw_flow_staff_send(flow, &command, &row, effects);
    } else if (action == BW_ACTION_LABEL) {
        bw_flow_label_person(flow, &row.person, effects);
    } else if (action == BW_ACTION_OVERRIDE) {
        override(flow, &row, &values, now, effects);
    } else if (row.kind == BW_ENTRY_REGISTRATION) {
        bw_flow_staff_command(&command, BW_COMMAND_SUBSTITUTE, &row);
        bw_flow_form_start(flow, BW_FORM_SUBSTITUTE, &command, &values,
            bw_flow_staff_tell, now, effects);
    }
}

static void
on_history(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    (void)now;
    (void)effects;
    if (flow->unlocked && answer->kind == BW_ANSWER_HISTORY &&
        bw_flow_staff_own(flow)->more_row >= 0 &&
        answer->request_no == bw_flow_staff_own(flow)->history_asked) {
        bw_flow_staff_own(flow)->history_count = answer->history.count;
        memcpy(bw_flow_staff_own(flow)->history, answer->history.items,
            sizeof bw_flow_staff_own(flow)->history);
    }
}

void
bw_flow_staff_open_more(struct bw_flow *flow, int index, struct bw_effects *effects)
{
    const struct bw_list_entry *row = bw_flow_staff_row_at(flow, index);
    bool closes = bw_flow_staff_own(flow)->more_row == index || row == NULL;
    bw_flow_staff_own(flow)->more_row = closes ? -1 : index;
    bw_flow_staff_own(flow)->history_count = 0;
    bw_flow_staff_own(flow)->history_asked = 0;
    if (!closes) {
        struct bw_command command;
        bw_flow_staff_command(&command, BW_COMMAND_HISTORY, row);
        bw_flow_staff_own(flow)->history_asked =
            bw_flow_ask(flow, effects, on_history, &command);
    }
}
