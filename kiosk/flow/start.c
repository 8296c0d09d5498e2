/* 12, 12b, 12d: no store yet, no roster yet, a store that can't be used. UI thread only.
 */
#include "state.h"

#include <string.h>

static void
first_start_action(struct bw_flow *flow, enum bw_action action, int index,
    struct bw_now now, struct bw_effects *effects)
{
    (void)index;
    if (action == BW_ACTION_USB_ENROLMENT) {
        flow->kiosk.awaits_stick = true;
        flow->kiosk.stick_ms = now.mono_ms;
        effect_helper(flow, effects, BW_HELPER_ENROL_USB);
    } else if (action == BW_ACTION_SCAN_ENROLMENT) {
        flow->kiosk.awaits_stick = false;
        flow->kiosk.camera_test = !flow->kiosk.camera_test;
        flow->kiosk.outcome[0] = '\0';
    }
}

/* Looks again till the stick is there; what asks for it stays on the screen. */
static void
first_start_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    bool due = now.mono_ms - flow->kiosk.stick_ms >= STICK_MS;
    if (flow->kiosk.awaits_stick && flow->kiosk.running == BW_HELPER_NONE && due) {
        char asked[BW_KEY_BYTES];
        memcpy(asked, flow->kiosk.outcome, sizeof asked);
        flow->kiosk.stick_ms = now.mono_ms;
        effect_helper(flow, effects, BW_HELPER_ENROL_USB);
        set_key(flow->kiosk.outcome, asked);
    }
}

static int64_t
first_start_next(const struct bw_flow *flow, struct bw_now now)
{
    (void)now;
    return flow->kiosk.awaits_stick ? flow->kiosk.stick_ms + STICK_MS : INT64_MAX;
}

static void
start_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    (void)now;
    set_text(view->values.x, sizeof view->values.x, flow->overview.organiser);
    set_key(view->kiosk.outcome, flow->kiosk.outcome);
    view->kiosk.camera_test = flow->kiosk.camera_test;
    if (flow->kiosk.running != BW_HELPER_NONE) {
        set_key(view->kiosk.busy, "nl.busy");
    }
}

const struct screen_ops first_start_screen = {
    .on_action = first_start_action,
    .on_tick = first_start_tick,
    .view = start_view,
    .next_ms = first_start_next,
    .resting = true,
};

/* ---- 12b: paired, and no list ---- */

static void
no_roster_action(struct bw_flow *flow, enum bw_action action, int index,
    struct bw_now now, struct bw_effects *effects)
{
    (void)index;
    if (action == BW_ACTION_FETCH || action == BW_ACTION_UPDATE) {
        flow->kiosk.fetch_ms = now.mono_ms;
        effect_helper(flow, effects, BW_HELPER_UPDATE);
    } else if (action == BW_ACTION_USB) {
        effect_helper(flow, effects, BW_HELPER_IMPORT);
    }
}

static void
no_roster_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (now.mono_ms - flow->kiosk.fetch_ms >= FETCH_MS) {
        no_roster_action(flow, BW_ACTION_FETCH, 0, now, effects);
    }
}

static void
no_roster_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    start_view(flow, now, view);
    view->values.time_ms = flow->kiosk.tried_ms;
    view->values.date_ms = flow->overview.session.starts_ms;
    if (flow->kiosk.wrong_list) {
        set_key(view->kiosk.outcome, "nl.wrong");
    }
    bool busy = flow->kiosk.running != BW_HELPER_NONE;
    set_button(&view->buttons[view->buttons_count++],
        busy ? BW_ACTION_NONE : BW_ACTION_FETCH, 0, BW_BUTTON_PRIMARY,
        busy ? "nl.busy" : "nl.b1", "sync");
    set_button(&view->buttons[view->buttons_count++], BW_ACTION_USB, 0,
        BW_BUTTON_SECONDARY, "nl.b2", "usb");
}

static int64_t
no_roster_next(const struct bw_flow *flow, struct bw_now now)
{
    (void)now;
    return flow->kiosk.fetch_ms + FETCH_MS;
}

const struct screen_ops no_roster_screen = {
    .on_action = no_roster_action,
    .on_tick = no_roster_tick,
    .view = no_roster_view,
    .next_ms = no_roster_next,
    .resting = true,
};

/* ---- 12d ---- */

struct fault_text {
    enum bw_status status;
    const char *headline, *help;
};

static const struct fault_text fault_texts[] = {
    {BW_FULL, "df.h", "df.p"},
    {BW_NEWER, "df.h", "ft.newer"},
    {BW_CORRUPT, "df.h", "ft.corrupt"},
    {BW_READ_ONLY, "df.h", "ft.readonly"},
    {BW_REFUSED, "df.h", "ft.refused"},
};

/* Why nobody can be checked in; BW_OK where the store says nothing of it. */
static enum bw_status
fault_status(const struct bw_flow *flow)
{
    if (flow->store_error.status != BW_OK) {
        return flow->store_error.status;
    }
    return flow->has_overview && flow->overview.restored ? BW_REFUSED : BW_FULL;
}

/* The desk still answers: staff may save what is there, and make room. */
static bool
has_way_in(const struct bw_flow *flow)
{
    return flow->store_open && fault_status(flow) == BW_FULL;
}

static void
fault_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    (void)index;
    if (action == BW_ACTION_STAFF && has_way_in(flow)) {
        struct pin_purpose purpose = {.from = BW_SCREEN_FAULT, .to = BW_SCREEN_KIOSK};
        pin_ask(flow, &purpose, now, effects);
    }
}

/* A store that answers comes back with the next overview; one that doesn't is opened
 * again. */
static void
fault_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (flow->store_error.status != BW_OK && now.mono_ms >= flow->reopen_ms) {
        flow->reopen_ms = now.mono_ms + REOPEN_MS;
        effect_add(effects, BW_EFFECT_REOPEN);
    }
}

static void
fault_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    (void)now;
    set_key(view->fault, "df.h");
    set_key(view->fault_help, "df.p");
    for (size_t i = 0; i < sizeof fault_texts / sizeof *fault_texts; i++) {
        if (fault_texts[i].status == fault_status(flow)) {
            set_key(view->fault, fault_texts[i].headline);
            set_key(view->fault_help, fault_texts[i].help);
        }
    }
    set_text(view->fault_text, sizeof view->fault_text, flow->store_error.text);
    if (has_way_in(flow)) {
        add_button(view, BW_ACTION_STAFF, BW_BUTTON_PRIMARY, "df.b1", "lock");
    }
}

static int64_t
fault_next(const struct bw_flow *flow, struct bw_now now)
{
    (void)now;
    return flow->store_error.status != BW_OK ? flow->reopen_ms : INT64_MAX;
}

const struct screen_ops fault_screen = {
    .on_action = fault_action,
    .on_tick = fault_tick,
    .view = fault_view,
    .next_ms = fault_next,
    .resting = true,
};
