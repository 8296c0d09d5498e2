/* `run` at the office, and what waits for a held database: in processes of their own, as
 * signals end them. What tells a moment is a line that was printed, or /proc. */
#include "tests/sync/child.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct world {
    struct office office;
    struct kiosk kiosk;
    int lock; /* of CENTRAL.lock; -1: not held */
};

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    office_open(&world->office, 3, false);
    people_sign_up(&world->office, 2);
    kiosk_open(&world->kiosk, &world->office, "Balie", "S-1");
    world->lock = -1;
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    if (world->lock >= 0) {
        (void)close(world->lock);
    }
    kiosk_finish(&world->kiosk);
    office_finish(&world->office);
    free(world);
    return 0;
}

enum { AT_ONCE_MS = 1000, TRIES = 10 };

static int64_t
mono_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The program on the central database, with up to four words; what it prints on both. */
static struct child
start(const struct world *world, const char *const words[])
{
    int ends[2], ready[2];
    char byte;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pipe(ready), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        char *all[8] = {(char *)(uintptr_t) "brugwachter-sync",
            (char *)(uintptr_t) "--central", (char *)(uintptr_t)world->office.uri};
        int count = 3;
        while (*words != NULL) {
            all[count++] = (char *)(uintptr_t)*words++;
        }
        FILE *out = fdopen(ends[1], "w");
        (void)close(ends[0]);
        if (world->lock >= 0) {
            (void)close(world->lock); /* the parent's still holds it */
        }
        (void)close(ready[0]);
        (void)close(ready[1]); /* from now on the lock's file is one that it opened */
        if (out) {
            (void)setvbuf(out, NULL, _IOLBF, 0);
        }
        _exit(out ? (int)bw_sync_main(&bw_sync_commands, count, all, out, out) : 99);
    }
    (void)close(ends[1]);
    (void)close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 0);
    (void)close(ready[0]);
    return (struct child){.pid = pid, .out = fdopen(ends[0], "r")};
}

static int
end(struct child *child)
{
    int result = -1;
    assert_int_equal(waitpid(child->pid, &result, 0), child->pid);
    return result;
}

static void
hold(struct world *world)
{
    char path[200];
    (void)snprintf(
        path, sizeof path, "%s.lock", office_path(&world->office, "central.db"));
    world->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(world->lock >= 0);
    assert_int_equal(flock(world->lock, LOCK_EX | LOCK_NB), 0);
}

/* It has the lock's file open: it asks for the lock again and again. */
static bool
is_waiting(const struct child *child)
{
    char folder[64], path[400], to[400];
    bool found = false;
    (void)snprintf(folder, sizeof folder, "/proc/%d/fd", (int)child->pid);
    DIR *dir = opendir(folder);
    for (struct dirent *entry; !found && dir && (entry = readdir(dir));) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        ssize_t length = readlink(path, to, sizeof to - 1);
        if (length > 0) {
            to[length] = '\0';
            found = strstr(to, "central.db.lock") != NULL;
        }
    }
    if (dir) {
        (void)closedir(dir);
    }
    return found;
}

static void
until_it_waits(const struct child *child)
{
    int64_t until_ms = mono_ms() + 300000;
    while (!is_waiting(child)) {
        assert_true(mono_ms() < until_ms);
        (void)sched_yield();
    }
}

static void
run_takes_letters_in_and_puts_rosters_until_a_signal(void **state)
{
    struct world *world = *state;
    char line[600] = "";
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    assert_int_equal(kiosk_run(&world->kiosk, "push", NULL), BW_EXIT_DONE);
    struct child child = start(world, (const char *const[]){"run", "--json", NULL});
    assert_non_null(fgets(line, sizeof line, child.out));
    assert_non_null(strstr(line, "\"online\":true"));
    assert_non_null(strstr(line, "\"accepted\":1"));
    child_end(&child);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 1);
}

/* A server that takes connections and never says a word; its port. */
static int
silent_server(int *ret_fd)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t bytes = sizeof address;
    *ret_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(*ret_fd, (struct sockaddr *)&address, bytes), 0);
    assert_int_equal(listen(*ret_fd, 8), 0);
    assert_int_equal(getsockname(*ret_fd, (struct sockaddr *)&address, &bytes), 0);
    return ntohs(address.sin_port);
}

/* The carrier that stands first, before the one by which the kiosk's letter came. */
static void
add_carrier_before(struct office *office, const char *uri)
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    struct bw_sql_value value = bw_sql_text(uri);
    assert_int_equal(
        bw_central_open(office->uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    assert_int_equal(bw_central_begin(central, &err), BW_OK);
    assert_int_equal(
        bw_central_run(central,
            "UPDATE central SET carriers = CAST($1 AS TEXT) || '\n' || carriers", &value,
            1, NULL, NULL, &err),
        BW_OK);
    assert_int_equal(bw_central_commit(central, &err), BW_OK);
    bw_central_close(central);
}

static void
a_road_that_stands_still_keeps_no_other_waiting(void **state)
{
    struct world *world = *state;
    char uri[64], line[600] = "";
    int silent = -1;
    (void)snprintf(uri, sizeof uri, "webdavs://127.0.0.1:%d/x", silent_server(&silent));
    assert_int_equal(chmod(office_write(&world->office, "central.db.netrc",
                               "machine 127.0.0.1 login a password b\n"),
                         0600),
        0);
    add_carrier_before(&world->office, uri);
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    assert_int_equal(kiosk_run(&world->kiosk, "push", NULL), BW_EXIT_DONE);
    struct child child = start(world, (const char *const[]){"run", "--json", NULL});
    assert_non_null(fgets(line, sizeof line, child.out));
    assert_non_null(strstr(line, "\"online\":true")); /* nothing is known of it yet */
    assert_non_null(strstr(line, "\"accepted\":1"));
    assert_non_null(strstr(line, "\"written\":1"));
    child_end(&child);
    (void)close(silent);
}

static void
run_needs_one_of_store_and_central(void **state)
{
    (void)state;
    struct office nothing;
    char *words[] = {(char *)(uintptr_t) "brugwachter-sync", (char *)(uintptr_t) "run"};
    office_init(&nothing);
    FILE *null = fopen("/dev/null", "w");
    assert_non_null(null);
    assert_int_equal(
        bw_sync_main(&bw_sync_commands, 2, words, null, null), BW_EXIT_USAGE);
    (void)fclose(null);
    office_finish(&nothing);
}

static void
run_says_what_lan_may_be_at_the_office_too(void **state)
{
    const struct world *world = *state;
    char line[600] = "";
    struct child child =
        start(world, (const char *const[]){"run", "--lan", "nonsense", NULL});
    assert_non_null(fgets(line, sizeof line, child.out));
    assert_non_null(strstr(line, "--lan is on or off, not \"nonsense\""));
    int result = end(&child);
    (void)fclose(child.out);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), BW_EXIT_USAGE);
}

/* Of both: somebody else holds the database, and TERM comes meanwhile. How long it then
 * took. */
static int64_t
ended_after_ms(struct world *world, const char *const words[], bool in_order)
{
    struct child child = start(world, words);
    until_it_waits(&child);
    int64_t began_ms = mono_ms();
    assert_int_equal(kill(child.pid, SIGTERM), 0);
    int result = end(&child);
    int64_t took_ms = mono_ms() - began_ms;
    (void)fclose(child.out);
    assert_int_equal(WIFEXITED(result), in_order);
    assert_true(
        in_order ? WEXITSTATUS(result) == BW_EXIT_DONE : WTERMSIG(result) == SIGTERM);
    return took_ms;
}

static void
ends_at_once(struct world *world, const char *const words[], bool in_order)
{
    int tries = 1; /* the machine may stand still in some */
    hold(world);
    while (ended_after_ms(world, words, in_order) >= AT_ONCE_MS) {
        assert_true(tries++ < TRIES);
    }
}

static void
term_ends_run_while_it_waits_for_the_database(void **state)
{
    struct world *world = *state;
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    assert_int_equal(kiosk_run(&world->kiosk, "push", NULL), BW_EXIT_DONE);
    ends_at_once(world, (const char *const[]){"run", NULL}, true);
}

static void
term_ends_an_office_command_while_it_waits_for_the_database(void **state)
{
    ends_at_once(
        *state, (const char *const[]){"promote", "--session", "S-1", NULL}, false);
}

static void
a_held_database_is_told_in_a_sentence_after_5_seconds(void **state)
{
    struct world *world = *state;
    char line[600] = "";
    hold(world);
    int64_t began_ms = mono_ms();
    struct child child =
        start(world, (const char *const[]){"promote", "--session", "S-1", NULL});
    assert_non_null(fgets(line, sizeof line, child.out));
    assert_non_null(strstr(line, "another program has been writing to it for 5 s"));
    int result = end(&child);
    (void)fclose(child.out);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), BW_EXIT_FAILED);
    assert_in_range(mono_ms() - began_ms, 4900, 300000);
}

static enum bw_status
run_of_a_server_that_is_away(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, bw_sql_row *row, void *context,
    struct bw_error *err)
{
    (void)central, (void)sql, (void)parameters, (void)count, (void)row, (void)context;
    return bw_error_set(err, BW_OFFLINE, 0, "the server is away");
}

/* In the child: `run` on a database whose every statement fails so. */
static enum bw_exit
run_without_server(struct office *office, FILE *out)
{
    char *words[] = {(char *)(uintptr_t) "brugwachter-sync",
        (char *)(uintptr_t) "--central", office->uri, (char *)(uintptr_t) "run"};
    struct bw_call call;
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_call_parse(&bw_sync_commands, 4, words, &call, &err), BW_OK);
    call.out = out;
    call.progress = NULL;
    bw_clock_init_system(&call.clock);
    assert_int_equal(
        bw_central_open(office->uri, BW_CENTRAL_OPEN, &call.central, &err), BW_OK);
    struct bw_central_engine away = *call.central->engine;
    away.run = run_of_a_server_that_is_away;
    call.central->engine = &away;
    return call.command->run(&call, &err);
}

static void
run_goes_on_where_the_databases_server_is_away(void **state)
{
    struct world *world = *state;
    char line[600] = "";
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    struct child child = {.pid = fork()};
    if (child.pid == 0) {
        FILE *out = fdopen(ends[1], "w");
        (void)close(ends[0]);
        _exit(out != NULL ? (int)run_without_server(&world->office, out) : 99);
    }
    (void)close(ends[1]);
    child.out = fdopen(ends[0], "r");
    assert_non_null(fgets(line, sizeof line, child.out));
    assert_non_null(strstr(line, "the server is away"));
    child_end(&child); /* it waits for the next round */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        WITH_WORLD(run_takes_letters_in_and_puts_rosters_until_a_signal),
        WITH_WORLD(a_road_that_stands_still_keeps_no_other_waiting),
        cmocka_unit_test(run_needs_one_of_store_and_central),
        WITH_WORLD(run_says_what_lan_may_be_at_the_office_too),
        WITH_WORLD(term_ends_run_while_it_waits_for_the_database),
        WITH_WORLD(term_ends_an_office_command_while_it_waits_for_the_database),
        WITH_WORLD(run_goes_on_where_the_databases_server_is_away),
        WITH_WORLD(a_held_database_is_told_in_a_sentence_after_5_seconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
