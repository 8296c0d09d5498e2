#include "scan_tally.h"

#include <stdlib.h>
#include <time.h>

uint32_t
scan_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint32_t)((uint64_t)now.tv_sec * 1000000U + (uint64_t)now.tv_nsec / 1000U);
}

void
scan_tally_time(struct scan_tally *tally, uint32_t us)
{
    if (tally->times < SCAN_TALLY_MAX) {
        tally->us[tally->times++] = us;
    }
}

static int
by_value(const void *one, const void *other)
{
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    return a < b ? -1 : a > b;
}

double
scan_tally_ms(struct scan_tally *tally, double part)
{
    if (tally->times == 0) {
        return 0;
    }
    qsort(tally->us, (size_t)tally->times, sizeof *tally->us, by_value);
    return tally->us[(int)(part * (tally->times - 1) + 0.5)] / 1000.0;
}
