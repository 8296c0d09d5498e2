/* Dates of forms and lists: told by a row, by --dates, or asked for. */
#define ONE_OFFICE_PLACES 9
#include "tests/sync/one_office.h"

#include <string.h>

#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
#define REST ",School,Brugfunctionaris,Oost\n"

static enum bw_exit
import(const char *csv, const char *clock, const char *dates)
{
    const char *path = office_write(&office, "form.csv", csv);
    return office_run(&office, "import", "registrations", path, "--session", "S-1",
        "--clock", clock, dates != NULL ? "--dates" : NULL, dates, NULL);
}

static const char *
first_time(void)
{
    return office_text(&office,
        "SELECT datetime(min(signed_up_ms) / 1000, 'unixepoch') FROM registration");
}

/* Fault file 3: an American sheet, opened in Dutch Excel. */
static void
an_american_sheet_in_dutch_excel_is_asked_about(void **state)
{
    (void)state;
    static const char csv[] = HEADING "2-10-2025 09:00,a@x.nl,Anna Eerst" REST
                                      "3-1-2025 09:00,b@x.nl,Bas Later" REST;
    assert_int_equal(import(csv, "2025-03-02T12:00", NULL), BW_EXIT_FAILED);
    says("--dates mdy");
    says("\"2-10-2025 09:00\" on line 2");
    assert_int_equal(import(csv, "2026-03-02T12:00", NULL), BW_EXIT_FAILED);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 0);
    assert_int_equal(import(csv, "2025-03-02T12:00", "mdy"), BW_EXIT_DONE);
    assert_string_equal(first_time(), "2025-02-10 08:00:00|");
    assert_int_equal(import(csv, "2025-03-02T12:00", "dmy"), BW_EXIT_LOOK);
    says("still to come");
    assert_int_equal(import(csv, "2025-03-02T12:00", "ymd"), BW_EXIT_USAGE);
}

static void
one_row_tells_the_order_of_all(void **state)
{
    (void)state;
    assert_int_equal(import(HEADING "2/10/2025 9:00,a@x.nl,Anna Aa" REST
                                    "2/25/2025 9:00,b@x.nl,Bas Bb" REST,
                         "2025-03-02T12:00", NULL),
        BW_EXIT_DONE);
    assert_string_equal(first_time(), "2025-02-10 08:00:00|");
}

static void
slashes_that_no_row_tells_are_asked_about(void **state)
{
    (void)state;
    static const char csv[] = HEADING "2/3/2025 9:00,a@x.nl,Anna Aa" REST;
    assert_int_equal(import(csv, "2025-04-02T12:00", NULL), BW_EXIT_FAILED);
    says("--dates dmy");
    assert_int_equal(import(csv, "2025-04-02T12:00", "dmy"), BW_EXIT_DONE);
    assert_string_equal(first_time(), "2025-03-02 08:00:00|");
}

static void
two_rows_that_contradict_each_other_are_named(void **state)
{
    (void)state;
    static const char csv[] =
        HEADING "25-2-2025 9:00,a@x.nl,Anna Aa" REST "2/26/2025 9:00,b@x.nl,Bas Bb" REST;
    assert_int_equal(import(csv, "2025-04-02T12:00", NULL), BW_EXIT_FAILED);
    says("\"25-2-2025 9:00\" on line 2");
    says("\"2/26/2025 9:00\" on line 3");
    assert_int_equal(import(csv, "2025-04-02T12:00", "dmy"), BW_EXIT_LOOK);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 1);
}

static void
day_and_month_that_a_spreadsheet_exchanged_are_told(void **state)
{
    (void)state;
    assert_int_equal(import(HEADING "2025-10-02 09:00,a@x.nl,Anna Aa" REST
                                    "2/25/2025 9:00,b@x.nl,Bas Bb" REST,
                         "2026-04-02T12:00", NULL),
        BW_EXIT_FAILED);
    says("exchanged day and month");
}

static void
days_without_an_hour_keep_the_order_of_the_lines(void **state)
{
    (void)state;
    assert_int_equal(
        import(HEADING
            "10-feb-2025,a@x.nl,Anna Aa" REST "10 februari 2025,b@x.nl,Bas Bb" REST
            "10-02-2025 9.12,c@x.nl,Cas Cc" REST "10-02-25 9:12,d@x.nl,Dik Dd" REST,
            "2025-04-02T12:00", NULL),
        BW_EXIT_LOOK);
    says("2 rows have a day without an hour");
    says("line 5, invalid: Tijdstempel \"10-02-25 9:12\" has a year of two digits");
    assert_string_equal(first_time(), "2025-02-09 23:00:00|");
}

/* Summer time ends: the clocks show 02:00 to 03:00 twice. */
static void
in_the_hour_that_comes_twice_the_order_of_the_lines_decides(void **state)
{
    (void)state;
    static const char csv[] = HEADING
        "27-10-2024 01:59:00,a@x.nl,Anna Aa" REST "27-10-2024 02:50:00,b@x.nl,Bas Bb" REST
        "27-10-2024 02:10:00,c@x.nl,Cas Cc" REST "27-10-2024 02:30:00,d@x.nl,Dik Dd" REST
        "27-10-2024 02:30:00,d@x.nl,Dik Dd" REST "27-10-2024 03:05:00,e@x.nl,Eva Ee" REST;
    assert_int_equal(import(csv, "2025-03-02T12:00", NULL), BW_EXIT_LOOK);
    says("5 added, 0 changed, 1 rejected");
    says("line 6, duplicate");
    assert_string_equal(
        office_text(&office,
            "SELECT group_concat(first_name || ' ' || at, ', ') FROM (SELECT first_name,"
            " time(signed_up_ms / 1000, 'unixepoch') AS at FROM registration"
            " ORDER BY signed_up_ms, line)"),
        "Anna 23:59:00, Bas 00:50:00, Cas 01:10:00, Dik 01:30:00, Eva 02:05:00|");
    assert_int_equal(import(csv, "2025-03-02T12:00", NULL), BW_EXIT_LOOK);
    says("0 added, 0 changed");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            an_american_sheet_in_dutch_excel_is_asked_about, open_office, close_office),
        cmocka_unit_test_setup_teardown(
            one_row_tells_the_order_of_all, open_office, close_office),
        cmocka_unit_test_setup_teardown(
            slashes_that_no_row_tells_are_asked_about, open_office, close_office),
        cmocka_unit_test_setup_teardown(
            two_rows_that_contradict_each_other_are_named, open_office, close_office),
        cmocka_unit_test_setup_teardown(
            day_and_month_that_a_spreadsheet_exchanged_are_told, open_office,
            close_office),
        cmocka_unit_test_setup_teardown(
            days_without_an_hour_keep_the_order_of_the_lines, open_office, close_office),
        cmocka_unit_test_setup_teardown(
            in_the_hour_that_comes_twice_the_order_of_the_lines_decides, open_office,
            close_office),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
