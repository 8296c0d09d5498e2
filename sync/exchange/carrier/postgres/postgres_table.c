/* The tables of a PostgreSQL carrier: see postgres_table.h. */
#include "exchange/carrier/postgres/postgres_table.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <stdio.h>

enum { SQL_BYTES = 8192 };

/* `@` is the family. One transaction. No function but those that tell of roles stands in
 * a policy: engines that spread their tables refuse others. */
static const char making[] =
    "CREATE SCHEMA IF NOT EXISTS @_letters;"
    "CREATE TABLE @_letters.place ("
    " one INTEGER PRIMARY KEY CHECK (one = 1),"
    " bytes BYTEA NOT NULL CHECK (octet_length(bytes) <= 4096));"
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
bw_carrier_table_make(PGconn *db, const char *family, struct bw_error *err)
{
    char sql[SQL_BYTES];
    bool there = false;
    enum bw_status status = is_there(db, family, &there, err);
    if (status != BW_OK || there) {
        return status;
    }
    sql_make(making, family, sql);
    struct bw_error why = {.text = ""};
    status = bw_carrier_link_do(db, sql, bw_said("making the table of letters"), &why);
    /* another program may have made it meanwhile */
    if (status != BW_OK && is_there(db, family, &there, NULL) == BW_OK && there) {
        return BW_OK;
    }
    return status == BW_OK ? BW_OK
                           : bw_error_set(err, status, why.os_errno, "%s", why.text);
}
