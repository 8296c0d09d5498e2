/* `forget`: one person out, and nobody else. */

#include "tests/sync/one_office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AFTER "2025-03-27T09:00:00"

static int
setup(void **state)
{
    (void)state;
    office_open(&office, 5, false);
    const char *form = office_write(&office, "f.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie\n"
        "10-02-2025 12:01,bas@b.example,Bas Mol,De Dijk,brugfunctionaris\n"
        "10-02-2025 12:02,fadila@weg.example,Fadila Verdwijn,Leegte,brugfunctionaris\n"
        "10-02-2025 12:03,f.v@weg.example,Fatima Verdwenen,Leegte,brugfunctionaris\n");
    return office_run(&office, "import", "registrations", form, "--session", "S-1",
               NULL) == BW_EXIT_DONE
               ? 0
               : -1;
}

static enum bw_exit
forget(const char *whom)
{
    return office_run(&office, "forget", whom, "--clock", AFTER, NULL);
}

static void
nothing_of_them_stays_and_the_others_do(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "tickets", "--session", "S-1", "--out",
                         office_path(&office, "t"), NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "mail", "--to", office_path(&office, "m.csv"),
                         "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "block", "Fadila", "--why", "Fadila Verdwijn belde", NULL),
        BW_EXIT_DONE);
    assert_true(office_holds(&office, "Verdwijn"));
    assert_int_equal(forget("Fadila Verdwijn"), BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "One person is forgotten"));
    assert_null(strstr(office.out, "Fadila"));
    assert_false(office_holds(&office, "erdwijn"));
    assert_false(office_holds(&office, "adila"));
    assert_true(office_holds(&office, "bas@b.example"));
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 3);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 2);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM ticket"), 2);
    assert_int_equal(forget("Fadila Verdwijn"), BW_EXIT_FAILED);
}

static void
records_that_were_joined_go_together(void **state)
{
    (void)state;
    char one[20], two[20];
    (void)snprintf(one, sizeof one, "%s", office_code(&office, "Fadila"));
    (void)snprintf(two, sizeof two, "%s", office_code(&office, "Fatima"));
    assert_int_equal(office_run(&office, "merge-people", one, two, NULL), BW_EXIT_DONE);
    assert_int_equal(forget(two), BW_EXIT_DONE);
    assert_false(office_holds(&office, "weg.example"));
    assert_false(office_holds(&office, "erdwenen"));
    assert_false(office_holds(&office, "Leegte"));
    assert_true(office_holds(&office, "bas@b.example"));
}

static void
who_is_still_to_come_is_refused_unless_cancelled_or_told_to(void **state)
{
    (void)state;
    char *before = office_dump(&office);
    assert_int_equal(office_run(&office, "forget", "Fadila", "--clock", OFFICE_DAY, NULL),
        BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "S-1 is still to come"));
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
    assert_int_equal(
        office_run(&office, "forget", "Fadila", "--yes", "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE status = 0"), 2);
    assert_int_equal(office_run(&office, "cancel", "Fatima", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "forget", "Fatima", "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
}

static void
no_step_brings_them_back(void **state)
{
    (void)state;
    assert_int_equal(
        office_run(&office, "block", "Fadila", "--why", "belde", NULL), BW_EXIT_DONE);
    assert_int_equal(forget("Fadila"), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "undo", "3", NULL), BW_EXIT_FAILED);
    assert_int_equal(office_run(&office, "undo", "4", NULL), BW_EXIT_FAILED);
    assert_int_equal(office_run(&office, "verify", NULL), BW_EXIT_DONE);
}

static void
undo_after_it_takes_back_no_other_step(void **state)
{
    (void)state;
    assert_int_equal(
        office_run(&office, "block", "Bas", "--why", "belde", NULL), BW_EXIT_DONE);
    assert_int_equal(forget("Fadila"), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "step 4 (forget)"));
    assert_non_null(strstr(office.diag, "undo STEP"));
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE status = 3"), 1);
    assert_int_equal(office_run(&office, "log", NULL), BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "  forget; purged"));
    assert_int_equal(office_run(&office, "undo", "3", NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE status = 3"), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(nothing_of_them_stays_and_the_others_do),
        CASE(records_that_were_joined_go_together),
        CASE(who_is_still_to_come_is_refused_unless_cancelled_or_told_to),
        CASE(no_step_brings_them_back),
        CASE(undo_after_it_takes_back_no_other_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
