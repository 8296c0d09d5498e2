/* 11, evacuation, the check of the day before. */
#include "tests/flow/flow_help.h"

static void
answer_helper(enum bw_helper helper, enum bw_helper_outcome outcome)
{
    struct bw_stimulus stimulus = {
        .kind = BW_STIMULUS_HELPER, .helper = helper, .outcome = outcome};
    day.helper = BW_HELPER_NONE;
    day_step(&day, &stimulus);
}

static void
closing_the_day_sends_after_the_last_event(void **state)
{
    (void)state;
    scan(FATIMA);
    open_kiosk();
    day.holds = true;
    touch(CLOSE_DAY);
    expect("helper", "none");
    day.holds = false;
    day_let_go(&day);
    expect("helper", "update");
    expect("closing", "1");
    expect("busy", "de.busy");
    pass(1000);
    expect("unsent", "3"); /* she came, all went, and the day was closed */
    expect("attended", "1");
    answer_helper(BW_HELPER_UPDATE, BW_OUTCOME_OFFLINE);
    expect("outcome", "de.fail");
    expect("busy", "");
    touch(CLOSE_DAY);
    assert_int_equal(day.commands[BW_COMMAND_CLOSE_DAY], 1);
}

static void
what_is_wrong_with_the_road_is_said_with_what_to_do(void **state)
{
    (void)state;
    static const struct {
        enum bw_helper_outcome outcome;
        const char *text;
    } roads[] = {{BW_OUTCOME_ACCESS, "de.access"}, {BW_OUTCOME_TRUST, "de.trust"},
        {BW_OUTCOME_FULL, "de.full"}, {BW_OUTCOME_PLACE, "de.place"}};
    open_kiosk();
    for (size_t i = 0; i < sizeof roads / sizeof *roads; i++) {
        touch(UPDATE);
        answer_helper(BW_HELPER_UPDATE, roads[i].outcome);
        expect("outcome", roads[i].text);
    }
}

static void
errands_run_one_at_a_time(void **state)
{
    (void)state;
    open_kiosk();
    touch(USB);
    expect("helper", "export");
    touch(UPDATE);
    expect("helper", "export");
    answer_helper(BW_HELPER_EXPORT, BW_OUTCOME_FAILED);
    expect("outcome", "de.usbfail");
    answer_helper(BW_HELPER_EXPORT, BW_OUTCOME_NO_STICK);
    expect("outcome", "de.usbin");
    touch(UPDATE);
    expect("helper", "update");
}

static void
set_acknowledged(int64_t seq)
{
    struct bw_store *store = fixture_store(&day.fx, BW_STORE_SYNC);
    assert_int_equal(
        bw_store_set_number(store, BW_NUMBER_ACKNOWLEDGED, seq, NULL), BW_OK);
    bw_store_close(store);
    pass(1000);
}

/* An undo is sent too, and is no check-in. */
static void
what_is_still_to_be_sent_is_told_as_it_is(void **state)
{
    (void)state;
    scan(FATIMA);
    day_unlock(&day);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_PRESENT);
    tap("Fatima");
    expect("toast", "st.undone");
    touch(KIOSK);
    pass(1000);
    expect("unsent", "2");
    expect("unsent_line", "de.pend1");
    assert_int_equal(day.view.kiosk.tiles[1].values.n, 1);
    touch(QUIT);
    expect("dialog_text", "de.closep");
    touch(NO);
    set_acknowledged(1);
    expect("unsent_line", "de.pendnote");
    touch(QUIT);
    expect("dialog_text", "");
    touch(NO);
    set_acknowledged(2);
    expect("unsent_line", "de.pend0");
}

static void
check_ins_that_wait_for_an_hour_are_not_in_order(void **state)
{
    (void)state;
    scan(FATIMA);
    pass(40 * 60000);
    open_kiosk();
    assert_int_equal(day.view.kiosk.tiles[1].state, BW_TILE_OK);
    touch(LOCK);
    pass(21 * 60000);
    open_kiosk();
    assert_int_equal(day.view.kiosk.tiles[1].state, BW_TILE_WAITING);
    set_acknowledged(1);
    assert_int_equal(day.view.kiosk.tiles[1].state, BW_TILE_OK);
}

static void
disk_that_runs_full_is_a_fault_that_staff_can_mend(void **state)
{
    (void)state;
    day.free_bytes = 499000000;
    pass(1000);
    expect("screen", "idle");
    day.free_bytes = 49000000;
    pass(1000);
    expect("screen", "fault");
    expect("fault_help", "df.p");
    expect("buttons", "df.b1");
    expect("camera", "0");
    touch(STAFF);
    day_write(&day, FIXTURE_PIN);
    expect("screen", "kiosk");
    expect("buttons", "de.b1 nl.b2 de.b4 de.tidy re.start de.day back de.b5");
    assert_int_equal(day.view.buttons[3].kind, BW_BUTTON_PRIMARY);
    assert_int_equal(day.view.kiosk.tiles[2].state, BW_TILE_LOOK);
    assert_string_equal(day.view.kiosk.tiles[2].line1, "de.stor0");
    assert_int_equal(day.view.kiosk.tiles[2].values.n, 49);
    touch(USB);
    expect("helper", "export");
    answer_helper(BW_HELPER_EXPORT, BW_OUTCOME_DONE);
    expect("outcome", "de.usbok");
    day.free_bytes = 99000000;
    touch(TIDY);
    assert_int_equal(day.commands[BW_COMMAND_TIDY], 1);
    expect("outcome", "de.tidylow");
    expect("sound", "done");
    day.free_bytes = 1234000000;
    pass(1000);
    expect("outcome", "de.tidied");
    expect("buttons", "de.b1 nl.b2 de.b4 de.check re.start de.day back de.b5");
    assert_int_equal(day.view.kiosk.tiles[2].values.n, 1);
    assert_int_equal(day.view.kiosk.tiles[2].values.m, 2);
    day.free_bytes = 49000000;
    pass(1000);
    touch(LOCK);
    expect("screen", "fault");
    day.free_bytes = 100000000;
    pass(1000);
    expect("screen", "idle");
}

static void
switching_off_asks_first(void **state)
{
    (void)state;
    open_kiosk();
    touch(QUIT);
    expect("dialog", "de.closeq");
    touch(NO);
    expect("quit", "0");
    touch(YES);
    expect("quit", "0");
    touch(QUIT);
    touch(YES);
    expect("quit", "1");
}

static void
names_of_those_inside_stand_there_at_once(void **state)
{
    (void)state;
    scan(FATIMA);
    touch(DONE);
    day_unlock(&day);
    touch(EVACUATE);
    expect("evacuated", "1");
    expect("rows", "1");
    expect("row", "Fatima");
    touch(BACK);
    expect("screen", "staff");
    expect("row", "Anna");
}

static void
evacuation_stays_till_staff_close_it(void **state)
{
    (void)state;
    scan(FATIMA);
    touch(DONE);
    day_unlock(&day);
    touch(EVACUATE);
    expect("staff_left", "0"); /* it doesn't lock */
    pass(45 * 60000);
    expect("screen", "evacuation");
    expect("row", "Fatima");
    day.fails = true; /* a disk that fails takes nobody's list away */
    day_hand_scan(&day, FIXTURE_SESSION, ANNA, 1);
    expect("screen", "evacuation");
    expect("notice", "scan.closed");
    expect("sound", "no");
    expect("row", "Fatima");
    touch(BACK);
    expect("screen", "fault");
}

static void
evacuation_that_was_closed_locks_as_ever(void **state)
{
    (void)state;
    day_unlock(&day);
    touch(EVACUATE);
    pass(45 * 60000);
    touch(BACK);
    expect("screen", "staff");
    pass(120000);
    expect("screen", "idle");
}

static void
list_of_those_inside_goes_to_a_stick(void **state)
{
    (void)state;
    scan(FATIMA);
    touch(DONE);
    day_scan(&day, FIXTURE_SESSION, ANNA, 1);
    day_unlock(&day);
    touch(EVACUATE);
    touch(USB);
    assert_int_equal(day.saved, 2);
    assert_true(day.saved_whole);
    struct bw_stimulus end = {.kind = BW_STIMULUS_HELPER,
        .helper = BW_HELPER_INSIDE,
        .outcome = BW_OUTCOME_NO_STICK};
    day_step(&day, &end);
    expect("notice", "de.usbin");
    expect("sound", "no");
    end.outcome = BW_OUTCOME_DONE;
    day_step(&day, &end);
    expect("notice", "de.usbok");
    expect("sound", "done");
    expect("screen", "evacuation");
}

static void
volume_goes_down_in_steps_and_round(void **state)
{
    (void)state;
    static const int steps[] = {50, 25, 12, 0, 100}; /* 6 dB each */
    open_kiosk();
    touch(CHECK);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        touch(VOLUME);
        assert_int_equal(day.volume, steps[i]);
        expect("sound", "welcome");
    }
    touch(BACK);
}

static void
check_turns_green_light_by_light(void **state)
{
    (void)state;
    open_kiosk();
    touch(CHECK);
    expect("helper", "update");
    expect("camera", "1");
    assert_int_equal(day.view.check.camera, BW_LIGHT_WAITING);
    scan(FATIMA);
    assert_int_equal(day.view.check.camera, BW_LIGHT_GREEN);
    assert_int_equal(day.commands[BW_COMMAND_SCAN], 1);
    for (int i = 0; i < 4; i++) {
        assert_int_not_equal(day.view.check.touch, BW_LIGHT_GREEN);
        day_touch(&day, BW_ACTION_FIELD, i);
    }
    assert_int_equal(day.view.check.touch, BW_LIGHT_GREEN);
    touch(YES);
    assert_int_not_equal(day.view.check.sound, BW_LIGHT_GREEN);
    touch(SOUND_TEST);
    expect("sound", "welcome");
    pass(1000);
    expect("sound", "already"); /* low and high: both are to be heard */
    touch(YES);
    assert_int_equal(day.view.check.sound, BW_LIGHT_GREEN);
    assert_int_equal(day.view.check.clock, BW_LIGHT_GREEN);
    touch(BACK);
    expect("screen", "kiosk");
    expect("camera", "0");
}

static void
own_sessions_can_be_switched(void **state)
{
    (void)state;
    open_with_two_sessions();
    open_kiosk();
    expect("sessions", "2");
    day_touch(&day, BW_ACTION_SWITCH, 1); /* the list isn't open */
    day_touch(&day, BW_ACTION_SWITCH, -1);
    for (int i = 0; i < 2; i++) {
        if (!day.view.kiosk.sessions[i].active) {
            day_touch(&day, BW_ACTION_SWITCH, i);
            break;
        }
    }
    assert_string_equal(day.view.overview.session.code, "UTR-2025-03-20");
    expect("outcome", "de.done");
}

static void
tile_tells_the_kiosk_that_was_silent_longest(void **state)
{
    (void)state;
    fixture_peer(&day.fx, 4, FIXTURE_START_MS - 31 * FIXTURE_MINUTE_MS);
    fixture_peer(&day.fx, 5, FIXTURE_START_MS - 90 * FIXTURE_MINUTE_MS);
    pass(1000);
    open_kiosk();
    const struct bw_tile *tile = &day.view.kiosk.tiles[4];
    assert_int_equal(tile->state, BW_TILE_LOOK);
    assert_string_equal(tile->line2, "de.othoff");
    assert_string_equal(tile->values.id, "Zuil 5");
}

static void
tile_tells_whose_clock_differs(void **state)
{
    (void)state;
    fixture_peer(&day.fx, 5, day.fx.at.wall_ms + 4 * FIXTURE_MINUTE_MS);
    pass(1000);
    open_kiosk();
    const struct bw_tile *tile = &day.view.kiosk.tiles[5];
    assert_int_equal(tile->state, BW_TILE_LOOK);
    assert_string_equal(tile->line2, "de.clock");
    assert_string_equal(tile->values.id, "Zuil 5");
    assert_int_equal(tile->values.n, 4);
}

static void
list_of_the_day_before_yesterday_asks_attention_on_the_day_alone(void **state)
{
    (void)state;
    struct bw_store *store = fixture_store(&day.fx, BW_STORE_SYNC);
    int64_t two_days_before_ms = FIXTURE_START_MS - 48 * 60 * FIXTURE_MINUTE_MS;
    assert_int_equal(
        bw_store_set_number(store, BW_NUMBER_ROSTER_MS, two_days_before_ms, NULL), BW_OK);
    bw_store_close(store);
    open_kiosk();
    const struct bw_tile *tile = &day.view.kiosk.tiles[0];
    day.fx.at.wall_ms = FIXTURE_START_MS - 14 * 60 * FIXTURE_MINUTE_MS; /* 23.30 */
    pass(1000);
    assert_int_equal(tile->state, BW_TILE_OK);
    day.fx.at.wall_ms = FIXTURE_START_MS + FIXTURE_MINUTE_MS;
    pass(1000);
    assert_int_equal(tile->state, BW_TILE_LOOK);
    assert_string_equal(tile->line1, "st.nevercontact");
}

/* Asked for none, none is missed: nothing that is in order says that it isn't. */
static void
kiosk_without_a_camera_misses_none(void **state)
{
    (void)state;
    static const struct bw_flow_options typed = {.camera_wanted = false};
    bw_flow_destroy(day.flow);
    bw_desk_destroy(day.desk);
    day_open(&day, &typed);
    struct bw_stimulus gone = {.kind = BW_STIMULUS_CAMERA};
    day_step(&day, &gone);
    open_kiosk();
    const struct bw_tile *tile = &day.view.kiosk.tiles[3];
    assert_int_equal(tile->state, BW_TILE_OK);
    assert_string_equal(tile->line1, "de.camnone");
}

static void
see_a_code_that_cannot_be_read(void)
{
    struct bw_stimulus seen = {.kind = BW_STIMULUS_SIGHTING, .guide = BW_GUIDE_READING};
    for (int i = 0; i < 3; i++) {
        day_step(&day, &seen);
        pass(300);
    }
    pass(1000);
}

static void
camera_that_reads_nothing_twenty_times_asks_attention(void **state)
{
    (void)state;
    for (int i = 0; i < 19; i++) {
        see_a_code_that_cannot_be_read();
    }
    open_kiosk();
    const struct bw_tile *tile = &day.view.kiosk.tiles[3];
    assert_int_equal(tile->state, BW_TILE_OK);
    touch(LOCK);
    see_a_code_that_cannot_be_read();
    open_kiosk();
    assert_int_equal(tile->state, BW_TILE_LOOK);
    touch(LOCK);
    scan(FATIMA);
    open_kiosk();
    assert_int_equal(tile->state, BW_TILE_OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(closing_the_day_sends_after_the_last_event),
        sentence(what_is_wrong_with_the_road_is_said_with_what_to_do),
        sentence(errands_run_one_at_a_time),
        sentence(what_is_still_to_be_sent_is_told_as_it_is),
        sentence(check_ins_that_wait_for_an_hour_are_not_in_order),
        sentence(disk_that_runs_full_is_a_fault_that_staff_can_mend),
        sentence(switching_off_asks_first),
        sentence(names_of_those_inside_stand_there_at_once),
        sentence(evacuation_stays_till_staff_close_it),
        sentence(evacuation_that_was_closed_locks_as_ever),
        sentence(list_of_those_inside_goes_to_a_stick),
        sentence(volume_goes_down_in_steps_and_round),
        sentence(check_turns_green_light_by_light),
        sentence(own_sessions_can_be_switched),
        sentence(tile_tells_the_kiosk_that_was_silent_longest),
        sentence(tile_tells_whose_clock_differs),
        sentence(list_of_the_day_before_yesterday_asks_attention_on_the_day_alone),
        sentence(kiosk_without_a_camera_misses_none),
        sentence(camera_that_reads_nothing_twenty_times_asks_attention),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
