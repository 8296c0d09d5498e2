/* Whether the clock may be believed (design: in and attended).
 *
 * It is suspect when it stands before the newest server time that the store knows (plus
 * the monotonic time since, in one boot), or moved against the monotonic clock by over a
 * minute, until a server's time or staff confirm it. An injected clock is no jump.
 *
 * What was seen is kept in the store, so that a restart of the program doesn't wash a
 * moved clock clean. Private to core, desk thread only. */
#ifndef BW_CORE_DESK_CLOCK_H
#define BW_CORE_DESK_CLOCK_H

#include <brugwachter/clock.h>
#include <brugwachter/store.h>

struct desk_clock {
    int64_t base_ms; /* wall minus monotonic time, when it was last believed */
    bool jumped;
    int64_t server_ms; /* newest server time known; 0: none */
    int64_t server_mono_ms;
    bool server_same_boot;
    int64_t
        confirmed_server_ms; /* staff said that the clock is right, knowing this one */
};

/* Reads what the store remembers of this boot. */
BW_NODISCARD enum bw_status desk_clock_load(struct desk_clock *watch,
    struct bw_store *store, const struct bw_clock *clock, struct bw_error *err);

/* Takes in a server time that came since; one that agrees with the clock confirms it. */
BW_NODISCARD enum bw_status desk_clock_follow(struct desk_clock *watch,
    struct bw_store *store, const struct bw_clock *clock, struct bw_error *err);

/* Looks at the clock; call before every decision. True: suspect. */
bool desk_clock_is_suspect(
    struct desk_clock *watch, struct bw_store *store, const struct bw_clock *clock);

/* Staff say that it is right, or it was injected just now. */
void desk_clock_confirm(
    struct desk_clock *watch, struct bw_store *store, const struct bw_clock *clock);
void desk_clock_injected(struct desk_clock *watch, const struct bw_clock *clock);

#endif
