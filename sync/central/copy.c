/* A central database moved into another one: see copy.h. */
#include "central/copy.h"

#include "central/engine/schema.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES_BYTES = 8 * BW_CENTRAL_PARAMETERS_MAX, SQL_BYTES = 128 };

struct copying {
    struct bw_central *from, *to;
    struct bw_progress *progress;
    char *insert; /* of the table that is being copied */
    int64_t rows;
    enum bw_status status;
    struct bw_error *err;
};

/* Tables that others refer to come first; the rest in any order. */
static const char *const parents[] = {"series", "session", "person", "device"};

static bool
is_parent(const char *table)
{
    for (size_t i = 0; i < sizeof parents / sizeof parents[0]; i++) {
        if (strcmp(table, parents[i]) == 0) {
            return true;
        }
    }
    return false;
}

static enum bw_status
no_memory(const struct copying *copying, struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, ENOMEM,
        "copying %s: there is no memory left; close other programs and try again",
        copying->from->name);
}

static bool
on_row(const struct bw_sql_value *columns, int count, void *context)
{
    struct copying *copying = context;
    copying->status = bw_central_run(
        copying->to, copying->insert, columns, count, NULL, NULL, copying->err);
    copying->rows += copying->status == BW_OK;
    bw_progress_step(copying->progress, "rows", copying->rows, 0);
    return copying->status == BW_OK;
}

/* The columns of a table, with commas between, of the lines of bw_schema_columns. The
 * caller frees; NULL without memory. */
static char *
names_of(const char *table, const char *columns, int *ret_count)
{
    char *names = NULL;
    size_t length = 0, table_bytes = strlen(table);
    FILE *out = open_memstream(&names, &length);
    int count = 0;
    for (const char *line = columns; out != NULL && *line != '\0';
         line += strcspn(line, "\n") + 1) {
        if (strncmp(line, table, table_bytes) == 0 && line[table_bytes] == '\t') {
            const char *name = line + table_bytes + 1;
            (void)fprintf(
                out, "%s%.*s", count++ > 0 ? ", " : "", (int)strcspn(name, "\t"), name);
        }
    }
    if (out == NULL || fclose(out) != 0) {
        free(names);
        return NULL;
    }
    *ret_count = count;
    return names;
}

/* "$1, $2 …" */
static void
places_of(int count, char ret_places[PLACES_BYTES])
{
    size_t used = 0;
    for (int i = 1; i <= count; i++) {
        used += (size_t)snprintf(
            ret_places + used, PLACES_BYTES - used, "%s$%d", i > 1 ? ", " : "", i);
    }
}

/* BW_CORRUPT where not all of them came. */
static enum bw_status
count_check(struct copying *copying, const char *table, int64_t copied)
{
    char sql[SQL_BYTES];
    int64_t there = 0;
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    enum bw_status status =
        bw_central_number(copying->to, sql, NULL, 0, 0, &there, copying->err);
    if (status == BW_OK && there != copied) {
        return bw_error_set(copying->err, BW_CORRUPT, 0,
            "copying %s: of %" PRId64 " rows of table %s %" PRId64
            " came; verify it, and "
            "restore it from a copy",
            copying->from->name, copied, table, there);
    }
    return status;
}

static enum bw_status
table_copy(struct copying *copying, const char *table, const char *columns)
{
    char places[PLACES_BYTES], *select = NULL;
    int count = 0;
    int64_t before = copying->rows;
    char *names = names_of(table, columns, &count);
    assert(count <= BW_CENTRAL_PARAMETERS_MAX);
    places_of(count, places);
    copying->insert = NULL;
    if (names == NULL || asprintf(&select, "SELECT %s FROM %s", names, table) < 0 ||
        asprintf(&copying->insert, "INSERT INTO %s (%s) VALUES (%s)", table, names,
            places) < 0) {
        copying->status = no_memory(copying, copying->err);
    } else {
        enum bw_status status =
            bw_central_run(copying->from, select, NULL, 0, on_row, copying, copying->err);
        copying->status = copying->status != BW_OK ? copying->status : status;
    }
    if (copying->status == BW_OK) {
        copying->status = count_check(copying, table, copying->rows - before);
    }
    free(names);
    free(select);
    free(copying->insert);
    return copying->status;
}

static enum bw_status
tables_copy(struct copying *copying, char *tables, const char *columns)
{
    enum bw_status status = BW_OK;
    char *rest = NULL;
    for (size_t i = 0; status == BW_OK && i < sizeof parents / sizeof parents[0]; i++) {
        status = table_copy(copying, parents[i], columns);
    }
    for (char *table = strtok_r(tables, " ", &rest); status == BW_OK && table != NULL;
         table = strtok_r(NULL, " ", &rest)) {
        if (!is_parent(table)) {
            status = table_copy(copying, table, columns);
        }
    }
    return status;
}

/* An empty database with our tables, its first row aside: that comes with the rest. */
static enum bw_status
make_room(struct bw_central *to, struct bw_error *err)
{
    bool created = false;
    enum bw_status status = bw_central_prepare(to, 0, &created, err);
    if (status == BW_OK && !created) {
        return bw_error_set(err, BW_REFUSED, 0,
            "copying to %s: there is a central database already; name an empty place",
            to->name);
    }
    return status == BW_OK
               ? bw_central_run(to, "DELETE FROM central", NULL, 0, NULL, NULL, err)
               : status;
}

/* All of our rows, those that refer to others first. */
static enum bw_status
rows_drop(struct bw_central *to, const char *tables, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    char sql[SQL_BYTES], table[SQL_BYTES / 2];
    size_t bytes = 0;
    for (const char *at = tables; status == BW_OK && *at != '\0';
         at += bytes + (at[bytes] == ' ')) {
        bytes = strcspn(at, " ");
        assert(bytes > 0 && bytes < sizeof table);
        (void)snprintf(table, sizeof table, "%.*s", (int)bytes, at);
        (void)snprintf(sql, sizeof sql, "DELETE FROM %s", table);
        status =
            is_parent(table) ? BW_OK : bw_central_run(to, sql, NULL, 0, NULL, NULL, err);
    }
    for (size_t i = sizeof parents / sizeof parents[0]; status == BW_OK && i > 0; i--) {
        (void)snprintf(sql, sizeof sql, "DELETE FROM %s", parents[i - 1]);
        status = bw_central_run(to, sql, NULL, 0, NULL, NULL, err);
    }
    return status;
}

/* `to` is ready for the tables. */
static enum bw_status
rows_copy(struct copying *copying, bool instead, struct bw_error *err)
{
    char *tables = NULL, *columns = NULL;
    enum bw_status status = bw_schema_columns(BW_CENTRAL_SCHEMA, &tables, &columns)
                                ? BW_OK
                                : no_memory(copying, err);
    if (status == BW_OK && instead) {
        status = rows_drop(copying->to, tables, err);
    }
    if (status == BW_OK) {
        status = bw_central_read_begin(copying->from, err);
    }
    if (status == BW_OK) {
        status = tables_copy(copying, tables, columns);
        bw_central_read_end(copying->from);
    }
    bw_progress_end(copying->progress);
    free(tables);
    free(columns);
    return status;
}

enum bw_status
bw_central_copy(struct bw_central *from, struct bw_central *to,
    struct bw_progress *progress, int64_t *ret_rows, struct bw_error *err)
{
    struct copying copying = {.from = from, .to = to, .progress = progress, .err = err};
    enum bw_status status = make_room(to, err);
    if (status == BW_OK) {
        status = rows_copy(&copying, false, err);
    }
    if (status == BW_OK) {
        *ret_rows = copying.rows;
    }
    return status;
}

enum bw_status
bw_central_copy_over(struct bw_central *from, struct bw_central *to,
    struct bw_progress *progress, int64_t *ret_rows, struct bw_error *err)
{
    struct copying copying = {.from = from, .to = to, .progress = progress, .err = err};
    assert(bw_central_in_transaction(to));
    enum bw_status status = rows_copy(&copying, true, err);
    if (status == BW_OK) {
        *ret_rows = copying.rows;
    }
    return status;
}
