/* Connecting to a central database on PostgreSQL: see engine.h. One thread.
 *
 * CP3 only a server that can be written to is talked to, of several hosts too. */
#include "central/engine/postgres.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    (void)PQsetNoticeReceiver(self->db, on_notice, NULL);
    enum bw_status status = check_server(self, err);
    if (status != BW_OK) {
        return status;
    }
    PGresult *result =
        bw_postgres_settle_in(self->db, self->statement_ms, self->base.lock_ms,
            bw_postgres_mono_ms() + BW_CENTRAL_LOCK_MS + BW_CENTRAL_POSTGRES_GRACE_MS,
            &self->pooled);
    if (!bw_postgres_is_fine(result)) {
        status = bw_central_postgres_fail(self, result, bw_said("opening"), err);
    }
    PQclear(result);
    return status;
}

/* What may mend itself, and what the server said to who we are, are told apart. */
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
    enum bw_status status = bw_postgres_refusal(self->db);
    if (status == BW_REFUSED) {
        return bw_error_set(err, BW_REFUSED, 0,
            "opening %s: %.*s (trying again gives the same; check the role, its password "
            "and the certificate)",
            self->base.name, bw_postgres_line(text), text);
    }
    if (status == BW_NOT_FOUND) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "opening %s: %.*s (make it first, with createdb)", self->base.name,
            bw_postgres_line(text), text);
    }
    return bw_central_postgres_fail(self, NULL, bw_said("opening"), err);
}

static enum bw_status
connect_first(struct bw_central_postgres_db *self, const char *uri, bool local,
    struct bw_error *err)
{
    /* what stands before `dbname` the URI may change; what stands after, it can't; GSS
     * would go before TLS and its certificate (CP2) */
    const char *keywords[] = {"connect_timeout", "target_session_attrs",
        "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
        "fallback_application_name", "dbname", "client_encoding", "gssencmode",
        local ? NULL : "sslmode", NULL};
    const char *values[] = {"10", "read-write", "30", "10", "3", "60000",
        "brugwachter-sync", uri, "UTF8", "disable", local ? NULL : "verify-full", NULL};
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
    self->piped = 0;
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
    enum bw_status status =
        bw_postgres_check(uri, bw_said("opening the central database"), &local, err);
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
    self->commit_ms = BW_CENTRAL_POSTGRES_COMMIT_MS;
    self->ask_ms = BW_CENTRAL_POSTGRES_ASK_MS;
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
