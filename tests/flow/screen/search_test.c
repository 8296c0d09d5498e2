/* 07: looking for oneself, without a list to read. */
#include "tests/flow/flow_help.h"

static void
nobody_shows_till_exactly_one_fits(void **state)
{
    (void)state;
    touch(FIND);
    expect("search_hint", "zo.p");
    day_write(&day, "wi");
    pass(700);
    expect("dialog", "");
    expect("search_name", "");
    day_write(&day, "m ba");
    pass(599);
    expect("dialog", "");
    pass(1);
    expect("dialog", "zo.q");
    expect("search_name", "Wim B.");
}

static void
nobody_found_has_a_way_to_staff(void **state)
{
    (void)state;
    touch(FIND);
    expect("buttons", "zo.help");
    assert_int_equal(day.view.buttons[0].kind, BW_BUTTON_SECONDARY);
    day_write(&day, "nobody at all");
    pass(600);
    expect("search_hint", "zo.none");
    assert_int_equal(day.view.buttons[0].kind, BW_BUTTON_PRIMARY);
    touch(TO_DESK);
    expect("screen", "result");
    expect("buttons", "close_s go.desk call.b staff_btn");
}

/* No letter more would tell them apart: their code does, or staff. */
static void
two_of_one_name_are_asked_for_the_code_and_led_to_staff(void **state)
{
    (void)state;
    fixture_person(&day.fx, "AAAA2222", "Noor", "Kaya", BW_CONFIRMED, 0);
    fixture_person(&day.fx, "AAAA3333", "Noor", "Kaya", BW_CONFIRMED, 0);
    pass(1000);
    touch(FIND);
    day_write(&day, "noor kaya");
    pass(600);
    expect("dialog", "");
    expect("search_name", "");
    expect("search_hint", "zo.more");
    expect("buttons", "zo.help");
    assert_int_equal(day.view.buttons[0].kind, BW_BUTTON_PRIMARY);
    touch(CLEAR);
    day_write(&day, "aaaa3333");
    pass(600);
    expect("dialog", "zo.q");
    expect("search_name", "Noor K.");
}

static void
by_name_anything_but_welcome_is_a_member_of_staff(void **state)
{
    (void)state;
    touch(FIND);
    day_write(&day, "carla post");
    pass(600);
    touch(YES);
    expect("headline", "by.name");
    expect("help", "");
    expect("name", "");
    expect("sound", "unknown");
    expect("buttons", "close_s go.desk call.b staff_btn");
}

static void
where_names_are_left_to_staff_only_a_code_checks_in(void **state)
{
    (void)state;
    struct bw_flow_options options = {.camera_wanted = true, .names_by_staff = true};
    close_house(NULL);
    fill_house(10, 0);
    day_open(&day, &options);
    touch(FIND);
    day_write(&day, "fatima el amrani");
    pass(600);
    touch(YES);
    expect("headline", "by.name");
    expect("present", "0");
    assert_int_equal(day.commands[BW_COMMAND_CODE], 0);
    touch(STAFF);
    day_write(&day, FIXTURE_PIN);
    expect("row", "Fatima"); /* staff find who stands there */
    touch(LOCK);
    touch(FIND);
    day_write(&day, "k7qm-2xrd");
    pass(600);
    touch(YES);
    expect("verdict", "welcome");
}

static void
by_name_already_in_tells_no_time(void **state)
{
    (void)state;
    scan(FATIMA);
    pass(6000);
    touch(FIND);
    day_write(&day, "fatima el amrani");
    pass(600);
    touch(YES);
    expect("headline", "al.name");
    expect("help", "");
    expect("name", "");
    expect("sound", "unknown");
    expect("buttons", "close_s go.desk call.b staff_btn");
}

static void
code_of_the_ticket_is_answered_in_full(void **state)
{
    (void)state;
    touch(FIND);
    touch(DIGITS);
    day_write(&day, "wwww-0001");
    touch(ENTER);
    expect("dialog", "zo.q");
    touch(ENTER);
    expect("headline", "wa.h");
    expect("name", "Wim");
}

static void
enter_needs_no_settling_and_yes_twice_is_one_check_in(void **state)
{
    (void)state;
    touch(FIND);
    day_type(&day, "anna de vries");
    touch(ENTER);
    expect("dialog", "zo.q");
    day.holds = true;
    touch(YES);
    touch(YES);
    day.holds = false;
    day_let_go(&day);
    assert_int_equal(day.commands[BW_COMMAND_CODE], 1);
    expect("verdict", "welcome");
}

static void
answer_to_an_older_question_does_not_count(void **state)
{
    (void)state;
    touch(FIND);
    day.holds = true;
    day_type(&day, "fatima amrani");
    touch(CLEAR);
    day.holds = false;
    day_let_go(&day);
    pass(700);
    expect("dialog", "");
    expect("search_name", "");
}

static void
no_wipes_what_was_typed(void **state)
{
    (void)state;
    touch(FIND);
    day_write(&day, "fatima amrani");
    pass(600);
    touch(NO);
    expect("dialog", "");
    expect("search_text", "");
}

/* FL4 */
static void
ticket_wins_and_wipes_what_was_typed(void **state)
{
    (void)state;
    touch(FIND);
    day_write(&day, "willem");
    scan(FATIMA);
    expect("name", "Fatima");
    touch(DONE);
    touch(FIND);
    expect("search_text", "");
}

static void
ends_after_forty_seconds_and_a_countdown(void **state)
{
    (void)state;
    touch(FIND);
    day_write(&day, "wi");
    pass(39900);
    expect("dialog", "");
    pass(100);
    expect("dialog", "zo.idle");
    expect("search_left", "20");
    touch(STAY);
    expect("dialog", "");
    expect("search_text", "wi");
    pass(59900);
    expect("screen", "search");
    pass(100);
    expect("screen", "idle");
}

static void
typing_at_rest_is_a_search(void **state)
{
    (void)state;
    day_type(&day, "f");
    expect("screen", "search");
    expect("search_text", "f");
}

static void
five_searches_given_up_in_two_minutes_call_staff(void **state)
{
    (void)state;
    touch(FIND);
    for (int i = 0; i < 5; i++) {
        expect("search_hint", "zo.p");
        day_write(&day, "fatima amrani");
        pass(700);
        touch(NO);
    }
    expect("search_hint", "zo.ask");
    day_write(&day, "fatima amrani");
    expect("search_text", "");
    pass(6000);
    expect("screen", "idle");
    touch(FIND);
    expect("search_hint", "zo.p");
}

static void
many_who_fit_ask_for_more_letters(void **state)
{
    (void)state;
    fixture_person(&day.fx, "AAAA2222", "Annabel", "de Vries", BW_CONFIRMED, 0);
    pass(1000);
    touch(FIND);
    day_write(&day, "ann vri");
    expect("search_hint", "zo.more");
    day_write(&day, "xyzzy");
    expect("search_hint", "zo.none");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(nobody_shows_till_exactly_one_fits),
        sentence(nobody_found_has_a_way_to_staff),
        sentence(two_of_one_name_are_asked_for_the_code_and_led_to_staff),
        sentence(by_name_anything_but_welcome_is_a_member_of_staff),
        sentence(where_names_are_left_to_staff_only_a_code_checks_in),
        sentence(by_name_already_in_tells_no_time),
        sentence(code_of_the_ticket_is_answered_in_full),
        sentence(enter_needs_no_settling_and_yes_twice_is_one_check_in),
        sentence(answer_to_an_older_question_does_not_count),
        sentence(no_wipes_what_was_typed),
        sentence(ticket_wins_and_wipes_what_was_typed),
        sentence(ends_after_forty_seconds_and_a_countdown),
        sentence(typing_at_rest_is_a_search),
        sentence(five_searches_given_up_in_two_minutes_call_staff),
        sentence(many_who_fit_ask_for_more_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
