/* Sign-ups into the central database: see place.h. */
#include "office/import/place.h"

#include "central/sealed.h"
#include "central/central.h"
#include "office/office.h"
#include "central/issue.h"

#include <assert.h>
#include <string.h>

/* What the database knows of this person in this session. */
struct place_known {
    bool found;
    bw_code code;
    enum bw_registration_status status;
    int64_t signed_up_ms, answers_ms, changed_ms;
    int32_t line;
    bool same_answers;
    const struct bw_sign_up *last;
};

static bool
on_known(const struct bw_sql_value *c, int count, void *context)
{
    struct place_known *known = context;
    const struct bw_sign_up *s = known->last;
    assert(count == 14);
    known->found = true;
    known->code = (bw_code)c[0].number;
    known->status = (enum bw_registration_status)c[1].number;
    known->signed_up_ms = c[2].number;
    known->answers_ms = c[3].number;
    known->changed_ms = c[4].number;
    known->line = (int32_t)c[5].number;
    known->same_answers =
        strcmp(c[6].text, s->first_name) == 0 && strcmp(c[7].text, s->name) == 0 &&
        strcmp(c[8].text, s->school) == 0 && strcmp(c[9].text, s->role) == 0 &&
        strcmp(c[10].text, s->region) == 0 && strcmp(c[11].text, s->table) == 0 &&
        strcmp(c[12].text, s->mail) == 0 &&
        (s->attention == NULL || strcmp(c[13].text, s->attention) == 0);
    return false;
}

static enum bw_status
find_known(struct bw_placing *placing, const struct bw_place_request *request,
    struct place_known *ret_known, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(request->last->session_no),
        bw_sql_text(request->last->identity),
    };
    *ret_known = (struct place_known){.last = request->last};
    return bw_central_run(placing->import->office->central,
        "SELECT r.code, r.status, r.signed_up_ms, r.answers_ms, r.changed_ms, r.line,"
        " r.first_name, r.name, r.school, r.role, r.region, r.table_name, p.mail,"
        " r.attention"
        " FROM person p JOIN registration r ON r.person_no = p.person_no"
        " WHERE r.session_no = $1 AND p.identity = $2",
        values, 2, on_known, ret_known, err);
}

/* Taken once a session of the import, and only where something changes. */
static enum bw_status
take_revision(struct bw_placing *placing, struct bw_error *err)
{
    if (placing->revision != 0) {
        return BW_OK;
    }
    return bw_central_next_revision(
        placing->import->office->central, placing->session_no, &placing->revision, err);
}

/* ---- somebody known ---- */

static void
count_status(struct bw_import *import, enum bw_registration_status status)
{
    switch (status) {
    case BW_CONFIRMED:
        import->result.confirmed++;
        break;
    case BW_WAITLISTED:
        import->result.waitlisted++;
        break;
    case BW_CANCELLED:
        import->result.cancelled++;
        break;
    case BW_BLOCKED:
        import->result.blocked++;
        break;
    }
}

static enum bw_status
put_mail(struct bw_placing *placing, const struct bw_sign_up *s, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_text(s->identity), bw_sql_text(s->mail)};
    return bw_central_run(placing->import->office->central,
        "UPDATE person SET mail = $2 WHERE identity = $1", values, 2, NULL, NULL, err);
}

static enum bw_status
put_answers(struct bw_placing *placing, const struct place_known *known,
    const struct bw_sign_up *s, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int((int64_t)known->code),
        bw_sql_text(s->first_name),
        bw_sql_text(s->name),
        bw_sql_text(s->school),
        bw_sql_text(s->role),
        bw_sql_text(s->region),
        bw_sql_text(s->table),
        bw_sql_int(s->time_ms),
        bw_sql_int(placing->revision),
        s->attention != NULL ? bw_sql_text(s->attention) : bw_sql_null(),
    };
    enum bw_status status = bw_central_run(placing->import->office->central,
        "UPDATE registration SET first_name = $2, name = $3, school = $4, role = $5,"
        " region = $6, table_name = $7, answers_ms = $8, revision = $9,"
        " attention = coalesce($10, attention) WHERE code = $1",
        values, 10, NULL, NULL, err);
    if (status == BW_OK) {
        status =
            bw_central_sealed_refresh(placing->import->office->central, known->code, err);
    }
    return status == BW_OK ? put_mail(placing, s, err) : status;
}

static enum bw_status
put_time(struct bw_placing *placing, const struct place_known *known,
    const struct bw_sign_up *s, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int((int64_t)known->code),
        bw_sql_int(s->time_ms),
        bw_sql_int(s->line),
        bw_sql_int(placing->batch_no),
        bw_sql_int(placing->revision),
    };
    return bw_central_run(placing->import->office->central,
        "UPDATE registration SET signed_up_ms = $2, line = $3, batch_no = $4,"
        " revision = $5 WHERE code = $1",
        values, 5, NULL, NULL, err);
}

/* A sign-up after a cancellation isn't taken for a change of mind: people decide. */
static void
note_cancelled(
    struct bw_import *import, const struct place_known *known, const struct bw_sign_up *s)
{
    if (known->status == BW_CANCELLED && s->time_ms > known->changed_ms) {
        char code[BW_CODE_SHOWN_BYTES];
        bw_code_format_shown(known->code, code);
        bw_import_note(import, true,
            "line %d: %s signed up again after %s was cancelled; it stays cancelled, "
            "look whether that is right",
            (int)s->line, s->shown, code);
    }
}

static enum bw_status
update_known(struct bw_placing *placing, const struct place_known *known,
    const struct bw_place_request *request, struct bw_error *err)
{
    const struct bw_sign_up *first = request->first;
    bool earlier = first->time_ms < known->signed_up_ms;
    bool answered = request->last->time_ms >= known->answers_ms && !known->same_answers;
    enum bw_status status = BW_OK;
    if (earlier || answered) {
        status = take_revision(placing, err);
        placing->import->result.changed++;
    }
    if (status == BW_OK && earlier) {
        status = put_time(placing, known, first, err);
    }
    if (status == BW_OK && answered) {
        status = put_answers(placing, known, request->last, err);
    }
    if (first->time_ms > known->signed_up_ms) {
        char code[BW_CODE_SHOWN_BYTES];
        bw_code_format_shown(known->code, code);
        bw_import_reject(placing->import, first->line, BW_REJECT_DUPLICATE,
            "%s signed up before, as %s; the earlier time stands", first->shown, code);
    } else {
        count_status(placing->import, known->status);
    }
    note_cancelled(placing->import, known, request->last);
    return status;
}

/* ---- somebody new ---- */

struct found_person {
    bool found;
    int64_t person_no;
};

static bool
on_person(const struct bw_sql_value *columns, int count, void *context)
{
    struct found_person *person = context;
    (void)count;
    person->found = true;
    person->person_no = columns[0].number;
    return false;
}

static enum bw_status
number_people(struct bw_placing *placing, struct bw_error *err)
{
    return placing->next_person_no != 0
               ? BW_OK
               : bw_central_number(placing->import->office->central,
                     "SELECT coalesce(max(person_no), 0) + 1 FROM person", NULL, 0, 1,
                     &placing->next_person_no, err);
}

static enum bw_status
find_or_make_person(struct bw_placing *placing, const struct bw_sign_up *s,
    int64_t *ret_person_no, struct bw_error *err)
{
    struct bw_central *central = placing->import->office->central;
    struct found_person person = {.found = false};
    struct bw_sql_value identity = bw_sql_text(s->identity);
    enum bw_status status =
        bw_central_run(central, "SELECT person_no FROM person WHERE identity = $1",
            &identity, 1, on_person, &person, err);
    if (status == BW_OK && person.found) {
        *ret_person_no = person.person_no;
        return put_mail(placing, s, err);
    }
    if (status == BW_OK) {
        status = number_people(placing, err);
    }
    if (status != BW_OK) {
        return status;
    }
    struct bw_sql_value values[] = {
        bw_sql_int(placing->next_person_no),
        identity,
        bw_sql_text(s->mail),
        bw_sql_text(s->mail_fold),
    };
    *ret_person_no = placing->next_person_no++;
    return bw_central_run(central,
        "INSERT INTO person (person_no, identity, mail, mail_fold) "
        "VALUES ($1, $2, $3, $4)",
        values, 4, NULL, NULL, err);
}

static enum bw_status
look_at_places(
    struct bw_placing *placing, const struct bw_session *session, struct bw_error *err)
{
    if (placing->session_no == session->session_no) {
        return BW_OK;
    }
    struct bw_central *central = placing->import->office->central;
    int64_t waiting = 0;
    enum bw_status status =
        bw_office_is_purged(central, session->session_no, &placing->purged, err);
    if (status == BW_OK) {
        status =
            bw_office_count(central, session->session_no, BW_WAITLISTED, &waiting, err);
    }
    if (status == BW_OK) {
        status = bw_office_free_places(central, session, &placing->free, err);
    }
    if (status == BW_OK) {
        placing->session_no = session->session_no;
        placing->revision = 0;
        placing->waits = waiting > 0;
    }
    return status;
}

static enum bw_status
insert_registration(struct bw_placing *placing, const struct bw_place_request *request,
    bw_code code, int64_t person_no, bool placed, struct bw_error *err)
{
    const struct bw_sign_up *s = request->last;
    int64_t now_ms = bw_office_now_ms(placing->import->office);
    int64_t status = placed ? BW_CONFIRMED : BW_WAITLISTED;
    struct bw_sql_value values[] = {
        bw_sql_int((int64_t)code),
        bw_sql_int(s->session_no),
        bw_sql_int(person_no),
        bw_sql_int(status),
        bw_sql_int(request->first->time_ms),
        bw_sql_int(request->first->line),
        bw_sql_int(placing->batch_no),
        bw_sql_int(s->time_ms),
        bw_sql_text(s->first_name),
        bw_sql_text(s->name),
        bw_sql_text(s->school),
        bw_sql_text(s->role),
        bw_sql_text(s->region),
        bw_sql_text(s->table),
        placed ? bw_sql_int(now_ms) : bw_sql_null(),
        bw_sql_int(now_ms),
        bw_sql_int(placing->revision),
        bw_sql_text(s->attention != NULL ? s->attention : ""),
    };
    return bw_central_run(placing->import->office->central,
        "INSERT INTO registration (code, session_no, person_no, status, status_before,"
        " generation, signed_up_ms, line, batch_no, answers_ms, first_name, name, school,"
        " role, region, table_name, why, placed_ms, changed_ms, revision,"
        " attention)"
        " VALUES ($1, $2, $3, $4, $4, 0, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '',"
        " $15, $16, $17, $18)",
        values, 18, NULL, NULL, err);
}

static enum bw_status
add_new(struct bw_placing *placing, const struct bw_session *session,
    const struct bw_place_request *request, struct bw_error *err)
{
    struct bw_import *import = placing->import;
    int64_t person_no = 0;
    bw_code code = BW_CODE_NONE;
    enum bw_status status = take_revision(placing, err);
    if (status == BW_OK) {
        status = find_or_make_person(placing, request->last, &person_no, err);
    }
    if (status == BW_OK) {
        status = bw_issue_code(import->office->central, &code, err);
    }
    bool placed = placing->gives_places && !placing->waits && placing->free > 0;
    if (status == BW_OK) {
        status = insert_registration(placing, request, code, person_no, placed, err);
    }
    if (status == BW_OK) {
        status = bw_issue_ticket(import->office->central, placing->keys,
            session->session_no, code, 0, bw_office_now_ms(import->office), err);
    }
    if (status == BW_OK) {
        placing->free -= placed;
        placing->waits = placing->waits || !placed;
        import->result.added++;
        count_status(import, placed ? BW_CONFIRMED : BW_WAITLISTED);
    }
    return status;
}

/* The same mail with another name is a second person, and is named for a look. EXISTS and
 * no join: the planner would walk the whole session for every row. */
static enum bw_status
note_shared_mail(
    struct bw_placing *placing, const struct bw_sign_up *s, struct bw_error *err)
{
    if (s->mail_fold[0] == '\0') {
        return BW_OK;
    }
    struct bw_sql_value values[] = {
        bw_sql_text(s->mail_fold),
        bw_sql_int(s->session_no),
        bw_sql_text(s->identity),
    };
    int64_t others = 0;
    enum bw_status status = bw_central_number(placing->import->office->central,
        "SELECT 1 FROM person p WHERE p.mail_fold = $1 AND p.identity <> $3"
        " AND EXISTS (SELECT 1 FROM registration r WHERE r.person_no = p.person_no"
        " AND r.session_no = $2) LIMIT 1",
        values, 3, 0, &others, err);
    if (status == BW_NOT_FOUND) {
        return BW_OK;
    }
    if (status == BW_OK) {
        bw_import_note(placing->import, true,
            "line %d: %s uses the mail address of somebody with another name; both are "
            "kept as two people, look whether that is right",
            (int)s->line, s->shown);
    }
    return status;
}

enum bw_status
bw_place_one(struct bw_placing *placing, const struct bw_session *session,
    const struct bw_place_request *request, struct bw_error *err)
{
    struct place_known known;
    enum bw_status status = look_at_places(placing, session, err);
    if (status == BW_OK && placing->purged) {
        bw_import_reject(placing->import, request->first->line, BW_REJECT_INVALID,
            "the people of %s were purged; it takes no sign-ups any more", session->code);
        return BW_OK;
    }
    if (status == BW_OK) {
        status = find_known(placing, request, &known, err);
    }
    if (status == BW_OK) {
        status = known.found ? update_known(placing, &known, request, err)
                             : add_new(placing, session, request, err);
    }
    return status == BW_OK ? note_shared_mail(placing, request->first, err) : status;
}
