/* When the next round of `run` is due: see rounds.h. */
#include "cli/rounds.h"

#include <stdlib.h>
#include <time.h>

enum {
    OFFLINE_LEAST_MS = 5 * 1000,
    OFFLINE_MOST_MS = 120 * 1000, /* other kiosks count as silent after 5 minutes */
};

int64_t
bw_rounds_mono_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
bw_rounds_wait_ms(int misses)
{
    int64_t wait_ms = OFFLINE_LEAST_MS;
    if (misses == 0) {
        return BW_ROUNDS_ONLINE_MS;
    }
    for (int i = 1; i < misses && wait_ms < OFFLINE_MOST_MS; i++) {
        wait_ms *= 2;
    }
    if (wait_ms > OFFLINE_MOST_MS) {
        wait_ms = OFFLINE_MOST_MS;
    }
    return wait_ms + arc4random_uniform((uint32_t)(wait_ms / 4));
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
