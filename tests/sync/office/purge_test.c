/* `purge`: who somebody is goes, the counts stay. */
#include "tests/sync/office_help.h"
#include "tests/sync/testing.h"

#include <string.h>

static const char form[] = "Tijdstempel,Naam,Functie,School,E-mailadres\n"
                           "10-02-2025 12:01,Anna Vos,brugfunctionaris,De Brug,a@b.nl\n"
                           "10-02-2025 12:02,Bas Mol,brugfunctionaris,De Brug,b@b.nl\n";

static enum bw_exit
import(struct office *office)
{
    return office_run(office, "import", "registrations",
        office_write(office, "f.csv", form), "--session", "S-1", NULL);
}

static void
names_and_mail_go_and_counts_stay(void **state)
{
    (void)state;
    struct office office;
    office_open(&office, 1, false);
    assert_int_equal(import(&office), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "purge", "--before", "2025-03-26", NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE name <> ''"), 0);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM person WHERE mail <> ''"), 0);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM ticket"), 0);
    assert_string_equal(
        office_text(
            &office, "SELECT registered, confirmed, waitlisted FROM purged_session"),
        "2|1|1|");
    assert_int_equal(
        office_run(&office, "purge", "--before", "2025-03-26", NULL), BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "Nothing to purge"));
    office_finish(&office);
}

/* PL4. */
static void
a_purged_session_takes_nobody_in(void **state)
{
    (void)state;
    struct office office;
    office_open(&office, 5, false);
    assert_int_equal(import(&office), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "purge", "--before", "2025-03-26", NULL), BW_EXIT_DONE);
    assert_int_equal(import(&office), BW_EXIT_LOOK);
    assert_non_null(strstr(office.out, "were purged"));
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 2);
    office_finish(&office);
}

static void
a_day_to_come_is_wrong_use(void **state)
{
    (void)state;
    struct office office;
    office_open(&office, 5, false);
    assert_int_equal(office_run(&office, "purge", "--before", "2025-03-26", "--clock",
                         "2025-03-20T10:00:00", NULL),
        BW_EXIT_USAGE);
    assert_non_null(strstr(office.diag, "still to come"));
    assert_int_equal(
        office_run(&office, "purge", "--before", "morgen", NULL), BW_EXIT_USAGE);
    office_finish(&office);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_mail_go_and_counts_stay),
        cmocka_unit_test(a_purged_session_takes_nobody_in),
        cmocka_unit_test(a_day_to_come_is_wrong_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
