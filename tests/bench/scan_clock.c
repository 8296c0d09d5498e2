#include "scan_clock.h"

#include "scan/qr/budget.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { USUAL_RATE = 1000, RATE_MAX = 1000000 };

/* Changed by who runs this program, at any time. */
static const volatile uint64_t *counter;
static unsigned instructions_a_us;

static uint64_t
counted_us(void *context)
{
    (void)context;
    return *counter / instructions_a_us;
}

void
scan_clock_init(void)
{
    const char *path = getenv("BW_BENCH_COUNTER");
    if (!path) {
        return;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    void *page =
        fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *counter, PROT_READ, MAP_SHARED, fd, 0);
    if (page == MAP_FAILED) {
        perror(path);
        exit(1);
    }
    close(fd);
    const char *rate = getenv("BW_BENCH_RATE");
    int named = rate ? atoi(rate) : USUAL_RATE;
    if (named < 1 || named > RATE_MAX) {
        fprintf(stderr, "BW_BENCH_RATE is no number of instructions: %s\n", rate);
        exit(1);
    }
    instructions_a_us = (unsigned)named;
    counter = page;
}

unsigned
scan_clock_rate(void)
{
    return counter ? instructions_a_us : 0;
}

uint32_t
scan_now_us(void)
{
    if (counter) {
        return (uint32_t)counted_us(NULL);
    }
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint32_t)((uint64_t)now.tv_sec * 1000000U + (uint64_t)now.tv_nsec / 1000U);
}

const struct bw_budget_clocks *
scan_clock_budget(void)
{
    static const struct bw_budget_clocks counted = {counted_us, counted_us, NULL};
    return counter ? &counted : NULL;
}
