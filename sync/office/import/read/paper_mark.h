/* A mark on a paper list that may hold everybody: who came, in people's own words. One
 * thread, that of the import. */
#ifndef BW_SYNC_PAPER_MARK_H
#define BW_SYNC_PAPER_MARK_H

#include "office/import/import_state.h"

enum bw_paper_mark {
    BW_PAPER_NOTHING, /* no mark: says nothing of them */
    BW_PAPER_NO,      /* a word that says no */
    BW_PAPER_YES,     /* so too where the file has no such column */
};

/* The mark of a row. False where it says neither yes nor no: rejected. */
bool bw_paper_mark_read(struct bw_import *import, const struct bw_csv_row *row, int field,
    enum bw_paper_mark *ret_mark);

/* Whether a file is a sign-up form rather than a list of who came: it has when people
 * signed up, and their role, region or mail. */
bool bw_paper_mark_is_form(const struct bw_csv_table *table);

/* Whether somebody may be meant by a name, both folded (bw_text_fold): the same, or
 * nearly so. */
bool bw_paper_mark_is_near(const char *known_name, const char *name);

/* Whether a word of two letters or more stands in both, the first one folded: "M. Visser"
 * is "Mehmet Visser". A name of initials alone says nothing, and so is like any. */
bool bw_paper_mark_is_like(const char *known_name, const char *full);

#endif
