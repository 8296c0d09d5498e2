/* Who is who in a presence: event numbers, subjects, people. Core alone. */
#ifndef BW_CORE_PRESENCE_PEOPLE_H
#define BW_CORE_PRESENCE_PEOPLE_H

#include "map.h"
#include "person.h"

struct list {
    void **items;
    size_t count, room;
};

struct bw_presence {
    uint32_t session_no;
    struct map by_code;  /* code, 0 -> person */
    struct map by_event; /* device, seq -> person: walk-ins by their identity */
    struct map entries;  /* device, seq -> entry */
    struct list facts;   /* owned */
    struct list known;   /* every person ever made; owned */
    struct list shown;   /* those with events, by their first one */
    int in, walk_ins, guests;
    bool released;
};

bool people_list_reserve(struct list *list);

/* What is known under a number: NULL where nothing; or made, and then NULL where memory
 * is used up. */
struct entry *people_entry_find(
    const struct bw_presence *presence, struct bw_event_id id);
struct entry *people_entry(struct bw_presence *presence, struct bw_event_id id);

/* What came under a number, NULL before it did. Of a fork's the one with the lowest hash
 * stands for the number. */
const struct fact *people_entry_fact(const struct entry *entry);

/* Who a fact is about, as far as is known. */
struct bw_subject people_subject(
    const struct bw_presence *presence, const struct fact *fact);
struct person *people_find(const struct bw_presence *presence, struct bw_subject subject);

/* Adds somebody to the totals (by 1) or takes them out (by -1); around every folding. */
void people_count(struct bw_presence *presence, const struct person *person, int by);

/* Gives a fact to its person and folds it. False where memory is used up. */
bool people_place(struct bw_presence *presence, struct fact *fact);

#endif
