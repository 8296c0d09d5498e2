/* How much of a frame's time is left.
 *
 * Counted in the thread's own time: what a frame can have read doesn't depend on what
 * else the machine does at the moment. On a machine that is busy a frame may so take up
 * to BW_BUDGET_STRETCH times its limit by the clock on the wall, and no longer. The
 * thread that began it asks. Nothing here fails. */
#ifndef BW_SCAN_BUDGET_H
#define BW_SCAN_BUDGET_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum { BW_BUDGET_STRETCH = 3 };

struct bw_budget {
    struct timespec start, wall_start;
    uint32_t limit_us;
};

/* Microseconds since `start` on that clock. */
static inline uint32_t
bw_budget_since_us(clockid_t clock, const struct timespec *start)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint32_t)((now.tv_sec - start->tv_sec) * 1000000 +
                      (now.tv_nsec - start->tv_nsec) / 1000);
}

/* Begins now: a plain value. */
static inline struct bw_budget
bw_budget_start(uint32_t limit_us)
{
    struct bw_budget budget = {.limit_us = limit_us};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &budget.start);
    clock_gettime(CLOCK_MONOTONIC, &budget.wall_start);
    return budget;
}

/* What has gone by on the wall. */
static inline uint32_t
bw_budget_wall_us(const struct bw_budget *budget)
{
    return bw_budget_since_us(CLOCK_MONOTONIC, &budget->wall_start);
}

/* What is spent of the limit: the thread's own time, or the wall's share of it. */
static inline uint32_t
bw_budget_spent_us(const struct bw_budget *budget)
{
    uint32_t spent = bw_budget_since_us(CLOCK_THREAD_CPUTIME_ID, &budget->start);
    uint32_t wall = bw_budget_wall_us(budget) / BW_BUDGET_STRETCH;
    return spent > wall ? spent : wall;
}

/* May something that takes about `cost_us` still begin? */
static inline bool
bw_budget_allows(const struct bw_budget *budget, uint32_t cost_us)
{
    return bw_budget_spent_us(budget) + cost_us <= budget->limit_us;
}

#endif
