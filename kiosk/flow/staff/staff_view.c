/* What the staff list shows, and what each row's button does. UI thread only. */
#include "flow/base/text.h"
#include "staff.h"
#include "staff_own.h"

#include <string.h>

/* Dark for who is next alone, of those who wait. */
static enum bw_button_kind
admit_kind(const struct bw_flow *flow, const struct bw_list_entry *row)
{
    bool first = row->position > 0 && !bw_flow_staff_skips(flow, row);
    return first ? BW_BUTTON_PRIMARY : BW_BUTTON_SECONDARY;
}

static void
row_button(const struct bw_flow *flow, const struct bw_list_entry *row, int index,
    struct bw_button *button)
{
    static const struct {
        enum bw_button_kind kind;
        const char *key, *icon;
    } ways[] = {
        [WAY_UNDO] = {BW_BUTTON_SECONDARY, "st.undo", "undo"},
        [WAY_CALL] = {BW_BUTTON_OFF, "st.call", "phone"},
        [WAY_ADMIT] = {BW_BUTTON_PRIMARY, "st.admit", "door"},
        [WAY_WALK_IN] = {BW_BUTTON_SECONDARY, "st.walk", "person-add"},
        [WAY_CHECK_IN] = {BW_BUTTON_PRIMARY, "st.in", "check"},
        [WAY_OVERRIDE] = {BW_BUTTON_SECONDARY, "st.over", "door"},
        [WAY_FULL] = {BW_BUTTON_OFF, "wl.fullb", ""},
    };
    enum bw_flow_staff_way way = bw_flow_staff_way_of(flow, row);
    bw_flow_set_button(button, BW_ACTION_ROW, index,
        way == WAY_ADMIT ? admit_kind(flow, row) : ways[way].kind, ways[way].key,
        ways[way].icon);
}

static bool
is_ambiguous(const struct bw_flow *flow, const struct bw_list_entry *row)
{
    int alike = 0;
    for (int i = 0; i < bw_flow_staff_own(flow)->rows_count; i++) {
        alike +=
            strcmp(bw_flow_staff_own(flow)->rows[i].person.first_name,
                row->person.first_name) == 0 &&
            strcmp(bw_flow_staff_own(flow)->rows[i].person.name, row->person.name) == 0;
    }
    return alike > 1;
}

static bool
is_changed(const struct bw_flow *flow, const struct bw_list_entry *row)
{
    if (!bw_flow_staff_own(flow)->has_changed) {
        return false;
    }
    if (row->code != BW_CODE_NONE) {
        return row->code == bw_flow_staff_own(flow)->changed_code;
    }
    return row->event.seq == bw_flow_staff_own(flow)->changed_event.seq &&
           row->event.device == bw_flow_staff_own(flow)->changed_event.device;
}

static void
view_rows(const struct bw_flow *flow, struct bw_staff_view *staff)
{
    int skip = bw_flow_staff_page_start(flow);
    for (int i = 0; i < bw_flow_staff_page_rows(flow) &&
                    skip + i < bw_flow_staff_own(flow)->rows_count;
         i++) {
        struct bw_row_view *to = &staff->rows[staff->rows_count++];
        to->row = bw_flow_staff_own(flow)->rows[skip + i];
        row_button(flow, &to->row, i, &to->button);
        to->ambiguous = is_ambiguous(flow, &to->row);
        to->changed = is_changed(flow, &to->row);
    }
    staff->first = bw_flow_staff_own(flow)->stands.offset + 1;
    staff->total = bw_flow_staff_own(flow)->rows_total;
}

static void
view_dialog(const struct bw_flow *flow, struct bw_view *view)
{
    const struct bw_flow_dialog *dialog = &flow->dialog;
    if (!dialog->open) {
        return;
    }
    const char *yes = dialog->kind == DIALOG_RELEASE ? "st.release"
                      : dialog->kind == DIALOG_CARD  ? "card.yes"
                                                     : "wl.skipyes";
    view->dialog.open = true;
    bw_flow_set_key(view->dialog.question, dialog->question);
    bw_flow_set_key(view->dialog.text, dialog->text);
    view->dialog.values = dialog->values;
    if (dialog->kind == DIALOG_ALIKE) {
        bw_flow_set_button(&view->dialog.no, BW_ACTION_NO, 0, BW_BUTTON_SECONDARY,
            "wi.alike.no", "person-add");
        bw_flow_set_button(&view->dialog.yes, BW_ACTION_YES, 0, BW_BUTTON_PRIMARY,
            "wi.alike.yes", "search");
        return;
    }
    bw_flow_set_button(
        &view->dialog.no, BW_ACTION_NO, 0, BW_BUTTON_SECONDARY, "back", "arrow-left");
    bw_flow_set_button(&view->dialog.yes, BW_ACTION_YES, 0, BW_BUTTON_PRIMARY, yes, "");
}

void
bw_flow_staff_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    struct bw_staff_view *staff = &view->staff;
    const struct bw_ledger *ledger = &flow->overview.ledger;
    const struct bw_flow_staff_page *stands = &bw_flow_staff_own(flow)->stands;
    staff->filter = stands->filter;
    staff->found = stands->by_text;
    staff->searching = bw_flow_staff_own(flow)->keyboard;
    bw_flow_set_text(
        staff->text, sizeof staff->text, bw_flow_staff_own(flow)->query.text);
    view_rows(flow, staff);
    bw_flow_set_key(staff->empty, !stands->any      ? ""
                                  : stands->by_text ? "st.none"
                                                    : "st.empty");
    staff->full = ledger->present >= ledger->capacity;
    staff->labels = flow->options.labels;
    staff->may_release =
        !ledger->released && now.wall_ms >= flow->overview.session.starts_ms;
    staff->counts[BW_LIST_EXPECTED] = ledger->expected;
    staff->counts[BW_LIST_PRESENT] = ledger->present;
    staff->counts[BW_LIST_WAITLIST] = ledger->waitlisted + ledger->queued;
    staff->counts[BW_LIST_GUESTS] = ledger->guests + ledger->walk_ins;
    staff->has_letters = bw_flow_staff_has_letters(flow);
    staff->letters = bw_flow_staff_own(flow)->letters && staff->has_letters;
    staff->has_times = bw_flow_staff_has_times(flow) && staff->total > 1;
    staff->by_time = stands->by_time;
    staff->more_row = bw_flow_staff_own(flow)->more_row;
    if (staff->more_row >= 0 && staff->more_row < staff->rows_count) {
        staff->override = bw_flow_staff_override(flow, &staff->rows[staff->more_row].row);
    }
    staff->history_count = bw_flow_staff_own(flow)->history_count;
    memcpy(staff->history, bw_flow_staff_own(flow)->history, sizeof staff->history);
    bw_flow_set_key(staff->toast, bw_flow_staff_own(flow)->toast);
    staff->toast_ms = bw_flow_staff_own(flow)->toast_ms;
    staff->values = bw_flow_staff_own(flow)->toast_values;
    bw_flow_set_text(
        staff->attention, sizeof staff->attention, bw_flow_staff_own(flow)->attention);
    if (bw_flow_staff_own(flow)->offers) {
        bw_flow_add_button(view, BW_ACTION_REDO, BW_BUTTON_SECONDARY,
            bw_flow_staff_own(flow)->offer_key, "check");
    }
    view->values.a = staff->first;
    view->values.b = staff->first + staff->rows_count - 1;
    view->values.m = staff->total;
    view->values.time_ms = flow->overview.release_ms;
    view_dialog(flow, view);
}
