/* 02 to 06: what one person reads, for how long, and the ways on. */
#include "tests/flow/flow_help.h"

static void
ticket_of_the_list_is_welcome_by_first_name(void **state)
{
    (void)state;
    scan(FATIMA);
    expect("verdict", "welcome");
    expect("name", "Fatima");
    expect("school", "OBS De Brug");
    expect("go_to", "de grote zaal");
    expect("sound", "welcome");
    expect("present", "1");
    expect("buttons", "done_s ok.notme");
}

static void
welcome_ends_by_itself_after_five_seconds(void **state)
{
    (void)state;
    scan(FATIMA);
    pass(4900);
    expect("screen", "result");
    expect("left", "1");
    pass(100);
    expect("screen", "idle");
}

static void
touch_extends_a_dark_result_three_times_at_most(void **state)
{
    (void)state;
    scan(FATIMA);
    for (int i = 0; i < 6; i++) {
        touch(TOUCH);
    }
    pass(19900);
    expect("screen", "result");
    pass(200);
    expect("screen", "idle");
}

static void
touch_restarts_a_light_result(void **state)
{
    (void)state;
    scan(WIM);
    expect("verdict", "waitlisted");
    for (int i = 0; i < 5; i++) {
        pass(19000);
        expect("screen", "result");
        touch(TOUCH);
    }
    pass(20000);
    expect("screen", "idle");
}

static void
same_ticket_in_view_is_one_scan_and_after_three_seconds_already_in(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) {
        scan(FATIMA);
        pass(100);
    }
    expect("screen", "idle");
    assert_int_equal(day.commands[BW_COMMAND_SCAN], 1);
    pass(2800);
    scan(FATIMA);
    assert_int_equal(day.commands[BW_COMMAND_SCAN], 1);
    pass(3000);
    scan(FATIMA);
    expect("verdict", "already_in");
    expect("help", "al.t");
    expect("sound", "already");
}

static void
two_tickets_side_by_side_are_two_scans(void **state)
{
    (void)state;
    for (int i = 0; i < 40; i++) {
        scan(FATIMA);
        day_scan(&day, FIXTURE_SESSION, ANNA, 1);
        pass(50);
    }
    assert_int_equal(day.commands[BW_COMMAND_SCAN], 2);
    expect("present", "2");
}

/* FL2: the scan is answered at once, only its screen waits */
static void
next_person_waits_till_the_first_had_a_second_and_a_half(void **state)
{
    (void)state;
    scan(FATIMA);
    pass(500);
    day_scan(&day, FIXTURE_SESSION, ANNA, 1);
    expect("name", "Fatima");
    expect("present", "2");
    pass(999);
    expect("name", "Fatima");
    pass(1);
    expect("name", "Anna");
    pass(5000);
    expect("screen", "idle");
}

static void
done_goes_on_to_the_next_who_was_read(void **state)
{
    (void)state;
    scan(FATIMA);
    scan(WIM);
    touch(DONE);
    expect("verdict", "waitlisted");
    touch(DONE);
    expect("screen", "idle");
    pass(4000);
    day_scan(&day, FIXTURE_SESSION, ANNA, 1);
    expect("name", "Anna");
}

/* At the office its people keep what they had; to kiosks all of them are cancelled. */
static void
a_session_that_is_called_off_is_said_so(void **state)
{
    (void)state;
    day.called_off_ms = 1;
    scan(FATIMA); /* brings the overview */
    pass(8000);
    scan(CARLA);
    expect("verdict", "cancelled");
    expect("headline", "off.h");
    expect("help", "off.p");
}

static void
every_verdict_has_words_of_its_own(void **state)
{
    (void)state;
    scan(CARLA);
    expect("headline", "on.can.h");
    pass(2000);
    scan(BOB);
    expect("headline", "on.blk.h");
    pass(2000);
    scan(ANNA);
    expect("headline", "on.rep.h");
    expect("buttons", "close_s on.b staff_btn");
    pass(2000);
    day_show(&day, "BW1:NONSENSE");
    expect("verdict", "forged");
    expect("headline", "on.h");
    expect("sound", "unknown");
}

static void
third_ticket_not_found_within_a_minute_calls_staff(void **state)
{
    (void)state;
    const char *texts[] = {"BW1:A", "BW1:B", "BW1:C"};
    for (int i = 0; i < 3; i++) {
        expect("screen", i == 0 ? "idle" : "result");
        day_show(&day, texts[i]);
        pass(1500);
    }
    expect("help", "on.p2");
    expect("buttons", "close_s go.desk call.b staff_btn");
}

static void
guest_is_told_where_and_when_and_that_there_is_capacity(void **state)
{
    (void)state;
    day_scan(&day, FIXTURE_ELSEWHERE, GUUS, 0);
    expect("verdict", "other_session");
    expect("headline", "an.h");
    expect("place", "Utrecht");
    expect("name", "Guus");
    expect("sign", "place");
    expect("help", "an.wait");
    pass(20000);
    expect("screen", "idle");
}

static void
ticket_that_the_roster_does_not_know_is_welcome_without_a_name(void **state)
{
    (void)state;
    scan("ZZZZ0009");
    expect("verdict", "welcome");
    expect("headline", "ok.h0");
}

static void
not_me_by_ticket_calls_staff_who_find_that_person(void **state)
{
    (void)state;
    scan(FATIMA);
    touch(NOT_ME);
    expect("headline", "by.name");
    expect("present", "1");
    touch(STAFF);
    day_write(&day, FIXTURE_PIN);
    expect("screen", "staff");
    expect("rows", "1");
    expect("row", "Fatima");
}

static void
not_me_is_offered_for_ten_seconds(void **state)
{
    (void)state;
    scan(FATIMA);
    touch(TOUCH);
    touch(TOUCH);
    pass(10000);
    expect("buttons", "done_s");
    touch(NOT_ME);
    expect("verdict", "welcome");
}

static void
not_me_by_name_undoes(void **state)
{
    (void)state;
    day_type(&day, "fat ama");
    touch(CLEAR);
    day_type(&day, "fatima amrani");
    pass(600);
    touch(YES);
    expect("verdict", "welcome");
    expect("present", "1");
    touch(NOT_ME);
    expect("screen", "search");
    expect("sound", "back");
    expect("search_text", "");
    expect("present", "0");
}

static void
answer_of_a_slow_disk_shows_when_it_comes(void **state)
{
    (void)state;
    day.holds = true;
    scan(FATIMA);
    expect("screen", "idle");
    day_let_go(&day);
    expect("verdict", "welcome");
}

static void
answer_that_comes_while_staff_work_is_a_line_for_them(void **state)
{
    (void)state;
    touch(STAFF);
    touch(BACK);
    day.holds = true;
    scan(FATIMA);
    touch(STAFF);
    day_write(&day, FIXTURE_PIN);
    day.holds = false;
    day_let_go(&day); /* the ticket's answer: before the PIN's */
    expect("screen", "result");
    touch(STAFF);
    day_write(&day, FIXTURE_PIN);
    expect("screen", "staff");
}

static void
commit_that_failed_is_never_green(void **state)
{
    (void)state;
    day.fails = true;
    scan(FATIMA);
    expect("screen", "fault");
    expect("fault_help", "df.p");
    expect("sound", "no");
    day.fails = false;
    pass(5000);
    expect("reopen", "1");
    day_store(&day, BW_STORE_OPENED, BW_OK);
    expect("screen", "idle");
    pass(3000);
    scan(FATIMA);
    expect("verdict", "welcome");
}

/* Anna and Fatima have places; one is free, and Wim goes first. */
static void
there_is_room_for_who_nobody_can_pass(void **state)
{
    (void)state;
    close_house(NULL);
    fill_house(3, 0);
    day_open(&day, NULL);
    scan(WILLEM);
    expect("n", "2");
    expect("sign", "free");
    expect("help", "wa.later"); /* Wim isn't here, and may still come */
    touch(DONE);
    day_until(&day, FIXTURE_START_MS + 16 * FIXTURE_MINUTE_MS);
    scan(FATIMA);
    touch(DONE);
    day_scan(&day, FIXTURE_SESSION, ANNA, 1);
    touch(DONE);
    scan(WILLEM);
    expect("help", "wa.staff");
    touch(DONE);
    scan(WIM);
    expect("n", "1");
    expect("help", "wa.p");
}

/* Who is sent to the desk finds it as the one dark button; who is to go home, or to wait,
 * finds no step that isn't there. */
static void
staff_who_are_called_are_told_by_sound_and_mark_till_they_come(void **state)
{
    (void)state;
    scan(BOB);
    expect("buttons", "close_s go.desk call.b staff_btn");
    touch(CALL);
    expect("sound", "wait");
    expect("screen", "result");
    expect("buttons", "close_s go.desk call.done staff_btn");
    touch(TO_DESK);
    expect("screen", "idle");
    expect("notice", "call.mark");
    day.sound = BW_SOUND_NONE;
    pass(20000);
    expect("sound", "wait");
    pass(600000);
    expect("notice", "call.mark");
    day_unlock(&day);
    touch(LOCK);
    expect("screen", "idle");
    expect("notice", "");
}

static void
next_step_is_the_primary_button(void **state)
{
    (void)state;
    static const struct {
        const char *code, *buttons;
    } rows[] = {
        {CARLA, "close_s go.desk call.b staff_btn"}, /* cancelled */
        {BOB, "close_s go.desk call.b staff_btn"},   /* blocked */
        {WIM, "close_s go.desk call.b staff_btn"},   /* waits, and a place is free */
        {FATIMA, "done_s ok.notme"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        scan(rows[i].code);
        expect("buttons", rows[i].buttons);
        int primary = 0;
        for (int b = 0; b < day.view.buttons_count; b++) {
            const struct bw_button *button = &day.view.buttons[b];
            bool dark = button->kind == BW_BUTTON_PRIMARY;
            primary += dark;
            if (dark && i < 3) {
                assert_int_equal(button->action, BW_ACTION_TO_DESK);
            }
        }
        assert_int_equal(primary, 1);
        pass(30000);
    }
    scan(CARLA);
    touch(TO_DESK);
    expect("screen", "idle");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(there_is_room_for_who_nobody_can_pass),
        sentence(staff_who_are_called_are_told_by_sound_and_mark_till_they_come),
        sentence(next_step_is_the_primary_button),
        sentence(ticket_of_the_list_is_welcome_by_first_name),
        sentence(welcome_ends_by_itself_after_five_seconds),
        sentence(touch_extends_a_dark_result_three_times_at_most),
        sentence(touch_restarts_a_light_result),
        sentence(same_ticket_in_view_is_one_scan_and_after_three_seconds_already_in),
        sentence(two_tickets_side_by_side_are_two_scans),
        sentence(next_person_waits_till_the_first_had_a_second_and_a_half),
        sentence(done_goes_on_to_the_next_who_was_read),
        sentence(a_session_that_is_called_off_is_said_so),
        sentence(every_verdict_has_words_of_its_own),
        sentence(third_ticket_not_found_within_a_minute_calls_staff),
        sentence(guest_is_told_where_and_when_and_that_there_is_capacity),
        sentence(ticket_that_the_roster_does_not_know_is_welcome_without_a_name),
        sentence(not_me_by_ticket_calls_staff_who_find_that_person),
        sentence(not_me_is_offered_for_ten_seconds),
        sentence(not_me_by_name_undoes),
        sentence(answer_of_a_slow_disk_shows_when_it_comes),
        sentence(answer_that_comes_while_staff_work_is_a_line_for_them),
        sentence(commit_that_failed_is_never_green),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
