/* Kiosks, as the organiser decides on them: see kiosk.h. */
#include "office/kiosk.h"

#include "central/pending.h"
#include "central/records.h"
#include "office/staff_pin.h"
#include "office/step.h"

#include <assert.h>
#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a plan ---- */

static enum bw_status
session_add(const struct bw_office *office, const char *code, struct bw_kiosk_plan *plan,
    struct bw_error *err)
{
    struct bw_session session;
    struct bw_enrolment *enrolment = &plan->enrolment;
    enum bw_status status = bw_record_session(office->central, code, &session, err);
    if (status != BW_OK) {
        return status;
    }
    for (int i = 0; i < enrolment->sessions_count; i++) {
        if (plan->session_nos[i] == session.session_no) {
            return BW_OK;
        }
    }
    if (enrolment->sessions_count == BW_SESSIONS_OWN_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "enrolling a kiosk: it serves at most %d sessions", BW_SESSIONS_OWN_MAX);
    }
    int at = enrolment->sessions_count++;
    plan->session_nos[at] = session.session_no;
    memcpy(enrolment->sessions[at], session.code, sizeof session.code);
    if (session.ends_ms > plan->expires_ms) {
        plan->expires_ms = session.ends_ms;
    }
    return BW_OK;
}

static enum bw_status
sessions_plan(const struct bw_office *office, const char *given,
    struct bw_kiosk_plan *plan, struct bw_error *err)
{
    char codes[BW_SESSIONS_OWN_MAX * BW_LABEL_BYTES], *rest = codes, *code;
    if (strlen(given) >= sizeof codes) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "enrolling a kiosk: --session is too long");
    }
    memcpy(codes, given, strlen(given) + 1);
    enum bw_status status = BW_OK;
    while (status == BW_OK && (code = strsep(&rest, ",")) != NULL) {
        status = session_add(office, code + strspn(code, " "), plan, err);
    }
    return status;
}

static enum bw_status
name_plan(const char *given, struct bw_kiosk_plan *plan, struct bw_error *err)
{
    char *name = plan->enrolment.name;
    enum bw_text_fault fault = bw_text_clean(given, BW_NAME_CHARS, name);
    if (fault != BW_TEXT_FINE || name[0] == '\0') {
        return bw_error_about(err,
            bw_error_set(err, BW_BAD_INPUT, 0,
                "enrolling a kiosk: its name %s; give another",
                fault == BW_TEXT_FINE ? bw_said("is empty")
                                      : bw_said(bw_text_fault_name(fault))),
            "name");
    }
    return BW_OK;
}

static bool
on_settings(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_enrolment *enrolment = context;
    bw_text_copy(enrolment->organiser, sizeof enrolment->organiser, columns[0].text);
    bw_text_copy(
        enrolment->contact_phone, sizeof enrolment->contact_phone, columns[1].text);
    bw_text_copy(enrolment->privacy_url, sizeof enrolment->privacy_url, columns[2].text);
    return false;
}

static enum bw_status
settings_plan(const struct bw_office *office, const struct bw_kiosk_request *request,
    struct bw_kiosk_plan *plan, struct bw_error *err)
{
    struct bw_enrolment *enrolment = &plan->enrolment;
    const struct {
        const char *given;
        char *to;
        size_t capacity;
        bool *own;
    } texts[] = {
        {request->organiser, enrolment->organiser, sizeof enrolment->organiser,
            &plan->own_organiser},
        {request->phone, enrolment->contact_phone, sizeof enrolment->contact_phone,
            &plan->own_phone},
        {request->privacy_url, enrolment->privacy_url, sizeof enrolment->privacy_url,
            &plan->own_privacy_url},
    };
    enum bw_status status = bw_central_run(office->central,
        "SELECT organiser, phone, privacy_url FROM central", NULL, 0, on_settings,
        enrolment, err);
    for (size_t i = 0; status == BW_OK && i < sizeof texts / sizeof texts[0]; i++) {
        char clean[BW_TITLE_BYTES];
        if (!texts[i].given) {
            continue;
        }
        if (bw_text_clean(texts[i].given, BW_TITLE_CHARS, clean) != BW_TEXT_FINE ||
            strlen(clean) >= texts[i].capacity) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "enrolling a kiosk: \"%.80s\" is too long or holds control characters",
                texts[i].given);
        }
        memcpy(texts[i].to, clean, strlen(clean) + 1);
        *texts[i].own = true;
    }
    return status;
}

static bool
on_key(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_keyring *keyring = context;
    if (keyring->count < BW_KEYS_MAX && columns[1].bytes == BW_PUBLIC_KEY_BYTES) {
        struct bw_public_key *key = &keyring->keys[keyring->count++];
        key->key = (uint8_t)columns[0].number;
        memcpy(key->bytes, columns[1].blob, BW_PUBLIC_KEY_BYTES);
    }
    return true;
}

/* More than a kiosk keeps of others: none of the session's would take its roster. */
static enum bw_status
room_check(const struct bw_office *office, const struct bw_kiosk_plan *plan,
    uint32_t replaces, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < plan->enrolment.sessions_count; i++) {
        struct bw_sql_value values[] = {
            bw_sql_int(plan->session_nos[i]), bw_sql_int(replaces)};
        int64_t kiosks = 0;
        status = bw_central_number(office->central,
            "SELECT count(*) FROM device_session x JOIN device d ON d.device = x.device"
            " WHERE x.session_no = $1 AND x.rank >= 0 AND d.device <> $2 AND d.state <> 2"
            " AND NOT EXISTS (SELECT 1 FROM device n WHERE n.replaces = d.device"
            " AND n.state = 1) AND NOT " BW_RECORD_SHEET_ENDED
            " AND NOT (d.state = 0 AND d.replaces <> 0 AND d.replaces = $2)",
            values, 2, 0, &kiosks, err);
        if (status == BW_OK && kiosks >= BW_PEERS_MAX) {
            return bw_error_set(err, BW_FULL, 0,
                "enrolling a kiosk: %s has %d kiosks already; revoke those that aren't "
                "used any more, or give --device",
                plan->enrolment.sessions[i], (int)kiosks);
        }
    }
    return status;
}

/* Instead of a kiosk that was never heard itself: instead of the one before it. */
static enum bw_status
others_plan(const struct bw_office *office, uint32_t replaces, struct bw_kiosk_plan *plan,
    struct bw_error *err)
{
    int64_t found = 0, namesakes = 0;
    struct bw_sql_value device = bw_sql_int(replaces);
    enum bw_status status = BW_OK;
    if (replaces != 0) {
        status = bw_central_number(office->central,
            "SELECT max(CASE WHEN state = 0 AND replaces <> 0 THEN replaces ELSE device"
            " END) FROM device WHERE device = $1 AND state <> 3",
            &device, 1, 0, &found, err);
        if (status == BW_OK && found == 0) {
            return bw_error_about(err,
                bw_error_set(err, BW_NOT_FOUND, 0,
                    "enrolling a kiosk instead of kiosk %u: there's no such kiosk; leave "
                    "--device out for a new one",
                    replaces),
                "device");
        }
    }
    plan->replaces = (uint32_t)found;
    if (status == BW_OK) {
        struct bw_sql_value names[] = {
            bw_sql_text(plan->enrolment.name), bw_sql_int(found)};
        status = bw_central_number(office->central,
            "SELECT count(*) FROM device d WHERE d.name = $1 AND d.device <> $2"
            " AND d.state <> 2 AND NOT " BW_RECORD_SHEET_ENDED
            " AND NOT (d.state = 0 AND d.replaces <> 0 AND d.replaces = $2)",
            names, 2, 0, &namesakes, err);
    }
    plan->namesake = namesakes > 0;
    return status;
}

enum bw_status
bw_office_kiosk_plan(const struct bw_office *office,
    const struct bw_kiosk_request *request, struct bw_kiosk_plan *ret_plan,
    struct bw_error *err)
{
    struct bw_kiosk_plan plan = {.replaces = request->replaces};
    enum bw_status status = name_plan(request->name, &plan, err);
    if (status == BW_OK) {
        status = sessions_plan(office, request->sessions, &plan, err);
    }
    if (status == BW_OK) {
        status = request->pin != NULL
                     ? bw_staff_pin_hash_text(request->pin, plan.enrolment.pin_hash, err)
                     : bw_staff_pin_hash(request->pin_file, plan.enrolment.pin_hash, err);
    }
    if (status == BW_OK) {
        status = settings_plan(office, request, &plan, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(office->central,
            "SELECT signing_key, public FROM signing_key WHERE retired_ms IS NULL"
            " ORDER BY signing_key DESC",
            NULL, 0, on_key, &plan.enrolment.keyring, err);
    }
    if (status == BW_OK) {
        status = others_plan(office, request->replaces, &plan, err);
    }
    if (status == BW_OK) {
        status = room_check(office, &plan, plan.replaces, err);
    }
    if (status == BW_OK) {
        *ret_plan = plan;
    }
    return status;
}

/* ---- writing ---- */

static enum bw_status
device_insert(const struct bw_office *office, const struct bw_kiosk_plan *plan,
    const uint8_t *first_sign, const uint8_t *first_box, struct bw_error *err)
{
    const struct bw_enrolment *e = &plan->enrolment;
    struct bw_sql_value values[] = {bw_sql_int(e->device), bw_sql_text(e->name),
        bw_sql_int(bw_office_now_ms(office)),
        bw_sql_blob(first_sign, BW_PUBLIC_KEY_BYTES),
        bw_sql_blob(first_box, BW_BOX_KEY_BYTES), bw_sql_int(plan->replaces),
        bw_sql_int(plan->expires_ms), bw_sql_text(e->pin_hash),
        bw_sql_text(plan->own_organiser ? e->organiser : NULL),
        bw_sql_text(plan->own_phone ? e->contact_phone : NULL),
        bw_sql_text(plan->own_privacy_url ? e->privacy_url : NULL)};
    return bw_central_run(office->central,
        "INSERT INTO device (device, name, enrolled_ms, sign_public, box_public,"
        " first_sign, first_box, replaces, expires_ms, pin_hash, organiser, phone,"
        " privacy_url) VALUES ($1, $2, $3, $4, $5, $4, $5, $6, $7, $8, $9, $10, $11)",
        values, 11, NULL, NULL, err);
}

static int
compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* C8: their sessions, and the kiosks that they take the place of. */
enum bw_status
bw_office_kiosks_hold(const struct bw_office *office,
    const struct bw_kiosk_plan *const *plans, size_t count, struct bw_error *err)
{
    assert(bw_central_in_transaction(office->central));
    uint32_t *numbers = calloc(count + 1, (BW_SESSIONS_OWN_MAX + 1) * sizeof *numbers);
    if (!numbers) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "enrolling a kiosk: out of memory");
    }
    uint32_t *devices = numbers + count * BW_SESSIONS_OWN_MAX;
    size_t sessions_count = 0, devices_count = 0;
    for (size_t i = 0; i < count; i++) {
        for (int at = 0; at < plans[i]->enrolment.sessions_count; at++) {
            numbers[sessions_count++] = plans[i]->session_nos[at];
        }
        if (plans[i]->replaces != 0) {
            devices[devices_count++] = plans[i]->replaces;
        }
    }
    qsort(numbers, sessions_count, sizeof *numbers, compare_numbers);
    enum bw_status status = bw_central_hold_kiosks(
        office->central, devices, devices_count, numbers, sessions_count, err);
    free(numbers);
    return status;
}

enum bw_status
bw_office_kiosk_put(const struct bw_office *office, struct bw_kiosk_plan *plan,
    const uint8_t first_sign[BW_PUBLIC_KEY_BYTES],
    const uint8_t first_box[BW_BOX_KEY_BYTES], struct bw_error *err)
{
    assert(bw_central_in_transaction(office->central));
    int64_t number = 0;
    const struct bw_kiosk_plan *const one = plan;
    enum bw_status status = bw_office_kiosks_hold(office, &one, 1, err);
    if (status == BW_OK) { /* another may have been enrolled meanwhile */
        status = room_check(office, plan, plan->replaces, err);
    }
    if (status == BW_OK) {
        status =
            bw_central_next_number(office->central, BW_CENTRAL_OF_KIOSKS, &number, err);
    }
    if (status == BW_OK) {
        plan->enrolment.device = (uint32_t)number;
        status = device_insert(office, plan, first_sign, first_box, err);
    }
    for (int i = 0; status == BW_OK && i < plan->enrolment.sessions_count; i++) {
        struct bw_sql_value row[] = {bw_sql_int(plan->enrolment.device),
            bw_sql_int(plan->session_nos[i]), bw_sql_int(i)};
        status = bw_central_run(office->central,
            "INSERT INTO device_session (device, session_no, rank) VALUES ($1, $2, $3)",
            row, 3, NULL, NULL, err);
    }
    return status == BW_OK
               ? bw_record_kiosk_changed(office->central, plan->enrolment.device, err)
               : status;
}

enum bw_status
bw_office_kiosk_bare(const struct bw_office *office, int64_t **ret_session_nos,
    size_t *ret_count, struct bw_error *err)
{
    struct bw_sql_value now = bw_sql_int(bw_office_now_ms(office));
    return bw_record_numbers(office->central,
        "SELECT s.session_no FROM session s WHERE s.closed_ms = 0 AND s.called_off_ms = 0"
        " AND s.ends_ms > $1 AND NOT EXISTS (SELECT 1 FROM device_session x"
        " JOIN device d ON d.device = x.device WHERE x.session_no = s.session_no"
        " AND x.rank >= 0 AND d.state IN (0, 1) AND NOT " BW_RECORD_SHEET_ENDED ")"
        " ORDER BY s.starts_ms, s.session_no",
        &now, 1, ret_session_nos, ret_count, err);
}

/* ---- out of service ---- */

struct known_kiosk {
    bool found, revoked, heard;
    uint64_t receipt_seq, revoked_seq;
};

static bool
on_found(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct known_kiosk *found = context;
    *found = (struct known_kiosk){.found = true,
        .revoked = columns[0].number == 2,
        .heard = columns[1].number != 0,
        .receipt_seq = (uint64_t)columns[2].number,
        .revoked_seq = (uint64_t)columns[3].number};
    return false;
}

static enum bw_status
revoke(const struct bw_office *office, uint32_t device, const char *why,
    struct known_kiosk *found, struct bw_error *err)
{
    struct bw_central *central = office->central;
    struct bw_sql_value value = bw_sql_int(device);
    enum bw_status status = bw_central_run(central,
        "SELECT state, COALESCE(last_contact_ms, 0), receipt_seq, revoked_seq FROM device"
        " WHERE device = $1 AND state <> 3",
        &value, 1, on_found, found, err);
    if (status == BW_OK && !found->found) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "revoking kiosk %u: there's no such kiosk; kiosks lists them", device);
    }
    if (status != BW_OK || found->revoked) {
        return status;
    }
    found->revoked_seq = found->receipt_seq;
    struct bw_sql_value values[] = {
        value, bw_sql_int(bw_office_now_ms(office)), bw_sql_text(why ? why : "")};
    status = bw_central_run(central,
        "UPDATE device SET state = 2, revoked_ms = $2, revoked_why = $3,"
        " revoked_seq = receipt_seq, revoked_hash = receipt_hash WHERE device = $1",
        values, 3, NULL, NULL, err);
    if (status == BW_OK) {
        char about[16];
        (void)snprintf(about, sizeof about, "%u", device);
        status = bw_step_for_good(office, "revoke", about, why ? why : "", err);
    }
    return status == BW_OK ? bw_record_kiosk_changed(central, device, err) : status;
}

enum bw_status
bw_office_kiosk_revoke(const struct bw_office *office, uint32_t device, const char *why,
    uint64_t *ret_seq, bool *ret_heard, struct bw_error *err)
{
    struct known_kiosk found = {.found = false};
    enum bw_status status = bw_central_begin_step(office->central, err);
    if (status == BW_OK) {
        status = bw_central_hold_kiosk(office->central, device, err);
    }
    if (status == BW_OK) {
        status = revoke(office, device, why, &found, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        *ret_seq = found.revoked_seq;
        *ret_heard = found.heard;
    }
    return status;
}

enum bw_status
bw_office_kiosk_sheet(const struct bw_office *office, uint32_t device, const char *series,
    int *ret_sheet, int *ret_sheets, struct bw_error *err)
{
    int64_t *devices = NULL;
    size_t count = 0;
    struct bw_sql_value value = bw_sql_text(series);
    enum bw_status status = bw_record_numbers(office->central,
        "SELECT d.device FROM device d JOIN device_session x ON x.device = d.device"
        " JOIN session s ON s.session_no = x.session_no WHERE s.series = $1"
        " AND x.rank >= 0 AND d.state <> 2 AND NOT " BW_RECORD_SHEET_ENDED
        " GROUP BY d.device"
        " ORDER BY min(s.starts_ms), d.device",
        &value, 1, &devices, &count, err);
    if (status == BW_OK) {
        *ret_sheet = *ret_sheets = (int)count;
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        if (devices[i] == device) {
            *ret_sheet = (int)i + 1;
        }
    }
    free(devices);
    return status;
}

enum bw_status
bw_office_kiosk_preview(const struct bw_office *office, struct bw_kiosk_plan *plan,
    const char *series, int *ret_sheet, int *ret_sheets, struct bw_error *err)
{
    static const uint8_t no_sign[BW_PUBLIC_KEY_BYTES], no_box[BW_BOX_KEY_BYTES];
    enum bw_status status = bw_central_begin_step(office->central, err);
    if (status == BW_OK) {
        status = bw_office_kiosk_put(office, plan, no_sign, no_box, err);
    }
    if (status == BW_OK) {
        status = bw_office_kiosk_sheet(
            office, plan->enrolment.device, series, ret_sheet, ret_sheets, err);
    }
    bw_central_rollback(office->central);
    return status;
}

enum bw_status
bw_office_kiosks_behind(const struct bw_office *office, int64_t **ret_devices,
    size_t *ret_count, struct bw_error *err)
{
    return bw_pending_behind(
        office->central, bw_office_now_ms(office), ret_devices, ret_count, err);
}
