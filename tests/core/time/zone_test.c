/* Time zones: the venue's own, local times, days, and times in ISO 8601. */
#include "zone_changes.h"

#include <string.h>

enum { HOUR_MS = 3600 * 1000 };

static void
every_clock_change_of_amsterdam_to_2038_is_right(void **state)
{
    (void)state;
    struct bw_zone *zone = open_zone(BW_ZONE_DEFAULT);
    assert_changes_right(zone);
    assert_iso(zone, utc_ms(zone, 2399, 7, 1, 12), "2399-07-01T14:00:00+02:00");
    assert_iso(zone, utc_ms(zone, 1969, 12, 31, 23), "1970-01-01T00:00:00+01:00");
    bw_zone_close(zone);
}

static void
names_that_lead_out_of_the_folder_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {"", "/etc/passwd", "../../../etc/passwd",
        "Europe/../UTC", "Europe//Amsterdam", "Europe/", "Europe/Amster dam", "UTC\n",
        "Europe/Amsterdamxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"};
    for (size_t i = 0; i < COUNT(names); i++) {
        struct bw_zone *zone = NULL;
        struct bw_error err = {0};
        assert_int_equal(bw_zone_open(names[i], &zone, &err), BW_BAD_INPUT);
        assert_null(zone);
        assert_int_equal(err.status, BW_BAD_INPUT);
    }
    struct bw_zone *zone = NULL;
    assert_int_equal(bw_zone_open("Europe/Leerkring", &zone, NULL), BW_NOT_FOUND);
    assert_int_equal(bw_zone_open("Europe", &zone, NULL), BW_NOT_FOUND);
    assert_null(zone);
    bw_zone_close(NULL);
}

static void
iso_times_are_read_in_every_form(void **state)
{
    (void)state;
    struct bw_zone *zone = open_zone(BW_ZONE_DEFAULT);
    static const struct {
        const char *text;
        int64_t wall_ms;
    } cases[] = {
        {"2025-03-18T13:30", 1742301000000},
        {"2025-03-18 13:30", 1742301000000},
        {"2025-03-18T13:30:07", 1742301007000},
        {"2025-03-18T13:30:07.25", 1742301007250},
        {"2025-03-18T13:30:07,2509999", 1742301007250},
        {"2025-03-18T12:30Z", 1742301000000},
        {"2025-03-18T13:30:00+01:00", 1742301000000},
        {"2025-03-18T14:00+0130", 1742301000000},
        {"2025-03-18T10:30-02", 1742301000000},
        {"2025-07-01T13:30", 1751369400000},
        {"2025-10-26T02:30", 1761438600000}, /* happens twice: the first */
        {"2025-10-26T02:30+01:00", 1761442200000},
        {"1969-12-31T23:59:59.999Z", -1},
        {"2024-02-29T00:00Z", 1709164800000},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_true(parse(zone, cases[i].text) == cases[i].wall_ms);
    }
    bw_zone_close(zone);
}

static void
what_is_no_time_is_refused_and_leaves_the_result(void **state)
{
    (void)state;
    struct bw_zone *zone = open_zone(BW_ZONE_DEFAULT);
    static const char *const texts[] = {"", "2025", "2025-03-18", "2025-03-18T",
        "18-3-2025", "2025-03-18T13", "2025-03-18T1:30",
        "2025-03-18T13:30:", "2025-03-18T13:30x", "2025-03-18T13:30:07.",
        "2025-02-29T12:00", "2025-13-01T12:00", "2025-00-10T12:00", "2025-03-32T12:00",
        "2025-03-18T24:00", "2025-03-18T13:60", "2025-03-18T13:30:60",
        "2025-03-18T13:30+", "2025-03-18T13:30+1", "2025-03-18T13:30+01:6",
        "2025-03-18T13:30+24:00", "2025-03-18T13:30+01:00x",
        "2025-03-18T13:30+01:", "2025-03-18T13:30Zx", "0000-01-01T00:00",
        "+2025-03-18T13:30", " 2025-03-18T13:30", "2025-03-30T02:30"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        int64_t wall_ms = -7;
        struct bw_error err = {0};
        if (bw_zone_parse_iso(zone, texts[i], &wall_ms, &err) != BW_BAD_INPUT) {
            fail_msg("read: %s", texts[i]);
        }
        assert_int_equal(wall_ms, -7);
        assert_non_null(strstr(err.text, "Reading the time"));
    }
    bw_zone_close(zone);
}

static void
day_begins_at_local_midnight_or_at_the_change_that_skips_it(void **state)
{
    (void)state;
    static const struct {
        const char *zone, *at, *start;
    } cases[] = {
        {"Europe/Amsterdam", "2025-03-18T13:30", "2025-03-18T00:00:00+01:00"},
        {"Europe/Amsterdam", "2025-03-30T23:59:59", "2025-03-30T00:00:00+01:00"},
        {"Europe/Amsterdam", "2025-10-26T23:59:59", "2025-10-26T00:00:00+02:00"},
        {"Europe/Amsterdam", "2025-07-01T00:00", "2025-07-01T00:00:00+02:00"},
        {"Africa/Cairo", "2024-04-26T12:00", "2024-04-26T01:00:00+03:00"},
        {"America/Havana", "2024-11-03T12:00", "2024-11-03T00:00:00-04:00"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct bw_zone *zone = open_zone(cases[i].zone);
        int64_t start = bw_zone_day_start(zone, parse(zone, cases[i].at));
        assert_iso(zone, start, cases[i].start);
        bw_zone_close(zone);
    }
}

static void
every_hour_of_sixty_years_comes_back(void **state)
{
    (void)state;
    struct bw_zone *zone = open_zone(BW_ZONE_DEFAULT);
    int64_t end = utc_ms(zone, 2060, 1, 1, 0);
    for (int64_t at = utc_ms(zone, 2000, 1, 1, 0); at < end; at += HOUR_MS) {
        struct bw_civil civil;
        int64_t back = 0;
        bw_zone_to_civil(zone, at, &civil);
        switch (bw_zone_from_civil(zone, &civil, &back)) {
        case BW_CIVIL_ONE:
            assert_true(back == at);
            break;
        case BW_CIVIL_DOUBLE:
            assert_true(back == at || back == at - HOUR_MS);
            break;
        case BW_CIVIL_NONE:
            fail_msg("an instant that has no local time");
        }
    }
    bw_zone_close(zone);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_clock_change_of_amsterdam_to_2038_is_right),
        cmocka_unit_test(names_that_lead_out_of_the_folder_are_refused),
        cmocka_unit_test(iso_times_are_read_in_every_form),
        cmocka_unit_test(what_is_no_time_is_refused_and_leaves_the_result),
        cmocka_unit_test(day_begins_at_local_midnight_or_at_the_change_that_skips_it),
        cmocka_unit_test(every_hour_of_sixty_years_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
