/* Keeping memory in step with the store (D1). Desk thread only; the desk is borrowed. */
#ifndef BW_CORE_DESK_FOLLOW_H
#define BW_CORE_DESK_FOLLOW_H

#include "state.h"

/* Brings memory up to what the store holds now; no roster yet is no error. What the store
 * answers where it fails, or BW_NO_MEMORY: then the desk is stale. */
BW_NODISCARD enum bw_status bw_desk_follow(struct bw_desk *desk, struct bw_error *err);

/* Folds one event, which is durable, into presence and ledger. BW_NO_MEMORY: then the
 * caller makes the desk stale (D2). */
BW_NODISCARD enum bw_status bw_desk_fold(
    struct bw_desk *desk, const struct bw_event *event, struct bw_error *err);

/* Chooses the session anew, and reads it, its roster and, where it is another one or the
 * desk is stale, its events. What the store answers where it fails, or BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_desk_reload(struct bw_desk *desk, struct bw_error *err);

#endif
