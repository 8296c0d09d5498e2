/* What the scanner must not tell, however well it reads it. */
#include "eye.h"

#include "barcode.h"
#include "hostile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
text_over_512_bytes_is_refused(void **state)
{
    (void)state;
    char text[600];
    memset(text, 'x', sizeof text);
    struct scan_scene scene = scan_scene_plain();
    text[512] = '\0';
    eye_see(text, 0, &scene, (struct bw_scanner_options){0});
    assert_int_equal(strlen(eye_sighting.text), 512);
    text[512] = 'x';
    text[513] = '\0';
    eye_see(text, 0, &scene, (struct bw_scanner_options){0});
    assert_int_not_equal(eye_sighting.kind, BW_SIGHTING_TEXT);
    assert_true(eye_sighting.refused);
    assert_string_equal(eye_sighting.text, "");
}

static void
long_text_passes_only_as_an_enrolment_that_is_asked_for(void **state)
{
    (void)state;
    char text[1200] = "{\"brugwachter_enrolment\":1,\"name\":\"";
    struct scan_scene scene = scan_scene_plain();
    scene.module_px = 4.5;
    memset(text + strlen(text), 'x', 900);
    eye_see(text, 0, &scene, (struct bw_scanner_options){.enrolment = true});
    assert_string_equal(eye_sighting.text, text);
    text[2] = 'B';
    eye_see(text, 0, &scene, (struct bw_scanner_options){.enrolment = true});
    assert_true(eye_sighting.refused);
}

/* RD3: what isn't printable leaves as refused. */
static void
text_that_is_not_ascii_is_refused_unless_asked_for(void **state)
{
    (void)state;
    struct scan_scene scene = scan_scene_plain();
    eye_see("na\xc3\xafve", 5, &scene, (struct bw_scanner_options){0});
    assert_int_equal(eye_sighting.kind, BW_SIGHTING_NOTHING);
    assert_true(eye_sighting.refused);
    eye_see("na\xc3\xafve", 5, &scene, (struct bw_scanner_options){.any_text = true});
    assert_string_equal(eye_sighting.text, "na\xc3\xafve");
    eye_see("na\xefve", 5, &scene, (struct bw_scanner_options){.any_text = true});
    assert_string_equal(eye_sighting.text, "na\xc3\xafve");
    eye_see("na\xefve", 5, &scene, (struct bw_scanner_options){0});
    assert_true(eye_sighting.refused);
    eye_see("\x81 \xff", 5, &scene, (struct bw_scanner_options){.any_text = true});
    assert_true(eye_sighting.refused);
    eye_see("a\x1b[2J", 5, &scene, (struct bw_scanner_options){.any_text = true});
    assert_true(eye_sighting.refused);
}

/* RD1: with the result cache zbar would abort here. */
static void
part_of_a_structured_append_is_refused(void **state)
{
    (void)state;
    static struct scan_barcode part;
    const struct bw_luma frame = {eye_pixels, EYE_WIDTH, EYE_HEIGHT, EYE_WIDTH};
    uint32_t seed = 1;
    scan_barcode_make(SCAN_PART, &seed, &part);
    eye_symbol.modules = part.width;
    memcpy(eye_symbol.cells, part.cells, sizeof part.cells);
    struct scan_scene scene = scan_scene_plain();
    assert_true(scan_render(&eye_symbol, &scene, eye_pixels));
    struct bw_scanner *scanner = eye_open((struct bw_scanner_options){0});
    for (int i = 0; i < 20; i++) {
        eye_read(scanner, &frame, 1);
        assert_int_not_equal(eye_sighting.kind, BW_SIGHTING_TEXT);
        assert_true(eye_sighting.refused);
    }
    bw_scanner_destroy(scanner);
}

static void
text_of_any_charset_number_is_read_as_ascii(void **state)
{
    (void)state;
    const struct bw_luma frame = {eye_pixels, EYE_WIDTH, EYE_HEIGHT, EYE_WIDTH};
    for (int any = 0; any < 2; any++) {
        struct bw_scanner *scanner =
            eye_open((struct bw_scanner_options){.any_text = any});
        for (int n = 0; n < SCAN_HOSTILE_ECIS; n++) {
            assert_true(scan_hostile_eci(n, 1 + n % 5, eye_pixels));
            bw_scanner_forget(scanner);
            eye_read(scanner, &frame, 1);
            assert_string_equal(eye_sighting.text, "NOTHING");
        }
        bw_scanner_destroy(scanner);
    }
}

static void
hostile_pictures_give_no_text(void **state)
{
    (void)state;
    const struct bw_luma frame = {eye_pixels, EYE_WIDTH, EYE_HEIGHT, EYE_WIDTH};
    struct bw_scanner *scanner = NULL;
    const struct bw_scanner_options options = {.budget_us = 200000};
    assert_int_equal(bw_scanner_create(&options, &scanner, NULL), BW_OK);
    for (int n = 0; scan_hostile_draw(n, eye_pixels); n++) {
        bw_scanner_forget(scanner);
        eye_read(scanner, &frame, 2);
        assert_int_not_equal(eye_sighting.kind, BW_SIGHTING_TEXT);
    }
    bw_scanner_destroy(scanner);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_over_512_bytes_is_refused),
        cmocka_unit_test(long_text_passes_only_as_an_enrolment_that_is_asked_for),
        cmocka_unit_test(text_that_is_not_ascii_is_refused_unless_asked_for),
        cmocka_unit_test(part_of_a_structured_append_is_refused),
        cmocka_unit_test(text_of_any_charset_number_is_read_as_ascii),
        cmocka_unit_test(hostile_pictures_give_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
