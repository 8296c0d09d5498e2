/* A kiosk as the central database knows it: see kiosk_record.h. */
#include "exchange/office/kiosk_record.h"

#include "central/records.h"

#include <brugwachter/said.h>
#include <string.h>

struct kiosk_record_reading {
    struct bw_kiosk_record *records;
    bool *found;
    uint32_t damaged; /* 0: none is */
};

const char *
bw_kiosk_state_name(enum bw_kiosk_state state)
{
    switch (state) {
    case BW_KIOSK_ENROLLED:
        return BW_SAYS("enrolled");
    case BW_KIOSK_INTRODUCED:
        return BW_SAYS("introduced");
    case BW_KIOSK_REVOKED:
        return BW_SAYS("revoked");
    }
    return BW_SAYS("enrolled");
}

/* False where the column isn't exactly so long; NULL is no blob. */
static bool
copy_bytes(uint8_t *to, size_t length, const struct bw_sql_value *column)
{
    if (column->type != BW_SQL_BLOB || column->bytes != length) {
        return false;
    }
    memcpy(to, column->blob, length);
    return true;
}

static bool
on_record(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct kiosk_record_reading *reading = context;
    struct bw_kiosk_record *r = &reading->records[at];
    *r = (struct bw_kiosk_record){.device = 0};
    reading->found[at] = true;
    r->device = (uint32_t)columns[0].number;
    bw_text_copy(r->name, sizeof r->name, columns[1].text);
    r->state = (enum bw_kiosk_state)columns[2].number;
    bool whole = copy_bytes(r->now.sign, sizeof r->now.sign, &columns[3]) &&
                 copy_bytes(r->now.box, sizeof r->now.box, &columns[4]);
    r->has_first = copy_bytes(r->first.sign, sizeof r->first.sign, &columns[5]) &&
                   copy_bytes(r->first.box, sizeof r->first.box, &columns[6]);
    r->has_store_id = copy_bytes(r->store_id, sizeof r->store_id, &columns[7]);
    r->replaces = (uint32_t)columns[8].number;
    r->expires_ms = columns[9].number;
    r->last_contact_ms = columns[10].number;
    r->hello_counter = (uint64_t)columns[11].number;
    r->revoked_seq = (uint64_t)columns[12].number;
    (void)copy_bytes(r->revoked_hash, sizeof r->revoked_hash, &columns[13]);
    r->receipt_seq = (uint64_t)columns[14].number;
    (void)copy_bytes(r->receipt_hash, sizeof r->receipt_hash, &columns[15]);
    if (!whole || r->state > BW_KIOSK_REVOKED) {
        reading->damaged = r->device;
    }
    return false;
}

enum { READ_TOGETHER = 64 };

enum bw_status
bw_kiosk_record_read_all(struct bw_central *central, const uint32_t *devices,
    size_t count, struct bw_kiosk_record *ret_records, bool *ret_found,
    struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t at = 0; status == BW_OK && at < count; at += READ_TOGETHER) {
        struct bw_sql_value values[READ_TOGETHER];
        struct kiosk_record_reading reading = {ret_records + at, ret_found + at, 0};
        size_t some = count - at < READ_TOGETHER ? count - at : READ_TOGETHER;
        for (size_t i = 0; i < some; i++) {
            values[i] = bw_sql_int(devices[at + i]);
            ret_found[at + i] = false;
        }
        status = bw_central_each(central,
            "SELECT device, name, state, sign_public, box_public, first_sign, first_box,"
            " store_id, replaces, expires_ms, last_contact_ms, hello_counter,"
            " revoked_seq, revoked_hash, receipt_seq, receipt_hash FROM device"
            " WHERE device = $1",
            values, 1, some, on_record, &reading, err);
        if (status == BW_OK && reading.damaged != 0) {
            status = bw_error_set(err, BW_CORRUPT, 0,
                "reading kiosk %u in %s: its keys are damaged; put a backup back",
                reading.damaged, bw_central_name(central));
        }
    }
    return status;
}

enum bw_status
bw_kiosk_record_read(struct bw_central *central, uint32_t device,
    struct bw_kiosk_record *ret_record, struct bw_error *err)
{
    struct bw_kiosk_record record;
    bool found = false;
    enum bw_status status =
        bw_kiosk_record_read_all(central, &device, 1, &record, &found, err);
    if (status == BW_OK && !found) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "kiosk %u isn't enrolled in %s; kiosks lists those that are", device,
            bw_central_name(central));
    }
    if (status == BW_OK) {
        *ret_record = record;
    }
    return status;
}

struct sessions_reading {
    struct bw_kiosk_sessions *const *sessions;
    const uint32_t *devices;
    uint32_t full; /* which has too many; 0: none */
};

static bool
on_session(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct sessions_reading *reading = context;
    struct bw_kiosk_sessions *sessions = reading->sessions[at];
    bool away = columns[8].number < 0;
    if (sessions->count == BW_SESSIONS_OWN_MAX) {
        reading->full = away ? reading->full : reading->devices[at];
        return false;
    }
    struct bw_kiosk_session *s = &sessions->items[sessions->count++];
    *s = (struct bw_kiosk_session){.session_no = (uint32_t)columns[0].number,
        .away = away,
        .ends_ms = columns[3].number,
        .purged = columns[5].number != 0,
        .held_epoch = (uint32_t)columns[6].number,
        .held_revision = (uint64_t)columns[7].number};
    bw_text_copy(s->code, sizeof s->code, columns[1].text);
    bw_text_copy(s->series, sizeof s->series, columns[2].text);
    s->has_details_key = copy_bytes(s->details_key, sizeof s->details_key, &columns[4]);
    return true;
}

enum bw_status
bw_kiosk_sessions_read_all(struct bw_central *central, const uint32_t *devices,
    size_t count, struct bw_kiosk_sessions *const *sessions, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t at = 0; status == BW_OK && at < count; at += READ_TOGETHER) {
        struct bw_sql_value values[READ_TOGETHER];
        struct sessions_reading reading = {sessions + at, devices + at, 0};
        size_t some = count - at < READ_TOGETHER ? count - at : READ_TOGETHER;
        for (size_t i = 0; i < some; i++) {
            values[i] = bw_sql_int(devices[at + i]);
            sessions[at + i]->count = 0;
        }
        status = bw_central_each(central,
            "SELECT x.session_no, s.code, s.series, s.ends_ms, s.details_key,"
            " (SELECT count(*) FROM purged_session p WHERE p.session_no = x.session_no),"
            " x.held_epoch, x.held_revision, x.rank"
            " FROM device_session x JOIN session s ON s.session_no = x.session_no"
            " WHERE x.device = $1 ORDER BY x.rank < 0, x.rank, x.session_no",
            values, 1, some, on_session, &reading, err);
        if (status == BW_OK && reading.full != 0) {
            status = bw_error_set(err, BW_CORRUPT, 0,
                "reading kiosk %u in %s: it has over %d sessions; put a backup back",
                reading.full, bw_central_name(central), BW_SESSIONS_OWN_MAX);
        }
    }
    return status;
}

enum bw_status
bw_kiosk_sessions_read(struct bw_central *central, uint32_t device,
    struct bw_kiosk_session ret_sessions[BW_SESSIONS_OWN_MAX], int *ret_count,
    struct bw_error *err)
{
    struct bw_kiosk_sessions sessions;
    struct bw_kiosk_sessions *only = &sessions;
    enum bw_status status = bw_kiosk_sessions_read_all(central, &device, 1, &only, err);
    if (status == BW_OK) {
        memcpy(ret_sessions, sessions.items,
            (size_t)sessions.count * sizeof sessions.items[0]);
        *ret_count = sessions.count;
    }
    return status;
}
