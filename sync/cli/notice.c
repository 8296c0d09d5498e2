/* What `run` wakes for: see notice.h. */
#include "cli/notice.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LOOK_MS = 1000, PIECE_BYTES = 8192 };

static int
store_watch(const char *store_path, char ret_wal[NAME_MAX + 1])
{
    char folder[PATH_MAX];
    const char *slash = strrchr(store_path, '/');
    int length = slash ? (int)(slash - store_path) : 0;
    (void)snprintf(
        ret_wal, NAME_MAX + 1, "%.*s-wal", NAME_MAX - 4, slash ? slash + 1 : store_path);
    (void)snprintf(
        folder, sizeof folder, "%.*s", length > 0 ? length : 1, slash ? store_path : ".");
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (fd >= 0 && inotify_add_watch(fd, folder, IN_MODIFY) < 0) {
        (void)close(fd);
        fd = -1;
    }
    return fd;
}

static int
network_watch(void)
{
    struct sockaddr_nl address = {.nl_family = AF_NETLINK,
        .nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE |
                     RTMGRP_IPV6_ROUTE};
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (fd >= 0 && bind(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        (void)close(fd);
        fd = -1;
    }
    return fd;
}

void
bw_notice_open(struct bw_notice *notice, const char *store_path)
{
    notice->store_fd = store_watch(store_path, notice->wal);
    notice->network_fd = network_watch();
}

void
bw_notice_close(struct bw_notice *notice)
{
    if (notice->store_fd >= 0) {
        (void)close(notice->store_fd);
    }
    if (notice->network_fd >= 0) {
        (void)close(notice->network_fd);
    }
}

/* Reads all that waits; whether one is of the store. */
static bool
store_read(const struct bw_notice *notice)
{
    _Alignas(struct inotify_event) char bytes[PIECE_BYTES];
    bool found = false;
    ssize_t got;
    while ((got = read(notice->store_fd, bytes, sizeof bytes)) > 0) {
        for (ssize_t at = 0; at < got;) {
            const struct inotify_event *event =
                (const struct inotify_event *)(const void *)(bytes + at);
            found = found || (event->mask & IN_Q_OVERFLOW) != 0 ||
                    (event->len > 0 && strcmp(event->name, notice->wal) == 0);
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
    return found;
}

/* Whether an address or a route came; those that go wake nobody. */
static bool
network_read(const struct bw_notice *notice)
{
    _Alignas(struct nlmsghdr) char bytes[PIECE_BYTES];
    bool found = false;
    ssize_t got;
    while ((got = recv(notice->network_fd, bytes, sizeof bytes, 0)) > 0) {
        unsigned left = (unsigned)got;
        for (const struct nlmsghdr *head = (const struct nlmsghdr *)(const void *)bytes;
             NLMSG_OK(head, left); head = NLMSG_NEXT(head, left)) {
            found = found || head->nlmsg_type == RTM_NEWADDR ||
                    head->nlmsg_type == RTM_NEWROUTE;
        }
    }
    return found;
}

struct bw_noticed
bw_notice_wait(struct bw_notice *notice, struct bw_carrier_ears *ears, const int *ends,
    int ends_count, int64_t wait_ms)
{
    struct pollfd all[2 + 2 * BW_CARRIERS_MAX] = {
        {.fd = notice->store_fd, .events = POLLIN},
        {.fd = notice->network_fd, .events = POLLIN}};
    int fds[2 * BW_CARRIERS_MAX];
    int count = bw_carrier_ears_fds(ears, fds);
    bool blind = notice->store_fd < 0;
    for (int i = 0; i < ends_count; i++) {
        fds[count++] = ends[i];
    }
    for (int i = 0; i < count; i++) {
        all[2 + i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
    }
    wait_ms = wait_ms < 0 ? 0 : wait_ms > INT_MAX ? INT_MAX : wait_ms;
    if (blind && wait_ms > LOOK_MS) {
        wait_ms = LOOK_MS;
    }
    (void)poll(all, (nfds_t)(2 + count), (int)wait_ms);
    return (struct bw_noticed){
        .store = blind || (all[0].revents != 0 && store_read(notice)),
        .network = all[1].revents != 0 && network_read(notice),
        .carriers = bw_carrier_ears_heard(ears)};
}
