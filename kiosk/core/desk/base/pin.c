/* Waits after a wrong PIN: see pin.h. */
#include "pin.h"

#include <string.h>

enum { FREE_TRIES = 3, MISSES_MAX = 1000 };

static const int waits_s[] = {10, 30, 120}; /* after the third, fourth, fifth miss */

int64_t
bw_pin_boot(const struct bw_clock *clock)
{
    int64_t boot = 0;
    memcpy(&boot, clock->boot_id, sizeof boot);
    return boot;
}

static int64_t
whole_wait_ms(int64_t misses)
{
    if (misses < FREE_TRIES) {
        return 0;
    }
    int64_t last = (int64_t)(sizeof waits_s / sizeof waits_s[0]) - 1;
    int64_t step = misses - FREE_TRIES;
    return (int64_t)waits_s[step < last ? step : last] * 1000;
}

int
bw_pin_wait_s(struct pin_state *state, const struct bw_clock *clock)
{
    int64_t mono_ms = clock->mono_ms(clock);
    if (state->boot != bw_pin_boot(clock) || mono_ms < state->missed_mono_ms) {
        state->boot = bw_pin_boot(clock);
        state->missed_mono_ms = mono_ms;
    }
    int64_t left_ms = whole_wait_ms(state->misses) - (mono_ms - state->missed_mono_ms);
    return left_ms > 0 ? (int)((left_ms + 999) / 1000) : 0;
}

int
bw_pin_tries_left(const struct pin_state *state)
{
    return state->misses < FREE_TRIES ? FREE_TRIES - (int)state->misses : 1;
}

void
bw_pin_miss(struct pin_state *state, const struct bw_clock *clock)
{
    if (state->misses < MISSES_MAX) {
        state->misses++;
    }
    state->missed_mono_ms = clock->mono_ms(clock);
    state->boot = bw_pin_boot(clock);
}
