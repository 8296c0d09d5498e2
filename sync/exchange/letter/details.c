/* Details encrypted once more for their session: see letter.h. */
#include "exchange/letter/framing.h"

size_t
bw_letter_details_seal(const uint8_t key[BW_DETAILS_KEY_BYTES], const uint8_t hash[32],
    const void *bytes, size_t bytes_count, uint8_t *ret_sealed)
{
    randombytes_buf(ret_sealed, NONCE_BYTES);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(ret_sealed + NONCE_BYTES, NULL,
        bytes, bytes_count, hash, 32, NULL, ret_sealed, key);
    return bytes_count + BW_DETAILS_SEALED_MORE_BYTES;
}

bool
bw_letter_details_open(const uint8_t key[BW_DETAILS_KEY_BYTES], const uint8_t hash[32],
    const uint8_t *sealed, size_t sealed_bytes, uint8_t *ret_bytes, size_t *ret_count)
{
    if (sealed_bytes < BW_DETAILS_SEALED_MORE_BYTES ||
        crypto_aead_xchacha20poly1305_ietf_decrypt(ret_bytes, NULL, NULL,
            sealed + NONCE_BYTES, sealed_bytes - NONCE_BYTES, hash, 32, sealed,
            key) != 0) {
        return false;
    }
    *ret_count = sealed_bytes - BW_DETAILS_SEALED_MORE_BYTES;
    return true;
}
