/* Starting and ending a sandbox: see camera_child.h.
 *
 * posix_spawn and not fork: the kiosk has threads, and nothing of its memory should be in
 * the sandbox (rosters, keys, PIN hash).
 * The child gets three descriptors and no others. */
#include "camera_child.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    ABOVE_THE_FIXED =
        16, /* descriptors are moved over the numbers that the sandbox uses */
};

static void
close_fd(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd);
    }
    *fd = -1;
}

/* Moves a descriptor out of the way of the fixed numbers; takes it. */
static int
lift(int take_fd)
{
    int lifted = fcntl(take_fd, F_DUPFD_CLOEXEC, ABOVE_THE_FIXED);
    (void)close(take_fd);
    return lifted;
}

struct ends {
    int control[2]; /* ours, the sandbox's */
    int records[2];
    int mailbox;
};

static void
close_ends(struct ends *ends)
{
    for (int i = 0; i < 2; i++) {
        close_fd(&ends->control[i]);
        close_fd(&ends->records[i]);
    }
    close_fd(&ends->mailbox);
}

static bool
make_ends(struct ends *ends, int mailbox_fd)
{
    *ends = (struct ends){{-1, -1}, {-1, -1}, -1};
    /* A socket for commands: writing to one that ended gives an error, and no signal. */
    if (socketpair(
            AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends->control) != 0 ||
        pipe2(ends->records, O_CLOEXEC | O_NONBLOCK) != 0) {
        return false;
    }
    ends->control[1] = lift(ends->control[1]);
    ends->records[1] = lift(ends->records[1]);
    ends->mailbox = fcntl(mailbox_fd, F_DUPFD_CLOEXEC, ABOVE_THE_FIXED);
    return ends->control[1] >= 0 && ends->records[1] >= 0 && ends->mailbox >= 0;
}

static int
plan_descriptors(posix_spawn_file_actions_t *actions, const struct ends *ends)
{
    const struct {
        int from, to;
    } moves[] = {
        {ends->control[1], BW_SANDBOX_FD_CONTROL},
        {ends->records[1], BW_SANDBOX_FD_RECORDS},
        {ends->mailbox, BW_SANDBOX_FD_MAILBOX},
    };
    int failed = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDWR, 0);
    if (failed == 0) {
        failed = posix_spawn_file_actions_adddup2(actions, 0, 1);
    }
    for (int i = 0; failed == 0 && i < 3; i++) {
        failed = posix_spawn_file_actions_adddup2(actions, moves[i].from, moves[i].to);
    }
    if (failed == 0) {
        failed =
            posix_spawn_file_actions_addclosefrom_np(actions, BW_SANDBOX_FD_MAILBOX + 1);
    }
    return failed;
}

static int
plan_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    (void)sigemptyset(&none);
    (void)sigfillset(&all);
    int failed = posix_spawnattr_setsigmask(attributes, &none);
    if (failed == 0) {
        failed = posix_spawnattr_setsigdefault(attributes, &all);
    }
    /* A group of its own: Ctrl-C in a terminal is for the kiosk,
     * which then ends the sandbox. */
    if (failed == 0) {
        failed = posix_spawnattr_setpgroup(attributes, 0);
    }
    return failed != 0 ? failed
                       : posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK |
                                                                  POSIX_SPAWN_SETSIGDEF |
                                                                  POSIX_SPAWN_SETPGROUP);
}

static int
spawn(const struct ends *ends, const char *program,
    struct bw_sandbox_arguments *arguments, pid_t *ret_pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed != 0) {
        return failed;
    }
    failed = posix_spawnattr_init(&attributes);
    if (failed == 0) {
        failed = plan_descriptors(&actions, ends);
        if (failed == 0) {
            failed = plan_signals(&attributes);
        }
        if (failed == 0) {
            failed = posix_spawn(
                ret_pid, program, &actions, &attributes, arguments->argv, environ);
        }
        (void)posix_spawnattr_destroy(&attributes);
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    return failed;
}

enum bw_status
bw_child_start(struct bw_child *child, const struct bw_sandbox_start *start,
    const char *program, const struct bw_mailbox *mailbox, struct bw_error *err)
{
    struct bw_sandbox_arguments *arguments = calloc(1, sizeof *arguments);
    struct ends ends = {{-1, -1}, {-1, -1}, -1};
    pid_t pid = 0;
    int failed = ENOMEM;
    if (arguments != NULL) {
        bw_sandbox_start_write(start, program, arguments);
        failed = make_ends(&ends, mailbox->fd) ? spawn(&ends, program, arguments, &pid)
                                               : errno;
    }
    free(arguments);
    if (failed == 0) {
        *child = (struct bw_child){
            .pid = pid, .control = ends.control[0], .records = ends.records[0]};
        ends.control[0] = -1;
        ends.records[0] = -1;
    }
    close_ends(&ends);
    return failed == 0 ? BW_OK
                       : bw_error_set(err, BW_IO, failed,
                             "Starting the scanner from %s: %s; close other programs",
                             program, bw_said(strerror(failed)));
}

void
bw_child_tell(struct bw_child *child, enum bw_sandbox_command command)
{
    if (child->pid != 0) {
        char byte = (char)command;
        (void)send(
            child->control, &byte, 1, MSG_NOSIGNAL); /* its end is seen elsewhere */
    }
}

enum bw_child_said
bw_child_hear(struct bw_child *child, struct bw_scan_record *ret_record)
{
    if (child->pid == 0) {
        return BW_CHILD_SILENT;
    }
    ssize_t got = read(child->records, (char *)&child->record + child->have,
        sizeof child->record - child->have);
    if (got < 0) {
        return errno == EAGAIN || errno == EINTR ? BW_CHILD_SILENT : BW_CHILD_ENDED;
    }
    if (got == 0) {
        return BW_CHILD_ENDED;
    }
    child->have += (size_t)got;
    if (child->have < sizeof child->record) {
        return BW_CHILD_SILENT;
    }
    child->have = 0;
    *ret_record = child->record;
    return BW_CHILD_RECORD;
}

uint64_t
bw_child_processor_ms(const struct bw_child *child)
{
    clockid_t clock;
    struct timespec used;
    if (child->pid == 0 || clock_getcpuclockid(child->pid, &clock) != 0 ||
        clock_gettime(clock, &used) != 0) {
        return 0;
    }
    return (uint64_t)used.tv_sec * 1000 + (uint64_t)used.tv_nsec / 1000000;
}

void
bw_child_kill(struct bw_child *child, int *ret_wait_status)
{
    if (child == NULL || child->pid == 0) {
        return;
    }
    int wait_status = 0;
    (void)kill(child->pid, SIGKILL);
    while (waitpid(child->pid, &wait_status, 0) < 0 && errno == EINTR) {
    }
    close_fd(&child->control);
    close_fd(&child->records);
    child->pid = 0;
    if (ret_wait_status != NULL) {
        *ret_wait_status = wait_status;
    }
}

void
bw_child_end(struct bw_child *child, int limit_ms)
{
    if (child == NULL || child->pid == 0) {
        return;
    }
    close_fd(&child->control);
    char rest[4096];
    struct pollfd wait = {.fd = child->records, .events = POLLIN};
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t limit_at_ms = now.tv_sec * 1000 + now.tv_nsec / 1000000 + limit_ms;
    int64_t left_ms = limit_ms;
    /* Its last records are of no use, but may fill the pipe: read until it has ended. */
    while (left_ms > 0 && poll(&wait, 1, (int)left_ms) > 0 &&
           read(child->records, rest, sizeof rest) > 0) {
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        left_ms = limit_at_ms - (now.tv_sec * 1000 + now.tv_nsec / 1000000);
    }
    bw_child_kill(child, NULL);
}
