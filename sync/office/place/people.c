/* People, and records of one person that are joined: see people.h. */
#include "office/place/people.h"

#include "central/base/array.h"
#include "central/records.h"
#include "central/sealed.h"
#include "office/hold.h"
#include "office/mail/told_reach.h"
#include "office/place/place_change.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <stdio.h>
#include <stdlib.h>

/* One registration of the person who goes, and the one of who stays in that session. */
struct join_row {
    bw_code code, other; /* other: BW_CODE_NONE where there's none */
};

struct joining {
    const struct bw_office *office;
    int64_t to, from;
    struct join_row *rows;
    size_t count, capacity;
    bool no_memory;
    struct bw_place_people_merged *merged;
};

enum bw_status
bw_place_people_of(struct bw_central *central, bw_code code, int64_t *ret_person_no,
    struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int((int64_t)code);
    return bw_central_number(central,
        "SELECT person_no FROM registration WHERE code = $1", &value, 1, 0, ret_person_no,
        err);
}

enum bw_status
bw_place_people_check(
    struct bw_central *central, bw_code code, const char *doing, struct bw_error *err)
{
    char shown[BW_CODE_SHOWN_BYTES];
    struct bw_sql_value value = bw_sql_int((int64_t)code);
    int64_t joined = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM registration r JOIN person p ON p.person_no = r.person_no"
        " WHERE r.code = $1 AND p.identity IS NULL",
        &value, 1, 0, &joined, err);
    if (status == BW_OK && joined > 0) {
        bw_code_format_shown(code, shown);
        return bw_error_set(err, BW_REFUSED, 0,
            "%s %s: it was joined with another record of the same person, or its words "
            "were purged; find shows the record that stands",
            doing, shown);
    }
    return status;
}

static bool
on_row(const struct bw_sql_value *c, int count, void *context)
{
    struct joining *j = context;
    (void)count;
    struct join_row *row = bw_array_more(&j->rows, &j->count, &j->capacity, sizeof *row);
    j->no_memory = row == NULL;
    if (row != NULL) {
        *row = (struct join_row){
            (bw_code)c[0].number, c[1].number >= 0 ? (bw_code)c[1].number : BW_CODE_NONE};
    }
    return row != NULL;
}

static enum bw_status
move_row(const struct joining *j, bw_code code, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int((int64_t)code), bw_sql_int(j->to)};
    enum bw_status status = bw_step_keep_registration(j->office->central, code, err);
    j->merged->moved++;
    return status != BW_OK ? status
                           : bw_central_run(j->office->central,
                                 "UPDATE registration SET person_no = $2 WHERE code = $1",
                                 values, 2, NULL, NULL, err);
}

/* The earlier time stands, the last answers stand. */
static const char *const joins[] = {
    "UPDATE registration SET signed_up_ms = x.signed_up_ms, line = x.line"
    " FROM registration x WHERE registration.code = $1 AND x.code = $2"
    " AND x.signed_up_ms < registration.signed_up_ms",
    "UPDATE registration SET first_name = x.first_name, name = x.name,"
    " school = x.school, role = x.role, region = x.region, table_name = x.table_name,"
    " answers_ms = x.answers_ms FROM registration x WHERE registration.code = $1"
    " AND x.code = $2 AND x.answers_ms > registration.answers_ms",
    "UPDATE person SET mail = p.mail, mail_fold = p.mail_fold FROM person p"
    " WHERE person.person_no = (SELECT person_no FROM registration WHERE code = $1)"
    " AND p.person_no = (SELECT person_no FROM registration WHERE code = $2)"
    " AND person.mail = ''",
};

static enum bw_status
join_words(const struct joining *j, const struct join_row *row, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int((int64_t)row->other), bw_sql_int((int64_t)row->code)};
    enum bw_status status =
        bw_step_keep_registration(j->office->central, row->other, err);
    for (size_t i = 0; status == BW_OK && i < sizeof joins / sizeof joins[0]; i++) {
        status = bw_central_run(j->office->central, joins[i], values, 2, NULL, NULL, err);
    }
    return status;
}

/* The better of both places stays: a place before a turn, a turn before nothing. A block
 * of either is both's. */
static enum bw_status
join_places(const struct joining *j, struct bw_office_registration *stays,
    struct bw_office_registration *goes, struct bw_error *err)
{
    struct bw_keys keys = {.count = 0};
    enum bw_registration_status was = goes->roster.status;
    char why[BW_TITLE_BYTES], shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(stays->roster.code, shown);
    (void)snprintf(why, sizeof why, "dezelfde persoon als %s", shown);
    enum bw_status status = bw_place_set_status(j->office, goes, BW_CANCELLED, why, err);
    bool better = (was == BW_CONFIRMED && stays->roster.status != BW_BLOCKED) ||
                  (was == BW_WAITLISTED && stays->roster.status == BW_CANCELLED) ||
                  was == BW_BLOCKED;
    if (status != BW_OK || !better || was == stays->roster.status) {
        return status;
    }
    status =
        bw_place_set_status(j->office, stays, was, was == BW_BLOCKED ? why : "", err);
    if (status == BW_OK && was == BW_CONFIRMED) {
        status = bw_office_keys(j->office, &keys, err);
        if (status == BW_OK) {
            status = bw_place_renew_ticket(j->office, &keys, stays, err);
        }
        bw_keys_finish(&keys);
    }
    return status;
}

/* The answers of `from` and `to` that were in doubt about each other, wherever. */
static const char mutual_sql[] =
    "SELECT r.code FROM registration r JOIN registration o ON o.code = r.doubt_of"
    " WHERE r.doubt <> 0 AND (r.person_no = $1 OR r.person_no = $2)"
    " AND (o.person_no = $1 OR o.person_no = $2) ORDER BY r.code";

enum bw_status
bw_place_people_doubts(struct bw_central *central, int64_t one, int64_t other,
    int64_t **ret_codes, size_t *ret_count, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(one), bw_sql_int(other)};
    return bw_record_numbers(central, mutual_sql, values, 2, ret_codes, ret_count, err);
}

/* That they are one answers these. */
static enum bw_status
end_doubts(const struct joining *j, struct bw_error *err)
{
    struct bw_central *central = j->office->central;
    int64_t *codes = NULL;
    size_t count = 0;
    enum bw_status status =
        bw_place_people_doubts(central, j->to, j->from, &codes, &count, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        struct bw_sql_value value = bw_sql_int(codes[i]);
        status = bw_step_keep_registration(central, (bw_code)codes[i], err);
        if (status == BW_OK) {
            status = bw_central_run(central,
                "UPDATE registration SET doubt = 0, doubt_of = NULL WHERE code = $1",
                &value, 1, NULL, NULL, err);
        }
    }
    free(codes);
    return status;
}

struct keeping {
    struct bw_central *central;
    enum bw_status status;
    struct bw_error *err;
};

static bool
on_doubt_about(const struct bw_sql_value *c, int count, void *context)
{
    struct keeping *keeping = context;
    (void)count;
    keeping->status =
        bw_step_keep_registration(keeping->central, (bw_code)c[0].number, keeping->err);
    return keeping->status == BW_OK;
}

/* Whether who stays is who goes is answered; other doubts about who goes are about who
 * stays. */
static enum bw_status
join_doubts(const struct joining *j, const struct join_row *row, struct bw_error *err)
{
    static const char *const sql[] = {
        "UPDATE registration SET doubt = 0, doubt_of = NULL"
        " WHERE code = $1 AND doubt_of = $2",
        "UPDATE registration SET doubt_of = $1 WHERE doubt_of = $2",
        "UPDATE registration SET doubt = 0, doubt_of = NULL"
        " WHERE code = $2 AND code <> $1",
    };
    struct bw_central *central = j->office->central;
    struct bw_sql_value values[] = {
        bw_sql_int((int64_t)row->other), bw_sql_int((int64_t)row->code)};
    struct keeping keeping = {central, BW_OK, err};
    enum bw_status status =
        bw_central_run(central, "SELECT code FROM registration WHERE doubt_of = $1",
            values + 1, 1, on_doubt_about, &keeping, err);
    status = status == BW_OK ? keeping.status : status;
    for (size_t i = 0; status == BW_OK && i < sizeof sql / sizeof sql[0]; i++) {
        status = bw_central_run(central, sql[i], values, 2, NULL, NULL, err);
    }
    return status;
}

static enum bw_status
join_row(const struct joining *j, const struct join_row *row, struct bw_error *err)
{
    struct bw_office_registration stays, goes;
    if (row->other == BW_CODE_NONE) {
        return move_row(j, row->code, err);
    }
    enum bw_status status = join_words(j, row, err);
    if (status == BW_OK) {
        status = bw_office_registration_of(j->office->central, row->other, &stays, err);
    }
    if (status == BW_OK) {
        status = bw_office_registration_of(j->office->central, row->code, &goes, err);
    }
    if (status == BW_OK) {
        status = join_places(j, &stays, &goes, err);
    }
    if (status == BW_OK) {
        status = join_doubts(j, row, err);
    }
    if (status == BW_OK) {
        status = bw_central_sealed_refresh(j->office->central, row->other, err);
    }
    j->merged->cancelled++;
    return status;
}

/* What led to the one who goes leads to the one who stays. */
struct names {
    const struct bw_office *office;
    enum bw_status status;
    struct bw_error *err;
};

static bool
on_name(const struct bw_sql_value *c, int count, void *context)
{
    struct names *names = context;
    (void)count;
    names->status = bw_step_keep_alias(names->office->central, c[0].text, names->err);
    return names->status == BW_OK;
}

static enum bw_status
join_names(const struct joining *j, struct bw_error *err)
{
    static const char *const sql[] = {
        "UPDATE person_alias SET person_no = $1 WHERE person_no = $2",
        ("INSERT INTO person_alias (identity, person_no) SELECT identity,"
         " CAST($1 AS BIGINT) FROM person WHERE person_no = $2 AND identity IS NOT NULL"
         " ON CONFLICT DO NOTHING"),
        ("UPDATE person SET identity = NULL, mail = '', mail_fold = ''"
         " WHERE person_no = $2 AND CAST($1 AS BIGINT) > 0")};
    struct bw_central *central = j->office->central;
    struct bw_sql_value values[] = {bw_sql_int(j->to), bw_sql_int(j->from)};
    struct names names = {j->office, BW_OK, err};
    enum bw_status status = bw_central_run(central,
        "SELECT identity FROM person_alias WHERE person_no = $1 UNION"
        " SELECT identity FROM person WHERE person_no = $1 AND identity IS NOT NULL",
        values + 1, 1, on_name, &names, err);
    status = status == BW_OK ? names.status : status;
    for (size_t i = 0; status == BW_OK && i < sizeof sql / sizeof sql[0]; i++) {
        status = bw_central_run(central, sql[i], values, 2, NULL, NULL, err);
    }
    return status;
}

/* C8: all sessions where either is, or somebody who may be one of them. An import holds
 * some already, so it doesn't wait for the others. */
static enum bw_status
sessions_hold(struct bw_central *central, int64_t to, int64_t from, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(to), bw_sql_int(from)};
    return bw_office_hold_each(central,
        "SELECT session_no FROM registration WHERE person_no IN ($1, $2)"
        " UNION SELECT session_no FROM registration WHERE doubt_of IN"
        " (SELECT code FROM registration WHERE person_no IN ($1, $2)) ORDER BY 1",
        values, 2, false, err);
}

enum bw_status
bw_place_people_join(const struct bw_office *office, int64_t to, int64_t from,
    struct bw_place_people_merged *merged, struct bw_error *err)
{
    struct joining j = {.office = office, .to = to, .from = from, .merged = merged};
    struct bw_sql_value values[] = {bw_sql_int(to), bw_sql_int(from)};
    enum bw_status status = sessions_hold(office->central, to, from, err);
    if (status == BW_OK) {
        status = bw_step_keep_person(office->central, to, err);
    }
    if (status == BW_OK) {
        status = bw_step_keep_person(office->central, from, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(office->central,
            "SELECT r.code, coalesce((SELECT o.code FROM registration o"
            " WHERE o.person_no = $1 AND o.session_no = r.session_no), -1)"
            " FROM registration r WHERE r.person_no = $2 ORDER BY r.code",
            values, 2, on_row, &j, err);
    }
    if (status == BW_OK && j.no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "joining two people: no memory");
    }
    for (size_t i = 0; status == BW_OK && i < j.count; i++) {
        status = join_row(&j, &j.rows[i], err);
    }
    free(j.rows);
    if (status == BW_OK) {
        status = end_doubts(&j, err);
    }
    if (status == BW_OK) {
        status = bw_told_reach_join(office->central, to, from, err);
    }
    return status == BW_OK ? join_names(&j, err) : status;
}

/* ---- places in several sessions ---- */

struct several {
    bw_place_people_each *each;
    void *context;
};

static bool
on_place(const struct bw_sql_value *c, int count, void *context)
{
    const struct several *several = context;
    (void)count;
    const struct bw_person_place place = {c[0].number, (bw_code)c[1].number, c[2].text,
        c[3].text, c[4].text, c[5].text, c[6].number};
    return several->each(&place, several->context);
}

/* $1 is a place's status; WHERE what of r, s and t, AND … */
#define SEVERAL(waiting, of)                                                             \
    "SELECT r.person_no, r.code, r.first_name, r.name, s.code, min(t.code), " waiting    \
    " FROM registration r JOIN session s ON s.session_no = r.session_no"                 \
    " JOIN registration q ON q.person_no = r.person_no AND q.status = $1"                \
    " AND q.session_no <> r.session_no"                                                  \
    " JOIN session t ON t.session_no = q.session_no AND t.series = s.series"             \
    " WHERE r.status = $1 AND " of " AND s.called_off_ms = 0 AND t.called_off_ms = 0"    \
    " GROUP BY r.person_no, r.code, r.first_name, r.name, s.code, s.starts_ms,"          \
    " s.session_no"                                                                      \
    " ORDER BY r.person_no, s.starts_ms, s.code"

enum bw_status
bw_place_people_several(struct bw_central *central, int64_t batch_no, int64_t after_ms,
    bw_place_people_each *each, void *context, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(BW_CONFIRMED), bw_sql_int(batch_no), bw_sql_int(after_ms)};
    struct several several = {each, context};
    return bw_central_run(central,
        SEVERAL("0", "($2 = 0 OR r.batch_no = $2) AND s.ends_ms > $3 AND t.ends_ms > $3"),
        values, 3, on_place, &several, err);
}

enum bw_status
bw_place_people_several_in(struct bw_central *central, uint32_t session_no,
    bw_place_people_each *each, void *context, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(BW_CONFIRMED), bw_sql_int(session_no)};
    struct several several = {each, context};
    return bw_central_run(
        central, SEVERAL("0", "r.session_no = $2"), values, 2, on_place, &several, err);
}

enum bw_status
bw_place_people_crowded(struct bw_central *central, int64_t person_no, int64_t after_ms,
    bw_place_people_each *each, void *context, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(BW_CONFIRMED), bw_sql_int(person_no),
        bw_sql_int(after_ms), bw_sql_int(BW_WAITLISTED)};
    struct several several = {each, context};
    return bw_central_run(central,
        SEVERAL("(SELECT count(*) FROM registration w WHERE w.session_no = s.session_no"
                " AND w.status = $4)",
            "($2 = 0 OR r.person_no = $2) AND s.ends_ms > $3 AND t.ends_ms > $3"),
        values, 4, on_place, &several, err);
}
