/* Whether a target is still what it was when the finger came down. UI thread only. */
#include "flow/flow.h"

#include <string.h>

static bool
is_same_entry(const struct bw_list_entry *a, const struct bw_list_entry *b)
{
    return a->kind == b->kind && a->code == b->code &&
           a->event.device == b->event.device && a->event.seq == b->event.seq;
}

static bool
is_same_button(const struct bw_button *a, const struct bw_button *b)
{
    return a->kind == b->kind && strcmp(a->key, b->key) == 0;
}

/* A question that another one took the place of isn't answered by mistake. */
static bool
is_same_dialog(const struct bw_dialog_view *a, const struct bw_dialog_view *b)
{
    return a->open == b->open &&
           (!a->open || (strcmp(a->question, b->question) == 0 &&
                            strcmp(a->values.name, b->values.name) == 0 &&
                            strcmp(a->values.name2, b->values.name2) == 0));
}

static const struct bw_list_entry *
open_entry(const struct bw_staff_view *staff)
{
    bool open = staff->more_row >= 0 && staff->more_row < staff->rows_count;
    return open ? &staff->rows[staff->more_row].row : NULL;
}

/* The row may have moved; what its button does must not have changed. */
static bool
find_row(const struct bw_staff_view *then, enum bw_action action, int index,
    const struct bw_staff_view *now, int *ret_index)
{
    if (index < 0 || index >= then->rows_count) {
        return false;
    }
    const struct bw_row_view *row = &then->rows[index];
    for (int i = 0; i < now->rows_count; i++) {
        if (is_same_entry(&row->row, &now->rows[i].row)) {
            *ret_index = i;
            return action == BW_ACTION_ROW_MORE ||
                   is_same_button(&row->button, &now->rows[i].button);
        }
    }
    return false;
}

static bool
find_staff(const struct bw_view *then, enum bw_action action, int index,
    const struct bw_view *now, int *ret_index)
{
    const struct bw_list_entry *before = open_entry(&then->staff);
    const struct bw_list_entry *after = open_entry(&now->staff);
    bool of_open_row = action == BW_ACTION_LEAVES || action == BW_ACTION_SUBSTITUTE ||
                       action == BW_ACTION_OVERRIDE || action == BW_ACTION_LABEL;
    if (action == BW_ACTION_ROW || action == BW_ACTION_ROW_MORE) {
        return find_row(&then->staff, action, index, &now->staff, ret_index);
    }
    if (of_open_row) {
        return before != NULL && after != NULL && is_same_entry(before, after);
    }
    return action != BW_ACTION_REDO || then->staff.toast_ms == now->staff.toast_ms;
}

static bool
find_form(const struct bw_form_view *then, enum bw_action action, int index,
    const struct bw_form_view *now, int *ret_index)
{
    if (then->kind != now->kind || then->step != now->step) {
        return false;
    }
    for (int i = 0; action == BW_ACTION_ROW && i < now->suggestions_count; i++) {
        if (index >= 0 && index < then->suggestions_count &&
            strcmp(then->suggestions[index], now->suggestions[i]) == 0) {
            *ret_index = i;
            return true;
        }
    }
    return action != BW_ACTION_ROW;
}

static bool
find_kiosk(const struct bw_kiosk_view *then, enum bw_action action, int index,
    const struct bw_kiosk_view *now, int *ret_index)
{
    if (action != BW_ACTION_SWITCH || index < 0) {
        return then->closing == now->closing;
    }
    for (int i = 0; index < then->sessions_count && i < now->sessions_count; i++) {
        if (then->sessions[index].starts_ms == now->sessions[i].starts_ms &&
            strcmp(then->sessions[index].title, now->sessions[i].title) == 0) {
            *ret_index = i;
            return true;
        }
    }
    return false;
}

bool
bw_flow_find_touched(const struct bw_view *then, enum bw_action action, int index,
    const struct bw_view *now, int *ret_index)
{
    *ret_index = index;
    if (action == BW_ACTION_TOUCH) {
        return true;
    }
    if (then->screen != now->screen || !is_same_dialog(&then->dialog, &now->dialog)) {
        return false;
    }
    switch (then->screen) {
    case BW_SCREEN_RESULT: /* of another visitor */
        return then->result.shown_ms == now->result.shown_ms;
    case BW_SCREEN_STAFF:
        return find_staff(then, action, index, now, ret_index);
    case BW_SCREEN_FORM:
        return find_form(&then->form, action, index, &now->form, ret_index);
    case BW_SCREEN_KIOSK:
        return find_kiosk(&then->kiosk, action, index, &now->kiosk, ret_index);
    case BW_SCREEN_SEARCH: /* what changes there is asked in a dialog */
    case BW_SCREEN_IDLE:
    case BW_SCREEN_PIN:
    case BW_SCREEN_FIRST_START:
    case BW_SCREEN_NO_ROSTER:
    case BW_SCREEN_FAULT:
    case BW_SCREEN_AGENDA:
    case BW_SCREEN_EVACUATION:
    case BW_SCREEN_CHECK:
        break;
    }
    return true;
}
