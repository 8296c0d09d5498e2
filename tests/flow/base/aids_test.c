/* What a visitor sets for themselves: language, size of type, reading aloud and how loud
 * it is; and that the next one finds none of it. */
#include "tests/flow/flow_help.h"

/* As a visitor leaves it who needs all four. */
static void
set_all(void)
{
    touch(LANGUAGE);
    touch(LARGER);
    touch(READ_ALOUD);
    touch(LOUDER);
    expect("english", "1");
    expect("larger", "1");
    assert_true(day.view.aloud);
    assert_int_equal(day.view.volume, 1);
    assert_int_equal(day.volume, 12);
}

static void
expect_none(void)
{
    expect("english", "0");
    expect("larger", "0");
    assert_false(day.view.aloud);
    assert_false(day.spoke);
    assert_int_equal(day.view.volume, BW_VOLUME_LEVELS);
    assert_int_equal(day.volume, 100);
}

/* By its number and 1; 0 is the next one, round. */
static void
every_language_is_one_touch_away(void **state)
{
    (void)state;
    expect("english", "0");
    day_touch(&day, BW_ACTION_LANGUAGE, BW_ENGLISH + 1);
    expect("english", "1");
    day_touch(&day, BW_ACTION_LANGUAGE, BW_ENGLISH + 1);
    expect("english", "1");
    touch(LANGUAGE);
    expect("english", "0");
    day_touch(&day, BW_ACTION_LANGUAGE, 7); /* none of that number */
    assert_int_equal(day.view.language, BW_DUTCH);
}

static void
result_in_another_language_stands_longer(void **state)
{
    (void)state;
    scan(FATIMA);
    pass(4500);
    touch(LANGUAGE);
    pass(3000);
    expect("screen", "result");
    expect("english", "1");
}

static void
all_go_back_a_minute_after_the_last_of_them(void **state)
{
    (void)state;
    set_all();
    pass(59900);
    expect("english", "1");
    assert_true(day.view.aloud);
    touch(LOUDER);
    pass(59900);
    assert_true(day.view.aloud);
    pass(100);
    expect_none();
}

static void
all_stay_with_a_person_and_go_with_them(void **state)
{
    (void)state;
    set_all();
    scan(FATIMA);
    expect("screen", "result");
    expect("english", "1");
    expect("larger", "1");
    assert_true(day.view.aloud);
    assert_int_equal(day.volume, 12);
    touch(DONE);
    expect("screen", "idle");
    expect_none();
}

static void
all_go_when_the_time_is_over(void **state)
{
    (void)state;
    set_all();
    touch(FIND);
    expect("screen", "search");
    pass(70000);
    expect("screen", "idle");
    expect_none();
    set_all();
    scan(FATIMA);
    pass(21000);
    expect("screen", "idle");
    expect_none();
}

static void
next_persons_ticket_ends_all_of_them(void **state)
{
    (void)state;
    set_all();
    scan(FATIMA);
    pass(1600);
    day_scan(&day, FIXTURE_SESSION, ANNA, 1);
    expect("verdict", "welcome");
    expect_none();
    touch(DONE);
    set_all();
    scan(WIM); /* who waits, and steps aside */
    pass(1600);
    scan(WILLEM);
    expect_none();
}

static void
another_try_is_no_other_person(void **state)
{
    (void)state;
    set_all();
    day_show(&day, "BW1:NO SUCH TICKET");
    expect("verdict", "forged");
    pass(3100);
    scan(FATIMA);
    expect("verdict", "welcome");
    expect("english", "1");
    assert_true(day.view.aloud);
    pass(3100);
    scan(FATIMA);
    expect("verdict", "already_in");
    expect("english", "1");
    assert_int_equal(day.volume, 12);
}

static void
reading_stops_at_a_touch_and_goes_on_with_the_next_screen(void **state)
{
    (void)state;
    touch(READ_ALOUD);
    assert_true(day.spoke);
    touch(LARGER);
    assert_false(day.spoke);
    touch(FIND);
    assert_true(day.spoke);
    day_type(&day, "f");
    assert_false(day.spoke);
    scan(FATIMA);
    expect("screen", "result");
    assert_true(day.spoke);
    touch(DONE);
    assert_false(day.spoke);
}

static void
read_aloud_stops_what_is_read_and_repeats_what_was(void **state)
{
    (void)state;
    struct bw_stimulus again = {
        .kind = BW_STIMULUS_ACTION, .action = BW_ACTION_READ_ALOUD, .reads = true};
    touch(READ_ALOUD);
    touch(READ_ALOUD); /* it had come to its end */
    assert_true(day.view.aloud);
    assert_true(day.spoke);
    day_step(&day, &again);
    assert_false(day.view.aloud);
    assert_false(day.spoke);
}

static void
language_is_heard_at_once(void **state)
{
    (void)state;
    touch(LANGUAGE);
    assert_false(day.spoke);
    touch(READ_ALOUD);
    touch(LANGUAGE);
    assert_true(day.spoke);
}

static void
louder_goes_round_over_eighteen_decibels_and_is_heard_each_time(void **state)
{
    (void)state;
    static const int steps[] = {12, 25, 50, 100};
    touch(LOUDER);
    assert_int_equal(day.volume, 0); /* nothing was asked: nothing is read aloud */
    touch(READ_ALOUD);
    for (int i = 0; i < 4; i++) {
        touch(LOUDER);
        assert_int_equal(day.volume, steps[i]);
        assert_int_equal(day.view.volume, i + 1);
        assert_true(day.spoke);
    }
    /* 18 dB are a factor of 7.943 */
    assert_true(steps[3] * 1000 >= steps[0] * 7943);
}

/* The staff's own stays theirs; who asks to hear hears, where they muted it too. */
static void
visitors_volume_begins_and_ends_with_the_staffs(void **state)
{
    (void)state;
    open_kiosk();
    touch(CHECK);
    touch(VOLUME);
    assert_int_equal(day.volume, 50);
    touch(BACK);
    touch(LOCK);
    touch(READ_ALOUD);
    assert_int_equal(day.view.volume, 3);
    touch(LOUDER);
    assert_int_equal(day.volume, 100);
    scan(FATIMA);
    touch(DONE);
    assert_int_equal(day.volume, 50);
    open_kiosk();
    touch(CHECK);
    for (int i = 0; i < 3; i++) {
        touch(VOLUME);
    }
    assert_int_equal(day.volume, 0);
    touch(BACK);
    touch(LOCK);
    touch(READ_ALOUD);
    assert_int_equal(day.volume, 12);
    pass(60000);
    assert_int_equal(day.volume, 0);
}

static void
ring_is_told_while_the_screen_is_read_aloud(void **state)
{
    (void)state;
    touch(FOCUS);
    assert_false(day.spoke_focus);
    touch(READ_ALOUD);
    touch(FOCUS);
    assert_false(day.spoke);
    assert_true(day.spoke_focus);
    day.spoke_focus = false;
    touch(FIND);
    touch(FOCUS);
    assert_true(day.spoke_focus);
}

static void
moving_the_ring_gives_time_as_a_touch_does(void **state)
{
    (void)state;
    scan(WIM);
    pass(15000);
    touch(FOCUS);
    pass(15000);
    expect("screen", "result");
    touch(DONE);
    touch(READ_ALOUD);
    pass(50000);
    touch(FOCUS);
    pass(50000);
    assert_true(day.view.aloud);
}

static void
name_that_is_not_found_is_said(void **state)
{
    (void)state;
    touch(READ_ALOUD);
    touch(FIND);
    day_type(&day, "fatima q");
    expect("search_hint", "zo.none");
    assert_true(day.spoke);
    day_type(&day, "q");
    expect("search_hint", "zo.none");
    assert_false(day.spoke); /* it was said */
}

static void
question_is_read_as_it_comes(void **state)
{
    (void)state;
    touch(READ_ALOUD);
    touch(FIND);
    day_type(&day, "fatima el amrani");
    assert_false(day.spoke);
    pass(700);
    expect("dialog", "zo.q");
    assert_true(day.spoke);
    touch(FOCUS);
    assert_false(day.spoke);
    pass(700); /* once */
    assert_false(day.spoke);
}

static void
result_that_is_read_aloud_stands_till_it_was_heard(void **state)
{
    (void)state;
    scan(FATIMA);
    pass(10000);
    expect("screen", "idle");
    touch(READ_ALOUD);
    day_scan(&day, FIXTURE_SESSION, ANNA, 1);
    expect("verdict", "welcome");
    pass(10000);
    expect("screen", "result");
}

/* The keys of the PIN aren't said in the hall, and staff's lists are not for its ears. */
static void
nothing_is_read_of_the_pin_and_the_staffs_screens(void **state)
{
    (void)state;
    touch(READ_ALOUD);
    touch(STAFF);
    expect("screen", "pin");
    assert_false(day.spoke);
    touch(FOCUS);
    assert_false(day.spoke_focus);
    day_write(&day, FIXTURE_PIN);
    expect("screen", "staff");
    touch(FOCUS);
    assert_false(day.spoke || day.spoke_focus);
    touch(LOCK);
    assert_false(day.view.aloud);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(every_language_is_one_touch_away),
        sentence(result_in_another_language_stands_longer),
        sentence(all_go_back_a_minute_after_the_last_of_them),
        sentence(all_stay_with_a_person_and_go_with_them),
        sentence(all_go_when_the_time_is_over),
        sentence(next_persons_ticket_ends_all_of_them),
        sentence(another_try_is_no_other_person),
        sentence(reading_stops_at_a_touch_and_goes_on_with_the_next_screen),
        sentence(read_aloud_stops_what_is_read_and_repeats_what_was),
        sentence(language_is_heard_at_once),
        sentence(louder_goes_round_over_eighteen_decibels_and_is_heard_each_time),
        sentence(visitors_volume_begins_and_ends_with_the_staffs),
        sentence(ring_is_told_while_the_screen_is_read_aloud),
        sentence(moving_the_ring_gives_time_as_a_touch_does),
        sentence(name_that_is_not_found_is_said),
        sentence(question_is_read_as_it_comes),
        sentence(result_that_is_read_aloud_stands_till_it_was_heard),
        sentence(nothing_is_read_of_the_pin_and_the_staffs_screens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
