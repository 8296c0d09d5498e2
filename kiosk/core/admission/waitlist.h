/* The order of the waitlist, and who of it is still waiting or stands at the door.
 *
 * W1 the order is sign-up time, ties by line, then code; own region first where the
 *    series says so. It is fixed when the list is sealed; only the marks change.
 * W2 a rank is the number of marked people up to and including one; O(log n), so that an
 *    answer does not get dearer with the roster.
 *
 * Private to core. One thread at a time. */
#ifndef BW_CORE_WAITLIST_H
#define BW_CORE_WAITLIST_H

#include <brugwachter/session.h>
#include <stddef.h>

struct waiter {
    bw_code code;
    int64_t signed_up_ms;
    int32_t line;
    bool own_region;
    uint32_t row; /* the caller's own number for this person */
};

struct waitlist {
    struct waiter *waiters; /* in order, once sealed */
    size_t count, capacity;
    int32_t *still; /* Fenwick trees over the order: still waiting … */
    int32_t *seen;  /* … and came to the door, not in */
    int still_count, seen_count;
};

/* A zeroed list is empty. Adds before sealing; false when there's no memory. */
bool bw_waitlist_add(struct waitlist *list, const struct waiter *waiter);

/* Puts them in order; everybody is marked as waiting, nobody as seen. */
bool bw_waitlist_seal(struct waitlist *list, bool own_region_first);
void bw_waitlist_finish(struct waitlist *list);

/* Changes the marks of a place (an index from 0) by the difference (-1, 0, 1), so that
 * their counts stay right. */
void bw_waitlist_mark(struct waitlist *list, size_t place, int still, int seen);

/* A count of those up to and including `place` (from 0) who still wait; and of those
 * before it who are seen. */
int bw_waitlist_rank(const struct waitlist *list, size_t place);
int bw_waitlist_seen_before(const struct waitlist *list, size_t place);

/* Place (from 0) of the first who is seen; list->count where nobody is. */
size_t bw_waitlist_first_seen(const struct waitlist *list);

#endif
