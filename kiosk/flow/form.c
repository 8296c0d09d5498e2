/* 10: somebody who is not on the list, a substitute, or a reason. One question a step.
 * A half-typed form survives the lock, and is wiped when it's done or cancelled.
 * UI thread only. */
#include "flow/state.h"

#include <brugwachter/text.h>
#include <string.h>

void
form_wipe(struct bw_flow *flow)
{
    memset(&flow->form, 0, sizeof flow->form);
}

void
form_start(struct bw_flow *flow, enum bw_form_kind kind, const struct bw_command *command,
    const struct bw_values *values, struct bw_now now, struct bw_effects *effects)
{
    struct form *form = &flow->form;
    bool resumes = form->active && form->kind == kind && command == NULL;
    if (!resumes) {
        form_wipe(flow);
        form->active = true;
        form->kind = kind;
        form->shift = true;
        form->step = kind == BW_FORM_REASON ? BW_STEP_FIELDS : BW_STEP_AUDIENCE;
        form->field = kind == BW_FORM_REASON ? BW_FIELD_REASON : BW_FIELD_NAME;
        if (command != NULL) {
            form->command = *command;
        } else {
            bw_command_init(&form->command, BW_COMMAND_WALK_IN);
        }
        if (kind == BW_FORM_WALK_IN) {
            set_full_name(form->name.text, sizeof form->name.text,
                form->command.first_name, form->command.name);
            set_text(form->school.text, sizeof form->school.text, form->command.school);
        }
        if (values != NULL) {
            form->values = *values;
        }
    }
    flow_enter(flow, BW_SCREEN_FORM, now, effects);
}

static struct text_field *
active_field(struct form *form)
{
    switch (form->field) {
    case BW_FIELD_NAME:
        return &form->name;
    case BW_FIELD_SCHOOL:
        return &form->school;
    case BW_FIELD_REASON:
        return &form->reason;
    }
    return &form->name;
}

/* Where a form ends: staff go back to the list, a locked kiosk stays locked. */
static void
leave(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    form_wipe(flow);
    if (flow->staff.unlocked) {
        flow_enter(flow, BW_SCREEN_STAFF, now, effects);
    } else {
        flow_rest(flow, now, effects);
    }
}

static bool
is_filled(struct form *form)
{
    form->missing = field_is_empty(
        form->kind == BW_FORM_REASON ? &form->reason : &form->name);
    if (form->missing) {
        form->field = form->kind == BW_FORM_REASON ? BW_FIELD_REASON : BW_FIELD_NAME;
    }
    return !form->missing;
}

static void
submit(struct bw_flow *flow, enum bw_command_kind kind, struct bw_effects *effects)
{
    struct form *form = &flow->form;
    if (!is_filled(form)) {
        effect_sound(effects, BW_SOUND_NO);
        return;
    }
    struct bw_command *command = &form->command;
    command->kind = kind;
    command->operator= BW_OPERATOR_STAFF;
    command->audience = form->kind != BW_FORM_REASON || command->audience;
    if (form->kind != BW_FORM_REASON) {
        bw_name_split(form->name.text, command->first_name, command->name);
    }
    if (form->kind == BW_FORM_WALK_IN) {
        command->basis = BW_BASIS_WALK_IN;
        set_text(command->school, sizeof command->school, form->school.text);
        set_text(command->region, sizeof command->region, form->region);
    }
    set_text(command->reason, sizeof command->reason, form->reason.text);
    effect_command(flow, effects, FOR_FORM, command);
}

/* The waitlist goes first: a place all the same needs a yes and a reason. */
static void
admit(struct bw_flow *flow, struct bw_effects *effects)
{
    struct form *form = &flow->form;
    bool people_wait = flow->overview.present_waiting > 0;
    if (form->kind == BW_FORM_WALK_IN && people_wait && field_is_empty(&form->reason)) {
        if (is_filled(form)) {
            flow->dialog.open = true;
            flow->dialog.kind = DIALOG_GIVE;
        }
        return;
    }
    submit(flow, form->command.kind == BW_COMMAND_QUEUE ? BW_COMMAND_WALK_IN
                                                       : form->command.kind,
        effects);
}

static void
on_audience(struct bw_flow *flow, bool yes)
{
    struct form *form = &flow->form;
    if (!yes) {
        form->step = BW_STEP_REFERRAL;
    } else if (form->kind == BW_FORM_WALK_IN && flow->overview.regions_count > 0) {
        form->step = BW_STEP_REGION;
    } else {
        form->step = BW_STEP_FIELDS;
    }
}

/* "Nee" is a referral and no admission: the desk is told, so that it's counted. */
static void
refer(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct bw_command command = flow->form.command;
    command.kind = BW_COMMAND_WALK_IN;
    command.operator= BW_OPERATOR_STAFF;
    command.audience = false;
    effect_command(flow, effects, FOR_NOTHING, &command);
    leave(flow, now, effects);
}

static void
type_key(struct form *form, int code_point)
{
    if (form->shift && code_point >= 'a' && code_point <= 'z') {
        code_point += 'A' - 'a';
    }
    if (field_type_code_point(active_field(form), code_point)) {
        form->missing = false;
        form->shift = code_point == '-';
    }
}

static void
form_keys(struct bw_flow *flow, enum bw_action action, int index, struct bw_effects *effects)
{
    struct form *form = &flow->form;
    if (form->step != BW_STEP_FIELDS) {
        return;
    }
    switch ((int)action) {
    case BW_ACTION_KEY:
        effect_sound(effects, BW_SOUND_KEY);
        type_key(form, index);
        break;
    case BW_ACTION_SPACE:
        effect_sound(effects, BW_SOUND_KEY);
        form->shift = field_type(active_field(form), " ");
        break;
    case BW_ACTION_DELETE:
        effect_sound(effects, BW_SOUND_KEY);
        field_delete(active_field(form));
        form->shift = active_field(form)->text[0] == '\0';
        break;
    case BW_ACTION_CLEAR:
        field_clear(active_field(form));
        form->shift = true;
        break;
    case BW_ACTION_SHIFT:
        form->shift = !form->shift;
        break;
    case BW_ACTION_FIELD:
        if (form->kind == BW_FORM_WALK_IN
            && (index == BW_FIELD_NAME || index == BW_FIELD_SCHOOL)) {
            form->field = (enum bw_form_field)index;
            form->shift = active_field(form)->text[0] == '\0';
        }
        break;
    }
}

static void
on_give(struct bw_flow *flow, bool yes)
{
    flow->dialog.open = false;
    if (yes) {
        flow->form.field = BW_FIELD_REASON;
        flow->form.missing = true;
    }
}

static void
form_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    struct form *form = &flow->form;
    switch ((int)action) {
    case BW_ACTION_CANCEL:
    case BW_ACTION_BACK:
        leave(flow, now, effects);
        break;
    case BW_ACTION_DONE:
        if (form->step == BW_STEP_REFERRAL) {
            refer(flow, now, effects);
        }
        break;
    case BW_ACTION_AUDIENCE_YES:
    case BW_ACTION_AUDIENCE_NO:
        on_audience(flow, action == BW_ACTION_AUDIENCE_YES);
        break;
    case BW_ACTION_REGION:
        if (index >= 0 && index < flow->overview.regions_count) {
            set_text(form->region, sizeof form->region, flow->overview.regions[index]);
            form->step = BW_STEP_FIELDS;
        }
        break;
    case BW_ACTION_ADMIT:
    case BW_ACTION_ENTER:
        if (form->step == BW_STEP_FIELDS) {
            admit(flow, effects);
        }
        break;
    case BW_ACTION_QUEUE:
        if (form->step == BW_STEP_FIELDS && form->kind == BW_FORM_WALK_IN) {
            submit(flow, BW_COMMAND_QUEUE, effects);
        }
        break;
    case BW_ACTION_YES:
    case BW_ACTION_NO:
        on_give(flow, action == BW_ACTION_YES);
        break;
    default:
        form_keys(flow, action, index, effects);
        break;
    }
}

static void
form_text(struct bw_flow *flow, const char *text, struct bw_now now,
    struct bw_effects *effects)
{
    (void)now;
    (void)effects;
    if (flow->form.step == BW_STEP_FIELDS && field_type(active_field(&flow->form), text)) {
        flow->form.missing = false;
        flow->form.shift = false;
    }
}

static void
form_answer(struct bw_flow *flow, enum purpose purpose, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects)
{
    if (purpose != FOR_FORM) {
        return;
    }
    bool welcome
        = answer->kind == BW_ANSWER_VERDICT && answer->verdict == BW_VERDICT_WELCOME;
    if (!flow->staff.unlocked) {
        form_wipe(flow);
        if (answer->kind == BW_ANSWER_VERDICT) {
            result_show(flow, answer, now, effects);
        } else {
            flow_rest(flow, now, effects);
        }
        return;
    }
    if (welcome || answer->kind == BW_ANSWER_WAITING) {
        leave(flow, now, effects);
    }
    staff_answer(flow, answer, now, effects);
}

static void
add_button(struct bw_view *view, enum bw_action action, enum bw_button_kind kind,
    const char *key, const char *icon)
{
    set_button(&view->buttons[view->buttons_count++], action, 0, kind, key, icon);
}

static void
form_buttons(const struct bw_flow *flow, struct bw_view *view)
{
    const struct form *form = &flow->form;
    add_button(view, BW_ACTION_CANCEL, BW_BUTTON_SECONDARY, "cancel", "close");
    if (form->step == BW_STEP_REFERRAL) {
        add_button(view, BW_ACTION_DONE, BW_BUTTON_PRIMARY, "done", "check");
    }
    if (form->step != BW_STEP_FIELDS) {
        return;
    }
    if (form->kind != BW_FORM_WALK_IN) {
        add_button(view, BW_ACTION_ADMIT, BW_BUTTON_PRIMARY, "st.admit", "door");
        return;
    }
    bool places = flow->overview.ledger.free > 0;
    bool people_wait = flow->overview.present_waiting > 0;
    if (!places) {
        add_button(view, BW_ACTION_QUEUE, BW_BUTTON_PRIMARY, "wi.queue", "hourglass");
    } else if (people_wait) {
        add_button(view, BW_ACTION_ADMIT, BW_BUTTON_SECONDARY, "wi.giveany", "door");
        add_button(view, BW_ACTION_QUEUE, BW_BUTTON_PRIMARY, "wi.queue", "hourglass");
    } else {
        add_button(view, BW_ACTION_QUEUE, BW_BUTTON_SECONDARY, "wi.queue", "hourglass");
        add_button(view, BW_ACTION_ADMIT, BW_BUTTON_PRIMARY, "wi.give", "door");
    }
}

static void
form_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    (void)now;
    const struct form *form = &flow->form;
    struct bw_form_view *to = &view->form;
    to->kind = form->kind;
    to->step = form->step;
    to->field = form->field;
    set_text(to->name, sizeof to->name, form->name.text);
    set_text(to->school, sizeof to->school, form->school.text);
    set_text(to->reason, sizeof to->reason, form->reason.text);
    set_text(to->region, sizeof to->region, form->region);
    to->missing = form->missing;
    to->shift = form->shift;
    values_init(flow, &to->values);
    to->values.n = flow->overview.ledger.free;
    to->values.m = flow->overview.present_waiting;
    set_text(to->values.name, sizeof to->values.name, form->values.name);
    set_text(to->values.name2, sizeof to->values.name2, form->values.name2);
    to->values.date_ms = flow->agenda_count > 0 ? flow->agenda[0].starts_ms : 0;
    if (flow->agenda_count > 0) {
        set_text(
            to->values.audience, sizeof to->values.audience, flow->agenda[0].audience);
    }
    form_buttons(flow, view);
    if (flow->dialog.open) {
        view->dialog.open = true;
        set_key(view->dialog.question, "wi.sure");
        set_button(&view->dialog.no, BW_ACTION_NO, 0, BW_BUTTON_PRIMARY, "back", "");
        set_button(&view->dialog.yes, BW_ACTION_YES, 0, BW_BUTTON_SECONDARY, "wi.giveany",
            "door");
        view->dialog.values = to->values;
    }
}

const struct screen_ops form_screen = {
    .on_action = form_action,
    .on_text = form_text,
    .on_answer = form_answer,
    .view = form_view,
    .staff = true,
};
