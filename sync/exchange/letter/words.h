/* Four check words of an introduction: kiosk and office show them, and people compare.
 *
 * Plain Dutch words of three to eight letters, ASCII, told apart by ear. Any thread;
 * nothing here fails. */
#ifndef BW_LETTER_WORDS_H
#define BW_LETTER_WORDS_H

#include <brugwachter/ticket.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_CHECK_WORDS = 4, BW_CHECK_WORD_BYTES = 9, BW_CHECK_WORDS_BYTES = 36 };

/* "molen dijk appel brug": from BLAKE2b-256("BWL-words", sign, box, store_id), a byte a
 * word, out of 256. */
void bw_check_words(const uint8_t sign[BW_PUBLIC_KEY_BYTES],
    const uint8_t box[BW_BOX_KEY_BYTES], const uint8_t store_id[32],
    char ret_words[BW_CHECK_WORDS_BYTES]);

#ifdef __cplusplus
}
#endif

#endif
