/* The secret keys on paper: see key_paper.h. */
#include "office/backup/key_paper.h"

#include "central/keys_in_use.h"
#include "office/backup/backup_head.h"

#include <string.h>
#include <unistd.h>

enum {
    VERSION = 1,
    AT_TOTAL = 1,
    AT_PASSES = 3,
    AT_KIB = 4,
    AT_SALT = 8,
    AT_NONCE = AT_SALT + crypto_pwhash_SALTBYTES,
    AT_SEALED = AT_NONCE + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    SEAL_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    SEED = BW_SEED_BYTES,
    KEY_BYTES = 1 + SEED,
    OPEN_LEAST = SEED + BW_BOX_KEY_BYTES + 1 + KEY_BYTES,
    OPEN_MOST = OPEN_LEAST + (BW_KEYS_MAX - 1) * KEY_BYTES,
    PASSES_MAX = 16,
    KIB_LEAST = 8,
    KIB_MAX = 1024 * 1024,
    BYTE = 8,
};

_Static_assert(
    AT_SEALED + OPEN_MOST + SEAL_BYTES <= BW_KEY_LINES_DATA_MAX, "they fit on paper");
_Static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES ==
                   crypto_secretstream_xchacha20poly1305_KEYBYTES,
    "as bw_backup_key gives it");

/* ---- what is sealed ---- */

static size_t
open_write(const struct bw_keys *keys, uint8_t ret_open[OPEN_MOST])
{
    uint8_t *at = ret_open;
    memcpy(at, keys->sign_secret, SEED);
    memcpy(at + SEED, keys->box_secret, BW_BOX_KEY_BYTES);
    at += SEED + BW_BOX_KEY_BYTES;
    *at++ = (uint8_t)keys->count;
    for (int i = 0; i < keys->count; i++) {
        *at++ = keys->keys[i].key;
        memcpy(at, keys->keys[i].secret_key, SEED);
        at += SEED;
    }
    return (size_t)(at - ret_open);
}

/* False where it can't be what was written. */
static bool
open_read(const uint8_t *open, size_t length, struct bw_keys *ret_keys)
{
    const uint8_t *at = open;
    int above = -1, count = length >= OPEN_LEAST ? open[SEED + BW_BOX_KEY_BYTES] : 0;
    if (count < 1 || count > BW_KEYS_MAX ||
        length != OPEN_LEAST + (size_t)(count - 1) * KEY_BYTES) {
        return false;
    }
    struct bw_keys *keys = ret_keys;
    (void)crypto_sign_seed_keypair(keys->sign_public, keys->sign_secret, at);
    memcpy(keys->box_secret, at + SEED, BW_BOX_KEY_BYTES);
    (void)crypto_scalarmult_base(keys->box_public, keys->box_secret);
    at += SEED + BW_BOX_KEY_BYTES + 1;
    for (keys->count = 0; keys->count < count; keys->count++, at += KEY_BYTES) {
        struct bw_signing_key *key = &keys->keys[keys->count];
        if (at[0] <= above) {
            return false;
        }
        above = key->key = at[0];
        (void)crypto_sign_seed_keypair(key->public_key, key->secret_key, at + 1);
    }
    return true;
}

/* ---- the seal ---- */

static void
number_put(uint8_t *at, uint32_t number, int bytes)
{
    for (int i = bytes; i-- > 0; number >>= BYTE) {
        at[i] = (uint8_t)number;
    }
}

static uint32_t
number_get(const uint8_t *at, int bytes)
{
    uint32_t number = 0;
    for (int i = 0; i < bytes; i++) {
        number = number << BYTE | at[i];
    }
    return number;
}

enum bw_status
bw_key_paper_seal(const struct bw_keys *keys, const char *phrase,
    const struct bw_backup_cost *cost, char ret_text[BW_KEY_LINES_TEXT_BYTES],
    size_t *ret_lines, struct bw_error *err)
{
    uint8_t sheet[BW_KEY_LINES_DATA_MAX], open[OPEN_MOST];
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    size_t length = open_write(keys, open), total = AT_SEALED + length + SEAL_BYTES;
    sheet[0] = VERSION;
    number_put(sheet + AT_TOTAL, (uint32_t)total, AT_PASSES - AT_TOTAL);
    sheet[AT_PASSES] = (uint8_t)cost->passes;
    number_put(sheet + AT_KIB, cost->kib, AT_SALT - AT_KIB);
    randombytes_buf(sheet + AT_SALT, AT_SEALED - AT_SALT);
    enum bw_status status = bw_backup_key(phrase, cost, sheet + AT_SALT, key, err);
    if (status == BW_OK) {
        (void)crypto_aead_xchacha20poly1305_ietf_encrypt(sheet + AT_SEALED, NULL, open,
            length, sheet, AT_SEALED, NULL, sheet + AT_NONCE, key);
        *ret_lines = bw_key_lines_write(sheet, total, ret_text);
    }
    sodium_memzero(key, sizeof key);
    sodium_memzero(open, sizeof open);
    return status;
}

/* KP2 */
static enum bw_status
head_check(const uint8_t *sheet, size_t length, struct bw_error *err)
{
    uint32_t total = length > AT_SEALED ? number_get(sheet + AT_TOTAL, 2) : 0;
    uint32_t kib = length > AT_SEALED ? number_get(sheet + AT_KIB, 4) : 0;
    if (length > AT_SEALED && sheet[0] > VERSION) {
        return bw_error_set(err, BW_NEWER, 0,
            "reading a key from paper: a newer program printed it; install that one");
    }
    bool fine = total >= AT_SEALED + OPEN_LEAST + SEAL_BYTES &&
                total <= AT_SEALED + OPEN_MOST + SEAL_BYTES && sheet[0] == VERSION &&
                sheet[AT_PASSES] >= 1 && sheet[AT_PASSES] <= PASSES_MAX &&
                kib >= KIB_LEAST && kib <= KIB_MAX;
    if (fine && total > length) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "reading a key from paper: line %02zu isn't there; type that one too",
            length / BW_KEY_LINE_DATA + 1);
    }
    return fine && length - total < BW_KEY_LINE_DATA
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "reading a key from paper: these are no lines of a key; take those "
                     "of the sheet with the key");
}

enum bw_status
bw_key_paper_open(
    const char *text, const char *phrase, struct bw_keys *ret_keys, struct bw_error *err)
{
    uint8_t sheet[BW_KEY_LINES_DATA_MAX], open[OPEN_MOST];
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    struct bw_keys keys = {.count = 0};
    size_t length = 0;
    enum bw_status status = bw_key_lines_read(text, sheet, &length, err);
    if (status == BW_OK) {
        status = head_check(sheet, length, err);
    }
    if (status != BW_OK) {
        return status;
    }
    size_t sealed = number_get(sheet + AT_TOTAL, 2) - AT_SEALED;
    const struct bw_backup_cost cost = {sheet[AT_PASSES], number_get(sheet + AT_KIB, 4)};
    status = bw_backup_key(phrase, &cost, sheet + AT_SALT, key, err);
    if (status == BW_OK &&
        (crypto_aead_xchacha20poly1305_ietf_decrypt(open, NULL, NULL, sheet + AT_SEALED,
             sealed, sheet, AT_SEALED, sheet + AT_NONCE, key) != 0 ||
            !open_read(open, sealed - SEAL_BYTES, &keys))) {
        status = bw_error_set(err, BW_REFUSED, 0,
            "reading a key from paper: this phrase doesn't open it; give the one that "
            "was shown when the sheet was made");
    }
    if (status == BW_OK) {
        *ret_keys = keys;
    }
    sodium_memzero(key, sizeof key);
    sodium_memzero(open, sizeof open);
    bw_keys_finish(&keys);
    return status;
}

/* ---- back into its file ---- */

struct own_keys {
    const struct bw_keys *keys;
    bool are;
};

/* A database from before there were such pairs has none. */
static bool
on_organiser(const struct bw_sql_value *columns, int count, void *context)
{
    struct own_keys *own = context;
    (void)count;
    own->are = columns[0].bytes != BW_PUBLIC_KEY_BYTES ||
               memcmp(own->keys->sign_public, columns[0].blob, BW_PUBLIC_KEY_BYTES) == 0;
    return false;
}

static enum bw_status
check_own(
    const struct bw_office *office, const struct bw_keys *keys, struct bw_error *err)
{
    struct own_keys own = {.keys = keys};
    enum bw_status status = bw_central_run(office->central,
        "SELECT sign_public FROM central", NULL, 0, on_organiser, &own, err);
    return status != BW_OK || own.are
               ? status
               : bw_error_set(err, BW_REFUSED, 0,
                     "reading a key from paper: it is another office's than %s; take "
                     "that one's sheet",
                     bw_central_name(office->central));
}

/* KP3 */
static enum bw_status
file_put(const struct bw_office *office, const struct bw_keys *keys, bool there,
    struct bw_error *err)
{
    struct bw_keys both = *keys;
    enum bw_status status = there ? bw_keys_load(office->key_path, &both, err) : BW_OK;
    if (status == BW_OK && there) {
        status = bw_keys_join(&both, keys, err);
    }
    if (status == BW_OK && !bw_central_is_check_only(office->central)) {
        status = bw_keys_write(office->key_path, &both, !there, err);
    }
    bw_keys_finish(&both);
    return status;
}

enum bw_status
bw_office_key_read(const struct bw_office *office, const char *text, const char *phrase,
    bool *ret_there, struct bw_error *err)
{
    struct bw_keys keys = {.count = 0};
    bool there = office->key_path[0] != '\0' && access(office->key_path, F_OK) == 0;
    if (office->key_path[0] == '\0') {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "reading a key from paper: it isn't known where it is to lie; give "
            "--key-file FILE");
    }
    enum bw_status status = bw_key_paper_open(text, phrase, &keys, err);
    if (status == BW_OK) {
        status = check_own(office, &keys, err);
    }
    if (status == BW_OK) {
        status = file_put(office, &keys, there, err);
    }
    bw_keys_finish(&keys);
    if (status == BW_OK) {
        *ret_there = there;
    }
    return status;
}
