/* Two published tables beside each other: see report_beside.h.
 *
 * Both are brought to the finest rows and columns that both have: what one of them merged
 * is merged in the other, and what isn't in one of them is nothing there. */
#include "report/figures/report_beside.h"

#include <stdlib.h>
#include <string.h>

enum { NOWHERE = -1 };

bool
bw_report_beside_number(int before, int now)
{
    int by = abs(now - before);
    return by > 0 && by < BW_REPORT_TALLY_SMALL_BELOW;
}

/* ---- common sides ---- */

/* Of one side of both tables: in which common block each of its rows (or columns) is. */
struct common_side {
    size_t count;             /* blocks */
    size_t *before, *now;     /* by row of that table; owned */
    bool *in_before, *in_now; /* by block: whether that table has any of it; owned */
};

static void
side_finish(struct common_side *side)
{
    free(side->before);
    free(side->now);
    free(side->in_before);
    free(side->in_now);
}

static void
relabel(size_t *labels, size_t count, size_t from, size_t to)
{
    for (size_t i = 0; i < count; i++) {
        labels[i] = labels[i] == from ? to : labels[i];
    }
}

/* Numbers the blocks from 0, and says who has one. */
static void
side_number(struct common_side *side, size_t before_count, size_t now_count)
{
    size_t *all = side->before; /* before's labels, then now's */
    for (size_t i = 0; i < before_count + now_count; i++) {
        if (all[i] >= side->count) {
            relabel(all, before_count + now_count, all[i], side->count);
            side->count++;
        }
    }
    for (size_t i = 0; i < before_count + now_count; i++) {
        *(i < before_count ? &side->in_before[all[i]] : &side->in_now[all[i]]) = true;
    }
    memcpy(side->now, all + before_count, now_count * sizeof *all);
}

/* Rows that have a part with the same key are of one block. */
static bool
side_make(const struct bw_report_tally_part *before, size_t before_parts,
    size_t before_count, const struct bw_report_tally_part *now, size_t now_parts,
    size_t now_count, struct common_side *ret_side)
{
    size_t all = before_count + now_count;
    *ret_side = (struct common_side){.before = calloc(all + 1, sizeof(size_t)),
        .now = calloc(now_count + 1, sizeof(size_t)),
        .in_before = calloc(all + 1, sizeof(bool)),
        .in_now = calloc(all + 1, sizeof(bool))};
    size_t *labels = ret_side->before;
    if (!labels || !ret_side->now || !ret_side->in_before || !ret_side->in_now) {
        return false;
    }
    for (size_t i = 0; i < all; i++) {
        labels[i] = all + i; /* apart from the final numbers */
    }
    for (size_t b = 0; b < before_parts; b++) {
        for (size_t n = 0; n < now_parts; n++) {
            if (strcmp(before[b].key, now[n].key) == 0) {
                relabel(
                    labels, all, labels[before_count + now[n].at], labels[before[b].at]);
            }
        }
    }
    side_number(ret_side, before_count, now_count);
    return true;
}

/* ---- what one table tells of the blocks ---- */

/* Sums over blocks, the last of each side being all of them. */
struct told {
    size_t rows, columns; /* with that of all */
    int *sums;            /* NOWHERE: not told; owned */
};

static int *
told_at(const struct told *told, size_t row, size_t column)
{
    return &told->sums[row * told->columns + column];
}

static bool
is_told(int total)
{
    return total == 0 || total >= BW_REPORT_TALLY_SMALL_BELOW;
}

static void
add(struct told *told, size_t row, size_t column, int count, bool shown)
{
    int *sum = told_at(told, row, column);
    *sum = *sum == NOWHERE || !shown ? NOWHERE : *sum + count;
}

static bool
told_make(const struct bw_report_tally *tally, const size_t *rows, size_t rows_count,
    const size_t *columns, size_t columns_count, struct told *ret_told)
{
    *ret_told = (struct told){rows_count + 1, columns_count + 1,
        calloc((rows_count + 1) * (columns_count + 1), sizeof(int))};
    if (!ret_told->sums) {
        return false;
    }
    for (size_t r = 0; r < tally->rows_count; r++) {
        for (size_t c = 0; c < tally->columns_count; c++) {
            const struct bw_report_tally_cell *cell = bw_report_tally_at(tally, r, c);
            add(ret_told, rows[r], columns[c], cell->count,
                cell->shown == BW_REPORT_TALLY_PLAIN);
        }
        int total = bw_report_tally_row_total(tally, r);
        add(ret_told, rows[r], columns_count, total, is_told(total));
    }
    for (size_t c = 0; c < tally->columns_count; c++) {
        int total = bw_report_tally_column_total(tally, c);
        add(ret_told, rows_count, columns[c], total,
            tally->column_totals && is_told(total));
    }
    int total = bw_report_tally_total(tally);
    *told_at(ret_told, rows_count, columns_count) = is_told(total) ? total : NOWHERE;
    return true;
}

/* A line's one block that isn't told is its total less the others. `step` is from block
 * to block. */
static bool
line_fill(int *first, size_t blocks, size_t step)
{
    int total = first[blocks * step], rest = total;
    size_t missing = 0, at = 0;
    for (size_t i = 0; i < blocks; i++) {
        bool told = first[i * step] != NOWHERE;
        missing += !told;
        at = told ? at : i;
        rest -= told ? first[i * step] : 0;
    }
    bool fills = total != NOWHERE && missing == 1;
    if (fills) {
        first[at * step] = rest;
    }
    return fills;
}

static void
told_fill(struct told *told)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t r = 0; r < told->rows; r++) {
            more = line_fill(told_at(told, r, 0), told->columns - 1, 1) || more;
        }
        for (size_t c = 0; c < told->columns; c++) {
            more = line_fill(told_at(told, 0, c), told->rows - 1, told->columns) || more;
        }
    }
}

/* ---- the rules ---- */

/* BE1 */
static bool
differs_by_few(const struct told *before, const struct told *now)
{
    for (size_t i = 0; i < before->rows * before->columns; i++) {
        if (before->sums[i] != NOWHERE && now->sums[i] != NOWHERE &&
            bw_report_beside_number(before->sums[i], now->sums[i])) {
            return true;
        }
    }
    return false;
}

/* BE2. A row whose total isn't told may be the same; of columns that is a table's whole
 * way, and says nothing. */
static bool
shows_what_hides(const struct told *before, const struct told *now)
{
    size_t all_rows = before->rows - 1, all_columns = before->columns - 1;
    for (size_t r = 0; r < all_rows; r++) {
        for (size_t c = 0; c < all_columns; c++) {
            bool was = *told_at(before, r, c) != NOWHERE;
            bool is = *told_at(now, r, c) != NOWHERE;
            int row_was = *told_at(before, r, all_columns);
            int row_is = *told_at(now, r, all_columns);
            int column_was = *told_at(before, all_rows, c);
            bool same_row = row_was == row_is || row_was == NOWHERE || row_is == NOWHERE;
            bool same_column =
                column_was != NOWHERE && column_was == *told_at(now, all_rows, c);
            if (was != is && (same_row || same_column)) {
                return true;
            }
        }
    }
    return false;
}

/* A table of those rows and columns of another that `rows` and `columns` mark (NULL: of
 * all), whose totals are told. False without memory. */
static bool
part_make(const struct bw_report_tally *whole, const bool *rows, const bool *columns,
    struct bw_report_tally *ret_part)
{
    size_t rows_count = 0, columns_count = 0, at = 0;
    for (size_t r = 0; r < whole->rows_count; r++) {
        rows_count += rows == NULL || rows[r];
    }
    for (size_t c = 0; c < whole->columns_count; c++) {
        columns_count += columns == NULL || columns[c];
    }
    if (!bw_report_tally_init(ret_part, rows_count, columns_count, true)) {
        return false;
    }
    for (size_t r = 0; r < whole->rows_count; r++) {
        for (size_t c = 0; c < whole->columns_count; c++) {
            if ((rows == NULL || rows[r]) && (columns == NULL || columns[c])) {
                ret_part->cells[at++] = *bw_report_tally_at(whole, r, c);
            }
        }
    }
    return true;
}

/* BE3, of rows or of columns. */
static enum bw_report_beside
alone_judge(const struct bw_report_tally *tally, const bool *rows, const bool *columns)
{
    enum { VALUES_LEAST = 3 };
    struct bw_report_tally part;
    if (!part_make(tally, rows, columns, &part)) {
        return BW_REPORT_BESIDE_NO_MEMORY;
    }
    enum bw_report_beside answer = BW_REPORT_BESIDE_SAFE;
    for (size_t r = 0; r < part.rows_count; r++) {
        for (size_t c = 0; c < part.columns_count; c++) {
            if (bw_report_tally_at(&part, r, c)->shown != BW_REPORT_TALLY_PLAIN &&
                bw_report_tally_values(&part, r, c) < VALUES_LEAST) {
                answer = BW_REPORT_BESIDE_TELLS;
            }
        }
    }
    bw_report_tally_finish(&part);
    return answer;
}

/* Marks the rows of a table whose block the other doesn't have; whether there are any
 * beside others. NULL without memory. */
static bool *
alone_mark(const size_t *blocks, size_t count, const bool *in_other, bool *ret_some)
{
    bool *marks = calloc(count + 1, sizeof *marks);
    size_t marked = 0;
    for (size_t i = 0; marks && i < count; i++) {
        marks[i] = !in_other[blocks[i]];
        marked += marks[i];
    }
    *ret_some = marked > 0 && marked < count;
    return marks;
}

static enum bw_report_beside
news_judge(const struct bw_report_tally *tally, const size_t *rows,
    const bool *rows_in_other, const size_t *columns, const bool *columns_in_other)
{
    bool some_rows = false, some_columns = false;
    bool *row_marks = alone_mark(rows, tally->rows_count, rows_in_other, &some_rows);
    bool *column_marks =
        alone_mark(columns, tally->columns_count, columns_in_other, &some_columns);
    enum bw_report_beside answer =
        row_marks && column_marks ? BW_REPORT_BESIDE_SAFE : BW_REPORT_BESIDE_NO_MEMORY;
    if (answer == BW_REPORT_BESIDE_SAFE && some_rows) {
        answer = alone_judge(tally, row_marks, NULL);
    }
    if (answer == BW_REPORT_BESIDE_SAFE && some_columns) {
        answer = alone_judge(tally, NULL, column_marks);
    }
    free(row_marks);
    free(column_marks);
    return answer;
}

static enum bw_report_beside
judge(const struct bw_report_tally *before, const struct bw_report_tally *now,
    const struct common_side *rows, const struct common_side *columns)
{
    struct told was = {.rows = 0}, is = {.rows = 0};
    enum bw_report_beside answer = BW_REPORT_BESIDE_NO_MEMORY;
    if (told_make(
            before, rows->before, rows->count, columns->before, columns->count, &was) &&
        told_make(now, rows->now, rows->count, columns->now, columns->count, &is)) {
        told_fill(&was);
        told_fill(&is);
        answer = differs_by_few(&was, &is) || shows_what_hides(&was, &is)
                     ? BW_REPORT_BESIDE_TELLS
                     : BW_REPORT_BESIDE_SAFE;
    }
    free(was.sums);
    free(is.sums);
    if (answer == BW_REPORT_BESIDE_SAFE) {
        answer =
            news_judge(now, rows->now, rows->in_before, columns->now, columns->in_before);
    }
    return answer == BW_REPORT_BESIDE_SAFE
               ? news_judge(
                     before, rows->before, rows->in_now, columns->before, columns->in_now)
               : answer;
}

enum bw_report_beside
bw_report_tally_beside(
    const struct bw_report_tally *before, const struct bw_report_tally *now)
{
    struct common_side rows = {.count = 0}, columns = {.count = 0};
    enum bw_report_beside answer = BW_REPORT_BESIDE_NO_MEMORY;
    if (side_make(before->row_parts, before->row_parts_count, before->rows_count,
            now->row_parts, now->row_parts_count, now->rows_count, &rows) &&
        side_make(before->column_parts, before->column_parts_count, before->columns_count,
            now->column_parts, now->column_parts_count, now->columns_count, &columns)) {
        answer = judge(before, now, &rows, &columns);
    }
    side_finish(&rows);
    side_finish(&columns);
    return answer;
}
