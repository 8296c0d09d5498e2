/* A letter becomes rows: see postgres_put.h. */
#include "exchange/carrier/postgres/postgres_put.h"

#include "exchange/carrier/folder/once.h"
#include "exchange/carrier/folder/walk.h"
#include "exchange/carrier/postgres/postgres_table.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SQL_BYTES = 1536,
    PUT_TRIES = 3,
};

/* A letter on its way into the table. */
struct put {
    const struct bw_carrier_putter *by;
    const char *name;
    char writer[BW_CARRIER_NUMBER_BYTES];
    struct bw_letter_name parsed;
    const void *bytes;
    size_t length;
};

void
bw_carrier_writer_of(const char *name, char ret_writer[BW_CARRIER_NUMBER_BYTES],
    struct bw_letter_name *ret_name)
{
    bool fits = bw_letter_name_parse(name, ret_name);
    assert(fits);
    (void)fits;
    (void)snprintf(ret_writer, BW_CARRIER_NUMBER_BYTES, "%" PRIu32,
        ret_name->kind == BW_LETTER_ROSTER ? 0 : ret_name->device);
}

void
bw_carrier_session_of(
    const void *bytes, size_t length, char ret_session[BW_CARRIER_NUMBER_BYTES])
{
    struct bw_letter_head head = {.session_no = 0};
    bool read = bw_letter_read_head(bytes, length, &head, NULL) == BW_OK;
    (void)snprintf(ret_session, BW_CARRIER_NUMBER_BYTES, "%" PRIu32,
        read ? head.session_no : UINT32_C(0));
}

static struct bw_carrier_value
text_of(const char *text)
{
    return (struct bw_carrier_value){text, -1};
}

static const char *
doing_make(const struct put *put, char ret_doing[BW_CARRIER_DOING_BYTES])
{
    return bw_carrier_doing(
        ret_doing, "putting %s in %.100s", put->name, put->by->carrier->uri);
}

/* How many rows have that name; *ret_same: all of them these bytes. */
static enum bw_status
look(const struct put *put, int *ret_rows, bool *ret_same, struct bw_error *err)
{
    char sql[SQL_BYTES], doing[BW_CARRIER_DOING_BYTES];
    unsigned char hash[crypto_hash_sha256_BYTES];
    (void)crypto_hash_sha256(hash, put->bytes, put->length);
    const struct bw_carrier_value values[] = {text_of(put->name),
        text_of(put->by->sessions), text_of(put->writer), {hash, (int)sizeof hash}};
    (void)snprintf(sql, sizeof sql,
        "SELECT count(*), COALESCE(bool_and(sha256(bytes) = $4), true)"
        " FROM %s_letters.letter WHERE name = $1 AND writer = CAST($3 AS BIGINT)"
        " AND" BW_CARRIER_OWN_SQL(2),
        put->by->family);
    PGresult *result = bw_carrier_link_ask(put->by->db, sql, values, 4, false);
    enum bw_status status =
        bw_carrier_link_is(result, 1, 2)
            ? BW_OK
            : bw_carrier_link_fail(put->by->db, result, doing_make(put, doing), err);
    if (status == BW_OK) {
        *ret_rows = atoi(PQgetvalue(result, 0, 0));
        *ret_same = PQgetvalue(result, 0, 1)[0] == 't';
    }
    PQclear(result);
    return status;
}

/* ---- rows ---- */

/* A kiosk's, where nothing is in the way, which is nearly always: all of them in the slot
 * $5, or none. It is what the server plans soonest: each look at the table would bring
 * along all of who may read it. */
#define TRY_SQL                                                                          \
    "INSERT INTO %s_letters.letter (session_no, writer, name, reader, slot, bytes)"      \
    " SELECT s.no, CAST($3 AS BIGINT), $1, CAST($4 AS BIGINT), CAST($5 AS INTEGER), $6"  \
    " FROM unnest(CAST($2 AS BIGINT[])) s (no)%s"
/* A kiosk's: a row for each of its sessions that has none yet, in a slot that is free;
 * none at all where one of them has other bytes of that name (CA2). The series stands in
 * a select list, so that no more of it is made than what is looked at. */
#define KIOSK_SQL                                                                        \
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
/* The organiser's: $2 is the session; $5 is none. */
#define OFFICE_SQL                                                                       \
    "INSERT INTO %s_letters.letter (session_no, writer, name, reader, slot, bytes)"      \
    " VALUES (CAST($2 AS BIGINT), CAST($3 AS BIGINT), $1, CAST($4 AS BIGINT),"           \
    " CAST(NULLIF($5, '') AS INTEGER), $6)"

static bool
is_kiosk(const struct put *put)
{
    return put->by->sessions[0] != '\0';
}

static bool
is_large(const struct put *put)
{
    return put->length > BW_CARRIER_SMALL_BYTES;
}

/* `slot` is $5. *ret_rows: how many it added; -1: one was there. */
static enum bw_status
rows_add(const struct put *put, const char *sql, const char *slot, int *ret_rows,
    struct bw_error *err)
{
    static const char unique[] = "23505", no_slot[] = "23514";
    char reader[BW_CARRIER_NUMBER_BYTES], session[BW_CARRIER_NUMBER_BYTES],
        doing[BW_CARRIER_DOING_BYTES];
    (void)snprintf(reader, sizeof reader, "%" PRIu32,
        put->parsed.kind == BW_LETTER_EVENTS ? 0 : put->parsed.device);
    bw_carrier_session_of(put->bytes, put->length, session);
    const struct bw_carrier_value values[] = {text_of(put->name),
        text_of(is_kiosk(put) ? put->by->sessions : session), text_of(put->writer),
        text_of(reader), text_of(slot), {put->bytes, (int)put->length}};
    PGresult *result = bw_carrier_link_ask(put->by->db, sql, values, 6, false);
    const char *state = bw_carrier_link_state(result);
    enum bw_status status = BW_OK;
    if (bw_postgres_is_fine(result)) {
        *ret_rows = atoi(PQcmdTuples(result));
    } else if (strcmp(state, unique) == 0) {
        *ret_rows = -1;
    } else if (strcmp(state, no_slot) == 0) {
        status = bw_error_set(err, BW_FULL, 0,
            "%s: this kiosk has as many letters there as it may; the office takes them "
            "in with merge",
            doing_make(put, doing));
    } else {
        status = bw_carrier_link_fail(put->by->db, result, doing_make(put, doing), err);
    }
    PQclear(result);
    return status;
}

/* Events of a kiosk rise, so that two letters want one slot only where 4,080 are between
 * them; what has none has its hash. Where it is in one session that is in the way makes
 * no error, which the server would log. */
static enum bw_status
rows_try(const struct put *put, int *ret_rows, struct bw_error *err)
{
    enum { SLOTS = BW_CARRIER_SLOTS - BW_CARRIER_SLOTS_LARGE };
    char sql[SQL_BYTES], slot[BW_CARRIER_NUMBER_BYTES];
    uint64_t number = put->parsed.from > 0 ? put->parsed.from : put->parsed.hash8;
    (void)snprintf(
        slot, sizeof slot, "%d", BW_CARRIER_SLOTS_LARGE + (int)(number % SLOTS));
    (void)snprintf(sql, sizeof sql, TRY_SQL, put->by->family,
        put->by->sessions_count == 1 ? " ON CONFLICT DO NOTHING" : "");
    return rows_add(put, sql, slot, ret_rows, err);
}

static enum bw_status
rows_fill(const struct put *put, int *ret_rows, struct bw_error *err)
{
    char sql[SQL_BYTES], slot[BW_CARRIER_NUMBER_BYTES] = "";
    const char *family = put->by->family;
    if (is_kiosk(put)) {
        (void)snprintf(
            slot, sizeof slot, "%d", is_large(put) ? 0 : BW_CARRIER_SLOTS_LARGE);
        (void)snprintf(sql, sizeof sql, KIOSK_SQL, family,
            (is_large(put) ? BW_CARRIER_SLOTS_LARGE : BW_CARRIER_SLOTS) - 1, family,
            family, family);
    } else {
        (void)snprintf(sql, sizeof sql, OFFICE_SQL, family);
    }
    return rows_add(put, sql, slot, ret_rows, err);
}

/* ---- all of it ---- */

/* What lies there is looked at before and after. */
static enum bw_status
put_carefully(const struct put *put, bool *ret_fresh, struct bw_error *err)
{
    int wanted = is_kiosk(put) ? put->by->sessions_count : 1;
    bool collided = false; /* what is there now may be this one */
    for (int i = 0; i < PUT_TRIES; i++) {
        int rows = 0, added = 0;
        bool same = true;
        enum bw_status status = look(put, &rows, &same, err);
        if (status == BW_OK && !same) { /* CA2 */
            return bw_carrier_refuse(put->by->carrier, put->name, err);
        }
        if (status == BW_OK && rows < wanted) {
            status = rows_fill(put, &added, err);
        }
        if (status != BW_OK || rows >= wanted || added > 0) {
            *ret_fresh = added > 0 || collided;
            return status;
        }
        collided = collided || added < 0;
    }
    return bw_error_set(err, BW_BUSY, 0,
        "putting %s in %.100s: others put letters under this kiosk's name; it will be "
        "tried again",
        put->name, put->by->carrier->uri);
}

/* What is large isn't sent to learn that it's there. */
enum bw_status
bw_carrier_rows_put(const struct bw_carrier_putter *putter, const char *name,
    const void *bytes, size_t length, bool *ret_fresh, struct bw_error *err)
{
    struct put put = {.by = putter, .name = name, .bytes = bytes, .length = length};
    int added = 0;
    enum bw_status status = BW_OK;
    bw_carrier_writer_of(name, put.writer, &put.parsed);
    if (is_kiosk(&put) && !is_large(&put)) {
        status = rows_try(&put, &added, err);
    }
    if (status != BW_OK || added > 0) {
        *ret_fresh = added > 0;
        return status;
    }
    return put_carefully(&put, ret_fresh, err);
}
