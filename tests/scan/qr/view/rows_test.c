/* Vectors and plain C give the same bytes, whatever the width and the pixels. */
#include "scan/qr/view/rows.h"

#include "tests/scan/qr/scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 640, HEIGHT = 480, GUARD = 0xA5 };

static uint8_t noise[WIDTH * HEIGHT], drawn[WIDTH * HEIGHT];
static uint8_t plain[WIDTH + 1], vectors[WIDTH + 1];

static int
set_up(void **state)
{
    (void)state;
    static struct scan_symbol symbol;
    uint32_t seed = 21;
    struct scan_scene scene = scan_trouble_scene(SCAN_MIX, &seed);
    scene.width_px = WIDTH;
    scene.height_px = HEIGHT;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        noise[i] = (uint8_t)(scan_random(&seed) * 255.99);
    }
    return scan_symbol_encode("BW1:ROWS", 5, 1, &symbol) &&
                   scan_render(&symbol, &scene, drawn)
               ? 0
               : -1;
}

static void
begin(void)
{
    memset(plain, GUARD, sizeof plain);
    memset(vectors, GUARD, sizeof vectors);
}

/* The byte behind the row is part of what is compared. */
static void
assert_same(int width)
{
    assert_memory_equal(plain, vectors, (size_t)width + 1);
    assert_int_equal(plain[width], GUARD);
}

static void
check_row(const uint8_t *from, int width)
{
    begin();
    bw_rows_plain.compare(from, from + WIDTH, width, plain);
    bw_rows.compare(from, from + WIDTH, width, vectors);
    assert_same(width);
    uint16_t places[2][WIDTH];
    int count = bw_rows_plain.edges(plain, width, places[0]);
    assert_int_equal(bw_rows.edges(plain, width, places[1]), count);
    assert_memory_equal(places[0], places[1], (size_t)count * sizeof **places);
    begin();
    bw_rows_plain.soften(from, from + WIDTH, from + 2 * WIDTH, width, plain);
    bw_rows.soften(from, from + WIDTH, from + 2 * WIDTH, width, vectors);
    assert_same(width);
    begin();
    bw_rows_plain.halve(from, from + WIDTH, width / 2, plain);
    bw_rows.halve(from, from + WIDTH, width / 2, vectors);
    assert_same(width / 2);
    uint32_t sums[2][WIDTH / 8];
    bw_rows_plain.sum_blocks(from, WIDTH, width / 8, sums[0]);
    bw_rows.sum_blocks(from, WIDTH, width / 8, sums[1]);
    assert_memory_equal(sums[0], sums[1], (size_t)(width / 8) * sizeof **sums);
}

static void
check_picture(const uint8_t *picture)
{
    for (int width = 1; width < WIDTH - 16; width++) {
        /* Rows begin anywhere: nothing is aligned. */
        check_row(picture + width % 16 + (width % (HEIGHT - 8)) * WIDTH, width);
    }
}

static void
noise_of_every_width_gives_the_same_bytes(void **state)
{
    (void)state;
    check_picture(noise);
}

static void
drawn_ticket_of_every_width_gives_the_same_bytes(void **state)
{
    (void)state;
    check_picture(drawn);
}

static void
pixels_at_both_ends_of_the_scale_do_not_wrap(void **state)
{
    (void)state;
    static uint8_t ends[WIDTH * HEIGHT];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        ends[i] = noise[i] < 128 ? 0 : 255;
    }
    check_picture(ends);
    memset(ends, 255, sizeof ends);
    check_picture(ends);
}

static uint64_t
digest(uint64_t so_far, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < size; i++) {
        so_far = (so_far ^ at[i]) * 0x100000001B3; /* FNV-1a */
    }
    return so_far;
}

static uint64_t
digest_of_all(const struct bw_rows *rows, const uint8_t *from)
{
    enum { W = WIDTH - 16 - 3 }; /* the last pixels are left to plain C */
    uint8_t row[W];
    uint16_t places[W];
    uint32_t sums[W / 8];
    uint64_t all = 0xCBF29CE484222325;
    for (int y = 0; y < HEIGHT - 8; y++, from += WIDTH) {
        rows->sum_blocks(from, WIDTH, W / 8, sums);
        all = digest(all, sums, sizeof sums);
        rows->halve(from, from + WIDTH, W / 2, row);
        all = digest(all, row, W / 2);
        rows->soften(from, from + WIDTH, from + 2 * WIDTH, W, row);
        all = digest(all, row, W);
        rows->compare(from, from + WIDTH, W, row);
        all = digest(all, row, W);
        int count = rows->edges(row, W, places);
        all = digest(all, places, (size_t)count * sizeof *places);
    }
    return all;
}

/* No machine has more than one kind of vectors; each is held to the same number. */
static void
plain_c_sse2_and_neon_give_the_same_bytes_on_each_machine(void **state)
{
    (void)state;
    static uint8_t same[WIDTH * HEIGHT];
    uint32_t seed = 21;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        seed = seed * 1664525 + 1013904223;
        same[i] = (uint8_t)(seed >> 24);
    }
    const uint64_t everywhere = 0x14FC36F8156BC8D8;
    assert_int_equal(digest_of_all(&bw_rows_plain, same), everywhere);
    assert_int_equal(digest_of_all(&bw_rows, same), everywhere);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(noise_of_every_width_gives_the_same_bytes),
        cmocka_unit_test(drawn_ticket_of_every_width_gives_the_same_bytes),
        cmocka_unit_test(pixels_at_both_ends_of_the_scale_do_not_wrap),
        cmocka_unit_test(plain_c_sse2_and_neon_give_the_same_bytes_on_each_machine),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
