/* Somebody moves before the camera, or only the light flickers. */
#include <app/input/motion.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { WIDTH = 640, HEIGHT = 360, STRIDE = WIDTH * 2 };

static uint8_t bytes[STRIDE * HEIGHT];
static struct bw_motion motion;

static int
start(void **state)
{
    (void)state;
    memset(&motion, 0, sizeof motion);
    memset(bytes, 100, sizeof bytes);
    return 0;
}

static bool
see(void)
{
    struct bw_yuy2 picture = {bytes, WIDTH, HEIGHT, STRIDE};
    return bw_motion_see(&motion, &picture);
}

static void
paint(int left, int top, int side, uint8_t level)
{
    for (int y = top; y < top + side; y++) {
        memset(bytes + (size_t)y * STRIDE + (size_t)left * 2, level, (size_t)side * 2);
    }
}

static void
first_picture_and_a_still_one_are_no_motion(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        assert_false(see());
    }
}

static void
noise_is_no_motion(void **state)
{
    (void)state;
    srand(1);
    for (int i = 0; i < 10; i++) {
        for (size_t k = 0; k < sizeof bytes; k++) {
            bytes[k] = (uint8_t)(92 + rand() % 17);
        }
        assert_false(see());
    }
}

static void
somebody_before_the_camera_is_motion(void **state)
{
    (void)state;
    assert_false(see());
    paint(200, 80, 160, 200);
    assert_true(see());
}

static void
small_lamp_is_none(void **state)
{
    (void)state;
    assert_false(see());
    paint(4, 4, 20, 255);
    assert_false(see());
}

static void
who_stands_still_becomes_the_background(void **state)
{
    (void)state;
    assert_false(see());
    paint(200, 80, 160, 200);
    for (int i = 0; i < 20; i++) {
        (void)see();
    }
    assert_false(see());
    paint(200, 80, 160, 100);
    assert_true(see());
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(first_picture_and_a_still_one_are_no_motion, start),
        cmocka_unit_test_setup(noise_is_no_motion, start),
        cmocka_unit_test_setup(somebody_before_the_camera_is_motion, start),
        cmocka_unit_test_setup(small_lamp_is_none, start),
        cmocka_unit_test_setup(who_stands_still_becomes_the_background, start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
