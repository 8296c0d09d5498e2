/* What the service manager hears of the window, at a socket of our own. */
#include <app/loop/heartbeat.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <cmocka.h>

enum { WATCH_MS = 30000, BEAT_MS = WATCH_MS / 3 };

static char folder[64];
static int manager; /* its end */
static struct bw_heartbeat heartbeat;

/* A manager listens at `name`, of the abstract space where that begins with @. */
static void
manager_listens(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(name);
    memcpy(address.sun_path, name, length);
    if (name[0] == '@') {
        address.sun_path[0] = '\0';
    }
    manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    assert_int_equal(bind(manager, (const struct sockaddr *)&address,
                         (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)),
        0);
    assert_int_equal(setenv("NOTIFY_SOCKET", name, 1), 0);
}

/* "" where nothing came. */
static const char *
heard(void)
{
    static char text[64];
    memset(text, 0, sizeof text);
    (void)recv(manager, text, sizeof text - 1, 0);
    return text;
}

static int
start(void **state)
{
    (void)state;
    char name[80];
    manager = -1;
    (void)strcpy(folder, "/tmp/brugwachter-beat-XXXXXX");
    assert_non_null(mkdtemp(folder));
    (void)snprintf(name, sizeof name, "%s/notify", folder);
    manager_listens(name);
    (void)snprintf(name, sizeof name, "%d", WATCH_MS * 1000);
    return setenv("WATCHDOG_USEC", name, 1);
}

static int
end(void **state)
{
    (void)state;
    char command[100];
    bw_heartbeat_finish(&heartbeat);
    (void)close(manager);
    (void)snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static void
it_is_ready_once_and_then_lives_three_times_a_watch(void **state)
{
    (void)state;
    int64_t now_ms = 5000;
    bw_heartbeat_init(&heartbeat);
    assert_string_equal(heard(), "");
    bw_heartbeat_beat(&heartbeat, now_ms);
    assert_string_equal(heard(), "READY=1\nWATCHDOG=1");
    for (int beat = 0; beat < 3; beat++) {
        assert_int_equal(heartbeat.due_ms, now_ms + BEAT_MS);
        bw_heartbeat_beat(&heartbeat, now_ms + BEAT_MS - 1);
        assert_string_equal(heard(), "");
        now_ms += BEAT_MS;
        bw_heartbeat_beat(&heartbeat, now_ms);
        assert_string_equal(heard(), "WATCHDOG=1");
    }
}

static void
without_a_watchdog_it_is_ready_and_then_silent(void **state)
{
    (void)state;
    static const char *const watches[] = {
        NULL, "", "0", "-5", "30s", "99999999999999999999"};
    for (size_t i = 0; i < sizeof watches / sizeof *watches; i++) {
        char name[80];
        (void)snprintf(name, sizeof name, "%s/notify", folder);
        (void)setenv("NOTIFY_SOCKET", name, 1);
        (void)unsetenv("WATCHDOG_USEC");
        if (watches[i] != NULL) {
            (void)setenv("WATCHDOG_USEC", watches[i], 1);
        }
        bw_heartbeat_init(&heartbeat);
        bw_heartbeat_beat(&heartbeat, 1);
        assert_string_equal(heard(), "READY=1\nWATCHDOG=1");
        assert_int_equal(heartbeat.due_ms, INT64_MAX);
        bw_heartbeat_beat(&heartbeat, INT64_MAX - 1);
        assert_string_equal(heard(), "");
        bw_heartbeat_finish(&heartbeat);
    }
}

static void
a_socket_of_the_abstract_space_hears_it_too(void **state)
{
    (void)state;
    char name[80];
    (void)close(manager);
    (void)snprintf(name, sizeof name, "@brugwachter-beat-%ld", (long)getpid());
    manager_listens(name);
    bw_heartbeat_init(&heartbeat);
    bw_heartbeat_beat(&heartbeat, 0);
    assert_string_equal(heard(), "READY=1\nWATCHDOG=1");
}

static void
where_nobody_listens_it_is_silent_for_ever(void **state)
{
    (void)state;
    char deep[300];
    memset(deep, 'a', sizeof deep);
    deep[0] = '/';
    deep[sizeof deep - 1] = '\0';
    const char *names[] = {NULL, "", "notify", "/tmp/brugwachter-nobody-is-here", deep};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)unsetenv("NOTIFY_SOCKET");
        if (names[i] != NULL) {
            (void)setenv("NOTIFY_SOCKET", names[i], 1);
        }
        bw_heartbeat_init(&heartbeat);
        assert_int_equal(heartbeat.due_ms, INT64_MAX);
        bw_heartbeat_beat(&heartbeat, 1000);
        assert_string_equal(heard(), "");
    }
}

static void
what_the_kiosk_starts_doesnt_inherit_the_socket(void **state)
{
    (void)state;
    (void)setenv("WATCHDOG_PID", "1", 1); /* the compositor's: not asked */
    bw_heartbeat_init(&heartbeat);
    assert_null(getenv("NOTIFY_SOCKET"));
    assert_null(getenv("WATCHDOG_USEC"));
    assert_null(getenv("WATCHDOG_PID"));
    bw_heartbeat_beat(&heartbeat, 0);
    assert_string_equal(heard(), "READY=1\nWATCHDOG=1");
    assert_int_equal(heartbeat.due_ms, BEAT_MS);
}

static void
a_manager_that_is_busy_hears_of_it_later(void **state)
{
    (void)state;
    bw_heartbeat_init(&heartbeat);
    while (send(heartbeat.fd, "x", 1, 0) == 1) {
    }
    bw_heartbeat_beat(&heartbeat, 0);
    assert_false(heartbeat.is_ready);
    while (heard()[0] != '\0') {
    }
    bw_heartbeat_beat(&heartbeat, heartbeat.due_ms);
    assert_string_equal(heard(), "READY=1\nWATCHDOG=1");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            it_is_ready_once_and_then_lives_three_times_a_watch, start, end),
        cmocka_unit_test_setup_teardown(
            without_a_watchdog_it_is_ready_and_then_silent, start, end),
        cmocka_unit_test_setup_teardown(
            a_socket_of_the_abstract_space_hears_it_too, start, end),
        cmocka_unit_test_setup_teardown(
            where_nobody_listens_it_is_silent_for_ever, start, end),
        cmocka_unit_test_setup_teardown(
            what_the_kiosk_starts_doesnt_inherit_the_socket, start, end),
        cmocka_unit_test_setup_teardown(
            a_manager_that_is_busy_hears_of_it_later, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
