/* An event as a row: see event_row.h. */
#include "central/event_row.h"

#include "central/issue.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS = 16 };

_Static_assert(COLUMNS *BW_EVENT_ROW_BATCH <= BW_CENTRAL_PARAMETERS_MAX,
    "the rows' values fit into one statement");

#define INSERT_HEAD                                                                      \
    "INSERT INTO event (device, seq, hash, prev, bytes, session_no, home_session_no,"    \
    " code, kind, basis, verdict, flags, wall_ms, hlc, received_ms, revision) VALUES "
#define ROW_PLACES                                                                       \
    "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
#define INSERT_TAIL " ON CONFLICT DO NOTHING"

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
    enum bw_status status = bw_central_run(
        central, INSERT_HEAD ROW_PLACES INSERT_TAIL, values, COLUMNS, NULL, NULL, err);
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

/* ---- several together ---- */

/* INSERT … VALUES ($1, … $16), ($17, … */
static void
sql_write(struct bw_event_row_batch *batch)
{
    size_t at = (size_t)snprintf(batch->sql, sizeof batch->sql, "%s", INSERT_HEAD);
    for (int i = 0; i < COLUMNS * BW_EVENT_ROW_BATCH; i++) {
        const char *before = i % COLUMNS != 0 ? ", " : i == 0 ? "(" : "), (";
        at += (size_t)snprintf(
            batch->sql + at, sizeof batch->sql - at, "%s$%d", before, i + 1);
    }
    at += (size_t)snprintf(batch->sql + at, sizeof batch->sql - at, ")" INSERT_TAIL);
    assert(at < sizeof batch->sql);
}

static enum bw_status
batch_insert(struct bw_central *central, struct bw_event_row_batch *batch,
    int64_t *ret_new, struct bw_error *err)
{
    struct bw_sql_value values[COLUMNS * BW_EVENT_ROW_BATCH];
    if (batch->sql[0] == '\0') {
        sql_write(batch);
    }
    for (int i = 0; i < BW_EVENT_ROW_BATCH; i++) {
        values_of(&batch->rows[i], &values[(size_t)i * COLUMNS]);
    }
    batch->count = 0;
    enum bw_status status = bw_central_run(
        central, batch->sql, values, COLUMNS * BW_EVENT_ROW_BATCH, NULL, NULL, err);
    if (status == BW_OK) {
        *ret_new = bw_central_changed(central);
    }
    return status;
}

/* Brings no other rows, and has each value: a statement of several is one of few. */
static bool
is_plain(const struct bw_event_row *row)
{
    return row->event->code != BW_CODE_NONE && row->details_bytes == 0;
}

enum bw_status
bw_event_row_batch_add(struct bw_central *central, struct bw_event_row_batch *batch,
    const struct bw_event_row *row, int64_t *ret_new, struct bw_error *err)
{
    if (!is_plain(row)) {
        bool new = false;
        enum bw_status status = bw_event_row_put(central, row, &new, err);
        if (status == BW_OK) {
            *ret_new = new;
        }
        return status;
    }
    assert(bw_central_in_transaction(central));
    batch->events[batch->count] = *row->event;
    batch->rows[batch->count] = *row;
    batch->rows[batch->count].event = &batch->events[batch->count];
    batch->count++;
    *ret_new = 0;
    return batch->count == BW_EVENT_ROW_BATCH ? batch_insert(central, batch, ret_new, err)
                                              : BW_OK;
}

enum bw_status
bw_event_row_batch_end(struct bw_central *central, struct bw_event_row_batch *batch,
    int64_t *ret_new, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    int64_t count = 0;
    for (int i = 0; status == BW_OK && i < batch->count; i++) {
        bool new = false;
        status = row_insert(central, &batch->rows[i], &new, err);
        count += new;
    }
    batch->count = 0;
    if (status == BW_OK) {
        *ret_new = count;
    }
    return status;
}
