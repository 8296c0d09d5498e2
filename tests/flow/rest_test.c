/* Where a kiosk stands that nobody uses: idle, agenda, first start, no roster, faults. */
#include "flow_help.h"

static void
other_code_gets_the_pill_after_a_second_and_a_half_and_no_screen(void **state)
{
    (void)state;
    for (int i = 0; i < 14; i++) {
        day_show(&day, "https://voorbeeld.example");
        pass(100);
    }
    expect("guide", "ready");
    day_show(&day, "https://voorbeeld.example");
    pass(100);
    day_show(&day, "https://voorbeeld.example");
    expect("guide", "other");
    expect("screen", "idle");
    expect("sound", "none");
    pass(700);
    expect("guide", "ready");
    expect("unsent", "0");
}

/* A business card, a text of another script: read, and not for us. */
static void
code_whose_text_stayed_behind_gets_the_pill_too(void **state)
{
    (void)state;
    for (int i = 0; i < 16; i++) {
        day_show(&day, "");
        pass(100);
    }
    day_show(&day, "");
    expect("guide", "other");
    expect("screen", "idle");
    expect("sound", "none");
    expect("unsent", "0");
    pass(700);
    expect("guide", "ready");
}

static void
reading_is_said_after_four_hundred_milliseconds(void **state)
{
    (void)state;
    struct bw_stimulus seen = {.kind = BW_STIMULUS_SIGHTING, .guide = BW_GUIDE_READING};
    for (int i = 0; i < 4; i++) {
        day_step(&day, &seen);
        pass(100);
    }
    expect("guide", "reading");
    day_step(&day, &seen);
    expect("sound", "reading");
    pass(100);
    day_step(&day, &seen);
    expect("sound", "none");
    pass(700);
    expect("guide", "ready");
}

static void
see_for(enum bw_guide guide, int frames)
{
    struct bw_stimulus seen = {.kind = BW_STIMULUS_SIGHTING, .guide = guide};
    for (int i = 0; i < frames; i++) {
        day_step(&day, &seen);
        pass(100);
    }
}

static void
what_would_help_a_code_is_said_once_it_lasts(void **state)
{
    (void)state;
    see_for(BW_GUIDE_AWAY, 5);
    expect("guide", "reading");
    see_for(BW_GUIDE_AWAY, 2);
    expect("guide", "away");
    see_for(BW_GUIDE_READING, 3);
    expect("guide", "away"); /* a frame that doesn't say why takes nothing back */
    see_for(BW_GUIDE_READING, 5);
    expect("guide", "reading");
    for (int i = 0; i < 10; i++) { /* now this, now that: nothing is sure */
        see_for(i % 2 ? BW_GUIDE_LIGHT : BW_GUIDE_WHOLE, 1);
        expect("guide", "reading");
    }
    see_for(BW_GUIDE_WHOLE, 7);
    expect("guide", "whole");
    pass(700);
    expect("guide", "ready");
}

/* The start screen and the verdict say the same. */
static void
open_at(int minutes_before, int64_t opens_ms)
{
    close_house(NULL);
    fill_house(10, 0);
    day.fx.session.opens_ms = opens_ms;
    fixture_put_session(&day.fx);
    day.fx.at.wall_ms = FIXTURE_START_MS - minutes_before * FIXTURE_MINUTE_MS;
    day_open(&day, NULL);
}

static void
before_it_opens_the_pill_and_the_verdict_tell_when(void **state)
{
    (void)state;
    open_at(5 * 60, FIXTURE_START_MS - 60 * FIXTURE_MINUTE_MS);
    expect("guide", "not_yet");
    scan(FATIMA);
    expect("verdict", "too_early");
    expect("help", "early.p");
}

static void
day_before_the_pill_and_the_verdict_tell_when(void **state)
{
    (void)state;
    open_at(24 * 60, 0);
    expect("guide", "not_yet");
    scan(FATIMA);
    expect("verdict", "too_early");
}

static void
session_without_opening_hour_lets_in_on_its_day_and_says_so(void **state)
{
    (void)state;
    open_at(4 * 60 + 30, 0); /* 9.00 */
    expect("guide", "ready");
    scan(FATIMA);
    expect("verdict", "welcome");
    expect("help", "ok.early");
    day_until(&day, FIXTURE_START_MS - 59 * FIXTURE_MINUTE_MS);
    day_scan(&day, FIXTURE_SESSION, ANNA, 1);
    expect("verdict", "welcome");
    expect("help", "");
}

static void
after_its_end_nobody_is_invited(void **state)
{
    (void)state;
    open_at(60, 0);
    day_until(&day, day.fx.session.ends_ms);
    expect("guide", "ready");
    touch(TOUCH);
    pass(1000);
    expect("guide", "over");
    scan(FATIMA);
    expect("verdict", "session_over");
}

static void
tolerance_around_the_hours_holds_for_the_pill_too(void **state)
{
    (void)state;
    open_at(75, FIXTURE_START_MS - 60 * FIXTURE_MINUTE_MS);
    day.fx.session.tolerance_minutes = 10;
    fixture_put_session(&day.fx);
    pass(1000);
    expect("guide", "not_yet");
    day_until(&day, FIXTURE_START_MS - 69 * FIXTURE_MINUTE_MS);
    expect("guide", "ready");
    scan(FATIMA);
    expect("verdict", "welcome");
    day_until(&day, day.fx.session.ends_ms + 9 * FIXTURE_MINUTE_MS);
    touch(TOUCH);
    expect("guide", "ready");
    pass(2 * FIXTURE_MINUTE_MS);
    expect("guide", "over");
}

static void
clock_that_is_not_believed_closes_no_door(void **state)
{
    (void)state;
    open_at(4 * 60 + 30, FIXTURE_START_MS - 60 * FIXTURE_MINUTE_MS);
    expect("guide", "not_yet");
    day.fx.at.wall_ms -= 48 * 60 * FIXTURE_MINUTE_MS;
    pass(1000);
    assert_true(day.view.overview.clock_suspect);
    expect("guide", "ready");
}

static void
agenda_stands_only_off_hours_and_any_sign_of_life_ends_it(void **state)
{
    (void)state;
    pass(400000);
    expect("screen", "idle");
    day_until(&day, FIXTURE_START_MS + 185 * FIXTURE_MINUTE_MS);
    expect("screen", "agenda");
    struct bw_stimulus motion = {.kind = BW_STIMULUS_MOTION};
    day_step(&day, &motion);
    expect("screen", "idle");
    pass(179000);
    expect("screen", "idle");
    pass(1000);
    expect("screen", "agenda");
    touch(TOUCH);
    expect("screen", "idle");
    pass(180000);
    scan(FATIMA);
    expect("verdict", "session_over");
}

static void
kiosk_without_a_store_starts_for_the_first_time(void **state)
{
    (void)state;
    day_store(&day, BW_STORE_NONE, BW_OK);
    expect("screen", "first_start");
    assert_true(day.camera_enrolment);
    day_show(&day, "https://voorbeeld.example");
    expect("outcome", "en.bad");
    expect("helper", "none");
    day_show(&day, "{\"brugwachter_enrolment\":1,\"device\":3}");
    expect("helper", "enrol");
    assert_string_equal(day.enrolment, "{\"brugwachter_enrolment\":1,\"device\":3}");
    struct bw_stimulus done = {.kind = BW_STIMULUS_HELPER,
        .helper = BW_HELPER_ENROL,
        .outcome = BW_OUTCOME_DONE};
    day_step(&day, &done);
    expect("reopen", "1");
    expect("sound", "done");
    day_store(&day, BW_STORE_OPENED, BW_OK);
    expect("screen", "idle");
    assert_false(day.camera_enrolment);
}

static void
enrolment_that_fails_is_not_tried_for_ever_while_it_is_held_up(void **state)
{
    (void)state;
    day_store(&day, BW_STORE_NONE, BW_OK);
    int tries = 0;
    for (int i = 0; i < 50; i++) {
        day_show(&day, "{\"brugwachter_enrolment\":1,\"device\":3}");
        if (day.helper == BW_HELPER_ENROL) {
            struct bw_stimulus failed = {.kind = BW_STIMULUS_HELPER,
                .helper = BW_HELPER_ENROL,
                .outcome = BW_OUTCOME_FAILED};
            day.helper = BW_HELPER_NONE;
            tries++;
            day_step(&day, &failed);
        }
        pass(100);
    }
    assert_int_equal(tries, 1);
    expect("outcome", "en.bad");
}

static void
kiosk_without_a_roster_tries_every_minute_and_goes_on_by_itself(void **state)
{
    (void)state;
    close_house(NULL);
    fill_house(10, 0);
    struct bw_enrolment other = day.fx.enrolment;
    (void)strcpy(other.sessions[0], "ZWO-2025-03-25");
    struct bw_store *store = fixture_store(&day.fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_enrol(store, &other, NULL), BW_OK);
    bw_store_close(store);
    day_open(&day, NULL);
    expect("screen", "no_roster");
    pass(1000);
    expect("helper", "update");
    expect("buttons", "nl.busy nl.b2");
    struct bw_stimulus failed = {.kind = BW_STIMULUS_HELPER,
        .helper = BW_HELPER_UPDATE,
        .outcome = BW_OUTCOME_OFFLINE};
    day.helper = BW_HELPER_NONE;
    day_step(&day, &failed);
    expect("outcome", "nl.last");
    pass(57000);
    expect("helper", "none");
    pass(3000);
    expect("helper", "update");
    (void)strcpy(day.fx.elsewhere.code, "ZWO-2025-03-25");
    fixture_put_elsewhere(&day.fx);
    pass(1000);
    expect("screen", "idle");
    expect("sound", "done");
}

static void
every_store_that_cannot_be_used_has_its_words_and_is_tried_again(void **state)
{
    (void)state;
    static const struct {
        enum bw_status status;
        const char *help;
    } faults[] = {
        {BW_FULL, "df.p"},
        {BW_NEWER, "ft.newer"},
        {BW_CORRUPT, "ft.corrupt"},
        {BW_READ_ONLY, "ft.readonly"},
        {BW_REFUSED, "ft.refused"},
        {BW_IO, "df.p"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        day_store(&day, BW_STORE_FAILED, faults[i].status);
        expect("screen", "fault");
        expect("fault_help", faults[i].help);
        expect("camera", "0");
        day.reopen = false;
        pass(4900);
        expect("reopen", "0");
        pass(100);
        expect("reopen", "1");
        day_store(&day, BW_STORE_OPENED, BW_OK);
        expect("screen", "idle");
        expect("camera", "1");
    }
}

static void
copy_that_was_put_back_stays_a_fault(void **state)
{
    (void)state;
    struct bw_store *store = fixture_store(&day.fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_set_number(store, BW_NUMBER_RESTORED, 1, NULL), BW_OK);
    bw_store_close(store);
    pass(1000);
    expect("screen", "fault");
    expect("fault_help", "ft.refused");
    store = fixture_store(&day.fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_set_number(store, BW_NUMBER_RESTORED, 0, NULL), BW_OK);
    bw_store_close(store);
    pass(1000);
    expect("screen", "idle");
}

static void
fault_locks_the_staff_out(void **state)
{
    (void)state;
    day_unlock(&day);
    day_store(&day, BW_STORE_FAILED, BW_IO);
    expect("screen", "fault");
    day_store(&day, BW_STORE_OPENED, BW_OK);
    expect("screen", "idle");
    assert_false(bw_flow_is_staff(day.flow));
}

static void
empty_hall_is_looked_after_less_often(void **state)
{
    (void)state;
    int *asked = &day.commands[BW_COMMAND_OVERVIEW];
    *asked = 0;
    pass(30000);
    assert_int_equal(*asked, 30);
    pass(30000);
    *asked = 0;
    pass(60000);
    assert_in_range(*asked, 5, 7);
    struct bw_stimulus motion = {.kind = BW_STIMULUS_MOTION};
    day_step(&day, &motion);
    *asked = 0;
    pass(10000);
    assert_in_range(*asked, 10, 11);
}

static void
ticket_that_is_held_up_as_the_store_opens_is_answered(void **state)
{
    (void)state;
    static const struct bw_flow_options usual = {.camera_wanted = true};
    bw_flow_destroy(day.flow);
    struct bw_now now = {day.fx.at.mono_ms, day.fx.at.wall_ms};
    assert_int_equal(bw_flow_create(&usual, now, &day.flow, NULL), BW_OK);
    day.holds = true;
    scan(FATIMA);
    day_store(&day, BW_STORE_OPENED, BW_OK);
    day.holds = false;
    day_let_go(&day);
    expect("verdict", "welcome");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(other_code_gets_the_pill_after_a_second_and_a_half_and_no_screen),
        sentence(code_whose_text_stayed_behind_gets_the_pill_too),
        sentence(reading_is_said_after_four_hundred_milliseconds),
        sentence(what_would_help_a_code_is_said_once_it_lasts),
        sentence(before_it_opens_the_pill_and_the_verdict_tell_when),
        sentence(day_before_the_pill_and_the_verdict_tell_when),
        sentence(session_without_opening_hour_lets_in_on_its_day_and_says_so),
        sentence(after_its_end_nobody_is_invited),
        sentence(tolerance_around_the_hours_holds_for_the_pill_too),
        sentence(clock_that_is_not_believed_closes_no_door),
        sentence(agenda_stands_only_off_hours_and_any_sign_of_life_ends_it),
        sentence(kiosk_without_a_store_starts_for_the_first_time),
        sentence(enrolment_that_fails_is_not_tried_for_ever_while_it_is_held_up),
        sentence(kiosk_without_a_roster_tries_every_minute_and_goes_on_by_itself),
        sentence(every_store_that_cannot_be_used_has_its_words_and_is_tried_again),
        sentence(copy_that_was_put_back_stays_a_fault),
        sentence(fault_locks_the_staff_out),
        sentence(empty_hall_is_looked_after_less_often),
        sentence(ticket_that_is_held_up_as_the_store_opens_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
