/* The window's thread lives: see heartbeat.h. */
#include "heartbeat.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    BEATS_A_WATCH = 3, /* two may come late */
    USEC_A_MS = 1000,
    AGAIN_MS = 1000 /* where the manager was too busy to be told that it is ready */
};

int
bw_heartbeat_connect(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(name);
    if ((name[0] != '/' && name[0] != '@') || length >= sizeof address.sun_path) {
        return -1;
    }
    memcpy(address.sun_path, name, length + 1);
    if (name[0] == '@') {
        address.sun_path[0] = '\0';
    }
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    socklen_t bytes = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, bytes) != 0) {
        (void)close(fd);
        fd = -1;
    }
    return fd;
}

static int64_t
read_watch_ms(void)
{
    const char *text = getenv("WATCHDOG_USEC");
    char *end = NULL;
    errno = 0;
    long long usec = text != NULL ? strtoll(text, &end, 10) : 0;
    if (usec <= 0 || errno != 0 || *end != '\0') {
        return 0;
    }
    return usec / USEC_A_MS / BEATS_A_WATCH;
}

void
bw_heartbeat_init(struct bw_heartbeat *heartbeat)
{
    const char *name = getenv("NOTIFY_SOCKET");
    *heartbeat = (struct bw_heartbeat){
        .fd = name != NULL ? bw_heartbeat_connect(name) : -1, .due_ms = INT64_MAX};
    if (heartbeat->fd >= 0) {
        heartbeat->every_ms = read_watch_ms();
        heartbeat->due_ms = 0;
    }
    (void)unsetenv("NOTIFY_SOCKET");
    (void)unsetenv("WATCHDOG_USEC");
    (void)unsetenv("WATCHDOG_PID");
}

void
bw_heartbeat_beat(struct bw_heartbeat *heartbeat, int64_t mono_ms)
{
    if (mono_ms < heartbeat->due_ms) {
        return;
    }
    const char *text = heartbeat->is_ready ? "WATCHDOG=1" : "READY=1\nWATCHDOG=1";
    /* a manager that is busy hears the next one */
    ssize_t sent = send(heartbeat->fd, text, strlen(text), MSG_NOSIGNAL);
    heartbeat->is_ready = heartbeat->is_ready || sent > 0;
    if (heartbeat->every_ms > 0) {
        heartbeat->due_ms = mono_ms + heartbeat->every_ms;
    } else {
        heartbeat->due_ms = heartbeat->is_ready ? INT64_MAX : mono_ms + AGAIN_MS;
    }
}

void
bw_heartbeat_finish(struct bw_heartbeat *heartbeat)
{
    if (heartbeat->fd >= 0) {
        (void)close(heartbeat->fd);
    }
    heartbeat->fd = -1;
}
