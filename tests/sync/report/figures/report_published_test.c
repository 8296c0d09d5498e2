/* `report --public`: what is published of a series, of a circle, and after that. */
#include "tests/sync/testing.h"

#include "tests/sync/kiosk_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LATER "2025-04-25T09:00:00"

static struct office office;

/* Imports `text` for a circle. */
static void
import(const char *what, const char *session, const char *clock, const char *text)
{
    const char *path = office_write(&office, "rows.csv", text);
    if (office_run(&office, "import", what, path, "--session", session, "--clock", clock,
            NULL) > BW_EXIT_LOOK) {
        fail_msg("%s%s", office.out, office.diag);
    }
}

/* 30 people, a third of them of Noord. */
static void
sign_up(const char *session)
{
    char text[16384];
    size_t used = (size_t)snprintf(
        text, sizeof text, "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n");
    for (int i = 0; i < 30; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used,
            "2025-02-10 09:00:%02d,%s-%d@x.example,Piet %s-%d,De Brug,brugfunctionaris,"
            "%s\n",
            i, session, i, session, i, i % 3 == 0 ? "Noord" : "Oost");
    }
    import("registrations", session, OFFICE_DAY, text);
}

static void
come(const char *session, int from, int to)
{
    char text[4096];
    size_t used = (size_t)snprintf(text, sizeof text, "Naam,Tijd\n");
    for (int i = from; i < to; i++) {
        used += (size_t)snprintf(
            text + used, sizeof text - used, "Piet %s-%d,13.10\n", session, i);
    }
    import("attendance", session, LATER, text);
}

/* Two circles of 40 places, each with 30 people who have one. */
static int
setup(void **state)
{
    (void)state;
    office_open(&office, 40, false);
    const char *path = office_write(&office, "sessions.csv",
        "code,series,title,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Assen,Noord,Huis,2025-03-26T13:30,2025-03-26T16:30,40,"
        "brugfunctionaris\n");
    assert_int_equal(office_run(&office, "import", "sessions", path, NULL), BW_EXIT_DONE);
    sign_up("S-1");
    sign_up("S-2");
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    office_finish(&office);
    return 0;
}

/* The public report's JSON, where it was made; the caller drops it. */
static json_t *
published(const char *kind, const char *code, const char *yes, enum bw_exit want)
{
    enum bw_exit result;
    json_t *root = office_json(&office, &result, "report", "--public", kind, code,
        "--out", office_path(&office, "report"), "--clock", LATER, yes, NULL);
    if (result != want) {
        fail_msg("%d: %s%s", (int)result, office.out, office.diag);
    }
    return root;
}

static void
publish(const char *kind, const char *code, const char *yes, enum bw_exit want)
{
    json_decref(published(kind, code, yes, want));
}

/* PB1 */
static void
one_who_is_typed_in_later_is_not_told_by_the_next_report(void **state)
{
    (void)state;
    come("S-1", 0, 20);
    come("S-2", 0, 15);
    publish("--series", "reeks", NULL, BW_EXIT_LOOK);
    publish("--series", "reeks", NULL, BW_EXIT_LOOK);
    come("S-1", 20, 21);
    publish("--series", "reeks", NULL, BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "fewer than 5 people"));
    publish("--session", "S-1", NULL, BW_EXIT_FAILED);
    publish("--series", "reeks", "--yes", BW_EXIT_LOOK);
    assert_int_equal(
        office_number(
            &office, "SELECT count(*) FROM report_version WHERE scope = 'public:reeks'"),
        1);
}

static void
many_who_are_typed_in_later_are_told(void **state)
{
    (void)state;
    come("S-1", 0, 10);
    come("S-2", 0, 10);
    publish("--series", "reeks", NULL, BW_EXIT_LOOK);
    come("S-1", 10, 30);
    publish("--series", "reeks", NULL, BW_EXIT_LOOK);
}

/* PB2: of the row, its cells and its total. */
static void
a_circle_says_no_more_than_its_row_of_the_series(void **state)
{
    (void)state;
    come("S-1", 0, 20);
    come("S-2", 0, 15);
    json_t *series = published("--series", "reeks", NULL, BW_EXIT_LOOK);
    json_t *circle = published("--session", "S-2", NULL, BW_EXIT_LOOK);
    const json_t *tables = json_object_get(circle, "tables");
    const json_t *rows = json_object_get(json_object_get(tables, "circles"), "rows");
    const json_t *all = json_object_get(
        json_object_get(json_object_get(series, "tables"), "circles"), "rows");
    assert_int_equal(json_array_size(rows), 1);
    assert_int_equal(json_array_size(all), 2);
    assert_true(json_equal(json_array_get(rows, 0), json_array_get(all, 1)));
    static const char *const others[] = {"regions", "arrivals"};
    for (size_t i = 0; i < 2; i++) {
        const json_t *table = json_object_get(tables, others[i]);
        assert_int_equal(json_array_size(json_object_get(table, "columns")), 1);
        assert_int_equal(json_number_of(table, "total"), 15);
    }
    assert_true(json_is_null(json_object_get(circle, "people")));
    assert_true(json_is_null(json_object_get(circle, "schools")));
    json_decref(series);
    json_decref(circle);
}

/* Few came to one: it stands with the other in the series, so it does alone. */
static void
a_circle_of_few_stands_with_the_one_that_it_is_merged_with(void **state)
{
    (void)state;
    come("S-1", 0, 20);
    come("S-2", 0, 3);
    json_t *circle = published("--session", "S-2", NULL, BW_EXIT_LOOK);
    const json_t *row = json_array_get(
        json_object_get(
            json_object_get(json_object_get(circle, "tables"), "circles"), "rows"),
        0);
    assert_non_null(strstr(json_string_value(json_object_get(row, "name")),
        "Leerkring Zwolle + Leerkring Assen"));
    assert_int_equal(json_number_of(row, "total"), 23);
    json_decref(circle);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(one_who_is_typed_in_later_is_not_told_by_the_next_report),
        CASE(many_who_are_typed_in_later_are_told),
        CASE(a_circle_says_no_more_than_its_row_of_the_series),
        CASE(a_circle_of_few_stands_with_the_one_that_it_is_merged_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
