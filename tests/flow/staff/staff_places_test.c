/* 10b, 10c: who waits, and a full house. */
#include "tests/flow/flow_help.h"

static void
skipping_who_came_first_asks_and_wants_a_reason(void **state)
{
    (void)state;
    scan(WIM);
    touch(DONE);
    day_unlock(&day);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    expect("rows", "2");
    expect("row", "Wim");
    tap("Willem");
    expect("dialog", "wl.skipq");
    expect("dialog_name", "Wim Bakker");
    expect("dialog_name2", "Willem Visser");
    touch(NO);
    expect("dialog", "");
    tap("Willem");
    touch(YES);
    expect("screen", "form");
    expect("form_for", "Willem Visser");
    expect("field", "reason");
    touch(ADMIT);
    expect("sound", "no");
    day_write(&day, "trein");
    touch(ADMIT);
    expect("screen", "staff");
    expect("toast", "to.in");
    expect("present", "1");
}

static void
first_who_waits_is_let_in_with_one_tap(void **state)
{
    (void)state;
    scan(WILLEM);
    touch(DONE);
    day_unlock(&day);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    tap("Wim"); /* not here, and before the one who is: nobody is skipped */
    expect("dialog", "");
    expect("toast", "to.in");
    expect("present", "1");
}

static void
who_came_first_on_another_page_is_not_skipped_in_silence(void **state)
{
    (void)state;
    static const struct bw_flow_options narrow = {.staff_rows = 1};
    bw_flow_destroy(day.flow);
    bw_desk_destroy(day.desk);
    day_open(&day, &narrow);
    day_unlock(&day);
    scan(WIM);
    pass(1000);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    touch(NEXT);
    expect("row", "Willem");
    tap("Willem");
    expect("dialog", "wl.skipq2");
    expect("dialog_name2", "Willem Visser");
}

static void
full_house_says_so_at_every_row(void **state)
{
    (void)state;
    close_house(NULL);
    fill_house(2, 0);
    day_open(&day, NULL);
    scan(FATIMA);
    day_unlock(&day);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    expect("row_button", "wl.fullb");
    tap("Wim");
    expect("toast", "wl.fullp");
    expect("sound", "no");
    expect("present", "1");
}

static void
extra_place_needs_a_reason(void **state)
{
    (void)state;
    close_house(NULL);
    fill_house(2, 1);
    day_open(&day, NULL);
    day_unlock(&day);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    day_touch(&day, BW_ACTION_ROW_MORE, row_of("Wim"));
    expect("more", "0");
    touch(OVERRIDE);
    expect("screen", "form");
    day_write(&day, "spreker");
    touch(ADMIT);
    expect("toast", "to.in");
    expect("present", "1");
}

/* What the desk would refuse is told before anybody types a reason for it. */
static void
extra_place_that_there_is_not_asks_no_reason(void **state)
{
    (void)state;
    close_house(NULL);
    fill_house(3, 0);
    day_open(&day, NULL);
    day_unlock(&day);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    tap("Wim");
    expect("present", "1");
    day_touch(&day, BW_ACTION_ROW_MORE, row_of("Willem"));
    assert_int_equal(day.view.staff.override, BW_OVERRIDE_FULL);
    touch(OVERRIDE);
    expect("screen", "staff");
    expect("toast", "st.noextra");
    expect("sound", "no");
    expect("more", "-1");
    day_touch(&day, BW_ACTION_TAB, BW_LIST_EXPECTED);
    day_touch(&day, BW_ACTION_ROW_MORE, row_of("Anna"));
    assert_int_equal(day.view.staff.override, BW_OVERRIDE_OFFERED); /* hers is held */
    touch(OVERRIDE);
    expect("screen", "form");
    expect("form_for", "Anna de Vries");
}

/* Nobody passes these rules: the organiser blocked them, or they are a walk-in now. */
static void
blocked_and_cancelled_people_are_offered_no_extra_place(void **state)
{
    (void)state;
    day_unlock(&day);
    day_type(&day, "carla");
    day_touch(&day, BW_ACTION_ROW_MORE, 0);
    assert_int_equal(day.view.staff.override, BW_OVERRIDE_NONE);
    touch(OVERRIDE);
    expect("screen", "staff");
}

static void
count_of_the_waitlist_is_that_of_its_rows(void **state)
{
    (void)state;
    day_unlock(&day);
    touch(WALK_IN);
    touch(AUDIENCE_YES);
    day_touch(&day, BW_ACTION_REGION, 0);
    day_write(&day, "noor");
    touch(QUEUE);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    expect("rows", "3");
    assert_int_equal(day.view.staff.counts[BW_LIST_WAITLIST], 3);
    tap("Noor");
    touch(YES);
    day_write(&day, "spreker");
    touch(ADMIT);
    assert_int_equal(day.view.staff.counts[BW_LIST_WAITLIST], 2);
    assert_int_equal(day.view.staff.counts[BW_LIST_PRESENT], 1);
}

static void
place_that_comes_free_is_heard_at_the_waitlist(void **state)
{
    (void)state;
    close_house(NULL);
    fill_house(2, 0); /* both are held till the release */
    day_open(&day, NULL);
    day_until(&day, FIXTURE_START_MS + 14 * FIXTURE_MINUTE_MS);
    day_unlock(&day);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    expect("row_button", "wl.fullb");
    day.sound = BW_SOUND_NONE;
    pass(61000);
    expect("free", "2");
    expect("row_button", "st.admit");
    expect("sound", "done");
}

/* ---- whoever a free place is for is admitted where they stand ---- */

static void
waiting_ticket_at_the_list_is_let_in_with_one_tap(void **state)
{
    (void)state;
    day_unlock(&day);
    scan(WIM);
    expect("toast", "to.waiting");
    expect("toast_name", "Wim Bakker");
    expect("buttons", "st.admit");
    touch(REDO);
    expect("toast", "to.in");
    expect("present", "1");
}

static void
waiting_ticket_that_passes_somebody_asks_first(void **state)
{
    (void)state;
    scan(WIM);
    touch(DONE);
    day_unlock(&day);
    scan(WILLEM);
    expect("buttons", "st.admit");
    touch(REDO);
    expect("dialog", "wl.skipq2");
    expect("dialog_name2", "Willem Visser");
    touch(BACK);
    expect("dialog", "");
    expect("present", "0");
    pass(3000);
    scan(WILLEM);
    touch(REDO);
    touch(YES);
    expect("screen", "form");
    day_write(&day, "trein");
    touch(ADMIT);
    expect("toast", "to.in");
    expect("present", "1");
}

static void
waiting_person_who_was_searched_is_let_in(void **state)
{
    (void)state;
    day_unlock(&day);
    day_type(&day, "wim");
    expect("row_button", "st.admit");
    tap("Wim");
    expect("toast", "to.in");
}

static void
full_row_offers_what_will_succeed(void **state)
{
    (void)state;
    close_house(NULL);
    fill_house(1, 1);
    day_open(&day, NULL);
    scan(FATIMA);
    touch(DONE);
    day_unlock(&day);
    expect("row", "Anna");
    expect("row_button", "st.over");
    tap("Anna");
    expect("screen", "form");
    day_write(&day, "van ver");
    touch(ADMIT);
    expect("toast", "to.in");
    expect("present", "2");
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    expect("row_button", "wl.fullb");
}

static void
ticket_in_a_full_house_is_offered_an_extra_place(void **state)
{
    (void)state;
    close_house(NULL);
    fill_house(1, 1);
    day_open(&day, NULL);
    scan(FATIMA);
    touch(DONE);
    day_unlock(&day);
    day_scan(&day, FIXTURE_SESSION, ANNA, 1);
    expect("toast", "to.full");
    expect("buttons", "st.over");
    touch(REDO);
    expect("screen", "form");
    expect("form_for", "Anna de Vries");
    touch(CANCEL);
    scan(WIM);
    expect("buttons", ""); /* the extra place is Anna's, as long as hers is held */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(waiting_ticket_at_the_list_is_let_in_with_one_tap),
        sentence(waiting_ticket_that_passes_somebody_asks_first),
        sentence(waiting_person_who_was_searched_is_let_in),
        sentence(full_row_offers_what_will_succeed),
        sentence(ticket_in_a_full_house_is_offered_an_extra_place),
        sentence(skipping_who_came_first_asks_and_wants_a_reason),
        sentence(first_who_waits_is_let_in_with_one_tap),
        sentence(who_came_first_on_another_page_is_not_skipped_in_silence),
        sentence(full_house_says_so_at_every_row),
        sentence(place_that_comes_free_is_heard_at_the_waitlist),
        sentence(extra_place_needs_a_reason),
        sentence(extra_place_that_there_is_not_asks_no_reason),
        sentence(blocked_and_cancelled_people_are_offered_no_extra_place),
        sentence(count_of_the_waitlist_is_that_of_its_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
