/* The check words of an introduction. Any thread; nothing here fails. */
#ifndef BW_LETTER_WORDS_H
#define BW_LETTER_WORDS_H

#include <brugwachter/check_words.h>
#include <brugwachter/ticket.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The first four bytes of BLAKE2b-256("BWL-words", sign, box, store_id), big-endian: what
 * bw_check_words_say takes. */
uint32_t bw_check_number(const uint8_t sign[BW_PUBLIC_KEY_BYTES],
    const uint8_t box[BW_BOX_KEY_BYTES], const uint8_t store_id[32]);
/* Those in words. */
void bw_letter_check_words(const uint8_t sign[BW_PUBLIC_KEY_BYTES],
    const uint8_t box[BW_BOX_KEY_BYTES], const uint8_t store_id[32],
    char ret_words[BW_CHECK_WORDS_BYTES]);

#ifdef __cplusplus
}
#endif

#endif
