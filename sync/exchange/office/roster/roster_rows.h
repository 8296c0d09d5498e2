/* What one kiosk may know of one of its sessions, as rows out of the central database.
 *
 * XW1 a kiosk gets its own sessions' people, and of the other sessions of the series
 *    public facts and sealed rows; of other series nothing.
 * XW2 what was changed since revision R is what has a higher one: a revision is given
 *    under its session's own lock, so nothing is missed.
 *
 * In the caller's transaction or snapshot; one thread. */
#ifndef BW_EXCHANGE_OFFICE_ROSTER_ROWS_H
#define BW_EXCHANGE_OFFICE_ROSTER_ROWS_H

#include "central/central.h"
#include "exchange/letter/roster.h"
#include "exchange/office/kiosk_record.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_ROSTER_DIGEST_BYTES = 32 };

/* Which rows. */
struct bw_roster_want {
    uint32_t device;
    const struct bw_kiosk_session *session;
    uint64_t since;       /* revision; 0: all */
    int64_t sealed_since; /* mark of the series; 0: all */
    bool sessions;        /* the series' sessions too */
};

/* What stands in a letter besides the rows that carry a revision. */
struct bw_roster_state {
    int64_t sealed_mark;                      /* of the series */
    bool sealed_newer;                        /* a sealed row has no mark yet (SL2) */
    uint8_t sessions[BW_ROSTER_DIGEST_BYTES]; /* digest of the series' sessions */
    uint8_t rest[BW_ROSTER_DIGEST_BYTES];     /* settings, keys, agenda, peers, revoked,
                                               * orders to forget, receipt */
};

/* Gives the rows to `sink`, kind after kind; begin and end aren't called.
 * BW_NO_MEMORY, what the database answers, and what the sink fails with. */
BW_NODISCARD enum bw_status bw_roster_rows_of_central(struct bw_central *central,
    const struct bw_roster_want *want, const struct bw_roster_sink *sink,
    struct bw_error *err);

/* Sums up what has no revision, so that the next letter can tell whether it changed. What
 * only tells when somebody was heard is left out. What the database answers. */
BW_NODISCARD enum bw_status bw_roster_state_read(struct bw_central *central,
    uint32_t device, const struct bw_kiosk_session *session,
    struct bw_roster_state *ret_state, struct bw_error *err);

/* Whether rows with a revision above number `since` are there for this kiosk. What
 * the database answers. */
BW_NODISCARD enum bw_status bw_roster_rows_since(struct bw_central *central,
    uint32_t device, uint32_t session_no, uint64_t since, bool *ret_some,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
