/* 08: the one way to the staff's screens (FL3). The desk knows the PIN, counts the misses
 * and keeps the waits over a restart; here are only the digits being typed, wiped at
 * every end. UI thread only. */
#include "pin.h"

#include "flow/base/ask.h"
#include "flow/base/call.h"
#include "flow/base/effect.h"
#include "flow/base/frame.h"
#include "flow/base/store.h"
#include "flow/base/text.h"
#include "flow/form/form.h"
#include "flow/staff/staff.h"

#include <string.h>

enum { DIGITS_MIN = 4, DIGITS_MAX = 6, PIN_TIMEOUT_MS = 30000, FREE_TRIES = 3 };

struct pin {
    struct bw_flow_pin_purpose purpose;
    char digits[DIGITS_MAX + 2];
    int count;
    bool checking, missed;
    bool before; /* the right one was given; names open by the one before it */
    uint32_t asked;
    int left; /* tries before the next wait; 0: not known */
    int64_t typed_ms, locked_until_ms;
    bool names_asked; /* since they were locked; nobody is asked twice */
};

static struct pin *
own(const struct bw_flow *flow)
{
    return bw_flow_own(flow, BW_SCREEN_PIN);
}

/* FL4. How long to wait, and how many tries are left, is the kiosk's and stays. */
static void
pin_change(struct bw_flow *flow, enum bw_screen next)
{
    struct pin *pin = own(flow);
    if (next == BW_SCREEN_PIN) {
        return;
    }
    flow->camera.names = false;
    memset(&pin->purpose, 0, sizeof pin->purpose);
    memset(pin->digits, 0, sizeof pin->digits);
    pin->count = 0;
    pin->asked = 0;
    pin->checking = pin->missed = pin->before = false;
}

static bw_flow_handler on_state, on_checked;

/* Without digits the desk only tells how long to wait: misses outlive a restart. */
static void
ask_desk(struct bw_flow *flow, bw_flow_handler *handler, struct bw_effects *effects)
{
    struct bw_command command;
    bw_command_init(&command, own(flow)->before ? BW_COMMAND_PIN_BEFORE : BW_COMMAND_PIN);
    command.operated_by = BW_OPERATOR_STAFF;
    memcpy(command.pin.text, own(flow)->digits, (size_t)own(flow)->count);
    own(flow)->asked = bw_flow_ask(flow, effects, handler, &command);
    memset(own(flow)->digits, 0, sizeof own(flow)->digits);
}

void
bw_flow_pin_ask(struct bw_flow *flow, const struct bw_flow_pin_purpose *purpose,
    struct bw_now now, struct bw_effects *effects)
{
    own(flow)->purpose = *purpose;
    flow->camera.names = purpose->names;
    own(flow)->count = 0;
    own(flow)->checking = own(flow)->before = false;
    own(flow)->typed_ms = now.mono_ms;
    bw_flow_enter(flow, BW_SCREEN_PIN, now, effects);
    ask_desk(flow, on_state, effects);
}

void
bw_flow_pin_ask_staff(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct bw_flow_pin_purpose purpose = {.from = BW_SCREEN_IDLE, .to = BW_SCREEN_STAFF};
    bw_flow_pin_ask(flow, &purpose, now, effects);
}

bool
bw_flow_pin_wants_names(const struct bw_flow *flow)
{
    return flow->has_overview && flow->overview.names_locked && flow->overview.has_pin &&
           !own(flow)->names_asked;
}

bool
bw_flow_pin_ask_names(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct bw_flow_pin_purpose purpose = {
        .from = BW_SCREEN_IDLE, .to = BW_SCREEN_IDLE, .names = true};
    bool wanted = bw_flow_pin_wants_names(flow);
    own(flow)->names_asked = flow->overview.names_locked;
    if (wanted) {
        bw_flow_pin_ask(flow, &purpose, now, effects);
    }
    return wanted;
}

bool
bw_flow_pin_is_for_names(const struct bw_flow *flow)
{
    return flow->screen == BW_SCREEN_PIN && own(flow)->purpose.names;
}

bool
bw_flow_pin_takes_card(const struct bw_flow *flow)
{
    return flow->screen == BW_SCREEN_PIN &&
           (own(flow)->purpose.names || own(flow)->before);
}

static bool
is_locked(const struct bw_flow *flow, struct bw_now now)
{
    return now.mono_ms < own(flow)->locked_until_ms;
}

static void
check(struct bw_flow *flow, struct bw_effects *effects)
{
    own(flow)->checking = true;
    ask_desk(flow, on_checked, effects);
}

static void
type_digit(struct bw_flow *flow, int digit, struct bw_effects *effects)
{
    if (digit < '0' || digit > '9' || own(flow)->count >= DIGITS_MAX) {
        return;
    }
    bw_flow_sound(effects, BW_SOUND_KEY);
    own(flow)->digits[own(flow)->count++] = (char)digit;
    if (own(flow)->count == DIGITS_MAX) {
        check(flow, effects);
    }
}

static void
go_back(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (own(flow)->purpose.from == BW_SCREEN_RESULT) {
        bw_flow_enter(flow, BW_SCREEN_RESULT, now, effects);
    } else {
        bw_flow_rest(flow, now, effects);
    }
}

static void go_on(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

void
bw_flow_pin_names_open(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    flow->overview.names_locked = own(flow)->names_asked = false;
    if (bw_flow_pin_takes_card(flow)) {
        go_on(flow, now, effects);
    }
}

static void
pin_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    own(flow)->typed_ms = now.mono_ms;
    if (action == BW_ACTION_BACK || action == BW_ACTION_CANCEL) {
        if (own(flow)->before) { /* without names; it is asked again at the next PIN */
            go_on(flow, now, effects);
        } else {
            go_back(flow, now, effects);
        }
        return;
    }
    if (own(flow)->checking || is_locked(flow, now) || !flow->overview.has_pin) {
        return;
    }
    if (action == BW_ACTION_KEY) {
        type_digit(flow, index, effects);
    } else if (action == BW_ACTION_DELETE && own(flow)->count > 0) {
        bw_flow_sound(effects, BW_SOUND_KEY);
        own(flow)->digits[--own(flow)->count] = '\0';
    } else if (action == BW_ACTION_ENTER && own(flow)->count >= DIGITS_MIN) {
        check(flow, effects);
    }
}

/* A letter is nobody's PIN: a machine that is too busy to know a hand scanner by its
 * haste gives its text as typed, and its digits must be no miss. */
static void
pin_text(
    struct bw_flow *flow, const char *text, struct bw_now now, struct bw_effects *effects)
{
    if (text[0] >= '0' && text[0] <= '9') {
        pin_action(flow, BW_ACTION_KEY, text[0], now, effects);
    } else if (!own(flow)->checking) {
        memset(own(flow)->digits, 0, sizeof own(flow)->digits);
        own(flow)->count = 0;
    }
}

static void
unlock(struct bw_flow *flow, const struct bw_flow_pin_purpose *purpose, struct bw_now now,
    struct bw_effects *effects)
{
    flow->unlocked = true;
    if (purpose->about) {
        bw_flow_staff_look_up(flow, purpose->code);
    }
    bw_flow_enter(flow, purpose->to, now, effects);
    if (purpose->toast[0] != '\0') {
        bw_flow_staff_toast(flow, purpose->toast, &purpose->toast_values, now);
    }
}

/* What the PIN was asked for. Somebody who waits before needs a reason first. */
static void
go_on(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct bw_flow_pin_purpose purpose = own(flow)->purpose;
    flow->touched_ms = now.mono_ms;
    bw_flow_call_end(flow);
    bw_flow_sound(effects, BW_SOUND_DONE);
    if (purpose.enrols) {
        bw_flow_store_begin_enrol(flow, now, effects);
    } else if (purpose.names) {
        bw_flow_rest(flow, now, effects);
        bw_flow_ask_overview(flow, now, effects);
    } else if (!purpose.admits) {
        unlock(flow, &purpose, now, effects);
    } else if (purpose.before > 0) {
        struct bw_values values;
        bw_flow_values_init(flow, &values);
        bw_flow_set_text(values.name, sizeof values.name, purpose.name);
        bw_flow_form_start(flow, BW_FORM_REASON, &purpose.command, &values,
            purpose.on_reasoned, now, effects);
    } else {
        memset(&own(flow)->purpose, 0, sizeof own(flow)->purpose);
        own(flow)->checking = true; /* till the result stands there */
        (void)bw_flow_ask(flow, effects, purpose.on_admitted, &purpose.command);
    }
}

/* Only the newest question's answer counts: digits of a visit before are no key. */
static bool
is_newest(const struct bw_flow *flow, const struct bw_answer *answer)
{
    return flow->screen == BW_SCREEN_PIN && answer->request_no == own(flow)->asked;
}

static void
on_state(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    (void)effects;
    if (is_newest(flow, answer) && answer->kind == BW_ANSWER_PIN) {
        own(flow)->left = answer->pin.left;
        own(flow)->locked_until_ms = now.mono_ms + answer->pin.wait_s * 1000LL;
    }
}

static void
on_right(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    own(flow)->missed = false;
    if (answer->pin.names_before) {
        own(flow)->before = flow->camera.names = true;
        bw_flow_set_camera(flow, effects);
        return;
    }
    if (!answer->pin.names_failed) { /* the next overview says so, too */
        flow->overview.names_locked = own(flow)->names_asked = false;
    }
    go_on(flow, now, effects);
}

static void
on_checked(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    if (!is_newest(flow, answer)) {
        return;
    }
    on_state(flow, answer, now, effects);
    own(flow)->checking = false;
    own(flow)->count = 0;
    own(flow)->typed_ms = now.mono_ms;
    if (answer->kind == BW_ANSWER_PIN && answer->pin.ok) {
        on_right(flow, answer, now, effects);
    } else {
        own(flow)->missed = answer->kind == BW_ANSWER_PIN;
        bw_flow_sound(effects, BW_SOUND_NO);
    }
}

static void
pin_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    int64_t since = own(flow)->typed_ms;
    if (own(flow)->locked_until_ms > since) {
        since = own(flow)->locked_until_ms;
    }
    if (now.mono_ms - since >= PIN_TIMEOUT_MS) {
        bw_flow_rest(flow, now, effects);
    }
}

static void
pin_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    struct bw_pin_view *pin = &view->pin;
    bool has_missed =
        own(flow)->missed || (own(flow)->left > 0 && own(flow)->left < FREE_TRIES);
    bw_flow_values_init(flow, &pin->values);
    pin->digits = own(flow)->count;
    pin->digits_max = DIGITS_MAX;
    pin->locked = is_locked(flow, now) || own(flow)->checking;
    pin->help = has_missed && flow->overview.contact_phone[0] != '\0';
    bw_flow_set_text(pin->values.name, sizeof pin->values.name, own(flow)->purpose.name);
    if (is_locked(flow, now)) {
        bw_flow_set_key(pin->hint, "pin.wait");
        pin->values.n = (long)((own(flow)->locked_until_ms - now.mono_ms + 999) / 1000);
    } else if (!flow->overview.has_pin) {
        bw_flow_set_key(pin->hint, "pin.none");
    } else if (own(flow)->missed && own(flow)->count == 0) {
        bw_flow_set_key(pin->hint, "pin.bad");
        pin->values.n = own(flow)->left;
    } else if (own(flow)->before) {
        bw_flow_set_key(pin->hint, "pin.before");
    } else if (own(flow)->purpose.admits) {
        bool guest = own(flow)->purpose.command.kind == BW_COMMAND_GUEST;
        bw_flow_set_key(pin->hint, guest ? "pin.for" : "pin.for2");
    } else {
        const char *names = flow->overview.names_card ? "pin.card" : "pin.names";
        bw_flow_set_key(pin->hint, own(flow)->purpose.names ? names : "pin.p");
    }
    view->values = pin->values;
    view->values.date_ms = flow->overview.session.starts_ms;
}

static int64_t
pin_next(const struct bw_flow *flow, struct bw_now now)
{
    return is_locked(flow, now) ? now.mono_ms + 250
                                : own(flow)->typed_ms + PIN_TIMEOUT_MS;
}

const struct bw_flow_screen_ops bw_flow_pin_screen = {
    .own_bytes = sizeof(struct pin),
    .on_action = pin_action,
    .on_text = pin_text,
    .on_change = pin_change,
    .on_tick = pin_tick,
    .view = pin_view,
    .next_ms = pin_next,
};
