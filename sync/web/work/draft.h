/* Files that were given to the desk to be imported, until they are taken over or thrown
 * away: what each was answered with, and what the import itself said of it. The desk has
 * no eyes of its own: a look is bw_import_file on a connection that keeps nothing.
 *
 *   given --look--> looked at --answers--> look again … --take--> taken over
 *                       ^                                  |
 *                       '---- another picture by now ------'
 *
 * WI1 nothing is changed before somebody saw the picture of it, and what is done then is
 *     that picture, whole: where one file can't be taken, those before it are taken back.
 * WI3 of a line in doubt the likeliest is said beforehand, where there is one: the
 *     picture is drawn with it, and it may be said otherwise.
 * WI2 a draft is its desk's, not its tab's: it is there until it is taken over, thrown
 *     away, one of too many, or the desk ends.
 *
 * The desk's thread; looking and taking over run on the work's (WW1). */
#ifndef BW_WEB_DRAFT_H
#define BW_WEB_DRAFT_H

#include "office/import/import_list.h"
#include "web/work/folder.h"
#include "web/request/guard.h"
#include "web/request/multipart.h"
#include "web/work/work.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BW_WEB_DRAFTS_MAX = 8,
    BW_WEB_DRAFT_ID_BYTES = 33,
    BW_WEB_DRAFT_TABLES_MAX = BW_WEB_STEPS_MAX, /* each becomes a step */
    BW_WEB_DRAFT_ANSWERS_MAX = 64,              /* of one table and kind */
    BW_WEB_DRAFT_SKIPPED_MAX = 200,             /* rows of one that stay out */
};

/* One table: its answers, and what the last look or the taking over said. */
struct bw_web_draft_table {
    char session[BW_LABEL_BYTES]; /* "": the file tells, or its kind has none */
    bool confirmed;               /* it is that circle's form, whatever it looks */
    bool left_out;                /* it stays out whole, of several */
    char *maps[BW_WEB_DRAFT_ANSWERS_MAX], *aliases[BW_WEB_DRAFT_ANSWERS_MAX]; /* owned */
    int maps_count, aliases_count;
    enum bw_date_order dates;                  /* of it alone; UNSAID: as of all */
    int32_t skipped[BW_WEB_DRAFT_SKIPPED_MAX]; /* lines that stay out */
    int skipped_count;
    int32_t admitted[BW_WEB_DRAFT_SKIPPED_MAX]; /* that go in whatever their role */
    int admitted_count;
    struct bw_import_refusal refused[BW_WEB_DRAFT_SKIPPED_MAX]; /* of whom it changes */
    int refused_count;
    struct bw_import_said said[BW_WEB_DRAFT_SKIPPED_MAX]; /* of lines in doubt */
    int said_count;
    enum bw_status status;
    struct bw_error err;
    bool asked;                            /* about its circle; err says why */
    struct bw_import_questions *questions; /* owned */
    struct bw_import_reading *reading;     /* owned; NULL: it wasn't looked at yet */
    struct bw_import_result result;
};

struct bw_web_draft {
    char id[BW_WEB_DRAFT_ID_BYTES];   /* "": none */
    char folder[BW_WEB_FOLDER_BYTES]; /* of its files */
    char names[BW_TITLE_BYTES];
    size_t files;
    int64_t since_ms; /* monotonic */
    enum bw_import_kind kind;
    char session[BW_LABEL_BYTES]; /* of all its tables; "" */
    enum bw_date_order dates;
    int round;   /* of answers: a form names the one that it was drawn from */
    bool looked; /* with the answers of now */
    bool taking; /* the work takes it over; else it looks */
    bool taken, stale;
    bool told; /* that it was taken, to whoever came to look first */
    struct bw_import_list list;
    struct bw_web_draft_table *tables; /* beside list.items; owned */
    struct bw_web_work *work;          /* NULL: none is under way */
    struct bw_error failed;            /* of the last work as a whole; "" */
    bool stopped;                      /* it failed as it was told to stop */
    char picture[BW_WEB_KEY_BYTES];    /* of the last look */
    int64_t since;                     /* the newest step before it */
    int64_t stale_since;               /* … before the one that is old */
    char wanted[BW_WEB_KEY_BYTES];     /* … that is taken over */
    int64_t steps[BW_WEB_STEPS_MAX];   /* that it became */
    int steps_count;
    struct bw_web_work_plan plan; /* of its works */
};

/* A desk's. Zeroed is none. */
struct bw_web_drafts {
    struct bw_web_draft items[BW_WEB_DRAFTS_MAX];
};

/* Keeps the files, in a folder for us alone. Where there are too many drafts the oldest
 * goes that isn't at work. BW_FULL, BW_IO, BW_BUSY, BW_NO_MEMORY. Borrowed. */
BW_NODISCARD enum bw_status bw_web_draft_new(struct bw_web_drafts *drafts,
    const struct bw_web_work_plan *plan, const struct bw_web_uploads *uploads,
    struct bw_web_draft **ret_draft, struct bw_error *err);

/* By its id, NULL where there's none. Borrowed. */
struct bw_web_draft *bw_web_draft_of(struct bw_web_drafts *drafts, const char *id);

/* Throws it away; a work under way is told to stop and waited for. NULL is fine. */
void bw_web_draft_drop(struct bw_web_draft *draft);
void bw_web_drafts_finish(struct bw_web_drafts *drafts);

/* Begins a look, where none fits the answers of now; or the taking over of `picture`.
 * What bw_web_work_begin answers. */
BW_NODISCARD enum bw_status bw_web_draft_look(
    struct bw_web_draft *draft, struct bw_error *err);
BW_NODISCARD enum bw_status bw_web_draft_take(
    struct bw_web_draft *draft, const char *picture, struct bw_error *err);

/* Waits up to `wait_ms` for what is under way. True where nothing is any more, and the
 * tables may be read; else *ret_state says how far it is. */
bool bw_web_draft_settled(
    struct bw_web_draft *draft, int wait_ms, struct bw_web_work_state *ret_state);

/* An answer, "field=Heading", of one table; the last of a field counts. False without
 * memory, or past the limit. */
bool bw_web_draft_map(struct bw_web_draft_table *table, const char *map);
bool bw_web_draft_alias(struct bw_web_draft_table *table, const char *alias);

/* How dates are read was said of all tables: what was said of one goes. */
void bw_web_draft_dates_of_all(struct bw_web_draft *draft);

/* What is said of a line that is in doubt; the last word counts. False past the limit. */
bool bw_web_draft_say(
    struct bw_web_draft_table *table, int32_t line, enum bw_import_word word);

/* Which tables there are is to be looked at anew, and their answers go. */
void bw_web_draft_forget(struct bw_web_draft *draft);

/* Answers were given: what was looked at is of before. */
void bw_web_draft_answered(struct bw_web_draft *draft);

/* Whether it has a table, and all that aren't left out could go in as they are. */
bool bw_web_draft_is_ready(const struct bw_web_draft *draft);

/* The jobs of both works, for draft.c. The errors of bw_import_list_add, BW_NO_MEMORY,
 * and of the undoing where a file couldn't be taken. */
BW_NODISCARD enum bw_status bw_web_draft_job_look(
    struct bw_office *office, void *context, struct bw_error *err);
BW_NODISCARD enum bw_status bw_web_draft_job_take(
    struct bw_office *office, void *context, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
