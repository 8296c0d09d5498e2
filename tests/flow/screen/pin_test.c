/* 08: the one way to the staff's screens. */
#include "tests/flow/flow_help.h"

#include <brugwachter/store_names.h>
#include <core/desk/desk.h>

static void
miss(const char *wait_s)
{
    day_write(&day, "000000");
    expect("screen", "pin");
    expect("sound", "no");
    if (strcmp(wait_s, "0") != 0) {
        expect("pin_hint", "pin.wait");
        expect("pin_n", wait_s);
        day_write(&day, FIXTURE_PIN); /* keys are dimmed: nothing is typed */
        expect("screen", "pin");
        pass(atoi(wait_s) * 1000);
    }
}

static void
waits_grow_after_three_four_and_five_misses(void **state)
{
    (void)state;
    touch(STAFF);
    expect("pin_hint", "pin.p");
    expect("camera", "0");
    miss("0");
    expect("pin_hint", "pin.bad");
    expect("pin_n", "2");
    expect("pin_help", "1");
    miss("0");
    miss("10");
    miss("30");
    miss("120");
    day_write(&day, FIXTURE_PIN);
    expect("screen", "staff");
    expect("sound", "done");
}

static void
scanned_pin_is_no_pin(void **state)
{
    (void)state;
    touch(STAFF);
    day_show(&day, FIXTURE_PIN);
    pass(1000);
    expect("screen", "pin");
    expect("digits", "0");
    assert_int_equal(day.commands[BW_COMMAND_SCAN], 0);
}

static void
wait_is_shown_to_who_comes_back(void **state)
{
    (void)state;
    touch(STAFF);
    for (int i = 0; i < 3; i++) {
        day_write(&day, "000000");
    }
    touch(BACK);
    touch(STAFF);
    expect("pin_hint", "pin.wait");
    bw_flow_destroy(day.flow);
    day.flow = NULL;
    bw_desk_destroy(day.desk);
    day_open(&day, NULL);
    touch(STAFF);
    expect("pin_hint", "pin.wait");
    expect("pin_help", "1");
}

/* FL5: and FL4 */
static void
half_a_pin_is_wiped_and_the_screen_ends_by_itself(void **state)
{
    (void)state;
    touch(STAFF);
    day_write(&day, "4711");
    expect("digits", "4");
    struct bw_stimulus motion = {.kind = BW_STIMULUS_MOTION};
    for (int i = 0; i < 29; i++) {
        pass(1000);
        day_step(&day, &motion);
    }
    expect("screen", "pin");
    pass(1000);
    expect("screen", "idle");
    touch(STAFF);
    expect("digits", "0");
}

static void
answer_that_comes_after_leaving_opens_nothing(void **state)
{
    (void)state;
    touch(STAFF);
    day.holds = true;
    day_write(&day, FIXTURE_PIN);
    touch(BACK);
    touch(STAFF);
    day.holds = false;
    day_let_go(&day);
    expect("screen", "pin");
    assert_false(bw_flow_is_staff(day.flow));
}

static void
guest_is_admitted_by_pin_from_their_screen(void **state)
{
    (void)state;
    scan(FATIMA);
    pass(5000);
    day_scan(&day, FIXTURE_ELSEWHERE, GUUS, 0);
    touch(STAFF_ADMIT);
    expect("pin_hint", "pin.for");
    expect("pin_name", "Guus Utrechter");
    day_write(&day, FIXTURE_PIN);
    expect("verdict", "welcome");
    expect("kicker", "ok.guest");
    expect("name", "Guus");
    expect("present", "2");
    pass(5000);
    expect("screen", "idle");
}

static void
waiting_person_is_admitted_by_pin_from_their_screen(void **state)
{
    (void)state;
    scan(WIM);
    touch(STAFF_ADMIT);
    expect("pin_hint", "pin.for2");
    day_write(&day, FIXTURE_PIN);
    expect("verdict", "welcome");
    expect("name", "Wim");
    assert_false(bw_flow_is_staff(day.flow));
}

static void
waiting_person_out_of_order_needs_a_reason(void **state)
{
    (void)state;
    scan(WIM);
    pass(2000);
    scan(WILLEM);
    expect("n", "2");
    expect("m", "1");
    touch(STAFF_ADMIT);
    day_write(&day, FIXTURE_PIN);
    expect("screen", "form");
    expect("field", "reason");
    expect("form_for", "Willem Visser");
    touch(ADMIT);
    expect("missing", "1");
    expect("screen", "form");
    day_write(&day, "moet weg");
    expect("form_reason", "Moet weg");
    touch(ADMIT);
    expect("verdict", "welcome");
    expect("name", "Willem");
    assert_false(bw_flow_is_staff(day.flow));
}

static void
back_leads_to_the_person_s_screen(void **state)
{
    (void)state;
    scan(WIM);
    touch(STAFF_ADMIT);
    touch(BACK);
    expect("verdict", "waitlisted");
    expect("left", "20");
}

static void
kiosk_without_a_pin_says_so(void **state)
{
    (void)state;
    day_create(&day, 10, 0, false);
    day_open(&day, NULL);
    touch(STAFF);
    expect("pin_hint", "pin.none");
    day_write(&day, FIXTURE_PIN);
    expect("screen", "pin");
    day_destroy(&day);
}

static void
digits_among_letters_are_no_pin(void **state)
{
    (void)state;
    touch(STAFF);
    day_type(&day, "BW1:1234-56789A12345");
    expect("digits", "5");
    expect("pin_hint", "pin.p");
    day_type(&day, "/");
    expect("digits", "0");
    day_type(&day, FIXTURE_PIN);
    expect("screen", "staff");
}

/* As after a start: this desk has no key, and its next overview says so. */
static void
lock_names(void)
{
    day_unlock(&day); /* the first PIN seals them */
    day_touch(&day, BW_ACTION_LOCK, 0);
    expect("screen", "idle");
    bw_store_names_drop(bw_desk_take_names(day.desk));
    pass(10000);
}

static void
locked_names_are_asked_for_once_and_nothing_is_unlocked(void **state)
{
    (void)state;
    lock_names();
    expect("screen", "pin");
    expect("pin_hint", "pin.names");
    pass(30000);
    expect("screen", "idle");
    pass(60000);
    expect("screen", "idle"); /* who was asked and went is not asked again */
    touch(STAFF);
    day_write(&day, FIXTURE_PIN);
    expect("screen", "staff");
    day_touch(&day, BW_ACTION_LOCK, 0);
    bw_store_names_drop(bw_desk_take_names(day.desk));
    pass(10000);
    expect("pin_hint", "pin.names"); /* locked anew: asked anew */
    day_write(&day, FIXTURE_PIN);
    expect("screen", "idle");
    assert_false(bw_flow_is_staff(day.flow));
    scan(FATIMA);
    expect("verdict", "welcome");
    expect("name", "Fatima");
}

/* A kiosk that is never switched off: at night, when no circle is near, they lock. */
static void
names_that_were_opened_yesterday_are_asked_for_once_more(void **state)
{
    enum { HOUR_MS = 60 * 60 * 1000 };
    close_house(state);
    fill_house(10, 0);
    day.fx.at.wall_ms = FIXTURE_START_MS - 18LL * HOUR_MS; /* the evening before */
    day_open(&day, NULL);
    day_unlock(&day);
    day_touch(&day, BW_ACTION_LOCK, 0);
    pass(HOUR_MS);
    expect("screen", "agenda");
    assert_int_equal(day.commands[BW_COMMAND_LOCK_NAMES], 0);
    pass(6LL * HOUR_MS);
    expect("screen", "agenda");
    assert_int_equal(day.commands[BW_COMMAND_LOCK_NAMES], 1);
    touch(BACK);
    pass(1000);
    expect("pin_hint", "pin.names");
    day_write(&day, FIXTURE_PIN);
    expect("screen", "idle");
    pass(10LL * HOUR_MS);
    expect("screen", "idle"); /* the day of the circle, and once a day is enough */
    assert_int_equal(day.commands[BW_COMMAND_LOCK_NAMES], 1);
    scan(FATIMA);
    expect("name", "Fatima");
}

/* Midnight in the midst of it, and nobody is asked for anything. */
static void
names_stay_open_while_a_circle_is_on(void **state)
{
    enum { HOUR_MS = 60 * 60 * 1000 };
    close_house(state);
    fill_house(10, 0);
    day.fx.session.ends_ms = FIXTURE_START_MS + 24LL * HOUR_MS;
    fixture_put_session(&day.fx);
    day_open(&day, NULL);
    day_unlock(&day);
    day_touch(&day, BW_ACTION_LOCK, 0);
    pass(16LL * HOUR_MS);
    expect("screen", "idle");
    assert_int_equal(day.commands[BW_COMMAND_LOCK_NAMES], 0);
    scan(FATIMA);
    expect("name", "Fatima");
}

static void
ticket_goes_before_the_question_and_comes_in_without_a_name(void **state)
{
    (void)state;
    lock_names();
    expect("pin_hint", "pin.names");
    scan(FATIMA);
    expect("verdict", "welcome");
    expect("name", "");
    pass(5000);
    expect("screen", "idle");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(digits_among_letters_are_no_pin),
        sentence(waits_grow_after_three_four_and_five_misses),
        sentence(scanned_pin_is_no_pin),
        sentence(wait_is_shown_to_who_comes_back),
        sentence(half_a_pin_is_wiped_and_the_screen_ends_by_itself),
        sentence(answer_that_comes_after_leaving_opens_nothing),
        sentence(guest_is_admitted_by_pin_from_their_screen),
        sentence(waiting_person_is_admitted_by_pin_from_their_screen),
        sentence(waiting_person_out_of_order_needs_a_reason),
        sentence(back_leads_to_the_person_s_screen),
        sentence(locked_names_are_asked_for_once_and_nothing_is_unlocked),
        sentence(names_that_were_opened_yesterday_are_asked_for_once_more),
        sentence(names_stay_open_while_a_circle_is_on),
        sentence(ticket_goes_before_the_question_and_comes_in_without_a_name),
        cmocka_unit_test(kiosk_without_a_pin_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
