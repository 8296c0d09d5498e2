/* Somebody new: see place.h.
 *
 * Rows of new people are gathered, and written together (bw_place_new_write) before
 * anything is asked of the tables that they go to: a form of strangers is one COPY. */
#include "office/import/judge/place.h"

#include "central/base/array.h"
#include "central/central.h"
#include "central/issue.h"
#include "office/import/judge/doubts.h"
#include "office/office.h"
#include "office/place/doubt.h"
#include "office/place/meanwhile.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A registration that isn't in the database yet. */
struct bw_place_row {
    const struct bw_place_request *request;
    bw_code code;
    int64_t person_no, revision;
    struct bw_place_newcomer newcomer;
    bool makes_person, placed;
};

static enum bw_status
no_memory(const struct bw_placing *placing, struct bw_error *err)
{
    return bw_import_no_memory(placing->import, err);
}

/* ---- before the first is placed ---- */

static int
by_identity(const void *one, const void *other)
{
    const struct bw_sign_up *a = (*(struct bw_place_request *const *)one)->last;
    const struct bw_sign_up *b = (*(struct bw_place_request *const *)other)->last;
    return a->identity_key != b->identity_key
               ? (a->identity_key > b->identity_key ? 1 : -1)
               : strcmp(a->identity, b->identity);
}

static bool
on_person(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_place_request *const *some = context;
    (void)columns;
    (void)count;
    some[at]->nobody = false;
    return false;
}

/* PL6. `strangers` stand by identity. */
static enum bw_status
look_for_people(struct bw_placing *placing, struct bw_place_request **strangers,
    size_t count, struct bw_error *err)
{
    enum { TOGETHER = 256 };
    struct bw_sql_value values[TOGETHER];
    enum bw_status status = BW_OK;
    for (size_t i = 0; i < count; i++) {
        bool twice =
            (i > 0 && by_identity(&strangers[i - 1], &strangers[i]) == 0) ||
            (i + 1 < count && by_identity(&strangers[i], &strangers[i + 1]) == 0);
        strangers[i]->nobody = !twice;
    }
    for (size_t at = 0; status == BW_OK && at < count; at += TOGETHER) {
        size_t some = count - at < TOGETHER ? count - at : TOGETHER;
        for (size_t i = 0; i < some; i++) {
            values[i] = bw_sql_text(strangers[at + i]->last->identity);
        }
        status = bw_central_each(placing->import->office->central,
            "SELECT person_no FROM person WHERE identity = $1 UNION ALL"
            " SELECT person_no FROM person_alias WHERE identity = $1",
            values, 1, some, on_person, (void *)(strangers + at), err);
    }
    return status;
}

/* Codes, and their tickets meanwhile. */
static enum bw_status
draw_codes(struct bw_placing *placing, struct bw_place_request **strangers, size_t count,
    struct bw_error *err)
{
    bw_code *codes = calloc(count + 1, sizeof *codes);
    struct bw_signing_order *orders = calloc(count + 1, sizeof *orders);
    if (codes == NULL || orders == NULL) {
        free(orders);
        free(codes);
        return no_memory(placing, err);
    }
    enum bw_status status =
        bw_issue_codes(placing->import->office->central, codes, count, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        strangers[i]->code = codes[i];
        orders[i] = (struct bw_signing_order){
            .session_no = strangers[i]->first->session_no, .code = codes[i]};
    }
    if (status == BW_OK) {
        placing->signing = bw_signing_start(bw_keys_newest(placing->keys), orders, count);
        orders = NULL;
    }
    free(orders);
    free(codes);
    return status;
}

enum bw_status
bw_place_ahead(struct bw_placing *placing, struct bw_place_request *requests,
    size_t count, struct bw_error *err)
{
    struct bw_place_request **strangers =
        (struct bw_place_request **)calloc(count + 1, sizeof *strangers);
    size_t found = 0;
    if (strangers == NULL) {
        return no_memory(placing, err);
    }
    for (size_t i = 0; i < count; i++) {
        if (bw_who_find(&placing->who, requests[i].first) == NULL) {
            strangers[found++] = &requests[i];
        }
    }
    qsort((void *)strangers, found, sizeof(struct bw_place_request *), by_identity);
    placing->strangers = found;
    enum bw_status status = look_for_people(placing, strangers, found, err);
    if (status == BW_OK) {
        status = draw_codes(placing, strangers, found, err);
    }
    free((void *)strangers);
    return status;
}

/* ---- one ---- */

static enum bw_status
number_people(struct bw_placing *placing, struct bw_error *err)
{
    if (placing->next_person_no != 0) {
        return BW_OK;
    }
    enum bw_status status = bw_central_next_numbers(placing->import->office->central,
        BW_CENTRAL_OF_PEOPLE, (int64_t)placing->strangers, &placing->next_person_no, err);
    placing->first_person_no = placing->next_person_no;
    return status;
}

static void
tell(struct bw_placing *placing, const struct bw_session *session,
    const struct bw_place_row *row)
{
    struct bw_import *import = placing->import;
    const struct bw_place_request *request = row->request;
    bool doubt = row->newcomer.doubt != BW_PLACE_DOUBT_NONE;
    import->result.added++;
    bw_import_change_note(
        import, &(struct bw_import_change){.line = request->first->line,
                    .fresh = true,
                    .late = request->first->time_ms >= session->starts_ms,
                    .doubt = doubt,
                    .status = row->placed ? BW_CONFIRMED : BW_WAITLISTED,
                    .session_no = request->first->session_no,
                    .code = row->code,
                    .who = (char *)request->last->shown,
                    .school = (char *)request->last->school,
                    .region = (char *)request->last->region,
                    .signed_up_ms = request->first->time_ms});
    if (doubt) {
        bw_place_doubtful(import, request->first, row->code, row->newcomer.doubt);
        bw_import_doubt_add(import, request->first->line, row->code);
    } else {
        bw_place_count(import, row->placed ? BW_CONFIRMED : BW_WAITLISTED);
    }
}

enum bw_status
bw_place_new(struct bw_placing *placing, const struct bw_session *session,
    const struct bw_place_request *request, const struct bw_place_newcomer *newcomer,
    struct bw_error *err)
{
    assert(request->code != BW_CODE_NONE); /* bw_place_ahead drew it */
    enum bw_status status = bw_place_take_revision(placing, err);
    if (status == BW_OK && newcomer->person_no == 0) {
        status = number_people(placing, err);
    }
    if (status != BW_OK) {
        return status;
    }
    struct bw_place_row *row = bw_array_more(
        &placing->rows, &placing->rows_count, &placing->rows_capacity, sizeof *row);
    if (row == NULL) {
        return no_memory(placing, err);
    }
    *row = (struct bw_place_row){.request = request,
        .code = request->code,
        .person_no = newcomer->person_no,
        .revision = placing->revision,
        .newcomer = *newcomer,
        .makes_person = newcomer->person_no == 0,
        .placed = bw_place_take(placing, newcomer->doubt != BW_PLACE_DOUBT_NONE)};
    if (row->makes_person) {
        row->person_no = placing->next_person_no++;
    }
    tell(placing, session, row);
    if (request->first->time_ms >= session->starts_ms) {
        bw_import_note(placing->import, false,
            "line %d: %s signed up after %s began, and is taken in all the same",
            (int)request->first->line, request->first->shown, session->title);
    }
    bw_who_add(&placing->who, session, request->first, row->code, row->person_no);
    return BW_OK;
}

/* ---- written together ---- */

static void
fill_person(size_t at, struct bw_sql_value *ret_values, const void *context)
{
    const struct bw_place_row *const *rows = context;
    const struct bw_sign_up *s = rows[at]->request->last;
    ret_values[0] = bw_sql_int(rows[at]->person_no);
    ret_values[1] = bw_sql_text(s->identity);
    ret_values[2] = bw_sql_text(s->mail);
    ret_values[3] = bw_sql_text(s->mail_fold);
}

enum { REGISTRATION_COLUMNS = 23 };

static void
fill_registration(size_t at, struct bw_sql_value *ret_values, const void *context)
{
    const struct bw_placing *placing = context;
    const struct bw_place_row *row = &placing->rows[placing->rows_written + at];
    const struct bw_sign_up *s = row->request->last;
    int64_t now_ms = bw_office_now_ms(placing->import->office);
    int64_t status = row->placed ? BW_CONFIRMED : BW_WAITLISTED;
    const struct bw_sql_value values[REGISTRATION_COLUMNS] = {
        bw_sql_int((int64_t)row->code),
        bw_sql_int(s->session_no),
        bw_sql_int(row->person_no),
        bw_sql_int(status),
        bw_sql_int(status),
        bw_sql_int(0),
        bw_sql_int(row->request->first->time_ms),
        bw_sql_int(row->request->first->line),
        bw_sql_int(placing->batch_no),
        bw_sql_int(s->time_ms),
        bw_sql_text(s->first_name),
        bw_sql_text(s->name),
        bw_sql_text(s->school),
        bw_sql_text(s->role),
        bw_sql_text(s->region),
        bw_sql_text(s->table),
        bw_sql_text(""),
        row->placed ? bw_sql_int(now_ms) : bw_sql_null(),
        bw_sql_int(now_ms),
        bw_sql_int(row->revision),
        bw_sql_text(s->attention != NULL ? s->attention : ""),
        bw_sql_int(row->newcomer.doubt),
        row->newcomer.doubt_of != BW_CODE_NONE
            ? bw_sql_int((int64_t)row->newcomer.doubt_of)
            : bw_sql_null(),
    };
    memcpy(ret_values, values, sizeof values);
}

static int
by_name(const void *one, const void *other)
{
    const struct bw_place_row *a = *(const struct bw_place_row *const *)one;
    const struct bw_place_row *b = *(const struct bw_place_row *const *)other;
    return strcmp(a->request->last->identity, b->request->last->identity);
}

/* In order of their names: of two who write the same people one waits for the other, and
 * never each for the other (C9). */
static enum bw_status
write_people(struct bw_placing *placing, struct bw_error *err)
{
    static const struct bw_sql_columns columns = {
        .table = "person", .names = "person_no, identity, mail, mail_fold", .count = 4};
    const struct bw_place_row **rows = (const struct bw_place_row **)calloc(
        placing->rows_count, sizeof(const struct bw_place_row *));
    size_t count = 0;
    if (rows == NULL) {
        return no_memory(placing, err);
    }
    for (size_t i = placing->rows_written; i < placing->rows_count; i++) {
        if (placing->rows[i].makes_person) {
            rows[count++] = &placing->rows[i];
        }
    }
    qsort((void *)rows, count, sizeof(const struct bw_place_row *), by_name);
    enum bw_status status = bw_central_insert(placing->import->office->central, &columns,
        count, fill_person, (const void *)rows, err);
    free((void *)rows);
    return status;
}

static int
by_code(const void *one, const void *other)
{
    const struct bw_place_row *a = one, *b = other;
    return (a->code > b->code) - (a->code < b->code);
}

/* In order of the codes, as the table keeps them: a row lands where the last one did. */
enum bw_status
bw_place_new_write(struct bw_placing *placing, struct bw_error *err)
{
    static const struct bw_sql_columns columns = {.table = "registration",
        .names = "code, session_no, person_no, status, status_before, generation,"
                 " signed_up_ms, line, batch_no, answers_ms, first_name, name, school,"
                 " role, region, table_name, why, placed_ms, changed_ms, revision,"
                 " attention, doubt, doubt_of",
        .count = REGISTRATION_COLUMNS,
        .scattered = true};
    size_t count = placing->rows_count - placing->rows_written;
    if (count == 0) {
        return BW_OK;
    }
    enum bw_status status = write_people(placing, err);
    if (status == BW_OK) {
        qsort(
            placing->rows + placing->rows_written, count, sizeof *placing->rows, by_code);
        status = bw_central_insert(placing->import->office->central, &columns, count,
            fill_registration, placing, err);
    }
    placing->rows_written = placing->rows_count;
    return bw_place_overtaking(placing, status, err);
}

enum bw_status
bw_place_end(struct bw_placing *placing, struct bw_error *err)
{
    struct bw_place_named *named = calloc(placing->rows_count + 1, sizeof *named);
    if (named == NULL) {
        return no_memory(placing, err);
    }
    for (size_t i = 0; i < placing->rows_count; i++) {
        const struct bw_place_row *row = &placing->rows[i];
        named[i] = (struct bw_place_named){row->request->last->identity, row->code,
            row->request->last->session_no, row->makes_person};
    }
    enum bw_status status = bw_place_meanwhile(
        placing->import->office->central, named, placing->rows_count, err);
    free(named);
    placing->import->overtaken = status == BW_BUSY;
    return status;
}

void
bw_place_finish(struct bw_placing *placing)
{
    bw_signing_destroy(placing->signing);
    placing->signing = NULL;
    bw_who_finish(&placing->who);
    free(placing->rows);
    placing->rows = NULL;
    placing->rows_count = placing->rows_capacity = placing->rows_written = 0;
}
