/* Time zones: the venue's, every clock change to 2038, files fat and slim, hostile files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <brugwachter/zone.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { HOUR_MS = 3600 * 1000 };

/* The last Sundays of March and October. */
static const struct {
    int year, march, october;
} changes[] = {
    { 2025, 30, 26 },
    { 2026, 29, 25 },
    { 2027, 28, 31 },
    { 2028, 26, 29 },
    { 2029, 25, 28 },
    { 2030, 31, 27 },
    { 2031, 30, 26 },
    { 2032, 28, 31 },
    { 2033, 27, 30 },
    { 2034, 26, 29 },
    { 2035, 25, 28 },
    { 2036, 30, 26 },
    { 2037, 29, 25 },
    { 2038, 28, 31 },
};

static struct bw_zone *
open_zone(const char *name)
{
    struct bw_zone *zone = NULL;
    struct bw_error err = { 0 };
    if (bw_zone_open(name, &zone, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return zone;
}

static int64_t
parse(const struct bw_zone *zone, const char *text)
{
    int64_t wall_ms = -1;
    struct bw_error err = { 0 };
    if (bw_zone_parse_iso(zone, text, &wall_ms, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return wall_ms;
}

static void
assert_iso(const struct bw_zone *zone, int64_t wall_ms, const char *expected)
{
    char text[BW_ISO_BYTES];
    bw_zone_format_iso(zone, wall_ms, text);
    assert_string_equal(text, expected);
}

static int64_t
utc_ms(const struct bw_zone *zone, int year, int month, int day, int hour)
{
    char text[BW_ISO_BYTES];
    (void)snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:00Z", year, month, day, hour);
    return parse(zone, text);
}

/* Around one change at 01:00 UTC: the second before, the second itself, and local times. */
static void
assert_changes_right(const struct bw_zone *zone)
{
    for (size_t i = 0; i < COUNT(changes); i++) {
        int year = changes[i].year;
        int64_t spring = utc_ms(zone, year, 3, changes[i].march, 1);
        int64_t autumn = utc_ms(zone, year, 10, changes[i].october, 1);
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
        struct bw_civil skipped = { year, 3, changes[i].march, 2, 30, 0, 0, 0 };
        assert_int_equal(bw_zone_from_civil(zone, &skipped, &wall_ms), BW_CIVIL_NONE);
        assert_int_equal(wall_ms, -7);
        struct bw_civil twice = { year, 10, changes[i].october, 2, 30, 0, 0, 0 };
        assert_int_equal(bw_zone_from_civil(zone, &twice, &wall_ms), BW_CIVIL_DOUBLE);
        assert_true(wall_ms == autumn - HOUR_MS / 2);
        struct bw_civil after = { year, 10, changes[i].october, 3, 0, 0, 0, 0 };
        assert_int_equal(bw_zone_from_civil(zone, &after, &wall_ms), BW_CIVIL_ONE);
        assert_true(wall_ms == autumn + HOUR_MS);
    }
}

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

/* A zone file made here: bytes are appended, big-endian. */
struct made_file {
    size_t length;
    uint8_t bytes[4096];
};

static void
add(struct made_file *file, int64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--) {
        file->bytes[file->length++] = (uint8_t)((uint64_t)value >> (8 * i));
    }
}

static void
add_header(struct made_file *file, char version, uint32_t times, uint32_t types)
{
    memcpy(file->bytes + file->length, "TZif", 4);
    file->length += 4;
    add(file, version, 1);
    memset(file->bytes + file->length, 0, 15);
    file->length += 15;
    const uint32_t counts[] = { 0, 0, 0, times, types, 9 };
    for (size_t i = 0; i < COUNT(counts); i++) {
        add(file, counts[i], 4);
    }
}

static void
add_block(struct made_file *file, const int64_t *times, uint32_t count, int time_bytes)
{
    for (uint32_t i = 0; i < count; i++) {
        add(file, times[i], time_bytes);
    }
    for (uint32_t i = 0; i < count; i++) {
        add(file, i % 2 == 0, 1);
    }
    add(file, 3600, 4); /* type 0: winter */
    add(file, 0, 2);
    add(file, 7200, 4); /* type 1: summer */
    add(file, 0x0104, 2);
    memcpy(file->bytes + file->length, "CET\0CEST", 9);
    file->length += 9;
}

static void
make_file(struct made_file *file, char version, const int64_t *times, uint32_t count,
    const char *rule)
{
    file->length = 0;
    add_header(file, version, count, 2);
    add_block(file, times, count, 4);
    if (version != 0) {
        add_header(file, version, count, 2);
        add_block(file, times, count, 8);
        file->length += (size_t)snprintf((char *)file->bytes + file->length,
            sizeof file->bytes - file->length, "\n%s\n", rule);
    }
}

static const char amsterdam_rule[] = "CET-1CEST,M3.5.0,M10.5.0/3";
static char folder[64];

static int
make_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/bw-zone-XXXXXX");
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    char path[128];
    (void)snprintf(path, sizeof path, "%s/Made", folder);
    (void)unlink(path);
    (void)rmdir(folder);
    return 0;
}

static enum bw_status
open_made(const uint8_t *bytes, size_t length, struct bw_zone **ret_zone,
    struct bw_error *err)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/Made", folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(setenv("TZDIR", folder, 1), 0);
    enum bw_status status = bw_zone_open("Made", ret_zone, err);
    assert_int_equal(unsetenv("TZDIR"), 0);
    return status;
}

/* The changes at 01:00 UTC, spring and autumn by turns; `until` is the last year listed. */
static uint32_t
list_changes(const struct bw_zone *utc, int until, int64_t *ret_times)
{
    uint32_t count = 0;
    for (size_t i = 0; i < COUNT(changes) && changes[i].year <= until; i++) {
        ret_times[count++] = utc_ms(utc, changes[i].year, 3, changes[i].march, 1) / 1000;
        ret_times[count++] =
            utc_ms(utc, changes[i].year, 10, changes[i].october, 1) / 1000;
    }
    return count;
}

static void
fat_and_slim_files_read_the_same(void **state)
{
    (void)state;
    struct bw_zone *utc = open_zone("UTC");
    static const int untils[] = { 2024, 2025, 2031, 2037 };
    for (size_t i = 0; i < COUNT(untils); i++) {
        int64_t times[2 * COUNT(changes)];
        uint32_t count = list_changes(utc, untils[i], times);
        struct made_file file;
        struct bw_zone *zone = NULL;
        make_file(&file, '2', times, count, amsterdam_rule);
        assert_int_equal(open_made(file.bytes, file.length, &zone, NULL), BW_OK);
        assert_changes_right(zone);
        bw_zone_close(zone);
    }
    bw_zone_close(utc);
}

static void
file_of_version_1_and_file_without_rule_keep_their_last_offset(void **state)
{
    (void)state;
    struct bw_zone *utc = open_zone("UTC");
    int64_t times[2 * COUNT(changes)];
    uint32_t count = list_changes(utc, 2025, times);
    static const char versions[] = { 0, '2' };
    for (size_t i = 0; i < COUNT(versions); i++) {
        struct made_file file;
        struct bw_zone *zone = NULL;
        make_file(&file, versions[i], times, count, "");
        assert_int_equal(open_made(file.bytes, file.length, &zone, NULL), BW_OK);
        assert_iso(zone, utc_ms(utc, 2025, 7, 1, 10), "2025-07-01T12:00:00+02:00");
        assert_iso(zone, utc_ms(utc, 2026, 7, 1, 10), "2026-07-01T11:00:00+01:00");
        bw_zone_close(zone);
    }
    bw_zone_close(utc);
}

static void
zone_file_cut_anywhere_is_refused_with_a_sentence(void **state)
{
    (void)state;
    const int64_t times[] = { 1743296400, 1761440400 };
    struct made_file file;
    make_file(&file, '2', times, 2, amsterdam_rule);
    for (size_t length = 0; length < file.length; length++) {
        struct bw_zone *zone = NULL;
        struct bw_error err = { 0 };
        assert_int_equal(open_made(file.bytes, length, &zone, &err), BW_CORRUPT);
        assert_null(zone);
        assert_non_null(strstr(err.text, "Opening time zone Made failed"));
    }
}

static void
zone_file_with_any_byte_changed_is_read_or_refused(void **state)
{
    (void)state;
    const int64_t times[] = { 1743296400, 1761440400 };
    struct made_file file;
    make_file(&file, '2', times, 2, amsterdam_rule);
    for (size_t i = 0; i < file.length; i++) {
        for (int bit = 0; bit < 8; bit++) {
            struct bw_zone *zone = NULL;
            file.bytes[i] ^= (uint8_t)(1 << bit);
            if (open_made(file.bytes, file.length, &zone, NULL) == BW_OK) {
                struct bw_civil at;
                bw_zone_to_civil(zone, 1742299200000, &at);
                assert_true(bw_civil_is_valid(&at));
            }
            bw_zone_close(zone);
            file.bytes[i] ^= (uint8_t)(1 << bit);
        }
    }
}

static void
impossible_rules_are_refused(void **state)
{
    (void)state;
    static const char *const rules[] = { "CET", "CE-1", "CET-1CEST", "CET-1CEST,M3.5.0",
        "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,J0,J365", "CET-1CEST,J1,J366",
        "CET-1CEST,0,366", "CET-25", "CET-1CEST,M3.5.0,M10.5.0/168", "<+1-1", "CET-1:60",
        "CET-1CEST,M3.5.0,M10.5.0,", "CET-1CEST,M3.5.0/,M10.5.0", ":Europe/Amsterdam" };
    for (size_t i = 0; i < COUNT(rules); i++) {
        struct made_file file;
        struct bw_zone *zone = NULL;
        make_file(&file, '2', NULL, 0, rules[i]);
        assert_int_equal(open_made(file.bytes, file.length, &zone, NULL), BW_CORRUPT);
        assert_null(zone);
    }
}

static void
rules_of_every_form_give_their_offsets(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *utc, *local;
    } cases[] = {
        { "<-03>3", "2030-06-01T12:00Z", "2030-06-01T09:00:00-03:00" },
        { "IST-5:30", "2030-06-01T12:00Z", "2030-06-01T17:30:00+05:30" },
        /* south of the line summer spans the new year */
        { "AEST-10AEDT,M10.1.0,M4.1.0/3", "2030-01-01T00:00Z", "2030-01-01T11:00:00+11:00" },
        { "AEST-10AEDT,M10.1.0,M4.1.0/3", "2030-07-01T00:00Z", "2030-07-01T10:00:00+10:00" },
        /* winter time as a negative summer time, as Dublin's */
        { "IST-1GMT0,M10.5.0,M3.5.0/1", "2030-01-01T12:00Z", "2030-01-01T12:00:00+00:00" },
        { "IST-1GMT0,M10.5.0,M3.5.0/1", "2030-07-01T12:00Z", "2030-07-01T13:00:00+01:00" },
        /* J60 is 1 March in every year, 59 is 29 February in a leap year */
        { "AAA0BBB,J60/0,J300", "2028-02-29T23:59:59Z", "2028-02-29T23:59:59+00:00" },
        { "AAA0BBB,J60/0,J300", "2028-03-01T00:00Z", "2028-03-01T01:00:00+01:00" },
        { "AAA0BBB,59/0,J300", "2028-02-29T00:00Z", "2028-02-29T01:00:00+01:00" },
        /* hours before and after the day, RFC 8536 */
        { "AAA0BBB,M3.4.4/50,M10.4.4/50", "2028-03-25T01:59:59Z",
            "2028-03-25T01:59:59+00:00" },
        { "AAA0BBB,M3.4.4/50,M10.4.4/50", "2028-03-25T02:00Z", "2028-03-25T03:00:00+01:00" },
        { "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2025-03-30T00:59:59Z",
            "2025-03-29T22:59:59-02:00" },
        { "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2025-03-30T01:00Z",
            "2025-03-30T00:00:00-01:00" },
        /* summer for ever */
        { "EST5EDT,0/0,J365/25", "2030-01-01T04:00Z", "2030-01-01T00:00:00-04:00" },
        { "EST5EDT,0/0,J365/25", "2028-12-31T23:00Z", "2028-12-31T19:00:00-04:00" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct made_file file;
        struct bw_zone *zone = NULL;
        make_file(&file, '3', NULL, 0, cases[i].rule);
        assert_int_equal(open_made(file.bytes, file.length, &zone, NULL), BW_OK);
        assert_iso(zone, parse(zone, cases[i].utc), cases[i].local);
        bw_zone_close(zone);
    }
}

static void
names_that_lead_out_of_the_folder_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = { "", "/etc/passwd", "../../../etc/passwd",
        "Europe/../UTC", "Europe//Amsterdam", "Europe/", "Europe/Amster dam", "UTC\n",
        "Europe/Amsterdamxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" };
    for (size_t i = 0; i < COUNT(names); i++) {
        struct bw_zone *zone = NULL;
        struct bw_error err = { 0 };
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
        { "2025-03-18T13:30", 1742301000000 },
        { "2025-03-18 13:30", 1742301000000 },
        { "2025-03-18T13:30:07", 1742301007000 },
        { "2025-03-18T13:30:07.25", 1742301007250 },
        { "2025-03-18T13:30:07,2509999", 1742301007250 },
        { "2025-03-18T12:30Z", 1742301000000 },
        { "2025-03-18T13:30:00+01:00", 1742301000000 },
        { "2025-03-18T14:00+0130", 1742301000000 },
        { "2025-03-18T10:30-02", 1742301000000 },
        { "2025-07-01T13:30", 1751369400000 },
        { "2025-10-26T02:30", 1761438600000 }, /* happens twice: the first */
        { "2025-10-26T02:30+01:00", 1761442200000 },
        { "1969-12-31T23:59:59.999Z", -1 },
        { "2024-02-29T00:00Z", 1709164800000 },
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
    static const char *const texts[] = { "", "2025", "2025-03-18", "2025-03-18T", "18-3-2025",
        "2025-03-18T13", "2025-03-18T1:30", "2025-03-18T13:30:", "2025-03-18T13:30x",
        "2025-03-18T13:30:07.", "2025-02-29T12:00", "2025-13-01T12:00", "2025-00-10T12:00",
        "2025-03-32T12:00", "2025-03-18T24:00", "2025-03-18T13:60", "2025-03-18T13:30:60",
        "2025-03-18T13:30+", "2025-03-18T13:30+1", "2025-03-18T13:30+01:6",
        "2025-03-18T13:30+24:00", "2025-03-18T13:30+01:00x", "2025-03-18T13:30+01:",
        "2025-03-18T13:30Zx", "0000-01-01T00:00", "+2025-03-18T13:30", " 2025-03-18T13:30",
        "2025-03-30T02:30" };
    for (size_t i = 0; i < COUNT(texts); i++) {
        int64_t wall_ms = -7;
        struct bw_error err = { 0 };
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
        { "Europe/Amsterdam", "2025-03-18T13:30", "2025-03-18T00:00:00+01:00" },
        { "Europe/Amsterdam", "2025-03-30T23:59:59", "2025-03-30T00:00:00+01:00" },
        { "Europe/Amsterdam", "2025-10-26T23:59:59", "2025-10-26T00:00:00+02:00" },
        { "Europe/Amsterdam", "2025-07-01T00:00", "2025-07-01T00:00:00+02:00" },
        { "Africa/Cairo", "2024-04-26T12:00", "2024-04-26T01:00:00+03:00" },
        { "America/Havana", "2024-11-03T12:00", "2024-11-03T00:00:00-04:00" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct bw_zone *zone = open_zone(cases[i].zone);
        assert_iso(zone, bw_zone_day_start(zone, parse(zone, cases[i].at)), cases[i].start);
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
        cmocka_unit_test(fat_and_slim_files_read_the_same),
        cmocka_unit_test(file_of_version_1_and_file_without_rule_keep_their_last_offset),
        cmocka_unit_test(zone_file_cut_anywhere_is_refused_with_a_sentence),
        cmocka_unit_test(zone_file_with_any_byte_changed_is_read_or_refused),
        cmocka_unit_test(impossible_rules_are_refused),
        cmocka_unit_test(rules_of_every_form_give_their_offsets),
        cmocka_unit_test(names_that_lead_out_of_the_folder_are_refused),
        cmocka_unit_test(iso_times_are_read_in_every_form),
        cmocka_unit_test(what_is_no_time_is_refused_and_leaves_the_result),
        cmocka_unit_test(day_begins_at_local_midnight_or_at_the_change_that_skips_it),
        cmocka_unit_test(every_hour_of_sixty_years_comes_back),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
