/* What the organiser does to one registration: cancel, block, unblock, a new ticket.
 *
 *              cancel        block              unblock
 *   confirmed  cancelled     blocked            -
 *   waitlisted cancelled     blocked            -
 *   cancelled  (as it was)   blocked            -
 *   blocked    -             blocked, new why   what it was before; where its place is
 *                                               gone: waitlisted
 *
 * Reinstated is who had cancelled: with a place where one is free, nobody waits and there
 * is no doubt about them, else on the waitlist, with the old time.
 *
 * After its session's end nobody is cancelled or reinstated, and while it is called off
 * nobody reinstated: BW_REFUSED, with what to do.
 *
 * A blocked person's place is free for others. A new ticket is for people with a place;
 * who waits keeps theirs.
 *
 * Each is one transaction of its own, committed when it returns BW_OK; with any other
 * status nothing was changed. `typed` is a code as somebody typed it: BW_NOT_FOUND where
 * there's none, or it is no code; BW_REFUSED for a "-" above; else the errors of
 * bw_central_run and bw_central_commit. One thread. */
#ifndef BW_SYNC_REGISTRATION_H
#define BW_SYNC_REGISTRATION_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

enum bw_place_outcome {
    BW_PLACE_CANCELLED,         /* somebody who waited */
    BW_PLACE_CANCELLED_FREE,    /* somebody with a place, which is free now */
    BW_PLACE_CANCELLED_ALREADY, /* nothing was changed */
    BW_PLACE_BLOCKED,
    BW_PLACE_BLOCKED_AGAIN, /* only the reason is another one */
    BW_PLACE_UNBLOCKED,
    BW_PLACE_UNBLOCKED_WAITS, /* the place was given away meanwhile: for a look */
    BW_PLACE_REISSUED,
    BW_PLACE_REINSTATED,
    BW_PLACE_REINSTATED_WAITS, /* for a look */
};

struct bw_place_change {
    struct bw_office_registration registration; /* as it is now */
    enum bw_registration_status before;
    enum bw_place_outcome outcome;
};

enum bw_place_verb {
    BW_PLACE_CANCEL,
    BW_PLACE_REINSTATE,
    BW_PLACE_BLOCK,
    BW_PLACE_UNBLOCK,
    BW_PLACE_REISSUE,
};

/* As its step is called: "cancel". Static; never NULL. */
const char *bw_place_verb_name(enum bw_place_verb verb);

/* True where the outcome changed anything. */
bool bw_place_is_changed(enum bw_place_outcome outcome);

/* Does it to all of them in their order, as one step that undo takes back as a whole.
 * `why` is kept with the step, a block's with the registration too. What became of each
 * stands in `ret_changes` (room for `count`). Where one isn't found or refused, nobody is
 * changed; BW_BAD_INPUT for none, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_place_change_all(const struct bw_office *office,
    enum bw_place_verb verb, const char *const typed[], size_t count, const char *why,
    struct bw_place_change *ret_changes, struct bw_error *err);

/* One, by the code that somebody typed. BW_NOT_FOUND, and what the database answers:
 * all here do. */
BW_NODISCARD enum bw_status bw_place_cancel(const struct bw_office *office,
    const char *typed, struct bw_place_change *ret_change, struct bw_error *err);

/* BW_REFUSED where it isn't cancelled. */
BW_NODISCARD enum bw_status bw_place_reinstate(const struct bw_office *office,
    const char *typed, struct bw_place_change *ret_change, struct bw_error *err);

/* `why` stays in the office: BW_REFUSED where it is empty, too long or no text. */
BW_NODISCARD enum bw_status bw_place_block(const struct bw_office *office,
    const char *typed, const char *why, struct bw_place_change *ret_change,
    struct bw_error *err);

/* Lifts a block. The place that was theirs is theirs again while it is free. */
BW_NODISCARD enum bw_status bw_place_unblock(const struct bw_office *office,
    const char *typed, struct bw_place_change *ret_change, struct bw_error *err);

/* The errors of bw_office_keys and bw_place_renew_ticket too. */
BW_NODISCARD enum bw_status bw_place_reissue(const struct bw_office *office,
    const char *typed, struct bw_place_change *ret_change, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
