/* Answers of PostgreSQL, and their deadlines: see central_postgres.h. One thread. */
#include "central/central_postgres.h"
#include "central/central_wait.h"

#include <poll.h>
#include <sys/socket.h>

enum { LOOK_MS = 50, WHY_BYTES = 128 };

static void
cancel(PGconn *db)
{
    char why[WHY_BYTES];
    PGcancel *request = PQgetCancel(db);
    (void)PQcancel(request, why, sizeof why); /* its answer comes as an error */
    PQfreeCancel(request);
}

/* False once the connection is lost, or nothing came in time: it is then given up, for an
 * answer that comes later would be taken for the next one's. */
static bool
wait_for(struct bw_central_postgres_db *self, int64_t until_ms, bool gives_up)
{
    bool cancelled = false;
    while (PQisBusy(self->db) != 0) {
        struct pollfd socket = {.fd = PQsocket(self->db), .events = POLLIN};
        int ready = poll(&socket, 1, LOOK_MS);
        if (ready > 0 && PQconsumeInput(self->db) == 0) {
            return false;
        }
        if (ready == 0 && gives_up && !cancelled && bw_central_told_to_end()) {
            cancelled = true;
            cancel(self->db);
        }
        if (ready <= 0 && bw_central_mono_ms() > until_ms) {
            (void)shutdown(PQsocket(self->db), SHUT_RDWR);
            (void)PQconsumeInput(self->db);
            return false;
        }
    }
    return true;
}

bool
bw_central_postgres_is_fine(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

PGresult *
bw_central_postgres_wait(
    struct bw_central_postgres_db *self, int64_t until_ms, bool gives_up)
{
    PGresult *last = NULL;
    for (;;) {
        if (!wait_for(self, until_ms, gives_up)) {
            PQclear(last);
            return PQmakeEmptyPGresult(self->db, PGRES_FATAL_ERROR);
        }
        PGresult *next = PQgetResult(self->db);
        if (next == NULL) {
            return last;
        }
        if (last != NULL && !bw_central_postgres_is_fine(last)) {
            PQclear(next);
            continue;
        }
        PQclear(last);
        last = next;
    }
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
