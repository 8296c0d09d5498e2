/* The code words of a symbol: where their bits stand, how they share out over blocks, and
 * their correction before zbar reads them (ISO 18004, 7.5 to 7.7).
 *
 * A module whose grey lies near the threshold (glare, a finger's edge, a fold) is worth
 * less than one that is clearly dark or light; only whoever saw the picture knows. So the
 * doubtful code words count as erased here, which nearly doubles what can be mended, and
 * zbar is given symbols without errors. Pure, on the caller's memory; any thread. */
#ifndef BW_SCAN_CODEWORDS_H
#define BW_SCAN_CODEWORDS_H

#include "symbol.h"

#include <stdbool.h>

enum { BW_CODEWORDS_MAX = 3706 };

/* Where the words of one size of symbol stand; 70 kB. */
struct bw_codewords {
    int modules; /* 0: not made */
    int count;
    uint16_t cell[8 * BW_CODEWORDS_MAX]; /* of each bit, the highest of a word first */
};

/* Makes the places for symbols of that size, unless they are made;
 * `pattern` is that of bw_symbol_pattern(). */
void bw_codewords_place(
    struct bw_codewords *codewords, int modules, const int8_t *pattern);

/* The format's two bits of level: 1 L, 0 M, 3 Q, 2 H. */
int bw_codewords_level(uint32_t format);

/* Does the format's mask turn that module over? */
bool bw_codewords_is_masked(
    const struct bw_codewords *codewords, uint32_t format, int cell);

/* Corrects the data of `cells`, whose format is known, in place. `sure` says of each
 * module how far it is from the threshold; NULL: all alike. False, and cells as they
 * were, when a block can't be corrected. The modules of blocks that can go into
 * `inout_told` (-1 not known, else the module); NULL: the first that can't ends it. */
bool bw_codewords_correct(const struct bw_codewords *codewords, uint32_t format,
    const float *sure, uint8_t *cells, int8_t *inout_told);

#endif
