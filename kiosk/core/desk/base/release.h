/* The release of places that are held, and the sums of the ledger. Desk thread only; the
 * desk is borrowed. */
#ifndef BW_CORE_DESK_RELEASE_H
#define BW_CORE_DESK_RELEASE_H

#include "state.h"

/* Sums the ledger, lead included. There is a roster, and the desk isn't stale. */
void bw_desk_sum(struct bw_desk *desk, struct bw_ledger *ret_sum);

/* Records the release where the clock says so and every other kiosk was heard since. What
 * can't be written now is tried again with the next command. */
void bw_desk_release_by_clock(struct bw_desk *desk);

#endif
