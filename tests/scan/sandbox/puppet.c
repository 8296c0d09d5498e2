/* A reader that does what the grey of a picture's middle tells it to: see stage.h. */
#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static pid_t kiosk;

static void
say(struct bw_sighting *sighting, const char *text)
{
    sighting->kind = BW_SIGHTING_TEXT;
    (void)snprintf(sighting->text, sizeof sighting->text, "%s", text);
}

static void
say_errno(struct bw_sighting *sighting, long answer)
{
    say(sighting, answer >= 0 ? "it worked" : errno == EPERM ? "EPERM" : strerror(errno));
}

static void
hang(void)
{
    for (volatile int turning = 1; turning != 0;) {
    }
}

static void
tell_limits(struct bw_sighting *sighting)
{
    struct rlimit processor;
    bool limited = syscall(SYS_getrlimit, RLIMIT_CPU, &processor) != 0;
    /* getrlimit itself is refused: the limits can't even be looked at any more */
    say(sighting, limited ? "limits are out of reach" : "limits can be read");
}

static void
take_memory(struct bw_sighting *sighting)
{
    size_t took_mb = 0;
    while (took_mb < 4096 &&
           mmap(NULL, 64u << 20, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED) {
        took_mb += 64;
    }
    say(sighting, took_mb < 2048 ? "limited" : "unlimited");
}

/* The word stays in the pipe, for the sandbox to obey. */
static void
await_word(void)
{
    struct pollfd control = {.fd = BW_SANDBOX_FD_CONTROL, .events = POLLIN};
    while (poll(&control, 1, -1) < 0 && errno == EINTR) {
    }
}

static long
run_data(void)
{
    void *data =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return data == MAP_FAILED ? -1 : mprotect(data, 4096, PROT_READ | PROT_EXEC);
}

/* What a sandbox forbids, tried; errno then tells. False where it is none of these. */
static bool
attempt(int deed, long *ret_result)
{
    static char *const argv[] = {(char *)"true", NULL};
    switch (deed) {
    case OPEN_FILE:
        *ret_result = open("/etc/passwd", O_RDONLY);
        return true;
    case OPEN_SOCKET:
        *ret_result = socket(AF_INET, SOCK_STREAM, 0);
        return true;
    case START_PROGRAM:
        *ret_result = execv("/bin/true", argv);
        return true;
    case FORK:
        *ret_result = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
        return true;
    case DELETE_FILE:
        *ret_result = unlink("/tmp/no-such-file");
        return true;
    case RUN_DATA:
        *ret_result = run_data();
        return true;
    case STEER_TERMINAL:
        *ret_result = ioctl(0, TIOCSTI, "x");
        return true;
    case MAP_CODE:
        *ret_result = (long)(intptr_t)mmap(
            NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return true;
    default:
        return false;
    }
}

/* The same, against the kiosk. */
static bool
attack(int deed, long *ret_result)
{
    switch (deed) {
    case SIGNAL_KIOSK:
        *ret_result = syscall(SYS_tgkill, kiosk, kiosk, 0);
        return true;
    case KILL_KIOSK:
        *ret_result = kill(kiosk, 0);
        return true;
    case TRACE_KIOSK:
        *ret_result = ptrace(PTRACE_SEIZE, kiosk, NULL, NULL);
        return true;
    default:
        return false;
    }
}

static void
act(int deed, struct bw_sighting *sighting)
{
    long result;
    if (attempt(deed, &result) || attack(deed, &result)) {
        say_errno(sighting, result);
        return;
    }
    switch (deed) {
    case READ_TEXT:
        say(sighting, "BW1:TEXT");
        break;
    case HANG:
        hang();
        break;
    case CRASH:
        (void)signal(SIGSEGV, SIG_DFL);
        (void)syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGSEGV);
        break;
    case TAKE_MEMORY:
        take_memory(sighting);
        break;
    case TELL_LIMITS:
        tell_limits(sighting);
        break;
    case LONG_TEXT:
        sighting->kind = BW_SIGHTING_TEXT;
        memset(sighting->text, 'A', 2000);
        break;
    case DIRTY_TEXT:
        say(sighting, "esc\033[2J");
        break;
    case AWAIT_WORD:
        await_word();
        say(sighting, "BW1:LATE");
        break;
    case END:
        _exit(0);
    default:
        break;
    }
}

static enum bw_status
puppet_create(const struct bw_scanner_options *options, struct bw_scanner **ret_scanner,
    struct bw_error *err)
{
    (void)options;
    (void)err;
    static char puppet;
    (void)alarm(0);    /* see puppet_read */
    kiosk = getppid(); /* while that may be asked */
    *ret_scanner = (struct bw_scanner *)(void *)&puppet;
    return BW_OK;
}

static void
puppet_destroy(struct bw_scanner *scanner)
{
    (void)scanner;
}

/* Without the sandbox's alarm, which it sets again before the next picture: it goes by
 * the clock, and a machine with much to do may not let us work in all its five seconds.
 */
static enum bw_status
puppet_read(struct bw_scanner *scanner, const struct bw_luma *frame,
    struct bw_sighting *ret_sighting, struct bw_error *err)
{
    (void)scanner;
    (void)err;
    (void)alarm(0);
    act(frame->pixels[360 * frame->stride_bytes + 640], ret_sighting);
    return BW_OK;
}

static const struct bw_sandbox_reader puppet = {
    .create = puppet_create, .destroy = puppet_destroy, .read = puppet_read};

int
puppet_sandbox_main(int argc, char **argv)
{
    return bw_sandbox_main_with(argc, argv, &puppet);
}
