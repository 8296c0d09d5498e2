/* What looks for conflicts: a book, the conflicts so far, and how a sentence says who was
 * seen where. One thread. Without memory `full` is set, and nothing else fails. */
#ifndef BW_SYNC_CONFLICT_FINDER_H
#define BW_SYNC_CONFLICT_FINDER_H

#include "report/book/book.h"
#include "report/conflict/conflicts.h"

enum { BW_SEEN_BYTES = 512, BW_WHO_BYTES = 300 };

/* A place that somebody came to: their own, or somebody instead of them. */
struct bw_finder_place {
    int64_t person_no;
    bw_code code;
};

struct bw_finder {
    const struct bw_book *book;
    enum bw_wording_language language; /* of its sentences */
    size_t count, capacity;
    struct bw_conflict *items;
    size_t came_count, came_capacity;
    struct bw_finder_place *came; /* of all who attended, once they were walked over */
    bool full;                    /* memory ran out */
};

/* Events of one conflict, gathered before its text is known. */
struct bw_gathering {
    size_t count, capacity;
    struct bw_event_id *ids;
};

/* Adds an event to the gathering, which holds it until bw_finder_add takes it. */
void bw_finder_gather(
    struct bw_finder *finder, struct bw_gathering *gathering, struct bw_event_id id);

/* Takes the gathered events and leaves it empty; an empty gathering is no conflict. The
 * sentence is that of `key` for `n` of them, with pairs for its blanks and NULL after the
 * last, as bw_wording_say takes them. */
void bw_finder_add(struct bw_finder *finder, const char *kind,
    struct bw_gathering *gathering, const char *key, int64_t n, ...)
    __attribute__((sentinel));

/* Notes that somebody came to this person's place. */
void bw_finder_came(struct bw_finder *finder, const struct bw_book_person *person);

/* Takes the conflicts of another finder of the same book, and leaves it empty. */
void bw_finder_join(struct bw_finder *finder, struct bw_finder *other);

/* "Balie links om 13.07, Zij-ingang om 13.12" */
void bw_finder_seen(const struct bw_finder *finder, const struct bw_gathering *gathering,
    char ret_text[BW_SEEN_BYTES]);

/* "Fatima el Amrani (K7QM-2XRD)", or the code alone. */
void bw_finder_who(
    const struct bw_finder *finder, bw_code code, char ret_text[BW_WHO_BYTES]);

/* "over_capacity": more people in than the house has places, at any moment. */
void bw_finder_house(struct bw_finder *finder);

/* "twice": one person on two places here, or here and at another session at once. */
void bw_finder_twice(struct bw_finder *finder);
/* "twice" too: a walk-in or a substitute who is called as somebody else who came. */
void bw_finder_alike(struct bw_finder *finder);

/* "moved": people who came on the day that the session had before it was moved. */
void bw_finder_moved(struct bw_finder *finder);

/* Kinds that are a kiosk's: "clock",
 * "fork" (both sides, one conflict a kiosk), "broken". */
void bw_finder_clocks(struct bw_finder *finder);
void bw_finder_forks(struct bw_finder *finder);
void bw_finder_breaks(struct bw_finder *finder);
/* "annulled": an arrival of one kiosk, taken back at another. */
void bw_finder_annulments(struct bw_finder *finder);

#endif
