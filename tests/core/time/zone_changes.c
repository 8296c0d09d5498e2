/* See zone_changes.h. */
#include "zone_changes.h"

#include <stdio.h>

enum { HOUR_MS = 3600 * 1000 };

const struct zone_change zone_changes[ZONE_CHANGES] = {
    {2025, 30, 26},
    {2026, 29, 25},
    {2027, 28, 31},
    {2028, 26, 29},
    {2029, 25, 28},
    {2030, 31, 27},
    {2031, 30, 26},
    {2032, 28, 31},
    {2033, 27, 30},
    {2034, 26, 29},
    {2035, 25, 28},
    {2036, 30, 26},
    {2037, 29, 25},
    {2038, 28, 31},
};

struct bw_zone *
open_zone(const char *name)
{
    struct bw_zone *zone = NULL;
    struct bw_error err = {0};
    if (bw_zone_open(name, &zone, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return zone;
}

int64_t
parse(const struct bw_zone *zone, const char *text)
{
    int64_t wall_ms = -1;
    struct bw_error err = {0};
    if (bw_zone_parse_iso(zone, text, &wall_ms, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return wall_ms;
}

void
assert_iso(const struct bw_zone *zone, int64_t wall_ms, const char *expected)
{
    char text[BW_ISO_BYTES];
    bw_zone_format_iso(zone, wall_ms, text);
    assert_string_equal(text, expected);
}

int64_t
utc_ms(const struct bw_zone *zone, int year, int month, int day, int hour)
{
    char text[BW_ISO_BYTES];
    (void)snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:00Z", year, month, day, hour);
    return parse(zone, text);
}

void
assert_changes_right(const struct bw_zone *zone)
{
    for (size_t i = 0; i < ZONE_CHANGES; i++) {
        int year = zone_changes[i].year;
        int64_t spring = utc_ms(zone, year, 3, zone_changes[i].march, 1);
        int64_t autumn = utc_ms(zone, year, 10, zone_changes[i].october, 1);
        struct bw_civil at;
        bw_zone_to_civil(zone, spring - 1, &at);
        assert_int_equal(at.hour * 100 + at.minute, 159);
        assert_int_equal(at.offset_minutes, 60);
        assert_int_equal(at.weekday, 0);
        bw_zone_to_civil(zone, spring, &at);
        assert_int_equal(at.hour * 100 + at.minute, 300);
        assert_int_equal(at.offset_minutes, 120);
        bw_zone_to_civil(zone, autumn - 1, &at);
        assert_int_equal(at.hour * 100 + at.minute, 259);
        assert_int_equal(at.offset_minutes, 120);
        bw_zone_to_civil(zone, autumn, &at);
        assert_int_equal(at.hour * 100 + at.minute, 200);
        assert_int_equal(at.offset_minutes, 60);

        int64_t wall_ms = -7;
        struct bw_civil skipped = {year, 3, zone_changes[i].march, 2, 30, 0, 0, 0};
        assert_int_equal(bw_zone_from_civil(zone, &skipped, &wall_ms), BW_CIVIL_NONE);
        assert_int_equal(wall_ms, -7);
        struct bw_civil twice = {year, 10, zone_changes[i].october, 2, 30, 0, 0, 0};
        assert_int_equal(bw_zone_from_civil(zone, &twice, &wall_ms), BW_CIVIL_DOUBLE);
        assert_true(wall_ms == autumn - HOUR_MS / 2);
        struct bw_civil after = {year, 10, zone_changes[i].october, 3, 0, 0, 0, 0};
        assert_int_equal(bw_zone_from_civil(zone, &after, &wall_ms), BW_CIVIL_ONE);
        assert_true(wall_ms == autumn + HOUR_MS);
    }
}
