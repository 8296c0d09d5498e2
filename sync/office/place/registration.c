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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* ---- one or several ---- */

static const struct verb_row {
    const char *what; /* as the step is called */
    act_run *act;
    bool keeps_why; /* with the registration, not with the step alone */
} verbs[] = {
    [BW_PLACE_CANCEL] = {"cancel", cancel, false},
    [BW_PLACE_REINSTATE] = {"reinstate", reinstate, false},
    [BW_PLACE_BLOCK] = {"block", block, true},
    [BW_PLACE_UNBLOCK] = {"unblock", unblock, false},
    [BW_PLACE_REISSUE] = {"reissue", reissue, false},
};

const char *
bw_place_verb_name(enum bw_place_verb verb)
{
    return verbs[verb].what;
}

/* About "K7QM-2XRD", of several "K7QM-2XRD +3". */
static enum bw_status
begin_step(const struct bw_office *office, const struct verb_row *verb, bw_code first,
    size_t count, const char *why, struct bw_error *err)
{
    char shown[BW_CODE_SHOWN_BYTES], about[BW_TITLE_BYTES];
    bw_code_format_shown(first, shown);
    (void)snprintf(about, sizeof about, count > 1 ? "%s +%zu" : "%s", shown, count - 1);
    return bw_step_begin(office, verb->what, about, why, 0, err);
}

static enum bw_status
change_each(const struct bw_office *office, const struct verb_row *verb,
    const bw_code *codes, size_t count, const char *why, struct bw_place_change *changes,
    bool *ret_changed, struct bw_error *err)
{
    enum bw_status status = begin_step(office, verb, codes[0], count, why, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        struct bw_place_change *change = &changes[i];
        status = bw_office_registration_of(
            office->central, codes[i], &change->registration, err);
        if (status == BW_OK) {
            change->before = change->registration.roster.status;
            status = verb->act(office, verb->keeps_why ? why : "", change, err);
        }
        *ret_changed = *ret_changed || bw_place_is_changed(change->outcome);
    }
    return status;
}

enum bw_status
bw_place_change_all(const struct bw_office *office, enum bw_place_verb verb,
    const char *const typed[], size_t count, const char *why,
    struct bw_place_change *ret_changes, struct bw_error *err)
{
    bool changed = false;
    struct bw_place_change *changes = count > 0 ? calloc(count, sizeof *changes) : NULL;
    bw_code *codes = count > 0 ? calloc(count, sizeof *codes) : NULL;
    enum bw_status status =
        changes != NULL && codes != NULL
            ? bw_office_hold_registrations(office->central, typed, count, codes, err)
            : bw_error_set(err, count > 0 ? BW_NO_MEMORY : BW_BAD_INPUT, 0,
                  count > 0 ? BW_SAYS("changing registrations: no memory")
                            : BW_SAYS("changing registrations: nobody was named"));
    if (status == BW_OK) {
        status =
            change_each(office, &verbs[verb], codes, count, why, changes, &changed, err);
    }
    if (status == BW_OK && changed) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        memcpy(ret_changes, changes, count * sizeof *changes);
    }
    free(codes);
    free(changes);
    return status;
}

enum bw_status
bw_place_cancel(const struct bw_office *office, const char *typed,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    return bw_place_change_all(office, BW_PLACE_CANCEL, &typed, 1, "", ret_change, err);
}

enum bw_status
bw_place_reinstate(const struct bw_office *office, const char *typed,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    return bw_place_change_all(
        office, BW_PLACE_REINSTATE, &typed, 1, "", ret_change, err);
}

enum bw_status
bw_place_block(const struct bw_office *office, const char *typed, const char *why,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    return bw_place_change_all(office, BW_PLACE_BLOCK, &typed, 1, why, ret_change, err);
}

enum bw_status
bw_place_unblock(const struct bw_office *office, const char *typed,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    return bw_place_change_all(office, BW_PLACE_UNBLOCK, &typed, 1, "", ret_change, err);
}

enum bw_status
bw_place_reissue(const struct bw_office *office, const char *typed,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    return bw_place_change_all(office, BW_PLACE_REISSUE, &typed, 1, "", ret_change, err);
}
