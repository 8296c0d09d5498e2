/* Is a form of sign-ups that of the circle it is given for? People who are known in
 * another circle of the series, another region, a column that names other circles, all of
 * them: asked about before anything changes. One thread. */
#ifndef BW_SYNC_CIRCLE_CHECK_H
#define BW_SYNC_CIRCLE_CHECK_H

#include "office/import/read/session_names.h"
#include "office/import/read/sign_up.h"

/* What is known of the form. Borrowed. */
struct bw_import_circle {
    const struct bw_session_names *names;
    const struct bw_session *session; /* that it is given for */
    const struct bw_sign_up *rows;    /* that go in */
    size_t count;
    size_t named_here;  /* rows whose column names this circle */
    size_t named_other; /* … another one; those don't go in */
    uint32_t other_no;  /* the first of those */
    bool several;       /* they are of more than one */
};

/* It is called the waiting list's: the file, the sheet, or what stands above. Can't
 * fail. */
bool bw_import_circle_is_waitlist(const struct bw_import *import);

/* A row of a form that is given for `session_no` names a circle. Can't fail. */
void bw_import_circle_note(
    struct bw_import_circle *circle, uint32_t session_no, uint32_t named_no);

/* BW_OK where the request says that it's right. BW_REFUSED, and its *ret_asked set, where
 * it looks like another circle's, or like the waiting list's: the sentence says why, and
 * what confirms it. Reads at most the first 200 people. What the database answers. */
BW_NODISCARD enum bw_status bw_import_circle_check(struct bw_import *import,
    const struct bw_import_circle *circle, struct bw_error *err);

#endif
