/* A table of letters in PostgreSQL: see postgres.h. */
#include "exchange/carrier/postgres/postgres.h"

#include "exchange/carrier/folder/walk.h"
#include "exchange/carrier/folder/own_file.h"
#include "exchange/carrier/postgres/postgres_entry.h"
#include "exchange/carrier/postgres/postgres_place.h"
#include "exchange/carrier/postgres/postgres_put.h"
#include "exchange/carrier/postgres/postgres_role.h"
#include "exchange/carrier/postgres/postgres_rows.h"
#include "exchange/carrier/postgres/postgres_table.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SQL_BYTES = 1024 };

struct bw_carrier_postgres {
    struct bw_carrier carrier; /* first */
    PGconn *db;
    enum bw_carrier_role role;
    char family[BW_CARRIER_LINK_FAMILY_BYTES];
    char sessions[BW_CARRIER_LINK_SESSIONS_BYTES]; /* of a kiosk, as "{5,7}" */
    int sessions_count;
};

static struct bw_carrier_postgres *
self_of(struct bw_carrier *carrier)
{
    return (struct bw_carrier_postgres *)carrier;
}

static struct bw_carrier_value
text_of(const char *text)
{
    return (struct bw_carrier_value){text, -1};
}

/* ---- reading ---- */

static enum bw_status
postgres_list(struct bw_carrier *carrier, bw_carrier_each *each, void *context,
    struct bw_error *err)
{
    struct bw_carrier_postgres *self = self_of(carrier);
    char sql[SQL_BYTES], doing[BW_CARRIER_DOING_BYTES];
    const struct bw_carrier_value value = text_of(self->sessions);
    (void)snprintf(sql, sizeof sql,
        "SELECT name, octet_length(bytes) FROM %s_letters.letter"
        " WHERE" BW_CARRIER_OWN_SQL(1),
        self->family);
    PGresult *result = bw_carrier_link_ask(self->db, sql, &value, 1, false);
    enum bw_status status =
        bw_carrier_link_is(result, -1, 2)
            ? BW_OK
            : bw_carrier_link_fail(self->db, result,
                  bw_carrier_doing(doing, "listing letters in %.100s", self->carrier.uri),
                  err);
    if (status == BW_OK) {
        status = bw_carrier_rows_each(result, each, context,
            bw_carrier_doing(doing, "listing letters in %.100s", self->carrier.uri), err);
    }
    PQclear(result);
    return status;
}

static enum bw_status
postgres_get(struct bw_carrier *carrier, const char *name, size_t most_bytes,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    struct bw_carrier_postgres *self = self_of(carrier);
    char sql[SQL_BYTES], doing[BW_CARRIER_DOING_BYTES],
        writer[BW_CARRIER_NUMBER_BYTES] = "", most[BW_CARRIER_NUMBER_BYTES];
    struct bw_letter_name parsed;
    (void)bw_carrier_doing(doing, "reading %s in %.100s", name, self->carrier.uri);
    if (strcmp(name, BW_CARRIER_OWN_FILE) == 0) {
        return bw_carrier_place_get(
            self->db, self->family, doing, most_bytes, ret_bytes, ret_length, err);
    }
    (void)snprintf(most, sizeof most, "%zu", most_bytes);
    bw_carrier_writer_of(name, writer, &parsed);
    (void)snprintf(sql, sizeof sql,
        "SELECT CASE WHEN octet_length(bytes) <= CAST($4 AS BIGINT) THEN bytes END"
        " FROM %s_letters.letter"
        " WHERE name = $1 AND writer = CAST($3 AS BIGINT) AND" BW_CARRIER_OWN_SQL(
            2) " LIMIT 1",
        self->family);
    const struct bw_carrier_value values[] = {
        text_of(name), text_of(self->sessions), text_of(writer), text_of(most)};
    PGresult *result = bw_carrier_link_ask(self->db, sql, values, 4, true);
    enum bw_status status =
        bw_carrier_link_is(result, -1, 1)
            ? bw_carrier_rows_bytes(result, most_bytes, doing, ret_bytes, ret_length, err)
            : bw_carrier_link_fail(self->db, result, doing, err);
    PQclear(result);
    return status;
}

/* ---- writing ---- */

/* To those who may read it: the session's kiosks, and of a kiosk's also the office. */
static void
hint(struct bw_carrier_postgres *self, const void *bytes, size_t length)
{
    char session[BW_CARRIER_NUMBER_BYTES], sessions[BW_CARRIER_NUMBER_BYTES + 2];
    bool kiosk = self->role == BW_CARRIER_KIOSK;
    bw_carrier_session_of(bytes, length, session);
    (void)snprintf(sessions, sizeof sessions, "{%s}", session);
    bw_carrier_link_hint(self->db, self->carrier.uri, self->family,
        kiosk ? self->sessions : sessions, kiosk);
}

static enum bw_status
postgres_put(struct bw_carrier *carrier, const char *name, const void *bytes,
    size_t length, bool *ret_fresh, struct bw_error *err)
{
    struct bw_carrier_postgres *self = self_of(carrier);
    const struct bw_carrier_putter putter = {carrier, self->db, self->family,
        self->role == BW_CARRIER_KIOSK ? self->sessions : "", self->sessions_count};
    if (self->role == BW_CARRIER_KIOSK && self->sessions_count == 0) {
        return bw_error_set(err, BW_READ_ONLY, EACCES,
            "putting %s in %.100s: this kiosk's login is for no session any more; have "
            "it enrolled again",
            name, carrier->uri);
    }
    enum bw_status status =
        bw_carrier_rows_put(&putter, name, bytes, length, ret_fresh, err);
    if (status == BW_OK && *ret_fresh && !carrier->quiet) { /* CE1 */
        hint(self, bytes, length);
    }
    return status;
}

static enum bw_status
postgres_remove(struct bw_carrier *carrier, const char *name, struct bw_error *err)
{
    struct bw_carrier_postgres *self = self_of(carrier);
    char sql[SQL_BYTES], doing[BW_CARRIER_DOING_BYTES], writer[BW_CARRIER_NUMBER_BYTES];
    struct bw_letter_name parsed;
    if (self->role == BW_CARRIER_KIOSK) {
        return BW_OK; /* the office does */
    }
    bw_carrier_writer_of(name, writer, &parsed);
    const struct bw_carrier_value values[] = {text_of(name), text_of(writer)};
    (void)snprintf(sql, sizeof sql,
        "DELETE FROM %s_letters.letter WHERE name = $1 AND writer = CAST($2 AS BIGINT)",
        self->family);
    PGresult *result = bw_carrier_link_ask(self->db, sql, values, 2, false);
    enum bw_status status = bw_postgres_is_fine(result)
                                ? BW_OK
                                : bw_carrier_link_fail(self->db, result,
                                      bw_carrier_doing(doing, "removing %s in %.100s",
                                          name, self->carrier.uri),
                                      err);
    PQclear(result);
    return status;
}

static void
postgres_close(struct bw_carrier *carrier)
{
    struct bw_carrier_postgres *self = self_of(carrier);
    PQfinish(self->db);
    free(self);
}

/* ---- kiosks' logins ---- */

static enum bw_status
postgres_admit(struct bw_carrier *carrier, const struct bw_carrier_guest *guest,
    char ret_login[BW_CARRIER_LOGIN_BYTES], bool *ret_open, struct bw_error *err)
{
    struct bw_carrier_postgres *self = self_of(carrier);
    return bw_carrier_role_admit(
        self->db, self->family, carrier->uri, guest, ret_login, ret_open, err);
}

static enum bw_status
postgres_dismiss(struct bw_carrier *carrier, uint32_t device, bool *ret_connected,
    struct bw_error *err)
{
    struct bw_carrier_postgres *self = self_of(carrier);
    return bw_carrier_role_dismiss(
        self->db, self->family, carrier->uri, device, ret_connected, err);
}

/* ---- the file that says whose it is ---- */

static enum bw_status
place_or_letter_put(struct bw_carrier *carrier, const char *name, const void *bytes,
    size_t length, bool *ret_fresh, struct bw_error *err)
{
    struct bw_carrier_postgres *self = self_of(carrier);
    char doing[BW_CARRIER_DOING_BYTES];
    if (strcmp(name, BW_CARRIER_OWN_FILE) != 0) {
        return postgres_put(carrier, name, bytes, length, ret_fresh, err);
    }
    *ret_fresh = true;
    return bw_carrier_place_put(self->db, self->family,
        bw_carrier_doing(doing, "putting %s in %.100s", name, carrier->uri), bytes,
        length, err);
}

static const struct bw_carrier_ops postgres_ops = {
    .list = postgres_list,
    .get = postgres_get,
    .put = place_or_letter_put,
    .remove = postgres_remove,
    .close = postgres_close,
    .admit = postgres_admit,
    .dismiss = postgres_dismiss,
};

/* ---- opening ---- */

enum bw_status
bw_carrier_postgres_check(const char *rest, struct bw_error *err)
{
    char uri[BW_CARRIER_URI_BYTES + sizeof BW_POSTGRES_SCHEME];
    bool local;
    (void)snprintf(uri, sizeof uri, BW_POSTGRES_SCHEME "%s", rest);
    return bw_postgres_check(uri, bw_said("a carrier in PostgreSQL"), &local, err);
}

/* It is believed over TLS alone, and asked there alone. */
static enum bw_status
time_ask(struct bw_carrier_postgres *self, struct bw_error *err)
{
    char doing[BW_CARRIER_DOING_BYTES];
    PGresult *result = bw_carrier_link_ask(self->db,
        "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)", NULL, 0,
        false);
    bool fine = bw_carrier_link_is(result, 1, 1);
    if (fine) {
        self->carrier.server_ms = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    }
    enum bw_status status =
        fine
            ? BW_OK
            : bw_carrier_link_fail(self->db, result,
                  bw_carrier_doing(doing, "asking the time in %.100s", self->carrier.uri),
                  err);
    PQclear(result);
    return status;
}

static enum bw_status
office_come_in(struct bw_carrier_postgres *self, const struct bw_carrier_owner *owner,
    struct bw_error *err)
{
    char doing[BW_CARRIER_DOING_BYTES];
    enum bw_status status =
        bw_carrier_link_open(self->carrier.uri, owner->login, &self->db, NULL, err);
    if (status == BW_OK && PQsslInUse(self->db) != 0) {
        status = time_ask(self, err);
    }
    if (status == BW_OK) {
        (void)bw_carrier_doing(doing, "opening %.100s", self->carrier.uri);
        status = bw_carrier_table_make(self->db, self->family, doing, err);
    }
    return status == BW_OK
               ? bw_carrier_own_file_check(&self->carrier, self->role, owner, err)
               : status;
}

static enum bw_status
kiosk_come_in(struct bw_carrier_postgres *self, const struct bw_carrier_owner *owner,
    struct bw_error *err)
{
    char doing[BW_CARRIER_DOING_BYTES];
    struct bw_carrier_entry entry = {.sessions = ""};
    struct bw_error why = {.text = ""};
    enum bw_status status =
        bw_carrier_link_connect(self->carrier.uri, owner->login, &self->db, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_carrier_entry_ask(self->db, self->family,
        bw_carrier_doing(doing, "opening %.100s", self->carrier.uri), &entry, &why);
    if (status == BW_NOT_FOUND || (status == BW_OK && entry.place == NULL)) {
        return bw_carrier_own_file_missing(&self->carrier, err);
    }
    if (status != BW_OK) {
        return bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
    memcpy(self->sessions, entry.sessions, sizeof self->sessions);
    self->sessions_count = entry.sessions_count;
    self->carrier.server_ms = PQsslInUse(self->db) != 0 ? entry.server_ms : 0;
    status = bw_carrier_own_file_judge(
        &self->carrier, owner, entry.place, entry.place_bytes, err);
    bw_carrier_entry_finish(&entry);
    return status;
}

enum bw_status
bw_carrier_postgres_open(const char *rest, enum bw_carrier_role role,
    const struct bw_carrier_owner *owner, struct bw_carrier **ret_carrier,
    struct bw_error *err)
{
    assert(role != BW_CARRIER_STICK && owner != NULL);
    struct bw_carrier_postgres *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "opening a carrier in PostgreSQL: out of memory; close other programs");
    }
    self->carrier.ops = &postgres_ops;
    self->role = role;
    (void)snprintf(
        self->carrier.uri, sizeof self->carrier.uri, BW_POSTGRES_SCHEME "%s", rest);
    bw_carrier_link_family(owner->central_id, self->family);
    enum bw_status status = role == BW_CARRIER_KIOSK ? kiosk_come_in(self, owner, err)
                                                     : office_come_in(self, owner, err);
    if (status != BW_OK) {
        postgres_close(&self->carrier);
        /* a login that may see nothing is let in as little as one that is unknown */
        return status == BW_READ_ONLY
                   ? bw_error_prefix(err, BW_OFFLINE, "opening a carrier")
                   : status;
    }
    *ret_carrier = &self->carrier;
    return BW_OK;
}
