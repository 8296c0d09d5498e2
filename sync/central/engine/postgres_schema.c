/* Is this the schema that our steps make? See postgres.h. One thread.
 *
 * The version stands in a table of its own. A table's columns are compared with those of
 * the same steps run by SQLite in memory (bw_schema_columns). A database of a server
 * may hold more than ours: other tables are left alone, but on ours stands no trigger, no
 * rule and no policy, and none is a view (C6). */
#include "central/engine/postgres.h"
#include "central/engine/schema.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 64 };

enum bw_status
bw_central_postgres_version(
    struct bw_central *central, int64_t *ret_version, struct bw_error *err)
{
    int64_t there = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM pg_catalog.pg_class"
        " WHERE oid = to_regclass('central_schema') AND relkind = 'r'",
        NULL, 0, 0, &there, err);
    if (status == BW_OK && there == 0) {
        *ret_version = 0;
        return BW_OK;
    }
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT coalesce(max(version), 0) FROM central_schema", NULL, 0, 0,
            ret_version, err);
    }
    return status;
}

enum bw_status
bw_central_postgres_set_version(
    struct bw_central *central, int64_t version, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(version);
    enum bw_status status = bw_central_run(central,
        "CREATE TABLE IF NOT EXISTS central_schema"
        " (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL)",
        NULL, 0, NULL, NULL, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "INSERT INTO central_schema (one, version) VALUES (1, $1)"
            " ON CONFLICT (one) DO UPDATE SET version = excluded.version",
            &value, 1, NULL, NULL, err);
    }
    return status;
}

/* ---- the tables ---- */

static bool
on_column(const struct bw_sql_value *columns, int count, void *context)
{
    assert(count == 4);
    (void)count;
    (void)fprintf(context, "%s\t%s\t%s\t%lld\n", columns[0].text, columns[1].text,
        columns[2].text, (long long)columns[3].number);
    return true;
}

/* Names in the order of their bytes, as the expected ones are. */
static const char listing[] =
    "SELECT c.relname, a.attname, CASE a.atttypid WHEN 20 THEN 'INTEGER'"
    " WHEN 25 THEN 'TEXT' WHEN 17 THEN 'BLOB' ELSE 'other' END,"
    " a.attnotnull"
    " FROM pg_catalog.pg_class c"
    " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
    " AND NOT a.attisdropped"
    " WHERE c.oid = to_regclass(quote_ident(c.relname)) AND c.relkind IN ('r', 'p')"
    " AND c.relname = ANY(string_to_array($1, ' ')) "
    " AND NOT c.relrowsecurity"
    " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite w WHERE w.ev_class = c.oid)"
    " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_trigger t"
    " WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)"
    " ORDER BY c.relname COLLATE \"C\", a.attname COLLATE \"C\"";

/* The table at the head of the first line that differs. */
static void
differing_table(const char *wanted, const char *found, char ret_name[NAME_BYTES])
{
    size_t line = 0;
    for (size_t i = 0; wanted[i] == found[i] && wanted[i] != '\0'; i++) {
        line = wanted[i] == '\n' ? i + 1 : line;
    }
    const char *from = wanted[line] != '\0' ? wanted + line : found + line;
    (void)snprintf(ret_name, NAME_BYTES, "%.*s", (int)strcspn(from, "\t\n"), from);
}

enum bw_status
bw_central_postgres_schema_check(
    struct bw_central *central, int64_t version, struct bw_error *err)
{
    char *tables = NULL, *wanted = NULL, *found = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&found, &length);
    enum bw_status status = BW_OK;
    if (out == NULL || !bw_schema_columns(version, &tables, &wanted)) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "checking %s: out of memory; close other programs", central->name);
    }
    if (status == BW_OK) {
        struct bw_sql_value value = bw_sql_text(tables);
        status = bw_central_run(central, listing, &value, 1, on_column, out, err);
    }
    if (out != NULL && fclose(out) != 0 && status == BW_OK) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "checking %s: out of memory; close other programs", central->name);
    }
    assert(status != BW_OK || (wanted != NULL && found != NULL));
    if (status == BW_OK && strcmp(wanted, found) != 0) {
        char name[NAME_BYTES];
        differing_table(wanted, found, name);
        status = bw_error_set(err, BW_CORRUPT, 0,
            "opening %s: its tables aren't those of this program (look at %s); restore "
            "it from a copy",
            central->name, name);
    }
    free(tables);
    free(wanted);
    free(found);
    return status;
}
