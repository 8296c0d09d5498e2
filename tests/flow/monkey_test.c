/* Random fingers, keys, tickets, answers and faults on all screens, with the real desk:
 * nothing asserts, no screen of the staff's opens without the PIN (FL3), effects keep
 * within their bound, and a result is green only when its event is on disk (FL1). */
#include "tests/die.h"
#include "flow_help.h"
#include "tests/pace.h"

enum { STEPS = 200000 };

static void
move_on(int64_t ms)
{
    day.fx.at.mono_ms += ms;
    day.fx.at.wall_ms += ms;
}

static void
scan_somebody(void)
{
    static const char *const codes[] = {
        FATIMA, ANNA, WIM, WILLEM, CARLA, BOB, "ZZZZ0009"};
    static const char *const texts[] = {"", "https://voorbeeld.example",
        "BW1:", "BW1:XXXX", "{\"brugwachter_enrolment\":1}"};
    if (roll(4) == 0) {
        day_show(&day, texts[roll(5)]);
    } else if (roll(5) == 0) {
        day_scan(&day, FIXTURE_ELSEWHERE, GUUS, 0);
    } else {
        day_scan(&day, FIXTURE_SESSION, codes[roll(7)], (uint8_t)roll(2));
    }
}

static void
press_something(void)
{
    static const char keys[] = "abcdefgfatimaelwimbakker0123456789-'\x01\xff";
    int action = (int)roll(BW_ACTION_USB_ENROLMENT + 1);
    int index = (int)roll(8) - 1;
    if (action == BW_ACTION_KEY || action == BW_ACTION_SPACE) {
        action = BW_ACTION_KEY;
        index = (unsigned char)keys[roll(sizeof keys - 1)];
        if (day.view.screen == BW_SCREEN_PIN) {
            index = '0' + (int)roll(3); /* never FIXTURE_PIN, which has a 4 */
        }
    }
    day_touch(&day, (enum bw_action)action, index);
}

static void
type_something(void)
{
    static const char *const texts[] = {"f", "a", "1", "0", " ", "é", "ł", "\x7f", "😀"};
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_TEXT};
    (void)strcpy(stimulus.text, texts[roll(9)]);
    day_step(&day, &stimulus);
}

static void
happen(void)
{
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_MOTION};
    switch (roll(6)) {
    case 0:
        stimulus.kind = BW_STIMULUS_SIGHTING;
        stimulus.guide = (enum bw_guide)roll(BW_GUIDE_WHOLE + 1);
        break;
    case 1:
        stimulus.kind = BW_STIMULUS_CAMERA;
        stimulus.present = roll(2) == 0;
        break;
    case 2:
        stimulus.kind = BW_STIMULUS_POWER;
        stimulus.index = (int)roll(102) - 1;
        break;
    case 3:
        stimulus.kind = BW_STIMULUS_HELPER;
        stimulus.helper = (enum bw_helper)roll(BW_HELPER_ENROL_USB + 1);
        stimulus.outcome = (enum bw_helper_outcome)roll(4);
        break;
    case 4:
        if (roll(4) != 0) {
            break; /* rare, or nothing else is ever seen */
        }
        stimulus.kind = BW_STIMULUS_STORE;
        stimulus.store = (enum bw_store_state)roll(3);
        stimulus.rehearsal = roll(2) == 0;
        stimulus.error.status = (enum bw_status)roll(BW_NO_MEMORY + 1);
        break;
    }
    day_step(&day, &stimulus);
}

static void
live_a_moment(void)
{
    uint32_t what = roll(100);
    if (what < 8) {
        scan_somebody();
    } else if (what < 60) {
        press_something();
    } else if (what < 75) {
        type_something();
    } else if (what < 78) {
        happen();
    } else if (what < 80) {
        day.holds = !day.holds && day.held_count < DAY_ANSWERS / 2;
    } else {
        move_on(roll(3000));
        struct bw_stimulus tick = {.kind = BW_STIMULUS_TICK};
        day_step(&day, &tick);
    }
    if (day.held_count > DAY_ANSWERS / 2) {
        day.holds = false;
        day_let_go(&day);
    }
    day.fails = roll(2000) == 0;
}

static void
random_steps_never_open_the_staff_s_screens_nor_break_anything(void **state)
{
    (void)state;
    const char *steps = getenv("BW_MONKEY_STEPS");
    int most = steps != NULL ? atoi(steps) : pace_count(STEPS);
    for (int i = 0; i < most; i++) {
        live_a_moment();
        assert_false(bw_flow_is_staff(day.flow));
        assert_true((int)day.view.screen < BW_SCREEN_COUNT);
        if (i % 400 == 399) { /* a wait after misses isn't waited for by chance */
            move_on(130000);
            day_store(&day, BW_STORE_OPENED, BW_OK);
        }
    }
    assert_true(day.effects_most <= BW_EFFECTS_MAX);
}

/* The same monkey, let in again and again. */
static void
random_steps_of_staff_break_nothing(void **state)
{
    (void)state;
    const char *steps = getenv("BW_MONKEY_STEPS");
    int most = steps != NULL ? atoi(steps) : pace_count(STEPS / 10);
    int inside = 0;
    for (int i = 0; i < most; i++) {
        if (!bw_flow_is_staff(day.flow) && roll(20) == 0) {
            day.holds = false;
            move_on(130000);
            day_let_go(&day);
            day_store(&day, BW_STORE_OPENED, BW_OK);
            touch(CANCEL);
            touch(DONE);
            touch(BACK);
            touch(STAFF);
            if (day.view.screen == BW_SCREEN_PIN) {
                day_write(&day, FIXTURE_PIN);
            }
        }
        live_a_moment();
        inside += bw_flow_is_staff(day.flow);
    }
    assert_true(inside > most / 10);
    assert_true(day.effects_most <= BW_EFFECTS_MAX);
    print_message("at most %d effects in a step\n", day.effects_most);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(random_steps_never_open_the_staff_s_screens_nor_break_anything),
        sentence(random_steps_of_staff_break_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
