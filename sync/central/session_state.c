/* Where a session stands: see session_state.h. */
#include "central/session_state.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>

static const char *const states[] = {
    [BW_SESSION_PLANNED] = BW_SAYS("planned"),
    [BW_SESSION_TODAY] = BW_SAYS("today"),
    [BW_SESSION_HELD] = BW_SAYS("held"),
    [BW_SESSION_CANCELLED] = BW_SAYS("cancelled"),
    [BW_SESSION_CLOSED] = BW_SAYS("closed"),
};

const char *
bw_session_state_name(enum bw_session_state state)
{
    return states[state];
}

bool
bw_session_state_is_over(enum bw_session_state state)
{
    return state == BW_SESSION_HELD || state == BW_SESSION_CLOSED;
}

enum bw_status
bw_session_state_of(const struct bw_session *session, int64_t now_ms,
    enum bw_session_state *ret_state, struct bw_error *err)
{
    if (session->closed_ms != 0 || session->called_off_ms != 0 ||
        now_ms >= session->ends_ms) {
        *ret_state = session->closed_ms != 0       ? BW_SESSION_CLOSED
                     : session->called_off_ms != 0 ? BW_SESSION_CANCELLED
                                                   : BW_SESSION_HELD;
        return BW_OK;
    }
    struct bw_zone *zone = NULL; /* its day is the venue's */
    enum bw_status status = bw_zone_open(session->timezone, &zone, err);
    if (status != BW_OK) {
        return status;
    }
    *ret_state = now_ms >= bw_zone_day_start(zone, session->starts_ms)
                     ? BW_SESSION_TODAY
                     : BW_SESSION_PLANNED;
    bw_zone_close(zone);
    return BW_OK;
}
