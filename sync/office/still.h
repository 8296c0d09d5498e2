/* What somebody saw before they settled something, looked at once more by the step that
 * does it, under its locks: so nothing that another settled meanwhile is written over.
 * One thread. */
#ifndef BW_SYNC_OFFICE_STILL_H
#define BW_SYNC_OFFICE_STILL_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Borrowed; the look reads the office's own database, and changes nothing. */
struct bw_office_still {
    enum bw_status (*look)(void *context, bool *ret_still, struct bw_error *err);
    void *context;
};

/* Whether all is as it was seen, where somebody saw it (bw_office.still). BW_BUSY where
 * it isn't; the errors of the look. In a step, after its locks. */
BW_NODISCARD enum bw_status bw_office_still_check(
    const struct bw_office *office, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
