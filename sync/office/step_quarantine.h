/* Settling what is in quarantine, as a step: an event is taken in, or thrown out, and
 * `undo` takes that back. One thread, that of the central database. */
#ifndef BW_SYNC_STEP_QUARANTINE_H
#define BW_SYNC_STEP_QUARANTINE_H

#include "office/step.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Takes the events `numbers` (borrowed) in, or throws them out: all of them or none, in
 * a transaction and a step of its own; `why` is kept with it. The same way again is done,
 * and no step. BW_NOT_FOUND where there's none of a number; BW_REFUSED, with what to do,
 * where one was settled the other way, or the figures of its session are fixed (ST5).
 * What the database answers. */
BW_NODISCARD enum bw_status bw_step_quarantine_settle(const struct bw_office *office,
    const int64_t *numbers, size_t count, bool in, const char *why, struct bw_error *err);

/* ST2 for what `step_no` said: BW_REFUSED where an event that it took in is what another
 * one refers to, or was ruled on, or was forgotten. What the database answers;
 * BW_NO_MEMORY. In a transaction. */
BW_NODISCARD enum bw_status bw_step_quarantine_check(
    struct bw_central *central, int64_t step_no, struct bw_error *err);

/* What was said before `step_no` is said again; `own_no` is the step that does it, and
 * keeps what was said until now (ST3). What the database answers; BW_NO_MEMORY. In a
 * transaction. */
BW_NODISCARD enum bw_status bw_step_quarantine_put_back(
    struct bw_central *central, int64_t step_no, int64_t own_no, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
