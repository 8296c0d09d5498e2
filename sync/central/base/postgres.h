/* What everything that talks to PostgreSQL shares: which address is safe to use, what an
 * error is to us, and waits that end.
 *
 * CP1 no password in an address, which others on the machine can read: PGPASSFILE or
 *     ~/.pgpass has it.
 * CP2 who isn't certainly on this machine is asked for a certificate with its name
 *     (verify-full), whatever the address or the environment says; libpq leaves Unix
 *     sockets out of this by itself.
 * CP4 behind a pooler (pgbouncer in transaction mode) nothing is left in a session of the
 *     server: no prepared statement, no setting, no lock, no LISTEN; somebody else has it
 *     next.
 *
 * Any thread, one connection a thread. */
#ifndef BW_SYNC_POSTGRES_H
#define BW_SYNC_POSTGRES_H

#include <brugwachter/error.h>
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

#define BW_POSTGRES_SCHEME "postgresql://"

/* CP1, CP2. `doing` begins the sentence ("opening the central database"); the address
 * isn't repeated: it may hold what nobody should see. *ret_local: every host of it is on
 * this machine, so no certificate is needed. BW_BAD_INPUT. */
BW_NODISCARD enum bw_status bw_postgres_check(
    const char *uri, const char *doing, bool *ret_local, struct bw_error *err);

/* Is every host of this address here, so that nobody else can listen? False too where the
 * environment or a service file may name another one. Can't fail. */
bool bw_postgres_is_local(const PQconninfoOption *options);

/* What an error is, by its SQLSTATE (five characters; NULL or "": the connection is lost,
 * or was never there). Never BW_OK. */
enum bw_status bw_postgres_class(const char *sqlstate);

/* Why there is no connection has no SQLSTATE: BW_REFUSED where the server doesn't take
 * who we are, or we not its certificate; BW_NOT_FOUND where it has no such database;
 * BW_OFFLINE: it may mend itself. Never BW_OK. */
enum bw_status bw_postgres_refusal(PGconn *db);

/* libpq's sentences may have several lines: how long the first is. */
int bw_postgres_line(const char *text);

/* What holds for a whole connection that was just made: how long a statement and a lock
 * may take there, and what the SQL here is written for. *ret_pooled: a pooler is between,
 * told by the server's process, whose number it makes up; then none of it stays (CP4).
 * Waits to `until_ms` as bw_postgres_wait. The result is the caller's to clear; where it
 * is fine, *ret_pooled is set. */
PGresult *bw_postgres_settle_in(
    PGconn *db, int statement_ms, int lock_ms, int64_t until_ms, bool *ret_pooled);

/* Did this result go well? */
bool bw_postgres_is_fine(const PGresult *result);

/* Waits for what was sent, to `until_ms` of the monotonic clock at most: the last result,
 * or the first that failed, of a connection that is lost what the server said last; the
 * caller's to clear, NULL without memory. Where nothing came in time the connection is
 * given up: an answer that comes later would be taken for the next one's. Once
 * `gives_up` (NULL: never) says so, the statement is cancelled.
 * After bw_postgres_settle_in the sending ends in that time too. */
PGresult *bw_postgres_wait(PGconn *db, int64_t until_ms, bool (*gives_up)(void));

/* The same, also given up once nothing moved for `stall_ms`: what is long, on a slow
 * line, may take its time, and a server that stands still may not. */
PGresult *bw_postgres_wait_moving(PGconn *db, int64_t until_ms, int stall_ms);

/* The next result alone, as PQgetResult gives it: NULL where a statement has no more. In
 * the same time, and where that is over, a failed one. */
PGresult *bw_postgres_next(PGconn *db, int64_t until_ms);

/* Sends what libpq still holds, in the same time. False where the connection is lost or
 * that is over. */
bool bw_postgres_send(PGconn *db, int64_t until_ms);

/* Milliseconds of that clock. */
int64_t bw_postgres_mono_ms(void);

#endif
