/* One session as the central database knows it: who signed up, what every kiosk wrote,
 * who was there, and whether anything is missing. Report, status and conflicts read it.
 *
 * B1 the same rows give the same book: nothing depends on the order of merging.
 * B2 it is read in one snapshot (C4):
 *    who was there and whether that is all belong together.
 * B5 what the organiser said of its arrivals is followed while its step stands: one that
 *    doesn't stand isn't there, a walk-in's that is somebody's bears their code.
 * B4 of a session whose figures are fixed only those events are read that were received
 *    by then.
 * B3 events of the day that the session had before it was moved are told, and count for
 *    nothing.
 *
 * One thread. The book owns all that it holds. */
#ifndef BW_SYNC_BOOK_H
#define BW_SYNC_BOOK_H

#include "central/base/wording.h"
#include "central/central.h"
#include "central/chain.h"

#include <brugwachter/event.h>
#include <brugwachter/presence.h>
#include <brugwachter/session.h>
#include <brugwachter/zone.h>

struct bw_book_person {
    struct bw_registration registration;
    int64_t person_no;
    char mail[BW_TITLE_BYTES]; /* "" where none was given */
};

struct bw_book_event {
    struct bw_event event;
    int64_t received_ms; /* when it came here, by the office's clock */
    bool annulled;       /* an `undone` names it */
    bool before_day;     /* of the day that the session had before it was moved (B3) */
    struct bw_event_details
        *details; /* NULL where there are none, or they were emptied */
};

/* Why a kiosk's part isn't known to be whole. */
enum bw_book_lack {
    BW_BOOK_WHOLE,
    BW_BOOK_PAPER,   /* typed in at the office */
    BW_BOOK_REVOKED, /* before it was ever heard */
    BW_BOOK_FORKED,
    BW_BOOK_BROKEN,
    BW_BOOK_UNHEARD,
    BW_BOOK_GAP,
    BW_BOOK_SILENT, /* since the end */
};

struct bw_book_kiosk {
    struct bw_device_chain chain;
    char name[BW_NAME_BYTES];
    bool enrolled; /* for this session; else it only has events of it */
    bool revoked;
    bool paper;   /* the office's own log (office_log.h) */
    bool counted; /* false: of paper, or revoked before it was ever heard */
    bool complete;
    enum bw_book_lack lack;      /* BW_BOOK_WHOLE when complete */
    uint64_t lack_from, lack_to; /* events that it is about; 0: none */
    uint64_t missing;            /* of a gap: how many events, of all its gaps */
    bool bounded; /* with these it would be whole, so that no more people came there */
};

/* The code that a walk-in was given. */
struct bw_book_code {
    struct bw_event_id event;
    bw_code code;
};

/* Somebody who came here, and came to another session of that time too. */
struct bw_book_elsewhere {
    int64_t person_no;
    bw_code code; /* that they came by there */
    uint32_t session_no;
    char session[BW_LABEL_BYTES], title[BW_TITLE_BYTES];
    struct bw_attendance stay; /* there */
};

/* An event of a conflict that the organiser answered as a whole: it isn't known, or it
 * stands. */
struct bw_book_answer {
    bool stands;
    int kind; /* bw_conflicts_kind_number */
    struct bw_event_id event;
    char *why; /* "": they gave no reason; owned */
};

struct bw_book {
    struct bw_session session;
    char series_title[BW_TITLE_BYTES];
    size_t people_count, people_capacity;
    struct bw_book_person *people; /* in order of sign-up */
    size_t strangers_count, strangers_capacity;
    struct bw_book_person *strangers; /* other sessions' people with events here */
    size_t events_count, events_capacity;
    struct bw_book_event *events; /* in folding order */
    struct bw_book_index *index;  /* of people and events; the look-ups below are by it */
    size_t kiosks_count, kiosks_capacity;
    struct bw_book_kiosk *kiosks; /* by device */
    size_t codes_count, codes_capacity;
    struct bw_book_code *codes;
    size_t elsewhere_count, elsewhere_capacity;
    struct bw_book_elsewhere *elsewhere; /* by session, then code */
    size_t answers_count, answers_capacity;
    struct bw_book_answer *answers; /* in the order that they were said */
    struct bw_presence *presence;
    struct bw_zone *zone; /* the session's */
    bool zone_is_shared;  /* it is of bw_book_chains */
    bool purged;          /* the people are gone; the numbers below are what stays */
    int registered, confirmed, waitlisted;
    bool full; /* memory ran out while rows were read */
};

/* What books share that are opened one after the other: chains that were walked already,
 * the last few, as kiosks serve one session after another. Zeroed at first; holds within
 * one bw_central_read_begin alone. */
enum { BW_BOOK_CHAINS_MAX = 32 };
struct bw_book_chains {
    size_t count, next;
    struct bw_device_chain items[BW_BOOK_CHAINS_MAX];
    /* nearly every session's, where the caller has it open for longer than the books are:
     * read once instead of once a session; NULL: each book opens its own */
    const char *timezone;
    struct bw_zone *zone;
};

/* `chains` may be NULL. BW_NOT_FOUND, BW_NO_MEMORY, and what the database answers. Costs
 * n log n of the session's rows, and of its kiosks' logs. */
BW_NODISCARD enum bw_status bw_book_open(struct bw_central *central, uint32_t session_no,
    struct bw_book_chains *chains, struct bw_book **ret_book, struct bw_error *err);
void bw_book_close(struct bw_book *book);

/* A registration of this session, or of a guest here. NULL where unknown. */
const struct bw_book_person *bw_book_person_of(const struct bw_book *book, bw_code code);
/* NULL where there's no such event. */
const struct bw_book_event *bw_book_event_of(
    const struct bw_book *book, struct bw_event_id id);
/* All events of a number, in folding order: two and more where it forked. Borrowed
 * pointers, `*ret_count` of them. */
const struct bw_book_event *const *bw_book_events_numbered(
    const struct bw_book *book, struct bw_event_id id, size_t *ret_count);
/* All events about a code, in folding order; borrowed pointers, `*ret_count` of them. */
const struct bw_book_event *const *bw_book_events_of(
    const struct bw_book *book, bw_code code, size_t *ret_count);
const struct bw_book_kiosk *bw_book_kiosk_of(const struct bw_book *book, uint32_t device);
/* What a kiosk's part lacks, in words; "" where it is whole. */
void bw_book_lack_say(const struct bw_book_kiosk *kiosk,
    enum bw_wording_language language, char ret_text[BW_WORDING_SAID_BYTES]);
/* BW_CODE_NONE where it has none. */
bw_code bw_book_code_of(const struct bw_book *book, struct bw_event_id event);

/* The stay of the registered person themselves on their place: not of who came instead.
 * False where there's none. */
bool bw_book_own_stay(const struct bw_presence *presence, struct bw_subject subject,
    struct bw_attendance *ret_stay);

/* Details of who came by an arrival: its own,
 * or those of the `waiting` before it. NULL. */
const struct bw_event_details *bw_book_details_of(
    const struct bw_book *book, struct bw_event_id arrival);

/* How many were there: each arrival of somebody who attended, once a stay. */
int bw_book_present(const struct bw_book *book);
/* How many kiosks count; and how many of them have their part known to be whole. */
int bw_book_kiosks_counted(const struct bw_book *book);
int bw_book_kiosks_complete(const struct bw_book *book);

#endif
