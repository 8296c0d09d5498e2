/* Which words, colours and sounds a verdict has: one row each, and the few rows that
 * depend on more than the verdict. UI thread only. */
#include "result_text.h"

#include "text.h"

#include <string.h>

struct look {
    enum bw_tone tone;
    enum bw_scene scene;
    const char *badge, *kicker, *headline, *nameless, *help;
    enum bw_sound sound;
    int seconds;
};

/* `nameless` is the headline where there's no name to say. */
static const struct look rows[BW_VERDICT_COUNT] = {
    [BW_VERDICT_NOT_A_TICKET] = {BW_TONE_HELP, BW_SCENE_UNKNOWN, "question", "on.k",
        "on.h", "on.h", "on.p", BW_SOUND_NONE, 15},
    [BW_VERDICT_FORGED] = {BW_TONE_HELP, BW_SCENE_UNKNOWN, "question", "on.k", "on.h",
        "on.h", "on.p", BW_SOUND_UNKNOWN, 15},
    [BW_VERDICT_BLOCKED] = {BW_TONE_HELP, BW_SCENE_HELP, "hand", "on.k", "on.blk.h",
        "on.blk.h", "", BW_SOUND_UNKNOWN, 15},
    [BW_VERDICT_REPLACED] = {BW_TONE_HELP, BW_SCENE_UNKNOWN, "ticket", "on.k", "on.rep.h",
        "on.rep.h", "on.rep.p", BW_SOUND_UNKNOWN, 15},
    [BW_VERDICT_ALREADY_IN] = {BW_TONE_ALREADY, BW_SCENE_ALREADY, "clock", "al.k", "al.h",
        "al.h0", "al.t", BW_SOUND_ALREADY, 6},
    [BW_VERDICT_OTHER_SESSION] = {BW_TONE_OTHER, BW_SCENE_OTHER, "signpost", "an.k",
        "an.h", "an.unknown", "an.p", BW_SOUND_OTHER, 20},
    [BW_VERDICT_CANCELLED] = {BW_TONE_HELP, BW_SCENE_HELP, "list", "on.k", "on.can.h",
        "on.can.h", "on.can.p", BW_SOUND_UNKNOWN, 15},
    [BW_VERDICT_TOO_EARLY] = {BW_TONE_WAIT, BW_SCENE_WAIT_FRONT, "door", "early.k",
        "early.h", "early.h0", "early.p", BW_SOUND_WAIT, 15},
    [BW_VERDICT_SESSION_OVER] = {BW_TONE_HELP, BW_SCENE_HELP, "calendar", "over.k",
        "over.h", "over.h", "over.p", BW_SOUND_UNKNOWN, 15},
    [BW_VERDICT_WAITLISTED] = {BW_TONE_WAIT, BW_SCENE_WAIT_BEHIND, "hourglass", "wa.k",
        "wa.h", "wa.h0", "wa.p", BW_SOUND_WAIT, 20},
    [BW_VERDICT_FULL] = {BW_TONE_WAIT, BW_SCENE_WAIT_BEHIND, "people", "full.k", "full.h",
        "full.h0", "full.p", BW_SOUND_WAIT, 20},
    [BW_VERDICT_WELCOME] = {BW_TONE_WELCOME, BW_SCENE_WELCOME, "check", "ok.k", "ok.h",
        "ok.h0", "", BW_SOUND_WELCOME, 5},
    [BW_VERDICT_UNKNOWN] = {BW_TONE_HELP, BW_SCENE_HELP, "hand", "on.k", "by.name",
        "by.name", "", BW_SOUND_UNKNOWN, 15},
    [BW_VERDICT_NO_AUDIENCE] = {BW_TONE_HELP, BW_SCENE_HELP, "info", "on.k", "by.name",
        "by.name", "", BW_SOUND_UNKNOWN, 15},
};

/* By name, an attendee is told only `welcome` in full (design: the store). */
static bool
is_veiled(const struct bw_answer *answer)
{
    return answer->operated_by == BW_OPERATOR_ATTENDEE &&
           answer->verdict.basis == BW_BASIS_NAME &&
           answer->verdict.verdict != BW_VERDICT_WELCOME;
}

bool
bw_flow_result_is_veiled(const struct bw_flow_result *result)
{
    return is_veiled(&result->answer);
}

/* The row whose colours, sound and time it has: veiled, all sound and last alike. */
static const struct look *
look_of(const struct bw_answer *answer)
{
    return &rows[is_veiled(answer) ? BW_VERDICT_UNKNOWN : answer->verdict.verdict];
}

bool
bw_flow_result_is_dark(const struct bw_flow_result *result)
{
    enum bw_tone tone = look_of(&result->answer)->tone;
    return tone == BW_TONE_WELCOME || tone == BW_TONE_ALREADY;
}

enum bw_sound
bw_flow_result_sound(const struct bw_flow_result *result)
{
    return look_of(&result->answer)->sound;
}

enum bw_sound
bw_flow_result_staff_sound(const struct bw_answer *answer)
{
    bool verdict = answer->kind == BW_ANSWER_VERDICT;
    enum bw_sound sound = verdict ? rows[answer->verdict.verdict].sound : BW_SOUND_NONE;
    return sound != BW_SOUND_NONE ? sound : BW_SOUND_NO;
}

int
bw_flow_result_seconds(const struct bw_flow_result *result)
{
    return look_of(&result->answer)->seconds;
}

static void
describe_veiled(const struct bw_answer *answer, struct bw_result_view *view)
{
    view->big_name = false;
    bool in = answer->verdict.verdict == BW_VERDICT_ALREADY_IN;
    bw_flow_set_key(view->headline, in ? "al.name" : "by.name");
    view->help[0] = '\0';
    view->help_quiet[0] = '\0';
    view->sign = BW_SIGN_NONE;
    view->school[0] = view->table[0] = view->go_to[0] = view->venue[0] = '\0';
    memset(view->values.name, 0, sizeof view->values.name);
}

static void
describe_welcome(const struct bw_flow *flow, const struct bw_flow_result *result,
    struct bw_result_view *view)
{
    const struct bw_answer *answer = &result->answer;
    view->big_name = answer->verdict.person.first_name[0] != '\0';
    bw_flow_set_text(view->go_to, sizeof view->go_to, flow->overview.session.go_to);
    if (answer->verdict.guest || answer->verdict.substitute) {
        bw_flow_set_key(view->kicker, answer->verdict.guest ? "ok.guest" : "ok.subst");
        bw_flow_set_key(view->badge, "people");
    }
    if (answer->verdict.returned) {
        bw_flow_set_key(view->headline, view->big_name ? "ok.back" : "ok.back0");
    }
    if (result->answered_ms < flow->overview.doors_ms && !flow->overview.clock_suspect) {
        bw_flow_set_key(view->help, "ok.early");
        view->values.time_ms = flow->overview.session.starts_ms;
    }
}

/* The town of an address: what stands after the last comma, without a postcode. */
static void
town_of(const struct bw_session *session, char *ret_town, size_t capacity)
{
    const char *town = strrchr(session->address, ',');
    town = town != NULL ? town + 1 : "";
    town += strspn(town, " ");
    size_t digits = strspn(town, "0123456789");
    if (digits == 4) {
        town += digits + strspn(town + digits, " ");
        bool letters = town[0] >= 'A' && town[0] <= 'Z' && town[1] >= 'A' &&
                       town[1] <= 'Z' && town[2] == ' ';
        town += letters ? 3 : 0;
    }
    bw_flow_set_text(ret_town, capacity, town + strspn(town, " "));
}

/* Where and when this person is expected: by place,
 * or by date where the place is here. */
static void
describe_home(const struct bw_session *home, const struct bw_session *here,
    struct bw_result_view *view)
{
    char here_town[BW_TITLE_BYTES];
    struct bw_values *values = &view->values;
    view->sign = BW_SIGN_PLACE;
    values->date_ms = values->time_ms = home->starts_ms;
    view->sign_values.date_ms = view->sign_values.time_ms = home->starts_ms;
    bw_flow_set_text(view->venue, sizeof view->venue, home->venue);
    bw_flow_set_text(values->kind, sizeof values->kind, home->kind);
    town_of(home, values->place, sizeof values->place);
    town_of(here, here_town, sizeof here_town);
    if (values->name[0] != '\0') {
        bool by_date = values->place[0] == '\0' || strcmp(values->place, here_town) == 0;
        bw_flow_set_key(view->headline, by_date ? "an.h2" : "an.h");
    }
    if (values->place[0] == '\0') {
        bw_flow_set_text(values->place, sizeof values->place, home->title);
    }
    memcpy(view->sign_values.place, values->place, sizeof values->place);
}

static void
describe_other(const struct bw_flow *flow, const struct bw_flow_result *result,
    struct bw_result_view *view)
{
    const struct bw_answer *answer = &result->answer;
    bool past = result->has_home && result->home.ends_ms < result->answered_ms;
    if (result->has_home) {
        describe_home(&result->home, &flow->overview.session, view);
    } else {
        bw_flow_set_key(view->headline, "an.unknown");
    }
    bool waits = flow->overview.ledger.waitlisted > 0 && !flow->overview.ledger.released;
    if (answer->verdict.free <= 0) {
        bw_flow_set_key(view->help, past ? "an.pastfull" : "an.full");
    } else if (past) {
        bw_flow_set_key(view->help, "an.past");
    } else if (waits && result->answered_ms < flow->overview.release_ms) {
        bw_flow_set_key(view->help, "an.wait");
        view->values.time_ms = flow->overview.release_ms;
    }
}

/* Nobody cancelled: it doesn't take place at all. */
static void
describe_called_off(const struct bw_flow *flow, const struct bw_flow_result *result,
    struct bw_result_view *view)
{
    bool other = result->answer.verdict.verdict == BW_VERDICT_OTHER_SESSION;
    if (other && result->has_home && result->home.called_off_ms != 0) {
        bw_flow_set_key(view->headline, "off.yours");
    } else if (!other && flow->overview.session.called_off_ms != 0) {
        bw_flow_set_key(view->badge, "calendar");
        bw_flow_set_key(view->headline, "off.h");
        bw_flow_set_key(view->help, "off.p");
    }
}

static void
describe_waiting(const struct bw_flow *flow, const struct bw_flow_result *result,
    struct bw_result_view *view)
{
    const struct bw_answer *answer = &result->answer;
    view->values.n = answer->verdict.position;
    view->values.m = answer->verdict.before;
    view->values.f = answer->verdict.free;
    view->values.time_ms = flow->overview.release_ms;
    view->scene =
        answer->verdict.position == 1 ? BW_SCENE_WAIT_FRONT : BW_SCENE_WAIT_BEHIND;
    view->sign = answer->verdict.free > 0 ? BW_SIGN_FREE : BW_SIGN_FULL;
    view->sign_values.n = answer->verdict.free;
    bool later = result->answered_ms < flow->overview.release_ms;
    if (answer->verdict.free >= answer->verdict.position) {
        bw_flow_set_key(view->help, "wa.p"); /* whoever of them may still come */
    } else if (answer->verdict.before > 0 && later) {
        bw_flow_set_key(view->help, "wa.p2");
    } else if (answer->verdict.free > 0) {
        bw_flow_set_key(view->help, later ? "wa.later" : "wa.staff");
    } else {
        bw_flow_set_key(view->help, "wa.fullp");
    }
}

void
bw_flow_result_describe(const struct bw_flow *flow, const struct bw_flow_result *result,
    struct bw_result_view *view)
{
    const struct bw_answer *answer = &result->answer;
    const struct look *look = look_of(answer);
    bw_flow_values_init(flow, &view->values);
    bw_flow_values_init(flow, &view->sign_values);
    view->verdict = answer->verdict.verdict;
    view->tone = look->tone;
    view->scene = look->scene;
    bw_flow_set_text(
        view->values.name, sizeof view->values.name, answer->verdict.person.first_name);
    bw_flow_set_key(view->badge, look->badge);
    bw_flow_set_key(view->kicker, look->kicker);
    bw_flow_set_key(view->headline,
        answer->verdict.person.first_name[0] ? look->headline : look->nameless);
    bw_flow_set_key(view->help, look->help);
    bw_flow_set_text(view->school, sizeof view->school, answer->verdict.person.school);
    bw_flow_set_text(view->table, sizeof view->table, answer->verdict.person.table);
    view->values.date_ms = flow->overview.session.starts_ms;
    switch ((int)answer->verdict.verdict) {
    case BW_VERDICT_WELCOME:
        describe_welcome(flow, result, view);
        break;
    case BW_VERDICT_ALREADY_IN:
        view->big_name = answer->verdict.person.first_name[0] != '\0';
        view->values.time_ms = answer->verdict.since_ms;
        bw_flow_set_key(view->help, answer->verdict.since_ms > 0 ? "al.t" : "al.t0");
        bw_flow_set_key(view->help_quiet, "al.p");
        view->school[0] = '\0';
        break;
    case BW_VERDICT_OTHER_SESSION:
        describe_other(flow, result, view);
        describe_called_off(flow, result, view);
        break;
    case BW_VERDICT_CANCELLED:
        describe_called_off(flow, result, view);
        break;
    case BW_VERDICT_WAITLISTED:
        describe_waiting(flow, result, view);
        break;
    case BW_VERDICT_TOO_EARLY:
        view->values.time_ms = view->values.date_ms = answer->verdict.opens_ms;
        view->sign = BW_SIGN_PLACE;
        view->sign_values.date_ms = view->sign_values.time_ms = answer->verdict.opens_ms;
        bw_flow_set_text(view->venue, sizeof view->venue, flow->overview.session.venue);
        break;
    }
    bool dark = look->tone == BW_TONE_WELCOME || look->tone == BW_TONE_ALREADY;
    if (dark && view->table[0] != '\0') {
        view->sign = BW_SIGN_TABLE;
    }
    if (is_veiled(answer)) {
        describe_veiled(answer, view);
    }
}

const char *
bw_flow_result_toast(const struct bw_answer *answer)
{
    static const char *const texts[BW_VERDICT_COUNT] = {
        [BW_VERDICT_NOT_A_TICKET] = "to.not",
        [BW_VERDICT_FORGED] = "to.forged",
        [BW_VERDICT_BLOCKED] = "to.blocked",
        [BW_VERDICT_REPLACED] = "to.replaced",
        [BW_VERDICT_ALREADY_IN] = "to.already",
        [BW_VERDICT_OTHER_SESSION] = "to.other",
        [BW_VERDICT_CANCELLED] = "to.cancelled",
        [BW_VERDICT_TOO_EARLY] = "to.early",
        [BW_VERDICT_SESSION_OVER] = "to.over",
        [BW_VERDICT_WAITLISTED] = "to.waiting",
        [BW_VERDICT_FULL] = "to.full",
        [BW_VERDICT_WELCOME] = "to.in",
        [BW_VERDICT_UNKNOWN] = "to.unknown",
        [BW_VERDICT_NO_AUDIENCE] = "to.audience",
    };
    return answer->verdict.certificate ? "to.cert" : texts[answer->verdict.verdict];
}

void
bw_flow_result_toast_values(const struct bw_flow *flow, const struct bw_answer *answer,
    const struct bw_session *home, struct bw_values *ret_values)
{
    bw_flow_values_init(flow, ret_values);
    const struct bw_person *person = bw_answer_person(answer);
    if (person != NULL) {
        bw_flow_set_full_name(
            ret_values->name, sizeof ret_values->name, person->first_name, person->name);
    }
    bool verdict = answer->kind == BW_ANSWER_VERDICT;
    bool waiting = answer->kind == BW_ANSWER_WAITING;
    ret_values->n = verdict ? answer->verdict.position : 0;
    ret_values->m = verdict   ? answer->verdict.before
                    : waiting ? answer->waiting.before
                              : 0;
    ret_values->time_ms = verdict ? answer->verdict.since_ms : 0;
    bw_flow_set_text(
        ret_values->place, sizeof ret_values->place, home != NULL ? home->title : "");
}
