/* Why a code isn't read is told nine times of ten, with the place; never of a hall. */
#include "eye.h"

#include "kind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct bw_luma frame = {eye_pixels, EYE_WIDTH, EYE_HEIGHT, EYE_WIDTH};

/* The first frames of a kind that aren't read: most of them have this trouble. */
static void
assert_told(enum scan_kind kind, int count, enum bw_scan_trouble trouble, int unread_min)
{
    int unread = 0, right = 0;
    for (int n = 0; n < count; n++) {
        char text[SCAN_TICKET_BYTES];
        struct bw_scanner *scanner = eye_open((struct bw_scanner_options){0});
        assert_true(scan_kind_draw(kind, n, eye_pixels, text));
        eye_read(scanner, &frame, 1);
        bw_scanner_destroy(scanner);
        if (eye_sighting.ticket) {
            continue;
        }
        unread++;
        right += eye_sighting.kind == BW_SIGHTING_BLURRED &&
                 eye_sighting.trouble == trouble && eye_sighting.unsettled;
    }
    assert_in_range(unread, unread_min, count);
    assert_true(right * 10 >= unread * 9);
}

static void
ticket_out_of_focus_is_told_soft(void **state)
{
    (void)state;
    assert_told(SCAN_DEFOCUS, 10, BW_TROUBLE_SOFT, 3);
}

static void
moving_ticket_is_told_moving(void **state)
{
    (void)state;
    assert_told(SCAN_MOTION_WIDE, 12, BW_TROUBLE_MOVING, 3);
}

/* Six modules outside: nobody reads that. */
static void
ticket_over_the_edge_is_told_cut(void **state)
{
    (void)state;
    int right = 0;
    enum { TICKETS = 10 }; /* at the left, where two finder patterns are outside */
    for (int n = 0; n < TICKETS; n++) {
        struct scan_scene scene = scan_scene_plain();
        scene.module_px = 4 + n * 0.4;
        scene.noise = 2;
        scene.roll_deg = n % 5 - 2;
        scene.seed = (uint32_t)n + 1;
        scene.middle_x = (18.5 - 6) * scene.module_px / EYE_WIDTH;
        struct bw_scanner *scanner = eye_open((struct bw_scanner_options){0});
        char text[SCAN_TICKET_BYTES];
        uint32_t seed = (uint32_t)n + 3;
        scan_ticket_text(&seed, text);
        eye_draw(text, 5, &scene, eye_pixels);
        eye_read(scanner, &frame, 1);
        bw_scanner_destroy(scanner);
        float middle = (eye_sighting.corner[0][0] + eye_sighting.corner[2][0]) / 2;
        right += eye_sighting.kind == BW_SIGHTING_BLURRED &&
                 eye_sighting.trouble == BW_TROUBLE_CUT && middle < 0.2F;
    }
    assert_in_range(right, TICKETS - 1, TICKETS);
}

/* SC4: "this is another code" would send somebody away who holds up a ticket. */
static void
poster_beside_a_soft_ticket_is_not_told(void **state)
{
    (void)state;
    static uint8_t poster[EYE_WIDTH * EYE_HEIGHT];
    enum { SOFT = 3, HALF = EYE_WIDTH * 45 / 100 };
    char text[SCAN_TICKET_BYTES];
    assert_true(scan_kind_poster(0, poster));
    assert_true(scan_kind_draw(SCAN_DEFOCUS, SOFT, eye_pixels, text));
    for (int y = 0; y < EYE_HEIGHT; y++) { /* what is in the middle moves to the right */
        uint8_t *row = eye_pixels + y * EYE_WIDTH;
        memmove(row + HALF, row + EYE_WIDTH / 4, EYE_WIDTH - HALF);
        memcpy(row, poster + y * EYE_WIDTH, HALF);
    }
    struct bw_scanner *scanner = eye_open((struct bw_scanner_options){0});
    for (int i = 0; i < 4; i++) {
        eye_read(scanner, &frame, 1);
        assert_int_equal(eye_sighting.kind, BW_SIGHTING_BLURRED);
        assert_true(eye_sighting.unsettled);
        assert_true(eye_sighting.corner[2][0] > 0.5F);
    }
    bw_scanner_destroy(scanner);
}

static void
hall_has_no_trouble(void **state)
{
    (void)state;
    for (int hall = 0; hall < SCAN_HALLS; hall++) {
        for (int n = 0; n < 3; n++) {
            struct bw_scanner *scanner = eye_open((struct bw_scanner_options){0});
            scan_hall_draw((enum scan_hall)hall, n, EYE_WIDTH, EYE_HEIGHT, eye_pixels);
            for (int i = 0; i < 3; i++) {
                eye_read(scanner, &frame, 1);
                assert_int_equal(eye_sighting.trouble, BW_TROUBLE_NONE);
            }
            bw_scanner_destroy(scanner);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticket_out_of_focus_is_told_soft),
        cmocka_unit_test(moving_ticket_is_told_moving),
        cmocka_unit_test(ticket_over_the_edge_is_told_cut),
        cmocka_unit_test(poster_beside_a_soft_ticket_is_not_told),
        cmocka_unit_test(hall_has_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
