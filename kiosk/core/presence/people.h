/* Who is who in a presence: event numbers, subjects, people. Core alone; one thread at a
 * time. Facts, entries and people are the presence's own, and borrowed here. */
#ifndef BW_CORE_PRESENCE_PEOPLE_H
#define BW_CORE_PRESENCE_PEOPLE_H

#include "map.h"
#include "person.h"
#include "pool.h"

struct list {
    void **items;
    size_t count, capacity;
};

struct bw_presence {
    uint32_t session_no;
    struct pool pool;         /* of entries and facts, closings too */
    struct map by_code;       /* code, 0 -> person */
    struct map by_event;      /* device, seq -> person: walk-ins by their identity */
    struct map entries;       /* device, seq -> entry */
    struct list facts;        /* in order of adding; the pool's */
    size_t placed_count;      /* of these, the first so many are with their people */
    struct list known;        /* every person ever made; owned */
    struct list dirty;        /* people who are to be folded anew */
    struct list shown;        /* those with events, by their first one */
    struct closings closings; /* P8 */
    int in, walk_ins, guests;
    bool released;
    bool held;     /* what is added waits for bw_presence_settle */
    bool regroup;  /* people may turn out to be one: who is who is to be found anew */
    bool unsorted; /* `shown` is to be sorted */
};

/* All of these that return bool say false where memory is used up, and then the presence
 * isn't complete any more. Facts, entries and people are the presence's own: what is
 * given is borrowed, or taken over where it says so. */

/* Room for one more. */
bool bw_people_list_reserve(struct list *list);

/* What is known under a number: NULL where nothing; or made, and then NULL where memory
 * is used up. */
struct entry *bw_people_entry_find(
    const struct bw_presence *presence, struct bw_event_id id);
struct entry *bw_people_entry(struct bw_presence *presence, struct bw_event_id id);

/* Puts a fact under its entry's number. Of a fork's the one with the lowest hash stands
 * for the number: it is the first. */
void bw_people_entry_put(struct fact *fact);

/* Who is known under a code or walk-in's event; NULL where nobody is. */
struct person *bw_people_find(
    const struct bw_presence *presence, struct bw_subject subject);

/* Says that somebody is to be put in order and folded anew. */
bool bw_people_soil(struct bw_presence *presence, struct person *person);

/* Gives a fact to its person; folds it there and then, or soils them. */
bool bw_people_place(struct bw_presence *presence, struct fact *fact);

/* Takes all facts from all people again, who they are about is to be found anew. */
void bw_people_scatter(struct bw_presence *presence);

/* Folds who is dirty, and puts all in the order of their first events. */
bool bw_people_fold(struct bw_presence *presence);

#endif
