/* 12, 12b: a stick that isn't there yet, a list that is for another day. */
#include "tests/flow/flow_help.h"

static void
end_helper(enum bw_helper_outcome outcome)
{
    struct bw_stimulus stimulus = {
        .kind = BW_STIMULUS_HELPER, .helper = day.helper, .outcome = outcome};
    day.helper = BW_HELPER_NONE;
    day_step(&day, &stimulus);
}

static void
first_start_waits_for_the_stick(void **state)
{
    (void)state;
    day_store(&day, BW_STORE_NONE, BW_OK);
    touch(USB_ENROLMENT);
    expect("helper", "enrol_usb");
    for (int i = 0; i < 3; i++) {
        end_helper(BW_OUTCOME_NO_STICK);
        expect("outcome", "de.usbin");
        pass(2800);
        expect("helper", "none");
        pass(200);
        expect("helper", "enrol_usb");
        expect("outcome", "de.usbin"); /* what is asked stands still meanwhile */
    }
    end_helper(BW_OUTCOME_FAILED);
    expect("outcome", "en.bad");
    pass(10000);
    expect("helper", "none");
}

/* A stick is in: asking for one would send somebody to look for another. */
static void
stick_without_an_enrolment_is_told_apart(void **state)
{
    (void)state;
    day_store(&day, BW_STORE_NONE, BW_OK);
    touch(USB_ENROLMENT);
    end_helper(BW_OUTCOME_NO_FILE);
    expect("outcome", "en.nofile");
    pass(3000);
    expect("helper", "enrol_usb"); /* another stick may come */
    expect("outcome", "en.nofile");
    end_helper(BW_OUTCOME_NO_STICK);
    expect("outcome", "de.usbin");
}

static void
who_turns_to_the_camera_waits_for_no_stick(void **state)
{
    (void)state;
    day_store(&day, BW_STORE_NONE, BW_OK);
    touch(USB_ENROLMENT);
    end_helper(BW_OUTCOME_NO_STICK);
    touch(SCAN_ENROLMENT);
    pass(10000);
    expect("helper", "none");
}

/* Enrolled for a session whose list hasn't come. */
static void
open_without_a_list(void)
{
    close_house(NULL);
    fill_house(10, 0);
    (void)strcpy(day.fx.enrolment.sessions[0], "ZWO-2025-03-25");
    struct bw_store *store = fixture_store(&day.fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_enrol(store, &day.fx.enrolment, NULL), BW_OK);
    bw_store_close(store);
    day_open(&day, NULL);
    expect("screen", "no_roster");
    pass(1000);
    end_helper(BW_OUTCOME_OFFLINE);
}

static void
put_list(int days)
{
    (void)strcpy(day.fx.elsewhere.code, "ZWO-2025-03-25");
    day.fx.elsewhere.starts_ms = FIXTURE_START_MS + days * INT64_C(86400000);
    day.fx.elsewhere.ends_ms = day.fx.elsewhere.starts_ms + 3 * 60 * FIXTURE_MINUTE_MS;
    fixture_put_elsewhere(&day.fx);
}

static void
last_try_is_told_with_its_time(void **state)
{
    (void)state;
    open_without_a_list();
    expect("outcome", "nl.last");
    assert_true(day.view.values.time_ms > 0);
    touch(FETCH);
    expect("busy", "nl.busy");
    expect("buttons", "nl.busy nl.b2");
}

/* The kiosk tries by itself as soon as it is enrolled, which takes long on a bad line. */
static void
stick_asked_for_while_it_fetches_is_read_then(void **state)
{
    (void)state;
    open_without_a_list();
    touch(FETCH);
    touch(USB);
    expect("helper", "update");
    expect("busy", "nl.busy");
    end_helper(BW_OUTCOME_OFFLINE);
    pass(0);
    expect("helper", "import");
    end_helper(BW_OUTCOME_NO_STICK);
    pass(1000);
    expect("helper", "none");
}

static void
list_of_a_day_that_is_past_is_told_and_does_not_open(void **state)
{
    (void)state;
    open_without_a_list();
    touch(USB);
    expect("helper", "import");
    end_helper(BW_OUTCOME_NO_FILE);
    expect("outcome", "de.usbbad");
    touch(USB);
    put_list(-7);
    end_helper(BW_OUTCOME_DONE);
    expect("screen", "no_roster");
    expect("outcome", "nl.wrong");
    assert_int_equal(day.view.values.date_ms, day.fx.elsewhere.starts_ms);
    pass(61000);
    expect("helper", "update"); /* it goes on trying */
    end_helper(BW_OUTCOME_OFFLINE);
    expect("screen", "no_roster");
    put_list(0);
    pass(1000);
    expect("screen", "idle");
    expect("sound", "done");
}

static void
list_of_tomorrow_opens(void **state)
{
    (void)state;
    open_without_a_list();
    touch(USB);
    put_list(1);
    end_helper(BW_OUTCOME_DONE);
    expect("screen", "idle");
}

/* ---- 12d: the ways out ---- */

static void
fail_store(enum bw_status status)
{
    day_store(&day, BW_STORE_FAILED, status);
    expect("screen", "fault");
    assert_string_equal(day.view.fault_text, "");
}

static void
store_that_can_not_be_used_is_tried_again_at_a_touch(void **state)
{
    (void)state;
    static const enum bw_status statuses[] = {BW_NEWER, BW_READ_ONLY, BW_IO, BW_BUSY};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        day.reopen = false;
        fail_store(statuses[i]);
        touch(FETCH);
        expect("reopen", "1");
    }
}

static void
what_can_still_be_read_is_saved_on_a_stick(void **state)
{
    (void)state;
    fail_store(BW_READ_ONLY);
    expect("buttons", "ft.retry de.b4 ft.why");
    touch(USB);
    expect("helper", "export");
    expect("buttons", "ft.retry de.busy ft.why");
    end_helper(BW_OUTCOME_DONE);
    expect("fault_help", "de.usbok");
    fail_store(BW_NEWER);
    expect("buttons", "ft.retry ft.enrol ft.why");
    touch(USB);
    expect("helper", "none");
}

/* The other program sets the file aside: not while it still reads it. */
static void
damaged_or_newer_store_is_made_anew_by_an_enrolment(void **state)
{
    (void)state;
    fail_store(BW_CORRUPT);
    expect("buttons", "ft.enrol de.b4 ft.why");
    touch(USB);
    touch(SCAN_ENROLMENT);
    expect("screen", "fault");
    end_helper(BW_OUTCOME_DONE);
    touch(SCAN_ENROLMENT);
    expect("screen", "first_start");
    assert_true(day.closed);
    touch(BACK);
    fail_store(BW_NEWER);
    touch(SCAN_ENROLMENT);
    day_show(&day, "{\"brugwachter_enrolment\":2}");
    expect("helper", "enrol");
    end_helper(BW_OUTCOME_DONE);
    day_store(&day, BW_STORE_OPENED, BW_OK);
    expect("screen", "idle");
}

static void
staff_are_told_what_was_set_aside(void **state)
{
    (void)state;
    char name[BW_ASIDE_BYTES] = "kiosk.db.damaged.1";
    struct bw_store *store = fixture_store(&day.fx, BW_STORE_SYNC);
    assert_int_equal(
        bw_store_set_bytes(store, BW_BYTES_ASIDE, name, sizeof name, NULL), BW_OK);
    bw_store_close(store);
    pass(1000);
    open_kiosk();
    assert_string_equal(day.view.kiosk.tiles[2].line1, "de.aside");
    assert_string_equal(day.view.kiosk.tiles[2].values.x, name);
}

static void
sentence_with_a_path_is_for_staff_who_ask(void **state)
{
    (void)state;
    fail_store(BW_CORRUPT);
    touch(STAFF);
    assert_string_equal(day.view.fault_text, "the store can't be used");
    touch(STAFF);
    assert_string_equal(day.view.fault_text, "");
    touch(STAFF);
    day_store(&day, BW_STORE_OPENED, BW_OK);
    expect("screen", "idle");
    fail_store(BW_CORRUPT);
}

static void
store_that_was_removed_is_made_anew_by_an_enrolment(void **state)
{
    (void)state;
    fail_store(BW_NOT_FOUND);
    expect("fault_help", "ft.missing");
    expect("buttons", "ft.enrol ft.why");
    touch(SCAN_ENROLMENT);
    expect("screen", "first_start");
    expect("buttons", "back");
    assert_true(day.closed);
    day_store(&day, BW_STORE_FAILED, BW_NOT_FOUND); /* the try of before */
    expect("screen", "first_start");
    day_show(&day, "{\"brugwachter_enrolment\":2}");
    expect("helper", "enrol");
    day.reopen = false;
    end_helper(BW_OUTCOME_DONE);
    expect("reopen", "1");
    day_store(&day, BW_STORE_OPENED, BW_OK);
    expect("screen", "idle");
}

static void
enrolment_that_nobody_brings_is_given_up(void **state)
{
    (void)state;
    fail_store(BW_NOT_FOUND);
    touch(SCAN_ENROLMENT);
    day.reopen = false;
    pass(179000);
    expect("reopen", "0");
    pass(1000);
    expect("reopen", "1");
    fail_store(BW_NOT_FOUND);
    touch(SCAN_ENROLMENT);
    day.reopen = false;
    touch(BACK);
    expect("reopen", "1");
    fail_store(BW_NOT_FOUND);
}

static void
put_back_from_a_copy(int64_t restored)
{
    struct bw_store *store = fixture_store(&day.fx, BW_STORE_SYNC);
    assert_int_equal(
        bw_store_set_number(store, BW_NUMBER_RESTORED, restored, NULL), BW_OK);
    bw_store_close(store);
    pass(1000);
}

static void
copy_is_saved_and_enrolled_again_by_staff_alone(void **state)
{
    (void)state;
    put_back_from_a_copy(1);
    expect("screen", "fault");
    expect("buttons", "ft.save ft.enrol");
    touch(STAFF);
    day_write(&day, FIXTURE_PIN);
    expect("screen", "kiosk");
    touch(USB);
    expect("helper", "export");
    end_helper(BW_OUTCOME_DONE);
    touch(LOCK);
    expect("screen", "fault");
    touch(SCAN_ENROLMENT);
    expect("screen", "pin");
    touch(BACK);
    expect("screen", "fault");
    assert_false(day.closed);
    touch(SCAN_ENROLMENT);
    day_write(&day, FIXTURE_PIN);
    expect("screen", "first_start");
    assert_true(day.closed);
    assert_false(bw_flow_is_staff(day.flow));
    touch(STAFF); /* no way from there to staff's screens */
    expect("screen", "first_start");
    touch(BACK);
    day_store(&day, BW_STORE_OPENED, BW_OK);
    expect("screen", "fault");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(first_start_waits_for_the_stick),
        sentence(stick_without_an_enrolment_is_told_apart),
        sentence(who_turns_to_the_camera_waits_for_no_stick),
        sentence(last_try_is_told_with_its_time),
        sentence(stick_asked_for_while_it_fetches_is_read_then),
        sentence(list_of_a_day_that_is_past_is_told_and_does_not_open),
        sentence(list_of_tomorrow_opens),
        sentence(store_that_can_not_be_used_is_tried_again_at_a_touch),
        sentence(what_can_still_be_read_is_saved_on_a_stick),
        sentence(damaged_or_newer_store_is_made_anew_by_an_enrolment),
        sentence(staff_are_told_what_was_set_aside),
        sentence(sentence_with_a_path_is_for_staff_who_ask),
        sentence(store_that_was_removed_is_made_anew_by_an_enrolment),
        sentence(enrolment_that_nobody_brings_is_given_up),
        sentence(copy_is_saved_and_enrolled_again_by_staff_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
