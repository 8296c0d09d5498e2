/* How a file was read is told before it goes in: `import --check --json`, "read". */

#include "tests/sync/one_office.h"

#include <stdio.h>

#define ROW(at, who, region)                                                             \
    "10-02-2025 09:" at "," who "@x.example," who                                        \
    " Vos,OBS Een,brugfunctionaris," region ",Is er parkeerruimte?\n"
#define HEADING                                                                          \
    "Tijdstempel,E-mailadres,Hoe heet je?,School,Functie,In welke regio?,Nog vragen?\n"

/* S-1 is Leerkring Zwolle, of region Oost; S-2 another circle of its series. */
static int
setup(void **state)
{
    (void)state;
    office_open(&office, 20, false);
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

/* What is read of a file, with one more option and its word, or none. */
static const json_t *
reading(const char *path, const char *session, const char *option, const char *word)
{
    enum bw_exit result;
    json_decref(answer);
    answer = office_json(&office, &result, "import", "registrations", path, "--check",
        session != NULL ? "--session" : option, session != NULL ? session : word,
        session != NULL ? option : NULL, word, NULL);
    if (result > BW_EXIT_LOOK) {
        fail_msg("%s", office.diag);
    }
    return json_object_get(answer, "read");
}

static const char *
text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text != NULL ? text : "";
}

static const json_t *
item(const json_t *read, const char *list, size_t at)
{
    return json_array_get(json_object_get(read, list), at);
}

static void
each_column_says_what_it_is_and_why(void **state)
{
    (void)state;
    const char *path = office_write(&office, "form.csv",
        "Tijdstempel,Wie ben je eigenlijk,Schol,School,Functie,E-mailadres\n"
        "10-02-2025 09:10,Ank Vos,-,OBS Een,brugfunctionaris,ank@x.example\n");
    const json_t *read = reading(path, "S-1", "--map", "name=Wie ben je eigenlijk");
    assert_string_equal(text_of(item(read, "columns", 0), "field"), "timestamp");
    assert_string_equal(text_of(item(read, "columns", 0), "by"), "heading");
    assert_string_equal(
        text_of(item(read, "columns", 1), "heading"), "Wie ben je eigenlijk");
    assert_string_equal(text_of(item(read, "columns", 1), "field"), "name");
    assert_string_equal(text_of(item(read, "columns", 1), "by"), "request");
    assert_string_equal(text_of(item(read, "columns", 1), "sample"), "Ank Vos");
    assert_string_equal(text_of(item(read, "columns", 2), "by"), "nothing");
    assert_int_equal(json_array_size(json_object_get(read, "columns")), 6);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 0);
    assert_int_equal(office_run(&office, "import", "registrations", path, "--session",
                         "S-1", "--map", "name=Wie ben je eigenlijk", NULL),
        BW_EXIT_LOOK);
    read = reading(path, "S-1", NULL, NULL); /* as was said before */
    assert_string_equal(text_of(item(read, "columns", 1), "by"), "learned");
}

static void
spellings_of_a_region_say_how_often_and_for_what(void **state)
{
    (void)state;
    const char *path = office_write(&office, "form.csv",
        HEADING ROW("10", "ank", "Oost") ROW("11", "bob", "regio oost")
            ROW("12", "cas", "Twente") ROW("13", "dik", "Twente"));
    const json_t *read = reading(path, "S-1", "--alias", "Twente=Oost");
    assert_int_equal(json_array_size(json_object_get(read, "regions")), 3);
    assert_string_equal(text_of(item(read, "regions", 1), "written"), "regio oost");
    assert_string_equal(text_of(item(read, "regions", 1), "means"), "Oost");
    assert_string_equal(text_of(item(read, "regions", 2), "written"), "Twente");
    assert_string_equal(text_of(item(read, "regions", 2), "means"), "Oost");
    assert_int_equal(json_number_of(item(read, "regions", 2), "rows"), 2);
}

static void
the_first_three_rows_are_told_as_they_are_read(void **state)
{
    (void)state;
    const char *path = office_write(&office, "form.csv",
        HEADING ROW("10", "ank", "regio oost") ROW("11", "bob", "Oost")
            ROW("12", "cas", "Oost") ROW("13", "dik", "Oost"));
    const json_t *read = reading(path, "S-1", NULL, NULL);
    assert_int_equal(json_array_size(json_object_get(read, "rows")), 3);
    assert_int_equal(json_number_of(item(read, "rows", 0), "line"), 2);
    assert_string_equal(text_of(item(read, "rows", 0), "name"), "ank Vos");
    assert_string_equal(text_of(item(read, "rows", 0), "region"), "Oost");
    assert_string_equal(
        text_of(item(read, "rows", 0), "signed_up"), "2025-02-10T09:10:00+01:00");
}

static void
the_circle_says_how_it_is_known_and_what_speaks_for_it(void **state)
{
    (void)state;
    const char *path = office_write(&office, "Leerkring Zwolle (antwoorden).csv",
        HEADING ROW("10", "ank", "Oost") ROW("11", "bob", "Noord"));
    const json_t *circle = json_object_get(reading(path, NULL, NULL, NULL), "circle");
    assert_string_equal(text_of(circle, "by"), "name");
    assert_string_equal(text_of(circle, "session"), "S-1");
    assert_string_equal(text_of(circle, "named"), "S-1");
    assert_int_equal(json_number_of(circle, "own_region"), 1);
    assert_int_equal(json_number_of(circle, "other_region"), 1);
    assert_int_equal(json_number_of(circle, "here"), 0);
    assert_true(
        office_run(&office, "import", "registrations", path, NULL) <= BW_EXIT_LOOK);
    circle = json_object_get(reading(path, "S-2", "--yes", NULL), "circle");
    assert_string_equal(text_of(circle, "by"), "request");
    assert_int_equal(json_number_of(circle, "elsewhere"), 2);
    assert_string_equal(text_of(circle, "most_in"), "S-1");
    circle = json_object_get(reading(path, "S-1", NULL, NULL), "circle");
    assert_int_equal(json_number_of(circle, "here"), 2);
}

/* Nothing of it may move a cursor, or turn the text around. */
static void
what_a_hostile_file_says_is_told_defused(void **state)
{
    (void)state;
    const char *path = office_write(&office, "form.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio,\xe2\x80\xae"
        "gpj\x1b[2J\n"
        "10-02-2025 09:10,a@x.example,Ank Vos,OBS Een,brugfunctionaris,Oost,"
        "\xe2\x80\xae\x1b]0;x\x07\n");
    const json_t *column = item(reading(path, "S-1", NULL, NULL), "columns", 6);
    assert_string_equal(text_of(column, "heading"), "???gpj?[2J");
    assert_string_equal(text_of(column, "sample"), "????]0;x?");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            each_column_says_what_it_is_and_why, setup, teardown),
        cmocka_unit_test_setup_teardown(
            spellings_of_a_region_say_how_often_and_for_what, setup, teardown),
        cmocka_unit_test_setup_teardown(
            the_first_three_rows_are_told_as_they_are_read, setup, teardown),
        cmocka_unit_test_setup_teardown(
            the_circle_says_how_it_is_known_and_what_speaks_for_it, setup, teardown),
        cmocka_unit_test_setup_teardown(
            what_a_hostile_file_says_is_told_defused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
