/* Times and hits of one decoder over one set of pictures. */
#ifndef BW_BENCH_SCAN_TALLY_H
#define BW_BENCH_SCAN_TALLY_H

#include <stdint.h>

enum { SCAN_TALLY_MAX = 4096 };

struct scan_tally {
    int pictures, read, in_time, wrong; /* in_time: read within 33 ms */
    int times;
    uint32_t us[SCAN_TALLY_MAX];
};

/* Adds a time; over SCAN_TALLY_MAX they are left out. */
void scan_tally_time(struct scan_tally *tally, uint32_t us);

/* The part-th time of all, sorted (0.5: the median), in milliseconds; sorts them. */
double scan_tally_ms(struct scan_tally *tally, double part);

/* One picture: its verdict (1 right, -1 wrong, 0 nothing) and how long it took. */
void scan_tally_count(struct scan_tally *tally, int verdict, uint32_t us);

enum scan_figure {
    SCAN_READ,
    SCAN_IN_TIME,
    SCAN_WRONG,
    SCAN_MEDIAN_MS,
    SCAN_P95_MS,
    SCAN_WORST_MS,
};

/* Prints a line of the table: one figure of each decoder. */
void scan_tally_row(
    struct scan_tally *tallies, int count, const char *name, enum scan_figure figure);

#endif
