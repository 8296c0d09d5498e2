/* Folding one person's events: see person.h, and P1 and P2 of brugwachter/presence.h.
 *
 *   away --arrived--> in --left--> left --arrived--> in
 *   away --waiting, refused as waitlisted--> at the door --arrived--> in
 *                                            at the door --left--> away
 *
 * An annulled arrival is passed over as if it never was, wherever it stands; what stays
 * of it is the generation of its ticket, for that a newer ticket exists remains true. */
#include "person.h"

#include "core/event/order.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 4 };

void
bw_presence_fact_fill(
    struct fact *fact, struct entry *entry, const struct bw_event *event)
{
    fact->entry = entry;
    fact->wall_ms = event->wall_ms;
    fact->hlc = event->hlc;
    fact->code = event->code;
    fact->home_session_no = event->home_session_no;
    fact->kind = event->kind;
    fact->basis = event->basis;
    fact->generation = event->generation;
    fact->suspect = (event->flags & BW_EVENT_CLOCK_SUSPECT) != 0;
    fact->elsewhere =
        event->home_session_no != 0 && event->home_session_no != event->session_no;
    memcpy(fact->hash, event->hash, sizeof fact->hash);
}

int
bw_presence_fact_compare(const struct fact *a, const struct fact *b)
{
    return bw_event_order((struct event_place){a->hlc, a->entry->id, a->hash},
        (struct event_place){b->hlc, b->entry->id, b->hash});
}

bool
bw_presence_fact_follows(const struct fact *fact, const struct entry *entry)
{
    struct bw_event_id id = fact->entry->id;
    return entry->id.device != id.device || entry->id.seq < id.seq;
}

static bool
refers_to(const struct fact *fact, const struct fact *other)
{
    for (int i = 0; i < fact->refs_count; i++) {
        if (fact->refs[i] == other->entry &&
            bw_presence_fact_follows(fact, other->entry)) {
            return true;
        }
    }
    return false;
}

/* Nothing refers to it yet, so nothing must wait for it; and it is the newest by stamp,
 * or refers to the one that is last. */
static bool
goes_last(const struct person *person, const struct fact *fact)
{
    if (person->dirty || fact->entry->referred) {
        return false;
    }
    return person->count == 0 || bw_presence_fact_compare(person->newest, fact) < 0 ||
           refers_to(fact, person->facts[person->count - 1]);
}

bool
bw_presence_person_add(struct person *person, struct fact *fact, bool *ret_last)
{
    if (person->count == person->capacity) {
        size_t capacity = person->capacity == 0 ? FIRST_ROOM : person->capacity * 2;
        struct fact **wider = realloc(person->facts, capacity * sizeof(struct fact *));
        if (wider == NULL) {
            return false;
        }
        person->facts = wider;
        person->capacity = capacity;
    }
    *ret_last = goes_last(person, fact);
    person->facts[person->count++] = fact;
    fact->person = person;
    if (person->newest == NULL || bw_presence_fact_compare(person->newest, fact) < 0) {
        person->newest = fact;
    }
    return true;
}

static bool
goes_on(const struct bw_attendance *person, const struct fact *fact)
{
    for (int i = 0; i < fact->refs_count; i++) {
        struct bw_event_id id = fact->refs[i]->id;
        if (id.device == person->first.device && id.seq == person->first.seq) {
            return person->substitute;
        }
    }
    return false;
}

/* Whether somebody else takes the place over with this arrival: who comes instead, or who
 * comes after a substitute went home. */
static bool
begins_stay(const struct bw_attendance *person, const struct fact *fact)
{
    if (person->arrivals_count > 0 && fact->basis == BW_BASIS_SUBSTITUTE) {
        return !goes_on(person, fact);
    }
    return person->arrivals_count == 0 || (person->substitute && !person->in);
}

static void
begin_stay(struct bw_attendance *person, const struct fact *fact)
{
    person->stays++;
    person->basis = fact->basis;
    person->first = fact->entry->id;
    person->since_ms = fact->wall_ms;
    person->since_suspect = fact->suspect;
    person->home_session_no = fact->home_session_no;
    person->guest = fact->basis == BW_BASIS_GUEST || fact->elsewhere;
    person->substitute = fact->basis == BW_BASIS_SUBSTITUTE;
}

/* Of more than there is room for, those of visits that ended go first. */
static void
add_arrival(struct bw_attendance *person, struct bw_event_id id)
{
    if (person->arrivals_count == BW_REFS_MAX &&
        person->visit_count < person->arrivals_count) {
        person->arrivals_count--;
        memmove(person->arrivals, person->arrivals + 1,
            (size_t)person->arrivals_count * sizeof person->arrivals[0]);
    }
    if (person->arrivals_count < BW_REFS_MAX) {
        person->arrivals[person->arrivals_count++] = id;
        person->visit_count++;
    }
}

static void
on_arrived(struct bw_attendance *person, const struct fact *fact)
{
    if (begins_stay(person, fact)) {
        begin_stay(person, fact);
    }
    add_arrival(person, fact->entry->id);
    person->in = true;
    person->attended = true;
    person->left = false;
    person->left_ms = 0;
    person->waiting = false;
    person->seen = false;
}

static void
on_at_door(struct bw_attendance *person, const struct fact *fact)
{
    if (person->in) {
        return;
    }
    if (!person->seen) {
        person->seen = true;
        person->waiting_ms = fact->wall_ms;
        person->waiting_hlc = fact->hlc;
    }
    if (fact->kind == BW_EVENT_WAITING && !person->waiting) {
        person->waiting = true;
        person->waiting_event = fact->entry->id;
    }
}

static void
on_left(struct bw_attendance *person, const struct fact *fact)
{
    if (person->in) {
        person->left = true;
        person->left_ms = fact->suspect ? 0 : fact->wall_ms;
    }
    person->in = false;
    person->waiting = false;
    person->seen = false;
    person->visit_count = 0;
}

static bool
counts_for_nothing(const struct fact *fact)
{
    return fact->entry->annulled && fact->kind == BW_EVENT_ARRIVED;
}

static void
step(struct bw_attendance *attendance, const struct fact *fact)
{
    attendance->newest = fact->entry->id;
    if (fact->kind == BW_EVENT_ARRIVED && fact->generation > attendance->generation) {
        attendance->generation = fact->generation;
    }
    if (counts_for_nothing(fact)) {
        return;
    }
    switch (fact->kind) {
    case BW_EVENT_ARRIVED:
        on_arrived(attendance, fact);
        assert(attendance->in && attendance->attended); /* P1, P2 */
        break;
    case BW_EVENT_REFUSED: /* as waitlisted: others were passed over */
    case BW_EVENT_WAITING:
        on_at_door(attendance, fact);
        break;
    case BW_EVENT_LEFT:
        on_left(attendance, fact);
        assert(!attendance->in); /* P1 */
        break;
    case BW_EVENT_UNDONE:
    case BW_EVENT_RELEASED:
    case BW_EVENT_NOTE:
        break;
    }
}

static void
step_closing(struct bw_attendance *attendance, const struct fact *closing)
{
    if (attendance->in || attendance->waiting || attendance->seen) {
        on_left(attendance, closing);
        assert(!attendance->in); /* P8 */
    }
}

/* A kiosk knew what it had written itself, whatever its clock said. */
static bool
stands_before(const struct fact *fact, const struct fact *closing)
{
    struct bw_event_id id = fact->entry->id, closed = closing->entry->id;
    return id.device == closed.device ? id.seq < closed.seq
                                      : bw_presence_fact_compare(fact, closing) < 0;
}

void
bw_presence_person_walk(
    const struct person *person, bw_presence_on_fact *on_fact, void *context)
{
    const struct closings *closings = person->closings;
    for (size_t c = 0; c < closings->count; c++) {
        size_t before = person->count;
        while (
            before > 0 && !stands_before(person->facts[before - 1], closings->items[c])) {
            before--;
        }
        closings->items[c]->rank = (uint32_t)before;
    }
    for (size_t i = 0; i < person->count; i++) {
        on_fact(person->facts[i], false, context);
        for (size_t c = 0; c < closings->count; c++) {
            if (closings->items[c]->rank == i + 1) {
                on_fact(closings->items[c], true, context);
            }
        }
    }
}

void
bw_presence_person_step(struct person *person, const struct fact *fact)
{
    if (person->first == NULL && fact->kind != BW_EVENT_UNDONE) {
        person->first = fact;
    }
    step(&person->attendance, fact);
}

struct stays {
    struct bw_attendance stay;
    bw_presence_on_stay *on_stay;
    void *context;
};

static void
on_stays_fact(const struct fact *fact, bool closing, void *context)
{
    struct stays *stays = context;
    struct bw_attendance *stay = &stays->stay;
    if (closing) {
        step_closing(stay, fact);
        return;
    }
    if (fact->kind == BW_EVENT_ARRIVED && !counts_for_nothing(fact) && stay->attended &&
        begins_stay(stay, fact)) {
        stays->on_stay(stay, stays->context);
    }
    step(stay, fact);
}

void
bw_presence_person_stays(
    const struct person *person, bw_presence_on_stay *on_stay, void *context)
{
    struct stays stays = {{.subject = person->attendance.subject}, on_stay, context};
    bw_presence_person_walk(person, on_stays_fact, &stays);
    if (stays.stay.attended) {
        on_stay(&stays.stay, context);
    }
}

static void
on_fold_fact(const struct fact *fact, bool closing, void *context)
{
    struct person *person = context;
    if (closing) {
        step_closing(&person->attendance, fact);
    } else {
        bw_presence_person_step(person, fact);
    }
}

void
bw_presence_person_fold(struct person *person)
{
    person->first = NULL;
    person->attendance = (struct bw_attendance){.subject = person->attendance.subject};
    bw_presence_person_walk(person, on_fold_fact, person);
}

bool
bw_presence_person_is_walk_in(const struct person *person)
{
    const struct bw_attendance *attendance = &person->attendance;
    return !attendance->guest && (attendance->basis == BW_BASIS_WALK_IN ||
                                     attendance->subject.code == BW_CODE_NONE);
}
