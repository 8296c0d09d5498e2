/* The enrolment file: see enrolment.h. */
#include "exchange/letter/enrolment.h"

#include "exchange/letter/json.h"
#include "exchange/letter/wire.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    VERSION = 2,
    DIGEST_BYTES = 64,
};
#define MS_MAX INT64_C(253402300799999) /* the year 9999 */

static const char context[] = "BWL-enrolment";
enum { MESSAGE_BYTES = sizeof context + DIGEST_BYTES };

/* Context, its NUL, and BLAKE2b-512 of device (4), number of sessions (1), each session
 * code with its NUL, expiry (8), replaces (4), one-time sign and box. */
static void
message_make(
    const struct bw_enrolment_file *file, unsigned char ret_message[MESSAGE_BYTES])
{
    unsigned char numbers[12];
    struct bw_identity first;
    crypto_generichash_state state;
    const struct bw_enrolment *enrolment = &file->enrolment;
    (void)crypto_generichash_init(&state, NULL, 0, DIGEST_BYTES);
    wire_put(numbers, 4, enrolment->device);
    numbers[4] = (unsigned char)enrolment->sessions_count;
    (void)crypto_generichash_update(&state, numbers, 5);
    for (int i = 0; i < enrolment->sessions_count; i++) {
        (void)crypto_generichash_update(&state,
            (const unsigned char *)enrolment->sessions[i],
            strlen(enrolment->sessions[i]) + 1);
    }
    wire_put(numbers, 8, (uint64_t)file->expires_ms);
    wire_put(numbers + 8, 4, file->replaces);
    (void)crypto_generichash_update(&state, numbers, 12);
    bw_identity_of_seed(file->seed, &first);
    (void)crypto_generichash_update(&state, first.sign_public, BW_PUBLIC_KEY_BYTES);
    (void)crypto_generichash_update(&state, first.box_public, BW_BOX_KEY_BYTES);
    bw_identity_finish(&first);
    memcpy(ret_message, context, sizeof context);
    (void)crypto_generichash_final(&state, ret_message + sizeof context, DIGEST_BYTES);
}

void
bw_enrolment_file_sign(
    struct bw_enrolment_file *file, const uint8_t sign_secret[BW_SECRET_KEY_BYTES])
{
    unsigned char message[MESSAGE_BYTES];
    message_make(file, message);
    (void)crypto_sign_detached(
        file->statement, NULL, message, sizeof message, sign_secret);
}

void
bw_enrolment_text_free(char *text)
{
    if (text) {
        sodium_memzero(text, strlen(text));
        free(text);
    }
}

void
bw_enrolment_file_finish(struct bw_enrolment_file *file)
{
    if (file) {
        sodium_memzero(file, sizeof *file);
    }
}

/* ---- writing ---- */

static json_t *
texts_json(const char *texts, size_t stride, int count)
{
    json_t *list = json_array();
    for (int i = 0; i < count; i++) {
        if (json_array_append_new(list, json_string(texts + (size_t)i * stride)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

json_t *
bw_json_of_logins(const struct bw_carrier_list *carriers)
{
    bool asked = false;
    for (int i = 0; i < carriers->count; i++) {
        asked = asked || carriers->logins[i][0] != '\0';
    }
    return asked
               ? texts_json(carriers->logins[0], BW_CARRIER_LOGIN_BYTES, carriers->count)
               : NULL;
}

static json_t *
file_json(const struct bw_enrolment_file *file)
{
    const struct bw_enrolment *enrolment = &file->enrolment;
    return json_pack("{s:i, s:I, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:o, "
                     "s:o, s:s, s:s, s:s, s:o*}",
        "brugwachter_enrolment", VERSION, "device", (json_int_t)enrolment->device, "name",
        enrolment->name, "session", enrolment->sessions[0], "sessions",
        texts_json(enrolment->sessions[0], BW_LABEL_BYTES, enrolment->sessions_count),
        "carriers",
        texts_json(file->carriers.uris[0], BW_CARRIER_URI_BYTES, file->carriers.count),
        "keys", bw_json_of_keyring(&enrolment->keyring), "sign",
        bw_json_hex(file->organiser.sign, BW_PUBLIC_KEY_BYTES), "box",
        bw_json_hex(file->organiser.box, BW_BOX_KEY_BYTES), "central",
        bw_json_hex(file->central_id, BW_CENTRAL_ID_BYTES), "replaces",
        (json_int_t)file->replaces, "expires_ms", (json_int_t)file->expires_ms, "seed",
        bw_json_hex(file->seed, BW_SEED_BYTES), "statement",
        bw_json_hex(file->statement, sizeof file->statement), "organiser",
        enrolment->organiser, "phone", enrolment->contact_phone, "privacy_url",
        enrolment->privacy_url, "logins", bw_json_of_logins(&file->carriers));
}

enum bw_status
bw_enrolment_file_write(
    const struct bw_enrolment_file *file, char **ret_text, struct bw_error *err)
{
    char *text;
    bw_json_begin();
    enum bw_status status = bw_json_write(file_json(file), &text, err);
    if (status != BW_OK) {
        return status;
    }
    size_t length = strlen(text);
    if (length > BW_ENROLMENT_BYTES_MAX) {
        bw_enrolment_text_free(text);
        return bw_error_set(err, BW_FULL, 0,
            "writing the enrolment of %s: its %zu bytes are more than %d; name fewer "
            "sessions or carriers",
            file->enrolment.name, length, BW_ENROLMENT_BYTES_MAX);
    }
    *ret_text = text;
    return BW_OK;
}

/* ---- reading ---- */

static void
sessions_read(struct bw_json *json, struct bw_enrolment *enrolment)
{
    const json_t *list = bw_json_list(json, "sessions", BW_SESSIONS_OWN_MAX);
    enrolment->sessions_count = (int)json_array_size(list);
    for (int i = 0; i < enrolment->sessions_count; i++) {
        const json_t *code = json_array_get(list, (size_t)i);
        bw_json_code(json, "sessions", json_string_value(code), enrolment->sessions[i]);
    }
    if (enrolment->sessions_count == 0) {
        bw_json_refuse(json, "sessions", "is empty");
    }
}

static void
logins_read(struct bw_json *json, struct bw_carrier_list *carriers)
{
    const json_t *list = bw_json_list(json, "logins", BW_CARRIERS_MAX);
    bool fine = json_array_size(list) == (size_t)carriers->count;
    for (int i = 0; fine && i < carriers->count; i++) {
        const char *login = json_string_value(json_array_get(list, (size_t)i));
        size_t length = login ? strlen(login) : BW_CARRIER_LOGIN_BYTES;
        fine = length < BW_CARRIER_LOGIN_BYTES;
        if (fine) {
            memcpy(carriers->logins[i], login, length + 1);
        }
    }
    if (!fine) {
        bw_json_refuse(json, "logins", "isn't one a carrier");
    }
}

void
bw_json_carriers(struct bw_json *json, struct bw_carrier_list *ret_carriers)
{
    const json_t *list = bw_json_list(json, "carriers", BW_CARRIERS_MAX);
    ret_carriers->count = (int)json_array_size(list);
    for (int i = 0; i < ret_carriers->count; i++) {
        const char *uri = json_string_value(json_array_get(list, (size_t)i));
        size_t length = uri ? strlen(uri) : 0;
        bool fine = length > 0 && length < BW_CARRIER_URI_BYTES;
        for (size_t c = 0; fine && c < length; c++) {
            fine = (unsigned char)uri[c] >= ' ' && uri[c] != 0x7f;
        }
        if (!fine) {
            bw_json_refuse(json, "carriers", "holds something that is no address");
            return;
        }
        memcpy(ret_carriers->uris[i], uri, length + 1);
    }
    if (bw_json_has(json, "logins")) {
        logins_read(json, ret_carriers);
    }
}

json_t *
bw_json_of_carriers(const struct bw_carrier_list *carriers)
{
    return texts_json(carriers->uris[0], BW_CARRIER_URI_BYTES, carriers->count);
}

static enum bw_status
version_check(struct bw_json *json, struct bw_error *err)
{
    if (!bw_json_has(json, "brugwachter_enrolment")) {
        bw_json_refuse(
            json, "brugwachter_enrolment", "is missing: it is another kind of file");
        return BW_OK;
    }
    int64_t version = bw_json_number(json, "brugwachter_enrolment", 1, INT32_MAX);
    if (json->fault[0] == '\0' && version < VERSION) {
        return bw_error_set(err, BW_REFUSED, 0,
            "it is of version 1, which this program takes no more: have the kiosk "
            "enrolled again at the office");
    }
    if (version > VERSION) {
        return bw_error_set(err, BW_NEWER, 0,
            "it is of version %lld, and this program knows %d; "
            "bring this kiosk up to date",
            (long long)version, VERSION);
    }
    return BW_OK;
}

static void
enrolment_read(struct bw_json *json, const json_t *root, struct bw_enrolment *enrolment)
{
    enrolment->device = (uint32_t)bw_json_number(json, "device", 1, UINT32_MAX);
    bw_json_text(json, "name", BW_NAME_CHARS, enrolment->name);
    sessions_read(json, enrolment);
    bw_json_keyring(json, root, &enrolment->keyring);
    if (enrolment->keyring.count == 0) {
        bw_json_refuse(json, "keys", "is empty");
    }
    bw_json_text(json, "organiser", BW_TITLE_CHARS, enrolment->organiser);
    bw_json_raw(json, "phone", BW_LABEL_BYTES, enrolment->contact_phone);
    bw_json_label(json, "privacy_url", BW_URL_BYTES, enrolment->privacy_url);
}

static enum bw_status
file_read(const json_t *root, struct bw_enrolment_file *file, struct bw_error *err)
{
    unsigned char message[MESSAGE_BYTES];
    struct bw_json json = bw_json_of(root);
    enum bw_status status = version_check(&json, err);
    if (status != BW_OK) {
        return status;
    }
    enrolment_read(&json, root, &file->enrolment);
    bw_json_carriers(&json, &file->carriers);
    bw_json_bytes(&json, "sign", file->organiser.sign, BW_PUBLIC_KEY_BYTES);
    bw_json_bytes(&json, "box", file->organiser.box, BW_BOX_KEY_BYTES);
    bw_json_bytes(&json, "central", file->central_id, BW_CENTRAL_ID_BYTES);
    file->replaces = (uint32_t)bw_json_number(&json, "replaces", 0, UINT32_MAX);
    file->expires_ms = bw_json_number(&json, "expires_ms", 0, MS_MAX);
    bw_json_bytes(&json, "seed", file->seed, BW_SEED_BYTES);
    bw_json_bytes(&json, "statement", file->statement, sizeof file->statement);
    status = bw_json_end(&json, err);
    if (status != BW_OK) {
        return status;
    }
    message_make(file, message);
    if (crypto_sign_verify_detached(
            file->statement, message, sizeof message, file->organiser.sign) != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the organiser's signature on it doesn't hold: it was altered; have the "
            "kiosk enrolled again");
    }
    return BW_OK;
}

enum bw_status
bw_enrolment_file_read(const void *bytes, size_t length,
    struct bw_enrolment_file *ret_file, struct bw_error *err)
{
    json_t *root;
    if (length > BW_ENROLMENT_BYTES_MAX + 2) { /* an end of line may follow */
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "reading an enrolment: it is over %d bytes, so it is none; "
            "choose the right file",
            BW_ENROLMENT_BYTES_MAX);
    }
    enum bw_status status = bw_json_parse(bytes, length, &root, err);
    if (status == BW_OK) {
        struct bw_enrolment_file *file = calloc(1, sizeof *file);
        status = file ? file_read(root, file, err)
                      : bw_error_set(err, BW_NO_MEMORY, 0, "out of memory");
        json_decref(root);
        if (status == BW_OK) {
            *ret_file = *file;
        }
        bw_enrolment_file_finish(file);
        free(file);
    }
    return status == BW_OK ? BW_OK : bw_error_prefix(err, status, "reading an enrolment");
}
