/* The log, read: see brugwachter/store.h. What doesn't hold is an error, never an event
 * (S9); events in quarantine are passed over. */
#include "quarantine.h"
#include "row.h"

#include <string.h>

/* An event's row: bytes, hash, device, seq, session, stamp, quarantine. What the columns
 * repeat must be what is in the bytes (S9). */
enum bw_status
bw_store_row_event(struct bw_store *store, sqlite3_stmt *stmt, struct bw_event *ret_event,
    struct bw_error *err)
{
    uint8_t hash[BW_HASH_BYTES];
    const void *bytes = sqlite3_column_blob(stmt, 0);
    size_t length = (size_t)sqlite3_column_bytes(stmt, 0);
    enum bw_status status = bw_event_decode(bytes, length, ret_event, err);
    if (status != BW_OK) {
        return bw_error_prefix(err, status == BW_NEWER ? BW_NEWER : BW_CORRUPT,
            "Reading the log of %s", store->path);
    }
    bool holds = bw_store_column_bytes(stmt, 1, hash, sizeof hash) &&
                 memcmp(hash, ret_event->hash, sizeof hash) == 0 &&
                 ret_event->id.device == sqlite3_column_int64(stmt, 2) &&
                 (int64_t)ret_event->id.seq == sqlite3_column_int64(stmt, 3) &&
                 ret_event->session_no == sqlite3_column_int64(stmt, 4) &&
                 (int64_t)ret_event->hlc == sqlite3_column_int64(stmt, 5) &&
                 bw_store_quarantine_is_known(sqlite3_column_int64(stmt, 6));
    return holds ? BW_OK
                 : bw_error_set(err, BW_CORRUPT, 0,
                       "Reading the log of %s failed: event %u-%llu isn't as it was "
                       "written. Keep the file, enrol this kiosk again, and call the "
                       "organiser.",
                       store->path, ret_event->id.device,
                       (unsigned long long)ret_event->id.seq);
}

static enum bw_status
gap(const struct bw_store *store, struct bw_error *err)
{
    return bw_error_set(err, BW_CORRUPT, 0,
        "Reading the log of %s failed: an event is missing. Keep the file, enrol this "
        "kiosk again, and call the organiser.",
        store->path);
}

/* Every own event is there when as many were read as the highest number says (E1). */
struct tally {
    uint64_t read, highest;
};

static void
tally_add(struct tally *tally, uint64_t seq)
{
    tally->read++;
    tally->highest = seq > tally->highest ? seq : tally->highest;
}

enum bw_status
bw_store_events(struct bw_store *store, uint32_t session_no, bw_event_each *each,
    void *context, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    struct tally tally = {0};
    bool row = false;
    enum bw_status status = bw_store_query(
        store, SQL_EVENTS, &stmt, err, "i", (int64_t)store->enrolment.device);
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_EVENTS, stmt, &row, err)) == BW_OK && row) {
        struct bw_event event;
        status = bw_store_row_event(store, stmt, &event, err);
        if (status != BW_OK) {
            return status;
        }
        if (sqlite3_column_int(stmt, 7) != 0) {
            tally_add(&tally, event.id.seq);
        }
        bool wanted = session_no == 0 || event.session_no == session_no;
        if (wanted && sqlite3_column_int(stmt, 6) == 0 && !each(&event, context)) {
            return BW_OK;
        }
    }
    return status == BW_OK && tally.read != tally.highest ? gap(store, err) : status;
}

enum bw_status
bw_store_own_events(struct bw_store *store, uint64_t from_seq, bw_event_each *each,
    void *context, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    int64_t from = from_seq > INT64_MAX ? INT64_MAX : (int64_t)from_seq;
    uint64_t next = from_seq > 0 ? from_seq : 1;
    enum bw_status status = bw_store_query(
        store, SQL_OWN_EVENTS, &stmt, err, "ii", from, (int64_t)store->enrolment.device);
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_OWN_EVENTS, stmt, &row, err)) == BW_OK &&
           row) {
        struct bw_event event;
        status = bw_store_row_event(store, stmt, &event, err);
        if (status == BW_OK && event.id.seq != next++) {
            status = gap(store, err);
        }
        if (status != BW_OK || !each(&event, context)) {
            break;
        }
    }
    return status;
}

/* None of them is ever removed, so their ids have no gap either. */
enum bw_status
bw_store_peer_events_since(struct bw_store *store, int64_t *inout_after,
    bw_event_each *each, void *context, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status =
        bw_store_query(store, SQL_PEER_EVENTS_SINCE, &stmt, err, "i", *inout_after);
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_PEER_EVENTS_SINCE, stmt, &row, err)) ==
               BW_OK &&
           row) {
        struct bw_event event;
        status = bw_store_row_event(store, stmt, &event, err);
        if (status == BW_OK && sqlite3_column_int64(stmt, 7) != *inout_after + 1) {
            status = gap(store, err);
        }
        if (status != BW_OK) {
            break;
        }
        ++*inout_after;
        if (sqlite3_column_int(stmt, 6) == 0 && !each(&event, context)) {
            break;
        }
    }
    return status;
}
