/* What PostgreSQL's errors are to us: see postgres.h. One thread.
 *
 * Three kinds matter. *Outcome unknown* (BW_OFFLINE: the connection is lost, the server
 * ends, starts, or is no longer the leader): whether it was done can't be told from here;
 * it may be tried again. *Busy* (BW_BUSY: locks, collisions, too many connections):
 * nothing was done, try again. *Refused* (BW_REFUSED: who we are and what we may do, and
 * constraints): trying again gives the same; say so and stop. */
#include "central/engine/postgres.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <string.h>

static const char *
advice_of(enum bw_status status)
{
    switch (status) {
    case BW_OFFLINE:
        return bw_said(
            "the server can't be reached or is just changing; whether the last step "
            "stands isn't known: run it again once the server is back");
    case BW_BUSY:
        return bw_said("another program holds it, or it took too long; try again");
    case BW_FULL:
        return bw_said("the server's disk is full; make room and try again");
    case BW_REFUSED:
        return bw_said("trying again gives the same; check the role and its rights");
    case BW_CORRUPT:
        return bw_said("the server found damage; restore it from a copy");
    case BW_NOT_FOUND:
        return bw_said("make the database first, with createdb");
    case BW_NO_MEMORY:
        return bw_said("the server has no memory left; try again later");
    case BW_OK:
    case BW_BAD_INPUT:
    case BW_NEWER:
    case BW_READ_ONLY:
    case BW_IO:
        break;
    }
    return bw_said("look at the server's log");
}

/* As engine.h says. */
static int
errno_of(const char *state)
{
    static const struct {
        const char *state;
        int os_errno;
    } known[] = {
        {"40P01", EDEADLK}, {"40001", EDEADLK}, {"23505", EEXIST}, {"23503", ENOENT}};
    for (size_t i = 0; state != NULL && i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(state, known[i].state) == 0) {
            return known[i].os_errno;
        }
    }
    return 0;
}

enum bw_status
bw_central_postgres_fail(const struct bw_central_postgres_db *self,
    const PGresult *result, const char *doing, struct bw_error *err)
{
    const char *state =
        result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *text =
        result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (text == NULL) {
        text = result != NULL ? PQresultErrorMessage(result) : PQerrorMessage(self->db);
    }
    enum bw_status status = bw_postgres_class(state);
    bool is_rule = state != NULL && strncmp(state, "23", 2) == 0;
    return bw_error_set(err, status, errno_of(state), "%s %s: %.*s (%s)", doing,
        self->base.name, bw_postgres_line(text), text,
        is_rule ? bw_said("it breaks a rule of the tables; nothing was changed")
                : advice_of(status));
}
