/* One person's events, and what they say when folded. Core alone; one thread at a time,
 * as the presence that they belong to, which owns the facts; a person owns its array of
 * them. */
#ifndef BW_CORE_PRESENCE_PERSON_H
#define BW_CORE_PRESENCE_PERSON_H

#include <brugwachter/presence.h>

struct fact;
struct person;

/* All that is known under one event number, before and after the event itself came. */
struct entry {
    struct bw_event_id id;
    struct fact *facts; /* more than one: a fork; the lowest hash first */
    bool annulled;      /* an `undone` names it */
    bool followed;      /* some event's person was found through it */
    bool referred;      /* some event refers to it */
    uint32_t node;      /* of bw_presence_order, while it works */
};

/* What an event says of a person, and no more: a log may be long, and all of its facts
 * are kept, so they are kept small. Copied from the event under the same names; its
 * number is its entry's. */
struct fact {
    struct entry *entry;
    struct fact *next_same_id;
    struct person *person; /* NULL until it is placed */
    int64_t wall_ms;
    uint64_t hlc;
    bw_code code;
    uint32_t home_session_no;
    uint32_t rank; /* by stamp, while their person is put in order */
    enum bw_event_kind kind : 8;
    enum bw_basis basis : 8;
    uint8_t generation, refs_count;
    bool suspect;   /* by a suspect clock */
    bool elsewhere; /* by the ticket of another session than the presence's */
    uint8_t hash[BW_HASH_BYTES];
    struct entry *refs[]; /* borrowed from the presence */
};

/* Copies all but the references. The entry is the one of the event's number. */
void bw_presence_fact_fill(
    struct fact *fact, struct entry *entry, const struct bw_event *event);
/* Whether a reference of the fact puts it after what came under that number. A kiosk
 * can't know the numbers that it has yet to give. */
bool bw_presence_fact_follows(const struct fact *fact, const struct entry *entry);
/* Below, above, or 0: the order of bw_event_compare. Pure; no count of anything. */
int bw_presence_fact_compare(const struct fact *a, const struct fact *b);

/* What let everybody out (P8), by stamp. Facts of nobody; `rank` is how many facts of the
 * person that is being walked stand before one. */
struct closings {
    struct fact **items; /* of the presence's pool; the array is the presence's own */
    size_t count, capacity;
};

struct person {
    struct bw_attendance attendance;
    const struct closings *closings; /* borrowed from the presence */
    struct fact **facts;       /* in folding order, but for a dirty one; owned array */
    size_t count, capacity;    /* borrowed facts */
    const struct fact *newest; /* by stamp; NULL where none */
    const struct fact *first;  /* in folding order, that isn't an `undone`; or NULL */
    bool dirty;                /* to be put in order and folded anew */
    bool shown;                /* in the presence's list of people */
};

/* Adds a fact at the end. *ret_last: its place in the fold is there, whatever comes
 * between the others; else the person is to be put in order. False where memory is used
 * up: nothing was added. */
bool bw_presence_person_add(struct person *person, struct fact *fact, bool *ret_last);

/* Puts a person's facts in folding order (P5, in order.c).
 * False where memory is used up. */
bool bw_presence_order(struct person *person);

/* Walks a person who isn't dirty: their facts in folding order, and what let everybody
 * out where it stands between them. */
typedef void bw_presence_on_fact(const struct fact *fact, bool closing, void *context);
void bw_presence_person_walk(
    const struct person *person, bw_presence_on_fact *on_fact, void *context);

/* Folds one more fact, which is after all others; or all of them again. */
void bw_presence_person_step(struct person *person, const struct fact *fact);
void bw_presence_person_fold(struct person *person);

/* Walks the stays of a person (bw_presence_stays), who isn't dirty. */
void bw_presence_person_stays(
    const struct person *person, bw_presence_on_stay *on_stay, void *context);

/* Whether they count as a walk-in. */
bool bw_presence_person_is_walk_in(const struct person *person);

#endif
