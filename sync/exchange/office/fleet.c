/* The fleet: see fleet.h. */
#include "exchange/office/fleet.h"

#include "central/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

struct arrivals {
    struct bw_fleet_arrival *items;
    int count;
};

static bool
on_arrival(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct arrivals *arrivals = context;
    struct bw_fleet_arrival *arrival = &arrivals->items[arrivals->count++];
    *arrival = (struct bw_fleet_arrival){.device = (uint32_t)columns[0].number,
        .events = (uint64_t)columns[2].number,
        .taken_ms = columns[3].number};
    bw_text_copy(arrival->name, sizeof arrival->name, columns[1].text);
    return arrivals->count < BW_FLEET_ARRIVALS_MAX;
}

enum bw_status
bw_fleet_arrivals(struct bw_central *central,
    struct bw_fleet_arrival ret_arrivals[BW_FLEET_ARRIVALS_MAX], int *ret_count,
    struct bw_error *err)
{
    struct arrivals arrivals = {ret_arrivals, 0};
    struct bw_sql_value values[] = {
        bw_sql_int(BW_LETTER_EVENTS), bw_sql_int(BW_FLEET_ARRIVALS_MAX)};
    enum bw_status status = bw_central_run(central,
        "SELECT l.device, d.name, CASE WHEN l.to_seq = 0 THEN 0"
        " ELSE l.to_seq - l.from_seq + 1 END, l.taken_ms"
        " FROM letter_in l JOIN device d ON d.device = l.device"
        " WHERE l.kind = $1 AND l.state = 0"
        " ORDER BY l.taken_ms DESC, l.name DESC LIMIT $2",
        values, 2, on_arrival, &arrivals, err);
    *ret_count = arrivals.count;
    return status;
}

static bool
on_told(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_fleet_told *told = context;
    size_t used = strlen(told->untold), room = sizeof told->untold - used;
    told->kiosks++;
    if (columns[1].number != 0) {
        told->told++;
    } else if ((size_t)snprintf(told->untold + used, room, "%s%s", used > 0 ? ", " : "",
                   columns[0].text) >= room) {
        told->untold[used] = '\0';
    }
    return true;
}

enum bw_status
bw_fleet_told_since(struct bw_central *central, int64_t changed_ms, int64_t now_ms,
    struct bw_fleet_told *ret_told, struct bw_error *err)
{
    struct bw_fleet_told told = {.kiosks = 0};
    struct bw_sql_value values[] = {bw_sql_int(changed_ms), bw_sql_int(now_ms)};
    enum bw_status status = bw_central_run(central,
        "SELECT d.name, CASE WHEN EXISTS (SELECT 1 FROM device_session x"
        " JOIN letter_out o ON o.device = x.device AND o.session_no = x.session_no"
        " AND o.epoch = x.held_epoch AND o.to_revision <= x.held_revision"
        " WHERE x.device = d.device AND o.written_ms >= $1) THEN 1 ELSE 0 END"
        " FROM device d WHERE d.state <> 3 AND " BW_KIOSK_IS_LIVE
        " AND EXISTS (SELECT 1 FROM device_session x"
        " JOIN session s ON s.session_no = x.session_no"
        " WHERE x.device = d.device AND x.rank >= 0 AND s.ends_ms > $2)"
        " ORDER BY d.device",
        values, 2, on_told, &told, err);
    if (status == BW_OK) {
        *ret_told = told;
    }
    return status;
}

enum bw_status
bw_fleet_count(struct bw_central *central, int64_t *ret_count, struct bw_error *err)
{
    return bw_central_number(central, "SELECT count(*) FROM device WHERE state <> 3",
        NULL, 0, 0, ret_count, err);
}
