/* The machine's frame: gives a stimulus to the screen that it belongs to, and moves
 * between screens. The diagram and the invariants stand in flow.h. UI thread only. */
#include "state.h"

#include <stdlib.h>
#include <string.h>

enum { OVERVIEW_REST_MS = 10000 }; /* … and when nobody is there to look */
enum { STAFF_TIMEOUT_S = 120, STAFF_TIMEOUT_LEAST_S = 60, STAFF_TIMEOUT_MOST_S = 300 };

static const struct screen_ops *const screens[BW_SCREEN_COUNT] = {
    [BW_SCREEN_IDLE] = &idle_screen,
    [BW_SCREEN_RESULT] = &result_screen,
    [BW_SCREEN_SEARCH] = &search_screen,
    [BW_SCREEN_PIN] = &pin_screen,
    [BW_SCREEN_STAFF] = &staff_screen,
    [BW_SCREEN_FORM] = &form_screen,
    [BW_SCREEN_KIOSK] = &kiosk_screen,
    [BW_SCREEN_FIRST_START] = &first_start_screen,
    [BW_SCREEN_NO_ROSTER] = &no_roster_screen,
    [BW_SCREEN_FAULT] = &fault_screen,
    [BW_SCREEN_AGENDA] = &agenda_screen,
    [BW_SCREEN_EVACUATION] = &evacuation_screen,
    [BW_SCREEN_CHECK] = &check_screen,
};

const struct screen_ops *
flow_ops(const struct bw_flow *flow)
{
    return screens[flow->screen];
}

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

/* Until it is known whether there's a store it stands idle: a ticket that is held up then
 * waits in the desk's queue, and is answered as soon as the store is open. */
enum bw_status
bw_flow_create(const struct bw_flow_options *options, struct bw_now now,
    struct bw_flow **ret_flow, struct bw_error *err)
{
    struct bw_flow *flow = calloc(1, sizeof *flow);
    if (flow == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "Starting the screens failed: too little memory. Close other programs, then "
            "try again.");
    }
    flow->options = *options;
    flow->options.staff_timeout_s = staff_timeout_s(options->staff_timeout_s);
    flow->language = options->language;
    flow->larger = options->larger;
    flow->screen = BW_SCREEN_IDLE;
    flow->entered_ms = flow->touched_ms = now.mono_ms;
    flow->overview_ms = now.mono_ms - OVERVIEW_MS;
    flow->reading_sound_ms = now.mono_ms - READING_SOUND_MS;
    flow->kiosk.fetch_ms = now.mono_ms - FETCH_MS;
    flow->staff.more_row = -1;
    flow->battery_percent = -1;
    *ret_flow = flow;
    return BW_OK;
}

void
bw_flow_destroy(struct bw_flow *flow)
{
    free(flow);
}

bool
bw_flow_is_staff(const struct bw_flow *flow)
{
    return flow_ops(flow)->staff;
}

/* The camera reads where scans are taken, and for an enrolment. */
void
flow_set_camera(struct bw_flow *flow, struct bw_effects *effects)
{
    bool enrolment = flow->screen == BW_SCREEN_FIRST_START;
    bool on = flow->options.camera_wanted &&
              (flow_ops(flow)->scans_as != 0 || enrolment || flow->kiosk.camera_test);
    if (on != flow->camera_on || enrolment != flow->camera_enrolment ||
        !flow->camera_told) {
        flow->camera_told = true;
        flow->camera_on = on;
        flow->camera_enrolment = enrolment;
        struct bw_effect *effect = effect_add(effects, BW_EFFECT_CAMERA);
        effect->on = on;
        effect->enrolment = enrolment;
    }
}

/* FL4: what was typed or shown goes when its screen goes. A result outlives the PIN
 * alone, for "Terug" leads back to it. */
static void
wipe(struct bw_flow *flow, enum bw_screen next)
{
    if (flow->screen == BW_SCREEN_SEARCH && next != BW_SCREEN_SEARCH) {
        search_wipe(flow);
    }
    if (flow->screen == BW_SCREEN_PIN && next != BW_SCREEN_PIN) {
        memset(&flow->pin.purpose, 0, sizeof flow->pin.purpose);
        memset(flow->pin.digits, 0, sizeof flow->pin.digits);
        flow->pin.count = 0;
        flow->pin.asked = 0;
        flow->pin.checking = flow->pin.missed = false;
    }
    if (next != BW_SCREEN_RESULT) {
        memset(flow->queue, 0, sizeof flow->queue);
        flow->queue_count = 0;
    }
    if (next != BW_SCREEN_RESULT && next != BW_SCREEN_PIN) {
        memset(&flow->result, 0, sizeof flow->result);
    }
    memset(&flow->dialog, 0, sizeof flow->dialog);
}

void
flow_enter(struct bw_flow *flow, enum bw_screen screen, struct bw_now now,
    struct bw_effects *effects)
{
    aids_hush(flow, effects); /* who comes next isn't read the screen before */
    wipe(flow, screen);
    flow->screen = screen;
    flow->entered_ms = now.mono_ms;
    if (flow_ops(flow)->on_enter != NULL) {
        flow_ops(flow)->on_enter(flow, now, effects);
    }
    flow_set_camera(flow, effects);
    aids_read(flow, effects);
}

enum bw_screen
flow_resting(const struct bw_flow *flow)
{
    bool restored = flow->has_overview && flow->overview.restored;
    if (flow->store_error.status != BW_OK || restored || flow->storage_low) {
        return BW_SCREEN_FAULT;
    }
    if (flow->store_known && !flow->store_open) {
        return BW_SCREEN_FIRST_START;
    }
    bool empty = !flow->overview.has_roster || flow->kiosk.wrong_list;
    return flow->has_overview && empty ? BW_SCREEN_NO_ROSTER : BW_SCREEN_IDLE;
}

void
flow_rest(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    aids_reset(flow, effects);
    flow_enter(flow, flow_resting(flow), now, effects);
}

/* Names leave the memory with the screen; a half-typed form alone stays, for it is work.
 */
void
flow_lock(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    uint32_t sent = flow->staff.sent;
    memset(&flow->staff, 0, sizeof flow->staff);
    flow->staff.sent = sent;
    flow->staff.more_row = -1;
    flow->kiosk.closing = flow->kiosk.camera_test = flow->kiosk.names = false;
    flow->kiosk.choosing = false;
    if (flow->form.kind != BW_FORM_WALK_IN) {
        form_wipe(flow);
    }
    flow_rest(flow, now, effects);
}

void
flow_fault(struct bw_flow *flow, const struct bw_error *error, struct bw_now now,
    struct bw_effects *effects)
{
    flow->store_error = *error;
    if (flow->store_error.status == BW_OK) {
        flow->store_error.status = BW_IO;
    }
    flow->reopen_ms = now.mono_ms + REOPEN_MS;
    flow_lock(flow, now, effects);
}

int
flow_staff_left_s(const struct bw_flow *flow, struct bw_now now)
{
    int64_t until = flow->touched_ms + flow->options.staff_timeout_s * 1000LL;
    return until > now.mono_ms ? (int)((until - now.mono_ms + 999) / 1000) : 0;
}

void
flow_ask_overview(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (flow->store_open && !flow->overview_asked) {
        flow->overview_ms = now.mono_ms;
        flow->overview_asked = true;
        effect_ask(flow, effects, FOR_TICK, BW_COMMAND_OVERVIEW);
    }
}

/* ---- stimuli ---- */

static void
on_action(struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_now now,
    struct bw_effects *effects)
{
    flow->touched_ms = now.mono_ms;
    bool done = aids_act(flow, stimulus, now, effects);
    if (done || stimulus->action == BW_ACTION_NONE) {
        return;
    }
    if (stimulus->action == BW_ACTION_LOCK && flow_ops(flow)->staff) {
        flow_lock(flow, now, effects);
    } else if (flow_ops(flow)->on_action != NULL) {
        flow_ops(flow)->on_action(flow, stimulus->action, stimulus->index, now, effects);
    }
}

/* Somebody comes nearer: the resting screens wake. On others a person is busy already,
 * and moving before the camera is no touch. */
static void
on_motion(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (flow_ops(flow)->resting) {
        flow->touched_ms = now.mono_ms;
    }
    if (flow->screen == BW_SCREEN_AGENDA) {
        flow_rest(flow, now, effects);
    }
}

/* The desk looks whether anything changed by itself: another kiosk's arrivals, a roster
 * that was pulled, the time. */
static int64_t
overview_due_ms(const struct bw_flow *flow, struct bw_now now)
{
    bool rests = flow->screen == BW_SCREEN_IDLE || flow->screen == BW_SCREEN_AGENDA;
    bool alone = rests && now.mono_ms - flow->touched_ms >= GUIDE_REST_MS;
    return flow->overview_ms + (alone ? OVERVIEW_REST_MS : OVERVIEW_MS);
}

static void
on_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (now.mono_ms >= overview_due_ms(flow, now)) {
        flow_ask_overview(flow, now, effects);
    }
    aids_tick(flow, now, effects);
    if (flow_ops(flow)->staff && flow_staff_left_s(flow, now) == 0) {
        flow_lock(flow, now, effects);
    } else if (flow_ops(flow)->on_tick != NULL) {
        flow_ops(flow)->on_tick(flow, now, effects);
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
        aids_hush(flow, ret_effects);
        if (flow_ops(flow)->on_text != NULL) {
            flow_ops(flow)->on_text(flow, stimulus->text, now, ret_effects);
        }
        break;
    case BW_STIMULUS_SCAN:
        flow_on_scan(flow, stimulus, now, ret_effects);
        break;
    case BW_STIMULUS_SIGHTING:
        flow_on_sighting(flow, stimulus, now, ret_effects);
        break;
    case BW_STIMULUS_CAMERA:
        flow_on_camera(flow, stimulus, ret_effects);
        break;
    case BW_STIMULUS_MOTION:
        on_motion(flow, now, ret_effects);
        break;
    case BW_STIMULUS_STORE:
        flow_on_store(flow, stimulus, now, ret_effects);
        break;
    case BW_STIMULUS_ANSWER:
        flow_on_answer(flow, stimulus->answer, now, ret_effects);
        break;
    case BW_STIMULUS_HELPER:
        flow_on_helper(flow, stimulus, now, ret_effects);
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
    ret_view->aloud = flow->aloud;
    ret_view->volume = aids_level(flow->quieter);
    ret_view->less_motion = flow->options.less_motion;
    ret_view->no_counter = flow->options.no_counter;
    ret_view->rehearsal = flow->rehearsal;
    ret_view->now_ms = now.wall_ms;
    ret_view->mono_ms = now.mono_ms;
    ret_view->overview = flow->overview;
    ret_view->camera_present = flow->camera_present;
    ret_view->camera_wanted = flow->options.camera_wanted;
    ret_view->hand_scanner = flow->hand_scanner;
    values_init(flow, &ret_view->values);
    if (flow_ops(flow)->staff) {
        ret_view->staff_left_s = flow_staff_left_s(flow, now);
        ret_view->values.t_s = ret_view->staff_left_s;
    }
    if (flow_ops(flow)->view != NULL) {
        flow_ops(flow)->view(flow, now, ret_view);
    }
}

int64_t
bw_flow_next_ms(const struct bw_flow *flow, struct bw_now now)
{
    /* the clock's next minute, the desk's next tick, and the screen's own */
    int64_t next = now.mono_ms + MINUTE_MS - now.wall_ms % MINUTE_MS;
    if (flow->store_open && !flow->overview_asked) {
        int64_t tick = overview_due_ms(flow, now);
        next = tick < next ? tick : next;
    }
    if (flow_ops(flow)->staff) {
        next = now.mono_ms + 1000 < next ? now.mono_ms + 1000 : next;
    }
    if (flow_ops(flow)->next_ms != NULL) {
        int64_t own = flow_ops(flow)->next_ms(flow, now);
        next = own < next ? own : next;
    }
    return next > now.mono_ms ? next : now.mono_ms;
}
