/* Sessions and the agenda in a step: what step.c and step_undo.c keep of them, and put
 * back. In a transaction of the central database; one thread. */
#ifndef BW_SYNC_STEP_SESSION_H
#define BW_SYNC_STEP_SESSION_H

#include "office/step.h"

/* ST2 for sessions: BW_REFUSED, with what to do, where a later step that stands changed
 * one of the step's sessions; where one that it brought has people, kiosks or events by
 * now; where the figures of one whose people it changed are fixed, or its people are
 * purged. What the database answers. */
BW_NODISCARD enum bw_status bw_step_session_check(
    struct bw_central *central, int64_t step_no, struct bw_error *err);

/* Puts the sessions and the agenda of `step_no` as they were; `own_no` is the step that
 * does it, and keeps what was until now (ST3). Kiosks hear of it. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_step_session_put_back(
    struct bw_central *central, int64_t step_no, int64_t own_no, struct bw_error *err);

#endif
