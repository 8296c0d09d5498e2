/* The enrolment file and STORE.credentials: see enrolment_file.h. */
#include "exchange/enrolment_file.h"

#include "exchange/letter/json.h"
#include "central/base/output.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { VERSION = 1, CREDENTIALS_BYTES_MAX = 4096, OTHERS = 077 };

/* ---- writing ---- */

static json_t *
keys_json(const struct bw_keyring *keyring)
{
    json_t *list = json_array();
    for (int i = 0; i < keyring->count; i++) {
        (void)json_array_append_new(
            list, json_pack("{s:i, s:o}", "key", (int)keyring->keys[i].key, "public",
                      bw_json_hex(keyring->keys[i].bytes, BW_PUBLIC_KEY_BYTES)));
    }
    return list;
}

enum bw_status
bw_enrolment1_write(
    const struct bw_enrolment1 *file, char **ret_text, struct bw_error *err)
{
    const struct bw_enrolment *enrolment = &file->enrolment;
    const struct bw_credentials1 *credentials = &file->credentials;
    json_t *sessions = json_array();
    for (int i = 0; i < enrolment->sessions_count; i++) {
        (void)json_array_append_new(sessions, json_string(enrolment->sessions[i]));
    }
    json_t *root = json_pack(
        "{s:i, s:I, s:s, s:s, s:o, s:s, s:o, s:o, s:o, s:o, s:s, s:s, s:s, s:s}",
        "brugwachter_enrolment", VERSION, "device", (json_int_t)enrolment->device, "name",
        enrolment->name, "session", enrolment->sessions[0], "sessions", sessions,
        "central", credentials->central, "keys", keys_json(&enrolment->keyring), "sign",
        bw_json_hex(credentials->organiser_sign, BW_PUBLIC_KEY_BYTES), "box",
        bw_json_hex(credentials->organiser_box, BW_BOX_KEY_BYTES), "seed",
        bw_json_hex(credentials->seed, BW_SEED_BYTES), "pin", enrolment->pin_hash,
        "organiser", enrolment->organiser, "phone", enrolment->contact_phone,
        "privacy_url", enrolment->privacy_url);
    char *text;
    enum bw_status status = bw_json_write(root, &text, err);
    if (status != BW_OK) {
        return status;
    }
    size_t length = strlen(text);
    if (length > BW_ENROLMENT1_BYTES_MAX) {
        sodium_memzero(text, length);
        free(text);
        return bw_error_set(err, BW_FULL, 0,
            "writing the enrolment of %s: its %zu bytes are more than a QR code's %d; "
            "name "
            "fewer sessions or retire old keys",
            enrolment->name, length, BW_ENROLMENT1_BYTES_MAX);
    }
    *ret_text = text;
    return BW_OK;
}

/* ---- reading ---- */

static void
keys_read(struct bw_json *letter, const json_t *root, struct bw_keyring *keyring)
{
    const json_t *list = bw_json_list(letter, "keys", BW_KEYS_MAX);
    size_t count = json_array_size(list);
    for (size_t i = 0; i < count; i++) {
        struct bw_public_key *key = &keyring->keys[i];
        bw_json_turn(letter, json_array_get(list, i));
        key->key = (uint8_t)bw_json_number(letter, "key", 0, UINT8_MAX);
        bw_json_bytes(letter, "public", key->bytes, BW_PUBLIC_KEY_BYTES);
    }
    keyring->count = (int)count;
    bw_json_turn(letter, root);
    if (count == 0) {
        bw_json_refuse(letter, "keys", "is empty");
    }
}

static void
sessions_read(struct bw_json *letter, struct bw_enrolment *enrolment)
{
    const json_t *list = bw_json_list(letter, "sessions", BW_SESSIONS_OWN_MAX);
    size_t count = json_array_size(list);
    for (size_t i = 0; i < count; i++) {
        const char *code = json_string_value(json_array_get(list, i));
        size_t length = code ? strlen(code) : 0;
        bool fine = length > 0 && length < BW_LABEL_BYTES;
        for (size_t c = 0; fine && c < length; c++) {
            fine = code[c] > ' ' && code[c] <= '~' && code[c] != ',';
        }
        if (!fine) {
            bw_json_refuse(letter, "sessions", "holds something that is no session code");
            return;
        }
        memcpy(enrolment->sessions[i], code, length + 1);
    }
    enrolment->sessions_count = (int)count;
    if (count == 0) {
        bw_json_refuse(letter, "sessions", "is empty");
    }
}

static void
credentials_read(struct bw_json *letter, struct bw_credentials1 *credentials)
{
    credentials->device = (uint32_t)bw_json_number(letter, "device", 1, UINT32_MAX);
    bw_json_raw(letter, "central", BW_CENTRAL_URI_BYTES, credentials->central);
    if (strncmp(credentials->central, "sqlite:", 7) != 0 &&
        strncmp(credentials->central, "postgresql://", 13) != 0) {
        bw_json_refuse(letter, "central", "is no address of a central database");
    }
    bw_json_bytes(letter, "seed", credentials->seed, BW_SEED_BYTES);
    bw_json_bytes(letter, "sign", credentials->organiser_sign, BW_PUBLIC_KEY_BYTES);
    bw_json_bytes(letter, "box", credentials->organiser_box, BW_BOX_KEY_BYTES);
}

static void
version_read(struct bw_json *letter, const char *name)
{
    if (!bw_json_has(letter, name)) {
        bw_json_refuse(letter, name, "is missing: it is another kind of file");
    }
    (void)bw_json_number(letter, name, VERSION, VERSION);
}

enum bw_status
bw_enrolment1_read(const void *bytes, size_t length, struct bw_enrolment1 *ret_file,
    struct bw_error *err)
{
    json_t *root;
    if (length > BW_ENROLMENT1_BYTES_MAX + 2) { /* an end of line may follow */
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "reading an enrolment: it is over %d bytes, so it is none; choose the right "
            "file",
            BW_ENROLMENT1_BYTES_MAX);
    }
    enum bw_status status = bw_json_parse(bytes, length, &root, err);
    if (status != BW_OK) {
        return bw_error_prefix(err, status, "reading an enrolment");
    }
    struct bw_json letter = bw_json_of(root);
    struct bw_enrolment1 file = {0};
    struct bw_enrolment *enrolment = &file.enrolment;
    version_read(&letter, "brugwachter_enrolment");
    credentials_read(&letter, &file.credentials);
    enrolment->device = file.credentials.device;
    bw_json_text(&letter, "name", BW_NAME_CHARS, enrolment->name);
    sessions_read(&letter, enrolment);
    keys_read(&letter, root, &enrolment->keyring);
    bw_json_label(&letter, "pin", BW_PIN_HASH_BYTES, enrolment->pin_hash);
    if (enrolment->pin_hash[0] && strncmp(enrolment->pin_hash, "$argon2id$", 10) != 0) {
        bw_json_refuse(&letter, "pin", "is no argon2id hash");
    }
    bw_json_text(&letter, "organiser", BW_TITLE_CHARS, enrolment->organiser);
    bw_json_raw(&letter, "phone", BW_LABEL_BYTES, enrolment->contact_phone);
    bw_json_label(&letter, "privacy_url", BW_URL_BYTES, enrolment->privacy_url);
    status = bw_json_end(&letter, err);
    json_decref(root);
    if (status == BW_OK) {
        *ret_file = file;
    } else {
        status = bw_error_prefix(err, status, "reading an enrolment");
    }
    bw_credentials1_finish(&file.credentials);
    return status;
}

/* ---- STORE.credentials ---- */

enum bw_status
bw_credentials1_path(
    const char *store_path, char ret_path[PATH_MAX], struct bw_error *err)
{
    int length = snprintf(ret_path, PATH_MAX, "%s.credentials", store_path);
    if (length < 0 || length >= PATH_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "naming the credentials of a store: its path is too long; choose a shorter "
            "one");
    }
    return BW_OK;
}

enum bw_status
bw_credentials1_save(const char *store_path, const struct bw_credentials1 *credentials,
    struct bw_error *err)
{
    char path[PATH_MAX], *text;
    enum bw_status status = bw_credentials1_path(store_path, path, err);
    if (status != BW_OK) {
        return status;
    }
    json_t *root = json_pack("{s:i, s:I, s:s, s:o, s:o, s:o}", "brugwachter_credentials",
        VERSION, "device", (json_int_t)credentials->device, "central",
        credentials->central, "seed", bw_json_hex(credentials->seed, BW_SEED_BYTES),
        "sign", bw_json_hex(credentials->organiser_sign, BW_PUBLIC_KEY_BYTES), "box",
        bw_json_hex(credentials->organiser_box, BW_BOX_KEY_BYTES));
    status = bw_json_write(root, &text, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_output_bytes(path, 0600, text, strlen(text), err);
    sodium_memzero(text, strlen(text));
    free(text);
    return status;
}

static enum bw_status
check_private(const char *path, struct bw_error *err)
{
    struct stat facts;
    if (stat(path, &facts) == 0 && (facts.st_mode & OTHERS) != 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "reading %s: others may read it; take their rights away (chmod 600)", path);
    }
    return BW_OK;
}

enum bw_status
bw_credentials1_load(
    const char *store_path, struct bw_credentials1 *ret_credentials, struct bw_error *err)
{
    char path[PATH_MAX];
    unsigned char *bytes;
    size_t length;
    json_t *root;
    enum bw_status status = bw_credentials1_path(store_path, path, err);
    if (status == BW_OK) {
        status = check_private(path, err);
    }
    if (status == BW_OK) {
        status = bw_file_read(path, CREDENTIALS_BYTES_MAX, &bytes, &length, err);
    }
    if (status != BW_OK) {
        return status;
    }
    status = bw_json_parse(bytes, length, &root, err);
    sodium_memzero(bytes, length);
    free(bytes);
    if (status == BW_OK) {
        struct bw_json letter = bw_json_of(root);
        struct bw_credentials1 credentials = {0};
        version_read(&letter, "brugwachter_credentials");
        credentials_read(&letter, &credentials);
        status = bw_json_end(&letter, err);
        json_decref(root);
        if (status == BW_OK) {
            *ret_credentials = credentials;
        }
        bw_credentials1_finish(&credentials);
    }
    return status == BW_OK ? BW_OK
                           : bw_error_prefix(err, status,
                                 "reading %s (enrol this kiosk again)", path);
}

void
bw_credentials1_finish(struct bw_credentials1 *credentials)
{
    if (credentials) {
        sodium_memzero(credentials, sizeof *credentials);
    }
}

void
bw_credential_of_seed(
    const uint8_t seed[BW_SEED_BYTES], uint8_t ret_credential[BW_CREDENTIAL_BYTES])
{
    static const char context[crypto_kdf_CONTEXTBYTES + 1] = "BWdevice";
    uint8_t secret[32];
    (void)crypto_kdf_derive_from_key(secret, sizeof secret, 3, context, seed);
    (void)crypto_generichash(
        ret_credential, BW_CREDENTIAL_BYTES, secret, sizeof secret, NULL, 0);
    sodium_memzero(secret, sizeof secret);
}
