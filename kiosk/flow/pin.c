/* 08: the one way to the staff's screens (F3). The desk knows the PIN, counts the misses and
 * keeps the waits over a restart; here are only the digits being typed, wiped at every end.
 * UI thread only. */
#include "flow/state.h"

#include <string.h>

enum { DIGITS_MIN = 4, DIGITS_MAX = 6, PIN_TIMEOUT_MS = 30000 };

void
pin_ask(struct bw_flow *flow, const struct pin_purpose *purpose, struct bw_now now,
    struct bw_effects *effects)
{
    flow->pin.purpose = *purpose;
    flow_enter(flow, BW_SCREEN_PIN, now, effects);
    flow->pin.count = 0;
    flow->pin.checking = false;
    flow->touched_ms = now.mono_ms;
}

static void
check(struct bw_flow *flow, struct bw_effects *effects)
{
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_PIN);
    command.operator= BW_OPERATOR_STAFF;
    memcpy(command.text, flow->pin.digits, (size_t)flow->pin.count);
    flow->pin.checking = true;
    effect_command(flow, effects, FOR_PIN, &command);
    memset(flow->pin.digits, 0, sizeof flow->pin.digits);
}

static bool
is_locked(const struct bw_flow *flow, struct bw_now now)
{
    return now.mono_ms < flow->pin.locked_until_ms;
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
pin_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    if (action == BW_ACTION_BACK || action == BW_ACTION_CANCEL) {
        flow_rest(flow, now, effects);
        return;
    }
    if (flow->pin.checking || is_locked(flow, now)) {
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
pin_text(struct bw_flow *flow, const char *text, struct bw_now now,
    struct bw_effects *effects)
{
    if (text[0] != '\0' && text[1] == '\0') {
        pin_action(flow, BW_ACTION_KEY, text[0], now, effects);
    }
}

/* What the PIN was asked for. Somebody who waits before needs a reason first. */
static void
go_on(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct pin_purpose purpose = flow->pin.purpose;
    memset(&flow->pin.purpose, 0, sizeof flow->pin.purpose);
    effect_sound(effects, BW_SOUND_DONE);
    if (!purpose.admits) {
        flow->staff.unlocked = true;
        flow_enter(flow, BW_SCREEN_STAFF, now, effects);
    } else if (purpose.before > 0) {
        struct bw_values values;
        values_init(flow, &values);
        set_text(values.name, sizeof values.name, purpose.name);
        form_start(flow, BW_FORM_REASON, &purpose.command, &values, now, effects);
    } else {
        effect_command(flow, effects, FOR_RESULT, &purpose.command);
    }
}

static void
pin_answer(struct bw_flow *flow, enum purpose purpose, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects)
{
    if (purpose != FOR_PIN || answer->kind != BW_ANSWER_PIN) {
        flow->pin.checking = false;
        return;
    }
    flow->pin.checking = false;
    flow->pin.count = 0;
    flow->touched_ms = now.mono_ms;
    if (answer->pin_ok) {
        flow->pin.missed = false;
        go_on(flow, now, effects);
        return;
    }
    flow->pin.missed = true;
    flow->pin.left = answer->pin_left;
    flow->pin.locked_until_ms = now.mono_ms + answer->pin_wait_s * 1000LL;
    effect_sound(effects, BW_SOUND_NO);
}

static void
pin_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    int64_t since = flow->touched_ms;
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
    values_init(flow, &pin->values);
    pin->digits = flow->pin.count;
    pin->digits_max = DIGITS_MAX;
    pin->locked = is_locked(flow, now) || flow->pin.checking;
    pin->help = flow->pin.missed && flow->overview.contact_phone[0] != '\0';
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
    return is_locked(flow, now) ? now.mono_ms + 250
                                : flow->touched_ms + PIN_TIMEOUT_MS;
}

const struct screen_ops pin_screen = {
    .on_action = pin_action,
    .on_text = pin_text,
    .on_answer = pin_answer,
    .on_tick = pin_tick,
    .view = pin_view,
    .next_ms = pin_next,
};
