/* `import schools`: the list of schools that are to be reached. */
#include "tests/sync/one_office.h"

#include <brugwachter/limits.h>
#include <stdlib.h>
#include <string.h>

#define HEAD                                                                             \
    "PROVINCIE;BEVOEGD GEZAG NUMMER;INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;"      \
    "STRAATNAAM;POSTCODE;PLAATSNAAM;GEMEENTENAAM\n"
#define KLIM "Overijssel;41234;00AD;00AD00;OBS De Klim;Kerkstraat;8011 AA;ZWOLLE;Zwolle\n"
#define BRUG "Groningen;41235;00AE;00AE00;De Brug;Dorpsweg;9711 AA;GRONINGEN;Groningen\n"
#define BRUGGE                                                                           \
    "Groningen;41235;00AE;00AE00;De Brugge;Dorpsweg;9711 AA;GRONINGEN;Groningen\n"
#define VEEN "Drenthe;41236;00AF;00AF00;'t Veen;Veenweg;9401 AA;ASSEN;Assen\n"

static int
open_small(void **state)
{
    (void)state;
    office_open(&office, 3, false);
    return 0;
}

static json_t *
take(const char *text, enum bw_exit expected)
{
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "import", "schools",
        office_write(&office, "scholen.csv", text), NULL);
    if (result != expected) {
        fail_msg("%s%s", office.out, office.diag);
    }
    return answer;
}

static void
took(const char *text, int added, int changed)
{
    json_t *answer = take(text, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "added"), added);
    assert_int_equal(json_number_of(answer, "changed"), changed);
    json_decref(answer);
}

static bool
notes_say(const json_t *answer, const char *part)
{
    const json_t *notes = json_object_get(answer, "notes");
    for (size_t i = 0; i < json_array_size(notes); i++) {
        if (strstr(json_string_value(json_array_get(notes, i)), part) != NULL) {
            return true;
        }
    }
    return false;
}

/* The list that stands. */
static const char *
list(void)
{
    return office_text(&office,
        "SELECT group_concat(code || ' ' || name || ' ' || town || ' ' || region, '; ')"
        " FROM (SELECT * FROM school WHERE step_no = (SELECT max(step_no) FROM school"
        " WHERE step_no IN (SELECT step_no FROM step WHERE undone_by = 0))"
        " ORDER BY school_no)");
}

static void
the_list_of_the_education_department_is_understood(void **state)
{
    (void)state;
    took(HEAD KLIM BRUG, 2, 0);
    assert_string_equal(list(),
        "00AD00 OBS De Klim ZWOLLE Overijssel; 00AE00 De Brug GRONINGEN Groningen|");
}

static void
a_list_of_ones_own_with_other_headings_is_too(void **state)
{
    (void)state;
    took("School,Plaats,Regio,BRIN\nDe Klim,Zwolle,Oost,00AD\nDe Brug,Groningen,,\n", 2,
        0);
    assert_string_equal(list(), "00AD De Klim Zwolle Oost;  De Brug Groningen |");
}

static void
the_same_list_again_changes_nothing_in_any_order(void **state)
{
    (void)state;
    took(HEAD KLIM BRUG, 2, 0);
    int64_t steps = office_number(&office, "SELECT count(*) FROM step");
    took(HEAD KLIM BRUG, 0, 0);
    took(HEAD BRUG KLIM, 0, 0);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"), steps);
}

static void
a_new_list_says_what_is_new_gone_and_changed(void **state)
{
    (void)state;
    took(HEAD KLIM BRUG, 2, 0);
    json_t *answer = take(HEAD BRUGGE VEEN, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "added"), 1);
    assert_int_equal(json_number_of(answer, "changed"), 2);
    assert_true(notes_say(answer, "\"De Brug, GRONINGEN\" → \"De Brugge, GRONINGEN\""));
    assert_true(notes_say(answer, "No longer on the list: 1 (\"OBS De Klim, ZWOLLE\")"));
    json_decref(answer);
}

/* The second would take the place of the first. */
static void
of_several_files_none_is_taken(void **state)
{
    char *one = strdup(office_write(&office, "basis.csv", HEAD KLIM));
    (void)state;
    assert_int_equal(office_run(&office, "import", "schools", one,
                         office_write(&office, "speciaal.csv", HEAD BRUG), NULL),
        BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "speciaal.csv: one file is the whole list"));
    free(one);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM school"), 0);
}

static void
it_is_one_step_that_undo_takes_back_to_the_list_of_before(void **state)
{
    (void)state;
    took(HEAD KLIM BRUG, 2, 0);
    took(HEAD KLIM, 0, 1);
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    took(HEAD KLIM BRUG, 0, 0);
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    took(HEAD KLIM BRUG, 2, 0); /* there was none */
}

static void
a_check_says_all_of_it_and_changes_nothing(void **state)
{
    (void)state;
    enum bw_exit result;
    (void)office_sign_up(&office,
        "10-2-2025 12:00:00,a@x.example,Anna Aa,De Klim,brugfunctionaris,Oost\n"
        "10-2-2025 12:00:00,b@x.example,Bert Bee,Klimop,brugfunctionaris,Oost\n");
    json_t *answer = office_json(&office, &result, "import", "schools", "--check",
        office_write(&office, "scholen.csv", HEAD KLIM), NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "added"), 1);
    assert_true(notes_say(answer, "Of 2 names of schools that people wrote, 1 aren't"));
    assert_true(notes_say(answer, "(\"Klimop\")"));
    json_decref(answer);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM school"), 0);
}

static void
a_row_without_a_name_is_said_and_rows_that_are_there_twice(void **state)
{
    (void)state;
    json_t *answer =
        take("School,Plaats\nDe Klim,Zwolle\n,Assen\nDe Klim,Zwolle\n", BW_EXIT_LOOK);
    const json_t *rejected = json_object_get(answer, "rejected");
    assert_int_equal(json_array_size(rejected), 1);
    assert_int_equal(json_number_of(json_array_get(rejected, 0), "line"), 3);
    assert_true(notes_say(answer, "Rows that say the same as another: 1"));
    json_decref(answer);
}

static void
a_file_without_schools_is_refused_and_the_list_stays(void **state)
{
    (void)state;
    took(HEAD KLIM, 1, 0);
    assert_int_equal(office_run(&office, "import", "schools",
                         office_write(&office, "leeg.csv", HEAD), NULL),
        BW_EXIT_FAILED);
    assert_int_equal(office_run(&office, "import", "schools",
                         office_write(&office, "ander.csv", "a,b\nc,d\n"), NULL),
        BW_EXIT_FAILED);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM school"), 1);
}

/* How many names the list doesn't tell, as the next check of it says. */
static void
names_beside(int count)
{
    char text[60];
    (void)snprintf(text, sizeof text, "that people wrote, %d aren't", count);
    json_t *answer = take(HEAD KLIM BRUG, BW_EXIT_DONE);
    assert_int_equal(notes_say(answer, text), count > 0);
    assert_int_equal(notes_say(answer, "that people wrote"), count > 0);
    json_decref(answer);
}

static void
what_a_name_means_is_settled_by_code_or_label_and_taken_back(void **state)
{
    (void)state;
    (void)office_sign_up(&office,
        "10-2-2025 12:00:00,a@x.example,Anna Aa,Klimop Noord,brugfunctionaris,Oost\n"
        "10-2-2025 12:00:00,b@x.example,Bert Bee,de brug,brugfunctionaris,Oost\n"
        "10-2-2025 12:00:00,c@x.example,Cees Cee,Ons Dorp,brugfunctionaris,Oost\n");
    took(HEAD KLIM BRUG, 2, 0);
    names_beside(2);
    assert_int_equal(
        office_run(&office, "settings", "school", "klimop noord=00ad00", NULL),
        BW_EXIT_DONE);
    names_beside(1);
    assert_int_equal(
        office_run(&office, "settings", "school", "Ons Dorp=de brug, groningen", NULL),
        BW_EXIT_DONE);
    names_beside(0);
    assert_int_equal(office_run(&office, "settings", "school", "Ons  dorp=00AE00", NULL),
        BW_EXIT_DONE);
    says("Nothing was changed");
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    names_beside(1);
}

static void
what_is_no_school_of_the_list_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    json_decref(take(HEAD KLIM KLIM BRUG, BW_EXIT_LOOK));
    int64_t steps = office_number(&office, "SELECT count(*) FROM step");
    assert_int_equal(office_run(&office, "settings", "school", "Klimop=De Klimop", NULL),
        BW_EXIT_USAGE);
    says("is no school of the list, or several");
    assert_int_equal(
        office_run(&office, "settings", "school", "Klimop=00AD00", NULL), BW_EXIT_USAGE);
    assert_int_equal(
        office_run(&office, "settings", "school", "=00AE00", NULL), BW_EXIT_USAGE);
    assert_int_equal(
        office_run(&office, "settings", "school", "Klimop", NULL), BW_EXIT_USAGE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"), steps);
}

/* It is known by its code in a newer list, too. */
static void
what_was_settled_holds_in_the_next_list_that_has_the_school(void **state)
{
    (void)state;
    (void)office_sign_up(&office,
        "10-2-2025 12:00:00,a@x.example,Anna Aa,Ons Dorp,brugfunctionaris,Oost\n");
    took(HEAD BRUG, 1, 0);
    assert_int_equal(
        office_run(&office, "settings", "school", "Ons Dorp=00AE00", NULL), BW_EXIT_DONE);
    json_t *answer = take(HEAD BRUGGE, BW_EXIT_DONE);
    assert_false(notes_say(answer, "aren't on this list"));
    json_decref(answer);
    answer = take(HEAD KLIM, BW_EXIT_DONE);
    assert_true(notes_say(answer, "aren't on this list"));
    json_decref(answer);
}

/* A step's line has no room for all of it; half a character would be no text. */
static void
what_is_settled_of_a_long_name_stays_text(void **state)
{
    char settles[BW_TITLE_BYTES + 16] = "";
    (void)state;
    took(HEAD KLIM, 1, 0);
    for (int i = 0; i < BW_TITLE_CHARS; i++) {
        (void)strcat(settles, "学");
    }
    (void)strcat(settles, "=00AD00");
    assert_int_equal(
        office_run(&office, "settings", "school", settles, NULL), BW_EXIT_DONE);
    assert_non_null(strstr(
        office_text(&office, "SELECT about FROM step ORDER BY step_no DESC LIMIT 1"),
        "?=OBS De Klim, ZWOLLE"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define SMALL(test) cmocka_unit_test_setup_teardown(test, open_small, close_office)
        SMALL(the_list_of_the_education_department_is_understood),
        SMALL(a_list_of_ones_own_with_other_headings_is_too),
        SMALL(the_same_list_again_changes_nothing_in_any_order),
        SMALL(a_new_list_says_what_is_new_gone_and_changed),
        SMALL(of_several_files_none_is_taken),
        SMALL(it_is_one_step_that_undo_takes_back_to_the_list_of_before),
        SMALL(a_check_says_all_of_it_and_changes_nothing),
        SMALL(a_row_without_a_name_is_said_and_rows_that_are_there_twice),
        SMALL(a_file_without_schools_is_refused_and_the_list_stays),
        SMALL(what_a_name_means_is_settled_by_code_or_label_and_taken_back),
        SMALL(what_is_no_school_of_the_list_is_refused_and_changes_nothing),
        SMALL(what_is_settled_of_a_long_name_stays_text),
        SMALL(what_was_settled_holds_in_the_next_list_that_has_the_school),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
