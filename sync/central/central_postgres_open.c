/* Connecting to a central database on PostgreSQL: see central.h. One thread.
 *
 * CP1 no password in the URI, which others on the machine can read: PGPASSFILE or
 *     ~/.pgpass has it.
 * CP2 who isn't certainly on this machine is asked for a certificate with its name
 *     (verify-full), whatever the URI or the environment says; libpq leaves Unix sockets
 *     out of this by itself.
 * CP3 only a server that can be written to is talked to, of several hosts too. */
#include "central/central_postgres.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SETTINGS_BYTES = 320, HOST_BYTES = 256 };

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
bw_central_postgres_is_local(const PQconninfoOption *options)
{
    const char *address = option_of(options, "hostaddr");
    if (address[0] != '\0') {
        return are_loopback(address);
    }
    return getenv("PGHOSTADDR") == NULL && getenv("PGSERVICE") == NULL &&
           option_of(options, "service")[0] == '\0' &&
           are_loopback(option_of(options, "host"));
}

/* CP1, CP2. The URI isn't shown: it may hold what nobody should see. */
static enum bw_status
check_uri(const char *uri, bool *ret_local, struct bw_error *err)
{
    PQconninfoOption *options = PQconninfoParse(uri, NULL);
    if (options == NULL) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "opening the central database: that is no postgresql:// URI; it is written "
            "postgresql://ROLE@HOST/DATABASE");
    }
    enum bw_status status = BW_OK;
    if (option_of(options, "password")[0] != '\0' ||
        option_of(options, "sslpassword")[0] != '\0') {
        status = bw_error_set(err, BW_BAD_INPUT, 0,
            "opening the central database: others on this machine can read a password on "
            "a command line; put it into a file that PGPASSFILE names, or ~/.pgpass");
    }
    bool local = bw_central_postgres_is_local(options);
    const char *mode = option_of(options, "sslmode");
    if (status == BW_OK && !local && mode[0] != '\0' &&
        strcmp(mode, "verify-full") != 0) {
        status = bw_error_set(err, BW_BAD_INPUT, 0,
            "opening the central database: sslmode=%s lets anybody pose as a server that "
            "isn't on this machine; leave it out, or write sslmode=verify-full",
            mode);
    }
    PQconninfoFree(options);
    if (status == BW_OK) {
        *ret_local = local;
    }
    return status;
}

/* ---- connecting ---- */

static void
on_notice(void *context, const PGresult *result)
{
    (void)context; /* the library never prints */
    (void)result;
}

static enum bw_status
check_server(struct bw_central_postgres_db *self, struct bw_error *err)
{
    if (PQserverVersion(self->db) < BW_CENTRAL_POSTGRES_OLDEST) {
        return bw_error_set(err, BW_REFUSED, 0,
            "opening %s: the server is PostgreSQL %d; it has to be 13 or newer",
            self->base.name, PQserverVersion(self->db) / 10000);
    }
    const char *encoding = PQparameterStatus(self->db, "server_encoding");
    if (encoding == NULL || strcmp(encoding, "UTF8") != 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "opening %s: this database isn't in UTF-8; make another with: createdb "
            "--encoding UTF8 --template template0",
            self->base.name);
    }
    return BW_OK;
}

/* What holds for the whole connection. */
static enum bw_status
settle_in(struct bw_central_postgres_db *self, struct bw_error *err)
{
    char sql[SETTINGS_BYTES];
    (void)PQsetNoticeReceiver(self->db, on_notice, NULL);
    enum bw_status status = check_server(self, err);
    if (status != BW_OK) {
        return status;
    }
    (void)snprintf(sql, sizeof sql,
        "SET statement_timeout = %d; SET lock_timeout = %d;"
        " SET standard_conforming_strings = on;"
        " SET default_transaction_isolation = 'read committed'",
        self->statement_ms, self->base.lock_ms);
    PGresult *result = bw_central_postgres_exec(
        self, sql, BW_CENTRAL_LOCK_MS + BW_CENTRAL_POSTGRES_GRACE_MS, false);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        status = bw_central_postgres_fail(self, result, "opening", err);
    }
    PQclear(result);
    return status;
}

/* Why there is no connection has no SQLSTATE: what may mend itself, and what the server
 * said to who we are, are told apart by what libpq knows. */
static enum bw_status
fail_connection(const struct bw_central_postgres_db *self, struct bw_error *err)
{
    const char *text = PQerrorMessage(self->db);
    if (PQconnectionNeedsPassword(self->db) != 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "opening %s: the server asks for a password; put it into a file that "
            "PGPASSFILE names, or ~/.pgpass",
            self->base.name);
    }
    if (PQconnectionUsedPassword(self->db) != 0 ||
        strstr(text, "no pg_hba.conf entry") != NULL || strstr(text, "role \"") != NULL ||
        strstr(text, "certificate") != NULL ||
        strstr(text, "permission denied") != NULL) {
        return bw_error_set(err, BW_REFUSED, 0,
            "opening %s: %.*s (trying again gives the same; check the role, its password "
            "and the certificate)",
            self->base.name, (int)strcspn(text, "\n"), text);
    }
    if (strstr(text, "database \"") != NULL) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "opening %s: %.*s (make it first, with createdb)", self->base.name,
            (int)strcspn(text, "\n"), text);
    }
    return bw_central_postgres_fail(self, NULL, "opening", err);
}

static enum bw_status
connect_first(struct bw_central_postgres_db *self, const char *uri, bool local,
    struct bw_error *err)
{
    /* what stands before `dbname` the URI may change; what stands after, it can't */
    const char *keywords[] = {"connect_timeout", "target_session_attrs",
        "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
        "fallback_application_name", "dbname", "client_encoding",
        local ? NULL : "sslmode", NULL};
    const char *values[] = {"10", "read-write", "30", "10", "3", "60000",
        "brugwachter-sync", uri, "UTF8", local ? NULL : "verify-full", NULL};
    self->db = PQconnectdbParams(keywords, values, 1);
    if (PQstatus(self->db) != CONNECTION_OK) {
        return fail_connection(self, err);
    }
    return settle_in(self, err);
}

enum bw_status
bw_central_postgres_again(struct bw_central_postgres_db *self, struct bw_error *err)
{
    bw_central_postgres_forget(self);
    PQreset(self->db);
    if (PQstatus(self->db) != CONNECTION_OK) {
        return fail_connection(self, err);
    }
    return settle_in(self, err);
}

void
bw_central_postgres_close(struct bw_central *central)
{
    struct bw_central_postgres_db *self = (struct bw_central_postgres_db *)central;
    bw_central_postgres_forget(self);
    PQfinish(self->db);
    free(self->base.name);
    free(self->base.key_path);
    free(self);
}

enum bw_status
bw_central_postgres_open(const char *uri, enum bw_central_mode mode,
    struct bw_central **ret_central, struct bw_error *err)
{
    (void)mode; /* a database is made by createdb; tables come in any case by setup */
    bool local = false;
    enum bw_status status = check_uri(uri, &local, err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_central_postgres_db *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "opening the central database: no memory");
    }
    self->base.lock_ms = BW_CENTRAL_LOCK_MS;
    self->statement_ms = BW_CENTRAL_POSTGRES_STATEMENT_MS;
    self->base.name = strdup(uri);
    status = self->base.name != NULL ? connect_first(self, uri, local, err)
                                     : bw_error_set(err, BW_NO_MEMORY, ENOMEM,
                                           "opening the central database: no memory");
    if (status != BW_OK) {
        bw_central_postgres_close(&self->base);
        return status;
    }
    *ret_central = &self->base;
    return BW_OK;
}
