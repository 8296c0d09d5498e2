/* 07: attendees look for themselves, without turning the kiosk into a guest list.
 *
 * The desk answers a person only when exactly one fits; until then nothing shows. The
 * camera goes on reading: a ticket wins, and what was typed is wiped. UI thread only. */
#include "state.h"

#include <brugwachter/text.h>
#include <string.h>

enum {
    QUIET_MS = 40000,
    COUNTDOWN_MS = 20000,
    TRIES_MAX = 5,
    TRIES_MS = 120000,
    TRIED_OUT_MS = 6000,
    NONE_CHARS = 8, /* so much typed, and nobody fits: say so */
};

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
    flow->search.fits = -1;
    flow->search.typed_ms = now.mono_ms;
    flow->touched_ms = now.mono_ms;
    flow->tried_out_ms = 0;
}

/* A search that was given up. Who gives up often is looking for others: staff help. */
static void
count_try(struct bw_flow *flow, struct bw_now now)
{
    if (field_is_empty(&flow->search.query)) {
        return;
    }
    if (now.mono_ms - flow->tries_ms > TRIES_MS) {
        flow->tries = 0;
        flow->tries_ms = now.mono_ms;
    }
    flow->tries++;
    if (flow->tries >= TRIES_MAX) {
        flow->tries = 0;
        flow->tried_out_ms = now.mono_ms;
    }
}

static bool
is_tried_out(const struct bw_flow *flow)
{
    return flow->tried_out_ms != 0;
}

static void
ask(struct bw_flow *flow, struct bw_effects *effects)
{
    if (field_is_empty(&flow->search.query)) {
        return;
    }
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_FIND);
    command.operated_by = BW_OPERATOR_ATTENDEE;
    set_text(command.find.text, sizeof command.find.text, flow->search.query.text);
    effect_command(flow, effects, FOR_FIND, &command);
    flow->search.asked = flow->command_no;
}

/* One question at a time, however fast somebody types. */
static void
find(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    flow->search.typed_ms = now.mono_ms;
    flow->search.fits = -1;
    flow->search.confirm = false;
    if (flow->search.asked != 0) {
        flow->search.stale = true;
    } else {
        ask(flow, effects);
    }
}

static void
search_text(
    struct bw_flow *flow, const char *text, struct bw_now now, struct bw_effects *effects)
{
    if (is_tried_out(flow) || flow->search.waiting) {
        return;
    }
    if (!flow->search.confirm && field_type(&flow->search.query, text)) {
        find(flow, now, effects);
    }
}

static void
check_in(struct bw_flow *flow, struct bw_effects *effects)
{
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_CODE);
    command.operated_by = BW_OPERATOR_ATTENDEE;
    command.code.basis = flow->search.by_code ? BW_BASIS_CODE : BW_BASIS_NAME;
    command.code.code = flow->search.code;
    flow->search.waiting = true;
    effect_command(flow, effects, FOR_RESULT, &command);
}

static void
start_over(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    count_try(flow, now);
    field_clear(&flow->search.query);
    find(flow, now, effects);
}

static void
delete_one(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (bw_text_chars(flow->search.query.text) == 1) {
        count_try(flow, now);
    }
    field_delete(&flow->search.query);
    find(flow, now, effects);
}

static void
ask_confirm(struct bw_flow *flow, struct bw_effects *effects)
{
    flow->search.confirm = true;
    aids_read(flow, effects);
}

static void
on_yes(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (flow->search.confirm && flow->options.names_by_staff && !flow->search.by_code) {
        result_show_help(flow, flow->search.code, now, effects);
    } else if (flow->search.confirm) {
        flow->tries = 0;
        check_in(flow, effects);
    } else if (flow->search.fits == 1) {
        ask_confirm(flow, effects); /* Enter needs no settling */
    }
}

static void
leave(struct bw_flow *flow, enum bw_action action, struct bw_now now,
    struct bw_effects *effects)
{
    count_try(flow, now);
    if (action == BW_ACTION_STAFF) {
        pin_ask_staff(flow, now, effects);
    } else {
        flow_rest(flow, now, effects);
    }
}

static void
search_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    if (action == BW_ACTION_BACK || action == BW_ACTION_STAFF) {
        leave(flow, action, now, effects);
        return;
    }
    if (is_tried_out(flow) || flow->search.waiting) {
        return;
    }
    switch ((int)action) {
    case BW_ACTION_KEY:
        effect_sound(effects, BW_SOUND_KEY);
        if (!flow->search.confirm && field_type_code_point(&flow->search.query, index)) {
            find(flow, now, effects);
        }
        break;
    case BW_ACTION_SPACE:
        effect_sound(effects, BW_SOUND_KEY);
        search_text(flow, " ", now, effects);
        break;
    case BW_ACTION_DELETE:
        effect_sound(effects, BW_SOUND_KEY);
        delete_one(flow, now, effects);
        break;
    case BW_ACTION_CLEAR:
    case BW_ACTION_NO:
        start_over(flow, now, effects);
        break;
    case BW_ACTION_DIGITS:
        flow->search.digits = !flow->search.digits;
        break;
    case BW_ACTION_ENTER:
    case BW_ACTION_YES:
        on_yes(flow, now, effects);
        break;
    }
}

static const char *
hint(const struct bw_flow *flow)
{
    if (is_tried_out(flow)) {
        return "zo.ask";
    }
    if (flow->search.fits > 1) {
        return "zo.more";
    }
    bool enough = bw_text_chars(flow->search.query.text) >= NONE_CHARS;
    return flow->search.fits == 0 && enough ? "zo.none" : "zo.p";
}

static bool
says_none(const struct bw_flow *flow)
{
    return strcmp(hint(flow), "zo.none") == 0;
}

static void
search_answer(struct bw_flow *flow, enum purpose purpose, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    if (purpose != FOR_FIND || answer->request_no != flow->search.asked) {
        return;
    }
    flow->search.asked = 0;
    if (flow->search.stale) {
        flow->search.stale = false;
        ask(flow, effects);
        return;
    }
    bool said = flow->search.told_none;
    flow->search.fits = answer->kind == BW_ANSWER_FOUND ? answer->found.fits : 0;
    if (flow->search.fits == 1) {
        flow->search.code = answer->found.code;
        bw_code typed = BW_CODE_NONE;
        flow->search.by_code =
            bw_code_parse(flow->search.query.text, &typed) && typed == answer->found.code;
        set_text(flow->search.name_shown, sizeof flow->search.name_shown,
            answer->found.name_shown);
    }
    flow->search.told_none = says_none(flow);
    if (flow->search.told_none && !said) {
        aids_read(flow, effects);
    }
}

static int64_t
leave_ms(const struct bw_flow *flow)
{
    return flow->touched_ms + QUIET_MS + COUNTDOWN_MS;
}

static void
search_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    bool settled = now.mono_ms - flow->search.typed_ms >= FIND_SETTLE_MS;
    bool fits = flow->search.fits == 1 && !flow->search.confirm;
    if (fits && !is_tried_out(flow) && settled) {
        ask_confirm(flow, effects);
    }
    bool told = is_tried_out(flow) && now.mono_ms - flow->tried_out_ms >= TRIED_OUT_MS;
    if (told || now.mono_ms >= leave_ms(flow)) {
        flow_rest(flow, now, effects);
    }
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
    int64_t left = leave_ms(flow) - now.mono_ms;
    search->leaving = left <= COUNTDOWN_MS;
    search->left_s = left > 0 ? (int)((left + 999) / 1000) : 0;
    search->values.n = search->left_s;
    if (flow->search.confirm) {
        view->dialog.open = true;
        set_key(view->dialog.question, "zo.q");
        set_button(&view->dialog.no, BW_ACTION_NO, 0, BW_BUTTON_SECONDARY, "zo.no", "");
        set_button(
            &view->dialog.yes, BW_ACTION_YES, 0, BW_BUTTON_PRIMARY, "zo.yes", "check");
        view->dialog.values = search->values;
    } else if (search->leaving) {
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
    if (is_tried_out(flow)) {
        return flow->tried_out_ms + TRIED_OUT_MS;
    }
    if (flow->search.fits == 1 && !flow->search.confirm) {
        return flow->search.typed_ms + FIND_SETTLE_MS;
    }
    int64_t quiet = flow->touched_ms + QUIET_MS;
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
