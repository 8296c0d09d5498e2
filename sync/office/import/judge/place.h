/* Sign-ups into the central database: who is known already, who gets a place, who waits.
 *
 * PL1 a new sign-up gets a place only where the file may give places, one is free, nobody
 *     waits, and the session isn't called off, nor over since an earlier import.
 *     Somebody in doubt gets none; the one that would be theirs is kept. A doubt about
 *     who somebody is holds in all sessions of the series until it is settled in one.
 * PL2 a place once given is never taken back; a status never changed, but that of
 *     somebody who had cancelled and signs up anew.
 * PL3 the earliest time stands, the last answers stand; words of a file that was taken
 *     before are no news, and damaged words replace no others.
 * PL5 of a session whose figures are fixed nothing changes; one that is over takes nobody
 *     who signs up after its end.
 * PL4 a session whose people were purged takes nobody in: they would count twice.
 * PL6 whose name leads to nobody before the first is placed, and who answers for one
 *     session of the form only, is nobody until their turn comes.
 * PL7 who is somebody in another import at the same time is so once (engine.h, C9): the
 *     second to write them is overtaken (BW_BUSY, bw_import.overtaken), and begins anew.
 *
 * PL9 what the request refuses of somebody known stays as it is, and is told; that is
 *     kept with the step, and holds for files that say the same again, by the word.
 * PL8 what the organiser corrected by hand stands: a file that says what stood there
 *    before (correct.h) changes nothing of it, and the import says so.
 *
 * In a transaction; one thread. */
#ifndef BW_SYNC_PLACE_H
#define BW_SYNC_PLACE_H

#include "central/keys.h"
#include "central/signing.h"
#include "office/import/judge/who.h"

/* One person's rows in one session, by time: all from the earliest to the last. */
struct bw_place_request {
    const struct bw_sign_up *first;
    const struct bw_sign_up *last;
    bool nobody;  /* PL6; bw_place_ahead finds out */
    bw_code code; /* of whom the session doesn't know: drawn by it */
};

struct bw_place_row;

struct bw_placing {
    struct bw_import *import;
    const struct bw_keys *keys;
    bool gives_places;
    struct bw_who who;
    bool file_known;  /* the same file was imported before, and not taken back */
    bool corrected;   /* PL8: somebody was */
    size_t overtaken; /* rows of such a file that say something else than what is known */
    int64_t batch_no;
    size_t strangers; /* whom their sessions don't know: so many may be new people */
    int64_t first_person_no, next_person_no; /* 0: nobody new yet */
    uint32_t session_no; /* the one that the next four are of; 0: none yet */
    int64_t revision;    /* 0: none was taken yet */
    bool purged, closed;
    bool gives;                 /* gives_places, of this session */
    int64_t ends_ms;            /* of it, UTC */
    int64_t free;               /* less those that are kept for somebody in doubt */
    bool waits;                 /* somebody who isn't in doubt */
    struct bw_signing *signing; /* of the codes that were drawn; NULL: too few */
    struct bw_place_row *rows;  /* of new people; those from rows_written on aren't yet */
    size_t rows_count, rows_capacity, rows_written;
};

/* Marks who is known by one of the requests (WH5), before the first is placed;
 * reads who is known. BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_place_prepare(struct bw_placing *placing,
    const struct bw_session *session, const struct bw_place_request *request,
    struct bw_error *err);

/* Once all are prepared: finds out who is nobody (PL6), draws codes for whom their
 * session doesn't know, and begins to sign their tickets. BW_NO_MEMORY, BW_FULL, what the
 * database answers. */
BW_NODISCARD enum bw_status bw_place_ahead(struct bw_placing *placing,
    struct bw_place_request *requests, size_t count, struct bw_error *err);

/* Requests come by session, then in order of sign-up. Counts in the import. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_place_one(struct bw_placing *placing,
    const struct bw_session *session, const struct bw_place_request *request,
    struct bw_error *err);

/* Writes what new people's rows are still to be written: to be called before anything is
 * asked of people and registrations, and after the last. BW_NO_MEMORY, what the database
 * answers; PL7. */
BW_NODISCARD enum bw_status bw_place_new_write(
    struct bw_placing *placing, struct bw_error *err);

/* Whether all may stand (bw_place_meanwhile), once all of the step is written. PL7;
 * BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_place_end(
    struct bw_placing *placing, struct bw_error *err);

/* Frees all of it; what wasn't written is dropped. */
void bw_place_finish(struct bw_placing *placing);

/* ---- what the files of placing share ---- */

/* Who somebody new is, and what isn't sure of it. */
struct bw_place_newcomer {
    int64_t person_no; /* 0: nobody is known */
    int64_t doubt;     /* enum bw_place_doubt */
    bw_code doubt_of;
};

/* Takes somebody in; their row is written later. BW_NO_MEMORY, what the database
 * answers. */
BW_NODISCARD enum bw_status bw_place_new(struct bw_placing *placing,
    const struct bw_session *session, const struct bw_place_request *request,
    const struct bw_place_newcomer *newcomer, struct bw_error *err);

/* Taken once a session of the import, and only where something changes. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_place_take_revision(
    struct bw_placing *placing, struct bw_error *err);

/* PL7: of what writing people gave; what isn't that is as it was. */
enum bw_status bw_place_overtaking(
    struct bw_placing *placing, enum bw_status status, struct bw_error *err);

/* Counts a row by what it is now. */
void bw_place_count(struct bw_import *import, enum bw_registration_status status);

/* Whether whoever comes next gets a place; takes it. Somebody in doubt gets none; the one
 * that would be theirs is kept for them. */
bool bw_place_take(struct bw_placing *placing, bool in_doubt);

/* Rows of somebody whose registration is known: its time, its answers, its standing.
 * `renamed`: they bear another name since. What the database answers. */
BW_NODISCARD enum bw_status bw_place_known(struct bw_placing *placing, bw_code code,
    bool renamed, const struct bw_place_request *request, struct bw_error *err);

/* The same where the answer was corrected, or damaged (WH2, WH4): the person bears the
 * new name, and the old one leads to them. BW_NO_MEMORY, what the
 * database answers. */
BW_NODISCARD enum bw_status bw_place_corrected(struct bw_placing *placing,
    const struct bw_who_known *known, const struct bw_place_request *request,
    struct bw_error *err);

/* PL9: whether that was refused in an earlier file. Can't fail. */
bool bw_place_was_refused(
    const struct bw_import *import, bw_code code, int field, const char *says);
/* … and that it is now. What the database answers. */
BW_NODISCARD enum bw_status bw_place_keep_refused(struct bw_import *import, bw_code code,
    int field, const char *says, struct bw_error *err);

/* The person whom an identity leads to, now or by a former name; 0 where there's none.
 * What the database answers. */
BW_NODISCARD enum bw_status bw_place_person(struct bw_placing *placing,
    const struct bw_sign_up *sign_up, int64_t *ret_person_no, struct bw_error *err);

/* A damaged name leads to somebody from now on. What the database answers. */
BW_NODISCARD enum bw_status bw_place_alias(struct bw_placing *placing,
    const char *identity, int64_t person_no, struct bw_error *err);

/* Names a row whose registration is in doubt. */
void bw_place_doubtful(struct bw_import *import, const struct bw_sign_up *sign_up,
    bw_code code, int64_t doubt);

#endif
