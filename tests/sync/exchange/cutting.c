/* See cutting.h. */
#include "cutting.h"

#include "tests/sync/testing.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { CHUNK_BYTES = 16384 };

struct pair_of_ends {
    struct cutting *cutting;
    int client;
};

static struct sockaddr_un
address_of(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    assert_true(strlen(path) < sizeof address.sun_path);
    (void)strcpy(address.sun_path, path);
    return address;
}

static struct sockaddr_in
port_of(int port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

/* The server's end; -1: it isn't there. */
static int
server_open(const struct cutting *cutting)
{
    struct sockaddr_un path = address_of(cutting->server);
    struct sockaddr_in port = port_of(cutting->server_port);
    bool by_port = cutting->server_port > 0;
    int server = socket(by_port ? AF_INET : AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(server, by_port ? (struct sockaddr *)&port : (struct sockaddr *)&path,
            by_port ? sizeof port : sizeof path) == 0) {
        return server;
    }
    (void)close(server);
    return -1;
}

/* How late a piece is: lost again, it is sent after twice the time. */
static int
late_ms(struct cutting *cutting)
{
    int late_ms = atomic_load(&cutting->delay_ms);
    for (int again_ms = atomic_load(&cutting->resend_ms); again_ms > 0; again_ms *= 2) {
        unsigned chance = atomic_load(&cutting->chance) * 1103515245U + 12345U;
        atomic_store(&cutting->chance, chance);
        if ((chance >> 16) % 3 != 0) {
            break;
        }
        late_ms += again_ms;
    }
    return late_ms;
}

/* How many of these bytes may go; fewer: it is cut after them. */
static ssize_t
allow(struct cutting *cutting, enum cutting_way way, ssize_t length)
{
    int64_t left = atomic_load(&cutting->left[way]);
    ssize_t goes = left < 0 || left >= length ? length : (ssize_t)left;
    if (left >= 0) {
        atomic_store(&cutting->left[way], left - goes);
    }
    (void)atomic_fetch_add(&cutting->passed[way], goes);
    return goes;
}

/* False once an end is closed, or it is cut. *last: which way the piece before went. */
static bool
pass_on(struct cutting *cutting, enum cutting_way way, int from, int to,
    enum cutting_way *last)
{
    char bytes[CHUNK_BYTES];
    ssize_t length = read(from, bytes, sizeof bytes);
    if (length <= 0) {
        return false;
    }
    if (way == CUTTING_DOWN && *last == CUTTING_UP) {
        (void)atomic_fetch_add(&cutting->turns, 1);
    }
    *last = way;
    (void)poll(NULL, 0, late_ms(cutting));
    ssize_t goes = allow(cutting, way, length);
    return send(to, bytes, (size_t)goes, MSG_NOSIGNAL) == goes && goes == length;
}

static void *
serve_one(void *context)
{
    struct pair_of_ends *pair = context;
    struct cutting *cutting = pair->cutting;
    int client = pair->client;
    int server = server_open(cutting);
    bool open = server >= 0;
    enum cutting_way last = CUTTING_UP;
    struct pollfd ends[] = {
        {.fd = client, .events = POLLIN}, {.fd = server, .events = POLLIN}};
    free(pair);
    while (open && poll(ends, 2, -1) > 0) {
        if (ends[0].revents != 0) {
            open = pass_on(cutting, CUTTING_UP, client, server, &last);
        }
        if (open && ends[1].revents != 0) {
            open = pass_on(cutting, CUTTING_DOWN, server, client, &last);
        }
    }
    (void)close(client);
    if (server >= 0) {
        (void)close(server);
    }
    return NULL;
}

static void *
serve(void *context)
{
    struct cutting *cutting = context;
    int client;
    while ((client = accept(cutting->listener, NULL, NULL)) >= 0) {
        pthread_t thread;
        struct pair_of_ends *pair = malloc(sizeof *pair);
        assert_non_null(pair);
        *pair = (struct pair_of_ends){.cutting = cutting, .client = client};
        assert_int_equal(pthread_create(&thread, NULL, serve_one, pair), 0);
        assert_int_equal(pthread_detach(thread), 0);
    }
    return NULL;
}

void
cutting_start(struct cutting *cutting, const char *folder)
{
    char path[120];
    *cutting = (struct cutting){.listener = -1};
    cutting_reset(cutting);
    (void)snprintf(cutting->folder, sizeof cutting->folder, "%s/cut", folder);
    (void)snprintf(cutting->server, sizeof cutting->server, "%s/.s.PGSQL.5432", folder);
    (void)mkdir(cutting->folder, 0700);
    (void)snprintf(path, sizeof path, "%s/.s.PGSQL.5432", cutting->folder);
    (void)unlink(path);
    struct sockaddr_un address = address_of(path);
    cutting->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(
        bind(cutting->listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(cutting->listener, 16), 0);
    assert_int_equal(pthread_create(&cutting->thread, NULL, serve, cutting), 0);
}

void
cutting_start_at(struct cutting *cutting, int server_port)
{
    struct sockaddr_in address = port_of(0);
    socklen_t bytes = sizeof address;
    *cutting = (struct cutting){.server_port = server_port};
    cutting_reset(cutting);
    cutting->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(cutting->listener, (struct sockaddr *)&address, bytes), 0);
    assert_int_equal(listen(cutting->listener, 16), 0);
    assert_int_equal(
        getsockname(cutting->listener, (struct sockaddr *)&address, &bytes), 0);
    cutting->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&cutting->thread, NULL, serve, cutting), 0);
}

void
cutting_stop(struct cutting *cutting)
{
    (void)shutdown(cutting->listener, SHUT_RDWR); /* wakes who waits in accept */
    (void)pthread_join(cutting->thread, NULL);
    (void)close(cutting->listener);
}

void
cutting_reset(struct cutting *cutting)
{
    for (int way = 0; way < CUTTING_WAYS; way++) {
        atomic_store(&cutting->left[way], -1);
        atomic_store(&cutting->passed[way], 0);
    }
    atomic_store(&cutting->turns, 0);
}

void
cutting_after(struct cutting *cutting, enum cutting_way way, int64_t bytes)
{
    cutting_reset(cutting);
    atomic_store(&cutting->left[way], bytes);
}
