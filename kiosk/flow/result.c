/* 02 to 06: the answer to one person, and the way on. UI thread only.
 *
 * A result stands RESULT_LEAST_MS at least; answers that come sooner wait in a short
 * queue (the scans themselves are committed by then). The oldest in a full queue gives
 * way: its person is in, and only misses the picture. */
#include "state.h"

#include <string.h>

enum { EXTENSIONS_MAX = 3, MISS_MS = 60000, MISSES_MAX = 3, NOT_ME_MS = 10000 };

static void
count_miss(struct bw_flow *flow, enum bw_verdict verdict, struct bw_now now)
{
    if (verdict != BW_VERDICT_FORGED) {
        return;
    }
    if (now.mono_ms - flow->miss_ms > MISS_MS) {
        flow->misses = 0;
        flow->miss_ms = now.mono_ms;
    }
    flow->misses++;
}

/* The ticket of somebody else ends the visit before: not the same one once more, nor
 * another try of somebody whom no ticket has named yet. */
static bool
is_next_person(const struct result *last, const struct result *next)
{
    const struct bw_answer *answer = &last->answer;
    bool named = answer->verdict.code != BW_CODE_NONE &&
                 answer->verdict.verdict != BW_VERDICT_FORGED;
    return named ? answer->verdict.code != next->answer.verdict.code
                 : result_is_dark(last);
}

/* What is read aloud is heard to its end. */
static int64_t
whole_ms(const struct bw_flow *flow)
{
    int64_t usual_ms = result_seconds(&flow->result) * 1000LL;
    return flow->aloud && usual_ms < ALOUD_LEAST_MS ? ALOUD_LEAST_MS : usual_ms;
}

static void
show_now(struct bw_flow *flow, const struct result *result, struct bw_now now,
    struct bw_effects *effects)
{
    struct result shown = *result; /* may stand in what entering wipes */
    count_miss(flow, shown.answer.verdict.verdict, now);
    if (flow->screen == BW_SCREEN_RESULT && is_next_person(&flow->result, &shown)) {
        aids_reset(flow, effects);
    }
    flow_enter(flow, BW_SCREEN_RESULT, now, effects);
    flow->result = shown;
    flow->result.answered_ms = now.wall_ms;
    flow->result_until_ms = now.mono_ms + whole_ms(flow);
    flow->result_extended = 0;
    effect_sound(effects, result_sound(&shown));
}

void
result_show(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    struct result result = {.answer = *answer};
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
    if (!standing && flow->queue_count == 0) {
        show_now(flow, &result, now, effects);
        return;
    }
    if (flow->queue_count == RESULT_QUEUE) {
        memmove(flow->queue, flow->queue + 1, (RESULT_QUEUE - 1) * sizeof *flow->queue);
        flow->queue_count--;
    }
    flow->queue[flow->queue_count++] = result;
}

void
result_show_help(
    struct bw_flow *flow, bw_code about, struct bw_now now, struct bw_effects *effects)
{
    struct result help = {0};
    bw_answer_init(&help.answer, BW_ANSWER_VERDICT);
    help.answer.verdict.verdict = BW_VERDICT_UNKNOWN;
    help.answer.verdict.code = about;
    show_now(flow, &help, now, effects);
}

void
result_show_again(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    flow_enter(flow, BW_SCREEN_RESULT, now, effects);
    flow->result_until_ms = now.mono_ms + whole_ms(flow);
    flow->result_extended = 0;
}

static void
show_next(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct result next = flow->queue[0];
    memmove(flow->queue, flow->queue + 1, (RESULT_QUEUE - 1) * sizeof *flow->queue);
    flow->queue_count--;
    show_now(flow, &next, now, effects);
}

static void
result_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (flow->queue_count > 0 && now.mono_ms - flow->entered_ms >= RESULT_LEAST_MS) {
        show_next(flow, now, effects);
    } else if (now.mono_ms >= flow->result_until_ms) {
        flow_rest(flow, now, effects);
    }
}

static void
extend(struct bw_flow *flow, struct bw_now now)
{
    if (flow->aloud || !result_is_dark(&flow->result)) {
        flow->result_until_ms = now.mono_ms + whole_ms(flow);
    } else if (flow->result_extended < EXTENSIONS_MAX) {
        flow->result_extended++;
        flow->result_until_ms += 5000;
    }
}

/* Staff admit the person before the screen: PIN first, then this one command. */
static void
ask_admit(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    const struct bw_answer *answer = &flow->result.answer;
    struct pin_purpose purpose = {.from = BW_SCREEN_RESULT, .to = BW_SCREEN_STAFF};
    if (answer->verdict.verdict == BW_VERDICT_WAITLISTED) {
        bw_command_init(&purpose.command, BW_COMMAND_WAITLIST);
        purpose.command.waitlist.basis = BW_BASIS_WAITLIST;
        purpose.command.waitlist.code = answer->verdict.code;
        purpose.before = answer->verdict.before;
    } else {
        bw_command_init(&purpose.command, BW_COMMAND_GUEST);
        memcpy(purpose.command.guest.text, flow->result.text, sizeof flow->result.text);
    }
    purpose.command.operated_by = BW_OPERATOR_STAFF;
    purpose.admits = true;
    set_full_name(purpose.name, sizeof purpose.name, answer->verdict.person.first_name,
        answer->verdict.person.name);
    pin_ask(flow, &purpose, now, effects);
}

/* Staff who come to a person's screen find that person, and what the screen said. */
static void
ask_staff(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    const struct bw_answer *answer = &flow->result.answer;
    struct pin_purpose purpose = {.from = BW_SCREEN_RESULT, .to = BW_SCREEN_STAFF};
    purpose.about = answer->verdict.code != BW_CODE_NONE &&
                    answer->verdict.verdict != BW_VERDICT_FORGED &&
                    answer->verdict.verdict != BW_VERDICT_OTHER_SESSION;
    purpose.code = answer->verdict.code;
    if (answer->verdict.verdict != BW_VERDICT_UNKNOWN) {
        set_key(purpose.toast, result_toast(answer));
        result_toast_values(flow, answer,
            flow->result.has_home ? &flow->result.home : NULL, &purpose.toast_values);
    }
    pin_ask(flow, &purpose, now, effects);
}

/* By name: the wrong one was chosen, and is taken back. By ticket: staff have a look. */
static void
not_me(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    struct bw_answer answer = flow->result.answer;
    if (answer.command == BW_COMMAND_CODE && answer.operated_by == BW_OPERATOR_ATTENDEE &&
        answer.verdict.verdict == BW_VERDICT_WELCOME && answer.event.device != 0) {
        struct bw_command command;
        bw_command_init(&command, BW_COMMAND_UNDO);
        command.operated_by = BW_OPERATOR_ATTENDEE;
        command.undo.basis = BW_BASIS_NAME;
        command.undo.event = answer.event;
        effect_command(flow, effects, FOR_UNDO_NOT_ME, &command);
        return;
    }
    result_show_help(flow, answer.verdict.code, now, effects);
}

static bool
may_say_not_me(const struct bw_flow *flow, struct bw_now now)
{
    return result_is_dark(&flow->result) && now.mono_ms - flow->entered_ms < NOT_ME_MS;
}

static bool
may_admit(const struct bw_flow *flow)
{
    const struct bw_answer *answer = &flow->result.answer;
    bool admits = answer->verdict.verdict == BW_VERDICT_WAITLISTED ||
                  answer->verdict.verdict == BW_VERDICT_OTHER_SESSION;
    return admits && answer->verdict.free > 0 && flow->overview.ledger.lead == 0;
}

static void
result_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    (void)index;
    if (action == BW_ACTION_DONE || action == BW_ACTION_BACK) {
        if (flow->queue_count > 0) {
            show_next(flow, now, effects);
        } else {
            flow_rest(flow, now, effects);
        }
    } else if (action == BW_ACTION_FIND) {
        flow_enter(flow, BW_SCREEN_SEARCH, now, effects);
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
result_answer(struct bw_flow *flow, enum purpose purpose, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects)
{
    if (purpose != FOR_UNDO_NOT_ME) {
        return;
    }
    if (answer->kind == BW_ANSWER_UNDONE) {
        effect_sound(effects, BW_SOUND_BACK);
        flow_enter(flow, BW_SCREEN_SEARCH, now, effects);
    } else {
        result_show_help(flow, flow->result.answer.verdict.code, now, effects);
    }
}

static void
result_buttons(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    const struct bw_answer *answer = &flow->result.answer;
    bool dark = result_is_dark(&flow->result);
    bool may_search = (answer->verdict.verdict == BW_VERDICT_FORGED ||
                          answer->verdict.verdict == BW_VERDICT_REPLACED) &&
                      flow->misses < MISSES_MAX;
    if (may_search) {
        add_button(view, BW_ACTION_FIND, BW_BUTTON_PRIMARY, "on.b", "search");
    }
    add_button(view, BW_ACTION_DONE, may_search ? BW_BUTTON_SECONDARY : BW_BUTTON_PRIMARY,
        dark ? "done_s" : "close_s", "");
    if (may_say_not_me(flow, now)) {
        add_button(view, BW_ACTION_NOT_ME, BW_BUTTON_QUIET, "ok.notme", "");
    }
    if (!dark) {
        add_button(view, may_admit(flow) ? BW_ACTION_STAFF_ADMIT : BW_ACTION_STAFF,
            BW_BUTTON_QUIET, "staff_btn", "lock");
    }
}

static void
result_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    struct bw_result_view *result = &view->result;
    result_describe(flow, &flow->result, result);
    if (flow->result.answer.verdict.verdict == BW_VERDICT_FORGED &&
        flow->misses >= MISSES_MAX) {
        set_key(result->help, "on.p2");
    }
    int64_t left = flow->result_until_ms - now.mono_ms;
    left = left > 0 ? left : 0;
    int64_t whole = flow->result_until_ms - flow->entered_ms;
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
    if (flow->queue_count > 0) {
        return flow->entered_ms + RESULT_LEAST_MS;
    }
    int64_t left = flow->result_until_ms - now.mono_ms;
    return left > 0 ? now.mono_ms + (left % 1000 ? left % 1000 : 1000) : now.mono_ms;
}

const struct screen_ops result_screen = {
    .on_action = result_action,
    .on_answer = result_answer,
    .on_tick = result_tick,
    .view = result_view,
    .next_ms = result_next,
    .scans_as = BW_OPERATOR_ATTENDEE,
};
