/* Addresses and waits of PostgreSQL: see postgres.h. */
#include "central/base/postgres.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { HOST_BYTES = 256, LOOK_MS = 50, WHY_BYTES = 128 };

/* ---- addresses ---- */

static const char *
option_of(const PQconninfoOption *options, const char *keyword)
{
    for (; options->keyword != NULL; options++) {
        if (strcmp(options->keyword, keyword) == 0) {
            return options->val != NULL ? options->val : "";
        }
    }
    return "";
}

static bool
is_loopback(const char *host, size_t bytes)
{
    char name[HOST_BYTES];
    (void)snprintf(name, sizeof name, "%.*s", (int)bytes, host);
    return name[0] == '/' || name[0] == '@' || strcmp(name, "localhost") == 0 ||
           strcmp(name, "::1") == 0 ||
           (strncmp(name, "127.", 4) == 0 && strspn(name, "0123456789.") == strlen(name));
}

/* Every one of a list with commas between; an empty list or place isn't. */
static bool
are_loopback(const char *list)
{
    for (;;) {
        size_t bytes = strcspn(list, ",");
        if (bytes == 0 || !is_loopback(list, bytes)) {
            return false;
        }
        if (list[bytes] == '\0') {
            return true;
        }
        list += bytes + 1;
    }
}

bool
bw_postgres_is_local(const PQconninfoOption *options)
{
    const char *address = option_of(options, "hostaddr");
    if (address[0] != '\0') {
        return are_loopback(address);
    }
    return getenv("PGHOSTADDR") == NULL && getenv("PGSERVICE") == NULL &&
           option_of(options, "service")[0] == '\0' &&
           are_loopback(option_of(options, "host"));
}

enum bw_status
bw_postgres_check(
    const char *uri, const char *doing, bool *ret_local, struct bw_error *err)
{
    PQconninfoOption *options = PQconninfoParse(uri, NULL);
    if (options == NULL) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "%s: that is no postgresql:// URI; it is written "
            "postgresql://ROLE@HOST/DATABASE",
            doing);
    }
    enum bw_status status = BW_OK;
    if (option_of(options, "password")[0] != '\0' ||
        option_of(options, "sslpassword")[0] != '\0') { /* CP1 */
        status = bw_error_set(err, BW_BAD_INPUT, 0,
            "%s: others on this machine can read a password on "
            "a command line; put it into a file that PGPASSFILE names, or ~/.pgpass",
            doing);
    }
    bool local = bw_postgres_is_local(options);
    const char *mode = option_of(options, "sslmode");
    if (status == BW_OK && !local && mode[0] != '\0' &&
        strcmp(mode, "verify-full") != 0) { /* CP2 */
        status = bw_error_set(err, BW_BAD_INPUT, 0,
            "%s: sslmode=%s lets anybody pose as a server that "
            "isn't on this machine; leave it out, or write sslmode=verify-full",
            doing, mode);
    }
    PQconninfoFree(options);
    if (status == BW_OK) {
        *ret_local = local;
    }
    return status;
}

/* ---- errors ---- */

/* The first that fits counts: a whole SQLSTATE, or the beginning of one. */
static const struct {
    const char *begins;
    enum bw_status status;
} classes[] = {
    {"08", BW_OFFLINE},
    {"57P0", BW_OFFLINE},
    {"25006", BW_OFFLINE}, /* a leader that became a standby */
    {"40003", BW_OFFLINE}, /* statement completion unknown, by that very name */
    {"40", BW_BUSY},
    {"55P03", BW_BUSY},
    {"55006", BW_BUSY},
    {"57014", BW_BUSY}, /* its deadline */
    {"53300", BW_BUSY},
    {"53100", BW_FULL},
    {"53200", BW_NO_MEMORY},
    {"53", BW_BUSY},
    {"28", BW_REFUSED},
    {"42501", BW_REFUSED},
    {"42P07", BW_REFUSED}, /* a table of that name that isn't ours */
    {"23", BW_REFUSED},
    {"3D000", BW_NOT_FOUND},
    {"XX001", BW_CORRUPT},
    {"XX002", BW_CORRUPT},
    {"58030", BW_IO},
};

enum bw_status
bw_postgres_class(const char *sqlstate)
{
    if (sqlstate == NULL || sqlstate[0] == '\0') {
        return BW_OFFLINE;
    }
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        if (strncmp(sqlstate, classes[i].begins, strlen(classes[i].begins)) == 0) {
            return classes[i].status;
        }
    }
    return BW_IO;
}

/* What passes, whether a password was asked for before it or not. */
static bool
is_passing(const char *text)
{
    static const char *const words[] = {"timeout expired", "closed the connection",
        "too many connections", "too many clients", "terminating connection",
        "starting up", "shutting down", "could not receive data", "could not send data"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strstr(text, words[i]) != NULL) {
            return true;
        }
    }
    return false;
}

enum bw_status
bw_postgres_refusal(PGconn *db)
{
    const char *text = PQerrorMessage(db);
    if (is_passing(text)) {
        return BW_OFFLINE;
    }
    if (PQconnectionNeedsPassword(db) != 0 || PQconnectionUsedPassword(db) != 0 ||
        strstr(text, "no pg_hba.conf entry") != NULL || strstr(text, "role \"") != NULL ||
        strstr(text, "certificate") != NULL ||
        strstr(text, "permission denied") != NULL) {
        return BW_REFUSED;
    }
    return strstr(text, "database \"") != NULL ? BW_NOT_FOUND : BW_OFFLINE;
}

int
bw_postgres_line(const char *text)
{
    return (int)strcspn(text, "\n");
}

/* ---- waiting ---- */

int64_t
bw_postgres_mono_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
cancel(PGconn *db)
{
    char why[WHY_BYTES];
    PGcancel *request = PQgetCancel(db);
    (void)PQcancel(request, why, sizeof why); /* its answer comes as an error */
    PQfreeCancel(request);
}

struct patience {
    int64_t until_ms, stall_ms;
};

/* Sends what is still to be sent, and reads. False once the connection is lost or given
 * up. */
static bool
wait_for(PGconn *db, const struct patience *patience, bool (*gives_up)(void))
{
    bool cancelled = false;
    int unsent = 0;
    int64_t moved_ms = bw_postgres_mono_ms();
    while ((unsent = PQflush(db)) > 0 || PQisBusy(db) != 0) {
        struct pollfd socket = {
            .fd = PQsocket(db), .events = unsent > 0 ? POLLIN | POLLOUT : POLLIN};
        int ready = poll(&socket, 1, LOOK_MS);
        if (ready > 0 && (socket.revents & ~POLLOUT) != 0 && PQconsumeInput(db) == 0) {
            return false;
        }
        if (ready == 0 && gives_up != NULL && !cancelled && gives_up()) {
            cancelled = true;
            cancel(db);
        }
        int64_t now_ms = bw_postgres_mono_ms();
        moved_ms = ready > 0 ? now_ms : moved_ms;
        if (now_ms > patience->until_ms || now_ms - moved_ms > patience->stall_ms) {
            (void)shutdown(PQsocket(db), SHUT_RDWR);
            (void)PQconsumeInput(db);
            return false;
        }
    }
    return true;
}

bool
bw_postgres_is_fine(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Of a connection that is lost: what the server said before it ended, where that came;
 * else a failed result that says nothing. Reading ends at once, as nothing more comes. */
static PGresult *
last_words(PGconn *db)
{
    PGresult *said = PQgetResult(db);
    if (said != NULL && PQresultErrorField(said, PG_DIAG_SQLSTATE) != NULL) {
        return said;
    }
    PQclear(said);
    return PQmakeEmptyPGresult(db, PGRES_FATAL_ERROR);
}

static PGresult *
wait_all(PGconn *db, const struct patience *patience, bool (*gives_up)(void))
{
    PGresult *last = NULL;
    for (;;) {
        bool open = wait_for(db, patience, gives_up);
        PGresult *next = open ? PQgetResult(db) : last_words(db);
        if (next == NULL) {
            return last;
        }
        if (last != NULL && !bw_postgres_is_fine(last)) {
            PQclear(next);
        } else {
            PQclear(last);
            last = next;
        }
        if (!open) {
            return last;
        }
    }
}

PGresult *
bw_postgres_wait(PGconn *db, int64_t until_ms, bool (*gives_up)(void))
{
    return wait_all(
        db, &(struct patience){.until_ms = until_ms, .stall_ms = INT64_MAX}, gives_up);
}

PGresult *
bw_postgres_wait_moving(PGconn *db, int64_t until_ms, int stall_ms)
{
    return wait_all(
        db, &(struct patience){.until_ms = until_ms, .stall_ms = stall_ms}, NULL);
}

PGresult *
bw_postgres_next(PGconn *db, int64_t until_ms)
{
    const struct patience patience = {.until_ms = until_ms, .stall_ms = INT64_MAX};
    return wait_for(db, &patience, NULL) ? PQgetResult(db) : last_words(db);
}

bool
bw_postgres_send(PGconn *db, int64_t until_ms)
{
    int unsent = 0;
    while ((unsent = PQflush(db)) > 0 && bw_postgres_mono_ms() <= until_ms) {
        struct pollfd socket = {.fd = PQsocket(db), .events = POLLIN | POLLOUT};
        if (poll(&socket, 1, LOOK_MS) > 0 && (socket.revents & ~POLLOUT) != 0 &&
            PQconsumeInput(db) == 0) {
            return false;
        }
    }
    return unsent == 0;
}

/* ---- settings ---- */

PGresult *
bw_postgres_settle_in(
    PGconn *db, int statement_ms, int lock_ms, int64_t until_ms, bool *ret_pooled)
{
    enum { SETTLING_BYTES = 512 };
    char sql[SETTLING_BYTES];
    (void)PQsetnonblocking(db, 1); /* else a send that nobody takes has no end */
    (void)snprintf(sql, sizeof sql,
        "SELECT pooled FROM (SELECT pg_backend_pid() <> %d AS pooled) p WHERE"
        " set_config('statement_timeout', '%d', pooled) IS NOT NULL"
        " AND set_config('lock_timeout', '%d', pooled) IS NOT NULL"
        " AND set_config('standard_conforming_strings', 'on', pooled) IS NOT NULL"
        " AND set_config('default_transaction_isolation', 'read committed', pooled)"
        " IS NOT NULL",
        PQbackendPID(db), statement_ms, lock_ms);
    PGresult *result = PQsendQuery(db, sql) == 0
                           ? PQmakeEmptyPGresult(db, PGRES_FATAL_ERROR)
                           : bw_postgres_wait(db, until_ms, NULL);
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1 &&
        PQnfields(result) == 1) {
        *ret_pooled = PQgetvalue(result, 0, 0)[0] == 't';
    }
    return result;
}
