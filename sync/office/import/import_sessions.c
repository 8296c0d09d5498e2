/* `import sessions`: by code, again and again; a changed row changes the session. */
#include "office/office.h"
#include "central/records.h"
#include "central/sealed.h"
#include "central/when.h"
#include "office/import/read/date_order.h"
#include "office/import/read/session_codes.h"
#include "office/import/read/session_row.h"
#include "office/step.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

/* False and BW_OK where the session is new. */
static enum bw_status
find_old(struct bw_central *central, const struct bw_session_codes *codes,
    const char *code, struct bw_session *ret_old, bool *ret_found, struct bw_error *err)
{
    struct bw_error why;
    if (!bw_session_codes_known(codes, code)) {
        *ret_found = false;
        return BW_OK;
    }
    enum bw_status status = bw_record_session(central, code, ret_old, &why);
    *ret_found = status == BW_OK;
    if (status != BW_OK && status != BW_NOT_FOUND) {
        return bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
    return BW_OK;
}

/* One series has one rule; where the file has no such column, it stays as it was. */
static enum bw_status
put_series(struct bw_import *import, const struct bw_session *s, struct bw_error *err)
{
    struct bw_central *central = import->office->central;
    bool says = import->columns.of[BW_SESSION_FIELD_OWN_REGION_FIRST] >= 0;
    struct bw_sql_value values[] = {
        bw_sql_text(s->series),
        bw_sql_int(s->own_region_first),
    };
    enum bw_status status = bw_central_run(central,
        "INSERT INTO series (code, title, own_region_first) VALUES ($1, $1, $2)"
        " ON CONFLICT DO NOTHING",
        values, 2, NULL, NULL, err);
    int64_t differs = 0;
    if (status == BW_OK && says) {
        status = bw_central_number(central,
            "SELECT count(*) FROM series WHERE code = $1 AND own_region_first <> $2",
            values, 2, 0, &differs, err);
    }
    if (status != BW_OK || differs == 0) {
        return status;
    }
    status =
        bw_central_run(central, "UPDATE series SET own_region_first = $2 WHERE code = $1",
            values, 2, NULL, NULL, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "UPDATE session SET revision = revision + 1 WHERE series = $1", values, 1,
            NULL, NULL, err);
        import->result.changed += bw_central_changed(central);
    }
    return status;
}

static const char put_sql[] =
    "INSERT INTO session (session_no, code, series, title, kind, region, venue,"
    " address, timezone, go_to, desk, audience, starts_ms, ends_ms, capacity,"
    " doors_minutes, release_minutes, extra_places, opens_ms,"
    " tolerance_minutes, route, revision)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
    " $17, $18, $19, $20, $21, 0)"
    " ON CONFLICT (session_no) DO UPDATE SET code = excluded.code,"
    " series = excluded.series, title = excluded.title, kind = excluded.kind,"
    " region = excluded.region, venue = excluded.venue, address = excluded.address,"
    " timezone = excluded.timezone, go_to = excluded.go_to, desk = excluded.desk,"
    " audience = excluded.audience, starts_ms = excluded.starts_ms,"
    " ends_ms = excluded.ends_ms, capacity = excluded.capacity,"
    " doors_minutes = excluded.doors_minutes,"
    " release_minutes = excluded.release_minutes,"
    " extra_places = excluded.extra_places, opens_ms = excluded.opens_ms,"
    " tolerance_minutes = excluded.tolerance_minutes, route = excluded.route";

static enum bw_status
put_session(struct bw_import *import, const struct bw_session *s, struct bw_error *err)
{
    struct bw_sql_value values[] = {
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
    };
    int64_t revision = 0;
    enum bw_status status = bw_central_run(import->office->central, put_sql, values,
        sizeof values / sizeof values[0], NULL, NULL, err);
    return status != BW_OK ? status
                           : bw_central_next_revision(
                                 import->office->central, s->session_no, &revision, err);
}

/* Places that the new capacity hasn't, or that people wait for: said,
 * never decided here. */
static enum bw_status
note_places(struct bw_import *import, const struct bw_session *s, struct bw_error *err)
{
    int64_t confirmed = 0;
    int64_t waiting = 0;
    struct bw_central *central = import->office->central;
    enum bw_status status =
        bw_office_count(central, s->session_no, BW_CONFIRMED, &confirmed, err);
    if (status == BW_OK) {
        status = bw_office_count(central, s->session_no, BW_WAITLISTED, &waiting, err);
    }
    if (status == BW_OK && confirmed > s->capacity) {
        bw_import_note(import, true,
            "%s has %d places now and %" PRId64
            " confirmed: all keep their place; cancel "
            "some, or give it more room",
            s->code, s->capacity, confirmed);
    } else if (status == BW_OK && waiting > 0 && confirmed < s->capacity) {
        bw_import_note(import, false,
            "%s has %" PRId64 " free places and %" PRId64 " people who wait: promote "
            "--session %s gives them out",
            s->code, s->capacity - confirmed, waiting, s->code);
    }
    return status;
}

static enum bw_status
give_number(struct bw_central *central, uint32_t *ret_session_no, struct bw_error *err)
{
    int64_t number = 0;
    enum bw_status status = bw_central_lock_numbers(central, err);
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT coalesce(max(session_no), 0) + 1 FROM session", NULL, 0, 1, &number,
            err);
    }
    if (status == BW_OK && number > UINT32_MAX) {
        return bw_error_set(
            err, BW_FULL, 0, "importing sessions: every session number was given");
    }
    if (status == BW_OK) {
        *ret_session_no = (uint32_t)number;
    }
    return status;
}

/* A day or place that people were told of is another one. */
static enum bw_status
note_move(struct bw_import *import, const struct bw_session *old,
    const struct bw_session *s, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(s->session_no);
    struct bw_when was, is;
    int64_t people = 0;
    if (old->starts_ms == s->starts_ms && old->ends_ms == s->ends_ms &&
        strcmp(old->venue, s->venue) == 0 && strcmp(old->address, s->address) == 0) {
        return BW_OK;
    }
    enum bw_status status = bw_central_number(import->office->central,
        "SELECT count(*) FROM registration WHERE session_no = $1 AND status IN (0, 1)",
        &value, 1, 0, &people, err);
    if (status == BW_OK) {
        status = bw_when_of_session(import->office->language, old, &was, err);
    }
    if (status == BW_OK) {
        status = bw_when_of_session(import->office->language, s, &is, err);
    }
    if (status == BW_OK && people > 0) {
        bw_import_note(import, false,
            "%s was %s, %s, %.120s, and is %s, %s, %.120s now: tell its %" PRId64
            " people",
            s->code, was.day, was.hours, old->venue, is.day, is.hours, s->venue, people);
    }
    return status;
}

/* Rows that would change what is fixed, or move a session that is to come into the past:
 * false, and named. */
static bool
may_change(struct bw_import *import, int32_t line, const struct bw_session *old,
    const struct bw_session *s)
{
    int64_t now_ms = bw_office_now_ms(import->office);
    if (old->closed_ms != 0) {
        bw_import_reject(import, line, BW_REJECT_INVALID,
            "the figures of %s are fixed; session reopen %s --why \"…\" opens it",
            old->code, old->code);
        return false;
    }
    if (old->starts_ms >= now_ms && s->starts_ms < now_ms) {
        bw_import_reject(import, line, BW_REJECT_INVALID,
            "%s would move into the past; where that "
            "is right, session move %s --starts … --yes",
            old->code, old->code);
        return false;
    }
    return true;
}

static enum bw_status
put_known(struct bw_import *import, const struct bw_session *old,
    const struct bw_session *s, struct bw_error *err)
{
    struct bw_central *central = import->office->central;
    enum bw_status status = bw_step_keep_session(central, s->session_no, err);
    if (status == BW_OK) {
        status = put_session(import, s, err);
    }
    if (status == BW_OK && strcmp(old->series, s->series) != 0) {
        status = bw_central_sealed_move(central, s->session_no, old->series, err);
    }
    import->result.changed += status == BW_OK;
    return status == BW_OK ? note_move(import, old, s, err) : status;
}

static enum bw_status
put_new(struct bw_import *import, struct bw_session *s, struct bw_error *err)
{
    struct bw_central *central = import->office->central;
    enum bw_status status = give_number(central, &s->session_no, err);
    if (status == BW_OK) {
        status = bw_step_keep_session(central, s->session_no, err);
    }
    import->result.added += status == BW_OK;
    return status == BW_OK ? put_session(import, s, err) : status;
}

static enum bw_status
write_row(struct bw_import *import, const struct bw_session_codes *codes, int32_t line,
    struct bw_session *s, struct bw_error *err)
{
    struct bw_session old;
    bool known = false;
    enum bw_status status =
        find_old(import->office->central, codes, s->code, &old, &known, err);
    if (status == BW_OK) {
        status = put_series(import, s, err);
    }
    bool same = known && bw_session_row_is_same(&old, s);
    if (status == BW_OK && known) {
        s->session_no = old.session_no;
        if (!same && !may_change(import, line, &old, s)) {
            return BW_OK;
        }
    }
    if (status == BW_OK && !known) {
        status = put_new(import, s, err);
    } else if (status == BW_OK && !same) {
        status = put_known(import, &old, s, err);
    }
    return status == BW_OK ? note_places(import, s, err) : status;
}

static bool
is_repeated(struct bw_import *import, const struct bw_session_codes *codes, size_t at,
    const struct bw_session *s)
{
    size_t first = bw_session_codes_row(codes, s->code);
    if (first >= at) {
        return false;
    }
    bw_import_reject(import, import->table.rows[at].line, BW_REJECT_DUPLICATE,
        "session %s stands on line %d already", s->code,
        (int)import->table.rows[first].line);
    return true;
}

static enum bw_status
write_rows(struct bw_import *import, struct bw_error *err)
{
    int64_t batch_no = 0;
    struct bw_session_codes codes = {.known = NULL};
    enum bw_status status = bw_central_begin(import->office->central, err);
    if (status == BW_OK) {
        status = bw_session_codes_read(import, &codes, err);
    }
    if (status == BW_OK) {
        status = bw_import_next_batch(import, &batch_no, err);
    }
    if (status == BW_OK) {
        status = bw_import_begin_step(import, NULL, batch_no, err);
    }
    for (size_t i = 0; status == BW_OK && i < import->table.rows_count; i++) {
        struct bw_session s;
        if (bw_session_row_read(import, &import->table.rows[i], &s) &&
            !is_repeated(import, &codes, i, &s)) {
            status = write_row(import, &codes, import->table.rows[i].line, &s, err);
        }
        bw_progress_step(import->office->progress, "importing", (int64_t)i,
            (int64_t)import->table.rows_count);
    }
    bw_session_codes_finish(&codes);
    if (status == BW_OK) {
        status = bw_import_put_batch(import, batch_no, err);
    }
    return status == BW_OK ? bw_import_end(import, err) : status;
}

enum bw_status
bw_import_sessions(struct bw_import *import, struct bw_error *err)
{
    static const int required[] = {BW_SESSION_FIELD_CODE, BW_SESSION_FIELD_SERIES,
        BW_SESSION_FIELD_TITLE, BW_SESSION_FIELD_STARTS_AT, BW_SESSION_FIELD_ENDS_AT,
        BW_SESSION_FIELD_CAPACITY};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof required / sizeof required[0]; i++) {
        status = bw_columns_require(&import->columns, import->request->path,
            bw_session_row_fields, required[i], err);
    }
    if (status == BW_OK) {
        status = bw_import_limit(import, err);
    }
    if (status == BW_OK) {
        status = bw_import_settle_dates(import, false, err);
    }
    return status == BW_OK ? write_rows(import, err) : status;
}
