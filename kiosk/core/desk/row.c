/* The row at the door: see row.h. */
#include "row.h"

#include <stdlib.h>

static bool
stands_in_row(const struct bw_desk *desk, const struct bw_attendance *who)
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
bw_desk_row(const struct bw_desk *desk, const struct bw_attendance **ret_row, int room)
{
    int count = 0;
    for (size_t i = 0; i < bw_presence_size(desk->presence); i++) {
        const struct bw_attendance *who = bw_presence_at(desk->presence, i);
        if (!stands_in_row(desk, who)) {
            continue;
        }
        if (count < room) {
            ret_row[count] = who;
        }
        count++;
    }
    if (count > 0 && room > 0) {
        qsort(ret_row, (size_t)(count < room ? count : room), sizeof(*ret_row),
            compare_waiting);
    }
    return count;
}

void
bw_desk_row_place(const struct bw_desk *desk, const struct bw_attendance *attendance,
    int *ret_position, int *ret_before)
{
    int ahead = 0;
    bool in_row = attendance != NULL && stands_in_row(desk, attendance);
    for (size_t i = 0; i < bw_presence_size(desk->presence); i++) {
        const struct bw_attendance *who = bw_presence_at(desk->presence, i);
        ahead += who != attendance && stands_in_row(desk, who) &&
                 (!in_row || compare_waiting(&who, &attendance) < 0);
    }
    *ret_position = in_row ? desk->ledger.waitlist.still_count + ahead + 1 : 0;
    *ret_before = desk->ledger.waitlist.seen_count + ahead;
}
