/* Presence: the same, whatever the order in which the events came, and quick. */
#include "story.h"

#include <string.h>

/* xorshift64*: small, and the same on every machine. */
static uint32_t
draw(uint64_t *seed, uint32_t below)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (uint32_t)(*seed * UINT64_C(2685821657736338717) >> 32) % below;
}

/* A wild day at three doors: references to anything, even across persons and to events of
 * the future; the same number twice; clocks that tie. */
static void
random_story(struct story *story, uint64_t *seed)
{
    static const enum bw_event_kind kinds[] = {BW_EVENT_ARRIVED, BW_EVENT_ARRIVED,
        BW_EVENT_ARRIVED, BW_EVENT_WAITING, BW_EVENT_LEFT, BW_EVENT_UNDONE,
        BW_EVENT_REFUSED, BW_EVENT_RELEASED};
    *story = (struct story){0};
    int count = 10 + (int)draw(seed, 30);
    for (int i = 0; i < count; i++) {
        bool coded = draw(seed, 3) > 0;
        struct bw_event *event = story_tell(story, 1 + draw(seed, 3),
            kinds[draw(seed, 8)], coded ? draw(seed, 6) : BW_CODE_NONE);
        event->generation = (uint8_t)draw(seed, 3);
        event->hlc = draw(seed, 10) == 0
                         ? (uint64_t)INT64_MAX
                         : (uint64_t)(HELP_WALL_MS + draw(seed, 20)) << 16;
        event->basis = draw(seed, 2) ? BW_BASIS_WALK_IN : BW_BASIS_GUEST;
        event->refs_count = (int)draw(seed, 3);
        for (int r = 0; r < event->refs_count; r++) {
            event->refs[r] = (struct bw_event_id){
                1 + draw(seed, 3), 1 + draw(seed, (uint32_t)count / 3)};
        }
        if (draw(seed, 12) == 0) {
            event->id.seq = 1 + draw(seed, (uint32_t)event->id.seq);
        }
        bw_event_hash(event, event->hash);
    }
}

static void
assert_same_person(const struct bw_attendance *a, const struct bw_attendance *b)
{
    const struct {
        uint64_t of_a, of_b;
    } fields[] = {
        {a->subject.code, b->subject.code},
        {a->subject.walk_in.device, b->subject.walk_in.device},
        {a->subject.walk_in.seq, b->subject.walk_in.seq},
        {a->in, b->in},
        {a->attended, b->attended},
        {a->left, b->left},
        {a->waiting, b->waiting},
        {a->seen, b->seen},
        {a->guest, b->guest},
        {a->substitute, b->substitute},
        {(uint64_t)a->basis, (uint64_t)b->basis},
        {a->first.device, b->first.device},
        {a->first.seq, b->first.seq},
        {(uint64_t)a->since_ms, (uint64_t)b->since_ms},
        {a->since_suspect, b->since_suspect},
        {(uint64_t)a->left_ms, (uint64_t)b->left_ms},
        {(uint64_t)a->arrivals_count, (uint64_t)b->arrivals_count},
        {a->waiting_event.device, b->waiting_event.device},
        {a->waiting_event.seq, b->waiting_event.seq},
        {(uint64_t)a->waiting_ms, (uint64_t)b->waiting_ms},
        {a->waiting_hlc, b->waiting_hlc},
        {a->generation, b->generation},
        {a->home_session_no, b->home_session_no},
        {a->newest.device, b->newest.device},
        {a->newest.seq, b->newest.seq},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        assert_int_equal(fields[i].of_a, fields[i].of_b);
    }
    for (int i = 0; i < a->arrivals_count; i++) {
        assert_int_equal(a->arrivals[i].device, b->arrivals[i].device);
        assert_int_equal(a->arrivals[i].seq, b->arrivals[i].seq);
    }
}

static void
assert_same(const struct bw_presence *a, const struct bw_presence *b)
{
    assert_int_equal(bw_presence_size(a), bw_presence_size(b));
    story_expect(a, bw_presence_in(b), bw_presence_walk_ins(b), bw_presence_guests(b));
    assert_int_equal(bw_presence_is_released(a), bw_presence_is_released(b));
    for (size_t i = 0; i < bw_presence_size(a); i++) {
        assert_same_person(bw_presence_at(a, i), bw_presence_at(b, i));
    }
}

/* The same, but that some are held and folded together. */
static struct bw_presence *
fold_in_lots(const struct story *story, const int *order, uint64_t *seed)
{
    struct bw_error err;
    struct bw_presence *presence = NULL;
    help_ok(bw_presence_create(HELP_SESSION, &presence, &err), &err);
    for (int i = 0; i < story->count; i++) {
        if (draw(seed, 4) == 0) {
            bw_presence_hold(presence);
        }
        help_ok(bw_presence_add(presence, &story->events[order[i]], &err), &err);
        if (draw(seed, 4) == 0) {
            help_ok(bw_presence_settle(presence, &err), &err);
        }
    }
    help_ok(bw_presence_settle(presence, &err), &err);
    return presence;
}

static void
every_order_of_two_kiosks_events_folds_to_the_same(void **state)
{
    (void)state;
    uint64_t seed = 20250318;
    for (int round = 0; round < 400; round++) {
        struct story story;
        int order[EVENTS_MAX];
        random_story(&story, &seed);
        struct bw_presence *straight = story_fold(&story, NULL);
        for (int shuffle = 0; shuffle < 5; shuffle++) {
            for (int i = 0; i < story.count; i++) {
                int other = (int)draw(&seed, (uint32_t)i + 1);
                order[i] = order[other];
                order[other] = i;
            }
            struct bw_presence *mixed = story_fold(&story, order);
            assert_same(straight, mixed);
            for (int i = 0; i < story.count; i++) { /* all again: nothing changes */
                help_ok(bw_presence_add(mixed, &story.events[i], NULL),
                    &(struct bw_error){.text = "again"});
            }
            assert_same(straight, mixed);
            bw_presence_destroy(mixed);
            struct bw_presence *lots = fold_in_lots(&story, order, &seed);
            assert_same(straight, lots);
            bw_presence_destroy(lots);
        }
        bw_presence_destroy(straight);
    }
}

static void
totals_are_the_sum_of_the_people(void **state)
{
    (void)state;
    uint64_t seed = 99;
    for (int round = 0; round < 200; round++) {
        struct story story;
        random_story(&story, &seed);
        struct bw_presence *presence = story_fold(&story, NULL);
        int in = 0;
        int guests = 0;
        for (size_t i = 0; i < bw_presence_size(presence); i++) {
            const struct bw_attendance *person = bw_presence_at(presence, i);
            in += person->in;
            guests += person->in && person->guest;
            assert_false(person->in && (person->left || person->waiting || person->seen));
            assert_true(person->attended == (person->arrivals_count > 0));
        }
        assert_int_equal(bw_presence_in(presence), in);
        assert_int_equal(bw_presence_guests(presence), guests);
        bw_presence_destroy(presence);
    }
}

static void
a_full_house_in_order_stays_quick(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_presence *presence = NULL;
    help_ok(bw_presence_create(HELP_SESSION, &presence, &err), &err);
    for (uint64_t i = 1; i <= 100000; i++) {
        struct bw_event event = help_arrived(i);
        event.id = (struct bw_event_id){1, i};
        event.hlc = i;
        memcpy(event.hash, &i, sizeof i);
        help_ok(bw_presence_add(presence, &event, &err), &err);
    }
    assert_int_equal(bw_presence_in(presence), 100000);
    assert_int_equal(bw_presence_at(presence, 99999)->subject.code, 100000);
    bw_presence_destroy(presence);
    bw_presence_destroy(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_order_of_two_kiosks_events_folds_to_the_same),
        cmocka_unit_test(totals_are_the_sum_of_the_people),
        cmocka_unit_test(a_full_house_in_order_stays_quick),
    };
    return cmocka_run_group_tests_name(
        "presence_order", tests, help_setup, help_teardown);
}
