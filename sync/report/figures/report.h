/* The report: who came, of one session or of a series; and whether that is all.
 *
 * The figures are made once; every writer (report/writer) says the same of them. A series
 * is read session by session: its people pass by once, and only figures stay (R1), so
 * that memory doesn't grow with it. One thread. */
#ifndef BW_SYNC_REPORT_H
#define BW_SYNC_REPORT_H

#include "central/session_state.h"
#include "central/when.h"
#include "central/base/arena.h"
#include "report/book/book.h"
#include "report/conflict/conflicts.h"
#include "report/figures/report_version.h"

/* One person of one session. Texts are borrowed from the book. */
struct bw_report_row {
    bw_code code; /* a walk-in's is the one given at the merge; BW_CODE_NONE without */
    const char *first_name, *name, *school, *region;
    const char *mail;                   /* "" for walk-ins */
    const char *status;                 /* "confirmed" …, "guest", "walk_in" */
    const char *how;                    /* Dutch: by ticket, by name …; "" */
    char arrived[8];                    /* 13.07; "" */
    const char *kiosk;                  /* "" */
    char substitute[2 * BW_NAME_BYTES]; /* who came instead; "" */
    bool attended;
    int64_t since_ms;  /* came then; 0: never */
    int64_t person_no; /* 0 for walk-ins and unknown codes */
};

struct bw_report_kiosk {
    uint32_t device;
    bool complete;
    bool counted; /* false: revoked before it was ever heard */
    enum bw_chain_state chain;
    uint64_t contiguous_seq;
    const char *name, *why; /* why: what is missing; "" when complete */
    uint64_t missing;       /* events that lie in gaps; each may be somebody who came */
    bool bounded;           /* so many people more at most; else nobody knows */
    const char *reached;    /* up to then it is whole, in words; "": never heard */
};

/* When people came: in bins of five minutes round the start. Together they are
 * `present`. */
enum {
    BW_ARRIVALS_MINUTES = 5,
    BW_ARRIVALS_BINS = 48,
    BW_ARRIVALS_START = 24 /* the bin that begins with the session */
};
struct bw_report_arrivals {
    int before, bins[BW_ARRIVALS_BINS], after;
    int unknown; /* the clock wasn't to be trusted */
    int early;   /* how many of them before the doors opened */
};

/* Texts live as long as the report. */
struct bw_report_session {
    struct bw_book *book; /* NULL once a session of a series has passed by (R1) */
    const char *code, *title, *region;
    const char *date; /* 18 maart */
    int capacity;
    size_t lines_count;
    struct bw_report_kiosk *lines; /* its kiosks, by number */
    struct bw_conflicts conflicts;
    struct bw_conflicts decisions; /* decisions.h */
    struct bw_when when;
    int registered, confirmed, waitlisted;
    int present, from_waitlist, guests, walk_ins;
    int came;           /* present by a place of their own, or in somebody's stead */
    int other;          /* present, and none of these: on no list, or cancelled */
    int confirmed_came; /* of `confirmed`: the show-up rate is of these */
    bool purged;        /* its people's names are gone */
    int overrides;      /* let in past a rule; `decisions` has the reasons */
    struct bw_report_arrivals arrivals;
    enum bw_session_state state;
    int no_show;                 /* confirmed and not come; 0 where it wasn't held */
    int kiosks, kiosks_complete; /* that count */
    int64_t quarantined;         /* events that wait, counted nowhere */
    int64_t late;                /* that came once its figures were fixed: not counted */
    bool complete;
    size_t rows_count, rows_capacity;
    struct bw_report_row *rows; /* by name */
};

/* How many from `from` were in `to`. */
struct bw_report_move {
    const char *from, *to;
    int people;
};

/* A name of a school that isn't on the list (central/schools.h). */
struct bw_report_unlisted {
    const char *name;
    int visits;
};
enum { BW_REPORT_UNLISTED_MAX = 1000 };

enum bw_often { BW_OFTEN_ONCE, BW_OFTEN_TWICE, BW_OFTEN_MORE };
enum { BW_OFTEN = BW_OFTEN_MORE + 1 };

struct bw_report {
    enum bw_wording_language language;
    int64_t generated_ms;
    char generated_iso[64];
    char generated[BW_WHEN_BYTES]; /* in words */
    const char *series;            /* code; NULL for one session */
    char title[BW_TITLE_BYTES];
    size_t sessions_count, sessions_capacity;
    struct bw_report_session *sessions; /* by start */
    int unique_people;
    int often[BW_OFTEN]; /* of them, how many came once, twice, more often */
    bool schools_listed; /* there is a list of them; else different names count */
    int schools;         /* of who was there: on the list, or different names */
    int schools_of;      /* how many there are; 0: not known */
    int schools_beside;  /* names that aren't on the list, the first of them below */
    size_t beside_count, beside_capacity;
    struct bw_report_unlisted *beside; /* by name, folded */
    int schoolless;                    /* visits of people whose school isn't known */
    size_t moves_count, moves_capacity;
    struct bw_report_move *moves; /* by from, to */
    struct bw_report_version version;
    struct bw_arena texts; /* regions */
    struct bw_report_crowd *crowd;
};

/* Takes a session while its people are there: for writers of a row a person. Another
 * status than BW_OK ends the reading with it. */
typedef enum bw_status bw_report_each(
    const struct bw_report_session *session, void *context, struct bw_error *err);

/* Reads the session or the series, all of it in one snapshot (C4), with its moments and
 * sentences in that language. `each` may be NULL.
 * BW_NOT_FOUND where there's none, BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_report_of_session(struct bw_central *central,
    enum bw_wording_language language, const char *code, int64_t now_ms,
    bw_report_each *each, void *context, struct bw_report *ret_report,
    struct bw_error *err);
BW_NODISCARD enum bw_status bw_report_of_series(struct bw_central *central,
    enum bw_wording_language language, const char *series, int64_t now_ms,
    bw_report_each *each, void *context, struct bw_report *ret_report,
    struct bw_error *err);
void bw_report_finish(struct bw_report *report);

/* For who would fix the figures of a session with this code: BW_REFUSED where it is over
 * and not complete, or something of it is to be judged, and `why` doesn't say why they
 * stand all the same. The errors of bw_report_of_session. */
BW_NODISCARD enum bw_status bw_report_check_closing(struct bw_central *central,
    const char *code, int64_t now_ms, const char *why, struct bw_error *err);

/* Fills the numbers and rows of one session from its book and conflicts. BW_NOT_FOUND
 * for a zone that this machine doesn't have, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_report_session_fill(
    struct bw_report_session *session, struct bw_error *err);
/* Reads the list of schools, before anybody is taken in. BW_NO_MEMORY, what the database
 * answers. */
BW_NODISCARD enum bw_status bw_report_people_begin(
    struct bw_report *report, struct bw_central *central, struct bw_error *err);
/* Takes in who came to one session, and from where. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_report_people_add(struct bw_report *report,
    const struct bw_report_session *session, struct bw_error *err);
/* Counts each person and each school once, over all that was taken in. */
void bw_report_people_count(struct bw_report *report);
void bw_report_crowd_destroy(struct bw_report_crowd *crowd);

/* Whether all sessions but those called off are complete; how many conflicts, and how
 * many events in quarantine, they have together. */
bool bw_report_is_complete(const struct bw_report *report);
int bw_report_conflicts(const struct bw_report *report);
int64_t bw_report_quarantined(const struct bw_report *report);

#endif
