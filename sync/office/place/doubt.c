/* Doubts, and what the organiser says of them: see doubt.h. */
#include "office/place/doubt.h"

#include "central/records.h"
#include "office/hold.h"
#include "office/place/people.h"
#include "office/place/place_change.h"
#include "office/session.h"
#include "office/step.h"

#include <stdlib.h>

/* ---- telling ---- */

static bw_code
code_of(const struct bw_sql_value *value)
{
    return value->number >= 0 ? (bw_code)value->number : BW_CODE_NONE;
}

struct doubt_walk {
    bw_place_doubt_each *each;
    void *context;
};

static bool
on_doubt(const struct bw_sql_value *c, int count, void *context)
{
    const struct doubt_walk *walk = context;
    (void)count;
    const struct bw_place_doubt_side who = {(bw_code)c[1].number, c[2].text, c[3].text,
        c[4].text, c[5].text, c[6].text, c[7].text};
    const struct bw_place_doubt_side other = {code_of(&c[8]), c[9].text, c[10].text,
        c[11].text, c[12].text, c[13].text, c[14].text};
    return walk->each((enum bw_place_doubt)c[0].number, &who, &other, walk->context);
}

enum bw_status
bw_place_doubts_walk(struct bw_central *central, bw_place_doubt_each *each, void *context,
    struct bw_error *err)
{
    struct doubt_walk walk = {each, context};
    struct bw_sql_value value = bw_sql_int(BW_WAITLISTED);
    return bw_central_run(central,
        "SELECT r.doubt, r.code, r.first_name, r.name, p.mail, r.school, r.role, s.code,"
        " coalesce(o.code, -1), coalesce(o.first_name, ''), coalesce(o.name, ''),"
        " coalesce(q.mail, ''), coalesce(o.school, ''), coalesce(o.role, ''),"
        " coalesce(t.code, '') FROM registration r"
        " JOIN person p ON p.person_no = r.person_no"
        " JOIN session s ON s.session_no = r.session_no"
        " LEFT JOIN registration o ON o.code = r.doubt_of"
        " LEFT JOIN person q ON q.person_no = o.person_no"
        " LEFT JOIN session t ON t.session_no = o.session_no"
        " WHERE r.doubt <> 0 AND r.status = $1"
        " ORDER BY s.starts_ms, s.code, " BW_SIGN_UP_ORDER,
        &value, 1, on_doubt, &walk, err);
}

enum bw_status
bw_place_doubts_count(
    struct bw_central *central, int64_t *ret_count, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(BW_WAITLISTED);
    return bw_central_number(central,
        "SELECT count(*) FROM registration WHERE doubt <> 0 AND status = $1", &value, 1,
        0, ret_count, err);
}

/* ---- settling ---- */

struct doubtful {
    enum bw_place_doubt doubt;
    bw_code other;
    bool by_form; /* a form of its session brought it: that gives places */
    bool closed;  /* the figures of its session are fixed */
    int64_t person_no, other_person_no;
};

static bool
on_doubtful(const struct bw_sql_value *c, int count, void *context)
{
    struct doubtful *doubtful = context;
    (void)count;
    doubtful->doubt = (enum bw_place_doubt)c[0].number;
    doubtful->other = code_of(&c[1]);
    doubtful->by_form = c[2].number != 0;
    doubtful->closed = c[3].number != 0;
    doubtful->person_no = c[4].number;
    doubtful->other_person_no = c[5].number;
    return false;
}

static enum bw_status
read_doubtful(struct bw_central *central, bw_code code, struct doubtful *ret_doubtful,
    struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int((int64_t)code);
    return bw_central_run(central,
        "SELECT r.doubt, coalesce(r.doubt_of, -1), (SELECT count(*)"
        " FROM import_batch b WHERE b.batch_no = r.batch_no"
        " AND b.kind = 'registrations'), s.closed_ms, r.person_no,"
        " coalesce(o.person_no, 0) FROM registration r"
        " JOIN session s ON s.session_no = r.session_no"
        " LEFT JOIN registration o ON o.code = r.doubt_of WHERE r.code = $1",
        &value, 1, on_doubtful, ret_doubtful, err);
}

static enum bw_status
clear(const struct bw_office *office, bw_code code, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int((int64_t)code);
    enum bw_status status = bw_step_keep_registration(office->central, code, err);
    return status != BW_OK ? status
                           : bw_central_run(office->central,
                                 "UPDATE registration SET doubt = 0, doubt_of = NULL"
                                 " WHERE code = $1",
                                 &value, 1, NULL, NULL, err);
}

/* The place that was kept for them; who waits before them goes first, and for somebody
 * before them who is still in doubt a place is kept. Who was cancelled meanwhile gets
 * none. */
static enum bw_status
place(const struct bw_office *office, struct bw_place_doubt_settled *settled,
    struct bw_error *err)
{
    struct bw_registration *roster = &settled->registration.roster;
    struct bw_sql_value values[] = {bw_sql_int(roster->session_no),
        bw_sql_int(BW_WAITLISTED), bw_sql_int(roster->signed_up_ms)};
    struct bw_session session;
    struct bw_keys keys = {.count = 0};
    int64_t before = 0, doubts = 0, free_places = 0;
    if (roster->status != BW_WAITLISTED) {
        return BW_OK;
    }
    enum bw_status status = bw_central_number(office->central,
        "SELECT count(*) FROM registration WHERE session_no = $1 AND status = $2"
        " AND doubt = 0 AND signed_up_ms < $3",
        values, 3, 0, &before, err);
    if (status == BW_OK) {
        status = bw_central_number(office->central,
            "SELECT count(*) FROM registration WHERE session_no = $1 AND status = $2"
            " AND doubt <> 0 AND signed_up_ms < $3",
            values, 3, 0, &doubts, err);
    }
    if (status == BW_OK) {
        status = bw_record_session_by_number(
            office->central, roster->session_no, &session, err);
    }
    if (status == BW_OK) {
        status = bw_office_free_places(office->central, &session, &free_places, err);
    }
    if (status != BW_OK || before > 0 || free_places <= doubts ||
        !bw_office_session_is_open(office, &session)) {
        return status;
    }
    status = bw_office_keys(office, &keys, err);
    if (status == BW_OK) {
        status =
            bw_place_set_status(office, &settled->registration, BW_CONFIRMED, "", err);
    }
    if (status == BW_OK) {
        status = bw_place_renew_ticket(office, &keys, &settled->registration, err);
    }
    bw_keys_finish(&keys);
    settled->placed = true;
    return status;
}

/* The registration of a person in a session: after joining, the one that stands. */
static enum bw_status
standing(const struct bw_office *office, int64_t person_no, uint32_t session_no,
    struct bw_office_registration *ret_registration, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(person_no), bw_sql_int(session_no)};
    int64_t code = 0;
    enum bw_status status = bw_central_number(office->central,
        "SELECT code FROM registration WHERE person_no = $1 AND session_no = $2", values,
        2, 0, &code, err);
    return status != BW_OK ? status
                           : bw_office_registration_of(
                                 office->central, (bw_code)code, ret_registration, err);
}

static enum bw_status
join(const struct bw_office *office, const struct doubtful *doubtful,
    struct bw_place_doubt_settled *settled, struct bw_error *err)
{
    bw_code was = settled->registration.roster.code;
    struct bw_place_people_merged merged = {.moved = 0};
    enum bw_status status = clear(office, was, err);
    if (status == BW_OK) {
        status = bw_place_people_join(
            office, doubtful->other_person_no, doubtful->person_no, &merged, err);
    }
    if (status == BW_OK) {
        status = standing(office, doubtful->other_person_no,
            settled->registration.roster.session_no, &settled->registration, err);
    }
    return status == BW_OK && settled->registration.roster.code == was &&
                   doubtful->by_form
               ? place(office, settled, err)
               : status;
}

/* Another answer with the same doubt, in another session: cleared, where joining didn't.
 * Figures that are fixed stay so. */
static enum bw_status
settle_other(const struct bw_office *office, bw_code code, struct bw_error *err)
{
    struct doubtful doubtful = {.doubt = BW_PLACE_DOUBT_NONE};
    struct bw_place_doubt_settled settled = {.placed = false};
    enum bw_status status =
        bw_office_registration_of(office->central, code, &settled.registration, err);
    if (status == BW_OK) {
        status = read_doubtful(office->central, code, &doubtful, err);
    }
    if (status == BW_OK && doubtful.closed) {
        return BW_OK;
    }
    if (status == BW_OK) {
        status = clear(office, code, err);
    }
    return status == BW_OK && doubtful.by_form ? place(office, &settled, err) : status;
}

/* The same doubt in other sessions of the series is settled with this one. */
static enum bw_status
settle_people(const struct bw_office *office, const struct doubtful *doubtful,
    enum bw_place_doubt_way way, struct bw_place_doubt_settled *settled,
    struct bw_error *err)
{
    bw_code code = settled->registration.roster.code;
    int64_t *codes = NULL;
    size_t count = 0;
    enum bw_status status = BW_OK;
    if (doubtful->other != BW_CODE_NONE) {
        status = bw_place_people_doubts(office->central, doubtful->person_no,
            doubtful->other_person_no, &codes, &count, err);
    }
    if (status == BW_OK && way == BW_PLACE_DOUBT_SAME) {
        status = join(office, doubtful, settled, err);
    } else if (status == BW_OK) {
        status = clear(office, code, err);
        if (status == BW_OK && doubtful->by_form) {
            status = place(office, settled, err);
        }
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        if ((bw_code)codes[i] != code) {
            status = settle_other(office, (bw_code)codes[i], err);
            settled->others++;
        }
    }
    free(codes);
    return status;
}

static enum bw_status
settle_way(const struct bw_office *office, const struct doubtful *doubtful,
    enum bw_place_doubt_way way, const char *why, struct bw_place_doubt_settled *settled,
    struct bw_error *err)
{
    enum bw_status status = BW_OK;
    switch (way) {
    case BW_PLACE_DOUBT_SAME:
    case BW_PLACE_DOUBT_OTHER:
        return settle_people(office, doubtful, way, settled, err);
    case BW_PLACE_DOUBT_OUT:
        status = clear(office, settled->registration.roster.code, err);
        return status == BW_OK ? bw_place_set_status(office, &settled->registration,
                                     BW_CANCELLED, why, err)
                               : status;
    }
    return status;
}

/* Who is whose is settled over all sessions of the two at once. */
static enum bw_status
begin(const struct bw_office *office, const char *typed, enum bw_place_doubt_way way,
    struct bw_office_registration *ret_registration, struct bw_error *err)
{
    if (way == BW_PLACE_DOUBT_OUT) {
        return bw_office_hold_registration(office->central, typed, ret_registration, err);
    }
    enum bw_status status = bw_central_begin(office->central, err);
    return status == BW_OK ? bw_office_registration_by_code(
                                 office->central, typed, ret_registration, err)
                           : status;
}

static enum bw_status
settle(const struct bw_office *office, const char *typed, enum bw_place_doubt_way way,
    const char *why, struct bw_place_doubt_settled *settled, struct bw_error *err)
{
    struct doubtful doubtful = {.doubt = BW_PLACE_DOUBT_NONE};
    char shown[BW_CODE_SHOWN_BYTES] = "";
    enum bw_status status = begin(office, typed, way, &settled->registration, err);
    if (status == BW_OK) {
        bw_code_format_shown(settled->registration.roster.code, shown);
        status = read_doubtful(
            office->central, settled->registration.roster.code, &doubtful, err);
    }
    if (status == BW_OK && doubtful.doubt == BW_PLACE_DOUBT_NONE) {
        return bw_error_set(err, BW_REFUSED, 0,
            "settling %s: there is no doubt about it; doubts lists those there are",
            shown);
    }
    if (status == BW_OK && way == BW_PLACE_DOUBT_SAME && doubtful.other == BW_CODE_NONE) {
        return bw_error_set(err, BW_REFUSED, 0,
            "settling %s: it looks like nobody else; say in or out", shown);
    }
    if (status == BW_OK) {
        status = bw_step_begin(office, "settle", shown, why, 0, err);
    }
    if (status == BW_OK) {
        status = bw_step_check_open(
            office->central, settled->registration.roster.session_no, err);
    }
    return status == BW_OK ? settle_way(office, &doubtful, way, why, settled, err)
                           : status;
}

enum bw_status
bw_place_doubt_settle(const struct bw_office *office, const char *typed,
    enum bw_place_doubt_way way, const char *why,
    struct bw_place_doubt_settled *ret_settled, struct bw_error *err)
{
    struct bw_place_doubt_settled settled = {.placed = false};
    enum bw_status status = settle(office, typed, way, why, &settled, err);
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        *ret_settled = settled;
    }
    return status;
}
