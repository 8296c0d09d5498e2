/* Settling what is in quarantine is a step: named, taken back, and said again. */
#include "tests/sync/day_help.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <string.h>

#define RUN(day, ...) office_run(&(day)->office, __VA_ARGS__, NULL)
#define NUMBER(day, sql) office_number(&(day)->office, sql)

/* S-2, which the kiosk isn't enrolled for. */
static void
second_session(struct day *day)
{
    const char *path = office_write(&day->office, "second.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Emmen,leerkring,Noord,Buurthuis,2025-03-25T13:30,"
        "2025-03-25T16:30,10,brugfunctionaris\n");
    assert_int_equal(RUN(day, "import", "sessions", path), BW_EXIT_DONE);
}

static void
merge(struct day *day)
{
    day_push(&day->kiosk);
    (void)RUN(day, "merge");
}

static void
what_was_taken_in_is_taken_out_by_undo(void **state)
{
    struct day *day = *state;
    second_session(day);
    (void)kiosk_walk_in_elsewhere(&day->kiosk, 2, "Inez");
    merge(day);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM quarantine"), 1);
    int64_t steps = NUMBER(day, "SELECT max(step_no) FROM step");
    assert_int_equal(
        RUN(day, "settle", "1", "in", "--why", "stond bij Emmen"), BW_EXIT_DONE);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM event"), 1);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM walk_in"), 1);
    /* said again, it is no step */
    assert_int_equal(RUN(day, "settle", "1", "in", "--why", "nog eens"), BW_EXIT_DONE);
    assert_int_equal(NUMBER(day, "SELECT max(step_no) FROM step"), steps + 1);
    assert_int_equal(RUN(day, "log"), BW_EXIT_DONE);
    assert_non_null(strstr(day->office.out, "settle 1 in (stond bij Emmen)"));
    assert_int_equal(
        RUN(day, "settle", "1", "out", "--why", "toch niet"), BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "undo"));

    assert_int_equal(RUN(day, "undo"), BW_EXIT_DONE);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM event"), 0); /* XQ4 */
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM event_details"), 0);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM walk_in"), 0);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM quarantine WHERE settled = 0"
                                 " AND settled_ms = 0 AND why = ''"),
        1);
    assert_int_equal(RUN(day, "conflicts"), BW_EXIT_LOOK);
    assert_non_null(strstr(day->office.out, "settle N"));

    char number[24];
    (void)snprintf(number, sizeof number, "%d", (int)steps + 2);
    assert_int_equal(RUN(day, "undo", number), BW_EXIT_DONE); /* ST3 */
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM event"), 1);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM quarantine WHERE settled = 1"), 1);
    assert_int_equal(RUN(day, "verify"), BW_EXIT_DONE);
}

static void
what_was_thrown_out_may_come_in_after_undo(void **state)
{
    struct day *day = *state;
    second_session(day);
    (void)kiosk_walk_in_elsewhere(&day->kiosk, 2, "Inez");
    (void)kiosk_walk_in_elsewhere(&day->kiosk, 2, "Otto");
    merge(day);
    assert_int_equal(RUN(day, "settle", "1", "2", "out", "--why", "x"), BW_EXIT_DONE);
    assert_int_equal(RUN(day, "undo"), BW_EXIT_DONE);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM quarantine WHERE settled = 0"), 2);
    assert_int_equal(RUN(day, "settle", "2", "in", "--why", "x"), BW_EXIT_DONE);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM event"), 1);
    /* one of them that isn't there: none of them */
    assert_int_equal(RUN(day, "settle", "1", "7", "in", "--why", "x"), BW_EXIT_FAILED);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM event"), 1);
}

static void
what_another_event_refers_to_stays_in(void **state)
{
    struct day *day = *state;
    second_session(day);
    struct bw_event left = {
        .session_no = 2, .kind = BW_EVENT_LEFT, .code = BW_CODE_NONE, .refs_count = 1};
    left.refs[0] = (struct bw_event_id){
        day->kiosk.device, kiosk_walk_in_elsewhere(&day->kiosk, 2, "Inez")};
    (void)kiosk_event(&day->kiosk, left, NULL);
    merge(day);
    int64_t steps = NUMBER(day, "SELECT max(step_no) FROM step");
    char number[24];
    (void)snprintf(number, sizeof number, "%d", (int)steps + 1);
    assert_int_equal(RUN(day, "settle", "1", "in", "--why", "x"), BW_EXIT_DONE);
    assert_int_equal(RUN(day, "settle", "2", "in", "--why", "x"), BW_EXIT_DONE);
    assert_int_equal(RUN(day, "undo", number), BW_EXIT_FAILED); /* ST2 */
    assert_non_null(strstr(day->office.diag, "refers to"));
    assert_int_equal(RUN(day, "undo"), BW_EXIT_DONE);
    assert_int_equal(RUN(day, "undo", number), BW_EXIT_DONE);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM event"), 0);
}

static void
nothing_is_settled_of_fixed_figures(void **state)
{
    struct day *day = *state;
    second_session(day);
    (void)kiosk_walk_in_elsewhere(&day->kiosk, 2, "Inez");
    merge(day);
    assert_int_equal(RUN(day, "settle", "1", "in", "--why", "x"), BW_EXIT_DONE);
    assert_int_equal(RUN(day, "session", "close", "S-2", "--why", "klaar"), BW_EXIT_DONE);
    char number[24];
    (void)snprintf(number, sizeof number, "%d",
        (int)NUMBER(day, "SELECT max(step_no) - 1 FROM step"));
    assert_int_equal(RUN(day, "undo", number), BW_EXIT_FAILED); /* ST5 */
    assert_non_null(strstr(day->office.diag, "session reopen S-2"));
    /* what comes after closing waits */
    (void)kiosk_walk_in_elsewhere(&day->kiosk, 2, "Otto");
    merge(day);
    assert_int_equal(RUN(day, "settle", "2", "in", "--why", "x"), BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "session reopen S-2"));
    assert_int_equal(RUN(day, "settle", "2", "out", "--why", "x"), BW_EXIT_FAILED);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM event"), 1);
    assert_int_equal(
        RUN(day, "session", "reopen", "S-2", "--why", "nakomer"), BW_EXIT_DONE);
    assert_int_equal(RUN(day, "settle", "2", "in", "--why", "x"), BW_EXIT_DONE);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM event"), 2);
}

static void
what_was_purged_is_no_name_in_quarantine(void **state)
{
    struct day *day = *state;
    second_session(day);
    (void)kiosk_walk_in_elsewhere(&day->kiosk, 2, "Inez");
    (void)kiosk_walk_in_elsewhere(&day->kiosk, 2, "Otto");
    merge(day);
    assert_int_equal(RUN(day, "settle", "1", "in", "--why", "Inez"), BW_EXIT_DONE);
    assert_int_equal(RUN(day, "purge", "--before", "2025-04-01"), BW_EXIT_DONE);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM quarantine"
                                 " WHERE details IS NOT NULL OR why <> ''"),
        0);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM step WHERE why = 'Inez'"), 0);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM event"), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_taken_in_is_taken_out_by_undo),
        TEST(what_was_thrown_out_may_come_in_after_undo),
        TEST(what_another_event_refers_to_stays_in),
        TEST(nothing_is_settled_of_fixed_figures),
        TEST(what_was_purged_is_no_name_in_quarantine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
