/* The central database on PostgreSQL: transactions; see engine.h. One thread.
 *
 * Who begins takes one advisory lock, held to the end of the transaction, alone: what it
 * read stays true until it commits, whatever it read, and nothing has to be tried again
 * because two met. Who begins beside others (letters on their way in, steps of sessions)
 * shares that lock, which costs nobody a wait, and locks the rows that it changes (C7).
 * A step's number is claimed by a lock on the number, so that nobody waits for another's
 * commit.
 * All that letters ask goes by keys; a plan made while a table was empty would read it
 * whole for ever after (200,000 events into a fresh database: 87 s, by keys 4).
 * No statement is compiled. The server chooses by what it thinks that a statement costs,
 * and one that reads a table whole although it shouldn't counts as ten thousand million:
 * compiling `SELECT epoch FROM central`, which has one row, took 88 ms of each
 * transaction of letters, as long as all else in it.
 * The lock comes in a statement of its own before any other, so that each reads what the
 * one before committed: read committed is enough, and repeatable read would be too old.
 *
 * Readers wait for nobody: REPEATABLE READ, READ ONLY.
 *
 * A commit whose answer is lost: see settle_commit. */
#include "central/engine/postgres.h"
#include "central/engine/wait.h"

#include <brugwachter/said.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAUSE_MS = 100, MARK_BYTES = 64, SQL_BYTES = 512 };

#define NOT_COMPILED " SET LOCAL jit = off;"

static struct bw_central_postgres_db *
self_of(struct bw_central *central)
{
    return (struct bw_central_postgres_db *)central;
}

static void
roll_back(struct bw_central *central)
{
    struct bw_central_postgres_db *self = self_of(central);
    PQclear(bw_central_postgres_drain(self));
    if (PQtransactionStatus(self->db) != PQTRANS_IDLE) {
        PQclear(bw_central_postgres_exec(
            self, "ROLLBACK", BW_CENTRAL_POSTGRES_GRACE_MS, false));
    }
}

/* Begins with `sql`; over a new connection where the old one turns out to be gone, as
 * nothing was begun yet. */
static enum bw_status
begin_with(struct bw_central *central, const char *sql, int wait_ms, const char *doing,
    struct bw_error *err)
{
    struct bw_central_postgres_db *self = self_of(central);
    PGresult *result = bw_central_postgres_exec(self, sql, wait_ms, true);
    if (!bw_postgres_is_fine(result) && PQstatus(self->db) == CONNECTION_BAD &&
        bw_central_postgres_again(self, NULL) == BW_OK) {
        PQclear(result);
        result = bw_central_postgres_exec(self, sql, wait_ms, true);
    }
    enum bw_status status = BW_OK;
    if (!bw_postgres_is_fine(result)) {
        status = bw_central_postgres_fail(self, result, doing, err);
        roll_back(central);
    }
    PQclear(result);
    return status;
}

static enum bw_status
begin(struct bw_central *central, enum bw_central_way way, struct bw_error *err)
{
    char sql[SQL_BYTES]; /* the number is "Brugwach" in ASCII */
    (void)snprintf(sql, sizeof sql,
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL lock_timeout = %d;"
        " SET LOCAL statement_timeout = %d;"
        " SET LOCAL enable_seqscan = %s;" NOT_COMPILED
        " SELECT pg_advisory_xact_lock%s(4788018441093210984)",
        central->lock_ms, self_of(central)->statement_ms,
        way == BW_CENTRAL_BESIDE ? "off" : "on",
        way == BW_CENTRAL_ALONE ? "" : "_shared");
    enum bw_status status = begin_with(central, sql,
        central->lock_ms + BW_CENTRAL_POSTGRES_GRACE_MS, bw_said("writing to"), err);
    return status == BW_BUSY
               ? bw_error_set(err, BW_BUSY, 0,
                     "writing to %s: another program has been writing to it for %d s; "
                     "wait until it is done, or end it, then try again",
                     central->name, central->lock_ms / 1000)
               : status;
}

static enum bw_status
read_begin(struct bw_central *central, struct bw_error *err)
{
    return begin_with(central,
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;" NOT_COMPILED
        " SELECT 1 FROM central",
        BW_CENTRAL_POSTGRES_GRACE_MS + BW_CENTRAL_LOCK_MS, bw_said("reading"), err);
}

/* ---- commit ---- */

/* What a text that one row gives is, "" for NULL; false where there's none. */
static bool
text_of(struct bw_central_postgres_db *self, const char *sql, char ret_text[MARK_BYTES])
{
    PGresult *result = bw_central_postgres_exec(self, sql, self->ask_ms, false);
    bool found = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1;
    if (found) {
        (void)snprintf(ret_text, MARK_BYTES, "%s", PQgetvalue(result, 0, 0));
    }
    PQclear(result);
    return found;
}

/* The server's timeline: another leader, after a failover, goes on in another one, where
 * the same number may be another transaction's. */
#define TIMELINE "substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"

enum commit_outcome { OUTCOME_UNKNOWN, OUTCOME_DONE, OUTCOME_UNDONE };

static enum commit_outcome
ask_outcome(struct bw_central_postgres_db *self, const char *mark, bool *ret_in_progress)
{
    char sql[SQL_BYTES], answer[MARK_BYTES];
    const char *dot = strchr(mark, '.');
    (void)snprintf(sql, sizeof sql,
        "SELECT CASE WHEN " TIMELINE " = '%.8s' THEN pg_xact_status('%s') END", mark,
        dot != NULL ? dot + 1 : "0");
    *ret_in_progress = false;
    if (bw_central_postgres_again(self, NULL) != BW_OK || !text_of(self, sql, answer)) {
        *ret_in_progress = true; /* the server is still on its way back */
        return OUTCOME_UNKNOWN;
    }
    *ret_in_progress = strcmp(answer, "in progress") == 0;
    return strcmp(answer, "committed") == 0 ? OUTCOME_DONE
           : strcmp(answer, "aborted") == 0 ? OUTCOME_UNDONE
                                            : OUTCOME_UNKNOWN;
}

/* Nobody knows whether it was done. `lost` is how its answer was lost. */
static enum bw_status
unsettled(struct bw_central *central, const struct bw_error *lost, bool in_progress,
    struct bw_error *err)
{
    if (lost->status != BW_OFFLINE) { /* the server said why it ends */
        return bw_error_set(err, BW_OFFLINE, 0,
            "%s; the server doesn't tell whether the last step stands: look with status "
            "once it is back, then run it again",
            lost->text);
    }
    return bw_error_set(err, BW_OFFLINE, 0,
        "writing to %s: %s, and the server doesn't tell whether the last step stands; "
        "look with status once it is back, then run it again",
        central->name,
        in_progress
            ? bw_said("it isn't answered in time (the server may be gone, or wait for a "
                      "standby that is)")
            : bw_said("the connection was lost"));
}

/* The answer was lost, not necessarily the commit: the server knows. */
static enum bw_status
settle_commit(struct bw_central *central, const char *mark, const struct bw_error *lost,
    struct bw_error *err)
{
    int64_t until_ms = bw_central_mono_ms() + self_of(central)->ask_ms;
    enum commit_outcome outcome = OUTCOME_UNKNOWN;
    bool in_progress = true;
    while (in_progress && bw_central_mono_ms() < until_ms) {
        outcome = ask_outcome(self_of(central), mark, &in_progress);
        if (in_progress) {
            (void)poll(NULL, 0, PAUSE_MS);
        }
    }
    switch (outcome) {
    case OUTCOME_DONE:
        return BW_OK;
    case OUTCOME_UNDONE:
        return bw_error_set(err, BW_OFFLINE, 0,
            "writing to %s: the connection was lost; nothing was changed, run it again",
            central->name);
    case OUTCOME_UNKNOWN:
        break;
    }
    return unsettled(central, lost, in_progress, err);
}

/* Why COMMIT wasn't done, or isn't known to be. That of a transaction which a failed
 * statement has spoilt is answered by ROLLBACK. */
static enum bw_status
commit_failed(struct bw_central *central, const char *mark, const PGresult *result,
    struct bw_error *err)
{
    struct bw_central_postgres_db *self = self_of(central);
    struct bw_error why;
    if (bw_postgres_is_fine(result)) {
        return bw_error_set(err, BW_IO, 0,
            "writing to %s: a step before failed; nothing was changed", central->name);
    }
    enum bw_status status =
        bw_central_postgres_fail(self, result, bw_said("writing to"), &why);
    bool lost = status == BW_OFFLINE || PQstatus(self->db) == CONNECTION_BAD;
    return lost && mark[0] != '\0' ? settle_commit(central, mark, &why, err)
                                   : bw_error_set(err, status, 0, "%s", why.text);
}

static enum bw_status
commit(struct bw_central *central, struct bw_error *err)
{
    struct bw_central_postgres_db *self = self_of(central);
    char mark[MARK_BYTES] = "";
    PGresult *left = bw_central_postgres_drain(self);
    if (left != NULL) {
        enum bw_status failed =
            bw_central_postgres_fail(self, left, bw_said("writing to"), err);
        PQclear(left);
        return failed;
    }
    if (PQtransactionStatus(self->db) == PQTRANS_INTRANS &&
        !text_of(self,
            "SELECT " TIMELINE
            " || '.' || CAST(pg_current_xact_id_if_assigned() AS TEXT)",
            mark)) {
        return bw_central_postgres_fail(self, NULL, bw_said("writing to"), err);
    }
    PGresult *result = bw_central_postgres_exec(self, "COMMIT", self->commit_ms, false);
    enum bw_status status = strcmp(PQcmdStatus(result), "COMMIT") == 0
                                ? BW_OK
                                : commit_failed(central, mark, result, err);
    PQclear(result);
    return status;
}

/* ---- the rest ---- */

/* The server's pages are its own to check; what it says of ours is asked: references and
 * indexes that aren't sound. */
static enum bw_status
integrity(struct bw_central *central, bool *ret_holds, struct bw_error *err)
{
    int64_t wrong = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT (SELECT count(*) FROM pg_catalog.pg_constraint"
        " WHERE NOT convalidated AND connamespace = to_regnamespace(current_schema()))"
        " + (SELECT count(*) FROM pg_catalog.pg_index i"
        " JOIN pg_catalog.pg_class c ON c.oid = i.indrelid"
        " WHERE NOT i.indisvalid AND c.relnamespace = to_regnamespace(current_schema()))",
        NULL, 0, 0, &wrong, err);
    if (status == BW_OK) {
        *ret_holds = wrong == 0;
    }
    return status;
}

/* What was deleted goes from the tables; the server's write-ahead log and its copies keep
 * it as long as they are kept. */
static enum bw_status
sweep(struct bw_central *central, struct bw_error *err)
{
    struct bw_central_postgres_db *self = self_of(central);
    PGresult *result = bw_central_postgres_exec(self,
        "VACUUM registration, person, ticket, sealed, event_details, letter_in,"
        " quarantine, told, step, step_registration, step_person, step_alias,"
        " person_alias, mail_state",
        self->statement_ms + BW_CENTRAL_POSTGRES_GRACE_MS, false);
    enum bw_status status =
        bw_postgres_is_fine(result)
            ? BW_OK
            : bw_central_postgres_fail(self, result, bw_said("clearing"), err);
    PQclear(result);
    return status;
}

/* A lock of the connection, which goes with it. */
static enum bw_status
take_turn(struct bw_central *central, bool *ret_taken, struct bw_error *err)
{
    int64_t taken = 0;
    if (self_of(central)->pooled) { /* CP4 */
        return bw_error_set(err, BW_REFUSED, 0,
            "taking the turn of what goes to people in %s: this address is a pooler's, "
            "where no turn can be kept; give the server's own for this command",
            central->name);
    }
    enum bw_status status = bw_central_number(central,
        "SELECT CASE WHEN pg_try_advisory_lock(4788018441093210985) THEN 1 ELSE 0 END"
        " + CAST(0 AS BIGINT)",
        NULL, 0, 0, &taken, err);
    if (status == BW_OK) {
        *ret_taken = taken != 0;
    }
    return status;
}

const struct bw_central_engine bw_central_postgres = {
    .scheme = BW_POSTGRES_SCHEME,
    .open = bw_central_postgres_open,
    .close = bw_central_postgres_close,
    .begin = begin,
    .commit = commit,
    .rollback = roll_back,
    .read_begin = read_begin,
    .run = bw_central_postgres_run,
    .put = bw_central_postgres_put,
    .each = bw_central_postgres_each,
    .insert = bw_central_postgres_insert,
    .lock_device = "SELECT device FROM device WHERE device = $1 FOR NO KEY UPDATE",
    .lock_free_device =
        "SELECT device FROM device WHERE device = $1 FOR NO KEY UPDATE SKIP LOCKED",
    .hold_session =
        {
            "SELECT session_no FROM session WHERE session_no = $1"
            " FOR NO KEY UPDATE NOWAIT",
            "SELECT session_no FROM session WHERE session_no = $1 FOR NO KEY UPDATE",
        },
    .share_device =
        {
            "SELECT device FROM device WHERE device = $1 FOR SHARE NOWAIT",
            "SELECT device FROM device WHERE device = $1 FOR SHARE",
        },
    /* keys of two numbers: others than those of the whole, which are of one */
    .claim = "SELECT 1 WHERE pg_try_advisory_xact_lock(CAST($2 AS INTEGER),"
             " CAST($1 % 2147483647 AS INTEGER))",
    .lock_people =
        "SELECT 1 FROM (SELECT pg_advisory_xact_lock(4788018441093210986)) AS people",
    .mark_sealed =
        "UPDATE sealed SET mark = $2 FROM (SELECT session_no, code, generation,"
        " signing_key FROM sealed WHERE series = $1 AND mark = 0"
        " FOR NO KEY UPDATE SKIP LOCKED) AS new WHERE sealed.series = $1"
        " AND sealed.session_no = new.session_no AND sealed.code = new.code"
        " AND sealed.generation = new.generation"
        " AND sealed.signing_key = new.signing_key",
    .integrity = integrity,
    .sweep = sweep,
    .take_turn = take_turn,
    .schema_version = bw_central_postgres_version,
    .schema_check = bw_central_postgres_schema_check,
    .set_schema_version = bw_central_postgres_set_version,
};
