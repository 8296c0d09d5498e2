/* Who is who in a presence: see presence_people.h. */
#include "people.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_ROOM = 64,
    STEPS_MAX = 64, /* through references; more is no door's work, or a ring */
};

bool
people_list_reserve(struct list *list)
{
    if (list->count < list->room) {
        return true;
    }
    size_t room = list->room == 0 ? FIRST_ROOM : list->room * 2;
    void **wider = realloc(list->items, room * sizeof(void *));
    if (wider == NULL) {
        return false;
    }
    list->items = wider;
    list->room = room;
    return true;
}

struct entry *
people_entry_find(const struct bw_presence *presence, struct bw_event_id id)
{
    return map_get(&presence->entries, id.device, id.seq);
}

struct entry *
people_entry(struct bw_presence *presence, struct bw_event_id id)
{
    struct entry *entry = people_entry_find(presence, id);
    if (entry == NULL && map_reserve(&presence->entries)) {
        entry = calloc(1, sizeof *entry);
        if (entry != NULL) {
            entry->id = id;
            map_put(&presence->entries, id.device, id.seq, entry);
        }
    }
    return entry;
}

const struct fact *
people_entry_fact(const struct entry *entry)
{
    const struct fact *lowest = entry->facts;
    for (const struct fact *fact = lowest; fact != NULL; fact = fact->next_same_id) {
        if (memcmp(fact->hash, lowest->hash, BW_HASH_BYTES) < 0) {
            lowest = fact;
        }
    }
    return lowest;
}

struct bw_subject
people_subject(const struct bw_presence *presence, const struct fact *fact)
{
    const struct fact *at = fact;
    for (int steps = 0; steps < STEPS_MAX; steps++) {
        if (at->code != BW_CODE_NONE) {
            return (struct bw_subject){.code = at->code};
        }
        if (!at->refers) {
            return (struct bw_subject){.code = BW_CODE_NONE, .walk_in = at->id};
        }
        struct bw_event_id next = at->ref;
        struct entry *entry = people_entry_find(presence, next);
        if (entry != NULL) {
            entry->followed = true;
        }
        at = entry != NULL ? people_entry_fact(entry) : NULL;
        if (at == NULL) {
            return (struct bw_subject){.code = BW_CODE_NONE, .walk_in = next};
        }
    }
    return (struct bw_subject){.code = BW_CODE_NONE, .walk_in = fact->id};
}

struct person *
people_find(const struct bw_presence *presence, struct bw_subject subject)
{
    return subject.code != BW_CODE_NONE
               ? map_get(&presence->by_code, subject.code, 0)
               : map_get(
                     &presence->by_event, subject.walk_in.device, subject.walk_in.seq);
}

static struct person *
person_of(struct bw_presence *presence, struct bw_subject subject)
{
    struct person *person = people_find(presence, subject);
    bool by_code = subject.code != BW_CODE_NONE;
    struct map *map = by_code ? &presence->by_code : &presence->by_event;
    if (person != NULL || !map_reserve(map) || !people_list_reserve(&presence->known)) {
        return person;
    }
    person = calloc(1, sizeof *person);
    if (person != NULL) {
        person->attendance.subject = subject;
        map_put(map, by_code ? subject.code : subject.walk_in.device,
            by_code ? 0 : subject.walk_in.seq, person);
        presence->known.items[presence->known.count++] = person;
    }
    return person;
}

void
people_count(struct bw_presence *presence, const struct person *person, int by)
{
    if (person->attendance.in) {
        presence->in += by;
        presence->walk_ins += person_is_walk_in(person) ? by : 0;
        presence->guests += person->attendance.guest ? by : 0;
    }
}

static int
compare_people(const struct person *a, const struct person *b)
{
    return fact_compare(a->facts[0], b->facts[0]);
}

/* Puts a person at their place by first event; nearly always the last. */
static void
show(struct bw_presence *presence, struct person *person)
{
    struct list *shown = &presence->shown;
    size_t at = shown->count++;
    while (at > 0 && compare_people(shown->items[at - 1], person) > 0) {
        shown->items[at] = shown->items[at - 1];
        at--;
    }
    shown->items[at] = person;
}

static void
unshow(struct bw_presence *presence, const struct person *person)
{
    struct list *shown = &presence->shown;
    size_t at = shown->count;
    while (shown->items[at - 1] != person) {
        at--;
        assert(at > 0);
    }
    memmove(&shown->items[at - 1], &shown->items[at],
        (shown->count - at) * sizeof shown->items[0]);
    shown->count--;
}

bool
people_place(struct bw_presence *presence, struct fact *fact)
{
    struct person *person = person_of(presence, people_subject(presence, fact));
    if (person == NULL || !people_list_reserve(&presence->shown)) {
        return false;
    }
    const struct fact *first = person->count > 0 ? person->facts[0] : NULL;
    bool last = false;
    if (!person_insert(person, fact, &last)) {
        return false;
    }
    people_count(presence, person, -1);
    if (last) {
        person_step(person, fact);
    } else {
        person_fold(person);
    }
    people_count(presence, person, +1);
    if (first != person->facts[0]) {
        if (first != NULL) {
            unshow(presence, person);
        }
        show(presence, person);
    }
    return true;
}
