/* Whom no mail goes to, and who is joined: see told_reach.h (TR2). */
#include "office/mail/told_reach.h"

/* $1 who stays, $2 who goes, $3 the step. What is said of the address stays with who has
 * one, and it may be the one that they take over. */
static const char *const joins[] = {
    "INSERT INTO mail_state (step_no, person_no, kind, holds, mail_fold)"
    " SELECT CAST($3 AS BIGINT), CAST($1 AS BIGINT), 2, 1, p.mail_fold FROM person p"
    " WHERE p.person_no = $2 AND " BW_TOLD_REACH_NONE_OF_P " = 1"
    " ON CONFLICT DO NOTHING",
    "INSERT INTO mail_state (step_no, person_no, kind, holds, mail_fold)"
    " SELECT CAST($3 AS BIGINT), CAST($1 AS BIGINT), 1, 1, p.mail_fold FROM person p"
    " WHERE p.person_no = $2 AND " BW_TOLD_REACH_BACK_OF_P " = 1"
    " ON CONFLICT DO NOTHING",
};

enum bw_status
bw_told_reach_join(
    struct bw_central *central, int64_t to, int64_t from, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(to), bw_sql_int(from), bw_sql_int(bw_central_step(central))};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof joins / sizeof joins[0]; i++) {
        status = bw_central_run(central, joins[i], values, 3, NULL, NULL, err);
    }
    return status;
}
