/* Folding one person's events: see presence_person.h, and P1 and P2 of
 * brugwachter/presence.h.
 *
 *   away --arrived--> in --left--> left --arrived--> in
 *   away --waiting, refused as waitlisted--> at the door --arrived--> in
 *                                            at the door --left--> away
 *
 * An annulled event is passed over as if it never was, wherever it stands; what stays of
 * it is the generation of its ticket, for that a newer ticket exists remains true. */
#include "presence_person.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 4 };

bool
person_insert(struct person *person, struct fact *fact, bool *ret_last)
{
    if (person->count == person->room) {
        size_t room = person->room == 0 ? FIRST_ROOM : person->room * 2;
        struct fact **wider = realloc(person->facts, room * sizeof(struct fact *));
        if (wider == NULL) {
            return false;
        }
        person->facts = wider;
        person->room = room;
    }
    size_t at = person->count;
    while (at > 0 && bw_event_compare(&person->facts[at - 1]->event, &fact->event) > 0) {
        person->facts[at] = person->facts[at - 1];
        at--;
    }
    person->facts[at] = fact;
    *ret_last = at == person->count++;
    return true;
}

static void
on_arrived(struct bw_attendance *person, const struct bw_event *event)
{
    /* a colleague who takes over from somebody that went home is another person */
    if (person->arrivals_count == 0 || event->basis == BW_BASIS_SUBSTITUTE) {
        bool elsewhere = event->home_session_no != 0 &&
            event->home_session_no != event->session_no;
        person->basis = event->basis;
        person->first = event->id;
        person->since_ms = event->wall_ms;
        person->since_suspect = (event->flags & BW_EVENT_CLOCK_SUSPECT) != 0;
        person->home_session_no = event->home_session_no;
        person->guest = event->basis == BW_BASIS_GUEST || elsewhere;
        person->substitute = event->basis == BW_BASIS_SUBSTITUTE;
    }
    if (person->arrivals_count < BW_REFS_MAX) {
        person->arrivals[person->arrivals_count++] = event->id;
    }
    person->in = true;
    person->attended = true;
    person->left = false;
    person->left_ms = 0;
    person->waiting = false;
    person->seen = false;
}

static void
on_at_door(struct bw_attendance *person, const struct bw_event *event)
{
    if (person->in) {
        return;
    }
    if (!person->seen) {
        person->seen = true;
        person->waiting_ms = event->wall_ms;
        person->waiting_hlc = event->hlc;
    }
    if (event->kind == BW_EVENT_WAITING && !person->waiting) {
        person->waiting = true;
        person->waiting_event = event->id;
    }
}

static void
on_left(struct bw_attendance *person, const struct bw_event *event)
{
    if (person->in) {
        bool suspect = (event->flags & BW_EVENT_CLOCK_SUSPECT) != 0;
        person->left = true;
        person->left_ms = suspect ? 0 : event->wall_ms;
    }
    person->in = false;
    person->waiting = false;
    person->seen = false;
}

void
person_step(struct person *person, const struct fact *fact)
{
    struct bw_attendance *attendance = &person->attendance;
    const struct bw_event *event = &fact->event;
    if (event->kind == BW_EVENT_ARRIVED && event->generation > attendance->generation) {
        attendance->generation = event->generation;
    }
    if (fact->entry->annulled && event->kind != BW_EVENT_LEFT) {
        return;
    }
    switch (event->kind) {
    case BW_EVENT_ARRIVED:
        on_arrived(attendance, event);
        break;
    case BW_EVENT_REFUSED: /* as waitlisted: others were passed over */
    case BW_EVENT_WAITING:
        on_at_door(attendance, event);
        break;
    case BW_EVENT_LEFT:
        on_left(attendance, event);
        break;
    case BW_EVENT_UNDONE:
    case BW_EVENT_RELEASED:
    case BW_EVENT_NOTE:
        break;
    }
}

void
person_fold(struct person *person)
{
    person->attendance = (struct bw_attendance) { .subject = person->attendance.subject };
    for (size_t i = 0; i < person->count; i++) {
        person_step(person, person->facts[i]);
    }
}

bool
person_is_walk_in(const struct person *person)
{
    const struct bw_attendance *attendance = &person->attendance;
    return !attendance->guest &&
        (attendance->basis == BW_BASIS_WALK_IN ||
            attendance->subject.code == BW_CODE_NONE);
}
