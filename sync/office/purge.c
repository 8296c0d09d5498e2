/* Personal data of past sessions out: see purge.h. */
#include "office/purge.h"

#include "central/base/array.h"
#include "central/records.h"
#include "office/forget_rows.h"
#include "office/step.h"

#include <stdlib.h>

struct purging {
    struct bw_purge result;
    size_t sessions_capacity;
    bool no_memory;
};

static bool
on_session(const struct bw_sql_value *columns, int count, void *context)
{
    struct purging *p = context;
    (void)count;
    struct bw_purged_session *line = bw_array_more(&p->result.sessions,
        &p->result.sessions_count, &p->sessions_capacity, sizeof *line);
    p->no_memory = line == NULL;
    if (line != NULL) {
        bw_session_of_row(columns, &line->session);
    }
    return line != NULL;
}

/* $1 session, $2 now. Taken before anything goes. */
#define KEEP_COUNTS                                                                      \
    "INSERT INTO purged_session (session_no, purged_ms, registered, "                    \
    "confirmed, waitlisted)"                                                             \
    " SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT),"                                    \
    " (SELECT count(*) FROM registration WHERE session_no = $1 AND status IN (0, 1)),"   \
    " (SELECT count(*) FROM registration WHERE session_no = $1 AND status = 0),"         \
    " (SELECT count(*) FROM registration WHERE session_no = $1 AND status = 1)"

_Static_assert(BW_CONFIRMED == 0 && BW_WAITLISTED == 1, "as in the statements");

static enum bw_status
purge_session(
    const struct bw_office *office, struct bw_purged_session *line, struct bw_error *err)
{
    int64_t revision = 0;
    enum bw_status status = bw_central_next_revision(
        office->central, line->session.session_no, &revision, err);
    struct bw_sql_value values[] = {
        bw_sql_int(line->session.session_no), bw_sql_int(bw_office_now_ms(office))};
    struct bw_office_forgotten gone = {.registrations = 0};
    if (status == BW_OK) {
        status = bw_central_run(office->central, KEEP_COUNTS, values, 2, NULL, NULL, err);
    }
    if (status == BW_OK) {
        status = bw_office_forget_session(
            office->central, line->session.session_no, revision, &gone, err);
    }
    line->registrations = gone.registrations;
    line->tickets = gone.tickets;
    line->details = gone.details;
    return status;
}

static enum bw_status
purge_people(const struct bw_office *office, struct purging *p, struct bw_error *err)
{
    enum bw_status status = bw_central_run(office->central,
        "UPDATE person SET identity = NULL, mail = '', mail_fold = ''"
        " WHERE identity IS NOT NULL AND NOT EXISTS (SELECT 1 FROM registration r"
        " WHERE r.person_no = person.person_no AND r.session_no NOT IN"
        " (SELECT session_no FROM purged_session))",
        NULL, 0, NULL, NULL, err);
    p->result.people = bw_central_changed(office->central);
    return status == BW_OK ? bw_office_forget_names(office->central, err) : status;
}

static enum bw_status
purge_all(const struct bw_office *office, int64_t before_ms, struct purging *p,
    struct bw_error *err)
{
    struct bw_sql_value before = bw_sql_int(before_ms);
    /* the whole: who has no session left is found by looking at all, and steps of all
     * sessions lose what they kept of them, for good */
    enum bw_status status = bw_central_begin(office->central, err);
    if (status == BW_OK) {
        status = bw_central_run(office->central,
            "SELECT " BW_SESSION_COLUMNS " FROM " BW_SESSION_TABLES
            " WHERE s.ends_ms < $1 AND s.session_no NOT IN"
            " (SELECT session_no FROM purged_session) ORDER BY s.starts_ms, s.code",
            &before, 1, on_session, p, err);
    }
    if (status == BW_OK && p->no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "purging %s: no memory",
            bw_central_name(office->central));
    }
    for (size_t i = 0; status == BW_OK && i < p->result.sessions_count; i++) {
        status = purge_session(office, &p->result.sessions[i], err);
    }
    if (status == BW_OK) {
        status = purge_people(office, p, err);
    }
    if (status == BW_OK && p->result.sessions_count > 0) {
        status = bw_step_for_good(office, "purge", "", "", err);
    }
    if (status == BW_OK && p->result.sessions_count > 0) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    return status;
}

enum bw_status
bw_office_purge(const struct bw_office *office, int64_t before_ms,
    struct bw_purge *ret_purge, struct bw_error *err)
{
    if (before_ms > bw_office_now_ms(office)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "purging %s: the date is still to come; give one that is past",
            bw_central_name(office->central));
    }
    struct purging p = {.no_memory = false};
    enum bw_status status = purge_all(office, before_ms, &p, err);
    if (status != BW_OK) {
        bw_office_purge_finish(&p.result);
        return status;
    }
    if (bw_central_sweep(office->central, &p.result.unswept) == BW_OK) {
        p.result.unswept = (struct bw_error){.status = BW_OK};
    }
    *ret_purge = p.result;
    return BW_OK;
}

void
bw_office_purge_finish(struct bw_purge *purge)
{
    if (purge != NULL) {
        free(purge->sessions);
        *purge = (struct bw_purge){.sessions = NULL};
    }
}
