/* Look-ups of a book: see book_index.h, book.h. */
#include "report/book_index.h"

#include <stdlib.h>

struct bw_book_index {
    size_t people_count, coded_count;
    const struct bw_book_person **people; /* the session's own, by code */
    struct bw_book_event **events;        /* by device, seq, then folding order */
    const struct bw_book_event **coded;   /* those with a code: by code, then folding */
};

static int
compare_codes(bw_code left, bw_code right)
{
    return (left > right) - (left < right);
}

static int
compare_ids(struct bw_event_id left, struct bw_event_id right)
{
    if (left.device != right.device) {
        return left.device < right.device ? -1 : 1;
    }
    return (left.seq > right.seq) - (left.seq < right.seq);
}

static int
by_code(const void *left, const void *right)
{
    const struct bw_book_person *const *a = left, *const *b = right;
    return compare_codes((*a)->registration.code, (*b)->registration.code);
}

static int
by_id(const void *left, const void *right)
{
    const struct bw_book_event *const *a = left, *const *b = right;
    int order = compare_ids((*a)->event.id, (*b)->event.id);
    return order ? order : (*a > *b) - (*a < *b);
}

static int
by_event_code(const void *left, const void *right)
{
    const struct bw_book_event *const *a = left, *const *b = right;
    int order = compare_codes((*a)->event.code, (*b)->event.code);
    return order ? order : (*a > *b) - (*a < *b);
}

/* The first event of this number, or the end. */
static size_t
find_event(const struct bw_book *book, struct bw_event_id id)
{
    size_t low = 0, high = book->events_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_ids(book->index->events[middle]->event.id, id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void
annul(struct bw_book *book, const struct bw_event *undone)
{
    for (int r = 0; r < undone->refs_count; r++) {
        for (size_t i = find_event(book, undone->refs[r]);
             i < book->events_count &&
             compare_ids(book->index->events[i]->event.id, undone->refs[r]) == 0;
             i++) {
            book->index->events[i]->annulled = true;
        }
    }
}

static void
fill(struct bw_book *book, struct bw_book_index *index)
{
    for (size_t i = 0; i < book->people_count; i++) {
        index->people[index->people_count++] = &book->people[i];
    }
    for (size_t i = 0; i < book->events_count; i++) {
        index->events[i] = &book->events[i];
        if (book->events[i].event.code != BW_CODE_NONE) {
            index->coded[index->coded_count++] = &book->events[i];
        }
    }
    qsort(index->people, index->people_count, sizeof index->people[0], by_code);
    qsort(index->events, book->events_count, sizeof index->events[0], by_id);
    qsort(index->coded, index->coded_count, sizeof index->coded[0], by_event_code);
}

bool
bw_book_index_make(struct bw_book *book, struct bw_book_index **ret_index)
{
    struct bw_book_index *index = calloc(1, sizeof *index);
    if (index == NULL) {
        return false;
    }
    index->people = calloc(book->people_count + 1, sizeof *index->people);
    index->events = calloc(book->events_count + 1, sizeof *index->events);
    index->coded = calloc(book->events_count + 1, sizeof *index->coded);
    if (index->people == NULL || index->events == NULL || index->coded == NULL) {
        bw_book_index_close(index);
        return false;
    }
    fill(book, index);
    *ret_index = index;
    for (size_t i = 0; i < book->events_count; i++) {
        if (book->events[i].event.kind == BW_EVENT_UNDONE) {
            annul(book, &book->events[i].event);
        }
    }
    return true;
}

void
bw_book_index_close(struct bw_book_index *index)
{
    if (index != NULL) {
        free(index->people);
        free(index->events);
        free(index->coded);
        free(index);
    }
}

/* ---- looking up ---- */

static const struct bw_book_person *
find_stranger(const struct bw_book *book, bw_code code)
{
    size_t low = 0, high = book->strangers_count; /* read by code */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (book->strangers[middle].registration.code < code) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < book->strangers_count && book->strangers[low].registration.code == code
               ? &book->strangers[low]
               : NULL;
}

const struct bw_book_person *
bw_book_person_of(const struct bw_book *book, bw_code code)
{
    struct bw_book_person wanted = {.registration = {.code = code}};
    const struct bw_book_person *key = &wanted;
    const struct bw_book_person **found = bsearch(&key, book->index->people,
        book->index->people_count, sizeof book->index->people[0], by_code);
    return found != NULL ? *found : find_stranger(book, code);
}

const struct bw_book_event *const *
bw_book_events_numbered(
    const struct bw_book *book, struct bw_event_id id, size_t *ret_count)
{
    const struct bw_book_event *const *events =
        (const struct bw_book_event *const *)book->index->events;
    size_t from = find_event(book, id), to = from;
    while (to < book->events_count && compare_ids(events[to]->event.id, id) == 0) {
        to++;
    }
    *ret_count = to - from;
    return events + from;
}

const struct bw_book_event *
bw_book_event_of(const struct bw_book *book, struct bw_event_id id)
{
    size_t count = 0;
    const struct bw_book_event *const *events = bw_book_events_numbered(book, id, &count);
    return count > 0 ? events[0] : NULL;
}

/* The first with a code of `code` and more. */
static size_t
find_coded(const struct bw_book *book, bw_code code)
{
    size_t low = 0, high = book->index->coded_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (book->index->coded[middle]->event.code < code) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const struct bw_book_event *const *
bw_book_events_of(const struct bw_book *book, bw_code code, size_t *ret_count)
{
    size_t from = find_coded(book, code), to = from;
    while (to < book->index->coded_count && book->index->coded[to]->event.code == code) {
        to++;
    }
    *ret_count = to - from;
    return book->index->coded + from;
}

bw_code
bw_book_code_of(const struct bw_book *book, struct bw_event_id event)
{
    size_t low = 0, high = book->codes_count; /* read by device and seq */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_ids(book->codes[middle].event, event) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < book->codes_count && compare_ids(book->codes[low].event, event) == 0
               ? book->codes[low].code
               : BW_CODE_NONE;
}
