/* The one clock, injected. Wall time is read here and nowhere else.
 *
 * Nothing here fails. The caller owns a clock, and may copy it: it points at nothing of
 * its own. Reading it: any thread. Injecting: no other thread may read it meanwhile. */
#ifndef BRUGWACHTER_CLOCK_H
#define BRUGWACHTER_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum { BW_BOOT_ID_BYTES = 16 };

struct bw_clock {
    int64_t (*wall_ms)(const struct bw_clock *clock); /* UTC since 1970 */
    int64_t (*mono_ms)(const struct bw_clock *clock); /* since boot, suspend included */
    uint8_t boot_id[BW_BOOT_ID_BYTES];
    bool injected;     /* by --clock or the command `clock`: events are flagged */
    int64_t offset_ms; /* for injected clocks: added to the monotonic clock */
    void *context;     /* for tests */
};

/* The system's: CLOCK_REALTIME, CLOCK_BOOTTIME, /proc/sys/kernel/random/boot_id; without
 * the last, random bytes. Nothing is to be finished. */
void bw_clock_init_system(struct bw_clock *clock);

/* Stands at `wall_ms` (UTC, ms since 1970) now, and runs on by the monotonic clock. */
void bw_clock_inject(struct bw_clock *clock, int64_t wall_ms);

#endif
