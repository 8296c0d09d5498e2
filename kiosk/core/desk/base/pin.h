/* How long the staff PIN waits after misses: 10, 30, 120 s after 3, 4, 5
 * (and every more).
 *
 * A wait is measured by the monotonic clock alone, so that setting the wall clock can't
 * shorten it. Monotonic time doesn't survive a restart of the machine: then the whole
 * wait begins again. Private to core; pure, any thread. */
#ifndef BW_CORE_PIN_H
#define BW_CORE_PIN_H

#include <brugwachter/clock.h>

struct pin_state {
    int64_t misses;
    int64_t missed_mono_ms; /* when the last miss was, in that boot */
    int64_t boot;           /* a fingerprint of the boot */
};

/* A number that tells one boot of the machine from another: a fingerprint of 64 bits. */
int64_t bw_pin_boot(const struct bw_clock *clock);

/* Seconds to wait now, rounded up; 0: a try is allowed. A miss of another boot is moved
 * to now first. */
int bw_pin_wait_s(struct pin_state *state, const struct bw_clock *clock);

/* A count of tries before the next wait: 3 at first, 1 after the third miss. */
int bw_pin_tries_left(const struct pin_state *state);

/* Counts one miss, now. */
void bw_pin_miss(struct pin_state *state, const struct bw_clock *clock);

#endif
