/* One person out, who asks for it: their registrations become nobody's, as purge makes
 * them, and kiosks hear of it by their next rosters. One thread. */
#ifndef BW_SYNC_FORGET_H
#define BW_SYNC_FORGET_H

#include "office/forget_rows.h"
#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What went. */
struct bw_office_forget {
    struct bw_office_forgotten gone;
    int64_t records;   /* of the person: more than 1 where some were joined */
    int64_t cancelled; /* of them, places and turns of circles still to come */
    /* What was deleted may stay readable in the file for a while: why. Status BW_OK where
     * it was overwritten. */
    struct bw_error unswept;
};

/* Forgets the person or walk-in whom `typed` means (bw_office_entry_of_typed), in one
 * transaction and one step, which can't be taken back. BW_REFUSED, naming the circle,
 * where they have a place or wait in one that is still to come, unless `anyway`: then
 * that is cancelled. BW_NOT_FOUND, also where several fit; BW_NO_MEMORY; what the
 * database answers. Nothing was changed then. */
BW_NODISCARD enum bw_status bw_office_forget(const struct bw_office *office,
    const char *typed, bool anyway, struct bw_office_forget *ret_forget,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
