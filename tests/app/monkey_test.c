/* Random fingers on the real screens: a touch is a pixel, what it means says the laid-out
 * page, and behind it are the flow and the desk. Keys go the keyboard's way (ring, Enter,
 * typed letters), scans the hand scanner's; a scanned PIN is one of them. Nobody types
 * the right PIN, so nothing may open but the attendee's screens (FL3). */
#include "tests/die.h"
#include "tests/flow/flow_help.h"
#include "tests/pace.h"

#include <ui/draw/page.h>
#include <ui/ui.h>

enum {
    STEPS = 200000,
    PIN_DIGIT = '4', /* FIXTURE_PIN has one; the monkey's finger never comes down there */
};

struct panel {
    int width_px, height_px;
    double width_mm;
};
static const struct panel panels[] = {
    {1920, 1080, 476}, {1080, 1920, 268}, {1024, 600, 222}};
enum { PANELS = sizeof panels / sizeof *panels };

static struct bw_ui *ui;
static const struct panel *panel;
static struct bw_view laid_out;
static int visits[BW_SCREEN_COUNT], targets, welcomes;
/* The page as it stands; time alone moves nothing that a finger could hit. */
static void
look(void)
{
    static struct bw_view now;
    now = day.view;
    now.now_ms = now.mono_ms = 0;
    now.guide_breathes = false;
    if (memcmp(&now, &laid_out, sizeof now) != 0) {
        bw_ui_lay_out(ui, &day.view);
        laid_out = now;
    }
}

static void
act(struct bw_ui_hit hit)
{
    bool pin_digit = day.view.screen == BW_SCREEN_PIN && hit.action == BW_ACTION_KEY &&
                     hit.index == PIN_DIGIT;
    if (hit.action == BW_ACTION_NONE || pin_digit) {
        return;
    }
    targets += hit.action != BW_ACTION_TOUCH;
    day_touch(&day, hit.action, hit.index);
}

/* Anywhere; every third time where something is to be touched. */
static void
touch_a_pixel(void)
{
    int x = (int)roll((uint32_t)panel->width_px);
    int y = (int)roll((uint32_t)panel->height_px);
    look();
    const struct bw_ui_page *page = bw_ui_page(ui);
    if (page->targets_count > 0 && roll(3) == 0) {
        SDL_Rect rect = page->targets[roll((uint32_t)page->targets_count)].rect;
        x = rect.x + (int)roll((uint32_t)rect.w);
        y = rect.y + (int)roll((uint32_t)rect.h);
    }
    bw_ui_focus(ui, BW_FOCUS_OFF);
    act(bw_ui_hit(ui, x, y));
}

/* As input.c has it: the ring, Enter where it stands, or a key's action. */
static void
press_a_key(void)
{
    static const enum bw_action keys[] = {BW_ACTION_DELETE, BW_ACTION_BACK,
        BW_ACTION_PREVIOUS, BW_ACTION_NEXT, BW_ACTION_ENTER};
    uint32_t key = roll(10);
    look();
    if (key < 5) {
        bw_ui_focus(ui, (enum bw_ui_focus_move)roll(BW_FOCUS_OFF + 1));
    } else if (key < 8) {
        act(bw_ui_focused(ui));
    } else {
        act((struct bw_ui_hit){keys[roll(5)], 0});
    }
}

static void
type_a_letter(void)
{
    static const char *const letters[] = {
        "f", "a", "t", "i", "m", "e", "l", " ", "é", "ł", "1", "0", "7", "\x7f", "😀"};
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_TEXT};
    (void)strcpy(stimulus.text, letters[roll(sizeof letters / sizeof *letters)]);
    day_step(&day, &stimulus);
}

static void
scan_something(void)
{
    static const char *const codes[] = {
        FATIMA, ANNA, WIM, WILLEM, CARLA, BOB, "ZZZZ0009"};
    static const char *const texts[] = {FIXTURE_PIN, "", "https://voorbeeld.example",
        "BW1:", "{\"brugwachter_enrolment\":1}", "\x1b[2J", "471100\n471100"};
    switch (roll(4)) {
    case 0:
        day_show(&day, texts[roll(sizeof texts / sizeof *texts)]);
        break;
    case 1:
        day_scan(&day, FIXTURE_ELSEWHERE, GUUS, 0);
        break;
    default:
        day_scan(&day, FIXTURE_SESSION, codes[roll(7)], (uint8_t)roll(2));
        break;
    }
}

static void
pass_some_time(void)
{
    int64_t ms = roll(500) == 0  ? 300000 /* nobody for a while */
                 : roll(40) == 0 ? 1000 + roll(20000)
                                 : roll(120);
    day.fx.at.mono_ms += ms;
    day.fx.at.wall_ms += ms;
    struct bw_stimulus tick = {.kind = BW_STIMULUS_TICK};
    day_step(&day, &tick);
}

static void
live_a_moment(void)
{
    uint32_t what = roll(100);
    if (what < 55) {
        touch_a_pixel();
    } else if (what < 65) {
        press_a_key();
    } else if (what < 75) {
        type_a_letter();
    } else if (what < 80) {
        scan_something();
    } else {
        pass_some_time();
    }
}

static bool
is_attendees(enum bw_screen screen)
{
    return screen == BW_SCREEN_IDLE || screen == BW_SCREEN_RESULT ||
           screen == BW_SCREEN_SEARCH || screen == BW_SCREEN_PIN ||
           screen == BW_SCREEN_AGENDA;
}

static void
expect_attendees(int step)
{
    visits[day.view.screen]++;
    welcomes += day.view.screen == BW_SCREEN_RESULT &&
                day.view.result.verdict == BW_VERDICT_WELCOME;
    if (!is_attendees(day.view.screen) || bw_flow_is_staff(day.flow)) {
        fail_msg("step %d opened screen %d", step, (int)day.view.screen);
    }
    assert_false(day.quit);
    assert_int_equal(day.commands[BW_COMMAND_LIST] + day.commands[BW_COMMAND_SEARCH], 0);
}

static void
open_panel(int number)
{
    struct bw_error err = {0};
    panel = &panels[number];
    struct bw_ui_options options = {.offscreen = true,
        .width_px = panel->width_px,
        .height_px = panel->height_px,
        .width_mm = panel->width_mm};
    assert_int_equal(bw_ui_create(&options, &ui, &err), BW_OK);
    memset(&laid_out, 0, sizeof laid_out);
}

static void
random_fingers_on_real_screens_never_get_behind_them(void **state)
{
    (void)state;
    const char *asked = getenv("BW_MONKEY_STEPS");
    int steps = asked != NULL ? atoi(asked) : pace_count(STEPS);
    int step = 0;
    for (int i = 0; i < PANELS; i++) {
        open_panel(i);
        for (; step < steps / PANELS * (i + 1); step++) {
            live_a_moment();
            expect_attendees(step);
        }
        bw_ui_destroy(ui);
    }
    print_message("%d steps, %d on targets; idle %d, result %d (welcome %d), search %d, "
                  "pin %d, agenda %d; pins tried %d\n",
        step, targets, visits[BW_SCREEN_IDLE], visits[BW_SCREEN_RESULT], welcomes,
        visits[BW_SCREEN_SEARCH], visits[BW_SCREEN_PIN], visits[BW_SCREEN_AGENDA],
        day.commands[BW_COMMAND_PIN]);
    assert_true(targets > step / 10); /* it did get around */
    assert_true(welcomes > 0);
    for (int screen = 0; screen < BW_SCREEN_COUNT; screen++) {
        bool expected = is_attendees((enum bw_screen)screen);
        bool seldom =
            screen == BW_SCREEN_AGENDA && steps < STEPS; /* it comes after a rest */
        assert_true(visits[screen] == 0 || expected);
        assert_true(visits[screen] > 0 || seldom || !expected);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(random_fingers_on_real_screens_never_get_behind_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
