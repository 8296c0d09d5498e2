/* What waits for the organiser's word: see quarantine.h. */
#include "exchange/office/merge/quarantine.h"

#include "central/event_kept.h"
#include "central/records.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <stdlib.h>

#define EARLIEST_MS INT64_C(1577836800000) /* 2020-01-01, UTC */
#define DAY_MS INT64_C(86400000)

static const struct {
    const char *name, *text;
} reasons[] = {
    [BW_QUARANTINE_NONE] = {"none", BW_SAYS("nothing is wrong with it")},
    [BW_QUARANTINE_SESSION] = {"session",
        BW_SAYS("its kiosk isn't enrolled for the session")},
    [BW_QUARANTINE_REF] = {"ref", BW_SAYS("it refers to an event of another session")},
    [BW_QUARANTINE_REVOKED] = {"revoked",
        BW_SAYS("its kiosk was revoked, and it goes beyond what the kiosk had stated")},
    [BW_QUARANTINE_GENERATION] = {"generation",
        BW_SAYS("it names a newer ticket than was ever issued")},
    [BW_QUARANTINE_EARLY] = {"early", BW_SAYS("it is stamped before 2020")},
    [BW_QUARANTINE_LATE] = {"late",
        BW_SAYS("it is stamped over a day after it was received")},
    [BW_QUARANTINE_INTRODUCTION] = {"introduction",
        BW_SAYS("it is signed with keys that wait for `kiosks accept`")},
};

static size_t
reason_index(enum bw_quarantine_reason reason)
{
    size_t count = sizeof reasons / sizeof reasons[0];
    return (size_t)reason < count ? (size_t)reason : 0;
}

const char *
bw_quarantine_reason_text(enum bw_quarantine_reason reason)
{
    return reasons[reason_index(reason)].text;
}

const char *
bw_quarantine_reason_name(enum bw_quarantine_reason reason)
{
    return reasons[reason_index(reason)].name;
}

enum bw_quarantine_reason
bw_quarantine_of_stamp(const struct bw_event *event, int64_t received_ms)
{
    if (event->flags & BW_EVENT_CLOCK_INJECTED) {
        return BW_QUARANTINE_NONE; /* XQ3 */
    }
    if (event->wall_ms < EARLIEST_MS) {
        return BW_QUARANTINE_EARLY;
    }
    if (event->wall_ms > received_ms + DAY_MS) {
        return BW_QUARANTINE_LATE;
    }
    return BW_QUARANTINE_NONE;
}

enum bw_status
bw_quarantine_put(struct bw_central *central, const struct bw_event *event,
    const uint8_t *details, size_t details_bytes, enum bw_quarantine_reason reason,
    int64_t received_ms, const uint8_t sign_public[32], bool *ret_new,
    struct bw_error *err)
{
    assert(bw_central_in_transaction(central));
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    size_t length = bw_event_encode(event, bytes);
    int64_t number = 0;
    enum bw_status status =
        bw_central_next_number(central, BW_CENTRAL_OF_QUARANTINE, &number, err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_sql_value values[] = {bw_sql_int(event->id.device),
        bw_sql_int((int64_t)event->id.seq), bw_sql_blob(event->hash, BW_HASH_BYTES),
        bw_sql_blob(bytes, length),
        details ? bw_sql_blob(details, details_bytes) : bw_sql_null(),
        bw_sql_int(event->session_no), bw_sql_int(reason), bw_sql_int(received_ms),
        bw_sql_blob(sign_public, 32), bw_sql_blob(event->prev, BW_HASH_BYTES),
        bw_sql_int(number)};
    status = bw_central_run(central,
        "INSERT INTO quarantine (number, device, seq, hash, bytes, details, session_no,"
        " reason, received_ms, sign_public, prev)"
        " VALUES ($11, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        " ON CONFLICT (device, seq, hash) DO NOTHING",
        values, 11, NULL, NULL, err);
    if (status == BW_OK) {
        *ret_new = bw_central_changed(central) > 0;
    }
    return status;
}

/* ---- lists ---- */

struct quarantine_listing {
    bw_quarantine_each *each;
    void *context;
};

#define QUARANTINE_ROWS                                                                  \
    "SELECT q.number, q.bytes, q.reason, q.received_ms, q.settled, s.code, s.title"      \
    " FROM quarantine q LEFT JOIN session s ON s.session_no = q.session_no"

static bool
on_row(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct quarantine_listing *listing = context;
    struct bw_quarantined row = {.number = columns[0].number,
        .reason = (enum bw_quarantine_reason)columns[2].number,
        .received_ms = columns[3].number,
        .settled = columns[4].number != 0,
        .taken_in = columns[4].number == BW_EVENT_KEPT_IN};
    if (bw_event_decode(columns[1].blob, columns[1].bytes, &row.event, NULL) != BW_OK) {
        return true; /* damaged at the office: `verify` tells */
    }
    if (columns[5].type == BW_SQL_TEXT) {
        bw_text_copy(row.session_code, sizeof row.session_code, columns[5].text);
        bw_text_copy(row.session_title, sizeof row.session_title, columns[6].text);
    }
    return listing->each(&row, listing->context);
}

enum bw_status
bw_quarantine_list(struct bw_central *central, bool settled, bw_quarantine_each *each,
    void *context, struct bw_error *err)
{
    struct quarantine_listing listing = {each, context};
    return bw_central_run(central,
        settled ? QUARANTINE_ROWS " ORDER BY q.number"
                : QUARANTINE_ROWS " WHERE q.settled = 0 ORDER BY q.number",
        NULL, 0, on_row, &listing, err);
}

/* ---- settling ---- */

enum bw_status
bw_quarantine_admit(struct bw_central *central, uint32_t device,
    const uint8_t sign_public[32], int64_t now_ms, int64_t *ret_count,
    struct bw_error *err)
{
    assert(bw_central_in_transaction(central));
    struct bw_sql_value values[] = {bw_sql_int(device), bw_sql_blob(sign_public, 32),
        bw_sql_int(BW_QUARANTINE_INTRODUCTION)};
    int64_t *numbers = NULL;
    size_t count = 0;
    enum bw_status status = bw_record_numbers(central,
        "SELECT number FROM quarantine WHERE device = $1 AND sign_public = $2"
        " AND reason = $3 AND settled = 0 ORDER BY number",
        values, 3, &numbers, &count, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = bw_event_kept_put(
            central, numbers[i], BW_EVENT_KEPT_IN, now_ms, "kiosks accept", err);
    }
    free(numbers);
    if (status == BW_OK) {
        *ret_count = (int64_t)count;
    }
    return status;
}
