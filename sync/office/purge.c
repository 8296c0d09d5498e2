/* Personal data of past sessions out: see purge.h. */
#include "office/purge.h"

#include "central/base/array.h"
#include "central/records.h"
#include "central/sealed.h"

#include <stdlib.h>
#include <string.h>

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

/* $1 session, $2 revision, $3 now. The order matters: counts are taken before. */
static const struct {
    const char *sql;
    size_t counted; /* offset in bw_purged_session of what it changed; 0: not counted */
} steps[] = {
    {"INSERT INTO purged_session (session_no, purged_ms, registered, "
     "confirmed, waitlisted)"
     " SELECT CAST($1 AS BIGINT), CAST($3 AS BIGINT),"
     " (SELECT count(*) FROM registration WHERE session_no = $1 AND status IN (0, 1)),"
     " (SELECT count(*) FROM registration WHERE session_no = $1 AND status = 0),"
     " (SELECT count(*) FROM registration WHERE session_no = $1 AND status = 1)",
        0},
    {"UPDATE registration SET first_name = '', name = '', school = '', role = '',"
     " table_name = '', attention = '', why = '', revision = $2 WHERE session_no = $1",
        offsetof(struct bw_purged_session, registrations)},
    {"UPDATE step SET why = '', undone_by = -1 WHERE step_no IN"
     " (SELECT step_no FROM step_registration WHERE session_no = $1)",
        0},
    {"UPDATE step SET why = '' WHERE step_no IN" /* the word itself stands */
     " (SELECT step_no FROM ruling WHERE session_no = $1)",
        0},
    {"UPDATE step SET why = '', undone_by = CASE WHEN undone_by = 0 THEN -1"
     " ELSE undone_by END WHERE step_no IN (SELECT x.step_no FROM step_quarantine x"
     " JOIN quarantine q ON q.number = x.number WHERE q.session_no = $1)",
        0},
    {"DELETE FROM step_quarantine WHERE number IN"
     " (SELECT number FROM quarantine WHERE session_no = $1)",
        0},
    {"UPDATE quarantine SET details = NULL, why = '' WHERE session_no = $1", 0},
    {"DELETE FROM step_registration WHERE session_no = $1", 0},
    {"DELETE FROM told WHERE session_no = $1", 0},
    {"DELETE FROM ticket WHERE session_no = $1",
        offsetof(struct bw_purged_session, tickets)},
    {"UPDATE event_details SET bytes = NULL WHERE session_no = $1 AND bytes IS NOT NULL",
        offsetof(struct bw_purged_session, details)},
    {"UPDATE quarantine SET details = NULL, why = '' WHERE session_no = $1", 0},
};

_Static_assert(BW_CONFIRMED == 0 && BW_WAITLISTED == 1, "as in the statements");

static enum bw_status
purge_session(
    const struct bw_office *office, struct bw_purged_session *line, struct bw_error *err)
{
    int64_t revision = 0;
    enum bw_status status = bw_central_next_revision(
        office->central, line->session.session_no, &revision, err);
    struct bw_sql_value values[] = {
        bw_sql_int(line->session.session_no),
        bw_sql_int(revision),
        bw_sql_int(bw_office_now_ms(office)),
    };
    for (size_t i = 0; status == BW_OK && i < sizeof steps / sizeof steps[0]; i++) {
        status =
            bw_central_run(office->central, steps[i].sql, values, 3, NULL, NULL, err);
        if (status == BW_OK && steps[i].counted != 0) {
            int64_t changed = bw_central_changed(office->central);
            memcpy((char *)line + steps[i].counted, &changed, sizeof changed);
        }
    }
    return status == BW_OK
               ? bw_central_sealed_purge(office->central, line->session.session_no, err)
               : status;
}

/* Names that somebody had before, and what steps kept of them: of people who are gone,
 * those joined into others among them. */
static const char *const names[] = {
    "DELETE FROM person_alias WHERE person_no IN"
    " (SELECT person_no FROM person WHERE identity IS NULL)",
    "UPDATE step SET undone_by = -1, why = '' WHERE step_no IN (SELECT step_no"
    " FROM step_person WHERE person_no IN"
    " (SELECT person_no FROM person WHERE identity IS NULL))",
    "DELETE FROM step_alias WHERE step_no IN"
    " (SELECT step_no FROM step WHERE undone_by = -1)",
    "DELETE FROM step_person WHERE step_no IN"
    " (SELECT step_no FROM step WHERE undone_by = -1)",
    "DELETE FROM step_registration WHERE step_no IN"
    " (SELECT step_no FROM step WHERE undone_by = -1)",
};

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
    for (size_t i = 0; status == BW_OK && i < sizeof names / sizeof names[0]; i++) {
        status = bw_central_run(office->central, names[i], NULL, 0, NULL, NULL, err);
    }
    return status;
}

static enum bw_status
purge_all(const struct bw_office *office, int64_t before_ms, struct purging *p,
    struct bw_error *err)
{
    struct bw_sql_value before = bw_sql_int(before_ms);
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
