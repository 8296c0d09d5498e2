/* seccomp, limits, no new privileges: see lock.h. */
#include "lock.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <linux/videodev2.h>
#include <seccomp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__has_feature)
#define BW_HAS_FEATURE(x) __has_feature(x)
#else
#define BW_HAS_FEATURE(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) ||                     \
    BW_HAS_FEATURE(address_sanitizer) || BW_HAS_FEATURE(thread_sanitizer) ||             \
    BW_HAS_FEATURE(memory_sanitizer)
enum { SHADOW_MEMORY = 1 };
#else
enum { SHADOW_MEMORY = 0 };
#endif

/* Not 0: poll refuses to look at more descriptors than a process may open. */
enum { DESCRIPTORS_MAX = 16 };

/* What reading pictures needs, once everything is open: what it holds, memory, locks
 * within libraries, questions about itself and the time, ending. */
/* clang-format off */
static const int allowed[] = {
    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close), SCMP_SYS(fstat),
    SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(restart_syscall),
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
    SCMP_SYS(futex), SCMP_SYS(sched_yield), SCMP_SYS(rseq),
    SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(sysinfo), SCMP_SYS(getrusage),
    SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday), SCMP_SYS(alarm), SCMP_SYS(setitimer),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

/* No library of ours tries these, in whatever state. */
static const int deadly[] = {
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork),
    SCMP_SYS(clone), SCMP_SYS(clone3), SCMP_SYS(socket), SCMP_SYS(socketpair),
    SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev), SCMP_SYS(kill), SCMP_SYS(mount), SCMP_SYS(bpf),
    SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(init_module), SCMP_SYS(finit_module),
    SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(io_uring_setup), SCMP_SYS(userfaultfd),
};
/* clang-format on */

/* The stream of a camera that was set up before. */
static const unsigned long camera_requests[] = {
    VIDIOC_QBUF, VIDIOC_DQBUF, VIDIOC_STREAMON, VIDIOC_STREAMOFF};

/* A call that this machine's kernel table doesn't have needs no rule. */
static int
unless_unknown(int answer)
{
    return answer == -EDOM ? 0 : answer;
}

static int
add_plain_rules(scmp_filter_ctx filter)
{
    int failed = 0;
    for (size_t i = 0; failed == 0 && i < sizeof allowed / sizeof allowed[0]; i++) {
        failed = unless_unknown(seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0));
    }
    for (size_t i = 0; failed == 0 && i < sizeof deadly / sizeof deadly[0]; i++) {
        failed =
            unless_unknown(seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0));
    }
    return failed;
}

/* Memory that holds data, never code, and never a file. */
static int
add_memory_rules(scmp_filter_ctx filter)
{
    int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
        SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
        SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));
    if (failed == 0) {
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    }
    return failed;
}

static int
add_argument_rules(scmp_filter_ctx filter)
{
    int failed = add_memory_rules(filter);
    size_t count = sizeof camera_requests / sizeof camera_requests[0];
    for (size_t i = 0; failed == 0 && i < count; i++) {
        /* libv4l2 hands the request on as an int that may carry its sign:
         * 32 bits count */
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
            SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffffu, camera_requests[i]));
    }
    /* abort() signals its own process: to be seen as what it is, a crash. */
    if (failed == 0) {
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
            SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
    }
    return failed;
}

static enum bw_status
refuse_calls(struct bw_error *err)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "Locking the scanner in: no memory");
    }
    int failed = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    if (failed == 0) {
        failed = add_plain_rules(filter);
    }
    if (failed == 0) {
        failed = add_argument_rules(filter);
    }
    if (failed == 0) {
        failed = seccomp_load(filter);
    }
    seccomp_release(filter);
    if (failed != 0) {
        return bw_error_set(err, BW_IO, -failed,
            "Locking the scanner in: this kernel refuses the filter (%s); it needs "
            "CONFIG_SECCOMP_FILTER",
            bw_said(strerror(-failed)));
    }
    return BW_OK;
}

static bool
limit(int resource, uint64_t value)
{
    struct rlimit both = {.rlim_cur = value, .rlim_max = value};
    return setrlimit((enum __rlimit_resource)resource, &both) == 0;
}

enum bw_status
bw_lock_in(const struct bw_lock_limits *limits, struct bw_error *err)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0 ||
        !limit(RLIMIT_CORE, 0) || !limit(RLIMIT_NOFILE, DESCRIPTORS_MAX) ||
        !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_CPU, limits->processor_s) ||
        (!SHADOW_MEMORY && !limit(RLIMIT_AS, limits->memory_bytes))) {
        return bw_error_set(err, BW_IO, errno,
            "Locking the scanner in: setting its limits failed (%s)",
            bw_said(strerror(errno)));
    }
    return refuse_calls(err);
}
