/* The pipeline from frame to text, on pictures drawn by a camera that isn't there. */
#include "eye.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint8_t other_pixels[EYE_WIDTH * EYE_HEIGHT];

static void
ticket_at_every_angle_is_read(void **state)
{
    (void)state;
    uint32_t seed = 1;
    char text[SCAN_TICKET_BYTES];
    for (int roll = 0; roll < 360; roll += 40) {
        struct scan_scene scene = scan_scene_plain();
        scene.roll_deg = roll;
        scan_ticket_text(&seed, text);
        eye_see(text, 5, &scene, (struct bw_scanner_options){0});
        assert_int_equal(eye_sighting.kind, BW_SIGHTING_TEXT);
        assert_string_equal(eye_sighting.text, text);
        assert_true(eye_sighting.ticket);
    }
}

static void
place_and_module_of_a_ticket_are_told(void **state)
{
    (void)state;
    struct scan_scene scene = scan_scene_plain();
    scene.middle_x = 0.3;
    eye_see("BW1:HELLO", 5, &scene, (struct bw_scanner_options){0});
    assert_int_equal(eye_sighting.kind, BW_SIGHTING_TEXT);
    /* 37 modules of 6 pixels round (384, 360). */
    assert_float_equal(eye_sighting.corner[0][0] * EYE_WIDTH, 384 - 111, 3);
    assert_float_equal(eye_sighting.corner[0][1] * EYE_HEIGHT, 360 - 111, 3);
    assert_float_equal(eye_sighting.corner[2][0] * EYE_WIDTH, 384 + 111, 3);
    assert_float_equal(eye_sighting.corner[2][1] * EYE_HEIGHT, 360 + 111, 3);
    assert_float_equal(eye_sighting.module_px, 6, 0.3);
}

static void
ticket_in_every_trouble_is_read(void **state)
{
    (void)state;
    uint32_t seed = 4;
    char text[SCAN_TICKET_BYTES];
    for (int trouble = 0; trouble < SCAN_TROUBLES; trouble++) {
        struct scan_scene scene = scan_trouble_scene((enum scan_trouble)trouble, &seed);
        scan_ticket_text(&seed, text);
        eye_see(text, 5, &scene, (struct bw_scanner_options){0});
        if (eye_sighting.kind != BW_SIGHTING_TEXT) {
            print_error("not read: %s\n", scan_trouble_name((enum scan_trouble)trouble));
        }
        assert_string_equal(eye_sighting.text, text);
    }
}

static void
dark_mode_is_read_and_told(void **state)
{
    (void)state;
    struct scan_scene scene = scan_scene_plain();
    scene.inverted = true;
    eye_see("BW1:DARK", 5, &scene, (struct bw_scanner_options){0});
    assert_string_equal(eye_sighting.text, "BW1:DARK");
    assert_true(eye_sighting.inverted);
}

static void
mirrored_symbol_is_read(void **state)
{
    (void)state;
    struct scan_scene scene = scan_scene_plain();
    scene.mirrored = true;
    scene.roll_deg = 25;
    eye_see("BW1:MIRROR", 5, &scene, (struct bw_scanner_options){0});
    assert_string_equal(eye_sighting.text, "BW1:MIRROR");
}

static void
module_of_two_pixels_is_enough(void **state)
{
    (void)state;
    uint32_t seed = 8;
    char text[SCAN_TICKET_BYTES];
    for (int i = 0; i < 5; i++) {
        struct scan_scene scene = scan_scene_plain();
        scene.module_px = 2;
        scene.blur_px = 0.7;
        scene.noise = 2;
        scene.roll_deg = 70.0 * i;
        scan_ticket_text(&seed, text);
        eye_see(text, 5, &scene, (struct bw_scanner_options){0});
        assert_string_equal(eye_sighting.text, text);
    }
}

static void
any_corner_may_be_under_a_thumb(void **state)
{
    (void)state;
    for (int finger = 1; finger <= 4; finger++) {
        struct scan_scene scene = scan_scene_plain();
        scene.finger = finger;
        scene.finger_reach = 0.1;
        scene.tilt_deg = 15;
        eye_see("BW1:THUMB", 5, &scene, (struct bw_scanner_options){0});
        assert_string_equal(eye_sighting.text, "BW1:THUMB");
    }
}

static void
bent_paper_is_read(void **state)
{
    (void)state;
    struct scan_scene scene = scan_scene_plain();
    scene.bend = 0.8;
    eye_see("BW1:BENT", 5, &scene, (struct bw_scanner_options){0});
    assert_string_equal(eye_sighting.text, "BW1:BENT");
}

static void
waved_and_creased_paper_is_read(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++) {
        struct scan_scene scene = scan_scene_plain();
        scene.lift_deg = 90 * i;
        scene.fold[0] = (struct scan_fold){.modules = i < 4 ? 0.8 : 1,
            .length = i < 4 ? 25 : 40,
            .deg = 35 * i,
            .start = 0.2,
            .sharp = i >= 4};
        eye_see("BW1:WAVED", 5, &scene, (struct bw_scanner_options){0});
        assert_string_equal(eye_sighting.text, "BW1:WAVED");
    }
}

/* Two symbols side by side: `left` and `right` of the middle. */
static void
see_two(const char *left, double left_x, const char *right, double right_x)
{
    const struct bw_luma frame = {eye_pixels, EYE_WIDTH, EYE_HEIGHT, EYE_WIDTH};
    struct bw_scanner *scanner = eye_open((struct bw_scanner_options){0});
    struct scan_scene scene = scan_scene_plain();
    scene.module_px = 5;
    scene.middle_x = left_x;
    eye_draw(left, 5, &scene, eye_pixels);
    scene.middle_x = right_x;
    eye_draw(right, 5, &scene, other_pixels);
    for (int y = 0; y < EYE_HEIGHT; y++) {
        memcpy(eye_pixels + y * EYE_WIDTH + EYE_WIDTH / 2,
            other_pixels + y * EYE_WIDTH + EYE_WIDTH / 2, EYE_WIDTH / 2);
    }
    eye_read(scanner, &frame, 3);
    bw_scanner_destroy(scanner);
}

static void
ticket_beats_a_link_nearer_the_middle(void **state)
{
    (void)state;
    see_two("https://example.org/", 0.4, "BW1:FAR", 0.85);
    assert_string_equal(eye_sighting.text, "BW1:FAR");
    assert_true(eye_sighting.ticket);
}

static void
of_two_links_the_nearer_one_is_told(void **state)
{
    (void)state;
    see_two("https://example.org/near", 0.4, "https://example.org/far", 0.85);
    assert_string_equal(eye_sighting.text, "https://example.org/near");
    see_two("https://example.org/far", 0.15, "https://example.org/near", 0.61);
    assert_string_equal(eye_sighting.text, "https://example.org/near");
}

static void
every_version_is_read(void **state)
{
    (void)state;
    for (int version = 1; version <= 40; version++) {
        struct scan_scene scene = scan_scene_plain();
        scene.module_px = 3.7;
        eye_see("V", version, &scene, (struct bw_scanner_options){.any_text = true});
        assert_string_equal(eye_sighting.text, "V");
    }
}

static void
code_that_can_not_be_read_is_seen_where_it_is(void **state)
{
    (void)state;
    struct scan_scene scene = scan_scene_plain();
    const struct bw_luma frame = {eye_pixels, EYE_WIDTH, EYE_HEIGHT, EYE_WIDTH};
    uint32_t seed = 6;
    assert_true(scan_symbol_encode("BW1:TORN", 5, 1, &eye_symbol));
    for (int y = 9; y < 28; y++) {
        for (int x = 9; x < 28; x++) {
            eye_symbol.cells[y * 37 + x] = scan_random(&seed) < 0.5;
        }
    }
    assert_true(scan_render(&eye_symbol, &scene, eye_pixels));
    struct bw_scanner *scanner = eye_open((struct bw_scanner_options){0});
    eye_read(scanner, &frame, 2);
    bw_scanner_destroy(scanner);
    assert_int_equal(eye_sighting.kind, BW_SIGHTING_BLURRED);
    assert_float_equal(eye_sighting.corner[0][0] * EYE_WIDTH, 640 - 111, 4);
    assert_string_equal(eye_sighting.text, "");
}

static void
frames_of_any_size_are_taken_and_nonsense_is_refused(void **state)
{
    (void)state;
    enum { BIG_WIDTH = 4000, BIG_HEIGHT = 3000 };
    uint8_t *big = malloc((size_t)BIG_WIDTH * BIG_HEIGHT);
    assert_non_null(big);
    memset(big, 128, (size_t)BIG_WIDTH * BIG_HEIGHT);
    struct bw_scanner *scanner = eye_open((struct bw_scanner_options){0});
    static const int sizes[][2] = {{2, 2}, {3, 7}, {25, 24}, {1280, 2}, {2, 4000},
        {4000, 2}, {4000, 3000}, {1281, 1281}, {47, 1000}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const struct bw_luma frame = {big, sizes[i][0], sizes[i][1], sizes[i][0]};
        assert_int_equal(bw_scanner_read(scanner, &frame, &eye_sighting, NULL), BW_OK);
        assert_int_equal(eye_sighting.kind, BW_SIGHTING_NOTHING);
    }
    struct bw_error error = {0};
    const struct bw_luma bad[] = {
        {NULL, 10, 10, 10}, {big, 1, 10, 10}, {big, 10, 0, 10}, {big, 10, 10, 9}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(
            bw_scanner_read(scanner, &bad[i], &eye_sighting, &error), BW_BAD_INPUT);
        assert_non_null(strstr(error.text, "Reading a frame failed"));
    }
    bw_scanner_destroy(scanner);
    free(big);
}

static void
padded_rows_are_read(void **state)
{
    (void)state;
    struct scan_scene scene = scan_scene_plain();
    scene.width_px = EYE_WIDTH - 40;
    eye_draw("BW1:PADDED", 5, &scene, other_pixels);
    memset(eye_pixels, 0, sizeof eye_pixels);
    for (int y = 0; y < EYE_HEIGHT; y++) {
        memcpy(eye_pixels + y * EYE_WIDTH, other_pixels + y * scene.width_px,
            (size_t)scene.width_px);
    }
    const struct bw_luma frame = {eye_pixels, EYE_WIDTH - 40, EYE_HEIGHT, EYE_WIDTH};
    struct bw_scanner *scanner = eye_open((struct bw_scanner_options){0});
    eye_read(scanner, &frame, 2);
    bw_scanner_destroy(scanner);
    assert_string_equal(eye_sighting.text, "BW1:PADDED");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticket_at_every_angle_is_read),
        cmocka_unit_test(place_and_module_of_a_ticket_are_told),
        cmocka_unit_test(ticket_in_every_trouble_is_read),
        cmocka_unit_test(dark_mode_is_read_and_told),
        cmocka_unit_test(mirrored_symbol_is_read),
        cmocka_unit_test(module_of_two_pixels_is_enough),
        cmocka_unit_test(any_corner_may_be_under_a_thumb),
        cmocka_unit_test(bent_paper_is_read),
        cmocka_unit_test(waved_and_creased_paper_is_read),
        cmocka_unit_test(ticket_beats_a_link_nearer_the_middle),
        cmocka_unit_test(of_two_links_the_nearer_one_is_told),
        cmocka_unit_test(every_version_is_read),
        cmocka_unit_test(code_that_can_not_be_read_is_seen_where_it_is),
        cmocka_unit_test(frames_of_any_size_are_taken_and_nonsense_is_refused),
        cmocka_unit_test(padded_rows_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
