/* The queue at the door behind the waitlist: guests and walk-ins by when they came. Desk
 * thread only. People are borrowed from presence, until the next event is folded; what a
 * ret_ names is the caller's. */
#ifndef BW_CORE_DESK_DOOR_QUEUE_H
#define BW_CORE_DESK_DOOR_QUEUE_H

#include "state.h"

/* Fills at most `capacity` people in order, returns how many stand there in all. */
int bw_desk_queue(
    const struct bw_desk *desk, const struct bw_attendance **ret_queue, int capacity);

/* Rank (0: not in it) and a count of present people before, of somebody in the queue;
 * NULL, or who isn't in it: of a newcomer at its end. */
void bw_desk_queue_place(const struct bw_desk *desk,
    const struct bw_attendance *attendance, int *ret_position, int *ret_before);

#endif
