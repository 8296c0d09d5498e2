/* Two clocks, asked together. */
#include "budget.h"

#include <stddef.h>
#include <time.h>

static uint64_t
read_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static uint64_t
own_of_thread(void *context)
{
    (void)context;
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

static uint64_t
wall_of_machine(void *context)
{
    (void)context;
    return read_clock(CLOCK_MONOTONIC);
}

static const struct bw_budget_clocks machine = {own_of_thread, wall_of_machine, NULL};

struct bw_budget
bw_budget_start(uint32_t limit_us, const struct bw_budget_clocks *clocks)
{
    clocks = clocks ? clocks : &machine;
    return (struct bw_budget){.clocks = clocks,
        .own_from_us = clocks->own_us(clocks->context),
        .wall_from_us = clocks->wall_us(clocks->context),
        .limit_us = limit_us};
}

uint32_t
bw_budget_wall_us(const struct bw_budget *budget)
{
    const struct bw_budget_clocks *clocks = budget->clocks;
    return (uint32_t)(clocks->wall_us(clocks->context) - budget->wall_from_us);
}

uint32_t
bw_budget_spent_us(const struct bw_budget *budget)
{
    const struct bw_budget_clocks *clocks = budget->clocks;
    return (uint32_t)(clocks->own_us(clocks->context) - budget->own_from_us);
}

bool
bw_budget_allows(const struct bw_budget *budget, uint32_t cost_us)
{
    uint64_t own = bw_budget_spent_us(budget), wall = bw_budget_wall_us(budget);
    return own + cost_us <= budget->limit_us &&
           wall + cost_us <= (uint64_t)budget->limit_us * BW_BUDGET_STRETCH;
}
