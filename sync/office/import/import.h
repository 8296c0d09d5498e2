/* A CSV file, taken into the central database.
 *
 * I1 a file goes in whole, in one transaction, or not at all.
 * I2 every row that didn't go in is listed with its physical line and a reason.
 * I3 the same file again changes nothing, not even a revision. One thread. */
#ifndef BW_SYNC_IMPORT_H
#define BW_SYNC_IMPORT_H

#include "office/import/import_reading.h"
#include "office/import/read/form_time.h"
#include "office/office.h"
#include "office/place/doubt.h"

#ifdef __cplusplus
extern "C" {
#endif

enum bw_import_kind {
    BW_IMPORT_SESSIONS,      /* by code, again and again; a changed row changes it */
    BW_IMPORT_REGISTRATIONS, /* a form of one session: it gives places, in order */
    BW_IMPORT_WAITLIST,      /* the shared form, which names sessions; it gives none */
    BW_IMPORT_AGENDA,        /* the file is the whole agenda */
    BW_IMPORT_ATTENDANCE,    /* of one session's paper list: who came */
    BW_IMPORT_SCHOOLS,       /* the file is the whole list of schools to be reached */
};

/* Whether such a file is of one session, which the request names; or may name, where the
 * file tells it: its rows (Leerkring), or its name. */
bool bw_import_is_of_session(enum bw_import_kind kind);
bool bw_import_may_tell_session(enum bw_import_kind kind);
/* Whether such a file takes the place of all of its kind: the agenda, the schools. */
bool bw_import_is_whole(enum bw_import_kind kind);

/* What only somebody who knows the file can say. Texts are as the file has them; an
 * answer is one of the choices, or none of them. */
enum bw_import_ask {
    BW_IMPORT_ASK_COLUMN, /* answered by a map: about=CHOICE, or about=- for none */
    BW_IMPORT_ASK_REGION, /* by an alias: about=CHOICE, or about=-: it stays as it is */
    BW_IMPORT_ASK_CIRCLE, /* by an alias too; about=-: its rows stay out */
    BW_IMPORT_ASK_DATES,  /* by the request's dates: dmy or mdy. Shown: one of the file */
};

enum { BW_IMPORT_CHOICES_MAX = 30, BW_IMPORT_QUESTIONS_MAX = 24 };

struct bw_import_question {
    enum bw_import_ask ask;
    char about
        [BW_TITLE_BYTES]; /* the field (school), or the region or circle as written */
    char shown[BW_TITLE_BYTES]; /* School */
    bool required;              /* without it nothing goes in */
    int best;                   /* the likeliest choice, from 0; -1: none is */
    int count;
    struct {
        char value[BW_TITLE_BYTES]; /* as --map takes the heading; a region; a code */
        char shown[BW_TITLE_BYTES]; /* what stands in its first rows, a title, or "" */
        /* of dates, read so: that day, UTC; of how many rows; how many are too late */
        int64_t day_ms, rows, late;
    } choices[BW_IMPORT_CHOICES_MAX];
};

/* Zeroed is none. */
struct bw_import_questions {
    int count;
    struct bw_import_question items[BW_IMPORT_QUESTIONS_MAX];
};

/* What is said of a line whose answer is in doubt (doubt.h), while the file goes in. */
enum bw_import_word {
    BW_IMPORT_WORD_LATER, /* it waits, to be settled */
    BW_IMPORT_WORD_OTHER, /* as BW_PLACE_DOUBT_OTHER, and so on */
    BW_IMPORT_WORD_SAME,
    BW_IMPORT_WORD_OUT,
};
struct bw_import_said {
    int32_t line;
    enum bw_import_word word;
};

/* What a line says otherwise of somebody known, and isn't taken over: a field, as
 * bw_import_refusable has it. */
struct bw_import_refusal {
    int32_t line;
    const char *field;
};
/* The field of that name, where what differs of it may be refused; else NULL. Static. */
const char *bw_import_refusable(const char *text);

/* Borrowed for the call. */
struct bw_import_request {
    enum bw_import_kind kind;
    const char *path;
    const unsigned char *bytes; /* what it holds, where that was read; NULL: it wasn't */
    size_t length;
    /* of an archive with several tables, or a sheet (table_file.h); NULL: the only one */
    const char *member;
    /* its code; NULL where rows or the file's name tell, and for kinds without one */
    const char *session;
    const char *const *maps; /* FIELD=HEADING */
    int maps_count;
    const char *const *aliases; /* SPELLING=NAME, of a region or a circle */
    int aliases_count;
    enum bw_date_order dates; /* UNSAID: the file tells */
    const int32_t *skipped;   /* of a form: physical lines that stay out */
    int skipped_count;
    const struct bw_import_refusal *refused; /* of a form: what stays as it is known */
    int refused_count;
    const int32_t *admitted; /* of a form: lines of roles that aren't of the audience, */
    int admitted_count;      /* and go in all the same */
    const struct bw_import_said *said; /* of a form: of lines that are in doubt */
    int said_count;
    bool confirmed;  /* registrations: it is the form of this circle, whatever it looks */
    bool *ret_asked; /* NULL, or set where BW_REFUSED only asks for that */
    /* NULL: nobody is there to be asked, and what can be read without goes in. Else
     * BW_REFUSED with a count above 0 asks these; nothing was changed. */
    struct bw_import_questions *ret_questions;
    /* NULL, or how the file was read, as far as it was, whatever becomes of it: zeroed at
     * first, or of an earlier call; the caller finishes it. */
    struct bw_import_reading *ret_reading;
};

enum bw_reject {
    BW_REJECT_INVALID,
    BW_REJECT_AUDIENCE,
    BW_REJECT_DUPLICATE,
    BW_REJECT_DOUBT,   /* taken in, and without a place until it is settled */
    BW_REJECT_SKIPPED, /* the request says that it stays out */
};

struct bw_rejection {
    int32_t line;
    enum bw_reject reason;
    char *text; /* one sentence */
};

struct bw_import_note {
    bool look; /* somebody should look at it */
    char *text;
};

/* One thing of somebody known that is another by the file. Texts are owned. */
struct bw_import_difference {
    const char *field, *shown; /* school, School; static */
    char *was, *becomes;
    int64_t was_ms, becomes_ms; /* of the time of sign-up, UTC: the texts are "" */
    bool refused;               /* it stays as it was */
};
enum { BW_IMPORT_DIFFERENCES_MAX = 8 };

/* Somebody who came in by a file, or of whom it says something new. Texts are owned. */
struct bw_import_change {
    int32_t line;
    bool fresh;                         /* wasn't known here before */
    bool again;                         /* had cancelled, and signs up anew */
    bool late;                          /* signed up after the circle began */
    bool doubt;                         /* in doubt: no place until it is settled */
    bool refusable;                     /* each thing that differs may be refused */
    enum bw_registration_status status; /* now */
    uint32_t session_no;
    bw_code code;
    int64_t signed_up_ms; /* as the file says, UTC */
    char *who, *school, *region;
    struct bw_import_difference differs[BW_IMPORT_DIFFERENCES_MAX];
    int differs_count;
    /* where the request has a ret_reading: */
    int64_t number; /* on the waiting list, 1 is next; 0: doesn't wait */
    char *also_in;  /* circles of the series where they have a place too; "": none */
};
enum { BW_IMPORT_CHANGES_MAX = 1000 };

/* An answer of the file that is in doubt, or was until what the request says of it. Texts
 * are owned; "" where there is none. */
struct bw_import_side {
    char *who, *school, *mail, *role;
};
struct bw_import_doubt {
    int32_t line;
    bw_code code, known_code; /* BW_CODE_NONE: of nobody known */
    enum bw_place_doubt doubt;
    enum bw_import_word word;   /* that it went in with */
    enum bw_import_word likely; /* what would be said of it; LATER: nothing is likely */
    struct bw_import_side answer, known;
};

/* What became of a file; owns all that it points to. A zeroed one is empty. */
struct bw_import_result {
    int64_t rows;
    bool counts_people; /* where it is so, the next four are what its rows are now */
    int64_t confirmed, waitlisted, cancelled, blocked;
    int64_t added, changed;
    int64_t gone; /* of `changed`: what the file no longer has, where it is all of it */
    struct bw_rejection *rejections; /* by line */
    size_t rejections_count;
    struct bw_import_note *notes;
    size_t notes_count;
    char **ignored; /* headings that no field has */
    size_t ignored_count;
    /* of a form: the first ones; added and changed count all */
    struct bw_import_change *changes;
    size_t changes_count;
    /* of a form: answers that it brings, by rank */
    struct bw_import_doubt *doubts;
    size_t doubts_count;
};

/* Imports a file. BW_BAD_INPUT for a file that is none of its kind, lacks a column or
 * is too large, and for a map that names nothing; BW_REFUSED for a form that looks like
 * that of another circle, and where the figures of the session are fixed; BW_NOT_FOUND
 * for the file or the session; BW_NO_MEMORY; the errors of bw_office_keys and the
 * database; BW_REFUSED where whoever watches stopped it; BW_BUSY where others came first
 * each time. Nothing was changed then. Standard input ("-") is read once, and kept as
 * long as that takes. The
 * caller finishes what BW_OK gives. */
BW_NODISCARD enum bw_status bw_import_file(const struct bw_office *office,
    const struct bw_import_request *request, struct bw_import_result *ret_result,
    struct bw_error *err);
void bw_import_result_finish(struct bw_import_result *result);

/* True where somebody should look at it: rows were rejected that weren't asked to stay
 * out, or a note says so. */
bool bw_import_needs_look(const struct bw_import_result *result);

/* How many of the rejections are doubts: rows that were taken in, and wait for a word. */
size_t bw_import_doubts(const struct bw_import_result *result);

/* "invalid", "audience", "duplicate", "doubt", "skipped". Static: nobody frees it; never
 * NULL. */
const char *bw_import_reject_name(enum bw_reject reason);

#ifdef __cplusplus
}
#endif

#endif
