/* When a kiosk's roads are due: a clock that the test moves, and no waiting. */
#include "cli/pace.h"

#include "tests/sync/testing.h"

enum { ROADS = 2, DOOR = 0, CLOUD = 1 };

static uint32_t
most(uint32_t below)
{
    return below > 0 ? below - 1 : 0;
}

static uint32_t
none(uint32_t below)
{
    (void)below;
    return 0;
}

/* All went well at 0. */
static struct bw_pace
pace_calm(bool open)
{
    struct bw_pace pace = {.random = none, .roads_count = ROADS, .doors_open = open};
    for (int i = 0; i < ROADS; i++) {
        bw_pace_note(&pace, i, BW_PACE_SENDS, true, 0);
        bw_pace_note(&pace, i, BW_PACE_TAKES, true, 0);
    }
    return pace;
}

static void
at_first_all_is_due(void **state)
{
    (void)state;
    struct bw_pace pace = {.random = none};
    assert_int_equal(bw_pace_due(&pace, BW_PACE_SENDS, 0), 0xff);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 0), 0xff);
    assert_int_equal(bw_pace_next_ms(&pace), 0);
}

static void
takes_every_15_seconds_while_doors_are_open_else_each_minute(void **state)
{
    (void)state;
    struct bw_pace pace = pace_calm(true);
    assert_int_equal(bw_pace_next_ms(&pace), 15000);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 14999), 0);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 15000), 3);
    pace = pace_calm(false);
    assert_int_equal(bw_pace_next_ms(&pace), 60000);
    bw_pace_doors(&pace, true, 10000); /* they open: nobody waits the minute out */
    assert_int_equal(bw_pace_next_ms(&pace), 25000);
}

static void
an_event_is_sent_within_a_second_and_takes_nothing(void **state)
{
    (void)state;
    struct bw_pace pace = pace_calm(false);
    bw_pace_event(&pace, 5000);
    assert_in_range(bw_pace_next_ms(&pace), 5000, 5999);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_SENDS, 6000), 3);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 6000), 0);
    int64_t due_ms = bw_pace_next_ms(&pace);
    bw_pace_event(&pace, 5100); /* the next one doesn't put it off */
    assert_int_equal(bw_pace_next_ms(&pace), due_ms);
}

static void
each_road_and_each_way_backs_off_alone(void **state)
{
    (void)state;
    struct bw_pace pace = pace_calm(true);
    bw_pace_note(&pace, CLOUD, BW_PACE_SENDS, false, 0);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_SENDS, 5000), 1 << CLOUD);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 5000), 0);
    bw_pace_note(&pace, CLOUD, BW_PACE_SENDS, false, 5000);
    bw_pace_event(&pace, 5000); /* no event makes it ask a server that fails */
    assert_int_equal(bw_pace_due(&pace, BW_PACE_SENDS, 14999), 1 << DOOR);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_SENDS, 15000), 3);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 15000), 3);
    bw_pace_note(&pace, CLOUD, BW_PACE_SENDS, true, 15000);
    bw_pace_event(&pace, 15000);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_SENDS, 16000), 3);
}

static void
a_failing_road_is_asked_at_most_5_minutes_later_with_jitter(void **state)
{
    (void)state;
    static const int64_t waits_ms[] = {
        15000, 5000, 10000, 20000, 40000, 80000, 160000, 300000, 300000};
    for (int i = 0; i < (int)(sizeof waits_ms / sizeof waits_ms[0]); i++) {
        assert_int_equal(bw_pace_wait_ms(i, none), waits_ms[i]);
    }
    for (int i = 1; i < 2000; i++) {
        assert_in_range(bw_pace_wait_ms(i, most), 3750, 300000);
        assert_true(bw_pace_wait_ms(i, most) < bw_pace_wait_ms(i, none));
    }
}

static void
a_network_that_is_back_wakes_what_failed(void **state)
{
    (void)state;
    struct bw_pace pace = pace_calm(false);
    for (int i = 0; i < 10; i++) {
        bw_pace_note(&pace, CLOUD, BW_PACE_TAKES, false, 0);
    }
    bw_pace_network(&pace, 1000);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 2000), 1 << CLOUD);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_SENDS, 2000), 0);
    bw_pace_note(&pace, CLOUD, BW_PACE_TAKES, false, 2000);
    assert_int_equal(bw_pace_next_ms(&pace), 12000); /* and it backs off from the start */
}

static void
a_store_that_is_held_is_asked_again_in_5_seconds(void **state)
{
    (void)state;
    struct bw_pace pace = {.random = none};
    bw_pace_held(&pace, 100);
    assert_int_equal(bw_pace_next_ms(&pace), 5100);
}

static void
what_a_carrier_tells_of_is_taken_at_once_and_once_more(void **state) /* CE1 */
{
    (void)state;
    struct bw_pace pace = pace_calm(false);
    bw_pace_heard(&pace, 1U << CLOUD, 30000);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 30000), 1U << CLOUD);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_SENDS, 30000), 0);
    bw_pace_note(&pace, CLOUD, BW_PACE_TAKES, true, 30050);
    assert_int_equal(bw_pace_next_ms(&pace), 31010);
    bw_pace_note(&pace, CLOUD, BW_PACE_TAKES, true, 31050);
    assert_int_equal(bw_pace_next_ms(&pace), 60000);
}

/* What it read may have been older than what came within that second. */
static void
a_slow_look_that_began_before_the_second_one_was_due_is_not_that_one(void **state)
{
    (void)state;
    struct bw_pace pace = pace_calm(true);
    bw_pace_heard(&pace, 1U << CLOUD, 10000);
    bw_pace_note(&pace, CLOUD, BW_PACE_TAKES, true, 12000);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 12000), 1U << CLOUD);
    bw_pace_note(&pace, CLOUD, BW_PACE_TAKES, true, 12400);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 26000), 1U << DOOR);
}

static void
a_flood_of_tellings_is_taken_three_times_a_second_and_wakes_no_failing_road(void **state)
{
    (void)state;
    struct bw_pace pace = pace_calm(false);
    int taken = 0;
    bw_pace_note(&pace, DOOR, BW_PACE_TAKES, false, 0);
    for (int64_t now_ms = 10; now_ms < 5000; now_ms += 10) {
        bw_pace_heard(&pace, 3, now_ms);
        assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, now_ms) & 1U << DOOR, 0);
        if (bw_pace_due(&pace, BW_PACE_TAKES, now_ms) != 0) {
            taken++;
            bw_pace_note(&pace, CLOUD, BW_PACE_TAKES, true, now_ms);
        }
    }
    assert_in_range(taken, 14, 17);
}

static void
the_local_network_sends_and_takes_at_once_and_answers_whom_it_heard(void **state)
{
    (void)state;
    struct bw_pace pace = pace_calm(true);
    pace.near = true;
    bw_pace_event(&pace, 1000);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_SENDS, 1000), 3);
    pace = pace_calm(true);
    pace.near = true;
    bw_pace_heard(&pace, 1U << DOOR, 1000);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 1000), 1U << DOOR);
    bw_pace_note(&pace, DOOR, BW_PACE_TAKES, true, 1000);
    assert_int_equal(
        bw_pace_due(&pace, BW_PACE_SENDS, 1000 + BW_PACE_NEAR_MS), 1U << DOOR);
    bw_pace_heard(&pace, 1U << DOOR, 1001); /* not more than twenty times a second */
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 1001), 0);
    assert_int_equal(
        bw_pace_due(&pace, BW_PACE_TAKES, 1000 + BW_PACE_NEAR_MS), 1U << DOOR);
}

/* Looks that a kiosk takes on one road in an hour, at whose door something happens every
 * `every_ms` (0: nothing does), and the longest that one of these had to wait for one. */
static int
hour_of_looks(struct bw_pace *pace, int64_t every_ms, int64_t *ret_longest_ms)
{
    enum { STEP_MS = 10, HOUR_MS = 3600 * 1000 };
    int looks = 0;
    int64_t waits_since_ms = -1;
    *ret_longest_ms = 0;
    for (int64_t now_ms = 0; now_ms < HOUR_MS; now_ms += STEP_MS) {
        if (every_ms > 0 && now_ms % every_ms == every_ms / 2) {
            bw_pace_event(pace, now_ms); /* here, and at the other kiosk */
            waits_since_ms = waits_since_ms < 0 ? now_ms : waits_since_ms;
        }
        if ((bw_pace_due(pace, BW_PACE_SENDS, now_ms) & 1) != 0) {
            bw_pace_note(pace, DOOR, BW_PACE_SENDS, true, now_ms);
        }
        if ((bw_pace_due(pace, BW_PACE_TAKES, now_ms) & 1) != 0) {
            bw_pace_note(pace, DOOR, BW_PACE_TAKES, true, now_ms);
            looks++;
            if (waits_since_ms >= 0) {
                int64_t waited_ms = now_ms - waits_since_ms;
                *ret_longest_ms =
                    waited_ms > *ret_longest_ms ? waited_ms : *ret_longest_ms;
                bw_pace_brought(pace, now_ms);
            }
            waits_since_ms = -1;
        }
    }
    return looks;
}

static void
an_idle_door_is_looked_for_240_times_an_hour_and_a_busy_one_720(void **state)
{
    (void)state;
    static const struct {
        int64_t every_ms, longest_ms;
        int least, most;
    } doors[] = {{0, 0, 239, 241}, {700, 5000, 700, 721}, {7000, 5000, 600, 721},
        {60000, 5000, 600, 721}, {600000, 15000, 240, 400}};
    for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++) {
        struct bw_pace pace = pace_calm(true);
        int64_t longest_ms = 0;
        int looks = hour_of_looks(&pace, doors[i].every_ms, &longest_ms);
        assert_in_range(looks, doors[i].least, doors[i].most);
        assert_in_range(longest_ms, 0, doors[i].longest_ms);
    }
}

static void
after_an_event_a_road_that_tells_nothing_is_asked_every_5_seconds(void **state)
{
    (void)state;
    struct bw_pace pace = pace_calm(true);
    pace.tells = 1U << CLOUD;
    bw_pace_event(&pace, 1000);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 4999), 0);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 5000), 1U << DOOR);
    bw_pace_note(&pace, DOOR, BW_PACE_TAKES, true, 5000);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 9999), 0);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 10000), 1U << DOOR);
    bw_pace_note(&pace, DOOR, BW_PACE_TAKES, true, 121000);
    bw_pace_note(&pace, CLOUD, BW_PACE_TAKES, true, 121000);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 135999), 0);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 136000), 3);
}

static void
what_came_hastens_no_failing_road_and_none_behind_closed_doors(void **state)
{
    (void)state;
    struct bw_pace pace = pace_calm(true);
    bw_pace_note(&pace, CLOUD, BW_PACE_TAKES, false, 0);
    bw_pace_note(&pace, CLOUD, BW_PACE_TAKES, false, 0);
    bw_pace_brought(&pace, 0);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 5000), 1U << DOOR);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 10000), 3);
    pace = pace_calm(false);
    bw_pace_brought(&pace, 0);
    assert_int_equal(bw_pace_due(&pace, BW_PACE_TAKES, 59999), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_first_all_is_due),
        cmocka_unit_test(takes_every_15_seconds_while_doors_are_open_else_each_minute),
        cmocka_unit_test(an_event_is_sent_within_a_second_and_takes_nothing),
        cmocka_unit_test(each_road_and_each_way_backs_off_alone),
        cmocka_unit_test(a_failing_road_is_asked_at_most_5_minutes_later_with_jitter),
        cmocka_unit_test(a_network_that_is_back_wakes_what_failed),
        cmocka_unit_test(a_store_that_is_held_is_asked_again_in_5_seconds),
        cmocka_unit_test(what_a_carrier_tells_of_is_taken_at_once_and_once_more),
        cmocka_unit_test(
            a_slow_look_that_began_before_the_second_one_was_due_is_not_that_one),
        cmocka_unit_test(
            a_flood_of_tellings_is_taken_three_times_a_second_and_wakes_no_failing_road),
        cmocka_unit_test(an_idle_door_is_looked_for_240_times_an_hour_and_a_busy_one_720),
        cmocka_unit_test(
            after_an_event_a_road_that_tells_nothing_is_asked_every_5_seconds),
        cmocka_unit_test(what_came_hastens_no_failing_road_and_none_behind_closed_doors),
        cmocka_unit_test(
            the_local_network_sends_and_takes_at_once_and_answers_whom_it_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
