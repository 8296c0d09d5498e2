/* 12d: a store that can't be used, and the ways out that there are.
 *
 *   the disk is full       staff make room, by the PIN; it comes back by itself
 *   a copy, put back       staff save on a stick what it holds, by the PIN; then anew
 *   removed                enrolled again: there is nothing left to keep
 *   damaged, read-only,    what can still be read is saved on a stick, sealed to the
 *   unreadable             office
 *   newer, read-only,      tried again at a touch: somebody may have mended it; it is
 *   unreadable             by itself too, as every one of these
 *   newer, damaged         enrolled again: the other program sets the file aside, and
 *                          staff are told under which name
 *
 * What went wrong, with the file's name, is for staff, behind a touch. UI thread only. */
#include "flow/base/effect.h"
#include "flow/base/frame.h"
#include "flow/base/helper.h"
#include "flow/base/store.h"
#include "flow/base/text.h"
#include "pin.h"

struct fault_screen {
    bool details; /* staff want to know */
};

static struct fault_screen *
own(const struct bw_flow *flow)
{
    return bw_flow_own(flow, BW_SCREEN_FAULT);
}

struct fault_row {
    enum bw_status status;
    const char *help;
    bool staff;   /* the desk answers, so the PIN can be asked; where it is open */
    bool enrols;  /* enrolled again */
    bool retries; /* looked at again at a touch */
    bool saves;   /* by the other program, on a stick */
};

/* The last one is for every status that isn't named. */
static const struct fault_row rows[] = {
    {.status = BW_FULL, .help = "df.p", .staff = true},
    {.status = BW_REFUSED, .help = "ft.refused", .staff = true, .enrols = true},
    {.status = BW_NOT_FOUND, .help = "ft.missing", .enrols = true},
    {.status = BW_NEWER, .help = "ft.newer", .enrols = true, .retries = true},
    {.status = BW_CORRUPT, .help = "ft.corrupt", .enrols = true, .saves = true},
    {.status = BW_READ_ONLY, .help = "ft.readonly", .retries = true, .saves = true},
    {.status = BW_IO, .help = "df.p", .retries = true, .saves = true},
};
enum { ROWS = sizeof rows / sizeof *rows };

/* Why nobody can be checked in; FULL where the store says nothing of it. */
static const struct fault_row *
row_of(const struct bw_flow *flow)
{
    bool restored = flow->has_overview && flow->overview.restored;
    enum bw_status status = flow->store.error.status != BW_OK ? flow->store.error.status
                            : restored                        ? BW_REFUSED
                                                              : BW_FULL;
    int i = 0;
    while (i < ROWS - 1 && rows[i].status != status) {
        i++;
    }
    return &rows[i];
}

static bool
has_pin(const struct bw_flow *flow)
{
    return row_of(flow)->staff && flow->store.open;
}

static void
fault_change(struct bw_flow *flow, enum bw_screen next)
{
    if (next != BW_SCREEN_FAULT) {
        own(flow)->details = false;
    }
}

/* Where the desk answers, the PIN says who may do that. */
static void
enrol_again(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (!row_of(flow)->enrols || flow->helper.running != BW_HELPER_NONE) {
        return;
    }
    if (has_pin(flow) && flow->overview.has_pin) {
        struct bw_flow_pin_purpose purpose = {.from = BW_SCREEN_FAULT, .enrols = true};
        bw_flow_pin_ask(flow, &purpose, now, effects);
    } else {
        bw_flow_store_begin_enrol(flow, now, effects);
    }
}

static void
retry(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    flow->store.reopen_ms = now.mono_ms + REOPEN_MS;
    bw_flow_effect(effects, BW_EFFECT_REOPEN);
}

static void
fault_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    (void)index;
    if (action == BW_ACTION_STAFF && has_pin(flow)) {
        struct bw_flow_pin_purpose purpose = {
            .from = BW_SCREEN_FAULT, .to = BW_SCREEN_KIOSK};
        bw_flow_pin_ask(flow, &purpose, now, effects);
    } else if (action == BW_ACTION_STAFF) {
        own(flow)->details = !own(flow)->details;
    } else if (action == BW_ACTION_SCAN_ENROLMENT) {
        enrol_again(flow, now, effects);
    } else if (action == BW_ACTION_FETCH && row_of(flow)->retries) {
        retry(flow, now, effects);
    } else if (action == BW_ACTION_USB && row_of(flow)->saves) {
        (void)bw_flow_start_helper(flow, effects, BW_HELPER_EXPORT);
    }
}

/* A store that answers comes back with the next overview;
 * one that doesn't is opened again, but not while the other program reads it. */
static void
fault_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (flow->store.error.status != BW_OK && now.mono_ms >= flow->store.reopen_ms) {
        retry(flow, now, effects);
    }
}

static void
view_ways(const struct bw_flow *flow, struct bw_view *view)
{
    const struct fault_row *row = row_of(flow);
    bool pin = has_pin(flow);
    bool busy = flow->helper.running != BW_HELPER_NONE;
    if (pin) {
        bw_flow_add_button(view, BW_ACTION_STAFF, BW_BUTTON_PRIMARY,
            row->enrols ? "ft.save" : "df.b1", "lock");
    }
    if (row->retries) {
        bw_flow_add_button(view, BW_ACTION_FETCH, BW_BUTTON_PRIMARY, "ft.retry", "sync");
    }
    if (row->enrols) {
        bool other = pin || row->retries;
        bw_flow_add_button(view, busy ? BW_ACTION_NONE : BW_ACTION_SCAN_ENROLMENT,
            other ? BW_BUTTON_SECONDARY : BW_BUTTON_PRIMARY, "ft.enrol", "qr");
    }
    if (row->saves) {
        bw_flow_add_button(view, busy ? BW_ACTION_NONE : BW_ACTION_USB,
            BW_BUTTON_SECONDARY, busy ? "de.busy" : "de.b4", "usb");
    }
    if (!pin && flow->store.error.text[0] != '\0') {
        bw_flow_add_button(view, BW_ACTION_STAFF, BW_BUTTON_SECONDARY, "ft.why", "info");
    }
}

static void
fault_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    (void)now;
    bw_flow_set_key(view->fault, "df.h");
    bw_flow_set_key(view->fault_help, row_of(flow)->help);
    if (row_of(flow)->saves && flow->helper.outcome[0] != '\0') {
        bw_flow_set_key(view->fault_help, flow->helper.outcome);
    }
    if (own(flow)->details) {
        bw_flow_set_text(
            view->fault_text, sizeof view->fault_text, flow->store.error.text);
    }
    view_ways(flow, view);
}

static int64_t
fault_next(const struct bw_flow *flow, struct bw_now now)
{
    (void)now;
    return flow->store.error.status != BW_OK ? flow->store.reopen_ms : INT64_MAX;
}

const struct bw_flow_screen_ops bw_flow_fault_screen = {
    .own_bytes = sizeof(struct fault_screen),
    .on_action = fault_action,
    .on_change = fault_change,
    .on_tick = fault_tick,
    .view = fault_view,
    .next_ms = fault_next,
    .resting = true,
};
