/* Waits after a wrong PIN, by a clock that tests move. */
#include "core/desk/base/pin.h"

#include "tests/core/store/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void
setup(struct fixture *fixture)
{
    fixture_create(fixture, 5, 0, true);
}

static struct bw_answer
try_as(struct bw_desk *desk, enum bw_command_kind kind, const char *pin)
{
    struct bw_command command;
    struct bw_answer answer;
    bw_command_init(&command, kind);
    (void)strcpy(command.pin.text, pin);
    bw_desk_run(desk, &command, &answer);
    return answer; /* a PIN's answer owns nothing */
}

static struct bw_answer
try(struct bw_desk *desk, const char *pin)
{
    return try_as(desk, BW_COMMAND_PIN, pin);
}

static void
waits_are_10_30_and_120_seconds(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    struct bw_desk *desk = fixture_desk(&f);
    assert_int_equal(try(desk, "000000").pin.left, 2);
    assert_int_equal(try(desk, "000000").pin.wait_s, 0);
    static const int waits[] = {10, 30, 120, 120};
    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        struct bw_answer missed = try(desk, "000000");
        assert_int_equal(missed.kind, BW_ANSWER_PIN);
        assert_false(missed.pin.ok);
        assert_int_equal(missed.pin.wait_s, waits[i]);
        f.at.mono_ms += waits[i] * 1000 - 1; /* too soon: not even the right one */
        assert_false(try(desk, FIXTURE_PIN).pin.ok);
        assert_int_equal(try(desk, "").pin.wait_s, 1);
        f.at.mono_ms += 1;
    }
    assert_true(try(desk, FIXTURE_PIN).pin.ok);
    assert_int_equal(try(desk, "000000").pin.left, 2); /* begins anew */
    bw_desk_destroy(desk);
    fixture_destroy(&f);
}

static void
wait_is_kept_over_a_restart_of_the_program(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    struct bw_desk *desk = fixture_desk(&f);
    for (int i = 0; i < 4; i++) {
        f.at.mono_ms += 10000;
        (void)try(desk, "123456");
    }
    f.at.mono_ms += 1000;
    bw_desk_destroy(desk);
    desk = fixture_desk(&f);
    assert_int_equal(try(desk, FIXTURE_PIN).pin.wait_s, 29);
    bw_desk_destroy(desk);
    fixture_destroy(&f);
}

static void
setting_the_clock_does_not_shorten_a_wait(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    struct bw_desk *desk = fixture_desk(&f);
    for (int i = 0; i < 3; i++) {
        (void)try(desk, "123456");
    }
    f.at.wall_ms += 24 * 60 * FIXTURE_MINUTE_MS;
    assert_int_equal(try(desk, FIXTURE_PIN).pin.wait_s, 10);
    f.at.wall_ms -= 48 * 60 * FIXTURE_MINUTE_MS;
    assert_int_equal(try(desk, FIXTURE_PIN).pin.wait_s, 10);
    bw_desk_destroy(desk);
    fixture_destroy(&f);
}

static void
restart_of_the_machine_begins_the_wait_again(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    struct bw_desk *desk = fixture_desk(&f);
    for (int i = 0; i < 3; i++) {
        (void)try(desk, "123456");
    }
    bw_desk_destroy(desk);
    f.clock.boot_id[0] ^= 1;
    f.at.mono_ms = 500000; /* up for longer than the wait: nothing to go by */
    desk = fixture_desk(&f);
    assert_int_equal(try(desk, FIXTURE_PIN).pin.wait_s, 10);
    f.at.mono_ms += 10000;
    assert_true(try(desk, FIXTURE_PIN).pin.ok);
    bw_desk_destroy(desk);
    fixture_destroy(&f);
}

static void
kiosk_without_a_pin_says_so(void **state)
{
    (void)state;
    struct fixture f;
    fixture_create(&f, 5, 0, false);
    struct bw_desk *desk = fixture_desk(&f);
    assert_int_equal(try(desk, "123456").kind, BW_ANSWER_ERROR);
    bw_desk_destroy(desk);
    fixture_destroy(&f);
}

static bool
names_are_stale(struct bw_desk *desk)
{
    struct bw_command command;
    struct bw_answer answer;
    bw_command_init(&command, BW_COMMAND_OVERVIEW);
    bw_desk_run(desk, &command, &answer);
    assert_int_equal(answer.kind, BW_ANSWER_OVERVIEW);
    bool stale = answer.overview->names_stale;
    bw_answer_finish(&answer);
    return stale;
}

static void
names_are_open_for_another_day_by_a_right_pin_alone(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    struct bw_desk *desk = fixture_desk(&f);
    assert_true(try(desk, FIXTURE_PIN).pin.ok);
    assert_false(names_are_stale(desk));
    f.at.wall_ms += 24 * 60 * FIXTURE_MINUTE_MS;
    f.at.mono_ms += 24 * 60 * FIXTURE_MINUTE_MS;
    assert_true(names_are_stale(desk));
    assert_false(try(desk, "000000").pin.ok);
    assert_true(names_are_stale(desk));
    assert_false(try_as(desk, BW_COMMAND_PIN_BEFORE, "000000").pin.ok);
    assert_true(names_are_stale(desk));
    assert_true(try(desk, FIXTURE_PIN).pin.ok);
    assert_false(names_are_stale(desk));
    bw_desk_destroy(desk);
    fixture_destroy(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_are_10_30_and_120_seconds),
        cmocka_unit_test(wait_is_kept_over_a_restart_of_the_program),
        cmocka_unit_test(setting_the_clock_does_not_shorten_a_wait),
        cmocka_unit_test(restart_of_the_machine_begins_the_wait_again),
        cmocka_unit_test(kiosk_without_a_pin_says_so),
        cmocka_unit_test(names_are_open_for_another_day_by_a_right_pin_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
