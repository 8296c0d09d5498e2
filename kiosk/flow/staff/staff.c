/* 09, 10b, 10c: the list, for one hand and a queue of ten. UI thread only.
 *
 * A row that was just changed stays where it is, tinted, until the page or the tab
 * changes: nobody loses the person they are talking to. */
#include "staff.h"

#include "flow/base/ask.h"
#include "flow/base/effect.h"
#include "flow/base/frame.h"
#include "flow/base/text.h"
#include "flow/form/form.h"
#include "staff_own.h"

#include <string.h>

static void
staff_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    bw_flow_staff_own(flow)->more_row = -1;
    bw_flow_staff_refresh(flow, effects);
}

static void
type_query(struct bw_flow *flow, bool typed, struct bw_effects *effects)
{
    if (typed) {
        bw_flow_staff_own(flow)->letters = false;
        bw_flow_staff_own(flow)->offset = 0;
        bw_flow_staff_own(flow)->more_row = -1;
        bw_flow_staff_refresh(flow, effects);
    }
}

/* ---- releasing the places: staff are told what this kiosk doesn't know ---- */

static const struct bw_overview_peer *
silent_peer(const struct bw_flow *flow, int64_t since_ms)
{
    const struct bw_overview *overview = &flow->overview;
    for (int i = 0; i < overview->peers_count; i++) {
        if (overview->peers[i].heard_ms < since_ms) {
            return &overview->peers[i];
        }
    }
    return NULL;
}

static void
ask_release(struct bw_flow *flow)
{
    struct bw_flow_dialog *dialog = &flow->dialog;
    const struct bw_overview_peer *peer = silent_peer(flow, flow->overview.release_ms);
    if (flow->overview.ledger.released) {
        return;
    }
    dialog->open = true;
    dialog->kind = DIALOG_RELEASE;
    bw_flow_values_init(flow, &dialog->values);
    dialog->values.n = flow->overview.ledger.expected;
    bw_flow_set_key(dialog->question, "st.releaseq");
    if (peer != NULL) {
        bool heard = peer->heard_ms > 0;
        bw_flow_set_key(dialog->text, heard ? "st.releasep" : "st.releasep0");
        bw_flow_set_text(dialog->values.id, sizeof dialog->values.id, peer->name);
        dialog->values.time_ms = peer->heard_ms;
    } else if (flow->overview.clock_suspect) {
        bw_flow_set_key(dialog->text, "de.clockq");
    }
}

/* It is them: they are looked up. Another person: the same again, from the form that
 * stands as it was left, or with the ticket. */
static void
on_alike(struct bw_flow *flow, const struct bw_flow_dialog *dialog, bool same,
    struct bw_now now, struct bw_effects *effects)
{
    if (same) {
        struct bw_flow_field *query = &bw_flow_staff_own(flow)->query;
        bw_flow_set_text(query->text, sizeof query->text, dialog->values.name);
        type_query(flow, true, effects);
    } else if (dialog->command.kind == BW_COMMAND_GUEST) {
        (void)bw_flow_ask(flow, effects, bw_flow_staff_on_answer, &dialog->command);
    } else {
        bw_flow_form_start(
            flow, BW_FORM_WALK_IN, NULL, NULL, bw_flow_staff_tell, now, effects);
    }
}

static void
on_dialog(struct bw_flow *flow, bool yes, struct bw_now now, struct bw_effects *effects)
{
    struct bw_flow_dialog dialog = flow->dialog;
    memset(&flow->dialog, 0, sizeof flow->dialog); /* a card's text may lie there */
    if (dialog.open && dialog.kind == DIALOG_ALIKE) {
        on_alike(flow, &dialog, yes, now, effects);
        return;
    }
    if (!dialog.open || !yes) {
        return;
    }
    if (dialog.kind == DIALOG_SKIP) {
        memcpy(dialog.values.name, dialog.values.name2, sizeof dialog.values.name);
        bw_flow_form_start(flow, BW_FORM_REASON, &dialog.command, &dialog.values,
            bw_flow_staff_tell, now, effects);
    } else if (dialog.kind == DIALOG_RELEASE) {
        (void)bw_flow_ask_plain(
            flow, effects, bw_flow_staff_on_answer, BW_COMMAND_RELEASE);
    } else if (dialog.kind == DIALOG_CARD) {
        (void)bw_flow_ask(flow, effects, bw_flow_staff_on_answer, &dialog.command);
    }
}

/* ---- input ---- */

/* What the toast offers: check in again, or let a guest in. */
static void
accept_offer(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct bw_flow_staff *staff = bw_flow_staff_own(flow);
    if (!staff->offers) {
        return;
    }
    staff->offers = false;
    staff->toast[0] = '\0';
    if (staff->offer.kind == BW_COMMAND_OVERRIDE) {
        struct bw_values values = staff->toast_values;
        bw_flow_form_start(flow, BW_FORM_REASON, &staff->offer, &values,
            bw_flow_staff_tell, now, effects);
    } else {
        bool undoes = staff->offer.kind == BW_COMMAND_UNDO; /* of whom was just let in */
        bw_flow_staff_send(flow, &staff->offer, undoes ? &staff->acted : NULL, effects);
    }
}

static void
staff_keys(
    struct bw_flow *flow, enum bw_action action, int index, struct bw_effects *effects)
{
    struct bw_flow_staff *list = bw_flow_staff_own(flow);
    switch ((int)action) {
    case BW_ACTION_KEY:
        bw_flow_sound(effects, BW_SOUND_KEY);
        type_query(flow, bw_flow_field_type_code_point(&list->query, index), effects);
        break;
    case BW_ACTION_SPACE:
        bw_flow_sound(effects, BW_SOUND_KEY);
        type_query(flow, bw_flow_field_type(&list->query, " "), effects);
        break;
    case BW_ACTION_DELETE:
        bw_flow_sound(effects, BW_SOUND_KEY);
        bw_flow_field_delete(&list->query);
        type_query(flow, true, effects);
        break;
    case BW_ACTION_CLEAR:
        bw_flow_field_clear(&list->query);
        bw_flow_staff_own(flow)->keyboard = false;
        type_query(flow, true, effects);
        break;
    case BW_ACTION_STAFF_SEARCH:
        bw_flow_staff_own(flow)->keyboard = !bw_flow_staff_own(flow)->keyboard;
        break;
    case BW_ACTION_ENTER:
        bw_flow_staff_own(flow)->keyboard = false;
        break;
    }
}

static void
staff_row(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    const struct bw_list_entry *row = bw_flow_staff_row_at(flow, index);
    if (action == BW_ACTION_ROW_MORE) {
        bw_flow_staff_open_more(flow, index, effects);
    } else if (row != NULL) {
        struct bw_list_entry acted = *row;
        bw_flow_staff_act(flow, &acted, now, effects);
    }
}

/* Closes what stands over the list: further actions, the keyboard, what was typed. Then
 * the list itself, which locks the kiosk. */
static void
go_back(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct bw_flow_staff *list = bw_flow_staff_own(flow);
    if (list->more_row >= 0) {
        list->more_row = -1;
    } else if (list->letters) {
        list->letters = false;
    } else if (list->keyboard || bw_flow_staff_is_search(flow)) {
        staff_keys(flow, BW_ACTION_CLEAR, 0, effects);
    } else {
        bw_flow_lock(flow, now, effects);
    }
}

static void
staff_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    if (action == BW_ACTION_YES || action == BW_ACTION_NO) {
        on_dialog(flow, action == BW_ACTION_YES, now, effects);
        return;
    }
    if (flow->dialog.open) {
        return;
    }
    switch ((int)action) {
    case BW_ACTION_BACK:
        go_back(flow, now, effects);
        break;
    case BW_ACTION_TAB:
        bw_flow_staff_start_list(flow, (enum bw_list_filter)index, effects);
        break;
    case BW_ACTION_LETTERS:
        bw_flow_staff_own(flow)->letters =
            !bw_flow_staff_own(flow)->letters && bw_flow_staff_has_letters(flow);
        break;
    case BW_ACTION_LETTER:
        bw_flow_staff_jump(flow, index, effects);
        break;
    case BW_ACTION_SORT:
        bw_flow_staff_sort(flow, effects);
        break;
    case BW_ACTION_PREVIOUS:
        bw_flow_staff_turn_page(flow, -1, effects);
        break;
    case BW_ACTION_NEXT:
        bw_flow_staff_turn_page(flow, 1, effects);
        break;
    case BW_ACTION_ROW:
    case BW_ACTION_ROW_MORE:
        staff_row(flow, action, index, now, effects);
        break;
    case BW_ACTION_LEAVES:
    case BW_ACTION_SUBSTITUTE:
    case BW_ACTION_OVERRIDE:
    case BW_ACTION_LABEL:
        bw_flow_staff_act_more(flow, action, now, effects);
        break;
    case BW_ACTION_REDO:
        accept_offer(flow, now, effects);
        break;
    case BW_ACTION_WALK_IN:
        bw_flow_form_start(
            flow, BW_FORM_WALK_IN, NULL, NULL, bw_flow_staff_tell, now, effects);
        break;
    case BW_ACTION_KIOSK:
        bw_flow_enter(flow, BW_SCREEN_KIOSK, now, effects);
        break;
    case BW_ACTION_EVACUATE:
        bw_flow_enter(flow, BW_SCREEN_EVACUATION, now, effects);
        break;
    case BW_ACTION_RELEASE:
        ask_release(flow);
        break;
    default:
        staff_keys(flow, action, index, effects);
        break;
    }
}

static void
staff_text(
    struct bw_flow *flow, const char *text, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    if (!flow->dialog.open) {
        type_query(
            flow, bw_flow_field_type(&bw_flow_staff_own(flow)->query, text), effects);
    }
}

static void
staff_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)effects;
    if (bw_flow_staff_own(flow)->toast[0] != '\0' &&
        now.mono_ms - bw_flow_staff_own(flow)->toast_ms >= TOAST_MS) {
        bw_flow_staff_own(flow)->toast[0] = '\0';
        bw_flow_staff_own(flow)->offers = false;
    }
}

/* Who waits may have changed under a list that shows them; a row that staff just changed,
 * or have open, keeps its place. */
static bool
list_is_old(const struct bw_flow *flow, const struct bw_overview *before)
{
    return !bw_flow_staff_is_search(flow) &&
           bw_flow_staff_own(flow)->filter == BW_LIST_WAITLIST &&
           !bw_flow_staff_own(flow)->has_changed &&
           bw_flow_staff_own(flow)->more_row < 0 && !flow->dialog.open &&
           !bw_flow_is_awaited(flow, bw_flow_staff_own(flow)->sent) &&
           (before->present_waiting != flow->overview.present_waiting ||
               before->ledger.waitlisted != flow->overview.ledger.waitlisted);
}

/* Whoever is at the waitlist hears that somebody may come in. */
static bool
place_came_free(const struct bw_flow *flow, const struct bw_overview *before)
{
    return bw_flow_staff_own(flow)->filter == BW_LIST_WAITLIST &&
           before->ledger.free <= 0 && flow->overview.ledger.free > 0;
}

static void
staff_overview(
    struct bw_flow *flow, const struct bw_overview *before, struct bw_effects *effects)
{
    bw_flow_sound(effects, place_came_free(flow, before) ? BW_SOUND_DONE : BW_SOUND_NONE);
    if (list_is_old(flow, before)) {
        bw_flow_staff_refresh(flow, effects);
    }
}

/* A command under way is still known as such: it isn't given twice. */
static void
staff_lock(struct bw_flow *flow)
{
    struct bw_flow_staff *staff = bw_flow_staff_own(flow);
    uint32_t sent = staff->sent;
    memset(staff, 0, sizeof *staff);
    staff->sent = sent;
    staff->more_row = -1;
}

static int64_t
staff_next(const struct bw_flow *flow, struct bw_now now)
{
    (void)now;
    return bw_flow_staff_own(flow)->toast[0] != '\0'
               ? bw_flow_staff_own(flow)->toast_ms + TOAST_MS
               : INT64_MAX;
}

const struct bw_flow_screen_ops bw_flow_staff_screen = {
    .own_bytes = sizeof(struct bw_flow_staff),
    .on_enter = staff_enter,
    .on_action = staff_action,
    .on_text = staff_text,
    .on_tick = staff_tick,
    .on_overview = staff_overview,
    .on_lock = staff_lock,
    .view = bw_flow_staff_view,
    .next_ms = staff_next,
    .scans_as = BW_OPERATOR_STAFF,
    .staff = true,
};
