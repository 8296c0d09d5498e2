/* `correct`: somebody's words put right by hand, by the real command; what files, undo
 * and circles whose figures are fixed make of it. */
#include "tests/sync/one_office.h"

#include <stdio.h>
#include <stdlib.h>

#define DAY "--clock", "2025-03-10T10:00:00"
#define HUGO "10-02-2025 12:01:07,h@b.example,Hugo Wolter,De Brug,brugfunctionaris,Oost\n"
#define MO "10-02-2025 12:02:09,mo@b.example,Mo Vos,De Brug,brugfunctionaris,Oost\n"
#define NEW "11-02-2025 09:00:11,n@b.example,Nel Bos,De Brug,brugfunctionaris,Oost\n"

#define AGAIN "10-02-2025 12:01:07,h@b.example,"
#define IS ",brugfunctionaris,Oost\n"

/* Hugo is in both circles. */
static int
open_two(void **state)
{
    (void)state;
    office_open(&office, 6, false);
    office_second_circle(&office, 6);
    assert_int_equal(office_sign_up(&office, HUGO MO), BW_EXIT_DONE);
    const char *form = office_write(&office, "two.csv", OFFICE_FORM HUGO);
    assert_int_equal(office_run(&office, "import", "registrations", form, "--session",
                         "S-2", "--yes", DAY, NULL),
        BW_EXIT_DONE);
    return 0;
}

static void
run(enum bw_exit want, const char *one, const char *two, const char *three)
{
    enum bw_exit result = office_run(&office, one, two, three, DAY, NULL);
    if (result != want) {
        fail_msg("%s %s: %d: %s%s", one, two, (int)result, office.out, office.diag);
    }
}

/* Hugo's, of his first circle. */
static const char *
hugo(void)
{
    static char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown((bw_code)office_number(&office,
                             "SELECT code FROM registration WHERE first_name = 'Hugo'"
                             " AND session_no = 1"),
        shown);
    return shown;
}

static void
import_again(const char *rows)
{
    const char *form = office_write(&office, "again.csv", rows);
    enum bw_exit result = office_run(
        &office, "import", "registrations", form, "--session", "S-1", "--yes", DAY, NULL);
    if (result != BW_EXIT_DONE && result != BW_EXIT_LOOK) {
        fail_msg("%d: %s%s", (int)result, office.out, office.diag);
    }
}

static int64_t
called(const char *name)
{
    char sql[120];
    (void)snprintf(
        sql, sizeof sql, "SELECT count(*) FROM registration WHERE name = '%s'", name);
    return office_number(&office, sql);
}

static void
is_refused(const char *word, const char *why)
{
    char *before = office_dump(&office);
    run(BW_EXIT_FAILED, "correct", hugo(), word);
    says(why);
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void
a_name_is_corrected_in_every_circle_and_undo_takes_it_back(void **state)
{
    (void)state;
    run(BW_EXIT_DONE, "correct", hugo(), "name=Wolters");
    says("2 registrations were corrected");
    assert_int_equal(called("Wolters"), 2);
    run(BW_EXIT_DONE, "undo", NULL, NULL);
    assert_int_equal(called("Wolters"), 0);
    assert_int_equal(called("Wolter"), 2);
    run(BW_EXIT_DONE, "correct", hugo(), "name=Wolter");
    says("Nothing was changed");
}

/* CO1, PL8 */
static void
a_file_that_says_the_old_words_changes_nothing_and_says_so(void **state)
{
    (void)state;
    run(BW_EXIT_DONE, "correct", hugo(), "name=Wolters");
    run(BW_EXIT_DONE, "correct", hugo(), "mail=wolters@b.example");
    run(BW_EXIT_DONE, "correct", hugo(), "school=De Brugweg");
    import_again(OFFICE_FORM HUGO MO NEW);
    says("was corrected by hand");
    assert_int_equal(called("Wolters"), 2);
    assert_int_equal(called("Wolter"), 0);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 4);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0"), 0);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM person WHERE"
                                            " mail = 'wolters@b.example'"),
        1);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration WHERE"
                                            " school = 'De Brugweg'"),
        2);
}

/* The name is news, the address isn't. */
static void
a_file_with_another_name_leaves_the_address_that_was_corrected(void **state)
{
    (void)state;
    run(BW_EXIT_DONE, "correct", hugo(), "mail=wolters@b.example");
    import_again(OFFICE_FORM AGAIN "Hugo Wolterz,De Brug" IS MO);
    assert_int_equal(called("Wolterz"), 1);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM person WHERE"
                                            " mail = 'wolters@b.example'"),
        1);
    says("was corrected by hand");
}

static void
what_a_file_says_anew_is_taken_and_so_are_old_words_once_it_is_undone(void **state)
{
    (void)state;
    run(BW_EXIT_DONE, "correct", hugo(), "name=Wolters");
    import_again(OFFICE_FORM AGAIN "Hugo Wolter,Het Anker" IS MO);
    assert_int_equal(called("Wolters"), 2);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration WHERE"
                                            " school = 'Het Anker'"),
        1);
    run(BW_EXIT_DONE, "undo", NULL, NULL);
    run(BW_EXIT_DONE, "undo", "5", NULL);
    import_again(OFFICE_FORM AGAIN "Hugo Wolterz,De Brug" IS MO);
    assert_int_equal(called("Wolterz"), 1);
}

static void
the_corrected_words_lead_to_the_same_person(void **state)
{
    (void)state;
    run(BW_EXIT_DONE, "correct", hugo(), "name=Wolters");
    import_again(OFFICE_FORM AGAIN "Hugo Wolters,De Brug" IS MO);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 3);
    assert_int_equal(called("Wolters"), 2);
}

/* CO3 */
static void
nobody_becomes_somebody_who_is_known(void **state)
{
    (void)state;
    char *before = office_dump(&office);
    assert_int_equal(office_run(&office, "correct", hugo(), "first-name=Mo", "name=Vos",
                         "mail=MO@b.example", DAY, NULL),
        BW_EXIT_FAILED);
    says("is known by that name and address already");
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
    is_refused("mail=geen adres", "is no address");
    assert_int_equal(
        office_run(&office, "correct", hugo(), "first-name=", "name=", DAY, NULL),
        BW_EXIT_FAILED);
    says("somebody has a name");
    assert_int_equal(
        office_run(&office, "correct", hugo(), "naam=X", DAY, NULL), BW_EXIT_USAGE);
}

/* CO2 */
static void
where_figures_are_fixed_all_stays_as_it_is(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "session", "close", "S-1", "--why", "stond",
                         "--clock", "2025-03-25T20:00:00", NULL),
        BW_EXIT_DONE);
    run(BW_EXIT_DONE, "correct", hugo(), "name=Wolters");
    says("1 registrations were corrected");
    says("1 stay as they are");
    assert_int_equal(called("Wolter"), 1);
    assert_int_equal(office_run(&office, "session", "close", "S-2", "--why", "stond",
                         "--clock", "2025-03-27T20:00:00", NULL),
        BW_EXIT_DONE);
    is_refused("name=Wolte", "the figures of all their circles are fixed");
}

#define ON_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_two, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_OFFICE(a_name_is_corrected_in_every_circle_and_undo_takes_it_back),
        ON_OFFICE(a_file_that_says_the_old_words_changes_nothing_and_says_so),
        ON_OFFICE(a_file_with_another_name_leaves_the_address_that_was_corrected),
        ON_OFFICE(what_a_file_says_anew_is_taken_and_so_are_old_words_once_it_is_undone),
        ON_OFFICE(the_corrected_words_lead_to_the_same_person),
        ON_OFFICE(nobody_becomes_somebody_who_is_known),
        ON_OFFICE(where_figures_are_fixed_all_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
