/* Answers of PostgreSQL, and their deadlines: see postgres.h. One thread. */
#include "central/engine/postgres.h"
#include "central/engine/wait.h"

PGresult *
bw_central_postgres_wait(
    struct bw_central_postgres_db *self, int64_t until_ms, bool gives_up)
{
    return bw_postgres_wait(self->db, until_ms, gives_up ? bw_central_told_to_end : NULL);
}

PGresult *
bw_central_postgres_exec(
    struct bw_central_postgres_db *self, const char *sql, int wait_ms, bool gives_up)
{
    if (PQsendQuery(self->db, sql) == 0) {
        return PQmakeEmptyPGresult(self->db, PGRES_FATAL_ERROR);
    }
    return bw_central_postgres_wait(self, bw_central_mono_ms() + wait_ms, gives_up);
}
