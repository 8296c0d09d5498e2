/* The pair's secret half under a PIN: see names.h.
 *
 * passes (4), KiB (4), salt (16), nonce (24), the secret key under Argon2id of the PIN by
 *   XChaCha20-Poly1305 with the public key as associated data (48), and of which PIN hash
 *   (BLAKE2b-128, 16). */
#include "names.h"

#include "core/base/wire.h"

#include <sodium.h>
#include <string.h>

enum {
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    SEALED_BYTES = NAMES_KEY_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    TAG_BYTES = 16,
    AT_SALT = 8,
    AT_NONCE = AT_SALT + crypto_pwhash_SALTBYTES,
    AT_SEALED = AT_NONCE + NONCE_BYTES,
    AT_TAG = AT_SEALED + SEALED_BYTES,
    /* What a file may ask of this machine: a damaged one must not stop the desk. */
    PASSES_MAX = 8,
    KIB_MAX = 256 * 1024,
};

_Static_assert(AT_TAG + TAG_BYTES == NAMES_WRAP_BYTES, "the whole of it");

static void
tag_of(const char *pin_hash, uint8_t ret_tag[TAG_BYTES])
{
    (void)crypto_generichash(
        ret_tag, TAG_BYTES, (const uint8_t *)pin_hash, strlen(pin_hash), NULL, 0);
}

bool
bw_store_names_wrap_is_of(const uint8_t wrap[NAMES_WRAP_BYTES], const char *pin_hash)
{
    uint8_t tag[TAG_BYTES];
    tag_of(pin_hash, tag);
    return memcmp(tag, wrap + AT_TAG, TAG_BYTES) == 0;
}

/* By the passes, memory and salt at the wrap's head. */
static enum bw_status
derive(const uint8_t wrap[NAMES_WRAP_BYTES], const char *pin,
    uint8_t ret_key[NAMES_KEY_BYTES], struct bw_error *err)
{
    struct wire_reader reader = {.at = wrap, .left = AT_SALT};
    uint64_t passes = wire_get(&reader, 4);
    size_t kib = (size_t)wire_get(&reader, 4);
    if (crypto_pwhash(ret_key, NAMES_KEY_BYTES, pin, strlen(pin), wrap + AT_SALT, passes,
            kib * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "Opening the names of this kiosk failed: the %zu MiB that it takes aren't "
            "there. End other programs, then give the PIN again.",
            kib / 1024);
    }
    return BW_OK;
}

enum bw_status
bw_store_names_wrap(const struct bw_names_key *key, const char *pin, const char *pin_hash,
    uint8_t ret_wrap[NAMES_WRAP_BYTES], struct bw_error *err)
{
    uint8_t wrap[NAMES_WRAP_BYTES], by[NAMES_KEY_BYTES];
    struct wire_writer writer = {wrap};
    wire_put(&writer, 4, crypto_pwhash_OPSLIMIT_INTERACTIVE);
    wire_put(&writer, 4, crypto_pwhash_MEMLIMIT_INTERACTIVE / 1024);
    randombytes_buf(wrap + AT_SALT, AT_SEALED - AT_SALT);
    enum bw_status status = derive(wrap, pin, by, err);
    if (status != BW_OK) {
        return status;
    }
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(wrap + AT_SEALED, NULL,
        key->secret_key, NAMES_KEY_BYTES, key->public_key, NAMES_KEY_BYTES, NULL,
        wrap + AT_NONCE, by);
    sodium_memzero(by, sizeof by);
    tag_of(pin_hash, wrap + AT_TAG);
    memcpy(ret_wrap, wrap, sizeof wrap);
    return BW_OK;
}

static bool
is_sane(const uint8_t wrap[NAMES_WRAP_BYTES])
{
    struct wire_reader reader = {.at = wrap, .left = AT_SALT};
    uint64_t passes = wire_get(&reader, 4);
    uint64_t kib = wire_get(&reader, 4);
    return passes >= crypto_pwhash_OPSLIMIT_MIN && passes <= PASSES_MAX &&
           kib >= crypto_pwhash_MEMLIMIT_MIN / 1024 && kib <= KIB_MAX;
}

enum bw_status
bw_store_names_unwrap(const uint8_t wrap[NAMES_WRAP_BYTES],
    const uint8_t public_key[NAMES_KEY_BYTES], const char *pin,
    struct bw_names_key **ret_key, struct bw_error *err)
{
    uint8_t by[NAMES_KEY_BYTES];
    if (!is_sane(wrap)) {
        *ret_key = NULL;
        return BW_OK;
    }
    enum bw_status status = derive(wrap, pin, by, err);
    struct bw_names_key *key = status == BW_OK ? bw_store_names_key_new() : NULL;
    if (status == BW_OK && key == NULL) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "Opening the names of this kiosk failed: the memory is used up. End other "
            "programs, then give the PIN again.");
    }
    if (status != BW_OK) {
        return status;
    }
    memcpy(key->public_key, public_key, NAMES_KEY_BYTES);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(key->secret_key, NULL, NULL,
            wrap + AT_SEALED, SEALED_BYTES, public_key, NAMES_KEY_BYTES, wrap + AT_NONCE,
            by) != 0) {
        bw_store_names_drop(key);
        key = NULL;
    }
    sodium_memzero(by, sizeof by);
    *ret_key = key;
    return BW_OK;
}
