/* A step, taken back: see step.h.
 *
 * All that it changed is kept for the step that takes it back (ST3), then put as it was:
 * people and names first, whom registrations refer to; who is taken away comes last. */
#include "office/step.h"

#include "office/hold.h"
#include "office/place/meanwhile.h"
#include "office/step_contact.h"
#include "office/step_paper.h"
#include "office/step_quarantine.h"
#include "office/step_session.h"

#include "central/base/array.h"
#include "central/records.h"
#include "central/sealed.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct undo_row {
    bw_code code;
    uint32_t session_no;
    bool fresh;
};

struct undoing {
    const struct bw_office *office;
    struct bw_step_undone result;
    int64_t undoes, undone_by; /* of the step that is taken back */
    int64_t own_no;            /* of the step that takes it back */
    bool found;
    struct undo_row *rows;
    size_t rows_count, rows_capacity;
    bool no_memory;
};

static enum bw_status
refuse(const struct undoing *u, const char *why, struct bw_error *err)
{
    return bw_error_set(err, BW_REFUSED, 0, "taking back step %" PRId64 " (%s%s%s): %s",
        u->result.number, u->result.what, u->result.about[0] != '\0' ? " " : "",
        u->result.about, why);
}

/* ---- what is to be taken back ---- */

static bool
on_step(const struct bw_sql_value *c, int count, void *context)
{
    struct undoing *u = context;
    (void)count;
    u->found = true;
    u->result.number = c[0].number;
    bw_text_copy(u->result.what, sizeof u->result.what, c[1].text);
    bw_text_copy(u->result.about, sizeof u->result.about, c[2].text);
    u->undoes = c[3].number;
    u->undone_by = c[4].number;
    return false;
}

static bool
on_row(const struct bw_sql_value *c, int count, void *context)
{
    struct undoing *u = context;
    (void)count;
    struct undo_row *row =
        bw_array_more(&u->rows, &u->rows_count, &u->rows_capacity, sizeof *row);
    u->no_memory = row == NULL;
    if (row != NULL) {
        *row = (struct undo_row){
            (bw_code)c[0].number, (uint32_t)c[1].number, c[2].number != 0};
    }
    return row != NULL;
}

static enum bw_status
find_step(struct undoing *u, int64_t number, struct bw_error *err)
{
    struct bw_central *central = u->office->central;
    struct bw_sql_value value = bw_sql_int(number);
    enum bw_status status = bw_central_run(central,
        "SELECT step_no, what, about, undoes, undone_by FROM step WHERE step_no = $1"
        " OR ($1 = 0 AND undone_by <= 0 AND undoes = 0) ORDER BY step_no DESC LIMIT 1",
        &value, 1, on_step, u, err);
    if (status == BW_OK && !u->found) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            number == 0
                ? BW_SAYS("taking back the last step: there "
                          "is none that stands; log lists them")
                : BW_SAYS("taking back step %" PRId64 ": there is none; log lists them"),
            number);
    }
    if (status == BW_OK && u->undone_by != 0) {
        return refuse(u,
            u->undone_by > 0 ? bw_said("that was done already; log says when")
            : u->undone_by == BW_STEP_FOR_GOOD
                ? bw_said("that can't be taken back; undo STEP takes back an earlier one "
                          "(log)")
            : number == 0
                ? bw_said("what it changed is gone for good; undo STEP takes back an "
                          "earlier one (log)")
                : bw_said("what it changed was purged"),
            err);
    }
    value = bw_sql_int(u->result.number);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT code, session_no, fresh FROM step_registration WHERE step_no = $1"
            " ORDER BY code",
            &value, 1, on_row, u, err);
    }
    return status == BW_OK && u->no_memory
               ? bw_error_set(err, BW_NO_MEMORY, 0, "taking back a step: no memory")
               : status;
}

/* ST2; the step that takes it back is nothing built on it. */
static enum bw_status
check_later(const struct undoing *u, struct bw_error *err)
{
    int64_t *later = NULL;
    size_t count = 0;
    char why[120];
    enum bw_status status = bw_step_built_on(
        u->office->central, u->result.number, u->own_no, false, &later, &count, err);
    if (status == BW_OK && count > 0) {
        (void)snprintf(why, sizeof why,
            bw_said("step %" PRId64 " was built on it; take that back first (log)"),
            later[count - 1]);
        status = refuse(u, why, err);
    }
    free(later);
    return status;
}

/* Who came in by a registration stays: what happened at the door is a fact. What paper
 * said is none once its list was taken back (check_later). */
static enum bw_status
check_door(const struct undoing *u, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(u->result.number);
    int64_t events = 0;
    enum bw_status status = bw_central_number(u->office->central,
        "SELECT count(*) FROM step_registration x JOIN event e"
        " ON e.session_no = x.session_no AND e.code = x.code"
        " WHERE x.step_no = $1 AND x.fresh = 1 AND NOT EXISTS (SELECT 1 FROM ruling y"
        " WHERE y.session_no = e.session_no AND y.device = e.device AND y.seq = e.seq"
        " AND y.kind = 3)",
        &value, 1, 0, &events, err);
    return status == BW_OK && events > 0
               ? refuse(u,
                     bw_said(
                         "somebody whom it brought was at the door; cancel the others"),
                     err)
               : status;
}

/* ---- putting it back ---- */

#define COPIED                                                                           \
    "session_no, person_no, status, status_before, signed_up_ms, line, batch_no,"        \
    " answers_ms, first_name, name, school, role, region, table_name, why, placed_ms,"   \
    " changed_ms, attention, doubt, doubt_of, followed_by"

/* $1 the step, $2 the code, $3 the revision. ST4 */
static const char update_sql[] =
    "UPDATE registration SET person_no = x.person_no, status = x.status,"
    " status_before = x.status_before, generation = CASE WHEN x.status = 0"
    " THEN x.generation ELSE registration.generation END,"
    " signed_up_ms = x.signed_up_ms, line = x.line, batch_no = x.batch_no,"
    " answers_ms = x.answers_ms, first_name = x.first_name, name = x.name,"
    " school = x.school, role = x.role, region = x.region, table_name = x.table_name,"
    " why = x.why, placed_ms = x.placed_ms, changed_ms = x.changed_ms,"
    " attention = x.attention, doubt = x.doubt, doubt_of = x.doubt_of,"
    " followed_by = x.followed_by,"
    " revision = CAST($3 AS BIGINT) FROM step_registration x"
    " WHERE x.step_no = $1 AND x.code = $2 AND registration.code = x.code";
static const char insert_sql[] =
    "INSERT INTO registration (code, generation, revision, " COPIED ")"
    " SELECT code, generation, CAST($3 AS BIGINT), " COPIED " FROM step_registration"
    " WHERE step_no = $1 AND code = $2";

static enum bw_status
remove_registration(const struct undoing *u, const struct undo_row *row, int64_t revision,
    struct bw_error *err)
{
    struct bw_central *central = u->office->central;
    struct bw_sql_value values[] = {bw_sql_int((int64_t)row->code),
        bw_sql_int(row->session_no), bw_sql_int(revision)};
    enum bw_status status = bw_central_sealed_drop(central, row->code, err);
    if (status == BW_OK) {
        status = bw_central_run(central, "DELETE FROM registration WHERE code = $1",
            values, 1, NULL, NULL, err);
    }
    return status != BW_OK
               ? status
               : bw_central_run(central,
                     "INSERT INTO registration_gone (code, session_no, revision)"
                     " VALUES ($1, $2, $3) ON CONFLICT (code)"
                     " DO UPDATE SET revision = excluded.revision",
                     values, 3, NULL, NULL, err);
}

static enum bw_status
restore_registration(const struct undoing *u, const struct undo_row *row,
    int64_t revision, struct bw_error *err)
{
    struct bw_central *central = u->office->central;
    struct bw_sql_value values[] = {bw_sql_int(u->result.number),
        bw_sql_int((int64_t)row->code), bw_sql_int(revision)};
    enum bw_status status =
        bw_central_run(central, update_sql, values, 3, NULL, NULL, err);
    if (status == BW_OK && bw_central_changed(central) == 0) {
        status = bw_central_run(central, insert_sql, values, 3, NULL, NULL, err);
        if (status == BW_OK) {
            status =
                bw_central_run(central, "DELETE FROM registration_gone WHERE code = $1",
                    values + 1, 1, NULL, NULL, err);
        }
    }
    return status == BW_OK ? bw_central_sealed_refresh(central, row->code, err) : status;
}

static enum bw_status
put_registration(
    const struct undoing *u, const struct undo_row *row, struct bw_error *err)
{
    int64_t revision = 0;
    enum bw_status status =
        bw_central_next_revision(u->office->central, row->session_no, &revision, err);
    if (status == BW_OK) {
        status = row->fresh ? remove_registration(u, row, revision, err)
                            : restore_registration(u, row, revision, err);
    }
    return status;
}

/* $1 the step that is taken back, $2 the one that does. Each in its place. */
static const char *const keeping[] = {
    "INSERT INTO step_registration (step_no, code, fresh, generation, " COPIED ")"
    " SELECT CAST($2 AS BIGINT), r.code, 0, r.generation, r.session_no, r.person_no,"
    " r.status, r.status_before, r.signed_up_ms, r.line, r.batch_no, r.answers_ms,"
    " r.first_name, r.name, r.school, r.role, r.region, r.table_name, r.why,"
    " r.placed_ms, r.changed_ms, r.attention, r.doubt, r.doubt_of, r.followed_by"
    " FROM registration r"
    " JOIN step_registration x ON x.code = r.code WHERE x.step_no = $1",
    "INSERT INTO step_registration (step_no, code, fresh, generation, " COPIED ")"
    " SELECT CAST($2 AS BIGINT), x.code, 1, 0, x.session_no, 0, 0, 0, 0, 0, 0, 0, '', '',"
    " '', '', '', '', '', NULL, 0, '', 0, NULL, NULL FROM step_registration x"
    " WHERE x.step_no = $1"
    " AND NOT EXISTS (SELECT 1 FROM registration r WHERE r.code = x.code)",
    "INSERT INTO step_person (step_no, person_no, fresh, identity, mail, mail_fold)"
    " SELECT CAST($2 AS BIGINT), p.person_no, 0, p.identity, p.mail, p.mail_fold"
    " FROM person p JOIN step_person x ON x.person_no = p.person_no WHERE x.step_no = $1",
    "INSERT INTO step_person (step_no, person_no, fresh, identity, mail, mail_fold)"
    " SELECT CAST($2 AS BIGINT), x.person_no, 1, NULL, '', '' FROM step_person x"
    " WHERE x.step_no = $1"
    " AND NOT EXISTS (SELECT 1 FROM person p WHERE p.person_no = x.person_no)",
    "INSERT INTO step_alias (step_no, identity, fresh, person_no)"
    " SELECT CAST($2 AS BIGINT), a.identity, 0, a.person_no FROM person_alias a"
    " JOIN step_alias x ON x.identity = a.identity WHERE x.step_no = $1",
    "INSERT INTO step_alias (step_no, identity, fresh, person_no)"
    " SELECT CAST($2 AS BIGINT), x.identity, 1, 0 FROM step_alias x WHERE x.step_no = $1"
    " AND NOT EXISTS (SELECT 1 FROM person_alias a WHERE a.identity = x.identity)",
    /* who was away comes back, and all are as they were */
    "UPDATE person SET identity = NULL WHERE person_no IN (SELECT person_no"
    " FROM step_person WHERE step_no = $1) AND CAST($2 AS BIGINT) > 0",
    "INSERT INTO person (person_no, identity, mail, mail_fold) SELECT x.person_no, NULL,"
    " '', '' FROM step_person x WHERE x.step_no = $1 AND x.fresh = 0"
    " AND CAST($2 AS BIGINT) > 0"
    " AND NOT EXISTS (SELECT 1 FROM person p WHERE p.person_no = x.person_no)",
    "UPDATE person SET identity = x.identity, mail = x.mail, mail_fold = x.mail_fold"
    " FROM step_person x WHERE x.step_no = $1 AND x.fresh = 0"
    " AND person.person_no = x.person_no AND CAST($2 AS BIGINT) > 0",
    "DELETE FROM person_alias WHERE identity IN"
    " (SELECT identity FROM step_alias WHERE step_no = $1) AND CAST($2 AS BIGINT) > 0",
    "INSERT INTO person_alias (identity, person_no) SELECT x.identity, x.person_no"
    " FROM step_alias x WHERE x.step_no = $1 AND x.fresh = 0 AND CAST($2 AS BIGINT) > 0",
};
static const char *const ending[] = {
    "DELETE FROM person WHERE person_no IN (SELECT person_no FROM step_person"
    " WHERE step_no = $1 AND fresh = 1) AND CAST($2 AS BIGINT) > 0",
    "UPDATE step SET undone_by = CAST($2 AS BIGINT) WHERE step_no = $1",
    /* who takes back a taking back lets the first step stand again */
    "UPDATE step SET undone_by = 0 WHERE step_no ="
    " (SELECT undoes FROM step WHERE step_no = $1) AND CAST($2 AS BIGINT) > 0",
    "UPDATE step SET undoes = CAST($1 AS BIGINT) WHERE step_no = $2",
};

static enum bw_status
run_each(
    const struct undoing *u, const char *const *sql, size_t count, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(u->result.number), bw_sql_int(u->own_no)};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = bw_central_run(u->office->central, sql[i], values, 2, NULL, NULL, err);
    }
    return bw_place_refused(u->office->central, status, err);
}

/* A place that was given away meanwhile can't be given back. */
static enum bw_status
check_house(const struct undoing *u, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(u->result.number), bw_sql_int(u->own_no)};
    int64_t full = 0;
    enum bw_status status = bw_central_number(u->office->central,
        "SELECT count(*) FROM session s WHERE s.capacity <"
        " (SELECT count(*) FROM registration r WHERE r.session_no = s.session_no"
        " AND r.status = 0) AND s.session_no IN (SELECT x.session_no"
        " FROM step_registration x JOIN step_registration y ON y.code = x.code"
        " WHERE x.step_no = $1 AND x.status = 0 AND x.fresh = 0 AND y.step_no = $2"
        " AND (y.status <> 0 OR y.fresh = 1))",
        values, 2, 0, &full, err);
    return status == BW_OK && full > 0
               ? refuse(u,
                     bw_said("the place was given to somebody else meanwhile; reinstate "
                             "puts them on the waiting list, with their old time"),
                     err)
               : status;
}

static bool
on_told(const struct bw_sql_value *c, int count, void *context)
{
    struct undoing *u = context;
    (void)count;
    struct bw_step_told *told = bw_array_more(
        &u->result.told, &u->result.count, &u->result.capacity, sizeof *told);
    u->no_memory = told == NULL;
    if (told != NULL) {
        told->code = (bw_code)c[0].number;
        bw_text_copy(told->first_name, sizeof told->first_name, c[1].text);
        bw_text_copy(told->name, sizeof told->name, c[2].text);
        bw_text_copy(told->session, sizeof told->session, c[3].text);
        told->gone = c[4].number < 0;
        told->status =
            told->gone ? BW_CANCELLED : (enum bw_registration_status)c[4].number;
    }
    return told != NULL;
}

/* Whom a place, a turn or a ticket came to or went from, and whose circle is on another
 * day, elsewhere or called off now; words alone are no news. */
static enum bw_status
read_told(struct undoing *u, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(u->own_no);
    enum bw_status status = bw_central_run(u->office->central,
        "SELECT y.code, coalesce(r.first_name, y.first_name), coalesce(r.name, y.name),"
        " s.code, coalesce(r.status, -1) FROM step_registration y"
        " JOIN session s ON s.session_no = y.session_no"
        " LEFT JOIN registration r ON r.code = y.code WHERE y.step_no = $1"
        " AND (r.code IS NULL OR y.fresh = 1 OR r.status <> y.status"
        " OR r.generation <> y.generation) UNION"
        " SELECT r.code, r.first_name, r.name, s.code, r.status FROM step_session y"
        " JOIN session s ON s.session_no = y.session_no"
        " JOIN registration r ON r.session_no = y.session_no AND r.status IN (0, 1)"
        " WHERE y.step_no = $1 AND y.fresh = 0 AND (s.starts_ms <> y.starts_ms"
        " OR s.ends_ms <> y.ends_ms OR s.venue <> y.venue OR s.address <> y.address"
        " OR s.called_off_ms <> y.called_off_ms) ORDER BY 4, 3, 2, 1",
        &value, 1, on_told, u, err);
    return status == BW_OK && u->no_memory
               ? bw_error_set(err, BW_NO_MEMORY, 0, "taking back a step: no memory")
               : status;
}

static enum bw_status (*const backs[])(
    struct bw_central *central, int64_t step_no, int64_t own_no, struct bw_error *err) = {
    bw_step_session_put_back, bw_step_quarantine_put_back, bw_step_contact_put_back};

static enum bw_status
put_back(struct undoing *u, const char *why, struct bw_error *err)
{
    char about[32];
    (void)snprintf(about, sizeof about, "%" PRId64, u->result.number);
    enum bw_status status = bw_step_begin(u->office, "undo", about, why, 0, err);
    if (status == BW_OK) {
        u->own_no = bw_central_step(u->office->central);
        status = run_each(u, keeping, sizeof keeping / sizeof keeping[0], err);
    }
    for (size_t i = 0; status == BW_OK && i < u->rows_count; i++) {
        status = put_registration(u, &u->rows[i], err);
    }
    for (size_t i = 0; status == BW_OK && i < sizeof backs / sizeof backs[0]; i++) {
        status = backs[i](u->office->central, u->result.number, u->own_no, err);
    }
    if (status == BW_OK) {
        status = bw_step_paper_put_back(u->office, u->result.number, err);
    }
    if (status == BW_OK) {
        status = run_each(u, ending, sizeof ending / sizeof ending[0], err);
    }
    status = status == BW_OK ? check_house(u, err) : status;
    bool again = false;
    if (status == BW_OK) { /* C9: they may have signed up elsewhere since */
        status = bw_place_meanwhile_of(u->office->central, u->result.number, &again, err);
    }
    status = status == BW_OK && again ? check_later(u, err) : status;
    return status == BW_OK ? read_told(u, err) : status;
}

/* The step is looked for twice: what it is about is held between. */
static enum bw_status
begin(struct undoing *u, int64_t number, struct bw_error *err)
{
    const struct bw_office *office = u->office;
    enum bw_status status = bw_central_begin_step(office->central, err);
    if (status == BW_OK) {
        status = find_step(u, number, err);
    }
    int64_t found = u->result.number;
    if (status == BW_OK) {
        status = bw_office_hold_step(office->central, found, err);
    }
    free(u->rows);
    *u = (struct undoing){.office = office};
    return status == BW_OK ? find_step(u, found, err) : status;
}

/* ST2, of what has a file of its own. */
static enum bw_status
check_nouns(struct bw_central *central, int64_t step_no, struct bw_error *err)
{
    enum bw_status status = bw_step_session_check(central, step_no, err);
    if (status == BW_OK) {
        status = bw_step_quarantine_check(central, step_no, err);
    }
    if (status == BW_OK) {
        status = bw_step_contact_check(central, step_no, err);
    }
    return status == BW_OK ? bw_step_paper_check(central, step_no, err) : status;
}

enum bw_status
bw_step_undo(const struct bw_office *office, int64_t number, const char *why,
    struct bw_step_undone *ret_undone, struct bw_error *err)
{
    struct undoing u = {.office = office};
    enum bw_status status = begin(&u, number, err);
    if (status == BW_OK) {
        status = check_later(&u, err);
    }
    if (status == BW_OK) {
        status = check_nouns(office->central, u.result.number, err);
    }
    if (status == BW_OK) {
        status = check_door(&u, err);
    }
    if (status == BW_OK) {
        status = put_back(&u, why, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    free(u.rows);
    if (status != BW_OK) {
        bw_step_undone_finish(&u.result);
        return status;
    }
    *ret_undone = u.result;
    return BW_OK;
}

void
bw_step_undone_finish(struct bw_step_undone *undone)
{
    if (undone != NULL) {
        free(undone->told);
        *undone = (struct bw_step_undone){.told = NULL};
    }
}
