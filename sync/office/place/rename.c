/* By what name files lead to somebody: see rename.h. */
#include "office/place/rename.h"

#include "office/step.h"

/* $1 the person, $2 the name, $3 the step. A name that nobody had is kept as new. */
static const struct {
    const char *sql;
    int from, count; /* of the parameters */
} changes[] = {
    {"DELETE FROM person_alias WHERE identity = $1", 1, 1},
    {"INSERT INTO step_alias (step_no, identity, fresh, person_no)"
     " SELECT CAST($2 AS BIGINT), identity, 1, 0 FROM person"
     " WHERE person_no = $1 AND identity IS NOT NULL ON CONFLICT DO NOTHING",
        2, 2},
    {"INSERT INTO person_alias (identity, person_no) SELECT identity, person_no"
     " FROM person WHERE person_no = $1 AND identity IS NOT NULL"
     " ON CONFLICT DO NOTHING",
        0, 1},
    {"UPDATE person SET identity = $2 WHERE person_no = $1", 0, 2},
};

enum bw_status
bw_place_rename(struct bw_central *central, int64_t person_no, const char *identity,
    struct bw_error *err)
{
    const struct bw_sql_value values[] = {bw_sql_int(person_no), bw_sql_text(identity),
        bw_sql_int(person_no), bw_sql_int(bw_central_step(central))};
    enum bw_status status = bw_step_keep_person(central, person_no, err);
    if (status == BW_OK) {
        status = bw_step_keep_alias(central, identity, err);
    }
    for (size_t i = 0; status == BW_OK && i < sizeof changes / sizeof changes[0]; i++) {
        status = bw_central_run(central, changes[i].sql, values + changes[i].from,
            changes[i].count, NULL, NULL, err);
    }
    return status;
}
