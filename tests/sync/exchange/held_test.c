/* `push`, `pull` and `sync` while somebody else holds the store: TERM and KILL end them
 * at once, and nothing is lost. In processes of their own, as signals end them. */
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/testing.h"

#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { AT_ONCE_MS = 1000, TRIES = 10 };

static int64_t
mono_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static pid_t
start(const struct kiosk *kiosk, const char *verb)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        char *words[] = {(char *)(uintptr_t) "brugwachter-sync",
            (char *)(uintptr_t) "--store", (char *)(uintptr_t)kiosk->path,
            (char *)(uintptr_t)verb};
        FILE *null = fopen("/dev/null", "w");
        _exit(null ? (int)bw_sync_main(&bw_sync_commands, 4, words, null, null) : 99);
    }
    return child;
}

/* It has opened the store's write-ahead log: what it does next is to ask for the lock. */
static bool
is_in_store(pid_t child, const struct kiosk *kiosk)
{
    char folder[64], path[400], to[600], log[600];
    bool found = false;
    (void)snprintf(folder, sizeof folder, "/proc/%d/fd", (int)child);
    (void)snprintf(log, sizeof log, "%s-wal", kiosk->path);
    DIR *dir = opendir(folder);
    for (struct dirent *entry; !found && dir && (entry = readdir(dir));) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        ssize_t length = readlink(path, to, sizeof to - 1);
        if (length > 0) {
            to[length] = '\0';
            found = strcmp(to, log) == 0;
        }
    }
    if (dir) {
        (void)closedir(dir);
    }
    return found;
}

/* How long it took. */
static int64_t
end_while_held(struct world *world, const char *verb, int signal)
{
    sqlite3 *db = NULL;
    int result = -1;
    assert_int_equal(sqlite3_open(world->kiosk.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    pid_t child = start(&world->kiosk, verb);
    int64_t until_ms = mono_ms() + 300000;
    while (!is_in_store(child, &world->kiosk)) {
        assert_true(mono_ms() < until_ms);
        (void)sched_yield();
    }
    int64_t began_ms = mono_ms();
    assert_int_equal(kill(child, signal), 0);
    assert_int_equal(waitpid(child, &result, 0), child);
    int64_t took_ms = mono_ms() - began_ms;
    assert_true(WIFSIGNALED(result));
    assert_int_equal(WTERMSIG(result), signal);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return took_ms;
}

static void
signal_ends_an_exchange_that_waits_for_the_store_and_nothing_is_lost(void **state)
{
    static const char *const verbs[] = {"push", "pull", "sync"};
    static const int signals[] = {SIGTERM, SIGKILL};
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    enum bw_exit result;
    int events = 0;
    for (size_t v = 0; v < sizeof verbs / sizeof verbs[0]; v++) {
        for (size_t s = 0; s < sizeof signals / sizeof signals[0]; s++) {
            (void)kiosk_arrived(kiosk, people_code(&world->office, events++));
            int tries = 1; /* the machine may stand still in some */
            while (end_while_held(world, verbs[v], signals[s]) >= AT_ONCE_MS) {
                assert_true(tries++ < TRIES);
            }
        }
    }
    assert_int_equal(fleet_events_in(kiosk), events);
    fleet_done(kiosk, "sync");
    assert_int_equal(fleet_merge(world), BW_EXIT_DONE);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), events);
    fleet_done(kiosk, "pull");
    assert_int_equal(fleet_number_in(kiosk, BW_NUMBER_ACKNOWLEDGED), events);
    json_t *answer = kiosk_json(kiosk, &result, "verify", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    json_decref(answer);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            signal_ends_an_exchange_that_waits_for_the_store_and_nothing_is_lost,
            fleet_setup, fleet_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
