/* The order of the waitlist: see waitlist.h. */
#include "waitlist.h"

#include <assert.h>
#include <stdlib.h>

bool
bw_waitlist_add(struct waitlist *list, const struct waiter *waiter)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 64 : list->capacity * 2;
        struct waiter *grown = realloc(list->waiters, capacity * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        list->waiters = grown;
        list->capacity = capacity;
    }
    list->waiters[list->count++] = *waiter;
    return true;
}

static int
compare_sign_up(const void *left, const void *right)
{
    const struct waiter *a = left;
    const struct waiter *b = right;
    if (a->signed_up_ms != b->signed_up_ms) {
        return a->signed_up_ms < b->signed_up_ms ? -1 : 1;
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return a->code < b->code ? -1 : a->code > b->code;
}

static int
compare_region(const void *left, const void *right)
{
    const struct waiter *a = left;
    const struct waiter *b = right;
    if (a->own_region != b->own_region) {
        return a->own_region ? -1 : 1;
    }
    return compare_sign_up(left, right);
}

/* Fenwick (1994): tree[i] holds the sum of the i & -i marks that end at i, from 1. */
static void
tree_add(int32_t *tree, size_t count, size_t place, int difference)
{
    for (size_t i = place + 1; i <= count; i += i & (~i + 1)) {
        tree[i] += difference;
    }
}

static int
tree_sum(const int32_t *tree, size_t places)
{
    int sum = 0;
    for (size_t i = places; i > 0; i -= i & (~i + 1)) {
        sum += tree[i];
    }
    return sum;
}

bool
bw_waitlist_seal(struct waitlist *list, bool own_region_first)
{
    list->still = calloc(list->count + 1, sizeof *list->still);
    list->seen = calloc(list->count + 1, sizeof *list->seen);
    if (list->still == NULL || list->seen == NULL) {
        return false;
    }
    if (list->count > 0) {
        qsort(list->waiters, list->count, sizeof *list->waiters,
            own_region_first ? compare_region : compare_sign_up);
    }
    for (size_t place = 0; place < list->count; place++) {
        bw_waitlist_mark(list, place, 1, 0);
    }
    return true;
}

void
bw_waitlist_finish(struct waitlist *list)
{
    free(list->waiters);
    free(list->still);
    free(list->seen);
    *list = (struct waitlist){0};
}

void
bw_waitlist_mark(struct waitlist *list, size_t place, int still, int seen)
{
    if (still != 0) {
        tree_add(list->still, list->count, place, still);
        assert(list->still_count + still >= 0); /* W1: only the marks change */
        list->still_count += still;
    }
    if (seen != 0) {
        tree_add(list->seen, list->count, place, seen);
        list->seen_count += seen;
    }
}

int
bw_waitlist_rank(const struct waitlist *list, size_t place)
{
    return tree_sum(list->still, place + 1);
}

int
bw_waitlist_seen_before(const struct waitlist *list, size_t place)
{
    return tree_sum(list->seen, place);
}

size_t
bw_waitlist_first_seen(const struct waitlist *list)
{
    if (list->seen_count == 0) {
        return list->count;
    }
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tree_sum(list->seen, middle + 1) > 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}
