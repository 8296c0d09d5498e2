/* The fleet: see fleet.h. */
#include "exchange/office/fleet.h"

#include "central/records.h"

#include <stdlib.h>

static bool
on_waiting(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_fleet_kiosk *kiosk = context;
    if (kiosk->waiting_count == BW_FLEET_WAITING_MAX) {
        return false;
    }
    if (columns[0].bytes == BW_PUBLIC_KEY_BYTES && columns[1].bytes == BW_BOX_KEY_BYTES &&
        columns[2].bytes == BW_KIOSK_STORE_ID_BYTES) {
        struct bw_fleet_waiting *waiting = &kiosk->waiting[kiosk->waiting_count++];
        bw_letter_check_words(
            columns[0].blob, columns[1].blob, columns[2].blob, waiting->words);
        waiting->received_ms = columns[3].number;
    }
    return true;
}

static bool
on_hello(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_fleet_kiosk *kiosk = context;
    bool known = columns[0].number == BW_HELLO_CAMERA_FINE ||
                 columns[0].number == BW_HELLO_CAMERA_MISSING;
    kiosk->camera =
        known ? (enum bw_hello_camera)columns[0].number : BW_HELLO_CAMERA_UNKNOWN;
    kiosk->battery_percent = columns[1].number <= 100 ? (int)columns[1].number : -1;
    kiosk->disk_free_mib = columns[2].number;
    bw_hello_figures_read(columns[3].text, kiosk->version, &kiosk->figures);
    kiosk->ended = columns[4].number != 0;
    return false;
}

static enum bw_status
kiosk_read(struct bw_central *central, uint32_t device, struct bw_fleet_kiosk *kiosk,
    struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(device);
    *kiosk = (struct bw_fleet_kiosk){.sessions_count = 0};
    enum bw_status status = bw_kiosk_record_read(central, device, &kiosk->record, err);
    if (status == BW_OK) {
        status = bw_kiosk_sessions_read(
            central, device, kiosk->sessions, &kiosk->sessions_count, err);
    }
    while (kiosk->sessions_count > 0 && kiosk->sessions[kiosk->sessions_count - 1].away) {
        kiosk->sessions_count--; /* they stand last */
    }
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT d.camera, d.battery, COALESCE(d.disk_free_mib, 0),"
            " COALESCE(d.version, ''), CASE WHEN " BW_RECORD_SHEET_ENDED " THEN 1 ELSE 0"
            " END FROM device d WHERE d.device = $1",
            &value, 1, on_hello, kiosk, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT sign_public, box_public, store_id, received_ms FROM introduction"
            " WHERE device = $1 AND state = 0 ORDER BY received_ms, sign_public",
            &value, 1, on_waiting, kiosk, err);
    }
    if (status == BW_OK && kiosk->record.state == BW_KIOSK_INTRODUCED &&
        kiosk->record.has_store_id) {
        bw_letter_check_words(kiosk->record.now.sign, kiosk->record.now.box,
            kiosk->record.store_id, kiosk->words);
    }
    return status;
}

enum bw_status
bw_fleet_list(
    struct bw_central *central, bw_fleet_each *each, void *context, struct bw_error *err)
{
    int64_t *devices = NULL;
    size_t count = 0;
    bool more = true;
    struct bw_fleet_kiosk *kiosk = calloc(1, sizeof *kiosk);
    if (!kiosk) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "listing the kiosks: out of memory");
    }
    enum bw_status status = bw_central_read_begin(central, err);
    if (status != BW_OK) {
        free(kiosk);
        return status;
    }
    status = bw_record_numbers(central,
        "SELECT device FROM device WHERE state <> 3 ORDER BY device", NULL, 0, &devices,
        &count, err);
    for (size_t i = 0; status == BW_OK && more && i < count; i++) {
        status = kiosk_read(central, (uint32_t)devices[i], kiosk, err);
        more = status == BW_OK && each(kiosk, context);
    }
    bw_central_read_end(central);
    free(devices);
    free(kiosk);
    return status;
}

enum bw_status
bw_fleet_count(struct bw_central *central, int64_t *ret_count, struct bw_error *err)
{
    return bw_central_number(central, "SELECT count(*) FROM device WHERE state <> 3",
        NULL, 0, 0, ret_count, err);
}
