/* Who waits for a place of a session, in the order of offers: by sign-up time over all
 * forms, ties by line; own region first only where the series says so. One thread. */
#ifndef BW_SYNC_WAITING_H
#define BW_SYNC_WAITING_H

#include "office/office.h"

struct bw_place_waiter {
    bw_code code;
    bool in_doubt; /* the place that would be theirs is kept, and not given */
};

/* Zeroed is empty. */
struct bw_place_waiting {
    struct bw_place_waiter *waiters; /* owned */
    size_t count, capacity;
    size_t doubts; /* of them */
};

/* Reads them all. BW_NO_MEMORY; what the database answers. The caller finishes what BW_OK
 * gives. */
BW_NODISCARD enum bw_status bw_place_waiting_read(struct bw_central *central,
    const struct bw_session *session, struct bw_place_waiting *ret_waiting,
    struct bw_error *err);
void bw_place_waiting_finish(struct bw_place_waiting *waiting);

/* The number that the one with this code has there, or would have, with the sign-up time
 * that they have: 1 is next. 0 where they aren't of that session. Errors as above. */
BW_NODISCARD enum bw_status bw_place_waiting_would_be(struct bw_central *central,
    const struct bw_session *session, bw_code code, int64_t *ret_number,
    struct bw_error *err);

/* The number of the one with this code: 1 is next. 0 where they don't wait. */
int64_t bw_place_waiting_number(const struct bw_place_waiting *waiting, bw_code code);

/* The first whom a place may be given to; BW_CODE_NONE where there's none. */
bw_code bw_place_waiting_next(const struct bw_place_waiting *waiting);

/* Whether somebody who signs up now gets a place: one is free beside those that are kept
 * for people in doubt, and nobody else waits. */
bool bw_place_waiting_leaves_place(
    const struct bw_place_waiting *waiting, int64_t free_places);

#endif
