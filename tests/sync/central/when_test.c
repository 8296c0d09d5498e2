/* When a session is, in words. */
#include "tests/sync/testing.h"

#include "central/when.h"

#include <stdio.h>
#include <string.h>

static struct bw_when
when_of(enum bw_wording_language language, int doors_minutes)
{
    struct bw_session session = {.doors_minutes = doors_minutes,
        .starts_ms = INT64_C(1742301000000), /* 2025-03-18T13:30 in Amsterdam */
        .ends_ms = INT64_C(1742311800000)};
    struct bw_when when;
    struct bw_error err;
    (void)snprintf(session.timezone, sizeof session.timezone, "Europe/Amsterdam");
    memset(&when, 'x', sizeof when);
    assert_int_equal(bw_when_of_session(language, &session, &when, &err), BW_OK);
    return when;
}

static void
day_hours_and_doors_are_the_venues(void **state)
{
    (void)state;
    struct bw_when when = when_of(BW_WORDING_DUTCH, 60);
    assert_string_equal(when.day, "dinsdag 18 maart 2025");
    assert_string_equal(when.hours, "13.30 – 16.30 uur");
    assert_string_equal(when.doors, "12.30");
    assert_int_equal(when.start_minute, 13 * 60 + 30);
    assert_string_equal(when.start_iso, "2025-03-18T13:30:00+01:00");
}

static void
they_are_in_english_where_that_is_asked_for(void **state)
{
    (void)state;
    struct bw_when when = when_of(BW_WORDING_ENGLISH, 60);
    char moment[BW_WHEN_BYTES];
    assert_string_equal(when.day, "Tuesday 18 March 2025");
    assert_string_equal(when.hours, "13.30 – 16.30");
    assert_int_equal(bw_when_of_moment(BW_WORDING_ENGLISH, "Europe/Amsterdam",
                         INT64_C(1742301000000), moment, NULL),
        BW_OK);
    assert_string_equal(moment, "18 March 2025, 13.30");
}

static void
doors_that_open_at_the_start_need_no_words(void **state)
{
    (void)state;
    assert_string_equal(when_of(BW_WORDING_DUTCH, 0).doors, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day_hours_and_doors_are_the_venues),
        cmocka_unit_test(they_are_in_english_where_that_is_asked_for),
        cmocka_unit_test(doors_that_open_at_the_start_need_no_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
