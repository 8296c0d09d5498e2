/* Times of one thing, many times over, and where they lie. */
#ifndef BW_TESTS_SERIES_H
#define BW_TESTS_SERIES_H

#include <stdbool.h>

struct series {
    double *us;
    int count, capacity;
};

/* By the monotonic clock. */
double series_now_us(void);

/* False where there's no memory. */
bool series_init(struct series *series, int capacity);
void series_finish(struct series *series);
void series_add(struct series *series, double us);

/* The median at 50, the 99th percentile at 99. Puts them in order. */
double series_at(struct series *series, int percent);

/* A round trip through a pipe takes 8 us or 70, as the scheduler puts both ends on one
 * core or on two, and it decides that anew in every run, for each pair of programs. On
 * one core all parts are measured alike; children inherit it. */
void series_stay_on_one_cpu(void);

#endif
