/* A registration that takes over from another one: the same person's in another session
 * (move.h), or a colleague's in the same one. The one that goes is cancelled and leads to
 * the one that follows (`followed_by`), so that mails tell of both in one and kiosks say
 * where somebody went.
 *
 * FO1 what leads somewhere leads there at once: where A led to B, and B's person goes on
 *    to C, A leads to C.
 * FO2 a status that is given anew leads nowhere any more (bw_place_set_status).
 *
 * In a transaction of office->central and in a step of the caller's. One thread. */
#ifndef BW_SYNC_FOLLOW_H
#define BW_SYNC_FOLLOW_H

#include "office/office.h"

/* Who follows. Texts are borrowed; those that are NULL are as they are of the one that
 * goes. */
struct bw_place_follower {
    uint32_t session_no;
    int64_t person_no;
    enum bw_registration_status status; /* confirmed or waitlisted */
    int64_t signed_up_ms;               /* UTC: the rank */
    const char *first_name, *name, *school, *role, *region;
    bool other_person; /* the word to staff about the one who goes isn't about them */
};

/* Cancels `goes` and makes the registration that follows, with a ticket of its own; one
 * of the same person in that session that was cancelled is it again, with the ticket that
 * it has. `goes` is filled as it is now. BW_REFUSED: they have one there that wasn't
 * cancelled, or the figures of a session are fixed; the errors of bw_office_keys and the
 * database. */
BW_NODISCARD enum bw_status bw_place_follow(const struct bw_office *office,
    struct bw_office_registration *goes, const struct bw_place_follower *follower,
    struct bw_office_registration *ret_follows, struct bw_error *err);

#endif
