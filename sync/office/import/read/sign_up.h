/* One row of a sign-up form, cleaned; and who is the same person. One thread, that of the
 * import. */
#ifndef BW_SYNC_SIGN_UP_H
#define BW_SYNC_SIGN_UP_H

#include "office/import/import_state.h"

#include <brugwachter/session.h>

enum bw_sign_up_field {
    BW_SIGN_UP_TIMESTAMP,
    BW_SIGN_UP_EMAIL,
    BW_SIGN_UP_NAME,
    BW_SIGN_UP_FIRST_NAME,
    BW_SIGN_UP_INFIX,
    BW_SIGN_UP_LAST_NAME,
    BW_SIGN_UP_SCHOOL,
    BW_SIGN_UP_ROLE,
    BW_SIGN_UP_REGION,
    BW_SIGN_UP_SESSION,
    BW_SIGN_UP_TABLE,
    BW_SIGN_UP_ATTENTION,
};
enum { BW_SIGN_UP_FIELDS = BW_SIGN_UP_ATTENTION + 1 };

extern const struct bw_field bw_sign_up_fields[];

/* Texts lie in the import's arena. */
struct bw_sign_up {
    int32_t line;
    int64_t time_ms;
    uint32_t session_no;
    const char *mail;     /* as typed; "" where none */
    const char *odd_mail; /* what stood there and is no address; NULL: nothing */
    const char *mail_fold;
    const char *first_name;
    const char *name;
    const char *shown; /* first and last name, for sentences */
    const char *school;
    const char *role;
    const char *region;
    const char *table;
    const char *attention; /* NULL: the file has no such column, what is known stays */
    /* Same person: same mail and same name, folded;
     * without a mail, same name and school. */
    const char *identity;
    uint64_t identity_key; /* a hash of it: most others differ by that already */
    const char *name_fold, *school_fold; /* as bw_likeness_fold folds them */
    bool damaged;                        /* name or school was damaged before it came */
    bool denies; /* the role names the audience, and says that it isn't theirs */
};

enum bw_audience { BW_AUDIENCE_IN, BW_AUDIENCE_DENIED, BW_AUDIENCE_OUT };

/* False where the row was rejected. The session is not yet known. The texts of
 * *ret_sign_up live as long as the import. */
bool bw_sign_up_read(struct bw_import *import, const struct bw_csv_row *row,
    struct bw_sign_up *ret_sign_up);

/* The latest that answers of a form may be from: now, within an hour, and before the end
 * of its session (NULL: of several), UTC. */
int64_t bw_sign_up_latest_ms(
    const struct bw_import *import, const struct bw_session *session);

/* Says that a form has no column for school, region or mail; --map FIELD=- confirms it.
 * The region alone is said where another column isn't used, which may be it: a form of
 * one circle need not ask for it. */
void bw_sign_up_note_missing(struct bw_import *import);

/* IN where the role contains one of the session's audience words (one or several, with or
 * without blanks), or the session has none; DENIED where it says no or not
 * too. */
enum bw_audience bw_sign_up_audience(
    const struct bw_sign_up *sign_up, const struct bw_session *session);

enum { BW_SIGN_UP_IDENTITY_BYTES = 9 * BW_TITLE_BYTES };

/* Who somebody is, as `identity` above: of a folded address ("" where none is known), the
 * name as it is shown, and the school, which counts without an address alone. Can't
 * fail. */
void bw_sign_up_identity(const char *mail_fold, const char *shown, const char *school,
    char ret_identity[BW_SIGN_UP_IDENTITY_BYTES]);

/* An address as it is compared; the caller frees. NULL without memory. */
char *bw_sign_up_mail_fold(const char *mail);

/* For qsort: by session, then person, then time, then line. Below 0, 0 or above. */
int bw_sign_up_compare_person(const void *a, const void *b);

#endif
