/* What the organiser says of a conflict: see ruling.h. */
#include "office/ruling.h"

#include "office/step.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdio.h>

struct ruling_entry {
    char shown[BW_EVENT_ID_BYTES];
    uint32_t session_no;
    int64_t kind, settled_by; /* the step that settled it before; 0: none */
    bool found, coded, several;
};

static enum bw_status
refuse(const struct ruling_entry *entry, const char *why, struct bw_error *err)
{
    return bw_error_set(err, BW_REFUSED, 0, "settling %s: %s", entry->shown, why);
}

static bool
on_entry(const struct bw_sql_value *c, int count, void *context)
{
    struct ruling_entry *entry = context;
    (void)count;
    entry->several = entry->found;
    entry->found = true;
    entry->session_no = (uint32_t)c[0].number;
    entry->kind = c[1].number;
    entry->coded = c[2].type != BW_SQL_NULL;
    entry->settled_by = c[3].number;
    return true;
}

static enum bw_status
read_entry(struct bw_central *central, struct bw_event_id id, struct ruling_entry *entry,
    struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(id.device), bw_sql_int((int64_t)id.seq)};
    bw_event_id_format(id, entry->shown);
    enum bw_status status = bw_central_run(central,
        "SELECT e.session_no, e.kind, e.code, coalesce((SELECT max(t.step_no)"
        " FROM ruling x JOIN step t ON t.step_no = x.step_no AND t.undone_by = 0"
        " WHERE x.session_no = e.session_no AND x.device = e.device"
        " AND x.seq = e.seq AND x.kind IN (1, 2, 4)), 0)"
        " FROM event e"
        " WHERE e.device = $1 AND e.seq = $2",
        values, 2, on_entry, entry, err);
    if (status == BW_OK && !entry->found) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "settling %s: no kiosk wrote such an event; conflicts lists them",
            entry->shown);
    }
    return status;
}

static enum bw_status
check_entry(
    struct bw_central *central, const struct ruling_entry *entry, struct bw_error *err)
{
    char why[120];
    if (entry->kind != BW_EVENT_ARRIVED) {
        return refuse(entry, bw_said("it is no arrival; conflicts names those"), err);
    }
    if (entry->several) {
        return refuse(
            entry, bw_said("two events have this number (a fork); both stay"), err);
    }
    if (entry->settled_by != 0) {
        (void)snprintf(why, sizeof why,
            bw_said("it was settled before; undo %" PRId64 " takes that back"),
            entry->settled_by);
        return refuse(entry, why, err);
    }
    return bw_step_check_open(central, entry->session_no, err);
}

enum bw_status
bw_office_rule_choices(struct bw_central *central, struct bw_event_id id,
    struct bw_office_ruling_choices *ret_choices, struct bw_error *err)
{
    struct ruling_entry entry = {.found = false};
    enum bw_status status = read_entry(central, id, &entry, err);
    if (status == BW_OK) {
        status = check_entry(central, &entry, err);
    }
    if (status == BW_NOT_FOUND || status == BW_REFUSED) {
        *ret_choices = (struct bw_office_ruling_choices){.out = false};
        return BW_OK;
    }
    if (status == BW_OK) {
        *ret_choices = (struct bw_office_ruling_choices){
            .out = true, .is = !entry.coded, .other = entry.coded};
    }
    return status;
}

static enum bw_status
write_ruling(const struct bw_office *office, const struct ruling_entry *entry,
    struct bw_event_id id, enum bw_office_ruling ruling, bw_code code, const char *why,
    struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_null(), bw_sql_int(entry->session_no),
        bw_sql_int(ruling), bw_sql_int(id.device), bw_sql_int((int64_t)id.seq),
        code != BW_CODE_NONE ? bw_sql_int((int64_t)code) : bw_sql_null()};
    enum bw_status status = bw_step_begin(office, "settle", entry->shown, why, 0, err);
    values[0] = bw_sql_int(bw_central_step(office->central));
    return status != BW_OK
               ? status
               : bw_central_run(office->central,
                     "INSERT INTO ruling (step_no, session_no, kind, device, seq, code)"
                     " VALUES ($1, $2, $3, $4, $5, $6)",
                     values, 6, NULL, NULL, err);
}

static enum bw_status
find_whose(const struct bw_office *office, const struct ruling_entry *entry,
    const char *typed, struct bw_office_registration *found, struct bw_error *err)
{
    if (entry->coded) {
        return refuse(
            entry, bw_said("it is somebody's ticket already, and no walk-in"), err);
    }
    enum bw_status status =
        bw_office_registration_by_code(office->central, typed, found, err);
    if (status == BW_OK && found->roster.session_no != entry->session_no) {
        status = refuse(entry, bw_said("that registration is of another session"), err);
    }
    return bw_error_about(err, status, "whose");
}

/* `typed`: of a ruling that says whose it is. */
static enum bw_status
rule(const struct bw_office *office, struct bw_event_id id, enum bw_office_ruling ruling,
    const char *typed, const char *why, struct bw_office_registration *found,
    struct bw_error *err)
{
    struct ruling_entry entry = {.found = false};
    enum bw_status status = bw_central_begin_step(office->central, err);
    found->roster.code = BW_CODE_NONE;
    if (status == BW_OK) {
        status = read_entry(office->central, id, &entry, err);
    }
    if (status == BW_OK) { /* C8: and once more, as of then */
        status =
            bw_central_hold_sessions(office->central, &entry.session_no, 1, true, err);
        entry = (struct ruling_entry){.found = false};
    }
    if (status == BW_OK) {
        status = read_entry(office->central, id, &entry, err);
    }
    if (status == BW_OK) {
        status = check_entry(office->central, &entry, err);
    }
    if (status == BW_OK && ruling == BW_OFFICE_RULING_IS) {
        status = find_whose(office, &entry, typed, found, err);
    }
    if (status == BW_OK && ruling == BW_OFFICE_RULING_OTHER && !entry.coded) {
        status = refuse(
            &entry, bw_said("nobody's ticket was read for it: it is a walk-in's"), err);
    }
    if (status == BW_OK) {
        status = write_ruling(office, &entry, id, ruling, found->roster.code, why, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    return status;
}

enum bw_status
bw_office_rule_is(const struct bw_office *office, struct bw_event_id entry,
    const char *typed, const char *why, struct bw_office_registration *ret_registration,
    struct bw_error *err)
{
    struct bw_office_registration found;
    enum bw_status status =
        rule(office, entry, BW_OFFICE_RULING_IS, typed, why, &found, err);
    if (status == BW_OK) {
        *ret_registration = found;
    }
    return status;
}

enum bw_status
bw_office_rule_out(const struct bw_office *office, struct bw_event_id entry,
    const char *why, struct bw_error *err)
{
    struct bw_office_registration nobody;
    return rule(office, entry, BW_OFFICE_RULING_OUT, NULL, why, &nobody, err);
}

enum bw_status
bw_office_rule_other(const struct bw_office *office, struct bw_event_id entry,
    const char *why, struct bw_error *err)
{
    struct bw_office_registration nobody;
    return rule(office, entry, BW_OFFICE_RULING_OTHER, NULL, why, &nobody, err);
}

enum bw_status
bw_office_rule_session(struct bw_central *central, struct bw_event_id id,
    uint32_t *ret_session_no, struct bw_error *err)
{
    struct ruling_entry entry = {.found = false};
    enum bw_status status = read_entry(central, id, &entry, err);
    if (status == BW_OK) {
        *ret_session_no = entry.session_no;
    }
    return status;
}

/* ---- a conflict as a whole ---- */

static enum bw_status
keep_event(const struct bw_office *office, const struct bw_office_conflict *conflict,
    enum bw_office_ruling ruling, struct bw_event_id id, int64_t *inout_new,
    struct bw_error *err)
{
    struct bw_central *central = office->central;
    char shown[BW_EVENT_ID_BYTES];
    struct bw_sql_value values[] = {bw_sql_int(bw_central_step(central)),
        bw_sql_int(conflict->session_no), bw_sql_int((int)ruling + conflict->kind),
        bw_sql_int(id.device), bw_sql_int((int64_t)id.seq)};
    int64_t there = 0, before = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM event WHERE device = $1 AND seq = $2", &values[3], 2, 0,
        &there, err);
    if (status == BW_OK && there == 0) {
        bw_event_id_format(id, shown);
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "settling %s: no kiosk wrote such an event; conflicts lists them", shown);
    }
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT count(*) FROM ruling r JOIN step t ON t.step_no = r.step_no"
            " AND t.undone_by = 0 WHERE r.session_no = $1 AND r.kind = $2"
            " AND r.device = $3 AND r.seq = $4",
            &values[1], 4, 0, &before, err);
    }
    *inout_new += before == 0;
    return status == BW_OK
               ? bw_central_run(central,
                     "INSERT INTO ruling (step_no, session_no, kind, device, seq, code)"
                     " VALUES ($1, $2, $3, $4, $5, NULL) ON CONFLICT DO NOTHING",
                     values, 5, NULL, NULL, err)
               : status;
}

static enum bw_status
keep_conflict(const struct bw_office *office, const struct bw_office_conflict *conflict,
    enum bw_office_ruling ruling, const char *why, struct bw_error *err)
{
    char shown[BW_EVENT_ID_BYTES];
    int64_t fresh = 0;
    bw_event_id_format(conflict->events[0], shown);
    enum bw_status status =
        bw_step_check_open(office->central, conflict->session_no, err);
    if (status == BW_OK) {
        status = bw_step_begin(office, "settle", shown, why, 0, err);
    }
    for (size_t i = 0; status == BW_OK && i < conflict->count; i++) {
        status = keep_event(office, conflict, ruling, conflict->events[i], &fresh, err);
    }
    return status == BW_OK && fresh == 0
               ? bw_error_set(err, BW_REFUSED, 0,
                     "settling %s: this was said before; take that back first", shown)
               : status;
}

enum bw_status
bw_office_rule_conflict(const struct bw_office *office,
    const struct bw_office_conflict *conflict, enum bw_office_ruling ruling,
    const char *why, struct bw_error *err)
{
    if ((ruling != BW_OFFICE_RULING_UNKNOWN && ruling != BW_OFFICE_RULING_STANDS) ||
        conflict->kind <= 0 || conflict->count == 0) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "settling a conflict: it has a kind, and events");
    }
    enum bw_status status = bw_central_begin_step(office->central, err);
    if (status == BW_OK) { /* C8 */
        status = bw_central_hold_sessions(
            office->central, &conflict->session_no, 1, true, err);
    }
    if (status == BW_OK) {
        status = keep_conflict(office, conflict, ruling, why, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    return status;
}
