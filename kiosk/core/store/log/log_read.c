/* The log, read: see brugwachter/store.h. What doesn't hold is an error, never an event
 * (S9); events in quarantine are passed over. */
#include "quarantine.h"
#include "core/store/row.h"

#include <string.h>

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
        if (wanted && bw_store_quarantine_counts(sqlite3_column_int64(stmt, 6)) &&
            !each(&event, context)) {
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
        if (bw_store_quarantine_counts(sqlite3_column_int64(stmt, 6)) &&
            !each(&event, context)) {
            break;
        }
    }
    return status;
}
