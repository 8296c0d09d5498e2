/* Steps about one session: see hold.h. */
#include "office/hold.h"

#include "central/records.h"

#include <stdlib.h>

enum bw_status
bw_office_hold_registration(struct bw_central *central, const char *typed,
    struct bw_office_registration *ret_registration, struct bw_error *err)
{
    struct bw_office_registration found;
    char code[BW_CODE_BYTES];
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) {
        status = bw_office_registration_by_code(central, typed, &found, err);
    }
    if (status == BW_OK) {
        status =
            bw_central_hold_sessions(central, &found.roster.session_no, 1, true, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bw_code_format(found.roster.code, code);
    return bw_office_registration_by_code(central, code, ret_registration, err);
}

enum bw_status
bw_office_hold_session(struct bw_central *central, const char *code,
    struct bw_session *ret_session, struct bw_error *err)
{
    struct bw_session found;
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) {
        status = bw_record_session(central, code, &found, err);
    }
    if (status == BW_OK) {
        status = bw_central_hold_sessions(central, &found.session_no, 1, true, err);
    }
    return status == BW_OK
               ? bw_record_session_by_number(central, found.session_no, ret_session, err)
               : status;
}

enum bw_status
bw_office_hold_each(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, bool waits, struct bw_error *err)
{
    int64_t *numbers = NULL;
    size_t found = 0;
    enum bw_status status =
        bw_record_numbers(central, sql, parameters, count, &numbers, &found, err);
    uint32_t *sessions = status == BW_OK ? calloc(found + 1, sizeof *sessions) : NULL;
    for (size_t i = 0; sessions != NULL && i < found; i++) {
        sessions[i] = (uint32_t)numbers[i];
    }
    if (status == BW_OK) {
        status = sessions != NULL
                     ? bw_central_hold_sessions(central, sessions, found, waits, err)
                     : bw_error_set(err, BW_NO_MEMORY, 0,
                           "changing %s: out of memory; close other programs",
                           bw_central_name(central));
    }
    free(sessions);
    free(numbers);
    return status;
}

enum bw_status
bw_office_hold_step(struct bw_central *central, int64_t step_no, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(step_no);
    int64_t of_all = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT (SELECT count(*) FROM step_agenda WHERE step_no = $1)"
        " + (SELECT count(*) FROM step_quarantine WHERE step_no = $1)"
        " + (SELECT count(*) FROM step_session x WHERE x.step_no = $1 AND (x.fresh = 1"
        " OR NOT EXISTS (SELECT 1 FROM session s WHERE s.session_no = x.session_no)))"
        " + (SELECT count(*) FROM ruling WHERE step_no = $1 AND kind = 3)",
        &value, 1, 0, &of_all, err);
    if (status == BW_OK && of_all > 0) {
        bw_central_rollback(central);
        return bw_central_begin(central, err);
    }
    if (status == BW_OK) {
        status = bw_office_hold_each(central,
            "SELECT session_no FROM step_registration WHERE step_no = $1"
            " UNION SELECT session_no FROM step_session WHERE step_no = $1"
            " UNION SELECT session_no FROM ruling WHERE step_no = $1 ORDER BY 1",
            &value, 1, true, err);
    }
    return status == BW_OK ? bw_central_lock_numbers(central, err) : status;
}
