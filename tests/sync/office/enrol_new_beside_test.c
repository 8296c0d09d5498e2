/* Kiosks for all circles that have none, made by two people at once, on a real
 * PostgreSQL. */
#include "tests/sync/kiosk_help.h"
#include "tests/sync/one_server.h"

#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PEOPLE = 3, COLLEAGUES = 2 };

static int
setup(void **state)
{
    (void)state;
    postgres_place(&server);
    office_open_at(&office, server.uri, PEOPLE, false);
    const char *more = office_write(&office, "more.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Emmen,leerkring,Oost,Buurthuis,2025-03-26T13:30,"
        "2025-03-26T16:30,3,brugfunctionaris\n");
    if (office_run(&office, "import", "sessions", more, NULL) != BW_EXIT_DONE) {
        fail_msg("%s%s", office.out, office.diag);
    }
    return 0;
}

/* In a process of its own, into a folder of its own. */
static pid_t
enrol_all(int who)
{
    char out[32];
    (void)snprintf(out, sizeof out, "sheets%d/", who);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        enum bw_exit result = office_run(&office, "enrol", "--new", "--name", "Zuil",
            "--out", office_path(&office, out), "--carrier", "none", "--clock",
            KIOSK_BEFORE, NULL);
        if (result != BW_EXIT_DONE) {
            (void)fprintf(stderr, "%s%s", office.out, office.diag);
        }
        _exit(result == BW_EXIT_DONE ? 0 : 1);
    }
    return pid;
}

/* Both have found the circles without a kiosk, and wait for who is at one of them. */
static void
two_who_enrol_for_all_circles_at_once_give_each_one_kiosk(void **state)
{
    (void)state;
    const struct timespec nap = {0, 2000000};
    struct bw_error err = {.text = ""};
    struct bw_central *third = NULL;
    const uint32_t first = 1;
    pid_t pids[COLLEAGUES];
    must(bw_central_open(server.uri, BW_CENTRAL_OPEN, &third, &err), &err);
    must(bw_central_begin_step(third, &err), &err);
    must(bw_central_hold_sessions(third, &first, 1, true, &err), &err);
    for (int i = 0; i < COLLEAGUES; i++) {
        pids[i] = enrol_all(i);
    }
    while (postgres_number(&server, "SELECT count(*) FROM pg_stat_activity"
                                    " WHERE wait_event_type = 'Lock'") < COLLEAGUES) {
        (void)nanosleep(&nap, NULL);
    }
    bw_central_rollback(third);
    bw_central_close(third);
    for (int i = 0; i < COLLEAGUES; i++) {
        int status = -1;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_int_equal(status, 0);
    }
    assert_int_equal(number("SELECT count(*) FROM device"), 2);
    assert_int_equal(number("SELECT count(DISTINCT session_no) FROM device_session"), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            two_who_enrol_for_all_circles_at_once_give_each_one_kiosk, setup,
            close_office_there),
    };
    return run_on_server(tests);
}
