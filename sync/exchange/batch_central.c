/* A batch into the central database: see batch.h. */
#include "exchange/batch.h"
#include "central/issue.h"

#include <assert.h>
#include <string.h>

static enum bw_status
device_check(struct bw_central *central, uint32_t device, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(device);
    int64_t known = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM device WHERE device = $1", &value, 1, 0, &known, err);
    if (status == BW_OK && known == 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "taking events of kiosk %u into %s: no such kiosk is enrolled here; choose "
            "its "
            "own central database",
            device, bw_central_name(central));
    }
    return status;
}

static enum bw_status
event_put(struct bw_central *central, const struct bw_event *event, int64_t now_ms,
    int64_t revision, bool *ret_new, struct bw_error *err)
{
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX], hash[BW_HASH_BYTES];
    size_t length = bw_event_encode(event, bytes);
    bw_event_hash(event, hash);
    struct bw_sql_value values[] = {bw_sql_int(event->id.device),
        bw_sql_int((int64_t)event->id.seq), bw_sql_blob(hash, sizeof hash),
        bw_sql_blob(event->prev, BW_HASH_BYTES), bw_sql_blob(bytes, length),
        bw_sql_int(event->session_no), bw_sql_int(event->home_session_no),
        event->code == BW_CODE_NONE ? bw_sql_null() : bw_sql_int((int64_t)event->code),
        bw_sql_int(event->kind), bw_sql_int(event->basis), bw_sql_int(event->verdict),
        bw_sql_int(event->flags), bw_sql_int(event->wall_ms),
        bw_sql_int((int64_t)event->hlc), bw_sql_int(now_ms), bw_sql_int(revision)};
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

/* What was purged stays purged, however late another copy comes. */
static enum bw_status
details_put(
    struct bw_central *central, const struct bw_batch_item *item, struct bw_error *err)
{
    uint8_t hash[BW_HASH_BYTES];
    bw_event_hash(&item->event, hash);
    struct bw_sql_value values[] = {bw_sql_int(item->event.session_no),
        bw_sql_int(item->event.id.device), bw_sql_int((int64_t)item->event.id.seq),
        bw_sql_blob(hash, sizeof hash), bw_sql_blob(item->details, item->details_bytes)};
    int64_t purged = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM purged_session WHERE session_no = $1", values, 1, 0,
        &purged, err);
    if (status == BW_OK && purged == 0) {
        status = bw_central_run(central,
            "INSERT INTO event_details (session_no, device, seq, hash, bytes)"
            " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            values, 5, NULL, NULL, err);
    }
    return status;
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
walk_in_put(
    struct bw_central *central, const struct bw_event *event, struct bw_error *err)
{
    uint8_t hash[BW_HASH_BYTES];
    bw_code code;
    enum bw_status status = bw_issue_code(central, &code, err);
    if (status != BW_OK) {
        return status;
    }
    bw_event_hash(event, hash);
    struct bw_sql_value values[] = {bw_sql_int(event->id.device),
        bw_sql_int((int64_t)event->id.seq), bw_sql_blob(hash, sizeof hash),
        bw_sql_int(event->session_no), bw_sql_int((int64_t)code)};
    return bw_central_run(central,
        "INSERT INTO walk_in (device, seq, hash, session_no, code)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        values, 5, NULL, NULL, err);
}

/* One row a head: of the same head the newest statement is all that matters, and a kiosk
 * that syncs all day says it a thousand times. */
static enum bw_status
statement_put(struct bw_central *central, const struct bw_batch *batch, const char *way,
    int64_t now_ms, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(batch->device),
        bw_sql_int((int64_t)batch->head.seq),
        bw_sql_blob(batch->head.hash, BW_HASH_BYTES), bw_sql_int(batch->suspect),
        bw_sql_int(batch->stated_ms), bw_sql_blob(batch->store_id, BW_STORE_ID_BYTES),
        bw_sql_int(now_ms), bw_sql_text(way)};
    int64_t newer = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM head_statement WHERE device = $1 AND seq = $2 AND hash = $3"
        " AND suspect = $4 AND store_id = $6 AND stated_ms >= $5",
        values, 6, 0, &newer, err);
    if (status != BW_OK || newer > 0) {
        return status;
    }
    status = bw_central_run(central,
        "DELETE FROM head_statement WHERE device = $1 AND seq = $2 AND hash = $3"
        " AND suspect = $4 AND store_id = $6 AND stated_ms < $5",
        values, 6, NULL, NULL, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "INSERT INTO head_statement (session_no, device, seq, hash, suspect,"
            " stated_ms, store_id, received_ms, way)"
            " SELECT session_no, $1, $2, $3, $4, $5, $6, $7, $8 FROM device_session"
            " WHERE device = $1 ON CONFLICT DO NOTHING",
            values, 8, NULL, NULL, err);
    }
    return status;
}

static enum bw_status
contact_put(struct bw_central *central, const struct bw_batch *batch, int64_t now_ms,
    struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(batch->device), bw_sql_int(now_ms),
        bw_sql_blob(batch->store_id, BW_STORE_ID_BYTES)};
    return bw_central_run(central,
        "UPDATE device SET store_id = COALESCE(store_id, $3), last_contact_ms = $2"
        " WHERE device = $1",
        values, 3, NULL, NULL, err);
}

/* The revision of the session that the last event was of. */
struct revision_of {
    uint32_t session_no;
    int64_t number;
};

static enum bw_status
revision_take(struct bw_central *central, uint32_t session_no,
    struct revision_of *revision, struct bw_error *err)
{
    if (revision->number > 0 && revision->session_no == session_no) {
        return BW_OK;
    }
    struct bw_error why;
    enum bw_status status = session_no == 0 ? BW_NOT_FOUND
                                            : bw_central_next_revision(central,
                                                  session_no, &revision->number, &why);
    if (status == BW_NOT_FOUND) { /* an event of no session, or of one unknown here */
        status = BW_OK;
        revision->number = 1;
    } else if (status != BW_OK) {
        return bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
    revision->session_no = session_no;
    return status;
}

enum bw_status
bw_batch_put(struct bw_central *central, const struct bw_batch *batch, const char *way,
    int64_t now_ms, int64_t *ret_accepted, struct bw_error *err)
{
    assert(bw_central_in_transaction(central));
    int64_t accepted = 0;
    struct revision_of revision = {0};
    enum bw_status status = device_check(central, batch->device, err);
    for (size_t i = 0; status == BW_OK && i < batch->count; i++) {
        const struct bw_batch_item *item = &batch->items[i];
        bool new = false;
        status = revision_take(central, item->event.session_no, &revision, err);
        if (status == BW_OK) {
            status = event_put(central, &item->event, now_ms, revision.number, &new, err);
        }
        if (status == BW_OK && new &&begins_walk_in(&item->event)) {
            status = walk_in_put(central, &item->event, err);
        }
        if (status == BW_OK && item->details_bytes > 0) {
            status = details_put(central, item, err);
        }
        accepted += new;
    }
    if (status == BW_OK) {
        status = statement_put(central, batch, way, now_ms, err);
    }
    if (status == BW_OK) {
        status = contact_put(central, batch, now_ms, err);
    }
    if (status == BW_OK) {
        *ret_accepted = accepted;
    }
    return status;
}
