/* Which column of a file is which field: see csv_columns.h. Any thread. */
#include "office/import/csv_columns.h"

#include "central/records.h"

#include <brugwachter/text.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { HEADING_BYTES = 256, SHOWN_BYTES = 61 };

/* "Wat is je functie?" is "watisjefunctie". */
static void
heading_key(const char *heading, char key[HEADING_BYTES])
{
    bw_text_fold(heading, false, key, HEADING_BYTES);
    size_t kept = 0;
    for (size_t i = 0; key[i] != '\0'; i++) {
        if (isalnum((unsigned char)key[i]) != 0 || (unsigned char)key[i] >= 0x80) {
            key[kept++] = key[i];
        }
    }
    key[kept] = '\0';
}

static bool
is_among(const char *words, const char *word)
{
    size_t length = strlen(word);
    while (*words != '\0' && length > 0) {
        size_t next = strcspn(words, " ");
        if (next == length && strncmp(words, word, length) == 0) {
            return true;
        }
        words += next + strspn(words + next, " ");
    }
    return false;
}

static int
fields_count(const struct bw_field *fields)
{
    int count = 0;
    while (fields[count].name != NULL) {
        count++;
    }
    return count;
}

static int
column_of_heading(const struct bw_csv_table *table, const char *heading)
{
    char wanted[HEADING_BYTES];
    heading_key(heading, wanted);
    for (int column = 0; column < table->heading.cells_count; column++) {
        char key[HEADING_BYTES];
        heading_key(bw_csv_cell_at(table, &table->heading, column), key);
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
        char key[HEADING_BYTES];
        heading_key(bw_csv_cell_at(table, &table->heading, column), key);
        for (int i = 0; i < count && !is_taken(columns, count, column); i++) {
            if (columns->of[i] < 0 && is_among(fields[i].headings, key)) {
                columns->of[i] = column;
            }
        }
        if (!is_taken(columns, count, column) && key[0] != '\0') {
            columns->ignored[columns->ignored_count++] = column;
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
    }
    for (int i = 0; i < maps_count; i++) {
        enum bw_status status = take_map(table, file, fields, maps[i], &columns, err);
        if (status != BW_OK) {
            return status;
        }
    }
    take_headings(table, fields, count, &columns);
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
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "importing %s: it has no column \"%s\"; add one, or give --map %s=HEADING", file,
        fields[field].shown, fields[field].name);
}
