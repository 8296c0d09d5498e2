/* An event as a row: see event_row.h. */
#include "central/event_row.h"

#include "central/issue.h"

#include <assert.h>

static enum bw_status
row_insert(struct bw_central *central, const struct bw_event_row *row, bool *ret_new,
    struct bw_error *err)
{
    const struct bw_event *event = row->event;
    struct bw_sql_value values[] = {bw_sql_int(event->id.device),
        bw_sql_int((int64_t)event->id.seq), bw_sql_blob(event->hash, BW_HASH_BYTES),
        bw_sql_blob(event->prev, BW_HASH_BYTES), bw_sql_blob(row->bytes, row->length),
        bw_sql_int(event->session_no), bw_sql_int(event->home_session_no),
        event->code == BW_CODE_NONE ? bw_sql_null() : bw_sql_int((int64_t)event->code),
        bw_sql_int(event->kind), bw_sql_int(event->basis), bw_sql_int(event->verdict),
        bw_sql_int(event->flags), bw_sql_int(event->wall_ms),
        bw_sql_int((int64_t)event->hlc), bw_sql_int(row->received_ms),
        bw_sql_int(row->revision)};
    enum bw_status status = bw_central_run(central,
        "INSERT INTO event (device, seq, hash, prev, bytes, session_no, home_session_no,"
        " code, kind, basis, verdict, flags, wall_ms, hlc, received_ms, revision)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
        " ON CONFLICT DO NOTHING",
        values, 16, NULL, NULL, err);
    if (status == BW_OK) {
        *ret_new = bw_central_changed(central) > 0;
    }
    return status;
}

enum bw_status
bw_event_row_put_details(
    struct bw_central *central, const struct bw_event_row *row, struct bw_error *err)
{
    if (!row->details || row->details_bytes == 0 || row->purged) {
        return BW_OK;
    }
    struct bw_sql_value values[] = {bw_sql_int(row->event->session_no),
        bw_sql_int(row->event->id.device), bw_sql_int((int64_t)row->event->id.seq),
        bw_sql_blob(row->event->hash, BW_HASH_BYTES),
        bw_sql_blob(row->details, row->details_bytes)};
    return bw_central_run(central,
        "INSERT INTO event_details (session_no, device, seq, hash, bytes)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", /* XE2 */
        values, 5, NULL, NULL, err);
}

/* Somebody without a code whose first event this is. One that refers to a `waiting` is
 * the same person, and has the code of that. */
static bool
begins_walk_in(const struct bw_event *event)
{
    return event->code == BW_CODE_NONE && event->refs_count == 0 &&
           (event->kind == BW_EVENT_ARRIVED || event->kind == BW_EVENT_WAITING);
}

static enum bw_status
walk_in_insert(
    struct bw_central *central, const struct bw_event *event, struct bw_error *err)
{
    bw_code code;
    enum bw_status status = bw_issue_code(central, &code, err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_sql_value values[] = {bw_sql_int(event->id.device),
        bw_sql_int((int64_t)event->id.seq), bw_sql_blob(event->hash, BW_HASH_BYTES),
        bw_sql_int(event->session_no), bw_sql_int((int64_t)code)};
    return bw_central_run(central,
        "INSERT INTO walk_in (device, seq, hash, session_no, code)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        values, 5, NULL, NULL, err);
}

enum bw_status
bw_event_row_put(struct bw_central *central, const struct bw_event_row *row,
    bool *ret_new, struct bw_error *err)
{
    assert(bw_central_in_transaction(central));
    bool new = false;
    enum bw_status status = row_insert(central, row, &new, err);
    if (status == BW_OK && new &&begins_walk_in(row->event)) {
        status = walk_in_insert(central, row->event, err);
    }
    if (status == BW_OK) {
        status = bw_event_row_put_details(central, row, err);
    }
    if (status == BW_OK) {
        *ret_new = new;
    }
    return status;
}
