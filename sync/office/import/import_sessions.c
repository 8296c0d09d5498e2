/* `import sessions`: by code, again and again; a changed row changes the session. */
#include "office/office.h"
#include "central/records.h"
#include "central/sealed.h"
#include "central/when.h"
#include "office/hold.h"
#include "office/import/import_hold.h"
#include "office/import/read/date_order.h"
#include "office/import/read/session_codes.h"
#include "office/import/read/session_row.h"
#include "office/import/session_put.h"
#include "office/step.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A file's rows, as far as they hold and are the first of their codes. */
struct sessions_file {
    struct bw_import *import;
    struct bw_session_codes codes;
    struct bw_session *rows;  /* in the file's order */
    int32_t *lines;           /* of each */
    struct bw_session **some; /* room for pointers to all of them */
    size_t count;
};

/* False and BW_OK where the session is new. */
static enum bw_status
find_old(struct bw_central *central, const struct bw_session_codes *codes,
    const char *code, struct bw_session *ret_old, bool *ret_found, struct bw_error *err)
{
    struct bw_error why;
    uint32_t session_no = bw_session_codes_number(codes, code);
    if (session_no == 0) {
        *ret_found = false;
        return BW_OK;
    }
    enum bw_status status =
        bw_record_session_by_number(central, session_no, ret_old, &why);
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
    status = bw_office_hold_each(central,
        "SELECT session_no FROM session WHERE series = $1", values, 1, false, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "UPDATE series SET own_region_first = $2 WHERE code = $1", values, 2, NULL,
            NULL, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(central,
            "UPDATE session SET revision = revision + 1 WHERE series = $1", values, 1,
            NULL, NULL, err);
        import->result.changed += bw_central_changed(central);
    }
    return status;
}

static int
by_series(const void *one, const void *other)
{
    const struct bw_session *a = *(struct bw_session *const *)one;
    const struct bw_session *b = *(struct bw_session *const *)other;
    int order = strcmp(a->series, b->series);
    return order != 0 ? order : (a > b) - (a < b); /* as they stand in the file */
}

/* By name: of two imports that bring the same ones the second waits for the first, never
 * each for the other. */
static enum bw_status
put_all_series(struct sessions_file *file, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; i < file->count; i++) {
        file->some[i] = &file->rows[i];
    }
    qsort((void *)file->some, file->count, sizeof(struct bw_session *), by_series);
    for (size_t i = 0; status == BW_OK && i < file->count; i++) {
        const struct bw_session *s = file->some[i];
        const struct bw_session *before = i > 0 ? file->some[i - 1] : NULL;
        if (before == NULL || strcmp(before->series, s->series) != 0 ||
            before->own_region_first != s->own_region_first) {
            status = put_series(file->import, s, err);
        }
    }
    return status;
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
        status = bw_session_put_known(central, s, err);
    }
    if (status == BW_OK && strcmp(old->series, s->series) != 0) {
        status = bw_central_sealed_move(central, s->session_no, old->series, err);
    }
    import->result.changed += status == BW_OK;
    return status == BW_OK ? note_move(import, old, s, err) : status;
}

static enum bw_status
hold_old(struct bw_import *import, struct bw_session *old, struct bw_error *err)
{
    struct bw_central *central = import->office->central;
    uint32_t session_no = old->session_no;
    enum bw_status status = bw_central_hold_sessions(central, &session_no, 1, false, err);
    if (status == BW_OK) {
        status = bw_record_session_by_number(central, session_no, old, err);
    }
    import->overtaken = status == BW_NOT_FOUND; /* taken back meanwhile */
    return status;
}

/* One that is known. Of a new one nothing is done: *ret_new. */
static enum bw_status
write_row(struct sessions_file *file, size_t at, bool *ret_new, struct bw_error *err)
{
    struct bw_import *import = file->import;
    struct bw_session *s = &file->rows[at], old;
    bool known = false;
    enum bw_status status =
        find_old(import->office->central, &file->codes, s->code, &old, &known, err);
    *ret_new = !known;
    if (status != BW_OK || !known) {
        return status;
    }
    bool same = bw_session_row_is_same(&old, s);
    if (!same) { /* C8: mostly held since the beginning */
        status = hold_old(import, &old, err);
        same = status != BW_OK || bw_session_row_is_same(&old, s);
    }
    s->session_no = old.session_no;
    if (status == BW_OK && !same) {
        if (!may_change(import, file->lines[at], &old, s)) {
            return BW_OK;
        }
        status = put_known(import, &old, s, err);
    }
    return status == BW_OK ? note_places(import, s, err) : status;
}

static enum bw_status
write_rows(struct sessions_file *file, int64_t batch_no, struct bw_error *err)
{
    struct bw_import *import = file->import;
    int64_t first_no = 0;
    size_t fresh = 0;
    enum bw_status status = put_all_series(file, err);
    for (size_t i = 0; status == BW_OK && i < file->count; i++) {
        bool is_new = false;
        status = write_row(file, i, &is_new, err);
        if (is_new) {
            file->some[fresh++] = &file->rows[i];
        }
        bw_progress_step(
            import->office->progress, "importing", (int64_t)i, (int64_t)file->count);
    }
    if (status == BW_OK) {
        status = bw_session_put_new(import, file->some, fresh, &first_no, err);
    }
    if (status == BW_OK) {
        status = bw_import_put_batch(import, batch_no, err);
    }
    bw_progress_step(import->office->progress, "importing", (int64_t)file->count,
        (int64_t)file->count);
    return status == BW_OK ? bw_session_put_end(import, first_no, fresh, err) : status;
}

/* ---- the file ---- */

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
read_rows(struct sessions_file *file, struct bw_error *err)
{
    struct bw_import *import = file->import;
    size_t rows = import->table.rows_count;
    file->rows = calloc(rows + 1, sizeof *file->rows);
    file->lines = calloc(rows + 1, sizeof *file->lines);
    file->some = (struct bw_session **)calloc(rows + 1, sizeof(struct bw_session *));
    if (file->rows == NULL || file->lines == NULL || file->some == NULL) {
        return bw_import_no_memory(import, err);
    }
    for (size_t i = 0; i < rows; i++) {
        struct bw_session *s = &file->rows[file->count];
        const struct bw_csv_row *row = &import->table.rows[i];
        if (bw_session_row_read(import, row, s) &&
            !is_repeated(import, &file->codes, i, s)) {
            file->lines[file->count++] = row->line;
        }
    }
    return BW_OK;
}

static void
file_finish(struct sessions_file *file)
{
    bw_session_codes_finish(&file->codes);
    free(file->rows);
    free(file->lines);
    free((void *)file->some);
}

static enum bw_status
import_file(struct bw_import *import, struct bw_error *err)
{
    struct sessions_file file = {.import = import};
    int64_t batch_no = 0;
    enum bw_status status = bw_import_hold_sessions(import, &file.codes, err);
    if (status == BW_OK) {
        status = bw_import_next_batch(import, &batch_no, err);
    }
    if (status == BW_OK) {
        status = bw_import_begin_step(import, NULL, batch_no, err);
    }
    if (status == BW_OK) {
        status = read_rows(&file, err);
    }
    if (status == BW_OK) {
        status = write_rows(&file, batch_no, err);
    }
    file_finish(&file);
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
        status = bw_import_settle_dates(import, BW_DATE_ANY, err);
    }
    return status == BW_OK ? import_file(import, err) : status;
}
