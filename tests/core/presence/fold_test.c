/* Presence: an event stands after what it refers to, whatever the stamps say (P5), and
 * acts on what is there and of its session alone (P6). */
#include "story.h"

#include <stdlib.h>
#include <string.h>

#define END_OF_TIME ((uint64_t)INT64_MAX)

/* xorshift64*: small, and the same on every machine. */
static uint32_t
draw(uint64_t *seed, uint32_t below)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (uint32_t)(*seed * UINT64_C(2685821657736338717) >> 32) % below;
}

static struct bw_event *
stamp(struct bw_event *event, uint64_t hlc)
{
    event->hlc = hlc;
    bw_event_hash(event, event->hash);
    return event;
}

static struct bw_event *
refer(struct bw_event *event, struct bw_event_id id)
{
    event->refs[event->refs_count++] = id;
    bw_event_hash(event, event->hash);
    return event;
}

/* As told, and backwards. */
static void
expect_in(const struct story *story, bw_code code, bool in)
{
    int backwards[EVENTS_MAX];
    for (int i = 0; i < story->count; i++) {
        backwards[i] = story->count - 1 - i;
    }
    for (int turn = 0; turn < 2; turn++) {
        struct bw_presence *presence = story_fold(story, turn == 0 ? NULL : backwards);
        assert_non_null(bw_presence_of_code(presence, code));
        assert_int_equal(bw_presence_of_code(presence, code)->in, in);
        assert_int_equal(bw_presence_in(presence), in ? 1 : 0);
        bw_presence_destroy(presence);
    }
}

static void
left_at_the_end_of_time_keeps_nobody_out(void **state)
{
    (void)state;
    struct story story = {0};
    struct bw_event *came = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    struct bw_event *left =
        stamp(story_tell_of(&story, 2, BW_EVENT_LEFT, came), END_OF_TIME);
    expect_in(&story, 5, false);
    story_tell_of(&story, 1, BW_EVENT_ARRIVED, left); /* knows of it, by a sane clock */
    expect_in(&story, 5, true);
}

static void
return_by_a_slow_clock_stands_after_the_leaving(void **state)
{
    (void)state;
    struct story story = {0};
    struct bw_event *came = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    struct bw_event *left = story_tell_of(&story, 1, BW_EVENT_LEFT, came);
    struct bw_event *back =
        stamp(story_tell_of(&story, 2, BW_EVENT_ARRIVED, left), UINT64_C(1) << 16);
    expect_in(&story, 5, true);
    stamp(story_tell_of(&story, 3, BW_EVENT_LEFT, back), UINT64_C(2));
    expect_in(&story, 5, false);
    struct bw_presence *presence = story_fold(&story, NULL);
    assert_int_equal(bw_presence_of_code(presence, 5)->newest.device, 3);
    bw_presence_destroy(presence);
}

static void
undoing_is_a_link_of_the_chain_too(void **state)
{
    (void)state;
    struct story story = {0};
    struct bw_event *came = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    struct bw_event *left =
        stamp(story_tell_of(&story, 2, BW_EVENT_LEFT, came), END_OF_TIME);
    struct bw_event *back = story_tell_of(&story, 1, BW_EVENT_ARRIVED, left);
    struct bw_event *undone = story_tell_of(&story, 1, BW_EVENT_UNDONE, back);
    expect_in(&story, 5, false);
    story_tell_of(&story, 1, BW_EVENT_ARRIVED, undone);
    expect_in(&story, 5, true);
}

static void
undone_annuls_arrivals_and_nothing_else(void **state)
{
    (void)state;
    struct story story = {0};
    struct bw_event *waiting = story_tell(&story, 1, BW_EVENT_WAITING, 5);
    struct bw_event *came = story_tell_of(&story, 1, BW_EVENT_ARRIVED, waiting);
    refer(story_tell_of(&story, 1, BW_EVENT_UNDONE, came), waiting->id);
    struct bw_presence *presence = story_fold(&story, NULL);
    assert_false(bw_presence_of_code(presence, 5)->in);
    assert_true(bw_presence_of_code(presence, 5)->waiting);
    bw_presence_destroy(presence);
}

static void
what_is_elsewhere_or_unknown_is_not_acted_on(void **state)
{
    (void)state;
    struct story story = {0};
    struct bw_event *came = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    struct bw_event *elsewhere = story_tell_of(&story, 2, BW_EVENT_UNDONE, came);
    elsewhere->session_no = HELP_SESSION + 1;
    bw_event_hash(elsewhere, elsewhere->hash);
    struct bw_event *gone = story_tell_of(&story, 3, BW_EVENT_LEFT, came);
    gone->session_no = HELP_SESSION + 1;
    bw_event_hash(gone, gone->hash);
    struct bw_event *nobody = story_tell(&story, 2, BW_EVENT_LEFT, BW_CODE_NONE);
    refer(nobody, (struct bw_event_id){9, 999});
    struct bw_event *nothing = story_tell(&story, 2, BW_EVENT_UNDONE, BW_CODE_NONE);
    refer(nothing, (struct bw_event_id){9, 998});
    expect_in(&story, 5, true);
}

static void
numbers_named_before_they_were_given_keep_nobody_out(void **state)
{
    (void)state;
    for (int last = 0; last < 2; last++) {
        struct story story = {0};
        struct bw_event *came = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
        struct bw_event *lie = story_tell_of(&story, 2, BW_EVENT_LEFT, came);
        stamp(lie, last ? END_OF_TIME : 0);
        for (uint64_t seq = 2; seq < 12; seq++) { /* what kiosk 1 has yet to write */
            refer(lie, (struct bw_event_id){1, seq});
        }
        story_tell_of(&story, 1, BW_EVENT_ARRIVED, lie);
        expect_in(&story, 5, true);
    }
}

static void
own_numbers_to_come_and_oneself_are_passed_over(void **state)
{
    (void)state;
    struct story story = {0};
    struct bw_event *left = story_tell(&story, 1, BW_EVENT_LEFT, 5);
    refer(left, left->id);
    refer(left, (struct bw_event_id){1, 2});
    story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    expect_in(&story, 5, true);
}

/* ---- a day by three clocks ---- */

enum { DAY_EVENTS = 60, DAY_PEOPLE = 4, DAY_KIOSKS = 3 };

struct day {
    struct bw_event events[DAY_EVENTS];
    int count;
    uint64_t seqs[DAY_KIOSKS + 1], hlcs[DAY_KIOSKS + 1];
    int64_t clocks[DAY_KIOSKS + 1];
};

static struct bw_event *
tell(struct day *day, uint32_t device, enum bw_event_kind kind, bw_code code)
{
    struct bw_event *event = &day->events[day->count];
    *event = help_arrived(code);
    event->kind = kind;
    event->id = (struct bw_event_id){device, ++day->seqs[device]};
    event->wall_ms = day->clocks[device] + day->count;
    event->hlc = bw_hlc_next(day->hlcs[device], event->wall_ms);
    day->hlcs[device] = event->hlc;
    day->count++;
    return event;
}

/* One event at any kiosk, by what it knows, with the reference that a desk gives it. */
static bool
go_on(struct day *day, struct bw_presence *presence, uint64_t *seed, bool *inout_in)
{
    bw_code code = draw(seed, DAY_PEOPLE);
    const struct bw_attendance *who = bw_presence_of_code(presence, code);
    uint32_t device = 1 + draw(seed, DAY_KIOSKS);
    bool undo = inout_in[code] && draw(seed, 3) == 0;
    struct bw_event *event = tell(day, device,
        undo             ? BW_EVENT_UNDONE
        : inout_in[code] ? BW_EVENT_LEFT
                         : BW_EVENT_ARRIVED,
        code);
    for (int i = 0; undo && i < who->arrivals_count && i < BW_REFS_MAX - 1; i++) {
        event->refs[event->refs_count++] = who->arrivals[i];
    }
    if (who != NULL) {
        event->refs[event->refs_count++] = who->newest;
    }
    bw_event_hash(event, event->hash);
    inout_in[code] = !inout_in[code];
    return bw_presence_add(presence, event, NULL) == BW_OK;
}

static struct bw_presence *
fold_split(const struct day *day, uint64_t *seed)
{
    struct bw_error err;
    int order[DAY_EVENTS];
    struct bw_presence *presence = NULL;
    help_ok(bw_presence_create(HELP_SESSION, &presence, &err), &err);
    for (int i = 0; i < day->count; i++) {
        int other = (int)draw(seed, (uint32_t)i + 1);
        order[i] = order[other];
        order[other] = i;
    }
    for (int i = 0; i < day->count; i++) {
        if (draw(seed, 3) == 0) {
            bw_presence_hold(presence);
        }
        help_ok(bw_presence_add(presence, &day->events[order[i]], &err), &err);
        if (draw(seed, 3) == 0) {
            help_ok(bw_presence_settle(presence, &err), &err);
        }
    }
    help_ok(bw_presence_settle(presence, &err), &err);
    return presence;
}

/* Every kiosk knows all that was written, and only its clock is its own. So what the
 * doors saw, one after another, is what the fold must say,
 * by any clock and in any order. */
static void
clocks_apart_never_change_what_the_doors_saw(void **state)
{
    (void)state;
    static const int64_t off_ms[] = {
        0, -INT64_C(86400000000), INT64_C(86400000000000), 90000, -90000};
    uint64_t seed = 20250318;
    for (int round = 0; round < 200; round++) {
        static struct day day;
        bool in[DAY_PEOPLE] = {false};
        struct bw_presence *presence = NULL;
        day = (struct day){0};
        help_ok(bw_presence_create(HELP_SESSION, &presence, NULL),
            &(struct bw_error){.text = "a day"});
        for (int kiosk = 1; kiosk <= DAY_KIOSKS; kiosk++) {
            day.clocks[kiosk] = HELP_WALL_MS + off_ms[draw(&seed, 5)];
        }
        while (day.count < DAY_EVENTS) {
            assert_true(go_on(&day, presence, &seed, in));
            for (bw_code code = 0; code < DAY_PEOPLE; code++) {
                const struct bw_attendance *who = bw_presence_of_code(presence, code);
                assert_int_equal(who != NULL && who->in, in[code]);
            }
        }
        struct bw_presence *mixed = fold_split(&day, &seed);
        for (bw_code code = 0; code < DAY_PEOPLE; code++) {
            const struct bw_attendance *who = bw_presence_of_code(mixed, code);
            const struct bw_attendance *straight = bw_presence_of_code(presence, code);
            assert_int_equal(who != NULL && who->in, in[code]);
            assert_int_equal(who != NULL, straight != NULL);
            if (who != NULL) {
                assert_int_equal(who->newest.device, straight->newest.device);
                assert_int_equal(who->newest.seq, straight->newest.seq);
            }
        }
        bw_presence_destroy(mixed);
        bw_presence_destroy(presence);
    }
}

/* ---- a hundred thousand ---- */

enum { MANY = 100000 };

typedef void fill(struct bw_event *event, uint32_t number, uint64_t *seed);

static void
one_person_each_refers_to_the_next(
    struct bw_event *event, uint32_t number, uint64_t *seed)
{
    (void)seed;
    event->code = 5;
    event->kind = number % 2 ? BW_EVENT_LEFT : BW_EVENT_ARRIVED;
    event->refs[0] = (struct bw_event_id){3 - event->id.device, number + 2};
    event->refs_count = 1;
}

static void
one_person_anything_refers_to_anything(
    struct bw_event *event, uint32_t number, uint64_t *seed)
{
    (void)number;
    event->code = 5;
    event->kind = draw(seed, 2) ? BW_EVENT_LEFT : BW_EVENT_ARRIVED;
    event->hlc = draw(seed, MANY);
    for (int i = 0; i < 4; i++) {
        event->refs[event->refs_count++] =
            (struct bw_event_id){1 + draw(seed, 2), 1 + draw(seed, MANY)};
    }
}

/* A walk-in's three events, of which the first are learnt last. */
static void
walk_ins_in_three_events(struct bw_event *event, uint32_t number, uint64_t *seed)
{
    static const enum bw_event_kind kinds[] = {
        BW_EVENT_WAITING, BW_EVENT_ARRIVED, BW_EVENT_LEFT};
    (void)seed;
    event->code = BW_CODE_NONE;
    event->id.device = 1;
    event->kind = kinds[number % 3];
    for (uint32_t before = 1; before <= number % 3; before++) {
        event->refs[event->refs_count++] = (struct bw_event_id){1, number - before + 1};
    }
}

static struct bw_presence *
fold_many(fill *one, bool backwards)
{
    struct bw_error err;
    uint64_t seed = 7;
    struct bw_presence *presence = NULL;
    struct bw_event *events = calloc(MANY, sizeof *events);
    assert_non_null(events);
    for (uint32_t i = 0; i < MANY; i++) {
        events[i] = help_arrived(i);
        events[i].id = (struct bw_event_id){1 + i % 2, i + 1};
        events[i].hlc = i + 1;
        one(&events[i], i, &seed);
        memcpy(events[i].hash, &i, sizeof i);
    }
    help_ok(bw_presence_create(HELP_SESSION, &presence, &err), &err);
    bw_presence_hold(presence);
    for (uint32_t i = 0; i < MANY; i++) {
        help_ok(
            bw_presence_add(presence, &events[backwards ? MANY - 1 - i : i], &err), &err);
    }
    help_ok(bw_presence_settle(presence, &err), &err);
    free(events);
    return presence;
}

/* Quadratic, each of these would take minutes; the test's time limit is the proof. */
static void
hundred_thousand_events_fold_however_hostile(void **state)
{
    (void)state;
    fill *const fills[] = {one_person_each_refers_to_the_next,
        one_person_anything_refers_to_anything, walk_ins_in_three_events};
    const size_t people[] = {1, 1, MANY / 3 + 1};
    for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++) {
        struct bw_presence *presence = fold_many(fills[i], false);
        struct bw_presence *backwards = fold_many(fills[i], true);
        assert_int_equal(bw_presence_size(presence), people[i]);
        assert_int_equal(bw_presence_size(backwards), people[i]);
        assert_int_equal(bw_presence_in(presence), bw_presence_in(backwards));
        assert_int_equal(bw_presence_at(presence, 0)->newest.seq,
            bw_presence_at(backwards, 0)->newest.seq);
        bw_presence_destroy(presence);
        bw_presence_destroy(backwards);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(left_at_the_end_of_time_keeps_nobody_out),
        cmocka_unit_test(return_by_a_slow_clock_stands_after_the_leaving),
        cmocka_unit_test(undoing_is_a_link_of_the_chain_too),
        cmocka_unit_test(undone_annuls_arrivals_and_nothing_else),
        cmocka_unit_test(what_is_elsewhere_or_unknown_is_not_acted_on),
        cmocka_unit_test(numbers_named_before_they_were_given_keep_nobody_out),
        cmocka_unit_test(own_numbers_to_come_and_oneself_are_passed_over),
        cmocka_unit_test(clocks_apart_never_change_what_the_doors_saw),
        cmocka_unit_test(hundred_thousand_events_fold_however_hostile),
    };
    return cmocka_run_group_tests_name("presence_fold", tests, help_setup, help_teardown);
}
