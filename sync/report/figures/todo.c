/* What there is to do at the office: see todo.h. */
#include "report/figures/todo.h"

#include "central/records.h"
#include "report/figures/status_kiosk.h"
#include "report/figures/todo_list.h"

#include <brugwachter/zone.h>
#include <stdio.h>

enum { HOUR_MS = 60 * 60 * 1000, SOON_HOURS = 36, WEEKS_HOURS = 14 * 24, DAY_CHARS = 10 };

/* ---- of sessions to come ---- */

struct gathering_todos {
    struct bw_todos *todos;
    int64_t now_ms;
};

static void
mark_urgent(const struct gathering_todos *g, struct bw_todo *todo)
{
    if (todo != NULL) {
        todo->urgent = todo->at_ms < g->now_ms + (int64_t)SOON_HOURS * HOUR_MS;
    }
}

/* A row begins with the circle's code, when it begins, and its title. */
static struct bw_todo *
add_row(
    const struct gathering_todos *g, enum bw_todo_kind kind, const struct bw_sql_value *c)
{
    struct bw_todo *todo = bw_todo_add(g->todos, kind, c[1].number, c[0].text, c[2].text);
    if (kind != BW_TODO_DOUBT && kind != BW_TODO_NOT_CLOSED) {
        mark_urgent(g, todo);
    }
    return todo;
}

static bool
on_free(const struct bw_sql_value *c, int count, void *context)
{
    const struct gathering_todos *g = context;
    (void)count;
    struct bw_todo *todo = add_row(g, BW_TODO_FREE_PLACE, c);
    if (todo != NULL) {
        todo->count = c[3].number;
        todo->others = c[4].number;
    }
    return !g->todos->no_memory;
}

static bool
on_doubt(const struct bw_sql_value *c, int count, void *context)
{
    const struct gathering_todos *g = context;
    (void)count;
    struct bw_todo *todo = add_row(g, BW_TODO_DOUBT, c);
    if (todo != NULL) {
        todo->count = c[3].number;
    }
    return !g->todos->no_memory;
}

static bool
on_no_kiosk(const struct bw_sql_value *c, int count, void *context)
{
    const struct gathering_todos *g = context;
    (void)count;
    (void)add_row(g, BW_TODO_NO_KIOSK, c);
    return !g->todos->no_memory;
}

/* Of a circle soon, silent or not yet. */
static bool
on_kiosk(const struct bw_sql_value *c, int count, void *context)
{
    const struct gathering_todos *g = context;
    (void)count;
    struct bw_todo *todo = add_row(g, BW_TODO_KIOSK_SILENT, c);
    if (todo != NULL) {
        todo->device = (uint32_t)c[3].number;
        todo->heard_ms = c[5].number;
        todo->others = todo->heard_ms != 0;
        bw_text_copy(todo->name, sizeof todo->name, c[4].text);
    }
    return !g->todos->no_memory;
}

static bool
on_not_closed(const struct bw_sql_value *c, int count, void *context)
{
    const struct gathering_todos *g = context;
    (void)count;
    (void)add_row(g, BW_TODO_NOT_CLOSED, c);
    return !g->todos->no_memory;
}

/* $1 now, $2 the moment that the statement looks ahead to. */
#define COUNTED(what)                                                                    \
    "(SELECT count(*) FROM registration r WHERE r.session_no = s.session_no AND " what ")"
#define PLACED COUNTED("r.status = 0")
#define WAITS COUNTED("r.status = 1 AND r.doubt = 0")
#define DOUBTED COUNTED("r.status = 1 AND r.doubt <> 0")
#define STANDS "s.closed_ms = 0 AND s.called_off_ms = 0"
#define OF_KIOSKS                                                                        \
    "FROM device_session x JOIN device d ON d.device = x.device AND d.state IN (0, 1)"   \
    " WHERE x.session_no = s.session_no AND x.rank >= 0"

static const struct {
    const char *sql;
    bw_sql_row *row;
    int hours_ahead; /* $2: so far from now */
} readings[] = {
    {"SELECT code, starts_ms, title, CASE WHEN room < waits THEN room ELSE waits END,"
     " waits FROM (SELECT s.code, s.starts_ms, s.title, s.capacity - " PLACED
     " AS room, " WAITS " AS waits FROM session s WHERE " STANDS
     " AND s.ends_ms > $1) AS t"
     " WHERE room > 0 AND waits > 0 ORDER BY starts_ms, code",
        on_free, 0},
    {"SELECT s.code, s.starts_ms, s.title, " DOUBTED " FROM session s"
     " WHERE CAST($1 AS BIGINT) > 0 AND " DOUBTED " > 0 ORDER BY s.starts_ms, s.code",
        on_doubt, 0},
    {"SELECT s.code, s.starts_ms, s.title FROM session s WHERE " STANDS
     " AND s.ends_ms > $1 AND s.starts_ms < $2 AND NOT EXISTS (SELECT 1 " OF_KIOSKS
     ") ORDER BY s.starts_ms, s.code",
        on_no_kiosk, WEEKS_HOURS},
    {"SELECT s.code, s.starts_ms, s.title, d.device, d.name,"
     " coalesce(d.last_contact_ms, 0)"
     " FROM session s JOIN device_session x ON x.session_no = s.session_no"
     " AND x.rank >= 0 JOIN device d ON d.device = x.device AND d.state IN (0, 1)"
     " WHERE " STANDS " AND s.ends_ms > $1 AND s.starts_ms < $2"
     " AND NOT EXISTS (SELECT 1 FROM device n"
     " WHERE n.replaces = d.device AND n.state = 1) AND NOT " BW_RECORD_SHEET_ENDED
     " ORDER BY s.starts_ms, d.device",
        on_kiosk, SOON_HOURS},
    {"SELECT s.code, s.starts_ms, s.title FROM session s WHERE " STANDS
     " AND s.ends_ms < $1"
     " AND s.session_no NOT IN (SELECT session_no FROM purged_session)"
     " ORDER BY s.starts_ms, s.code",
        on_not_closed, 0},
};

static int
highest_parameter(const char *sql)
{
    int highest = 1;
    for (; *sql != '\0'; sql++) {
        if (sql[0] == '$' && sql[1] - '0' > highest) {
            highest = sql[1] - '0';
        }
    }
    return highest;
}

static enum bw_status
read_sessions(struct bw_central *central, struct gathering_todos *g, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof readings / sizeof readings[0]; i++) {
        struct bw_sql_value values[] = {bw_sql_int(g->now_ms),
            bw_sql_int(g->now_ms + (int64_t)readings[i].hours_ahead * HOUR_MS)};
        status = bw_central_run(central, readings[i].sql, values,
            highest_parameter(readings[i].sql), readings[i].row, g, err);
    }
    return status;
}

/* Of the kiosks that on_kiosk brought, those stay that are silent. */
static enum bw_status
drop_heard(struct bw_central *central, struct gathering_todos *g, struct bw_error *err)
{
    struct bw_todos *todos = g->todos;
    enum bw_status status = BW_OK;
    size_t kept = 0;
    for (size_t i = 0; status == BW_OK && i < todos->count; i++) {
        const struct bw_todo todo = todos->items[i];
        bool stays = true;
        if (todo.kind == BW_TODO_KIOSK_SILENT) {
            status = bw_status_kiosk_silent(
                central, todo.device, todo.heard_ms, g->now_ms, &stays, err);
        }
        if (stays) {
            todos->items[kept++] = todo;
        }
    }
    todos->count = kept;
    return status;
}

/* ---- of what kiosks wrote ---- */

static void
take_session(struct bw_todos *todos, const struct bw_status_session *session)
{
    if (session->conflicts > 0 && session->state != BW_SESSION_CLOSED) {
        (void)bw_todo_add_counted(
            todos, BW_TODO_CONFLICT, session->code, session->conflicts, 0);
    }
}

static void
take_kiosk(struct bw_todos *todos, const struct bw_status_kiosk *kiosk)
{
    const struct bw_device_chain *chain = &kiosk->chain;
    enum bw_todo_chain what = kiosk->undecided        ? BW_TODO_CHAIN_FORKED
                              : chain->broken_at != 0 ? BW_TODO_CHAIN_BROKEN
                                                      : BW_TODO_CHAIN_GAP;
    if (what == BW_TODO_CHAIN_GAP && chain->gaps_count == 0) {
        return;
    }
    struct bw_todo *todo =
        bw_todo_add_counted(todos, BW_TODO_CHAIN, kiosk->session, 0, (int64_t)what);
    if (todo != NULL) {
        todo->device = kiosk->device;
        bw_text_copy(todo->name, sizeof todo->name, kiosk->name);
    }
}

static void
take_pending(struct bw_todos *todos, const struct bw_pending *pending)
{
    int64_t events = 0;
    for (size_t i = 0; i < pending->events_count; i++) {
        events += pending->events[i].count;
    }
    if (events > 0) {
        (void)bw_todo_add_counted(todos, BW_TODO_QUARANTINE, "", events, 0);
    }
    for (size_t i = 0; i < pending->introductions_count; i++) {
        struct bw_todo *todo = bw_todo_add(todos, BW_TODO_INTRODUCTION, 0, "", "");
        if (todo != NULL) {
            todo->device = pending->introductions[i].device;
        }
    }
}

static enum bw_status
read_figures(struct bw_central *central, struct gathering_todos *g, struct bw_error *err)
{
    struct bw_status_figures figures = {.sessions = NULL};
    enum bw_status status =
        bw_status_read(central, BW_WORDING_DUTCH, g->now_ms, &figures, err);
    for (size_t i = 0; status == BW_OK && i < figures.sessions_count; i++) {
        take_session(g->todos, &figures.sessions[i]);
    }
    for (size_t i = 0; status == BW_OK && i < figures.kiosks_count; i++) {
        take_kiosk(g->todos, &figures.kiosks[i]);
    }
    if (status == BW_OK) {
        take_pending(g->todos, &figures.pending);
    }
    bw_status_finish(&figures);
    return status;
}

static enum bw_status
read_several(struct bw_central *central, struct gathering_todos *g, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(g->now_ms);
    int64_t people = 0, wanted = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM (SELECT r.person_no FROM registration r"
        " JOIN session s ON s.session_no = r.session_no AND " STANDS
        " WHERE r.status = 0 AND s.ends_ms > $1 GROUP BY r.person_no, s.series"
        " HAVING count(*) > 1) AS t",
        &value, 1, 0, &people, err);
    if (status == BW_OK && people > 0) {
        status = bw_central_number(central,
            "SELECT count(*) FROM session s WHERE " STANDS
            " AND s.ends_ms > $1 AND " WAITS
            " > 0 AND EXISTS (SELECT 1 FROM registration p JOIN registration q"
            " ON q.person_no = p.person_no AND q.session_no <> p.session_no"
            " JOIN session t ON t.session_no = q.session_no AND t.series = s.series"
            " WHERE p.session_no = s.session_no AND p.status = 0 AND q.status = 0"
            " AND t.closed_ms = 0 AND t.called_off_ms = 0 AND t.ends_ms > $1)",
            &value, 1, 0, &wanted, err);
    }
    if (status == BW_OK && people > 0) {
        (void)bw_todo_add_counted(g->todos, BW_TODO_SEVERAL, "", people, wanted);
    }
    return status;
}

/* Midnight of the day that many days ago, as purge reads it. */
static enum bw_status
day_before(int64_t now_ms, int64_t days, char ret_day[BW_ISO_BYTES],
    int64_t *ret_midnight_ms, struct bw_error *err)
{
    struct bw_zone *zone = NULL;
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &zone, err);
    if (status != BW_OK) {
        return status;
    }
    bw_zone_format_iso(zone, now_ms - days * 24 * HOUR_MS, ret_day);
    (void)snprintf(
        ret_day + DAY_CHARS, (size_t)BW_ISO_BYTES - DAY_CHARS, "%s", "T00:00:00");
    status = bw_zone_parse_iso(zone, ret_day, ret_midnight_ms, err);
    ret_day[DAY_CHARS] = '\0';
    bw_zone_close(zone);
    return status;
}

static enum bw_status
read_kept(struct bw_central *central, struct gathering_todos *g, int64_t days,
    struct bw_error *err)
{
    char day[BW_ISO_BYTES];
    int64_t before_ms = 0, sessions = 0;
    enum bw_status status = day_before(g->now_ms, days, day, &before_ms, err);
    struct bw_sql_value value = bw_sql_int(before_ms);
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT count(*) FROM session s WHERE s.ends_ms < $1"
            " AND s.session_no NOT IN (SELECT session_no FROM purged_session)"
            " AND EXISTS (SELECT 1 FROM registration r"
            " WHERE r.session_no = s.session_no)",
            &value, 1, 0, &sessions, err);
    }
    struct bw_todo *todo =
        status == BW_OK && sessions > 0
            ? bw_todo_add_counted(g->todos, BW_TODO_PURGE, "", sessions, days)
            : NULL;
    if (todo != NULL) {
        bw_text_copy(todo->day, sizeof todo->day, day);
    }
    return status;
}

struct backup_age {
    int64_t made_ms, begun_ms;
};

static bool
on_backup(const struct bw_sql_value *c, int count, void *context)
{
    struct backup_age *age = context;
    (void)count;
    age->made_ms = c[0].number;
    age->begun_ms = c[1].number;
    return false;
}

/* Only where something would be lost: a step of the office, or what kiosks sent. */
static enum bw_status
read_backup(struct bw_central *central, struct gathering_todos *g, int64_t days,
    struct bw_error *err)
{
    struct backup_age age = {.made_ms = 0};
    char day[BW_ISO_BYTES];
    int64_t midnight_ms = 0;
    int64_t steps = 0, events = 0;
    enum bw_status status = bw_central_run(central,
        "SELECT backed_up_ms, created_ms FROM central WHERE one = 1", NULL, 0, on_backup,
        &age, err);
    struct bw_sql_value value = bw_sql_int(age.made_ms);
    if (status == BW_OK) {
        status = bw_central_number(central, "SELECT count(*) FROM step WHERE at_ms >= $1",
            &value, 1, 0, &steps, err);
    }
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT count(*) FROM event WHERE received_ms >= $1", &value, 1, 0, &events,
            err);
    }
    int64_t since_ms = age.made_ms > 0 ? age.made_ms : age.begun_ms;
    int64_t old_days = (g->now_ms - since_ms) / (24 * (int64_t)HOUR_MS);
    if (status != BW_OK || days == 0 || steps + events == 0 || old_days < days) {
        return status;
    }
    struct bw_todo *todo =
        bw_todo_add_counted(g->todos, BW_TODO_BACKUP, "", old_days, age.made_ms == 0);
    status = day_before(g->now_ms, 0, day, &midnight_ms, err);
    if (status == BW_OK && todo != NULL) {
        bw_text_copy(todo->day, sizeof todo->day, day);
    }
    return status;
}

/* ---- all of it ---- */

enum bw_status
bw_todos_read(struct bw_central *central, int64_t now_ms, const struct bw_todo_days *days,
    struct bw_todos *inout_todos, struct bw_error *err)
{
    struct gathering_todos g = {inout_todos, now_ms};
    for (size_t i = 0; i < inout_todos->count; i++) { /* that were brought */
        if (inout_todos->items[i].kind != BW_TODO_CERTIFICATE) {
            mark_urgent(&g, &inout_todos->items[i]);
        }
    }
    enum bw_status status = read_sessions(central, &g, err);
    if (status == BW_OK) {
        status = drop_heard(central, &g, err);
    }
    if (status == BW_OK) {
        status = read_figures(central, &g, err);
    }
    if (status == BW_OK) {
        status = read_several(central, &g, err);
    }
    if (status == BW_OK) {
        status = read_backup(central, &g, days->backup, err);
    }
    if (status == BW_OK) {
        status = read_kept(central, &g, days->retention, err);
    }
    if (status == BW_OK && inout_todos->no_memory) {
        status = bw_error_set(
            err, BW_NO_MEMORY, 0, "looking for what there is to do: no memory");
    }
    if (status == BW_OK) {
        bw_todos_sort(inout_todos);
    }
    return status;
}
