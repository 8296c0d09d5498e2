/* The pipeline from frame to text, on pictures drawn by a camera that isn't there. */
#include "scan/scanner.h"

#include "hostile.h"
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <qrencode.h>

enum { WIDTH = 1280, HEIGHT = 720, PATIENT_US = 5000000 };

static uint8_t pixels[WIDTH * HEIGHT], other_pixels[WIDTH * HEIGHT];
static struct scan_symbol symbol;
static struct bw_sighting sighting;

/* Long budgets: what a slow machine can't do in time isn't what is tested here. */
static struct bw_scanner *
scanner_with(struct bw_scanner_options options)
{
    struct bw_scanner *scanner = NULL;
    options.budget_us = PATIENT_US;
    assert_int_equal(bw_scanner_create(&options, &scanner, NULL), BW_OK);
    return scanner;
}

static void
read_frames(struct bw_scanner *scanner, const struct bw_luma *frame, int frames)
{
    for (int i = 0; i < frames; i++) {
        assert_int_equal(bw_scanner_read(scanner, frame, &sighting, NULL), BW_OK);
        if (sighting.kind == BW_SIGHTING_TEXT) {
            return;
        }
    }
}

static void
draw(const char *text, int version, const struct scan_scene *scene, uint8_t *ret_pixels)
{
    assert_true(scan_symbol_encode(text, version, 1, &symbol));
    assert_true(scan_render(&symbol, scene, ret_pixels));
}

/* Draws, and reads with a new scanner. */
static void
see(const char *text, int version, const struct scan_scene *scene,
    struct bw_scanner_options options)
{
    const struct bw_luma frame = {
        pixels, scene->width_px, scene->height_px, scene->width_px};
    struct bw_scanner *scanner = scanner_with(options);
    draw(text, version, scene, pixels);
    read_frames(scanner, &frame, 4);
    bw_scanner_destroy(scanner);
}

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
        see(text, 5, &scene, (struct bw_scanner_options){0});
        assert_int_equal(sighting.kind, BW_SIGHTING_TEXT);
        assert_string_equal(sighting.text, text);
        assert_true(sighting.ticket);
    }
}

static void
place_and_module_of_a_ticket_are_told(void **state)
{
    (void)state;
    struct scan_scene scene = scan_scene_plain();
    scene.middle_x = 0.3;
    see("BW1:HELLO", 5, &scene, (struct bw_scanner_options){0});
    assert_int_equal(sighting.kind, BW_SIGHTING_TEXT);
    /* 37 modules of 6 pixels round (384, 360). */
    assert_float_equal(sighting.corner[0][0] * WIDTH, 384 - 111, 3);
    assert_float_equal(sighting.corner[0][1] * HEIGHT, 360 - 111, 3);
    assert_float_equal(sighting.corner[2][0] * WIDTH, 384 + 111, 3);
    assert_float_equal(sighting.corner[2][1] * HEIGHT, 360 + 111, 3);
    assert_float_equal(sighting.module_px, 6, 0.3);
}

static void
ticket_in_every_trouble_is_read(void **state)
{
    (void)state;
    uint32_t seed = 4;
    char text[SCAN_TICKET_BYTES];
    for (int trouble = 0; trouble < SCAN_TROUBLES; trouble++) {
        struct scan_scene scene = scan_trouble_scene(trouble, &seed);
        scan_ticket_text(&seed, text);
        see(text, 5, &scene, (struct bw_scanner_options){0});
        if (sighting.kind != BW_SIGHTING_TEXT) {
            print_error("not read: %s\n", scan_trouble_name(trouble));
        }
        assert_string_equal(sighting.text, text);
    }
}

static void
dark_mode_is_read_and_told(void **state)
{
    (void)state;
    struct scan_scene scene = scan_scene_plain();
    scene.inverted = true;
    see("BW1:DARK", 5, &scene, (struct bw_scanner_options){0});
    assert_string_equal(sighting.text, "BW1:DARK");
    assert_true(sighting.inverted);
}

static void
mirrored_symbol_is_read(void **state)
{
    (void)state;
    struct scan_scene scene = scan_scene_plain();
    scene.mirrored = true;
    scene.roll_deg = 25;
    see("BW1:MIRROR", 5, &scene, (struct bw_scanner_options){0});
    assert_string_equal(sighting.text, "BW1:MIRROR");
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
        see(text, 5, &scene, (struct bw_scanner_options){0});
        assert_string_equal(sighting.text, text);
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
        see("BW1:THUMB", 5, &scene, (struct bw_scanner_options){0});
        assert_string_equal(sighting.text, "BW1:THUMB");
    }
}

static void
bent_paper_is_read(void **state)
{
    (void)state;
    struct scan_scene scene = scan_scene_plain();
    scene.bend = 0.8;
    see("BW1:BENT", 5, &scene, (struct bw_scanner_options){0});
    assert_string_equal(sighting.text, "BW1:BENT");
}

/* Two symbols side by side: `left` and `right` of the middle. */
static void
see_two(const char *left, double left_x, const char *right, double right_x)
{
    const struct bw_luma frame = {pixels, WIDTH, HEIGHT, WIDTH};
    struct bw_scanner *scanner = scanner_with((struct bw_scanner_options){0});
    struct scan_scene scene = scan_scene_plain();
    scene.module_px = 5;
    scene.middle_x = left_x;
    draw(left, 5, &scene, pixels);
    scene.middle_x = right_x;
    draw(right, 5, &scene, other_pixels);
    for (int y = 0; y < HEIGHT; y++) {
        memcpy(pixels + y * WIDTH + WIDTH / 2, other_pixels + y * WIDTH + WIDTH / 2,
            WIDTH / 2);
    }
    read_frames(scanner, &frame, 3);
    bw_scanner_destroy(scanner);
}

static void
ticket_beats_a_link_nearer_the_middle(void **state)
{
    (void)state;
    see_two("https://example.org/", 0.4, "BW1:FAR", 0.85);
    assert_string_equal(sighting.text, "BW1:FAR");
    assert_true(sighting.ticket);
}

static void
of_two_links_the_nearer_one_is_told(void **state)
{
    (void)state;
    see_two("https://example.org/near", 0.4, "https://example.org/far", 0.85);
    assert_string_equal(sighting.text, "https://example.org/near");
    see_two("https://example.org/far", 0.15, "https://example.org/near", 0.61);
    assert_string_equal(sighting.text, "https://example.org/near");
}

static void
every_version_is_read(void **state)
{
    (void)state;
    for (int version = 1; version <= 40; version++) {
        struct scan_scene scene = scan_scene_plain();
        scene.module_px = 3.7;
        see("V", version, &scene, (struct bw_scanner_options){.any_text = true});
        assert_string_equal(sighting.text, "V");
    }
}

static void
text_over_512_bytes_is_refused(void **state)
{
    (void)state;
    char text[600];
    memset(text, 'x', sizeof text);
    struct scan_scene scene = scan_scene_plain();
    text[512] = '\0';
    see(text, 0, &scene, (struct bw_scanner_options){0});
    assert_int_equal(strlen(sighting.text), 512);
    text[512] = 'x';
    text[513] = '\0';
    see(text, 0, &scene, (struct bw_scanner_options){0});
    assert_int_not_equal(sighting.kind, BW_SIGHTING_TEXT);
    assert_true(sighting.refused);
    assert_string_equal(sighting.text, "");
}

static void
long_text_passes_only_as_an_enrolment_that_is_asked_for(void **state)
{
    (void)state;
    char text[1200] = "{\"brugwachter_enrolment\":1,\"name\":\"";
    struct scan_scene scene = scan_scene_plain();
    scene.module_px = 4.5;
    memset(text + strlen(text), 'x', 900);
    see(text, 0, &scene, (struct bw_scanner_options){.enrolment = true});
    assert_string_equal(sighting.text, text);
    text[2] = 'B';
    see(text, 0, &scene, (struct bw_scanner_options){.enrolment = true});
    assert_true(sighting.refused);
}

static void
text_that_is_not_ascii_is_refused_unless_asked_for(void **state)
{
    (void)state;
    struct scan_scene scene = scan_scene_plain();
    see("na\xc3\xafve", 5, &scene, (struct bw_scanner_options){0});
    assert_int_equal(sighting.kind, BW_SIGHTING_NOTHING);
    assert_true(sighting.refused);
    see("na\xc3\xafve", 5, &scene, (struct bw_scanner_options){.any_text = true});
    assert_string_equal(sighting.text, "na\xc3\xafve");
    see("na\xefve", 5, &scene, (struct bw_scanner_options){.any_text = true});
    assert_true(sighting.refused);
    see("a\x1b[2J", 5, &scene, (struct bw_scanner_options){.any_text = true});
    assert_true(sighting.refused);
}

static void
part_of_a_structured_append_is_refused(void **state)
{
    (void)state;
    const struct bw_luma frame = {pixels, WIDTH, HEIGHT, WIDTH};
    QRinput *input = QRinput_new2(2, QR_ECLEVEL_M);
    const char text[] = "BW1:ONE OF SEVERAL PARTS, AND THE OTHERS ARE AT HOME";
    assert_int_equal(
        QRinput_append(input, QR_MODE_8, sizeof text - 1, (const unsigned char *)text),
        0);
    QRinput_Struct *parts = QRinput_splitQRinputToStruct(input);
    assert_non_null(parts);
    QRcode_List *codes = QRcode_encodeInputStructured(parts);
    assert_non_null(codes);
    assert_true(QRcode_List_size(codes) > 1);
    symbol.modules = codes->code->width;
    for (int i = 0; i < symbol.modules * symbol.modules; i++) {
        symbol.cells[i] = codes->code->data[i] & 1;
    }
    struct scan_scene scene = scan_scene_plain();
    assert_true(scan_render(&symbol, &scene, pixels));
    struct bw_scanner *scanner = scanner_with((struct bw_scanner_options){0});
    for (int i = 0; i < 20; i++) {
        read_frames(scanner, &frame, 1);
        assert_int_not_equal(sighting.kind, BW_SIGHTING_TEXT);
    }
    bw_scanner_destroy(scanner);
    QRcode_List_free(codes);
    QRinput_Struct_free(parts);
    QRinput_free(input);
}

static void
hostile_pictures_give_no_text(void **state)
{
    (void)state;
    const struct bw_luma frame = {pixels, WIDTH, HEIGHT, WIDTH};
    struct bw_scanner *scanner = NULL;
    const struct bw_scanner_options options = {.budget_us = 200000};
    assert_int_equal(bw_scanner_create(&options, &scanner, NULL), BW_OK);
    for (int n = 0; scan_hostile_draw(n, pixels); n++) {
        bw_scanner_forget(scanner);
        read_frames(scanner, &frame, 2);
        assert_int_not_equal(sighting.kind, BW_SIGHTING_TEXT);
    }
    bw_scanner_destroy(scanner);
}

static void
code_that_can_not_be_read_is_seen_where_it_is(void **state)
{
    (void)state;
    struct scan_scene scene = scan_scene_plain();
    const struct bw_luma frame = {pixels, WIDTH, HEIGHT, WIDTH};
    uint32_t seed = 6;
    assert_true(scan_symbol_encode("BW1:TORN", 5, 1, &symbol));
    for (int y = 9; y < 28; y++) {
        for (int x = 9; x < 28; x++) {
            symbol.cells[y * 37 + x] = scan_random(&seed) < 0.5;
        }
    }
    assert_true(scan_render(&symbol, &scene, pixels));
    struct bw_scanner *scanner = scanner_with((struct bw_scanner_options){0});
    read_frames(scanner, &frame, 2);
    bw_scanner_destroy(scanner);
    assert_int_equal(sighting.kind, BW_SIGHTING_BLURRED);
    assert_float_equal(sighting.corner[0][0] * WIDTH, 640 - 111, 4);
    assert_string_equal(sighting.text, "");
}

static void
frames_of_any_size_are_taken_and_nonsense_is_refused(void **state)
{
    (void)state;
    enum { BIG_WIDTH = 4000, BIG_HEIGHT = 3000 };
    uint8_t *big = malloc((size_t)BIG_WIDTH * BIG_HEIGHT);
    assert_non_null(big);
    memset(big, 128, (size_t)BIG_WIDTH * BIG_HEIGHT);
    struct bw_scanner *scanner = scanner_with((struct bw_scanner_options){0});
    static const int sizes[][2] = {{2, 2}, {3, 7}, {25, 24}, {1280, 2}, {2, 4000},
        {4000, 2}, {4000, 3000}, {1281, 1281}, {47, 1000}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const struct bw_luma frame = {big, sizes[i][0], sizes[i][1], sizes[i][0]};
        assert_int_equal(bw_scanner_read(scanner, &frame, &sighting, NULL), BW_OK);
        assert_int_equal(sighting.kind, BW_SIGHTING_NOTHING);
    }
    struct bw_error error = {0};
    const struct bw_luma bad[] = {
        {NULL, 10, 10, 10}, {big, 1, 10, 10}, {big, 10, 0, 10}, {big, 10, 10, 9}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(
            bw_scanner_read(scanner, &bad[i], &sighting, &error), BW_BAD_INPUT);
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
    scene.width_px = WIDTH - 40;
    draw("BW1:PADDED", 5, &scene, other_pixels);
    memset(pixels, 0, sizeof pixels);
    for (int y = 0; y < HEIGHT; y++) {
        memcpy(pixels + y * WIDTH, other_pixels + y * scene.width_px,
            (size_t)scene.width_px);
    }
    const struct bw_luma frame = {pixels, WIDTH - 40, HEIGHT, WIDTH};
    struct bw_scanner *scanner = scanner_with((struct bw_scanner_options){0});
    read_frames(scanner, &frame, 2);
    bw_scanner_destroy(scanner);
    assert_string_equal(sighting.text, "BW1:PADDED");
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
        cmocka_unit_test(ticket_beats_a_link_nearer_the_middle),
        cmocka_unit_test(of_two_links_the_nearer_one_is_told),
        cmocka_unit_test(every_version_is_read),
        cmocka_unit_test(text_over_512_bytes_is_refused),
        cmocka_unit_test(long_text_passes_only_as_an_enrolment_that_is_asked_for),
        cmocka_unit_test(text_that_is_not_ascii_is_refused_unless_asked_for),
        cmocka_unit_test(part_of_a_structured_append_is_refused),
        cmocka_unit_test(hostile_pictures_give_no_text),
        cmocka_unit_test(code_that_can_not_be_read_is_seen_where_it_is),
        cmocka_unit_test(frames_of_any_size_are_taken_and_nonsense_is_refused),
        cmocka_unit_test(padded_rows_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
