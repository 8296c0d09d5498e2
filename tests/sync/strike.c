/* A program whose Nth change to the disk is struck: see strike.h. */
#include "tests/sync/strike.h"

#include "tests/sync/testing.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __x86_64__

/* What a disk that is full refuses. */
static bool
takes_room(const struct __ptrace_syscall_info *call)
{
    switch (call->entry.nr) {
    case SYS_write:
    case SYS_pwrite64:
    case SYS_writev:
    case SYS_pwritev:
        return call->entry.args[0] > 2;
    case SYS_fsync:
    case SYS_fdatasync:
    case SYS_mkdir:
    case SYS_mkdirat:
    case SYS_link:
    case SYS_linkat:
    case SYS_rename:
    case SYS_renameat:
    case SYS_renameat2:
        return true;
    case SYS_openat:
        return (call->entry.args[2] & O_CREAT) != 0;
    default:
        return false;
    }
}

static bool
changes_disk(const struct __ptrace_syscall_info *call)
{
    switch (call->entry.nr) {
    case SYS_ftruncate:
    case SYS_fchmod:
    case SYS_unlink:
    case SYS_unlinkat:
    case SYS_rmdir:
        return true;
    default:
        return takes_room(call);
    }
}

static void
child(char *const argv[])
{
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    (void)dup2(nowhere, STDIN_FILENO);
    (void)dup2(nowhere, STDOUT_FILENO);
    (void)dup2(nowhere, STDERR_FILENO);
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0) {
        (void)execv(argv[0], argv);
    }
    _exit(99);
}

/* The call isn't done: the kernel is given a number that no call has, and what it then
 * answers is replaced on the way out. */
static void
refuse(pid_t pid, bool on_entry)
{
    struct user_regs_struct registers;
    assert_int_equal(ptrace(PTRACE_GETREGS, pid, NULL, &registers), 0);
    if (on_entry) {
        registers.orig_rax = (unsigned long long)-1;
    } else {
        registers.rax = (unsigned long long)-ENOSPC;
    }
    assert_int_equal(ptrace(PTRACE_SETREGS, pid, NULL, &registers), 0);
}

struct tracing {
    enum strike how;
    int nth, count;
    bool refusing; /* the call that is being made */
};

/* One stop at a call; false where the program was killed. */
static bool
on_stop(pid_t pid, struct tracing *t)
{
    struct __ptrace_syscall_info call;
    assert_true(ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof call, &call) > 0);
    if (call.op == PTRACE_SYSCALL_INFO_EXIT) {
        if (t->refusing) {
            refuse(pid, false);
        }
        t->refusing = false;
        return true;
    }
    if (call.op != PTRACE_SYSCALL_INFO_ENTRY || !changes_disk(&call)) {
        return true;
    }
    t->count++;
    if (t->how == STRIKE_KILL && t->count == t->nth) {
        (void)kill(pid, SIGKILL);
        return false;
    }
    t->refusing = (t->how == STRIKE_FAIL && t->count == t->nth) ||
                  (t->how == STRIKE_FULL && t->count >= t->nth && takes_room(&call));
    if (t->refusing) {
        refuse(pid, true);
    }
    return true;
}

struct strike_end
strike_run(char *const argv[], enum strike how, int nth)
{
    struct tracing tracing = {.how = how, .nth = nth};
    int status = 0;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        child(argv);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSTOPPED(status));
    (void)ptrace(PTRACE_SETOPTIONS, pid, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    int signal = 0;
    while (ptrace(PTRACE_SYSCALL, pid, NULL, signal) == 0) {
        assert_int_equal(waitpid(pid, &status, 0), pid);
        if (!WIFSTOPPED(status)) {
            break;
        }
        bool at_call = WSTOPSIG(status) == (SIGTRAP | 0x80);
        signal = at_call ? 0 : WSTOPSIG(status);
        if (at_call && !on_stop(pid, &tracing)) {
            assert_int_equal(waitpid(pid, &status, 0), pid);
            break;
        }
    }
    return (struct strike_end){
        .struck = tracing.count >= nth,
        .status = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
    };
}

bool
strike_works(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        _exit(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 ? 0 : 1);
    }
    int status = 0;
    return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

#else

bool
strike_works(void)
{
    return false;
}

struct strike_end
strike_run(char *const argv[], enum strike how, int nth)
{
    (void)argv;
    (void)how;
    (void)nth;
    fail_msg("no program can be struck here");
    return (struct strike_end){.struck = false};
}

#endif
