/* Times of one thing: see series.h. */
#include "series.h"

#include <assert.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double
series_now_us(void)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e6 + (double)at.tv_nsec / 1e3;
}

bool
series_init(struct series *series, int capacity)
{
    *series = (struct series){.capacity = capacity};
    series->us = calloc((size_t)capacity, sizeof *series->us);
    return series->us != NULL;
}

void
series_finish(struct series *series)
{
    free(series->us);
    *series = (struct series){0};
}

void
series_add(struct series *series, double us)
{
    assert(series->count < series->capacity);
    series->us[series->count++] = us;
}

static int
compare(const void *left, const void *right)
{
    const double *a = left;
    const double *b = right;
    return *a < *b ? -1 : *a > *b;
}

double
series_at(struct series *series, int percent)
{
    assert(series->count > 0);
    qsort(series->us, (size_t)series->count, sizeof *series->us, compare);
    return series->us[(size_t)series->count * (size_t)percent / 100];
}

void
series_stay_on_one_cpu(void)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET((size_t)sched_getcpu(), &one);
    if (sched_setaffinity(0, sizeof one, &one) != 0) {
        (void)printf("not held on one core: the ratios may jump\n");
    }
}
