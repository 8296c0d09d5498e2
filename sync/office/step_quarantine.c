/* Quarantine in a step: see step_quarantine.h. */
#include "office/step_quarantine.h"

#include "central/event_kept.h"
#include "central/records.h"
#include "office/hold.h"

#include <brugwachter/event.h>
#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- settling ---- */

/* *ret_new: it waits, and is to be settled. */
static enum bw_status
check_number(struct bw_central *central, int64_t number, enum bw_event_kept want,
    bool *ret_new, struct bw_error *err)
{
    enum bw_event_kept kept = BW_EVENT_KEPT_WAITS;
    uint32_t session_no = 0;
    enum bw_status status = bw_event_kept_read(central, number, &kept, &session_no, err);
    *ret_new = kept == BW_EVENT_KEPT_WAITS;
    if (status == BW_OK && !*ret_new && kept != want) {
        return bw_error_set(err, BW_REFUSED, 0,
            "settling number %" PRId64
            ": it was %s before; undo takes that back (log says which step)",
            number,
            kept == BW_EVENT_KEPT_IN ? bw_said("taken in") : bw_said("thrown out"));
    }
    return status == BW_OK && *ret_new ? bw_step_check_open(central, session_no, err)
                                       : status;
}

static enum bw_status
keep(struct bw_central *central, int64_t number, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(bw_central_step(central)), bw_sql_int(number)};
    return bw_central_run(central,
        "INSERT INTO step_quarantine (step_no, number, settled, settled_ms, why)"
        " SELECT CAST($1 AS BIGINT), number, settled, settled_ms, why"
        " FROM quarantine WHERE number = $2 ON CONFLICT DO NOTHING",
        values, 2, NULL, NULL, err);
}

/* "1 2 in", as it was typed. */
static void
about_write(const int64_t *numbers, size_t count, bool in, char *ret, size_t bytes)
{
    size_t at = 0;
    for (size_t i = 0; i < count && at + 32 < bytes; i++) {
        at += (size_t)snprintf(ret + at, bytes - at, "%" PRId64 " ", numbers[i]);
    }
    (void)snprintf(ret + at, bytes - at, "%s", in ? "in" : "out");
}

static enum bw_status
settle(const struct bw_office *office, const int64_t *numbers, size_t count, bool in,
    const char *why, struct bw_error *err)
{
    char about[BW_TITLE_BYTES];
    enum bw_event_kept want = in ? BW_EVENT_KEPT_IN : BW_EVENT_KEPT_OUT;
    enum bw_status status = BW_OK;
    bool begun = false;
    about_write(numbers, count, in, about, sizeof about);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        bool new = false;
        status = check_number(office->central, numbers[i], want, &new, err);
        if (status == BW_OK && new && !begun) {
            status = bw_step_begin(office, "settle", about, why, 0, err);
            begun = true;
        }
        if (status == BW_OK && new) {
            status = keep(office->central, numbers[i], err);
        }
        if (status == BW_OK && new) {
            status = bw_event_kept_put(
                office->central, numbers[i], want, bw_office_now_ms(office), why, err);
        }
    }
    return status;
}

enum bw_status
bw_step_quarantine_settle(const struct bw_office *office, const int64_t *numbers,
    size_t count, bool in, const char *why, struct bw_error *err)
{
    enum bw_status status =
        bw_office_hold_quarantine(office->central, numbers, count, err);
    if (status == BW_OK) {
        status = settle(office, numbers, count, in, why, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    return status;
}

/* ---- taking back ---- */

static const struct {
    const char *sql; /* $1 the step; gives what is in the way, 0: nothing */
    const char *why;
    bool numbered; /* it gives a step */
} checks[] = {
    {"SELECT coalesce(min(t.step_no), 0) FROM step_quarantine x JOIN step_quarantine y"
     " ON y.number = x.number AND y.step_no > x.step_no JOIN step t"
     " ON t.step_no = y.step_no WHERE x.step_no = $1 AND t.undone_by = 0"
     " AND t.undoes <= x.step_no",
        BW_SAYS("was built on it; take that back first (log)"), true},
    {"SELECT coalesce(min(t.step_no), 0) FROM step_quarantine x JOIN quarantine q"
     " ON q.number = x.number AND q.settled = 1 JOIN ruling r ON r.device = q.device"
     " AND r.seq = q.seq AND r.kind IN (1, 2, 4) JOIN step t"
     " ON t.step_no = r.step_no AND t.undone_by = 0"
     " WHERE x.step_no = $1",
        BW_SAYS("settled what it took in; take that back first (log)"), true},
    {"SELECT count(*) FROM step_quarantine x JOIN quarantine q ON q.number = x.number"
     " AND q.session_no IN (SELECT session_no FROM purged_session)"
     " WHERE x.step_no = $1",
        BW_SAYS("the people of its session were purged"), false},
    {"SELECT count(*) FROM step_quarantine x JOIN quarantine q ON q.number = x.number"
     " JOIN event_details d ON d.session_no = q.session_no AND d.device = q.device"
     " AND d.seq = q.seq AND d.hash = q.hash AND d.bytes IS NULL WHERE x.step_no = $1",
        BW_SAYS("somebody whom it took in was forgotten since"), false},
};

struct referring {
    struct bw_event_id *taken; /* ids of what the step took in */
    size_t count;
    struct bw_event_id by; /* the first that refers to one */
    bool found;
};

static bool
on_event(const struct bw_sql_value *c, int count, void *context)
{
    struct referring *referring = context;
    struct bw_event event;
    (void)count;
    if (bw_event_decode(c[0].blob, c[0].bytes, &event, NULL) != BW_OK) {
        return true; /* damaged at the office: `verify` tells */
    }
    for (size_t i = 0; i < referring->count && !referring->found; i++) {
        for (int r = 0; r < event.refs_count && !referring->found; r++) {
            referring->found = event.refs[r].device == referring->taken[i].device &&
                               event.refs[r].seq == referring->taken[i].seq;
        }
    }
    referring->by = event.id;
    return !referring->found;
}

#define TAKEN                                                                            \
    " FROM step_quarantine x JOIN quarantine q ON q.number = x.number"                   \
    " AND q.settled = 1 WHERE x.step_no = $1"

/* Devices and numbers of what the step took in, in one order. */
static enum bw_status
taken_read(struct bw_central *central, int64_t step_no, struct referring *ret_referring,
    struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(step_no);
    int64_t *devices = NULL, *seqs = NULL;
    size_t devices_count = 0, count = 0;
    enum bw_status status =
        bw_record_numbers(central, "SELECT q.device" TAKEN " ORDER BY q.number", &value,
            1, &devices, &devices_count, err);
    if (status == BW_OK) {
        status = bw_record_numbers(central, "SELECT q.seq" TAKEN " ORDER BY q.number",
            &value, 1, &seqs, &count, err);
    }
    if (status == BW_OK && count > 0) {
        ret_referring->taken = calloc(count, sizeof *ret_referring->taken);
        status = ret_referring->taken != NULL ? BW_OK
                                              : bw_error_set(err, BW_NO_MEMORY, 0,
                                                    "taking back a step: no memory");
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        ret_referring->taken[i] =
            (struct bw_event_id){(uint32_t)devices[i], (uint64_t)seqs[i]};
        ret_referring->count = i + 1;
    }
    free(devices);
    free(seqs);
    return status;
}

static enum bw_status
check_refs(struct bw_central *central, int64_t step_no, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(step_no);
    struct referring referring = {.taken = NULL};
    char shown[BW_EVENT_ID_BYTES];
    enum bw_status status = taken_read(central, step_no, &referring, err);
    if (status == BW_OK && referring.count > 0) {
        status = bw_central_run(central,
            "SELECT e.bytes FROM event e WHERE e.session_no IN"
            " (SELECT q.session_no" TAKEN ") ORDER BY e.device, e.seq",
            &value, 1, on_event, &referring, err);
    }
    free(referring.taken);
    if (status == BW_OK && referring.found) {
        bw_event_id_format(referring.by, shown);
        return bw_error_set(err, BW_REFUSED, 0,
            "taking back step %" PRId64 ": event %s refers to what it took in; settle "
            "EVENT out says that an entry doesn't stand",
            step_no, shown);
    }
    return status;
}

enum bw_status
bw_step_quarantine_check(
    struct bw_central *central, int64_t step_no, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(step_no);
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        int64_t found = 0;
        char why[40];
        enum bw_status status =
            bw_central_number(central, checks[i].sql, &value, 1, 0, &found, err);
        if (status != BW_OK) {
            return status;
        }
        if (found > 0) {
            (void)snprintf(why, sizeof why, bw_said("step %" PRId64 " "), found);
            return bw_error_set(err, BW_REFUSED, 0, "taking back step %" PRId64 ": %s%s",
                step_no, checks[i].numbered ? why : "", bw_said(checks[i].why));
        }
    }
    return check_refs(central, step_no, err);
}

struct said {
    int64_t settled, at_ms;
    char why[BW_TITLE_BYTES];
};

static bool
on_said(const struct bw_sql_value *c, int count, void *context)
{
    struct said *said = context;
    (void)count;
    said->settled = c[0].number;
    said->at_ms = c[1].number;
    bw_text_copy(said->why, sizeof said->why, c[2].text);
    return false;
}

enum bw_status
bw_step_quarantine_put_back(
    struct bw_central *central, int64_t step_no, int64_t own_no, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(step_no), bw_sql_int(own_no)};
    int64_t *numbers = NULL;
    size_t count = 0;
    enum bw_status status = bw_central_run(central,
        "INSERT INTO step_quarantine (step_no, number, settled, settled_ms, why)"
        " SELECT CAST($2 AS BIGINT), number, settled, settled_ms, why FROM quarantine"
        " WHERE number IN (SELECT number FROM step_quarantine WHERE step_no = $1)",
        values, 2, NULL, NULL, err);
    if (status == BW_OK) {
        status = bw_record_numbers(central,
            "SELECT number FROM step_quarantine WHERE step_no = $1 ORDER BY number",
            values, 1, &numbers, &count, err);
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        struct bw_sql_value which[] = {values[0], bw_sql_int(numbers[i])};
        struct said said = {.settled = BW_EVENT_KEPT_WAITS};
        status = bw_central_run(central,
            "SELECT settled, settled_ms, why FROM step_quarantine WHERE step_no = $1"
            " AND number = $2",
            which, 2, on_said, &said, err);
        if (status == BW_OK) {
            status = bw_event_kept_put(central, numbers[i],
                (enum bw_event_kept)said.settled, said.at_ms, said.why, err);
        }
    }
    free(numbers);
    return status;
}
