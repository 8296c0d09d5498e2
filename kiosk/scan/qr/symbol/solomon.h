/* Reed-Solomon as QR symbols have it: GF(256) by x^8 + x^4 + x^3 + x^2 + 1, roots a^0 to
 * a^(checks - 1) (ISO 18004, 7.5.2). Corrects errors and, at half their price, erasures:
 * code words of which is known that they may be wrong. Pure; any thread. */
#ifndef BW_SCAN_SOLOMON_H
#define BW_SCAN_SOLOMON_H

#include <stdint.h>

enum { BW_SOLOMON_WORDS_MAX = 255, BW_SOLOMON_CHECKS_MAX = 30 };

/* Corrects a block of `count` code words, the last `checks` of them for correction, in
 * place. `erased` are places in the block. Returns how many words that weren't erased had
 * to be changed; -1, and the block as it was, where it can't be corrected. */
int bw_solomon_correct(
    uint8_t *words, int count, int checks, const uint8_t *erased, int erasures);

#endif
