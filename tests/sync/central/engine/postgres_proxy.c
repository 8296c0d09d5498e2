/* See postgres_proxy.h. */
#include "postgres_proxy.h"

#include "tests/sync/testing.h"

#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { CHUNK_BYTES = 65536 };

static struct sockaddr_un
address_of(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    assert_true(strlen(path) < sizeof address.sun_path);
    (void)strcpy(address.sun_path, path);
    return address;
}

static int
connect_to(const char *path)
{
    struct sockaddr_un address = address_of(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0 ? fd
                                                                                    : -1;
}

/* False once an end is closed, or has to be cut. */
static bool
pass_on(struct proxy *proxy, int from, int to, bool is_question)
{
    static char bytes[CHUNK_BYTES];
    static const char question[] = "COMMIT"; /* its end too: no READ COMMITTED */
    ssize_t length = read(from, bytes, sizeof bytes);
    if (length <= 0) {
        return false;
    }
    enum proxy_cut cut = proxy->cut;
    bool due = is_question && cut != PROXY_CUT_NOT &&
               memmem(bytes, (size_t)length, question, sizeof question) != NULL;
    if (due && cut != PROXY_GONE) {
        proxy->cut = PROXY_CUT_NOT;
    }
    if (due && cut == PROXY_CUT_QUESTION) {
        return false;
    }
    if (write(to, bytes, (size_t)length) != length) {
        return false;
    }
    if (due) {
        (void)!read(to, bytes, sizeof bytes); /* it is done once it is answered */
        if (cut == PROXY_GONE) {
            (void)shutdown(proxy->listener, SHUT_RDWR); /* before anybody hears of it */
        }
        return false;
    }
    return true;
}

static void
serve_one(struct proxy *proxy, int client)
{
    int server = connect_to(proxy->server);
    struct pollfd ends[] = {
        {.fd = client, .events = POLLIN}, {.fd = server, .events = POLLIN}};
    bool open = server >= 0;
    while (open && poll(ends, 2, -1) > 0) {
        if (ends[0].revents != 0) {
            open = pass_on(proxy, client, server, true);
        }
        if (open && ends[1].revents != 0) {
            open = pass_on(proxy, server, client, false);
        }
    }
    (void)close(client);
    (void)close(server);
}

static void *
serve(void *context)
{
    struct proxy *proxy = context;
    int client;
    while ((client = accept(proxy->listener, NULL, NULL)) >= 0) {
        serve_one(proxy, client);
    }
    return NULL;
}

void
proxy_start(struct proxy *proxy, const char *folder)
{
    char path[120];
    *proxy = (struct proxy){.cut = PROXY_CUT_NOT};
    (void)snprintf(proxy->folder, sizeof proxy->folder, "%s/proxy", folder);
    (void)snprintf(proxy->server, sizeof proxy->server, "%s/.s.PGSQL.5432", folder);
    (void)mkdir(proxy->folder, 0700);
    (void)snprintf(path, sizeof path, "%s/.s.PGSQL.5432", proxy->folder);
    (void)unlink(path);
    struct sockaddr_un address = address_of(path);
    proxy->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(
        bind(proxy->listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(proxy->listener, 4), 0);
    assert_int_equal(pthread_create(&proxy->thread, NULL, serve, proxy), 0);
}

void
proxy_cut_at_commit(struct proxy *proxy, enum proxy_cut cut)
{
    proxy->cut = cut;
}

void
proxy_stop(struct proxy *proxy)
{
    (void)shutdown(proxy->listener, SHUT_RDWR); /* wakes who waits in accept */
    (void)pthread_join(proxy->thread, NULL);
    (void)close(proxy->listener);
}
