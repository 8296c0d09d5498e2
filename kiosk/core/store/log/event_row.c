/* An event as a row: see row.h. */
#include "core/store/row.h"

#include "quarantine.h"

#include <string.h>

bool
bw_store_quarantine_is_known(int64_t value)
{
    switch (value) {
    case STORE_COUNTS:
    case STORE_OTHER_SESSION:
    case STORE_REVOKED:
    case STORE_NEVER_ISSUED:
    case STORE_NO_TIME:
    case STORE_SETTLED:
        return true;
    default:
        return false;
    }
}

bool
bw_store_quarantine_counts(int64_t value)
{
    return value == STORE_COUNTS || value == STORE_SETTLED;
}

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
                       "written. Keep the file, enrol this kiosk again, "
                       "and call the organiser.",
                       store->path, ret_event->id.device,
                       (unsigned long long)ret_event->id.seq);
}
