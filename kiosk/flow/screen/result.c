/* 02 to 06: the answer to one person, and the way on. UI thread only.
 *
 * A result stands RESULT_LEAST_MS at least; answers that come sooner wait in a short
 * queue (the scans themselves are committed by then). The oldest in a full queue gives
 * way: its person is in, and only misses the picture. */
#include "result.h"

#include "flow/base/aids.h"
#include "flow/base/ask.h"
#include "flow/base/call.h"
#include "flow/base/effect.h"
#include "flow/base/frame.h"
#include "flow/base/result_text.h"
#include "flow/base/text.h"
#include "flow/staff/staff.h"
#include "pin.h"

#include <string.h>

enum { EXTENSIONS_MAX = 3, MISS_MS = 60000, MISSES_MAX = 3, NOT_ME_MS = 10000 };

struct state {
    struct bw_flow_result shown;
    struct bw_flow_result queue[RESULT_QUEUE];
    int queue_count;
    int64_t until_ms;
    int extended;
    int misses; /* tickets not found within a minute */
    int64_t miss_ms;
};

static struct state *
own(const struct bw_flow *flow)
{
    return bw_flow_own(flow, BW_SCREEN_RESULT);
}

/* FL4. A result outlives the PIN alone, for "Terug" leads back to it. */
static void
result_change(struct bw_flow *flow, enum bw_screen next)
{
    struct state *state = own(flow);
    if (next != BW_SCREEN_RESULT) {
        memset(state->queue, 0, sizeof state->queue);
        state->queue_count = 0;
    }
    if (next != BW_SCREEN_RESULT && next != BW_SCREEN_PIN) {
        memset(&state->shown, 0, sizeof state->shown);
    }
}

static void
count_miss(struct bw_flow *flow, enum bw_verdict verdict, struct bw_now now)
{
    if (verdict != BW_VERDICT_FORGED) {
        return;
    }
    if (now.mono_ms - own(flow)->miss_ms > MISS_MS) {
        own(flow)->misses = 0;
        own(flow)->miss_ms = now.mono_ms;
    }
    own(flow)->misses++;
}

/* The ticket of somebody else ends the visit before: not the same one once more, nor
 * another try of somebody whom no ticket has named yet. */
static bool
is_next_person(const struct bw_flow_result *last, const struct bw_flow_result *next)
{
    const struct bw_answer *answer = &last->answer;
    bool named = answer->verdict.code != BW_CODE_NONE &&
                 answer->verdict.verdict != BW_VERDICT_FORGED;
    return named ? answer->verdict.code != next->answer.verdict.code
                 : bw_flow_result_is_dark(last);
}

/* What is read aloud is heard to its end. */
static int64_t
whole_ms(const struct bw_flow *flow)
{
    int64_t usual_ms = bw_flow_result_seconds(&own(flow)->shown) * 1000LL;
    return flow->aids.aloud && usual_ms < ALOUD_LEAST_MS ? ALOUD_LEAST_MS : usual_ms;
}

/* The one that stands, for its whole time; and again where "Terug" leads back to it. */
static void
result_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)effects;
    own(flow)->until_ms = now.mono_ms + whole_ms(flow);
    own(flow)->extended = 0;
}

static void
show_now(struct bw_flow *flow, const struct bw_flow_result *result, struct bw_now now,
    struct bw_effects *effects)
{
    struct bw_flow_result shown = *result; /* may stand in what entering wipes */
    count_miss(flow, shown.answer.verdict.verdict, now);
    if (flow->screen == BW_SCREEN_RESULT && is_next_person(&own(flow)->shown, &shown)) {
        bw_flow_aids_reset(flow, effects);
    }
    bw_flow_enter(flow, BW_SCREEN_RESULT, now, effects);
    own(flow)->shown = shown;
    own(flow)->shown.answered_ms = now.wall_ms;
    own(flow)->until_ms = now.mono_ms + whole_ms(flow);
    own(flow)->extended = 0;
    bw_flow_sound(effects, bw_flow_result_sound(&shown));
}

static void
show(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    struct bw_flow_result result = {.answer = *answer};
    result.answer.verdict.home = NULL; /* the answer's own */
    result.has_home = answer->verdict.home != NULL;
    if (result.has_home) {
        result.home = *answer->verdict.home;
    }
    if (flow->answering != NULL) {
        memcpy(result.text, flow->answering->text, sizeof result.text);
    }
    bool standing = flow->screen == BW_SCREEN_RESULT &&
                    now.mono_ms - flow->entered_ms < RESULT_LEAST_MS;
    if (!standing && own(flow)->queue_count == 0) {
        show_now(flow, &result, now, effects);
        return;
    }
    if (own(flow)->queue_count == RESULT_QUEUE) {
        memmove(own(flow)->queue, own(flow)->queue + 1,
            (RESULT_QUEUE - 1) * sizeof *own(flow)->queue);
        own(flow)->queue_count--;
    }
    own(flow)->queue[own(flow)->queue_count++] = result;
}

void
bw_flow_result_show_help(
    struct bw_flow *flow, bw_code about, struct bw_now now, struct bw_effects *effects)
{
    struct bw_flow_result help = {0};
    bw_answer_init(&help.answer, BW_ANSWER_VERDICT);
    help.answer.verdict.verdict = BW_VERDICT_UNKNOWN;
    help.answer.verdict.code = about;
    show_now(flow, &help, now, effects);
}

static void
show_next(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct bw_flow_result next = own(flow)->queue[0];
    memmove(own(flow)->queue, own(flow)->queue + 1,
        (RESULT_QUEUE - 1) * sizeof *own(flow)->queue);
    own(flow)->queue_count--;
    show_now(flow, &next, now, effects);
}

static void
result_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (own(flow)->queue_count > 0 && now.mono_ms - flow->entered_ms >= RESULT_LEAST_MS) {
        show_next(flow, now, effects);
    } else if (now.mono_ms >= own(flow)->until_ms) {
        bw_flow_rest(flow, now, effects);
    }
}

static void
extend(struct bw_flow *flow, struct bw_now now)
{
    if (flow->aids.aloud || !bw_flow_result_is_dark(&own(flow)->shown)) {
        own(flow)->until_ms = now.mono_ms + whole_ms(flow);
    } else if (own(flow)->extended < EXTENSIONS_MAX) {
        own(flow)->extended++;
        own(flow)->until_ms += 5000;
    }
}

/* ---- answers ---- */

void
bw_flow_on_person(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    bool verdict = answer->kind == BW_ANSWER_VERDICT;
    if (verdict && answer->verdict.verdict == BW_VERDICT_NOT_A_TICKET) {
        return;
    }
    if (bw_flow_ops(flow)->staff) {
        bw_flow_staff_tell(flow, answer, now, effects);
    } else if (verdict) {
        show(flow, answer, now, effects);
    } else if (flow->store.open && flow->overview.has_roster) {
        bw_flow_result_show_help(flow, BW_CODE_NONE, now, effects);
    }
}

/* The kiosk was locked, and one person was admitted by the PIN and a reason: now they
 * stand before it. */
static void
on_reasoned(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    if (answer->kind == BW_ANSWER_VERDICT) {
        show(flow, answer, now, effects);
    } else {
        bw_flow_result_show_help(flow, BW_CODE_NONE, now, effects);
    }
}

static bw_flow_handler on_undone;

/* ---- the ways on ---- */

/* Staff admit the person before the screen: PIN first, then this one command. */
static void
ask_admit(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    const struct bw_answer *answer = &own(flow)->shown.answer;
    struct bw_flow_pin_purpose purpose = {
        .from = BW_SCREEN_RESULT, .to = BW_SCREEN_STAFF};
    if (answer->verdict.verdict == BW_VERDICT_WAITLISTED) {
        bw_command_init(&purpose.command, BW_COMMAND_WAITLIST);
        purpose.command.waitlist.basis = BW_BASIS_WAITLIST;
        purpose.command.waitlist.code = answer->verdict.code;
        purpose.before = answer->verdict.before;
    } else {
        bw_command_init(&purpose.command, BW_COMMAND_GUEST);
        memcpy(purpose.command.guest.text, own(flow)->shown.text,
            sizeof own(flow)->shown.text);
    }
    purpose.command.operated_by = BW_OPERATOR_STAFF;
    purpose.admits = true;
    purpose.on_admitted = bw_flow_on_person;
    purpose.on_reasoned = on_reasoned;
    bw_flow_set_full_name(purpose.name, sizeof purpose.name,
        answer->verdict.person.first_name, answer->verdict.person.name);
    bw_flow_pin_ask(flow, &purpose, now, effects);
}

/* Staff who come to a person's screen find that person, and what the screen said. */
static void
ask_staff(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    const struct bw_answer *answer = &own(flow)->shown.answer;
    struct bw_flow_pin_purpose purpose = {
        .from = BW_SCREEN_RESULT, .to = BW_SCREEN_STAFF};
    purpose.about = answer->verdict.code != BW_CODE_NONE &&
                    answer->verdict.verdict != BW_VERDICT_FORGED &&
                    answer->verdict.verdict != BW_VERDICT_OTHER_SESSION;
    purpose.code = answer->verdict.code;
    if (answer->verdict.verdict != BW_VERDICT_UNKNOWN) {
        bw_flow_set_key(purpose.toast, bw_flow_result_toast(answer));
        bw_flow_result_toast_values(flow, answer,
            own(flow)->shown.has_home ? &own(flow)->shown.home : NULL,
            &purpose.toast_values);
    }
    bw_flow_pin_ask(flow, &purpose, now, effects);
}

/* By name: the wrong one was chosen, and is taken back. By ticket: staff have a look. */
static void
not_me(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct bw_answer answer = own(flow)->shown.answer;
    if (answer.command == BW_COMMAND_CODE && answer.operated_by == BW_OPERATOR_ATTENDEE &&
        answer.verdict.verdict == BW_VERDICT_WELCOME && answer.event.device != 0) {
        struct bw_command command;
        bw_command_init(&command, BW_COMMAND_UNDO);
        command.operated_by = BW_OPERATOR_ATTENDEE;
        command.undo.basis = BW_BASIS_NAME;
        command.undo.event = answer.event;
        (void)bw_flow_ask(flow, effects, on_undone, &command);
        return;
    }
    bw_flow_result_show_help(flow, answer.verdict.code, now, effects);
}

static bool
may_say_not_me(const struct bw_flow *flow, struct bw_now now)
{
    return bw_flow_result_is_dark(&own(flow)->shown) &&
           now.mono_ms - flow->entered_ms < NOT_ME_MS;
}

static bool
may_admit(const struct bw_flow *flow)
{
    const struct bw_answer *answer = &own(flow)->shown.answer;
    bool admits = answer->verdict.verdict == BW_VERDICT_WAITLISTED ||
                  answer->verdict.verdict == BW_VERDICT_OTHER_SESSION;
    return admits && answer->verdict.free > 0 && flow->overview.ledger.lead == 0;
}

static bool
is_past(const struct bw_flow_result *result)
{
    return result->has_home && result->home.ends_ms < result->answered_ms;
}

/* The next step of this person is at the desk: what the screen says or a person knows. */
static bool
leads_to_desk(const struct bw_flow *flow)
{
    const struct bw_answer *answer = &own(flow)->shown.answer;
    switch (answer->verdict.verdict) {
    case BW_VERDICT_BLOCKED:
    case BW_VERDICT_CANCELLED:
    case BW_VERDICT_SESSION_OVER:
    case BW_VERDICT_FULL:
    case BW_VERDICT_UNKNOWN:
    case BW_VERDICT_NO_AUDIENCE:
    case BW_VERDICT_FORGED:
    case BW_VERDICT_REPLACED:
        return true;
    case BW_VERDICT_OTHER_SESSION: /* full here: they go to their own */
        return answer->verdict.free > 0 || is_past(&own(flow)->shown);
    case BW_VERDICT_WAITLISTED:
        return answer->verdict.free >= answer->verdict.position; /* wa.p */
    case BW_VERDICT_ALREADY_IN:
    case BW_VERDICT_NOT_A_TICKET:
    case BW_VERDICT_TOO_EARLY:
    case BW_VERDICT_WELCOME:
        return bw_flow_result_is_veiled(&own(flow)->shown);
    }
    return false;
}

static void
result_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    (void)index;
    if (action == BW_ACTION_DONE || action == BW_ACTION_TO_DESK ||
        action == BW_ACTION_BACK) {
        if (own(flow)->queue_count > 0) {
            show_next(flow, now, effects);
        } else {
            bw_flow_rest(flow, now, effects);
        }
    } else if (action == BW_ACTION_CALL && leads_to_desk(flow)) {
        bw_flow_call_staff(flow, now, effects);
        extend(flow, now);
    } else if (action == BW_ACTION_FIND) {
        bw_flow_enter(flow, BW_SCREEN_SEARCH, now, effects);
    } else if (action == BW_ACTION_NOT_ME && may_say_not_me(flow, now)) {
        not_me(flow, now, effects);
    } else if (action == BW_ACTION_STAFF_ADMIT && may_admit(flow)) {
        ask_admit(flow, now, effects);
    } else if (action == BW_ACTION_STAFF || action == BW_ACTION_STAFF_ADMIT) {
        ask_staff(flow, now, effects);
    } else {
        extend(flow, now);
    }
}

static void
on_undone(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    if (flow->screen != BW_SCREEN_RESULT) {
        return;
    }
    if (answer->kind == BW_ANSWER_UNDONE) {
        bw_flow_sound(effects, BW_SOUND_BACK);
        bw_flow_enter(flow, BW_SCREEN_SEARCH, now, effects);
    } else {
        bw_flow_result_show_help(
            flow, own(flow)->shown.answer.verdict.code, now, effects);
    }
}

static void
result_buttons(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    const struct bw_answer *answer = &own(flow)->shown.answer;
    bool dark = bw_flow_result_is_dark(&own(flow)->shown);
    bool may_search = (answer->verdict.verdict == BW_VERDICT_FORGED ||
                          answer->verdict.verdict == BW_VERDICT_REPLACED) &&
                      own(flow)->misses < MISSES_MAX;
    bool to_desk = !may_search && leads_to_desk(flow);
    bw_flow_add_button(view, BW_ACTION_DONE,
        may_search || to_desk ? BW_BUTTON_SECONDARY : BW_BUTTON_PRIMARY,
        dark ? "done_s" : "close_s", "");
    if (may_search) {
        bw_flow_add_button(view, BW_ACTION_FIND, BW_BUTTON_PRIMARY, "on.b", "search");
    } else if (to_desk) {
        bw_flow_add_button(
            view, BW_ACTION_TO_DESK, BW_BUTTON_PRIMARY, "go.desk", "arrow-right");
        bool called = flow->call.stands;
        bw_flow_add_button(view, BW_ACTION_CALL,
            called ? BW_BUTTON_OFF : BW_BUTTON_SECONDARY, called ? "call.done" : "call.b",
            "hand");
    }
    if (may_say_not_me(flow, now)) {
        bw_flow_add_button(view, BW_ACTION_NOT_ME, BW_BUTTON_QUIET, "ok.notme", "");
    }
    if (!dark) {
        bw_flow_add_button(view,
            may_admit(flow) ? BW_ACTION_STAFF_ADMIT : BW_ACTION_STAFF, BW_BUTTON_QUIET,
            "staff_btn", "lock");
    }
}

static void
result_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    struct bw_result_view *result = &view->result;
    bw_flow_result_describe(flow, &own(flow)->shown, result);
    if (own(flow)->shown.answer.verdict.verdict == BW_VERDICT_FORGED &&
        own(flow)->misses >= MISSES_MAX) {
        bw_flow_set_key(result->help, "on.p2");
    }
    int64_t left = own(flow)->until_ms - now.mono_ms;
    left = left > 0 ? left : 0;
    int64_t whole = own(flow)->until_ms - flow->entered_ms;
    result->shown_ms = flow->entered_ms;
    result->total_s = (int)(whole / 1000);
    result->left_s = (int)((left + 999) / 1000);
    result->left_part = whole > 0 ? (float)left / (float)whole : 0;
    result->left_part = result->left_part > 1 ? 1 : result->left_part;
    result_buttons(flow, now, view);
    view->values = result->values;
    view->values.t_s = result->left_s;
}

static int64_t
result_next(const struct bw_flow *flow, struct bw_now now)
{
    if (own(flow)->queue_count > 0) {
        return flow->entered_ms + RESULT_LEAST_MS;
    }
    int64_t left = own(flow)->until_ms - now.mono_ms;
    return left > 0 ? now.mono_ms + (left % 1000 ? left % 1000 : 1000) : now.mono_ms;
}

const struct bw_flow_screen_ops bw_flow_result_screen = {
    .own_bytes = sizeof(struct state),
    .on_enter = result_enter,
    .on_action = result_action,
    .on_change = result_change,
    .on_tick = result_tick,
    .view = result_view,
    .next_ms = result_next,
    .scans_as = BW_OPERATOR_ATTENDEE,
};
