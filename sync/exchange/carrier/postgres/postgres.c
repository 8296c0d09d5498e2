/* A table of letters in PostgreSQL: see postgres.h. */
#include "exchange/carrier/postgres/postgres.h"

#include "exchange/carrier/folder/walk.h"
#include "exchange/carrier/folder/own_file.h"
#include "exchange/carrier/folder/once.h"
#include "exchange/carrier/postgres/postgres_entry.h"
#include "exchange/carrier/postgres/postgres_place.h"
#include "exchange/carrier/postgres/postgres_role.h"
#include "exchange/carrier/postgres/postgres_rows.h"
#include "exchange/carrier/postgres/postgres_table.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SQL_BYTES = 1536,
    NUMBER_BYTES = 24,
    PUT_TRIES = 3,
};

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

/* Whose a letter is, by its name: the organiser's are 0's. */
static void
writer_of(
    const char *name, char ret_writer[NUMBER_BYTES], struct bw_letter_name *ret_name)
{
    bool fits = bw_letter_name_parse(name, ret_name);
    assert(fits);
    (void)fits;
    (void)snprintf(ret_writer, NUMBER_BYTES, "%" PRIu32,
        ret_name->kind == BW_LETTER_ROSTER ? 0 : ret_name->device);
}

/* ---- reading ---- */

/* A kiosk asks for its own sessions alone: the rest isn't shown to it anyway, and would
 * be looked through. */
#define OWN(n)                                                                           \
    " ($" #n " = '' OR session_no = ANY(CAST(NULLIF($" #n ", '') AS BIGINT[])))"

static enum bw_status
postgres_list(struct bw_carrier *carrier, bw_carrier_each *each, void *context,
    struct bw_error *err)
{
    struct bw_carrier_postgres *self = self_of(carrier);
    char sql[SQL_BYTES], doing[BW_CARRIER_DOING_BYTES];
    const struct bw_carrier_value value = text_of(self->sessions);
    (void)snprintf(sql, sizeof sql,
        "SELECT name, octet_length(bytes) FROM %s_letters.letter WHERE" OWN(1),
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
    char sql[SQL_BYTES], doing[BW_CARRIER_DOING_BYTES], writer[NUMBER_BYTES] = "",
                                                        most[NUMBER_BYTES];
    struct bw_letter_name parsed;
    (void)bw_carrier_doing(doing, "reading %s in %.100s", name, self->carrier.uri);
    if (strcmp(name, BW_CARRIER_OWN_FILE) == 0) {
        return bw_carrier_place_get(
            self->db, self->family, doing, most_bytes, ret_bytes, ret_length, err);
    }
    (void)snprintf(most, sizeof most, "%zu", most_bytes);
    writer_of(name, writer, &parsed);
    (void)snprintf(sql, sizeof sql,
        "SELECT CASE WHEN octet_length(bytes) <= CAST($4 AS BIGINT) THEN bytes END"
        " FROM %s_letters.letter"
        " WHERE name = $1 AND writer = CAST($3 AS BIGINT) AND" OWN(2) " LIMIT 1",
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

/* How many rows have that name; *ret_same: all of them these bytes. */
static enum bw_status
look(struct bw_carrier_postgres *self, const char *name, const char *writer,
    const void *bytes, size_t length, int *ret_rows, bool *ret_same, struct bw_error *err)
{
    char sql[SQL_BYTES], doing[BW_CARRIER_DOING_BYTES];
    unsigned char hash[crypto_hash_sha256_BYTES];
    (void)crypto_hash_sha256(hash, bytes, length);
    const struct bw_carrier_value values[] = {text_of(name), text_of(self->sessions),
        text_of(writer), {hash, (int)sizeof hash}};
    (void)snprintf(sql, sizeof sql,
        "SELECT count(*), COALESCE(bool_and(sha256(bytes) = $4), true)"
        " FROM %s_letters.letter WHERE name = $1 AND writer = CAST($3 AS BIGINT) AND" OWN(
            2),
        self->family);
    PGresult *result = bw_carrier_link_ask(self->db, sql, values, 4, false);
    enum bw_status status = bw_carrier_link_is(result, 1, 2)
                                ? BW_OK
                                : bw_carrier_link_fail(self->db, result,
                                      bw_carrier_doing(doing, "putting %s in %.100s",
                                          name, self->carrier.uri),
                                      err);
    if (status == BW_OK) {
        *ret_rows = atoi(PQgetvalue(result, 0, 0));
        *ret_same = PQgetvalue(result, 0, 1)[0] == 't';
    }
    PQclear(result);
    return status;
}

/* A kiosk's: a row for each of its sessions that has none yet, in a slot that is free;
 * none at all where one of them has other bytes of that name (CA2). The series stands in
 * a select list, so that no more of it is made than what is looked at. */
#define KIOSK_PUT_SQL                                                                    \
    "INSERT INTO %s_letters.letter (session_no, writer, name, reader, slot, bytes)"      \
    " SELECT s.no, CAST($3 AS BIGINT), $1, CAST($4 AS BIGINT), (SELECT g.slot"           \
    " FROM (SELECT generate_series(CAST($5 AS INTEGER), %d) AS slot) g WHERE NOT EXISTS" \
    " (SELECT 1 FROM %s_letters.letter l WHERE l.session_no = s.no"                      \
    " AND l.writer = CAST($3 AS BIGINT) AND l.slot = g.slot) LIMIT 1),"                  \
    " $6 FROM unnest(CAST($2 AS BIGINT[])) s (no) WHERE NOT EXISTS"                      \
    " (SELECT 1 FROM %s_letters.letter l WHERE l.session_no = s.no"                      \
    " AND l.writer = CAST($3 AS BIGINT) AND l.name = $1)"                                \
    " AND NOT EXISTS (SELECT 1 FROM %s_letters.letter o"                                 \
    " WHERE o.session_no = ANY(CAST($2 AS BIGINT[])) AND o.writer = CAST($3 AS BIGINT)"  \
    " AND o.name = $1 AND sha256(o.bytes) <> sha256($6))"
/* The organiser's: $2 is the session. */
#define OFFICE_PUT_SQL                                                                   \
    "INSERT INTO %s_letters.letter (session_no, writer, name, reader, bytes)"            \
    " VALUES (CAST($2 AS BIGINT), CAST($3 AS BIGINT), $1, CAST($4 AS BIGINT), $5)"

/* What the office puts is a roster, whose head names its session; else 0. */
static void
session_of(const void *bytes, size_t length, char ret_session[NUMBER_BYTES])
{
    struct bw_letter_head head = {.session_no = 0};
    bool read = bw_letter_read_head(bytes, length, &head, NULL) == BW_OK;
    (void)snprintf(
        ret_session, NUMBER_BYTES, "%" PRIu32, read ? head.session_no : UINT32_C(0));
}

static PGresult *
row_put(struct bw_carrier_postgres *self, const char *name, const char *writer,
    const struct bw_letter_name *parsed, const void *bytes, size_t length)
{
    char sql[SQL_BYTES], reader[NUMBER_BYTES], session[NUMBER_BYTES], slot[NUMBER_BYTES];
    bool kiosk = self->role == BW_CARRIER_KIOSK;
    bool large = length > BW_CARRIER_SMALL_BYTES;
    (void)snprintf(reader, sizeof reader, "%" PRIu32,
        parsed->kind == BW_LETTER_EVENTS ? 0 : parsed->device);
    (void)snprintf(slot, sizeof slot, "%d", large ? 0 : BW_CARRIER_SLOTS_LARGE);
    session_of(bytes, length, session);
    struct bw_carrier_value values[] = {text_of(name),
        text_of(kiosk ? self->sessions : session), text_of(writer), text_of(reader),
        text_of(slot), {bytes, (int)length}};
    if (kiosk) {
        (void)snprintf(sql, sizeof sql, KIOSK_PUT_SQL, self->family,
            (large ? BW_CARRIER_SLOTS_LARGE : BW_CARRIER_SLOTS) - 1, self->family,
            self->family, self->family);
    } else {
        (void)snprintf(sql, sizeof sql, OFFICE_PUT_SQL, self->family);
        values[4] = values[5];
    }
    return bw_carrier_link_ask(self->db, sql, values, kiosk ? 6 : 5, false);
}

static enum bw_status
put_fail(struct bw_carrier_postgres *self, const PGresult *result, const char *name,
    struct bw_error *err)
{
    static const char no_slot[] = "23514";
    char doing[BW_CARRIER_DOING_BYTES];
    (void)bw_carrier_doing(doing, "putting %s in %.100s", name, self->carrier.uri);
    return strcmp(bw_carrier_link_state(result), no_slot) == 0
               ? bw_error_set(err, BW_FULL, 0,
                     "%s: this kiosk has as many letters there as it may; the office "
                     "takes them in with merge",
                     doing)
               : bw_carrier_link_fail(self->db, result, doing, err);
}

/* *ret_rows: how many it added; -1: somebody else put one at that moment. */
static enum bw_status
row_add(struct bw_carrier_postgres *self, const char *name, const char *writer,
    const struct bw_letter_name *parsed, const void *bytes, size_t length, int *ret_rows,
    struct bw_error *err)
{
    static const char unique[] = "23505";
    PGresult *result = row_put(self, name, writer, parsed, bytes, length);
    enum bw_status status = BW_OK;
    if (bw_postgres_is_fine(result)) {
        *ret_rows = atoi(PQcmdTuples(result));
    } else if (strcmp(bw_carrier_link_state(result), unique) == 0) {
        *ret_rows = -1;
    } else {
        status = put_fail(self, result, name, err);
    }
    PQclear(result);
    return status;
}

/* To those who may read it: the session's kiosks, and of a kiosk's also the office. */
static void
hint(struct bw_carrier_postgres *self, const void *bytes, size_t length)
{
    char session[NUMBER_BYTES], sessions[NUMBER_BYTES + 2];
    bool kiosk = self->role == BW_CARRIER_KIOSK;
    session_of(bytes, length, session);
    (void)snprintf(sessions, sizeof sessions, "{%s}", session);
    bw_carrier_link_hint(self->db, self->carrier.uri, self->family,
        kiosk ? self->sessions : sessions, kiosk);
}

/* A kiosk's statement looks itself; what is large isn't sent to learn that it's there. */
static enum bw_status
rows_put(struct bw_carrier_postgres *self, const char *name, const void *bytes,
    size_t length, int wanted, bool *ret_fresh, struct bw_error *err)
{
    char writer[NUMBER_BYTES];
    struct bw_letter_name parsed;
    bool looks = self->role == BW_CARRIER_OFFICE || length > BW_CARRIER_SMALL_BYTES;
    bool collided = false; /* what is there now may be this one */
    writer_of(name, writer, &parsed);
    for (int i = 0; i < PUT_TRIES; i++) {
        int rows = 0, added = 0;
        bool same = true;
        enum bw_status status =
            looks ? look(self, name, writer, bytes, length, &rows, &same, err) : BW_OK;
        if (status == BW_OK && !same) { /* CA2 */
            return bw_carrier_refuse(&self->carrier, name, err);
        }
        if (status == BW_OK && rows < wanted) {
            status = row_add(self, name, writer, &parsed, bytes, length, &added, err);
        }
        if (status != BW_OK || rows >= wanted || added > 0) {
            *ret_fresh = added > 0 || collided;
            return status;
        }
        collided = collided || added < 0;
        looks = true;
    }
    return bw_error_set(err, BW_BUSY, 0,
        "putting %s in %.100s: others put letters under this kiosk's name; it will be "
        "tried again",
        name, self->carrier.uri);
}

static enum bw_status
postgres_put(struct bw_carrier *carrier, const char *name, const void *bytes,
    size_t length, bool *ret_fresh, struct bw_error *err)
{
    struct bw_carrier_postgres *self = self_of(carrier);
    int wanted = self->role == BW_CARRIER_KIOSK ? self->sessions_count : 1;
    if (wanted == 0) {
        return bw_error_set(err, BW_READ_ONLY, EACCES,
            "putting %s in %.100s: this kiosk's login is for no session any more; have "
            "it enrolled again",
            name, carrier->uri);
    }
    enum bw_status status = rows_put(self, name, bytes, length, wanted, ret_fresh, err);
    if (status == BW_OK && *ret_fresh && !carrier->quiet) { /* CE1 */
        hint(self, bytes, length);
    }
    return status;
}

static enum bw_status
postgres_remove(struct bw_carrier *carrier, const char *name, struct bw_error *err)
{
    struct bw_carrier_postgres *self = self_of(carrier);
    char sql[SQL_BYTES], doing[BW_CARRIER_DOING_BYTES], writer[NUMBER_BYTES];
    struct bw_letter_name parsed;
    if (self->role == BW_CARRIER_KIOSK) {
        return BW_OK; /* the office does */
    }
    writer_of(name, writer, &parsed);
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
