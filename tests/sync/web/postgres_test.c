/* The desk on PostgreSQL: its pages, a change that is shown and done, and a change under
 * one's hands by a colleague at another desk. */
#include "tests/sync/testing.h"

#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/web/desk_help.h"
#include "tests/sync/web/page/settle/settle_help.h"

#include <stdio.h>
#include <string.h>

enum { SKIPPED = 77 };

static struct postgres postgres;
static struct office office;
static struct browser desk, colleague;

static int
open_desks(void **state)
{
    (void)state;
    postgres_place(&postgres);
    office_open_at(&office, postgres.uri, 1, false);
    assert_int_equal(
        office_sign_up(&office,
            "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"
            "10-2-2025 09:20,mo@twee.example,Mo Vos,OBS Twee,brugfunctionaris,Oost\n"),
        BW_EXIT_DONE);
    desk_open(&desk, &office);
    desk_enter(&desk);
    desk_open(&colleague, &office);
    desk_enter(&colleague);
    return 0;
}

static int
close_desks(void **state)
{
    (void)state;
    desk_close(&desk);
    desk_close(&colleague);
    office_finish(&office);
    postgres_clear(&postgres);
    return 0;
}

static void
every_page_answers(void **state)
{
    static const char *const pages[] = {"/", "/kringen", "/kring/S-1",
        "/kring/S-1?lijst=wacht", "/mensen?q=o", "/live", "/mail", "/mail/ticket",
        "/zuilen", "/uitzoeken", "/verslag", "/geschiedenis"};
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        if (desk_get(&desk, pages[i]) != 200) {
            fail_msg("%s: %s", pages[i], desk_body(&desk));
        }
    }
}

/* The picture of cancelling Anna, and the form that confirms it. */
static void
look(struct browser *at, char ret_form[300])
{
    char form[100];
    (void)snprintf(
        form, sizeof form, "doe=afmelden&mens=%s", office_code(&office, "Anna"));
    assert_int_equal(desk_post(at, "/kring/S-1", form), 200);
    (void)snprintf(ret_form, 300, "%s&beeld=%s", form, desk_field(at, "beeld"));
}

static void
of_two_who_looked_the_second_is_told_and_changes_nothing(void **state)
{
    char form[300], other[300];
    (void)state;
    look(&desk, form);
    look(&colleague, other);
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 303);
    int64_t steps = office_number(&office, "SELECT count(*) FROM step");
    assert_int_equal(desk_post(&colleague, "/kring/S-1", other), 200);
    desk_shows(&colleague, "Iemand anders veranderde dit net");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"), steps);
    assert_int_equal(desk_get(&colleague, "/kring/S-1"), 200);
    desk_shows(&colleague, "Eerste op de wachtlijst: Mo Vos");
}

/* A double entry: one desk settles it, the other is told. */
static void
a_conflict_is_settled_once_whoever_looked_at_it(void **state)
{
    char decision[64], form[300], other[300];
    struct settling s;
    (void)state;
    postgres_place(&postgres);
    settling_open(&s, postgres.uri);
    (void)snprintf(decision, sizeof decision, "uit+%s", settling_double_entry(&s));
    settling_look(&s.desk, decision, form);
    settling_look(&s.colleague, decision, other);
    assert_int_equal(desk_post(&s.desk, "/uitzoeken", form), 303);
    assert_int_equal(desk_post(&s.colleague, "/uitzoeken", other), 200);
    desk_shows(&s.colleague, "Iemand anders veranderde dit net");
    assert_int_equal(office_number(&s.office, "SELECT count(*) FROM ruling"), 1);
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    (void)snprintf(
        form, sizeof form, "stap=%s&naar=/uitzoeken", desk_field(&s.desk, "stap"));
    assert_int_equal(desk_post(&s.desk, "/terug", form), 303);
    assert_int_equal(desk_get(&s.colleague, "/uitzoeken"), 200);
    desk_shows(&s.colleague, "Dezelfde mens, twee keer gescand");
    settling_close(&s);
    postgres_clear(&postgres);
}

int
main(void)
{
    if (!postgres_start(&postgres)) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        return SKIPPED;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_page_answers, open_desks, close_desks),
        cmocka_unit_test_setup_teardown(
            of_two_who_looked_the_second_is_told_and_changes_nothing, open_desks,
            close_desks),
        cmocka_unit_test(a_conflict_is_settled_once_whoever_looked_at_it),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    postgres_stop(&postgres);
    return failed;
}
