/* The round of the office: letters in before a command that states figures, roster
 * letters out after one that changes what kiosks hold (design.md, carriers).
 *
 * XN1 a carrier that fails or takes too long is noted, and never makes the command fail.
 * XN2 nothing new writes nothing: no letter, no revision.
 * XN3 only the office removes: events and introductions a week after they were taken, and
 *    once every live kiosk of their sessions stated them or the session is over; rosters
 *    once a newer one went and the kiosk stated as much; a hello, where its kiosk may not
 *    (PostgreSQL), once a newer one came.
 *
 * One thread, that of the central database, in no transaction. */
#ifndef BW_EXCHANGE_OFFICE_ROUND_H
#define BW_EXCHANGE_OFFICE_ROUND_H

#include "exchange/office/merge/merge.h"
#include "exchange/office/post.h"
#include "exchange/office/roster/roster_out.h"
#include "exchange/office/summary.h"

#ifdef __cplusplus
extern "C" {
#endif

/* So long a carrier is read from, and written to. */
enum { BW_ROUND_CARRIER_MS = 5000 };

/* So long a letter that was taken stays on its carrier. */
#define BW_ROUND_KEPT_MS (INT64_C(7) * 86400000)

/* Takes in what the carriers hold, BW_ROUND_CARRIER_MS each at most; the summary is added
 * to. Fails for the database alone: BW_BUSY, BW_FULL, BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_round_in(const struct bw_exchange_post *post,
    struct bw_round_summary *summary, struct bw_error *err);

/* Puts roster letters for the kiosks of sessions that aren't over, and for those that
 * wait for a receipt; then removes what XN3 says. As bw_round_in. */
BW_NODISCARD enum bw_status bw_round_out(const struct bw_exchange_post *post,
    struct bw_round_summary *summary, struct bw_error *err);

/* Takes letters from what a stick holds: a letter, or a folder of letters. BW_NOT_FOUND:
 * it isn't there. Else as bw_round_in. */
BW_NODISCARD enum bw_status bw_round_stick(const struct bw_exchange_post *post,
    const char *path, struct bw_round_summary *summary, struct bw_error *err);

/* Takes letters whose bytes are here: the files of a stick, as a browser gives them. They
 * are put in order, introductions first; each outcome is written. As bw_round_in. */
BW_NODISCARD enum bw_status bw_round_given(const struct bw_exchange_post *post,
    struct bw_merge_item *items, size_t count, struct bw_round_summary *summary,
    struct bw_error *err);

/* Writes roster letters into a folder: of `device` (0: of every live kiosk), for all of
 * its sessions; whole, or (`whole` false) what changed since what it holds, with
 * receipts. *ret_counts (may be NULL) are the rows of the last one. BW_NOT_FOUND: no such
 * kiosk, or no such folder. BW_REFUSED: it was revoked.
 * BW_FULL, BW_READ_ONLY, BW_IO, BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_round_pack(const struct bw_exchange_post *post,
    uint32_t device, const char *folder, bool whole, struct bw_round_summary *summary,
    struct bw_roster_counts *ret_counts, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
