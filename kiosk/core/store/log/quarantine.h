/* Which events of other kiosks count (design: events, and why none is lost). Core alone;
 * the store's thread. What is given is borrowed for the call; what a ret_ names is the
 * caller's, untouched on failure.
 *
 * S10 an event in quarantine is kept, and counted nowhere; it is judged again whenever
 *     what the store knows of kiosks, sessions or registrations changes. What a roster
 *     letter brought was judged or settled at the office: it counts, and stays so. */
#ifndef BW_CORE_STORE_QUARANTINE_H
#define BW_CORE_STORE_QUARANTINE_H

#include "core/store/sql.h"

/* Why. An even number of bits each, so that one that flips is none of them (S9). */
enum store_quarantine {
    STORE_COUNTS = 0,
    STORE_OTHER_SESSION = 3, /* its kiosk isn't enrolled for the event's session */
    STORE_REVOKED = 5,       /* its kiosk's word ended before */
    STORE_NEVER_ISSUED = 6,  /* of a generation above the roster's */
    STORE_NO_TIME = 9,       /* stamped before 2020, by no injected clock */
    STORE_SETTLED = 10,      /* counts by the office's word, whatever the rules say */
};
/* Whether what stands in the file counts. */
bool bw_store_quarantine_counts(int64_t value);

/* Whether a number of the file is one of these. */
bool bw_store_quarantine_is_known(int64_t value);

/* What the rules look at, read once for many events. */
struct store_rules {
    int peers_count;
    struct bw_peer peers[BW_PEERS_MAX];
};
/* Reads them. Store errors. */
BW_NODISCARD enum bw_status bw_store_rules_load(
    struct bw_store *store, struct store_rules *ret_rules, struct bw_error *err);

/* Whether an event counts, or why it doesn't. Store errors. */
BW_NODISCARD enum bw_status bw_store_judge(struct bw_store *store,
    const struct store_rules *rules, const struct bw_event *event,
    enum store_quarantine *ret_quarantine, struct bw_error *err);

/* An event that a roster letter brought counts from now on (S10), within the caller's
 * transaction; BW_NUMBER_REFOLDED rises where it didn't before. Store errors. */
BW_NODISCARD enum bw_status bw_store_settle_event(
    struct bw_store *store, const struct bw_event *event, struct bw_error *err);

/* All of them again, within the caller's transaction;
 * BW_NUMBER_REFOLDED rises where one changed. Store errors. */
BW_NODISCARD enum bw_status bw_store_judge_all(
    struct bw_store *store, struct bw_error *err);

#endif
