/* What there is to do at the office: see todo.h. */
#include "cli/todo.h"

#include "central/base/array.h"
#include "office/mail/told.h"
#include "report/status_figures.h"

#include <brugwachter/zone.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { HOUR_MS = 60 * 60 * 1000, SOON_HOURS = 36, WEEKS_HOURS = 14 * 24, DAY_CHARS = 10 };

static const char *const names[] = {
    [BW_CLI_TODO_KIOSK_SILENT] = "kiosk_silent",
    [BW_CLI_TODO_CHAIN] = "chain",
    [BW_CLI_TODO_CONFLICT] = "conflict",
    [BW_CLI_TODO_QUARANTINE] = "quarantine",
    [BW_CLI_TODO_INTRODUCTION] = "introduction",
    [BW_CLI_TODO_FREE_PLACE] = "free_place",
    [BW_CLI_TODO_TELL] = "tell",
    [BW_CLI_TODO_DOUBT] = "doubt",
    [BW_CLI_TODO_NO_KIOSK] = "no_kiosk",
    [BW_CLI_TODO_SEVERAL] = "several",
    [BW_CLI_TODO_NOT_CLOSED] = "not_closed",
    [BW_CLI_TODO_PURGE] = "purge",
};

const char *
bw_cli_todo_name(enum bw_cli_todo_kind kind)
{
    return names[kind];
}

/* Adds one with its sentence; its command follows (command_set). */
BW_PRINTF(4, 5)
static struct bw_cli_todo *
add(struct bw_cli_todos *todos, enum bw_cli_todo_kind kind, int64_t at_ms,
    const char *format, ...)
{
    struct bw_cli_todo *todo =
        bw_array_more(&todos->items, &todos->count, &todos->capacity, sizeof *todo);
    va_list args;
    if (todo == NULL) {
        todos->no_memory = true;
        return NULL;
    }
    todo->kind = kind;
    todo->at_ms = at_ms;
    va_start(args, format);
    if (vasprintf(&todo->text, format, args) < 0) {
        todo->text = NULL;
        todos->no_memory = true;
    }
    va_end(args);
    return todo;
}

BW_PRINTF(3, 4)
static void
command_set(struct bw_cli_todos *todos, struct bw_cli_todo *todo, const char *format, ...)
{
    va_list args;
    if (todo == NULL) {
        return;
    }
    va_start(args, format);
    if (vasprintf(&todo->command, format, args) < 0) {
        todo->command = NULL;
        todos->no_memory = true;
    }
    va_end(args);
}

/* ---- of sessions to come ---- */

struct gathering_todos {
    struct bw_cli_todos *todos;
    int64_t now_ms;
};

static void
mark_urgent(const struct gathering_todos *g, struct bw_cli_todo *todo)
{
    if (todo != NULL) {
        todo->urgent = todo->at_ms < g->now_ms + (int64_t)SOON_HOURS * HOUR_MS;
    }
}

static bool
on_free(const struct bw_sql_value *c, int count, void *context)
{
    const struct gathering_todos *g = context;
    (void)count;
    int64_t waiting = c[3].number;
    int64_t free_places = c[2].number;
    struct bw_cli_todo *todo = add(g->todos, BW_CLI_TODO_FREE_PLACE, c[1].number,
        "%s: %" PRId64 " %s vrij, en er %s %" PRId64 ".", c[0].text, free_places,
        free_places == 1 ? "plek is" : "plekken zijn", waiting == 1 ? "wacht" : "wachten",
        waiting);
    command_set(g->todos, todo, "promote --session %s", c[0].text);
    mark_urgent(g, todo);
    return !g->todos->no_memory;
}

/* Who was last told another thing than is true now: office/mail/told.h. */
static void
take_told(const struct gathering_todos *g, const struct bw_told_list *list)
{
    for (size_t i = 0, n = 1; i < list->count; i += n) {
        const struct bw_session *session = list->due[i].session;
        bool off = list->due[i].called_off;
        for (n = 1; i + n < list->count && list->due[i + n].session == session; n++) {
            off = off || list->due[i + n].called_off;
        }
        struct bw_cli_todo *todo = add(g->todos, BW_CLI_TODO_TELL, session->starts_ms,
            "%s: %zu %s nog te horen %s.", session->code, n,
            n == 1 ? "mens krijgt" : "mensen krijgen",
            off ? "dat het niet doorgaat" : "hoe het nu is");
        command_set(g->todos, todo, "mail --session %s --check", session->code);
        mark_urgent(g, todo);
    }
}

static enum bw_status
read_told(
    const struct bw_office *office, const struct gathering_todos *g, struct bw_error *err)
{
    struct bw_told_list list = {.due = NULL};
    enum bw_status status = bw_told_read(office, NULL, NULL, &list, err);
    if (status == BW_OK) {
        take_told(g, &list);
    }
    bw_told_list_finish(&list);
    return status;
}

static bool
on_doubt(const struct bw_sql_value *c, int count, void *context)
{
    const struct gathering_todos *g = context;
    (void)count;
    struct bw_cli_todo *todo = add(g->todos, BW_CLI_TODO_DOUBT, c[1].number,
        "%s: %" PRId64 " %s op een antwoord, en %s zo lang geen plek.", c[0].text,
        c[2].number, c[2].number == 1 ? "aanmelding wacht" : "aanmeldingen wachten",
        c[2].number == 1 ? "krijgt" : "krijgen");
    command_set(g->todos, todo, "doubts");
    return !g->todos->no_memory;
}

static bool
on_no_kiosk(const struct bw_sql_value *c, int count, void *context)
{
    const struct gathering_todos *g = context;
    (void)count;
    struct bw_cli_todo *todo = add(g->todos, BW_CLI_TODO_NO_KIOSK, c[1].number,
        "%s (%s) heeft nog geen zuil.", c[0].text, c[2].text);
    command_set(g->todos, todo,
        "enrol --session %s --name \"Zuil bij de ingang\" --pin-file pin.txt --out .",
        c[0].text);
    mark_urgent(g, todo);
    return !g->todos->no_memory;
}

static bool
on_silent(const struct bw_sql_value *c, int count, void *context)
{
    const struct gathering_todos *g = context;
    (void)count;
    struct bw_cli_todo *todo = add(g->todos, BW_CLI_TODO_KIOSK_SILENT, c[1].number,
        "%s: van zuil %" PRId64 " (%s) is %s niets gehoord.", c[0].text, c[2].number,
        c[3].text, c[4].number == 0 ? "nog" : "een dag lang");
    command_set(g->todos, todo, "kiosks");
    mark_urgent(g, todo);
    return !g->todos->no_memory;
}

static bool
on_not_closed(const struct bw_sql_value *c, int count, void *context)
{
    const struct gathering_todos *g = context;
    (void)count;
    struct bw_cli_todo *todo = add(g->todos, BW_CLI_TODO_NOT_CLOSED, c[1].number,
        "%s is geweest en nog niet afgesloten.", c[0].text);
    command_set(g->todos, todo, "session close %s", c[0].text);
    return !g->todos->no_memory;
}

/* $1 now, $2 and $3 moments that the statement speaks of. */
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
    int hours_from, hours_to; /* $2, $3: so far from now */
} readings[] = {
    {"SELECT code, starts_ms, CASE WHEN room < waits THEN room ELSE waits END, waits"
     " FROM (SELECT s.code, s.starts_ms, s.capacity - " PLACED " AS room, " WAITS
     " AS waits FROM session s WHERE " STANDS " AND s.ends_ms > $1) AS t"
     " WHERE room > 0 AND waits > 0 ORDER BY starts_ms, code",
        on_free, 0, 0},
    {"SELECT s.code, s.starts_ms, " DOUBTED " FROM session s"
     " WHERE CAST($1 AS BIGINT) > 0 AND " DOUBTED " > 0 ORDER BY s.starts_ms, s.code",
        on_doubt, 0, 0},
    {"SELECT s.code, s.starts_ms, s.title FROM session s WHERE " STANDS
     " AND s.ends_ms > $1 AND s.starts_ms < $3 AND CAST($2 AS BIGINT) > 0"
     " AND NOT EXISTS (SELECT 1 " OF_KIOSKS ") ORDER BY s.starts_ms, s.code",
        on_no_kiosk, 0, WEEKS_HOURS},
    {"SELECT s.code, s.starts_ms, d.device, d.name, coalesce(d.last_contact_ms, 0)"
     " FROM session s JOIN device_session x ON x.session_no = s.session_no"
     " AND x.rank >= 0 JOIN device d ON d.device = x.device AND d.state IN (0, 1)"
     " WHERE " STANDS " AND s.ends_ms > $1 AND s.starts_ms < $3"
     " AND coalesce(d.last_contact_ms, 0) < $2 AND NOT EXISTS (SELECT 1 FROM device n"
     " WHERE n.replaces = d.device AND n.state = 1) ORDER BY s.starts_ms, d.device",
        on_silent, -24, SOON_HOURS},
    {"SELECT s.code, s.starts_ms FROM session s WHERE " STANDS " AND s.ends_ms < $1"
     " AND s.session_no NOT IN (SELECT session_no FROM purged_session)"
     " ORDER BY s.starts_ms, s.code",
        on_not_closed, 0, 0},
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
            bw_sql_int(g->now_ms + (int64_t)readings[i].hours_from * HOUR_MS),
            bw_sql_int(g->now_ms + (int64_t)readings[i].hours_to * HOUR_MS)};
        status = bw_central_run(central, readings[i].sql, values,
            highest_parameter(readings[i].sql), readings[i].row, g, err);
    }
    return status;
}

/* ---- of what kiosks wrote ---- */

static void
take_session(struct bw_cli_todos *todos, const struct bw_status_session *session)
{
    bool settled = session->state == BW_SESSION_CLOSED;
    if (session->conflicts > 0 && !settled) {
        command_set(todos,
            add(todos, BW_CLI_TODO_CONFLICT, 0, "%s: %d keer uit te zoeken.",
                session->code, session->conflicts),
            "conflicts");
    }
}

static void
take_kiosk(struct bw_cli_todos *todos, const struct bw_status_kiosk *kiosk)
{
    const char *what = kiosk->chain.state == BW_CHAIN_FORKED   ? "is dubbel"
                       : kiosk->chain.state == BW_CHAIN_BROKEN ? "klopt niet"
                                                               : "mist een stuk";
    if (kiosk->chain.state != BW_CHAIN_OK || kiosk->chain.gaps_count > 0) {
        command_set(todos,
            add(todos, BW_CLI_TODO_CHAIN, 0, "Het logboek van zuil %u (%s, %s) %s.",
                kiosk->device, kiosk->name, kiosk->session, what),
            "status");
    }
}

static void
take_pending(struct bw_cli_todos *todos, const struct bw_pending *pending)
{
    int64_t events = 0;
    for (size_t i = 0; i < pending->events_count; i++) {
        events += pending->events[i].count;
    }
    if (events > 0) {
        command_set(todos,
            add(todos, BW_CLI_TODO_QUARANTINE, 0,
                "%" PRId64 " %s in quarantaine, en %s nergens mee.", events,
                events == 1 ? "gebeurtenis staat" : "gebeurtenissen staan",
                events == 1 ? "telt" : "tellen"),
            "conflicts");
    }
    for (size_t i = 0; i < pending->introductions_count; i++) {
        command_set(todos,
            add(todos, BW_CLI_TODO_INTRODUCTION, 0,
                "Zuil %u stelt zich voor de tweede keer voor; vergelijk de vier woorden.",
                pending->introductions[i].device),
            "kiosks");
    }
}

static enum bw_status
read_figures(struct bw_central *central, struct gathering_todos *g, struct bw_error *err)
{
    struct bw_status_figures figures = {.sessions = NULL};
    enum bw_status status = bw_status_read(central, g->now_ms, &figures, err);
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
    int64_t people = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM (SELECT r.person_no FROM registration r"
        " JOIN session s ON s.session_no = r.session_no AND " STANDS
        " WHERE r.status = 0 AND s.ends_ms > $1 GROUP BY r.person_no, s.series"
        " HAVING count(*) > 1) AS t",
        &value, 1, 0, &people, err);
    if (status == BW_OK && people > 0) {
        command_set(g->todos,
            add(g->todos, BW_CLI_TODO_SEVERAL, 0,
                "%" PRId64 " %s een plek in meer dan één kring van een reeks.", people,
                people == 1 ? "mens heeft" : "mensen hebben"),
            "status");
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
    if (status == BW_OK && sessions > 0) {
        command_set(g->todos,
            add(g->todos, BW_CLI_TODO_PURGE, 0,
                "Van %" PRId64 " %s de gegevens van mensen langer bewaard dan %" PRId64
                " dagen.",
                sessions, sessions == 1 ? "kring worden" : "kringen worden", days),
            "purge --before %s", day);
    }
    return status;
}

/* ---- all of it ---- */

static int
by_urgency(const void *left, const void *right)
{
    const struct bw_cli_todo *a = left, *b = right;
    if (a->urgent != b->urgent) {
        return a->urgent ? -1 : 1;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    return (a->at_ms > b->at_ms) - (a->at_ms < b->at_ms);
}

enum bw_status
bw_cli_todos_read(const struct bw_office *office, int64_t retention_days,
    struct bw_cli_todos *ret_todos, struct bw_error *err)
{
    struct bw_central *central = office->central;
    struct bw_cli_todos todos = {.items = NULL};
    struct gathering_todos g = {&todos, bw_office_now_ms(office)};
    enum bw_status status = bw_central_read_begin(central, err);
    if (status == BW_OK) {
        status = read_sessions(central, &g, err);
        if (status == BW_OK) {
            status = read_figures(central, &g, err);
        }
        if (status == BW_OK) {
            status = read_told(office, &g, err);
        }
        if (status == BW_OK) {
            status = read_several(central, &g, err);
        }
        if (status == BW_OK) {
            status = read_kept(central, &g, retention_days, err);
        }
        bw_central_read_end(central);
    }
    if (status == BW_OK && todos.no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "looking for what there is to do: "
            "no memory");
    }
    if (status != BW_OK) {
        bw_cli_todos_finish(&todos);
        return status;
    }
    if (todos.count > 0) {
        qsort(todos.items, todos.count, sizeof *todos.items, by_urgency);
    }
    *ret_todos = todos;
    return BW_OK;
}

void
bw_cli_todos_finish(struct bw_cli_todos *todos)
{
    if (todos == NULL) {
        return;
    }
    for (size_t i = 0; i < todos->count; i++) {
        free(todos->items[i].text);
        free(todos->items[i].command);
    }
    free(todos->items);
    *todos = (struct bw_cli_todos){.items = NULL};
}
