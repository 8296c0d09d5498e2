/* Free places to people who wait, in the order of offers: by sign-up time over all forms,
 * ties by line; own region first only where the series says so; or one to somebody whose
 * turn it isn't, with a reason. One thread. */
#ifndef BW_SYNC_PROMOTE_H
#define BW_SYNC_PROMOTE_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Who got a place, in order. A zeroed one is empty. */
struct bw_place_promotion {
    struct bw_session session;
    struct bw_office_registration *promoted; /* owned */
    size_t promoted_count;
    int64_t free_places; /* that are left, the next among them */
    int64_t kept;        /* for people in doubt, whose turn it was */
    size_t waiting;      /* who still wait */
    size_t passed;       /* who wait before the one who was chosen, and still do */
};

/* Gives at most `count` free places of the session with this code, and a new ticket with
 * each, in one transaction. BW_NOT_FOUND for the session; BW_REFUSED, with what to do,
 * where it is over, called off, or its figures are fixed; the errors of bw_office_keys,
 * bw_place_renew_ticket and the database; nothing was changed then. The caller finishes
 * what BW_OK gives. */
BW_NODISCARD enum bw_status bw_place_promote(const struct bw_office *office,
    const char *session_code, int64_t count, struct bw_place_promotion *ret_promotion,
    struct bw_error *err);

/* Gives one free place to the one who is meant by `typed` (a code, or what bw_office_find
 * finds one by), whoever waits before them, with a new ticket; a step of "promote", with
 * `why`. BW_REFUSED, with what to do: they don't wait in that session, are in doubt, no
 * place is free, or `why` is empty though it isn't their turn, too long or no text
 * (bw_error.given "why"); and all that bw_place_promote answers. BW_NOT_FOUND for them,
 * too. Nothing was changed then. */
BW_NODISCARD enum bw_status bw_place_promote_chosen(const struct bw_office *office,
    const char *session_code, const char *typed, const char *why,
    struct bw_place_promotion *ret_promotion, struct bw_error *err);
void bw_place_promotion_finish(struct bw_place_promotion *promotion);

#ifdef __cplusplus
}
#endif

#endif
