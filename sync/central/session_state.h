/* Where a session stands: planned, today, held, called off, or its figures are fixed.
 * Any thread. */
#ifndef BW_SYNC_SESSION_STATE_H
#define BW_SYNC_SESSION_STATE_H

#include <brugwachter/error.h>
#include <brugwachter/session.h>

enum bw_session_state {
    BW_SESSION_PLANNED,
    BW_SESSION_TODAY, /* from the beginning of its day, at the venue, to its end */
    BW_SESSION_HELD,
    BW_SESSION_CANCELLED, /* called off */
    BW_SESSION_CLOSED,
};

/* `now_ms` is UTC. The errors of bw_zone_open. */
BW_NODISCARD enum bw_status bw_session_state_of(const struct bw_session *session,
    int64_t now_ms, enum bw_session_state *ret_state, struct bw_error *err);

/* "planned" …, as in JSON. Static; never NULL. */
const char *bw_session_state_name(enum bw_session_state state);

/* Whether it counts in sums of who came: it is over, and was not called off. */
bool bw_session_state_is_over(enum bw_session_state state);

#endif
