/* A clock that stands still while the machine does: preloaded into the kiosk that is
 * walked through, so that what a visitor has seconds for is there still when the walk
 * goes on, and a scan that was cut in two is one scan.
 *
 * A thread of the kiosk's looks at the time again and again; where it comes late by more
 * than LATE_NS, whether the machine slept, was stopped or did something else, what is
 * over that is no time that passed; nor what lies between two kiosks. BW_STEADY_CLOCK
 * names a file by which a kiosk's processes have one clock; its first process keeps
 * it. */
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SECOND_NS INT64_C(1000000000)
#define LOOK_NS INT64_C(10000000)
#define LATE_NS INT64_C(25000000) /* under what tells a scanner from a person */

struct steady {
    _Atomic int keeper;        /* the process that keeps it; 0: none yet */
    _Atomic unsigned turn;     /* odd while it is written */
    _Atomic int64_t looked_ns; /* when it was looked at last, by CLOCK_MONOTONIC */
    _Atomic int64_t stood_ns;  /* all that didn't pass, until then */
};

static struct steady *steady;
static int (*next_gettime)(clockid_t, struct timespec *);

static int
real_gettime(clockid_t which, struct timespec *ret_at)
{
    return next_gettime != NULL ? next_gettime(which, ret_at)
                                : (int)syscall(SYS_clock_gettime, which, ret_at);
}

static int64_t
real_ns(void)
{
    struct timespec at = {0};
    (void)real_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * SECOND_NS + at.tv_nsec;
}

static int64_t
late_ns(int64_t looked_ns)
{
    int64_t since_ns = real_ns() - looked_ns;
    return since_ns > LATE_NS ? since_ns - LATE_NS : 0;
}

static void *
keep(void *context)
{
    const struct timespec pause = {.tv_nsec = LOOK_NS};
    for (;;) {
        int64_t looked_ns = atomic_load(&steady->looked_ns);
        int64_t now_ns = real_ns(), since_ns = now_ns - looked_ns;
        (void)atomic_fetch_add(&steady->turn, 1);
        atomic_store(&steady->looked_ns, now_ns);
        if (since_ns > LATE_NS) {
            (void)atomic_fetch_add(&steady->stood_ns, since_ns - LATE_NS);
        }
        (void)atomic_fetch_add(&steady->turn, 1);
        (void)nanosleep(&pause, NULL);
    }
    return context;
}

/* No signal that is meant for the kiosk comes to this thread. */
static void
keep_begin(void)
{
    sigset_t all, before;
    pthread_t thread;
    if (atomic_load(&steady->looked_ns) == 0) {
        atomic_store(&steady->looked_ns, real_ns());
    }
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(&thread, NULL, keep, NULL) == 0) {
        (void)pthread_detach(thread);
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

__attribute__((constructor)) static void
prepare(void)
{
    next_gettime =
        (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    const char *path = getenv("BW_STEADY_CLOCK");
    int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *memory =
        fd < 0 ? MAP_FAILED
               : mmap(NULL, sizeof *steady, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (fd >= 0) {
        (void)close(fd);
    }
    if (memory == MAP_FAILED) {
        return;
    }
    steady = memory;
    int keeper = atomic_load(&steady->keeper);
    if ((keeper == 0 || kill(keeper, 0) != 0) &&
        atomic_compare_exchange_strong(&steady->keeper, &keeper, getpid())) {
        keep_begin();
    }
}

/* What didn't pass, until now. */
static int64_t
stood_ns(void)
{
    for (;;) {
        unsigned turn = atomic_load(&steady->turn);
        int64_t looked_ns = atomic_load(&steady->looked_ns);
        int64_t sum_ns = atomic_load(&steady->stood_ns) + late_ns(looked_ns);
        if (turn % 2 == 0 && atomic_load(&steady->turn) == turn) {
            return sum_ns;
        }
    }
}

int
clock_gettime(clockid_t which, struct timespec *ret_at)
{
    int result = real_gettime(which, ret_at);
    bool passes = which != CLOCK_PROCESS_CPUTIME_ID && which != CLOCK_THREAD_CPUTIME_ID &&
                  which >= 0; /* below: another process's or thread's own */
    if (result == 0 && passes && steady != NULL) {
        int64_t ns = ret_at->tv_sec * SECOND_NS + ret_at->tv_nsec - stood_ns();
        ret_at->tv_sec = ns / SECOND_NS;
        ret_at->tv_nsec = ns % SECOND_NS;
    }
    return result;
}
