/* Files of sessions that go in beside somebody else's step, on a real PostgreSQL. */
#include "tests/sync/one_server.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PEOPLE = 5 };

#define HEADING                                                                          \
    "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
#define ROW(code, series, title)                                                         \
    code "," series "," title                                                            \
         ",leerkring,Oost,Huis,2027-03-26T13:30,2027-03-26T16:30,5,brugfunctionaris\n"

static struct bw_central *other; /* a colleague's, in the midst of a step */

static bool
is_done(enum bw_exit result)
{
    if (result != BW_EXIT_DONE) {
        (void)fprintf(stderr, "%s%s", office.out, office.diag);
    }
    return result == BW_EXIT_DONE;
}

static void
import_rows(const char *rows)
{
    assert_true(is_done(office_run(
        &office, "import", "sessions", office_write(&office, "mine.csv", rows), NULL)));
}

/* ---- a colleague ---- */

static void
other_begins(void)
{
    struct bw_error err = {.text = ""};
    must(bw_central_open(server.uri, BW_CENTRAL_OPEN, &other, &err), &err);
    must(bw_central_begin_step(other, &err), &err);
    must(bw_central_next_step(other, &err), &err);
}

/* A session like S-1, as an import writes it; its number. */
static int64_t
other_brings(const char *code)
{
    struct bw_error err = {.text = ""};
    int64_t session_no = 0;
    must(bw_central_next_number(other, BW_CENTRAL_OF_SESSIONS, &session_no, &err), &err);
    struct bw_sql_value values[] = {bw_sql_int(session_no), bw_sql_text(code)};
    must(bw_central_run(other,
             "INSERT INTO session (session_no, code, series, title, kind, region, venue,"
             " address, timezone, go_to, desk, audience, starts_ms, ends_ms, capacity,"
             " doors_minutes, release_minutes, extra_places, revision)"
             " SELECT CAST($1 AS BIGINT), CAST($2 AS TEXT), series, title, kind, region,"
             " venue, address, timezone, go_to, desk, audience, starts_ms, ends_ms,"
             " capacity, doors_minutes, release_minutes, extra_places, 1 FROM session"
             " WHERE code = 'S-1'",
             values, 2, NULL, NULL, &err),
        &err);
    return session_no;
}

static void
other_ends(void)
{
    struct bw_error err = {.text = ""};
    must(bw_central_commit(other, &err), &err);
    bw_central_close(other);
    other = NULL;
}

/* In a process of its own; once it waits for the colleague. */
static pid_t
import_waits(const char *rows)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        _exit(is_done(office_run(&office, "import", "sessions",
                  office_write(&office, "mine.csv", rows), NULL))
                  ? 0
                  : 1);
    }
    postgres_await_waiter(&server);
    return pid;
}

static void
ends_well(pid_t pid)
{
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static int
setup(void **state)
{
    (void)state;
    postgres_place(&server);
    office_open_at(&office, server.uri, PEOPLE, false);
    return 0;
}

static int
teardown(void **state)
{
    bw_central_close(other);
    other = NULL;
    return close_office_there(state);
}

/* ---- */

/* C3: neither waits for the other, nor for who holds numbers. */
static void
files_of_other_sessions_go_in_beside_each_other(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    other_begins();
    must(bw_central_lock_numbers(other, &err), &err);
    assert_int_equal(other_brings("S-7"), 2);
    import_rows(HEADING ROW("S-8", "reeks", "Acht") ROW("S-9", "nieuw", "Negen"));
    other_ends();
    assert_int_equal(number("SELECT count(*) FROM session"), 4);
    assert_int_equal(number("SELECT session_no FROM session WHERE code = 'S-8'"), 65);
    assert_int_equal(number("SELECT session_no FROM session WHERE code = 'S-9'"), 66);
    assert_true(is_done(office_run(&office, "undo", NULL)));
    assert_int_equal(number("SELECT count(*) FROM session"), 2);
}

/* C9: who came second finds it there, and changes it. */
static void
the_same_new_session_in_two_files_is_once(void **state)
{
    (void)state;
    other_begins();
    (void)other_brings("S-9");
    pid_t pid = import_waits(HEADING ROW("S-9", "reeks", "Negen"));
    other_ends();
    ends_well(pid);
    assert_int_equal(number("SELECT count(*) FROM session WHERE title = 'Negen'"), 1);
    assert_int_equal(number("SELECT count(*) FROM session"), 2);
    assert_int_equal(number("SELECT count(*) FROM step_session x JOIN session s"
                            " ON s.session_no = x.session_no WHERE s.code = 'S-9'"
                            " AND x.fresh = 0 AND x.title <> 'Negen'"),
        1);
}

/* C9: the tables don't refuse it; whoever looks last finds it. */
static void
a_code_in_other_letters_is_the_same_session(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    bool beside = false;
    other_begins();
    (void)other_brings("s-9");
    must(bw_central_lock_people(other, &beside, &err), &err);
    pid_t pid = import_waits(HEADING ROW("S-9", "reeks", "Negen"));
    other_ends();
    ends_well(pid);
    assert_int_equal(number("SELECT count(*) FROM session"), 2);
    assert_int_equal(number("SELECT count(*) FROM session WHERE title = 'Negen'"), 1);
}

/* PU1, C7: what waits for S-8 hasn't written S-9 yet, wherever that stands in a file. */
static void
two_files_of_the_same_sessions_in_another_order_both_go_in(void **state)
{
    (void)state;
    other_begins();
    (void)other_brings("S-8");
    pid_t pid =
        import_waits(HEADING ROW("S-9", "reeks", "Negen") ROW("S-8", "reeks", "Acht"));
    (void)other_brings("S-9");
    other_ends();
    ends_well(pid);
    assert_int_equal(number("SELECT count(*) FROM session"), 3);
    assert_int_equal(
        number("SELECT count(*) FROM session WHERE title IN ('Acht', 'Negen')"), 2);
}

/* C3: somebody beside may have been given the number of what was taken back. */
static void
a_session_comes_back_under_its_number_or_not_at_all(void **state)
{
    (void)state;
    import_rows(HEADING ROW("S-8", "reeks", "Acht"));
    int64_t session_no = number("SELECT session_no FROM session WHERE code = 'S-8'");
    assert_true(is_done(office_run(&office, "undo", NULL)));
    char step[24];
    (void)snprintf(step, sizeof step, "%d", (int)number("SELECT max(step_no) FROM step"));
    other_begins();
    assert_int_equal(other_brings("S-7"), session_no);
    assert_int_equal(office_run(&office, "undo", step, NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "another step is giving just now"));
    bw_central_close(other);
    other = NULL;
    assert_true(is_done(office_run(&office, "undo", step, NULL)));
    assert_int_equal(
        number("SELECT session_no FROM session WHERE code = 'S-8'"), session_no);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        TEST(files_of_other_sessions_go_in_beside_each_other),
        TEST(the_same_new_session_in_two_files_is_once),
        TEST(a_code_in_other_letters_is_the_same_session),
        TEST(two_files_of_the_same_sessions_in_another_order_both_go_in),
        TEST(a_session_comes_back_under_its_number_or_not_at_all),
    };
    return run_on_server(tests);
}
