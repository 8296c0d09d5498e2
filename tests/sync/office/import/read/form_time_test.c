/* Times as forms write them. */
#include "office/import/read/form_time.h"
#include "tests/sync/testing.h"

#include <string.h>

static struct bw_zone *zone;

static int
open_zone(void **state)
{
    (void)state;
    return bw_zone_open(BW_ZONE_DEFAULT, &zone, NULL) == BW_OK ? 0 : -1;
}

static int
close_zone(void **state)
{
    (void)state;
    bw_zone_close(zone);
    return 0;
}

static void
reads(const char *text, const char *expected)
{
    int64_t wall_ms = 0;
    char iso[BW_ISO_BYTES];
    if (bw_form_time_parse(text, zone, &wall_ms) != BW_TIME_FINE) {
        fail_msg("\"%s\" isn't read", text);
    }
    bw_zone_format_iso(zone, wall_ms, iso);
    assert_string_equal(iso, expected);
}

static void
faults(const char *text, enum bw_time_fault expected)
{
    int64_t wall_ms = 42;
    enum bw_time_fault fault = bw_form_time_parse(text, zone, &wall_ms);
    if (fault != expected) {
        fail_msg("\"%s\": %s", text, bw_time_fault_name(fault));
    }
    assert_int_equal(wall_ms, 42);
}

static void
google_forms_times_are_read_with_their_zone(void **state)
{
    (void)state;
    reads("2025/02/10 12:37:19 AM GMT+1", "2025-02-10T00:37:19+01:00");
    reads("2025/02/10 12:26:02 PM GMT+1", "2025-02-10T12:26:02+01:00");
    reads("2025/02/10 1:07:49 AM GMT+1", "2025-02-10T01:07:49+01:00");
    reads("2025/02/10 11:52:04 PM GMT+1", "2025-02-10T23:52:04+01:00");
    reads("2025/06/10 1:00:00 PM GMT+2", "2025-06-10T13:00:00+02:00");
    reads("2025/02/10 1:00:00 PM GMT", "2025-02-10T14:00:00+01:00");
    reads("2025/02/10 1:00:00 PM GMT+5:30", "2025-02-10T08:30:00+01:00");
    reads("2025/02/10 1:00:00 PM GMT-5", "2025-02-10T19:00:00+01:00");
    reads("2025/02/10 9:37:19 a.m. CET", "2025-02-10T09:37:19+01:00");
    reads("2025/07/10 9:37:19 p.m. CEST", "2025-07-10T21:37:19+02:00");
    reads("2025/02/10 1:00:00 PM", "2025-02-10T13:00:00+01:00");
    reads("2025/02/10 13:00:00", "2025-02-10T13:00:00+01:00");
}

static void
dutch_excel_times_are_local(void **state)
{
    (void)state;
    reads("10-02-2025 00:27:09", "2025-02-10T00:27:09+01:00");
    reads("1-7-2025 9:05", "2025-07-01T09:05:00+02:00");
    reads("31-12-2025 23:59:59", "2025-12-31T23:59:59+01:00");
}

static void
iso_times_are_read(void **state)
{
    (void)state;
    reads("2025-03-18T13:30", "2025-03-18T13:30:00+01:00");
    reads("2025-03-18 13:30:15", "2025-03-18T13:30:15+01:00");
    reads("2025-03-18T12:30:15Z", "2025-03-18T13:30:15+01:00");
    reads("2025-03-18T12:30:15.250+00:00", "2025-03-18T13:30:15+01:00");
    reads("2025-03-18T12:30-0530", "2025-03-18T19:00:00+01:00");
}

static void
a_local_time_that_is_skipped_or_double_is_refused(void **state)
{
    (void)state;
    faults("30-03-2025 02:30:00", BW_TIME_NONE);
    faults("26-10-2025 02:30:00", BW_TIME_DOUBLE);
    reads("2025/10/26 2:30:00 AM GMT+1", "2025-10-26T02:30:00+01:00");
    reads("2025/10/26 2:30:00 AM GMT+2", "2025-10-26T02:30:00+02:00");
}

static void
what_is_no_time_is_not_guessed_at(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "gisteren", "10/02 12:00", "10-02-25 12:00",
        "2025-02-10", "2025-02-30 12:00", "2025-13-01 12:00", "2025-02-10 24:00",
        "2025-02-10 12:60", "2025/02/10 0:37:19 AM", "2025/02/10 13:37:19 PM",
        "2025-02-10 12:00 XYZ", "2025-02-10 12:00 CET+1", "2025-02-10 12:00 GMT+25",
        "2025-02-10 12:00:00 AM GMT+1 x", "45698,52", "0000-01-01 00:00", "2025-02-10 12",
        "2025/02-10 12:00"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        faults(texts[i], BW_TIME_UNKNOWN);
    }
}

static void
day_and_month_with_a_slash_are_told_apart_by_nobody(void **state)
{
    (void)state;
    faults("10/02/2025 12:00", BW_TIME_AMBIGUOUS);
    faults("2/13/2025 9:05:06", BW_TIME_AMBIGUOUS);
    faults("2/10/2025", BW_TIME_AMBIGUOUS);
    faults("100/2/2025 12:00", BW_TIME_UNKNOWN);
}

static void
reads_as(const char *text, enum bw_date_order order, const char *expected)
{
    int64_t wall_ms = 0;
    bool alone = false;
    char iso[BW_ISO_BYTES];
    if (bw_form_time_read(text, order, false, zone, &wall_ms, &alone) != BW_TIME_FINE) {
        fail_msg("\"%s\" isn't read", text);
    }
    bw_zone_format_iso(zone, wall_ms, iso);
    assert_string_equal(iso, expected);
    assert_true(alone == (strcmp(iso + 10, "T00:00:00+01:00") == 0));
}

static void
faults_as(const char *text, enum bw_date_order order, enum bw_time_fault expected)
{
    int64_t wall_ms = 42;
    bool alone;
    enum bw_time_fault fault =
        bw_form_time_read(text, order, false, zone, &wall_ms, &alone);
    if (fault != expected) {
        fail_msg("\"%s\": %s", text, bw_time_fault_name(fault));
    }
    assert_int_equal(wall_ms, 42);
}

static void
what_people_and_other_programs_write_is_read(void **state)
{
    (void)state;
    static const char noon[] = "2025-02-10T09:12:00+01:00";
    reads_as("10-feb-2025 09:12", BW_DATE_UNSAID, noon);
    reads_as("10 februari 2025 9.12", BW_DATE_UNSAID, noon);
    reads_as("ma 10 feb. 2025 om 9:12", BW_DATE_MDY, noon);
    reads_as("Feb 10, 2025 at 9:12 AM", BW_DATE_DMY, noon);
    reads_as("Monday, February 10, 2025 9:12:00 AM", BW_DATE_UNSAID, noon);
    reads_as("10.2.2025 9.12", BW_DATE_UNSAID, noon);
    reads_as("10-2-2025 9.12.00", BW_DATE_UNSAID, noon);
    reads_as("10 feb. 2025 9.12 uur", BW_DATE_UNSAID, noon);
    reads_as("maandag 10 februari 2025 om 9:12 Uur", BW_DATE_UNSAID, noon);
    reads_as("10-mrt-2025", BW_DATE_UNSAID, "2025-03-10T00:00:00+01:00");
    reads_as("10-02-2025", BW_DATE_UNSAID, "2025-02-10T00:00:00+01:00");
    reads_as("2025-02-10", BW_DATE_UNSAID, "2025-02-10T00:00:00+01:00");
    reads_as("45698,383333333", BW_DATE_UNSAID, noon);
    reads_as("45698.383333333", BW_DATE_UNSAID, noon);
    faults_as("10-02-25 09:12", BW_DATE_DMY, BW_TIME_SHORT_YEAR);
    faults_as("10 feb 25", BW_DATE_DMY, BW_TIME_SHORT_YEAR);
    faults_as("10-2-2025 9.12 uurtje", BW_DATE_DMY, BW_TIME_UNKNOWN);
    faults_as("10-dec 2025x", BW_DATE_DMY, BW_TIME_UNKNOWN);
    faults_as("10-decibel-2025", BW_DATE_DMY, BW_TIME_UNKNOWN);
    faults_as("45698,38,1", BW_DATE_DMY, BW_TIME_UNKNOWN);
    faults_as("12345", BW_DATE_DMY, BW_TIME_UNKNOWN);
    faults_as("2025", BW_DATE_DMY, BW_TIME_UNKNOWN);
}

static void
the_order_of_day_and_month_is_as_it_is_given(void **state)
{
    (void)state;
    reads_as("10/2/2025 9:12", BW_DATE_DMY, "2025-02-10T09:12:00+01:00");
    reads_as("2/10/2025 9:12:00 AM", BW_DATE_MDY, "2025-02-10T09:12:00+01:00");
    reads_as("2-10-2025 9:12", BW_DATE_MDY, "2025-02-10T09:12:00+01:00");
    reads_as("11/11/2025 9:12", BW_DATE_UNSAID, "2025-11-11T09:12:00+01:00");
    faults_as("2/10/2025 9:12", BW_DATE_UNSAID, BW_TIME_AMBIGUOUS);
    faults_as("2/13/2025 9:12", BW_DATE_DMY, BW_TIME_UNKNOWN);
    bool slash = false;
    assert_int_equal(bw_form_time_says("25-2-2025 9:12", &slash), BW_DATE_SAYS_DMY);
    assert_false(slash);
    assert_int_equal(bw_form_time_says("2/25/2025", &slash), BW_DATE_SAYS_MDY);
    assert_true(slash);
    assert_int_equal(bw_form_time_says("2-3-2025", &slash), BW_DATE_SAYS_EITHER);
    assert_int_equal(bw_form_time_says("3-3-2025", &slash), BW_DATE_SAYS_NOTHING);
    assert_int_equal(bw_form_time_says("2025-02-03", &slash), BW_DATE_SAYS_NOTHING);
    assert_int_equal(bw_form_time_says("30-30-2025", &slash), BW_DATE_SAYS_NOTHING);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(google_forms_times_are_read_with_their_zone),
        cmocka_unit_test(dutch_excel_times_are_local),
        cmocka_unit_test(iso_times_are_read),
        cmocka_unit_test(a_local_time_that_is_skipped_or_double_is_refused),
        cmocka_unit_test(what_is_no_time_is_not_guessed_at),
        cmocka_unit_test(day_and_month_with_a_slash_are_told_apart_by_nobody),
        cmocka_unit_test(what_people_and_other_programs_write_is_read),
        cmocka_unit_test(the_order_of_day_and_month_is_as_it_is_given),
    };
    return cmocka_run_group_tests(tests, open_zone, close_zone);
}
