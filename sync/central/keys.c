/* The organiser's secret keys: see keys.h. One thread. */
#include "central/keys.h"

#include "central/base/output.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FORMAT = 1, FILE_BYTES_MAX = 65536, MODE_PRIVATE = 0600, MODE_OTHERS = 0077 };

_Static_assert(crypto_box_PUBLICKEYBYTES == BW_BOX_KEY_BYTES, "as in the header");
_Static_assert(crypto_box_SECRETKEYBYTES == BW_BOX_KEY_BYTES, "as in the header");

void
bw_keys_finish(struct bw_keys *keys)
{
    if (keys != NULL) {
        sodium_memzero(keys, sizeof *keys);
    }
}

const struct bw_signing_key *
bw_keys_newest(const struct bw_keys *keys)
{
    return &keys->keys[keys->count - 1];
}

/* ---- writing ---- */

static bool
put_hex(json_t *object, const char *name, const uint8_t *bytes, size_t length)
{
    char hex[2 * BW_SECRET_KEY_BYTES + 1];
    (void)sodium_bin2hex(hex, sizeof hex, bytes, length);
    int failed = json_object_set_new(object, name, json_string(hex));
    sodium_memzero(hex, sizeof hex);
    return failed == 0;
}

static json_t *
to_json(const struct bw_keys *keys)
{
    json_t *organiser = json_object();
    json_t *list = json_array();
    bool fine =
        put_hex(organiser, "sign_public", keys->sign_public, BW_PUBLIC_KEY_BYTES) &&
        put_hex(organiser, "sign_secret", keys->sign_secret, BW_SECRET_KEY_BYTES) &&
        put_hex(organiser, "box_public", keys->box_public, BW_BOX_KEY_BYTES) &&
        put_hex(organiser, "box_secret", keys->box_secret, BW_BOX_KEY_BYTES);
    for (int i = 0; i < keys->count; i++) {
        const struct bw_signing_key *key = &keys->keys[i];
        json_t *object = json_pack("{s:i}", "key", (int)key->key);
        fine = fine && put_hex(object, "public", key->public_key, BW_PUBLIC_KEY_BYTES) &&
               put_hex(object, "secret", key->secret_key, BW_SECRET_KEY_BYTES);
        fine = json_array_append_new(list, object) == 0 && fine;
    }
    json_t *root = json_pack("{s:i, s:o, s:o}", "brugwachter_keys", FORMAT, "organiser",
        organiser, "keys", list);
    if (!fine) {
        json_decref(root);
        return NULL;
    }
    return root;
}

/* The name is as durable as the bytes: a lost key file makes every ticket worthless.
 * `fresh` refuses to stand in the place of a file that is there. */
static enum bw_status
put_file(const char *path, const char *text, bool fresh, struct bw_error *err)
{
    struct bw_output output = {0};
    bw_output_sweep_beside(path);
    enum bw_status status = bw_output_open(path, MODE_PRIVATE, &output, err);
    if (status == BW_OK) {
        output.fresh = fresh;
        (void)setvbuf(output.file, NULL, _IONBF, 0); /* no copy of it is left behind */
        (void)fputs(text, output.file);
        status = bw_output_commit(&output, err);
    }
    bw_output_finish(&output);
    return status == BW_OK ? BW_OK
                           : bw_error_prefix(err, status, "writing the secret keys");
}

enum bw_status
bw_keys_write(
    const char *path, const struct bw_keys *keys, bool fresh, struct bw_error *err)
{
    json_t *root = to_json(keys);
    char *text = root != NULL ? json_dumps(root, JSON_COMPACT) : NULL;
    json_decref(root);
    enum bw_status status = text != NULL ? put_file(path, text, fresh, err)
                                         : bw_error_set(err, BW_NO_MEMORY, ENOMEM,
                                               "writing %s: no memory", path);
    if (text != NULL) {
        sodium_memzero(text, strlen(text));
        free(text);
    }
    return status;
}

static void
make_signing_key(struct bw_signing_key *key, uint8_t number)
{
    key->key = number;
    (void)crypto_sign_keypair(key->public_key, key->secret_key);
}

enum bw_status
bw_keys_create(
    const char *path, uint8_t first, struct bw_keys *ret_keys, struct bw_error *err)
{
    struct bw_keys keys = {.count = 1};
    make_signing_key(&keys.keys[0], first);
    (void)crypto_sign_keypair(keys.sign_public, keys.sign_secret);
    (void)crypto_box_keypair(keys.box_public, keys.box_secret);
    enum bw_status status = bw_keys_write(path, &keys, true, err);
    if (status == BW_OK) {
        *ret_keys = keys;
    }
    bw_keys_finish(&keys);
    return status;
}

enum bw_status
bw_keys_check_room(const struct bw_keys *keys, struct bw_error *err)
{
    return keys->count < BW_KEYS_MAX
               ? BW_OK
               : bw_error_set(err, BW_FULL, 0,
                     "making a signing key: there are %d already, as many as a kiosk "
                     "holds; retire one first",
                     BW_KEYS_MAX);
}

enum bw_status
bw_keys_add(const char *path, struct bw_keys *keys, uint8_t number, struct bw_error *err)
{
    enum bw_status room = bw_keys_check_room(keys, err);
    if (room != BW_OK) {
        return room;
    }
    struct bw_keys more = *keys;
    make_signing_key(&more.keys[more.count++], number);
    enum bw_status status = bw_keys_write(path, &more, false, err);
    if (status == BW_OK) {
        *keys = more;
    }
    bw_keys_finish(&more);
    return status;
}

enum bw_status
bw_keys_remove(
    const char *path, struct bw_keys *keys, uint8_t number, struct bw_error *err)
{
    struct bw_keys fewer = *keys;
    fewer.count = 0;
    for (int i = 0; i < keys->count; i++) {
        if (keys->keys[i].key != number) {
            fewer.keys[fewer.count++] = keys->keys[i];
        }
    }
    enum bw_status status = BW_OK;
    if (fewer.count == 0) {
        status = bw_error_set(err, BW_REFUSED, 0,
            "retiring signing key %d: it is the only one; make another first: key new",
            number);
    } else if (fewer.count < keys->count) {
        sodium_memzero(&fewer.keys[fewer.count], sizeof fewer.keys[0]);
        status = bw_keys_write(path, &fewer, false, err);
    }
    if (status == BW_OK) {
        *keys = fewer;
    }
    bw_keys_finish(&fewer);
    return status;
}

/* Whether `keys` has it, or may take it in. */
static enum bw_status
join_one(struct bw_keys *keys, const struct bw_signing_key *key, struct bw_error *err)
{
    for (int i = 0; i < keys->count; i++) {
        if (keys->keys[i].key == key->key) {
            return sodium_memcmp(&keys->keys[i], key, sizeof *key) == 0
                       ? BW_OK
                       : bw_error_set(err, BW_REFUSED, 0,
                             "joining secret keys: signing key %d is another one in each "
                             "of the two; they are two offices'",
                             key->key);
        }
    }
    enum bw_status room = bw_keys_check_room(keys, err);
    int at = keys->count;
    for (; room == BW_OK && at > 0 && keys->keys[at - 1].key > key->key; at--) {
        keys->keys[at] = keys->keys[at - 1];
    }
    if (room == BW_OK) {
        keys->keys[at] = *key;
        keys->count++;
    }
    return room;
}

enum bw_status
bw_keys_join(struct bw_keys *keys, const struct bw_keys *others, struct bw_error *err)
{
    struct bw_keys both = *keys;
    enum bw_status status = BW_OK;
    if (memcmp(both.sign_public, others->sign_public, sizeof both.sign_public) != 0 ||
        memcmp(both.box_public, others->box_public, sizeof both.box_public) != 0) {
        status = bw_error_set(err, BW_REFUSED, 0,
            "joining secret keys: they are those of two offices; keep them apart");
    }
    for (int i = 0; status == BW_OK && i < others->count; i++) {
        status = join_one(&both, &others->keys[i], err);
    }
    if (status == BW_OK) {
        *keys = both;
    }
    bw_keys_finish(&both);
    return status;
}

/* ---- reading ---- */

static bool
get_hex(const json_t *object, const char *name, uint8_t *ret_bytes, size_t length)
{
    const char *hex = json_string_value(json_object_get(object, name));
    size_t got = 0;
    return hex != NULL && strlen(hex) == 2 * length &&
           sodium_hex2bin(ret_bytes, length, hex, 2 * length, NULL, &got, NULL) == 0 &&
           got == length;
}

static bool
get_signing_key(const json_t *object, int above, struct bw_signing_key *ret_key)
{
    const json_t *number = json_object_get(object, "key");
    json_int_t value = json_integer_value(number);
    if (!json_is_integer(number) || value <= above || value > UINT8_MAX) {
        return false;
    }
    ret_key->key = (uint8_t)value;
    return get_hex(object, "public", ret_key->public_key, BW_PUBLIC_KEY_BYTES) &&
           get_hex(object, "secret", ret_key->secret_key, BW_SECRET_KEY_BYTES) &&
           memcmp(ret_key->secret_key + BW_SEED_BYTES, ret_key->public_key,
               BW_PUBLIC_KEY_BYTES) == 0;
}

static bool
from_json(const json_t *root, struct bw_keys *keys)
{
    const json_t *organiser = json_object_get(root, "organiser");
    const json_t *list = json_object_get(root, "keys");
    size_t count = json_array_size(list);
    if (json_integer_value(json_object_get(root, "brugwachter_keys")) != FORMAT ||
        count < 1 || count > BW_KEYS_MAX ||
        !get_hex(organiser, "sign_public", keys->sign_public, BW_PUBLIC_KEY_BYTES) ||
        !get_hex(organiser, "sign_secret", keys->sign_secret, BW_SECRET_KEY_BYTES) ||
        !get_hex(organiser, "box_public", keys->box_public, BW_BOX_KEY_BYTES) ||
        !get_hex(organiser, "box_secret", keys->box_secret, BW_BOX_KEY_BYTES)) {
        return false;
    }
    int above = -1;
    for (size_t i = 0; i < count; i++) {
        if (!get_signing_key(json_array_get(list, i), above, &keys->keys[i])) {
            return false;
        }
        above = keys->keys[i].key;
    }
    keys->count = (int)count;
    return true;
}

static enum bw_status
check_private(const char *path, int fd, struct bw_error *err)
{
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) ||
        info.st_size > FILE_BYTES_MAX) {
        return bw_error_set(err, BW_CORRUPT, 0,
            "reading the secret keys: %s is no key file; put the right one back", path);
    }
    if ((info.st_mode & MODE_OTHERS) != 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "reading the secret keys: others may read %s; make it yours alone: chmod 600",
            path);
    }
    return BW_OK;
}

static enum bw_status
read_keys(const char *path, int fd, struct bw_keys *ret_keys, struct bw_error *err)
{
    struct bw_keys keys = {.count = 0};
    json_t *root = json_loadfd(fd, JSON_REJECT_DUPLICATES, NULL);
    bool fine = root != NULL && from_json(root, &keys);
    json_decref(root);
    if (fine) {
        *ret_keys = keys;
    }
    bw_keys_finish(&keys);
    return fine ? BW_OK
                : bw_error_set(err, BW_CORRUPT, 0,
                      "reading the secret keys: %s doesn't hold; put a good copy back",
                      path);
}

enum bw_status
bw_keys_load(const char *path, struct bw_keys *ret_keys, struct bw_error *err)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return bw_error_set(err, errno == ENOENT ? BW_NOT_FOUND : BW_IO, errno,
            "reading the secret keys: %s: %s; put the key file back beside the central "
            "database (key read makes it of its sheet), or give --key-file",
            path, bw_said(strerror(errno)));
    }
    enum bw_status status = check_private(path, fd, err);
    if (status == BW_OK) {
        status = read_keys(path, fd, ret_keys, err);
    }
    (void)close(fd);
    return status;
}
