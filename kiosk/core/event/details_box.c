/* Details under their session's key: see brugwachter/event.h. Any thread. */
#include <brugwachter/event.h>

#include "core/base/wire.h"

#include <sodium.h>

enum { NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };

_Static_assert(NONCE_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES ==
                   BW_DETAILS_SEALED_MORE_BYTES,
    "the room that the header promises");

size_t
bw_details_seal(const uint8_t key[BW_DETAILS_KEY_BYTES],
    const uint8_t hash[BW_HASH_BYTES], const void *bytes, size_t length,
    uint8_t *ret_sealed)
{
    randombytes_buf(ret_sealed, NONCE_BYTES);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(ret_sealed + NONCE_BYTES, NULL,
        bytes, length, hash, BW_HASH_BYTES, NULL, ret_sealed, key);
    return length + BW_DETAILS_SEALED_MORE_BYTES;
}

bool
bw_details_open(const uint8_t key[BW_DETAILS_KEY_BYTES],
    const uint8_t hash[BW_HASH_BYTES], const uint8_t *sealed, size_t sealed_bytes,
    uint8_t *ret_bytes, size_t *ret_length)
{
    if (sealed_bytes < BW_DETAILS_SEALED_MORE_BYTES ||
        crypto_aead_xchacha20poly1305_ietf_decrypt(ret_bytes, NULL, NULL,
            sealed + NONCE_BYTES, sealed_bytes - NONCE_BYTES, hash, BW_HASH_BYTES, sealed,
            key) != 0) {
        return false;
    }
    *ret_length = sealed_bytes - BW_DETAILS_SEALED_MORE_BYTES;
    return true;
}

void
bw_details_lan_key(const uint8_t brought[BW_DETAILS_KEY_BYTES], uint32_t session_no,
    uint8_t ret_key[BW_DETAILS_KEY_BYTES])
{
    uint8_t text[sizeof "BWL-lan-key" - 1 + 4] = "BWL-lan-key";
    struct wire_writer writer = {text + sizeof text - 4};
    wire_put(&writer, 4, session_no);
    (void)crypto_generichash(
        ret_key, BW_DETAILS_KEY_BYTES, text, sizeof text, brought, BW_DETAILS_KEY_BYTES);
}
