/* A connection to a PostgreSQL carrier: see postgres_link.h. */
#include "exchange/carrier/postgres/postgres_link.h"

#include "exchange/carrier/ear.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OLDEST = 130000,
    STATEMENT_MS = 9000, /* BW_CARRIER_LINK_STATEMENT */
    LOCK_MS = 5000,      /* BW_CARRIER_LINK_LOCK */
    VALUES_MAX = 8,
    FAMILY_ID_BYTES = 4,
    HINT_PLACES = 8,
    HINT_BYTES = 8192,
};

void
bw_carrier_link_family(const uint8_t central_id[BW_CENTRAL_ID_BYTES],
    char ret_family[BW_CARRIER_LINK_FAMILY_BYTES])
{
    char hex[2 * FAMILY_ID_BYTES + 1];
    (void)sodium_bin2hex(hex, sizeof hex, central_id, FAMILY_ID_BYTES);
    (void)snprintf(ret_family, BW_CARRIER_LINK_FAMILY_BYTES, "bw_%s", hex);
}

/* ---- connecting ---- */

static void
on_notice(void *context, const PGresult *result)
{
    (void)context; /* the library never prints */
    (void)result;
}

/* As bw_kiosk_road_fault reads it. */
static int
errno_of(PGconn *db)
{
    switch (bw_postgres_refusal(db)) {
    case BW_REFUSED:
        return strstr(PQerrorMessage(db), "certificate") != NULL ? EKEYREJECTED : EACCES;
    case BW_NOT_FOUND:
        return ENOENT;
    default:
        return EHOSTUNREACH;
    }
}

static const char *
advice_of(int os_errno)
{
    switch (os_errno) {
    case EKEYREJECTED:
        return bw_said(
            "check that its certificate has its name, and whom this machine trusts "
            "(~/.postgresql/root.crt, or sslrootcert in the address)");
    case EACCES:
        return bw_said(
            "it doesn't let this login in; the office gives a kiosk another one with "
            "enrol --device N");
    case ENOENT:
        return bw_said("make the database first, with createdb");
    default:
        return bw_said("the server can't be reached now");
    }
}

static enum bw_status
check_connected(PGconn *db, const char *uri, struct bw_error *err)
{
    if (db == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "opening %.200s: out of memory", uri);
    }
    if (PQstatus(db) != CONNECTION_OK) {
        int os_errno = errno_of(db);
        const char *text = PQerrorMessage(db);
        return bw_error_set(err, BW_OFFLINE, os_errno, "opening %.200s: %.*s (%s)", uri,
            bw_postgres_line(text), text, advice_of(os_errno));
    }
    if (PQserverVersion(db) < OLDEST) {
        return bw_error_set(err, BW_REFUSED, 0,
            "opening %.200s: the server is PostgreSQL %d; it has to be 13 or newer", uri,
            PQserverVersion(db) / 10000);
    }
    (void)PQsetNoticeReceiver(db, on_notice, NULL);
    return BW_OK;
}

enum bw_status
bw_carrier_link_settle_in(PGconn *db, bool *ret_pooled, struct bw_error *err)
{
    bool pooled = false;
    PGresult *result = bw_postgres_settle_in(db, STATEMENT_MS, LOCK_MS,
        bw_postgres_mono_ms() + BW_CARRIER_LINK_STALL_MS, &pooled);
    enum bw_status status =
        bw_postgres_is_fine(result)
            ? BW_OK
            : bw_carrier_link_fail(db, result, bw_said("opening a carrier"), err);
    PQclear(result);
    if (status == BW_OK && ret_pooled != NULL) {
        *ret_pooled = pooled;
    }
    return status;
}

enum bw_status
bw_carrier_link_connect(
    const char *uri, const char *login, PGconn **ret_db, struct bw_error *err)
{
    char user[BW_CARRIER_LOGIN_BYTES] = "";
    bool local = false;
    enum bw_status status =
        bw_postgres_check(uri, bw_said("opening a carrier"), &local, err);
    if (status != BW_OK) {
        return status;
    }
    const char *colon = login != NULL ? strchr(login, ':') : NULL;
    if (colon != NULL) {
        (void)snprintf(user, sizeof user, "%.*s", (int)(colon - login), login);
    }
    /* what stands before `dbname` the address may change; what stands after, it can't;
     * empty ones count as not given; GSS would go before TLS and its certificate (CP2),
     * and to look for its ticket costs 0.3 ms of the processor */
    const char *keywords[] = {"connect_timeout", "target_session_attrs",
        "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
        "fallback_application_name", "dbname", "client_encoding", "sslmode", "gssencmode",
        "user", "password", NULL};
    const char *values[] = {"15", "read-write", "30", "10", "3", "20000",
        "brugwachter-sync", uri, "UTF8", local ? "" : "verify-full", "disable", user,
        colon != NULL ? colon + 1 : "", NULL};
    PGconn *db = PQconnectdbParams(keywords, values, 1);
    status = check_connected(db, uri, err);
    if (status != BW_OK) {
        PQfinish(db);
        return status;
    }
    *ret_db = db;
    return BW_OK;
}

enum bw_status
bw_carrier_link_open(const char *uri, const char *login, PGconn **ret_db,
    bool *ret_pooled, struct bw_error *err)
{
    PGconn *db = NULL;
    enum bw_status status = bw_carrier_link_connect(uri, login, &db, err);
    if (status == BW_OK) {
        status = bw_carrier_link_settle_in(db, ret_pooled, err);
    }
    if (status != BW_OK) {
        PQfinish(db);
        return status;
    }
    *ret_db = db;
    return BW_OK;
}

/* ---- statements ---- */

PGresult *
bw_carrier_link_ask(PGconn *db, const char *sql, const struct bw_carrier_value *values,
    int count, bool binary)
{
    enum { TEXT = 25, BYTEA = 17 }; /* of pg_type.h, which clients don't have */
    const char *bytes[VALUES_MAX];
    int lengths[VALUES_MAX], formats[VALUES_MAX];
    Oid types[VALUES_MAX];
    for (int i = 0; i < count; i++) {
        bool blob = values[i].length >= 0;
        bytes[i] = values[i].bytes;
        lengths[i] = blob ? values[i].length : 0;
        formats[i] = blob;
        types[i] = blob ? BYTEA : TEXT;
    }
    int sent = count > 0 || binary ? PQsendQueryParams(db, sql, count, types, bytes,
                                         lengths, formats, binary)
                                   : PQsendQuery(db, sql);
    return sent == 0
               ? PQmakeEmptyPGresult(db, PGRES_FATAL_ERROR)
               : bw_postgres_wait_moving(db, bw_postgres_mono_ms() + BW_CARRIER_LINK_MS,
                     BW_CARRIER_LINK_STALL_MS);
}

bool
bw_carrier_link_is(const PGresult *result, int rows, int columns)
{
    return PQresultStatus(result) == PGRES_TUPLES_OK && PQnfields(result) == columns &&
           (rows < 0 || PQntuples(result) == rows);
}

const char *
bw_carrier_link_state(const PGresult *result)
{
    const char *state =
        result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    return state != NULL ? state : "";
}

enum bw_status
bw_carrier_link_fail(
    PGconn *db, const PGresult *result, const char *doing, struct bw_error *err)
{
    const char *text =
        result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    const char *state = bw_carrier_link_state(result);
    enum bw_status status = bw_postgres_class(state);
    const char *advice = status == BW_OFFLINE
                             ? bw_said("the server can't be reached or is just changing")
                             : bw_said("look at the server's log");
    int os_errno = 0;
    if (text == NULL) {
        text = PQerrorMessage(db);
    }
    if (strcmp(state, "42501") == 0) {
        status = BW_READ_ONLY;
        os_errno = EACCES;
        advice =
            bw_said("this login may not do that; the office enrols the kiosk again, or a "
                    "superuser of the server gives the right");
    } else if (status == BW_FULL) {
        os_errno = ENOSPC;
        advice = bw_said("the server's disk is full; make room");
    } else if (status == BW_BUSY) {
        advice = bw_said("it is busy; it will be tried again");
    }
    return bw_error_set(err, status, os_errno, "%s: %.*s (%s)", doing,
        bw_postgres_line(text), text, advice);
}

enum bw_status
bw_carrier_link_do(PGconn *db, const char *sql, const char *doing, struct bw_error *err)
{
    PGresult *result = bw_carrier_link_ask(db, sql, NULL, 0, false);
    enum bw_status status = bw_postgres_is_fine(result)
                                ? BW_OK
                                : bw_carrier_link_fail(db, result, doing, err);
    PQclear(result);
    return status;
}

/* ---- hints ---- */

/* Whether the last hint for this address was long enough ago. Two addresses that share a
 * place hint for each other, which costs a hint. */
static bool
hint_is_due(const char *uri)
{
    static _Atomic int64_t hinted_ms[HINT_PLACES];
    uint32_t sum = UINT32_C(2166136261); /* FNV-1a */
    for (; *uri != '\0'; uri++) {
        sum = (sum ^ (uint8_t)*uri) * UINT32_C(16777619);
    }
    int64_t now_ms = bw_postgres_mono_ms();
    int64_t before_ms = atomic_load(&hinted_ms[sum % HINT_PLACES]);
    return (before_ms == 0 || now_ms - before_ms >= BW_CARRIER_HINT_MS) &&
           atomic_compare_exchange_strong(
               &hinted_ms[sum % HINT_PLACES], &before_ms, now_ms);
}

void
bw_carrier_link_hint(
    PGconn *db, const char *uri, const char *family, const char *sessions, bool office)
{
    char sql[HINT_BYTES];
    size_t used = 0;
    const char *user = PQuser(db);
    if (!hint_is_due(uri) || strpbrk(user, "'\\") != NULL) {
        return;
    }
    for (const char *at = sessions + 1; *at >= '0' && *at <= '9';) {
        char *end;
        unsigned long number = strtoul(at, &end, 10);
        if (HINT_BYTES - used < 4 * BW_CARRIER_LINK_NAME_BYTES + strlen(user)) {
            break; /* they look by themselves, later */
        }
        used += (size_t)snprintf(sql + used, HINT_BYTES - used,
            "NOTIFY %s_session_%lu, '%s';", family, number, user);
        at = *end == ',' ? end + 1 : end;
    }
    if (office) {
        (void)snprintf(
            sql + used, HINT_BYTES - used, "NOTIFY %s_office, '%s'", family, user);
    }
    struct bw_error ignored;
    if (used > 0 || office) {
        (void)!bw_carrier_link_do(db, sql, "hinting", &ignored);
    }
}

enum bw_status
bw_carrier_link_ask_bool(PGconn *db, const char *sql,
    const struct bw_carrier_value *values, int count, const char *doing, bool *ret_answer,
    struct bw_error *err)
{
    PGresult *result = bw_carrier_link_ask(db, sql, values, count, false);
    enum bw_status status = BW_OK;
    if (bw_carrier_link_is(result, 1, 1)) {
        *ret_answer = PQgetvalue(result, 0, 0)[0] == 't';
    } else {
        status = bw_carrier_link_fail(db, result, doing, err);
    }
    PQclear(result);
    return status;
}
