/* One registration, changed by the organiser: its status, its generation. In a
 * transaction of office->central, which the caller commits, and in a step of theirs
 * (step.h); every change carries a revision, so that kiosks hear of it. One thread. */
#ifndef BW_SYNC_PLACE_CHANGE_H
#define BW_SYNC_PLACE_CHANGE_H

#include "office/office.h"

/* Gives it a status; `why` is kept for a block and emptied else. The status before a
 * block is kept with it. Fills roster.status. BW_REFUSED where the figures of its session
 * are fixed (ST5); the errors of bw_central_run. */
BW_NODISCARD enum bw_status bw_place_set_status(const struct bw_office *office,
    struct bw_office_registration *registration, enum bw_registration_status to,
    const char *why, struct bw_error *err);

/* One generation more, and its ticket. Fills roster.generation. BW_FULL after the 255th;
 * BW_REFUSED as above; the errors of bw_central_run. */
BW_NODISCARD enum bw_status bw_place_renew_ticket(const struct bw_office *office,
    const struct bw_keys *keys, struct bw_office_registration *registration,
    struct bw_error *err);

#endif
