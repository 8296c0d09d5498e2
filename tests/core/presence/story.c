/* Days at the door: see story.h. */
#include "story.h"

struct bw_event *
story_tell(struct story *story, uint32_t device, enum bw_event_kind kind, bw_code code)
{
    assert_true(story->count < EVENTS_MAX);
    struct bw_event *event = &story->events[story->count++];
    *event = help_arrived(code);
    event->id = (struct bw_event_id){device, ++story->seqs[device]};
    event->kind = kind;
    event->wall_ms = HELP_WALL_MS + story->count * 1000;
    event->hlc = (uint64_t)event->wall_ms << 16;
    if (kind == BW_EVENT_REFUSED) {
        event->verdict = BW_VERDICT_WAITLISTED;
    }
    bw_event_hash(event, event->hash);
    return event;
}

struct bw_event *
story_tell_of(struct story *story, uint32_t device, enum bw_event_kind kind,
    const struct bw_event *of)
{
    struct bw_event *event = story_tell(story, device, kind, of->code);
    event->refs_count = 1;
    event->refs[0] = of->id;
    bw_event_hash(event, event->hash);
    return event;
}

void
story_walk_in(struct bw_event *event)
{
    event->basis = BW_BASIS_WALK_IN;
    event->home_session_no = 0;
    bw_event_hash(event, event->hash);
}

struct bw_presence *
story_fold(const struct story *story, const int *order)
{
    struct bw_error err;
    struct bw_presence *presence = NULL;
    help_ok(bw_presence_create(HELP_SESSION, &presence, &err), &err);
    for (int i = 0; i < story->count; i++) {
        int at = order != NULL ? order[i] : i;
        help_ok(bw_presence_add(presence, &story->events[at], &err), &err);
    }
    return presence;
}

void
story_expect(const struct bw_presence *presence, int in, int walk_ins, int guests)
{
    assert_int_equal(bw_presence_in(presence), in);
    assert_int_equal(bw_presence_walk_ins(presence), walk_ins);
    assert_int_equal(bw_presence_guests(presence), guests);
}
