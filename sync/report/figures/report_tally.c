/* A table of counts: see report_tally.h. */
#include "report/figures/report_tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool
bw_report_tally_init(
    struct bw_report_tally *tally, size_t rows, size_t columns, bool column_totals)
{
    struct bw_report_tally made = {.rows_count = rows,
        .columns_count = columns,
        .cells = calloc(rows * columns + 1, sizeof *made.cells),
        .rows = calloc(rows + 1, sizeof *made.rows),
        .columns = calloc(columns + 1, sizeof *made.columns),
        .row_parts_count = rows,
        .column_parts_count = columns,
        .row_parts = calloc(rows + 1, sizeof *made.row_parts),
        .column_parts = calloc(columns + 1, sizeof *made.column_parts),
        .column_totals = column_totals};
    if (!made.cells || !made.rows || !made.columns || !made.row_parts ||
        !made.column_parts) {
        bw_report_tally_finish(&made);
        return false;
    }
    for (size_t r = 0; r < rows; r++) {
        made.rows[r].merged = 1;
        made.row_parts[r].at = r;
    }
    for (size_t c = 0; c < columns; c++) {
        made.columns[c].merged = 1;
        made.column_parts[c].at = c;
    }
    *tally = made;
    return true;
}

void
bw_report_tally_finish(struct bw_report_tally *tally)
{
    if (tally) {
        free(tally->cells);
        free(tally->rows);
        free(tally->columns);
        free(tally->row_parts);
        free(tally->column_parts);
        *tally = (struct bw_report_tally){0};
    }
}

struct bw_report_tally_cell *
bw_report_tally_at(const struct bw_report_tally *tally, size_t row, size_t column)
{
    return &tally->cells[row * tally->columns_count + column];
}

int
bw_report_tally_row_total(const struct bw_report_tally *tally, size_t row)
{
    int total = 0;
    for (size_t c = 0; c < tally->columns_count; c++) {
        total += bw_report_tally_at(tally, row, c)->count;
    }
    return total;
}

int
bw_report_tally_column_total(const struct bw_report_tally *tally, size_t column)
{
    int total = 0;
    for (size_t r = 0; r < tally->rows_count; r++) {
        total += bw_report_tally_at(tally, r, column)->count;
    }
    return total;
}

int
bw_report_tally_total(const struct bw_report_tally *tally)
{
    int total = 0;
    for (size_t r = 0; r < tally->rows_count; r++) {
        total += bw_report_tally_row_total(tally, r);
    }
    return total;
}

/* What doesn't fit of the names becomes an ellipsis. */
static void
side_take(struct bw_report_tally_side *into, const struct bw_report_tally_side *from)
{
    size_t length = strlen(into->name);
    size_t room = sizeof into->name - length;
    if (strlen(from->name) + sizeof " + " <= room) {
        (void)snprintf(into->name + length, room, " + %s", from->name);
    } else if (room > sizeof " + …" && strstr(into->name, " + …") == NULL) {
        (void)snprintf(into->name + length, room, " + …");
    }
    into->merged += from->merged;
    into->capacity += from->capacity;
    into->places = into->places > 0 && from->places > 0 ? into->places + from->places : 0;
}

/* The parts of `from` are of `into`, which is before it. */
static void
parts_take(struct bw_report_tally_part *parts, size_t count, size_t into, size_t from)
{
    for (size_t i = 0; i < count; i++) {
        parts[i].at = parts[i].at == from ? into : parts[i].at - (parts[i].at > from);
    }
}

void
bw_report_tally_merge_rows(struct bw_report_tally *tally, size_t into, size_t from)
{
    size_t width = tally->columns_count, after = tally->rows_count - from - 1;
    for (size_t c = 0; c < width; c++) {
        bw_report_tally_at(tally, into, c)->count +=
            bw_report_tally_at(tally, from, c)->count;
    }
    side_take(&tally->rows[into], &tally->rows[from]);
    parts_take(tally->row_parts, tally->row_parts_count, into, from);
    memmove(bw_report_tally_at(tally, from, 0), bw_report_tally_at(tally, from + 1, 0),
        after * width * sizeof *tally->cells);
    memmove(&tally->rows[from], &tally->rows[from + 1], after * sizeof *tally->rows);
    tally->rows_count--;
}

void
bw_report_tally_merge_columns(struct bw_report_tally *tally, size_t into, size_t from)
{
    size_t width = tally->columns_count, at = 0;
    for (size_t r = 0; r < tally->rows_count; r++) {
        bw_report_tally_at(tally, r, into)->count +=
            bw_report_tally_at(tally, r, from)->count;
    }
    side_take(&tally->columns[into], &tally->columns[from]);
    parts_take(tally->column_parts, tally->column_parts_count, into, from);
    for (size_t i = 0; i < tally->rows_count * width; i++) {
        if (i % width != from) {
            tally->cells[at++] = tally->cells[i];
        }
    }
    memmove(&tally->columns[from], &tally->columns[from + 1],
        (width - from - 1) * sizeof *tally->columns);
    tally->columns_count--;
}

void
bw_report_tally_swap_parts(struct bw_report_tally *turned, struct bw_report_tally *from)
{
    struct bw_report_tally_part *rows = turned->row_parts;
    struct bw_report_tally_part *columns = turned->column_parts;
    turned->row_parts = from->column_parts;
    turned->row_parts_count = from->column_parts_count;
    turned->column_parts = from->row_parts;
    turned->column_parts_count = from->row_parts_count;
    from->column_parts = rows;
    from->row_parts = columns;
}

void
bw_report_tally_text(
    const struct bw_report_tally_cell *cell, char ret_text[BW_REPORT_TALLY_TEXT_BYTES])
{
    switch (cell->shown) {
    case BW_REPORT_TALLY_PLAIN:
        (void)snprintf(ret_text, BW_REPORT_TALLY_TEXT_BYTES, "%d", cell->count);
        return;
    case BW_REPORT_TALLY_SMALL:
        (void)snprintf(
            ret_text, BW_REPORT_TALLY_TEXT_BYTES, "<%d", BW_REPORT_TALLY_SMALL_BELOW);
        return;
    case BW_REPORT_TALLY_HIDDEN:
        (void)snprintf(ret_text, BW_REPORT_TALLY_TEXT_BYTES, "•");
        return;
    }
}

void
bw_report_tally_total_text(
    int total, bool is_public, char ret_text[BW_REPORT_TALLY_TEXT_BYTES])
{
    bool small = is_public && total > 0 && total < BW_REPORT_TALLY_SMALL_BELOW;
    struct bw_report_tally_cell cell = {
        total, small ? BW_REPORT_TALLY_SMALL : BW_REPORT_TALLY_PLAIN};
    bw_report_tally_text(&cell, ret_text);
}
