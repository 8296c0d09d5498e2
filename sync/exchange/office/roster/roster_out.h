/* Roster letters of one kiosk and one session: whole, or what changed since the revision
 * that its newest hello states.
 *
 * XR1 each letter takes a revision of its session of its own, so TO is unique and rises.
 * XR2 what went is noted (letter_out) in the same transaction, before anything is put: a
 *    letter that got lost in between is made anew under the next revision.
 * XR3 until its introduction came, a kiosk's letters are sealed to its one-time key.
 *
 * One thread, that of the central database. */
#ifndef BW_EXCHANGE_OFFICE_ROSTER_OUT_H
#define BW_EXCHANGE_OFFICE_ROSTER_OUT_H

#include "exchange/letter/name.h"
#include "exchange/letter/roster.h"
#include "exchange/office/kiosk_record.h"
#include "exchange/office/post.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where a letter goes; in letter_out.place. */
#define BW_PLACE_CARRIER "carrier"
#define BW_PLACE_STICK "stick"

struct bw_roster_made {
    char name[BW_LETTER_NAME_BYTES];
    unsigned char *bytes;
    size_t length;
};

/* The letters of one roster, in the order of their parts. A zeroed one is empty. */
struct bw_roster_out {
    uint64_t from, to; /* revisions; from 0: whole */
    int count;
    struct bw_roster_made *letters;
    struct bw_roster_counts counts;
};
void bw_roster_out_finish(struct bw_roster_out *out);

/* Makes them, in the caller's transaction, and notes them for `place`. `whole` asks for
 * all there is; else it is what changed since what the kiosk holds, where this database
 * gave it that. BW_REFUSED for a kiosk that was revoked.
 * BW_FULL, BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_roster_out_make(const struct bw_exchange_post *post,
    const struct bw_kiosk_record *kiosk, const struct bw_kiosk_session *session,
    bool whole, const char *place, struct bw_roster_out *ret_out, struct bw_error *err);

/* The newest roster that went to a kiosk by carrier, in the epoch of now. */
struct bw_roster_last {
    bool found;
    uint64_t to;
    uint64_t receipt_seq;
    int64_t sealed_mark;
    uint8_t sessions[32], rest[32]; /* digests (roster_rows.h) */
};
/* Reads it; `found` is false, and all else zero, where none went. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_roster_last_read(struct bw_central *central,
    uint32_t device, uint32_t session_no, const char *place,
    struct bw_roster_last *ret_last, struct bw_error *err);

/* Whether there is nothing to tell that `last` didn't. What the database answers. */
BW_NODISCARD enum bw_status bw_roster_is_told(struct bw_central *central, uint32_t device,
    const struct bw_kiosk_session *session, const struct bw_roster_last *last,
    bool *ret_told, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
