/* `run` at a kiosk, in a process of its own: it sends at an event, says so to a service
 * manager, and ends at once. What tells a moment is a line that was printed. */
#include "tests/sync/child.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    CLOSED_S = 60,     /* how often it looks while doors are closed */
    BETWEEN_MS = 1000, /* more than passes between two of its looks at the log */
    LOOK_MS = 10,
    LOOKS = 30000, /* five minutes; a tenth of a second on an idle machine */
    TRIES = 10,    /* the machine may stand still in some */
};

struct world {
    struct office office;
    struct kiosk kiosk;
    struct child child;
};

static int
setup_new(void **state) /* that has pulled nothing yet */
{
    struct world *world = calloc(1, sizeof *world);
    office_open(&world->office, 3, false);
    people_sign_up(&world->office, 2);
    kiosk_enrol(&world->kiosk, &world->office, "Balie", "S-1");
    *state = world;
    return 0;
}

static int
setup(void **state)
{
    (void)setup_new(state);
    struct world *world = *state;
    assert_int_equal(
        kiosk_run(&world->kiosk, "pull", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    child_kill(&world->child);
    kiosk_finish(&world->kiosk);
    office_finish(&world->office);
    free(world);
    return 0;
}

static void
run_start(struct world *world)
{
    world->child = child_start(
        (const char *const[]){"--store", world->kiosk.path, "run", "--json", NULL});
}

static int64_t
mono_s(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

/* Reads answers until one has this. */
static void
answer_await(struct world *world, const char *text)
{
    char line[4096] = "";
    do {
        assert_non_null(fgets(line, sizeof line, world->child.out));
    } while (!strstr(line, text));
}

static void
an_event_goes_before_the_next_round(void **state)
{
    struct world *world = *state;
    run_start(world);
    answer_await(world, "\"sent\":0");
    for (int i = 0, in_time = 0; in_time < 2; i++) {
        char sent[32];
        int64_t began_s = mono_s();
        assert_true(i < TRIES);
        (void)kiosk_arrived(&world->kiosk, people_code(&world->office, i % 2));
        (void)snprintf(sent, sizeof sent, "\"sent\":%d", i + 1);
        answer_await(world, sent);
        in_time += mono_s() - began_s < CLOSED_S / 2; /* a second, on an idle machine */
    }
    child_end(&world->child);
}

static void
a_service_manager_hears_that_it_is_ready_and_lives(void **state)
{
    struct world *world = *state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char text[256] = "";
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s",
        office_path(&world->office, "notify"));
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(setenv("NOTIFY_SOCKET", address.sun_path, 1), 0);
    run_start(world);
    assert_int_equal(unsetenv("NOTIFY_SOCKET"), 0);
    assert_true(recv(fd, text, sizeof text - 1, 0) > 0);
    assert_string_equal(text, "READY=1");
    memset(text, 0, sizeof text);
    assert_true(recv(fd, text, sizeof text - 1, 0) > 0);
    assert_string_equal(text, "WATCHDOG=1");
    child_end(&world->child);
    (void)close(fd);
}

/* ---- several roads ---- */

/* A port of this machine that nobody listens at yet. */
static int
port_take(int *ret_port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, length), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    *ret_port = ntohs(address.sin_port);
    return fd;
}

static void
kiosk_enrol_by_two_roads(struct world *world, int port)
{
    char web[64], folder[200], path[200];
    enum bw_exit result;
    (void)snprintf(web, sizeof web, "webdavs://127.0.0.1:%d/x", port);
    (void)snprintf(folder, sizeof folder, "folder:%s.letters",
        office_path(&world->office, "central.db"));
    (void)snprintf(path, sizeof path, "%s", office_path(&world->office, "two.json"));
    json_t *answer = office_json(&world->office, &result, "enrol", "--session", "S-1",
        "--name", "Twee", "--out", path, "--clock", KIOSK_BEFORE, "--carrier", web,
        "--carrier", folder, NULL);
    assert_non_null(answer);
    json_decref(answer);
    (void)snprintf(world->kiosk.path, sizeof world->kiosk.path, "%s",
        office_path(&world->office, "two.db"));
    assert_int_equal(kiosk_run(&world->kiosk, "enrol-device", path, NULL), BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(&world->kiosk, "pull", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
}

/* The server takes the connection and never says a word: while a road waits for it, an
 * event goes by the other. */
static void
a_server_that_stands_still_keeps_no_other_road_waiting(void **state)
{
    struct world *world = *state;
    char bytes[4096];
    int port = 0, listener = port_take(&port);
    kiosk_enrol_by_two_roads(world, port);
    assert_int_equal(listen(listener, 4), 0);
    run_start(world);
    int hanging = accept(listener, NULL, NULL);
    assert_true(hanging >= 0);
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    answer_await(world, "\"sent\":1");
    ssize_t got;
    do {
        got = recv(hanging, bytes, sizeof bytes, MSG_DONTWAIT);
    } while (got > 0);
    assert_true(got < 0 && errno == EAGAIN); /* it still waits */
    child_end(&world->child);
    (void)close(hanging);
    (void)close(listener);
}

/* Until `run` has left that in the store, for staff. */
static void
state_await(struct world *world, enum bw_road_state wanted)
{
    int64_t state = -1;
    for (int i = 0; i < LOOKS && state != (int64_t)wanted; i++) {
        struct bw_error err = {.text = ""};
        struct bw_store *store = kiosk_store(&world->kiosk, BW_STORE_SYNC);
        if (bw_store_get_number(store, BW_NUMBER_ROAD, 0, &state, &err) != BW_OK) {
            fail_msg("%s", err.text);
        }
        bw_store_close(store);
        (void)poll(NULL, 0, LOOK_MS);
    }
    assert_int_equal(state, wanted);
}

/* By the folder all is well, also where nobody answers at the other; where the folder
 * isn't there either, what the server's road says counts. */
static void
staff_are_told_what_keeps_letters_here_once_no_road_goes(void **state)
{
    struct world *world = *state;
    char folder[200], away[210];
    int port = 0, silent = port_take(&port);
    kiosk_enrol_by_two_roads(world, port);
    run_start(world);
    state_await(world, BW_ROAD_FINE);
    child_end(&world->child);
    (void)snprintf(
        folder, sizeof folder, "%s", office_path(&world->office, "central.db.letters"));
    (void)snprintf(away, sizeof away, "%s.away", folder);
    assert_int_equal(rename(folder, away), 0);
    run_start(world);
    state_await(world, BW_ROAD_NETWORK);
    child_end(&world->child);
    assert_int_equal(rename(away, folder), 0);
    (void)close(silent);
}

/* Both put what is new and take what there is, each in its turn at the store. */
static void
two_of_them_on_one_store_lose_nothing_and_double_nothing(void **state)
{
    struct world *world = *state;
    struct world other = {.office = world->office, .kiosk = world->kiosk};
    run_start(world);
    run_start(&other);
    for (int i = 0; i < 2; i++) {
        char sent[32];
        (void)kiosk_arrived(&world->kiosk, people_code(&world->office, i));
        (void)snprintf(sent, sizeof sent, "\"sent\":%d", i + 1);
        answer_await(world, sent);
        answer_await(&other, sent);
    }
    child_end(&world->child);
    child_end(&other.child);
    assert_int_equal(
        office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 2);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM quarantine"), 0);
    assert_int_equal(kiosk_run(&world->kiosk, "verify", NULL), BW_EXIT_DONE);
}

/* ---- a commit that is long under way ---- */

/* The notices of the store's file that whoever syncs waits for; -1: nobody waits. */
static int looks_fd = -1, syncs_held;

/* Until the other program was at the store twice, or doesn't come any more. */
static void
looks_await(void)
{
    _Alignas(struct inotify_event) char bytes[4096];
    struct pollfd end = {.fd = looks_fd, .events = POLLIN};
    for (int looks = 0; looks < 2 && poll(&end, 1, BETWEEN_MS) == 1;) {
        ssize_t got = read(looks_fd, bytes, sizeof bytes);
        for (ssize_t at = 0; at < got; looks++) {
            const struct inotify_event *event =
                (const struct inotify_event *)(const void *)(bytes + at);
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
}

/* SQLite's. What was written to the -wal is told by now, and seen once this is done. */
int
fdatasync(int fd)
{
    if (looks_fd >= 0) {
        looks_await();
        syncs_held++;
    }
    return (int)syscall(SYS_fdatasync, fd);
}

static int
look_watch(const struct world *world)
{
    int fd = inotify_init1(IN_CLOEXEC);
    assert_true(fd >= 0);
    assert_true(inotify_add_watch(fd, world->kiosk.path, IN_CLOSE) >= 0);
    return fd;
}

/* Its first look after the notice sees the log as it was, and no second notice comes. */
static void
an_event_whose_commit_takes_longer_than_a_look_goes_all_the_same(void **state)
{
    struct world *world = *state;
    struct bw_event event = {.kind = BW_EVENT_ARRIVED,
        .operated_by = BW_OPERATOR_ATTENDEE,
        .session_no = 1,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .home_session_no = 1,
        .code = people_code(&world->office, 0)};
    struct bw_error err = {0};
    int64_t began_s = mono_s();
    run_start(world);
    answer_await(world, "\"sent\":0");
    struct bw_store *store = kiosk_store(&world->kiosk, BW_STORE_KIOSK);
    looks_fd = look_watch(world);
    if (bw_store_append(store, &world->kiosk.clock, &event, NULL, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    (void)close(looks_fd);
    looks_fd = -1;
    assert_true(syncs_held > 0);
    answer_await(world, "\"sent\":1");
    assert_true(mono_s() - began_s < CLOSED_S / 2);
    child_end(&world->child);
    bw_store_close(store);
}

/* As long as 65 MiB, which no letter is: it is passed over, and what follows isn't. */
static void
a_letter_over_the_limit_does_not_stop_what_comes_in(void **state)
{
    struct world *world = *state;
    char path[200];
    enum bw_exit result;
    (void)snprintf(path, sizeof path, "%s",
        office_path(&world->office, "central.db.letters/bw-events-9-1-2-0011aabb.bwe"));
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, (off_t)65 * 1024 * 1024), 0);
    (void)close(fd);
    json_t *answer =
        kiosk_json(&world->kiosk, &result, "pull", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(answer, "refused"), 1);
    assert_int_equal(json_number_of(answer, "registrations"), 2);
    json_decref(answer);
    answer = kiosk_json(&world->kiosk, &result, "pull", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE); /* said once */
    json_decref(answer);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        WITH_WORLD(an_event_goes_before_the_next_round),
        WITH_WORLD(a_server_that_stands_still_keeps_no_other_road_waiting),
        WITH_WORLD(staff_are_told_what_keeps_letters_here_once_no_road_goes),
        WITH_WORLD(two_of_them_on_one_store_lose_nothing_and_double_nothing),
        WITH_WORLD(an_event_whose_commit_takes_longer_than_a_look_goes_all_the_same),
        WITH_WORLD(a_service_manager_hears_that_it_is_ready_and_lives),
        cmocka_unit_test_setup_teardown(
            a_letter_over_the_limit_does_not_stop_what_comes_in, setup_new, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
