/* Who lost their place by a step, and doesn't get it back by taking that back: it was
 * given to somebody else meanwhile. What is left is the waiting list. One thread. */
#ifndef BW_SYNC_LOST_H
#define BW_SYNC_LOST_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

struct bw_place_lost {
    struct bw_office_registration registration; /* as it is: cancelled or blocked */
    char session_title[BW_TITLE_BYTES];
    /* who got a place there last, since the step; both "": nobody that is known */
    char taken_first_name[BW_NAME_BYTES], taken_name[BW_NAME_BYTES];
    int64_t number; /* on the waiting list, were they on it with their old time */
};
/* False ends the walk. Borrowed for the call. */
typedef bool bw_place_lost_each(const struct bw_place_lost *lost, void *context);

/* Walks them for the step with this number, by session and code; nobody where it is none,
 * or the places are free. For who was refused by bw_step_undo. BW_NO_MEMORY, what the
 * database answers. */
BW_NODISCARD enum bw_status bw_place_lost_walk(const struct bw_office *office,
    int64_t step_no, bw_place_lost_each *each, void *context, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
