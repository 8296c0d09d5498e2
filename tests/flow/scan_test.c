/* A scan is never swallowed: taken and told, or refused and told. */
#include "flow_help.h"

#define hand(code) day_hand_scan(&day, FIXTURE_SESSION, code, 0)

/* `touch` to the screen from the staff's list; then two tickets by the hand scanner. */
static void
expect_taken(const char *screen)
{
    expect("screen", screen);
    hand(FATIMA);
    expect("screen", screen);
    expect("notice", "to.in");
    expect("notice_name", "Fatima el Amrani");
    expect("sound", "welcome");
    pass(1000);
    hand(CARLA);
    expect("screen", screen);
    expect("notice", "to.cancelled");
    expect("sound", "unknown");
    expect("present", "1");
    pass(6000);
    expect("notice", "");
    expect("screen", screen);
    assert_int_equal(day.commands[BW_COMMAND_SCAN], 2);
}

static void
form_takes_a_scan_and_stays_as_it_was_typed(void **state)
{
    (void)state;
    day_unlock(&day);
    touch(WALK_IN);
    touch(AUDIENCE_YES);
    day_touch(&day, BW_ACTION_REGION, 0);
    day_write(&day, "noor");
    expect_taken("form");
    expect("form_name", "Noor");
}

static void
reason_that_a_locked_kiosk_asks_takes_a_scan(void **state)
{
    (void)state;
    day_until(&day, FIXTURE_START_MS);
    scan(WIM); /* who waits before; and is here */
    touch(DONE);
    scan(WILLEM);
    touch(STAFF_ADMIT);
    day_write(&day, FIXTURE_PIN);
    expect("screen", "form");
    hand(FATIMA);
    expect("screen", "form");
    expect("notice", "to.in");
    expect("sound", "welcome");
    day_write(&day, "rolstoel");
    touch(ADMIT);
    expect("verdict", "welcome");
    expect("name", "Willem");
    expect("present", "2");
}

static void
evacuation_takes_a_scan_and_counts_it(void **state)
{
    (void)state;
    day_unlock(&day);
    touch(EVACUATE);
    expect("evacuated", "0");
    expect_taken("evacuation");
    expect("evacuated", "1");
    expect("rows", "1");
}

static void
status_takes_a_scan(void **state)
{
    (void)state;
    open_kiosk();
    expect_taken("kiosk");
    expect("camera", "0");
}

static void
check_takes_a_scan(void **state)
{
    (void)state;
    open_kiosk();
    touch(CHECK);
    expect_taken("check");
}

static void
list_takes_a_scan_with_a_question_open_and_keeps_the_question(void **state)
{
    (void)state;
    day_until(&day, FIXTURE_START_MS);
    day_unlock(&day);
    touch(RELEASE);
    expect("dialog", "st.releaseq");
    hand(FATIMA);
    expect("dialog", "st.releaseq");
    expect("toast", "to.in");
    expect("toast_name", "Fatima el Amrani");
    expect("sound", "welcome");
    expect("present", "1");
}

static void
scan_whose_answer_comes_after_the_lock_is_shown(void **state)
{
    (void)state;
    day_unlock(&day);
    day.holds = true;
    hand(FATIMA);
    touch(LOCK);
    day.holds = false;
    day_let_go(&day);
    expect("verdict", "welcome");
    expect("sound", "welcome");
}

static void
scan_whose_answer_comes_at_another_screen_of_staff_is_told_there(void **state)
{
    (void)state;
    day_unlock(&day);
    day.holds = true;
    hand(FATIMA);
    touch(WALK_IN);
    day.holds = false;
    day_let_go(&day);
    expect("screen", "form");
    expect("notice", "to.in");
}

static void
pin_pad_says_that_it_takes_no_scan_and_the_same_ticket_is_read_after(void **state)
{
    (void)state;
    touch(STAFF);
    day_write(&day, "12");
    hand(FATIMA);
    expect("screen", "pin");
    expect("digits", "2");
    expect("pin_hint", "scan.pin");
    expect("sound", "no");
    assert_int_equal(day.commands[BW_COMMAND_SCAN], 0);
    touch(BACK);
    hand(FATIMA);
    expect("verdict", "welcome");
}

static void
kiosk_that_can_check_nobody_in_says_that_it_takes_none(void **state)
{
    (void)state;
    day_store(&day, BW_STORE_FAILED, BW_CORRUPT);
    expect("screen", "fault");
    hand(FATIMA);
    expect("fault_help", "scan.closed");
    expect("sound", "no");
    pass(3000);
    expect("fault_help", "scan.closed");
    pass(3000);
    expect("fault_help", "ft.corrupt");
    day_store(&day, BW_STORE_NONE, BW_OK);
    expect("screen", "first_start");
    hand(FATIMA);
    expect("screen", "first_start");
    expect("notice", "scan.closed");
    expect("sound", "no");
    assert_string_equal(day.enrolment, "");
    day_hand(&day, "https://example.org");
    expect("sound", "no");
    assert_int_equal(day.commands[BW_COMMAND_SCAN], 0);
}

static void
scan_that_could_not_be_kept_sounds_so(void **state)
{
    (void)state;
    day.fails = true;
    scan(FATIMA);
    expect("screen", "fault");
    expect("sound", "no");
}

static void
scan_before_the_store_is_known_is_not_passed_over(void **state)
{
    (void)state;
    close_house(NULL);
    fill_house(10, 0);
    struct bw_error err = {0};
    struct bw_now now = {.mono_ms = day.fx.at.mono_ms, .wall_ms = day.fx.at.wall_ms};
    static const struct bw_flow_options options = {.camera_wanted = true};
    assert_int_equal(bw_flow_create(&options, now, &day.flow, &err), BW_OK);
    hand(FATIMA);
    expect("notice", "scan.closed");
    expect("sound", "no");
}

/* ---- what is no ticket ---- */

static const char *const others[] = {"https://example.org/x?y=1", "4006381333931",
    "WIFI:S:gast;T:WPA;P:geheim;;", "BEGIN:VCARD", "M1JANSEN/NOOR        EABC123 AMSGRQ",
    "BRUGWACHTER TEST"};

static const char certificate[] = "BWC1:V50000A/04BUC2F:20K9A9TI.JD3SHN";
static const char another[] = "BWC1:V50000A/04BUC2F:20K9A9TI.JD3SHX";

static void
what_is_no_ticket_gets_the_hint_by_hand_too(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        day_hand(&day, others[i]);
        expect("guide", "other");
        expect("notice", ""); /* the pill says it */
        expect("sound", "none");
        expect("screen", "idle");
        pass(6000);
        expect("guide", "ready");
    }
}

static void
a_certificate_is_told_apart_from_other_codes(void **state)
{
    (void)state;
    day_hand(&day, certificate);
    expect("guide", "certificate");
    expect("notice", "");
    expect("sound", "none");
    expect("screen", "idle");
    pass(6000);
    expect("guide", "ready");
    struct bw_stimulus gone = {.kind = BW_STIMULUS_CAMERA};
    day_step(&day, &gone);
    day_hand(&day, certificate);
    expect("notice", "idle.cert");
    open_kiosk();
    day_hand(&day, another);
    expect("notice", "to.cert");
    expect("sound", "no");
}

static void
without_a_picture_the_hint_is_a_line(void **state)
{
    (void)state;
    struct bw_stimulus gone = {.kind = BW_STIMULUS_CAMERA};
    day_step(&day, &gone);
    day_hand(&day, others[0]);
    expect("notice", "idle.other");
    touch(FIND);
    expect("notice", "");
    day_hand(&day, others[1]);
    expect("screen", "search");
    expect("search_hint", "idle.other");
}

static void
staff_are_told_of_what_is_no_ticket(void **state)
{
    (void)state;
    open_kiosk();
    day_hand(&day, others[0]);
    expect("notice", "to.not");
    expect("sound", "no");
}

/* ---- the check's lights ---- */

static void
camera_light_is_lit_by_a_ticket_before_this_camera_alone(void **state)
{
    (void)state;
    open_kiosk();
    touch(CHECK);
    day_show(&day, others[0]);
    day_show(&day, "BW1:NOT SIGNED BY ANYBODY");
    day_hand(&day, "BRUGWACHTER TEST");
    hand(FATIMA);
    assert_int_equal(day.view.check.camera, BW_LIGHT_WAITING);
    day_show(&day, "BRUGWACHTER TEST");
    assert_int_equal(day.view.check.camera, BW_LIGHT_GREEN);
    touch(BACK);
    touch(CHECK);
    assert_int_equal(day.view.check.camera, BW_LIGHT_WAITING);
    scan(ANNA);
    assert_int_equal(day.view.check.camera, BW_LIGHT_GREEN);
}

static void
hand_scanner_has_a_light_of_its_own(void **state)
{
    (void)state;
    open_kiosk();
    touch(CHECK);
    assert_true(day.view.check.has_camera);
    assert_false(day.view.check.has_scanner);
    day_hand(&day, others[1]);
    assert_true(day.view.check.has_scanner);
    assert_int_equal(day.view.check.scanner, BW_LIGHT_WAITING);
    day_show(&day, "BRUGWACHTER TEST");
    assert_int_equal(day.view.check.scanner, BW_LIGHT_WAITING);
    day_hand(&day, "BRUGWACHTER TEST");
    assert_int_equal(day.view.check.scanner, BW_LIGHT_GREEN);
    assert_int_equal(day.commands[BW_COMMAND_SCAN], 1); /* the test is of nobody */
}

static void
check_without_a_camera_looks_at_the_hand_scanner_alone(void **state)
{
    (void)state;
    static const struct bw_flow_options none = {.camera_wanted = false};
    close_house(NULL);
    fill_house(10, 0);
    day_open(&day, &none);
    open_kiosk();
    touch(CHECK);
    assert_false(day.view.check.has_camera);
    assert_true(day.view.check.has_scanner);
}

/* ---- keys that go elsewhere ---- */

static void
focus(bool present)
{
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_FOCUS, .present = present};
    day_step(&day, &stimulus);
}

static void
hand_scanner_that_nobody_hears_is_told(void **state)
{
    (void)state;
    day_hand(&day, others[0]); /* there is one */
    pass(6000);
    focus(false);
    pass(1900);
    expect("notice", ""); /* a window that comes and goes */
    pass(100);
    expect("notice", "scan.deaf");
    expect("screen", "idle");
    focus(true);
    expect("notice", "");
}

static void
without_a_hand_scanner_keys_may_go_elsewhere(void **state)
{
    (void)state;
    focus(false);
    pass(5000);
    expect("notice", "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(hand_scanner_that_nobody_hears_is_told),
        sentence(without_a_hand_scanner_keys_may_go_elsewhere),
        sentence(form_takes_a_scan_and_stays_as_it_was_typed),
        sentence(reason_that_a_locked_kiosk_asks_takes_a_scan),
        sentence(evacuation_takes_a_scan_and_counts_it),
        sentence(status_takes_a_scan),
        sentence(check_takes_a_scan),
        sentence(list_takes_a_scan_with_a_question_open_and_keeps_the_question),
        sentence(scan_whose_answer_comes_after_the_lock_is_shown),
        sentence(scan_whose_answer_comes_at_another_screen_of_staff_is_told_there),
        sentence(pin_pad_says_that_it_takes_no_scan_and_the_same_ticket_is_read_after),
        sentence(kiosk_that_can_check_nobody_in_says_that_it_takes_none),
        sentence(scan_that_could_not_be_kept_sounds_so),
        sentence(scan_before_the_store_is_known_is_not_passed_over),
        sentence(what_is_no_ticket_gets_the_hint_by_hand_too),
        sentence(a_certificate_is_told_apart_from_other_codes),
        sentence(without_a_picture_the_hint_is_a_line),
        sentence(staff_are_told_of_what_is_no_ticket),
        sentence(camera_light_is_lit_by_a_ticket_before_this_camera_alone),
        sentence(hand_scanner_has_a_light_of_its_own),
        sentence(check_without_a_camera_looks_at_the_hand_scanner_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
