/* Rows of YUY2: what vectors make is what plain C makes, of every value there is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "ui/draw/yuy2.h"

#include <string.h>

static void
vectors_and_plain_c_make_the_same_pixels_of_all_values(void **state)
{
    (void)state;
    enum { WIDTH = 512 }; /* a row has every luma */
    static uint8_t row[2 * WIDTH];
    static uint32_t plain[WIDTH], fast[WIDTH];
    for (int u = 0; u < 256; u++) {
        for (int v = 0; v < 256; v++) {
            for (int x = 0; x < WIDTH; x++) {
                row[2 * x] = (uint8_t)x;
                row[2 * x + 1] = (uint8_t)(x % 2 ? v : u);
            }
            bw_ui_yuy2_plain(row, WIDTH, plain);
            bw_ui_yuy2_convert(row, WIDTH, fast);
            assert_memory_equal(plain, fast, sizeof plain);
        }
    }
}

static void
a_row_of_any_width_is_whole_and_no_more(void **state)
{
    (void)state;
    static uint8_t row[128];
    for (size_t i = 0; i < sizeof row; i++) {
        row[i] = (uint8_t)(i * 37);
    }
    for (int width = 2; width <= 62; width += 2) {
        uint32_t plain[64], fast[64];
        memset(fast, 0x55, sizeof fast);
        bw_ui_yuy2_plain(row, width, plain);
        bw_ui_yuy2_convert(row, width, fast);
        assert_memory_equal(plain, fast, (size_t)width * sizeof plain[0]);
        assert_int_equal(fast[width], 0x55555555);
    }
}

static void
black_white_and_the_colours_are_themselves(void **state)
{
    (void)state;
    static const uint8_t pairs[] = {
        16, 128, 235, 128, 81, 90, 81, 240, 145, 54, 145, 34, 41, 240, 41, 110};
    static const uint32_t pixels[] = {0xFF000000, 0xFFFFFFFF, 0xFFFF0000, 0xFFFF0000,
        0xFF00FF01, 0xFF00FF01, 0xFF0000FF, 0xFF0000FF};
    uint32_t row[8];
    bw_ui_yuy2_convert(pairs, 8, row);
    for (int i = 0; i < 8; i++) {
        assert_int_equal(row[i], pixels[i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_and_plain_c_make_the_same_pixels_of_all_values),
        cmocka_unit_test(a_row_of_any_width_is_whole_and_no_more),
        cmocka_unit_test(black_white_and_the_colours_are_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
