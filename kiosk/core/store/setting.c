/* A store's settings and small numbers: see brugwachter/store.h. */
#include "open.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <stdio.h>
#include <string.h>

static const char server_boot[] = "server_boot";

struct text_setting {
    const char *name;
    size_t offset;
    size_t bytes;
};

#define TEXT_SETTING(field)                                                              \
    {                                                                                    \
#field, offsetof(struct bw_enrolment, field),                                    \
            sizeof((struct bw_enrolment *)0)->field                                      \
    }

static const struct text_setting texts[] = {
    TEXT_SETTING(name),
    TEXT_SETTING(organiser),
    TEXT_SETTING(contact_phone),
    TEXT_SETTING(privacy_url),
    TEXT_SETTING(pin_hash),
};

enum { TEXTS_COUNT = sizeof texts / sizeof texts[0] };

static enum bw_status
incomplete(const struct bw_store *store, const char *what, struct bw_error *err)
{
    return bw_error_set(err, BW_CORRUPT, 0,
        "Reading the settings of %s failed: %s doesn't hold. Enrol this kiosk again.",
        store->path, bw_said(what));
}

static enum bw_status
load_texts(struct bw_store *store, struct bw_enrolment *enrolment, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int i = 0; i < TEXTS_COUNT && status == BW_OK; i++) {
        STORE_CURSOR sqlite3_stmt *stmt = NULL;
        bool row = false;
        status = bw_store_query(store, SQL_SETTING_GET, &stmt, err, "t", texts[i].name);
        if (status == BW_OK) {
            status = bw_store_step(store, SQL_SETTING_GET, stmt, &row, err);
        }
        if (status == BW_OK && row && sqlite3_column_int(stmt, 1) != 1) {
            return incomplete(store, "a text", err);
        }
        if (status == BW_OK && row) {
            char *to = (char *)enrolment + texts[i].offset;
            bw_store_column_text(stmt, 0, to, texts[i].bytes);
        }
    }
    return status;
}

static enum bw_status
load_identity(
    struct bw_store *store, struct bw_enrolment *enrolment, struct bw_error *err)
{
    int64_t device = 0;
    enum bw_status status = bw_store_get_number(store, "device", 0, &device, err);
    if (status != BW_OK) {
        return status;
    }
    if (device < 1 || device > UINT32_MAX) {
        return incomplete(store, "the kiosk's number", err);
    }
    enrolment->device = (uint32_t)device;
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    status = bw_store_query(store, SQL_SETTING_GET, &stmt, err, "t", "store_id");
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_SETTING_GET, stmt, &row, err);
    }
    if (status == BW_OK &&
        (!row || sqlite3_column_int(stmt, 1) != 1 ||
            !bw_store_column_bytes(stmt, 0, store->id, sizeof store->id))) {
        return incomplete(store, "the store's id", err);
    }
    return status;
}

static enum bw_status
load_keys(struct bw_store *store, struct bw_enrolment *enrolment, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, SQL_KEYS, &stmt, err, "");
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_KEYS, stmt, &row, err)) == BW_OK && row) {
        struct bw_keyring *ring = &enrolment->keyring;
        int64_t key = sqlite3_column_int64(stmt, 0);
        if (ring->count == BW_KEYS_MAX || sqlite3_column_int(stmt, 2) != 1 || key < 0 ||
            key > UINT8_MAX ||
            !bw_store_column_bytes(
                stmt, 1, ring->keys[ring->count].bytes, BW_PUBLIC_KEY_BYTES)) {
            return incomplete(store, "an organiser's key", err);
        }
        ring->keys[ring->count++].key = (uint8_t)key;
    }
    return status;
}

static enum bw_status
load_own_sessions(
    struct bw_store *store, struct bw_enrolment *enrolment, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, SQL_OWN_SESSIONS, &stmt, err, "");
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_OWN_SESSIONS, stmt, &row, err)) == BW_OK &&
           row) {
        if (enrolment->sessions_count == BW_SESSIONS_OWN_MAX ||
            sqlite3_column_int(stmt, 1) != 1) {
            return incomplete(store, "the list of sessions", err);
        }
        bw_store_column_text(
            stmt, 0, enrolment->sessions[enrolment->sessions_count++], BW_LABEL_BYTES);
    }
    return status;
}

enum bw_status
bw_store_sum_key_load(struct bw_store *store, struct bw_error *err)
{
    static const char read[] = "SELECT value FROM setting WHERE name = 'sum_key'";
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db, read, -1, &stmt, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(stmt);
    }
    enum bw_status status = BW_OK;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        status = bw_store_fail(store, rc, "Reading the settings of", err);
    } else if (rc != SQLITE_ROW ||
               !bw_store_column_bytes(stmt, 0, store->sum_key, sizeof store->sum_key)) {
        status = incomplete(store, "the key of its checksums", err);
    }
    (void)sqlite3_finalize(stmt);
    return status;
}

enum bw_status
bw_store_settings_load(struct bw_store *store, struct bw_error *err)
{
    struct bw_enrolment enrolment = {0};
    enum bw_status status = load_identity(store, &enrolment, err);
    if (status == BW_OK) {
        status = load_texts(store, &enrolment, err);
    }
    if (status == BW_OK) {
        status = load_keys(store, &enrolment, err);
    }
    if (status == BW_OK) {
        status = load_own_sessions(store, &enrolment, err);
    }
    if (status == BW_OK) {
        store->enrolment = enrolment;
    }
    return status;
}

static enum bw_status
save_lists(
    struct bw_store *store, const struct bw_enrolment *enrolment, struct bw_error *err)
{
    enum bw_status status = bw_store_run(store, SQL_KEYS_EMPTY, err, "");
    for (int i = 0; status == BW_OK && i < enrolment->keyring.count; i++) {
        const struct bw_public_key *key = &enrolment->keyring.keys[i];
        status = bw_store_run(store, SQL_KEY_PUT, err, "iib", (int64_t)i,
            (int64_t)key->key, key->bytes, sizeof key->bytes);
    }
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_OWN_SESSIONS_EMPTY, err, "");
    }
    for (int i = 0; status == BW_OK && i < enrolment->sessions_count; i++) {
        status = bw_store_run(
            store, SQL_OWN_SESSION_PUT, err, "it", (int64_t)i, enrolment->sessions[i]);
    }
    return status;
}

enum bw_status
bw_store_settings_save(
    struct bw_store *store, const struct bw_enrolment *enrolment, struct bw_error *err)
{
    enum bw_status status = bw_store_set_number(store, "device", enrolment->device, err);
    for (int i = 0; status == BW_OK && i < TEXTS_COUNT; i++) {
        status = bw_store_run(store, SQL_SETTING_PUT, err, "tt", texts[i].name,
            (const char *)enrolment + texts[i].offset);
    }
    return status == BW_OK ? save_lists(store, enrolment, err) : status;
}

enum bw_status
bw_store_enrol(
    struct bw_store *store, const struct bw_enrolment *enrolment, struct bw_error *err)
{
    assert(!store->applying);
    if (enrolment->device != store->enrolment.device) {
        return bw_error_set(err, BW_REFUSED, 0,
            "Enrolling the store %s failed: it belongs to kiosk %u, the enrolment to "
            "kiosk %u. Ask for an enrolment of this kiosk, or make a new store.",
            store->path, store->enrolment.device, enrolment->device);
    }
    enum bw_status status = bw_store_run(store, SQL_BEGIN, err, "");
    if (status == BW_OK) {
        status = bw_store_end(store, bw_store_settings_save(store, enrolment, err), err);
    }
    if (status == BW_OK) {
        store->enrolment = *enrolment;
    }
    return status;
}

enum bw_status
bw_store_refresh(struct bw_store *store, struct bw_error *err)
{
    /* One snapshot: the other program may be giving new settings just now. */
    enum bw_status status = bw_store_run(store, SQL_BEGIN_READ, err, "");
    return status == BW_OK ? bw_store_end(store, bw_store_settings_load(store, err), err)
                           : status;
}

enum bw_status
bw_store_get_number(struct bw_store *store, const char *name, int64_t missing,
    int64_t *ret_value, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, SQL_NUMBER_GET, &stmt, err, "t", name);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_NUMBER_GET, stmt, &row, err);
    }
    if (status == BW_OK && row && sqlite3_column_int(stmt, 1) != 1) {
        return incomplete(store, name, err);
    }
    if (status == BW_OK) {
        *ret_value = row ? sqlite3_column_int64(stmt, 0) : missing;
    }
    return status;
}

enum bw_status
bw_store_set_number(
    struct bw_store *store, const char *name, int64_t value, struct bw_error *err)
{
    return bw_store_run(store, SQL_NUMBER_PUT, err, "ti", name, value);
}

enum bw_status
bw_store_get_bytes(struct bw_store *store, const char *name, void *ret_bytes,
    size_t bytes, bool *ret_found, struct bw_error *err)
{
    char full[BW_LABEL_BYTES + 8];
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    (void)snprintf(full, sizeof full, "bytes %s", name);
    enum bw_status status = bw_store_query(store, SQL_SETTING_GET, &stmt, err, "t", full);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_SETTING_GET, stmt, &row, err);
    }
    if (status == BW_OK && row && sqlite3_column_int(stmt, 1) != 1) {
        return incomplete(store, name, err);
    }
    if (status == BW_OK) {
        *ret_found = row && bw_store_column_bytes(stmt, 0, ret_bytes, bytes);
    }
    return status;
}

enum bw_status
bw_store_set_bytes(struct bw_store *store, const char *name, const void *bytes,
    size_t length, struct bw_error *err)
{
    char full[BW_LABEL_BYTES + 8];
    assert(length > 0 && length <= BW_STORE_BYTES_MAX && strlen(name) < BW_LABEL_BYTES);
    (void)snprintf(full, sizeof full, "bytes %s", name);
    return bw_store_run(store, SQL_SETTING_PUT, err, "tb", full, bytes, length);
}

static enum bw_status
put_server_time(struct bw_store *store, int64_t server_ms, const struct bw_clock *clock,
    struct bw_error *err)
{
    int64_t known_ms = 0;
    enum bw_status status =
        bw_store_get_number(store, BW_NUMBER_SERVER_MS, 0, &known_ms, err);
    if (status != BW_OK || server_ms < known_ms) {
        return status; /* an older file says nothing new */
    }
    status = bw_store_set_number(store, BW_NUMBER_SERVER_MS, server_ms, err);
    if (status == BW_OK) {
        status = bw_store_set_number(
            store, BW_NUMBER_SERVER_MONO_MS, clock->mono_ms(clock), err);
    }
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_SETTING_PUT, err, "tb", server_boot,
            clock->boot_id, sizeof clock->boot_id);
    }
    return status;
}

enum bw_status
bw_store_set_server_time(struct bw_store *store, int64_t server_ms,
    const struct bw_clock *clock, struct bw_error *err)
{
    assert(!store->applying);
    enum bw_status status = bw_store_run(store, SQL_BEGIN, err, "");
    if (status == BW_OK) {
        status = bw_store_end(store, put_server_time(store, server_ms, clock, err), err);
    }
    return status;
}

enum bw_status
bw_store_server_time(struct bw_store *store, const struct bw_clock *clock,
    int64_t *ret_server_ms, int64_t *ret_mono_ms, bool *ret_same_boot,
    struct bw_error *err)
{
    int64_t server_ms = 0;
    int64_t mono_ms = 0;
    enum bw_status status =
        bw_store_get_number(store, BW_NUMBER_SERVER_MS, 0, &server_ms, err);
    if (status == BW_OK) {
        status = bw_store_get_number(store, BW_NUMBER_SERVER_MONO_MS, 0, &mono_ms, err);
    }
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    if (status == BW_OK) {
        status = bw_store_query(store, SQL_SETTING_GET, &stmt, err, "t", server_boot);
    }
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_SETTING_GET, stmt, &row, err);
    }
    if (status == BW_OK) {
        uint8_t boot_id[BW_BOOT_ID_BYTES];
        *ret_server_ms = server_ms;
        *ret_mono_ms = mono_ms;
        *ret_same_boot = row && sqlite3_column_int(stmt, 1) == 1 &&
                         bw_store_column_bytes(stmt, 0, boot_id, sizeof boot_id) &&
                         memcmp(boot_id, clock->boot_id, sizeof boot_id) == 0;
    }
    return status;
}

enum bw_status
bw_store_version(struct bw_store *store, uint32_t *ret_version, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, SQL_DATA_VERSION, &stmt, err, "");
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_DATA_VERSION, stmt, &row, err);
    }
    if (status == BW_OK) {
        *ret_version = (uint32_t)sqlite3_column_int64(stmt, 0);
    }
    return status;
}
