/* The machine's frame: gives a stimulus to the screen that it belongs to, and moves between
 * screens. The diagram and the invariants stand in flow.h. UI thread only. */
#include "flow/state.h"

#include <stdlib.h>
#include <string.h>

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

static const struct screen_ops *
ops(const struct bw_flow *flow)
{
    return screens[flow->screen];
}

enum bw_status
bw_flow_create(const struct bw_flow_options *options, struct bw_now now,
    struct bw_flow **ret_flow, struct bw_error *err)
{
    struct bw_flow *flow = calloc(1, sizeof *flow);
    if (flow == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "starting the screens: out of memory");
    }
    flow->options = *options;
    if (flow->options.staff_timeout_s == 0) {
        flow->options.staff_timeout_s = 120;
    }
    flow->language = options->language;
    flow->larger = options->larger;
    flow->screen = BW_SCREEN_FIRST_START;
    flow->entered_ms = flow->touched_ms = now.mono_ms;
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
    return ops(flow)->staff;
}

/* The camera reads where scans are taken, and for an enrolment. */
static void
set_camera(struct bw_flow *flow, struct bw_effects *effects)
{
    bool enrolment = flow->screen == BW_SCREEN_FIRST_START;
    bool on = flow->options.camera_wanted
        && (ops(flow)->scans_as != 0 || enrolment || flow->kiosk.camera_test);
    if (on != flow->camera_on || enrolment != flow->camera_enrolment) {
        flow->camera_on = on;
        flow->camera_enrolment = enrolment;
        struct bw_effect *effect = effect_add(effects, BW_EFFECT_CAMERA);
        effect->on = on;
        effect->enrolment = enrolment;
    }
}

void
flow_enter(struct bw_flow *flow, enum bw_screen screen, struct bw_now now,
    struct bw_effects *effects)
{
    if (flow->screen == BW_SCREEN_SEARCH && screen != BW_SCREEN_SEARCH) {
        search_wipe(flow);
    }
    if (flow->screen == BW_SCREEN_PIN && screen != BW_SCREEN_PIN) {
        memset(flow->pin.digits, 0, sizeof flow->pin.digits);
        flow->pin.count = 0;
        flow->pin.missed = false;
    }
    if (flow->screen == BW_SCREEN_RESULT && screen != BW_SCREEN_RESULT) {
        memset(&flow->result, 0, sizeof flow->result);
    }
    flow->screen = screen;
    flow->entered_ms = now.mono_ms;
    flow->dialog.open = false;
    if (ops(flow)->on_enter != NULL) {
        ops(flow)->on_enter(flow, now, effects);
    }
    set_camera(flow, effects);
}

void
flow_rest(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    enum bw_screen screen = BW_SCREEN_IDLE;
    if (flow->store_error.status != BW_OK) {
        screen = BW_SCREEN_FAULT;
    } else if (!flow->store_open) {
        screen = BW_SCREEN_FIRST_START;
    } else if (flow->has_overview && !flow->overview.has_roster) {
        screen = BW_SCREEN_NO_ROSTER;
    }
    if (flow->language != flow->options.language) {
        flow->language = flow->options.language;
    }
    flow->larger = flow->options.larger;
    effect_add(effects, BW_EFFECT_HUSH);
    flow_enter(flow, screen, now, effects);
}

void
flow_lock(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    flow->staff.unlocked = false;
    memset(flow->staff.rows, 0, sizeof flow->staff.rows);
    flow->staff.rows_count = 0;
    memset(&flow->staff.list, 0, sizeof flow->staff.list);
    flow->staff.toast[0] = '\0';
    flow->kiosk.closing = flow->kiosk.camera_test = flow->kiosk.names = false;
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
    flow->staff.unlocked = false;
    flow->queue_count = 0;
    flow_rest(flow, now, effects);
}

int
flow_staff_left_s(const struct bw_flow *flow, struct bw_now now)
{
    int64_t until = flow->touched_ms + flow->options.staff_timeout_s * 1000LL;
    return until > now.mono_ms ? (int)((until - now.mono_ms + 999) / 1000) : 0;
}

/* ---- stimuli ---- */

static void
touch(struct bw_flow *flow, struct bw_now now)
{
    flow->touched_ms = now.mono_ms;
}

static void
on_action(struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_now now,
    struct bw_effects *effects)
{
    touch(flow, now);
    switch ((int)stimulus->action) {
    case BW_ACTION_LANGUAGE:
        flow->language = flow->language == BW_DUTCH ? BW_ENGLISH : BW_DUTCH;
        flow->language_ms = now.mono_ms;
        return;
    case BW_ACTION_LARGER:
        flow->larger = !flow->larger;
        flow->language_ms = now.mono_ms;
        return;
    case BW_ACTION_READ_ALOUD:
        effect_add(effects, BW_EFFECT_SPEAK);
        return;
    case BW_ACTION_NONE:
        return;
    }
    if (stimulus->action == BW_ACTION_LOCK && ops(flow)->staff) {
        flow_lock(flow, now, effects);
        return;
    }
    if (ops(flow)->on_action != NULL) {
        ops(flow)->on_action(flow, stimulus->action, stimulus->index, now, effects);
    }
}

/* True where this text was just seen: held in view, or typed twice by a hand scanner. */
static bool
is_same_scan(struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_now now)
{
    bool same = strncmp(flow->last_scan, stimulus->text, sizeof flow->last_scan - 1) == 0
        && flow->last_scan[0] != '\0' && now.mono_ms - flow->last_scan_ms < SAME_SCAN_MS;
    if (!same) {
        set_text(flow->last_scan, sizeof flow->last_scan, stimulus->text);
        flow->last_scan_first_ms = now.mono_ms;
        flow->last_scan_other = strncmp(stimulus->text, "BW1:", 4) != 0;
    }
    flow->last_scan_ms = now.mono_ms;
    return same;
}

static void
on_enrolment(
    struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_effects *effects)
{
    if (strncmp(stimulus->text, "{\"brugwachter_enrolment\":1", 26) != 0) {
        set_key(flow->kiosk.outcome, "en.bad");
        return;
    }
    if (flow->kiosk.running == BW_HELPER_NONE) {
        effect_helper(flow, effects, BW_HELPER_ENROL);
        struct bw_effect *effect = &effects->items[effects->count - 1];
        set_text(effect->text, sizeof effect->text, stimulus->text);
    }
}

static void
on_scan(struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_now now,
    struct bw_effects *effects)
{
    flow->hand_scanner = flow->hand_scanner || stimulus->hand_scanner;
    if (flow->screen == BW_SCREEN_FIRST_START) {
        on_enrolment(flow, stimulus, effects);
        return;
    }
    if (flow->screen == BW_SCREEN_CHECK) {
        flow->kiosk.scanned_test = true;
        touch(flow, now);
        return;
    }
    if (ops(flow)->scans_as == 0 || is_same_scan(flow, stimulus, now)) {
        return;
    }
    touch(flow, now);
    if (flow->screen == BW_SCREEN_AGENDA) {
        flow_rest(flow, now, effects);
    }
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_SCAN);
    command.operator= ops(flow)->scans_as;
    command.basis = BW_BASIS_TICKET;
    /* a text over 512 bytes is no ticket, whatever it begins with */
    set_text(command.text, sizeof command.text,
        strlen(stimulus->text) < BW_SCAN_BYTES ? stimulus->text : "");
    effect_command(flow, effects,
        flow->screen == BW_SCREEN_STAFF ? FOR_TOAST : FOR_RESULT, &command);
    memcpy(flow->scans[flow->command_no % 8], command.text, sizeof command.text);
}

static void
on_sighting(struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_now now,
    struct bw_effects *effects)
{
    if (flow->guide != stimulus->guide || now.mono_ms - flow->guide_ms > SIGHTING_MS) {
        flow->guide_since_ms = now.mono_ms;
    }
    flow->guide = stimulus->guide;
    flow->guide_ms = now.mono_ms;
    if (stimulus->guide == BW_GUIDE_READING && flow->screen == BW_SCREEN_IDLE
        && now.mono_ms - flow->guide_since_ms >= READING_MS
        && now.mono_ms - flow->reading_sound_ms >= 2000) {
        flow->reading_sound_ms = now.mono_ms;
        effect_sound(effects, BW_SOUND_READING);
    }
}

static void
on_store(struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_now now,
    struct bw_effects *effects)
{
    memset(&flow->store_error, 0, sizeof flow->store_error);
    flow->has_overview = false;
    flow->overview_asked = false;
    flow->store_open = stimulus->store == BW_STORE_OPENED;
    switch (stimulus->store) {
    case BW_STORE_NONE:
        break;
    case BW_STORE_OPENED:
        flow->overview_asked = true;
        effect_ask(flow, effects, FOR_TICK, BW_COMMAND_OVERVIEW);
        break;
    case BW_STORE_FAILED:
        flow_fault(flow, &stimulus->error, now, effects);
        return;
    }
    if (!ops(flow)->staff || !flow->staff.unlocked) {
        flow_rest(flow, now, effects);
    }
}

static void
on_overview(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    bool had = flow->has_overview && flow->overview.has_roster;
    flow->overview_asked = false;
    if (answer->kind != BW_ANSWER_OVERVIEW) {
        return;
    }
    flow->has_overview = true;
    flow->overview = answer->overview;
    bool resting = flow->screen == BW_SCREEN_IDLE || flow->screen == BW_SCREEN_NO_ROSTER
        || flow->screen == BW_SCREEN_FIRST_START;
    if (resting && had != flow->overview.has_roster) {
        if (flow->screen == BW_SCREEN_NO_ROSTER) {
            effect_sound(effects, BW_SOUND_DONE);
        }
        flow_rest(flow, now, effects);
    } else if (resting && flow->screen == BW_SCREEN_IDLE && !flow->overview.has_roster) {
        flow_rest(flow, now, effects);
    }
}

/* F1: a commit that failed is a fault screen, whatever was asked. */
static void
on_answer(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    enum purpose purpose = flow->purposes[answer->ticket_no % 64];
    if (answer->not_saved) {
        flow_fault(flow, &answer->error, now, effects);
        return;
    }
    if (answer->kind == BW_ANSWER_VERDICT || answer->kind == BW_ANSWER_UNDONE
        || answer->kind == BW_ANSWER_LEFT || answer->kind == BW_ANSWER_RELEASED) {
        flow->overview.ledger = answer->ledger;
    }
    if (purpose == FOR_TICK) {
        on_overview(flow, answer, now, effects);
        return;
    }
    if (purpose == FOR_RESULT) {
        if (answer->kind == BW_ANSWER_VERDICT
            && answer->verdict != BW_VERDICT_NOT_A_TICKET) {
            result_show(flow, answer, now, effects);
        }
        return;
    }
    if (purpose == FOR_TOAST && ops(flow)->staff) {
        staff_answer(flow, answer, now, effects);
        return;
    }
    if (ops(flow)->on_answer != NULL) {
        ops(flow)->on_answer(flow, purpose, answer, now, effects);
    }
}

static void
on_helper(struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_now now,
    struct bw_effects *effects)
{
    static const char *const texts[][4] = {
        [BW_HELPER_UPDATE] = {"de.done", "de.fail", "de.fail", "de.fail"},
        [BW_HELPER_EXPORT] = {"de.usbok", "de.usbin", "de.usbin", "de.usbbad"},
        [BW_HELPER_IMPORT] = {"de.done", "de.usbin", "de.usbin", "de.usbbad"},
        [BW_HELPER_ENROL] = {"en.good", "en.bad", "en.bad", "en.bad"},
        [BW_HELPER_ENROL_USB] = {"en.good", "de.usbin", "de.usbin", "en.bad"},
    };
    flow->kiosk.running = BW_HELPER_NONE;
    flow->kiosk.tried_ms = now.wall_ms;
    if (stimulus->helper == BW_HELPER_NONE) {
        return;
    }
    set_key(flow->kiosk.outcome, texts[stimulus->helper][stimulus->outcome]);
    bool done = stimulus->outcome == BW_OUTCOME_DONE;
    effect_sound(effects, done ? BW_SOUND_DONE : BW_SOUND_NONE);
    if (done
        && (stimulus->helper == BW_HELPER_ENROL
            || stimulus->helper == BW_HELPER_ENROL_USB)) {
        effect_add(effects, BW_EFFECT_REOPEN);
    } else if (flow->store_open && !flow->overview_asked) {
        flow->overview_asked = true;
        effect_ask(flow, effects, FOR_TICK, BW_COMMAND_OVERVIEW);
    }
}

static void
on_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (flow->store_open && !flow->overview_asked
        && now.mono_ms - flow->overview_ms >= OVERVIEW_MS) {
        flow->overview_ms = now.mono_ms;
        flow->overview_asked = true;
        effect_ask(flow, effects, FOR_TICK, BW_COMMAND_OVERVIEW);
    }
    if (ops(flow)->staff && flow_staff_left_s(flow, now) == 0) {
        flow_lock(flow, now, effects);
        return;
    }
    if (ops(flow)->on_tick != NULL) {
        ops(flow)->on_tick(flow, now, effects);
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
        touch(flow, now);
        if (ops(flow)->on_text != NULL) {
            ops(flow)->on_text(flow, stimulus->text, now, ret_effects);
        }
        break;
    case BW_STIMULUS_SCAN:
        on_scan(flow, stimulus, now, ret_effects);
        break;
    case BW_STIMULUS_SIGHTING:
        on_sighting(flow, stimulus, now, ret_effects);
        break;
    case BW_STIMULUS_CAMERA:
        flow->camera_present = stimulus->present;
        break;
    case BW_STIMULUS_MOTION:
        if (!ops(flow)->staff) {
            touch(flow, now);
        }
        if (flow->screen == BW_SCREEN_AGENDA) {
            flow_rest(flow, now, ret_effects);
        }
        break;
    case BW_STIMULUS_STORE:
        on_store(flow, stimulus, now, ret_effects);
        break;
    case BW_STIMULUS_ANSWER:
        on_answer(flow, stimulus->answer, now, ret_effects);
        break;
    case BW_STIMULUS_HELPER:
        on_helper(flow, stimulus, now, ret_effects);
        break;
    case BW_STIMULUS_POWER:
        flow->unplugged = !stimulus->present;
        flow->battery_percent = stimulus->index;
        break;
    }
}

void
bw_flow_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *ret_view)
{
    memset(ret_view, 0, sizeof *ret_view);
    ret_view->screen = flow->screen;
    ret_view->language = flow->language;
    ret_view->larger = flow->larger;
    ret_view->less_motion = flow->options.less_motion;
    ret_view->rehearsal = flow->rehearsal;
    ret_view->now_ms = now.wall_ms;
    ret_view->mono_ms = now.mono_ms;
    ret_view->overview = flow->overview;
    ret_view->camera_present = flow->camera_present;
    ret_view->camera_wanted = flow->options.camera_wanted;
    ret_view->hand_scanner = flow->hand_scanner;
    values_init(flow, &ret_view->values);
    if (ops(flow)->staff) {
        ret_view->staff_left_s = flow_staff_left_s(flow, now);
        ret_view->values.t_s = ret_view->staff_left_s;
    }
    if (ops(flow)->view != NULL) {
        ops(flow)->view(flow, now, ret_view);
    }
}

int64_t
bw_flow_next_ms(const struct bw_flow *flow, struct bw_now now)
{
    /* the clock's next minute, the desk's next tick, and the screen's own */
    int64_t next = now.mono_ms + MINUTE_MS - now.wall_ms % MINUTE_MS;
    if (flow->store_open && !flow->overview_asked) {
        int64_t tick = flow->overview_ms + OVERVIEW_MS;
        next = tick < next ? tick : next;
    }
    if (ops(flow)->staff) {
        next = now.mono_ms + 1000 < next ? now.mono_ms + 1000 : next;
    }
    if (ops(flow)->next_ms != NULL) {
        int64_t own = ops(flow)->next_ms(flow, now);
        next = own < next ? own : next;
    }
    return next > now.mono_ms ? next : now.mono_ms;
}
