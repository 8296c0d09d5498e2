/* People by what somebody remembers of them, and commands that take that for a code. */

#include "tests/sync/one_office.h"

#include <string.h>

static int
open_office(void **state)
{
    (void)state;
    office_open(&office, 3, false);
    const char *path = office_write(&office, "form.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie\n"
        "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris\n"
        "10-2-2025 09:20,mo@twee.example,Mohammed Şahin,OBS Twee,brugfunctionaris\n"
        "10-2-2025 09:30,anna@drie.example,Anna de Bruin,OBS Drie,brugfunctionaris\n"
        "10-2-2025 09:40,dik@vier.example,Dik Vos,OBS Vier,brugfunctionaris\n");
    assert_int_equal(
        office_run(&office, "import", "registrations", path, "--session", "S-1", NULL),
        BW_EXIT_DONE);
    return 0;
}

static size_t
found(const char *text)
{
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "find", text, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    size_t count = json_array_size(json_object_get(answer, "results"));
    json_decref(answer);
    return count;
}

static int64_t
status_of(const char *first_name)
{
    char sql[120];
    (void)snprintf(sql, sizeof sql,
        "SELECT status FROM registration WHERE first_name = '%s' AND name <> 'de Bruin'",
        first_name);
    return office_number(&office, sql);
}

static void
parts_of_names_mail_school_and_code_find_people(void **state)
{
    (void)state;
    assert_int_equal(found("anna"), 2);
    assert_int_equal(found("vis ann"), 1);
    assert_int_equal(found("sahin"), 1);
    assert_int_equal(found("mo@twee.example"), 1);
    assert_int_equal(found("vier s-1"), 1);
    assert_int_equal(found(office_code(&office, "Dik")), 1);
    assert_int_equal(found("isser"), 0);
    assert_int_equal(found("obs"), 4);
    assert_int_equal(found("."), 0);
}

/* "Mohammed" reads as a code, which nobody has. */
static void
a_command_takes_a_name_where_one_person_fits(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "cancel", "Mohammed", NULL), BW_EXIT_DONE);
    assert_int_equal(status_of("Mohammed"), 2);
    assert_int_equal(office_run(&office, "cancel", "Anna", NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "2 fit"));
    assert_non_null(strstr(office.diag, "Visser"));
    assert_int_equal(office_run(&office, "cancel", "anna visser", NULL), BW_EXIT_DONE);
    assert_int_equal(status_of("Anna"), 2);
}

static void
several_are_done_at_once_or_none_where_one_is_not_found(void **state)
{
    (void)state;
    enum bw_exit result;
    assert_int_equal(
        office_run(&office, "cancel", "Mohammed", "Niemand", NULL), BW_EXIT_FAILED);
    assert_int_equal(status_of("Mohammed"), 0);
    json_t *answer = office_json(&office, &result, "cancel", "Mohammed", "visser", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_array_size(json_object_get(answer, "registrations")), 2);
    json_decref(answer);
    assert_int_equal(status_of("Mohammed"), 2);
    assert_int_equal(status_of("Anna"), 2);
}

static void
who_cancelled_is_reinstated_with_a_place_only_where_nobody_waits(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "reinstate", "Mohammed", NULL), BW_EXIT_FAILED);
    assert_int_equal(office_run(&office, "cancel", "Mohammed", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "reinstate", "Mohammed", NULL), BW_EXIT_LOOK);
    assert_int_equal(status_of("Mohammed"), 1); /* Dik waits too */
    assert_int_equal(office_run(&office, "promote", "--session", "S-1", NULL), 0);
    assert_int_equal(status_of("Mohammed"), 0); /* who signed up before Dik */
    assert_int_equal(office_run(&office, "cancel", "Dik", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "cancel", "Mohammed", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "reinstate", "Mohammed", NULL), BW_EXIT_DONE);
    assert_int_equal(status_of("Mohammed"), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_office, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(parts_of_names_mail_school_and_code_find_people),
        CASE(a_command_takes_a_name_where_one_person_fits),
        CASE(several_are_done_at_once_or_none_where_one_is_not_found),
        CASE(who_cancelled_is_reinstated_with_a_place_only_where_nobody_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
