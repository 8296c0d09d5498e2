/* How much of a frame's time is left. */
#ifndef BW_SCAN_BUDGET_H
#define BW_SCAN_BUDGET_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct bw_budget {
    struct timespec start;
    uint32_t limit_us;
};

static inline struct bw_budget
bw_budget_start(uint32_t limit_us)
{
    struct bw_budget budget = {.limit_us = limit_us};
    clock_gettime(CLOCK_MONOTONIC, &budget.start);
    return budget;
}

static inline uint32_t
bw_budget_spent_us(const struct bw_budget *budget)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint32_t)((now.tv_sec - budget->start.tv_sec) * 1000000
        + (now.tv_nsec - budget->start.tv_nsec) / 1000);
}

/* May something that takes about `cost_us` still begin? */
static inline bool
bw_budget_allows(const struct bw_budget *budget, uint32_t cost_us)
{
    return bw_budget_spent_us(budget) + cost_us <= budget->limit_us;
}

#endif
