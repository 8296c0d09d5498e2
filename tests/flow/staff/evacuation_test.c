/* The list of those inside: printed, where a printer is set up. */
#include "tests/flow/flow_help.h"

static int
open_with_a_printer(void **state)
{
    (void)state;
    struct bw_flow_options options = {.camera_wanted = true, .lists = true};
    fill_house(10, 0);
    day_open(&day, &options);
    return 0;
}

static void
end_print(enum bw_helper_outcome outcome)
{
    struct bw_stimulus stimulus = {
        .kind = BW_STIMULUS_HELPER, .helper = BW_HELPER_LIST, .outcome = outcome};
    day_step(&day, &stimulus);
}

static void
list_is_printed_and_how_that_ended_is_said(void **state)
{
    (void)state;
    scan(FATIMA);
    touch(DONE);
    day_unlock(&day);
    touch(EVACUATE);
    assert_true(day.view.staff.lists);
    touch(PRINT);
    assert_int_equal(day.saved, 1);
    assert_true(day.saved_whole);
    assert_int_equal(day.saved_by, BW_HELPER_LIST);
    expect("notice", "ev.printing");
    end_print(BW_OUTCOME_PAPER);
    expect("notice", "ev.paper");
    end_print(BW_OUTCOME_FAILED);
    expect("notice", "ev.noprint");
    expect("sound", "no");
    end_print(BW_OUTCOME_DONE);
    expect("notice", "ev.printed");
    touch(USB);
    assert_int_equal(day.saved_by, BW_HELPER_INSIDE);
}

static void
visitors_hear_nothing_of_a_print_that_ends_late(void **state)
{
    (void)state;
    day_unlock(&day);
    touch(EVACUATE);
    touch(PRINT);
    touch(BACK);
    touch(LOCK);
    pass(10000);
    end_print(BW_OUTCOME_FAILED);
    expect("screen", "idle");
    expect("notice", "");
}

static void
without_a_printer_it_is_not_offered(void **state)
{
    (void)state;
    day_unlock(&day);
    touch(EVACUATE);
    assert_false(day.view.staff.lists);
    touch(PRINT);
    assert_false(day.saved_whole);
}

static void
nobody_stands_there_who_is_not_inside(void **state)
{
    (void)state;
    scan(FATIMA);
    touch(DONE);
    day_unlock(&day);
    expect("row", "Anna");
    day.holds = true;
    touch(EVACUATE);
    expect("screen", "evacuation");
    expect("rows", "0");
    day_let_go(&day);
    expect("rows", "1");
    expect("row", "Fatima");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            list_is_printed_and_how_that_ended_is_said, open_with_a_printer, close_house),
        cmocka_unit_test_setup_teardown(visitors_hear_nothing_of_a_print_that_ends_late,
            open_with_a_printer, close_house),
        sentence(without_a_printer_it_is_not_offered),
        sentence(nobody_stands_there_who_is_not_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
