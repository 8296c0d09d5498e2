/* How often the camera's picture is drawn: always, but for an empty hall. */
#include <app/worker/viewfinder.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

enum { WIDTH = 640, HEIGHT = 360, STRIDE = WIDTH * 2, FRAME_MS = 33, MINUTE_MS = 60000 };

static uint8_t bytes[STRIDE * HEIGHT];
static struct bw_viewfinder viewfinder;
static int64_t now_ms;

static int
start(void **state)
{
    (void)state;
    viewfinder = (struct bw_viewfinder){.changed_ms = 5000};
    viewfinder.frame.picture = (struct bw_yuy2){bytes, WIDTH, HEIGHT, STRIDE};
    memset(bytes, 100, sizeof bytes);
    now_ms = 5000;
    return 0;
}

/* A camera's pictures of so long; returns how many of them are drawn. */
static int
watch(int64_t ms, bool *ret_moved)
{
    int drawn = 0;
    *ret_moved = false;
    for (int64_t end_ms = now_ms + ms; now_ms < end_ms; now_ms += FRAME_MS) {
        bool moves = false;
        drawn += bw_viewfinder_see(&viewfinder, now_ms, &moves);
        *ret_moved = *ret_moved || moves;
    }
    return drawn;
}

static int
drawn_in(int64_t ms)
{
    bool moved = false;
    int drawn = watch(ms, &moved);
    assert_false(moved);
    return drawn;
}

/* VF1 */
static void
every_picture_is_drawn_for_a_minute_without_change_then_five_a_second(void **state)
{
    (void)state;
    assert_in_range(drawn_in(MINUTE_MS), MINUTE_MS / FRAME_MS, MINUTE_MS / FRAME_MS + 1);
    assert_in_range(drawn_in(MINUTE_MS), 290, 304);
    assert_int_equal(viewfinder.count, 2 * (MINUTE_MS / FRAME_MS + 1));
}

static void
somebody_who_comes_is_drawn_in_the_very_next_picture(void **state)
{
    (void)state;
    for (int late = 0; late < 8; late++) { /* wherever between two that are drawn */
        bool moved = false;
        start(state);
        (void)drawn_in(2 * MINUTE_MS + late * FRAME_MS);
        memset(bytes + sizeof bytes / 2, 200, sizeof bytes / 4);
        assert_int_equal(watch(FRAME_MS, &moved), 1);
        assert_true(moved);
        assert_int_equal(watch(10 * FRAME_MS, &moved), 10);
    }
}

static void
touch_wakes_it_for_another_minute(void **state)
{
    (void)state;
    (void)drawn_in(2 * MINUTE_MS);
    bw_viewfinder_wake(&viewfinder, now_ms);
    assert_int_equal(drawn_in(30 * FRAME_MS), 30);
    (void)drawn_in(MINUTE_MS);
    assert_in_range(drawn_in(30 * FRAME_MS), 4, 6);
}

/* Somebody at the side, where only a few of the pixels that are looked at change. */
static void
somebody_small_is_seen_between_two_looks(void **state)
{
    (void)state;
    bool moved = false;
    (void)drawn_in(2 * MINUTE_MS);
    for (int y = 0; y < HEIGHT; y++) {
        memset(bytes + (size_t)y * STRIDE, 160, (size_t)2 * WIDTH / 16);
    }
    assert_int_equal(watch(FRAME_MS, &moved), 1);
    assert_true(moved);
}

/* The guide breathes with the pictures, never more often than they. */
static void
what_is_drawn_with_the_next_picture_waits_for_it(void **state)
{
    (void)state;
    (void)drawn_in(1000);
    assert_true(bw_viewfinder_due_ms(&viewfinder) < now_ms + 2 * FRAME_MS);
    (void)drawn_in(2 * MINUTE_MS);
    assert_true(
        bw_viewfinder_due_ms(&viewfinder) > viewfinder.came_ms + BW_VIEWFINDER_SLOW_MS);
}

/* At thirty pictures a second, and at ten. */
static void
window_is_woken_ten_times_a_second_in_an_empty_hall(void **state)
{
    static const int frames_ms[] = {FRAME_MS, 100};
    (void)state;
    for (size_t i = 0; i < sizeof frames_ms / sizeof *frames_ms; i++) {
        struct bw_viewfinder_bell bell = {0};
        int each = 0, seldom = 0, pictures = 0;
        for (int64_t at_ms = 0; at_ms < 10000; at_ms += frames_ms[i], pictures++) {
            each += bw_viewfinder_bell_rings(&bell, at_ms);
        }
        assert_int_equal(each, pictures);
        bw_viewfinder_bell_set(&bell, true);
        for (int64_t at_ms = 10000; at_ms < 20000; at_ms += frames_ms[i]) {
            seldom += bw_viewfinder_bell_rings(&bell, at_ms);
        }
        assert_in_range(seldom, 99, 102);
        bw_viewfinder_bell_set(&bell, false);
        assert_true(bw_viewfinder_bell_rings(&bell, 20000));
        assert_true(bw_viewfinder_bell_rings(&bell, 20001));
    }
}

#define sentence(name) cmocka_unit_test_setup(name, start)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(every_picture_is_drawn_for_a_minute_without_change_then_five_a_second),
        sentence(somebody_who_comes_is_drawn_in_the_very_next_picture),
        sentence(somebody_small_is_seen_between_two_looks),
        sentence(touch_wakes_it_for_another_minute),
        sentence(window_is_woken_ten_times_a_second_in_an_empty_hall),
        sentence(what_is_drawn_with_the_next_picture_waits_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
