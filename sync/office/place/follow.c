/* A registration that takes over from another: see follow.h. */
#include "office/place/follow.h"

#include "central/issue.h"
#include "central/records.h"
#include "office/place/place_change.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <stdlib.h>

struct following {
    const struct bw_office *office;
    struct bw_office_registration *goes;
    const struct bw_place_follower *follower;
    struct bw_office_registration follows;
};

static struct bw_sql_value
text_or_null(const char *text)
{
    return text != NULL ? bw_sql_text(text) : bw_sql_null();
}

/* Words and the time of the answers are those of the one that goes; a table is only where
 * the session is the same, a word to staff only where the person is. */
static enum bw_status
insert(const struct following *f, bw_code code, int64_t revision, struct bw_error *err)
{
    const struct bw_place_follower *to = f->follower;
    const struct bw_registration *goes = &f->goes->roster;
    int64_t now_ms = bw_office_now_ms(f->office);
    struct bw_sql_value values[] = {bw_sql_int((int64_t)goes->code),
        bw_sql_int((int64_t)code), bw_sql_int(to->session_no), bw_sql_int(to->person_no),
        bw_sql_int(to->status), bw_sql_int(to->signed_up_ms),
        text_or_null(to->first_name), text_or_null(to->name), text_or_null(to->school),
        text_or_null(to->role), text_or_null(to->region),
        bw_sql_int(to->session_no == goes->session_no),
        to->status == BW_CONFIRMED ? bw_sql_int(now_ms) : bw_sql_null(),
        bw_sql_int(now_ms), bw_sql_int(revision), bw_sql_int(to->other_person)};
    return bw_central_run(f->office->central,
        "INSERT INTO registration (code, session_no, person_no, status, status_before,"
        " generation, signed_up_ms, line, batch_no, answers_ms, first_name, name, school,"
        " role, region, table_name, why, placed_ms, changed_ms, revision, attention,"
        " doubt) SELECT CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT),"
        " CAST($5 AS BIGINT), CAST($5 AS BIGINT), 0, CAST($6 AS BIGINT), r.line, 0,"
        " r.answers_ms, coalesce(CAST($7 AS TEXT), r.first_name),"
        " coalesce(CAST($8 AS TEXT), r.name), coalesce(CAST($9 AS TEXT), r.school),"
        " coalesce(CAST($10 AS TEXT), r.role), coalesce(CAST($11 AS TEXT), r.region),"
        " CASE WHEN CAST($12 AS BIGINT) = 1 THEN r.table_name ELSE '' END, '',"
        " CAST($13 AS BIGINT), CAST($14 AS BIGINT), CAST($15 AS BIGINT),"
        " CASE WHEN CAST($16 AS BIGINT) = 1 THEN '' ELSE r.attention END, 0"
        " FROM registration r WHERE r.code = $1",
        values, sizeof values / sizeof values[0], NULL, NULL, err);
}

static enum bw_status
make(const struct following *f, bw_code *ret_code, struct bw_error *err)
{
    struct bw_central *central = f->office->central;
    uint32_t session_no = f->follower->session_no;
    struct bw_keys keys = {.count = 0};
    bw_code code = BW_CODE_NONE;
    int64_t revision = 0;
    enum bw_status status = bw_step_check_open(central, session_no, err);
    if (status == BW_OK) {
        status = bw_central_next_revision(central, session_no, &revision, err);
    }
    if (status == BW_OK) {
        status = bw_issue_code(central, &code, err);
    }
    if (status == BW_OK) {
        status = insert(f, code, revision, err);
    }
    if (status == BW_OK) {
        status = bw_step_keep_made(central, code, err);
    }
    if (status == BW_OK) {
        status = bw_office_keys(f->office, &keys, err);
    }
    if (status == BW_OK) {
        status = bw_issue_ticket(
            central, &keys, session_no, code, 0, bw_office_now_ms(f->office), err);
    }
    bw_keys_finish(&keys);
    *ret_code = code;
    return status;
}

/* One that was cancelled stands again, with the rank of now. */
static enum bw_status
stand_again(const struct following *f, bw_code code, struct bw_error *err)
{
    struct bw_office_registration again;
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(code, shown);
    enum bw_status status =
        bw_office_registration_of(f->office->central, code, &again, err);
    if (status == BW_OK && again.roster.status != BW_CANCELLED) {
        return bw_error_set(err, BW_REFUSED, 0,
            "giving %s %s a place in %s: they are in it already, as %s (%s)",
            again.roster.person.first_name, again.roster.person.name, again.session_code,
            shown, bw_said(bw_registration_status_name(again.roster.status)));
    }
    if (status == BW_OK) {
        status = bw_place_set_status(f->office, &again, f->follower->status, "", err);
    }
    struct bw_sql_value values[] = {
        bw_sql_int((int64_t)code), bw_sql_int(f->follower->signed_up_ms)};
    return status != BW_OK
               ? status
               : bw_central_run(f->office->central,
                     "UPDATE registration SET signed_up_ms = $2 WHERE code = $1", values,
                     2, NULL, NULL, err);
}

static enum bw_status
find_theirs(const struct following *f, bw_code *ret_code, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(f->follower->session_no), bw_sql_int(f->follower->person_no)};
    int64_t code = -1;
    enum bw_status status = bw_central_number(f->office->central,
        "SELECT coalesce(max(code), -1) FROM registration WHERE session_no = $1"
        " AND person_no = $2",
        values, 2, 0, &code, err);
    *ret_code = code >= 0 ? (bw_code)code : BW_CODE_NONE;
    return status;
}

static enum bw_status
lead(const struct following *f, int64_t from, bw_code to, struct bw_error *err)
{
    struct bw_central *central = f->office->central;
    struct bw_sql_value values[] = {
        bw_sql_int(from), bw_sql_int((int64_t)to), bw_sql_null()};
    int64_t session_no = 0, revision = 0;
    enum bw_status status = bw_step_keep_registration(central, (bw_code)from, err);
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT session_no FROM registration WHERE code = $1", values, 1, 0,
            &session_no, err);
    }
    if (status == BW_OK) {
        status = bw_central_next_revision(central, (uint32_t)session_no, &revision, err);
        values[2] = bw_sql_int(revision);
    }
    return status != BW_OK ? status
                           : bw_central_run(central,
                                 "UPDATE registration SET followed_by = $2, revision = $3"
                                 " WHERE code = $1",
                                 values, 3, NULL, NULL, err);
}

/* FO1. Of a session whose figures are fixed nothing is changed (ST5). */
static enum bw_status
lead_all(const struct following *f, bw_code to, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int((int64_t)f->goes->roster.code);
    int64_t *codes = NULL;
    size_t count = 0;
    enum bw_status status = lead(f, value.number, to, err);
    if (status == BW_OK && !f->follower->other_person) {
        status = bw_record_numbers(f->office->central,
            "SELECT r.code FROM registration r"
            " JOIN session s ON s.session_no = r.session_no"
            " WHERE r.followed_by = $1 AND s.closed_ms = 0 ORDER BY r.code",
            &value, 1, &codes, &count, err);
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = lead(f, codes[i], to, err);
    }
    free(codes);
    return status;
}

enum bw_status
bw_place_follow(const struct bw_office *office, struct bw_office_registration *goes,
    const struct bw_place_follower *follower, struct bw_office_registration *ret_follows,
    struct bw_error *err)
{
    struct following f = {office, goes, follower, {.status_before = BW_CANCELLED}};
    bw_code code = BW_CODE_NONE;
    enum bw_status status = find_theirs(&f, &code, err);
    if (status == BW_OK) {
        status = code == BW_CODE_NONE ? make(&f, &code, err) : stand_again(&f, code, err);
    }
    if (status == BW_OK) {
        status = bw_place_set_status(office, goes, BW_CANCELLED, "", err);
    }
    if (status == BW_OK) {
        status = lead_all(&f, code, err);
    }
    if (status == BW_OK) {
        status = bw_office_registration_of(office->central, code, &f.follows, err);
    }
    if (status == BW_OK) {
        *ret_follows = f.follows;
    }
    return status;
}
