/* 11: is everything safe, and what needs me. Closing the day, and another session of the
 * kiosk's own. UI thread only. */
#include "state.h"

#include <string.h>

static void
kiosk_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    flow->kiosk.choosing = false;
    flow->kiosk.outcome[0] = '\0';
    if (flow->overview.own_sessions > 1) {
        effect_ask(flow, effects, FOR_SESSIONS, BW_COMMAND_SESSIONS);
    }
}

/* What it still has to send is sent once the desk wrote the day's end (answers.c). */
static void
on_close(struct bw_flow *flow, struct bw_effects *effects)
{
    if (!flow->kiosk.closing) {
        flow->kiosk.closing = true;
        effect_ask(flow, effects, FOR_CLOSE, BW_COMMAND_CLOSE_DAY);
    }
}

static void
ask_quit(struct bw_flow *flow)
{
    flow->dialog.open = true;
    flow->dialog.kind = DIALOG_CLOSE;
    set_key(flow->dialog.question, "de.closeq");
    set_key(flow->dialog.text, flow->overview.unsent_check_ins > 0 ? "de.closep" : "");
    values_init(flow, &flow->dialog.values);
    flow->dialog.values.n = (long)flow->overview.unsent_check_ins;
}

static void
on_switch(struct bw_flow *flow, int index, struct bw_effects *effects)
{
    if (index < 0) {
        flow->kiosk.choosing = !flow->kiosk.choosing && flow->kiosk.sessions_count > 1;
        return;
    }
    if (flow->kiosk.choosing && index < flow->kiosk.sessions_count) {
        struct bw_command command;
        bw_command_init(&command, BW_COMMAND_SWITCH);
        command.operated_by = BW_OPERATOR_STAFF;
        set_text(command.session_code, sizeof command.session_code,
            flow->kiosk.sessions[index].code);
        effect_command(flow, effects, FOR_SWITCH, &command);
        flow->kiosk.choosing = false;
    }
}

void
kiosk_rehearse(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    /* the bar stands when the copy is open, and goes with it (answers.c) */
    effect_add(effects, BW_EFFECT_REHEARSE)->on = !flow->rehearsal;
    flow_lock(flow, now, effects);
}

static void
on_dialog(struct bw_flow *flow, bool yes, struct bw_effects *effects)
{
    if (flow->dialog.open && yes) {
        effect_add(effects, BW_EFFECT_QUIT);
    }
    flow->dialog.open = false;
}

static void
kiosk_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    if (action == BW_ACTION_YES || action == BW_ACTION_NO) {
        on_dialog(flow, action == BW_ACTION_YES, effects);
        return;
    }
    if (flow->dialog.open) {
        return;
    }
    switch ((int)action) {
    case BW_ACTION_BACK:
        flow->kiosk.closing = flow->kiosk.camera_test = false;
        flow_enter(flow, BW_SCREEN_STAFF, now, effects);
        break;
    case BW_ACTION_UPDATE:
        effect_helper(flow, effects, BW_HELPER_UPDATE);
        break;
    case BW_ACTION_USB:
        effect_helper(flow, effects, BW_HELPER_EXPORT);
        break;
    case BW_ACTION_FETCH:
        effect_helper(flow, effects, BW_HELPER_IMPORT);
        break;
    case BW_ACTION_TIDY:
        effect_ask(flow, effects, FOR_TIDY, BW_COMMAND_TIDY);
        break;
    case BW_ACTION_CHECK:
        flow_enter(flow, BW_SCREEN_CHECK, now, effects);
        break;
    case BW_ACTION_REHEARSE:
        kiosk_rehearse(flow, now, effects);
        break;
    case BW_ACTION_CLOSE_DAY:
        on_close(flow, effects);
        break;
    case BW_ACTION_SWITCH:
        on_switch(flow, index, effects);
        break;
    case BW_ACTION_CONFIRM_CLOCK:
        effect_ask(flow, effects, FOR_SWITCH, BW_COMMAND_CONFIRM_CLOCK);
        break;
    case BW_ACTION_QUIT:
        ask_quit(flow);
        break;
    }
}

static void
kiosk_answer(struct bw_flow *flow, enum purpose purpose, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects)
{
    if (purpose == FOR_SESSIONS && answer->kind == BW_ANSWER_SESSIONS) {
        int count = answer->sessions.count;
        count = count < BW_SESSIONS_OWN_MAX ? count : BW_SESSIONS_OWN_MAX;
        flow->kiosk.sessions_count = count;
        if (count > 0) {
            memcpy(flow->kiosk.sessions, answer->sessions.items,
                (size_t)count * sizeof *answer->sessions.items);
        }
    } else if (purpose == FOR_SWITCH || purpose == FOR_TIDY) {
        bool done = answer->kind == BW_ANSWER_DONE;
        const char *key = purpose == FOR_TIDY ? "de.tidied" : "de.done";
        set_key(flow->kiosk.outcome, done ? key : "to.error");
        effect_sound(effects, done ? BW_SOUND_DONE : BW_SOUND_NO);
        flow_ask_overview(flow, now, effects);
    }
}

static void
view_sessions(const struct bw_flow *flow, struct bw_kiosk_view *kiosk)
{
    kiosk->choosing = flow->kiosk.choosing;
    kiosk->sessions_count = flow->kiosk.sessions_count;
    for (int i = 0; i < flow->kiosk.sessions_count; i++) {
        const struct bw_session *from = &flow->kiosk.sessions[i];
        struct bw_session_choice *to = &kiosk->sessions[i];
        set_text(to->title, sizeof to->title, from->title);
        to->starts_ms = from->starts_ms;
        to->active = from->session_no == flow->overview.session.session_no;
    }
}

static void
view_buttons(const struct bw_flow *flow, struct bw_view *view)
{
    bool low = kiosk_is_disk_low(flow) && !flow->rehearsal; /* a copy frees nothing */
    bool other = low || flow->rehearsal; /* something goes before updating */
    if (flow->rehearsal) {
        add_button(view, BW_ACTION_REHEARSE, BW_BUTTON_PRIMARY, "re.stop", "star");
    }
    add_button(view, BW_ACTION_UPDATE, other ? BW_BUTTON_SECONDARY : BW_BUTTON_PRIMARY,
        "de.b1", "sync");
    if (flow->overview.clock_suspect) {
        add_button(
            view, BW_ACTION_CONFIRM_CLOCK, BW_BUTTON_SECONDARY, "de.clockb", "clock");
    }
    if (low) { /* today's trouble goes before tomorrow's */
        add_button(view, BW_ACTION_TIDY, BW_BUTTON_PRIMARY, "de.tidy", "storage");
    } else if (!flow->rehearsal) {
        add_button(
            view, BW_ACTION_CHECK, BW_BUTTON_SECONDARY, "de.check", "check-circle");
    }
    add_button(view, BW_ACTION_USB, BW_BUTTON_SECONDARY, "de.b4", "usb");
    add_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    add_button(view, BW_ACTION_CLOSE_DAY, BW_BUTTON_SECONDARY, "de.day", "calendar");
    add_button(view, BW_ACTION_QUIT, BW_BUTTON_SECONDARY, "de.b5", "power");
    add_button(view, BW_ACTION_FETCH, BW_BUTTON_SECONDARY, "nl.b2", "usb");
    if (flow->kiosk.sessions_count > 1) {
        add_button(view, BW_ACTION_SWITCH, BW_BUTTON_SECONDARY, "de.session", "list");
        view->buttons[view->buttons_count - 1].index = -1;
    }
}

static void
view_dialog(const struct bw_flow *flow, struct bw_dialog_view *dialog)
{
    if (flow->dialog.open) {
        dialog->open = true;
        set_key(dialog->question, flow->dialog.question);
        set_key(dialog->text, flow->dialog.text);
        set_button(&dialog->no, BW_ACTION_NO, 0, BW_BUTTON_PRIMARY, "back", "");
        set_button(&dialog->yes, BW_ACTION_YES, 0, BW_BUTTON_SECONDARY, "de.b5", "power");
        dialog->values = flow->dialog.values;
    }
}

static void
kiosk_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    struct bw_kiosk_view *kiosk = &view->kiosk;
    kiosk_view_tiles(flow, now, kiosk);
    if (flow->kiosk.running != BW_HELPER_NONE) {
        set_key(kiosk->busy, "de.busy");
    }
    bool tidied = strcmp(flow->kiosk.outcome, "de.tidied") == 0;
    bool in_vain = tidied && kiosk_is_disk_low(flow); /* what there was to tidy is gone */
    set_key(kiosk->outcome, in_vain ? "de.tidylow" : flow->kiosk.outcome);
    kiosk->closing = flow->kiosk.closing;
    values_init(flow, &kiosk->values);
    kiosk->values.n = (long)flow->overview.unsent_check_ins;
    kiosk->values.m = flow->overview.attended;
    view_sessions(flow, kiosk);
    view_buttons(flow, view);
    view_dialog(flow, &view->dialog);
}

const struct screen_ops kiosk_screen = {
    .on_enter = kiosk_enter,
    .on_action = kiosk_action,
    .on_answer = kiosk_answer,
    .view = kiosk_view,
    .staff = true,
};
