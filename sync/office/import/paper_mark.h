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

#endif
