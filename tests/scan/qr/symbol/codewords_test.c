/* Correction of code words, against symbols that libqrencode made. */
#include "scan/qr/symbol/codewords.h"

#include "tests/scan/qr/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct scan_symbol symbol;
static struct bw_codewords codewords;
static int8_t pattern[BW_SYMBOL_CELLS];
static uint8_t cells[BW_SYMBOL_CELLS];
static float sure[BW_SYMBOL_CELLS];

static uint32_t
encode(int version, int level)
{
    int wrong = 0;
    assert_true(scan_symbol_encode("BRUG", version, level, &symbol));
    bw_symbol_pattern(symbol.modules, pattern);
    bw_codewords_place(&codewords, symbol.modules, pattern);
    memcpy(cells, symbol.cells, sizeof cells);
    for (int i = 0; i < BW_SYMBOL_CELLS; i++) {
        sure[i] = 100;
    }
    return bw_symbol_read_format(symbol.modules, symbol.cells, &wrong);
}

/* Makes a word wrong in a place that the seed says; unsure when asked. */
static void
spoil(int word, bool unsure, uint32_t *seed)
{
    unsigned bits = 1 + (unsigned)(scan_random(seed) * 254.99);
    for (int k = 0; k < 8; k++) {
        uint16_t cell = codewords.cell[8 * word + k];
        cells[cell] = (uint8_t)(cells[cell] ^ (bits >> k & 1));
        sure[cell] = unsure ? (float)k : 100;
    }
}

static void
assert_mended(void)
{
    assert_memory_equal(cells, symbol.cells, (size_t)(symbol.modules * symbol.modules));
}

static void
words_of_every_version_and_level_are_whole(void **state)
{
    (void)state;
    for (int version = 1; version <= 40; version++) {
        for (int level = 0; level < 4; level++) {
            uint32_t format = encode(version, level), seed = 7;
            assert_true(bw_codewords_correct(&codewords, format, NULL, cells, NULL));
            assert_mended();
            /* Two words apart by more than a block count never share all their faults. */
            spoil(0, false, &seed);
            spoil(codewords.count - 1, false, &seed);
            assert_true(bw_codewords_correct(&codewords, format, NULL, cells, NULL));
            assert_mended();
        }
    }
}

/* Version 3 at level L: one block of 70 words, 15 of them for correction. */
static void
seven_errors_of_fifteen_checks_are_mended_and_eight_are_not(void **state)
{
    (void)state;
    uint32_t seed = 3;
    for (int errors = 1; errors <= 8; errors++) {
        uint32_t format = encode(3, 0);
        for (int i = 0; i < errors; i++) {
            spoil(5 + 8 * i, false, &seed);
        }
        uint8_t spoilt[BW_SYMBOL_CELLS];
        memcpy(spoilt, cells, sizeof spoilt);
        assert_int_equal(
            bw_codewords_correct(&codewords, format, NULL, cells, NULL), errors <= 7);
        if (errors <= 7) {
            assert_mended();
        } else {
            assert_memory_equal(cells, spoilt, sizeof spoilt);
        }
    }
}

static void
doubtful_words_cost_half(void **state)
{
    (void)state;
    uint32_t seed = 4;
    uint32_t format = encode(3, 0);
    for (int i = 0; i < 11; i++) {
        spoil(3 + 6 * i, true, &seed);
    }
    uint8_t spoilt[BW_SYMBOL_CELLS];
    memcpy(spoilt, cells, sizeof spoilt);
    assert_false(bw_codewords_correct(&codewords, format, NULL, cells, NULL));
    assert_memory_equal(cells, spoilt, sizeof spoilt);
    assert_true(bw_codewords_correct(&codewords, format, sure, cells, NULL));
    assert_mended();
    /* Eight in doubt and one that isn't. */
    format = encode(3, 0);
    for (int i = 0; i < 9; i++) {
        spoil(3 + 6 * i, i > 0, &seed);
    }
    assert_true(bw_codewords_correct(&codewords, format, sure, cells, NULL));
    assert_mended();
}

/* Version 5 at level M: two blocks whose words stand by turns. */
static void
blocks_that_come_out_right_are_told_when_others_do_not(void **state)
{
    (void)state;
    uint32_t seed = 9, format = encode(5, 1);
    int8_t told[BW_SYMBOL_CELLS];
    for (int i = 0; i < 13; i++) {
        spoil(1 + 2 * (20 + 3 * i), false, &seed);
    }
    spoil(0, false, &seed);
    uint8_t spoilt[BW_SYMBOL_CELLS];
    memcpy(spoilt, cells, sizeof spoilt);
    memcpy(told, pattern, sizeof told);
    assert_false(bw_codewords_correct(&codewords, format, sure, cells, told));
    assert_memory_equal(cells, spoilt, sizeof spoilt);
    for (int i = 0; i < 8 * codewords.count; i++) {
        int cell = codewords.cell[i];
        assert_int_equal(told[cell], i / 8 % 2 ? -1 : (int)symbol.cells[cell]);
    }
}

/* Many errors among few erasures are as unlikely as check words left over. */
static void
errors_count_as_surety(void **state)
{
    (void)state;
    uint32_t seed = 10, format = encode(5, 1);
    for (int i = 0; i < 12; i++) {
        spoil(8 + 2 * i, true, &seed);
    }
    for (int i = 0; i < 5; i++) {
        spoil(60 + 2 * i, false, &seed);
    }
    assert_true(bw_codewords_correct(&codewords, format, sure, cells, NULL));
    assert_mended();
}

/* SC3: what isn't the symbol's own isn't corrected into one. The smallest blocks, in
 * which most by far looks right by chance. */
static void
nothing_is_mended_into_a_symbol_from_noise(void **state)
{
    (void)state;
    uint32_t seed = 5;
    uint32_t format = encode(2, 0);
    for (int i = 0; i < 20000; i++) {
        for (int k = 0; k < symbol.modules * symbol.modules; k++) {
            cells[k] = scan_random(&seed) < 0.5;
            sure[k] = (float)scan_random(&seed);
        }
        assert_false(bw_codewords_correct(&codewords, format, sure, cells, NULL));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_every_version_and_level_are_whole),
        cmocka_unit_test(seven_errors_of_fifteen_checks_are_mended_and_eight_are_not),
        cmocka_unit_test(doubtful_words_cost_half),
        cmocka_unit_test(blocks_that_come_out_right_are_told_when_others_do_not),
        cmocka_unit_test(errors_count_as_surety),
        cmocka_unit_test(nothing_is_mended_into_a_symbol_from_noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
