/* 08: the one way to the staff's screens (FL3). The desk knows the PIN, counts the misses
 * and keeps the waits over a restart; here are only the digits being typed, wiped at
 * every end. UI thread only. */
#include "state.h"

#include <string.h>

enum { DIGITS_MIN = 4, DIGITS_MAX = 6, PIN_TIMEOUT_MS = 30000, FREE_TRIES = 3 };

/* Without digits the desk only tells how long to wait: misses outlive a restart. */
static void
ask_desk(struct bw_flow *flow, enum purpose purpose, struct bw_effects *effects)
{
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_PIN);
    command.operated_by = BW_OPERATOR_STAFF;
    memcpy(command.pin.text, flow->pin.digits, (size_t)flow->pin.count);
    effect_command(flow, effects, purpose, &command);
    flow->pin.asked = flow->command_no;
    memset(flow->pin.digits, 0, sizeof flow->pin.digits);
}

void
pin_ask(struct bw_flow *flow, const struct pin_purpose *purpose, struct bw_now now,
    struct bw_effects *effects)
{
    flow->pin.purpose = *purpose;
    flow->pin.count = 0;
    flow->pin.checking = false;
    flow->pin.typed_ms = now.mono_ms;
    flow_enter(flow, BW_SCREEN_PIN, now, effects);
    ask_desk(flow, FOR_PIN_STATE, effects);
}

void
pin_ask_staff(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct pin_purpose purpose = {.from = BW_SCREEN_IDLE, .to = BW_SCREEN_STAFF};
    pin_ask(flow, &purpose, now, effects);
}

static bool
is_locked(const struct bw_flow *flow, struct bw_now now)
{
    return now.mono_ms < flow->pin.locked_until_ms;
}

static void
check(struct bw_flow *flow, struct bw_effects *effects)
{
    flow->pin.checking = true;
    ask_desk(flow, FOR_PIN, effects);
}

static void
type_digit(struct bw_flow *flow, int digit, struct bw_effects *effects)
{
    if (digit < '0' || digit > '9' || flow->pin.count >= DIGITS_MAX) {
        return;
    }
    effect_sound(effects, BW_SOUND_KEY);
    flow->pin.digits[flow->pin.count++] = (char)digit;
    if (flow->pin.count == DIGITS_MAX) {
        check(flow, effects);
    }
}

static void
go_back(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (flow->pin.purpose.from == BW_SCREEN_RESULT) {
        result_show_again(flow, now, effects);
    } else {
        flow_rest(flow, now, effects);
    }
}

static void
pin_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    flow->pin.typed_ms = now.mono_ms;
    if (action == BW_ACTION_BACK || action == BW_ACTION_CANCEL) {
        go_back(flow, now, effects);
        return;
    }
    if (flow->pin.checking || is_locked(flow, now) || !flow->overview.has_pin) {
        return;
    }
    if (action == BW_ACTION_KEY) {
        type_digit(flow, index, effects);
    } else if (action == BW_ACTION_DELETE && flow->pin.count > 0) {
        effect_sound(effects, BW_SOUND_KEY);
        flow->pin.digits[--flow->pin.count] = '\0';
    } else if (action == BW_ACTION_ENTER && flow->pin.count >= DIGITS_MIN) {
        check(flow, effects);
    }
}

static void
pin_text(
    struct bw_flow *flow, const char *text, struct bw_now now, struct bw_effects *effects)
{
    if (text[0] != '\0' && text[1] == '\0') {
        pin_action(flow, BW_ACTION_KEY, text[0], now, effects);
    }
}

static void
unlock(struct bw_flow *flow, const struct pin_purpose *purpose, struct bw_now now,
    struct bw_effects *effects)
{
    flow->staff.unlocked = true;
    if (purpose->about) {
        char code[BW_CODE_SHOWN_BYTES];
        bw_code_format_shown(purpose->code, code);
        set_text(flow->staff.list.query.text, sizeof flow->staff.list.query.text, code);
    }
    flow_enter(flow, purpose->to, now, effects);
    if (purpose->toast[0] != '\0') {
        staff_toast(flow, purpose->toast, &purpose->toast_values, now);
    }
}

/* What the PIN was asked for. Somebody who waits before needs a reason first. */
static void
go_on(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct pin_purpose purpose = flow->pin.purpose;
    flow->touched_ms = now.mono_ms;
    effect_sound(effects, BW_SOUND_DONE);
    if (!purpose.admits) {
        unlock(flow, &purpose, now, effects);
    } else if (purpose.before > 0) {
        struct bw_values values;
        values_init(flow, &values);
        set_text(values.name, sizeof values.name, purpose.name);
        form_start(flow, BW_FORM_REASON, &purpose.command, &values, now, effects);
    } else {
        memset(&flow->pin.purpose, 0, sizeof flow->pin.purpose);
        flow->pin.checking = true; /* till the result stands there */
        effect_command(flow, effects, FOR_RESULT, &purpose.command);
    }
}

static void
take_state(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now)
{
    flow->pin.left = answer->pin.left;
    flow->pin.locked_until_ms = now.mono_ms + answer->pin.wait_s * 1000LL;
}

/* Only the newest question's answer counts: digits of a visit before are no key. */
static void
pin_answer(struct bw_flow *flow, enum purpose purpose, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects)
{
    bool asked = purpose == FOR_PIN || purpose == FOR_PIN_STATE;
    if (!asked || answer->request_no != flow->pin.asked) {
        return;
    }
    if (answer->kind == BW_ANSWER_PIN) {
        take_state(flow, answer, now);
    }
    if (purpose == FOR_PIN_STATE) {
        return;
    }
    flow->pin.checking = false;
    flow->pin.count = 0;
    flow->pin.typed_ms = now.mono_ms;
    if (answer->kind == BW_ANSWER_PIN && answer->pin.ok) {
        flow->pin.missed = false;
        go_on(flow, now, effects);
    } else {
        flow->pin.missed = answer->kind == BW_ANSWER_PIN;
        effect_sound(effects, BW_SOUND_NO);
    }
}

static void
pin_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    int64_t since = flow->pin.typed_ms;
    if (flow->pin.locked_until_ms > since) {
        since = flow->pin.locked_until_ms;
    }
    if (now.mono_ms - since >= PIN_TIMEOUT_MS) {
        flow_rest(flow, now, effects);
    }
}

static void
pin_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    struct bw_pin_view *pin = &view->pin;
    bool has_missed =
        flow->pin.missed || (flow->pin.left > 0 && flow->pin.left < FREE_TRIES);
    values_init(flow, &pin->values);
    pin->digits = flow->pin.count;
    pin->digits_max = DIGITS_MAX;
    pin->locked = is_locked(flow, now) || flow->pin.checking;
    pin->help = has_missed && flow->overview.contact_phone[0] != '\0';
    set_text(pin->values.name, sizeof pin->values.name, flow->pin.purpose.name);
    if (is_locked(flow, now)) {
        set_key(pin->hint, "pin.wait");
        pin->values.n = (long)((flow->pin.locked_until_ms - now.mono_ms + 999) / 1000);
    } else if (!flow->overview.has_pin) {
        set_key(pin->hint, "pin.none");
    } else if (flow->pin.missed && flow->pin.count == 0) {
        set_key(pin->hint, "pin.bad");
        pin->values.n = flow->pin.left;
    } else if (flow->pin.purpose.admits) {
        bool guest = flow->pin.purpose.command.kind == BW_COMMAND_GUEST;
        set_key(pin->hint, guest ? "pin.for" : "pin.for2");
    } else {
        set_key(pin->hint, "pin.p");
    }
    view->values = pin->values;
    view->values.date_ms = flow->overview.session.starts_ms;
}

static int64_t
pin_next(const struct bw_flow *flow, struct bw_now now)
{
    return is_locked(flow, now) ? now.mono_ms + 250 : flow->pin.typed_ms + PIN_TIMEOUT_MS;
}

const struct screen_ops pin_screen = {
    .on_action = pin_action,
    .on_text = pin_text,
    .on_answer = pin_answer,
    .on_tick = pin_tick,
    .view = pin_view,
    .next_ms = pin_next,
};
