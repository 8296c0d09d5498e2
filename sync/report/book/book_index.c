/* Look-ups of a book: see book_index.h, book.h.
 *
 * Rows are large: a search that went from row to row would wait for memory at each step,
 * and for longer the more there are. So it goes over keys that lie together. */
#include "report/book/book_index.h"

#include <stdlib.h>

/* A code and 0, or a device and seq; `place` is the row's in the book, strangers' after
 * all people's. */
struct book_key {
    uint64_t major, minor;
    size_t place;
};

struct book_keys {
    size_t count;
    struct book_key *items; /* sorted: rows of one key stay in the book's order */
};

struct bw_book_index {
    struct book_keys people, walk_ins;
    struct book_keys numbers, codes;       /* of events */
    const struct bw_book_event **numbered; /* in the order of `numbers` */
    const struct bw_book_event **coded;    /* in the order of `codes` */
};

static int
compare_keys(const struct book_key *a, uint64_t major, uint64_t minor)
{
    if (a->major != major) {
        return a->major < major ? -1 : 1;
    }
    return (a->minor > minor) - (a->minor < minor);
}

static int
by_key(const void *left, const void *right)
{
    const struct book_key *a = left, *b = right;
    int order = compare_keys(a, b->major, b->minor);
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

/* Where a key's rows begin; *ret_count may be 0. */
static size_t
find(const struct book_keys *keys, uint64_t major, uint64_t minor, size_t *ret_count)
{
    size_t low = 0, high = keys->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_keys(&keys->items[middle], major, minor) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while (high < keys->count && compare_keys(&keys->items[high], major, minor) == 0) {
        high++;
    }
    *ret_count = high - low;
    return low;
}

static void
put(struct book_keys *keys, uint64_t major, uint64_t minor, size_t place)
{
    keys->items[keys->count++] = (struct book_key){major, minor, place};
}

static void
sort(struct book_keys *keys)
{
    qsort(keys->items, keys->count, sizeof keys->items[0], by_key);
}

static void
fill(const struct bw_book *book, struct bw_book_index *index)
{
    for (size_t i = 0; i < book->people_count; i++) {
        put(&index->people, book->people[i].registration.code, 0, i);
    }
    for (size_t i = 0; i < book->strangers_count; i++) {
        put(&index->people, book->strangers[i].registration.code, 0,
            book->people_count + i);
    }
    for (size_t i = 0; i < book->codes_count; i++) {
        put(&index->walk_ins, book->codes[i].event.device, book->codes[i].event.seq, i);
    }
    for (size_t i = 0; i < book->events_count; i++) {
        const struct bw_event *event = &book->events[i].event;
        put(&index->numbers, event->id.device, event->id.seq, i);
        if (event->code != BW_CODE_NONE) {
            put(&index->codes, event->code, 0, i);
        }
    }
    sort(&index->people);
    sort(&index->walk_ins);
    sort(&index->numbers);
    sort(&index->codes);
    for (size_t i = 0; i < index->numbers.count; i++) {
        index->numbered[i] = &book->events[index->numbers.items[i].place];
    }
    for (size_t i = 0; i < index->codes.count; i++) {
        index->coded[i] = &book->events[index->codes.items[i].place];
    }
}

static void
annul(struct bw_book *book, const struct bw_book_index *index,
    const struct bw_event *undone)
{
    for (int r = 0; r < undone->refs_count; r++) {
        size_t count = 0;
        size_t from =
            find(&index->numbers, undone->refs[r].device, undone->refs[r].seq, &count);
        for (size_t i = from; i < from + count; i++) {
            book->events[index->numbers.items[i].place].annulled = true;
        }
    }
}

static bool
room_make(const struct bw_book *book, struct bw_book_index *index)
{
    size_t people = book->people_count + book->strangers_count + 1;
    size_t events = book->events_count + 1;
    index->people.items = calloc(people, sizeof *index->people.items);
    index->walk_ins.items = calloc(book->codes_count + 1, sizeof *index->walk_ins.items);
    index->numbers.items = calloc(events, sizeof *index->numbers.items);
    index->codes.items = calloc(events, sizeof *index->codes.items);
    index->numbered = calloc(events, sizeof *index->numbered);
    index->coded = calloc(events, sizeof *index->coded);
    return index->people.items != NULL && index->walk_ins.items != NULL &&
           index->numbers.items != NULL && index->codes.items != NULL &&
           index->numbered != NULL && index->coded != NULL;
}

bool
bw_book_index_make(struct bw_book *book, struct bw_book_index **ret_index)
{
    struct bw_book_index *index = calloc(1, sizeof *index);
    if (index == NULL || !room_make(book, index)) {
        bw_book_index_close(index);
        return false;
    }
    fill(book, index);
    for (size_t i = 0; i < book->events_count; i++) {
        if (book->events[i].event.kind == BW_EVENT_UNDONE) {
            annul(book, index, &book->events[i].event);
        }
    }
    *ret_index = index;
    return true;
}

void
bw_book_index_close(struct bw_book_index *index)
{
    if (index != NULL) {
        free(index->people.items);
        free(index->walk_ins.items);
        free(index->numbers.items);
        free(index->codes.items);
        free(index->numbered);
        free(index->coded);
        free(index);
    }
}

/* ---- looking up ---- */

const struct bw_book_person *
bw_book_person_of(const struct bw_book *book, bw_code code)
{
    const struct book_keys *keys = &book->index->people;
    size_t count = 0;
    size_t at = find(keys, code, 0, &count);
    size_t place = count > 0 ? keys->items[at].place : 0;
    if (count == 0) {
        return NULL;
    }
    return place < book->people_count ? &book->people[place]
                                      : &book->strangers[place - book->people_count];
}

const struct bw_book_event *const *
bw_book_events_numbered(
    const struct bw_book *book, struct bw_event_id id, size_t *ret_count)
{
    return book->index->numbered +
           find(&book->index->numbers, id.device, id.seq, ret_count);
}

const struct bw_book_event *
bw_book_event_of(const struct bw_book *book, struct bw_event_id id)
{
    size_t count = 0;
    const struct bw_book_event *const *events = bw_book_events_numbered(book, id, &count);
    return count > 0 ? events[0] : NULL;
}

const struct bw_book_event *const *
bw_book_events_of(const struct bw_book *book, bw_code code, size_t *ret_count)
{
    return book->index->coded + find(&book->index->codes, code, 0, ret_count);
}

bw_code
bw_book_code_of(const struct bw_book *book, struct bw_event_id event)
{
    const struct book_keys *keys = &book->index->walk_ins;
    size_t count = 0;
    size_t at = find(keys, event.device, event.seq, &count);
    return count > 0 ? book->codes[keys->items[at].place].code : BW_CODE_NONE;
}
