/* Which of its own sessions a kiosk serves now, and its times. Desk thread only. */
#ifndef BW_CORE_DESK_SESSION_H
#define BW_CORE_DESK_SESSION_H

#include "state.h"

/* Whether this kiosk is enrolled for it. */
bool bw_desk_session_is_own(const struct bw_desk *desk, const char *code);

/* Picks the active session; *ret_found is false where the store holds none of its own.
 * BW_NOT_FOUND where another kiosk's was asked for; else what the store answers. */
BW_NODISCARD enum bw_status bw_desk_session_choose(struct bw_desk *desk,
    struct bw_session *ret_session, bool *ret_found, struct bw_error *err);

/* True where the session was chosen by the clock and another one's turn has come. */
bool bw_desk_session_is_due(struct bw_desk *desk);

/* When the local day began that it is now: UTC in ms. */
int64_t bw_desk_today_ms(const struct bw_desk *desk);

/* When its doors open, and when its places are released by the clock: UTC in ms. */
int64_t bw_desk_session_doors_ms(const struct bw_session *session);
int64_t bw_desk_session_release_ms(const struct bw_session *session);

#endif
