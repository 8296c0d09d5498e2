/* Which of its own sessions a kiosk serves now: see session.h. */
#include "session.h"

#include <string.h>

enum { MINUTE_MS = 60 * 1000 };

struct choice {
    const struct bw_desk *desk;
    int64_t now_ms;
    bool found;
    struct bw_session best;
};

int64_t
bw_desk_today_ms(const struct bw_desk *desk)
{
    return bw_zone_day_start(desk->zone, bw_desk_clock_now_ms(&desk->clock));
}

int64_t
bw_desk_session_doors_ms(const struct bw_session *session)
{
    return session->opens_ms != 0
               ? session->opens_ms
               : session->starts_ms - (int64_t)session->doors_minutes * MINUTE_MS;
}

int64_t
bw_desk_session_release_ms(const struct bw_session *session)
{
    return session->starts_ms + (int64_t)session->release_minutes * MINUTE_MS;
}

bool
bw_desk_session_is_own(const struct bw_desk *desk, const char *code)
{
    const struct bw_enrolment *enrolment = bw_store_enrolment(desk->store);
    for (int i = 0; i < enrolment->sessions_count; i++) {
        if (strcmp(enrolment->sessions[i], code) == 0) {
            return true;
        }
    }
    return false;
}

static int64_t
tolerance_ms(const struct bw_session *session)
{
    return (int64_t)session->tolerance_minutes * MINUTE_MS;
}

/* While somebody may still be let in, it isn't over. */
static bool
is_over(const struct bw_session *session, int64_t now_ms)
{
    return now_ms > session->ends_ms + tolerance_ms(session);
}

/* 0: its doors-to-end holds; 1: comes next; 2: is over. */
static int
turn_of(const struct bw_session *session, int64_t now_ms)
{
    int64_t before_ms = session->opens_ms != 0 ? tolerance_ms(session) : 0;
    if (is_over(session, now_ms)) {
        return 2;
    }
    return now_ms >= bw_desk_session_doors_ms(session) - before_ms ? 0 : 1;
}

static bool
goes_before(const struct bw_session *a, const struct bw_session *b, int64_t now_ms)
{
    int turn = turn_of(a, now_ms);
    int other = turn_of(b, now_ms);
    if (turn != other) {
        return turn < other;
    }
    /* the latest of those that are over, else the earliest */
    return turn == 2 ? a->starts_ms > b->starts_ms : a->starts_ms < b->starts_ms;
}

static bool
on_session(const struct bw_session *session, void *context)
{
    struct choice *choice = context;
    if (bw_desk_session_is_own(choice->desk, session->code) &&
        (!choice->found || goes_before(session, &choice->best, choice->now_ms))) {
        choice->best = *session;
        choice->found = true;
    }
    return true;
}

static enum bw_status
find_wanted(const struct bw_desk *desk, struct bw_session *ret_session, bool *ret_found,
    struct bw_error *err)
{
    if (!bw_desk_session_is_own(desk, desk->wanted)) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "Serving session %s failed: this kiosk was not enrolled for it. Choose a "
            "session of its own, or enrol it again with this one.",
            desk->wanted);
    }
    struct bw_session session;
    enum bw_status status =
        bw_store_session_by_code(desk->store, desk->wanted, &session, err);
    if (status == BW_NOT_FOUND) { /* its roster has not come yet */
        *ret_found = false;
        return BW_OK;
    }
    if (status == BW_OK) {
        *ret_session = session;
        *ret_found = true;
    }
    return status;
}

enum bw_status
bw_desk_session_choose(struct bw_desk *desk, struct bw_session *ret_session,
    bool *ret_found, struct bw_error *err)
{
    if (desk->wanted[0] != '\0') {
        return find_wanted(desk, ret_session, ret_found, err);
    }
    struct choice choice = {.desk = desk, .now_ms = bw_desk_clock_now_ms(&desk->clock)};
    enum bw_status status = bw_store_sessions(desk->store, on_session, &choice, err);
    if (status != BW_OK) {
        return status;
    }
    *ret_found = choice.found;
    if (choice.found) {
        *ret_session = choice.best;
    }
    return BW_OK;
}

/* A session that ended gives way to the next one of the same day at once, as for a kiosk
 * that is started then. Without one it keeps the kiosk until its day is over, for staff
 * still count, send and close. */
bool
bw_desk_session_is_due(struct bw_desk *desk)
{
    int64_t now_ms = bw_desk_clock_now_ms(&desk->clock);
    if (desk->wanted[0] != '\0' || !desk->has_roster ||
        !is_over(&desk->session, now_ms)) {
        return false;
    }
    struct bw_session other;
    bool found = false;
    if (bw_desk_session_choose(desk, &other, &found, NULL) != BW_OK || !found ||
        other.session_no == desk->session.session_no) {
        return false;
    }
    int64_t today_ms = bw_zone_day_start(desk->zone, now_ms);
    bool same_day = bw_zone_day_start(desk->zone, other.starts_ms) <= today_ms;
    return (same_day && turn_of(&other, now_ms) < 2) || turn_of(&other, now_ms) == 0 ||
           today_ms > desk->session.ends_ms;
}
