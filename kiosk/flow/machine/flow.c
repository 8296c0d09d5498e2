/* The machine's frame: gives a stimulus to the screen that it belongs to, and moves
 * between screens. The diagram and the invariants stand in flow.h. UI thread only. */
#include "flow/flow.h"

#include "answer.h"
#include "flow/base/aids.h"
#include "flow/base/call.h"
#include "flow/base/frame.h"
#include "flow/base/helper.h"
#include "flow/base/notice.h"
#include "flow/base/store.h"
#include "flow/base/text.h"
#include "scan.h"

#include <stdlib.h>
#include <string.h>

enum { OVERVIEW_REST_MS = 10000 }; /* … and when nobody is there to look */
enum { STAFF_TIMEOUT_S = 120, STAFF_TIMEOUT_LEAST_S = 60, STAFF_TIMEOUT_MOST_S = 300 };

static const struct bw_flow_screen_ops *const screens[BW_SCREEN_COUNT] = {
    [BW_SCREEN_IDLE] = &bw_flow_idle_screen,
    [BW_SCREEN_RESULT] = &bw_flow_result_screen,
    [BW_SCREEN_SEARCH] = &bw_flow_search_screen,
    [BW_SCREEN_PIN] = &bw_flow_pin_screen,
    [BW_SCREEN_STAFF] = &bw_flow_staff_screen,
    [BW_SCREEN_FORM] = &bw_flow_form_screen,
    [BW_SCREEN_KIOSK] = &bw_flow_kiosk_screen,
    [BW_SCREEN_FIRST_START] = &bw_flow_first_start_screen,
    [BW_SCREEN_NO_ROSTER] = &bw_flow_no_roster_screen,
    [BW_SCREEN_FAULT] = &bw_flow_fault_screen,
    [BW_SCREEN_AGENDA] = &bw_flow_agenda_screen,
    [BW_SCREEN_EVACUATION] = &bw_flow_evacuation_screen,
    [BW_SCREEN_CHECK] = &bw_flow_check_screen,
};

static int
staff_timeout_s(int asked_s)
{
    if (asked_s == 0) {
        return STAFF_TIMEOUT_S;
    }
    if (asked_s < STAFF_TIMEOUT_LEAST_S) {
        return STAFF_TIMEOUT_LEAST_S;
    }
    return asked_s > STAFF_TIMEOUT_MOST_S ? STAFF_TIMEOUT_MOST_S : asked_s;
}

/* The shared state, and behind it each screen's own. */
struct whole {
    struct bw_flow flow;
    max_align_t own[];
};

static size_t
padded(size_t bytes)
{
    return (bytes + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
}

static size_t
own_bytes(void)
{
    size_t sum = 0;
    for (int i = 0; i < BW_SCREEN_COUNT; i++) {
        sum += padded(screens[i]->own_bytes);
    }
    return sum;
}

static void
place_own(struct whole *whole)
{
    char *next = (char *)whole->own;
    for (int i = 0; i < BW_SCREEN_COUNT; i++) {
        whole->flow.own[i] = screens[i]->own_bytes > 0 ? next : NULL;
        next += padded(screens[i]->own_bytes);
    }
}

/* Until it is known whether there's a store it stands idle: a ticket that is held up then
 * waits in the desk's queue, and is answered as soon as the store is open. */
enum bw_status
bw_flow_create(const struct bw_flow_options *options, struct bw_now now,
    struct bw_flow **ret_flow, struct bw_error *err)
{
    struct whole *whole = calloc(1, sizeof *whole + own_bytes());
    if (whole == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "Starting the screens failed: too little "
            "memory. Close other programs, then try again.");
    }
    struct bw_flow *flow = &whole->flow;
    place_own(whole);
    flow->screens = screens;
    flow->options = *options;
    flow->options.staff_timeout_s = staff_timeout_s(options->staff_timeout_s);
    flow->language = options->language;
    flow->larger = options->larger;
    flow->screen = BW_SCREEN_IDLE;
    flow->camera.awaited = options->camera_wanted;
    flow->entered_ms = flow->touched_ms = now.mono_ms;
    flow->store.asked_ms = now.mono_ms - OVERVIEW_MS;
    flow->scan.sound_ms = now.mono_ms - READING_SOUND_MS;
    flow->battery_percent = -1;
    *ret_flow = flow;
    return BW_OK;
}

void
bw_flow_destroy(struct bw_flow *flow)
{
    free(flow); /* the first member of the whole */
}

bool
bw_flow_is_staff(const struct bw_flow *flow)
{
    return bw_flow_ops(flow)->staff;
}

/* ---- stimuli ---- */

static void
on_action(struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_now now,
    struct bw_effects *effects)
{
    flow->touched_ms = now.mono_ms;
    bool done = bw_flow_aids_act(flow, stimulus, now, effects);
    if (done || stimulus->action == BW_ACTION_NONE) {
        return;
    }
    bool back = stimulus->action == BW_ACTION_BACK;
    if (flow->dialog.open && (back || stimulus->action == BW_ACTION_CANCEL)) {
        /* Esc and "Terug" close a question, and nothing more; a card's text lies there */
        memset(&flow->dialog, 0, sizeof flow->dialog);
        return;
    }
    if (stimulus->action == BW_ACTION_LOCK && bw_flow_ops(flow)->staff) {
        bw_flow_lock(flow, now, effects);
    } else if (bw_flow_ops(flow)->on_action != NULL) {
        bw_flow_ops(flow)->on_action(
            flow, stimulus->action, stimulus->index, now, effects);
    }
}

/* Somebody comes nearer: the resting screens wake. On others a person is busy already,
 * and moving before the camera is no touch. */
static void
on_motion(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (bw_flow_ops(flow)->resting) {
        flow->touched_ms = now.mono_ms;
    }
    if (flow->screen == BW_SCREEN_AGENDA) {
        bw_flow_rest(flow, now, effects);
    }
}

/* The desk looks whether anything changed by itself: another kiosk's arrivals, a roster
 * that was pulled, the time. */
static int64_t
overview_due_ms(const struct bw_flow *flow, struct bw_now now)
{
    bool rests = flow->screen == BW_SCREEN_IDLE || flow->screen == BW_SCREEN_AGENDA;
    bool alone = rests && now.mono_ms - flow->touched_ms >= GUIDE_REST_MS;
    return flow->store.asked_ms + (alone ? OVERVIEW_REST_MS : OVERVIEW_MS);
}

static void
on_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (now.mono_ms >= overview_due_ms(flow, now)) {
        bw_flow_ask_overview(flow, now, effects);
    }
    bw_flow_aids_tick(flow, now, effects);
    bw_flow_notice_tick(flow, now);
    bw_flow_call_tick(flow, now, effects);
    if (bw_flow_ops(flow)->staff && !bw_flow_ops(flow)->stays &&
        bw_flow_staff_left_s(flow, now) == 0) {
        bw_flow_lock(flow, now, effects);
    } else if (bw_flow_ops(flow)->on_tick != NULL) {
        bw_flow_ops(flow)->on_tick(flow, now, effects);
    }
}

void
bw_flow_step(struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_now now,
    struct bw_effects *ret_effects)
{
    ret_effects->count = 0;
    switch (stimulus->kind) {
    case BW_STIMULUS_TICK:
        on_tick(flow, now, ret_effects);
        break;
    case BW_STIMULUS_ACTION:
        on_action(flow, stimulus, now, ret_effects);
        break;
    case BW_STIMULUS_TEXT:
        flow->touched_ms = now.mono_ms;
        bw_flow_aids_hush(flow, ret_effects);
        if (bw_flow_ops(flow)->on_text != NULL) {
            bw_flow_ops(flow)->on_text(flow, stimulus->text, now, ret_effects);
        }
        break;
    case BW_STIMULUS_SCAN:
        bw_flow_on_scan(flow, stimulus, now, ret_effects);
        break;
    case BW_STIMULUS_SIGHTING:
        bw_flow_on_sighting(flow, stimulus, now, ret_effects);
        break;
    case BW_STIMULUS_CAMERA:
        bw_flow_on_camera(flow, stimulus, ret_effects);
        break;
    case BW_STIMULUS_MOTION:
        on_motion(flow, now, ret_effects);
        break;
    case BW_STIMULUS_STORE:
        bw_flow_on_store(flow, stimulus, now, ret_effects);
        break;
    case BW_STIMULUS_ANSWER:
        bw_flow_on_answer(flow, stimulus->answer, now, ret_effects);
        break;
    case BW_STIMULUS_HELPER:
        bw_flow_on_helper(flow, stimulus, now, ret_effects);
        break;
    case BW_STIMULUS_FOCUS:
        flow->scan.deaf_ms = now.mono_ms;
        flow->scan.deaf = !stimulus->present;
        break;
    case BW_STIMULUS_POWER:
        flow->unplugged = !stimulus->present;
        flow->battery_percent = stimulus->index;
        break;
    }
}

/* ---- what stands there ---- */

void
bw_flow_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *ret_view)
{
    memset(ret_view, 0, sizeof *ret_view);
    ret_view->screen = flow->screen;
    ret_view->language = flow->language;
    ret_view->larger = flow->larger;
    ret_view->aloud = flow->aids.aloud;
    ret_view->volume = bw_flow_aids_level(flow->aids.quieter);
    ret_view->less_motion = flow->options.less_motion;
    ret_view->no_counter = flow->options.no_counter;
    ret_view->rehearsal = flow->rehearsal;
    ret_view->now_ms = now.wall_ms;
    ret_view->mono_ms = now.mono_ms;
    ret_view->overview = flow->overview;
    ret_view->camera_present = flow->camera.present;
    ret_view->camera_awaited = flow->camera.awaited;
    ret_view->camera_wanted = flow->options.camera_wanted;
    ret_view->hand_scanner = flow->scan.hand_scanner;
    bw_flow_values_init(flow, &ret_view->values);
    if (bw_flow_ops(flow)->staff && !bw_flow_ops(flow)->stays) {
        ret_view->staff_left_s = bw_flow_staff_left_s(flow, now);
        ret_view->values.t_s = ret_view->staff_left_s;
    }
    if (bw_flow_ops(flow)->view != NULL) {
        bw_flow_ops(flow)->view(flow, now, ret_view);
    }
    bw_flow_notice_view(flow, now, ret_view);
}

int64_t
bw_flow_next_ms(const struct bw_flow *flow, struct bw_now now)
{
    /* the clock's next minute, the desk's next tick, and the screen's own */
    int64_t next = now.mono_ms + MINUTE_MS - now.wall_ms % MINUTE_MS;
    if (flow->store.open && !flow->store.asked) {
        int64_t tick = overview_due_ms(flow, now);
        next = tick < next ? tick : next;
    }
    int64_t notice = bw_flow_notice_next_ms(flow);
    int64_t deaf_ms = flow->scan.deaf_ms + DEAF_MS;
    if (flow->scan.deaf && deaf_ms > now.mono_ms && deaf_ms < next) {
        next = deaf_ms;
    }
    next = notice < next ? notice : next;
    int64_t call = bw_flow_call_next_ms(flow);
    next = call < next ? call : next;
    if (bw_flow_ops(flow)->staff) {
        next = now.mono_ms + 1000 < next ? now.mono_ms + 1000 : next;
    }
    if (bw_flow_ops(flow)->next_ms != NULL) {
        int64_t own = bw_flow_ops(flow)->next_ms(flow, now);
        next = own < next ? own : next;
    }
    return next > now.mono_ms ? next : now.mono_ms;
}
