/* The queue at the door: see door_queue.h. */
#include "door_queue.h"

#include <stdlib.h>

static bool
stands_in_queue(const struct bw_desk *desk, const struct bw_attendance *who)
{
    return who->waiting && !who->in &&
           bw_ledger_find(&desk->ledger, who->subject.code) == NULL;
}

static int
compare_waiting(const void *left, const void *right)
{
    const struct bw_attendance *a = *(const struct bw_attendance *const *)left;
    const struct bw_attendance *b = *(const struct bw_attendance *const *)right;
    if (a->waiting_hlc != b->waiting_hlc) {
        return a->waiting_hlc < b->waiting_hlc ? -1 : 1;
    }
    if (a->waiting_event.device != b->waiting_event.device) {
        return a->waiting_event.device < b->waiting_event.device ? -1 : 1;
    }
    return a->waiting_event.seq < b->waiting_event.seq ? -1 : 1;
}

int
bw_desk_queue(
    const struct bw_desk *desk, const struct bw_attendance **ret_queue, int capacity)
{
    int count = 0;
    for (size_t i = 0; i < bw_presence_size(desk->presence); i++) {
        const struct bw_attendance *who = bw_presence_at(desk->presence, i);
        if (!stands_in_queue(desk, who)) {
            continue;
        }
        if (count < capacity) {
            ret_queue[count] = who;
        }
        count++;
    }
    if (count > 0 && capacity > 0) {
        qsort(ret_queue, (size_t)(count < capacity ? count : capacity),
            sizeof(*ret_queue), compare_waiting);
    }
    return count;
}

void
bw_desk_queue_place(const struct bw_desk *desk, const struct bw_attendance *attendance,
    int *ret_position, int *ret_before)
{
    int ahead = 0;
    bool in_queue = attendance != NULL && stands_in_queue(desk, attendance);
    for (size_t i = 0; i < bw_presence_size(desk->presence); i++) {
        const struct bw_attendance *who = bw_presence_at(desk->presence, i);
        ahead += who != attendance && stands_in_queue(desk, who) &&
                 (!in_queue || compare_waiting(&who, &attendance) < 0);
    }
    *ret_position = in_queue ? desk->ledger.waitlist.still_count + ahead + 1 : 0;
    *ret_before = desk->ledger.waitlist.seen_count + ahead;
}
