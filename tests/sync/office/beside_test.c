/* Several people at the office, on a real PostgreSQL: the organiser's commands on one
 * circle beside a transaction that has another, and many of them at once. */
#include "tests/sync/kiosk_help.h"
#include "tests/sync/one_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PEOPLE = 8, COLLEAGUES = 3, TURNS = 4 };

#define HEADING "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio\n"

static void
is_done(enum bw_exit result)
{
    if (result != BW_EXIT_DONE && result != BW_EXIT_LOOK) {
        fail_msg("%s%s", office.out, office.diag);
    }
}

/* S-1 with people Piet, and S-2 of the same series with people Anna, each with fewer
 * places than people. */
static int
setup(void **state)
{
    char form[1000] = HEADING;
    size_t used = sizeof HEADING - 1;
    (void)state;
    postgres_place(&server);
    office_open_at(&office, server.uri, PEOPLE - 2, false);
    is_done(office_run(&office, "import", "sessions",
        office_write(&office, "more.csv",
            "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
            "S-2,reeks,Leerkring Elders,leerkring,Noord,Huis,2025-03-26T13:30,"
            "2025-03-26T16:30,6,brugfunctionaris\n"),
        NULL));
    people_sign_up(&office, PEOPLE);
    for (int i = 0; i < PEOPLE; i++) {
        used += (size_t)snprintf(form + used, sizeof form - used,
            "2025-02-10 09:00:%02d,a%d@x.example,Anna,A%d,S,Brugfunctionaris,Noord\n", i,
            i, i);
    }
    is_done(office_run(&office, "import", "registrations",
        office_write(&office, "two.csv", form), "--session", "S-2", NULL));
    return 0;
}

/* The code of somebody whose last name is known, as it is typed. */
static const char *
code_of(const char *name)
{
    static char text[BW_CODE_BYTES];
    char sql[120];
    (void)snprintf(
        sql, sizeof sql, "SELECT code FROM registration WHERE name = '%s'", name);
    bw_code_format((bw_code)office_number(&office, sql), text);
    return text;
}

/* C8 */
static void
what_is_done_in_one_circle_waits_for_no_other_circle(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *other = NULL;
    const uint32_t held = 2;
    must(bw_central_open(server.uri, BW_CENTRAL_OPEN, &other, &err), &err);
    must(bw_central_begin_step(other, &err), &err);
    must(bw_central_hold_sessions(other, &held, 1, true, &err), &err);
    must(bw_central_next_step(other, &err), &err);
    int64_t before = number("SELECT max(step_no) FROM step");
    is_done(office_run(&office, "cancel", code_of("P0"), NULL));
    is_done(office_run(&office, "promote", "--session", "S-1", NULL));
    is_done(office_run(&office, "reissue", code_of("P1"), NULL));
    is_done(office_run(&office, "undo", NULL));
    is_done(office_run(&office, "import", "registrations",
        office_write(&office, "late.csv",
            HEADING
            "2025-02-11 09:00:00,l@x.example,Laat,L0,School,Brugfunctionaris,Oost\n"),
        "--session", "S-1", NULL));
    is_done(office_run(&office, "session", "cancel", "S-1", NULL));
    is_done(office_run(&office, "session", "reopen", "S-1", "--why", "toch", NULL));
    /* the other's number is its own, and theirs rise beside it */
    assert_int_equal(bw_central_step(other), before + 1);
    assert_int_equal(number("SELECT count(*) FROM step WHERE step_no > 4"), 7);
    assert_int_equal(
        number("SELECT min(step_no) FROM step WHERE step_no > 4"), before + 2);
    assert_int_equal(number("SELECT max(step_no) FROM step"), before + 8);
    bw_central_close(other);
}

static void
a_circle_that_a_colleague_is_at_is_said_to_be_so(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *other = NULL;
    const uint32_t held = 2;
    must(bw_central_open(server.uri, BW_CENTRAL_OPEN, &other, &err), &err);
    must(bw_central_begin_step(other, &err), &err);
    must(bw_central_hold_sessions(other, &held, 1, true, &err), &err);
    assert_int_equal(office_run(&office, "cancel", code_of("A0"), NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "another step"));
    bw_central_close(other);
}

/* TM2: the turn is mail's alone. */
static void
no_step_waits_for_a_colleague_who_mails(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *other = NULL;
    must(bw_central_open(server.uri, BW_CENTRAL_OPEN, &other, &err), &err);
    must(bw_central_take_turn(other, &err), &err);
    is_done(office_run(&office, "cancel", code_of("P0"), NULL));
    is_done(office_run(&office, "undo", NULL));
    is_done(office_run(&office, "session", "cancel", "S-2", NULL));
    is_done(office_run(&office, "settings", "alias", "Twente=Oost", NULL));
    assert_int_equal(office_run(&office, "mail", "--session", "S-1", "--out",
                         office_path(&office, "mails"), NULL),
        BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "another program is at it"));
    bw_central_close(other);
}

/* One colleague: people of both circles are cancelled and reinstated, a form is imported
 * and taken back. */
static enum bw_exit
work(int colleague)
{
    char name[2][8];
    enum bw_exit worst = BW_EXIT_DONE;
    (void)snprintf(name[0], sizeof name[0], "P%d", colleague);
    (void)snprintf(name[1], sizeof name[1], "A%d", colleague);
    for (int i = 0; i < TURNS; i++) {
        for (int k = 0; k < 2; k++) {
            const char *code = code_of(name[(i + colleague + k) % 2]);
            enum bw_exit result = office_run(&office, "cancel", code, NULL);
            if (result == BW_EXIT_DONE || result == BW_EXIT_LOOK) {
                result = office_run(&office, "reinstate", code, NULL);
            }
            if (result == BW_EXIT_DONE || result == BW_EXIT_LOOK) {
                result = office_run(&office, "promote", "--session",
                    (i + k) % 2 == 0 ? "S-1" : "S-2", NULL);
            }
            worst = result > worst && result != BW_EXIT_LOOK ? result : worst;
        }
    }
    if (worst != BW_EXIT_DONE) {
        (void)fprintf(stderr, "%s%s", office.out, office.diag);
    }
    return worst;
}

/* ST2, C8: no place is given twice, each step has its number, and they can be taken back
 * one after the other. */
static void
colleagues_who_work_at_once_lose_nothing_and_give_no_place_twice(void **state)
{
    (void)state;
    pid_t colleagues[COLLEAGUES];
    for (int i = 0; i < COLLEAGUES; i++) {
        colleagues[i] = fork();
        assert_true(colleagues[i] >= 0);
        if (colleagues[i] == 0) {
            _exit((int)work(i));
        }
    }
    for (int i = 0; i < COLLEAGUES; i++) {
        int result = 0;
        assert_int_equal(waitpid(colleagues[i], &result, 0), colleagues[i]);
        assert_true(WIFEXITED(result));
        assert_int_equal(WEXITSTATUS(result), BW_EXIT_DONE);
    }
    assert_int_equal(number("SELECT count(*) FROM registration WHERE status = 2"), 0);
    assert_int_equal(number("SELECT max(x.n) FROM (SELECT count(*) AS n FROM registration"
                            " WHERE status = 0 GROUP BY session_no) x"),
        PEOPLE - 2);
    assert_true(number("SELECT count(*) FROM step") >
                COLLEAGUES * TURNS * 4); /* and what was promoted */
    int64_t steps = number("SELECT count(*) FROM step WHERE undoes = 0");
    for (int64_t i = 0; i < steps - 4; i++) {
        is_done(office_run(&office, "undo", NULL));
    }
    assert_int_equal(
        number("SELECT count(*) FROM registration WHERE status = 0"), 2 * (PEOPLE - 2));
    assert_int_equal(number("SELECT count(*) FROM registration r JOIN step_registration x"
                            " ON x.code = r.code AND x.step_no > 4 AND r.status > 1"),
        0);
}

static void
ends_well(pid_t pid)
{
    int result = 0;
    assert_int_equal(waitpid(pid, &result, 0), pid);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), BW_EXIT_DONE);
}

/* C8 */
static void
what_a_colleague_changed_meanwhile_is_said(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *other = NULL;
    const uint32_t held = 1;
    must(bw_central_open(server.uri, BW_CENTRAL_OPEN, &other, &err), &err);
    must(bw_central_begin_step(other, &err), &err);
    must(bw_central_hold_sessions(other, &held, 1, true, &err), &err);
    must(bw_central_run(other, "UPDATE registration SET status = 2 WHERE name = 'P0'",
             NULL, 0, NULL, NULL, &err),
        &err);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        enum bw_exit result = office_run(&office, "move", code_of("P0"), "--session",
            "S-2", "--clock", OFFICE_DAY, NULL);
        bool said = strstr(office.diag, "it is cancelled; reinstate it first") != NULL;
        _exit(result == BW_EXIT_FAILED && said ? BW_EXIT_DONE : BW_EXIT_FAILED);
    }
    postgres_await_waiter(&server);
    must(bw_central_commit(other, &err), &err);
    bw_central_close(other);
    ends_well(pid);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE name = 'P0'"), 1);
}

/* Somebody goes there and back, and again. */
static enum bw_exit
go_and_come(const char *name, const char *there, const char *back)
{
    char sql[120], code[BW_CODE_BYTES];
    enum bw_exit result = BW_EXIT_DONE;
    for (int i = 0; i < TURNS && result == BW_EXIT_DONE; i++) {
        (void)snprintf(sql, sizeof sql,
            "SELECT code FROM registration WHERE name = '%s' AND status < 2", name);
        bw_code_format((bw_code)number(sql), code);
        result = office_run(&office, "move", code, "--session", i % 2 == 0 ? there : back,
            "--clock", OFFICE_DAY, NULL);
        result = result == BW_EXIT_LOOK ? BW_EXIT_DONE : result;
    }
    if (result != BW_EXIT_DONE) {
        (void)fprintf(stderr, "%s%s", office.out, office.diag);
    }
    return result;
}

/* C7, ST2: of the last moves of both, the older one is taken back first. */
static void
moves_that_cross_each_other_both_end_and_are_taken_back_in_any_order(void **state)
{
    (void)state;
    pid_t crossing[2];
    for (int i = 0; i < 2; i++) {
        crossing[i] = fork();
        assert_true(crossing[i] >= 0);
        if (crossing[i] == 0) {
            _exit((int)(i == 0 ? go_and_come("P7", "S-2", "S-1")
                               : go_and_come("A7", "S-1", "S-2")));
        }
    }
    ends_well(crossing[0]);
    ends_well(crossing[1]);
    assert_int_equal(number("SELECT count(*) FROM step WHERE what = 'move'"), 2 * TURNS);
    for (int i = 0; i < 2 * TURNS; i++) {
        char step[24];
        (void)snprintf(step, sizeof step, "%lld",
            (long long)number("SELECT min(x.n) FROM (SELECT max(y.step_no) AS n"
                              " FROM step_registration y JOIN step t"
                              " ON t.step_no = y.step_no AND t.what = 'move'"
                              " AND t.undone_by = 0 GROUP BY y.name, y.first_name"
                              " HAVING y.name <> '') x"));
        is_done(office_run(&office, "undo", step, NULL));
    }
    assert_int_equal(number("SELECT count(*) FROM registration r JOIN session s"
                            " ON s.session_no = r.session_no WHERE r.status = 1 AND"
                            " (r.name = 'P7' AND s.code = 'S-1'"
                            " OR r.name = 'A7' AND s.code = 'S-2')"),
        2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, close_office_there)
        TEST(what_is_done_in_one_circle_waits_for_no_other_circle),
        TEST(a_circle_that_a_colleague_is_at_is_said_to_be_so),
        TEST(no_step_waits_for_a_colleague_who_mails),
        TEST(what_a_colleague_changed_meanwhile_is_said),
        TEST(moves_that_cross_each_other_both_end_and_are_taken_back_in_any_order),
        TEST(colleagues_who_work_at_once_lose_nothing_and_give_no_place_twice),
    };
    return run_on_server(tests);
}
