/* Time zone files made here: fat and slim, old, cut, damaged, and rules of every form. */
#include "zone_changes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
    const uint32_t counts[] = {0, 0, 0, times, types, 9};
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
open_made(
    const uint8_t *bytes, size_t length, struct bw_zone **ret_zone, struct bw_error *err)
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

/* The changes at 01:00 UTC, spring and autumn by turns;
 * `until` is the last year listed. */
static uint32_t
list_changes(const struct bw_zone *utc, int until, int64_t *ret_times)
{
    uint32_t count = 0;
    for (size_t i = 0; i < ZONE_CHANGES && zone_changes[i].year <= until; i++) {
        const struct zone_change *change = &zone_changes[i];
        ret_times[count++] = utc_ms(utc, change->year, 3, change->march, 1) / 1000;
        ret_times[count++] = utc_ms(utc, change->year, 10, change->october, 1) / 1000;
    }
    return count;
}

static void
fat_and_slim_files_read_the_same(void **state)
{
    (void)state;
    struct bw_zone *utc = open_zone("UTC");
    static const int untils[] = {2024, 2025, 2031, 2037};
    for (size_t i = 0; i < COUNT(untils); i++) {
        int64_t times[2 * ZONE_CHANGES];
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
    int64_t times[2 * ZONE_CHANGES];
    uint32_t count = list_changes(utc, 2025, times);
    static const char versions[] = {0, '2'};
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
    const int64_t times[] = {1743296400, 1761440400};
    struct made_file file;
    make_file(&file, '2', times, 2, amsterdam_rule);
    for (size_t length = 0; length < file.length; length++) {
        struct bw_zone *zone = NULL;
        struct bw_error err = {0};
        assert_int_equal(open_made(file.bytes, length, &zone, &err), BW_CORRUPT);
        assert_null(zone);
        assert_non_null(strstr(err.text, "Opening time zone Made failed"));
    }
}

static void
zone_file_with_any_byte_changed_is_read_or_refused(void **state)
{
    (void)state;
    const int64_t times[] = {1743296400, 1761440400};
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
    static const char *const rules[] = {"CET", "CE-1", "CET-1CEST", "CET-1CEST,M3.5.0",
        "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,J0,J365",
        "CET-1CEST,J1,J366", "CET-1CEST,0,366", "CET-25", "CET-1CEST,M3.5.0,M10.5.0/168",
        "<+1-1", "CET-1:60", "CET-1CEST,M3.5.0,M10.5.0,", "CET-1CEST,M3.5.0/,M10.5.0",
        ":Europe/Amsterdam"};
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
        {"<-03>3", "2030-06-01T12:00Z", "2030-06-01T09:00:00-03:00"},
        {"IST-5:30", "2030-06-01T12:00Z", "2030-06-01T17:30:00+05:30"},
        /* south of the line summer spans the new year */
        {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2030-01-01T00:00Z",
            "2030-01-01T11:00:00+11:00"},
        {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2030-07-01T00:00Z",
            "2030-07-01T10:00:00+10:00"},
        /* winter time as a negative summer time, as Dublin's */
        {"IST-1GMT0,M10.5.0,M3.5.0/1", "2030-01-01T12:00Z", "2030-01-01T12:00:00+00:00"},
        {"IST-1GMT0,M10.5.0,M3.5.0/1", "2030-07-01T12:00Z", "2030-07-01T13:00:00+01:00"},
        /* J60 is 1 March in every year, 59 is 29 February in a leap year */
        {"AAA0BBB,J60/0,J300", "2028-02-29T23:59:59Z", "2028-02-29T23:59:59+00:00"},
        {"AAA0BBB,J60/0,J300", "2028-03-01T00:00Z", "2028-03-01T01:00:00+01:00"},
        {"AAA0BBB,59/0,J300", "2028-02-29T00:00Z", "2028-02-29T01:00:00+01:00"},
        /* hours before and after the day, RFC 8536 */
        {"AAA0BBB,M3.4.4/50,M10.4.4/50", "2028-03-25T01:59:59Z",
            "2028-03-25T01:59:59+00:00"},
        {"AAA0BBB,M3.4.4/50,M10.4.4/50", "2028-03-25T02:00Z",
            "2028-03-25T03:00:00+01:00"},
        {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2025-03-30T00:59:59Z",
            "2025-03-29T22:59:59-02:00"},
        {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2025-03-30T01:00Z",
            "2025-03-30T00:00:00-01:00"},
        /* summer for ever */
        {"EST5EDT,0/0,J365/25", "2030-01-01T04:00Z", "2030-01-01T00:00:00-04:00"},
        {"EST5EDT,0/0,J365/25", "2028-12-31T23:00Z", "2028-12-31T19:00:00-04:00"},
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fat_and_slim_files_read_the_same),
        cmocka_unit_test(file_of_version_1_and_file_without_rule_keep_their_last_offset),
        cmocka_unit_test(zone_file_cut_anywhere_is_refused_with_a_sentence),
        cmocka_unit_test(zone_file_with_any_byte_changed_is_read_or_refused),
        cmocka_unit_test(impossible_rules_are_refused),
        cmocka_unit_test(rules_of_every_form_give_their_offsets),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
