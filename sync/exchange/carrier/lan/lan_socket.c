/* Where letters are served: see lan_socket.h. */
#include "exchange/carrier/lan/lan_socket.h"

#include "exchange/carrier/lan/lan_server.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Both families by one socket; IPv4 alone where there's no IPv6. */
static int
socket_bind(int port)
{
    const int on = 1, off = 0;
    struct sockaddr_in6 six = {
        .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool both =
        fd >= 0 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) == 0;
    if (!both) {
        if (fd >= 0) {
            (void)close(fd);
        }
        fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    }
    if (fd < 0) {
        return -1;
    }
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr *at = both ? (struct sockaddr *)&six : (struct sockaddr *)&four;
    if (bind(fd, at, both ? sizeof six : sizeof four) != 0 || listen(fd, 16) != 0) {
        int number = errno;
        (void)close(fd);
        errno = number;
        return -1;
    }
    return fd;
}

/* It stands at the same place in both families' addresses. */
static int
port_of(int fd)
{
    struct sockaddr_in6 address = {.sin6_port = 0};
    socklen_t bytes = sizeof address;
    (void)getsockname(fd, (struct sockaddr *)&address, &bytes);
    return ntohs(address.sin6_port);
}

enum bw_status
bw_lan_socket_listen(int port, int *ret_fd, int *ret_port, struct bw_error *err)
{
    int fd = socket_bind(port);
    if (fd < 0 && errno == EADDRINUSE && port == BW_LAN_PORT) {
        fd = socket_bind(0);
    }
    if (fd < 0) {
        int number = errno;
        return bw_error_set(err, number == EADDRINUSE ? BW_BUSY : BW_IO, number,
            "serving letters on the local network at "
            "port %d: %s; give another one (--lan-port)",
            port, bw_said(strerror(number)));
    }
    *ret_port = port_of(fd);
    *ret_fd = fd;
    return BW_OK;
}
