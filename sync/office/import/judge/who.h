/* Who an answer is from: everybody that a series knows, and the first of design.md's
 * rules (section 9) that applies.
 *
 * WH1 same mail and same name, folded: the same person.
 * WH2 the same time stamp, to the precision of both files, in the same session, and the
 *    same mail or nearly the same name: the same answer, corrected.
 * WH3 the same mail with another name, or nearly the same name at the same school: a
 *    doubt; where another session of the series knows them, for a look alone.
 * WH4 a name that was damaged on the way is nobody new where it fits one that is known by
 *    the same mail, or without a mail at the same school.
 * WH5 an answer that this file holds as it is known isn't corrected by another of its
 *    rows.
 *
 * One thread, that of the import; texts lie in the import's arena. */
#ifndef BW_SYNC_WHO_H
#define BW_SYNC_WHO_H

#include "office/import/read/likeness.h"
#include "office/import/read/sign_up.h"

/* One registration of a series. */
struct bw_who_known {
    bw_code code;
    uint32_t session_no;
    int64_t person_no;
    int64_t signed_up_ms, answers_ms;
    const char *mail_fold, *name_fold, *school_fold; /* as bw_likeness_fold folds them */
    struct bw_likeness_mark name_mark;
    bool claimed; /* a row of this file is theirs (WH5) */
};

struct bw_who_link;

struct bw_who {
    struct bw_import *import; /* borrowed */
    struct bw_who_known *known;
    size_t count, capacity;
    struct bw_who_link *links; /* from what they are looked up by, to them */
    size_t links_count, links_capacity;
    size_t *buckets, buckets_count;
    char (*series)[BW_LABEL_BYTES]; /* those that were read */
    size_t series_count, series_capacity;
    unsigned char hash_key[16]; /* random: nobody makes a file whose texts collide */
    bool no_memory;
};

enum bw_who_answer {
    BW_WHO_SAME,      /* WH1, WH4 */
    BW_WHO_CORRECTED, /* WH2 */
    BW_WHO_MAIL,      /* WH3 */
    BW_WHO_NAME,      /* WH3 */
    BW_WHO_NEW,
};

/* An empty one; the import is borrowed until bw_who_finish. Can't fail. */
void bw_who_init(struct bw_who *who, struct bw_import *import);

/* Reads who is known in a session's series, once a series. bw_who_finish is due on
 * failure too. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_who_load(
    struct bw_who *who, const struct bw_session *session, struct bw_error *err);
void bw_who_finish(struct bw_who *who);

/* WH1: their registration for the session of the sign-up; NULL where there's none.
 * Borrowed, until somebody is added. */
struct bw_who_known *bw_who_find(struct bw_who *who, const struct bw_sign_up *sign_up);

/* The other rules, where WH1 finds nothing. *ret_known: whom it is about; borrowed, until
 * somebody is added; NULL for BW_WHO_NEW. */
enum bw_who_answer bw_who_ask(struct bw_who *who, const struct bw_session *session,
    const struct bw_sign_up *sign_up, struct bw_who_known **ret_known);

/* A registration that was made for this sign-up. */
void bw_who_add(struct bw_who *who, const struct bw_session *session,
    const struct bw_sign_up *sign_up, bw_code code, int64_t person_no);

/* Whether two time stamps are one, to the precision of both: Excel drops the seconds. */
bool bw_who_is_same_time(int64_t one_ms, int64_t other_ms);

#endif
