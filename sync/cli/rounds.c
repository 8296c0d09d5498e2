/* The clock of `run`: see rounds.h. */
#include "cli/rounds.h"

#include <time.h>

int64_t
bw_rounds_mono_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
