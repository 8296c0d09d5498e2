/* See words.h. */
#include "exchange/letter/words.h"

#include <sodium.h>

uint32_t
bw_check_number(const uint8_t sign[BW_PUBLIC_KEY_BYTES],
    const uint8_t box[BW_BOX_KEY_BYTES], const uint8_t store_id[32])
{
    static const char context[] = "BWL-words";
    unsigned char digest[32];
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, sizeof digest);
    (void)crypto_generichash_update(
        &state, (const unsigned char *)context, sizeof context - 1);
    (void)crypto_generichash_update(&state, sign, BW_PUBLIC_KEY_BYTES);
    (void)crypto_generichash_update(&state, box, BW_BOX_KEY_BYTES);
    (void)crypto_generichash_update(&state, store_id, 32);
    (void)crypto_generichash_final(&state, digest, sizeof digest);
    return (uint32_t)digest[0] << 24 | (uint32_t)digest[1] << 16 |
           (uint32_t)digest[2] << 8 | digest[3];
}

void
bw_letter_check_words(const uint8_t sign[BW_PUBLIC_KEY_BYTES],
    const uint8_t box[BW_BOX_KEY_BYTES], const uint8_t store_id[32],
    char ret_words[BW_CHECK_WORDS_BYTES])
{
    bw_check_words_say(bw_check_number(sign, box, store_id), ret_words);
}
