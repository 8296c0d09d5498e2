/* See lan_rogue.h. */
#include "lan_rogue.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static bool
send_all(int fd, const void *bytes, size_t length)
{
    return send(fd, bytes, length, MSG_NOSIGNAL) == (ssize_t)length;
}

/* An HTTP answer with this body; `more`: it says that so many bytes follow. */
static bool
body_send(int fd, const void *bytes, size_t length, size_t more)
{
    char head[128];
    int head_bytes = snprintf(head, sizeof head,
        "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", length + more);
    return send_all(fd, head, (size_t)head_bytes) && send_all(fd, bytes, length);
}

static void
list_fill(struct lan_rogue *rogue, struct bw_lan_list *list)
{
    char name[BW_LETTER_NAME_BYTES];
    switch (rogue->way) {
    case LAN_ROGUE_INVENTED:
        (void)bw_lan_list_add(list, "../../../etc/passwd", 1);
        (void)bw_lan_list_add(list, "bw-events-3-1-9-0011aabb.bwe", UINT64_MAX);
        (void)bw_lan_list_add(list, "bw-roster-4-0-9-0011aabb.bwr", 1);
        break;
    case LAN_ROGUE_CHANGING:
        (void)snprintf(
            name, sizeof name, "bw-events-9-1-%d-0011aabb.bwe", ++rogue->number);
        (void)bw_lan_list_add(list, name, 1);
        break;
    case LAN_ROGUE_OLD:
    case LAN_ROGUE_CUT:
    case LAN_ROGUE_ENDLESS:
    case LAN_ROGUE_SILENT:
    case LAN_ROGUE_NOISE:
    case LAN_ROGUE_ELSEWHERE:
    case LAN_ROGUE_LONG:
    case LAN_ROGUE_WAYS:
        (void)bw_lan_list_add(list, LAN_ROGUE_NAME, 100);
        break;
    }
}

/* What it would say to this if it behaved; NULL: it can't read it. */
static unsigned char *
answer_make(struct lan_rogue *rogue, const char *path, enum bw_lan_verb *ret_verb,
    size_t *ret_length)
{
    struct bw_lan_request request;
    struct bw_lan_list list = {.names = NULL};
    unsigned char *bytes = NULL, *sealed = NULL;
    size_t length = 0;
    int key = 0;
    if (!bw_lan_request_read(
            path, (const uint8_t(*)[BW_LAN_KEY_BYTES])rogue->key, 1, &request, &key)) {
        return NULL;
    }
    list_fill(rogue, &list);
    (void)!bw_lan_list_write(&list, &bytes, &length, NULL);
    bw_lan_list_finish(&list);
    struct bw_lan_answer answer = {
        .kind = BW_LAN_LISTED, .device = rogue->device, .bytes = bytes, .length = length};
    answer.kind = request.verb == BW_LAN_GET ? BW_LAN_LETTER : BW_LAN_LISTED;
    (void)!bw_lan_answer_write(&answer, &request, rogue->key, &sealed, ret_length, NULL);
    free(bytes);
    *ret_verb = request.verb;
    return sealed;
}

static void
endless_send(struct lan_rogue *rogue, int fd)
{
    static const char zeros[64 * 1024];
    bool open = body_send(fd, zeros, sizeof zeros, (size_t)1 << 40);
    while (open && !atomic_load(&rogue->ending)) {
        open = send_all(fd, zeros, sizeof zeros);
    }
}

/* Until the other side has enough of it, or the test ends. */
static void
silence(struct lan_rogue *rogue, int fd)
{
    struct pollfd end = {.fd = fd, .events = POLLIN | POLLRDHUP};
    while (!atomic_load(&rogue->ending) && poll(&end, 1, 50) == 0) {
    }
}

static void
misbehave(struct lan_rogue *rogue, int fd, const char *path)
{
    enum bw_lan_verb verb = BW_LAN_LIST;
    size_t length = 0;
    unsigned char *answer = answer_make(rogue, path, &verb, &length);
    if (!answer) {
        return;
    }
    switch (rogue->way) {
    case LAN_ROGUE_OLD:
        if (!rogue->old) {
            rogue->old = answer;
            rogue->old_bytes = length;
            answer = NULL;
        }
        (void)body_send(fd, rogue->old, rogue->old_bytes, 0);
        break;
    case LAN_ROGUE_CUT:
        (void)body_send(fd, answer, length / 2, length - length / 2);
        break;
    case LAN_ROGUE_ENDLESS:
        endless_send(rogue, fd);
        break;
    case LAN_ROGUE_LONG:
        if (verb == BW_LAN_GET) {
            endless_send(rogue, fd);
            break;
        }
        (void)body_send(fd, answer, length, 0);
        break;
    case LAN_ROGUE_INVENTED:
    case LAN_ROGUE_CHANGING:
    case LAN_ROGUE_WAYS:
        (void)body_send(fd, answer, length, 0);
        break;
    case LAN_ROGUE_SILENT:
        silence(rogue, fd);
        break;
    case LAN_ROGUE_NOISE:
        (void)send_all(fd, "\0\1\2 noise\r\n\r\n\r\n", 16);
        break;
    case LAN_ROGUE_ELSEWHERE: {
        static const char away[] = "HTTP/1.1 302 Found\r\n"
                                   "Location: file:///etc/passwd\r\n"
                                   "Content-Length: 0\r\n\r\n";
        (void)send_all(fd, away, sizeof away - 1);
        break;
    }
    }
    free(answer);
}

/* One request a connection. */
static void
serve(struct lan_rogue *rogue, int fd)
{
    char head[2048];
    size_t have = 0;
    ssize_t got = 0;
    do {
        got = recv(fd, head + have, sizeof head - 1 - have, 0);
        have += got > 0 ? (size_t)got : 0;
        head[have] = '\0';
    } while (got > 0 && have < sizeof head - 1 && !strstr(head, "\r\n\r\n"));
    if (strncmp(head, "GET ", 4) == 0) {
        head[4 + strcspn(head + 4, " ")] = '\0';
        atomic_fetch_add(&rogue->asked, 1);
        misbehave(rogue, fd, head + 4);
    }
    (void)close(fd);
}

static void *
rogue_run(void *context)
{
    struct lan_rogue *rogue = context;
    while (!atomic_load(&rogue->ending)) {
        struct pollfd door = {.fd = rogue->socket, .events = POLLIN};
        int fd = poll(&door, 1, 50) > 0 ? accept(rogue->socket, NULL, NULL) : -1;
        if (fd >= 0) {
            serve(rogue, fd);
        }
    }
    return NULL;
}

void
lan_rogue_start(struct lan_rogue *rogue, enum lan_rogue_way way,
    const uint8_t key[BW_LAN_KEY_BYTES], uint32_t device)
{
    struct sockaddr_in at = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t bytes = sizeof at;
    *rogue = (struct lan_rogue){.way = way, .key = key, .device = device};
    rogue->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(rogue->socket, (struct sockaddr *)&at, sizeof at) != 0 ||
        listen(rogue->socket, 8) != 0 ||
        getsockname(rogue->socket, (struct sockaddr *)&at, &bytes) != 0 ||
        pthread_create(&rogue->thread, NULL, rogue_run, rogue) != 0) {
        abort();
    }
    rogue->port = ntohs(at.sin_port);
}

void
lan_rogue_await(struct lan_rogue *rogue)
{
    int least = rogue->way == LAN_ROGUE_CHANGING || rogue->way == LAN_ROGUE_OLD ? 3 : 1;
    while (atomic_load(&rogue->asked) < least) {
        (void)poll(NULL, 0, 10);
    }
}

bool
lan_rogue_answers(const struct lan_rogue *rogue)
{
    return rogue->way == LAN_ROGUE_INVENTED || rogue->way == LAN_ROGUE_CHANGING ||
           rogue->way == LAN_ROGUE_LONG;
}

void
lan_rogue_stop(struct lan_rogue *rogue)
{
    atomic_store(&rogue->ending, true);
    (void)pthread_join(rogue->thread, NULL);
    (void)close(rogue->socket);
    free(rogue->old);
}
