/* A CSV file as rows of cells, each with the physical line that it began on.
 *
 * T1 the heading is the first row that isn't empty; lines are counted from 1 as an editor
 *    counts them, so a cell with a line break moves the next row's number on.
 * T2 cells are UTF-8 as the file has them: not yet cleaned.
 * T3 nothing of a file is kept where any of it can't be read.
 *
 * Any thread; the table owns its cells. */
#ifndef BW_SYNC_CSV_TABLE_H
#define BW_SYNC_CSV_TABLE_H

#include "central/base/arena.h"

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    BW_CSV_BYTES_MAX = 50 * 1024 * 1024,
    BW_CSV_ROWS_MAX = 200000,
    BW_CSV_COLUMNS_MAX = 256,
};

struct bw_csv_row {
    int32_t line;
    int32_t cells_count;
    size_t first_cell; /* in cells */
};

struct bw_csv_table {
    char delimiter;
    struct bw_csv_row heading;
    struct bw_csv_row *rows; /* rows whose cells are all empty are left out */
    size_t rows_count, rows_capacity;
    const char **cells;
    size_t cells_count, cells_capacity;
    size_t row_first_cell; /* of the row that is being added */
    size_t bytes;          /* of all cells */
    size_t filled;         /* what bw_csv_table_fill_down has gone through */
    /* of a workbook: rows that its sheet hides, and the line of the first; days counted
     * from 1904 */
    int32_t hidden_rows, hidden_line;
    bool from_1904;
    /* of a workbook, by column: the line of the first cell below the heading whose value
     * isn't there (an error as #N/A, a formula that was never computed), read as empty;
     * 0: none */
    int32_t lost_lines[BW_CSV_COLUMNS_MAX];
    struct bw_arena arena;
};

/* Adds a cell to the row that is being added; the text is copied. `line` is that row's,
 * for the sentence. BW_BAD_INPUT: too many columns, or over 100 MB in all: a workbook
 * may name one long text in many cells. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_csv_table_add_cell(struct bw_csv_table *table,
    const char *text, size_t length, int32_t line, const char *name,
    struct bw_error *err);

/* Ends that row; the first that isn't empty is the heading, empty ones are left out.
 * BW_BAD_INPUT: too many rows. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_csv_table_add_row(
    struct bw_csv_table *table, int32_t line, const char *name, struct bw_error *err);

/* Gives the cell on line `from` to the rows below it, up to line `to`, where theirs is
 * blank: what a merged cell means. Rows that were left out stay so. BW_BAD_INPUT: more of
 * it than any sheet has. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_csv_table_fill_down(struct bw_csv_table *table, int column,
    int32_t from, int32_t to, const char *name, struct bw_error *err);

/* Reads it; bw_csv_table_finish frees *ret_table. BW_BAD_INPUT with one sentence for all
 * that is no such file; `name` stands in it. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_csv_table_read(const unsigned char *bytes, size_t length,
    const char *name, struct bw_csv_table *ret_table, struct bw_error *err);
void bw_csv_table_finish(struct bw_csv_table *table);

/* "" where the row is shorter. */
const char *bw_csv_cell_at(
    const struct bw_csv_table *table, const struct bw_csv_row *row, int column);

#endif
