/* One registration, and what the organiser does to it: see registration.h. */
#include "office/place/registration.h"

#include "central/records.h"
#include "office/hold.h"
#include "office/place/people.h"
#include "office/place/place_change.h"
#include "office/session.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>

/* One act on a registration that was found: fills change->outcome. In a transaction. */
typedef enum bw_status act_run(const struct bw_office *office, const char *why,
    struct bw_place_change *change, struct bw_error *err);

bool
bw_place_is_changed(enum bw_place_outcome outcome)
{
    return outcome != BW_PLACE_CANCELLED_ALREADY;
}

static enum bw_status
refuse(const struct bw_place_change *change, const char *doing, const char *why,
    struct bw_error *err)
{
    char code[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(change->registration.roster.code, code);
    return bw_error_set(err, BW_REFUSED, 0, "%s %s: %s", doing, code, why);
}

static enum bw_status
cancel(const struct bw_office *office, const char *why, struct bw_place_change *change,
    struct bw_error *err)
{
    switch (change->before) {
    case BW_CANCELLED:
        change->outcome = BW_PLACE_CANCELLED_ALREADY;
        return BW_OK;
    case BW_BLOCKED:
        return refuse(change, bw_said("cancelling"),
            bw_said("it is blocked; unblock it first"), err);
    case BW_CONFIRMED:
        change->outcome = BW_PLACE_CANCELLED_FREE;
        break;
    case BW_WAITLISTED:
        change->outcome = BW_PLACE_CANCELLED;
        break;
    }
    enum bw_status status =
        bw_office_session_check(office, change->registration.roster.session_no,
            BW_OFFICE_SESSION_TAKES, bw_said("cancelling in"), err);
    return status != BW_OK ? status
                           : bw_place_set_status(
                                 office, &change->registration, BW_CANCELLED, why, err);
}

static enum bw_status
block(const struct bw_office *office, const char *why, struct bw_place_change *change,
    struct bw_error *err)
{
    char clean[BW_TITLE_BYTES];
    enum bw_text_fault fault = bw_text_clean(why, BW_TITLE_CHARS, clean);
    if (fault != BW_TEXT_FINE) {
        return bw_error_about(err,
            refuse(change, bw_said("blocking"), bw_said(bw_text_fault_name(fault)), err),
            "why");
    }
    if (clean[0] == '\0') {
        return bw_error_about(err,
            refuse(change, bw_said("blocking"),
                bw_said("--why is empty; say why, it stays in the office"), err),
            "why");
    }
    change->outcome =
        change->before == BW_BLOCKED ? BW_PLACE_BLOCKED_AGAIN : BW_PLACE_BLOCKED;
    return bw_place_set_status(office, &change->registration, BW_BLOCKED, clean, err);
}

static enum bw_status
unblock(const struct bw_office *office, const char *why, struct bw_place_change *change,
    struct bw_error *err)
{
    if (change->before != BW_BLOCKED) {
        return refuse(change, bw_said("unblocking"),
            bw_said("it isn't blocked, so there is nothing to lift"), err);
    }
    enum bw_registration_status to = change->registration.status_before;
    struct bw_session session;
    int64_t free_places = 0;
    enum bw_status status = bw_record_session_by_number(
        office->central, change->registration.roster.session_no, &session, err);
    if (status == BW_OK) {
        status = bw_office_free_places(office->central, &session, &free_places, err);
    }
    if (status != BW_OK) {
        return status;
    }
    change->outcome = BW_PLACE_UNBLOCKED;
    if (to == BW_CONFIRMED && free_places == 0) {
        to = BW_WAITLISTED;
        change->outcome = BW_PLACE_UNBLOCKED_WAITS;
    }
    return bw_place_set_status(office, &change->registration, to, why, err);
}

static enum bw_status
reinstate(const struct bw_office *office, const char *why, struct bw_place_change *change,
    struct bw_error *err)
{
    struct bw_session session;
    struct bw_sql_value value = bw_sql_int((int64_t)change->registration.roster.code);
    int64_t free_places = 0, waiting = 0, doubt = 0;
    if (change->before != BW_CANCELLED) {
        return refuse(change, bw_said("reinstating"), bw_said("it isn't cancelled"), err);
    }
    enum bw_status status =
        bw_office_session_check(office, change->registration.roster.session_no,
            BW_OFFICE_SESSION_GIVES, bw_said("reinstating somebody in"), err);
    if (status == BW_OK) {
        status = bw_place_people_check(office->central, change->registration.roster.code,
            bw_said("reinstating"), err);
    }
    if (status == BW_OK) {
        status = bw_record_session_by_number(
            office->central, change->registration.roster.session_no, &session, err);
    }
    if (status == BW_OK) {
        status = bw_office_free_places(office->central, &session, &free_places, err);
    }
    if (status == BW_OK) {
        status = bw_office_count(
            office->central, session.session_no, BW_WAITLISTED, &waiting, err);
    }
    if (status == BW_OK) {
        status = bw_central_number(office->central,
            "SELECT doubt FROM registration WHERE code = $1", &value, 1, 0, &doubt, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bool placed = free_places > 0 && waiting == 0 && doubt == 0;
    change->outcome = placed ? BW_PLACE_REINSTATED : BW_PLACE_REINSTATED_WAITS;
    return bw_place_set_status(
        office, &change->registration, placed ? BW_CONFIRMED : BW_WAITLISTED, why, err);
}

static enum bw_status
reissue(const struct bw_office *office, const char *why, struct bw_place_change *change,
    struct bw_error *err)
{
    (void)why;
    switch (change->before) {
    case BW_CONFIRMED:
        break;
    case BW_WAITLISTED:
        return refuse(change, bw_said("giving a new ticket to"),
            bw_said(
                "it is on the waitlist and keeps its ticket; promote gives a new one"),
            err);
    case BW_CANCELLED:
        return refuse(change, bw_said("giving a new ticket to"),
            bw_said("it is cancelled; whoever comes after all signs up anew"), err);
    case BW_BLOCKED:
        return refuse(change, bw_said("giving a new ticket to"),
            bw_said("it is blocked; unblock it first"), err);
    }
    struct bw_keys keys = {.count = 0};
    enum bw_status status = bw_office_keys(office, &keys, err);
    if (status == BW_OK) {
        status = bw_place_renew_ticket(office, &keys, &change->registration, err);
    }
    bw_keys_finish(&keys);
    change->outcome = BW_PLACE_REISSUED;
    return status;
}

static enum bw_status
run(const struct bw_office *office, const char *what, const char *typed, act_run *act,
    const char *why, struct bw_place_change *ret_change, struct bw_error *err)
{
    struct bw_place_change change = {.before = BW_CONFIRMED};
    char shown[BW_CODE_SHOWN_BYTES];
    enum bw_status status =
        bw_office_hold_registration(office->central, typed, &change.registration, err);
    if (status == BW_OK) {
        change.before = change.registration.roster.status;
        bw_code_format_shown(change.registration.roster.code, shown);
    }
    if (status == BW_OK) {
        status = bw_step_begin(office, what, shown, why, 0, err);
    }
    if (status == BW_OK) {
        status = act(office, why, &change, err);
    }
    if (status == BW_OK && bw_place_is_changed(change.outcome)) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        *ret_change = change;
    }
    return status;
}

enum bw_status
bw_place_cancel(const struct bw_office *office, const char *typed,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    return run(office, "cancel", typed, cancel, "", ret_change, err);
}

enum bw_status
bw_place_reinstate(const struct bw_office *office, const char *typed,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    return run(office, "reinstate", typed, reinstate, "", ret_change, err);
}

enum bw_status
bw_place_block(const struct bw_office *office, const char *typed, const char *why,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    return run(office, "block", typed, block, why, ret_change, err);
}

enum bw_status
bw_place_unblock(const struct bw_office *office, const char *typed,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    return run(office, "unblock", typed, unblock, "", ret_change, err);
}

enum bw_status
bw_place_reissue(const struct bw_office *office, const char *typed,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    return run(office, "reissue", typed, reissue, "", ret_change, err);
}
