/* The tables of a PostgreSQL carrier: see postgres_table.h. */
#include "exchange/carrier/postgres/postgres_table.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SQL_BYTES = 8192 };

/* `@` is the family. One transaction. No function but those that tell of roles stands in
 * a policy: engines that spread their tables refuse others. */
static const char making[] =
    "CREATE SCHEMA IF NOT EXISTS @_letters;"
    "CREATE TABLE @_letters.place ("
    " one INTEGER PRIMARY KEY CHECK (one = 1),"
    " bytes BYTEA NOT NULL CHECK (octet_length(bytes) <= 4096),"
    " version INTEGER NOT NULL DEFAULT 2 CHECK (version > 0));"
    "CREATE TABLE @_letters.letter ("
    " session_no BIGINT NOT NULL,"
    " writer BIGINT NOT NULL,"
    " name TEXT COLLATE \"C\" NOT NULL CHECK (octet_length(name) < 96 AND name ~"
    " '^bw-(events(-(0|[1-9][0-9]*)){3}-[0-9a-f]{8}[.]bwe"
    "|roster(-(0|[1-9][0-9]*)){3}-[0-9a-f]{8}[.]bwr"
    "|introduction-[1-9][0-9]*-[0-9a-f]{8}[.]bwi)$'),"
    " reader BIGINT NOT NULL,"
    " slot INTEGER,"
    " bytes BYTEA NOT NULL,"
    " PRIMARY KEY (session_no, writer, name),"
    " UNIQUE (session_no, writer, slot),"
    /* those of the organiser's own hand have none */
    " CHECK (CASE WHEN writer = 0 OR session_no = 0 THEN slot IS NULL"
    " ELSE slot IS NOT NULL AND slot BETWEEN 0 AND 4095 END),"
    " CHECK (octet_length(bytes) <="
    " CASE WHEN slot >= 16 THEN 262144 ELSE 67108864 END));"
    "ALTER TABLE @_letters.letter ALTER COLUMN bytes SET STORAGE EXTERNAL;"
    "CREATE INDEX letter_by_writer ON @_letters.letter (writer, name);"
    "ALTER TABLE @_letters.letter ENABLE ROW LEVEL SECURITY;"
    "CREATE POLICY letter_read ON @_letters.letter FOR SELECT USING ("
    /* what most rows are comes first */
    " (reader = 0 AND"
    " pg_has_role(session_user, to_regrole('@_session_' || session_no), 'MEMBER'))"
    " OR pg_has_role(session_user, to_regrole('@_kiosk_' || reader), 'MEMBER')"
    " OR pg_has_role(session_user, to_regrole('@_kiosk_' || writer), 'MEMBER'));"
    "CREATE POLICY letter_write ON @_letters.letter FOR INSERT WITH CHECK ("
    " pg_has_role(session_user, to_regrole('@_kiosk_' || writer), 'MEMBER')"
    " AND pg_has_role(session_user, to_regrole('@_session_' || session_no), 'MEMBER')"
    " AND ((reader = 0 AND name LIKE 'bw-events-' || writer || '-%')"
    " OR (reader = writer AND name LIKE 'bw-introduction-' || writer || '-%')))";

/* From each version to the next. Two programs may do it at once. */
static const char *const steps[] = {
    "ALTER TABLE @_letters.place ADD COLUMN IF NOT EXISTS"
    " version INTEGER NOT NULL DEFAULT 2 CHECK (version > 0);",
};
static const char stepped[] = "ALTER TABLE @_letters.place ALTER COLUMN version SET"
                              " DEFAULT 2;"
                              "UPDATE @_letters.place SET version = 2 WHERE version < 2";

static_assert(sizeof steps / sizeof steps[0] == BW_CARRIER_TABLE_VERSION - 1,
    "a step from each version to the next");

/* The text with the family in it. */
static void
sql_make(const char *text, const char *family, char ret_sql[SQL_BYTES])
{
    size_t used = 0;
    for (; *text != '\0'; text++) {
        size_t left = SQL_BYTES - used;
        int more = *text == '@' ? snprintf(ret_sql + used, left, "%s", family)
                                : snprintf(ret_sql + used, left, "%c", *text);
        assert(more > 0 && (size_t)more < left);
        used += (size_t)more;
    }
}

static enum bw_status
is_there(PGconn *db, const char *family, bool *ret_there, struct bw_error *err)
{
    char name[BW_CARRIER_LINK_NAME_BYTES];
    (void)snprintf(name, sizeof name, "%s_letters.letter", family);
    const struct bw_carrier_value value = {name, -1};
    return bw_carrier_link_ask_bool(db, "SELECT to_regclass($1) IS NOT NULL", &value, 1,
        bw_said("looking for the table of letters"), ret_there, err);
}

enum bw_status
bw_carrier_table_version_check(int64_t version, const char *doing, struct bw_error *err)
{
    return version <= BW_CARRIER_TABLE_VERSION
               ? BW_OK
               : bw_error_set(err, BW_NEWER, 0,
                     "%s: a newer version of this program made its table of letters; "
                     "update this program",
                     doing);
}

/* 1 also where the office that made them didn't come to its row. */
static enum bw_status
version_read(PGconn *db, const char *family, const char *doing, int64_t *ret_version,
    struct bw_error *err)
{
    char sql[SQL_BYTES];
    sql_make(
        "SELECT " BW_CARRIER_TABLE_VERSION_SQL " FROM @_letters.place p", family, sql);
    PGresult *result = bw_carrier_link_ask(db, sql, NULL, 0, false);
    enum bw_status status = bw_carrier_link_is(result, -1, 1)
                                ? BW_OK
                                : bw_carrier_link_fail(db, result, doing, err);
    if (status == BW_OK) {
        *ret_version =
            PQntuples(result) > 0 ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : 1;
    }
    PQclear(result);
    return status;
}

/* CG6. In one transaction. */
static enum bw_status
update(PGconn *db, const char *family, const char *doing, struct bw_error *err)
{
    char sql[SQL_BYTES], text[SQL_BYTES] = "";
    int64_t version = 0;
    enum bw_status status = version_read(db, family, doing, &version, err);
    if (status == BW_OK) {
        status = bw_carrier_table_version_check(version, doing, err);
    }
    if (status != BW_OK || version == BW_CARRIER_TABLE_VERSION) {
        return status;
    }
    for (int64_t i = version > 0 ? version - 1 : 0; i < BW_CARRIER_TABLE_VERSION - 1;
         i++) {
        size_t used = strlen(text);
        (void)snprintf(text + used, sizeof text - used, "%s", steps[i]);
    }
    size_t used = strlen(text);
    (void)snprintf(text + used, sizeof text - used, "%s", stepped);
    sql_make(text, family, sql);
    return bw_carrier_link_do(
        db, sql, bw_said("bringing the table of letters up to date"), err);
}

enum bw_status
bw_carrier_table_make(
    PGconn *db, const char *family, const char *doing, struct bw_error *err)
{
    char sql[SQL_BYTES];
    bool there = false;
    enum bw_status status = is_there(db, family, &there, err);
    if (status == BW_OK && there) {
        return update(db, family, doing, err);
    }
    if (status != BW_OK) {
        return status;
    }
    sql_make(making, family, sql);
    struct bw_error why = {.text = ""};
    status = bw_carrier_link_do(db, sql, bw_said("making the table of letters"), &why);
    /* another program may have made it meanwhile */
    if (status != BW_OK && is_there(db, family, &there, NULL) == BW_OK && there) {
        return update(db, family, doing, err);
    }
    return status == BW_OK ? BW_OK
                           : bw_error_set(err, status, why.os_errno, "%s", why.text);
}
