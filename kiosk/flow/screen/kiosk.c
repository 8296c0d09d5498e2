/* 11: is everything safe, and what needs me. Closing the day, and another session of the
 * kiosk's own. UI thread only. */
#include "kiosk.h"

#include "flow/base/ask.h"
#include "flow/base/effect.h"
#include "flow/base/frame.h"
#include "flow/base/helper.h"
#include "flow/base/store.h"
#include "flow/base/text.h"

#include <string.h>

struct kiosk_screen {
    bool closing, choosing;
    int sessions_count;
    struct bw_session sessions[BW_SESSIONS_OWN_MAX];
};

static struct kiosk_screen *
own(const struct bw_flow *flow)
{
    return bw_flow_own(flow, BW_SCREEN_KIOSK);
}

static void
kiosk_lock(struct bw_flow *flow)
{
    own(flow)->closing = own(flow)->choosing = false;
}

/* ---- answers ---- */

static void
on_sessions(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    (void)now;
    (void)effects;
    if (flow->screen != BW_SCREEN_KIOSK || answer->kind != BW_ANSWER_SESSIONS) {
        return;
    }
    int count = answer->sessions.count;
    count = count < BW_SESSIONS_OWN_MAX ? count : BW_SESSIONS_OWN_MAX;
    own(flow)->sessions_count = count;
    if (count > 0) {
        memcpy(own(flow)->sessions, answer->sessions.items,
            (size_t)count * sizeof *answer->sessions.items);
    }
}

static void
tell(struct bw_flow *flow, const struct bw_answer *answer, const char *key,
    struct bw_now now, struct bw_effects *effects)
{
    bool done = answer->kind == BW_ANSWER_DONE;
    if (flow->screen == BW_SCREEN_KIOSK) {
        bw_flow_set_key(flow->helper.outcome, done ? key : "to.error");
        bw_flow_sound(effects, done ? BW_SOUND_DONE : BW_SOUND_NO);
        bw_flow_ask_overview(flow, now, effects);
    }
}

static void
on_switched(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    tell(flow, answer, "de.done", now, effects);
}

static void
on_tidied(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    tell(flow, answer, "de.tidied", now, effects);
}

/* The day's last event is in the log: now it can be sent with the rest. */
static void
on_closed(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    (void)now;
    if (answer->kind == BW_ANSWER_DONE) {
        (void)bw_flow_start_helper(flow, effects, BW_HELPER_UPDATE);
    }
}

/* ---- the screen ---- */

static void
kiosk_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    own(flow)->choosing = false;
    flow->helper.outcome[0] = '\0';
    if (flow->overview.own_sessions > 1) {
        (void)bw_flow_ask_plain(flow, effects, on_sessions, BW_COMMAND_SESSIONS);
    }
}

/* What it still has to send is sent once the desk wrote the day's end (on_closed). */
static void
on_close(struct bw_flow *flow, struct bw_effects *effects)
{
    if (!own(flow)->closing) {
        own(flow)->closing = true;
        (void)bw_flow_ask_plain(flow, effects, on_closed, BW_COMMAND_CLOSE_DAY);
    }
}

static void
ask_quit(struct bw_flow *flow)
{
    flow->dialog.open = true;
    flow->dialog.kind = DIALOG_CLOSE;
    bw_flow_set_key(flow->dialog.question, "de.closeq");
    bw_flow_set_key(
        flow->dialog.text, flow->overview.unsent_check_ins > 0 ? "de.closep" : "");
    bw_flow_values_init(flow, &flow->dialog.values);
    flow->dialog.values.n = (long)flow->overview.unsent_check_ins;
}

static void
on_switch(struct bw_flow *flow, int index, struct bw_effects *effects)
{
    if (index < 0) {
        own(flow)->choosing = !own(flow)->choosing && own(flow)->sessions_count > 1;
        return;
    }
    if (own(flow)->choosing && index < own(flow)->sessions_count) {
        struct bw_command command;
        bw_command_init(&command, BW_COMMAND_SWITCH);
        command.operated_by = BW_OPERATOR_STAFF;
        bw_flow_set_text(command.session_code, sizeof command.session_code,
            own(flow)->sessions[index].code);
        (void)bw_flow_ask(flow, effects, on_switched, &command);
        own(flow)->choosing = false;
    }
}

void
bw_flow_kiosk_rehearse(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    /* the bar stands when the copy is open, and goes with it (store.c) */
    bw_flow_effect(effects, BW_EFFECT_REHEARSE)->on = !flow->rehearsal;
    bw_flow_lock(flow, now, effects);
}

static void
on_dialog(struct bw_flow *flow, bool yes, struct bw_effects *effects)
{
    if (flow->dialog.open && yes) {
        bw_flow_effect(effects, BW_EFFECT_QUIT);
    }
    flow->dialog.open = false;
}

/* What stands over the tiles first: the sessions, the end of the day. */
static void
go_back(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (own(flow)->choosing || own(flow)->closing) {
        own(flow)->choosing = own(flow)->closing = false;
    } else {
        flow->camera.test = false;
        bw_flow_enter(flow, BW_SCREEN_STAFF, now, effects);
    }
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
        go_back(flow, now, effects);
        break;
    case BW_ACTION_UPDATE:
        (void)bw_flow_start_helper(flow, effects, BW_HELPER_UPDATE);
        break;
    case BW_ACTION_USB:
        (void)bw_flow_start_helper(flow, effects, BW_HELPER_EXPORT);
        break;
    case BW_ACTION_FETCH:
        (void)bw_flow_start_helper(flow, effects, BW_HELPER_IMPORT);
        break;
    case BW_ACTION_TIDY:
        (void)bw_flow_ask_plain(flow, effects, on_tidied, BW_COMMAND_TIDY);
        break;
    case BW_ACTION_CHECK:
        bw_flow_enter(flow, BW_SCREEN_CHECK, now, effects);
        break;
    case BW_ACTION_REHEARSE:
        bw_flow_kiosk_rehearse(flow, now, effects);
        break;
    case BW_ACTION_CLOSE_DAY:
        on_close(flow, effects);
        break;
    case BW_ACTION_SWITCH:
        on_switch(flow, index, effects);
        break;
    case BW_ACTION_CONFIRM_CLOCK:
        (void)bw_flow_ask_plain(flow, effects, on_switched, BW_COMMAND_CONFIRM_CLOCK);
        break;
    case BW_ACTION_QUIT:
        ask_quit(flow);
        break;
    }
}

static void
view_sessions(const struct bw_flow *flow, struct bw_kiosk_view *kiosk)
{
    kiosk->choosing = own(flow)->choosing;
    kiosk->sessions_count = own(flow)->sessions_count;
    for (int i = 0; i < own(flow)->sessions_count; i++) {
        const struct bw_session *from = &own(flow)->sessions[i];
        struct bw_session_choice *to = &kiosk->sessions[i];
        bw_flow_set_text(to->title, sizeof to->title, from->title);
        to->starts_ms = from->starts_ms;
        to->active = from->session_no == flow->overview.session.session_no;
    }
}

/* By purpose: the lists in and out, trying things, the day. */
static void
view_buttons(const struct bw_flow *flow, struct bw_view *view)
{
    bool low = bw_flow_is_disk_low(flow) && !flow->rehearsal; /* a copy frees nothing */
    bool other = low || flow->rehearsal; /* something goes before updating */
    bw_flow_add_button(view, BW_ACTION_UPDATE,
        other ? BW_BUTTON_SECONDARY : BW_BUTTON_PRIMARY, "de.b1", "sync");
    bw_flow_add_button(view, BW_ACTION_FETCH, BW_BUTTON_SECONDARY, "nl.b2", "inbox");
    bw_flow_add_button(view, BW_ACTION_USB, BW_BUTTON_SECONDARY, "de.b4", "usb");
    if (low) { /* today's trouble goes before tomorrow's */
        bw_flow_add_button(view, BW_ACTION_TIDY, BW_BUTTON_PRIMARY, "de.tidy", "storage");
    } else if (!flow->rehearsal) {
        bw_flow_add_button(
            view, BW_ACTION_CHECK, BW_BUTTON_SECONDARY, "de.check", "check-circle");
    }
    bw_flow_add_button(view, BW_ACTION_REHEARSE,
        flow->rehearsal ? BW_BUTTON_PRIMARY : BW_BUTTON_SECONDARY,
        flow->rehearsal ? "re.stop" : "re.start", "star");
    if (flow->overview.clock_suspect) {
        bw_flow_add_button(
            view, BW_ACTION_CONFIRM_CLOCK, BW_BUTTON_SECONDARY, "de.clockb", "clock");
    }
    if (own(flow)->sessions_count > 1) {
        bw_flow_add_button(
            view, BW_ACTION_SWITCH, BW_BUTTON_SECONDARY, "de.session", "list");
        view->buttons[view->buttons_count - 1].index = -1;
    }
    bw_flow_add_button(
        view, BW_ACTION_CLOSE_DAY, BW_BUTTON_SECONDARY, "de.day", "calendar");
    bw_flow_add_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    bw_flow_add_button(view, BW_ACTION_QUIT, BW_BUTTON_SECONDARY, "de.b5", "power");
}

static void
view_dialog(const struct bw_flow *flow, struct bw_dialog_view *dialog)
{
    if (flow->dialog.open) {
        dialog->open = true;
        bw_flow_set_key(dialog->question, flow->dialog.question);
        bw_flow_set_key(dialog->text, flow->dialog.text);
        bw_flow_set_button(
            &dialog->no, BW_ACTION_NO, 0, BW_BUTTON_SECONDARY, "back", "arrow-left");
        bw_flow_set_button(
            &dialog->yes, BW_ACTION_YES, 0, BW_BUTTON_PRIMARY, "de.b5", "power");
        dialog->values = flow->dialog.values;
    }
}

static void
kiosk_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    struct bw_kiosk_view *kiosk = &view->kiosk;
    bw_flow_kiosk_view_tiles(flow, now, kiosk);
    if (flow->helper.running != BW_HELPER_NONE) {
        bw_flow_set_key(kiosk->busy, "de.busy");
    }
    bool tidied = strcmp(flow->helper.outcome, "de.tidied") == 0;
    bool in_vain =
        tidied && bw_flow_is_disk_low(flow); /* what there was to tidy is gone */
    bw_flow_set_key(kiosk->outcome, in_vain ? "de.tidylow" : flow->helper.outcome);
    kiosk->closing = own(flow)->closing;
    bw_flow_values_init(flow, &kiosk->values);
    if (!kiosk->outcome[0] && flow->overview.check_words[0]) {
        bw_flow_set_key(kiosk->outcome, "de.words");
        bw_flow_set_text(
            kiosk->values.x, sizeof kiosk->values.x, flow->overview.check_words);
    }
    kiosk->values.n = (long)flow->overview.unsent_check_ins;
    kiosk->values.m = flow->overview.attended;
    view_sessions(flow, kiosk);
    view_buttons(flow, view);
    view_dialog(flow, &view->dialog);
}

const struct bw_flow_screen_ops bw_flow_kiosk_screen = {
    .own_bytes = sizeof(struct kiosk_screen),
    .on_enter = kiosk_enter,
    .on_action = kiosk_action,
    .on_lock = kiosk_lock,
    .view = kiosk_view,
    .scans_as = BW_OPERATOR_STAFF,
    .hand_only = true,
    .staff = true,
};
