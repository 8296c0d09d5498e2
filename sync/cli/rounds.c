/* When the next round of `run` is due: see rounds.h. */
#include "cli/rounds.h"

#include <time.h>

int64_t
bw_rounds_mono_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
bw_rounds_sleep(int64_t due_ms)
{
    int64_t wait_ms = due_ms - bw_rounds_mono_ms();
    if (wait_ms > 0) {
        struct timespec wait = {.tv_sec = (time_t)(wait_ms / 1000),
            .tv_nsec = (long)(wait_ms % 1000) * 1000000};
        (void)nanosleep(&wait, NULL);
    }
}
