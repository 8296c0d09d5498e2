/* The pair's secret half under a staff card: see brugwachter/store_names.h.
 *
 * nonce (24), then the secret key under BLAKE2b-256("BWM-key", the store's id) keyed with
 * the card's secret, by XChaCha20-Poly1305 with the public key as associated data (48).
 * Nobody guesses 256 random bits: unlike a PIN's this wrap needs no slow hash, and no
 * count of misses. Two kiosks of one card have nothing in common. */
#include "names.h"

#include <brugwachter/staff_card.h>
#include <sodium.h>
#include <string.h>

#define NAMES_CARD "names_card"

enum {
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    SEALED_BYTES = NAMES_KEY_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    WRAP_BYTES = NONCE_BYTES + SEALED_BYTES,
};

static const char context[] = "BWM-key"; /* hashed before the store's id */

static void
derive(const struct bw_store *store, const uint8_t secret[BW_STAFF_CARD_BYTES],
    uint8_t ret_key[NAMES_KEY_BYTES])
{
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, secret, BW_STAFF_CARD_BYTES, NAMES_KEY_BYTES);
    (void)crypto_generichash_update(&state, (const uint8_t *)context, sizeof context - 1);
    (void)crypto_generichash_update(&state, store->id, sizeof store->id);
    (void)crypto_generichash_final(&state, ret_key, NAMES_KEY_BYTES);
    sodium_memzero(&state, sizeof state);
}

static bool
unwrap(const struct bw_store *store, const uint8_t wrap[WRAP_BYTES],
    const uint8_t secret[BW_STAFF_CARD_BYTES], struct bw_names_key *key)
{
    uint8_t by[NAMES_KEY_BYTES];
    memcpy(key->public_key, store->names.public_key, sizeof key->public_key);
    derive(store, secret, by);
    bool opened = crypto_aead_xchacha20poly1305_ietf_decrypt(key->secret_key, NULL, NULL,
                      wrap + NONCE_BYTES, SEALED_BYTES, key->public_key, NAMES_KEY_BYTES,
                      wrap, by) == 0;
    sodium_memzero(by, sizeof by);
    return opened;
}

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "Opening the names of this kiosk with a card failed: the memory is used up. End "
        "other programs, then hold the card up again.");
}

enum bw_status
bw_store_names_unlock_card(struct bw_store *store,
    const uint8_t secret[BW_STAFF_CARD_BYTES], bool *ret_fits, struct bw_error *err)
{
    uint8_t wrap[WRAP_BYTES];
    bool found = false;
    enum bw_status status = bw_store_names_load(store, err);
    if (status == BW_OK && store->names.sealed) {
        status = bw_store_get_bytes(store, NAMES_CARD, wrap, sizeof wrap, &found, err);
    }
    if (status != BW_OK) {
        return status;
    }
    if (!found) {
        *ret_fits = false;
        return BW_OK;
    }
    struct bw_names_key *key = bw_store_names_key_new();
    if (key == NULL) {
        return no_memory(err);
    }
    bool fits = unwrap(store, wrap, secret, key);
    if (fits && store->names.key == NULL) {
        store->names.key = key;
    } else {
        bw_store_names_drop(key);
    }
    *ret_fits = fits;
    return BW_OK;
}

bool
bw_store_names_has_card(struct bw_store *store)
{
    uint8_t wrap[WRAP_BYTES];
    bool found = false;
    return bw_store_get_bytes(store, NAMES_CARD, wrap, sizeof wrap, &found, NULL) ==
               BW_OK &&
           found;
}

enum bw_status
bw_store_names_keep_card(struct bw_store *store,
    const uint8_t secret[BW_STAFF_CARD_BYTES], struct bw_error *err)
{
    uint8_t wrap[WRAP_BYTES], by[NAMES_KEY_BYTES];
    enum bw_status status = bw_store_names_load(store, err);
    const struct bw_names_key *key = store->names.key;
    if (status != BW_OK) {
        return status;
    }
    if (key == NULL) {
        return bw_error_set(err, BW_REFUSED, 0,
            "Taking a staff card for %s failed: its names aren't open. Give the staff "
            "PIN, then hold the card up again.",
            store->path);
    }
    derive(store, secret, by);
    randombytes_buf(wrap, NONCE_BYTES);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(wrap + NONCE_BYTES, NULL,
        key->secret_key, NAMES_KEY_BYTES, key->public_key, NAMES_KEY_BYTES, NULL, wrap,
        by);
    sodium_memzero(by, sizeof by);
    return bw_store_set_bytes(store, NAMES_CARD, wrap, sizeof wrap, err);
}
