/* Rows of a form that somebody wants to stay out: --skip, and what comes of it. */

#define ONE_OFFICE_PLACES 2
#include "tests/sync/one_office.h"

static const char form[] =
    "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
    "10-02-2025 12:01,a@b.example,Anna Vos,De Brug,brugfunctionaris,Oost\n"
    "10-02-2025 12:02,b@b.example,Bo Mol,De Brug,brugfunctionaris,Oost\n"
    "10-02-2025 12:03,c@b.example,Cas Wit,De Brug,brugfunctionaris,Oost\n";

static json_t *
import(enum bw_exit want, const char *skip)
{
    enum bw_exit result;
    const char *path = office_write(&office, "form.csv", form);
    json_t *answer = skip != NULL
                         ? office_json(&office, &result, "import", "registrations", path,
                               "--session", "S-1", "--skip", skip, NULL)
                         : office_json(&office, &result, "import", "registrations", path,
                               "--session", "S-1", NULL);
    if (result != want) {
        fail_msg("%d: %s", (int)result, office.diag);
    }
    return answer;
}

static void
a_row_that_is_skipped_stays_out_and_is_listed(void **state)
{
    (void)state;
    json_t *answer = import(BW_EXIT_DONE, "3");
    const json_t *rejected = json_object_get(answer, "rejected");
    assert_int_equal(json_number_of(answer, "added"), 2);
    assert_int_equal(json_array_size(rejected), 1);
    assert_int_equal(json_number_of(json_array_get(rejected, 0), "line"), 3);
    assert_string_equal(
        json_string_value(json_object_get(json_array_get(rejected, 0), "reason")),
        "skipped");
    json_decref(answer);
    /* the place goes to who comes next */
    assert_int_equal(
        office_number(&office, "SELECT status FROM registration WHERE name = 'Wit'"), 0);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE name = 'Mol'"),
        0);
}

static void
the_same_file_without_it_takes_the_row_in(void **state)
{
    (void)state;
    json_decref(import(BW_EXIT_DONE, "2,3"));
    json_t *answer = import(BW_EXIT_DONE, NULL);
    assert_int_equal(json_number_of(answer, "added"), 2);
    json_decref(answer);
    answer = import(BW_EXIT_DONE, "4");
    assert_int_equal(json_number_of(answer, "added"), 0); /* who is in stays in */
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 3);
    json_decref(answer);
}

static void
what_is_no_line_is_wrong_use(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "", "1", "0", "3,", ",3", "3,x", "3 4", "-3", "99999999"};
    for (size_t i = 1; i < sizeof wrong / sizeof wrong[0]; i++) {
        json_decref(import(BW_EXIT_USAGE, wrong[i]));
    }
    assert_int_equal(office_run(&office, "import", "agenda", demo_path("agenda.csv"),
                         "--skip", "3", NULL),
        BW_EXIT_USAGE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 0);
}

int
main(void)
{
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)
    const struct CMUnitTest tests[] = {
        WITH_OFFICE(a_row_that_is_skipped_stays_out_and_is_listed),
        WITH_OFFICE(the_same_file_without_it_takes_the_row_in),
        WITH_OFFICE(what_is_no_line_is_wrong_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
