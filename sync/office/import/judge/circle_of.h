/* Which circle a form, or a row of one, is of. One thread, that of the import. */
#ifndef BW_SYNC_CIRCLE_OF_H
#define BW_SYNC_CIRCLE_OF_H

#include "office/import/judge/circle_check.h"

enum { BW_CIRCLES_UNKNOWN_MAX = BW_IMPORT_QUESTIONS_MAX };

/* What rows of a form have in the column Leerkring that names no session, or several,
 * each once; and what they do name, for circle_check.h. Zeroed at first. */
struct bw_import_circle_words {
    const char *unknown[BW_CIRCLES_UNKNOWN_MAX]; /* in the import's arena */
    int count;
    struct bw_import_circle *check; /* borrowed; NULL: nobody wants to know */
};

/* Registrations without --session: the form of one session, by the name of the file or
 * the sheet, else by the title above its heading; rows that name their own are left to
 * bw_import_circle_of_row. *inout_session_no: 0 where nothing was given. BW_BAD_INPUT:
 * nothing tells; where several sheets of a workbook are forms, they are named.
 * BW_REFUSED, and its *ret_asked set: it looks like the waiting list's. */
BW_NODISCARD enum bw_status bw_import_circle_of_file(struct bw_import *import,
    const struct bw_session_names *names, uint32_t *inout_session_no,
    struct bw_error *err);

/* Gives a sign-up its session: `session_no`, or where that is 0 the one that the row
 * names. False where it names none, several, or another one than `session_no`:
 * rejected. */
bool bw_import_circle_of_row(struct bw_import_circle_words *words,
    struct bw_import *import, const struct bw_session_names *names, uint32_t session_no,
    const struct bw_csv_row *row, struct bw_sign_up *sign_up);

/* Asks for the words that name none, where the request's ret_questions can take it:
 * BW_REFUSED. */
BW_NODISCARD enum bw_status bw_import_circle_ask(
    const struct bw_import_circle_words *words, const struct bw_import *import,
    const struct bw_session_names *names, struct bw_error *err);

#endif
