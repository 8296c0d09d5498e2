/* Presence: who is in, whatever the order in which the events came. */
#include "store_help.h"

#include <brugwachter/presence.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS_MAX = 64 };

/* A story, told by two or three kiosks. Stamps rise with every line. */
struct story {
    struct bw_event events[EVENTS_MAX];
    int count;
    uint64_t seqs[4];
};

static struct bw_event *
tell(struct story *story, uint32_t device, enum bw_event_kind kind, bw_code code)
{
    assert_true(story->count < EVENTS_MAX);
    struct bw_event *event = &story->events[story->count++];
    *event = help_arrived(code);
    event->id = (struct bw_event_id) { device, ++story->seqs[device] };
    event->kind = kind;
    event->wall_ms = HELP_WALL_MS + story->count * 1000;
    event->hlc = (uint64_t)event->wall_ms << 16;
    if (kind == BW_EVENT_REFUSED) {
        event->verdict = BW_VERDICT_WAITLISTED;
    }
    bw_event_hash(event, event->hash);
    return event;
}

static struct bw_event *
tell_of(struct story *story, uint32_t device, enum bw_event_kind kind,
    const struct bw_event *of)
{
    struct bw_event *event = tell(story, device, kind, of->code);
    event->refs_count = 1;
    event->refs[0] = of->id;
    bw_event_hash(event, event->hash);
    return event;
}

static void
walk_in(struct bw_event *event)
{
    event->basis = BW_BASIS_WALK_IN;
    event->home_session_no = 0;
    bw_event_hash(event, event->hash);
}

static struct bw_presence *
fold(const struct story *story, const int *order)
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

static void
assert_counts(const struct bw_presence *presence, int in, int walk_ins, int guests)
{
    assert_int_equal(bw_presence_in(presence), in);
    assert_int_equal(bw_presence_walk_ins(presence), walk_ins);
    assert_int_equal(bw_presence_guests(presence), guests);
}

static void
arrived_is_in_until_left_and_attended_for_ever(void **state)
{
    (void)state;
    struct story story = { 0 };
    const struct bw_event *arrived = tell(&story, 1, BW_EVENT_ARRIVED, 5);
    tell_of(&story, 2, BW_EVENT_LEFT, arrived);
    tell(&story, 1, BW_EVENT_ARRIVED, 6);
    struct bw_presence *presence = fold(&story, NULL);
    const struct bw_attendance *five = bw_presence_of_code(presence, 5);
    assert_false(five->in);
    assert_true(five->left);
    assert_true(five->attended);
    assert_int_equal(five->first.seq, arrived->id.seq);
    assert_int_equal(five->since_ms, arrived->wall_ms);
    assert_counts(presence, 1, 0, 0);
    assert_null(bw_presence_of_code(presence, 7));
    assert_null(bw_presence_of_code(presence, BW_CODE_NONE));
    bw_presence_destroy(presence);
}

static void
somebody_who_left_and_came_back_is_in_once(void **state)
{
    (void)state;
    struct story story = { 0 };
    tell(&story, 1, BW_EVENT_ARRIVED, 5);
    tell(&story, 1, BW_EVENT_LEFT, 5);
    tell(&story, 2, BW_EVENT_ARRIVED, 5);
    struct bw_presence *presence = fold(&story, NULL);
    assert_true(bw_presence_of_code(presence, 5)->in);
    assert_false(bw_presence_of_code(presence, 5)->left);
    assert_int_equal(bw_presence_of_code(presence, 5)->arrivals_count, 2);
    assert_counts(presence, 1, 0, 0);
    bw_presence_destroy(presence);
}

static void
undone_arrivals_never_were_but_the_ticket_stays_known(void **state)
{
    (void)state;
    struct story story = { 0 };
    struct bw_event *first = tell(&story, 1, BW_EVENT_ARRIVED, 5);
    first->generation = 2;
    bw_event_hash(first, first->hash);
    struct bw_event *undone = tell_of(&story, 2, BW_EVENT_UNDONE, first);
    struct bw_presence *presence = fold(&story, NULL);
    const struct bw_attendance *five = bw_presence_of_code(presence, 5);
    assert_false(five->in || five->attended || five->left);
    assert_int_equal(five->arrivals_count, 0);
    assert_int_equal(five->first.device, 0);
    assert_int_equal(five->generation, 2);
    bw_presence_destroy(presence);
    /* An undone can't be undone; a new arrival is what it takes. */
    tell_of(&story, 1, BW_EVENT_UNDONE, undone);
    presence = fold(&story, NULL);
    assert_counts(presence, 0, 0, 0);
    bw_presence_destroy(presence);
    tell(&story, 1, BW_EVENT_ARRIVED, 5);
    presence = fold(&story, NULL);
    assert_counts(presence, 1, 0, 0);
    bw_presence_destroy(presence);
}

static void
undo_annuls_what_it_names_and_no_more(void **state)
{
    (void)state;
    struct story story = { 0 };
    const struct bw_event *seen = tell(&story, 1, BW_EVENT_ARRIVED, 5);
    tell(&story, 2, BW_EVENT_ARRIVED, 5); /* at another door, unseen by the undoing one */
    tell_of(&story, 1, BW_EVENT_UNDONE, seen);
    struct bw_presence *presence = fold(&story, NULL);
    assert_true(bw_presence_of_code(presence, 5)->in);
    assert_int_equal(bw_presence_of_code(presence, 5)->first.device, 2);
    bw_presence_destroy(presence);
}

static void
walk_in_is_known_by_every_event_of_theirs(void **state)
{
    (void)state;
    struct story story = { 0 };
    struct bw_event *waiting = tell(&story, 1, BW_EVENT_WAITING, BW_CODE_NONE);
    struct bw_event *arrived = tell_of(&story, 2, BW_EVENT_ARRIVED, waiting);
    walk_in(arrived);
    struct bw_presence *presence = fold(&story, NULL);
    const struct bw_attendance *person = bw_presence_of_event(presence, waiting->id);
    assert_ptr_equal(bw_presence_of_event(presence, arrived->id), person);
    assert_int_equal(person->subject.walk_in.seq, waiting->id.seq);
    assert_true(person->in);
    assert_false(person->waiting);
    assert_counts(presence, 1, 1, 0);
    bw_presence_destroy(presence);
    tell_of(&story, 1, BW_EVENT_LEFT, arrived);
    presence = fold(&story, NULL);
    assert_int_equal(bw_presence_size(presence), 1);
    assert_counts(presence, 0, 0, 0);
    assert_null(bw_presence_of_event(presence, (struct bw_event_id) { 1, 99 }));
    bw_presence_destroy(presence);
}

static void
a_later_known_reference_joins_two_into_one(void **state)
{
    (void)state;
    struct story story = { 0 };
    struct bw_event *waiting = tell(&story, 1, BW_EVENT_WAITING, BW_CODE_NONE);
    struct bw_event *arrived = tell_of(&story, 2, BW_EVENT_ARRIVED, waiting);
    walk_in(arrived);
    tell_of(&story, 3, BW_EVENT_LEFT, arrived);
    const int order[] = { 2, 0, 1 }; /* left, waiting, and only then what joins them */
    struct bw_presence *presence = fold(&story, order);
    assert_int_equal(bw_presence_size(presence), 1);
    assert_true(bw_presence_at(presence, 0)->left);
    assert_int_equal(bw_presence_at(presence, 0)->subject.walk_in.device, 1);
    bw_presence_destroy(presence);
}

static void
waiting_ends_by_arriving_or_going_home(void **state)
{
    (void)state;
    struct story story = { 0 };
    const struct bw_event *refused = tell(&story, 1, BW_EVENT_REFUSED, 5);
    const struct bw_event *waiting = tell(&story, 1, BW_EVENT_WAITING, 5);
    struct bw_presence *presence = fold(&story, NULL);
    const struct bw_attendance *five = bw_presence_of_code(presence, 5);
    assert_true(five->waiting && five->seen && !five->in);
    assert_int_equal(five->waiting_ms, refused->wall_ms);
    assert_int_equal(five->waiting_event.seq, waiting->id.seq);
    bw_presence_destroy(presence);
    tell(&story, 1, BW_EVENT_LEFT, 5);
    presence = fold(&story, NULL);
    five = bw_presence_of_code(presence, 5);
    assert_false(five->waiting || five->seen || five->left || five->attended);
    bw_presence_destroy(presence);
    tell(&story, 1, BW_EVENT_ARRIVED, 5);
    presence = fold(&story, NULL);
    five = bw_presence_of_code(presence, 5);
    assert_true(five->in && !five->waiting && !five->seen);
    bw_presence_destroy(presence);
}

static void
guests_and_substitutes_are_told_apart(void **state)
{
    (void)state;
    struct story story = { 0 };
    struct bw_event *guest = tell(&story, 1, BW_EVENT_ARRIVED, 5);
    guest->home_session_no = HELP_SESSION + 1;
    bw_event_hash(guest, guest->hash);
    struct bw_event *colleague = tell(&story, 1, BW_EVENT_ARRIVED, 6);
    colleague->basis = BW_BASIS_SUBSTITUTE;
    bw_event_hash(colleague, colleague->hash);
    struct bw_presence *presence = fold(&story, NULL);
    assert_true(bw_presence_of_code(presence, 5)->guest);
    assert_true(bw_presence_of_code(presence, 6)->substitute);
    assert_counts(presence, 2, 0, 1);
    bw_presence_destroy(presence);
}

static void
other_sessions_and_other_refusals_say_nothing(void **state)
{
    (void)state;
    struct story story = { 0 };
    struct bw_event *elsewhere = tell(&story, 1, BW_EVENT_ARRIVED, 5);
    elsewhere->session_no = HELP_SESSION + 1;
    bw_event_hash(elsewhere, elsewhere->hash);
    struct bw_event *forged = tell(&story, 1, BW_EVENT_REFUSED, BW_CODE_NONE);
    forged->verdict = BW_VERDICT_FORGED;
    bw_event_hash(forged, forged->hash);
    struct bw_event *blocked = tell(&story, 1, BW_EVENT_REFUSED, 6);
    blocked->verdict = BW_VERDICT_BLOCKED;
    bw_event_hash(blocked, blocked->hash);
    tell(&story, 1, BW_EVENT_NOTE, BW_CODE_NONE);
    struct bw_presence *presence = fold(&story, NULL);
    assert_int_equal(bw_presence_size(presence), 0);
    assert_false(bw_presence_is_released(presence));
    bw_presence_destroy(presence);
    tell(&story, 2, BW_EVENT_RELEASED, BW_CODE_NONE);
    presence = fold(&story, NULL);
    assert_true(bw_presence_is_released(presence));
    assert_int_equal(bw_presence_size(presence), 0);
    bw_presence_destroy(presence);
}

static void
fork_is_folded_twice_and_counted_once(void **state)
{
    (void)state;
    struct story story = { 0 };
    struct bw_event *one = tell(&story, 1, BW_EVENT_ARRIVED, 5);
    struct bw_event *two = tell(&story, 1, BW_EVENT_ARRIVED, 6);
    struct bw_event *again = tell(&story, 1, BW_EVENT_ARRIVED, 5);
    two->id = one->id;
    again->id = one->id;
    bw_event_hash(two, two->hash);
    bw_event_hash(again, again->hash);
    struct bw_presence *presence = fold(&story, NULL);
    assert_counts(presence, 2, 0, 0);
    bw_presence_destroy(presence);
}

static void
hostile_references_end_somewhere(void **state)
{
    (void)state;
    struct story story = { 0 };
    for (int i = 0; i < EVENTS_MAX - 1; i++) { /* a ring, and each refers to the next */
        struct bw_event *event = tell(&story, 1, BW_EVENT_ARRIVED, BW_CODE_NONE);
        event->refs_count = 1;
        event->refs[0] = (struct bw_event_id) { 1, (uint64_t)((i + 1) % 40) + 1 };
        bw_event_hash(event, event->hash);
    }
    struct bw_event *self = tell(&story, 1, BW_EVENT_ARRIVED, BW_CODE_NONE);
    self->refs_count = 1;
    self->refs[0] = self->id;
    bw_event_hash(self, self->hash);
    struct bw_presence *presence = fold(&story, NULL);
    assert_true(bw_presence_in(presence) > 0);
    bw_presence_destroy(presence);
}

/* ---- any order ---- */

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
    static const enum bw_event_kind kinds[] = { BW_EVENT_ARRIVED, BW_EVENT_ARRIVED,
        BW_EVENT_ARRIVED, BW_EVENT_WAITING, BW_EVENT_LEFT, BW_EVENT_UNDONE,
        BW_EVENT_REFUSED, BW_EVENT_RELEASED };
    *story = (struct story) { 0 };
    int count = 10 + (int)draw(seed, 30);
    for (int i = 0; i < count; i++) {
        bool coded = draw(seed, 3) > 0;
        struct bw_event *event = tell(story, 1 + draw(seed, 3), kinds[draw(seed, 8)],
            coded ? draw(seed, 6) : BW_CODE_NONE);
        event->generation = (uint8_t)draw(seed, 3);
        event->hlc = (uint64_t)(HELP_WALL_MS + draw(seed, 20)) << 16;
        event->basis = draw(seed, 2) ? BW_BASIS_WALK_IN : BW_BASIS_GUEST;
        event->refs_count = (int)draw(seed, 3);
        for (int r = 0; r < event->refs_count; r++) {
            event->refs[r] = (struct bw_event_id) { 1 + draw(seed, 3),
                1 + draw(seed, (uint32_t)count / 3) };
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
        { a->subject.code, b->subject.code },
        { a->subject.walk_in.device, b->subject.walk_in.device },
        { a->subject.walk_in.seq, b->subject.walk_in.seq },
        { a->in, b->in },
        { a->attended, b->attended },
        { a->left, b->left },
        { a->waiting, b->waiting },
        { a->seen, b->seen },
        { a->guest, b->guest },
        { a->substitute, b->substitute },
        { (uint64_t)a->basis, (uint64_t)b->basis },
        { a->first.device, b->first.device },
        { a->first.seq, b->first.seq },
        { (uint64_t)a->since_ms, (uint64_t)b->since_ms },
        { a->since_suspect, b->since_suspect },
        { (uint64_t)a->arrivals_count, (uint64_t)b->arrivals_count },
        { a->waiting_event.device, b->waiting_event.device },
        { a->waiting_event.seq, b->waiting_event.seq },
        { (uint64_t)a->waiting_ms, (uint64_t)b->waiting_ms },
        { a->waiting_hlc, b->waiting_hlc },
        { a->generation, b->generation },
        { a->home_session_no, b->home_session_no },
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
    assert_counts(a, bw_presence_in(b), bw_presence_walk_ins(b), bw_presence_guests(b));
    assert_int_equal(bw_presence_is_released(a), bw_presence_is_released(b));
    for (size_t i = 0; i < bw_presence_size(a); i++) {
        assert_same_person(bw_presence_at(a, i), bw_presence_at(b, i));
    }
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
        struct bw_presence *straight = fold(&story, NULL);
        for (int shuffle = 0; shuffle < 5; shuffle++) {
            for (int i = 0; i < story.count; i++) {
                int other = (int)draw(&seed, (uint32_t)i + 1);
                order[i] = order[other];
                order[other] = i;
            }
            struct bw_presence *mixed = fold(&story, order);
            assert_same(straight, mixed);
            for (int i = 0; i < story.count; i++) { /* all again: nothing changes */
                help_ok(bw_presence_add(mixed, &story.events[i], NULL),
                    &(struct bw_error) { .text = "again" });
            }
            assert_same(straight, mixed);
            bw_presence_destroy(mixed);
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
        struct bw_presence *presence = fold(&story, NULL);
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
        event.id = (struct bw_event_id) { 1, i };
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
        cmocka_unit_test(arrived_is_in_until_left_and_attended_for_ever),
        cmocka_unit_test(somebody_who_left_and_came_back_is_in_once),
        cmocka_unit_test(undone_arrivals_never_were_but_the_ticket_stays_known),
        cmocka_unit_test(undo_annuls_what_it_names_and_no_more),
        cmocka_unit_test(walk_in_is_known_by_every_event_of_theirs),
        cmocka_unit_test(a_later_known_reference_joins_two_into_one),
        cmocka_unit_test(waiting_ends_by_arriving_or_going_home),
        cmocka_unit_test(guests_and_substitutes_are_told_apart),
        cmocka_unit_test(other_sessions_and_other_refusals_say_nothing),
        cmocka_unit_test(fork_is_folded_twice_and_counted_once),
        cmocka_unit_test(hostile_references_end_somewhere),
        cmocka_unit_test(every_order_of_two_kiosks_events_folds_to_the_same),
        cmocka_unit_test(totals_are_the_sum_of_the_people),
        cmocka_unit_test(a_full_house_in_order_stays_quick),
    };
    return cmocka_run_group_tests_name("presence", tests, help_setup, help_teardown);
}
