/* Rows of the central database as values: see records.h. */
#include "central/records.h"

#include "central/base/array.h"

#include <brugwachter/text.h>

#include <stdlib.h>
#include <string.h>

void
bw_text_copy(char *to, size_t capacity, const char *from)
{
    size_t length = strlen(from);
    if (length >= capacity) {
        length = capacity - 1;
        while (length > 0 && ((unsigned char)from[length] & 0xc0) == 0x80) {
            length--;
        }
    }
    memcpy(to, from, length);
    to[length] = '\0';
    bw_text_defuse(to, '?');
}

#define TAKE(field, column) bw_text_copy((field), sizeof(field), (column).text)

void
bw_session_of_row(const struct bw_sql_value *columns, struct bw_session *ret_session)
{
    struct bw_session session = {.session_no = (uint32_t)columns[0].number,
        .starts_ms = columns[12].number,
        .ends_ms = columns[13].number,
        .capacity = (int)columns[14].number,
        .doors_minutes = (int)columns[15].number,
        .release_minutes = (int)columns[16].number,
        .extra_places = (int)columns[17].number,
        .own_region_first = columns[18].number != 0,
        .opens_ms = columns[19].number,
        .tolerance_minutes = (int)columns[20].number,
        .called_off_ms = columns[21].number,
        .closed_ms = columns[22].number};
    TAKE(session.code, columns[1]);
    TAKE(session.series, columns[2]);
    TAKE(session.title, columns[3]);
    TAKE(session.kind, columns[4]);
    TAKE(session.region, columns[5]);
    TAKE(session.venue, columns[6]);
    TAKE(session.address, columns[7]);
    TAKE(session.timezone, columns[8]);
    TAKE(session.go_to, columns[9]);
    TAKE(session.desk, columns[10]);
    TAKE(session.audience, columns[11]);
    TAKE(session.route, columns[23]);
    TAKE(session.venue_phone, columns[24]);
    *ret_session = session;
}

void
bw_registration_of_row(
    const struct bw_sql_value *columns, struct bw_registration *ret_registration)
{
    struct bw_registration registration = {.code = (bw_code)columns[0].number,
        .session_no = (uint32_t)columns[1].number,
        .status = (enum bw_registration_status)columns[2].number,
        .generation = (uint8_t)columns[3].number,
        .signed_up_ms = columns[4].number,
        .line = (int32_t)columns[5].number};
    TAKE(registration.person.first_name, columns[6]);
    TAKE(registration.person.name, columns[7]);
    TAKE(registration.person.school, columns[8]);
    TAKE(registration.person.region, columns[9]);
    TAKE(registration.person.table, columns[10]);
    TAKE(registration.person.attention, columns[11]);
    *ret_registration = registration;
}

enum bw_registration_status
bw_record_told(enum bw_registration_status status, int64_t called_off_ms)
{
    bool stands = status == BW_CONFIRMED || status == BW_WAITLISTED;
    return called_off_ms != 0 && stands ? BW_CANCELLED : status;
}

struct one_session {
    struct bw_session *session;
    bool found;
};

static bool
on_session(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct one_session *one = context;
    bw_session_of_row(columns, one->session);
    one->found = true;
    return false;
}

static enum bw_status
session_read(struct bw_central *central, const char *sql, struct bw_sql_value parameter,
    struct bw_session *ret_session, struct bw_error *err)
{
    struct one_session one = {ret_session, false};
    enum bw_status status =
        bw_central_run(central, sql, &parameter, 1, on_session, &one, err);
    return status == BW_OK && !one.found ? BW_NOT_FOUND : status;
}

enum bw_status
bw_record_session(struct bw_central *central, const char *code,
    struct bw_session *ret_session, struct bw_error *err)
{
    enum bw_status status = session_read(central,
        "SELECT " BW_SESSION_COLUMNS " FROM " BW_SESSION_TABLES
        " WHERE upper(s.code) = upper($1)",
        bw_sql_text(code), ret_session, err);
    return status != BW_NOT_FOUND
               ? status
               : bw_error_set(err, status, 0,
                     "looking up session %s in %s: there's no such session; `status` "
                     "lists them",
                     code, bw_central_name(central));
}

enum bw_status
bw_record_session_by_number(struct bw_central *central, uint32_t session_no,
    struct bw_session *ret_session, struct bw_error *err)
{
    enum bw_status status = session_read(central,
        "SELECT " BW_SESSION_COLUMNS " FROM " BW_SESSION_TABLES
        " WHERE s.session_no = $1",
        bw_sql_int(session_no), ret_session, err);
    return status != BW_NOT_FOUND
               ? status
               : bw_error_set(err, status, 0,
                     "looking up session number %u in %s: there's no such session",
                     session_no, bw_central_name(central));
}

struct one_device {
    struct bw_device_keys *keys;
    bool found;
};

static bool
on_device(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct one_device *one = context;
    if (columns[0].bytes == sizeof one->keys->sign_public &&
        columns[1].bytes == sizeof one->keys->box_public) {
        memcpy(one->keys->sign_public, columns[0].blob, sizeof one->keys->sign_public);
        memcpy(one->keys->box_public, columns[1].blob, sizeof one->keys->box_public);
        one->found = true;
    }
    return false;
}

enum bw_status
bw_record_device_keys(struct bw_central *central, uint32_t device,
    struct bw_device_keys *ret_keys, struct bw_error *err)
{
    struct one_device one = {ret_keys, false};
    struct bw_sql_value parameter = bw_sql_int(device);
    enum bw_status status = bw_central_run(central,
        "SELECT sign_public, box_public FROM device WHERE device = $1", &parameter, 1,
        on_device, &one, err);
    if (status == BW_OK && !one.found) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "kiosk %u isn't enrolled in %s; status lists those that are", device,
            bw_central_name(central));
    }
    return status;
}

struct numbers {
    int64_t *items;
    size_t count, capacity;
    bool full;
};

static bool
on_number(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct numbers *numbers = context;
    int64_t *place = bw_array_more(
        &numbers->items, &numbers->count, &numbers->capacity, sizeof *numbers->items);
    if (!place) {
        numbers->full = true;
        return false;
    }
    *place = columns[0].number;
    return true;
}

enum bw_status
bw_record_counts(struct bw_central *central, int64_t *ret_sessions,
    int64_t *ret_registrations, struct bw_error *err)
{
    int64_t sessions = 0;
    enum bw_status status = bw_central_number(
        central, "SELECT count(*) FROM session", NULL, 0, 0, &sessions, err);
    if (status == BW_OK) {
        status = bw_central_number(central, "SELECT count(*) FROM registration", NULL, 0,
            0, ret_registrations, err);
    }
    if (status == BW_OK) {
        *ret_sessions = sessions;
    }
    return status;
}

enum bw_status
bw_record_numbers(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, int64_t **ret_numbers,
    size_t *ret_count, struct bw_error *err)
{
    struct numbers numbers = {0};
    enum bw_status status =
        bw_central_run(central, sql, parameters, count, on_number, &numbers, err);
    if (status == BW_OK && numbers.full) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "reading %s: out of memory; close other programs", bw_central_name(central));
    }
    if (status != BW_OK) {
        free(numbers.items);
        return status;
    }
    *ret_numbers = numbers.items;
    *ret_count = numbers.count;
    return BW_OK;
}

enum bw_status
bw_record_kiosk_changed(struct bw_central *central, uint32_t device, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(device);
    int64_t *sessions = NULL;
    size_t count = 0;
    enum bw_status status = bw_record_numbers(central,
        "SELECT session_no FROM device_session WHERE device = $1 ORDER BY session_no",
        &value, 1, &sessions, &count, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        int64_t revision = 0;
        status = bw_central_next_revision(central, (uint32_t)sessions[i], &revision, err);
        struct bw_sql_value values[] = {
            value, bw_sql_int(sessions[i]), bw_sql_int(revision)};
        if (status == BW_OK) {
            status = bw_central_run(central,
                "UPDATE device_session SET changed_revision = $3"
                " WHERE device = $1 AND session_no = $2",
                values, 3, NULL, NULL, err);
        }
    }
    free(sessions);
    return status;
}
