/* What answers change on the list: the row where it stands, the line below, the sound.
 * UI thread only. */
#include "flow/base/effect.h"
#include "flow/base/frame.h"
#include "flow/base/result_text.h"
#include "flow/base/store.h"
#include "flow/base/text.h"
#include "staff.h"
#include "staff_own.h"

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
    bool acted = bw_flow_staff_own(flow)->has_acted &&
                 bw_flow_staff_own(flow)->sent == answer->request_no;
    for (int i = 0; i < bw_flow_staff_own(flow)->rows_count; i++) {
        struct bw_list_entry *row = &bw_flow_staff_own(flow)->rows[i];
        bool by_code = row->code != BW_CODE_NONE && row->code == bw_answer_code(answer);
        if (acted ? is_same_row(row, &bw_flow_staff_own(flow)->acted) : by_code) {
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
    bw_flow_staff_own(flow)->has_changed = true;
    bw_flow_staff_own(flow)->changed_code = row->code;
    bw_flow_staff_own(flow)->changed_event = row->event;
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
                   : bw_flow_result_toast(answer);
    case BW_ANSWER_CARD:
        return answer->card == BW_CARD_KEPT ? "card.kept" : "card.other";
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
    const struct bw_list_entry *row = &bw_flow_staff_own(flow)->acted;
    bool acted = bw_flow_staff_own(flow)->has_acted &&
                 bw_flow_staff_own(flow)->sent == answer->request_no;
    if (acted && row->kind != BW_ENTRY_GUEST && !row->substitute) {
        bw_flow_staff_redo_command(&bw_flow_staff_own(flow)->offer, row);
        bw_flow_set_key(bw_flow_staff_own(flow)->offer_key, "st.redo");
        bw_flow_staff_own(flow)->offers = true;
    }
}

/* Somebody who waits, or a full house, by a ticket read at the staff's list: they may let
 * them in where they stand, by what a row of theirs would do. */
static void
offer_place(struct bw_flow *flow, const struct bw_answer *answer)
{
    struct bw_flow_staff *staff = bw_flow_staff_own(flow);
    bool scanned = flow->answering != NULL && flow->answering->text[0] != '\0';
    bool waits = answer->verdict.verdict == BW_VERDICT_WAITLISTED;
    struct bw_list_entry row = {.kind = BW_ENTRY_REGISTRATION,
        .code = answer->verdict.code,
        .status = waits ? BW_WAITLISTED : BW_CONFIRMED};
    if (!scanned || row.code == BW_CODE_NONE) {
        return;
    }
    enum bw_flow_staff_way way = bw_flow_staff_way_of(flow, &row);
    bool admits = waits && way == WAY_ADMIT && flow->overview.ledger.lead == 0;
    if (!admits && way != WAY_OVERRIDE) {
        return;
    }
    bw_flow_staff_command(
        &staff->offer, admits ? BW_COMMAND_WAITLIST : BW_COMMAND_OVERRIDE, &row);
    bw_flow_set_key(staff->offer_key, admits ? "st.admit" : "st.over");
    staff->offers = true;
}

/* Someone who came first is still here: it is said, and a reason asked. */
static void
ask_out_of_order(struct bw_flow *flow)
{
    struct bw_flow_dialog *dialog = &flow->dialog;
    memset(dialog, 0, sizeof *dialog);
    dialog->open = true;
    dialog->kind = DIALOG_SKIP;
    dialog->command = bw_flow_staff_own(flow)->offer;
    dialog->values = bw_flow_staff_own(flow)->toast_values;
    memcpy(dialog->values.name2, dialog->values.name, sizeof dialog->values.name2);
    dialog->values.n = flow->overview.next_position;
    bw_flow_set_key(dialog->question, "wl.skipq2");
}

/* A guest's ticket, read at the staff's list: they may let them in. */
static void
offer_guest(struct bw_flow *flow, const struct bw_answer *answer)
{
    bool scanned = flow->answering != NULL && flow->answering->text[0] != '\0';
    if (scanned && answer->verdict.free > 0 && flow->overview.ledger.lead == 0) {
        bw_command_init(&bw_flow_staff_own(flow)->offer, BW_COMMAND_GUEST);
        bw_flow_staff_own(flow)->offer.operated_by = BW_OPERATOR_STAFF;
        memcpy(bw_flow_staff_own(flow)->offer.guest.text, flow->answering->text,
            sizeof flow->answering->text);
        bw_flow_set_key(bw_flow_staff_own(flow)->offer_key, "st.admit");
        bw_flow_staff_own(flow)->offers = true;
    }
}

void
bw_flow_staff_toast(struct bw_flow *flow, const char *key, const struct bw_values *values,
    struct bw_now now)
{
    bw_flow_set_key(bw_flow_staff_own(flow)->toast, key);
    bw_flow_staff_own(flow)->toast_values = *values;
    bw_flow_staff_own(flow)->toast_ms = now.mono_ms;
    bw_flow_staff_own(flow)->attention[0] = '\0';
    bw_flow_staff_own(flow)->offers = false;
}

static void
toast(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now)
{
    struct bw_values values;
    bw_flow_result_toast_values(flow, answer,
        answer->kind == BW_ANSWER_VERDICT ? answer->verdict.home : NULL, &values);
    const struct bw_list_entry *row = row_of(flow, answer);
    if (values.name[0] == '\0' && row != NULL) {
        bw_flow_set_full_name(
            values.name, sizeof values.name, row->person.first_name, row->person.name);
    }
    bw_flow_staff_toast(flow, toast_of(answer), &values, now);
    if (answer->kind == BW_ANSWER_VERDICT) {
        bw_flow_set_text(bw_flow_staff_own(flow)->attention,
            sizeof bw_flow_staff_own(flow)->attention, answer->verdict.person.attention);
    }
}

/* The next name can be typed at once; what was done to this one can be undone. */
static void
end_search(
    struct bw_flow *flow, const struct bw_answer *answer, struct bw_effects *effects)
{
    struct bw_flow_staff *staff = bw_flow_staff_own(flow);
    bool acted = staff->has_acted && staff->sent == answer->request_no;
    if (!acted || !bw_flow_staff_is_search(flow)) {
        return;
    }
    struct bw_list_entry row = staff->acted;
    row.arrival = answer->event;
    bw_flow_staff_command(&staff->offer, BW_COMMAND_UNDO, &row);
    bw_flow_set_key(staff->offer_key, "st.undo");
    staff->offers = true;
    bw_flow_field_clear(&staff->query);
    staff->offset = 0;
    bw_flow_staff_refresh(flow, effects);
}

static void
on_verdict(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    bool welcome = answer->verdict.verdict == BW_VERDICT_WELCOME;
    if (welcome) {
        end_search(flow, answer, effects);
    }
    if (welcome || answer->verdict.verdict == BW_VERDICT_ALREADY_IN) {
        mark_changed(flow, answer, true, now);
    }
    if (answer->verdict.verdict == BW_VERDICT_OTHER_SESSION) {
        offer_guest(flow, answer);
    }
    if (answer->verdict.verdict == BW_VERDICT_WAITLISTED ||
        answer->verdict.verdict == BW_VERDICT_FULL) {
        offer_place(flow, answer);
    }
    bool scanned = flow->answering != NULL && flow->answering->text[0] != '\0';
    bw_flow_sound(effects, scanned   ? bw_flow_result_staff_sound(answer)
                           : welcome ? BW_SOUND_DONE
                                     : BW_SOUND_NO);
}

/* Somebody of that name and school is known here: is it them, or another person? */
static void
ask_alike(struct bw_flow *flow, const struct bw_answer *answer)
{
    const struct bw_person *person = &answer->failure.alike.person;
    struct bw_flow_dialog *dialog = &flow->dialog;
    memset(dialog, 0, sizeof *dialog);
    dialog->open = true;
    dialog->kind = DIALOG_ALIKE;
    dialog->command.kind = answer->command;
    if (answer->command == BW_COMMAND_GUEST) {
        dialog->command = bw_flow_staff_own(flow)->offer;
    }
    bw_flow_values_init(flow, &dialog->values);
    bw_flow_set_full_name(dialog->values.name, sizeof dialog->values.name,
        person->first_name, person->name);
    bw_flow_set_text(dialog->values.x, sizeof dialog->values.x, person->school);
    bw_flow_set_key(dialog->question, "wi.alike");
}

/* Staff are at the list or another screen of theirs. */
static void
tell(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    if (answer->kind == BW_ANSWER_ERROR && answer->failure.alike.known) {
        ask_alike(flow, answer);
        bw_flow_sound(effects, BW_SOUND_NO);
        return;
    }
    bool offered = bw_flow_staff_own(flow)->sent == answer->request_no &&
                   !bw_flow_staff_own(flow)->has_acted;
    if (answer->kind == BW_ANSWER_ERROR && answer->failure.out_of_order && offered) {
        ask_out_of_order(flow);
        bw_flow_sound(effects, BW_SOUND_NO);
        return;
    }
    toast(flow, answer, now);
    bw_flow_ask_overview(flow, now, effects); /* who waits behind the list, too */
    if (answer->kind == BW_ANSWER_VERDICT) {
        on_verdict(flow, answer, now, effects);
    } else if (answer->kind == BW_ANSWER_UNDONE || answer->kind == BW_ANSWER_LEFT) {
        mark_changed(flow, answer, false, now);
        if (answer->kind == BW_ANSWER_UNDONE) {
            offer_redo(flow, answer);
        }
        bw_flow_sound(effects, BW_SOUND_BACK);
    } else if (answer->kind == BW_ANSWER_RELEASED || answer->kind == BW_ANSWER_WAITING) {
        bw_flow_sound(effects, BW_SOUND_DONE);
        bw_flow_staff_refresh(flow, effects);
    } else {
        bool kept = answer->kind == BW_ANSWER_CARD && answer->card == BW_CARD_KEPT;
        bw_flow_sound(effects, kept ? BW_SOUND_DONE : BW_SOUND_NO);
    }
}

void
bw_flow_staff_tell(struct bw_flow *flow, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects)
{
    if (flow->unlocked && bw_flow_ops(flow)->staff) {
        tell(flow, answer, now, effects);
    }
}

void
bw_flow_staff_on_answer(struct bw_flow *flow, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects)
{
    struct bw_flow_staff *staff = bw_flow_staff_own(flow);
    bw_flow_staff_tell(flow, answer, now, effects);
    if (staff->sent == answer->request_no) {
        staff->sent = 0;
        staff->has_acted = false;
    }
}
