/* What the staff list shows, and what each row's button does. UI thread only. */
#include "flow/state.h"

#include <string.h>

static void
row_button(const struct bw_flow *flow, const struct bw_row *row, int index,
    struct bw_button *button)
{
    bool places = flow->overview.ledger.free > 0;
    if (row->present) {
        set_button(
            button, BW_ACTION_ROW, index, BW_BUTTON_SECONDARY, "st.undo", "undo");
    } else if (row->status == BW_BLOCKED) {
        set_button(button, BW_ACTION_NONE, index, BW_BUTTON_OFF, "st.call", "phone");
    } else if (row_waits(row) && !places) {
        set_button(button, BW_ACTION_ROW, index, BW_BUTTON_OFF, "wl.fullb", "");
    } else if (row_waits(row)) {
        bool first = row->position > 0 && staff_first_before(flow, row) == NULL;
        set_button(button, BW_ACTION_ROW, index,
            first ? BW_BUTTON_PRIMARY : BW_BUTTON_SECONDARY, "st.admit", "door");
    } else if (row->status == BW_CANCELLED) {
        set_button(
            button, BW_ACTION_ROW, index, BW_BUTTON_SECONDARY, "st.walk", "person-add");
    } else {
        set_button(button, BW_ACTION_ROW, index, BW_BUTTON_PRIMARY, "st.in", "check");
    }
}

static bool
is_ambiguous(const struct bw_flow *flow, const struct bw_row *row)
{
    int alike = 0;
    for (int i = 0; i < flow->staff.rows_count; i++) {
        alike += strcmp(flow->staff.rows[i].first_name, row->first_name) == 0
            && strcmp(flow->staff.rows[i].name, row->name) == 0;
    }
    return alike > 1;
}

static void
view_rows(const struct bw_flow *flow, struct bw_staff_view *staff)
{
    bool by_text = !field_is_empty(&flow->staff.list.query);
    int skip = by_text ? flow->staff.list.offset : 0;
    for (int i = 0; i < staff_page_rows(flow) && skip + i < flow->staff.rows_count; i++) {
        struct bw_row_view *to = &staff->rows[staff->rows_count++];
        to->row = flow->staff.rows[skip + i];
        row_button(flow, &to->row, i, &to->button);
        to->ambiguous = is_ambiguous(flow, &to->row);
        to->changed = to->row.code != BW_CODE_NONE
            ? to->row.code == flow->staff.changed_code
            : to->row.event.seq == flow->staff.changed_event.seq
                && to->row.event.device == flow->staff.changed_event.device;
    }
    staff->first = flow->staff.list.offset + 1;
    staff->total = flow->staff.rows_total;
}

static void
view_dialog(const struct bw_flow *flow, struct bw_view *view)
{
    if (flow->dialog.open) {
        view->dialog.open = true;
        set_key(view->dialog.question, "wl.skipq");
        set_button(&view->dialog.no, BW_ACTION_NO, 0, BW_BUTTON_PRIMARY, "back", "");
        set_button(
            &view->dialog.yes, BW_ACTION_YES, 0, BW_BUTTON_SECONDARY, "wl.skipyes", "");
        view->dialog.values = flow->dialog.values;
    }
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
    bool by_text = !field_is_empty(&flow->staff.list.query);
    set_key(staff->empty, by_text ? "st.none" : "st.empty");
    staff->full = ledger->present >= ledger->capacity;
    staff->may_release = !ledger->released && now.wall_ms >= flow->overview.session.starts_ms;
    staff->more_row = flow->staff.more_row;
    set_key(staff->toast, flow->staff.toast);
    staff->values = flow->staff.toast_values;
    if (flow->staff.redo) {
        set_button(&view->buttons[view->buttons_count++], BW_ACTION_REDO, 0,
            BW_BUTTON_SECONDARY, "st.redo", "check");
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
