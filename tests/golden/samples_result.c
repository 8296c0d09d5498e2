/* Results: every verdict, and the states of it that look
 * different: see samples_parts.h. */
#include "samples_parts.h"

#include <stdio.h>
#include <string.h>

struct words {
    enum bw_verdict verdict;
    enum bw_tone tone;
    enum bw_scene scene;
    const char *badge, *kicker, *headline, *help, *name;
    int total_s;
};

static struct bw_result_view *
result(struct bw_view *view, const struct words *words)
{
    struct bw_result_view *r = &view->result;
    view->screen = BW_SCREEN_RESULT;
    r->verdict = words->verdict;
    r->tone = words->tone;
    r->scene = words->scene;
    SET(r->badge, words->badge);
    SET(r->kicker, words->kicker);
    SET(r->headline, words->headline);
    SET(r->help, words->help);
    SET(r->values.name, words->name);
    SET(r->values.kind, "leerkring");
    SET(r->values.desk, "de balie");
    r->shown_ms = MONO - 5000;
    r->total_s = words->total_s;
    r->left_s = words->total_s;
    r->left_part = 0.7F;
    bool short_stay = words->tone == BW_TONE_WELCOME || words->tone == BW_TONE_ALREADY;
    sample_button(view, BW_ACTION_DONE,
        short_stay ? BW_BUTTON_PRIMARY : BW_BUTTON_SECONDARY,
        short_stay ? "done_s" : "close_s", "");
    return r;
}

static void
quiet_staff(struct bw_view *view, enum bw_action action)
{
    sample_button(view, action, BW_BUTTON_QUIET, "staff_btn", "lock");
}

/* The person's next step is at the desk. */
static void
to_desk(struct bw_view *view)
{
    sample_button(view, BW_ACTION_TO_DESK, BW_BUTTON_PRIMARY, "go.desk", "arrow-right");
    sample_button(view, BW_ACTION_CALL, BW_BUTTON_SECONDARY, "call.b", "hand");
}

/* Nothing is left to do: closing is what there is. */
static void
only_close(struct bw_view *view)
{
    view->buttons[0].kind = BW_BUTTON_PRIMARY;
}

static const struct words welcome_words = {BW_VERDICT_WELCOME, BW_TONE_WELCOME,
    BW_SCENE_WELCOME, "check", "ok.k", "ok.h", "", "Fatima", 5};

void
sample_welcome(struct bw_view *view)
{
    struct bw_result_view *r = result(view, &welcome_words);
    r->big_name = true;
    r->sign = BW_SIGN_TABLE;
    SET(r->table, "4");
    SET(r->school, "obs De Zonnewijzer");
    sample_button(view, BW_ACTION_NOT_ME, BW_BUTTON_QUIET, "ok.notme", "");
}

void
sample_welcome_walking(struct bw_view *view)
{
    sample_welcome(view);
    view->result.shown_ms = MONO - 120;
}

void
sample_welcome_long(struct bw_view *view)
{
    sample_welcome(view);
    SET(view->result.values.name, "Anna-Sophia Wilhelmina Alexandra");
    SET(view->result.school, "Interconfessionele Openbare Basisschool De Zonnewijzer aan "
                             "de Vecht, locatie Oost");
    SET(view->result.go_to, "Ga naar de grote zaal, eerste verdieping");
    SET(view->result.table, "12 bij het raam");
}

void
sample_welcome_arabic(struct bw_view *view)
{
    sample_welcome(view);
    SET(view->result.values.name, "\xD9\x81\xD8\xA7\xD8\xB7\xD9\x85\xD8\xA9");
    SET(view->result.go_to, "De grote zaal");
}

void
sample_welcome_guest(struct bw_view *view)
{
    struct bw_result_view *r = result(view, &welcome_words);
    r->big_name = true;
    SET(r->kicker, "ok.guest");
    SET(r->badge, "people");
    SET(r->values.name, "Sjoerd");
    SET(r->school, "cbs De Wegwijzer");
}

void
sample_welcome_early(struct bw_view *view)
{
    sample_welcome(view);
    view->result.values.time_ms = AT(13, 30);
    SET(view->result.help, "ok.early");
}

void
sample_welcome_rehearsal(struct bw_view *view)
{
    sample_welcome(view);
    view->rehearsal = true;
}

void
sample_welcome_larger(struct bw_view *view)
{
    sample_welcome(view);
    view->larger = true;
}

void
sample_welcome_aloud(struct bw_view *view)
{
    sample_welcome(view);
    sample_aloud(view);
}

void
sample_already_in(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_ALREADY_IN, BW_TONE_ALREADY,
        BW_SCENE_ALREADY, "clock", "al.k", "al.h", "al.t", "Annemiek", 6};
    struct bw_result_view *r = result(view, &words);
    r->big_name = true;
    r->values.time_ms = AT(12, 58);
    r->sign = BW_SIGN_TABLE;
    SET(r->table, "2");
    sample_button(view, BW_ACTION_NOT_ME, BW_BUTTON_QUIET, "ok.notme", "");
}

static const struct words other_words = {BW_VERDICT_OTHER_SESSION, BW_TONE_OTHER,
    BW_SCENE_OTHER, "signpost", "an.k", "an.h", "an.p", "Sjoerd", 20};

void
sample_other_session(struct bw_view *view)
{
    struct bw_result_view *r = result(view, &other_words);
    r->sign = BW_SIGN_PLACE;
    r->values.date_ms = AT(13, 30) + 2 * DAY_MS;
    r->values.time_ms = AT(13, 45);
    r->sign_values.date_ms = r->values.date_ms;
    r->sign_values.time_ms = r->values.date_ms;
    SET(r->values.place, "Arnhem");
    SET(r->venue, "Buurthuis De Ark, Arnhem");
    to_desk(view);
    quiet_staff(view, BW_ACTION_STAFF_ADMIT);
}

void
sample_other_session_full(struct bw_view *view)
{
    sample_other_session(view);
    SET(view->result.help, "an.full");
    view->buttons_count = 1;
    only_close(view);
}

void
sample_other_session_nameless(struct bw_view *view)
{
    sample_other_session(view);
    SET(view->result.headline, "an.unknown");
    SET(view->result.help, "an.wait");
    view->result.values.name[0] = '\0';
}

void
sample_forged(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_FORGED, BW_TONE_HELP, BW_SCENE_UNKNOWN,
        "question", "on.k", "on.h", "on.p", "", 15};
    result(view, &words);
    sample_button(view, BW_ACTION_FIND, BW_BUTTON_PRIMARY, "on.b", "search");
    quiet_staff(view, BW_ACTION_STAFF);
}

void
sample_forged_aloud(struct bw_view *view)
{
    sample_forged(view);
    sample_aloud(view);
}

void
sample_replaced(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_REPLACED, BW_TONE_HELP,
        BW_SCENE_UNKNOWN, "ticket", "on.k", "on.rep.h", "on.rep.p", "", 15};
    result(view, &words);
    sample_button(view, BW_ACTION_FIND, BW_BUTTON_PRIMARY, "on.b", "search");
    quiet_staff(view, BW_ACTION_STAFF);
}

void
sample_blocked(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_BLOCKED, BW_TONE_HELP, BW_SCENE_HELP,
        "hand", "on.k", "on.blk.h", "", "", 15};
    result(view, &words);
    to_desk(view);
    quiet_staff(view, BW_ACTION_STAFF);
}

void
sample_cancelled(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_CANCELLED, BW_TONE_HELP, BW_SCENE_HELP,
        "list", "on.k", "on.can.h", "on.can.p", "", 15};
    result(view, &words);
    to_desk(view);
    quiet_staff(view, BW_ACTION_STAFF);
}

void
sample_too_early(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_TOO_EARLY, BW_TONE_WAIT,
        BW_SCENE_WAIT_FRONT, "door", "early.k", "early.h", "early.p", "Noor", 15};
    result(view, &words)->values.time_ms = AT(12, 30);
    only_close(view);
    quiet_staff(view, BW_ACTION_STAFF);
}

void
sample_session_over(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_SESSION_OVER, BW_TONE_HELP,
        BW_SCENE_HELP, "calendar", "over.k", "over.h", "over.p", "", 15};
    result(view, &words);
    to_desk(view);
    quiet_staff(view, BW_ACTION_STAFF);
}

static const struct words wait_words = {BW_VERDICT_WAITLISTED, BW_TONE_WAIT,
    BW_SCENE_WAIT_FRONT, "hourglass", "wa.k", "wa.h", "wa.p", "Noor", 20};

void
sample_waitlisted(struct bw_view *view)
{
    struct bw_result_view *r = result(view, &wait_words);
    r->values.n = 1;
    r->values.f = 2;
    r->sign = BW_SIGN_FREE;
    to_desk(view);
    quiet_staff(view, BW_ACTION_STAFF_ADMIT);
}

void
sample_waitlisted_behind(struct bw_view *view)
{
    struct bw_result_view *r = result(view, &wait_words);
    r->scene = BW_SCENE_WAIT_BEHIND;
    r->values.n = 4;
    r->values.m = 3;
    r->values.time_ms = AT(13, 45);
    r->sign = BW_SIGN_FULL;
    SET(r->values.name, "Zo\xC3\xAB");
    SET(r->help, "wa.p2");
    only_close(view);
    quiet_staff(view, BW_ACTION_STAFF);
}

void
sample_waitlisted_later(struct bw_view *view)
{
    sample_waitlisted_behind(view);
    view->result.values.f = view->result.sign_values.n = 1;
    view->result.sign = BW_SIGN_FREE;
    SET(view->result.help, "wa.later");
}

void
sample_full(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_FULL, BW_TONE_WAIT,
        BW_SCENE_WAIT_BEHIND, "people", "full.k", "full.h", "full.p",
        "Ay\xC5\x9F"
        "e",
        20};
    result(view, &words)->sign = BW_SIGN_FULL;
    to_desk(view);
    quiet_staff(view, BW_ACTION_STAFF);
}

void
sample_by_name(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_UNKNOWN, BW_TONE_HELP, BW_SCENE_HELP,
        "hand", "on.k", "zo.ask", "al.name", "", 15};
    result(view, &words);
    to_desk(view);
    quiet_staff(view, BW_ACTION_STAFF);
}
