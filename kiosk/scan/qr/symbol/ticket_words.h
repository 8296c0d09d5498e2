/* What a ticket's symbol says in any case (design: version 5, level M, 117 characters,
 * "BW1:" first, the last of 0 to 5, padding after them): with less to be read of it, more
 * damage can be mended. */
#ifndef BW_SCAN_TICKET_WORDS_H
#define BW_SCAN_TICKET_WORDS_H

#include "codewords.h"

/* Puts those modules into `inout_told` (-1 not known, else 0 light, 1 dark), if `cells`,
 * of that format, agree with four in five of them; else leaves it. Pure; any
 * thread. */
void bw_ticket_words_tell(const struct bw_codewords *codewords, uint32_t format,
    const uint8_t *cells, int8_t *inout_told);

#endif
