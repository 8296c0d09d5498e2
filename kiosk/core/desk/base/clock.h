/* The desk's clock: the time, and whether it may be believed (design: in and attended).
 *
 * It is suspect when it stands before the newest server time that the store knows (plus
 * the monotonic time since, in one boot), or moved against the monotonic clock by over a
 * minute, until a server's time or staff confirm it. An injected clock is no jump.
 *
 * What was seen is kept in the store, so that a restart of the program doesn't wash a
 * moved clock clean; where it can't be written, it is watched in memory. Times are in ms,
 * wall time UTC. Private to the desk, desk thread only; the store is borrowed. */
#ifndef BW_CORE_DESK_CLOCK_H
#define BW_CORE_DESK_CLOCK_H

#include <brugwachter/clock.h>
#include <brugwachter/store.h>

struct desk_clock {
    struct bw_clock source;
    int64_t base_ms; /* wall minus monotonic time, when it was last believed */
    bool jumped;
    int64_t server_ms; /* newest server time known; 0: none */
    int64_t server_mono_ms;
    bool server_same_boot;
    int64_t confirmed_server_ms; /* staff said that it is right, knowing this one */
};

/* Copies the source, and reads what the store remembers of this boot. What the store
 * answers where it fails. */
BW_NODISCARD enum bw_status bw_desk_clock_load(struct desk_clock *clock,
    struct bw_store *store, const struct bw_clock *source, struct bw_error *err);

/* Wall time (UTC) and monotonic time (since boot), in ms. */
int64_t bw_desk_clock_now_ms(const struct desk_clock *clock);
int64_t bw_desk_clock_mono_ms(const struct desk_clock *clock);

/* Takes in a server time that came since; one that agrees with the clock confirms it.
 * What the store answers where it fails. */
BW_NODISCARD enum bw_status bw_desk_clock_follow(
    struct desk_clock *clock, struct bw_store *store, struct bw_error *err);

/* Looks at the clock; call before every decision. True: suspect. */
bool bw_desk_clock_is_suspect(struct desk_clock *clock, struct bw_store *store);

/* Staff say that it is right. */
void bw_desk_clock_confirm(struct desk_clock *clock, struct bw_store *store);

/* Sets the wall clock to `wall_ms`, from where it runs on. */
void bw_desk_clock_inject(struct desk_clock *clock, int64_t wall_ms);

#endif
