/* What the desk writes. Desk thread only; desk, event and details are the caller's, and
 * borrowed. */
#ifndef BW_CORE_DESK_RECORD_H
#define BW_CORE_DESK_RECORD_H

#include "state.h"

/* Appends an event, durably, and folds it; `event` and `details` (or NULL) are completed.
 * It gets a reference to the newest event known about its person (P5). On failure nothing
 * was written, and failure->not_saved is set: what the store answers, or BW_REFUSED for a
 * restored store. */
BW_NODISCARD enum bw_status bw_desk_append(struct bw_desk *desk,
    enum bw_operator operated_by, struct bw_event *event,
    struct bw_event_details *details, struct bw_failure *failure);

/* The same for a note about nobody; its number goes into the answer. The errors of
 * bw_desk_append. */
BW_NODISCARD enum bw_status bw_desk_append_note(struct bw_desk *desk,
    const struct bw_command *command, enum bw_note which, struct bw_answer *answer,
    struct bw_failure *failure);

/* Whether the PIN has to be given before anybody is found, shown or written down by name
 * (store_names.h). Where the store can't tell, what is read next fails. */
bool bw_desk_names_locked(const struct bw_desk *desk);

#endif
