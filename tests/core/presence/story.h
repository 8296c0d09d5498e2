/* Days at the door, told event by event, for the tests of presence. */
#ifndef TESTS_CORE_PRESENCE_STORY_H
#define TESTS_CORE_PRESENCE_STORY_H

#include "tests/core/store/help.h"

#include <brugwachter/presence.h>

enum { EVENTS_MAX = 64 };

/* A story, told by two or three kiosks. Stamps rise with every line. */
struct story {
    struct bw_event events[EVENTS_MAX];
    int count;
    uint64_t seqs[4];
};

/* One more event, hashed; a change to it asks for a new bw_event_hash. The second kind
 * refers to `of`, and has its code. The third makes it a walk-in's. */
struct bw_event *story_tell(
    struct story *story, uint32_t device, enum bw_event_kind kind, bw_code code);
struct bw_event *story_tell_of(struct story *story, uint32_t device,
    enum bw_event_kind kind, const struct bw_event *of);
void story_walk_in(struct bw_event *event);

/* All of it folded, in this order of indexes, or as told (NULL). */
struct bw_presence *story_fold(const struct story *story, const int *order);

void story_expect(const struct bw_presence *presence, int in, int walk_ins, int guests);

#endif
