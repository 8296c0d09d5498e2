/* What the form shows. UI thread only. */
#include "agenda.h"
#include "flow/base/text.h"
#include "form_own.h"

#include <string.h>

/* A walk-in's ways on: the waitlist first while people wait,
 * a place first while none do. */
static void
walk_in_buttons(const struct bw_flow *flow, struct bw_view *view)
{
    const struct bw_ledger *ledger = &flow->overview.ledger;
    bool places = ledger->free > 0 && ledger->lead == 0;
    bool extra = ledger->present + ledger->held < ledger->capacity + ledger->extra_places;
    if (places && !bw_flow_form_needs_reason(flow)) {
        bw_flow_add_button(
            view, BW_ACTION_QUEUE, BW_BUTTON_SECONDARY, "wi.queue", "hourglass");
        bw_flow_add_button(view, BW_ACTION_ADMIT, BW_BUTTON_PRIMARY, "wi.give", "door");
        return;
    }
    if (bw_flow_form_own(flow)->gives) {
        bw_flow_add_button(
            view, BW_ACTION_QUEUE, BW_BUTTON_SECONDARY, "wi.queue", "hourglass");
        bw_flow_add_button(
            view, BW_ACTION_ADMIT, BW_BUTTON_PRIMARY, "wi.giveany", "door");
        return;
    }
    if (places || extra) {
        bw_flow_add_button(
            view, BW_ACTION_ADMIT, BW_BUTTON_SECONDARY, "wi.giveany", "door");
    }
    bw_flow_add_button(view, BW_ACTION_QUEUE, BW_BUTTON_PRIMARY, "wi.queue", "hourglass");
}

static void
buttons(const struct bw_flow *flow, struct bw_view *view)
{
    const struct bw_flow_form *form = bw_flow_form_own(flow);
    bw_flow_add_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    switch (form->step) {
    case BW_STEP_REFERRAL:
        bw_flow_add_button(view, BW_ACTION_DONE, BW_BUTTON_PRIMARY, "done", "check");
        break;
    case BW_STEP_AUDIENCE:
    case BW_STEP_REGION:
        break;
    case BW_STEP_FIELDS:
        if (form->field == BW_FIELD_REGION) {
            bw_flow_add_button(
                view, BW_ACTION_ADMIT, BW_BUTTON_PRIMARY, "wi.reason.b", "arrow-right");
        } else if (form->kind == BW_FORM_WALK_IN) {
            walk_in_buttons(flow, view);
        } else {
            bw_flow_add_button(view, BW_ACTION_ADMIT, BW_BUTTON_PRIMARY,
                form->kind == BW_FORM_REASON ? "wi.reason.b" : "wi.subst.b", "door");
        }
        break;
    }
}

static void
dialog(const struct bw_flow *flow, struct bw_view *view)
{
    if (!flow->dialog.open) {
        return;
    }
    view->dialog.open = true;
    bw_flow_set_key(view->dialog.question, "wi.sure");
    bw_flow_set_button(
        &view->dialog.no, BW_ACTION_NO, 0, BW_BUTTON_SECONDARY, "back", "arrow-left");
    bw_flow_set_button(
        &view->dialog.yes, BW_ACTION_YES, 0, BW_BUTTON_PRIMARY, "wi.giveany", "door");
    view->dialog.values = view->form.values;
}

/* The first of an agenda item's words, to say for whom it is. */
static void
first_word(const char *words, char *ret_word, size_t capacity)
{
    size_t length = strcspn(words, ";");
    length = length < capacity ? length : capacity - 1;
    memcpy(ret_word, words, length);
    ret_word[length] = '\0';
}

static void
referral(const struct bw_flow *flow, struct bw_form_view *to)
{
    const struct bw_agenda_item *item = bw_flow_referral(flow);
    bw_flow_set_key(to->referral, item != NULL ? "wi.no" : "wi.no0");
    if (item != NULL) {
        to->values.date_ms = to->values.time_ms = item->starts_ms;
        first_word(item->audience, to->values.audience, sizeof to->values.audience);
    }
}

void
bw_flow_form_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    (void)now;
    const struct bw_flow_form *form = bw_flow_form_own(flow);
    struct bw_form_view *to = &view->form;
    to->kind = form->kind;
    to->step = form->step;
    to->field = form->field;
    bw_flow_set_text(to->name, sizeof to->name, form->name.text);
    bw_flow_set_text(to->school, sizeof to->school, form->school.text);
    bw_flow_set_text(to->reason, sizeof to->reason, form->reason.text);
    bw_flow_set_text(to->region, sizeof to->region, form->region.text);
    to->missing = form->missing;
    to->shift = form->shift;
    to->suggestions_count = bw_flow_form_suggest(form, to->suggestions);
    bw_flow_values_init(flow, &to->values);
    to->values.n = flow->overview.ledger.free;
    to->values.m = flow->overview.present_waiting;
    bool typed = form->kind == BW_FORM_WALK_IN; /* who it is about */
    bw_flow_set_text(to->values.name, sizeof to->values.name,
        typed ? form->name.text : form->values.name);
    referral(flow, to);
    buttons(flow, view);
    dialog(flow, view);
}
