#include "scan_tally.h"

#include <stdio.h>
#include <stdlib.h>

enum { IN_TIME_US = 33000 };

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

void
scan_tally_count(struct scan_tally *tally, int verdict, uint32_t us)
{
    tally->pictures++;
    tally->read += verdict > 0;
    tally->in_time += verdict > 0 && us <= IN_TIME_US;
    tally->wrong += verdict < 0;
    scan_tally_time(tally, us);
}

void
scan_tally_row(
    struct scan_tally *tallies, int count, const char *name, enum scan_figure figure)
{
    printf("%-34s", name);
    for (int i = 0; i < count; i++) {
        struct scan_tally *t = &tallies[i];
        switch (figure) {
        case SCAN_READ:
            printf(" %6d/%-5d", t->read, t->pictures);
            break;
        case SCAN_IN_TIME:
            printf(" %6d/%-5d", t->in_time, t->pictures);
            break;
        case SCAN_WRONG:
            printf(" %12d", t->wrong);
            break;
        case SCAN_MEDIAN_MS:
            printf(" %12.2f", scan_tally_ms(t, 0.5));
            break;
        case SCAN_P95_MS:
            printf(" %12.2f", scan_tally_ms(t, 0.95));
            break;
        case SCAN_WORST_MS:
            printf(" %12.2f", scan_tally_ms(t, 1));
            break;
        }
    }
    printf("\n");
}
