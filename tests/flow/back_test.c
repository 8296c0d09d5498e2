/* Esc and "Terug" close what stands over a screen, and only then the screen; the dark
 * button is the one that goes on. */
#include "flow_help.h"

static void
expect_question_that_goes_on(const char *screen, const char *question)
{
    expect("screen", screen);
    expect("dialog", question);
    assert_int_equal(day.view.dialog.yes.kind, BW_BUTTON_PRIMARY);
    assert_int_equal(day.view.dialog.no.kind, BW_BUTTON_SECONDARY);
    touch(BACK);
    expect("screen", screen);
    assert_false(day.view.dialog.open);
}

static void
release_is_asked_and_closed(void **state)
{
    (void)state;
    day_until(&day, FIXTURE_START_MS);
    day_unlock(&day);
    touch(RELEASE);
    expect_question_that_goes_on("staff", "st.releaseq");
}

static void
passing_somebody_is_asked_and_closed(void **state)
{
    (void)state;
    scan(WIM);
    touch(DONE);
    day_unlock(&day);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    tap("Willem");
    expect_question_that_goes_on("staff", "wl.skipq");
}

static void
switching_off_is_asked_and_closed(void **state)
{
    (void)state;
    open_kiosk();
    touch(QUIT);
    expect_question_that_goes_on("kiosk", "de.closeq");
    expect("quit", "0");
}

static void
place_for_somebody_without_one_is_asked_and_the_form_stays(void **state)
{
    (void)state;
    scan(WIM);
    touch(DONE);
    day_unlock(&day);
    pass(1000);
    touch(WALK_IN);
    touch(AUDIENCE_YES);
    day_touch(&day, BW_ACTION_REGION, 0);
    day_write(&day, "noor jansen");
    touch(ADMIT);
    expect_question_that_goes_on("form", "wi.sure");
    expect("form_name", "Noor Jansen");
}

static void
row_that_is_open_and_what_was_typed_go_one_by_one(void **state)
{
    (void)state;
    day_unlock(&day);
    day_type(&day, "fat");
    day_touch(&day, BW_ACTION_ROW_MORE, 0);
    expect("more", "0");
    touch(BACK);
    expect("more", "-1");
    expect("query", "fat");
    touch(BACK);
    expect("query", "");
    expect("screen", "staff");
    touch(BACK);
    expect("screen", "idle");
    touch(STAFF);
    expect("screen", "pin"); /* whoever goes back leaves nothing open */
}

static void
form_goes_back_one_question_and_keeps_what_was_typed(void **state)
{
    (void)state;
    day_unlock(&day);
    touch(WALK_IN);
    touch(AUDIENCE_YES);
    day_touch(&day, BW_ACTION_REGION, 0);
    day_write(&day, "noor jansen");
    touch(BACK);
    assert_int_equal(day.view.form.step, BW_STEP_REGION);
    day_touch(&day, BW_ACTION_REGION, 1);
    expect("form_name", "Noor Jansen");
    touch(BACK);
    touch(BACK);
    assert_int_equal(day.view.form.step, BW_STEP_AUDIENCE);
    touch(AUDIENCE_NO);
    assert_int_equal(day.view.form.step, BW_STEP_REFERRAL);
    touch(BACK);
    assert_int_equal(day.view.form.step, BW_STEP_AUDIENCE);
    touch(BACK);
    expect("screen", "staff");
}

static void
end_of_the_day_closes_before_the_status_does(void **state)
{
    (void)state;
    open_kiosk();
    touch(CLOSE_DAY);
    expect("closing", "1");
    touch(BACK);
    expect("screen", "kiosk");
    expect("closing", "0");
    touch(BACK);
    expect("screen", "staff");
}

static void
sessions_close_before_the_status_does(void **state)
{
    (void)state;
    open_with_two_sessions();
    open_kiosk();
    day_touch(&day, BW_ACTION_SWITCH, -1);
    assert_true(day.view.kiosk.choosing);
    touch(BACK);
    assert_false(day.view.kiosk.choosing);
    expect("screen", "kiosk");
}

static void
name_that_was_found_is_let_go_before_the_search_is(void **state)
{
    (void)state;
    touch(FIND);
    day_write(&day, "k7qm2xrd");
    pass(600);
    expect("dialog", "zo.q");
    touch(BACK);
    expect("screen", "search");
    expect("dialog", "");
    expect("search_text", "");
    pass(41000);
    expect("dialog", "zo.idle");
    touch(BACK);
    expect("screen", "search");
    expect("dialog", "");
    touch(BACK);
    expect("screen", "idle");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(release_is_asked_and_closed),
        sentence(passing_somebody_is_asked_and_closed),
        sentence(switching_off_is_asked_and_closed),
        sentence(place_for_somebody_without_one_is_asked_and_the_form_stays),
        sentence(row_that_is_open_and_what_was_typed_go_one_by_one),
        sentence(form_goes_back_one_question_and_keeps_what_was_typed),
        sentence(end_of_the_day_closes_before_the_status_does),
        sentence(sessions_close_before_the_status_does),
        sentence(name_that_was_found_is_let_go_before_the_search_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
