/* A connection to a PostgreSQL carrier: who may come in how (CP1, CP2), statements with a
 * deadline, sentences. Inside the carrier alone. One thread at a time. */
#ifndef BW_CARRIER_POSTGRES_LINK_H
#define BW_CARRIER_POSTGRES_LINK_H

#include "central/base/postgres.h"
#include "exchange/carrier/carrier.h"

enum {
    BW_CARRIER_LINK_FAMILY_BYTES = 16, /* "bw_" and 8 hex digits */
    BW_CARRIER_LINK_NAME_BYTES = 48,   /* of a role, a schema, a channel */
    BW_CARRIER_LINK_MS = 300 * 1000,   /* a statement's deadline, however slow the line */
    BW_CARRIER_LINK_STALL_MS = 10 * 1000, /* as long as nothing moves at all */
    BW_CARRIER_LINK_SESSIONS_BYTES = 1024,
};

/* How long a statement may take at the server, which ends before ours is over, and a lock
 * of it, as the server writes them. */
#define BW_CARRIER_LINK_STATEMENT "9s"
#define BW_CARRIER_LINK_LOCK "5s"

/* A parameter: a text, or bytes. */
struct bw_carrier_value {
    const void *bytes;
    int length; /* of bytes; -1: a text */
};

/* "bw_" and the first 8 hex digits of that id: how the names of all that is an
 * organiser's begin. */
void bw_carrier_link_family(const uint8_t central_id[BW_CENTRAL_ID_BYTES],
    char ret_family[BW_CARRIER_LINK_FAMILY_BYTES]);

/* Connects; `login` ("user:password", or NULL) goes before the address's own user, and
 * its password never leaves this process but by SCRAM. *ret_pooled (may be NULL): a
 * pooler is between (CP4). The caller ends *ret_db with PQfinish. BW_OFFLINE: not
 * reached, or not let in (os_errno tells). BW_REFUSED: the server is too old.
 * BW_BAD_INPUT: as the check. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_link_open(const char *uri, const char *login,
    PGconn **ret_db, bool *ret_pooled, struct bw_error *err);

/* The same, but for what holds in it: a kiosk's login brings that along, or the
 * connection is to be settled in (postgres_entry.h). The errors of
 * bw_carrier_link_open. */
BW_NODISCARD enum bw_status bw_carrier_link_connect(
    const char *uri, const char *login, PGconn **ret_db, struct bw_error *err);
/* bw_postgres_settle_in with the times that hold here. *ret_pooled as above. BW_OFFLINE,
 * BW_BUSY, and the other errors of bw_carrier_link_fail. */
BW_NODISCARD enum bw_status bw_carrier_link_settle_in(
    PGconn *db, bool *ret_pooled, struct bw_error *err);

/* Runs one statement with parameters $1 …; without any, several are one transaction.
 * `binary`: the answer's columns as bytes. The caller clears the result; NULL without
 * memory. */
PGresult *bw_carrier_link_ask(PGconn *db, const char *sql,
    const struct bw_carrier_value *values, int count, bool binary);

/* Whether it went well and has the shape that was asked for, whatever the server is: so
 * many columns, and rows (-1: any number). */
bool bw_carrier_link_is(const PGresult *result, int rows, int columns);

/* Why a result failed, as a carrier says it: BW_OFFLINE, BW_READ_ONLY for a right that is
 * missing, BW_FULL, BW_BUSY, BW_REFUSED, BW_IO, BW_NO_MEMORY. Never BW_OK. */
enum bw_status bw_carrier_link_fail(
    PGconn *db, const PGresult *result, const char *doing, struct bw_error *err);

/* The five characters of its SQLSTATE, borrowed from it; "": none. */
const char *bw_carrier_link_state(const PGresult *result);

/* Hints that something was put: on FAMILY_session_N of each of `sessions` ("{5,7}"), for
 * their kiosks, and on FAMILY_office for the office where `office` says so; in a
 * transaction of its own, and at most once in BW_CARRIER_HINT_MS for this `uri` in this
 * process. Nothing depends on it, so nothing here fails. */
void bw_carrier_link_hint(
    PGconn *db, const char *uri, const char *family, const char *sessions, bool office);

/* As bw_carrier_link_ask, for what answers nothing. The errors of the above. */
BW_NODISCARD enum bw_status bw_carrier_link_do(
    PGconn *db, const char *sql, const char *doing, struct bw_error *err);

/* A question that is answered by one true or false. Fails as bw_carrier_link_fail says,
 * and where the answer has another shape. */
BW_NODISCARD enum bw_status bw_carrier_link_ask_bool(PGconn *db, const char *sql,
    const struct bw_carrier_value *values, int count, const char *doing, bool *ret_answer,
    struct bw_error *err);

#endif
