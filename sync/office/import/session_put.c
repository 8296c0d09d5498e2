/* Rows of sessions, written: see session_put.h. */
#include "office/import/session_put.h"

#include "central/central.h"
#include "office/step.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 23 };

#define NAMES                                                                            \
    "session_no, code, series, title, kind, region, venue, address, timezone, go_to,"    \
    " desk, audience, starts_ms, ends_ms, capacity, doors_minutes, release_minutes,"     \
    " extra_places, opens_ms, tolerance_minutes, route, venue_phone, revision"

/* In the order of NAMES. */
static void
fill_values(const struct bw_session *s, struct bw_sql_value *ret_values)
{
    const struct bw_sql_value values[COLUMNS] = {
        bw_sql_int(s->session_no),
        bw_sql_text(s->code),
        bw_sql_text(s->series),
        bw_sql_text(s->title),
        bw_sql_text(s->kind),
        bw_sql_text(s->region),
        bw_sql_text(s->venue),
        bw_sql_text(s->address),
        bw_sql_text(s->timezone),
        bw_sql_text(s->go_to),
        bw_sql_text(s->desk),
        bw_sql_text(s->audience),
        bw_sql_int(s->starts_ms),
        bw_sql_int(s->ends_ms),
        bw_sql_int(s->capacity),
        bw_sql_int(s->doors_minutes),
        bw_sql_int(s->release_minutes),
        bw_sql_int(s->extra_places),
        bw_sql_int(s->opens_ms),
        bw_sql_int(s->tolerance_minutes),
        bw_sql_text(s->route),
        bw_sql_text(s->venue_phone),
        bw_sql_int(1),
    };
    memcpy(ret_values, values, sizeof values);
}

enum bw_status
bw_session_put_known(
    struct bw_central *central, const struct bw_session *session, struct bw_error *err)
{
    struct bw_sql_value values[COLUMNS];
    int64_t revision = 0;
    fill_values(session, values);
    enum bw_status status = bw_central_run(central,
        "UPDATE session SET code = $2, series = $3, title = $4, kind = $5, region = $6,"
        " venue = $7, address = $8, timezone = $9, go_to = $10, desk = $11,"
        " audience = $12, starts_ms = $13, ends_ms = $14, capacity = $15,"
        " doors_minutes = $16, release_minutes = $17, extra_places = $18,"
        " opens_ms = $19, tolerance_minutes = $20, route = $21,"
        " venue_phone = $22 WHERE session_no = $1",
        values, COLUMNS - 1, NULL, NULL, err);
    return status == BW_OK
               ? bw_central_next_revision(central, session->session_no, &revision, err)
               : status;
}

/* ---- new ones ---- */

static enum bw_status
overtaken(struct bw_import *import, struct bw_error *err)
{
    import->overtaken = true;
    return bw_error_set(err, BW_BUSY, 0,
        "importing %s: somebody else has just brought the same sessions; try "
        "again",
        import->request->path);
}

static enum bw_status
give_numbers(struct bw_central *central, struct bw_session **sessions, size_t count,
    int64_t *ret_first, struct bw_error *err)
{
    enum bw_status status = bw_central_next_numbers(
        central, BW_CENTRAL_OF_SESSIONS, (int64_t)count, ret_first, err);
    if (status == BW_OK && *ret_first + (int64_t)count - 1 > UINT32_MAX) {
        return bw_error_set(
            err, BW_FULL, 0, "importing sessions: every session number was given");
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        sessions[i]->session_no = (uint32_t)(*ret_first + (int64_t)i);
    }
    return status;
}

static int
by_code(const void *one, const void *other)
{
    const struct bw_session *a = *(struct bw_session *const *)one;
    const struct bw_session *b = *(struct bw_session *const *)other;
    return strcmp(a->code, b->code);
}

static void
fill(size_t at, struct bw_sql_value *ret_values, const void *context)
{
    struct bw_session *const *sessions = context;
    fill_values(sessions[at], ret_values);
}

enum bw_status
bw_session_put_new(struct bw_import *import, struct bw_session **sessions, size_t count,
    int64_t *ret_first_no, struct bw_error *err)
{
    static const struct bw_sql_columns columns = {
        .table = "session", .names = NAMES, .count = COLUMNS, .scattered = true};
    struct bw_central *central = import->office->central;
    int64_t first_no = 0;
    if (count == 0) {
        return BW_OK;
    }
    enum bw_status status = give_numbers(central, sessions, count, &first_no, err);
    if (status == BW_OK) {
        qsort((void *)sessions, count, sizeof(struct bw_session *), by_code);
        status = bw_central_insert(
            central, &columns, count, fill, (const void *)sessions, err);
    }
    if (status == BW_REFUSED && err->os_errno == EEXIST) {
        return overtaken(import, err);
    }
    if (status == BW_OK) {
        status = bw_step_keep_made_sessions(
            central, first_no, first_no + (int64_t)count - 1, err);
    }
    if (status == BW_OK) {
        import->result.added += (int64_t)count;
        *ret_first_no = first_no;
    }
    return status;
}

enum bw_status
bw_session_put_end(
    struct bw_import *import, int64_t first_no, size_t count, struct bw_error *err)
{
    struct bw_central *central = import->office->central;
    struct bw_sql_value values[] = {
        bw_sql_int(first_no), bw_sql_int(first_no + (int64_t)count - 1)};
    bool beside = false;
    int64_t twins = 0;
    enum bw_status status =
        count > 0 ? bw_central_lock_people(central, &beside, err) : BW_OK;
    if (status == BW_OK && beside) {
        status = bw_central_number(central,
            "SELECT count(*) FROM session s JOIN session t ON upper(t.code) ="
            " upper(s.code) AND t.session_no <> s.session_no"
            " WHERE s.session_no BETWEEN $1 AND $2",
            values, 2, 0, &twins, err);
    }
    return status == BW_OK && twins > 0 ? overtaken(import, err) : status;
}
