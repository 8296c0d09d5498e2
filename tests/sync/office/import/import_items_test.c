/* `import sessions` and `import agenda`, by their real command. */

#include "tests/sync/one_office.h"

#include <string.h>

static int
open_small(void **state)
{
    (void)state;
    office_open(&office, 3, false);
    return 0;
}

static void
rejected_is(const json_t *answer, size_t at, int line, const char *reason)
{
    const json_t *row = json_array_get(json_object_get(answer, "rejected"), at);
    assert_non_null(row);
    assert_int_equal(json_number_of(row, "line"), line);
    assert_string_equal(json_string_value(json_object_get(row, "reason")), reason);
    assert_true(strlen(json_string_value(json_object_get(row, "text"))) > 10);
}

/* ---- sessions ---- */

static void
sessions_are_changed_by_code_and_keep_their_number(void **state)
{
    (void)state;
    int64_t number = office_number(&office, "SELECT session_no FROM session");
    const char *path = office_write(&office, "s.csv",
        "code,series,title,region,starts_at,ends_at,capacity,audience,doors_minutes,"
        "release_minutes,extra_places,timezone,go_to,desk\n"
        "S-1,reeks,Leerkring Zwolle,Oost,2025-03-25T14:00,2025-03-25T16:30,60,"
        "brugfunctionaris,45,20,2,Europe/London,de zaal,de balie\n");
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "import", "sessions", path, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "changed"), 1);
    assert_int_equal(json_number_of(answer, "added"), 0);
    json_decref(answer);
    assert_int_equal(office_number(&office, "SELECT session_no FROM session"), number);
    assert_string_equal(
        office_text(&office,
            "SELECT doors_minutes, release_minutes, extra_places, timezone, go_to, desk,"
            " capacity, starts_ms FROM session"),
        "45|20|2|Europe/London|de zaal|de balie|60|1742911200000|");
}

/* A time alone is of the session's day. */
static void
check_in_opens_when_the_file_says_else_with_the_day(void **state)
{
    (void)state;
    const char *path = office_write(&office, "s.csv",
        "code,series,title,starts_at,ends_at,capacity,opens\n"
        "O-1,reeks,T,2025-03-25T13:30,2025-03-25T16:30,50,12.45\n"
        "O-2,reeks,T,2025-03-25T13:30,2025-03-25T16:30,50,2025-03-25T12:45\n"
        "O-3,reeks,T,2025-03-25T13:30,2025-03-25T16:30,50,\n"
        "O-4,reeks,T,2025-03-25T13:30,2025-03-25T16:30,50,25.00\n"
        "O-5,reeks,T,2025-03-25T13:30,2025-03-25T16:30,50,13.31\n"
        "O-6,reeks,T,2025-03-30T13:30,2025-03-30T16:30,50,2:30\n");
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "import", "sessions", path, NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    rejected_is(answer, 0, 5, "invalid");
    rejected_is(answer, 1, 6, "invalid");
    rejected_is(answer, 2, 7, "invalid"); /* the hour that the clocks skip */
    json_decref(answer);
    assert_string_equal(
        office_text(&office, "SELECT group_concat(opens_ms, ' ') FROM session"
                             " WHERE code LIKE 'O-%'"),
        "1742903100000 1742903100000 0|");
}

static void
tolerance_is_a_number_of_minutes_and_none_without_the_column(void **state)
{
    (void)state;
    const char *path = office_write(&office, "s.csv",
        "code,series,title,starts_at,ends_at,capacity,Tolerantie\n"
        "O-1,reeks,T,2025-03-25T13:30,2025-03-25T16:30,50,10\n"
        "O-2,reeks,T,2025-03-25T13:30,2025-03-25T16:30,50,\n"
        "O-3,reeks,T,2025-03-25T13:30,2025-03-25T16:30,50,-5\n"
        "O-4,reeks,T,2025-03-25T13:30,2025-03-25T16:30,50,tien\n");
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "import", "sessions", path, NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    rejected_is(answer, 0, 4, "invalid");
    rejected_is(answer, 1, 5, "invalid");
    json_decref(answer);
    assert_string_equal(
        office_text(&office, "SELECT group_concat(tolerance_minutes, ' ') FROM session"
                             " WHERE code LIKE 'O-%'"),
        "10 0|");
    path = office_write(&office, "s.csv",
        "code,series,title,starts_at,ends_at,capacity,Tolerantie\n"
        "O-1,reeks,T,2025-03-25T13:30,2025-03-25T16:30,50,15\n");
    answer = office_json(&office, &result, "import", "sessions", path, NULL);
    assert_int_equal(json_number_of(answer, "changed"), 1);
    json_decref(answer);
}

/* Of 140 characters, as the ticket has room for. */
static void
a_route_is_of_140_characters_and_undo_brings_the_old_one_back(void **state)
{
    (void)state;
    static const char *const headings[] = {"route", "Reisadvies", "Route"};
    static const char heads[] = "code,series,title,starts_at,ends_at,capacity";
    static const char row[] = "R-1,reeks,T,2025-03-25T13:30,2025-03-25T16:30,50";
    char csv[1000];
    for (int i = 0; i < 3; i++) {
        (void)snprintf(csv, sizeof csv, "%s,%s\n%s,bus %d\n", heads, headings[i], row, i);
        assert_int_equal(office_run(&office, "import", "sessions",
                             office_write(&office, "s.csv", csv), NULL),
            BW_EXIT_DONE);
    }
    (void)snprintf(csv, sizeof csv, "%s,Route\n%s,%0140d\n", heads, row, 0);
    const char *path = office_write(&office, "s.csv", csv);
    assert_int_equal(office_run(&office, "import", "sessions", path, NULL), BW_EXIT_DONE);
    (void)snprintf(csv, sizeof csv, "%s,Route\n%s,%0141d\n", heads, row, 0);
    path = office_write(&office, "s.csv", csv);
    assert_int_equal(office_run(&office, "import", "sessions", path, NULL), BW_EXIT_LOOK);
    static const char sql[] = "SELECT length(route) FROM session WHERE code = 'R-1'";
    assert_int_equal(office_number(&office, sql), 140);
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    assert_string_equal(
        office_text(&office, "SELECT route FROM session WHERE code = 'R-1'"), "bus 2|");
}

static void
sessions_have_the_usual_minutes(void **state)
{
    (void)state;
    assert_string_equal(
        office_text(&office,
            "SELECT doors_minutes, release_minutes, extra_places, timezone FROM session"),
        "60|15|0|Europe/Amsterdam|");
}

static void
session_rows_that_do_not_hold_are_invalid(void **state)
{
    (void)state;
    const char *path = office_write(&office, "s.csv",
        "code,series,title,starts_at,ends_at,capacity,timezone\n"
        "B-1,reeks,T,2025-03-30T02:30,2025-03-30T16:30,50,\n"
        "B-2,reeks,T,2025-10-26T02:30,2025-10-26T16:30,50,\n"
        "B-3,reeks,T,2025-03-25T14:00,2025-03-25T13:00,50,\n"
        "B-4,reeks,T,2025-03-25T14:00,2025-03-25T16:00,vijftig,\n"
        "B-5,reeks,T,2025-03-25T14:00,2025-03-25T16:00,50,Mars/Olympus\n"
        "../B,reeks,T,2025-03-25T14:00,2025-03-25T16:00,50,\n"
        "B-7,reeks,,2025-03-25T14:00,2025-03-25T16:00,50,\n"
        "G-1,reeks,T,2025-03-25T14:00,2025-03-25T16:00,50,\n"
        "g-1,reeks,T,2025-03-25T14:00,2025-03-25T16:00,50,\n"
        "G-2,reeks,T,2025-03-30T02:30,2025-03-30T16:30,50,Asia/Tokyo\n");
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "import", "sessions", path, NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(answer, "added"), 2);
    assert_int_equal(json_array_size(json_object_get(answer, "rejected")), 8);
    rejected_is(answer, 7, 10, "duplicate");
    json_decref(answer);
}

/* A space that can't be broken, and one of no width, as sheets bring them. */
static void
a_code_is_the_same_with_blanks_around_it(void **state)
{
    (void)state;
    const char *path = office_write(&office, "s.csv",
        "code,series,title,starts_at,ends_at,capacity\n"
        "G-1\xe2\x80\x8b,reeks,T,2025-03-25T14:00,2025-03-25T16:00,50\n"
        "G-1,reeks,U,2025-03-25T14:00,2025-03-25T16:00,50\n"
        "g-1\xc2\xa0,reeks,V,2025-03-25T14:00,2025-03-25T16:00,50\n");
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "import", "sessions", path, NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(answer, "added"), 1);
    rejected_is(answer, 0, 3, "duplicate");
    rejected_is(answer, 1, 4, "duplicate");
    json_decref(answer);
}

static void
a_capacity_below_the_confirmed_keeps_them_and_is_said(void **state)
{
    (void)state;
    const char *form = office_write(&office, "f.csv",
        "Tijdstempel,Naam,Functie\n"
        "10-02-2025 12:00,Anna Vos,brugfunctionaris\n"
        "10-02-2025 12:01,Bo Vos,brugfunctionaris\n");
    assert_int_equal(
        office_run(&office, "import", "registrations", form, "--session", "S-1", "--map",
            "school=-", "--map", "region=-", "--map", "email=-", NULL),
        BW_EXIT_DONE);
    const char *path = office_write(&office, "s.csv",
        "code,series,title,venue,starts_at,ends_at,capacity,audience\n"
        "S-1,reeks,Leerkring Zwolle,Buurthuis,"
        "2025-03-25T13:30,2025-03-25T16:30,1,brugfunctionaris\n");
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "import", "sessions", path, NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    assert_int_equal(json_array_size(json_object_get(answer, "notes")), 1);
    json_decref(answer);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE status = 0"), 2);
    assert_int_equal(office_number(&office, "SELECT capacity FROM session"), 1);
}

/* ---- agenda ---- */

static void
the_agenda_is_what_the_file_says(void **state)
{
    (void)state;
    assert_int_equal(
        office_run(&office, "import", "agenda", demo_path("agenda.csv"), NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM agenda_item"), 12);
    assert_string_equal(
        office_text(&office, "SELECT kind, starts_ms, audience FROM agenda_item WHERE"
                             " item_no = 9"),
        "workshop|0|brugfunctionaris|");
    const char *path = office_write(&office, "a.csv",
        "kind,title,starts_at,ends_at,audience,url\n"
        "handbook,Handreiking,,,,https://voorbeeld.example/h\n"
        "handbook,Slecht,,,,javascript:alert(1)\n"
        "workshop,Later,2025-05-01T10:00,2025-05-01T09:00,,\n");
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "import", "agenda", path, NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    rejected_is(answer, 0, 3, "invalid");
    rejected_is(answer, 1, 4, "invalid");
    json_decref(answer);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM agenda_item"), 1);
}

int
main(void)
{
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_small, close_office)
    const struct CMUnitTest tests[] = {
        WITH_OFFICE(sessions_are_changed_by_code_and_keep_their_number),
        WITH_OFFICE(tolerance_is_a_number_of_minutes_and_none_without_the_column),
        WITH_OFFICE(check_in_opens_when_the_file_says_else_with_the_day),
        WITH_OFFICE(a_route_is_of_140_characters_and_undo_brings_the_old_one_back),
        WITH_OFFICE(sessions_have_the_usual_minutes),
        WITH_OFFICE(session_rows_that_do_not_hold_are_invalid),
        WITH_OFFICE(a_code_is_the_same_with_blanks_around_it),
        WITH_OFFICE(a_capacity_below_the_confirmed_keeps_them_and_is_said),
        WITH_OFFICE(the_agenda_is_what_the_file_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
