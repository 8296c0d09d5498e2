/* See credentials.h. */
#include "exchange/kiosk/credentials.h"

#include "central/base/output.h"
#include "exchange/carrier/carrier.h"
#include "exchange/letter/json.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { VERSION = 2, FILE_BYTES_MAX = 64 * 1024, OTHERS = 077 };

static enum bw_status
path_of(const char *store_path, char ret_path[PATH_MAX], struct bw_error *err)
{
    int length = snprintf(ret_path, PATH_MAX, "%s.credentials", store_path);
    if (length < 0 || length >= PATH_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "naming the credentials of a store: its path is too long; "
            "choose a shorter one");
    }
    return BW_OK;
}

static json_t *
hex_if(bool given, const uint8_t *bytes, size_t length)
{
    return given ? bw_json_hex(bytes, length) : json_string("");
}

enum bw_status
bw_credentials_save(const char *store_path, const struct bw_credentials *credentials,
    struct bw_error *err)
{
    char path[PATH_MAX], *text;
    bool next = credentials->organiser_changes;
    enum bw_status status = path_of(store_path, path, err);
    if (status != BW_OK) {
        return status;
    }
    bw_json_begin();
    json_t *root = json_pack(
        "{s:i, s:I, s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:I, s:o, s:o, s:o, s:o*}",
        "brugwachter_credentials", VERSION, "device", (json_int_t)credentials->device,
        "seed", bw_json_hex(credentials->seed, BW_SEED_BYTES), "first_seed",
        hex_if(credentials->has_first, credentials->first_seed, BW_SEED_BYTES),
        "introduced", (int)credentials->introduced, "sign",
        bw_json_hex(credentials->organiser.sign, BW_PUBLIC_KEY_BYTES), "box",
        bw_json_hex(credentials->organiser.box, BW_BOX_KEY_BYTES), "next_sign",
        hex_if(next, credentials->next.sign, BW_PUBLIC_KEY_BYTES), "next_box",
        hex_if(next, credentials->next.box, BW_BOX_KEY_BYTES), "again",
        (json_int_t)credentials->again, "again_seed",
        hex_if(credentials->again != 0, credentials->again_seed, BW_SEED_BYTES),
        "central", bw_json_hex(credentials->central_id, BW_CENTRAL_ID_BYTES), "carriers",
        bw_json_of_carriers(&credentials->carriers), "logins",
        bw_json_of_logins(&credentials->carriers));
    status = bw_json_write(root, &text, err);
    if (status != BW_OK) {
        return status;
    }
    bw_output_sweep_beside(path); /* what a writer that was killed left has seeds, too */
    status = bw_output_bytes(path, 0600, text, strlen(text), err);
    sodium_memzero(text, strlen(text));
    free(text);
    return status;
}

/* ---- reading ---- */

static bool
blob_read(struct bw_json *json, const char *name, uint8_t *ret_bytes, size_t length)
{
    size_t got = bw_json_blob(json, name, ret_bytes, length);
    if (got != 0 && got != length) {
        bw_json_refuse(json, name, "has the wrong length");
    }
    return got == length;
}

static void
organiser_read(struct bw_json *json, struct bw_credentials *credentials)
{
    credentials->device = (uint32_t)bw_json_number(json, "device", 1, UINT32_MAX);
    bw_json_bytes(json, "seed", credentials->seed, BW_SEED_BYTES);
    bw_json_bytes(json, "sign", credentials->organiser.sign, BW_PUBLIC_KEY_BYTES);
    bw_json_bytes(json, "box", credentials->organiser.box, BW_BOX_KEY_BYTES);
}

static void
first_version_read(struct bw_json *json, struct bw_credentials *credentials)
{
    char central[BW_CARRIER_URI_BYTES];
    organiser_read(json, credentials);
    bw_json_raw(json, "central", sizeof central, central);
    credentials->introduced = true;
    if (bw_carrier_beside(central, credentials->carriers.uris[0])) {
        credentials->carriers.count = 1;
    }
}

static void
second_version_read(struct bw_json *json, struct bw_credentials *credentials)
{
    organiser_read(json, credentials);
    credentials->has_first =
        blob_read(json, "first_seed", credentials->first_seed, BW_SEED_BYTES);
    credentials->introduced = bw_json_flag(json, "introduced");
    credentials->organiser_changes =
        blob_read(json, "next_sign", credentials->next.sign, BW_PUBLIC_KEY_BYTES) &&
        blob_read(json, "next_box", credentials->next.box, BW_BOX_KEY_BYTES);
    if (bw_json_has(json, "again")) {
        credentials->again = (uint32_t)bw_json_number(json, "again", 0, UINT32_MAX);
        if (!blob_read(json, "again_seed", credentials->again_seed, BW_SEED_BYTES)) {
            credentials->again = 0;
        }
    }
    bw_json_bytes(json, "central", credentials->central_id, BW_CENTRAL_ID_BYTES);
    bw_json_carriers(json, &credentials->carriers);
}

static enum bw_status
content_read(const json_t *root, struct bw_credentials *credentials, struct bw_error *err)
{
    struct bw_json json = bw_json_of(root);
    int64_t version = bw_json_number(&json, "brugwachter_credentials", 1, INT32_MAX);
    if (json.fault[0] == '\0' && version > VERSION) {
        return bw_error_set(err, BW_NEWER, 0,
            "it is of version %lld, and this program "
            "knows %d; bring this kiosk up to date",
            (long long)version, VERSION);
    }
    if (version == VERSION) {
        second_version_read(&json, credentials);
    } else {
        first_version_read(&json, credentials);
    }
    return bw_json_end(&json, err);
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
bw_credentials_load(
    const char *store_path, struct bw_credentials *ret_credentials, struct bw_error *err)
{
    char path[PATH_MAX];
    unsigned char *bytes;
    size_t length;
    json_t *root = NULL;
    struct bw_credentials credentials = {.device = 0};
    enum bw_status status = path_of(store_path, path, err);
    if (status == BW_OK) {
        status = check_private(path, err);
    }
    if (status == BW_OK) {
        status = bw_file_read(path, FILE_BYTES_MAX, &bytes, &length, err);
    }
    if (status != BW_OK) {
        return status;
    }
    status = bw_json_parse(bytes, length, &root, err);
    sodium_memzero(bytes, length);
    free(bytes);
    if (status == BW_OK) {
        status = content_read(root, &credentials, err);
        json_decref(root);
    }
    if (status == BW_OK) {
        *ret_credentials = credentials;
    }
    bw_credentials_finish(&credentials);
    return status == BW_OK ? BW_OK
                           : bw_error_prefix(err, status,
                                 "reading %s (enrol this kiosk again)", path);
}

void
bw_credentials_finish(struct bw_credentials *credentials)
{
    if (credentials) {
        sodium_memzero(credentials, sizeof *credentials);
    }
}
