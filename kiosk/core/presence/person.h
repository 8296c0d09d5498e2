/* One person's events, and what they say when folded. Core alone. */
#ifndef BW_CORE_PRESENCE_PERSON_H
#define BW_CORE_PRESENCE_PERSON_H

#include <brugwachter/presence.h>

struct fact;

/* All that is known under one event number, before and after the event itself came. */
struct entry {
    struct bw_event_id id;
    struct fact *facts; /* more than one: a fork */
    bool annulled;      /* an `undone` names it */
    bool followed;      /* some event's person was found through it */
};

/* What an event says of a person, and no more: a log may be long, and all of its facts
 * are kept. Copied from the event under the same names. */
struct fact {
    struct bw_event_id id;
    struct bw_event_id ref; /* the first one, where it `refers` */
    int64_t wall_ms;
    uint64_t hlc;
    bw_code code;
    uint32_t flags, session_no, home_session_no;
    enum bw_event_kind kind;
    enum bw_basis basis;
    uint8_t generation;
    bool refers;
    uint8_t hash[BW_HASH_BYTES];
    struct entry *entry;
    struct fact *next_same_id;
};

void fact_fill(struct fact *fact, const struct bw_event *event);
/* The order of bw_event_compare. */
int fact_compare(const struct fact *a, const struct fact *b);

struct person {
    struct bw_attendance attendance;
    struct fact **facts; /* in folding order; owned array, borrowed facts */
    size_t count, room;
};

/* False where memory is used up. *ret_last tells that it came after all others. */
bool person_insert(struct person *person, struct fact *fact, bool *ret_last);

/* Folds one more fact, which is after all others; or all of them again. */
void person_step(struct person *person, const struct fact *fact);
void person_fold(struct person *person);

bool person_is_walk_in(const struct person *person);

#endif
