/* How far this kiosk's clock is from the others', as letters prove it (design: in and
 * attended): what was written after something of ours can't be stamped before it, but by
 * a clock that is behind ours. Desk thread only. */
#ifndef BW_CORE_DESK_CLOCK_GAP_H
#define BW_CORE_DESK_CLOCK_GAP_H

#include "state.h"

/* Looks at the newest letter's receipt: whether it holds what we stamped later than the
 * letter was made. What the store answers where it fails; the desk's gap is then as it
 * was. */
BW_NODISCARD enum bw_status bw_desk_clock_gap_read(
    struct bw_desk *desk, struct bw_error *err);

/* By how many ms our clock is ahead of another's (below 0: behind it), at least; 0 where
 * that is under two minutes, not known, or our clock was given. Of all the farthest, in
 * *ret_device (the caller's) the kiosk whose clock it is; 0: the office's. */
int64_t bw_desk_clock_gap_ms(const struct bw_desk *desk, uint32_t *ret_device);

#endif
