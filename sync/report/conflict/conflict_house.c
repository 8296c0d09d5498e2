/* A house over its capacity, at any moment, and one of another day: see
 * conflict_finder.h.
 *
 * Everybody's comings and goings, as the fold of all events knows them, are put in the
 * order of the stamps and counted up. So what was undone later was never a person too
 * many, and it costs O(n log n) however the clocks of the kiosks differ. */
#include "report/conflict/conflict_finder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a turn stands among the book's events. */
struct house_turn {
    size_t place, order; /* by place; one person's at one place as they were folded */
    bool in;
    const struct bw_event *event; /* borrowed from the book */
};

struct house {
    const struct bw_book *book;
    size_t count;
    struct house_turn *turns; /* room for the book's events */
    size_t person;            /* whose turn was the last */
};

static int
by_place(const void *left, const void *right)
{
    const struct house_turn *a = left, *b = right;
    if (a->place != b->place) {
        return a->place < b->place ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

/* A turn that its stamp puts before the person's last one stands right after that. */
static void
on_turn(const struct bw_presence_turn *turn, void *context)
{
    struct house *house = context;
    size_t count = 0, at = 0;
    const struct bw_book_event *const *events =
        bw_book_events_numbered(house->book, turn->id, &count);
    while (at < count && memcmp(events[at]->event.hash, turn->hash, BW_HASH_BYTES) != 0) {
        at++;
    }
    if (at == count || house->count == house->book->events_count) {
        return; /* not of this book */
    }
    struct house_turn *place = &house->turns[house->count];
    *place = (struct house_turn){(size_t)(events[at] - house->book->events), house->count,
        turn->in, &events[at]->event};
    if (house->count > 0 && house->person == turn->person &&
        place[-1].place > place->place) {
        place->place = place[-1].place;
    }
    house->person = turn->person;
    house->count++;
}

/* Gathers who came in over the capacity; says how many were in at most. */
static int
fill(struct bw_finder *finder, const struct house *house, struct bw_gathering *gathering)
{
    const struct bw_session *session = &house->book->session;
    int in = 0, most = 0;
    for (size_t i = 0; i < house->count; i++) {
        const struct house_turn *turn = &house->turns[i];
        in += turn->in ? 1 : -1;
        most = in > most ? in : most;
        bool extra = turn->event->flags & BW_EVENT_OVERRIDE;
        if (turn->in && in > session->capacity + (extra ? session->extra_places : 0)) {
            bw_finder_gather(finder, gathering, turn->event->id);
        }
    }
    return most;
}

void
bw_finder_moved(struct bw_finder *finder)
{
    const struct bw_book *book = finder->book;
    struct bw_gathering gathering = {0};
    char seen[BW_SEEN_BYTES], count[24];
    for (size_t i = 0; i < book->events_count; i++) {
        const struct bw_book_event *event = &book->events[i];
        if (event->before_day && event->event.kind == BW_EVENT_ARRIVED &&
            !event->annulled) {
            bw_finder_gather(finder, &gathering, event->event.id);
        }
    }
    bw_finder_seen(finder, &gathering, seen);
    (void)snprintf(count, sizeof count, "%zu", gathering.count);
    bw_finder_add(finder, "moved", &gathering, "cf.moved", (int64_t)gathering.count, "n",
        count, "seen", seen, NULL);
}

void
bw_finder_house(struct bw_finder *finder)
{
    const struct bw_book *book = finder->book;
    struct bw_gathering gathering = {0};
    struct house house = {
        .book = book, .turns = calloc(book->events_count + 1, sizeof *house.turns)};
    if (!house.turns) {
        finder->full = true;
        return;
    }
    bw_presence_turns(book->presence, on_turn, &house);
    qsort(house.turns, house.count, sizeof *house.turns, by_place);
    int most = fill(finder, &house, &gathering);
    free(house.turns);
    char seen[BW_SEEN_BYTES], in[16], places[16];
    (void)snprintf(in, sizeof in, "%d", most);
    (void)snprintf(places, sizeof places, "%d", book->session.capacity);
    bw_finder_seen(finder, &gathering, seen);
    bw_finder_add(finder, "over_capacity", &gathering, "cf.over_capacity", most, "n", in,
        "m", places, "seen", seen, NULL);
}
