/* How much of a frame's time is left.
 *
 * Counted in the thread's own time: what a frame can have read doesn't depend on what
 * else the machine does at the moment, nor does what a step is learnt to cost. Where
 * BW_BUDGET_STRETCH - 1 others want the same processor, a frame still gets all its time;
 * by the clock on the wall it takes BW_BUDGET_STRETCH times its limit at most, and no
 * longer, so that nobody waits at the door for a machine that is busier than that.
 * The thread that began it asks. Nothing here fails. */
#ifndef BW_SCAN_BUDGET_H
#define BW_SCAN_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

enum { BW_BUDGET_STRETCH = 8 };

/* Microseconds since whenever: the calling thread's own, and those on the wall. */
struct bw_budget_clocks {
    uint64_t (*own_us)(void *context);
    uint64_t (*wall_us)(void *context);
    void *context;
};

struct bw_budget {
    const struct bw_budget_clocks *clocks;
    uint64_t own_from_us, wall_from_us;
    uint32_t limit_us;
};

/* Begins now. The clocks are borrowed as long as the budget is asked; NULL: the
 * machine's. */
struct bw_budget bw_budget_start(
    uint32_t limit_us, const struct bw_budget_clocks *clocks);

/* What has gone by on the wall. */
uint32_t bw_budget_wall_us(const struct bw_budget *budget);

/* What the thread itself has spent. */
uint32_t bw_budget_spent_us(const struct bw_budget *budget);

/* May something that takes about `cost_us` of the thread's own time still begin? */
bool bw_budget_allows(const struct bw_budget *budget, uint32_t cost_us);

#endif
