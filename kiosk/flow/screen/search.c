/* 07: attendees look for themselves, without turning the kiosk into a guest list.
 *
 * The desk answers a person only when exactly one fits; until then nothing shows. The
 * camera goes on reading: a ticket wins, and what was typed is wiped. UI thread only. */
#include "flow/base/aids.h"
#include "flow/base/ask.h"
#include "flow/base/effect.h"
#include "flow/base/field.h"
#include "flow/base/frame.h"
#include "flow/base/text.h"
#include "pin.h"
#include "result.h"

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

struct search_screen {
    struct bw_flow_field query;
    bool digits;
    int fits;       /* -1: not answered yet */
    bool told_none; /* that nobody fits was read, where that is wanted */
    uint32_t asked; /* the question under way; 0: none */
    bool stale;     /* the text changed since: ask again */
    bw_code code;
    bool by_code;
    char name_shown[BW_NAME_BYTES + 8];
    bool confirm, waiting;
    bool asks_leave; /* whether somebody is there still stands over it */
    int64_t typed_ms;
    /* searches by one who stands here that came to nothing (privacy: no fishing); they
     * outlive the search */
    int tries;
    int64_t tries_ms, tried_out_ms; /* tried_out_ms 0: they may go on */
};

static struct search_screen *
own(const struct bw_flow *flow)
{
    return bw_flow_own(flow, BW_SCREEN_SEARCH);
}

static void
wipe(struct search_screen *search)
{
    struct search_screen kept = {.tries = search->tries,
        .tries_ms = search->tries_ms,
        .tried_out_ms = search->tried_out_ms};
    *search = kept;
}

static void
search_change(struct bw_flow *flow, enum bw_screen next)
{
    if (next != BW_SCREEN_SEARCH) {
        wipe(own(flow));
    }
}

static void
search_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)effects;
    wipe(own(flow));
    own(flow)->fits = -1;
    own(flow)->typed_ms = now.mono_ms;
    flow->touched_ms = now.mono_ms;
    own(flow)->tried_out_ms = 0;
}

/* A search that was given up. Who gives up often is looking for others: staff help. */
static void
count_try(struct bw_flow *flow, struct bw_now now)
{
    if (bw_flow_field_is_empty(&own(flow)->query)) {
        return;
    }
    if (now.mono_ms - own(flow)->tries_ms > TRIES_MS) {
        own(flow)->tries = 0;
        own(flow)->tries_ms = now.mono_ms;
    }
    own(flow)->tries++;
    if (own(flow)->tries >= TRIES_MAX) {
        own(flow)->tries = 0;
        own(flow)->tried_out_ms = now.mono_ms;
    }
}

static bool
is_tried_out(const struct bw_flow *flow)
{
    return own(flow)->tried_out_ms != 0;
}

static bw_flow_handler on_found;

static void
ask(struct bw_flow *flow, struct bw_effects *effects)
{
    if (bw_flow_field_is_empty(&own(flow)->query)) {
        return;
    }
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_FIND);
    command.operated_by = BW_OPERATOR_ATTENDEE;
    bw_flow_set_text(command.find.text, sizeof command.find.text, own(flow)->query.text);
    own(flow)->asked = bw_flow_ask(flow, effects, on_found, &command);
}

/* One question at a time, however fast somebody types. */
static void
find(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    own(flow)->typed_ms = now.mono_ms;
    own(flow)->fits = -1;
    own(flow)->confirm = false;
    if (own(flow)->asked != 0) {
        own(flow)->stale = true;
    } else {
        ask(flow, effects);
    }
}

static void
search_text(
    struct bw_flow *flow, const char *text, struct bw_now now, struct bw_effects *effects)
{
    if (is_tried_out(flow) || own(flow)->waiting) {
        return;
    }
    if (!own(flow)->confirm && bw_flow_field_type(&own(flow)->query, text)) {
        find(flow, now, effects);
    }
}

static void
check_in(struct bw_flow *flow, struct bw_effects *effects)
{
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_CODE);
    command.operated_by = BW_OPERATOR_ATTENDEE;
    command.code.basis = own(flow)->by_code ? BW_BASIS_CODE : BW_BASIS_NAME;
    command.code.code = own(flow)->code;
    own(flow)->waiting = true;
    (void)bw_flow_ask(flow, effects, bw_flow_on_person, &command);
}

static void
start_over(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    count_try(flow, now);
    bw_flow_field_clear(&own(flow)->query);
    find(flow, now, effects);
}

static void
delete_one(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (bw_text_chars(own(flow)->query.text) == 1) {
        count_try(flow, now);
    }
    bw_flow_field_delete(&own(flow)->query);
    find(flow, now, effects);
}

static void
ask_confirm(struct bw_flow *flow, struct bw_effects *effects)
{
    own(flow)->confirm = true;
    bw_flow_aids_read(flow, effects);
}

static void
on_yes(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (own(flow)->confirm && flow->options.names_by_staff && !own(flow)->by_code) {
        bw_flow_result_show_help(flow, own(flow)->code, now, effects);
    } else if (own(flow)->confirm) {
        own(flow)->tries = 0;
        check_in(flow, effects);
    } else if (own(flow)->fits == 1) {
        ask_confirm(flow, effects); /* Enter needs no settling */
    }
}

static void
leave(struct bw_flow *flow, enum bw_action action, struct bw_now now,
    struct bw_effects *effects)
{
    count_try(flow, now);
    if (action == BW_ACTION_STAFF) {
        bw_flow_pin_ask_staff(flow, now, effects);
    } else {
        bw_flow_rest(flow, now, effects);
    }
}

static void
search_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    bool back = action == BW_ACTION_BACK;
    if (back && own(flow)->asks_leave) {
        own(flow)->asks_leave = false; /* whoever says "back" is there still */
        return;
    }
    if (back && own(flow)->confirm && !own(flow)->waiting) {
        start_over(flow, now, effects);
        return;
    }
    if (back || action == BW_ACTION_STAFF) {
        leave(flow, action, now, effects);
        return;
    }
    own(flow)->asks_leave = false;
    if (is_tried_out(flow) || own(flow)->waiting) {
        return;
    }
    switch ((int)action) {
    case BW_ACTION_KEY:
        bw_flow_sound(effects, BW_SOUND_KEY);
        if (!own(flow)->confirm &&
            bw_flow_field_type_code_point(&own(flow)->query, index)) {
            find(flow, now, effects);
        }
        break;
    case BW_ACTION_SPACE:
        bw_flow_sound(effects, BW_SOUND_KEY);
        search_text(flow, " ", now, effects);
        break;
    case BW_ACTION_DELETE:
        bw_flow_sound(effects, BW_SOUND_KEY);
        delete_one(flow, now, effects);
        break;
    case BW_ACTION_CLEAR:
    case BW_ACTION_NO:
        start_over(flow, now, effects);
        break;
    case BW_ACTION_TO_DESK:
        bw_flow_result_show_help(flow, BW_CODE_NONE, now, effects);
        break;
    case BW_ACTION_DIGITS:
        own(flow)->digits = !own(flow)->digits;
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
    if (own(flow)->fits > 1) {
        return "zo.more";
    }
    bool enough = bw_text_chars(own(flow)->query.text) >= NONE_CHARS;
    return own(flow)->fits == 0 && enough ? "zo.none" : "zo.p";
}

static bool
says_none(const struct bw_flow *flow)
{
    return strcmp(hint(flow), "zo.none") == 0;
}

static void
on_found(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    (void)now;
    if (flow->screen != BW_SCREEN_SEARCH || answer->request_no != own(flow)->asked) {
        return;
    }
    own(flow)->asked = 0;
    if (own(flow)->stale) {
        own(flow)->stale = false;
        ask(flow, effects);
        return;
    }
    bool said = own(flow)->told_none;
    own(flow)->fits = answer->kind == BW_ANSWER_FOUND ? answer->found.fits : 0;
    if (own(flow)->fits == 1) {
        own(flow)->code = answer->found.code;
        bw_code typed = BW_CODE_NONE;
        own(flow)->by_code =
            bw_code_parse(own(flow)->query.text, &typed) && typed == answer->found.code;
        bw_flow_set_text(own(flow)->name_shown, sizeof own(flow)->name_shown,
            answer->found.name_shown);
    }
    own(flow)->told_none = says_none(flow);
    if (own(flow)->told_none && !said) {
        bw_flow_aids_read(flow, effects);
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
    bool settled = now.mono_ms - own(flow)->typed_ms >= FIND_SETTLE_MS;
    bool fits = own(flow)->fits == 1 && !own(flow)->confirm;
    if (fits && !is_tried_out(flow) && settled) {
        ask_confirm(flow, effects);
    }
    bool told =
        is_tried_out(flow) && now.mono_ms - own(flow)->tried_out_ms >= TRIED_OUT_MS;
    if (told || now.mono_ms >= leave_ms(flow)) {
        bw_flow_rest(flow, now, effects);
    } else {
        own(flow)->asks_leave =
            !own(flow)->confirm && leave_ms(flow) - now.mono_ms <= COUNTDOWN_MS;
    }
}

static void
search_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    struct bw_search_view *search = &view->search;
    bw_flow_set_text(search->text, sizeof search->text, own(flow)->query.text);
    search->digits = own(flow)->digits;
    bw_flow_set_key(search->hint, hint(flow));
    bw_flow_values_init(flow, &search->values);
    bw_flow_set_text(
        search->values.name, sizeof search->values.name, own(flow)->name_shown);
    search->confirm = own(flow)->confirm;
    int64_t left = leave_ms(flow) - now.mono_ms;
    search->leaving = left <= COUNTDOWN_MS;
    search->left_s = left > 0 ? (int)((left + 999) / 1000) : 0;
    search->values.n = search->left_s;
    if (own(flow)->confirm) {
        view->dialog.open = true;
        bw_flow_set_key(view->dialog.question, "zo.q");
        bw_flow_set_button(
            &view->dialog.no, BW_ACTION_NO, 0, BW_BUTTON_SECONDARY, "zo.no", "");
        bw_flow_set_button(
            &view->dialog.yes, BW_ACTION_YES, 0, BW_BUTTON_PRIMARY, "zo.yes", "check");
        view->dialog.values = search->values;
    } else if (search->leaving) {
        view->dialog.open = true;
        bw_flow_set_key(view->dialog.question, "zo.idle");
        bw_flow_set_button(
            &view->dialog.yes, BW_ACTION_STAY, 0, BW_BUTTON_PRIMARY, "zo.stay", "hand");
        view->dialog.values = search->values;
    }
    bool stuck = strcmp(search->hint, "zo.p") != 0;
    bw_flow_add_button(view, BW_ACTION_TO_DESK,
        stuck ? BW_BUTTON_PRIMARY : BW_BUTTON_SECONDARY, "zo.help", "person");
    view->values = search->values;
}

static int64_t
search_next(const struct bw_flow *flow, struct bw_now now)
{
    if (is_tried_out(flow)) {
        return own(flow)->tried_out_ms + TRIED_OUT_MS;
    }
    if (own(flow)->fits == 1 && !own(flow)->confirm) {
        return own(flow)->typed_ms + FIND_SETTLE_MS;
    }
    int64_t quiet = flow->touched_ms + QUIET_MS;
    return now.mono_ms >= quiet ? now.mono_ms + 250 : quiet;
}

const struct bw_flow_screen_ops bw_flow_search_screen = {
    .own_bytes = sizeof(struct search_screen),
    .on_enter = search_enter,
    .on_action = search_action,
    .on_text = search_text,
    .on_tick = search_tick,
    .on_change = search_change,
    .view = search_view,
    .next_ms = search_next,
    .scans_as = BW_OPERATOR_ATTENDEE,
};
