/* The bench's clock. It is the processor's time of this thread: what others do at the
 * moment isn't measured. Where BW_BENCH_COUNTER names a file that instructions.c counts
 * into, it is that count: a microsecond is then a thousand instructions, or as many as
 * BW_BENCH_RATE says. One thread. */
#ifndef BW_BENCH_SCAN_CLOCK_H
#define BW_BENCH_SCAN_CLOCK_H

#include <stdint.h>

struct bw_budget_clocks;

/* Opens the counter, where one is named; ends the program where that can't be. */
void scan_clock_init(void);

/* How many instructions a microsecond is; 0: it counts none. */
unsigned scan_clock_rate(void);

uint32_t scan_now_us(void);

/* What a scanner is to go by, so that what it finds is the same at each run; NULL: the
 * machine's own clocks. */
const struct bw_budget_clocks *scan_clock_budget(void);

#endif
