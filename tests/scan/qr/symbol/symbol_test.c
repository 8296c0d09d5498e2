/* Tables, drawings and thresholds of the pipeline, each against somebody else's. */
#include "scan/qr/symbol/symbol.h"

#include "tests/scan/qr/render.h"
#include "scan/qr/view/binarise.h"
#include "scan/qr/symbol/clean.h"
#include "scan/qr/text/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct scan_symbol symbol;
static int8_t pattern[BW_SYMBOL_CELLS];

static void
function_patterns_are_those_of_libqrencode(void **state)
{
    (void)state;
    for (int version = 1; version <= 40; version++) {
        assert_true(scan_symbol_encode("x", version, 0, &symbol));
        assert_int_equal(bw_symbol_version(symbol.modules), version);
        bw_symbol_pattern(symbol.modules, pattern);
        for (int i = 0; i < symbol.modules * symbol.modules; i++) {
            assert_true(pattern[i] < 0 || (uint8_t)pattern[i] == symbol.cells[i]);
        }
    }
}

static void
format_of_every_level_is_found_with_wrong_bits(void **state)
{
    (void)state;
    for (int level = 0; level < 4; level++) {
        int wrong = -1;
        assert_true(scan_symbol_encode("x", 3, level, &symbol));
        uint32_t format = bw_symbol_read_format(symbol.modules, symbol.cells, &wrong);
        assert_int_equal(wrong, 0);
        symbol.cells[8] ^= 1;
        symbol.cells[2 * symbol.modules + 8] ^= 1;
        symbol.cells[9 * symbol.modules - 1] ^= 1;
        assert_int_equal(
            bw_symbol_read_format(symbol.modules, symbol.cells, &wrong), format);
        assert_int_equal(wrong, 3);
        bw_symbol_write_format(symbol.modules, format, symbol.cells);
        assert_int_equal(
            bw_symbol_read_format(symbol.modules, symbol.cells, &wrong), format);
        assert_int_equal(wrong, 0);
    }
}

static void
clean_drawing_of_every_version_is_read(void **state)
{
    (void)state;
    static struct bw_reading readings[BW_READER_TEXTS];
    uint8_t *pixels = malloc((size_t)BW_CLEAN_SIDE_MAX * BW_CLEAN_SIDE_MAX);
    struct bw_scan_reader *reader = NULL;
    assert_non_null(pixels);
    assert_int_equal(bw_scan_reader_create(&reader, NULL), BW_OK);
    for (int version = 1; version <= 40; version++) {
        assert_true(scan_symbol_encode("CLEAN", version, version % 4, &symbol));
        int side = bw_clean_draw(symbol.modules, symbol.cells, pixels);
        assert_int_equal(bw_scan_reader_read(reader, pixels, side, side, readings), 1);
        assert_int_equal(readings[0].kind, BW_READING_ASCII);
        assert_string_equal(readings[0].text, "CLEAN");
    }
    bw_scan_reader_destroy(reader);
    free(pixels);
}

/* Right function patterns and format round random data: Reed-Solomon must say no. */
static void
nothing_is_invented_from_random_data(void **state)
{
    (void)state;
    static struct bw_reading readings[BW_READER_TEXTS];
    uint8_t *pixels = malloc((size_t)BW_CLEAN_SIDE_MAX * BW_CLEAN_SIDE_MAX);
    struct bw_scan_reader *reader = NULL;
    uint32_t seed = 12;
    assert_non_null(pixels);
    assert_int_equal(bw_scan_reader_create(&reader, NULL), BW_OK);
    for (int i = 0; i < 600; i++) {
        int modules = 21 + 4 * (i % 6), wrong;
        bw_symbol_pattern(modules, pattern);
        for (int k = 0; k < modules * modules; k++) {
            symbol.cells[k] = scan_random(&seed) < 0.5;
        }
        uint32_t format = bw_symbol_read_format(modules, symbol.cells, &wrong);
        bw_clean_mend(modules, pattern, format, symbol.cells);
        int side = bw_clean_draw(modules, symbol.cells, pixels);
        assert_int_equal(bw_scan_reader_read(reader, pixels, side, side, readings), 0);
    }
    bw_scan_reader_destroy(reader);
    free(pixels);
}

static void
transposing_twice_changes_nothing(void **state)
{
    (void)state;
    static struct scan_symbol twice;
    assert_true(scan_symbol_encode("x", 4, 0, &symbol));
    twice = symbol;
    bw_clean_transpose(twice.modules, twice.cells);
    assert_memory_not_equal(twice.cells, symbol.cells, 33 * 33);
    bw_clean_transpose(twice.modules, twice.cells);
    assert_memory_equal(twice.cells, symbol.cells, 33 * 33);
}

/* The mean of the blocks around, pixel by pixel, as the header has it. */
static uint8_t
plain_white(
    const uint8_t *grey, int width, int height, int x, int y, int radius, int margin)
{
    enum { BLOCK = BW_BINARISE_BLOCK_PX };
    uint32_t sum = 0, blocks = 0;
    for (int by = y / BLOCK - radius; by <= y / BLOCK + radius; by++) {
        for (int bx = x / BLOCK - radius; bx <= x / BLOCK + radius; bx++) {
            if (bx < 0 || by < 0 || bx * BLOCK >= width || by * BLOCK >= height) {
                continue;
            }
            uint32_t block = 0, pixels = 0;
            for (int v = by * BLOCK; v < by * BLOCK + BLOCK && v < height; v++) {
                for (int u = bx * BLOCK; u < bx * BLOCK + BLOCK && u < width; u++) {
                    block += grey[v * width + u];
                    pixels++;
                }
            }
            sum += block * BLOCK * BLOCK / pixels;
            blocks++;
        }
    }
    int level = (int)(sum / (blocks * BLOCK * BLOCK)) - margin;
    level = level < 0 ? 0 : level > 255 ? 255 : level;
    return grey[y * width + x] < level ? 0 : 255;
}

static void
vectors_and_plain_loops_give_the_same_black_and_white(void **state)
{
    (void)state;
    static uint8_t grey[150 * 150], white[150 * 150];
    static const int sizes[][2] = {{150, 150}, {149, 83}, {8, 8}, {7, 3}, {17, 64}};
    static const int windows[][2] = {{4, 5}, {1, 0}, {12, -5}};
    uint32_t seed = 2;
    struct bw_binarise work = {0};
    assert_true(bw_binarise_init(&work, 150, 150));
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        int width = sizes[s][0], height = sizes[s][1];
        for (int i = 0; i < width * height; i++) {
            grey[i] = (uint8_t)(scan_random(&seed) * 255);
        }
        for (size_t k = 0; k < sizeof windows / sizeof *windows; k++) {
            bw_binarise_measure(&work, grey, width, height, width);
            bw_binarise_threshold(
                &work, grey, width, height, width, windows[k][0], windows[k][1], white);
            for (int i = 0; i < width * height; i++) {
                assert_int_equal(white[i], plain_white(grey, width, height, i % width,
                                               i / width, windows[k][0], windows[k][1]));
            }
        }
    }
    bw_binarise_finish(&work);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(function_patterns_are_those_of_libqrencode),
        cmocka_unit_test(format_of_every_level_is_found_with_wrong_bits),
        cmocka_unit_test(clean_drawing_of_every_version_is_read),
        cmocka_unit_test(nothing_is_invented_from_random_data),
        cmocka_unit_test(transposing_twice_changes_nothing),
        cmocka_unit_test(vectors_and_plain_loops_give_the_same_black_and_white),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
