/* `purge`: who somebody is goes, the counts stay. */
#include "tests/sync/office_help.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
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

static void
details_in_quarantine_go_too(void **state)
{
    (void)state;
    struct office office;
    office_open(&office, 5, false);
    (void)office_number(&office,
        "INSERT INTO quarantine (number, device, seq, hash, prev, bytes, details,"
        " session_no, reason, received_ms, sign_public, why)"
        " SELECT 1, 1, 1, x'01', x'01', x'01', x'02', session_no, 1, 1, x'01', 'Anna'"
        " FROM session RETURNING number");
    assert_int_equal(
        office_run(&office, "purge", "--before", "2025-03-26", NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM quarantine"
                                            " WHERE details IS NOT NULL OR why <> ''"),
        0);
    office_finish(&office);
}

/* Answers of many people, out of order, so that pages of every index are split. */
static const char *
write_many(struct office *office, const char *school)
{
    enum { PEOPLE = 600 };
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    assert_non_null(file);
    (void)fputs("Tijdstempel,Naam,Functie,School,E-mailadres\n", file);
    for (int i = 0; i < PEOPLE; i++) {
        int n = i * 271 % PEOPLE;
        (void)fprintf(file,
            "10-02-2025 %02d:%02d:00,Fadila Verdwijn%d,brugfunctionaris,%s,"
            "weg%d@leegte.example\n",
            9 + i / 60, i % 60, n, school, n);
    }
    assert_int_equal(fclose(file), 0);
    const char *path = office_write(office, "many.csv", text);
    free(text);
    return path;
}

static void
no_page_nor_wal_keeps_a_name_or_an_address(void **state)
{
    (void)state;
    struct office office;
    office_open(&office, 700, false);
    for (int i = 0; i < 2; i++) { /* with other words, so that rows move */
        assert_int_not_equal(
            office_run(&office, "import", "registrations",
                write_many(&office, i == 0 ? "A" : "De lange brug over het water"),
                "--session", "S-1", NULL),
            BW_EXIT_FAILED);
    }
    assert_true(office_holds(&office, "leegte.example"));
    assert_true(office_holds(&office, "Verdwijn"));
    assert_int_equal(
        office_run(&office, "purge", "--before", "2025-03-26", NULL), BW_EXIT_DONE);
    assert_false(office_holds(&office, "leegte"));
    assert_false(office_holds(&office, "erdwijn"));
    assert_false(office_holds(&office, "lange brug"));
    office_finish(&office);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_mail_go_and_counts_stay),
        cmocka_unit_test(a_purged_session_takes_nobody_in),
        cmocka_unit_test(details_in_quarantine_go_too),
        cmocka_unit_test(no_page_nor_wal_keeps_a_name_or_an_address),
        cmocka_unit_test(a_day_to_come_is_wrong_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
