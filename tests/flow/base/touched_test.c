/* What a finger meant, when the screen changed under it. */
#include "tests/flow/flow_help.h"

static struct bw_view then;

static bool
finds(enum bw_action action, int index, int *ret_index)
{
    return bw_flow_find_touched(&then, action, index, &day.view, ret_index);
}

static void
row_is_found_where_it_moved_to(void **state)
{
    (void)state;
    int at = -1;
    day_unlock(&day);
    int before = row_of("Fatima");
    then = day.view;
    tap("Fatima"); /* stays, and its button is another one */
    assert_false(finds(BW_ACTION_ROW, before, &at));
    assert_true(finds(BW_ACTION_ROW_MORE, before, &at));
    day_type(&day, "anna");
    then = day.view;
    touch(CLEAR);
    assert_true(finds(BW_ACTION_ROW, 0, &at));
    assert_int_equal(at, row_of("Anna"));
    assert_false(finds(BW_ACTION_ROW, BW_VIEW_ROWS, &at));
    day_type(&day, "willem");
    assert_false(finds(BW_ACTION_ROW, 0, &at));
}

static void
offer_below_the_list_is_of_its_own_toast(void **state)
{
    (void)state;
    int at = -1;
    day_unlock(&day);
    tap("Anna");
    tap("Anna");
    then = day.view;
    assert_true(finds(BW_ACTION_REDO, 0, &at));
    pass(1000);
    tap("Fatima");
    tap("Fatima");
    assert_false(finds(BW_ACTION_REDO, 0, &at));
    assert_true(finds(BW_ACTION_WALK_IN, 0, &at));
}

static void
further_actions_are_of_the_row_that_was_open(void **state)
{
    (void)state;
    int at = -1;
    day_unlock(&day);
    day_touch(&day, BW_ACTION_ROW_MORE, row_of("Anna"));
    then = day.view;
    assert_true(finds(BW_ACTION_LEAVES, 0, &at));
    touch(BACK);
    day_touch(&day, BW_ACTION_ROW_MORE, row_of("Fatima"));
    assert_false(finds(BW_ACTION_LEAVES, 0, &at));
}

static void
not_me_is_about_the_visitor_who_was_shown(void **state)
{
    (void)state;
    int at = -1;
    scan(ANNA);
    then = day.view;
    assert_true(finds(BW_ACTION_NOT_ME, 0, &at));
    pass(2000);
    assert_true(finds(BW_ACTION_NOT_ME, 0, &at));
    scan(FATIMA);
    assert_false(finds(BW_ACTION_NOT_ME, 0, &at));
    assert_false(finds(BW_ACTION_DONE, 0, &at));
    assert_true(finds(BW_ACTION_TOUCH, 0, &at)); /* of no target */
}

static void
screen_that_is_another_answers_nothing(void **state)
{
    (void)state;
    int at = -1;
    then = day.view;
    day_unlock(&day);
    assert_false(finds(BW_ACTION_READ_ALOUD, 0, &at));
}

static void
question_that_came_meanwhile_is_not_answered(void **state)
{
    (void)state;
    int at = -1;
    day_unlock(&day);
    then = day.view;
    day_pass(&day, 1000);
    day.view.dialog.open = true;
    assert_false(finds(BW_ACTION_YES, 0, &at));
    then = day.view;
    assert_true(finds(BW_ACTION_YES, 0, &at));
    (void)strcpy(day.view.dialog.values.name, "Anna");
    assert_false(finds(BW_ACTION_YES, 0, &at));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(row_is_found_where_it_moved_to),
        sentence(offer_below_the_list_is_of_its_own_toast),
        sentence(further_actions_are_of_the_row_that_was_open),
        sentence(not_me_is_about_the_visitor_who_was_shown),
        sentence(screen_that_is_another_answers_nothing),
        sentence(question_that_came_meanwhile_is_not_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
