/* A table of counts of people with its totals, and the same fit to be published.
 *
 * TA1 a published count of 1 to 4 is small ("<5"); 0 stays 0.
 * TA2 who knows every total that is published, every shown cell, and that a dot is 5 or
 *     more, is left with three possible values and more for each cell that isn't shown.
 * TA3 totals stay true and shown; a row or column whose total is small is merged with a
 *     neighbour, as are those that TA2 can't be kept for otherwise.
 *
 * One thread a table. Zeroed is empty. */
#ifndef BW_SYNC_REPORT_TALLY_H
#define BW_SYNC_REPORT_TALLY_H

#include <stdbool.h>
#include <stddef.h>

enum { BW_REPORT_TALLY_SMALL_BELOW = 5, BW_REPORT_TALLY_NAME_BYTES = 256 };

enum bw_report_tally_shown {
    BW_REPORT_TALLY_PLAIN,
    BW_REPORT_TALLY_SMALL,  /* 1 to 4, and that is all that is said */
    BW_REPORT_TALLY_HIDDEN, /* 5 and more, so that no small one can be computed */
};

struct bw_report_tally_cell {
    int count;
    enum bw_report_tally_shown shown;
};

/* One row or column. */
struct bw_report_tally_side {
    char name[BW_REPORT_TALLY_NAME_BYTES];
    int group;  /* merged with its like first; of columns: not looked at */
    int merged; /* how many there are in it; 1 at first */
    /* Rows: places that the first column's people had; where 1 to 4 of those stayed
     * empty the first cell is hidden, for it tells who didn't come. 0: not known. */
    int places;
    int capacity; /* of bars; summed where rows are merged */
};

/* A row or column as it was at first: what it is of, whatever language names it, and in
 * which it is by now. */
struct bw_report_tally_part {
    char key[BW_REPORT_TALLY_NAME_BYTES]; /* the caller's; its name where it gives none */
    size_t at;
};

struct bw_report_tally {
    size_t rows_count, columns_count;
    struct bw_report_tally_cell *cells; /* row by row */
    struct bw_report_tally_side *rows, *columns;
    size_t row_parts_count, column_parts_count;
    struct bw_report_tally_part *row_parts, *column_parts;
    /* They are published too; false: rows alone have a total. Of a single row they would
     * be the cells again: protecting takes them away. */
    bool column_totals;
    size_t groups; /* of `roots` */
    int *
        roots; /* by group, which groups were merged: the caller's, each its own at first;
                   NULL where nobody asks */
};

/* Makes one of zeroes, whose sides the caller names. False without memory. */
bool bw_report_tally_init(
    struct bw_report_tally *tally, size_t rows, size_t columns, bool column_totals);
void bw_report_tally_finish(struct bw_report_tally *tally);

/* One cell, from 0; the table's own. */
struct bw_report_tally_cell *bw_report_tally_at(
    const struct bw_report_tally *tally, size_t row, size_t column);
/* People of one row, of one column, of all; what is hidden counts too. */
int bw_report_tally_row_total(const struct bw_report_tally *tally, size_t row);
int bw_report_tally_column_total(const struct bw_report_tally *tally, size_t column);
int bw_report_tally_total(const struct bw_report_tally *tally);

/* Makes row `from` part of row `into`; likewise columns. What is shown stays as it
 * was. */
void bw_report_tally_merge_rows(struct bw_report_tally *tally, size_t into, size_t from);
void bw_report_tally_merge_columns(
    struct bw_report_tally *tally, size_t into, size_t from);

/* Of a table that is turned: its rows' parts were the other's columns', and the other way
 * round. */
void bw_report_tally_swap_parts(
    struct bw_report_tally *turned, struct bw_report_tally *from);

/* Hides and merges until TA1 to TA3 hold. False without memory: publish nothing then. */
bool bw_report_tally_protect(struct bw_report_tally *tally);

/* How many values a hidden cell can have for who knows the rest: 1, 2, or 3 for three and
 * more. 1 for one that is shown. */
int bw_report_tally_values(
    const struct bw_report_tally *tally, size_t row, size_t column);

enum { BW_REPORT_TALLY_TEXT_BYTES = 16 };
/* 12, <5 or a dot. */
void bw_report_tally_text(
    const struct bw_report_tally_cell *cell, char ret_text[BW_REPORT_TALLY_TEXT_BYTES]);
/* A total: its number, or <5. */
void bw_report_tally_total_text(
    int total, bool is_public, char ret_text[BW_REPORT_TALLY_TEXT_BYTES]);

#endif
