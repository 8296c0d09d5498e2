/* People as presence knows them: whom a code or an event means, their names, and the row
 * at the door behind the waitlist. */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

static bool
is_same(struct bw_event_id a, struct bw_event_id b)
{
    return a.device == b.device && a.seq == b.seq;
}

static bool
names(const struct bw_attendance *who, struct bw_event_id event)
{
    for (int i = 0; i < who->arrivals_count; i++) {
        if (is_same(who->arrivals[i], event)) {
            return true;
        }
    }
    return is_same(who->first, event) || is_same(who->waiting_event, event) ||
           is_same(who->subject.walk_in, event);
}

const struct bw_attendance *
desk_attendance(const struct bw_desk *desk, bw_code code, struct bw_event_id event)
{
    if (code != BW_CODE_NONE) {
        return bw_presence_of_code(desk->presence, code);
    }
    if (event.device == 0) {
        return NULL;
    }
    const struct bw_attendance *who = bw_presence_of_event(desk->presence, event);
    for (size_t i = 0; who == NULL && i < bw_presence_size(desk->presence); i++) {
        const struct bw_attendance *other = bw_presence_at(desk->presence, i);
        if (names(other, event)) {
            who = other;
        }
    }
    return who;
}

/* The event that a person's typed or opened names are kept with. */
static struct bw_event_id
naming_event(const struct bw_attendance *who)
{
    if (who->subject.code == BW_CODE_NONE) {
        return who->subject.walk_in;
    }
    return who->first.device != 0 ? who->first : who->waiting_event;
}

static bool
roster_names(struct bw_desk *desk, bw_code code, struct bw_person *ret_person)
{
    struct bw_registration r;
    if (code == BW_CODE_NONE ||
        bw_store_registration(desk->store, code, &r, NULL) != BW_OK) {
        return false;
    }
    *ret_person = r.person;
    return true;
}

void
desk_name(
    struct bw_desk *desk, const struct bw_attendance *who, struct bw_person *ret_person)
{
    *ret_person = (struct bw_person){0};
    bool known = roster_names(desk, who->subject.code, ret_person);
    struct bw_event_id event = naming_event(who);
    struct bw_event_details details;
    if ((known && !who->substitute) || event.device == 0 ||
        bw_store_details(desk->store, event, &details, NULL) != BW_OK) {
        return;
    }
    if (!known) {
        *ret_person = details.person;
        return;
    }
    memcpy(
        ret_person->first_name, details.person.first_name, sizeof ret_person->first_name);
    memcpy(ret_person->name, details.person.name, sizeof ret_person->name);
}

static bool
stands_in_row(const struct bw_desk *desk, const struct bw_attendance *who)
{
    return who->waiting && !who->in &&
           ledger_find(&desk->ledger, who->subject.code) == NULL;
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
desk_row(const struct bw_desk *desk, const struct bw_attendance **ret_row, int room)
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
desk_row_place(const struct bw_desk *desk, const struct bw_attendance *attendance,
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
