/* One registration, changed: see place_change.h. */
#include "office/place/place_change.h"

#include "central/issue.h"
#include "central/sealed.h"
#include "office/step.h"

enum bw_status
bw_place_set_status(const struct bw_office *office,
    struct bw_office_registration *registration, enum bw_registration_status to,
    const char *why, struct bw_error *err)
{
    struct bw_registration *roster = &registration->roster;
    int64_t now_ms = bw_office_now_ms(office);
    int64_t revision = 0;
    enum bw_status status = bw_step_check_open(office->central, roster->session_no, err);
    if (status == BW_OK) {
        status =
            bw_central_next_revision(office->central, roster->session_no, &revision, err);
    }
    if (status != BW_OK) {
        return status;
    }
    status = bw_step_keep_registration(office->central, roster->code, err);
    if (status != BW_OK) {
        return status;
    }
    enum bw_registration_status before =
        roster->status == BW_BLOCKED ? registration->status_before : roster->status;
    struct bw_sql_value values[] = {
        bw_sql_int((int64_t)roster->code),
        bw_sql_int(to),
        bw_sql_int(to == BW_BLOCKED ? before : to),
        bw_sql_text(why),
        to == BW_CONFIRMED ? bw_sql_int(now_ms) : bw_sql_null(),
        bw_sql_int(now_ms),
        bw_sql_int(revision),
    };
    status = bw_central_run(office->central,
        "UPDATE registration SET status = $2, status_before = $3, why = $4,"
        " placed_ms = coalesce($5, placed_ms), changed_ms = $6, revision = $7,"
        " followed_by = NULL WHERE code = $1",
        values, 7, NULL, NULL, err);
    if (status == BW_OK) {
        status = bw_central_sealed_refresh(office->central, roster->code, err);
    }
    if (status == BW_OK) {
        registration->status_before = to == BW_BLOCKED ? before : to;
        roster->status = to;
    }
    return status;
}

enum bw_status
bw_place_renew_ticket(const struct bw_office *office, const struct bw_keys *keys,
    struct bw_office_registration *registration, struct bw_error *err)
{
    struct bw_registration *roster = &registration->roster;
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(roster->code, shown);
    if (roster->generation == UINT8_MAX) {
        return bw_error_set(err, BW_FULL, 0,
            "giving %s a new ticket: it had 255 of them; cancel it and sign up again",
            shown);
    }
    uint8_t generation = (uint8_t)(roster->generation + 1);
    int64_t revision = 0;
    enum bw_status status = bw_step_check_open(office->central, roster->session_no, err);
    if (status == BW_OK) {
        status =
            bw_central_next_revision(office->central, roster->session_no, &revision, err);
    }
    struct bw_sql_value values[] = {
        bw_sql_int((int64_t)roster->code),
        bw_sql_int(generation),
        bw_sql_int(revision),
    };
    if (status == BW_OK) {
        status = bw_step_keep_registration(office->central, roster->code, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(office->central,
            "UPDATE registration SET generation = $2, revision = $3 WHERE code = $1",
            values, 3, NULL, NULL, err);
    }
    if (status == BW_OK) {
        status = bw_issue_ticket(office->central, keys, roster->session_no, roster->code,
            generation, bw_office_now_ms(office), err);
    }
    if (status == BW_OK) {
        roster->generation = generation;
    }
    return status;
}
