/* Is this the schema that our steps make? A file from elsewhere may hold views, triggers
 * and columns that act when we read: none of it is run, the file is refused (C6).
 *
 * What should be is made in memory by the same library, so that nothing depends on how a
 * version of SQLite writes a changed table down; blanks aside. One thread. */
#include "central/engine/sqlite.h"
#include "central/engine/schema.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Statistics are SQLite's own; they may be there or not. */
static const char listing[] = "SELECT name, type, tbl_name, coalesce(sql, '')"
                              " FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"
                              " ORDER BY name, type";
enum { LISTING_COLUMNS = 4, NAME_BYTES = 64 };

static sqlite3 *
expected_open(int64_t version)
{
    sqlite3 *db = NULL;
    int code = sqlite3_open_v2(":memory:", &db,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    for (int64_t step = 0; code == SQLITE_OK && step < version; step++) {
        for (int list = 0; bw_schema_steps[step][list] != NULL; list++) {
            const char *const *sql = bw_schema_steps[step][list];
            for (; code == SQLITE_OK && *sql != NULL; sql++) {
                code = sqlite3_exec(db, *sql, NULL, NULL, NULL);
            }
        }
    }
    if (code != SQLITE_OK) {
        (void)sqlite3_close(db);
        return NULL;
    }
    return db;
}

static void
put_text(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (!isspace((unsigned char)*text)) {
            (void)fputc(*text, out);
        }
    }
}

/* A line a row: name, type, table, statement, without blanks. NULL where it can't be
 * read; SQLite's error then stands. The caller frees. */
static char *
listing_of(sqlite3 *db)
{
    sqlite3_stmt *row = NULL;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    int code =
        out != NULL ? sqlite3_prepare_v2(db, listing, -1, &row, NULL) : SQLITE_NOMEM;
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(row);
        for (int i = 0; code == SQLITE_ROW && i < LISTING_COLUMNS; i++) {
            const char *cell = (const char *)sqlite3_column_text(row, i);
            put_text(out, cell != NULL ? cell : "");
            (void)fputc(i + 1 < LISTING_COLUMNS ? '\t' : '\n', out);
        }
    }
    (void)sqlite3_finalize(row);
    bool fine = out != NULL && fclose(out) == 0 && code == SQLITE_DONE;
    if (!fine) {
        free(text);
        return NULL;
    }
    return text;
}

/* Made once a program and version, and kept: guarded by `lock`. NULL without memory. */
static const char *
expected_listing(int64_t version)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static char *kept[BW_CENTRAL_SCHEMA + 1];
    (void)pthread_mutex_lock(&lock);
    if (kept[version] == NULL) {
        sqlite3 *db = expected_open(version);
        kept[version] = db != NULL ? listing_of(db) : NULL;
        (void)sqlite3_close(db);
    }
    const char *text = kept[version];
    (void)pthread_mutex_unlock(&lock);
    return text;
}

/* The name at the head of the first line that differs. */
static void
differing_name(const char *wanted, const char *found, char ret_name[NAME_BYTES])
{
    size_t line = 0;
    for (size_t i = 0; wanted[i] == found[i] && found[i] != '\0'; i++) {
        line = found[i] == '\n' ? i + 1 : line;
    }
    const char *from = found[line] != '\0' ? found + line : wanted + line;
    (void)snprintf(ret_name, NAME_BYTES, "%.*s", (int)strcspn(from, "\t\n"), from);
}

enum bw_status
bw_central_sqlite_schema_check(
    struct bw_central *central, int64_t version, struct bw_error *err)
{
    struct bw_central_sqlite_db *self = (struct bw_central_sqlite_db *)central;
    assert(version > 0 && version <= BW_CENTRAL_SCHEMA);
    const char *wanted = expected_listing(version);
    if (wanted == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "checking %s: out of memory; close other programs", central->name);
    }
    char *found = listing_of(self->db);
    if (found == NULL) {
        return bw_central_sqlite_fail(self, bw_said("checking"), err);
    }
    enum bw_status status = BW_OK;
    if (strcmp(wanted, found) != 0) {
        char name[NAME_BYTES];
        differing_name(wanted, found, name);
        status = bw_error_set(err, BW_CORRUPT, 0,
            "opening %s: its tables aren't those of this program (look at %s); restore "
            "it from a copy",
            central->name, name);
    }
    free(found);
    return status;
}

/* ---- for other engines ---- */

/* A key of one INTEGER is never NULL, though SQLite's table doesn't say so. */
static const char columns_sql[] =
    "SELECT m.name, c.name, c.type, c.\"notnull\" OR c.pk > 0"
    " FROM sqlite_schema m JOIN pragma_table_info(m.name) c"
    " WHERE m.type = 'table' ORDER BY m.name, c.name";
static const char tables_sql[] =
    "SELECT group_concat(name, ' ') FROM sqlite_schema WHERE type = 'table'";

/* The rows of a query, tabs between columns, each ended by a line break; NULL where that
 * fails. The caller frees. */
static char *
rows_of(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *row = NULL;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    int code = out != NULL ? sqlite3_prepare_v2(db, sql, -1, &row, NULL) : SQLITE_NOMEM;
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(row);
        int columns = code == SQLITE_ROW ? sqlite3_column_count(row) : 0;
        for (int i = 0; i < columns; i++) {
            const char *cell = (const char *)sqlite3_column_text(row, i);
            (void)fprintf(
                out, "%s%c", cell != NULL ? cell : "", i + 1 < columns ? '\t' : '\n');
        }
    }
    (void)sqlite3_finalize(row);
    bool fine = out != NULL && fclose(out) == 0 && code == SQLITE_DONE;
    if (!fine) {
        free(text);
        return NULL;
    }
    return text;
}

bool
bw_schema_columns(int64_t version, char **ret_tables, char **ret_columns)
{
    sqlite3 *db = expected_open(version);
    char *tables = db != NULL ? rows_of(db, tables_sql) : NULL;
    char *columns = db != NULL ? rows_of(db, columns_sql) : NULL;
    (void)sqlite3_close(db);
    if (tables == NULL || columns == NULL) {
        free(tables);
        free(columns);
        return false;
    }
    tables[strcspn(tables, "\n")] = '\0';
    *ret_tables = tables;
    *ret_columns = columns;
    return true;
}
