/* Paper lists in a step: see step_paper.h. Which events are of a step stands in table
 * `ruling`, as its third kind. */
#include "office/step_paper.h"

#include "central/base/array.h"

#include <brugwachter/presence.h>
#include <inttypes.h>
#include <stdlib.h>

enum bw_status
bw_step_paper_append(
    struct bw_office_log *log, struct bw_event *event, struct bw_error *err)
{
    enum bw_status status = bw_office_log_append(log, event, err);
    struct bw_sql_value values[] = {bw_sql_int(bw_central_step(log->central)),
        bw_sql_int(event->session_no), bw_sql_int(event->id.device),
        bw_sql_int((int64_t)event->id.seq), bw_sql_int((int64_t)event->code)};
    return status != BW_OK
               ? status
               : bw_central_run(log->central,
                     "INSERT INTO ruling (step_no, session_no, kind, device, seq, code)"
                     " VALUES ($1, $2, 3, $3, $4, $5)",
                     values, 5, NULL, NULL, err);
}

enum bw_status
bw_step_paper_check(struct bw_central *central, int64_t step_no, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(step_no);
    int64_t later = 0, gone = 0, purged = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT coalesce(min(t.step_no), 0) FROM ruling x JOIN ruling y"
        " ON y.session_no = x.session_no AND y.code = x.code AND y.kind = 3"
        " AND y.step_no > x.step_no JOIN step t ON t.step_no = y.step_no"
        " WHERE x.step_no = $1 AND x.kind = 3 AND t.undone_by = 0"
        " AND t.undoes <= x.step_no",
        &value, 1, 0, &later, err);
    if (status == BW_OK && later != 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "taking back step %" PRId64 ": step %" PRId64
            " was built on it; take that back first (log)",
            step_no, later);
    }
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT count(*) FROM ruling x JOIN registration_gone g ON g.code = x.code"
            " AND g.session_no = x.session_no WHERE x.step_no = $1 AND x.kind = 3",
            &value, 1, 0, &gone, err);
    }
    if (status == BW_OK && gone > 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "taking back step %" PRId64
            ": somebody it speaks of has no sign-up any more, as their import was taken "
            "back; take that back first (log)",
            step_no);
    }
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT count(*) FROM ruling x JOIN purged_session p"
            " ON p.session_no = x.session_no WHERE x.step_no = $1 AND x.kind = 3",
            &value, 1, 0, &purged, err);
    }
    return status == BW_OK && purged > 0 ? bw_error_set(err, BW_REFUSED, 0,
                                               "taking back step %" PRId64
                                               ": the people of its session were purged",
                                               step_no)
                                         : status;
}

/* ---- taking back ---- */

struct paper_back {
    struct bw_event *events; /* of the step; owned */
    size_t count, capacity;
    struct bw_event *arrivals; /* all that paper said of the session; owned */
    size_t arrivals_count, arrivals_capacity;
    struct bw_presence *presence; /* of their session */
    struct bw_office_log log;
    int64_t now_ms;
    enum bw_status status;
    struct bw_error *err;
};

static bool
on_own(const struct bw_sql_value *c, int count, void *context)
{
    struct paper_back *back = context;
    struct bw_event *event =
        bw_array_more(&back->events, &back->count, &back->capacity, sizeof *event);
    (void)count;
    back->status =
        event == NULL
            ? bw_error_set(back->err, BW_NO_MEMORY, 0, "taking back a step: no memory")
            : bw_event_decode(c[0].blob, c[0].bytes, event, back->err);
    return back->status == BW_OK;
}

/* An arrival that was taken back and said again is another event. */
static void
keep_arrival(struct paper_back *back, const struct bw_event *event)
{
    if (back->status != BW_OK || event->kind != BW_EVENT_ARRIVED ||
        event->basis != BW_BASIS_PAPER) {
        return;
    }
    struct bw_event *arrival = bw_array_more(&back->arrivals, &back->arrivals_count,
        &back->arrivals_capacity, sizeof *arrival);
    if (arrival == NULL) {
        back->status =
            bw_error_set(back->err, BW_NO_MEMORY, 0, "taking back a step: no memory");
        return;
    }
    *arrival = *event;
}

static bool
on_event(const struct bw_sql_value *c, int count, void *context)
{
    struct paper_back *back = context;
    struct bw_event event;
    (void)count;
    if (bw_event_decode(c[0].blob, c[0].bytes, &event, NULL) == BW_OK) {
        back->status = bw_presence_add(back->presence, &event, back->err);
        keep_arrival(back, &event);
    }
    return back->status == BW_OK;
}

static enum bw_status
read_back(struct bw_central *central, int64_t step_no, struct paper_back *back,
    struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(step_no);
    enum bw_status status = bw_central_run(central,
        "SELECT e.bytes FROM event e JOIN ruling x ON x.session_no = e.session_no"
        " AND x.device = e.device AND x.seq = e.seq WHERE x.step_no = $1 AND x.kind = 3"
        " ORDER BY x.device, x.seq",
        &value, 1, on_own, back, err);
    status = status == BW_OK ? back->status : status;
    if (status != BW_OK || back->count == 0) {
        return status;
    }
    status = bw_presence_create(back->events[0].session_no, &back->presence, err);
    value = bw_sql_int(back->events[0].session_no);
    if (status == BW_OK) {
        bw_presence_hold(back->presence);
        status = bw_central_run(central,
            "SELECT bytes FROM event WHERE session_no = $1"
            " ORDER BY hlc, device, seq, hash",
            &value, 1, on_event, back, err);
    }
    status = status == BW_OK ? back->status : status;
    return status == BW_OK ? bw_presence_settle(back->presence, err) : status;
}

static enum bw_status
append(struct paper_back *back, struct bw_event *event, struct bw_error *err)
{
    enum bw_status status = bw_step_paper_append(&back->log, event, err);
    return status == BW_OK ? bw_presence_add(back->presence, event, err) : status;
}

/* What paper said of whoever arrived is annulled, where it still stands. */
static enum bw_status
annul(struct paper_back *back, const struct bw_event *arrival, struct bw_error *err)
{
    struct bw_event event = {.kind = BW_EVENT_UNDONE,
        .operated_by = BW_OPERATOR_STAFF,
        .wall_ms = back->now_ms,
        .session_no = arrival->session_no,
        .code = arrival->code};
    for (size_t i = 0; i < back->arrivals_count && event.refs_count < BW_REFS_MAX; i++) {
        const struct bw_event *said = &back->arrivals[i];
        if (said->code == arrival->code &&
            bw_presence_is_in_force(back->presence, said->id)) {
            event.refs[event.refs_count++] = said->id;
        }
    }
    return event.refs_count > 0 ? append(back, &event, err) : BW_OK;
}

/* Who was taken out came, at the time that was said before; as `now` has them in, they
 * stay so. */
static enum bw_status
arrive(struct bw_central *central, struct paper_back *back, const struct bw_event *undone,
    struct bw_error *err)
{
    const struct bw_attendance *now = bw_presence_of_code(back->presence, undone->code);
    struct paper_back before = {.err = err};
    struct bw_sql_value values[] = {
        bw_sql_int(undone->refs[0].device), bw_sql_int((int64_t)undone->refs[0].seq)};
    if (undone->refs_count == 0 || now == NULL || now->attended) {
        return BW_OK;
    }
    enum bw_status status =
        bw_central_run(central, "SELECT bytes FROM event WHERE device = $1 AND seq = $2",
            values, 2, on_own, &before, err);
    status = status == BW_OK ? before.status : status;
    if (status == BW_OK && before.count > 0) {
        struct bw_event event = {.kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_PAPER,
            .verdict = BW_VERDICT_WELCOME,
            .operated_by = BW_OPERATOR_STAFF,
            .wall_ms = before.events[0].wall_ms,
            .session_no = undone->session_no,
            .code = undone->code,
            .refs_count = 1};
        event.refs[0] = now->newest; /* P5 */
        status = append(back, &event, err);
    }
    free(before.events);
    return status;
}

enum bw_status
bw_step_paper_put_back(
    const struct bw_office *office, int64_t step_no, struct bw_error *err)
{
    struct paper_back back = {.now_ms = bw_office_now_ms(office), .err = err};
    enum bw_status status = read_back(office->central, step_no, &back, err);
    if (status == BW_OK && back.count > 0) {
        status = bw_office_log_open(office, &back.log, err);
    }
    for (size_t i = 0; status == BW_OK && i < back.count; i++) {
        const struct bw_event *event = &back.events[i];
        if (event->kind == BW_EVENT_ARRIVED) {
            status = annul(&back, event, err);
        } else if (event->kind == BW_EVENT_UNDONE) {
            status = arrive(office->central, &back, event, err);
        }
    }
    free(back.events);
    free(back.arrivals);
    bw_presence_destroy(back.presence);
    return status;
}
