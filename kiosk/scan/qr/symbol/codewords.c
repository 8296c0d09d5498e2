/* Blocks are tried with no erasure first, as zbar would; then with ever more of the words
 * that are least sure. With erasures, what comes out is believed only where a wrong block
 * has less than one chance in 2^30 to come out so. Pure. */
#include "codewords.h"

#include "solomon.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { SURE_BITS = 30, LEVELS = 4, VERSIONS = 40 };

/* ISO 18004, table 9, by level (L M Q H) and version. */
static const uint8_t checks_a_block[LEVELS][VERSIONS] = {
    {7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28,
        28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26,
        28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28},
    {13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28,
        30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30,
        24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
};
static const uint8_t blocks_of[LEVELS][VERSIONS] = {
    {1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12,
        13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25},
    {1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21,
        23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49},
    {1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27,
        29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68},
    {1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32,
        35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81},
};

/* How the words share out: the first `short_blocks` have one word of data less. */
struct shares {
    int blocks, checks, short_blocks, short_data;
};

struct block {
    int count, data;
    uint16_t at[BW_SOLOMON_WORDS_MAX]; /* which word of the symbol */
    uint8_t words[BW_SOLOMON_WORDS_MAX];
    float sure[BW_SOLOMON_WORDS_MAX];
};

static bool
is_format(int modules, int x, int y)
{
    return (x == 8 && (y <= 8 || y >= modules - 8)) ||
           (y == 8 && (x <= 8 || x >= modules - 8));
}

/* Up and down in columns of two from the right, round the function patterns. */
void
bw_codewords_place(struct bw_codewords *codewords, int modules, const int8_t *pattern)
{
    if (codewords->modules == modules) {
        return;
    }
    int bits = 0;
    for (int right = modules - 1; right > 0; right -= 2) {
        right = right == 6 ? 5 : right;
        bool up = ((right + 1) & 2) == 0;
        for (int i = 0; i < 2 * modules; i++) {
            int x = right - i % 2, y = up ? modules - 1 - i / 2 : i / 2;
            int cell = y * modules + x;
            if (pattern[cell] < 0 && !is_format(modules, x, y)) {
                codewords->cell[bits++] = (uint16_t)cell;
            }
        }
    }
    codewords->modules = modules;
    codewords->count = bits / 8;
}

static bool
is_masked(int mask, int x, int y)
{
    switch (mask) {
    case 0:
        return (x + y) % 2 == 0;
    case 1:
        return y % 2 == 0;
    case 2:
        return x % 3 == 0;
    case 3:
        return (x + y) % 3 == 0;
    case 4:
        return (x / 3 + y / 2) % 2 == 0;
    case 5:
        return x * y % 2 + x * y % 3 == 0;
    case 6:
        return (x * y % 2 + x * y % 3) % 2 == 0;
    default:
        return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
}

static int
mask_of(uint32_t format)
{
    return (int)((format ^ 0x5412) >> 10 & 7);
}

int
bw_codewords_level(uint32_t format)
{
    return (int)((format ^ 0x5412) >> 13 & 3);
}

bool
bw_codewords_is_masked(const struct bw_codewords *codewords, uint32_t format, int cell)
{
    return is_masked(
        mask_of(format), cell % codewords->modules, cell / codewords->modules);
}

static struct shares
shares_of(const struct bw_codewords *codewords, uint32_t format)
{
    static const int levels[LEVELS] = {1, 0, 3, 2}; /* the format's bits: M L H Q */
    int level = levels[bw_codewords_level(format)];
    int version = bw_symbol_version(codewords->modules);
    struct shares shares = {.blocks = blocks_of[level][version - 1],
        .checks = checks_a_block[level][version - 1]};
    shares.short_blocks = shares.blocks - codewords->count % shares.blocks;
    shares.short_data = codewords->count / shares.blocks - shares.checks;
    return shares;
}

/* Words go round the blocks; the longer ones' last word of data comes
 * after all others'. */
static void
place_block(const struct shares *shares, int which, struct block *ret_block)
{
    int data = shares->short_data + (which >= shares->short_blocks);
    int all_data =
        shares->short_data * shares->blocks + shares->blocks - shares->short_blocks;
    ret_block->data = data;
    ret_block->count = data + shares->checks;
    for (int i = 0; i < ret_block->count; i++) {
        int at = i < shares->short_data ? i * shares->blocks + which
                 : i < data ? i * shares->blocks + which - shares->short_blocks
                            : all_data + (i - data) * shares->blocks + which;
        ret_block->at[i] = (uint16_t)at;
    }
}

static void
take_block(const struct bw_codewords *codewords, int mask, const float *sure,
    const uint8_t *cells, struct block *block)
{
    for (int i = 0; i < block->count; i++) {
        const uint16_t *cell = &codewords->cell[8 * block->at[i]];
        unsigned word = 0;
        float least = INFINITY;
        for (int k = 0; k < 8; k++) {
            int x = cell[k] % codewords->modules, y = cell[k] / codewords->modules;
            word = word << 1 | (cells[cell[k]] != is_masked(mask, x, y));
            least = sure ? fminf(least, sure[cell[k]]) : least;
        }
        block->words[i] = (uint8_t)word;
        block->sure[i] = least;
    }
}

static void
give_block(const struct bw_codewords *codewords, int mask, const struct block *block,
    uint8_t *cells)
{
    for (int i = 0; i < block->count; i++) {
        const uint16_t *cell = &codewords->cell[8 * block->at[i]];
        for (int k = 0; k < 8; k++) {
            int x = cell[k] % codewords->modules, y = cell[k] / codewords->modules;
            cells[cell[k]] = (block->words[i] >> (7 - k) & 1) != is_masked(mask, x, y);
        }
    }
}

/* The least sure words, up to `most`, least first. */
static int
doubtful(const struct block *block, int most, uint8_t *ret_places)
{
    int count = 0;
    assert(most > 0);
    for (int i = 0; i < block->count; i++) {
        int at = count < most ? count++ : most;
        if (at == most && block->sure[ret_places[--at]] <= block->sure[i]) {
            continue;
        }
        for (; at > 0 && block->sure[ret_places[at - 1]] > block->sure[i]; at--) {
            ret_places[at] = ret_places[at - 1];
        }
        ret_places[at] = (uint8_t)i;
    }
    return count;
}

/* How unlikely it is, in bits, that a block which is something else comes out with
 * so many errors: of the words that aren't erased any may be wrong, in 255 ways, and
 * each check word that is left agrees by chance in one of 256. */
static float
surety_bits(int words, int errors, int spare)
{
    float bits = 8 * (float)(errors + spare);
    for (int i = 0; i < errors; i++) {
        bits -= log2f((float)(words - i) / (float)(i + 1));
    }
    return bits;
}

static bool
correct_block(struct block *block, int checks, bool sorted)
{
    uint8_t erased[BW_SOLOMON_CHECKS_MAX];
    if (bw_solomon_correct(block->words, block->count, checks, erased, 0) >= 0) {
        return true;
    }
    int most = sorted ? doubtful(block, checks, erased) : 0;
    for (int erasures = 2 - most % 2; erasures <= most; erasures += 2) {
        uint8_t words[BW_SOLOMON_WORDS_MAX];
        memcpy(words, block->words, (size_t)block->count);
        int errors = bw_solomon_correct(words, block->count, checks, erased, erasures);
        int spare = checks - erasures - 2 * errors;
        if (errors >= 0 &&
            surety_bits(block->count - erasures, errors, spare) >= SURE_BITS) {
            memcpy(block->words, words, (size_t)block->count);
            return true;
        }
    }
    return false;
}

static void
tell_block(const struct bw_codewords *codewords, const struct block *block,
    const uint8_t *cells, int8_t *inout_told)
{
    for (int i = 0; i < block->count; i++) {
        const uint16_t *cell = &codewords->cell[8 * block->at[i]];
        for (int k = 0; k < 8; k++) {
            inout_told[cell[k]] = (int8_t)cells[cell[k]];
        }
    }
}

bool
bw_codewords_correct(const struct bw_codewords *codewords, uint32_t format,
    const float *sure, uint8_t *cells, int8_t *inout_told)
{
    struct shares shares = shares_of(codewords, format);
    int mask = mask_of(format), right = 0;
    struct block block;
    uint8_t kept[BW_SYMBOL_CELLS];
    size_t count = (size_t)(codewords->modules * codewords->modules);
    memcpy(kept, cells, count);
    for (int i = 0; i < shares.blocks && (right == i || inout_told); i++) {
        place_block(&shares, i, &block);
        take_block(codewords, mask, sure, cells, &block);
        if (correct_block(&block, shares.checks, sure)) {
            give_block(codewords, mask, &block, cells);
            right++;
            if (inout_told) {
                tell_block(codewords, &block, cells, inout_told);
            }
        }
    }
    if (right < shares.blocks) {
        memcpy(cells, kept, count);
    }
    return right == shares.blocks;
}
