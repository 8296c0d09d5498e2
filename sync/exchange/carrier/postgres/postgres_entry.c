/* How a kiosk comes in: see postgres_entry.h. */
#include "exchange/carrier/postgres/postgres_entry.h"

#include "exchange/carrier/folder/folder.h"
#include "exchange/carrier/postgres/postgres_rows.h"
#include "exchange/carrier/postgres/postgres_table.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SQL_BYTES = 2048, TIME_BYTES = 8 };
enum { PLACE, POOLED, TIME, ROLES, VERSION, COLUMNS };

/* A login's roles by the members' own index, as many as it has: pg_roles would be read
 * whole, of all kiosks and sessions. A number is formed in here, as it costs less. */
#define ENTRY_SQL                                                                        \
    "SELECT p.bytes, s.pooled, clock_timestamp(), CAST(ARRAY("                           \
    "WITH RECURSIVE mine (role) AS"                                                      \
    " (SELECT CAST(CAST(session_user AS regrole) AS oid) UNION SELECT m.roleid"          \
    " FROM pg_catalog.pg_auth_members m JOIN mine ON m.member = mine.role)"              \
    " SELECT pg_get_userbyid(role) FROM mine) AS TEXT),"                                 \
    " " BW_CARRIER_TABLE_VERSION_SQL " FROM (%s) s LEFT JOIN %s_letters.place p ON true"

/* Microseconds since 2000, eight bytes, the highest first. */
static int64_t
ms_of(const char *bytes)
{
    static const int64_t year_2000_ms = INT64_C(946684800000);
    uint64_t us = 0;
    for (int i = 0; i < TIME_BYTES; i++) {
        us = us << 8 | (uint8_t)bytes[i];
    }
    return year_2000_ms + (int64_t)us / 1000;
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

static enum bw_status
entry_read(const PGresult *result, const char *family, const char *doing,
    struct bw_carrier_entry *entry, struct bw_error *err)
{
    enum bw_status status = bw_carrier_table_version_check(
        strtoll(PQgetvalue(result, 0, VERSION), NULL, 10), doing, err);
    if (status != BW_OK) {
        return status;
    }
    entry->pooled = PQgetvalue(result, 0, POOLED)[0] != 0;
    entry->server_ms = ms_of(PQgetvalue(result, 0, TIME));
    if (!sessions_of(PQgetvalue(result, 0, ROLES), family, entry)) {
        return bw_error_set(err, BW_FULL, 0, "%s: too many sessions", doing);
    }
    return PQgetisnull(result, 0, PLACE)
               ? BW_OK
               : bw_carrier_rows_bytes(result, BW_FOLDER_FILE_BYTES_MAX, doing,
                     &entry->place, &entry->place_bytes, err);
}

enum bw_status
bw_carrier_entry_ask(PGconn *db, const char *family, const char *doing,
    struct bw_carrier_entry *ret_entry, struct bw_error *err)
{
    static const char no_table[] = "42P01";
    char sql[SQL_BYTES], settling[BW_POSTGRES_SETTLING_BYTES];
    struct bw_carrier_entry entry = {.sessions = ""};
    bw_carrier_link_settling(db, settling);
    (void)snprintf(sql, sizeof sql, ENTRY_SQL, settling, family);
    PGresult *result = bw_carrier_link_ask(db, sql, NULL, 0, true);
    enum bw_status status = BW_OK;
    if (strcmp(bw_carrier_link_state(result), no_table) == 0) {
        status = bw_error_set(err, BW_NOT_FOUND, 0, "%s: there's no such table", doing);
    } else if (!bw_carrier_link_is(result, 1, COLUMNS) ||
               PQgetlength(result, 0, TIME) != TIME_BYTES) {
        status = bw_carrier_link_fail(db, result, doing, err);
    } else {
        status = entry_read(result, family, doing, &entry, err);
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
