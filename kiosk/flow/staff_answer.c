/* What answers change on the list: the row where it stands, the line below, the sound.
 * UI thread only. */
#include "state.h"

#include <string.h>

static bool
is_same_event(struct bw_event_id a, struct bw_event_id b)
{
    return a.device != 0 && a.device == b.device && a.seq == b.seq;
}

static bool
is_same_row(const struct bw_list_entry *a, const struct bw_list_entry *b)
{
    return a->code != BW_CODE_NONE
               ? a->code == b->code
               : b->code == BW_CODE_NONE && is_same_event(a->event, b->event);
}

/* The row that an answer is about. */
static struct bw_list_entry *
row_of(struct bw_flow *flow, const struct bw_answer *answer)
{
    bool acted = flow->staff.has_acted && flow->staff.sent == answer->request_no;
    for (int i = 0; i < flow->staff.rows_count; i++) {
        struct bw_list_entry *row = &flow->staff.rows[i];
        bool by_code = row->code != BW_CODE_NONE && row->code == bw_answer_code(answer);
        if (acted ? is_same_row(row, &flow->staff.acted) : by_code) {
            return row;
        }
    }
    return NULL;
}

static void
mark_changed(
    struct bw_flow *flow, const struct bw_answer *answer, bool present, struct bw_now now)
{
    struct bw_list_entry *row = row_of(flow, answer);
    if (row == NULL) {
        return;
    }
    const struct bw_answer_verdict *verdict =
        answer->kind == BW_ANSWER_VERDICT ? &answer->verdict : NULL;
    bool known = verdict != NULL && verdict->verdict == BW_VERDICT_ALREADY_IN;
    row->present = present;
    row->left = answer->kind == BW_ANSWER_LEFT;
    row->waiting = row->waiting && !present;
    bool undone = !present && !row->left;
    row->since_ms = undone ? 0 : known ? verdict->since_ms : now.wall_ms;
    row->basis = verdict != NULL ? verdict->basis : BW_BASIS_NONE;
    flow->staff.has_changed = true;
    flow->staff.changed_code = row->code;
    flow->staff.changed_event = row->event;
}

static const char *
toast_of(const struct bw_answer *answer)
{
    switch (answer->kind) {
    case BW_ANSWER_UNDONE:
        return "st.undone";
    case BW_ANSWER_LEFT:
        return "st.gone";
    case BW_ANSWER_RELEASED:
        return "st.released";
    case BW_ANSWER_WAITING:
        return "to.queued";
    case BW_ANSWER_VERDICT:
        return answer->verdict.verdict == BW_VERDICT_FULL && answer->verdict.lead != 0
                   ? "to.lead"
                   : result_toast(answer);
    case BW_ANSWER_COUNTS:
    case BW_ANSWER_LIST:
    case BW_ANSWER_FOUND:
    case BW_ANSWER_OVERVIEW:
    case BW_ANSWER_PIN:
    case BW_ANSWER_AGENDA:
    case BW_ANSWER_SESSIONS:
    case BW_ANSWER_HISTORY:
    case BW_ANSWER_DONE:
    case BW_ANSWER_ERROR:
        return "to.error";
    }
    return "to.error";
}

/* Undone: the same person can be checked in again with one tap. A colleague who came for
 * them can't: the name went with the check-in. */
static void
offer_redo(struct bw_flow *flow, const struct bw_answer *answer)
{
    const struct bw_list_entry *row = &flow->staff.acted;
    bool acted = flow->staff.has_acted && flow->staff.sent == answer->request_no;
    if (acted && row->kind != BW_ENTRY_GUEST && !row->substitute) {
        staff_redo_command(&flow->staff.offer, row);
        set_key(flow->staff.offer_key, "st.redo");
        flow->staff.offers = true;
    }
}

/* A guest's ticket, read at the staff's list: they may let them in. */
static void
offer_guest(struct bw_flow *flow, const struct bw_answer *answer)
{
    bool scanned = flow->answering != NULL && flow->answering->text[0] != '\0';
    if (scanned && answer->verdict.free > 0 && flow->overview.ledger.lead == 0) {
        bw_command_init(&flow->staff.offer, BW_COMMAND_GUEST);
        flow->staff.offer.operated_by = BW_OPERATOR_STAFF;
        memcpy(flow->staff.offer.guest.text, flow->answering->text,
            sizeof flow->answering->text);
        set_key(flow->staff.offer_key, "st.admit");
        flow->staff.offers = true;
    }
}

static void
toast(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now)
{
    struct bw_values values;
    result_toast_values(flow, answer,
        answer->kind == BW_ANSWER_VERDICT ? answer->verdict.home : NULL, &values);
    const struct bw_list_entry *row = row_of(flow, answer);
    if (values.name[0] == '\0' && row != NULL) {
        set_full_name(
            values.name, sizeof values.name, row->person.first_name, row->person.name);
    }
    staff_toast(flow, toast_of(answer), &values, now);
}

static void
on_verdict(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    bool welcome = answer->verdict.verdict == BW_VERDICT_WELCOME;
    if (welcome || answer->verdict.verdict == BW_VERDICT_ALREADY_IN) {
        mark_changed(flow, answer, true, now);
    }
    if (answer->verdict.verdict == BW_VERDICT_OTHER_SESSION) {
        offer_guest(flow, answer);
    }
    effect_sound(effects, welcome ? BW_SOUND_DONE : BW_SOUND_NO);
}

void
staff_answer(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    toast(flow, answer, now);
    flow_ask_overview(flow, now, effects); /* who waits behind the list, too */
    if (answer->kind == BW_ANSWER_VERDICT) {
        on_verdict(flow, answer, now, effects);
    } else if (answer->kind == BW_ANSWER_UNDONE || answer->kind == BW_ANSWER_LEFT) {
        mark_changed(flow, answer, false, now);
        if (answer->kind == BW_ANSWER_UNDONE) {
            offer_redo(flow, answer);
        }
        effect_sound(effects, BW_SOUND_BACK);
    } else if (answer->kind == BW_ANSWER_RELEASED || answer->kind == BW_ANSWER_WAITING) {
        effect_sound(effects, BW_SOUND_DONE);
        staff_refresh(flow, effects);
    } else {
        effect_sound(effects, BW_SOUND_NO);
    }
}

/* A page that became empty under its offset is left for the first one. */
void
staff_take_rows(
    struct bw_flow *flow, const struct bw_answer *answer, struct bw_effects *effects)
{
    if (answer->request_no != flow->staff.asked) {
        return;
    }
    flow->staff.asked = 0;
    if (flow->staff.stale) {
        flow->staff.stale = false;
        staff_refresh(flow, effects);
        return;
    }
    if (answer->kind != BW_ANSWER_LIST) {
        return;
    }
    int count = answer->list.count < BW_SEARCH_ROWS ? answer->list.count : BW_SEARCH_ROWS;
    memset(flow->staff.rows, 0, sizeof flow->staff.rows);
    if (count > 0) {
        memcpy(flow->staff.rows, answer->list.entries,
            (size_t)count * sizeof *flow->staff.rows);
    }
    flow->staff.rows_count = count;
    flow->staff.rows_total = answer->list.total > count ? answer->list.total : count;
    flow->staff.more = answer->list.more;
    flow->staff.has_changed = false;
    if (count == 0 && flow->staff.list.offset > 0) {
        flow->staff.list.offset = 0;
        staff_refresh(flow, effects);
    }
}
