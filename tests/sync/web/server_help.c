/* The desk's server by real sockets: see server_help.h. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/server_help.h"

#include "tests/sync/one_office.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TURNS_MOST = 2000 };

struct browser desk;
struct bw_web_server *server;
char answer[ANSWER_BYTES];

int
open_server(void **state)
{
    struct bw_error err = {.text = ""};
    if (open_office(state) != 0) {
        return -1;
    }
    desk_open(&desk, &office);
    desk_enter(&desk);
    if (bw_web_server_start(&desk.desk, "127.0.0.1", 0, &server, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    desk.desk.guard.port = bw_web_server_port(server);
    return 0;
}

int
close_server(void **state)
{
    bw_web_server_stop(server);
    desk_close(&desk);
    return close_office(state);
}

int
connect_to_it(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)bw_web_server_port(server)),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int socket_of = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(socket_of >= 0);
    assert_int_equal(connect(socket_of, (struct sockaddr *)&at, sizeof at), 0);
    return socket_of;
}

void
turn(int times)
{
    for (int i = 0; i < times; i++) {
        struct pollfd ready = {.fd = bw_web_server_descriptor(server), .events = POLLIN};
        (void)poll(&ready, 1, 5);
        bw_web_server_turn(server, desk.mono_ms);
    }
}

void
send_all(int to, const char *text, size_t bytes)
{
    while (bytes > 0) {
        ssize_t sent = send(to, text, bytes, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0) {
            return; /* it is shut: what the test is about */
        }
        text += sent;
        bytes -= (size_t)sent;
        turn(1);
    }
}

bool
receive(int from, const char *until)
{
    size_t used = 0;
    answer[0] = '\0';
    for (int i = 0; i < TURNS_MOST; i++) {
        turn(1);
        ssize_t got = recv(from, answer + used, sizeof answer - used - 1, MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno != EAGAIN)) {
            return false;
        }
        used += got > 0 ? (size_t)got : 0;
        answer[used] = '\0';
        if (until != NULL && strstr(answer, until) != NULL) {
            return true;
        }
    }
    fail_msg("neither \"%s\" nor an end: %s", until != NULL ? until : "", answer);
    return false;
}

int
ask(const char *method, const char *target, const char *more)
{
    char head[2048];
    int to = connect_to_it();
    int bytes = snprintf(head, sizeof head,
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\n%s\r\n", method, target,
        bw_web_server_port(server), desk.cookie, more);
    send_all(to, head, (size_t)bytes);
    return to;
}
