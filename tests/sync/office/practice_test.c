/* The practice series: made, marked, apart from the office's own, and thrown away. */
#define ONE_OFFICE_PLACES 3
#include "tests/sync/one_office.h"

#include "office/practice/practice.h"
#include "office/practice/practice_mark.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CLOCK "--clock", "2025-03-18T10:00:00"

static char uri[sizeof office.uri];

/* Made by the command; *uri is its address. */
static void
make(bool anew)
{
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "practice", CLOCK, NULL);
    if (result != BW_EXIT_DONE) {
        fail_msg("%s", office.diag);
    }
    assert_int_equal(json_is_true(json_object_get(answer, "made")), anew);
    (void)snprintf(
        uri, sizeof uri, "%s", json_string_value(json_object_get(answer, "central")));
    json_decref(answer);
}

/* Commands are of that database from now on, or of the office's own again. */
static void
work_at(bool practice)
{
    static char own[sizeof office.uri];
    if (practice) {
        memcpy(own, office.uri, sizeof own);
    }
    (void)snprintf(office.uri, sizeof office.uri, "%s", practice ? uri : own);
}

/* Of the practice series. */
static int64_t
number(const char *sql)
{
    struct bw_central *central = NULL;
    int64_t found = -1;
    struct bw_error err;
    if (bw_central_open(uri, BW_CENTRAL_OPEN, &central, &err) != BW_OK ||
        bw_central_number(central, sql, NULL, 0, 0, &found, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    bw_central_close(central);
    return found;
}

static enum bw_practice_state
state_at(const char *at)
{
    struct bw_central *central = NULL;
    enum bw_practice_state state = BW_PRACTICE_NOT;
    assert_int_equal(bw_central_open(at, BW_CENTRAL_OPEN, &central, NULL), BW_OK);
    assert_int_equal(bw_practice_state_of(central, &state, NULL), BW_OK);
    bw_central_close(central);
    return state;
}

/* PZ2: its circles and its organiser say what they are. */
static void
it_has_a_circle_over_one_today_a_waiting_list_and_what_is_to_be_settled(void **state)
{
    (void)state;
    make(true);
    assert_int_equal(number("SELECT count(*) FROM session"), 5);
    assert_int_equal(
        number("SELECT count(*) FROM session WHERE title NOT LIKE 'Oefenkring %'"), 0);
    assert_int_equal(number("SELECT count(*) FROM central WHERE organiser LIKE "
                            "'Oefenbureau%' AND mail LIKE '%.example'"),
        1);
    assert_int_equal(number("SELECT count(*) FROM registration"), 26 + 34 + 36 + 18 + 5);
    assert_int_equal(number("SELECT count(DISTINCT session_no) FROM registration"
                            " WHERE status = 1"),
        5); /* each form has an answer that is in doubt */
    assert_int_equal(number("SELECT count(*) FROM registration WHERE status = 2"), 1);
    assert_int_equal(state_at(uri), BW_PRACTICE_WHOLE);
    work_at(true);
    assert_int_equal(office_run(&office, "status", CLOCK, NULL), BW_EXIT_DONE);
    work_at(false);
    says("GRO-OEFEN");
}

/* PZ1 */
static void
nobody_of_it_is_in_the_offices_own_figures(void **state)
{
    (void)state;
    int64_t circles = office_number(&office, "SELECT count(*) FROM session");
    int64_t steps = office_number(&office, "SELECT count(*) FROM step");
    make(true);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM session"), circles);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 0);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"), steps);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM setting"), 0);
}

static void
made_again_it_is_as_it_was(void **state)
{
    (void)state;
    make(true);
    work_at(true);
    assert_int_equal(
        office_run(&office, "session", "cancel", "TIL-OEFEN", CLOCK, NULL), BW_EXIT_DONE);
    work_at(false);
    make(false);
    assert_int_equal(number("SELECT count(*) FROM session WHERE called_off_ms <> 0"), 1);
}

/* PZ4: what somebody else put there stays. */
static void
thrown_away_it_is_gone_with_all_that_was_tried_on_it(void **state)
{
    (void)state;
    char folder[PATH_MAX], other[PATH_MAX + 16];
    make(true);
    (void)snprintf(folder, sizeof folder, "%.*s",
        (int)(strrchr(uri, '/') - (uri + strlen("sqlite:"))), uri + strlen("sqlite:"));
    (void)snprintf(other, sizeof other, "%s/brief.txt", folder);
    work_at(true);
    assert_int_equal(office_run(&office, "enrol", "--session", "ZWO-OEFEN", "--name",
                         "Zuil", "--out", office_path(&office, "zuil.json"), CLOCK, NULL),
        BW_EXIT_DONE);
    work_at(false);
    FILE *file = fopen(other, "w");
    assert_non_null(file);
    (void)fclose(file);
    assert_int_equal(office_run(&office, "practice", "remove", NULL), BW_EXIT_DONE);
    says("Threw the practice series away.");
    assert_int_equal(access(uri + strlen("sqlite:"), F_OK), -1);
    assert_int_equal(access(other, F_OK), 0);
    assert_int_equal(unlink(other), 0);
    make(true);
    assert_int_equal(number("SELECT count(*) FROM device WHERE name = 'Zuil'"), 0);
    assert_int_equal(office_run(&office, "practice", "remove", NULL), BW_EXIT_DONE);
    assert_int_equal(access(folder, F_OK), -1);
    assert_int_equal(office_run(&office, "practice", "remove", NULL), BW_EXIT_DONE);
    says("There was no practice series.");
    assert_int_equal(office_run(&office, "practice", "gone", NULL), BW_EXIT_USAGE);
}

/* It was stopped in the middle: the mark says so, and it is made anew. */
static void
one_that_was_left_half_made_is_made_anew(void **state)
{
    (void)state;
    struct bw_central *central = NULL;
    make(true);
    assert_int_equal(bw_central_open(uri, BW_CENTRAL_OPEN, &central, NULL), BW_OK);
    assert_int_equal(bw_practice_mark(central, BW_PRACTICE_HALF, NULL), BW_OK);
    bw_central_close(central);
    make(true);
    assert_int_equal(state_at(uri), BW_PRACTICE_WHOLE);
}

/* PZ3, and no step takes the mark away. */
static void
no_mail_leaves_it_whatever_is_taken_back(void **state)
{
    (void)state;
    static const char *const ways[][2] = {
        {"--send", NULL}, {"test", "iemand@school.example"}, {"sample", "own"}};
    make(true);
    work_at(true);
    assert_int_equal(office_run(&office, "undo", CLOCK, NULL), BW_EXIT_DONE);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        assert_int_not_equal(office_run(&office, "mail", "--smtp", "smtp://127.0.0.1:9",
                                 CLOCK, ways[i][0], ways[i][1], NULL),
            BW_EXIT_DONE);
        says("this is the practice series");
    }
    work_at(false);
    assert_int_equal(number("SELECT count(*) FROM told"), 0);
}

/* At any hour there is a circle that is today, or will be tomorrow. */
static void
its_days_lie_around_now_at_any_hour(void **state)
{
    (void)state;
    static const char *const hours[] = {
        "00:10:00", "05:59:00", "11:20:00", "18:59:00", "23:55:00"};
    for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++) {
        enum bw_exit result;
        char now[40];
        (void)snprintf(now, sizeof now, "2025-06-11T%s", hours[i]);
        json_t *answer = office_json(&office, &result, "practice", "--clock", now, NULL);
        if (result != BW_EXIT_DONE) {
            fail_msg("%s: %s", now, office.diag);
        }
        (void)snprintf(
            uri, sizeof uri, "%s", json_string_value(json_object_get(answer, "central")));
        json_decref(answer);
        assert_int_equal(number("SELECT count(DISTINCT starts_ms) FROM session"), 5);
        assert_int_equal(office_run(&office, "practice", "remove", NULL), BW_EXIT_DONE);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_office, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(it_has_a_circle_over_one_today_a_waiting_list_and_what_is_to_be_settled),
        CASE(nobody_of_it_is_in_the_offices_own_figures),
        CASE(made_again_it_is_as_it_was),
        CASE(thrown_away_it_is_gone_with_all_that_was_tried_on_it),
        CASE(one_that_was_left_half_made_is_made_anew),
        CASE(no_mail_leaves_it_whatever_is_taken_back),
        CASE(its_days_lie_around_now_at_any_hour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
