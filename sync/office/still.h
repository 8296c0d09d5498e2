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

/* Begins the step of a setting: its transaction, the lock of what changes one after
 * another (C3; of what is settled the last that stands counts), and the look
 * (bw_office.still, where somebody saw something). BW_BUSY where it isn't as it was
 * seen; the errors of the look, what the database answers. The caller commits, and rolls
 * back, whatever this gave. */
BW_NODISCARD enum bw_status bw_office_still_begin(
    const struct bw_office *office, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
