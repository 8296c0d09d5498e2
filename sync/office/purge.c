/* `purge --before DATE`: of sessions that ended before, everything that tells who
 * somebody is goes; the counts stay.
 *
 * What goes: names, schools, roles, tables and reasons of the registrations, mail
 * addresses of people who have no registration elsewhere, tickets, the details of events.
 * What stays: codes, statuses, regions and events, which are nobody's any more; so
 * reports of a series count as before, and chains still hold. */
#include "office/office.h"
#include "central/records.h"
#include "cli/answer.h"
#include "central/base/array.h"
#include "cli/commands.h"

#include <brugwachter/zone.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct purged {
    struct bw_session session;
    int64_t registrations, tickets, details;
};

struct purge {
    int64_t before_ms;
    struct purged *sessions;
    size_t count, room;
    int64_t people;
    bool no_memory;
};

static bool
on_session(const struct bw_sql_value *columns, int count, void *context)
{
    struct purge *purge = context;
    (void)count;
    struct purged *line =
        bw_array_more(&purge->sessions, &purge->count, &purge->room, sizeof *line);
    purge->no_memory = line == NULL;
    if (line != NULL) {
        bw_session_of_row(columns, &line->session);
    }
    return line != NULL;
}

/* $1 session, $2 revision, $3 now. The order matters: counts are taken before. */
static const struct {
    const char *sql;
    size_t counted; /* offset in struct purged of what it changed; 0: not counted */
} steps[] = {
    {"INSERT INTO purged_session (session_no, purged_ms, registered, confirmed, "
     "waitlisted)"
     " SELECT CAST($1 AS BIGINT), CAST($3 AS BIGINT),"
     " (SELECT count(*) FROM registration WHERE session_no = $1 AND status IN (0, 1)),"
     " (SELECT count(*) FROM registration WHERE session_no = $1 AND status = 0),"
     " (SELECT count(*) FROM registration WHERE session_no = $1 AND status = 1)",
        0},
    {"UPDATE registration SET first_name = '', name = '', school = '', role = '',"
     " table_name = '', why = '', revision = $2 WHERE session_no = $1",
        offsetof(struct purged, registrations)},
    {"DELETE FROM ticket WHERE session_no = $1", offsetof(struct purged, tickets)},
    {"UPDATE event_details SET bytes = NULL WHERE session_no = $1 AND bytes IS NOT NULL",
        offsetof(struct purged, details)},
};

_Static_assert(BW_CONFIRMED == 0 && BW_WAITLISTED == 1, "as in the statements");

static enum bw_status
purge_session(struct bw_call *call, struct purged *line, struct bw_error *err)
{
    int64_t revision = 0;
    enum bw_status status =
        bw_central_next_revision(call->central, line->session.session_no, &revision, err);
    struct bw_sql_value values[] = {
        bw_sql_int(line->session.session_no),
        bw_sql_int(revision),
        bw_sql_int(bw_call_now_ms(call)),
    };
    for (size_t i = 0; status == BW_OK && i < sizeof steps / sizeof steps[0]; i++) {
        status = bw_central_run(call->central, steps[i].sql, values, 3, NULL, NULL, err);
        if (status == BW_OK && steps[i].counted != 0) {
            int64_t changed = bw_central_changed(call->central);
            memcpy((char *)line + steps[i].counted, &changed, sizeof changed);
        }
    }
    return status;
}

static enum bw_status
purge_people(struct bw_call *call, struct purge *purge, struct bw_error *err)
{
    enum bw_status status = bw_central_run(call->central,
        "UPDATE person SET identity = NULL, mail = '', mail_fold = ''"
        " WHERE identity IS NOT NULL AND NOT EXISTS (SELECT 1 FROM registration r"
        " WHERE r.person_no = person.person_no AND r.session_no NOT IN"
        " (SELECT session_no FROM purged_session))",
        NULL, 0, NULL, NULL, err);
    purge->people = bw_central_changed(call->central);
    return status;
}

static enum bw_status
purge_all(struct bw_call *call, struct purge *purge, struct bw_error *err)
{
    struct bw_sql_value before = bw_sql_int(purge->before_ms);
    enum bw_status status = bw_central_begin(call->central, err);
    if (status == BW_OK) {
        status = bw_central_run(call->central,
            "SELECT " BW_SESSION_COLUMNS " FROM " BW_SESSION_TABLES
            " WHERE s.ends_ms < $1 AND s.session_no NOT IN"
            " (SELECT session_no FROM purged_session) ORDER BY s.starts_ms, s.code",
            &before, 1, on_session, purge, err);
    }
    if (status == BW_OK && purge->no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "purging %s: no memory",
            bw_central_name(call->central));
    }
    for (size_t i = 0; status == BW_OK && i < purge->count; i++) {
        status = purge_session(call, &purge->sessions[i], err);
    }
    if (status == BW_OK) {
        status = purge_people(call, purge, err);
    }
    if (status == BW_OK && purge->count > 0) {
        status = bw_central_commit(call->central, err);
    }
    bw_central_rollback(call->central);
    return status;
}

/* A date, or a whole time; never one to come, which would empty a roster that is needed.
 */
static enum bw_exit
read_before(const struct bw_call *call, int64_t *ret_before_ms, struct bw_error *err)
{
    const char *text = bw_call_value(call, BW_OPTION_BEFORE);
    char time[BW_ISO_BYTES];
    (void)snprintf(
        time, sizeof time, "%s%s", text, strlen(text) == 10 ? "T00:00:00" : "");
    struct bw_zone *zone = NULL;
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &zone, err);
    if (status != BW_OK) {
        return BW_EXIT_FAILED;
    }
    int64_t before_ms = 0;
    status = bw_zone_parse_iso(zone, time, &before_ms, err);
    bw_zone_close(zone);
    if (status != BW_OK) {
        return bw_call_usage(err, "--before takes a date (2025-09-01), not \"%s\"", text);
    }
    if (before_ms > bw_call_now_ms(call)) {
        return bw_call_usage(
            err, "--before %s is still to come; give a date that is past", text);
    }
    *ret_before_ms = before_ms;
    return BW_EXIT_DONE;
}

static json_t *
to_json(const struct purge *purge)
{
    json_t *list = json_array();
    for (size_t i = 0; i < purge->count; i++) {
        const struct purged *line = &purge->sessions[i];
        (void)json_array_append_new(
            list, json_pack("{s:s, s:I, s:I, s:I}", "code", line->session.code,
                      "registrations", (json_int_t)line->registrations, "tickets",
                      (json_int_t)line->tickets, "details", (json_int_t)line->details));
    }
    return json_pack("{s:o, s:I}", "sessions", list, "people", (json_int_t)purge->people);
}

static void
print(const struct bw_call *call, const struct purge *purge)
{
    for (size_t i = 0; i < purge->count; i++) {
        const struct purged *line = &purge->sessions[i];
        fprintf(call->out,
            "%s: names, schools and roles of %" PRId64 " registrations, %" PRId64
            " tickets and the details of %" PRId64 " events are gone; its counts stay.\n",
            line->session.code, line->registrations, line->tickets, line->details);
    }
    if (purge->count == 0) {
        fputs(
            "Nothing to purge: no session ended before that date, or all were purged.\n",
            call->out);
        return;
    }
    fprintf(call->out,
        "%" PRId64 " people are forgotten, mail addresses included. Copies of "
        "the files that were imported or written are yours to delete.\n",
        purge->people);
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct purge purge = {.sessions = NULL};
    enum bw_exit result = read_before(call, &purge.before_ms, err);
    if (result != BW_EXIT_DONE) {
        return result;
    }
    enum bw_status status = purge_all(call, &purge, err);
    struct bw_error swept = {.text = ""};
    if (status == BW_OK && bw_central_sweep(call->central, &swept) != BW_OK) {
        (void)bw_error_set(err, swept.status, 0, "%s", swept.text);
        result = BW_EXIT_LOOK; /* it is purged; old pages stay readable for a while */
    }
    if (status == BW_OK && call->json) {
        status = bw_answer_json(call, to_json(&purge), err);
    } else if (status == BW_OK) {
        print(call, &purge);
    }
    free(purge.sessions);
    return status == BW_OK ? result : bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_purge = {
    .name = "purge",
    .operands = "",
    .summary = "personal data of past sessions out; counts stay; prints what went",
    .takes = BW_TAKES(BW_OPTION_BEFORE),
    .requires = BW_TAKES(BW_OPTION_BEFORE),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
