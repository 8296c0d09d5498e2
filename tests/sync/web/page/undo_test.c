/* What was done as a whole is taken back as a whole, with what was built on it. */
#define ONE_OFFICE_PLACES 3
#include "tests/sync/web/one_desk.h"

#include <stdio.h>

static const char *const two[] = {"first.csv",
    OFFICE_FORM
    "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n",
    "second.csv",
    OFFICE_FORM
    "10-2-2025 09:20,mo@twee.example,Mo Vos,OBS Twee,brugfunctionaris,Oost\n"};

/* Both files go in at once. */
static int
open_desk(void **state)
{
    char address[BW_WEB_TARGET_BYTES_MAX], picture[BW_WEB_KEY_BYTES], form[256];
    (void)open_desk_with(state, NULL, BW_EXIT_DONE);
    assert_int_equal(
        desk_give(&desk, "/inlezen", "soort=aanmeldingen&kring=S-1", two, 2), 303);
    (void)snprintf(address, sizeof address, "%s", desk.reply.location);
    assert_int_equal(desk_wait(&desk), 200);
    (void)snprintf(picture, sizeof picture, "%s", desk_field(&desk, "beeld"));
    (void)snprintf(form, sizeof form, "ronde=%s&beeld=%s&doe=neem",
        desk_field(&desk, "ronde"), picture);
    assert_int_equal(desk_post(&desk, address, form), 303);
    assert_int_equal(desk_wait(&desk), 200);
    shows("Overgenomen: 2 nieuw, 0 gewijzigd.");
    return 0;
}

static int64_t
people(void)
{
    return office_number(&office, "SELECT count(*) FROM registration");
}

/* Somebody of them is cancelled; then it is asked to take the files back, and all that
 * was built on them, and all of it comes again. */
static void
take_back_after_cancelling(const char *first_name)
{
    char undo[96];
    int64_t step = office_number(&office, "SELECT max(step_no) FROM step");
    assert_int_equal(
        office_run(&office, "cancel", office_code(&office, first_name), NULL),
        BW_EXIT_DONE);
    (void)snprintf(undo, sizeof undo, "stap=%d", (int)step);
    assert_int_equal(desk_post(&desk, "/terug", undo), 409);
    shows("Deze stap staat erop");
    (void)snprintf(undo, sizeof undo, "<li><b>Afgemeld %s V", first_name);
    shows(undo);
    assert_int_equal(people(), 2);
    take_back_with_what_stands_on_it(step, 2);
}

static void
of_two_files_none_stays_where_later_work_stands_on_the_second(void **state)
{
    (void)state;
    take_back_after_cancelling("Mo");
}

static void
of_two_files_none_goes_alone_where_later_work_stands_on_the_first(void **state)
{
    (void)state;
    take_back_after_cancelling("Anna");
}

/* Days later, when the bar that says it is gone: from the list of Inlezen. */
static void
files_that_were_ticked_go_and_come_back_at_once(void **state)
{
    char form[96];
    int last = (int)office_number(&office, "SELECT max(step_no) FROM step");
    (void)state;
    assert_int_equal(desk_get(&desk, "/inlezen"), 200);
    shows("first.csv");
    shows("<td data-k=\"Kring\">Leerkring Zwolle</td>");
    shows("1 nieuw, 0 gewijzigd");
    hides("Zet terug");
    (void)snprintf(
        form, sizeof form, "naar=/inlezen&meer=1&stap=%d&stap=%d", last - 1, last);
    assert_int_equal(desk_post(&desk, "/terug", form), 303);
    assert_int_equal(people(), 0);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Ongedaan gemaakt: 2 stappen; 2 mensen");
    shows("1 nieuw weer weg, 0 gewijzigd weer zoals het was");
    shows("Zet aangevinkte terug");
    (void)snprintf(
        form, sizeof form, "naar=/inlezen&meer=1&stap=%d&stap=%d", last + 1, last + 2);
    assert_int_equal(desk_post(&desk, "/terug", form), 303);
    assert_int_equal(people(), 2);
    assert_int_equal(desk_follow(&desk), 200);
    hides("teruggedraaid");
}

static void
a_file_that_was_taken_back_is_put_back_by_itself(void **state)
{
    char form[64];
    int last = (int)office_number(&office, "SELECT max(step_no) FROM step");
    (void)state;
    (void)snprintf(form, sizeof form, "naar=/inlezen&stap=%d&stap=%d", last, last);
    assert_int_equal(desk_post(&desk, "/terug", form), 303);
    assert_int_equal(people(), 0); /* the bar's: both went in as one */
    assert_int_equal(desk_get(&desk, "/inlezen"), 200);
    shows("Zet terug: second.csv");
    (void)snprintf(form, sizeof form, "naar=/inlezen&stap=%d", last + 1);
    assert_int_equal(desk_post(&desk, "/terug", form), 303);
    assert_int_equal(people(), 1);
}

static void
none_ticked_is_told_and_changes_nothing(void **state)
{
    (void)state;
    assert_int_equal(desk_post(&desk, "/terug", "naar=/inlezen&meer=1"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Kies eerst bestanden");
    assert_int_equal(people(), 2);
    assert_int_equal(desk_post(&desk, "/terug", "naar=/inlezen&stap=1&stap=x"), 400);
}

/* What stands on one of them is named, and goes with all of them. */
static void
ticked_files_are_named_with_what_stands_on_them(void **state)
{
    char form[160];
    int last = (int)office_number(&office, "SELECT max(step_no) FROM step");
    (void)state;
    assert_int_equal(
        office_run(&office, "cancel", office_code(&office, "Anna"), NULL), BW_EXIT_DONE);
    (void)snprintf(form, sizeof form, "stap=%d&stap=%d", last - 1, last);
    assert_int_equal(desk_post(&desk, "/terug", form), 409);
    assert_int_equal(people(), 2);
    (void)snprintf(form, sizeof form, "name=\"stap\" value=\"%d\">", last - 1);
    shows(form);
    (void)snprintf(form, sizeof form, "stap=%d&stap=%d&samen=%s&naar=/inlezen", last,
        last - 1, desk_field(&desk, "samen"));
    assert_int_equal(desk_post(&desk, "/terug", form), 303);
    assert_int_equal(people(), 0);
}

static void
what_was_taken_back_is_named_and_may_be_done_after_all(void **state)
{
    (void)state;
    char form[64];
    assert_int_equal(
        office_run(&office, "cancel", office_code(&office, "Mo"), NULL), BW_EXIT_DONE);
    (void)snprintf(form, sizeof form, "naar=/&stap=%d",
        (int)office_number(&office, "SELECT max(step_no) FROM step"));
    assert_int_equal(desk_post(&desk, "/terug", form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("“Afgemeld” is ongedaan gemaakt; 1 mens heeft weer wat het was.");
    shows("Doe het toch");
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("Toch gedaan");
    shows("Maak ongedaan");
}

static void
more_steps_than_go_at_once_are_asked_to_be_fewer(void **state)
{
    char form[16 * (BW_WEB_STEPS_MAX + 2)];
    int used = snprintf(form, sizeof form, "naar=/");
    (void)state;
    for (int step = 1; step <= BW_WEB_STEPS_MAX + 1; step++) {
        used += snprintf(form + used, sizeof form - (size_t)used, "&stap=%d", step);
    }
    assert_int_equal(desk_post(&desk, "/terug", form), 409);
    shows("vink er minder aan");
    assert_int_equal(people(), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(of_two_files_none_stays_where_later_work_stands_on_the_second),
        ON_DESK(of_two_files_none_goes_alone_where_later_work_stands_on_the_first),
        ON_DESK(files_that_were_ticked_go_and_come_back_at_once),
        ON_DESK(a_file_that_was_taken_back_is_put_back_by_itself),
        ON_DESK(none_ticked_is_told_and_changes_nothing),
        ON_DESK(ticked_files_are_named_with_what_stands_on_them),
        ON_DESK(what_was_taken_back_is_named_and_may_be_done_after_all),
        ON_DESK(more_steps_than_go_at_once_are_asked_to_be_fewer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
