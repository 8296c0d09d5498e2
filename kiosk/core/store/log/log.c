/* The log: appended, read, never changed: see brugwachter/store.h.
 *
 * S1 and E1 rest on one thing: the number and the hash before are read inside the same
 * BEGIN IMMEDIATE that writes the event. Two programs can't both hold it. */
#include "core/event/details.h"
#include "core/store/row.h"
#include "core/store/there.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum bw_status
bw_store_head(struct bw_store *store, struct bw_head *ret_head, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    struct bw_event event;
    struct bw_head head = {0};
    enum bw_status status = bw_store_query(
        store, SQL_HEAD, &stmt, err, "i", (int64_t)store->enrolment.device);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_HEAD, stmt, &row, err);
    }
    if (status == BW_OK && row) {
        status = bw_store_row_event(store, stmt, &event, err);
    }
    if (status != BW_OK) {
        return status;
    }
    if (row) {
        head.seq = event.id.seq;
        head.hlc = event.hlc;
        head.wall_ms = event.wall_ms;
    }
    memcpy(head.hash, row ? event.hash : store->id, sizeof head.hash); /* E2 */
    *ret_head = head;
    return BW_OK;
}

/* Follows the stamps of peer events that came since the last look, so that causes stand
 * before effects over all kiosks. One too far ahead isn't followed, and the next event of
 * ours says so. */
static enum bw_status
see_peers(struct bw_store *store, int64_t wall_ms, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status =
        bw_store_query(store, SQL_PEER_STAMPS, &stmt, err, "i", store->peers_seen);
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_PEER_STAMPS, stmt, &row, err)) == BW_OK &&
           row) {
        bool ahead = false;
        uint64_t seen = (uint64_t)sqlite3_column_int64(stmt, 1);
        store->hlc_seen = bw_hlc_see(store->hlc_seen, seen, wall_ms, &ahead);
        store->peers_seen = sqlite3_column_int64(stmt, 0);
        store->stamp_ahead = store->stamp_ahead || ahead;
    }
    return status;
}

static enum bw_status
refuse_restored(struct bw_store *store, struct bw_error *err)
{
    int64_t restored = 0;
    enum bw_status status =
        bw_store_get_number(store, BW_NUMBER_RESTORED, 0, &restored, err);
    if (status == BW_OK && restored != 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "Writing to the log of %s failed: the organiser has events of this kiosk "
            "that this file doesn't, so it is a restored copy. Ask for a new enrolment.",
            store->path);
    }
    return status;
}

/* Wall times outside the years 1970 to 9999 are a broken clock's; the event says so by
 * its flag, and stays readable by everybody. */
static int64_t
keepable(int64_t wall_ms)
{
    const int64_t last_ms = INT64_C(253402300799999);
    return wall_ms < 0 ? 0 : wall_ms > last_ms ? last_ms : wall_ms;
}

static enum bw_status
complete(struct bw_store *store, const struct bw_clock *clock, struct bw_event *event,
    struct bw_error *err)
{
    struct bw_head head;
    event->wall_ms = keepable(clock->wall_ms(clock));
    event->mono_ms = clock->mono_ms(clock);
    enum bw_status status = bw_store_head(store, &head, err);
    if (status == BW_OK) {
        status = see_peers(store, event->wall_ms, err);
    }
    if (status != BW_OK) {
        return status;
    }
    uint64_t last = head.hlc > store->hlc_seen ? head.hlc : store->hlc_seen;
    event->id.device = store->enrolment.device;
    event->id.seq = head.seq + 1;
    event->hlc = bw_hlc_next(last, event->wall_ms);
    event->flags |= clock->injected ? BW_EVENT_CLOCK_INJECTED : 0U;
    event->flags |= store->stamp_ahead ? BW_EVENT_STAMP_AHEAD : 0U;
    memcpy(event->boot_id, clock->boot_id, sizeof event->boot_id);
    memcpy(event->prev, head.hash, sizeof event->prev);
    return BW_OK;
}

static enum bw_status
put_own(struct bw_store *store, struct bw_event *event,
    const struct bw_event_details *details, struct bw_error *err)
{
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    size_t length = bw_event_encode(event, bytes);
    /* What the others would refuse to read is never written. */
    enum bw_status status = bw_event_decode(bytes, length, event, err);
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_OWN_EVENT_PUT, err, "iiiibb",
            (int64_t)event->id.seq, (int64_t)event->session_no, (int64_t)event->hlc,
            event->wall_ms, event->hash, sizeof event->hash, bytes, length);
    }
    return status == BW_OK && details != NULL
               ? bw_store_put_details(store, event, details, err)
               : status;
}

/* The details as they are kept, and the event's commitment to them. */
static enum bw_status
seal(const struct bw_event_details *details, struct bw_event_details *ret_kept,
    struct bw_event *made, struct bw_error *err)
{
    *ret_kept = *details;
    enum bw_status status = bw_details_clean(ret_kept, err);
    if (status == BW_OK) {
        randombytes_buf(ret_kept->salt, sizeof ret_kept->salt);
        bw_details_commit(ret_kept, made->commitment);
    }
    return status;
}

enum bw_status
bw_store_append(struct bw_store *store, const struct bw_clock *clock,
    struct bw_event *event, struct bw_event_details *details, struct bw_error *err)
{
    assert(!store->applying && store->mode != BW_STORE_READ);
    struct bw_event made = *event;
    struct bw_event_details kept;
    memset(made.commitment, 0, sizeof made.commitment);
    enum bw_status status = details != NULL ? seal(details, &kept, &made, err) : BW_OK;
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_BEGIN, err, "");
    }
    if (status != BW_OK) {
        return status;
    }
    status = refuse_restored(store, err);
    if (status == BW_OK) {
        status = complete(store, clock, &made, err);
    }
    if (status == BW_OK) {
        status = put_own(store, &made, details != NULL ? &kept : NULL, err);
    }
    if (status == BW_OK) {
        status = bw_store_check_there(store, err); /* S11 */
    }
    status = bw_store_end(store, status, err);
    if (status == BW_OK) {
        *event = made;
        store->stamp_ahead = false;
    }
    if (status == BW_OK && details != NULL) {
        *details = kept;
    }
    return status;
}
