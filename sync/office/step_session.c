/* Sessions and the agenda in a step: see step_session.h. */
#include "office/step_session.h"

#include "central/records.h"
#include "central/sealed.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define WORDS                                                                            \
    "code, series, title, kind, region, venue, address, timezone, go_to, desk,"          \
    " audience, starts_ms, ends_ms, opens_ms, capacity, doors_minutes, release_minutes," \
    " extra_places, tolerance_minutes, called_off_ms, closed_ms, route,"                 \
    " venue_phone"
#define NO_WORDS                                                                         \
    "'', '', '', '', '', '', '', '', '', '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', ''"

enum bw_status
bw_step_keep_session(
    struct bw_central *central, uint32_t session_no, struct bw_error *err)
{
    static const char *const sql[] = {
        "INSERT INTO step_session (step_no, session_no, fresh, " WORDS ")"
        " SELECT CAST($1 AS BIGINT), session_no, 0, " WORDS " FROM session"
        " WHERE session_no = $2 ON CONFLICT DO NOTHING",
        "INSERT INTO step_session (step_no, session_no, fresh, " WORDS ")"
        " VALUES ($1, $2, 1, " NO_WORDS ") ON CONFLICT DO NOTHING"};
    struct bw_sql_value values[] = {
        bw_sql_int(bw_central_step(central)), bw_sql_int(session_no)};
    assert(bw_central_in_transaction(central)); /* ST1 */
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof sql / sizeof sql[0]; i++) {
        status = bw_central_run(central, sql[i], values, 2, NULL, NULL, err);
    }
    return status;
}

enum bw_status
bw_step_keep_made_sessions(
    struct bw_central *central, int64_t first_no, int64_t last_no, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(bw_central_step(central)), bw_sql_int(first_no), bw_sql_int(last_no)};
    assert(bw_central_in_transaction(central)); /* ST1 */
    return bw_central_run(central,
        "INSERT INTO step_session (step_no, session_no, fresh, " WORDS ")"
        " SELECT CAST($1 AS BIGINT), session_no, 1, " NO_WORDS " FROM session"
        " WHERE session_no BETWEEN $2 AND $3",
        values, 3, NULL, NULL, err);
}

enum bw_status
bw_step_keep_agenda(struct bw_central *central, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(bw_central_step(central));
    assert(bw_central_in_transaction(central)); /* ST1 */
    return bw_central_run(central,
        "INSERT INTO step_agenda (step_no, item_no, kind, title, starts_ms, ends_ms,"
        " audience, url) SELECT CAST($1 AS BIGINT), item_no, kind, title,"
        " starts_ms, ends_ms, audience, url FROM agenda_item",
        &value, 1, NULL, NULL, err);
}

enum bw_status
bw_step_session_changed(
    struct bw_central *central, uint32_t session_no, struct bw_error *err)
{
    int64_t revision = 0;
    enum bw_status status = bw_central_next_revision(central, session_no, &revision, err);
    struct bw_sql_value values[] = {bw_sql_int(session_no), bw_sql_int(revision)};
    if (status == BW_OK) {
        status = bw_central_run(central,
            "UPDATE registration SET revision = $2 WHERE session_no = $1", values, 2,
            NULL, NULL, err);
    }
    return status == BW_OK ? bw_central_sealed_session(central, session_no, err) : status;
}

struct closed_session {
    bool closed;
    char code[BW_LABEL_BYTES];
};

static bool
on_closed(const struct bw_sql_value *c, int count, void *context)
{
    struct closed_session *found = context;
    (void)count;
    found->closed = true;
    bw_text_copy(found->code, sizeof found->code, c[0].text);
    return false;
}

/* BW_REFUSED for the session that `sql` gives, if any. */
static enum bw_status
refuse_closed(
    struct bw_central *central, const char *sql, int64_t number, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(number);
    struct closed_session found = {.closed = false};
    enum bw_status status =
        bw_central_run(central, sql, &value, 1, on_closed, &found, err);
    return status == BW_OK && found.closed
               ? bw_error_set(err, BW_REFUSED, 0,
                     "changing %s: its figures are fixed; session reopen %s --why \"…\" "
                     "opens it for changes",
                     found.code, found.code)
               : status;
}

enum bw_status
bw_step_check_open(struct bw_central *central, uint32_t session_no, struct bw_error *err)
{
    return refuse_closed(central,
        "SELECT code FROM session WHERE session_no = $1 AND closed_ms <> 0", session_no,
        err);
}

/* ---- taking back ---- */

static enum bw_status
refuse(int64_t step_no, const char *why, struct bw_error *err)
{
    return bw_error_set(
        err, BW_REFUSED, 0, "taking back step %" PRId64 ": %s", step_no, why);
}

static const struct {
    const char *sql; /* $1 the step; counts what is in the way */
    const char *why;
} checks[] = {
    {"SELECT count(*) FROM step_session x WHERE x.step_no = $1 AND x.fresh = 1 AND"
     " (EXISTS (SELECT 1 FROM registration r WHERE r.session_no = x.session_no)"
     " OR EXISTS (SELECT 1 FROM device_session d WHERE d.session_no = x.session_no)"
     " OR EXISTS (SELECT 1 FROM event e WHERE e.session_no = x.session_no))",
        BW_SAYS("a session that it brought has people or a "
                "kiosk by now; session cancel calls one off")},
    {"SELECT count(*) FROM step_session x JOIN purged_session p"
     " ON p.session_no = x.session_no WHERE x.step_no = $1",
        BW_SAYS("the people of its session were purged")},
    {"SELECT count(*) FROM step s JOIN step t ON t.step_no > s.step_no"
     " AND t.what = 'import agenda' AND t.undone_by = 0 WHERE s.step_no = $1"
     " AND (s.what = 'import agenda' OR EXISTS"
     " (SELECT 1 FROM step_agenda x WHERE x.step_no = s.step_no))",
        BW_SAYS("a later agenda stands; take that back first (log)")},
};

enum bw_status
bw_step_session_check(struct bw_central *central, int64_t step_no, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(step_no);
    int64_t later = 0;
    char why[100];
    enum bw_status status = bw_central_number(central,
        "SELECT coalesce(min(t.step_no), 0) FROM step_session x"
        " JOIN step_session y ON y.session_no = x.session_no AND y.step_no > x.step_no"
        " JOIN step t ON t.step_no = y.step_no WHERE x.step_no = $1"
        " AND t.undone_by = 0 AND t.undoes <= x.step_no",
        &value, 1, 0, &later, err);
    if (status == BW_OK && later != 0) {
        (void)snprintf(why, sizeof why,
            bw_said("step %" PRId64 " was built on it; take that back first (log)"),
            later);
        return refuse(step_no, why, err);
    }
    for (size_t i = 0; status == BW_OK && i < sizeof checks / sizeof checks[0]; i++) {
        int64_t found = 0;
        status = bw_central_number(central, checks[i].sql, &value, 1, 0, &found, err);
        if (status == BW_OK && found > 0) {
            return refuse(step_no, bw_said(bw_said(checks[i].why)), err);
        }
    }
    return status != BW_OK
               ? status
               : refuse_closed(central,
                     "SELECT s.code FROM session s WHERE s.closed_ms <> 0"
                     " AND s.session_no IN (SELECT session_no FROM step_registration"
                     " WHERE step_no = $1 UNION SELECT session_no FROM ruling"
                     " WHERE step_no = $1 UNION SELECT q.session_no FROM quarantine q"
                     " JOIN step_quarantine x ON x.number = q.number"
                     " WHERE x.step_no = $1) ORDER BY s.session_no",
                     step_no, err);
}

/* $1 the step that is taken back, $2 the one that does. */
static const char *const keeping[] = {
    "INSERT INTO step_session (step_no, session_no, fresh, " WORDS ")"
    " SELECT CAST($2 AS BIGINT), session_no, 0, " WORDS " FROM session"
    " WHERE session_no IN (SELECT session_no FROM step_session WHERE step_no = $1)",
    "INSERT INTO step_session (step_no, session_no, fresh, " WORDS ")"
    " SELECT CAST($2 AS BIGINT), x.session_no, 1, " NO_WORDS " FROM step_session x"
    " WHERE x.step_no = $1"
    " AND NOT EXISTS (SELECT 1 FROM session s WHERE s.session_no = x.session_no)",
    /* who was away comes back, and all are as they were */
    "INSERT INTO series (code, title, own_region_first) SELECT DISTINCT x.series,"
    " x.series, 0 FROM step_session x WHERE x.step_no = $1 AND x.fresh = 0"
    " AND CAST($2 AS BIGINT) > 0 ON CONFLICT DO NOTHING",
    ("INSERT INTO session (session_no, revision, " WORDS ") SELECT session_no, 0, " WORDS
     " FROM step_session x WHERE x.step_no = $1 AND x.fresh = 0"
     " AND CAST($2 AS BIGINT) > 0"
     " AND NOT EXISTS (SELECT 1 FROM session s WHERE s.session_no = x.session_no)"),
    "UPDATE session SET code = x.code, series = x.series, title = x.title,"
    " kind = x.kind, region = x.region, venue = x.venue, address = x.address,"
    " timezone = x.timezone, go_to = x.go_to, desk = x.desk, audience = x.audience,"
    " starts_ms = x.starts_ms, ends_ms = x.ends_ms, opens_ms = x.opens_ms,"
    " capacity = x.capacity, doors_minutes = x.doors_minutes,"
    " release_minutes = x.release_minutes, extra_places = x.extra_places,"
    " tolerance_minutes = x.tolerance_minutes, called_off_ms = x.called_off_ms,"
    " closed_ms = x.closed_ms, route = x.route, venue_phone = x.venue_phone"
    " FROM step_session x WHERE x.step_no = $1 AND x.fresh = 0"
    " AND session.session_no = x.session_no AND CAST($2 AS BIGINT) > 0",
    "DELETE FROM session WHERE session_no IN (SELECT session_no FROM step_session"
    " WHERE step_no = $1 AND fresh = 1) AND CAST($2 AS BIGINT) > 0",
};

static const char *const agenda[] = {
    "INSERT INTO step_agenda (step_no, item_no, kind, title, starts_ms, ends_ms,"
    " audience, url) SELECT CAST($2 AS BIGINT), item_no, kind, title, starts_ms, ends_ms,"
    " audience, url FROM agenda_item WHERE CAST($1 AS BIGINT) > 0",
    "DELETE FROM agenda_item WHERE CAST($1 AS BIGINT) > 0 AND CAST($2 AS BIGINT) > 0",
    "INSERT INTO agenda_item (item_no, kind, title, starts_ms, ends_ms, audience, url,"
    " revision) SELECT item_no, kind, title, starts_ms, ends_ms, audience, url, 0"
    " FROM step_agenda WHERE step_no = $1 AND CAST($2 AS BIGINT) > 0",
};

static enum bw_status
run_each(struct bw_central *central, const char *const *sql, size_t count,
    int64_t step_no, int64_t own_no, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(step_no), bw_sql_int(own_no)};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = bw_central_run(central, sql[i], values, 2, NULL, NULL, err);
    }
    return status;
}

struct series_before {
    char code[BW_LABEL_BYTES];
};

static bool
on_series(const struct bw_sql_value *c, int count, void *context)
{
    struct series_before *before = context;
    (void)count;
    bw_text_copy(before->code, sizeof before->code, c[0].text);
    return false;
}

/* Kiosks hear of a session that is another one now. */
static enum bw_status
tell_kiosks(
    struct bw_central *central, uint32_t session_no, int64_t own_no, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(session_no), bw_sql_int(own_no)};
    struct series_before before = {.code = ""};
    enum bw_status status = bw_step_session_changed(central, session_no, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT x.series FROM step_session x JOIN session s"
            " ON s.session_no = x.session_no AND s.series <> x.series"
            " WHERE x.session_no = $1 AND x.step_no = $2 AND x.fresh = 0",
            values, 2, on_series, &before, err);
    }
    return status == BW_OK && before.code[0] != '\0'
               ? bw_central_sealed_move(central, session_no, before.code, err)
               : status;
}

enum bw_status
bw_step_session_put_back(
    struct bw_central *central, int64_t step_no, int64_t own_no, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(step_no);
    int64_t items = 0;
    int64_t *numbers = NULL;
    size_t count = 0;
    enum bw_status status = run_each(
        central, keeping, sizeof keeping / sizeof keeping[0], step_no, own_no, err);
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT count(*) FROM step s WHERE s.step_no = $1"
            " AND (s.what = 'import agenda' OR EXISTS"
            " (SELECT 1 FROM step_agenda x WHERE x.step_no = s.step_no))",
            &value, 1, 0, &items, err);
    }
    if (status == BW_OK && items > 0) {
        status = run_each(
            central, agenda, sizeof agenda / sizeof agenda[0], step_no, own_no, err);
    }
    if (status == BW_OK) {
        status = bw_record_numbers(central,
            "SELECT x.session_no FROM step_session x JOIN session s"
            " ON s.session_no = x.session_no WHERE x.step_no = $1 ORDER BY x.session_no",
            &value, 1, &numbers, &count, err);
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = tell_kiosks(central, (uint32_t)numbers[i], own_no, err);
    }
    free(numbers);
    return status;
}
