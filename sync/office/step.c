/* The office's steps: see step.h. Taking one back stands in step_undo.c. */
#include "office/step.h"

#include <assert.h>

enum bw_status
bw_step_begin(const struct bw_office *office, const char *what, const char *about,
    const char *why, int64_t batch_no, struct bw_error *err)
{
    assert(bw_central_in_transaction(office->central)); /* ST1 */
    struct bw_sql_value values[] = {bw_sql_null(), bw_sql_int(bw_office_now_ms(office)),
        bw_sql_text(what), bw_sql_text(about), bw_sql_text(why), bw_sql_int(batch_no),
        bw_sql_text(office->who != NULL ? office->who : "")};
    enum bw_status status = bw_central_next_step(office->central, err);
    values[0] = bw_sql_int(bw_central_step(office->central));
    return status != BW_OK
               ? status
               : bw_central_run(office->central,
                     "INSERT INTO step (step_no, at_ms, what, about, why, batch_no,"
                     " undoes, undone_by, who) VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7)",
                     values, 7, NULL, NULL, err);
}

enum bw_status
bw_step_for_good(const struct bw_office *office, const char *what, const char *about,
    const char *why, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_null(), bw_sql_int(BW_STEP_FOR_GOOD)};
    enum bw_status status = bw_step_begin(office, what, about, why, 0, err);
    values[0] = bw_sql_int(bw_central_step(office->central));
    return status == BW_OK ? bw_central_run(office->central,
                                 "UPDATE step SET undone_by = $2 WHERE step_no = $1",
                                 values, 2, NULL, NULL, err)
                           : status;
}

/* Of the transaction: $1 of each statement that keeps. */
static struct bw_sql_value
this_step(const struct bw_central *central)
{
    return bw_sql_int(bw_central_step(central));
}

/* One that this step's import made is new, whatever a later row does to it. */
enum bw_status
bw_step_keep_registration(struct bw_central *central, bw_code code, struct bw_error *err)
{
    struct bw_sql_value values[] = {this_step(central), bw_sql_int((int64_t)code)};
    return bw_central_run(central,
        "INSERT INTO step_registration (step_no, code, fresh, session_no, person_no,"
        " status, status_before, generation, signed_up_ms, line, batch_no, answers_ms,"
        " first_name, name, school, role, region, table_name, why, placed_ms, changed_ms,"
        " attention, doubt, doubt_of, followed_by) SELECT CAST($1 AS BIGINT), code, 0,"
        " session_no,"
        " person_no, status, status_before, generation, signed_up_ms, line, batch_no,"
        " answers_ms, first_name, name, school, role, region, table_name, why, placed_ms,"
        " changed_ms, attention, doubt, doubt_of, followed_by FROM registration"
        " WHERE code = $2"
        " AND NOT (batch_no <> 0 AND batch_no = (SELECT batch_no FROM step"
        " WHERE step_no = $1)) ON CONFLICT DO NOTHING",
        values, 2, NULL, NULL, err);
}

enum bw_status
bw_step_keep_person(struct bw_central *central, int64_t person_no, struct bw_error *err)
{
    struct bw_sql_value values[] = {this_step(central), bw_sql_int(person_no)};
    return bw_central_run(central,
        "INSERT INTO step_person (step_no, person_no, fresh, identity, mail, mail_fold)"
        " SELECT CAST($1 AS BIGINT), person_no, 0, identity, mail, mail_fold FROM person"
        " WHERE person_no = $2 ON CONFLICT DO NOTHING",
        values, 2, NULL, NULL, err);
}

enum bw_status
bw_step_keep_alias(struct bw_central *central, const char *identity, struct bw_error *err)
{
    struct bw_sql_value values[] = {this_step(central), bw_sql_text(identity)};
    enum bw_status status = bw_central_run(central,
        "INSERT INTO step_alias (step_no, identity, fresh, person_no)"
        " SELECT CAST($1 AS BIGINT), identity, 0, person_no FROM person_alias"
        " WHERE identity = $2 ON CONFLICT DO NOTHING",
        values, 2, NULL, NULL, err);
    return status != BW_OK
               ? status
               : bw_central_run(central,
                     "INSERT INTO step_alias (step_no, identity, fresh, person_no)"
                     " VALUES ($1, $2, 1, 0) ON CONFLICT DO NOTHING",
                     values, 2, NULL, NULL, err);
}

/* One that wasn't there before, in step $1; FROM registration WHERE … */
#define FRESH_REGISTRATION                                                               \
    "INSERT INTO step_registration (step_no, code, fresh, session_no, person_no,"        \
    " status, status_before, generation, signed_up_ms, line, batch_no, answers_ms,"      \
    " first_name, name, school, role, region, table_name, why, placed_ms, changed_ms,"   \
    " attention, doubt, doubt_of) SELECT CAST($1 AS BIGINT), code, 1, session_no,"       \
    " 0, 0, 0, 0, 0, 0, 0, 0, '', '', '', '', '', '', '', NULL, 0, '', 0, NULL"

enum bw_status
bw_step_keep_made(struct bw_central *central, bw_code code, struct bw_error *err)
{
    struct bw_sql_value values[] = {this_step(central), bw_sql_int((int64_t)code)};
    return bw_central_run(central,
        FRESH_REGISTRATION " FROM registration WHERE code = $2", values, 2, NULL, NULL,
        err);
}

enum bw_status
bw_step_keep_made_person(
    struct bw_central *central, int64_t person_no, struct bw_error *err)
{
    struct bw_sql_value values[] = {this_step(central), bw_sql_int(person_no)};
    return bw_central_run(central,
        "INSERT INTO step_person (step_no, person_no, fresh, identity, mail, mail_fold)"
        " SELECT CAST($1 AS BIGINT), person_no, 1, NULL, '', '' FROM person"
        " WHERE person_no = $2",
        values, 2, NULL, NULL, err);
}

enum bw_status
bw_step_keep_new(struct bw_central *central, int64_t batch_no, int64_t first_person_no,
    int64_t end_person_no, struct bw_error *err)
{
    struct bw_sql_value batch[] = {this_step(central), bw_sql_int(batch_no)},
                        people[] = {this_step(central), bw_sql_int(first_person_no),
                            bw_sql_int(end_person_no)};
    enum bw_status status = bw_central_run(central,
        FRESH_REGISTRATION
        " FROM registration WHERE batch_no = $2 ON CONFLICT DO NOTHING",
        batch, 2, NULL, NULL, err);
    return status != BW_OK || first_person_no == end_person_no
               ? status
               : bw_central_run(central,
                     "INSERT INTO step_person (step_no, person_no, fresh, identity, mail,"
                     " mail_fold) SELECT CAST($1 AS BIGINT), person_no, 1, NULL, '', ''"
                     " FROM person WHERE person_no >= $2 AND person_no < $3"
                     " ON CONFLICT (step_no, person_no) DO UPDATE SET fresh = 1,"
                     " identity = NULL, mail = '', mail_fold = ''",
                     people, 3, NULL, NULL, err);
}

/* ---- telling ---- */

struct step_walk {
    bw_step_each *each;
    void *context;
};

static bool
on_step(const struct bw_sql_value *c, int count, void *context)
{
    const struct step_walk *walk = context;
    (void)count;
    const struct bw_step step = {.number = c[0].number,
        .at_ms = c[1].number,
        .what = c[2].text,
        .about = c[3].text,
        .why = c[4].text,
        .undoes = c[5].number,
        .undone_by = c[6].number,
        .registrations = c[7].number,
        .who = c[8].text};
    return walk->each(&step, walk->context);
}

enum bw_status
bw_step_walk(struct bw_central *central, int64_t most, bw_step_each *each, void *context,
    struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(most);
    struct step_walk walk = {each, context};
    return bw_central_run(central,
        "SELECT s.step_no, s.at_ms, s.what, s.about, s.why, s.undoes, s.undone_by,"
        " (SELECT count(*) FROM step_registration x WHERE x.step_no = s.step_no),"
        " s.who FROM step s ORDER BY s.step_no DESC LIMIT $1",
        &value, 1, on_step, &walk, err);
}
