/* The office's own log: see office_log.h. */
#include "office/office_log.h"

#include "central/event_row.h"
#include "central/records.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { STATE_OFFICE = 3 }; /* of schema_letters.sql.c */

static bool
on_device(const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_office_log *log = context;
    (void)count;
    log->device = (uint32_t)columns[0].number;
    if (columns[1].bytes == BW_HASH_BYTES) {
        memcpy(log->hash, columns[1].blob, BW_HASH_BYTES);
    }
    return false;
}

static bool
on_newest(const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_office_log *log = context;
    (void)count;
    log->seq = (uint64_t)columns[0].number;
    log->hlc = (uint64_t)columns[1].number;
    if (columns[2].bytes == BW_HASH_BYTES) {
        memcpy(log->hash, columns[2].blob, BW_HASH_BYTES);
    }
    return false;
}

/* It has no keys: what is all zero opens no letter, and no signature holds by it. */
static enum bw_status
make_device(const struct bw_office *office, int64_t epoch, struct bw_office_log *log,
    struct bw_error *err)
{
    static const uint8_t no_key[BW_HASH_BYTES];
    int64_t number = 0;
    enum bw_status status =
        bw_central_next_number(office->central, BW_CENTRAL_OF_KIOSKS, &number, err);
    if (status != BW_OK) {
        return status;
    }
    randombytes_buf(log->hash, sizeof log->hash);
    log->device = (uint32_t)number;
    struct bw_sql_value values[] = {bw_sql_int(log->device),
        bw_sql_text("Papieren lijst"), bw_sql_int(bw_office_now_ms(office)),
        bw_sql_blob(no_key, sizeof no_key), bw_sql_blob(log->hash, sizeof log->hash),
        bw_sql_int(STATE_OFFICE), bw_sql_int(epoch)};
    return bw_central_run(office->central,
        "INSERT INTO device (device, name, enrolled_ms, sign_public, box_public,"
        " store_id, state, epoch) VALUES ($1, $2, $3, $4, $4, $5, $6, $7)",
        values, 7, NULL, NULL, err);
}

/* The first that nobody has. */
static enum bw_status
take_device(
    struct bw_office_log *log, const int64_t *devices, size_t count, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < count && log->device == 0; i++) {
        uint32_t device = (uint32_t)devices[i];
        struct bw_sql_value value = bw_sql_int(device);
        bool held = false;
        status = bw_central_lock_devices(log->central, &device, 1, false, &held, err);
        if (status == BW_OK && held) {
            status = bw_central_run(log->central,
                "SELECT device, store_id FROM device WHERE device = $1", &value, 1,
                on_device, log, err);
        }
    }
    return status;
}

static enum bw_status
find_device(
    const struct bw_office *office, struct bw_office_log *log, struct bw_error *err)
{
    int64_t epoch = 0, *devices = NULL;
    size_t count = 0;
    enum bw_status status = bw_central_number(
        office->central, "SELECT epoch FROM central", NULL, 0, 0, &epoch, err);
    struct bw_sql_value values[] = {bw_sql_int(STATE_OFFICE), bw_sql_int(epoch)};
    if (status == BW_OK) {
        status = bw_record_numbers(office->central,
            "SELECT device FROM device WHERE state = $1 AND epoch = $2 ORDER BY device",
            values, 2, &devices, &count, err);
    }
    if (status == BW_OK) {
        status = take_device(log, devices, count, err);
    }
    free(devices);
    return status == BW_OK && log->device == 0 ? make_device(office, epoch, log, err)
                                               : status;
}

enum bw_status
bw_office_log_open(
    const struct bw_office *office, struct bw_office_log *ret_log, struct bw_error *err)
{
    assert(bw_central_in_transaction(office->central));
    struct bw_office_log log = {.central = office->central, .clock = office->clock};
    enum bw_status status = find_device(office, &log, err);
    struct bw_sql_value device = bw_sql_int(log.device);
    if (status == BW_OK) {
        status = bw_central_run(office->central,
            "SELECT seq, hlc, hash FROM event WHERE device = $1"
            " ORDER BY seq DESC LIMIT 1",
            &device, 1, on_newest, &log, err);
    }
    if (status == BW_OK) {
        *ret_log = log;
    }
    return status;
}

enum bw_status
bw_office_log_append(
    struct bw_office_log *log, struct bw_event *event, struct bw_error *err)
{
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    bool new = false;
    event->id = (struct bw_event_id){log->device, log->seq + 1};
    event->hlc = bw_hlc_next(log->hlc, event->wall_ms); /* E4 */
    event->mono_ms = log->clock.mono_ms(&log->clock);
    memcpy(event->boot_id, log->clock.boot_id, sizeof event->boot_id);
    memcpy(event->prev, log->hash, sizeof event->prev);
    bw_event_hash(event, event->hash);
    struct bw_event_row row = {.event = event,
        .bytes = bytes,
        .length = bw_event_encode(event, bytes),
        .received_ms = log->clock.wall_ms(&log->clock)};
    enum bw_status status = bw_event_row_put(log->central, &row, &new, err);
    if (status == BW_OK) {
        log->seq = event->id.seq;
        log->hlc = event->hlc;
        memcpy(log->hash, event->hash, sizeof log->hash);
    }
    return status;
}
