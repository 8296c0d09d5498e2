/* ISO 18004, 7.4.4: mode 0010, nine bits of length, eleven for each two characters, four
 * of end, zeros to the next word, then EC and 11 by turns. Pure. */
#include "ticket_words.h"

enum {
    MODULES = 37,
    LEVEL_M = 0, /* as the format has it */
    BLOCKS = 2,
    BLOCK_WORDS = 43,
    LAST_CHARACTER = 651, /* its six bits begin with three that 0 to 5 don't use */
    DATA_ENDS = 657,
    WORDS = 86,
};

/* 0010 001110101, "BW" = 11 * 45 + 32, "1:" = 45 + 44 */
#define HEAD "00100011101010100000111100001011001"

enum { HEAD_BITS = sizeof HEAD - 1 };

/* 0 or 1; -1 where each ticket has its own. */
static int
known_bit(int at)
{
    if (at < HEAD_BITS) {
        return HEAD[at] == '1';
    }
    if (at >= DATA_ENDS && at / 8 >= 83) {
        int word = at / 8 % 2 ? 0xEC : 0x11;
        return word >> (7 - at % 8) & 1;
    }
    return at >= DATA_ENDS || (at >= LAST_CHARACTER && at < LAST_CHARACTER + 3) ? 0 : -1;
}

static int
cell_of(const struct bw_codewords *codewords, int at)
{
    int word = at / 8;
    return codewords
        ->cell[8 * (word % BLOCK_WORDS * BLOCKS + word / BLOCK_WORDS) + at % 8];
}

void
bw_ticket_words_tell(const struct bw_codewords *codewords, uint32_t format,
    const uint8_t *cells, int8_t *inout_told)
{
    int all = 0, same = 0;
    if (codewords->modules != MODULES || bw_codewords_level(format) != LEVEL_M) {
        return;
    }
    for (int at = 0; at < 8 * WORDS; at++) {
        int bit = known_bit(at);
        if (bit >= 0) {
            int cell = cell_of(codewords, at);
            all++;
            same +=
                cells[cell] == (bit != bw_codewords_is_masked(codewords, format, cell));
        }
    }
    for (int at = 0; at < 8 * WORDS && 5 * same >= 4 * all; at++) {
        int bit = known_bit(at);
        if (bit >= 0) {
            int cell = cell_of(codewords, at);
            inout_told[cell] =
                (int8_t)(bit != bw_codewords_is_masked(codewords, format, cell));
        }
    }
}
