/* Conflicts that a kiosk is to blame for, not a person: its clock, its chain.
 * See conflict_finder.h. */
#include "report/conflict/conflict_finder.h"

#include <stdio.h>
#include <stdlib.h>

/* A clock that somebody gave on purpose (a rehearsal, a test) is no fault
 * of the kiosk. */
static bool
is_clock_off(const struct bw_event *event)
{
    return event->flags & (BW_EVENT_CLOCK_SUSPECT | BW_EVENT_STAMP_AHEAD) &&
           !(event->flags & BW_EVENT_CLOCK_INJECTED);
}

static size_t
kiosk_find(const struct bw_book *book, uint32_t device)
{
    size_t k = 0;
    while (k < book->kiosks_count && book->kiosks[k].chain.device != device) {
        k++;
    }
    return k;
}

/* One walk over the events, however many kiosks there are. */
void
bw_finder_clocks(struct bw_finder *finder)
{
    const struct bw_book *book = finder->book;
    struct bw_gathering *off = calloc(book->kiosks_count + 1, sizeof *off);
    if (!off) {
        finder->full = true;
        return;
    }
    for (size_t i = 0; i < book->events_count; i++) {
        const struct bw_event *event = &book->events[i].event;
        if (is_clock_off(event)) { /* each of them has its kiosk in the book */
            bw_finder_gather(finder, &off[kiosk_find(book, event->id.device)], event->id);
        }
    }
    for (size_t k = 0; k < book->kiosks_count; k++) {
        char seen[BW_SEEN_BYTES], number[24];
        size_t count = off[k].count;
        bw_finder_seen(finder, &off[k], seen);
        (void)snprintf(number, sizeof number, "%zu", count);
        bw_finder_add(finder, "clock", &off[k], "cf.clock", (int64_t)count, "name",
            book->kiosks[k].name, "n", number, "seen", seen, NULL);
    }
    free(off[book->kiosks_count].ids);
    free(off);
}

/* Of its log, from this event on. */
static void
tell_from(struct bw_finder *finder, const struct bw_book_kiosk *kiosk, const char *kind,
    const char *key, uint64_t seq, struct bw_gathering *gathering)
{
    char event[BW_EVENT_ID_BYTES];
    bw_event_id_format((struct bw_event_id){kiosk->chain.device, seq}, event);
    bw_finder_add(
        finder, kind, gathering, key, 1, "name", kiosk->name, "event", event, NULL);
}

/* Both sides of every fork; one conflict a kiosk. */
void
bw_finder_forks(struct bw_finder *finder)
{
    const struct bw_book *book = finder->book;
    for (size_t k = 0; k < book->kiosks_count; k++) {
        const struct bw_book_kiosk *kiosk = &book->kiosks[k];
        struct bw_gathering gathering = {0};
        if (kiosk->chain.state != BW_CHAIN_FORKED) {
            continue;
        }
        for (size_t i = 0; i < book->events_count; i++) {
            struct bw_event_id id = book->events[i].event.id;
            if (id.device == kiosk->chain.device && id.seq >= kiosk->chain.forked_at) {
                bw_finder_gather(finder, &gathering, id);
            }
        }
        if (gathering.count == 0) {
            bw_finder_gather(finder, &gathering,
                (struct bw_event_id){kiosk->chain.device, kiosk->chain.forked_at});
        }
        tell_from(finder, kiosk, "fork", "cf.fork", kiosk->chain.forked_at, &gathering);
    }
}

void
bw_finder_breaks(struct bw_finder *finder)
{
    const struct bw_book *book = finder->book;
    for (size_t k = 0; k < book->kiosks_count; k++) {
        const struct bw_book_kiosk *kiosk = &book->kiosks[k];
        struct bw_gathering gathering = {0};
        if (kiosk->chain.broken_at == 0) {
            continue;
        }
        bw_finder_gather(finder, &gathering,
            (struct bw_event_id){kiosk->chain.device, kiosk->chain.broken_at});
        tell_from(
            finder, kiosk, "broken", "cf.broken", kiosk->chain.broken_at, &gathering);
    }
}

/* The other kiosk's arrival that `event` takes back; NULL where there's none. Paper isn't
 * another kiosk: the office corrects itself. */
static const struct bw_event *
annulled_of_another(const struct bw_book *book, const struct bw_event *event)
{
    for (int r = 0; event->kind == BW_EVENT_UNDONE && r < event->refs_count; r++) {
        if (event->refs[r].device == event->id.device) {
            continue;
        }
        size_t count = 0;
        const struct bw_book_event *const *named =
            bw_book_events_numbered(book, event->refs[r], &count);
        for (size_t i = 0; i < count; i++) {
            if (named[i]->event.kind == BW_EVENT_ARRIVED &&
                named[i]->event.basis != BW_BASIS_PAPER) {
                return &named[i]->event;
            }
        }
    }
    return NULL;
}

/* Taken, and told: whether staff of the one knew what the other had seen is
 * theirs to say. */
void
bw_finder_annulments(struct bw_finder *finder)
{
    const struct bw_book *book = finder->book;
    for (size_t i = 0; i < book->events_count; i++) {
        const struct bw_event *event = &book->events[i].event;
        const struct bw_event *other = annulled_of_another(book, event);
        struct bw_gathering gathering = {0};
        char seen[BW_SEEN_BYTES];
        if (!other) {
            continue;
        }
        bw_finder_gather(finder, &gathering, other->id);
        bw_finder_gather(finder, &gathering, event->id);
        bw_finder_seen(finder, &gathering, seen);
        bw_finder_add(
            finder, "annulled", &gathering, "cf.annulled", 1, "seen", seen, NULL);
    }
}
