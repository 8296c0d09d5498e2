/* Who is who in a presence: see people.h. */
#include "people.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_ROOM = 64,
    STEPS_MAX = 64, /* through references; more is no door's work, or a ring */
    MOVES_EACH = 8, /* that sorting people by hand may take of each */
};

bool
bw_people_list_reserve(struct list *list)
{
    if (list->count < list->capacity) {
        return true;
    }
    size_t capacity = list->capacity == 0 ? FIRST_ROOM : list->capacity * 2;
    void **wider = realloc(list->items, capacity * sizeof(void *));
    if (wider == NULL) {
        return false;
    }
    list->items = wider;
    list->capacity = capacity;
    return true;
}

struct entry *
bw_people_entry_find(const struct bw_presence *presence, struct bw_event_id id)
{
    return bw_presence_map_get(&presence->entries, id.device, id.seq);
}

struct entry *
bw_people_entry(struct bw_presence *presence, struct bw_event_id id)
{
    struct entry *entry = bw_people_entry_find(presence, id);
    if (entry == NULL && bw_presence_map_reserve(&presence->entries)) {
        entry = bw_presence_pool_take(&presence->pool, sizeof *entry);
        if (entry != NULL) {
            entry->id = id;
            bw_presence_map_put(&presence->entries, entry);
        }
    }
    return entry;
}

void
bw_people_entry_put(struct fact *fact)
{
    struct fact **at = &fact->entry->facts;
    if (*at != NULL && memcmp((*at)->hash, fact->hash, BW_HASH_BYTES) < 0) {
        at = &(*at)->next_same_id;
    }
    fact->next_same_id = *at;
    *at = fact;
}

/* Who a fact is about, as far as is known. */
static struct bw_subject
subject_of(const struct fact *fact)
{
    const struct fact *at = fact;
    for (int steps = 0; steps < STEPS_MAX; steps++) {
        if (at->code != BW_CODE_NONE) {
            return (struct bw_subject){.code = at->code};
        }
        if (at->refs_count == 0) {
            return (struct bw_subject){.code = BW_CODE_NONE, .walk_in = at->entry->id};
        }
        struct entry *entry = at->refs[0];
        entry->followed = true;
        at = entry->facts;
        if (at == NULL) {
            return (struct bw_subject){.code = BW_CODE_NONE, .walk_in = entry->id};
        }
    }
    return (struct bw_subject){.code = BW_CODE_NONE, .walk_in = fact->entry->id};
}

struct person *
bw_people_find(const struct bw_presence *presence, struct bw_subject subject)
{
    return subject.code != BW_CODE_NONE
               ? bw_presence_map_get(&presence->by_code, subject.code, 0)
               : bw_presence_map_get(
                     &presence->by_event, subject.walk_in.device, subject.walk_in.seq);
}

static struct person *
person_of(struct bw_presence *presence, struct bw_subject subject)
{
    struct person *person = bw_people_find(presence, subject);
    bool by_code = subject.code != BW_CODE_NONE;
    struct map *map = by_code ? &presence->by_code : &presence->by_event;
    if (person != NULL || !bw_presence_map_reserve(map) ||
        !bw_people_list_reserve(&presence->known)) {
        return person;
    }
    person = calloc(1, sizeof *person);
    if (person != NULL) {
        person->attendance.subject = subject;
        person->closings = &presence->closings;
        bw_presence_map_put(map, person);
        presence->known.items[presence->known.count++] = person;
    }
    return person;
}

/* Adds somebody to the totals (by 1) or takes them out (by -1); around every folding. */
static void
count(struct bw_presence *presence, const struct person *person, int by)
{
    if (person->attendance.in) {
        presence->in += by;
        presence->walk_ins += bw_presence_person_is_walk_in(person) ? by : 0;
        presence->guests += person->attendance.guest ? by : 0;
    }
}

static int
compare_people(const void *left, const void *right)
{
    const struct person *a = *(const struct person *const *)left;
    const struct person *b = *(const struct person *const *)right;
    return bw_presence_fact_compare(a->first, b->first);
}

/* Puts a person whose first event is another than before into the list; nearly always at
 * its end. There is room. */
static void
show(struct bw_presence *presence, struct person *person)
{
    struct list *shown = &presence->shown;
    void *last = shown->count > 0 ? shown->items[shown->count - 1] : NULL;
    void *one = person;
    presence->unsorted = presence->unsorted || person->shown ||
                         (last != NULL && compare_people(&last, &one) > 0);
    if (!person->shown) {
        shown->items[shown->count++] = person;
        person->shown = true;
    }
}

bool
bw_people_soil(struct bw_presence *presence, struct person *person)
{
    if (person->dirty) {
        return true;
    }
    if (!bw_people_list_reserve(&presence->dirty)) {
        return false;
    }
    person->dirty = true;
    presence->dirty.items[presence->dirty.count++] = person;
    return true;
}

bool
bw_people_place(struct bw_presence *presence, struct fact *fact)
{
    bool last = false;
    struct person *person = person_of(presence, subject_of(fact));
    if (person == NULL || !bw_people_list_reserve(&presence->shown) ||
        !bw_presence_person_add(person, fact, &last)) {
        return false;
    }
    if (!last || presence->closings.count > 0) {
        return bw_people_soil(presence, person);
    }
    const struct fact *first = person->first;
    count(presence, person, -1);
    bw_presence_person_step(person, fact);
    count(presence, person, +1);
    if (person->first != first) {
        show(presence, person);
    }
    return true;
}

void
bw_people_scatter(struct bw_presence *presence)
{
    for (size_t i = 0; i < presence->known.count; i++) {
        struct person *person = presence->known.items[i];
        person->count = 0;
        person->newest = NULL;
        person->dirty = person->shown = false;
        bw_presence_person_fold(person);
    }
    for (size_t i = 0; i < presence->facts.count; i++) {
        struct fact *fact = presence->facts.items[i];
        fact->person = NULL;
    }
    presence->in = presence->walk_ins = presence->guests = 0;
    presence->shown.count = presence->dirty.count = presence->placed_count = 0;
}

/* Nearly in order already; else the library's sort is quicker. */
static void
sort_shown(struct list *shown)
{
    size_t moves_left = shown->count * MOVES_EACH;
    for (size_t i = 1; i < shown->count; i++) {
        void *person = shown->items[i];
        size_t at = i;
        while (at > 0 && compare_people(&shown->items[at - 1], &person) > 0) {
            shown->items[at] = shown->items[at - 1];
            at--;
            if (--moves_left == 0) {
                shown->items[at] = person;
                qsort(shown->items, shown->count, sizeof(void *), compare_people);
                return;
            }
        }
        shown->items[at] = person;
    }
}

bool
bw_people_fold(struct bw_presence *presence)
{
    struct list *dirty = &presence->dirty;
    while (dirty->count > 0) {
        struct person *person = dirty->items[dirty->count - 1];
        const struct fact *first = person->first;
        if (!bw_people_list_reserve(&presence->shown) || !bw_presence_order(person)) {
            return false;
        }
        count(presence, person, -1);
        bw_presence_person_fold(person);
        count(presence, person, +1);
        person->dirty = false;
        dirty->count--;
        if (person->first != first) {
            show(presence, person);
        }
    }
    if (presence->unsorted) {
        sort_shown(&presence->shown);
        presence->unsorted = false;
    }
    return true;
}
