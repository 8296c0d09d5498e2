/* What says that a database is a practice series: see practice_mark.h. It stands in table
 * `setting` under a name that no setting has, and of no step (0). */
#include "office/practice/practice_mark.h"

enum { NO_STEP = 0 };

#define MARK "practice"

enum bw_status
bw_practice_state_of(
    struct bw_central *central, enum bw_practice_state *ret_state, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(NO_STEP), bw_sql_text(MARK)};
    int64_t half = 0, whole = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM setting WHERE step_no = $1 AND name = $2", values, 2, 0,
        &half, err);
    if (status == BW_OK && half > 0) {
        status = bw_central_number(central,
            "SELECT count(*) FROM setting WHERE step_no = $1 AND name = $2"
            " AND value = 'whole'",
            values, 2, 0, &whole, err);
    }
    if (status == BW_OK) {
        *ret_state = whole > 0  ? BW_PRACTICE_WHOLE
                     : half > 0 ? BW_PRACTICE_HALF
                                : BW_PRACTICE_NOT;
    }
    return status;
}

enum bw_status
bw_practice_mark(
    struct bw_central *central, enum bw_practice_state state, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(NO_STEP), bw_sql_text(MARK),
        bw_sql_text(state == BW_PRACTICE_WHOLE ? "whole" : "half")};
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "INSERT INTO setting (step_no, name, value) VALUES ($1, $2, $3)"
            " ON CONFLICT (step_no, name) DO UPDATE SET value = $3",
            values, 3, NULL, NULL, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
    }
    bw_central_rollback(central);
    return status;
}

enum bw_status
bw_practice_no_mail(struct bw_central *central, struct bw_error *err)
{
    enum bw_practice_state state = BW_PRACTICE_NOT;
    enum bw_status status = bw_practice_state_of(central, &state, err);
    return status == BW_OK && state != BW_PRACTICE_NOT
               ? bw_error_set(err, BW_REFUSED, 0,
                     "sending mail: this is the practice series, its people are "
                     "invented; nothing was sent")
               : status;
}
