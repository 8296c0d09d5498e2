/* The hybrid logical clock: see brugwachter/event.h. Any thread.
 *
 * A stamp is milliseconds << 16 | counter. When the counter runs over it carries into the
 * milliseconds, which is harmless: the stamp still only rises (E4). */
#include <brugwachter/event.h>

enum { COUNTER_BITS = 16 };

/* 47 bits of milliseconds (the year 6429) keep every stamp inside a signed column. */
#define STAMP_MS_MAX ((INT64_C(1) << 47) - 1)

static uint64_t
stamp_of(int64_t wall_ms)
{
    if (wall_ms < 0) {
        wall_ms = 0;
    }
    if (wall_ms > STAMP_MS_MAX) {
        wall_ms = STAMP_MS_MAX;
    }
    return (uint64_t)wall_ms << COUNTER_BITS;
}

uint64_t
bw_hlc_next(uint64_t last, int64_t wall_ms)
{
    uint64_t now = stamp_of(wall_ms);
    return now > last ? now : last + 1;
}

uint64_t
bw_hlc_see(uint64_t last, uint64_t seen, int64_t wall_ms, bool *ret_ahead)
{
    *ret_ahead = false;
    if (seen <= last) {
        return last;
    }
    uint64_t limit = stamp_of(wall_ms < 0 ? BW_HLC_AHEAD_MS : wall_ms + BW_HLC_AHEAD_MS);
    if (seen >> COUNTER_BITS > limit >> COUNTER_BITS) {
        *ret_ahead = true;
        return last;
    }
    return seen;
}
