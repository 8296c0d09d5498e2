/* Doubts, and what the organiser says of them: see doubt.h. */
#include "office/place/doubt.h"

#include "central/records.h"
#include "office/hold.h"
#include "office/place/meanwhile.h"
#include "office/place/people.h"
#include "office/place/place_change.h"
#include "office/session.h"
#include "office/step.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
        c[4].text, c[5].text, c[6].text, c[7].text,
        (enum bw_registration_status)c[15].number, c[16].number, c[17].text};
    const struct bw_place_doubt_side other = {code_of(&c[8]), c[9].text, c[10].text,
        c[11].text, c[12].text, c[13].text, c[14].text,
        (enum bw_registration_status)c[18].number, c[19].number, c[20].text};
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
        " coalesce(t.code, ''), r.status, r.signed_up_ms, coalesce(b.file, ''),"
        " coalesce(o.status, $1), coalesce(o.signed_up_ms, 0), coalesce(d.file, '')"
        " FROM registration r"
        " JOIN person p ON p.person_no = r.person_no"
        " JOIN session s ON s.session_no = r.session_no"
        " LEFT JOIN registration o ON o.code = r.doubt_of"
        " LEFT JOIN person q ON q.person_no = o.person_no"
        " LEFT JOIN session t ON t.session_no = o.session_no"
        " LEFT JOIN import_batch b ON b.batch_no = r.batch_no"
        " LEFT JOIN import_batch d ON d.batch_no = o.batch_no"
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

/* ---- several at once ---- */

struct doubts_said {
    const struct bw_office *office;
    const struct bw_place_doubt_answer *answers;
    size_t count;
    const char *why;
    struct doubtful *doubtful;              /* as they were before */
    struct bw_place_doubt_settled *settled; /* both owned, `count` of each */
    bw_code *codes;                         /* of each; owned */
};

/* Who is whose is settled in all sessions of the two at once; who is out, in their own
 * session. */
static enum bw_status
hold(const struct doubts_said *s, const char **typed, struct bw_error *err)
{
    struct bw_central *central = s->office->central;
    size_t outs = 0, found = 0;
    for (size_t i = 0; i < s->count; i++) {
        typed[i] = s->answers[i].typed;
        outs += s->answers[i].way == BW_PLACE_DOUBT_OUT;
    }
    return outs == s->count
               ? bw_office_hold_registrations(central, typed, s->count, s->codes, err)
               : bw_office_hold_people(central, typed, s->count, s->codes, &found, err);
}

static enum bw_status
begin(const struct doubts_said *s, struct bw_error *err)
{
    const char **typed = calloc(s->count, sizeof *typed);
    enum bw_status status =
        typed != NULL ? hold(s, typed, err)
                      : bw_error_set(err, BW_NO_MEMORY, 0, "settling doubts: no memory");
    free(typed);
    return status;
}

static void
shown_of(const struct doubts_said *s, size_t at, char ret_shown[BW_CODE_SHOWN_BYTES])
{
    bw_code_format_shown(s->settled[at].registration.roster.code, ret_shown);
}

/* One that is in doubt, and of which this can be said. */
static enum bw_status
read_one(const struct doubts_said *s, size_t at, struct bw_error *err)
{
    struct bw_office_registration *found = &s->settled[at].registration;
    struct doubtful *doubtful = &s->doubtful[at];
    char shown[BW_CODE_SHOWN_BYTES];
    enum bw_status status =
        bw_office_registration_of(s->office->central, s->codes[at], found, err);
    if (status == BW_OK) {
        status = read_doubtful(s->office->central, found->roster.code, doubtful, err);
    }
    if (status != BW_OK) {
        return status;
    }
    shown_of(s, at, shown);
    if (doubtful->doubt == BW_PLACE_DOUBT_NONE) {
        return bw_error_set(err, BW_REFUSED, 0,
            "settling %s: there is no doubt about it; doubts lists those there are",
            shown);
    }
    if (s->answers[at].way == BW_PLACE_DOUBT_SAME && doubtful->other == BW_CODE_NONE) {
        return bw_error_set(err, BW_REFUSED, 0,
            "settling %s: it looks like nobody else; say in or out", shown);
    }
    return BW_OK;
}

/* The same two people can't be one in a session and two in another. */
static enum bw_status
check_beside(const struct doubts_said *s, size_t at, struct bw_error *err)
{
    const struct doubtful *doubtful = &s->doubtful[at];
    char shown[BW_CODE_SHOWN_BYTES], beside[BW_CODE_SHOWN_BYTES];
    for (size_t i = 0; i < at; i++) {
        bool out = s->answers[i].way == BW_PLACE_DOUBT_OUT ||
                   s->answers[at].way == BW_PLACE_DOUBT_OUT;
        if (doubtful->other_person_no != 0 && !out &&
            s->answers[i].way != s->answers[at].way &&
            s->doubtful[i].person_no == doubtful->person_no &&
            s->doubtful[i].other_person_no == doubtful->other_person_no) {
            shown_of(s, i, beside);
            shown_of(s, at, shown);
            return bw_error_set(err, BW_REFUSED, 0,
                "settling %s and %s: they are of the same two people; say the same of "
                "both",
                beside, shown);
        }
    }
    return BW_OK;
}

/* About "K7QM-2XRD", of several "K7QM-2XRD +3". */
static enum bw_status
begin_step(const struct doubts_said *s, struct bw_error *err)
{
    char shown[BW_CODE_SHOWN_BYTES], about[BW_TITLE_BYTES];
    shown_of(s, 0, shown);
    (void)snprintf(
        about, sizeof about, s->count > 1 ? "%s +%zu" : "%s", shown, s->count - 1);
    return bw_step_begin(s->office, "settle", about, s->why, 0, err);
}

/* As it is now: answers before it may have joined people, or have settled it too. */
static enum bw_status
settle_one(const struct doubts_said *s, size_t at, struct bw_error *err)
{
    struct bw_place_doubt_settled *settled = &s->settled[at];
    struct doubtful doubtful = {.doubt = BW_PLACE_DOUBT_NONE};
    bw_code code = settled->registration.roster.code;
    enum bw_status status = bw_step_check_open(
        s->office->central, settled->registration.roster.session_no, err);
    if (status == BW_OK) {
        status = bw_office_registration_of(
            s->office->central, code, &settled->registration, err);
    }
    if (status == BW_OK) {
        status = read_doubtful(s->office->central, code, &doubtful, err);
    }
    return status == BW_OK && doubtful.doubt != BW_PLACE_DOUBT_NONE
               ? settle_way(
                     s->office, &doubtful, s->answers[at].way, s->why, settled, err)
               : status;
}

static enum bw_status
settle(const struct doubts_said *s, struct bw_error *err)
{
    enum bw_status status = begin(s, err);
    for (size_t i = 0; status == BW_OK && i < s->count; i++) {
        status = read_one(s, i, err);
        if (status == BW_OK) {
            status = check_beside(s, i, err);
        }
    }
    if (status == BW_OK) {
        status = begin_step(s, err);
    }
    for (size_t i = 0; status == BW_OK && i < 2 * s->count; i++) {
        bool outs = i < s->count;
        if ((s->answers[i % s->count].way == BW_PLACE_DOUBT_OUT) == outs) {
            status = settle_one(s, i % s->count, err);
        }
    }
    if (status == BW_OK) { /* C9 */
        status = bw_place_meanwhile(s->office->central, NULL, 0, err);
    }
    return status == BW_OK ? bw_central_commit(s->office->central, err) : status;
}

enum bw_status
bw_place_doubts_settle(const struct bw_office *office,
    const struct bw_place_doubt_answer answers[], size_t count, const char *why,
    struct bw_place_doubt_settled ret_settled[], struct bw_error *err)
{
    struct doubts_said s = {office, answers, count, why, NULL, NULL, NULL};
    enum bw_status status = BW_OK;
    if (count == 0) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "settling doubts: nothing was said; name a code");
    }
    s.doubtful = calloc(count, sizeof *s.doubtful);
    s.settled = calloc(count, sizeof *s.settled);
    s.codes = calloc(count, sizeof *s.codes);
    if (s.doubtful == NULL || s.settled == NULL || s.codes == NULL) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "settling doubts: no memory");
    }
    if (status == BW_OK) {
        status = settle(&s, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        memcpy(ret_settled, s.settled, count * sizeof *s.settled);
    }
    free(s.doubtful);
    free(s.settled);
    free(s.codes);
    return status;
}

enum bw_status
bw_place_doubt_settle_new(const struct bw_office *office, bw_code code,
    enum bw_place_doubt_way way, struct bw_place_doubt_settled *ret_settled,
    struct bw_error *err)
{
    struct bw_place_doubt_answer answer = {.typed = "", .way = way};
    struct bw_place_doubt_settled settled = {.placed = false};
    struct doubtful doubtful = {.doubt = BW_PLACE_DOUBT_NONE};
    const struct doubts_said s = {office, &answer, 1, "", &doubtful, &settled, &code};
    enum bw_status status = read_one(&s, 0, err);
    if (status == BW_OK) {
        status = settle_one(&s, 0, err);
    }
    if (status == BW_OK) {
        *ret_settled = settled;
    }
    return status;
}
