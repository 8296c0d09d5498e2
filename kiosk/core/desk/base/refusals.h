/* Refusals of the last minute: the same refusal of the same text makes no second event.
 *
 * Texts are kept as a hash alone. Both clocks count: as soon as either says that a minute
 * went by, the refusal is recorded again, so that a clock that stands still hides
 * nothing. At most REFUSALS_MAX are remembered; the oldest goes first.
 * Private to core; one thread at a time. Texts are borrowed, and the list is the
 * caller's. */
#ifndef BW_CORE_REFUSALS_H
#define BW_CORE_REFUSALS_H

#include <brugwachter/event.h>
#include <brugwachter/verdict.h>

enum { REFUSALS_MAX = 64, REFUSAL_KEY_BYTES = 16, REFUSAL_MS = 60 * 1000 };

struct refusal {
    uint8_t key[REFUSAL_KEY_BYTES];
    enum bw_verdict verdict;
    struct bw_event_id event; /* device 0: an empty place */
    int64_t wall_ms, mono_ms;
};

struct refusals {
    struct refusal items[REFUSALS_MAX];
    unsigned next;
};

/* The hash of a text: REFUSAL_KEY_BYTES bytes. Can't fail. */
void bw_refusals_key(const char *text, uint8_t ret_key[REFUSAL_KEY_BYTES]);

/* The event of the same refusal within the last minute; NULL where there's none. */
const struct refusal *bw_refusals_find(const struct refusals *refusals,
    const uint8_t key[REFUSAL_KEY_BYTES], enum bw_verdict verdict, int64_t wall_ms,
    int64_t mono_ms);
void bw_refusals_add(struct refusals *refusals, const struct refusal *refusal);

#endif
