/* What a file would change is told person by person before it goes in: `import --check
 * --json`, "changes". */
#include "tests/sync/one_office.h"

#include <stdio.h>

#define ANNA                                                                             \
    "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"
#define BOB "10-2-2025 09:20,bob@twee.example,Bob Vos,OBS Twee,brugfunctionaris,Oost\n"
#define CAS "10-2-2025 09:30,cas@drie.example,Cas Bos,OBS Drie,brugfunctionaris,Oost\n"

/* S-1 has one place; S-2 another circle of its series. */
static int
setup(void **state)
{
    (void)state;
    office_open(&office, 1, false);
    office_second_circle(&office, 20);
    return 0;
}

static json_t *answer;

static int
teardown(void **state)
{
    json_decref(answer);
    answer = NULL;
    return close_office(state);
}

static const json_t *
change(const char *session, const char *lines, size_t at)
{
    enum bw_exit result;
    char text[2000];
    json_decref(answer);
    (void)snprintf(text, sizeof text, OFFICE_FORM "%s", lines);
    answer = office_json(&office, &result, "import", "registrations",
        office_write(&office, "form.csv", text), "--check", "--session", session, NULL);
    if (answer == NULL) {
        fail_msg("%s", office.diag);
    }
    return json_array_get(json_object_get(answer, "changes"), at);
}

static const char *
text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text != NULL ? text : "";
}

static void
who_waits_is_told_with_which_number(void **state)
{
    (void)state;
    const json_t *anna = change("S-1", ANNA BOB CAS, 0);
    assert_string_equal(text_of(anna, "name"), "Anna Visser");
    assert_string_equal(text_of(anna, "status"), "confirmed");
    assert_null(json_object_get(anna, "number"));
    assert_int_equal(json_number_of(change("S-1", ANNA BOB CAS, 1), "number"), 1);
    assert_int_equal(json_number_of(change("S-1", ANNA BOB CAS, 2), "number"), 2);
    assert_int_equal(office_sign_up(&office, ANNA CAS), BW_EXIT_DONE);
    const json_t *bob = change("S-1", ANNA BOB CAS, 0);
    assert_string_equal(text_of(bob, "name"), "Bob Vos");
    assert_int_equal(json_number_of(bob, "number"), 1); /* who signed up before Cas */
}

static void
who_has_a_place_in_another_circle_of_the_series_is_told(void **state)
{
    (void)state;
    assert_string_equal(text_of(change("S-2", ANNA, 0), "also_in"), "");
    assert_int_equal(office_sign_up(&office, ANNA BOB), BW_EXIT_DONE);
    assert_string_equal(
        text_of(change("S-2", ANNA BOB, 0), "also_in"), "Leerkring Zwolle");
    assert_string_equal(/* Bob waits there */
        text_of(change("S-2", ANNA BOB, 1), "also_in"), "");
}

static void
what_changes_of_somebody_is_told_field_by_field(void **state)
{
    (void)state;
    assert_int_equal(office_sign_up(&office, ANNA), BW_EXIT_DONE);
    const json_t *anna = change("S-1",
        "10-2-2025 09:10,anna@een.example,Anna Vissers,OBS Een,brugfunctionaris,Noord\n",
        0);
    const json_t *differs = json_object_get(anna, "differs");
    assert_false(json_is_true(json_object_get(anna, "fresh")));
    assert_string_equal(text_of(anna, "status"), "confirmed");
    assert_int_equal(json_array_size(differs), 2);
    assert_string_equal(text_of(json_array_get(differs, 0), "field"), "name");
    assert_string_equal(text_of(json_array_get(differs, 0), "was"), "Anna Visser");
    assert_string_equal(text_of(json_array_get(differs, 0), "becomes"), "Anna Vissers");
    assert_string_equal(text_of(json_array_get(differs, 1), "field"), "region");
    assert_string_equal(text_of(json_array_get(differs, 1), "was"), "Oost");
    assert_string_equal(text_of(json_array_get(differs, 1), "becomes"), "Noord");
}

/* The same time of sign-up: the same answer, corrected. */
static void
a_corrected_mail_address_is_told(void **state)
{
    (void)state;
    assert_int_equal(office_sign_up(&office, ANNA), BW_EXIT_DONE);
    const json_t *differs = json_object_get(
        change("S-1",
            "10-2-2025 09:10,ann@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n",
            0),
        "differs");
    assert_int_equal(json_array_size(differs), 1);
    assert_string_equal(text_of(json_array_get(differs, 0), "field"), "email");
    assert_string_equal(text_of(json_array_get(differs, 0), "was"), "anna@een.example");
    assert_string_equal(
        text_of(json_array_get(differs, 0), "becomes"), "ann@een.example");
}

/* A married name: of one address and one first name the same person is the likeliest. */
static void
whose_answer_is_in_doubt_is_told_with_what_is_likely(void **state)
{
    (void)state;
    assert_int_equal(office_sign_up(&office, ANNA), BW_EXIT_DONE);
    (void)change("S-1",
        "11-2-2025 10:00,anna@een.example,Anna de Wit-Vos,OBS Een,brugfunctionaris,Oost\n"
        "11-2-2025 10:10,anna@een.example,Karel Smit,OBS Een,brugfunctionaris,Oost\n",
        0);
    const json_t *doubts = json_object_get(answer, "in_doubt");
    const json_t *anna = json_array_get(doubts, 0);
    assert_int_equal(json_number_of(anna, "line"), 2);
    assert_string_equal(text_of(anna, "doubt"), "mail");
    assert_string_equal(text_of(anna, "likely"), "same");
    assert_string_equal(text_of(json_object_get(anna, "known"), "name"), "Anna Visser");
    assert_string_equal(text_of(json_array_get(doubts, 1), "likely"), "other");
}

static void
an_earlier_time_of_sign_up_is_a_change_too(void **state)
{
    (void)state;
    assert_int_equal(office_sign_up(&office, BOB), BW_EXIT_DONE);
    const json_t *differs = json_object_get(
        change("S-1",
            "9-2-2025 09:20,bob@twee.example,Bob Vos,OBS Twee,brugfunctionaris,Oost\n",
            0),
        "differs");
    assert_int_equal(json_array_size(differs), 1);
    assert_string_equal(text_of(json_array_get(differs, 0), "field"), "timestamp");
    assert_string_equal(
        text_of(json_array_get(differs, 0), "was"), "2025-02-10T09:20:00+01:00");
    assert_string_equal(
        text_of(json_array_get(differs, 0), "becomes"), "2025-02-09T09:20:00+01:00");
}

static void
who_had_cancelled_and_signs_up_again_is_told_with_what_they_get(void **state)
{
    (void)state;
    assert_int_equal(office_sign_up(&office, ANNA), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "cancel", office_code(&office, "Anna"), NULL), BW_EXIT_DONE);
    const json_t *anna = change("S-1",
        ANNA
        "17-3-2025 12:30,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n",
        0);
    assert_true(json_is_true(json_object_get(anna, "again")));
    assert_string_equal(text_of(anna, "status"), "confirmed");
}

/* ---- what isn't taken over (PL9) ---- */

#define ANNA_ANEW                                                                        \
    "10-2-2025 09:10,anna@een.example,Anna Vissers,OBS Twee,brugfunctionaris,Noord\n"

static enum bw_exit
import_without(const char *lines, const char *skip)
{
    char form[2000];
    (void)snprintf(form, sizeof form, OFFICE_FORM "%s", lines);
    return office_run(&office, "import", "registrations",
        office_write(&office, "form.csv", form), "--session", "S-1", "--skip", skip,
        NULL);
}

static void
a_field_that_is_refused_stays_as_it_is_known(void **state)
{
    (void)state;
    assert_int_equal(office_sign_up(&office, ANNA), BW_EXIT_DONE);
    assert_int_equal(import_without(ANNA_ANEW, "2.school"), BW_EXIT_DONE);
    assert_string_equal(
        office_text(&office, "SELECT name FROM registration"), "Vissers|");
    assert_string_equal(
        office_text(&office, "SELECT school FROM registration"), "OBS Een|");
    assert_string_equal(
        office_text(&office, "SELECT region FROM registration"), "Noord|");
    assert_int_equal(import_without(ANNA_ANEW, "2.school"), BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "0 added, 0 changed"));
    assert_string_equal(
        office_text(&office, "SELECT school FROM registration"), "OBS Een|");
}

static void
a_name_that_is_refused_leads_to_nobody_else(void **state)
{
    (void)state;
    assert_int_equal(office_sign_up(&office, ANNA), BW_EXIT_DONE);
    assert_int_equal(import_without(ANNA_ANEW, "2.name,2.school"), BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "0 added, 1 changed"));
    assert_string_equal(office_text(&office, "SELECT name FROM registration"), "Visser|");
    assert_string_equal(
        office_text(&office, "SELECT region FROM registration"), "Noord|");
    assert_int_equal(office_sign_up(&office, ANNA), BW_EXIT_DONE); /* the same person */
    assert_int_equal(office_number(&office, "SELECT count(*) FROM person"), 1);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM person_alias"), 0);
}

static void
an_address_that_is_refused_stays_while_the_name_is_taken(void **state)
{
    (void)state;
    assert_int_equal(office_sign_up(&office, ANNA), BW_EXIT_DONE);
    assert_int_equal(
        import_without("10-2-2025 "
                       "09:10,ann@een.example,Anna Vissers,OBS Een,brugfunctionaris,"
                       "Oost\n",
            "2.email"),
        BW_EXIT_DONE);
    assert_string_equal(
        office_text(&office, "SELECT mail FROM person"), "anna@een.example|");
    assert_string_equal(
        office_text(&office, "SELECT name FROM registration"), "Vissers|");
    assert_int_equal(
        office_sign_up(&office,
            "10-2-2025 09:10,anna@een.example,Anna Vissers,OBS Een,brugfunctionaris,"
            "Oost\n"),
        BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "0 added, 0 changed"));
}

static void
who_is_refused_whole_is_told_and_isnt_changed(void **state)
{
    (void)state;
    assert_int_equal(office_sign_up(&office, ANNA), BW_EXIT_DONE);
    assert_int_equal(import_without("9-2-2025 09:10,anna@een.example,Anna Visser,OBS "
                                    "Een,brugfunctionaris,Oost\n",
                         "2.timestamp"),
        BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "0 added, 0 changed"));
    assert_int_equal(import_without(ANNA_ANEW, "2.name,2.school,2.region"), BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "0 added, 0 changed"));
    int64_t steps =
        office_number(&office, "SELECT count(*) FROM step"); /* that kept it */
    assert_int_equal(import_without(ANNA_ANEW, "2.name,2.school,2.region"), BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"), steps);
    assert_string_equal(
        office_text(&office, "SELECT school FROM registration"), "OBS Een|");
}

#define BO "10-2-2025 09:40,bo@een.example,Bo Mol,OBS Een,brugfunctionaris,Oost\n"
#define SCHOOL(name)                                                                     \
    "10-2-2025 09:10,anna@een.example,Anna Visser," name ",brugfunctionaris,Oost\n"

static void
school_is(const char *school)
{
    char want[80];
    (void)snprintf(want, sizeof want, "%s|", school);
    assert_string_equal(
        office_text(&office, "SELECT school FROM registration WHERE name LIKE 'Visser%'"),
        want);
}

static int64_t
refusals(void)
{
    return office_number(&office, "SELECT count(*) FROM learned WHERE kind = 24");
}

/* The same again isn't asked again; something else is, and what was refused is asked once
 * that was taken back. */
static void
what_was_refused_stays_so_until_the_file_says_something_else(void **state)
{
    (void)state;
    assert_int_equal(office_sign_up(&office, ANNA), BW_EXIT_DONE);
    assert_int_equal(import_without(SCHOOL("OBS Twee"), "2.school"), BW_EXIT_DONE);
    assert_int_equal(refusals(), 1);
    assert_int_equal(office_sign_up(&office, SCHOOL("OBS Twee") BO), BW_EXIT_DONE);
    says("1 added, 0 changed");
    says("was refused before");
    school_is("OBS Een");
    assert_int_equal(refusals(), 1);
    assert_int_equal(office_sign_up(&office, SCHOOL("OBS Drie") BO), BW_EXIT_DONE);
    school_is("OBS Drie");
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE); /* Drie */
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE); /* Bo */
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE); /* the refusal */
    assert_int_equal(office_sign_up(&office, SCHOOL("OBS Twee") BO), BW_EXIT_DONE);
    school_is("OBS Twee");
}

static void
a_name_and_a_time_that_were_refused_stay_so(void **state)
{
#define EARLIER                                                                          \
    "9-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"
    (void)state;
    assert_int_equal(office_sign_up(&office, ANNA), BW_EXIT_DONE);
    assert_int_equal(import_without(ANNA_ANEW, "2.name,2.school"), BW_EXIT_DONE);
    assert_int_equal(office_sign_up(&office, ANNA_ANEW BO), BW_EXIT_DONE);
    says("1 added, 0 changed");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM person"), 2);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM person_alias"), 0);
    school_is("OBS Een");
    int64_t before = office_number(
        &office, "SELECT signed_up_ms FROM registration WHERE name = 'Visser'");
    assert_int_equal(import_without(EARLIER, "2.timestamp"), BW_EXIT_DONE);
    assert_int_equal(office_sign_up(&office, EARLIER BO), BW_EXIT_DONE);
    says("0 added, 0 changed");
    assert_int_equal(office_number(&office, "SELECT signed_up_ms FROM registration"
                                            " WHERE name = 'Visser'"),
        before);
}

static void
what_was_refused_is_listed_and_asked_again_on_request(void **state)
{
    char what[40];
    enum bw_exit result;
    (void)state;
    assert_int_equal(office_sign_up(&office, ANNA), BW_EXIT_DONE);
    assert_int_equal(import_without(SCHOOL("OBS Twee"), "2.school"), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "settings", "refused", NULL), BW_EXIT_DONE);
    says(".school  Anna Visser, Leerkring Zwolle: OBS Twee\n");
    (void)snprintf(what, sizeof what, "%s.school", office_code(&office, "Anna"));
    assert_int_equal(
        office_run(&office, "settings", "refused", what, NULL), BW_EXIT_DONE);
    json_t *root = office_json(&office, &result, "settings", "refused", NULL);
    assert_int_equal(json_array_size(json_object_get(root, "refused")), 0);
    json_decref(root);
    assert_int_equal(
        office_run(&office, "settings", "refused", what, NULL), BW_EXIT_FAILED);
    assert_int_equal(
        office_run(&office, "settings", "refused", "K7QM", NULL), BW_EXIT_FAILED);
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    assert_int_equal(office_sign_up(&office, SCHOOL("OBS Twee") BO), BW_EXIT_DONE);
    school_is("OBS Een");
    assert_int_equal(
        office_run(&office, "settings", "refused", what, NULL), BW_EXIT_DONE);
    assert_int_equal(office_sign_up(&office, SCHOOL("OBS Twee") CAS), BW_EXIT_DONE);
    school_is("OBS Twee");
}

static void
what_was_refused_is_theirs_and_goes_with_them(void **state)
{
    enum bw_exit result;
    (void)state;
    assert_int_equal(office_sign_up(&office, ANNA BO), BW_EXIT_DONE);
    assert_int_equal(import_without(SCHOOL("OBS Twee"), "2.school"), BW_EXIT_DONE);
    json_t *all = office_json(&office, &result, "export-person", "Anna", NULL);
    const json_t *refused = json_object_get(all, "refused");
    assert_int_equal(json_array_size(refused), 1);
    assert_string_equal(text_of(json_array_get(refused, 0), "said"), "OBS Twee");
    json_decref(all);
    all = office_json(&office, &result, "export-person", "Bo", NULL);
    assert_int_equal(json_array_size(json_object_get(all, "refused")), 0);
    json_decref(all);
    assert_int_equal(office_run(&office, "forget", "Bo", "--yes", NULL), BW_EXIT_DONE);
    assert_int_equal(refusals(), 1);
    assert_int_equal(office_run(&office, "forget", "Anna", "--yes", NULL), BW_EXIT_DONE);
    assert_int_equal(refusals(), 0);
}

static void
what_was_refused_goes_with_the_circle_that_is_purged(void **state)
{
    (void)state;
    assert_int_equal(office_sign_up(&office, ANNA), BW_EXIT_DONE);
    assert_int_equal(import_without(SCHOOL("OBS Twee"), "2.school"), BW_EXIT_DONE);
    assert_int_equal(refusals(), 1);
    assert_int_equal(office_run(&office, "purge", "--before", "2026-01-01", "--clock",
                         "2026-06-01T10:00:00", NULL),
        BW_EXIT_DONE);
    assert_int_equal(refusals(), 0);
}

static void
what_is_no_field_of_a_line_is_wrong_use(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "2.", "2.schools", ".school", "2.school.", "2.code"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(import_without(ANNA, wrong[i]), BW_EXIT_USAGE);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        WITH_OFFICE(what_was_refused_stays_so_until_the_file_says_something_else),
        WITH_OFFICE(a_name_and_a_time_that_were_refused_stay_so),
        WITH_OFFICE(what_was_refused_is_listed_and_asked_again_on_request),
        WITH_OFFICE(what_was_refused_is_theirs_and_goes_with_them),
        WITH_OFFICE(what_was_refused_goes_with_the_circle_that_is_purged),
        cmocka_unit_test_setup_teardown(
            who_waits_is_told_with_which_number, setup, teardown),
        cmocka_unit_test_setup_teardown(
            who_has_a_place_in_another_circle_of_the_series_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(
            what_changes_of_somebody_is_told_field_by_field, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_corrected_mail_address_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(
            whose_answer_is_in_doubt_is_told_with_what_is_likely, setup, teardown),
        cmocka_unit_test_setup_teardown(
            an_earlier_time_of_sign_up_is_a_change_too, setup, teardown),
        cmocka_unit_test_setup_teardown(
            who_had_cancelled_and_signs_up_again_is_told_with_what_they_get, setup,
            teardown),
        cmocka_unit_test_setup_teardown(
            a_field_that_is_refused_stays_as_it_is_known, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_name_that_is_refused_leads_to_nobody_else, setup, teardown),
        cmocka_unit_test_setup_teardown(
            an_address_that_is_refused_stays_while_the_name_is_taken, setup, teardown),
        cmocka_unit_test_setup_teardown(
            who_is_refused_whole_is_told_and_isnt_changed, setup, teardown),
        cmocka_unit_test_setup_teardown(
            what_is_no_field_of_a_line_is_wrong_use, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
