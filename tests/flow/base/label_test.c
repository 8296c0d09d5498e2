/* A label for who comes in, and what is said when none comes. */
#include "tests/flow/flow_help.h"

static int
open_with_a_printer(void **state)
{
    (void)state;
    struct bw_flow_options options = {.camera_wanted = true, .labels = true};
    fill_house(10, 0);
    day_open(&day, &options);
    return 0;
}

static void
end_label(enum bw_helper_outcome outcome)
{
    struct bw_stimulus stimulus = {
        .kind = BW_STIMULUS_HELPER, .helper = BW_HELPER_LABEL, .outcome = outcome};
    day_step(&day, &stimulus);
}

static void
expect_label(int count, const char *label)
{
    assert_int_equal(day.labels, count);
    assert_string_equal(day.label, label);
}

static void
who_comes_in_gets_one_label(void **state)
{
    (void)state;
    day_hand_scan(&day, FIXTURE_SESSION, FATIMA, 0);
    expect("verdict", "welcome");
    expect_label(1, "Fatima\nel Amrani\nOBS De Brug\nNoord\n");
    pass(10000);
    day_hand_scan(&day, FIXTURE_SESSION, FATIMA, 0);
    expect("verdict", "already_in");
    pass(10000);
    day_hand_scan(&day, FIXTURE_SESSION, WIM, 0);
    expect("verdict", "waitlisted");
    expect_label(1, "Fatima\nel Amrani\nOBS De Brug\nNoord\n");
}

static void
whoever_staff_let_in_gets_one_too_and_again_at_a_touch(void **state)
{
    (void)state;
    day_unlock(&day);
    day_touch(&day, BW_ACTION_ROW, row_of("Anna"));
    expect_label(1, "Anna\nde Vries\nOBS De Brug\nNoord\n");
    day_touch(&day, BW_ACTION_TAB, BW_LIST_PRESENT);
    day_touch(&day, BW_ACTION_ROW_MORE, row_of("Anna"));
    assert_true(day.view.staff.labels);
    touch(LABEL);
    expect_label(2, "Anna\nde Vries\nOBS De Brug\nNoord\n");
    assert_int_equal(day.view.staff.more_row, -1);
    touch(LABEL); /* of no row */
    expect_label(2, "Anna\nde Vries\nOBS De Brug\nNoord\n");
}

static void
paper_that_is_out_is_said_till_a_label_comes(void **state)
{
    (void)state;
    day_hand_scan(&day, FIXTURE_SESSION, FATIMA, 0);
    expect("verdict", "welcome"); /* nobody waits for a printer */
    end_label(BW_OUTCOME_PAPER);
    assert_string_equal(day.view.notice.key, "");
    pass(10000);
    expect("screen", "idle");
    assert_string_equal(day.view.notice.key, "lb.paper"); /* it lies over the screen */
    pass(8000);
    assert_string_equal(day.view.notice.key, "");
    day_unlock(&day);
    assert_string_equal(day.view.notice.key, "lb.paper");
    pass(60000);
    assert_string_equal(day.view.notice.key, "lb.paper");
    end_label(BW_OUTCOME_FAILED);
    assert_string_equal(day.view.notice.key, "lb.fail");
    end_label(BW_OUTCOME_DONE);
    assert_string_equal(day.view.notice.key, "");
}

static void
without_a_printer_nothing_is_printed_or_offered(void **state)
{
    day_destroy(&day);
    open_house(state);
    day_hand_scan(&day, FIXTURE_SESSION, FATIMA, 0);
    expect("verdict", "welcome");
    day_unlock(&day);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_PRESENT);
    day_touch(&day, BW_ACTION_ROW_MORE, row_of("Fatima"));
    assert_false(day.view.staff.labels);
    touch(LABEL);
    assert_int_equal(day.labels, 0);
}

#define with_printer(name)                                                               \
    cmocka_unit_test_setup_teardown(name, open_with_a_printer, close_house)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        with_printer(who_comes_in_gets_one_label),
        with_printer(whoever_staff_let_in_gets_one_too_and_again_at_a_touch),
        with_printer(paper_that_is_out_is_said_till_a_label_comes),
        with_printer(without_a_printer_nothing_is_printed_or_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
