/* `import registrations` and `import waitlist`: forms with people.
 *
 * rows -> cleaned sign-ups of an audience -> one request a person and session -> placed
 * in order of sign-up, in one transaction. */
#include "central/issue.h"
#include "office/import/read/alias.h"
#include "office/import/read/date_order.h"
#include "office/import/judge/circle_check.h"
#include "office/import/judge/circle_of.h"
#include "office/import/judge/doubts.h"
#include "office/import/judge/standing.h"
#include "office/import/read/import_columns.h"
#include "office/import/import_hold.h"
#include "office/import/import_read.h"
#include "office/import/import_state.h"
#include "office/import/judge/place.h"
#include "office/import/read/region.h"
#include "office/import/read/schools.h"
#include "office/import/read/session_names.h"
#include "office/import/read/sign_up_notes.h"
#include "office/place/people.h"
#include "office/step.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct sign_up_form {
    struct bw_import *import; /* borrowed */
    struct bw_session_names names;
    uint32_t session_no; /* registrations: of --session; 0: each row names its own */
    struct bw_import_circle_words circles; /* that rows name, and nobody knows */
    struct bw_import_circle circle;        /* whose form it looks like */
    struct bw_sign_up *sign_ups;
    size_t sign_ups_count;
    struct bw_place_request *requests;
    size_t requests_count;
    struct bw_regions regions;
};

static void
form_finish(struct sign_up_form *form)
{
    free(form->requests);
    free(form->sign_ups);
    bw_session_names_finish(&form->names);
}

static enum bw_status
no_memory(const struct sign_up_form *form, struct bw_error *err)
{
    return bw_import_no_memory(form->import, err);
}

/* ---- which columns must be there ---- */

static bool
has_audience(const struct sign_up_form *form)
{
    for (size_t i = 0; i < form->names.count; i++) {
        const struct bw_session *session = &form->names.sessions[i];
        bool concerned = form->session_no == 0 || form->session_no == session->session_no;
        if (concerned && session->audience[0] != '\0') {
            return true;
        }
    }
    return false;
}

static enum bw_status
require_columns(struct sign_up_form *form, struct bw_error *err)
{
    const struct bw_columns *columns = &form->import->columns;
    bool whole_name =
        columns->of[BW_SIGN_UP_FIRST_NAME] < 0 && columns->of[BW_SIGN_UP_LAST_NAME] < 0;
    const struct {
        enum bw_sign_up_field field;
        bool required;
    } wanted[] = {
        {BW_SIGN_UP_TIMESTAMP, true},
        {BW_SIGN_UP_NAME, whole_name},
        {BW_SIGN_UP_ROLE, has_audience(form)},
        {BW_SIGN_UP_SESSION,
            form->session_no == 0 && form->import->request->kind == BW_IMPORT_WAITLIST},
    };
    bool others = columns->ignored_count > 0;
    enum bw_import_lack lacks[BW_FIELDS_MAX] = {
        [BW_SIGN_UP_SCHOOL] = BW_IMPORT_LACK_ODD,
        [BW_SIGN_UP_EMAIL] = BW_IMPORT_LACK_ODD,
        [BW_SIGN_UP_REGION] = others ? BW_IMPORT_LACK_ODD : BW_IMPORT_LACK_FINE,
    };
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        lacks[wanted[i].field] =
            wanted[i].required && others ? BW_IMPORT_LACK_FAULT : BW_IMPORT_LACK_FINE;
    }
    enum bw_status status = bw_import_columns_ask(form->import, lacks, err);
    for (size_t i = 0; status == BW_OK && i < sizeof wanted / sizeof wanted[0]; i++) {
        if (wanted[i].required) {
            status = bw_columns_require(columns, form->import->request->path,
                bw_sign_up_fields, (int)wanted[i].field, err);
        }
    }
    if (status == BW_OK) {
        bw_sign_up_note_missing(form->import);
    }
    return status;
}

/* ---- rows ---- */

static bool
check_audience(struct sign_up_form *form, struct bw_sign_up *s)
{
    const struct bw_session *session =
        bw_session_names_by_number(&form->names, s->session_no);
    bw_region_match(&form->regions, form->import, &form->names, session, s);
    enum bw_audience audience = bw_sign_up_audience(s, session);
    s->denies = audience == BW_AUDIENCE_DENIED;
    if (audience != BW_AUDIENCE_OUT || bw_import_is_admitted(form->import, s->line)) {
        return true;
    }
    bw_import_reject(form->import, s->line, BW_REJECT_AUDIENCE,
        "%s: the role \"%.80s\" isn't one of the audience of %s (%s)", s->shown, s->role,
        session->title, session->audience);
    return false;
}

static bool
is_wanted(struct bw_import *import, const struct bw_sign_up *s)
{
    if (!bw_import_is_skipped(import, s->line)) {
        return true;
    }
    bw_import_reject(import, s->line, BW_REJECT_SKIPPED,
        "%s, %s: stays out, as was asked", s->shown, s->school);
    return false;
}

static enum bw_status
read_rows(struct sign_up_form *form, struct bw_error *err)
{
    struct bw_import *import = form->import;
    size_t rows = import->table.rows_count;
    bw_import_hash_lines(import);
    form->sign_ups = calloc(rows + 1, sizeof *form->sign_ups);
    if (form->sign_ups == NULL) {
        return no_memory(form, err);
    }
    for (size_t i = 0; i < rows && !import->no_memory; i++) {
        struct bw_sign_up s;
        enum bw_status status = bw_import_go_on(import, err);
        if (status != BW_OK) {
            return status;
        }
        if (bw_sign_up_read(import, &import->table.rows[i], &s) &&
            is_wanted(import, &s) &&
            bw_import_circle_of_row(&form->circles, import, &form->names,
                form->session_no, &import->table.rows[i], &s) &&
            check_audience(form, &s)) {
            form->sign_ups[form->sign_ups_count++] = s;
            bw_import_read_row(import, &s);
            bw_sign_up_note_letters(import, &s);
        }
        bw_progress_step(import->office->progress, "reading", (int64_t)i, (int64_t)rows);
    }
    bw_sign_up_note_mails(import, form->sign_ups, form->sign_ups_count);
    bw_sign_up_note_times(import, form->sign_ups, form->sign_ups_count);
    return import->no_memory ? no_memory(form, err) : BW_OK;
}

/* ---- people ---- */

static bool
is_same_person(const struct bw_sign_up *a, const struct bw_sign_up *b)
{
    return a->session_no == b->session_no && strcmp(a->identity, b->identity) == 0;
}

static int
by_sign_up(const void *a, const void *b)
{
    const struct bw_sign_up *left = ((const struct bw_place_request *)a)->first;
    const struct bw_sign_up *right = ((const struct bw_place_request *)b)->first;
    if (left->session_no != right->session_no) {
        return left->session_no < right->session_no ? -1 : 1;
    }
    int order = (left->time_ms > right->time_ms) - (left->time_ms < right->time_ms);
    return order != 0 ? order : (left->line > right->line) - (left->line < right->line);
}

/* The earliest row of a person asks for the place; later ones are duplicates, the last of
 * which has the answers. */
static enum bw_status
group_people(struct sign_up_form *form, struct bw_error *err)
{
    size_t count = form->sign_ups_count;
    struct bw_sign_up *rows = form->sign_ups;
    form->requests = calloc(count + 1, sizeof *form->requests);
    if (form->requests == NULL) {
        return no_memory(form, err);
    }
    qsort(rows, count, sizeof *rows, bw_sign_up_compare_person);
    struct bw_place_request *request = form->requests;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !is_same_person(&rows[i - 1], &rows[i])) {
            request = &form->requests[form->requests_count++];
            *request = (struct bw_place_request){
                .first = &rows[i], .last = &rows[i], .code = BW_CODE_NONE};
            continue;
        }
        request->last = &rows[i];
        bw_import_reject(form->import, rows[i].line, BW_REJECT_DUPLICATE,
            "%s signed up before, on line %d; the earlier time stands", rows[i].shown,
            (int)request->first->line);
    }
    qsort(form->requests, form->requests_count, sizeof *form->requests, by_sign_up);
    return BW_OK;
}

/* ---- places ---- */

/* What people call a session; its code where that isn't one of the names. */
static const char *
title_of(const struct sign_up_form *form, const char *code)
{
    for (size_t i = 0; i < form->names.count; i++) {
        if (strcmp(form->names.sessions[i].code, code) == 0) {
            return form->names.sessions[i].title;
        }
    }
    return code;
}

static bool
on_several(const struct bw_person_place *place, void *context)
{
    const struct sign_up_form *form = context;
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(place->code, shown);
    bw_import_note(form->import, false,
        "%s %s has a place in %s, and in %s too; cancel %s gives this one up",
        place->first_name, place->name, title_of(form, place->session_code),
        title_of(form, place->other_code), shown);
    return !form->import->no_memory;
}

/* Of each session that the file names, once all have their places: in one go, they cost
 * less. Requests stand by session. */
static enum bw_status
issue_tickets(const struct sign_up_form *form, const struct bw_placing *placing,
    struct bw_error *err)
{
    const struct bw_office *office = form->import->office;
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < form->requests_count; i++) {
        uint32_t session_no = form->requests[i].first->session_no;
        if (i == 0 || form->requests[i - 1].first->session_no != session_no) {
            status = bw_issue_batch(office->central, placing->keys, placing->signing,
                session_no, placing->batch_no, bw_office_now_ms(office), err);
        }
    }
    return status;
}

static enum bw_status
end_people(
    const struct sign_up_form *form, struct bw_placing *placing, struct bw_error *err)
{
    struct bw_import *import = form->import;
    enum bw_status status = bw_import_put_batch(import, placing->batch_no, err);
    if (status == BW_OK) {
        status = bw_import_doubts_settle(import, placing->batch_no, err);
    }
    if (status == BW_OK) {
        status = bw_import_tell_standing(import, &form->names, err);
    }
    return status == BW_OK ? bw_place_end(placing, err) : status;
}

static enum bw_status
place_people(struct sign_up_form *form, struct bw_placing *placing, struct bw_error *err)
{
    struct bw_central *central = form->import->office->central;
    for (size_t i = 0; i < form->requests_count; i++) {
        const struct bw_session *session =
            bw_session_names_by_number(&form->names, form->requests[i].first->session_no);
        enum bw_status status = bw_import_go_on(form->import, err);
        if (status == BW_OK) {
            status = bw_place_prepare(placing, session, &form->requests[i], err);
        }
        if (status != BW_OK) {
            return status;
        }
    }
    enum bw_status status =
        bw_place_ahead(placing, form->requests, form->requests_count, err);
    for (size_t i = 0; status == BW_OK && i < form->requests_count; i++) {
        const struct bw_session *session =
            bw_session_names_by_number(&form->names, form->requests[i].first->session_no);
        status = bw_import_go_on(form->import, err);
        status = status == BW_OK ? bw_place_one(placing, session, &form->requests[i], err)
                                 : status;
        bw_progress_step(form->import->office->progress, "giving out places", (int64_t)i,
            (int64_t)form->requests_count);
    }
    form->import->no_memory = form->import->no_memory || placing->who.no_memory;
    if (status == BW_OK) {
        status = bw_place_new_write(placing, err);
    }
    if (placing->overtaken > 0) { /* PL3 */
        bw_import_note(form->import, false,
            "%zu rows say something else than what is known, and change nothing: this "
            "file was imported before, and others since; where it is right after all, "
            "take those back (log, undo)",
            placing->overtaken);
    }
    if (status == BW_OK) {
        status = issue_tickets(form, placing, err);
    }
    if (status == BW_OK) {
        status =
            bw_place_people_several(central, placing->batch_no, 0, on_several, form, err);
    }
    if (status == BW_OK) {
        status = bw_import_note_schools(
            form->import, form->sign_ups, form->sign_ups_count, err);
    }
    if (status == BW_OK) {
        status = bw_step_keep_new(central, placing->batch_no, placing->first_person_no,
            placing->next_person_no, err);
    }
    return status == BW_OK ? end_people(form, placing, err) : status;
}

/* The step that this import is, and whether its words are news. */
static enum bw_status
begin_step(struct sign_up_form *form, struct bw_placing *placing, struct bw_error *err)
{
    struct bw_import *import = form->import;
    struct bw_sql_value hash = bw_sql_blob(import->hash, sizeof import->hash);
    const struct bw_session *session =
        bw_session_names_by_number(&form->names, form->session_no);
    int64_t before = 0;
    enum bw_status status = bw_central_number(import->office->central,
        "SELECT count(*) FROM import_batch b WHERE b.hash = $1 AND NOT EXISTS"
        " (SELECT 1 FROM step s WHERE s.batch_no = b.batch_no AND s.undone_by <> 0)",
        &hash, 1, 0, &before, err);
    placing->file_known = before > 0;
    return status == BW_OK
               ? bw_import_begin_step(import, session != NULL ? session->code : NULL,
                     placing->batch_no, err)
               : status;
}

static enum bw_status
read_form(struct sign_up_form *form, struct bw_error *err)
{
    struct bw_central *central = form->import->office->central;
    enum bw_status status = bw_session_names_load(central, &form->names, err);
    const char *code = form->import->request->session;
    if (status == BW_OK) {
        status = bw_import_alias_read(form->import, &form->names, err);
    }
    if (status == BW_OK && code != NULL) {
        bool several = false;
        const struct bw_session *session =
            bw_session_names_find(&form->names, code, 0, &several);
        if (session == NULL) {
            return bw_error_set(err, BW_NOT_FOUND, 0,
                "importing %s: there is no session \"%s\"; status lists them",
                form->import->request->path, code);
        }
        form->session_no = session->session_no;
    }
    bw_import_read_regions(form->import, &form->names);
    if (status == BW_OK) {
        status =
            bw_import_circle_of_file(form->import, &form->names, &form->session_no, err);
    }
    if (status == BW_OK && form->session_no != 0) {
        status = bw_step_check_open(central, form->session_no, err);
    }
    if (status == BW_OK) {
        status = require_columns(form, err);
    }
    if (status == BW_OK) {
        status = bw_import_settle_dates(form->import,
            bw_sign_up_latest_ms(
                form->import, bw_session_names_by_number(&form->names, form->session_no)),
            err);
    }
    if (status == BW_OK) {
        status = read_rows(form, err);
    }
    if (status == BW_OK) {
        status = bw_import_circle_ask(&form->circles, form->import, &form->names, err);
    }
    if (status == BW_OK) {
        status = bw_region_ask(&form->regions, form->import, &form->names, err);
    }
    if (status == BW_OK) {
        status = group_people(form, err);
    }
    if (status != BW_OK || form->session_no == 0) {
        return status;
    }
    struct bw_import_circle *circle = &form->circle;
    circle->names = &form->names;
    circle->session = bw_session_names_by_number(&form->names, form->session_no);
    circle->rows = form->sign_ups;
    circle->count = form->sign_ups_count;
    return bw_import_circle_check(form->import, circle, err);
}

/* The sessions are read inside the transaction,
 * so that capacity and places are of one moment. */
static enum bw_status
import_form(struct sign_up_form *form, struct bw_error *err)
{
    struct bw_keys keys = {.count = 0};
    struct bw_placing placing = {
        .import = form->import,
        .keys = &keys,
        .gives_places = form->import->request->kind == BW_IMPORT_REGISTRATIONS,
    };
    const struct bw_office *office = form->import->office;
    bw_who_init(&placing.who, form->import);
    enum bw_status status = bw_office_keys(office, &keys, err);
    if (status == BW_OK) {
        status = bw_central_begin_step(office->central, err);
    }
    if (status == BW_OK) {
        status = read_form(form, err);
    }
    if (status == BW_OK) {
        status = bw_import_hold(
            form->import, &form->names, form->requests, form->requests_count, err);
    }
    if (status == BW_OK) {
        status = bw_import_next_batch(form->import, &placing.batch_no, err);
    }
    if (status == BW_OK) {
        status = begin_step(form, &placing, err);
    }
    if (status == BW_OK) {
        status = place_people(form, &placing, err);
    }
    if (status == BW_OK) {
        status = bw_import_end(form->import, err);
    }
    bw_place_finish(&placing);
    bw_keys_finish(&keys);
    return status;
}

enum bw_status
bw_import_sign_ups(struct bw_import *import, struct bw_error *err)
{
    struct sign_up_form form = {.import = import};
    form.circles.check = &form.circle;
    enum bw_status status = import_form(&form, err);
    form_finish(&form);
    return status;
}
