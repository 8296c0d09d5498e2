/* Answers of PostgreSQL, and their deadlines: see postgres.h. One thread. */
#include "central/engine/postgres.h"
#include "central/engine/wait.h"

PGresult *
bw_central_postgres_wait(
    struct bw_central_postgres_db *self, int64_t until_ms, bool gives_up)
{
    return bw_postgres_wait(self->db, until_ms, gives_up ? bw_central_told_to_end : NULL);
}

int64_t
bw_central_postgres_until_ms(const struct bw_central_postgres_db *self)
{
    return bw_central_mono_ms() + self->statement_ms + BW_CENTRAL_POSTGRES_GRACE_MS;
}

/* ---- the pipeline ---- */

/* Is `next` the end of all that was sent? Else it is kept in `ret_results` (NULL: not
 * kept), or as the first that failed. */
static bool
take_next(struct bw_central_postgres_db *self, PGresult *next, PGresult **ret_failed,
    PGresult **ret_results, int *count)
{
    bool lost = PQstatus(self->db) == CONNECTION_BAD;
    bool fine = bw_postgres_is_fine(next);
    bool synced = PQresultStatus(next) == PGRES_PIPELINE_SYNC;
    bool between = next == NULL; /* two statements */
    if (fine && !lost && ret_results != NULL) {
        ret_results[(*count)++] = next;
    } else if (!fine && !synced && !between && *ret_failed == NULL) {
        *ret_failed = next;
    } else {
        PQclear(next);
    }
    if (lost && *ret_failed == NULL) {
        *ret_failed = PQmakeEmptyPGresult(self->db, PGRES_FATAL_ERROR);
    }
    return lost || synced;
}

PGresult *
bw_central_postgres_collect(
    struct bw_central_postgres_db *self, PGresult **ret_results, int *count)
{
    int64_t until_ms = bw_central_postgres_until_ms(self);
    PGresult *failed = NULL;
    bool ended = PQpipelineSync(self->db) == 0;
    if (ended) {
        failed = PQmakeEmptyPGresult(self->db, PGRES_FATAL_ERROR);
    }
    while (!ended) {
        ended = take_next(
            self, bw_postgres_next(self->db, until_ms), &failed, ret_results, count);
    }
    self->piped = 0;
    (void)PQexitPipelineMode(self->db); /* fails on a lost connection alone */
    return failed;
}

PGresult *
bw_central_postgres_drain(struct bw_central_postgres_db *self)
{
    int none = 0;
    return self->piped > 0 ? bw_central_postgres_collect(self, NULL, &none) : NULL;
}

/* ---- alone ---- */

PGresult *
bw_central_postgres_exec(
    struct bw_central_postgres_db *self, const char *sql, int wait_ms, bool gives_up)
{
    PGresult *failed = bw_central_postgres_drain(self);
    if (failed != NULL) {
        return failed;
    }
    if (PQsendQuery(self->db, sql) == 0) {
        return PQmakeEmptyPGresult(self->db, PGRES_FATAL_ERROR);
    }
    return bw_central_postgres_wait(self, bw_central_mono_ms() + wait_ms, gives_up);
}
