/* 10: somebody who is not on the list, a substitute, or a reason. One question a step.
 * A half-typed walk-in survives the lock, and is wiped when it's done or cancelled.
 * UI thread only. */
#include "state.h"

#include <brugwachter/text.h>
#include <string.h>

enum { SCHOOL_PAGE = 200 };

void
form_wipe(struct bw_flow *flow)
{
    memset(&flow->form, 0, sizeof flow->form);
    memset(flow->schools, 0, sizeof flow->schools);
    flow->schools_count = 0;
}

/* What the form may offer: schools of everybody on the roster, and where else to go. */
static void
ask_for_help(struct bw_flow *flow, struct bw_effects *effects)
{
    static const enum bw_list_filter lists[] = {
        BW_LIST_EXPECTED, BW_LIST_PRESENT, BW_LIST_WAITLIST};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct bw_command command;
        bw_command_init(&command, BW_COMMAND_LIST);
        command.operated_by = BW_OPERATOR_STAFF;
        command.list.filter = lists[i];
        command.list.limit = SCHOOL_PAGE;
        effect_command(flow, effects, FOR_SCHOOLS, &command);
    }
    effect_ask(flow, effects, FOR_AGENDA, BW_COMMAND_AGENDA);
}

static void
start_anew(struct bw_flow *flow, enum bw_form_kind kind, const struct bw_command *command,
    const struct bw_values *values)
{
    struct form *form = &flow->form;
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
        const struct bw_person *person = &form->command.walk_in.person;
        set_full_name(
            form->name.text, sizeof form->name.text, person->first_name, person->name);
        set_text(form->school.text, sizeof form->school.text, person->school);
        set_text(form->region.text, sizeof form->region.text, person->region);
    }
    if (values != NULL) {
        form->values = *values;
    }
}

void
form_start(struct bw_flow *flow, enum bw_form_kind kind, const struct bw_command *command,
    const struct bw_values *values, struct bw_now now, struct bw_effects *effects)
{
    struct form *form = &flow->form;
    bool resumes = form->active && form->kind == kind && command == NULL;
    if (!resumes) {
        start_anew(flow, kind, command, values);
    }
    if (kind == BW_FORM_WALK_IN) {
        ask_for_help(flow, effects);
    }
    flow_enter(flow, BW_SCREEN_FORM, now, effects);
}

/* Where a form ends: staff go back to the list, a locked kiosk stays locked. */
static void
leave(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (flow->staff.unlocked) {
        flow_enter(flow, BW_SCREEN_STAFF, now, effects);
    } else {
        flow_rest(flow, now, effects);
    }
}

static bool
is_filled(struct form *form)
{
    bool reason = form->kind == BW_FORM_REASON;
    form->missing = field_is_empty(reason ? &form->reason : &form->name);
    if (form->missing) {
        form->field = reason ? BW_FIELD_REASON : BW_FIELD_NAME;
    }
    return !form->missing;
}

static void
ask_name(struct form *form)
{
    form->field = BW_FIELD_NAME;
    form->shift = field_is_empty(&form->name);
}

/* A region that was typed; one of the series is written as it is known there. */
static void
take_region(struct bw_flow *flow, struct bw_effects *effects)
{
    struct form *form = &flow->form;
    char typed[BW_QUERY_BYTES];
    bw_text_fold(form->region.text, false, typed, sizeof typed);
    form->missing = typed[0] == '\0';
    if (form->missing) {
        effect_sound(effects, BW_SOUND_NO);
        return;
    }
    for (int i = 0; i < flow->overview.regions_count; i++) {
        char known[BW_NAME_BYTES];
        bw_text_fold(flow->overview.regions[i], false, known, sizeof known);
        if (strcmp(known, typed) == 0) {
            set_text(
                form->region.text, sizeof form->region.text, flow->overview.regions[i]);
        }
    }
    ask_name(form);
}

static void
set_reason(struct bw_command *command, const char *reason)
{
    switch ((int)command->kind) {
    case BW_COMMAND_WAITLIST:
        set_text(command->waitlist.reason, BW_TITLE_BYTES, reason);
        break;
    case BW_COMMAND_GUEST:
        set_text(command->guest.reason, BW_TITLE_BYTES, reason);
        break;
    case BW_COMMAND_WALK_IN:
        set_text(command->walk_in.reason, BW_TITLE_BYTES, reason);
        break;
    case BW_COMMAND_OVERRIDE:
        set_text(command->override.who.reason, BW_TITLE_BYTES, reason);
        break;
    }
}

/* What the form's fields say, as the command of `kind` that it becomes. */
static void
complete(struct form *form, enum bw_command_kind kind)
{
    struct bw_command *command = &form->command;
    if (form->kind == BW_FORM_WALK_IN) {
        bw_command_init(command, kind);
        struct bw_command_newcomer *newcomer =
            kind == BW_COMMAND_WALK_IN ? &command->walk_in : &command->queue;
        struct bw_person *person = &newcomer->person;
        newcomer->audience = true;
        bw_name_split(form->name.text, person->first_name, person->name);
        set_text(person->school, sizeof person->school, form->school.text);
        set_text(person->region, sizeof person->region, form->region.text);
    } else if (form->kind == BW_FORM_SUBSTITUTE) {
        struct bw_person *person = &command->substitute.person;
        command->substitute.audience = true;
        bw_name_split(form->name.text, person->first_name, person->name);
    }
    command->operated_by = BW_OPERATOR_STAFF;
    bool tells = form->kind == BW_FORM_REASON || form->gives;
    set_reason(command, tells ? form->reason.text : "");
}

static void
submit(struct bw_flow *flow, enum bw_command_kind kind, struct bw_effects *effects)
{
    struct form *form = &flow->form;
    if (form->sent != 0) {
        return; /* pressed twice */
    }
    if (!is_filled(form)) {
        effect_sound(effects, BW_SOUND_NO);
        return;
    }
    complete(form, kind);
    effect_command(flow, effects, FOR_FORM, &form->command);
    form->sent = flow->command_no;
}

/* A place all the same: while people wait, or beyond the house where that's allowed. */
bool
form_needs_reason(const struct bw_flow *flow)
{
    return flow->form.kind == BW_FORM_WALK_IN &&
           (flow->overview.present_waiting > 0 || flow->overview.ledger.free <= 0);
}

/* The waitlist goes first: a place all the same needs a yes and a reason. */
static void
admit(struct bw_flow *flow, struct bw_effects *effects)
{
    struct form *form = &flow->form;
    if (form->field == BW_FIELD_REGION) {
        take_region(flow, effects);
        return;
    }
    bool asks =
        form_needs_reason(flow) && (!form->gives || field_is_empty(&form->reason));
    if (!asks) {
        submit(flow,
            form->kind == BW_FORM_WALK_IN ? BW_COMMAND_WALK_IN : form->command.kind,
            effects);
    } else if (!is_filled(form)) {
        effect_sound(effects, BW_SOUND_NO);
    } else if (form->gives) {
        form->field = BW_FIELD_REASON;
        form->missing = true;
        effect_sound(effects, BW_SOUND_NO);
    } else {
        flow->dialog.open = true;
        flow->dialog.kind = DIALOG_GIVE;
    }
}

static void
on_audience(struct bw_flow *flow, bool yes)
{
    struct form *form = &flow->form;
    if (form->step != BW_STEP_AUDIENCE) {
        return;
    }
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
    const struct bw_command *begun = &flow->form.command;
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_WALK_IN);
    command.operated_by = BW_OPERATOR_STAFF;
    struct bw_person *person = &command.walk_in.person;
    if (begun->kind == BW_COMMAND_WALK_IN) {
        *person = begun->walk_in.person;
    }
    if (person->first_name[0] == '\0') {
        /* nobody asks a name of somebody who is sent on */
        set_text(person->first_name, sizeof person->first_name, "-");
    }
    effect_command(flow, effects, FOR_NOTHING, &command);
    form_wipe(flow);
    leave(flow, now, effects);
}

static void
on_give(struct bw_flow *flow, bool yes)
{
    bool asked = flow->dialog.open && flow->dialog.kind == DIALOG_GIVE;
    flow->dialog.open = false;
    if (asked && yes) {
        flow->form.gives = true;
        flow->form.field = BW_FIELD_REASON;
        flow->form.shift = true;
        flow->form.missing = true;
    }
}

static void
on_region(struct bw_flow *flow, int index)
{
    struct form *form = &flow->form;
    int count = flow->overview.regions_count;
    if (form->step != BW_STEP_REGION || index < 0 || index > count) {
        return;
    }
    form->step = BW_STEP_FIELDS;
    if (index < count) {
        set_text(
            form->region.text, sizeof form->region.text, flow->overview.regions[index]);
    } else {
        field_clear(&form->region);
        form->field = BW_FIELD_REGION;
        form->shift = true;
    }
}

static void
form_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    struct form *form = &flow->form;
    bool fields = form->step == BW_STEP_FIELDS && !flow->dialog.open;
    if (action == BW_ACTION_CANCEL || action == BW_ACTION_BACK) {
        form_wipe(flow);
        leave(flow, now, effects);
    } else if (action == BW_ACTION_DONE && form->step == BW_STEP_REFERRAL) {
        refer(flow, now, effects);
    } else if (action == BW_ACTION_AUDIENCE_YES || action == BW_ACTION_AUDIENCE_NO) {
        on_audience(flow, action == BW_ACTION_AUDIENCE_YES);
    } else if (action == BW_ACTION_REGION) {
        on_region(flow, index);
    } else if (action == BW_ACTION_YES || action == BW_ACTION_NO) {
        on_give(flow, action == BW_ACTION_YES);
    } else if (fields && (action == BW_ACTION_ADMIT || action == BW_ACTION_ENTER)) {
        admit(flow, effects);
    } else if (fields && action == BW_ACTION_QUEUE && form->kind == BW_FORM_WALK_IN &&
               form->field != BW_FIELD_REGION) {
        form->gives = false;
        submit(flow, BW_COMMAND_QUEUE, effects);
    } else if (fields) {
        form_key(flow, action, index, effects);
    }
}

static void
form_text(
    struct bw_flow *flow, const char *text, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    (void)effects;
    if (flow->form.step == BW_STEP_FIELDS && !flow->dialog.open) {
        form_type(&flow->form, text);
    }
}

/* The kiosk was locked, and one person was admitted by the PIN: now they stand before it.
 */
static void
answer_locked(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    bool here = flow->screen == BW_SCREEN_FORM;
    form_wipe(flow);
    if (!here) {
        return;
    }
    if (answer->kind == BW_ANSWER_VERDICT) {
        result_show(flow, answer, now, effects);
    } else {
        result_show_help(flow, BW_CODE_NONE, now, effects);
    }
}

/* A form that came to nothing is told on the list, and a walk-in's words are kept. */
void
form_answer(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    bool welcome = answer->kind == BW_ANSWER_VERDICT &&
                   answer->verdict.verdict == BW_VERDICT_WELCOME;
    bool done = welcome || answer->kind == BW_ANSWER_WAITING;
    bool walk_in = flow->form.kind == BW_FORM_WALK_IN;
    if (!walk_in && !flow->staff.unlocked) {
        answer_locked(flow, answer, now, effects);
        return;
    }
    if (done || !walk_in) {
        form_wipe(flow);
    }
    if (flow->screen == BW_SCREEN_FORM && flow->staff.unlocked) {
        flow_enter(flow, BW_SCREEN_STAFF, now, effects);
        staff_answer(flow, answer, now, effects);
    }
}

const struct screen_ops form_screen = {
    .on_action = form_action,
    .on_text = form_text,
    .view = form_view,
    .staff = true,
};
