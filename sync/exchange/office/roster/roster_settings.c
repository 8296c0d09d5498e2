/* Settings, keyring and receipt of a roster letter: see roster_settings.h. */
#include "exchange/office/roster/roster_settings.h"

#include "exchange/office/introduction_again.h"

#include "central/records.h"
#include "exchange/letter/wire.h"

#include <sodium.h>
#include <string.h>

static bool
on_settings(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_enrolment *settings = context;
    bw_text_copy(settings->name, sizeof settings->name, columns[0].text);
    bw_text_copy(settings->organiser, sizeof settings->organiser, columns[1].text);
    bw_text_copy(
        settings->contact_phone, sizeof settings->contact_phone, columns[2].text);
    bw_text_copy(settings->privacy_url, sizeof settings->privacy_url, columns[3].text);
    bw_text_copy(settings->pin_hash, sizeof settings->pin_hash, columns[4].text);
    return false;
}

static bool
on_own_session(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_enrolment *settings = context;
    if (settings->sessions_count < BW_SESSIONS_OWN_MAX) {
        bw_text_copy(settings->sessions[settings->sessions_count++], BW_LABEL_BYTES,
            columns[0].text);
    }
    return true;
}

static bool
on_key(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_keyring *keyring = context;
    if (columns[1].bytes == BW_PUBLIC_KEY_BYTES && keyring->count < BW_KEYS_MAX) {
        struct bw_public_key *key = &keyring->keys[keyring->count++];
        key->key = (uint8_t)columns[0].number;
        memcpy(key->bytes, columns[1].blob, BW_PUBLIC_KEY_BYTES);
    }
    return true;
}

static bool
on_beyond(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_receipt *receipt = context;
    if (columns[1].bytes == BW_HASH_BYTES) {
        receipt->beyond_seq = (uint64_t)columns[0].number;
        memcpy(receipt->beyond_hash, columns[1].blob, BW_HASH_BYTES);
    }
    return false;
}

static enum bw_status
receipt_read(struct bw_central *central, const struct bw_kiosk_record *kiosk,
    struct bw_receipt *ret_receipt, struct bw_error *err)
{
    struct bw_receipt receipt = {.seq = kiosk->receipt_seq};
    memcpy(receipt.hash, kiosk->receipt_hash, BW_HASH_BYTES);
    struct bw_sql_value values[] = {
        bw_sql_int(kiosk->device), bw_sql_int((int64_t)kiosk->receipt_seq)};
    int64_t decided = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM ruling WHERE kind = 5 AND device = $1", values, 1, 0,
        &decided, err);
    if (status == BW_OK && decided == 0) { /* else it may be of the copy that stops */
        status = bw_central_run(central,
            "SELECT seq, hash FROM event WHERE device = $1 AND seq > $2"
            " ORDER BY seq DESC, hash LIMIT 1",
            values, 2, on_beyond, &receipt, err);
    }
    if (status == BW_OK) {
        *ret_receipt = receipt;
    }
    return status;
}

_Static_assert(BW_ROSTER_AWAY_MAX == 64, "as BW_ROSTER_AWAY_SQL has it");

struct away_reading {
    uint32_t *away;
    int count;
};

static bool
on_away(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct away_reading *reading = context;
    reading->away[reading->count++] = (uint32_t)columns[0].number;
    return reading->count < BW_ROSTER_AWAY_MAX;
}

static enum bw_status
settings_read(struct bw_central *central, uint32_t number, struct bw_enrolment *settings,
    struct bw_error *err)
{
    struct bw_sql_value device = bw_sql_int(number);
    enum bw_status status = bw_central_run(central,
        "SELECT " BW_ROSTER_SETTINGS_COLUMNS
        " FROM device d CROSS JOIN central c WHERE d.device = $1",
        &device, 1, on_settings, settings, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT s.code FROM device_session x JOIN session s"
            " ON s.session_no = x.session_no WHERE x.device = $1 AND x.rank >= 0"
            " ORDER BY x.rank",
            &device, 1, on_own_session, settings, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(
            central, BW_ROSTER_KEYRING_SQL, NULL, 0, on_key, &settings->keyring, err);
    }
    return status;
}

enum bw_status
bw_roster_settings_read(struct bw_central *central, const struct bw_kiosk_record *kiosk,
    const struct bw_kiosk_session *session, struct bw_roster_letter *inout_letter,
    struct bw_error *err)
{
    struct bw_sql_value device = bw_sql_int(kiosk->device);
    inout_letter->device = inout_letter->settings.device = kiosk->device;
    inout_letter->session_no = session->session_no;
    inout_letter->introduced = kiosk->state == BW_KIOSK_INTRODUCED;
    if (inout_letter->introduced) {
        inout_letter->own = kiosk->now;
    }
    memcpy(inout_letter->details_key, session->details_key, BW_DETAILS_KEY_BYTES);
    enum bw_status status =
        settings_read(central, kiosk->device, &inout_letter->settings, err);
    if (status == BW_OK) {
        int64_t again = 0;
        status = bw_central_number(
            central, BW_INTRODUCTION_AGAIN_SQL, &device, 1, 0, &again, err);
        inout_letter->again = (uint32_t)again;
    }
    if (status == BW_OK) {
        struct away_reading reading = {inout_letter->away, 0};
        memset(inout_letter->away, 0, sizeof inout_letter->away);
        status = bw_central_run(
            central, BW_ROSTER_AWAY_SQL, &device, 1, on_away, &reading, err);
    }
    if (status == BW_OK) {
        status = receipt_read(central, kiosk, &inout_letter->receipt, err);
    }
    return status;
}

/* ---- the key on the local network ---- */

struct lan_hashing {
    crypto_generichash_state state;
    int gone;
};

static bool
on_gone(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct lan_hashing *hashing = context;
    unsigned char device[4];
    wire_put(device, sizeof device, (uint64_t)columns[0].number);
    (void)crypto_generichash_update(&hashing->state, device, sizeof device);
    hashing->gone++;
    return true;
}

enum bw_status
bw_roster_settings_lan_key(struct bw_central *central, const struct bw_identity *office,
    const struct bw_kiosk_session *session, uint8_t ret_key[BW_DETAILS_KEY_BYTES],
    struct bw_error *err)
{
    static const unsigned char context[] = "BWL-lan-key-of-office";
    struct lan_hashing hashing = {.gone = 0};
    unsigned char number[4];
    struct bw_sql_value value = bw_sql_int(session->session_no);
    wire_put(number, sizeof number, session->session_no);
    (void)crypto_generichash_init(&hashing.state, office->box_secret,
        sizeof office->box_secret, BW_DETAILS_KEY_BYTES);
    (void)crypto_generichash_update(&hashing.state, context, sizeof context);
    (void)crypto_generichash_update(&hashing.state, number, sizeof number);
    (void)crypto_generichash_update(
        &hashing.state, session->details_key, BW_DETAILS_KEY_BYTES);
    enum bw_status status = bw_central_run(central,
        "SELECT d.device FROM device_session x JOIN device d ON d.device = x.device"
        " WHERE x.session_no = $1 AND NOT (" BW_KIOSK_IS_LIVE ") ORDER BY d.device",
        &value, 1, on_gone, &hashing, err);
    if (status == BW_OK) {
        memset(ret_key, 0, BW_DETAILS_KEY_BYTES);
        if (hashing.gone > 0) {
            (void)crypto_generichash_final(&hashing.state, ret_key, BW_DETAILS_KEY_BYTES);
        }
    }
    sodium_memzero(&hashing, sizeof hashing);
    return status;
}
