/* 09, 10b, 10c: the list, for one hand and a queue of ten. UI thread only.
 *
 * A row that was just changed stays where it is, tinted, until the page or the tab
 * changes: nobody loses the person they are talking to. */
#include "state.h"

#include <brugwachter/text.h>
#include <string.h>

int
staff_page_rows(const struct bw_flow *flow)
{
    bool names = flow->screen == BW_SCREEN_EVACUATION && flow->options.evacuation_rows;
    int rows = names ? flow->options.evacuation_rows : flow->options.staff_rows;
    rows = rows > 0 && rows <= BW_VIEW_ROWS ? rows : 5;
    return flow->rehearsal && rows > 1 ? rows - 1 : rows; /* its bar takes a row's room */
}

bool
staff_is_search(const struct bw_flow *flow)
{
    return !field_is_empty(&flow->staff.list.query);
}

void
staff_refresh(struct bw_flow *flow, struct bw_effects *effects)
{
    struct pending_list *list = &flow->staff.list;
    struct bw_command command;
    if (flow->staff.asked != 0) {
        flow->staff.stale = true; /* one at a time, however fast somebody types */
        return;
    }
    bool by_text = staff_is_search(flow);
    bw_command_init(&command, by_text ? BW_COMMAND_SEARCH : BW_COMMAND_LIST);
    command.operated_by = BW_OPERATOR_STAFF;
    if (by_text) {
        set_text(command.search.text, sizeof command.search.text, list->query.text);
    } else {
        command.list.filter = list->filter;
        command.list.offset = list->offset;
        command.list.limit = staff_page_rows(flow);
    }
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
    flow->staff.offers = false;
}

static void
staff_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    flow->staff.more_row = -1;
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
start_list(struct bw_flow *flow, int filter, struct bw_effects *effects)
{
    if (filter >= BW_LIST_EXPECTED && filter <= BW_LIST_WAITLIST) {
        flow->staff.list.filter = (enum bw_list_filter)filter;
        flow->staff.list.offset = 0;
        field_clear(&flow->staff.list.query);
        flow->staff.more_row = -1;
        staff_refresh(flow, effects);
    }
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

struct bw_list_entry *
staff_row_at(struct bw_flow *flow, int index)
{
    int at = staff_is_search(flow) ? flow->staff.list.offset + index : index;
    return index >= 0 && index < staff_page_rows(flow) && at < flow->staff.rows_count
               ? &flow->staff.rows[at]
               : NULL;
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
    struct dialog *dialog = &flow->dialog;
    const struct bw_overview_peer *peer = silent_peer(flow, flow->overview.release_ms);
    if (flow->overview.ledger.released) {
        return;
    }
    dialog->open = true;
    dialog->kind = DIALOG_RELEASE;
    values_init(flow, &dialog->values);
    dialog->values.n = flow->overview.ledger.expected;
    set_key(dialog->question, "st.releaseq");
    if (peer != NULL) {
        bool heard = peer->heard_ms > 0;
        set_key(dialog->text, heard ? "st.releasep" : "st.releasep0");
        set_text(dialog->values.id, sizeof dialog->values.id, peer->name);
        dialog->values.time_ms = peer->heard_ms;
    } else if (flow->overview.clock_suspect) {
        set_key(dialog->text, "de.clockq");
    }
}

static void
on_dialog(struct bw_flow *flow, bool yes, struct bw_now now, struct bw_effects *effects)
{
    struct dialog dialog = flow->dialog;
    flow->dialog.open = false;
    if (!dialog.open || !yes) {
        return;
    }
    if (dialog.kind == DIALOG_SKIP) {
        memcpy(dialog.values.name, dialog.values.name2, sizeof dialog.values.name);
        form_start(flow, BW_FORM_REASON, &dialog.command, &dialog.values, now, effects);
    } else if (dialog.kind == DIALOG_RELEASE) {
        effect_ask(flow, effects, FOR_TOAST, BW_COMMAND_RELEASE);
    }
}

/* ---- input ---- */

/* What the toast offers: check in again, or let a guest in. */
static void
take_offer(struct bw_flow *flow, struct bw_effects *effects)
{
    if (flow->staff.offers) {
        flow->staff.offers = false;
        flow->staff.toast[0] = '\0';
        staff_send(flow, &flow->staff.offer, NULL, effects);
    }
}

static void
staff_keys(
    struct bw_flow *flow, enum bw_action action, int index, struct bw_effects *effects)
{
    struct pending_list *list = &flow->staff.list;
    switch ((int)action) {
    case BW_ACTION_KEY:
        effect_sound(effects, BW_SOUND_KEY);
        type_query(flow, field_type_code_point(&list->query, index), effects);
        break;
    case BW_ACTION_SPACE:
        effect_sound(effects, BW_SOUND_KEY);
        type_query(flow, field_type(&list->query, " "), effects);
        break;
    case BW_ACTION_DELETE:
        effect_sound(effects, BW_SOUND_KEY);
        field_delete(&list->query);
        type_query(flow, true, effects);
        break;
    case BW_ACTION_CLEAR:
        field_clear(&list->query);
        flow->staff.keyboard = false;
        type_query(flow, true, effects);
        break;
    case BW_ACTION_STAFF_SEARCH:
        flow->staff.keyboard = !flow->staff.keyboard;
        break;
    case BW_ACTION_ENTER:
        flow->staff.keyboard = false;
        break;
    }
}

static void
staff_row(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    const struct bw_list_entry *row = staff_row_at(flow, index);
    if (action == BW_ACTION_ROW_MORE) {
        staff_open_more(flow, index, effects);
    } else if (row != NULL) {
        struct bw_list_entry acted = *row;
        staff_act(flow, &acted, now, effects);
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
    case BW_ACTION_TAB:
        start_list(flow, index, effects);
        break;
    case BW_ACTION_PREVIOUS:
        turn_page(flow, -1, effects);
        break;
    case BW_ACTION_NEXT:
        turn_page(flow, 1, effects);
        break;
    case BW_ACTION_ROW:
    case BW_ACTION_ROW_MORE:
        staff_row(flow, action, index, now, effects);
        break;
    case BW_ACTION_LEAVES:
    case BW_ACTION_SUBSTITUTE:
    case BW_ACTION_OVERRIDE:
        staff_act_more(flow, action, now, effects);
        break;
    case BW_ACTION_REDO:
        take_offer(flow, effects);
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
        type_query(flow, field_type(&flow->staff.list.query, text), effects);
    }
}

static void
staff_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)effects;
    if (flow->staff.toast[0] != '\0' && now.mono_ms - flow->staff.toast_ms >= TOAST_MS) {
        flow->staff.toast[0] = '\0';
        flow->staff.offers = false;
    }
}

const struct screen_ops staff_screen = {
    .on_enter = staff_enter,
    .on_action = staff_action,
    .on_text = staff_text,
    .on_tick = staff_tick,
    .view = staff_view,
    .next_ms = staff_next,
    .scans_as = BW_OPERATOR_STAFF,
    .staff = true,
};
