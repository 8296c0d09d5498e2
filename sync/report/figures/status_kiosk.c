/* What can be said of a kiosk's log now: see status_kiosk.h. */
#include "report/figures/status_kiosk.h"

#include "central/records.h"

#include <stdlib.h>

enum {
    MINUTE_MS = 60 * 1000,
    SILENT_TODAY_MS = 5 * MINUTE_MS,
    SILENT_MS = 24 * 60 * MINUTE_MS
};

/* The circles that a kiosk serves, those called off not. */
struct duty {
    bool to_come, today;
    int64_t ended_ms; /* the last one that is over; 0: none is */
};

static enum bw_status
duty_add(const struct bw_session *session, int64_t now_ms, struct duty *duty,
    struct bw_error *err)
{
    enum bw_session_state state;
    enum bw_status status = bw_session_state_of(session, now_ms, &state, err);
    if (status != BW_OK) {
        return status;
    }
    if (state == BW_SESSION_PLANNED || state == BW_SESSION_TODAY) {
        duty->to_come = true;
        duty->today = duty->today || state == BW_SESSION_TODAY;
    } else if (state != BW_SESSION_CANCELLED && session->ends_ms > duty->ended_ms) {
        duty->ended_ms = session->ends_ms;
    }
    return BW_OK;
}

static enum bw_status
duty_of(struct bw_central *central, uint32_t session_no, int64_t now_ms,
    struct duty *duty, struct bw_error *err)
{
    struct bw_session session;
    enum bw_status status =
        bw_record_session_by_number(central, session_no, &session, err);
    return status == BW_OK ? duty_add(&session, now_ms, duty, err) : status;
}

static enum bw_status
duty_read(struct bw_central *central, uint32_t device, int64_t now_ms, struct duty *duty,
    struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(device);
    int64_t *sessions = NULL;
    size_t count = 0;
    enum bw_status status = bw_record_numbers(central,
        "SELECT session_no FROM device_session WHERE device = $1 AND rank >= 0"
        " ORDER BY rank",
        &value, 1, &sessions, &count, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = duty_of(central, (uint32_t)sessions[i], now_ms, duty, err);
    }
    free(sessions);
    return status;
}

static bool
is_silent(const struct duty *duty, int64_t heard_ms, int64_t now_ms)
{
    return duty->to_come &&
           now_ms - heard_ms > (duty->today ? SILENT_TODAY_MS : SILENT_MS);
}

enum bw_status
bw_status_kiosk_silent(struct bw_central *central, uint32_t device, int64_t heard_ms,
    int64_t now_ms, bool *ret_silent, struct bw_error *err)
{
    struct duty duty = {.to_come = false};
    enum bw_status status = duty_read(central, device, now_ms, &duty, err);
    if (status == BW_OK) {
        *ret_silent = is_silent(&duty, heard_ms, now_ms);
    }
    return status;
}

/* ---- of all at once ---- */

struct duties {
    struct bw_status_kiosk *kiosks;
    struct duty *duties; /* of each */
    size_t count;
    int64_t now_ms;
    enum bw_status status;
    struct bw_error *err;
};

static bool
on_duty(const struct bw_sql_value *c, int count, void *context)
{
    struct duties *all = context;
    struct bw_session session;
    (void)count;
    bw_session_of_row(c, &session);
    for (size_t i = 0; all->status == BW_OK && i < all->count; i++) {
        if (all->kiosks[i].device == (uint32_t)c[BW_SESSION_COLUMNS_COUNT].number) {
            all->status = duty_add(&session, all->now_ms, &all->duties[i], all->err);
        }
    }
    return all->status == BW_OK;
}

enum bw_status
bw_status_kiosks_silent(struct bw_central *central, int64_t now_ms,
    struct bw_status_kiosk *kiosks, size_t count, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(now_ms);
    struct duties all = {.kiosks = kiosks,
        .duties = calloc(count + 1, sizeof *all.duties),
        .count = count,
        .now_ms = now_ms,
        .err = err};
    if (all.duties == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "reading the kiosks: no memory");
    }
    /* one that is over asks nothing any more */
    enum bw_status status = bw_central_run(central,
        "SELECT " BW_SESSION_COLUMNS ", x.device FROM " BW_SESSION_TABLES
        " JOIN device_session x ON x.session_no = s.session_no AND x.rank >= 0"
        " WHERE s.ends_ms > $1",
        &value, 1, on_duty, &all, err);
    status = status == BW_OK ? all.status : status;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        kiosks[i].silent = is_silent(&all.duties[i], kiosks[i].last_contact_ms, now_ms);
    }
    free(all.duties);
    return status;
}

/* ---- its log ---- */

static uint64_t
missing_of(const struct bw_device_chain *chain)
{
    uint64_t missing = 0;
    for (int i = 0; i < chain->gaps_count; i++) {
        missing += chain->gaps[i].to - chain->gaps[i].from + 1;
    }
    return missing;
}

static enum bw_status_log
log_of(const struct bw_device_chain *chain, bool may_hold_more)
{
    return chain->state == BW_CHAIN_BROKEN   ? BW_STATUS_LOG_BROKEN
           : chain->state == BW_CHAIN_FORKED ? BW_STATUS_LOG_FORKED
           : chain->gaps_count > 0           ? BW_STATUS_LOG_GAP
           : may_hold_more                   ? BW_STATUS_LOG_UNKNOWN
                                             : BW_STATUS_LOG_WHOLE;
}

enum bw_status
bw_status_kiosk_view(struct bw_central *central, const struct bw_status_kiosk *kiosk,
    int64_t now_ms, struct bw_status_view *ret_view, struct bw_error *err)
{
    struct duty duty = {.to_come = false};
    struct bw_status_view view = {.missing = missing_of(&kiosk->chain)};
    struct bw_sql_value values[] = {bw_sql_int(kiosk->device), bw_sql_int(now_ms)};
    enum bw_status status = duty_read(central, kiosk->device, now_ms, &duty, err);
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT coalesce(min(o.written_ms), 0) FROM letter_out o"
            " JOIN device_session x ON x.device = o.device"
            " AND x.session_no = o.session_no AND x.held_epoch = o.epoch"
            " AND x.held_revision = o.to_revision"
            " JOIN session s ON s.session_no = x.session_no"
            " WHERE o.device = $1 AND x.rank >= 0 AND s.ends_ms > $2",
            values, 2, 0, &view.list_ms, err);
    }
    if (status != BW_OK) {
        return status;
    }
    view.today = duty.today;
    view.silent = is_silent(&duty, kiosk->last_contact_ms, now_ms);
    view.may_hold_more = view.silent || kiosk->chain.stated_ms == 0 ||
                         (!duty.to_come && kiosk->chain.reached_ms < duty.ended_ms &&
                             kiosk->chain.gaps_count == 0);
    view.log = log_of(&kiosk->chain, view.may_hold_more);
    view.undecided = kiosk->undecided;
    *ret_view = view;
    return BW_OK;
}
