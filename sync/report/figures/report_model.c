/* The report's model: see report.h. */
#include "central/pending.h"
#include "central/records.h"
#include "central/base/array.h"
#include "report/conflict/decisions.h"
#include "report/figures/report.h"

#include <brugwachter/zone.h>
#include <stdlib.h>
#include <string.h>

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(
        err, BW_NO_MEMORY, 0, "making the report: out of memory; close other programs");
}

/* What a report is read with. */
struct model_reading {
    enum bw_wording_language language;
    struct bw_central *central;
    bw_report_each *each;
    void *context;
    struct bw_book_chains chains;
};

static bool
line_take(const struct model_reading *reading, struct bw_report *report,
    const struct bw_book_kiosk *kiosk, const char *timezone, struct bw_report_kiosk *line)
{
    char why[BW_WORDING_SAID_BYTES], reached[BW_WHEN_BYTES] = "";
    bw_book_lack_say(kiosk, reading->language, why);
    if (kiosk->chain.reached_ms != 0) { /* without the zone it isn't said */
        (void)!bw_when_of_moment(
            reading->language, timezone, kiosk->chain.reached_ms, reached, NULL);
    }
    *line = (struct bw_report_kiosk){.device = kiosk->chain.device,
        .complete = kiosk->complete,
        .counted = kiosk->counted,
        .chain = kiosk->chain.state,
        .contiguous_seq = kiosk->chain.contiguous_seq,
        .name = bw_arena_text(&report->texts, kiosk->name),
        .why = bw_arena_text(&report->texts, why),
        .missing = kiosk->missing,
        .bounded = kiosk->bounded,
        .reached = bw_arena_text(&report->texts, reached)};
    return line->name && line->why && line->reached;
}

/* What outlives the book. */
static enum bw_status
facts_take(const struct model_reading *reading, struct bw_report *report,
    struct bw_report_session *session, struct bw_error *err)
{
    const struct bw_book *book = session->book;
    const char *timezone = book->session.timezone;
    char date[BW_WHEN_BYTES] = "";
    (void)!bw_when_of_day(
        reading->language, timezone, book->session.starts_ms, date, NULL);
    session->code = bw_arena_text(&report->texts, book->session.code);
    session->title = bw_arena_text(&report->texts, book->session.title);
    session->region = bw_arena_text(&report->texts, book->session.region);
    session->date = bw_arena_text(&report->texts, date);
    session->capacity = book->session.capacity;
    session->lines = calloc(book->kiosks_count + 1, sizeof *session->lines);
    bool fine = session->code && session->title && session->region && session->date &&
                session->lines;
    for (size_t i = 0; fine && i < book->kiosks_count; i++) {
        if (!book->kiosks[i].paper) { /* which is no kiosk's */
            fine = line_take(reading, report, &book->kiosks[i], timezone,
                &session->lines[session->lines_count]);
            session->lines_count += fine;
        }
    }
    return fine ? BW_OK : no_memory(err);
}

/* What is to be looked at, and to be decided. */
static enum bw_status
questions_find(const struct model_reading *reading, struct bw_report_session *session,
    struct bw_error *err)
{
    struct bw_central *central = reading->central;
    struct bw_sql_value value = bw_sql_int(session->book->session.session_no);
    enum bw_status status = bw_pending_of_session(
        central, session->book->session.session_no, &session->quarantined, err);
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT count(*) FROM event e JOIN session s ON s.session_no = e.session_no"
            " WHERE e.session_no = $1 AND s.closed_ms <> 0"
            " AND e.received_ms > s.closed_ms",
            &value, 1, 0, &session->late, err);
    }
    if (status == BW_OK) {
        status =
            bw_conflicts_find(session->book, reading->language, &session->conflicts, err);
    }
    if (status == BW_OK) {
        status = bw_decisions_find(
            central, session->book, reading->language, &session->decisions, err);
    }
    for (int i = 0; status == BW_OK && i < session->decisions.count; i++) {
        const char *kind = session->decisions.items[i].kind;
        session->overrides +=
            strcmp(kind, "override") == 0 || strcmp(kind, "out_of_order") == 0;
    }
    return status;
}

static enum bw_status
session_add(struct model_reading *reading, struct bw_report *report, uint32_t session_no,
    struct bw_error *err)
{
    struct bw_report_session *session = bw_array_more(&report->sessions,
        &report->sessions_count, &report->sessions_capacity, sizeof *session);
    if (!session) {
        return no_memory(err);
    }
    enum bw_status status =
        bw_book_open(reading->central, session_no, &reading->chains, &session->book, err);
    if (status == BW_OK) {
        status = facts_take(reading, report, session, err);
    }
    if (status == BW_OK) {
        status = questions_find(reading, session, err);
    }
    if (status == BW_OK) {
        status = bw_when_of_session(
            reading->language, &session->book->session, &session->when, err);
    }
    if (status == BW_OK) {
        status = bw_report_session_fill(session, err);
    }
    if (status == BW_OK) {
        status = bw_session_state_of(
            &session->book->session, report->generated_ms, &session->state, err);
    }
    if (status == BW_OK && !bw_session_state_is_over(session->state)) {
        session->no_show = 0; /* they may still come, or were told not to */
    }
    if (status == BW_OK && session->state != BW_SESSION_CANCELLED) {
        status = bw_report_people_add(report, session, err);
    }
    if (status == BW_OK && reading->each) {
        status = reading->each(session, reading->context, err);
    }
    return status;
}

/* R1 */
static void
session_lighten(struct bw_report_session *session)
{
    free(session->rows);
    session->rows = NULL;
    session->rows_count = session->rows_capacity = 0;
    bw_book_close(session->book);
    session->book = NULL;
}

static enum bw_status
moment_write(struct bw_report *report, int64_t now_ms, struct bw_error *err)
{
    struct bw_zone *zone;
    char iso[BW_ISO_BYTES];
    report->generated_ms = now_ms;
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &zone, err);
    if (status != BW_OK) {
        return status;
    }
    bw_zone_format_iso(zone, now_ms, iso);
    bw_zone_close(zone);
    (void)snprintf(report->generated_iso, sizeof report->generated_iso, "%s", iso);
    return bw_when_of_moment(
        report->language, BW_ZONE_DEFAULT, now_ms, report->generated, err);
}

static enum bw_status
session_read(struct model_reading *reading, const char *code, int64_t now_ms,
    struct bw_report *ret_report, struct bw_error *err)
{
    struct bw_report report = {.language = reading->language};
    struct bw_session session;
    enum bw_status status = bw_record_session(reading->central, code, &session, err);
    if (status == BW_OK) {
        bw_text_copy(report.title, sizeof report.title, session.title);
        status = moment_write(&report, now_ms, err);
    }
    if (status == BW_OK) {
        status = bw_report_people_begin(&report, reading->central, err);
    }
    if (status == BW_OK) {
        status = session_add(reading, &report, session.session_no, err);
    }
    if (status != BW_OK) {
        bw_report_finish(&report);
        return status;
    }
    bw_report_people_count(&report);
    *ret_report = report;
    return BW_OK;
}

static enum bw_status
series_read(struct model_reading *reading, const char *series, int64_t now_ms,
    struct bw_report *ret_report, struct bw_error *err)
{
    struct bw_report report = {.series = series, .language = reading->language};
    struct bw_sql_value value = bw_sql_text(series);
    int64_t *numbers = NULL;
    size_t count = 0;
    enum bw_status status = bw_record_numbers(reading->central,
        "SELECT session_no FROM session WHERE series = $1 ORDER BY starts_ms, code",
        &value, 1, &numbers, &count, err);
    if (status == BW_OK && count == 0) {
        status = bw_error_set(err, BW_NOT_FOUND, 0,
            "looking for series \"%s\": %s has none of that code; "
            "status lists the sessions",
            series, bw_central_name(reading->central));
    }
    if (status == BW_OK) {
        status = moment_write(&report, now_ms, err);
    }
    if (status == BW_OK) {
        status = bw_report_people_begin(&report, reading->central, err);
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = session_add(reading, &report, (uint32_t)numbers[i], err);
        if (status == BW_OK) {
            bw_text_copy(
                report.title, sizeof report.title, report.sessions[i].book->series_title);
            session_lighten(&report.sessions[i]);
        }
    }
    free(numbers);
    if (status != BW_OK) {
        bw_report_finish(&report);
        return status;
    }
    bw_report_people_count(&report);
    *ret_report = report;
    return BW_OK;
}

/* C4: all of it in one snapshot. */
static enum bw_status
read_in_snapshot(struct model_reading *reading,
    enum bw_status (*read)(struct model_reading *reading, const char *code,
        int64_t now_ms, struct bw_report *ret_report, struct bw_error *err),
    const char *code, int64_t now_ms, struct bw_report *ret_report, struct bw_error *err)
{
    enum bw_status status = bw_central_read_begin(reading->central, err);
    if (status == BW_OK) {
        status = read(reading, code, now_ms, ret_report, err);
        bw_central_read_end(reading->central);
    }
    return status;
}

enum bw_status
bw_report_of_session(struct bw_central *central, enum bw_wording_language language,
    const char *code, int64_t now_ms, bw_report_each *each, void *context,
    struct bw_report *ret_report, struct bw_error *err)
{
    struct model_reading reading = {
        .central = central, .language = language, .each = each, .context = context};
    return read_in_snapshot(&reading, session_read, code, now_ms, ret_report, err);
}

enum bw_status
bw_report_of_series(struct bw_central *central, enum bw_wording_language language,
    const char *series, int64_t now_ms, bw_report_each *each, void *context,
    struct bw_report *ret_report, struct bw_error *err)
{
    struct model_reading reading = {
        .central = central, .language = language, .each = each, .context = context};
    return read_in_snapshot(&reading, series_read, series, now_ms, ret_report, err);
}

void
bw_report_finish(struct bw_report *report)
{
    if (!report) {
        return;
    }
    for (size_t i = 0; i < report->sessions_count; i++) {
        struct bw_report_session *session = &report->sessions[i];
        bw_conflicts_finish(&session->conflicts);
        bw_conflicts_finish(&session->decisions);
        bw_book_close(session->book);
        free(session->rows);
        free(session->lines);
    }
    free(report->sessions);
    free(report->beside);
    free(report->moves);
    bw_arena_finish(&report->texts);
    bw_report_version_finish(&report->version);
    bw_report_crowd_destroy(report->crowd);
    *report = (struct bw_report){0};
}

bool
bw_report_is_complete(const struct bw_report *report)
{
    bool complete = true;
    for (size_t i = 0; i < report->sessions_count; i++) {
        complete = complete && (report->sessions[i].complete ||
                                   report->sessions[i].state == BW_SESSION_CANCELLED);
    }
    return complete;
}

int
bw_report_conflicts(const struct bw_report *report)
{
    int count = 0;
    for (size_t i = 0; i < report->sessions_count; i++) {
        count += report->sessions[i].conflicts.count;
    }
    return count;
}

int64_t
bw_report_quarantined(const struct bw_report *report)
{
    int64_t count = 0;
    for (size_t i = 0; i < report->sessions_count; i++) {
        count += report->sessions[i].quarantined;
    }
    return count;
}
