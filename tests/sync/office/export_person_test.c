/* `export-person`: all that is held of one person, and nothing of others. */

#include "tests/sync/one_office.h"

#include <stdio.h>
#include <string.h>

#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie\n"

static int
setup(void **state)
{
    (void)state;
    office_open(&office, 5, false);
    const char *form = office_write(&office, "f.csv",
        HEADING "10-02-2025 12:01,anna@b.example,Anna Vos,De Brug,brugfunctionaris\n"
                "10-02-2025 12:02,a.vos@b.example,Anne Vosch,De Sluis,brugfunctionaris\n"
                "10-02-2025 12:03,bas@b.example,Bas Mol,De Dijk,brugfunctionaris\n");
    return office_run(&office, "import", "registrations", form, "--session", "S-1",
               NULL) == BW_EXIT_DONE
               ? 0
               : -1;
}

static void
it_has_registrations_tickets_mails_and_steps(void **state)
{
    (void)state;
    enum bw_exit result;
    assert_int_equal(office_run(&office, "tickets", "--session", "S-1", "--out",
                         office_path(&office, "t"), NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "mail", "--to", office_path(&office, "m.csv"),
                         "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "block", "Anna Vos", "--why", "belde op", NULL),
        BW_EXIT_DONE);
    json_t *root = office_json(&office, &result, "export-person", "anna vos", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    json_t *registration = json_array_get(json_object_get(root, "registrations"), 0);
    assert_string_equal(
        json_string_value(json_object_get(registration, "school")), "De Brug");
    assert_string_equal(
        json_string_value(json_object_get(registration, "status")), "blocked");
    assert_string_equal(
        json_string_value(json_object_get(registration, "reason")), "belde op");
    assert_string_equal(json_string_value(json_object_get(
                            json_array_get(json_object_get(root, "mails"), 0), "email")),
        "anna@b.example");
    assert_int_equal(json_array_size(json_object_get(root, "tickets")), 1);
    assert_int_equal(json_array_size(json_object_get(root, "steps")), 2);
    assert_null(strstr(office.out, "BW1:"));
    json_decref(root);
}

static void
nothing_of_others_is_in_it(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "export-person", "Bas Mol", NULL), BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "Je aanmeldingen\n  - code: "));
    assert_non_null(strstr(office.out, "e-mailadres: bas@b.example\n"));
    assert_null(strstr(office.out, "nna"));
    assert_null(strstr(office.out, "Vos"));
}

static void
a_record_that_was_joined_is_in_it_until_they_are_parted(void **state)
{
    (void)state;
    char anna[20], anne[20];
    (void)snprintf(anna, sizeof anna, "%s", office_code(&office, "Anna"));
    (void)snprintf(anne, sizeof anne, "%s", office_code(&office, "Anne"));
    assert_int_equal(office_run(&office, "merge-people", anna, anne, NULL), BW_EXIT_DONE);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(office_run(&office, "export-person", i == 0 ? anna : anne, NULL),
            BW_EXIT_DONE);
        assert_non_null(strstr(office.out, "anna@b.example"));
        assert_non_null(strstr(office.out, "a.vos@b.example"));
        assert_non_null(strstr(office.out, "De Sluis"));
        assert_null(strstr(office.out, "bas@"));
    }
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "export-person", anna, NULL), BW_EXIT_DONE);
    assert_null(strstr(office.out, "a.vos@"));
}

static void
who_is_not_one_person_is_asked_for_a_code(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "export-person", "vos", NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "give a code"));
    assert_int_equal(
        office_run(&office, "export-person", "Niemand", NULL), BW_EXIT_FAILED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(it_has_registrations_tickets_mails_and_steps),
        CASE(nothing_of_others_is_in_it),
        CASE(a_record_that_was_joined_is_in_it_until_they_are_parted),
        CASE(who_is_not_one_person_is_asked_for_a_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
