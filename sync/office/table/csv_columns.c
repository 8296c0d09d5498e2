/* Which column of a file is which field: see csv_columns.h. Any thread. */
#include "office/table/csv_columns.h"

#include "central/records.h"
#include "office/table/heading.h"

#include <brugwachter/text.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SHOWN_BYTES = 61, MARK_BYTES = 16, MAP_BYTES = SHOWN_BYTES + MARK_BYTES };

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

void
bw_columns_title(const struct bw_csv_table *table, char *ret_text, size_t bytes)
{
    size_t used = 0;
    ret_text[0] = '\0';
    for (int i = 0; i < table->heading.cells_count && used + 2 < bytes; i++) {
        bw_text_copy(
            ret_text + used, bytes - used - 1, bw_csv_cell_at(table, &table->heading, i));
        used += strlen(ret_text + used);
        ret_text[used++] = ' ';
        ret_text[used] = '\0';
    }
}

/* ---- which column is which field ---- */

/* "School#2" is the second of that heading. */
static int
column_of_heading(const struct bw_csv_table *table, const char *heading)
{
    char wanted[BW_HEADING_BYTES], name[BW_HEADING_BYTES];
    bw_text_copy(name, sizeof name, heading);
    char *mark = strrchr(name, '#');
    int which = mark != NULL ? atoi(mark + 1) : 1;
    if (mark != NULL && which > 0) {
        *mark = '\0';
    }
    bw_heading_key(name, wanted);
    for (int column = 0; column < table->heading.cells_count; column++) {
        char key[BW_HEADING_BYTES];
        bw_heading_key(bw_csv_cell_at(table, &table->heading, column), key);
        if (strcmp(key, wanted) == 0 && --which <= 0) {
            return column;
        }
    }
    return -1;
}

/* By its name, or by a heading of it: "naam" is name. -1: none. */
static int
field_of(const struct bw_field *fields, const char *word)
{
    for (int i = 0; fields[i].name != NULL; i++) {
        if (strcmp(fields[i].name, word) == 0) {
            return i;
        }
    }
    for (int i = 0; fields[i].name != NULL; i++) {
        if (bw_heading_is(fields[i].headings, word)) {
            return i;
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
    char word[SHOWN_BYTES];
    (void)snprintf(word, sizeof word, "%.*s", (int)(equals - map), map);
    int field = field_of(fields, word);
    if (field < 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: --map knows no field \"%s\"; import --help lists them", file,
            word);
    }
    if (columns->given[field]) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: --map gives %s twice; give it once", file, fields[field].name);
    }
    columns->given[field] = true;
    if (strcmp(equals + 1, "-") == 0) {
        return BW_OK;
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

/* The first column of a field has it. */
static void
take_headings(const struct bw_csv_table *table, const struct bw_field *fields, int count,
    struct bw_columns *columns)
{
    for (int column = 0; column < table->heading.cells_count; column++) {
        const char *heading = bw_csv_cell_at(table, &table->heading, column);
        for (int i = 0; i < count && !is_taken(columns, count, column); i++) {
            if (columns->of[i] < 0 && !columns->given[i] &&
                bw_heading_is(fields[i].headings, heading)) {
                columns->of[i] = column;
            }
        }
    }
}

/* ---- several columns of one field ---- */

/* Blank, or what Microsoft Forms writes instead. */
static bool
says_nothing(const char *cell)
{
    return cell[strspn(cell, " \t\r\n")] == '\0' || strcasecmp(cell, "anonymous") == 0 ||
           strcasecmp(cell, "anoniem") == 0;
}

static const char *
cell_of(const struct bw_columns *columns, const struct bw_csv_table *table,
    const struct bw_csv_row *row, int column)
{
    const char *first = bw_csv_cell_at(table, row, column), *cell = first;
    while (column >= 0 && says_nothing(cell) && columns->next[column] >= 0) {
        column = columns->next[column];
        cell = bw_csv_cell_at(table, row, column);
    }
    return says_nothing(cell) ? first : cell;
}

const char *
bw_columns_cell(const struct bw_columns *columns, const struct bw_csv_table *table,
    const struct bw_csv_row *row, int field)
{
    return cell_of(columns, table, row, columns->of[field]);
}

static bool
is_same_text(const char *one, const char *other)
{
    char fold[BW_TITLE_BYTES], other_fold[BW_TITLE_BYTES];
    bw_text_fold(one, false, fold, sizeof fold);
    bw_text_fold(other, false, other_fold, sizeof other_fold);
    return strcmp(fold, other_fold) == 0;
}

void
bw_columns_shown(
    const struct bw_csv_table *table, int column, char *ret_text, size_t bytes)
{
    char key[BW_HEADING_BYTES], other[BW_HEADING_BYTES];
    int which = 1;
    bw_heading_key(bw_csv_cell_at(table, &table->heading, column), key);
    for (int i = 0; i < column; i++) {
        bw_heading_key(bw_csv_cell_at(table, &table->heading, i), other);
        which += strcmp(key, other) == 0;
    }
    bw_text_copy(
        ret_text, bytes - MARK_BYTES, bw_csv_cell_at(table, &table->heading, column));
    if (which > 1) {
        (void)snprintf(ret_text + strlen(ret_text), MARK_BYTES, "#%d", which);
    }
}

static enum bw_status
refuse_both(const struct bw_csv_table *table, const char *file,
    const struct bw_field *field, const int columns[2], const struct bw_csv_row *row,
    struct bw_error *err)
{
    char one[MAP_BYTES], other[MAP_BYTES];
    bw_columns_shown(table, columns[0], one, sizeof one);
    bw_columns_shown(table, columns[1], other, sizeof other);
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "importing %s: the columns \"%s\" and \"%s\" both look like %s, and differ (on "
        "line %d for one); say which it is: --map \"%s=%s\" or --map \"%s=%s\"",
        file, one, other, field->shown, (int)row->line, field->name, one, field->name,
        other);
}

/* Another column that means field `i`: it fills in what the first leaves blank; where a
 * row has both, they must say the same. *ret_used: it fills in something. */
static enum bw_status
take_another(const struct bw_csv_table *table, const char *file,
    const struct bw_field *field, int first, int column, struct bw_columns *columns,
    bool *ret_used, struct bw_error *err)
{
    *ret_used = false;
    for (size_t i = 0; i < table->rows_count; i++) {
        const struct bw_csv_row *row = &table->rows[i];
        const char *here = cell_of(columns, table, row, first);
        const char *there = bw_csv_cell_at(table, row, column);
        if (says_nothing(there)) {
            continue;
        }
        if (says_nothing(here)) {
            *ret_used = true;
        } else if (!is_same_text(here, there)) {
            columns->twins.columns[0] = first;
            columns->twins.columns[1] = column;
            return refuse_both(table, file, field, columns->twins.columns, row, err);
        }
    }
    if (*ret_used) {
        while (columns->next[first] >= 0) {
            first = columns->next[first];
        }
        columns->next[first] = column;
    }
    return BW_OK;
}

static enum bw_status
take_others(const struct bw_csv_table *table, const char *file,
    const struct bw_field *fields, int count, struct bw_columns *columns,
    bool ret_used[BW_CSV_COLUMNS_MAX], struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int column = 0; column < table->heading.cells_count; column++) {
        const char *heading = bw_csv_cell_at(table, &table->heading, column);
        for (int i = 0; status == BW_OK && i < count; i++) {
            if (columns->of[i] >= 0 && !columns->given[i] && !fields[i].first_wins &&
                !is_taken(columns, count, column) && !ret_used[column] &&
                bw_heading_is(fields[i].headings, heading)) {
                columns->twins.field = i;
                status = take_another(table, file, &fields[i], columns->of[i], column,
                    columns, &ret_used[column], err);
            }
        }
    }
    return status;
}

/* ---- columns that nobody takes ---- */

/* Whether most cells of a column that aren't blank have `mark` in their midst. */
static bool
is_full_of(const struct bw_csv_table *table, int column, char mark)
{
    size_t said = 0, marked = 0;
    for (size_t i = 0; i < table->rows_count; i++) {
        const char *cell = bw_csv_cell_at(table, &table->rows[i], column);
        const char *at = strchr(cell, mark);
        said += cell[strspn(cell, " \t\r\n")] != '\0';
        marked += at != NULL && at > cell && at[1] != '\0';
    }
    return marked > 0 && 2 * marked > said;
}

/* Whether a column looks like field `i`: by its heading, or by what stands in it. */
static bool
looks_like(const struct bw_csv_table *table, const struct bw_field *field, int column)
{
    return bw_heading_is_near(
               field->headings, bw_csv_cell_at(table, &table->heading, column)) ||
           (field->holds != '\0' && is_full_of(table, column, field->holds));
}

/* What nobody takes is ignored; a field that has no column remembers the one that looks
 * like it. */
static void
leave_headings(const struct bw_csv_table *table, const struct bw_field *fields, int count,
    const bool *used, struct bw_columns *columns)
{
    for (int column = 0; column < table->heading.cells_count; column++) {
        const char *heading = bw_csv_cell_at(table, &table->heading, column);
        char key[BW_HEADING_BYTES];
        bw_heading_key(heading, key);
        if (is_taken(columns, count, column) || used[column] || key[0] == '\0') {
            continue;
        }
        columns->ignored[columns->ignored_count++] = column;
        for (int i = 0; i < count; i++) {
            if (columns->of[i] < 0 && !columns->given[i] && columns->near[i] == NULL &&
                looks_like(table, &fields[i], column)) {
                columns->near[i] = heading;
                break;
            }
        }
    }
}

/* By maps, then by headings; `used` by column. */
static enum bw_status
take_all(const struct bw_csv_table *table, const char *file,
    const struct bw_field *fields, const char *const *maps, int maps_count,
    struct bw_columns *columns, bool used[BW_CSV_COLUMNS_MAX], struct bw_error *err)
{
    int count = fields_count(fields);
    *columns = (struct bw_columns){.ignored_count = 0};
    for (int i = 0; i < BW_CSV_COLUMNS_MAX; i++) {
        columns->next[i] = -1;
    }
    for (int i = 0; i < BW_FIELDS_MAX; i++) {
        columns->of[i] = -1;
        columns->near[i] = NULL;
    }
    for (int i = 0; i < maps_count; i++) {
        enum bw_status status = take_map(table, file, fields, maps[i], columns, err);
        if (status != BW_OK) {
            return status;
        }
    }
    take_headings(table, fields, count, columns);
    return take_others(table, file, fields, count, columns, used, err);
}

bool
bw_columns_find_twins(const struct bw_csv_table *table, const struct bw_field *fields,
    const char *const *maps, int maps_count, struct bw_columns *ret_columns,
    struct bw_columns_twins *ret_twins)
{
    struct bw_columns columns;
    bool used[BW_CSV_COLUMNS_MAX] = {false};
    struct bw_error ignored = {.text = ""};
    enum bw_status status =
        take_all(table, "", fields, maps, maps_count, &columns, used, &ignored);
    if (status == BW_OK || columns.twins.columns[1] == 0) { /* the second is never 0 */
        return false;
    }
    *ret_columns = columns;
    *ret_twins = columns.twins;
    return true;
}

enum bw_status
bw_columns_find(const struct bw_csv_table *table, const char *file,
    const struct bw_field *fields, const char *const *maps, int maps_count,
    struct bw_columns *ret_columns, struct bw_error *err)
{
    struct bw_columns columns;
    bool used[BW_CSV_COLUMNS_MAX] = {false};
    int count = fields_count(fields);
    enum bw_status status =
        take_all(table, file, fields, maps, maps_count, &columns, used, err);
    if (status != BW_OK) {
        return status;
    }
    leave_headings(table, fields, count, used, &columns);
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
