/* `--clock` means the venue's own time, whatever zone that is. */
#include "app/door/venue_clock.h"
#include "tests/core/store/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { HOUR_MS = 3600000 };

/* The clock runs on: what it says is at most a little after what it was given. */
static void
assert_stands_at(const struct bw_clock *clock, int64_t wall_ms)
{
    assert_true(clock->injected);
    assert_in_range(clock->wall_ms(clock) - wall_ms, 0, 60000);
}

static void
given_clock_is_read_in_the_zone_of_the_venue(void **state)
{
    struct fixture fixture;
    struct bw_clock clock;
    struct bw_error err;
    (void)state;
    fixture_create(&fixture, 50, 0, false);
    (void)strcpy(fixture.session.timezone, "Europe/London");
    fixture_put_session(&fixture);
    struct bw_store *store = fixture_store(&fixture, BW_STORE_KIOSK);
    assert_int_equal(
        bw_venue_clock_start(&clock, store, NULL, "2025-03-18T13:30:00", &err), BW_OK);
    assert_stands_at(&clock, FIXTURE_START_MS + HOUR_MS);
    assert_int_equal(
        bw_venue_clock_start(&clock, store, NULL, "2025-03-18T13:30:00+01:00", &err),
        BW_OK);
    assert_stands_at(&clock, FIXTURE_START_MS);
    bw_store_close(store);
    fixture_destroy(&fixture);
}

static void
without_a_store_it_is_read_as_in_amsterdam(void **state)
{
    struct bw_clock clock;
    struct bw_error err;
    (void)state;
    assert_int_equal(
        bw_venue_clock_start(&clock, NULL, NULL, "2025-03-18T13:30", &err), BW_OK);
    assert_stands_at(&clock, FIXTURE_START_MS);
}

static void
without_a_time_it_is_the_systems_and_what_is_no_time_is_refused(void **state)
{
    struct bw_clock clock;
    struct bw_error err;
    (void)state;
    assert_int_equal(bw_venue_clock_start(&clock, NULL, NULL, NULL, &err), BW_OK);
    assert_false(clock.injected);
    assert_int_equal(
        bw_venue_clock_start(&clock, NULL, NULL, "half two", &err), BW_BAD_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(given_clock_is_read_in_the_zone_of_the_venue),
        cmocka_unit_test(without_a_store_it_is_read_as_in_amsterdam),
        cmocka_unit_test(without_a_time_it_is_the_systems_and_what_is_no_time_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
