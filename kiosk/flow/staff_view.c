/* What the staff list shows, and what each row's button does. UI thread only. */
#include "state.h"

#include <string.h>

static void
waiting_button(const struct bw_flow *flow, const struct bw_list_entry *row, int index,
    struct bw_button *button)
{
    if (flow->overview.ledger.free <= 0) {
        set_button(button, BW_ACTION_ROW, index, BW_BUTTON_OFF, "wl.fullb", "");
        return;
    }
    bool first = row->position > 0 && !staff_skips(flow, row);
    set_button(button, BW_ACTION_ROW, index,
        first ? BW_BUTTON_PRIMARY : BW_BUTTON_SECONDARY, "st.admit", "door");
}

static void
row_button(const struct bw_flow *flow, const struct bw_list_entry *row, int index,
    struct bw_button *button)
{
    bool listed = row->kind == BW_ENTRY_REGISTRATION;
    if (row->present) {
        set_button(button, BW_ACTION_ROW, index, BW_BUTTON_SECONDARY, "st.undo", "undo");
    } else if (listed && row->status == BW_BLOCKED) {
        set_button(button, BW_ACTION_ROW, index, BW_BUTTON_OFF, "st.call", "phone");
    } else if (row_waits(row)) {
        waiting_button(flow, row, index, button);
    } else if (listed && row->status == BW_CANCELLED) {
        set_button(
            button, BW_ACTION_ROW, index, BW_BUTTON_SECONDARY, "st.walk", "person-add");
    } else {
        set_button(button, BW_ACTION_ROW, index, BW_BUTTON_PRIMARY, "st.in", "check");
    }
}

static bool
is_ambiguous(const struct bw_flow *flow, const struct bw_list_entry *row)
{
    int alike = 0;
    for (int i = 0; i < flow->staff.rows_count; i++) {
        alike +=
            strcmp(flow->staff.rows[i].person.first_name, row->person.first_name) == 0 &&
            strcmp(flow->staff.rows[i].person.name, row->person.name) == 0;
    }
    return alike > 1;
}

static bool
is_changed(const struct bw_flow *flow, const struct bw_list_entry *row)
{
    if (!flow->staff.has_changed) {
        return false;
    }
    if (row->code != BW_CODE_NONE) {
        return row->code == flow->staff.changed_code;
    }
    return row->event.seq == flow->staff.changed_event.seq &&
           row->event.device == flow->staff.changed_event.device;
}

static void
view_rows(const struct bw_flow *flow, struct bw_staff_view *staff)
{
    int skip = staff_is_search(flow) ? flow->staff.list.offset : 0;
    for (int i = 0; i < staff_page_rows(flow) && skip + i < flow->staff.rows_count; i++) {
        struct bw_row_view *to = &staff->rows[staff->rows_count++];
        to->row = flow->staff.rows[skip + i];
        row_button(flow, &to->row, i, &to->button);
        to->ambiguous = is_ambiguous(flow, &to->row);
        to->changed = is_changed(flow, &to->row);
    }
    staff->first = flow->staff.list.offset + 1;
    staff->total = flow->staff.rows_total;
}

static void
view_dialog(const struct bw_flow *flow, struct bw_view *view)
{
    const struct dialog *dialog = &flow->dialog;
    if (!dialog->open) {
        return;
    }
    bool release = dialog->kind == DIALOG_RELEASE;
    view->dialog.open = true;
    set_key(view->dialog.question, dialog->question);
    set_key(view->dialog.text, dialog->text);
    set_button(&view->dialog.no, BW_ACTION_NO, 0, BW_BUTTON_PRIMARY, "back", "");
    set_button(&view->dialog.yes, BW_ACTION_YES, 0, BW_BUTTON_SECONDARY,
        release ? "st.release" : "wl.skipyes", "");
    view->dialog.values = dialog->values;
}

void
staff_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    struct bw_staff_view *staff = &view->staff;
    const struct bw_ledger *ledger = &flow->overview.ledger;
    staff->filter = flow->staff.list.filter;
    staff->searching = flow->staff.keyboard;
    set_text(staff->text, sizeof staff->text, flow->staff.list.query.text);
    view_rows(flow, staff);
    set_key(staff->empty, staff_is_search(flow) ? "st.none" : "st.empty");
    staff->full = ledger->present >= ledger->capacity;
    staff->may_release =
        !ledger->released && now.wall_ms >= flow->overview.session.starts_ms;
    staff->counts[BW_LIST_EXPECTED] = ledger->expected;
    staff->counts[BW_LIST_PRESENT] = ledger->present;
    staff->counts[BW_LIST_WAITLIST] = ledger->waitlisted + ledger->queued;
    staff->more_row = flow->staff.more_row;
    if (staff->more_row >= 0 && staff->more_row < staff->rows_count) {
        staff->override = staff_override(flow, &staff->rows[staff->more_row].row);
    }
    staff->history_count = flow->staff.history_count;
    memcpy(staff->history, flow->staff.history, sizeof staff->history);
    set_key(staff->toast, flow->staff.toast);
    staff->values = flow->staff.toast_values;
    if (flow->staff.offers) {
        add_button(
            view, BW_ACTION_REDO, BW_BUTTON_SECONDARY, flow->staff.offer_key, "check");
    }
    view->values.a = staff->first;
    view->values.b = staff->first + staff->rows_count - 1;
    view->values.m = staff->total;
    view->values.time_ms = flow->overview.release_ms;
    view_dialog(flow, view);
}

int64_t
staff_next(const struct bw_flow *flow, struct bw_now now)
{
    (void)now;
    return flow->staff.toast[0] != '\0' ? flow->staff.toast_ms + TOAST_MS : INT64_MAX;
}
