/* 07: attendees look for themselves, without turning the kiosk into a guest list.
 *
 * The desk answers a person only when exactly one fits; until then nothing shows. The camera
 * goes on reading: a ticket wins, and what was typed is wiped. UI thread only. */
#include "flow/state.h"

#include <brugwachter/text.h>
#include <string.h>

enum { QUIET_MS = 40000, COUNTDOWN_MS = 20000 };

void
search_wipe(struct bw_flow *flow)
{
    memset(&flow->search, 0, sizeof flow->search);
}

static void
search_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)effects;
    search_wipe(flow);
    flow->search.typed_ms = now.mono_ms;
}

static void
find(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    flow->search.typed_ms = now.mono_ms;
    flow->search.fits = -1;
    flow->search.confirm = false;
    if (field_is_empty(&flow->search.query)) {
        return;
    }
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_FIND);
    command.operator= BW_OPERATOR_ATTENDEE;
    set_text(command.text, sizeof command.text, flow->search.query.text);
    effect_command(flow, effects, FOR_FIND, &command);
    flow->search.asked = flow->command_no;
}

static void
search_text(struct bw_flow *flow, const char *text, struct bw_now now,
    struct bw_effects *effects)
{
    flow->search.leaving = false;
    if (!flow->search.confirm && field_type(&flow->search.query, text)) {
        find(flow, now, effects);
    }
}

static void
check_in(struct bw_flow *flow, struct bw_effects *effects)
{
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_CODE);
    command.operator= BW_OPERATOR_ATTENDEE;
    command.basis = flow->search.by_code ? BW_BASIS_CODE : BW_BASIS_NAME;
    command.code = flow->search.code;
    flow->search.waiting = true;
    effect_command(flow, effects, FOR_RESULT, &command);
}

static void
search_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    flow->search.leaving = false;
    switch ((int)action) {
    case BW_ACTION_KEY:
        effect_sound(effects, BW_SOUND_KEY);
        if (!flow->search.confirm
            && field_type_code_point(&flow->search.query, index)) {
            find(flow, now, effects);
        }
        break;
    case BW_ACTION_SPACE:
        effect_sound(effects, BW_SOUND_KEY);
        search_text(flow, " ", now, effects);
        break;
    case BW_ACTION_DELETE:
        effect_sound(effects, BW_SOUND_KEY);
        field_delete(&flow->search.query);
        find(flow, now, effects);
        break;
    case BW_ACTION_CLEAR:
        field_clear(&flow->search.query);
        find(flow, now, effects);
        break;
    case BW_ACTION_DIGITS:
        flow->search.digits = !flow->search.digits;
        break;
    case BW_ACTION_ENTER:
    case BW_ACTION_YES:
        if (flow->search.confirm && !flow->search.waiting) {
            check_in(flow, effects);
        }
        break;
    case BW_ACTION_NO:
        field_clear(&flow->search.query);
        find(flow, now, effects);
        break;
    case BW_ACTION_BACK:
        flow_rest(flow, now, effects);
        return;
    case BW_ACTION_STAFF: {
        struct pin_purpose purpose = {.from = BW_SCREEN_IDLE};
        pin_ask(flow, &purpose, now, effects);
        return;
    }
    }
    flow->search.typed_ms = now.mono_ms;
}

static void
search_answer(struct bw_flow *flow, enum purpose purpose, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    (void)effects;
    /* only the newest question's answer counts */
    if (purpose != FOR_FIND || answer->ticket_no != flow->search.asked) {
        return;
    }
    flow->search.fits = answer->kind == BW_ANSWER_FOUND ? answer->fits : 0;
    if (flow->search.fits == 1) {
        flow->search.code = answer->code;
        flow->search.by_code = answer->basis == BW_BASIS_CODE;
        set_text(flow->search.name_shown, sizeof flow->search.name_shown,
            answer->name_shown);
    }
}

static void
search_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    int64_t quiet = now.mono_ms - flow->search.typed_ms;
    if (flow->search.fits == 1 && !flow->search.confirm && quiet >= FIND_SETTLE_MS) {
        flow->search.confirm = true;
    }
    flow->search.leaving = quiet >= QUIET_MS;
    if (quiet >= QUIET_MS + COUNTDOWN_MS) {
        flow_rest(flow, now, effects);
    }
}

static const char *
hint(const struct bw_flow *flow)
{
    if (field_is_empty(&flow->search.query)) {
        return "zo.p";
    }
    if (flow->search.fits == 0 && bw_text_chars(flow->search.query.text) >= 8) {
        return "zo.none";
    }
    return "zo.p";
}

static void
search_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    struct bw_search_view *search = &view->search;
    set_text(search->text, sizeof search->text, flow->search.query.text);
    search->digits = flow->search.digits;
    set_key(search->hint, hint(flow));
    values_init(flow, &search->values);
    set_text(search->values.name, sizeof search->values.name, flow->search.name_shown);
    search->confirm = flow->search.confirm;
    search->leaving = flow->search.leaving;
    int64_t left = flow->search.typed_ms + QUIET_MS + COUNTDOWN_MS - now.mono_ms;
    search->left_s = (int)((left + 999) / 1000);
    search->values.n = search->left_s;
    if (flow->search.confirm) {
        view->dialog.open = true;
        set_key(view->dialog.question, "zo.q");
        set_button(&view->dialog.no, BW_ACTION_NO, 0, BW_BUTTON_SECONDARY, "zo.no", "");
        set_button(
            &view->dialog.yes, BW_ACTION_YES, 0, BW_BUTTON_PRIMARY, "zo.yes", "check");
        view->dialog.values = search->values;
    } else if (flow->search.leaving) {
        view->dialog.open = true;
        set_key(view->dialog.question, "zo.idle");
        set_button(
            &view->dialog.yes, BW_ACTION_STAY, 0, BW_BUTTON_PRIMARY, "zo.stay", "hand");
        view->dialog.values = search->values;
    }
    view->values = search->values;
}

static int64_t
search_next(const struct bw_flow *flow, struct bw_now now)
{
    int64_t quiet = flow->search.typed_ms + QUIET_MS;
    if (flow->search.fits == 1 && !flow->search.confirm) {
        return flow->search.typed_ms + FIND_SETTLE_MS;
    }
    return now.mono_ms >= quiet ? now.mono_ms + 250 : quiet;
}

const struct screen_ops search_screen = {
    .on_enter = search_enter,
    .on_action = search_action,
    .on_text = search_text,
    .on_answer = search_answer,
    .on_tick = search_tick,
    .view = search_view,
    .next_ms = search_next,
    .scans_as = BW_OPERATOR_ATTENDEE,
};
