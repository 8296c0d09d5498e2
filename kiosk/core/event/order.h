/* The one order of events, on every kiosk and at the office: by hybrid clock, then device
 * and number, then hash (a fork). Pure; any thread. */
#ifndef BW_CORE_EVENT_ORDER_H
#define BW_CORE_EVENT_ORDER_H

#include <brugwachter/event.h>

/* What decides an event's place; the hash has BW_HASH_BYTES and is borrowed. */
struct event_place {
    uint64_t hlc;
    struct bw_event_id id;
    const uint8_t *hash;
};

/* Below 0, above, or 0 for the same place, as memcmp. */
int bw_event_order(struct event_place a, struct event_place b);

#endif
