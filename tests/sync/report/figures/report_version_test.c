/* A report of closed sessions is a version; what comes in later makes the next; and a
 * purge changes none of its figures. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AFTER "2025-03-25T18:00:00"

static void
closed(struct day *day, const char *clock)
{
    assert_int_equal(office_run(&day->office, "session", "close", "S-1", "--why",
                         "bekeken", "--clock", clock, NULL),
        BW_EXIT_DONE);
}

/* The report at a moment; the caller drops it. */
static json_t *
report_at(struct day *day, const char *clock)
{
    enum bw_exit result;
    json_t *root = office_json(&day->office, &result, "report", "--series", "reeks",
        "--out", day->folder, "--clock", clock, NULL);
    assert_non_null(root);
    return root;
}

static int
version_of(const json_t *root)
{
    return (int)json_number_of(json_object_get(root, "version"), "number");
}

static void
opened_again(struct day *day, const char *clock)
{
    assert_int_equal(office_run(&day->office, "session", "reopen", "S-1", "--why", "laat",
                         "--clock", clock, NULL),
        BW_EXIT_DONE);
}

static void
figures_are_interim_until_all_sessions_are_closed(void **state)
{
    struct day *day = *state;
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    json_t *root = report_at(day, AFTER);
    assert_true(json_is_null(json_object_get(root, "version")));
    json_decref(root);
    closed(day, AFTER);
    root = report_at(day, AFTER);
    assert_int_equal(version_of(root), 1);
    json_decref(root);
}

/* RV1 */
static void
version_stays_while_no_figure_changes(void **state)
{
    struct day *day = *state;
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    closed(day, AFTER);
    json_decref(report_at(day, "2025-03-26T09:00:00"));
    opened_again(day, "2025-03-27T09:00:00");
    closed(day, "2025-03-27T10:00:00");
    json_t *root = report_at(day, "2025-03-28T09:00:00");
    const json_t *version = json_object_get(root, "version");
    assert_int_equal(version_of(root), 1);
    assert_string_equal(
        json_string_value(json_object_get(version, "made")), "26 maart 2025, 09.00 uur");
    assert_int_equal(json_array_size(json_object_get(version, "changed")), 0);
    json_decref(root);
}

/* Whether it was so in a version's list, and is now that. */
static bool
has_change(const json_t *root, const char *what, int before, int now)
{
    const json_t *list = json_object_get(json_object_get(root, "version"), "changed");
    bool found = false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *change = json_array_get(list, i);
        found = found ||
                (strcmp(json_string_value(json_object_get(change, "what")), what) == 0 &&
                    json_number_of(change, "before") == before &&
                    json_number_of(change, "now") == now);
    }
    return found;
}

/* RV2 */
static void
what_comes_in_later_makes_version_2_and_says_what_changed(void **state)
{
    struct day *day = *state;
    char path[300], text[65536];
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    closed(day, AFTER);
    json_decref(report_at(day, "2025-03-26T09:00:00"));
    opened_again(day, "2025-03-27T09:00:00");
    (void)kiosk_walk_in(&day->kiosk, "Inez", "Loper");
    day_push(&day->kiosk);
    closed(day, "2025-03-27T10:00:00");
    json_t *root = report_at(day, "2025-03-28T09:00:00");
    assert_int_equal(version_of(root), 2);
    assert_true(has_change(root, "Present", 1, 2));
    assert_true(has_change(root, "people", 1, 2));
    assert_true(has_change(root, "As walk-in", 0, 1));
    json_decref(root);
    (void)snprintf(path, sizeof path, "%s/report.html", day->folder);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(text, 1, sizeof text - 1, file);
    text[length] = '\0';
    (void)fclose(file);
    assert_non_null(strstr(text, "Veranderd sinds versie 1"));
    assert_non_null(strstr(text, "Aanwezig 1 → 2"));
    (void)snprintf(path, sizeof path, "%s/version-1/report.json", day->folder);
    root = json_load_file(path, 0, NULL);
    assert_int_equal(version_of(root), 1);
    json_decref(root);
}

/* RV3: a walk-in's name and school are gone, and with them who was the same. */
static void
purge_changes_no_figure_of_a_report(void **state)
{
    struct day *day = *state;
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    (void)kiosk_walk_in(&day->kiosk, "Inez", "Loper");
    (void)kiosk_walk_in(&day->kiosk, "Inez", "Loper");
    day_push(&day->kiosk);
    json_t *before = report_at(day, AFTER);
    assert_int_equal(
        json_number_of(json_object_get(before, "series"), "unique_people"), 2);
    assert_int_equal(office_run(&day->office, "purge", "--before", "2025-03-26",
                         "--clock", "2025-04-26T09:00:00", NULL),
        BW_EXIT_DONE);
    json_t *after = report_at(day, "2025-04-27T09:00:00");
    assert_true(
        json_equal(json_object_get(before, "series"), json_object_get(after, "series")));
    json_decref(before);
    json_decref(after);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(figures_are_interim_until_all_sessions_are_closed),
        CASE(version_stays_while_no_figure_changes),
        CASE(what_comes_in_later_makes_version_2_and_says_what_changed),
        CASE(purge_changes_no_figure_of_a_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
