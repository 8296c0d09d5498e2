/* The organiser's word on an event in quarantine: see event_kept.h. */
#include "central/event_kept.h"

#include "central/event_row.h"
#include "central/records.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

struct kept {
    struct bw_event event;
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    size_t length;
    uint8_t details[BW_DETAILS_WIRE_BYTES_MAX];
    size_t details_bytes;
    int64_t received_ms;
    int64_t settled;
    bool found, purged;
};

static bool
on_kept(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct kept *kept = context;
    if (columns[0].bytes > sizeof kept->bytes ||
        columns[1].bytes > sizeof kept->details ||
        bw_event_decode(columns[0].blob, columns[0].bytes, &kept->event, NULL) != BW_OK) {
        return false;
    }
    kept->length = columns[0].bytes;
    memcpy(kept->bytes, columns[0].blob, kept->length);
    kept->details_bytes = columns[1].type == BW_SQL_BLOB ? columns[1].bytes : 0;
    if (kept->details_bytes > 0) {
        memcpy(kept->details, columns[1].blob, kept->details_bytes);
    }
    kept->received_ms = columns[2].number;
    kept->settled = columns[3].number;
    kept->purged = columns[4].number != 0;
    kept->found = true;
    return false;
}

static enum bw_status
kept_read(struct bw_central *central, int64_t number, struct kept *ret_kept,
    struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(number);
    struct kept kept = {.found = false};
    enum bw_status status = bw_central_run(central,
        "SELECT q.bytes, q.details, q.received_ms, q.settled,"
        " (SELECT count(*) FROM purged_session p WHERE p.session_no = q.session_no)"
        " FROM quarantine q WHERE q.number = $1",
        &value, 1, on_kept, &kept, err);
    if (status == BW_OK && !kept.found) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "settling number %" PRId64
            ": nothing of that number is in quarantine; conflicts lists what is",
            number);
    }
    if (status == BW_OK) {
        *ret_kept = kept;
    }
    return status;
}

enum bw_status
bw_event_kept_read(struct bw_central *central, int64_t number,
    enum bw_event_kept *ret_kept, uint32_t *ret_session_no, struct bw_error *err)
{
    struct kept kept;
    enum bw_status status = kept_read(central, number, &kept, err);
    if (status == BW_OK) {
        *ret_kept = (enum bw_event_kept)kept.settled;
        *ret_session_no = kept.event.session_no;
    }
    return status;
}

static enum bw_status
kept_admit(struct bw_central *central, const struct kept *kept, struct bw_error *err)
{
    struct bw_event_row row = {.event = &kept->event,
        .bytes = kept->bytes,
        .length = kept->length,
        .details = kept->details_bytes > 0 ? kept->details : NULL,
        .details_bytes = kept->details_bytes,
        .purged = kept->purged,
        .received_ms = kept->received_ms};
    bool new = false;
    enum bw_status status =
        bw_central_next_revision(central, kept->event.session_no, &row.revision, err);
    return status == BW_OK ? bw_event_row_put(central, &row, &new, err) : status;
}

static enum bw_status
kept_leave(struct bw_central *central, const struct kept *kept, struct bw_error *err)
{
    static const char *const sql[] = {
        "DELETE FROM event_details WHERE session_no = $1 AND device = $2 AND seq = $3"
        " AND hash = $4",
        "DELETE FROM walk_in WHERE session_no = $1 AND device = $2 AND seq = $3"
        " AND hash = $4",
        "DELETE FROM event WHERE session_no = $1 AND device = $2 AND seq = $3"
        " AND hash = $4"};
    struct bw_sql_value values[] = {bw_sql_int(kept->event.session_no),
        bw_sql_int(kept->event.id.device), bw_sql_int((int64_t)kept->event.id.seq),
        bw_sql_blob(kept->event.hash, BW_HASH_BYTES)};
    int64_t revision = 0;
    enum bw_status status =
        bw_central_next_revision(central, kept->event.session_no, &revision, err);
    for (size_t i = 0; status == BW_OK && i < sizeof sql / sizeof sql[0]; i++) {
        status = bw_central_run(central, sql[i], values, 4, NULL, NULL, err);
    }
    return status;
}

enum bw_status
bw_event_kept_put(struct bw_central *central, int64_t number, enum bw_event_kept settled,
    int64_t at_ms, const char *why, struct bw_error *err)
{
    assert(bw_central_in_transaction(central));
    struct kept kept;
    struct bw_sql_value values[] = {
        bw_sql_int(number), bw_sql_int(settled), bw_sql_int(at_ms), bw_sql_text(why)};
    enum bw_status status = kept_read(central, number, &kept, err);
    if (status == BW_OK && settled == BW_EVENT_KEPT_IN &&
        kept.settled != BW_EVENT_KEPT_IN) {
        status = kept_admit(central, &kept, err);
    } else if (status == BW_OK && settled != BW_EVENT_KEPT_IN &&
               kept.settled == BW_EVENT_KEPT_IN) {
        status = kept_leave(central, &kept, err);
    }
    return status != BW_OK ? status
                           : bw_central_run(central,
                                 "UPDATE quarantine SET settled = $2, settled_ms = $3,"
                                 " why = $4 WHERE number = $1",
                                 values, 4, NULL, NULL, err);
}
