/* An event as a row: see event_row.h. */
#include "central/event_row.h"

#include "central/issue.h"

#include <assert.h>
#include <string.h>

enum { COLUMNS = 16 };

#define COLUMN_NAMES                                                                     \
    "device, seq, hash, prev, bytes, session_no, home_session_no,"                       \
    " code, kind, basis, verdict, flags, wall_ms, hlc, received_ms, revision"

static void
values_of(const struct bw_event_row *row, struct bw_sql_value ret_values[COLUMNS])
{
    const struct bw_event *event = row->event;
    const struct bw_sql_value values[COLUMNS] = {bw_sql_int(event->id.device),
        bw_sql_int((int64_t)event->id.seq), bw_sql_blob(event->hash, BW_HASH_BYTES),
        bw_sql_blob(event->prev, BW_HASH_BYTES), bw_sql_blob(row->bytes, row->length),
        bw_sql_int(event->session_no), bw_sql_int(event->home_session_no),
        event->code == BW_CODE_NONE ? bw_sql_null() : bw_sql_int((int64_t)event->code),
        bw_sql_int(event->kind), bw_sql_int(event->basis), bw_sql_int(event->verdict),
        bw_sql_int(event->flags), bw_sql_int(event->wall_ms),
        bw_sql_int((int64_t)event->hlc), bw_sql_int(row->received_ms),
        bw_sql_int(row->revision)};
    memcpy(ret_values, values, sizeof values);
}

static enum bw_status
row_insert(struct bw_central *central, const struct bw_event_row *row, bool *ret_new,
    struct bw_error *err)
{
    struct bw_sql_value values[COLUMNS];
    values_of(row, values);
    enum bw_status status = bw_central_run(central,
        "INSERT INTO event (" COLUMN_NAMES ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
        " $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING",
        values, COLUMNS, NULL, NULL, err);
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
    return bw_central_put(central,
        "INSERT INTO event_details (session_no, device, seq, hash, bytes)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", /* XE2 */
        values, 5, err);
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
    return bw_central_put(central,
        "INSERT INTO walk_in (device, seq, hash, session_no, code)"
        " VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (session_no, device, seq, hash) DO NOTHING",
        values, 5, err); /* a code that another took just now is an error, not silence */
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

/* ---- many ---- */

static void
fill_row(size_t at, struct bw_sql_value *ret_values, const void *context)
{
    const struct bw_event_row *rows = context;
    values_of(&rows[at], ret_values);
}

enum bw_status
bw_event_row_put_many(struct bw_central *central, const struct bw_event_row *rows,
    size_t count, struct bw_error *err)
{
    static const struct bw_sql_columns columns = {
        .table = "event", .names = COLUMN_NAMES, .count = COLUMNS};
    enum bw_status status =
        bw_central_insert(central, &columns, count, fill_row, rows, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        if (begins_walk_in(rows[i].event)) {
            status = walk_in_insert(central, rows[i].event, err);
        }
    }
    return status;
}
