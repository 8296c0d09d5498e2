/* 12, 12b: no store yet, or one that is to be enrolled again; no roster yet.
 * UI thread only. */
#include "flow/base/effect.h"
#include "flow/base/helper.h"
#include "flow/base/store.h"
#include "flow/base/text.h"

#include <string.h>

static void
first_start_action(struct bw_flow *flow, enum bw_action action, int index,
    struct bw_now now, struct bw_effects *effects)
{
    (void)index;
    if (action == BW_ACTION_USB_ENROLMENT) {
        flow->helper.awaits_stick = true;
        flow->helper.stick_ms = now.mono_ms;
        (void)bw_flow_start_helper(flow, effects, BW_HELPER_ENROL_USB);
    } else if (action == BW_ACTION_SCAN_ENROLMENT) {
        flow->helper.awaits_stick = false;
        flow->camera.test = !flow->camera.test;
        flow->helper.outcome[0] = '\0';
    } else if (action == BW_ACTION_BACK && flow->store.enrols) {
        bw_flow_store_end_enrol(flow, effects);
    }
}

/* Looks again till the stick is there; what asks for it stays on the screen. */
static void
first_start_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    bool due = now.mono_ms - flow->helper.stick_ms >= STICK_MS;
    bool left = now.mono_ms - flow->touched_ms >= ENROL_IDLE_MS;
    if (flow->store.enrols && left && flow->helper.running == BW_HELPER_NONE) {
        bw_flow_store_end_enrol(flow, effects);
        return;
    }
    if (flow->helper.awaits_stick && flow->helper.running == BW_HELPER_NONE && due) {
        char asked[BW_KEY_BYTES];
        memcpy(asked, flow->helper.outcome, sizeof asked);
        flow->helper.stick_ms = now.mono_ms;
        (void)bw_flow_start_helper(flow, effects, BW_HELPER_ENROL_USB);
        bw_flow_set_key(flow->helper.outcome, asked);
    }
}

static int64_t
first_start_next(const struct bw_flow *flow, struct bw_now now)
{
    (void)now;
    int64_t left_ms = flow->store.enrols ? flow->touched_ms + ENROL_IDLE_MS : INT64_MAX;
    int64_t stick_ms =
        flow->helper.awaits_stick ? flow->helper.stick_ms + STICK_MS : INT64_MAX;
    return stick_ms < left_ms ? stick_ms : left_ms;
}

static void
start_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    (void)now;
    bw_flow_set_text(view->values.x, sizeof view->values.x, flow->overview.organiser);
    bw_flow_set_key(view->kiosk.outcome, flow->helper.outcome);
    view->kiosk.camera_test = flow->camera.test;
    if (flow->helper.running != BW_HELPER_NONE) {
        bw_flow_set_key(view->kiosk.busy, "nl.busy");
    }
}

static void
first_start_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    start_view(flow, now, view);
    if (flow->store.enrols) {
        bw_flow_add_button(
            view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    }
}

const struct bw_flow_screen_ops bw_flow_first_start_screen = {
    .on_action = first_start_action,
    .on_tick = first_start_tick,
    .view = first_start_view,
    .next_ms = first_start_next,
    .resting = true,
};

/* ---- 12b: paired, and no list ---- */

struct no_roster {
    int64_t fetch_due_ms; /* when it next tries by itself; 0: at once */
    bool reads_stick;     /* asked for, and to begin when fetching has ended */
};

static struct no_roster *
no_roster(const struct bw_flow *flow)
{
    return bw_flow_own(flow, BW_SCREEN_NO_ROSTER);
}

static void
no_roster_action(struct bw_flow *flow, enum bw_action action, int index,
    struct bw_now now, struct bw_effects *effects)
{
    (void)index;
    if (action == BW_ACTION_FETCH || action == BW_ACTION_UPDATE) {
        no_roster(flow)->fetch_due_ms = now.mono_ms + FETCH_MS;
        (void)bw_flow_start_helper(flow, effects, BW_HELPER_UPDATE);
    } else if (action == BW_ACTION_USB) {
        no_roster(flow)->reads_stick = flow->helper.running == BW_HELPER_UPDATE;
        (void)bw_flow_start_helper(flow, effects, BW_HELPER_IMPORT);
    }
}

static void
no_roster_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (no_roster(flow)->reads_stick) {
        no_roster_action(flow, BW_ACTION_USB, 0, now, effects);
    }
    if (now.mono_ms >= no_roster(flow)->fetch_due_ms) {
        no_roster_action(flow, BW_ACTION_FETCH, 0, now, effects);
    }
}

static void
no_roster_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    start_view(flow, now, view);
    view->values.time_ms = flow->helper.tried_ms;
    view->values.date_ms = flow->overview.session.starts_ms;
    if (flow->store.wrong_list) {
        bw_flow_set_key(view->kiosk.outcome, "nl.wrong");
    }
    bool busy = flow->helper.running != BW_HELPER_NONE;
    bw_flow_set_button(&view->buttons[view->buttons_count++],
        busy ? BW_ACTION_NONE : BW_ACTION_FETCH, 0, BW_BUTTON_PRIMARY,
        busy ? "nl.busy" : "nl.b1", "sync");
    bw_flow_set_button(&view->buttons[view->buttons_count++], BW_ACTION_USB, 0,
        BW_BUTTON_SECONDARY, "nl.b2", "usb");
}

static int64_t
no_roster_next(const struct bw_flow *flow, struct bw_now now)
{
    bool stick = no_roster(flow)->reads_stick && flow->helper.running == BW_HELPER_NONE;
    return stick ? now.mono_ms : no_roster(flow)->fetch_due_ms;
}

const struct bw_flow_screen_ops bw_flow_no_roster_screen = {
    .own_bytes = sizeof(struct no_roster),
    .on_action = no_roster_action,
    .on_tick = no_roster_tick,
    .view = no_roster_view,
    .next_ms = no_roster_next,
    .resting = true,
};
