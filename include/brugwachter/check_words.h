/* Four check words of a kiosk's introduction: kiosk and office show them, and people
 * compare.
 *
 * Plain Dutch words of three to eight letters, ASCII, told apart by ear. Any thread;
 * nothing here fails. */
#ifndef BRUGWACHTER_CHECK_WORDS_H
#define BRUGWACHTER_CHECK_WORDS_H

#include <stdint.h>

enum { BW_CHECK_WORDS = 4, BW_CHECK_WORD_BYTES = 9, BW_CHECK_WORDS_BYTES = 36 };

/* "molen dijk appel brug": a word a byte of `number`, the highest first, out of 256. The
 * caller's ret_words have room for the longest four, blanks and NUL: 36 bytes. */
void bw_check_words_say(uint32_t number, char ret_words[BW_CHECK_WORDS_BYTES]);

#endif
