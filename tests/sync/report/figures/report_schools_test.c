/* Schools in the report of a series: those of the list, and names beside it. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"

#include <stdlib.h>
#include <string.h>

/* Four came, all of "OBS De Brug". */
static void
open_after(struct day *day)
{
    (void)day_four_come(day);
    day_push(&day->kiosk);
    assert_int_equal(
        office_run(&day->office, "merge", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
}

static void
take_list(struct day *day, const char *lines)
{
    char text[400];
    (void)snprintf(text, sizeof text, "School,Plaats,Code\n%s", lines);
    assert_int_equal(office_run(&day->office, "import", "schools",
                         office_write(&day->office, "scholen.csv", text), NULL),
        BW_EXIT_DONE);
}

/* Owned. */
static char *
file_of(const struct day *day, const char *name)
{
    char path[300], *text = calloc(1, 200000);
    (void)snprintf(path, sizeof path, "%s/%s", day->folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_non_null(text);
    (void)fread(text, 1, 199999, file);
    (void)fclose(file);
    return text;
}

static json_t *
report(struct day *day, const char *public)
{
    char *text;
    (void)office_run(&day->office, "report", "--series", "reeks", "--language", "nl",
        "--clock", KIOSK_AFTER, "--out", day->folder, public, NULL);
    text = file_of(day, public != NULL ? "report-public.json" : "report.json");
    json_t *root = json_loads(text, 0, NULL);
    free(text);
    assert_non_null(root);
    return root;
}

static void
schools_are(struct day *day, int reached, int all, int beside)
{
    json_t *root = report(day, NULL);
    const json_t *series = json_object_get(root, "series");
    assert_int_equal(json_number_of(series, "schools"), reached);
    assert_int_equal(json_number_of(series, "schools_of"), all);
    assert_int_equal(json_number_of(series, "schools_beside"), beside);
    json_decref(root);
}

static void
page_says(struct day *day, const char *part, bool said)
{
    char *text = file_of(day, "report.html");
    if ((strstr(text, part) != NULL) != said) {
        fail_msg("%s: %s", said ? "missing" : "there", part);
    }
    free(text);
}

static void
without_a_list_different_names_count_and_the_page_says_so(void **state)
{
    struct day *day = *state;
    open_after(day);
    schools_are(day, 1, 1100, 0);
    page_says(day, "er is geen lijst van scholen ingelezen", true);
    page_says(day, "niet op de lijst", false);
}

static void
schools_of_the_list_count_however_they_are_written(void **state)
{
    struct day *day = *state;
    open_after(day);
    take_list(day, "De brug,ZWOLLE,00AA00\nDe Klim,Assen,00AB00\n");
    schools_are(day, 1, 2, 0);
    page_says(day, "er is geen lijst", false);
    page_says(day, "van 2 scholen bereikt", true);
}

static void
names_that_are_not_on_the_list_count_beside_it_and_are_named(void **state)
{
    struct day *day = *state;
    open_after(day);
    take_list(day, "De Klim,Assen,00AB00\n");
    schools_are(day, 0, 1, 1);
    json_t *root = report(day, NULL);
    const json_t *name = json_array_get(
        json_object_get(json_object_get(root, "series"), "names_beside"), 0);
    assert_string_equal(json_string_value(json_object_get(name, "name")), "OBS De Brug");
    assert_int_equal(json_number_of(name, "visits"), 4);
    json_decref(root);
    page_says(day, "<li>OBS De Brug (4)</li>", true);
}

static void
what_is_published_names_no_school_and_tells_of_no_few(void **state)
{
    struct day *day = *state;
    static const char *const files[] = {
        "report-public.html", "report-public.csv", "report-public.json"};
    open_after(day);
    take_list(day, "De Klim,Assen,00AB00\n");
    json_t *root = report(day, "--public");
    assert_true(json_is_null(json_object_get(root, "schools")));
    assert_true(json_is_null(json_object_get(root, "schools_beside")));
    json_decref(root);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char *text = file_of(day, files[i]);
        assert_null(strstr(text, "De Brug"));
        assert_null(strstr(text, "schoolna"));
        free(text);
    }
}

/* A list that comes later is a change like any other. */
static void
a_fixed_version_stays_and_a_list_makes_the_next_one(void **state)
{
    struct day *day = *state;
    open_after(day);
    assert_int_equal(office_run(&day->office, "session", "close", "S-1", "--why", "klaar",
                         "--clock", KIOSK_AFTER, NULL),
        BW_EXIT_DONE);
    json_t *root = report(day, NULL);
    const json_t *version = json_object_get(root, "version");
    assert_int_equal(json_number_of(version, "number"), 1);
    json_decref(root);
    take_list(day, "De Klim,Assen,00AB00\n");
    root = report(day, NULL);
    version = json_object_get(root, "version");
    assert_int_equal(json_number_of(version, "number"), 2);
    assert_int_equal(json_array_size(json_object_get(version, "changed")), 2);
    json_decref(root);
    char *first = file_of(day, "version-1/report.html");
    assert_null(strstr(first, "niet op de lijst"));
    free(first);
    assert_int_equal(office_run(&day->office, "undo", NULL), BW_EXIT_DONE);
    schools_are(day, 1, 1100, 0);
}

/* Names counted, and nobody knows any more which of them are on it. */
static void
a_list_that_comes_after_a_purge_changes_nothing(void **state)
{
    struct day *day = *state;
    open_after(day);
    schools_are(day, 1, 1100, 0);
    assert_int_equal(office_run(&day->office, "purge", "--before", "2025-03-26",
                         "--clock", "2025-04-26T09:00:00", NULL),
        BW_EXIT_DONE);
    take_list(day, "De Klim,Assen,00AB00\n");
    schools_are(day, 1, 1100, 0);
    page_says(day, "er is geen lijst van scholen ingelezen", true);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_DAY(test) cmocka_unit_test_setup_teardown(test, day_setup, day_teardown)
        WITH_DAY(without_a_list_different_names_count_and_the_page_says_so),
        WITH_DAY(schools_of_the_list_count_however_they_are_written),
        WITH_DAY(names_that_are_not_on_the_list_count_beside_it_and_are_named),
        WITH_DAY(what_is_published_names_no_school_and_tells_of_no_few),
        WITH_DAY(a_fixed_version_stays_and_a_list_makes_the_next_one),
        WITH_DAY(a_list_that_comes_after_a_purge_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
