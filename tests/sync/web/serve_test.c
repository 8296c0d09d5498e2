/* The program itself: `desk` prints its link, serves until a signal, and puts rosters for
 * kiosks after a change. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/one_office.h"

#include "office/place/registration.h"
#include "web/serve.h"

#include <arpa/inet.h>
#include <brugwachter/core.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINK_BYTES = 512, ANSWER_BYTES = 1 << 18 };

static char answer[ANSWER_BYTES];

/* The real program, from its arguments on, in a process of its own; its first line. */
static pid_t
start(char link[LINK_BYTES])
{
    static const char *const program = BW_BINARY_DIR "/bin/brugwachter-sync";
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)dup2(ends[1], STDOUT_FILENO);
        (void)close(ends[0]);
        (void)execl(program, program, "--central", office.uri, "--settings",
            office.folder, "desk", "--no-browser", (char *)NULL);
        _exit(127);
    }
    (void)close(ends[1]);
    FILE *from = fdopen(ends[0], "r");
    assert_non_null(from);
    assert_non_null(fgets(link, LINK_BYTES, from));
    (void)fclose(from);
    link[strcspn(link, "\n")] = '\0';
    return child;
}

/* One request, and the answer until the server closes. */
static void
fetch(const char *link, const char *target, const char *more)
{
    int port = atoi(strrchr(link, ':') + 1);
    char head[1024];
    struct sockaddr_in at = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int to = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(to, (struct sockaddr *)&at, sizeof at), 0);
    int bytes = snprintf(head, sizeof head,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n%s\r\n", target,
        port, more);
    assert_int_equal(write(to, head, (size_t)bytes), bytes);
    size_t used = 0;
    for (ssize_t got = 1; got > 0 && used + 1 < sizeof answer;) {
        got = read(to, answer + used, sizeof answer - used - 1);
        used += got > 0 ? (size_t)got : 0;
    }
    answer[used] = '\0';
    (void)close(to);
}

static void
the_program_serves_until_a_signal_and_ends_well(void **state)
{
    char link[LINK_BYTES], cookie[256];
    int result = -1;
    (void)state;
    pid_t child = start(link);
    assert_int_equal(strncmp(link, "http://127.0.0.1:", 17), 0);
    fetch(link, "/", "");
    assert_non_null(strstr(answer, "HTTP/1.1 403"));
    fetch(link, strstr(link, "/binnen"), "");
    assert_non_null(strstr(answer, "HTTP/1.1 200"));
    const char *set = strstr(answer, "Set-Cookie: ");
    assert_non_null(set);
    (void)snprintf(
        cookie, sizeof cookie, "Cookie: %.*s\r\n", (int)strcspn(set + 12, ";"), set + 12);
    fetch(link, "/", cookie);
    assert_non_null(strstr(answer, "Leerkring Zwolle"));
    assert_int_equal(kill(child, SIGTERM), 0);
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), BW_EXIT_DONE);
}

static void
listening_takes_an_address_and_a_port(void **state)
{
    static const char *const wrong[] = {"", "8080", "127.0.0.1",
        "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "127.0.0.1:-1", "[::1:80", ":80",
        "[]:80"};
    char address[BW_WEB_ADDRESS_BYTES];
    int port = 0;
    struct bw_error err;
    (void)state;
    assert_int_equal(bw_web_listen_parse("127.0.0.1:8080", address, &port, &err), BW_OK);
    assert_string_equal(address, "127.0.0.1");
    assert_int_equal(port, 8080);
    assert_int_equal(bw_web_listen_parse("[::1]:0", address, &port, &err), BW_OK);
    assert_string_equal(address, "::1");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (bw_web_listen_parse(wrong[i], address, &port, &err) != BW_BAD_INPUT) {
            fail_msg("taken: \"%s\"", wrong[i]);
        }
    }
}

static void
a_desk_for_the_network_is_refused(void **state)
{
    (void)state;
    assert_int_equal(
        office_run(&office, "desk", "--no-browser", "--listen", "0.0.0.0:0", NULL),
        BW_EXIT_USAGE);
    says("on this machine alone");
    assert_int_equal(office_run(&office, "desk", "--no-browser", "--listen", "x", NULL),
        BW_EXIT_USAGE);
}

/* ---- letters ---- */

#define LETTERS "SELECT count(*) FROM letter_out"

struct bell {
    struct bw_web_post *post;
    int rounds;
};

/* Waits for the next round, whatever time it takes. */
static void
hear(struct bell *bell)
{
    char why[BW_ERROR_TEXT_BYTES];
    struct pollfd ready = {.fd = bw_web_post_bell(bell->post), .events = POLLIN};
    assert_int_equal(poll(&ready, 1, -1), 1);
    assert_true(bw_web_post_heard(bell->post, why) > 0);
    assert_string_equal(why, "");
    bell->rounds++;
}

static void
rosters_go_out_after_a_change(void **state)
{
    struct bw_error err = {.text = ""};
    struct bell bell = {.rounds = 0};
    struct bw_web_post_setup setup = {.central_uri = office.uri, .netrc_path = ""};
    (void)state;
    (void)office_write(&office, "pin.txt", "123456\n");
    assert_int_equal(office_run(&office, "enrol", "--session", "S-1", "--name", "Zuil",
                         "--pin-file", office_path(&office, "pin.txt"), "--out",
                         office_path(&office, "z.json"), NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        office_sign_up(&office,
            "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,"
            "Oost\n"),
        BW_EXIT_DONE);
    bw_clock_init_system(&setup.clock);
    bw_clock_inject(&setup.clock, INT64_C(1742209200000)); /* OFFICE_DAY */
    assert_int_equal(bw_core_init(&err), BW_OK);
    if (bw_web_post_start(&setup, &bell.post, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    hear(&bell);
    int64_t letters = office_number(&office, LETTERS);
    struct bw_office verbs = {.key_path = "", .clock = setup.clock};
    struct bw_place_change change;
    assert_int_equal(
        bw_central_open(office.uri, BW_CENTRAL_OPEN, &verbs.central, &err), BW_OK);
    assert_int_equal(
        bw_place_cancel(&verbs, office_code(&office, "Anna"), &change, &err), BW_OK);
    bw_central_close(verbs.central);
    assert_int_equal(office_number(&office, LETTERS), letters);
    bw_web_post_put(bell.post);
    hear(&bell);
    bw_web_post_stop(bell.post);
    assert_int_equal(office_number(&office, LETTERS), letters + 1);
}

#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_OFFICE(the_program_serves_until_a_signal_and_ends_well),
        IN_OFFICE(listening_takes_an_address_and_a_port),
        IN_OFFICE(a_desk_for_the_network_is_refused),
        IN_OFFICE(rosters_go_out_after_a_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
