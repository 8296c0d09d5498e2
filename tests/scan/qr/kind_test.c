/* A ticket beside another code, and halls without one (kind.h). */
#include "eye.h"

#include "kind.h"

#include "tests/pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { FRAMES = 10 };

static const struct bw_luma frame = {eye_pixels, EYE_WIDTH, EYE_HEIGHT, EYE_WIDTH};

/* Each of so many tickets of a kind is read within so many frames. Under a sanitizer some
 * of them are tried (tests/pace.h). */
static void
expect_read_in(int frames, enum scan_kind kind, int from, int count)
{
    for (int n = from; n < from + count; n += pace_stride(1)) {
        char text[SCAN_TICKET_BYTES];
        struct bw_scanner *scanner = eye_open((struct bw_scanner_options){0});
        assert_true(scan_kind_draw(kind, n, eye_pixels, text));
        bool found = false;
        for (int i = 0; i < frames && !found; i++) {
            eye_read(scanner, &frame, 1);
            found = eye_sighting.ticket;
            assert_true(!found || strcmp(eye_sighting.text, text) == 0);
        }
        if (!found) {
            fail_msg("%s %d isn't read in %d frames", scan_kind_name(kind), n, frames);
        }
        bw_scanner_destroy(scanner);
    }
}

static void
expect_read(enum scan_kind kind, int from, int count)
{
    expect_read_in(FRAMES, kind, from, count);
}

/* SC4: another code ends nothing. */
static void
ticket_is_read_beside_a_poster(void **state)
{
    (void)state;
    expect_read(SCAN_POSTER_DARK, 0, 4);
    expect_read(SCAN_POSTER_CUT, 1, 2);
    expect_read(SCAN_POSTER_MOTION, 0, 2);
    expect_read(SCAN_POSTER_DIM, 0, 1);
}

static void
ticket_is_read_with_a_small_code_in_the_corner(void **state)
{
    (void)state;
    expect_read(SCAN_CORNER, 1, 9);
}

/* … of other sizes, turned, in dark mode, with hardly any quiet zone. */
static void
ticket_is_read_with_a_small_code_in_any_corner(void **state)
{
    (void)state;
    expect_read(SCAN_ANY_CORNER, 0, 13);
}

/* A lamp lies over the timing patterns, or over a quarter of the symbol. */
static void
ticket_with_a_lamp_mirrored_in_it_is_read_beside_another_code(void **state)
{
    (void)state;
    expect_read(SCAN_CORNER, 97, 1);
    expect_read(SCAN_CORNER, 1098, 1);
    expect_read(SCAN_CORNER, 1423, 1);
}

/* The timing patterns are bent out of line, and the sides disagree about the number of
 * modules. */
static void
ticket_on_waved_paper_is_read_beside_another_code(void **state)
{
    (void)state;
    expect_read(SCAN_CORNER, 63, 1);
    expect_read(SCAN_CORNER, 102, 1);
    expect_read(SCAN_CORNER, 193, 1);
    expect_read(SCAN_CORNER, 336, 1);
    expect_read(SCAN_CORNER, 1298, 1);
    expect_read(SCAN_CORNER, 2013, 1);
}

/* Finder patterns on a slope have no grid in common: each begins where it is itself. */
static void
ticket_on_steep_waves_is_read_beside_another_code(void **state)
{
    (void)state;
    expect_read(SCAN_CORNER, 1220, 1);
}

static void
ticket_is_read_before_a_window(void **state)
{
    (void)state;
    expect_read(SCAN_BACKLIGHT, 2, 5);
}

static void
ticket_is_read_behind_stickers(void **state)
{
    (void)state;
    expect_read(SCAN_STICKER, 0, 3);
}

/* Cracks are as black or as white as ink and paper, and go right through modules. */
static void
ticket_is_read_behind_a_cracked_screen(void **state)
{
    (void)state;
    expect_read(SCAN_CRACK, 0, 6);
    expect_read(SCAN_CRACK, 7, 2);
}

/* Where no module shows itself, and the timing patterns vanish or turn round. */
static void
ticket_out_of_focus_by_more_than_a_module_is_read(void **state)
{
    (void)state;
    expect_read(SCAN_DEFOCUS, 4, 1);
    expect_read(SCAN_DEFOCUS, 6, 1);
    expect_read(SCAN_DEFOCUS, 8, 2);
    expect_read(SCAN_DEFOCUS, 18, 1);
}

/* Finder patterns run together with what is beside them; the outline stays. */
static void
ticket_that_moves_by_two_modules_is_read(void **state)
{
    (void)state;
    expect_read(SCAN_MOTION_WIDE, 3, 1);
    expect_read(SCAN_MOTION_WIDE, 10, 4);
    expect_read(SCAN_MOTION_WIDE, 15, 3);
}

/* The next frame may be worse: it passed, or was held another way. */
static void
soft_ticket_is_read_in_the_first_frame_that_shows_it(void **state)
{
    (void)state;
    expect_read_in(1, SCAN_MOTION_WIDE, 0, 4);
    expect_read_in(1, SCAN_DEFOCUS, 4, 2);
}

/* Two finder patterns lie over the edge of the picture, or are cut in their middle. */
static void
ticket_that_is_cut_by_the_edge_is_read(void **state)
{
    (void)state;
    expect_read(SCAN_CUT, 12, 8);
}

static void
poster_alone_is_told_in_every_frame(void **state)
{
    (void)state;
    struct bw_scanner *scanner = eye_open((struct bw_scanner_options){0});
    assert_true(scan_kind_poster(0, eye_pixels));
    for (int i = 0; i < FRAMES; i++) {
        eye_read(scanner, &frame, 1);
        assert_int_equal(eye_sighting.kind, BW_SIGHTING_TEXT);
        assert_string_equal(eye_sighting.text, "https://example.org/leerkring");
        assert_false(eye_sighting.ticket);
        assert_true(i < 4 || !eye_sighting.unsettled);
    }
    bw_scanner_destroy(scanner);
}

/* "This is another code" would send somebody away who holds up a ticket. */
static void
other_code_is_not_told_while_something_may_be_a_ticket(void **state)
{
    (void)state;
    static uint8_t other[EYE_WIDTH * EYE_HEIGHT];
    uint32_t seed = 6;
    struct scan_scene scene = scan_scene_plain();
    scene.module_px = 5;
    scene.middle_x = 0.25;
    eye_draw("https://example.org/", 2, &scene, eye_pixels);
    assert_true(scan_symbol_encode("BW1:TORN", 5, 1, &eye_symbol));
    for (int y = 9; y < 28; y++) {
        for (int x = 9; x < 28; x++) {
            eye_symbol.cells[y * 37 + x] = scan_random(&seed) < 0.5;
        }
    }
    scene.middle_x = 0.75;
    assert_true(scan_render(&eye_symbol, &scene, other));
    for (int y = 0; y < EYE_HEIGHT; y++) {
        memcpy(eye_pixels + y * EYE_WIDTH + EYE_WIDTH / 2,
            other + y * EYE_WIDTH + EYE_WIDTH / 2, EYE_WIDTH / 2);
    }
    struct bw_scanner *scanner = eye_open((struct bw_scanner_options){0});
    for (int i = 0; i < 3; i++) {
        eye_read(scanner, &frame, 1);
        assert_int_equal(eye_sighting.kind, BW_SIGHTING_BLURRED);
        assert_true(eye_sighting.unsettled);
        assert_float_equal(eye_sighting.corner[0][0] * EYE_WIDTH, 960 - 92, 4);
    }
    bw_scanner_destroy(scanner);
}

static void
on_note(void *context, const struct bw_scan_note *note)
{
    *(int *)context += note->kind == BW_SCAN_NOTE_STAGE;
}

/* How many views the first so many frames of a hall were searched in. */
static int
views_of(enum scan_hall hall, int frames)
{
    int views = 0;
    struct bw_scanner *scanner =
        eye_open((struct bw_scanner_options){.note = on_note, .note_context = &views});
    scan_hall_draw(hall, 0, EYE_WIDTH, EYE_HEIGHT, eye_pixels);
    for (int i = 0; i < frames; i++) {
        eye_read(scanner, &frame, 1);
        assert_int_equal(eye_sighting.kind, BW_SIGHTING_NOTHING);
    }
    bw_scanner_destroy(scanner);
    return views;
}

/* SC2: a frame without texture is searched once. */
static void
empty_wall_is_looked_at_once_a_frame(void **state)
{
    (void)state;
    assert_in_range(views_of(SCAN_HALL_WALL, FRAMES), 1, FRAMES);
    assert_in_range(views_of(SCAN_HALL_NIGHT, FRAMES), 1, FRAMES);
}

static void
hall_that_stays_as_it_is_is_looked_at_once_a_frame(void **state)
{
    (void)state;
    enum { BEGUN = 16, LONG = 45, LONGER_LOOKS = 3 };
    int views = 0, longer = 0;
    struct bw_scanner *scanner =
        eye_open((struct bw_scanner_options){.note = on_note, .note_context = &views});
    scan_hall_draw(SCAN_HALL_ROOM, 0, EYE_WIDTH, EYE_HEIGHT, eye_pixels);
    for (int i = 0; i < BEGUN + LONG; i++) {
        views = 0;
        eye_read(scanner, &frame, 1);
        longer += i >= BEGUN && views > 1;
    }
    bw_scanner_destroy(scanner);
    assert_in_range(longer, 0, LONGER_LOOKS);
}

/* Rings that letters made last time are no reason to search a page again that stays as it
 * is: but for the first frame and every third, one view. */
static void
page_that_stays_as_it_is_is_looked_at_once_a_frame(void **state)
{
    (void)state;
    enum { LOOKED = 1 + 3 };
    for (int n = 0; n < 6; n += pace_stride(1)) {
        int views = 0, looked = 0;
        struct bw_scanner *scanner = eye_open(
            (struct bw_scanner_options){.note = on_note, .note_context = &views});
        scan_hall_draw(SCAN_HALL_TEXT, n, EYE_WIDTH, EYE_HEIGHT, eye_pixels);
        for (int i = 0; i < FRAMES; i++) {
            views = 0;
            eye_read(scanner, &frame, 1);
            looked += views > 1;
        }
        bw_scanner_destroy(scanner);
        assert_in_range(looked, 0, LOOKED);
    }
}

static void
on_finders(void *context, const struct bw_scan_note *note)
{
    int *most = context;
    bool is_stage = note->kind == BW_SCAN_NOTE_STAGE;
    *most = is_stage && note->finders > *most ? note->finders : *most;
}

/* At half size lines of letters run together to hundreds of rings. */
static void
letters_make_no_crowd_of_patterns(void **state)
{
    (void)state;
    for (int n = 0; n < 4; n += pace_stride(1)) {
        int most = 0;
        struct bw_scanner *scanner = eye_open(
            (struct bw_scanner_options){.note = on_finders, .note_context = &most});
        scan_hall_draw(SCAN_HALL_TEXT, n, EYE_WIDTH, EYE_HEIGHT, eye_pixels);
        eye_read(scanner, &frame, 1);
        bw_scanner_destroy(scanner);
        assert_in_range(most, 0, 12);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticket_is_read_beside_a_poster),
        cmocka_unit_test(ticket_is_read_with_a_small_code_in_the_corner),
        cmocka_unit_test(ticket_is_read_with_a_small_code_in_any_corner),
        cmocka_unit_test(ticket_with_a_lamp_mirrored_in_it_is_read_beside_another_code),
        cmocka_unit_test(ticket_on_waved_paper_is_read_beside_another_code),
        cmocka_unit_test(ticket_on_steep_waves_is_read_beside_another_code),
        cmocka_unit_test(ticket_is_read_before_a_window),
        cmocka_unit_test(ticket_is_read_behind_stickers),
        cmocka_unit_test(ticket_is_read_behind_a_cracked_screen),
        cmocka_unit_test(ticket_out_of_focus_by_more_than_a_module_is_read),
        cmocka_unit_test(ticket_that_moves_by_two_modules_is_read),
        cmocka_unit_test(soft_ticket_is_read_in_the_first_frame_that_shows_it),
        cmocka_unit_test(ticket_that_is_cut_by_the_edge_is_read),
        cmocka_unit_test(poster_alone_is_told_in_every_frame),
        cmocka_unit_test(other_code_is_not_told_while_something_may_be_a_ticket),
        cmocka_unit_test(empty_wall_is_looked_at_once_a_frame),
        cmocka_unit_test(page_that_stays_as_it_is_is_looked_at_once_a_frame),
        cmocka_unit_test(letters_make_no_crowd_of_patterns),
        cmocka_unit_test(hall_that_stays_as_it_is_is_looked_at_once_a_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
