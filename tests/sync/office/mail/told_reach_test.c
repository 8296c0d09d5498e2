/* Whom no mail goes to: an address that came back, and who wants none. */
#include "office/mail/told_reach.h"
#include "tests/sync/one_office.h"

#include <stdlib.h>
#include <string.h>

static const char form[] =
    "Tijdstempel,Naam,Functie,School,E-mailadres\n"
    "10-02-2025 12:01,Anna Vos,brugfunctionaris,De Brug,anna@school.example\n"
    "10-02-2025 12:02,Bas Mol,brugfunctionaris,De Brug,bas@school.example\n"
    "10-02-2025 12:03,Cor Wit,brugfunctionaris,De Brug,Anna@school.example\n"
    "10-02-2025 12:04,Dee Bol,brugfunctionaris,De Brug,\n";

static const char *day = "2025-03-10T10:00:00";

#define RUN(...) office_run(&office, __VA_ARGS__, "--clock", day, NULL)

static int
open_full(void **state)
{
    (void)state;
    office_open(&office, 20, false);
    assert_int_equal(RUN("import", "registrations", office_write(&office, "f.csv", form),
                         "--session", "S-1"),
        BW_EXIT_LOOK); /* two on one address */
    assert_int_equal(RUN("settle", "Cor", "other", "--why", "x"), BW_EXIT_DONE);
    return 0;
}

/* "Anna Bas | Dee:no_address", by sign-up: whom mail reaches, and whom it doesn't. */
static const char *
due(void)
{
    static char text[512];
    enum bw_exit result;
    size_t i, used = 0;
    json_t *one,
        *root = office_json(&office, &result, "mail", "--check", "--clock", day, NULL);
    assert_non_null(root);
    json_array_foreach(json_object_get(root, "due"), i, one)
    {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s ",
            json_string_value(json_object_get(one, "first_name")));
    }
    used += (size_t)snprintf(text + used, sizeof text - used, "|");
    json_array_foreach(json_object_get(root, "hindered"), i, one)
    {
        used += (size_t)snprintf(text + used, sizeof text - used, " %s:%s",
            json_string_value(json_object_get(one, "first_name")),
            json_string_value(json_object_get(one, "why")));
    }
    json_decref(root);
    return text;
}

static void
whose_mail_came_back_is_passed_over_with_all_who_have_that_address(void **state)
{
    (void)state;
    assert_string_equal(due(), "Anna Bas Cor | Dee:no_address");
    assert_int_equal(
        RUN("mail", "back", "anna vos", "--why", "bestaat niet"), BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "came back"));
    assert_string_equal(
        due(), "Bas | Anna:came_back Cor:came_back Dee:no_address"); /* TR2 */
    assert_int_equal(
        RUN("mail", "--out", office_path(&office, "m"), "--mail-from", "ria@x.nl"),
        BW_EXIT_LOOK);
    assert_string_equal(due(), "| Anna:came_back Cor:came_back Dee:no_address");
}

static void
who_wants_none_is_passed_over_alone_and_is_listed_to_be_called(void **state)
{
    (void)state;
    assert_int_equal(RUN("mail", "none", "anna vos"), BW_EXIT_DONE);
    assert_string_equal(due(), "Bas Cor | Anna:wants_none Dee:no_address");
    assert_int_equal(RUN("mail", "--check"), BW_EXIT_LOOK);
    assert_non_null(strstr(office.out, "wants no mail"));
    assert_int_equal(RUN("mail", "--told", "anna vos"), BW_EXIT_DONE);
    assert_string_equal(due(), "Bas Cor | Dee:no_address");
}

static void
it_ends_by_a_word_and_by_taking_the_step_back(void **state)
{
    (void)state;
    assert_int_equal(RUN("mail", "none", "Bas"), BW_EXIT_DONE);
    assert_int_equal(RUN("mail", "back", "Bas"), BW_EXIT_DONE);
    assert_int_equal(RUN("mail", "back", "Bas"), BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "Nothing was changed"));
    assert_int_equal(RUN("mail", "again", "Bas"), BW_EXIT_DONE);
    assert_string_equal(due(), "Anna Bas Cor | Dee:no_address");
    assert_int_equal(RUN("undo"), BW_EXIT_DONE);
    assert_string_equal(due(), "Anna Cor | Bas:wants_none Dee:no_address"); /* TR1 */
    assert_int_equal(RUN("undo"), BW_EXIT_DONE);                            /* back */
    assert_int_equal(RUN("undo"), BW_EXIT_DONE);                            /* none */
    assert_string_equal(due(), "Anna Bas Cor | Dee:no_address");
}

/* Of those whose mail came back, as what there is to do has it. */
static int64_t
to_call(void)
{
    enum bw_exit result;
    int64_t count = 0;
    size_t i;
    json_t *todo, *root = office_json(&office, &result, "--clock", day, NULL);
    assert_non_null(root);
    json_array_foreach(json_object_get(root, "todo"), i, todo)
    {
        if (strcmp(json_string_value(json_object_get(todo, "kind")), "mail_back") == 0) {
            count = strtoll(
                json_string_value(json_object_get(todo, "text")) + strlen("S-1: "), NULL,
                10);
        }
    }
    json_decref(root);
    return count;
}

static void
that_mail_came_back_is_to_do_until_they_know_or_are_reached(void **state)
{
    (void)state;
    assert_int_equal(to_call(), 0);
    assert_int_equal(RUN("mail", "back", "anna vos"), BW_EXIT_DONE);
    assert_int_equal(to_call(), 2); /* Cor has that address too */
    assert_int_equal(RUN("mail", "--told", "anna vos"), BW_EXIT_DONE);
    assert_int_equal(to_call(), 1);
    assert_int_equal(RUN("mail", "none", "Cor"), BW_EXIT_DONE);
    assert_int_equal(to_call(), 0);
    assert_int_equal(RUN("undo"), BW_EXIT_DONE);
    assert_int_equal(to_call(), 1);
    assert_int_equal(RUN("correct", "Cor", "mail=cor@x.example"), BW_EXIT_DONE);
    assert_int_equal(to_call(), 0);
    assert_int_equal(RUN("mail", "back", "Bas"), BW_EXIT_DONE);
    assert_int_equal(to_call(), 1);
    assert_int_equal(RUN("mail", "again", "Bas"), BW_EXIT_DONE);
    assert_int_equal(to_call(), 0);
}

/* It was told before that mail came back: that says nothing. */
static void
who_was_told_before_is_to_be_called_again(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "mail", "--told", "Bas", "--clock",
                         "2025-03-09T10:00:00", NULL),
        BW_EXIT_DONE);
    assert_int_equal(RUN("mail", "back", "Bas"), BW_EXIT_DONE);
    assert_int_equal(to_call(), 1);
    assert_int_equal(RUN("cancel", "Bas"), BW_EXIT_DONE);
    assert_int_equal(to_call(), 0);
}

static void
of_a_circle_that_is_over_or_called_off_nobody_is_to_be_called(void **state)
{
    (void)state;
    assert_int_equal(RUN("mail", "back", "Bas"), BW_EXIT_DONE);
    assert_int_equal(RUN("session", "cancel", "S-1"), BW_EXIT_DONE);
    assert_int_equal(to_call(), 0);
    assert_int_equal(RUN("undo"), BW_EXIT_DONE);
    assert_int_equal(to_call(), 1);
    day = "2025-03-26T10:00:00";
    assert_int_equal(to_call(), 0);
    day = "2025-03-10T10:00:00";
}

static void
another_address_is_reached_again(void **state)
{
    (void)state;
    assert_int_equal(RUN("mail", "back", "Bas"), BW_EXIT_DONE);
    assert_int_equal(
        RUN("import", "registrations",
            office_write(&office, "g.csv",
                "Tijdstempel,Naam,Functie,School,E-mailadres\n"
                "10-02-2025 12:02,Bas Mol,brugfunctionaris,De Brug,bm@x.example\n"),
            "--session", "S-1"),
        BW_EXIT_DONE);
    assert_string_equal(due(), "Anna Bas Cor | Dee:no_address");
}

/* What is shown beside somebody is about what holds of them. */
static void
the_reason_is_that_of_what_holds(void **state)
{
    struct bw_told_reached reached;
    struct bw_error err = {.text = ""};
    struct bw_central *central = NULL;
    (void)state;
    assert_int_equal(RUN("mail", "none", "Bas", "--why", "vroeg erom"), BW_EXIT_DONE);
    assert_int_equal(RUN("mail", "back", "Bas", "--why", "bestaat niet"), BW_EXIT_DONE);
    assert_int_equal(RUN("correct", "Bas", "mail=bm@x.example"), BW_EXIT_DONE);
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    bw_code code = (bw_code)office_number(&office, "SELECT code FROM registration WHERE"
                                                   " first_name = 'Bas'");
    assert_int_equal(bw_told_reach_read(central, code, &reached, &err), BW_OK);
    assert_false(reached.came_back);
    assert_true(reached.wants_none);
    assert_string_equal(reached.why, "vroeg erom");
    bw_central_close(central);
}

static void
of_who_has_no_address_nothing_came_back(void **state)
{
    (void)state;
    assert_int_equal(RUN("mail", "back", "Dee"), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "no address"));
    assert_int_equal(RUN("mail", "none", "Nobody"), BW_EXIT_FAILED);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM mail_state"), 0);
}

static void
who_is_joined_brings_it_along_and_takes_it_back(void **state)
{
    (void)state;
    assert_int_equal(RUN("mail", "none", "Bas"), BW_EXIT_DONE);
    assert_int_equal(RUN("merge-people", "anna vos", "Bas"), BW_EXIT_DONE);
    assert_string_equal(
        due(), "Cor | Bas:wants_none Dee:no_address"); /* the last answers */
    assert_int_equal(RUN("undo"), BW_EXIT_DONE);
    assert_string_equal(due(), "Anna Cor | Bas:wants_none Dee:no_address");
}

/* Their wish went along: it is taken back with the joining, or after it. */
static void
what_went_along_with_who_was_joined_is_not_taken_back_under_it(void **state)
{
    (void)state;
    assert_int_equal(RUN("mail", "none", "Bas"), BW_EXIT_DONE);
    char wish[24], joined[24];
    (void)snprintf(wish, sizeof wish, "%lld",
        (long long)office_number(&office, "SELECT max(step_no) FROM step"));
    assert_int_equal(RUN("merge-people", "anna vos", "Bas"), BW_EXIT_DONE);
    (void)snprintf(joined, sizeof joined, "step %lld was built on it",
        (long long)office_number(&office, "SELECT max(step_no) FROM step"));
    assert_int_equal(RUN("undo", wish), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, joined));
    assert_int_equal(RUN("undo"), BW_EXIT_DONE);
    assert_int_equal(RUN("undo", wish), BW_EXIT_DONE);
    assert_string_equal(due(), "Anna Bas Cor | Dee:no_address");
}

static void
who_is_forgotten_leaves_nothing_of_it(void **state)
{
    (void)state;
    assert_int_equal(RUN("mail", "none", "Bas", "--why", "Bas is boos"), BW_EXIT_DONE);
    assert_int_equal(RUN("mail", "back", "Bas"), BW_EXIT_DONE);
    enum bw_exit result;
    json_t *all = office_json(&office, &result, "export-person", "Bas", NULL);
    assert_int_equal(json_array_size(json_object_get(all, "mail_states")), 2);
    json_decref(all);
    assert_int_equal(RUN("forget", "Bas", "--yes"), BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM mail_state"), 0);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM step WHERE why LIKE 'Bas%'"), 0);
}

static void
a_mailings_number_never_comes_again(void **state)
{
    (void)state;
    assert_int_equal(
        RUN("mail", "--out", office_path(&office, "m"), "--mail-from", "ria@x.nl"),
        BW_EXIT_LOOK);
    assert_int_equal(office_number(&office, "SELECT max(mailing_no) FROM told"), 1);
    assert_int_equal(RUN("mail", "--not-sent"), BW_EXIT_DONE);
    assert_int_equal(RUN("mail", "--out", office_path(&office, "n")), BW_EXIT_LOOK);
    assert_int_equal(
        office_number(&office, "SELECT min(mailing_no) FROM told"), 2); /* TM6 */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_full, close_office)
        WITH_OFFICE(whose_mail_came_back_is_passed_over_with_all_who_have_that_address),
        WITH_OFFICE(who_wants_none_is_passed_over_alone_and_is_listed_to_be_called),
        WITH_OFFICE(it_ends_by_a_word_and_by_taking_the_step_back),
        WITH_OFFICE(that_mail_came_back_is_to_do_until_they_know_or_are_reached),
        WITH_OFFICE(who_was_told_before_is_to_be_called_again),
        WITH_OFFICE(of_a_circle_that_is_over_or_called_off_nobody_is_to_be_called),
        WITH_OFFICE(another_address_is_reached_again),
        WITH_OFFICE(the_reason_is_that_of_what_holds),
        WITH_OFFICE(of_who_has_no_address_nothing_came_back),
        WITH_OFFICE(who_is_joined_brings_it_along_and_takes_it_back),
        WITH_OFFICE(what_went_along_with_who_was_joined_is_not_taken_back_under_it),
        WITH_OFFICE(who_is_forgotten_leaves_nothing_of_it),
        WITH_OFFICE(a_mailings_number_never_comes_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
