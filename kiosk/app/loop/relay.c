/* What is said below a compositor, as the service's own process: see relay.h. */
#include "relay.h"

#include "heartbeat.h"

#include "app/options/options.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_BYTES = 512, KILLED = 128 };

struct relay {
    int up, down, signals; /* to the manager, from the command; -1: none */
    pid_t child;
};

static int
cannot(const char *what)
{
    (void)fprintf(stderr,
        "brugwachter-kiosk: Starting %s under the service manager failed: %s. Look at "
        "the service's ExecStart.\n",
        what, strerror(errno));
    return BW_EXIT_FAILED;
}

/* An unnamed place of the abstract space, told to the command. */
static int
listen_below(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    socklen_t bytes = offsetof(struct sockaddr_un, sun_path);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), yes = 1;
    if (fd < 0 || bind(fd, (const struct sockaddr *)&address, bytes) != 0 ||
        setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) != 0) {
        return fd;
    }
    char name[sizeof address.sun_path + 1];
    bytes = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &bytes) == 0) {
        int length = (int)(bytes - offsetof(struct sockaddr_un, sun_path)) - 1;
        (void)snprintf(name, sizeof name, "@%.*s", length, address.sun_path + 1);
        (void)setenv("NOTIFY_SOCKET", name, 1);
    }
    return fd;
}

/* Anybody may write to an abstract socket: only what its own user says counts. */
static void
hand_on(const struct relay *relay)
{
    char words[WORDS_BYTES];
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct ucred))];
    struct iovec part = {.iov_base = words, .iov_len = sizeof words};
    struct msghdr message = {.msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = control,
        .msg_controllen = sizeof control};
    ssize_t length = recvmsg(relay->down, &message, MSG_CMSG_CLOEXEC);
    struct cmsghdr *header = length > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    struct ucred sender;
    if (header == NULL || header->cmsg_type != SCM_CREDENTIALS) {
        return;
    }
    memcpy(&sender, CMSG_DATA(header), sizeof sender);
    if (sender.uid == getuid()) {
        (void)send(relay->up, words, (size_t)length, MSG_NOSIGNAL);
    }
}

/* The exit status when the command has ended, else -1. */
static int
take_signal(const struct relay *relay)
{
    struct signalfd_siginfo info;
    int status = 0;
    if (read(relay->signals, &info, sizeof info) != (ssize_t)sizeof info) {
        return -1;
    }
    if (info.ssi_signo != SIGCHLD) {
        (void)kill(relay->child, (int)info.ssi_signo);
        return -1;
    }
    if (waitpid(relay->child, &status, WNOHANG) != relay->child) {
        return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : KILLED + WTERMSIG(status);
}

static _Noreturn void
become(char *const command[], const sigset_t *mask)
{
    (void)sigprocmask(SIG_SETMASK, mask, NULL);
    (void)execvp(command[0], command);
    _exit(cannot(command[0]));
}

int
bw_relay_main(char *const command[])
{
    const char *name = getenv("NOTIFY_SOCKET");
    sigset_t handled, before;
    if (command[0] == NULL) {
        (void)fputs("Usage: brugwachter-kiosk relay COMMAND…\n", stderr);
        return BW_EXIT_USAGE;
    }
    (void)sigemptyset(&handled);
    (void)sigaddset(&handled, SIGCHLD);
    (void)sigaddset(&handled, SIGTERM);
    (void)sigaddset(&handled, SIGINT);
    (void)sigaddset(&handled, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &handled, &before);
    if (name == NULL) {
        become(command, &before);
    }
    struct relay relay = {.up = bw_heartbeat_connect(name),
        .down = listen_below(),
        .signals = signalfd(-1, &handled, SFD_CLOEXEC | SFD_NONBLOCK)};
    relay.child = fork();
    if (relay.child == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        become(command, &before);
    }
    if (relay.child < 0 || relay.signals < 0) {
        return cannot(command[0]);
    }
    int exit = -1;
    while (exit < 0) {
        struct pollfd waits[] = {{.fd = relay.signals, .events = POLLIN},
            {.fd = relay.down, .events = POLLIN}};
        (void)poll(waits, 2, -1);
        if (waits[1].revents != 0) {
            hand_on(&relay);
        }
        exit = waits[0].revents != 0 ? take_signal(&relay) : -1;
    }
    return exit;
}
