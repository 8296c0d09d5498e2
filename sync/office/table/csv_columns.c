/* Which column of a file is which field: see csv_columns.h. Any thread. */
#include "office/table/csv_columns.h"

#include "central/records.h"
#include "office/table/heading.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { SHOWN_BYTES = 61 };

static int
fields_count(const struct bw_field *fields)
{
    int count = 0;
    while (fields[count].name != NULL) {
        count++;
    }
    return count;
}

/* ---- which row is the heading ---- */

enum { HEADING_ROWS = 25 }; /* how far down one may stand */

static int
known_in(const struct bw_csv_table *table, const struct bw_csv_row *row,
    const struct bw_field *fields)
{
    bool seen[BW_FIELDS_MAX] = {false};
    int count = fields_count(fields), known = 0;
    for (int column = 0; column < row->cells_count; column++) {
        const char *heading = bw_csv_cell_at(table, row, column);
        for (int i = 0; i < count; i++) {
            if (!seen[i] && bw_heading_is(fields[i].headings, heading)) {
                seen[i] = true;
                known++;
                break;
            }
        }
    }
    return known;
}

/* -1: the heading that it has is the best; else the row, from 0. */
static int
heading_find(
    const struct bw_csv_table *table, const struct bw_field *fields, int *ret_known)
{
    int best = -1, best_known = known_in(table, &table->heading, fields);
    for (int i = 0; i < HEADING_ROWS && (size_t)i < table->rows_count; i++) {
        int known = known_in(table, &table->rows[i], fields);
        if (known > best_known && known > 1) {
            best = i;
            best_known = known;
        }
    }
    *ret_known = best_known;
    return best;
}

int
bw_columns_known(const struct bw_csv_table *table, const struct bw_field *fields)
{
    int known = 0;
    (void)heading_find(table, fields, &known);
    return known;
}

void
bw_columns_settle_heading(
    struct bw_csv_table *table, const struct bw_field *fields, int32_t *ret_lines)
{
    int known = 0, row = heading_find(table, fields, &known);
    *ret_lines = 0;
    if (row < 0) {
        return;
    }
    table->heading = table->rows[row];
    *ret_lines = table->heading.line - 1;
    table->rows_count -= (size_t)row + 1;
    memmove(table->rows, table->rows + row + 1, table->rows_count * sizeof *table->rows);
}

/* ---- which column is which field ---- */

static int
column_of_heading(const struct bw_csv_table *table, const char *heading)
{
    char wanted[BW_HEADING_BYTES];
    bw_heading_key(heading, wanted);
    for (int column = 0; column < table->heading.cells_count; column++) {
        char key[BW_HEADING_BYTES];
        bw_heading_key(bw_csv_cell_at(table, &table->heading, column), key);
        if (strcmp(key, wanted) == 0) {
            return column;
        }
    }
    return -1;
}

static enum bw_status
take_map(const struct bw_csv_table *table, const char *file,
    const struct bw_field *fields, const char *map, struct bw_columns *columns,
    struct bw_error *err)
{
    const char *equals = strchr(map, '=');
    if (equals == NULL) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: --map takes FIELD=HEADING, not \"%s\"", file, map);
    }
    size_t length = (size_t)(equals - map);
    int field = 0;
    while (fields[field].name != NULL &&
           !(strlen(fields[field].name) == length &&
               strncmp(fields[field].name, map, length) == 0)) {
        field++;
    }
    if (fields[field].name == NULL) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: --map knows no field \"%.*s\"; import --help lists them", file,
            (int)length, map);
    }
    columns->of[field] = column_of_heading(table, equals + 1);
    if (columns->of[field] < 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: it has no column \"%s\" for --map; "
            "copy the heading from the file",
            file, equals + 1);
    }
    return BW_OK;
}

static bool
is_taken(const struct bw_columns *columns, int fields, int column)
{
    for (int i = 0; i < fields; i++) {
        if (columns->of[i] == column) {
            return true;
        }
    }
    return false;
}

/* The first column of a field has it; a second one is among the ignored, and named. */
static void
take_headings(const struct bw_csv_table *table, const struct bw_field *fields, int count,
    struct bw_columns *columns)
{
    for (int column = 0; column < table->heading.cells_count; column++) {
        const char *heading = bw_csv_cell_at(table, &table->heading, column);
        for (int i = 0; i < count && !is_taken(columns, count, column); i++) {
            if (columns->of[i] < 0 && bw_heading_is(fields[i].headings, heading)) {
                columns->of[i] = column;
            }
        }
    }
}

/* What nobody takes is ignored; a field that has no column remembers the one that looks
 * like it. */
static void
leave_headings(const struct bw_csv_table *table, const struct bw_field *fields, int count,
    struct bw_columns *columns)
{
    for (int column = 0; column < table->heading.cells_count; column++) {
        const char *heading = bw_csv_cell_at(table, &table->heading, column);
        char key[BW_HEADING_BYTES];
        bw_heading_key(heading, key);
        if (is_taken(columns, count, column) || key[0] == '\0') {
            continue;
        }
        columns->ignored[columns->ignored_count++] = column;
        for (int i = 0; i < count; i++) {
            if (columns->of[i] < 0 && columns->near[i] == NULL &&
                bw_heading_is_near(fields[i].headings, heading)) {
                columns->near[i] = heading;
                break;
            }
        }
    }
}

enum bw_status
bw_columns_find(const struct bw_csv_table *table, const char *file,
    const struct bw_field *fields, const char *const *maps, int maps_count,
    struct bw_columns *ret_columns, struct bw_error *err)
{
    struct bw_columns columns = {.ignored_count = 0};
    int count = fields_count(fields);
    for (int i = 0; i < BW_FIELDS_MAX; i++) {
        columns.of[i] = -1;
        columns.near[i] = NULL;
    }
    for (int i = 0; i < maps_count; i++) {
        enum bw_status status = take_map(table, file, fields, maps[i], &columns, err);
        if (status != BW_OK) {
            return status;
        }
    }
    take_headings(table, fields, count, &columns);
    leave_headings(table, fields, count, &columns);
    for (int i = 0; i < count; i++) {
        if (columns.of[i] >= 0) {
            *ret_columns = columns;
            return BW_OK;
        }
    }
    char first[SHOWN_BYTES];
    bw_text_copy(first, sizeof first, bw_csv_cell_at(table, &table->heading, 0));
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "importing %s: none of its headings is known (the first is \"%s\"); the first "
        "line must name the columns, or give --map FIELD=HEADING",
        file, first);
}

enum bw_status
bw_columns_require(const struct bw_columns *columns, const char *file,
    const struct bw_field *fields, int field, struct bw_error *err)
{
    if (columns->of[field] >= 0) {
        return BW_OK;
    }
    if (columns->near[field] != NULL) {
        char near[SHOWN_BYTES];
        bw_text_copy(near, sizeof near, columns->near[field]);
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: it has no column \"%s\", but \"%s\" looks like it; if it is, "
            "give --map \"%s=%s\"",
            file, fields[field].shown, near, fields[field].name, near);
    }
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "importing %s: it has no column \"%s\"; add one, or give --map %s=HEADING", file,
        fields[field].shown, fields[field].name);
}
