/* One of the records that a conflict is between: see conflict_side.h. */
#include "report/conflict/conflict_side.h"

#include <string.h>

static const struct bw_book_elsewhere *
elsewhere_find(const struct bw_book *book, struct bw_event_id event)
{
    for (size_t i = 0; i < book->elsewhere_count; i++) {
        const struct bw_event_id *first = &book->elsewhere[i].stay.first;
        if (first->device == event.device && first->seq == event.seq) {
            return &book->elsewhere[i];
        }
    }
    return NULL;
}

static void
read_person(const struct bw_book *book, struct bw_conflict_side *side)
{
    const struct bw_book_person *owner =
        side->code != BW_CODE_NONE ? bw_book_person_of(book, side->code) : NULL;
    const struct bw_event_details *details = bw_book_details_of(book, side->event);
    side->instead = side->basis == BW_BASIS_SUBSTITUTE;
    if (owner != NULL && !side->instead) {
        side->person = &owner->registration.person;
        side->mail = owner->mail;
    } else if (details != NULL) {
        side->person = &details->person;
    }
}

enum { LETTER_MS = 2 * 60 * 1000 }; /* a letter may take so long, and is no silence */

/* Paper is typed in when it is; a suspect clock says nothing of how long it took. */
static int64_t
came_ms(const struct bw_book_event *here, const struct bw_book_kiosk *kiosk)
{
    bool told = kiosk != NULL && !kiosk->paper &&
                !(here->event.flags & BW_EVENT_CLOCK_SUSPECT) &&
                here->received_ms - here->event.wall_ms > LETTER_MS;
    return told ? here->received_ms : 0;
}

/* By two clocks that both are right: of a suspect one nobody knows what it came after. */
static bool
was_unknown(const struct bw_book_event *other, const struct bw_book_event *here)
{
    return !(other->event.flags & BW_EVENT_CLOCK_SUSPECT) &&
           !(here->event.flags & BW_EVENT_CLOCK_SUSPECT) &&
           other->event.wall_ms < here->event.wall_ms &&
           other->received_ms > here->event.wall_ms;
}

bool
bw_conflicts_side_is_unaware(const struct bw_book *book,
    const struct bw_conflict *conflict, const struct bw_conflict_side *side)
{
    const struct bw_book_event *here = bw_book_event_of(book, side->event);
    for (int i = 0; here != NULL && i < conflict->events_count; i++) {
        const struct bw_book_event *other = bw_book_event_of(book, conflict->events[i]);
        if (other != NULL && conflict->events[i].device != side->event.device &&
            other->event.kind == BW_EVENT_ARRIVED && was_unknown(other, here)) {
            return true;
        }
    }
    return false;
}

void
bw_conflicts_side_read(const struct bw_book *book, struct bw_event_id event,
    struct bw_conflict_side *ret_side)
{
    const struct bw_book_kiosk *kiosk = bw_book_kiosk_of(book, event.device);
    const struct bw_book_event *here = bw_book_event_of(book, event);
    const struct bw_book_elsewhere *there = elsewhere_find(book, event);
    struct bw_conflict_side side = {
        .event = event, .kiosk = kiosk != NULL ? kiosk->name : "", .mail = ""};
    if (here != NULL) {
        side.wall_ms = here->event.wall_ms;
        side.unsure = here->event.flags & BW_EVENT_CLOCK_SUSPECT;
        side.came_ms = came_ms(here, kiosk);
        side.kind = here->event.kind;
        side.basis = here->event.basis;
        side.code = here->event.code;
        read_person(book, &side);
    } else if (there != NULL) {
        side.wall_ms = there->stay.since_ms;
        side.unsure = there->stay.since_suspect;
        side.kind = BW_EVENT_ARRIVED;
        side.code = there->code;
        side.session = there->session;
        side.title = there->title;
    }
    *ret_side = side;
}

bool
bw_conflicts_is_of_kiosk(const struct bw_conflict *conflict)
{
    static const char *const kinds[] = {"clock", "fork", "broken"};
    size_t i = 0;
    while (i < sizeof kinds / sizeof kinds[0] && strcmp(kinds[i], conflict->kind) != 0) {
        i++;
    }
    return i < sizeof kinds / sizeof kinds[0];
}
