/* How a kiosk comes in: see postgres_entry.h. */
#include "exchange/carrier/postgres/postgres_entry.h"

#include "exchange/carrier/folder/folder.h"
#include "exchange/carrier/postgres/postgres_rows.h"
#include "exchange/carrier/postgres/postgres_table.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SQL_BYTES = 1024 };
enum { PLACE, VERSION, PROCESS, TIME, LOCK, ROLES, COLUMNS };

/* The server looks up and plans every word of this anew for each kiosk that comes: so it
 * asks for no more than there is for most of them, and what is missing is asked after.
 * pg_roles would be read whole, of all kiosks and sessions. */
#define ENTRY_SQL                                                                        \
    "SELECT p.bytes, %s, pg_backend_pid(), clock_timestamp(),"                           \
    " current_setting('lock_timeout'), CAST(ARRAY(SELECT pg_get_userbyid(m.roleid)"      \
    " FROM pg_catalog.pg_auth_members m"                                                 \
    " WHERE m.member = CAST(CAST(session_user AS regrole) AS oid)) AS TEXT)"             \
    " FROM %s_letters.place p"

/* All of a login's roles, where one of them has roles too. */
static const char roles_sql[] =
    "SELECT CAST(ARRAY(WITH RECURSIVE mine (role) AS"
    " (SELECT CAST(CAST(session_user AS regrole) AS oid) UNION SELECT m.roleid"
    " FROM pg_catalog.pg_auth_members m JOIN mine ON m.member = mine.role)"
    " SELECT pg_get_userbyid(role) FROM mine) AS TEXT)";

/* Of an answer in bytes, the highest first. */
static int64_t
number_of(const PGresult *result, int column)
{
    uint64_t number = 0;
    for (int i = 0; i < PQgetlength(result, 0, column); i++) {
        number = number << 8 | (uint8_t)PQgetvalue(result, 0, column)[i];
    }
    return (int64_t)number;
}

/* From microseconds since 2000. */
static int64_t
ms_of(int64_t us)
{
    static const int64_t year_2000_ms = INT64_C(946684800000);
    return year_2000_ms + us / 1000;
}

/* The number that stands behind the prefix, where all of the role's name is that. */
static size_t
session_digits(const char *role, size_t length, const char *prefix)
{
    size_t skip = strlen(prefix), count = length > skip ? length - skip : 0;
    if (count == 0 || count > 10 || strncmp(role, prefix, skip) != 0 ||
        role[skip] == '0') {
        return 0;
    }
    for (size_t i = skip; i < length; i++) {
        if (!isdigit((unsigned char)role[i])) {
            return 0;
        }
    }
    return count;
}

/* From "{role,role}" those of sessions, as numbers. False: there's no room for them. */
static bool
sessions_of(const char *roles, const char *family, struct bw_carrier_entry *entry)
{
    char prefix[BW_CARRIER_LINK_NAME_BYTES];
    size_t used = 0;
    (void)snprintf(prefix, sizeof prefix, "%s_session_", family);
    for (const char *at = roles + (roles[0] == '{'); *at != '\0';) {
        size_t length = strcspn(at, ",}");
        size_t digits = session_digits(at, length, prefix);
        if (sizeof entry->sessions - used < digits + 3) {
            return false;
        }
        if (digits > 0) {
            used +=
                (size_t)snprintf(entry->sessions + used, sizeof entry->sessions - used,
                    "%c%.*s", used == 0 ? '{' : ',', (int)digits, at + strlen(prefix));
            entry->sessions_count++;
        }
        at += length + (at[length] != '\0');
    }
    (void)snprintf(entry->sessions + used, sizeof entry->sessions - used, "%s",
        used == 0 ? "{}" : "}");
    return true;
}

/* A kiosk that came in another's place has that one's roles too. */
static enum bw_status
sessions_read(PGconn *db, const char *roles, const char *family, const char *doing,
    struct bw_carrier_entry *entry, struct bw_error *err)
{
    char before[BW_CARRIER_LINK_NAME_BYTES];
    (void)snprintf(before, sizeof before, "%s_kiosk_", family);
    PGresult *result = strstr(roles, before) != NULL
                           ? bw_carrier_link_ask(db, roles_sql, NULL, 0, false)
                           : NULL;
    enum bw_status status = result == NULL || bw_carrier_link_is(result, 1, 1)
                                ? BW_OK
                                : bw_carrier_link_fail(db, result, doing, err);
    if (status == BW_OK &&
        !sessions_of(result != NULL ? PQgetvalue(result, 0, 0) : roles, family, entry)) {
        status = bw_error_set(err, BW_FULL, 0, "%s: too many sessions", doing);
    }
    PQclear(result);
    return status;
}

/* The login has its times of the office, unless an older one gave it. */
static enum bw_status
settle_in(PGconn *db, const PGresult *result, const struct bw_carrier_entry *entry,
    struct bw_error *err)
{
    const char *lock = PQgetvalue(result, 0, LOCK);
    return entry->pooled || strcmp(lock, BW_CARRIER_LINK_LOCK) == 0
               ? BW_OK
               : bw_carrier_link_settle_in(db, NULL, err);
}

static enum bw_status
entry_read(PGconn *db, const PGresult *result, const char *family, const char *doing,
    struct bw_carrier_entry *entry, struct bw_error *err)
{
    enum bw_status status =
        bw_carrier_table_version_check(number_of(result, VERSION), doing, err);
    if (status != BW_OK) {
        return status;
    }
    entry->pooled = number_of(result, PROCESS) != PQbackendPID(db);
    entry->server_ms = ms_of(number_of(result, TIME));
    status = settle_in(db, result, entry, err);
    if (status == BW_OK) {
        status =
            sessions_read(db, PQgetvalue(result, 0, ROLES), family, doing, entry, err);
    }
    return status == BW_OK ? bw_carrier_rows_bytes(result, BW_FOLDER_FILE_BYTES_MAX,
                                 doing, &entry->place, &entry->place_bytes, err)
                           : status;
}

/* Tables of version 1 have no column for it (CG6). */
static PGresult *
entry_ask(PGconn *db, const char *family)
{
    static const char no_column[] = "42703";
    char sql[SQL_BYTES];
    (void)PQsetnonblocking(db, 1); /* else a send that nobody takes has no end */
    (void)snprintf(sql, sizeof sql, ENTRY_SQL, "p.version", family);
    PGresult *result = bw_carrier_link_ask(db, sql, NULL, 0, true);
    if (strcmp(bw_carrier_link_state(result), no_column) == 0) {
        PQclear(result);
        (void)snprintf(sql, sizeof sql, ENTRY_SQL, "1", family);
        result = bw_carrier_link_ask(db, sql, NULL, 0, true);
    }
    return result;
}

enum bw_status
bw_carrier_entry_ask(PGconn *db, const char *family, const char *doing,
    struct bw_carrier_entry *ret_entry, struct bw_error *err)
{
    static const char no_table[] = "42P01";
    struct bw_carrier_entry entry = {.sessions = ""};
    PGresult *result = entry_ask(db, family);
    enum bw_status status = BW_OK;
    if (strcmp(bw_carrier_link_state(result), no_table) == 0) {
        status = bw_error_set(err, BW_NOT_FOUND, 0, "%s: there's no such table", doing);
    } else if (!bw_carrier_link_is(result, -1, COLUMNS)) {
        status = bw_carrier_link_fail(db, result, doing, err);
    } else if (PQntuples(result) > 0) {
        status = entry_read(db, result, family, doing, &entry, err);
    }
    PQclear(result);
    if (status == BW_OK) {
        *ret_entry = entry;
    }
    return status;
}

void
bw_carrier_entry_finish(struct bw_carrier_entry *entry)
{
    free(entry->place);
    entry->place = NULL;
}
