/* 10: somebody who is not on the list, a substitute, or a reason. One question a step.
 * A half-typed walk-in survives the lock, and is wiped when it's done or cancelled.
 * UI thread only. */
#include "form.h"

#include "agenda.h"
#include "flow/base/ask.h"
#include "flow/base/effect.h"
#include "flow/base/frame.h"
#include "flow/base/text.h"
#include "form_own.h"

#include <brugwachter/text.h>
#include <string.h>

enum { SCHOOL_PAGE = 200 };

static void
wipe(struct bw_flow *flow)
{
    memset(bw_flow_form_own(flow), 0, sizeof(struct bw_flow_form));
}

/* A half-typed walk-in is work, and stays. */
static void
form_lock(struct bw_flow *flow)
{
    if (bw_flow_form_own(flow)->kind != BW_FORM_WALK_IN) {
        wipe(flow);
    }
}

static void
on_schools(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    (void)now;
    (void)effects;
    if (answer->kind == BW_ANSWER_LIST && bw_flow_form_own(flow)->active) {
        bw_flow_form_add_schools(bw_flow_form_own(flow), &answer->list);
    }
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
        (void)bw_flow_ask(flow, effects, on_schools, &command);
    }
    bw_flow_ask_agenda(flow, effects);
}

static void
start_anew(struct bw_flow *flow, enum bw_form_kind kind, const struct bw_command *command,
    const struct bw_values *values)
{
    struct bw_flow_form *form = bw_flow_form_own(flow);
    wipe(flow);
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
        bw_flow_set_full_name(
            form->name.text, sizeof form->name.text, person->first_name, person->name);
        bw_flow_set_text(form->school.text, sizeof form->school.text, person->school);
        bw_flow_set_text(form->region.text, sizeof form->region.text, person->region);
    }
    if (values != NULL) {
        form->values = *values;
    }
}

void
bw_flow_form_start(struct bw_flow *flow, enum bw_form_kind kind,
    const struct bw_command *command, const struct bw_values *values,
    bw_flow_handler *on_end, struct bw_now now, struct bw_effects *effects)
{
    struct bw_flow_form *form = bw_flow_form_own(flow);
    bool resumes = form->active && form->kind == kind && command == NULL;
    if (!resumes) {
        start_anew(flow, kind, command, values);
    }
    form->on_end = on_end;
    if (kind == BW_FORM_WALK_IN) {
        ask_for_help(flow, effects);
    }
    bw_flow_enter(flow, BW_SCREEN_FORM, now, effects);
}

/* Where a form ends: staff go back to the list, a locked kiosk stays locked. */
static void
leave(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (flow->unlocked) {
        bw_flow_enter(flow, BW_SCREEN_STAFF, now, effects);
    } else {
        bw_flow_rest(flow, now, effects);
    }
}

static bool
is_filled(struct bw_flow_form *form)
{
    bool reason = form->kind == BW_FORM_REASON;
    form->missing = bw_flow_field_is_empty(reason ? &form->reason : &form->name);
    if (form->missing) {
        form->field = reason ? BW_FIELD_REASON : BW_FIELD_NAME;
    }
    return !form->missing;
}

static void
ask_name(struct bw_flow_form *form)
{
    form->field = BW_FIELD_NAME;
    form->shift = bw_flow_field_is_empty(&form->name);
}

/* A region that was typed; one of the series is written as it is known there. */
static void
accept_region(struct bw_flow *flow, struct bw_effects *effects)
{
    struct bw_flow_form *form = bw_flow_form_own(flow);
    char typed[BW_QUERY_BYTES];
    bw_text_fold(form->region.text, false, typed, sizeof typed);
    form->missing = typed[0] == '\0';
    if (form->missing) {
        bw_flow_sound(effects, BW_SOUND_NO);
        return;
    }
    for (int i = 0; i < flow->overview.regions_count; i++) {
        char known[BW_NAME_BYTES];
        bw_text_fold(flow->overview.regions[i], false, known, sizeof known);
        if (strcmp(known, typed) == 0) {
            bw_flow_set_text(
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
        bw_flow_set_text(command->waitlist.reason, BW_TITLE_BYTES, reason);
        break;
    case BW_COMMAND_GUEST:
        bw_flow_set_text(command->guest.reason, BW_TITLE_BYTES, reason);
        break;
    case BW_COMMAND_WALK_IN:
        bw_flow_set_text(command->walk_in.reason, BW_TITLE_BYTES, reason);
        break;
    case BW_COMMAND_SUBSTITUTE:
        bw_flow_set_text(command->substitute.reason, BW_TITLE_BYTES, reason);
        break;
    case BW_COMMAND_OVERRIDE:
        bw_flow_set_text(command->override.who.reason, BW_TITLE_BYTES, reason);
        break;
    }
}

/* What the form's fields say, as the command of `kind` that it becomes. */
static void
complete(struct bw_flow_form *form, enum bw_command_kind kind)
{
    struct bw_command *command = &form->command;
    if (form->kind == BW_FORM_WALK_IN) {
        bw_command_init(command, kind);
        struct bw_command_newcomer *newcomer =
            kind == BW_COMMAND_WALK_IN ? &command->walk_in : &command->queue;
        struct bw_person *person = &newcomer->person;
        newcomer->audience = true;
        bw_name_split(form->name.text, person->first_name, person->name);
        bw_flow_set_text(person->school, sizeof person->school, form->school.text);
        bw_flow_set_text(person->region, sizeof person->region, form->region.text);
    } else if (form->kind == BW_FORM_SUBSTITUTE) {
        struct bw_person *person = &command->substitute.person;
        command->substitute.audience = true;
        bw_name_split(form->name.text, person->first_name, person->name);
    }
    command->operated_by = BW_OPERATOR_STAFF;
    bool tells = form->kind == BW_FORM_REASON || form->gives;
    set_reason(command, tells ? form->reason.text : "");
}

static bw_flow_handler on_answer;

static void
submit(struct bw_flow *flow, enum bw_command_kind kind, struct bw_effects *effects)
{
    struct bw_flow_form *form = bw_flow_form_own(flow);
    if (bw_flow_is_awaited(flow, form->sent)) {
        return; /* pressed twice */
    }
    if (!is_filled(form)) {
        bw_flow_sound(effects, BW_SOUND_NO);
        return;
    }
    complete(form, kind);
    form->sent = bw_flow_ask(flow, effects, on_answer, &form->command);
}

/* The waitlist goes first: a place all the same needs a yes and a reason. */
static void
admit(struct bw_flow *flow, struct bw_effects *effects)
{
    struct bw_flow_form *form = bw_flow_form_own(flow);
    if (form->field == BW_FIELD_REGION) {
        accept_region(flow, effects);
        return;
    }
    bool asks = bw_flow_form_needs_reason(flow) &&
                (!form->gives || bw_flow_field_is_empty(&form->reason));
    if (!asks) {
        submit(flow,
            form->kind == BW_FORM_WALK_IN ? BW_COMMAND_WALK_IN : form->command.kind,
            effects);
    } else if (!is_filled(form)) {
        bw_flow_sound(effects, BW_SOUND_NO);
    } else if (form->gives) {
        form->field = BW_FIELD_REASON;
        form->missing = true;
        bw_flow_sound(effects, BW_SOUND_NO);
    } else {
        flow->dialog.open = true;
        flow->dialog.kind = DIALOG_GIVE;
    }
}

static void
on_audience(struct bw_flow *flow, bool yes)
{
    struct bw_flow_form *form = bw_flow_form_own(flow);
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
    const struct bw_command *begun = &bw_flow_form_own(flow)->command;
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_WALK_IN);
    command.operated_by = BW_OPERATOR_STAFF;
    struct bw_person *person = &command.walk_in.person;
    if (begun->kind == BW_COMMAND_WALK_IN) {
        *person = begun->walk_in.person;
    }
    if (person->first_name[0] == '\0') {
        /* nobody asks a name of somebody who is sent on */
        bw_flow_set_text(person->first_name, sizeof person->first_name, "-");
    }
    (void)bw_flow_ask(flow, effects, NULL, &command);
    wipe(flow);
    leave(flow, now, effects);
}

static void
on_give(struct bw_flow *flow, bool yes)
{
    bool asked = flow->dialog.open && flow->dialog.kind == DIALOG_GIVE;
    flow->dialog.open = false;
    if (asked && yes) {
        bw_flow_form_own(flow)->gives = true;
        bw_flow_form_own(flow)->field = BW_FIELD_REASON;
        bw_flow_form_own(flow)->shift = true;
        bw_flow_form_own(flow)->missing = true;
    }
}

static void
on_region(struct bw_flow *flow, int index)
{
    struct bw_flow_form *form = bw_flow_form_own(flow);
    int count = flow->overview.regions_count;
    if (form->step != BW_STEP_REGION || index < 0 || index > count) {
        return;
    }
    form->step = BW_STEP_FIELDS;
    if (index < count) {
        bw_flow_set_text(
            form->region.text, sizeof form->region.text, flow->overview.regions[index]);
    } else {
        bw_flow_field_clear(&form->region);
        form->field = BW_FIELD_REGION;
        form->shift = true;
    }
}

/* One question back, what was typed kept; before the first one the form is left. */
static void
step_back(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct bw_flow_form *form = bw_flow_form_own(flow);
    bool regions = form->kind == BW_FORM_WALK_IN && flow->overview.regions_count > 0;
    if (form->step == BW_STEP_AUDIENCE || form->kind == BW_FORM_REASON) {
        wipe(flow);
        leave(flow, now, effects);
    } else if (form->step == BW_STEP_FIELDS && regions) {
        form->step = BW_STEP_REGION;
        ask_name(form);
        form->missing = false;
    } else {
        form->step = BW_STEP_AUDIENCE;
    }
}

static void
form_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    struct bw_flow_form *form = bw_flow_form_own(flow);
    bool fields = form->step == BW_STEP_FIELDS && !flow->dialog.open;
    if (action == BW_ACTION_BACK) {
        step_back(flow, now, effects);
    } else if (action == BW_ACTION_CANCEL) {
        wipe(flow);
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
        bw_flow_form_key(flow, action, index, effects);
    }
}

static void
form_text(
    struct bw_flow *flow, const char *text, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    (void)effects;
    if (bw_flow_form_own(flow)->step == BW_STEP_FIELDS && !flow->dialog.open) {
        bw_flow_form_type(bw_flow_form_own(flow), text);
    }
}

/* A form that came to nothing is told where it began, and a walk-in's words are kept.
 * Whoever stands at the form goes back: to the list, or to the kiosk that is locked. */
static void
on_answer(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    const struct bw_flow_form *form = bw_flow_form_own(flow);
    if (form->sent != answer->request_no) {
        return; /* its form is gone */
    }
    bool welcome = answer->kind == BW_ANSWER_VERDICT &&
                   answer->verdict.verdict == BW_VERDICT_WELCOME;
    bool done = welcome || answer->kind == BW_ANSWER_WAITING;
    bool walk_in = form->kind == BW_FORM_WALK_IN;
    bool here = flow->screen == BW_SCREEN_FORM;
    bw_flow_handler *on_end = form->on_end;
    bool skips = answer->kind == BW_ANSWER_ERROR && answer->failure.out_of_order &&
                 form->kind == BW_FORM_SUBSTITUTE;
    if (skips && here && flow->unlocked) { /* the same again, with a reason */
        struct bw_command command = form->command;
        struct bw_values values = form->values;
        bw_flow_form_start(flow, BW_FORM_REASON, &command, &values, on_end, now, effects);
        return;
    }
    if (done || !walk_in) {
        wipe(flow);
    }
    if (here && flow->unlocked) {
        bw_flow_enter(flow, BW_SCREEN_STAFF, now, effects);
    }
    if (here && (flow->unlocked || !walk_in)) {
        on_end(flow, answer, now, effects);
    }
}

const struct bw_flow_screen_ops bw_flow_form_screen = {
    .own_bytes = sizeof(struct bw_flow_form),
    .on_action = form_action,
    .on_text = form_text,
    .on_lock = form_lock,
    .view = bw_flow_form_view,
    .scans_as = BW_OPERATOR_STAFF,
    .hand_only = true,
    .staff = true,
};
