/* Presence: what each event says of who is in. */
#include "story.h"

#include <malloc.h>
#include <string.h>

static void
arrived_is_in_until_left_and_attended_for_ever(void **state)
{
    (void)state;
    struct story story = {0};
    const struct bw_event *arrived = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    const struct bw_event *left = story_tell_of(&story, 2, BW_EVENT_LEFT, arrived);
    story_tell(&story, 1, BW_EVENT_ARRIVED, 6);
    struct bw_presence *presence = story_fold(&story, NULL);
    const struct bw_attendance *five = bw_presence_of_code(presence, 5);
    assert_false(five->in);
    assert_true(five->left);
    assert_true(five->attended);
    assert_int_equal(five->first.seq, arrived->id.seq);
    assert_int_equal(five->since_ms, arrived->wall_ms);
    assert_int_equal(five->left_ms, left->wall_ms);
    story_expect(presence, 1, 0, 0);
    assert_null(bw_presence_of_code(presence, 7));
    assert_null(bw_presence_of_code(presence, BW_CODE_NONE));
    bw_presence_destroy(presence);
}

static void
somebody_who_left_and_came_back_is_in_once(void **state)
{
    (void)state;
    struct story story = {0};
    story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    story_tell(&story, 1, BW_EVENT_LEFT, 5);
    story_tell(&story, 2, BW_EVENT_ARRIVED, 5);
    struct bw_presence *presence = story_fold(&story, NULL);
    assert_true(bw_presence_of_code(presence, 5)->in);
    assert_false(bw_presence_of_code(presence, 5)->left);
    assert_int_equal(bw_presence_of_code(presence, 5)->arrivals_count, 2);
    story_expect(presence, 1, 0, 0);
    bw_presence_destroy(presence);
}

static void
undone_arrivals_never_were_but_the_ticket_stays_known(void **state)
{
    (void)state;
    struct story story = {0};
    struct bw_event *first = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    first->generation = 2;
    bw_event_hash(first, first->hash);
    struct bw_event *undone = story_tell_of(&story, 2, BW_EVENT_UNDONE, first);
    struct bw_presence *presence = story_fold(&story, NULL);
    const struct bw_attendance *five = bw_presence_of_code(presence, 5);
    assert_false(five->in || five->attended || five->left);
    assert_int_equal(five->arrivals_count, 0);
    assert_int_equal(five->first.device, 0);
    assert_int_equal(five->generation, 2);
    bw_presence_destroy(presence);
    /* An undone can't be undone; a new arrival is what it takes. */
    story_tell_of(&story, 1, BW_EVENT_UNDONE, undone);
    presence = story_fold(&story, NULL);
    story_expect(presence, 0, 0, 0);
    bw_presence_destroy(presence);
    story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    presence = story_fold(&story, NULL);
    story_expect(presence, 1, 0, 0);
    bw_presence_destroy(presence);
}

static void
undo_annuls_what_it_names_and_no_more(void **state)
{
    (void)state;
    struct story story = {0};
    const struct bw_event *seen = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    story_tell(&story, 2, BW_EVENT_ARRIVED, 5); /* at another door, unseen here */
    story_tell_of(&story, 1, BW_EVENT_UNDONE, seen);
    struct bw_presence *presence = story_fold(&story, NULL);
    assert_true(bw_presence_of_code(presence, 5)->in);
    assert_int_equal(bw_presence_of_code(presence, 5)->first.device, 2);
    bw_presence_destroy(presence);
}

struct turns {
    int count;
    struct bw_event_id ids[8];
    bool in[8];
    size_t people[8];
};

static void
on_turn(const struct bw_presence_turn *turn, void *context)
{
    struct turns *turns = context;
    assert_in_range(turns->count, 0, 7);
    turns->ids[turns->count] = turn->id;
    turns->in[turns->count] = turn->in;
    turns->people[turns->count++] = turn->person;
}

static void
turns_are_each_ones_comings_and_goings_without_what_was_undone(void **state)
{
    (void)state;
    struct story story = {0};
    struct turns turns = {0};
    const struct bw_event *came = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    const struct bw_event *wrong = story_tell(&story, 2, BW_EVENT_ARRIVED, 6);
    story_tell(&story, 1, BW_EVENT_ARRIVED, 5); /* a second scan is no turn */
    story_tell_of(&story, 2, BW_EVENT_UNDONE, wrong);
    const struct bw_event *went = story_tell_of(&story, 2, BW_EVENT_LEFT, came);
    const struct bw_event *right = story_tell(&story, 2, BW_EVENT_ARRIVED, 6);
    const struct bw_event *back = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    const struct bw_event *const wanted[] = {came, went, back, right};
    const bool in[] = {true, false, true, true};
    struct bw_presence *presence = story_fold(&story, NULL);
    bw_presence_turns(presence, on_turn, &turns);
    assert_int_equal(turns.count, 4);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(turns.ids[i].device, wanted[i]->id.device);
        assert_int_equal(turns.ids[i].seq, wanted[i]->id.seq);
        assert_int_equal(turns.in[i], in[i]);
        assert_int_equal(turns.people[i], i == 3);
    }
    bw_presence_destroy(presence);
}

static struct bw_event *
story_close(struct story *story, uint32_t device)
{
    return story_tell(story, device, BW_EVENT_LEFT, BW_CODE_NONE);
}

/* The same in every order of adding. P8 */
static void
closing_lets_everybody_out_at_once(void **state)
{
    (void)state;
    struct story story = {0};
    struct turns turns = {0};
    const struct bw_event *first = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    story_walk_in(story_tell(&story, 2, BW_EVENT_ARRIVED, BW_CODE_NONE));
    (void)story_tell(&story, 2, BW_EVENT_WAITING, 7);
    struct bw_event *slow = story_tell(&story, 1, BW_EVENT_ARRIVED, 8);
    slow->hlc += UINT64_C(3600000) << 16; /* before a clock was put right */
    bw_event_hash(slow, slow->hash);
    const struct bw_event *closing = story_close(&story, 1);
    (void)story_close(&story, 2);
    (void)story_tell_of(&story, 2, BW_EVENT_ARRIVED, first);
    static const int orders[][7] = {
        {0, 1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1, 0}, {4, 0, 6, 2, 5, 1, 3}};
    for (size_t i = 0; i < 3; i++) {
        struct bw_presence *presence = story_fold(&story, orders[i]);
        story_expect(presence, 1, 0, 0);
        assert_true(bw_presence_of_code(presence, 5)->in);
        assert_int_equal(bw_presence_of_code(presence, 5)->arrivals_count, 2);
        assert_true(bw_presence_of_code(presence, 8)->left);
        assert_int_equal(bw_presence_of_code(presence, 8)->left_ms, closing->wall_ms);
        assert_false(bw_presence_of_code(presence, 7)->waiting);
        assert_int_equal(bw_presence_size(presence), 4);
        bw_presence_destroy(presence);
    }
    struct bw_presence *presence = story_fold(&story, NULL);
    bw_presence_turns(presence, on_turn, &turns);
    assert_int_equal(turns.count, 7);
    assert_int_equal(turns.ids[1].seq, closing->id.seq);
    bw_presence_destroy(presence);
}

static void
walk_in_is_known_by_every_event_of_theirs(void **state)
{
    (void)state;
    struct story story = {0};
    struct bw_event *waiting = story_tell(&story, 1, BW_EVENT_WAITING, BW_CODE_NONE);
    struct bw_event *arrived = story_tell_of(&story, 2, BW_EVENT_ARRIVED, waiting);
    story_walk_in(arrived);
    struct bw_presence *presence = story_fold(&story, NULL);
    const struct bw_attendance *person = bw_presence_of_event(presence, waiting->id);
    assert_ptr_equal(bw_presence_of_event(presence, arrived->id), person);
    assert_int_equal(person->subject.walk_in.seq, waiting->id.seq);
    assert_true(person->in);
    assert_false(person->waiting);
    story_expect(presence, 1, 1, 0);
    bw_presence_destroy(presence);
    story_tell_of(&story, 1, BW_EVENT_LEFT, arrived);
    presence = story_fold(&story, NULL);
    assert_int_equal(bw_presence_size(presence), 1);
    story_expect(presence, 0, 0, 0);
    assert_null(bw_presence_of_event(presence, (struct bw_event_id){1, 99}));
    bw_presence_destroy(presence);
}

static void
a_later_known_reference_joins_two_into_one(void **state)
{
    (void)state;
    struct story story = {0};
    struct bw_event *waiting = story_tell(&story, 1, BW_EVENT_WAITING, BW_CODE_NONE);
    struct bw_event *arrived = story_tell_of(&story, 2, BW_EVENT_ARRIVED, waiting);
    story_walk_in(arrived);
    story_tell_of(&story, 3, BW_EVENT_LEFT, arrived);
    const int order[] = {2, 0, 1}; /* left, waiting, and only then what joins them */
    struct bw_presence *presence = story_fold(&story, order);
    assert_int_equal(bw_presence_size(presence), 1);
    assert_true(bw_presence_at(presence, 0)->left);
    assert_int_equal(bw_presence_at(presence, 0)->subject.walk_in.device, 1);
    bw_presence_destroy(presence);
}

static void
waiting_ends_by_arriving_or_going_home(void **state)
{
    (void)state;
    struct story story = {0};
    const struct bw_event *refused = story_tell(&story, 1, BW_EVENT_REFUSED, 5);
    const struct bw_event *waiting = story_tell(&story, 1, BW_EVENT_WAITING, 5);
    struct bw_presence *presence = story_fold(&story, NULL);
    const struct bw_attendance *five = bw_presence_of_code(presence, 5);
    assert_true(five->waiting && five->seen && !five->in);
    assert_int_equal(five->waiting_ms, refused->wall_ms);
    assert_int_equal(five->waiting_event.seq, waiting->id.seq);
    bw_presence_destroy(presence);
    story_tell(&story, 1, BW_EVENT_LEFT, 5);
    presence = story_fold(&story, NULL);
    five = bw_presence_of_code(presence, 5);
    assert_false(five->waiting || five->seen || five->left || five->attended);
    bw_presence_destroy(presence);
    story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    presence = story_fold(&story, NULL);
    five = bw_presence_of_code(presence, 5);
    assert_true(five->in && !five->waiting && !five->seen);
    bw_presence_destroy(presence);
}

static void
guests_and_substitutes_are_told_apart(void **state)
{
    (void)state;
    struct story story = {0};
    struct bw_event *guest = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    guest->home_session_no = HELP_SESSION + 1;
    bw_event_hash(guest, guest->hash);
    struct bw_event *colleague = story_tell(&story, 1, BW_EVENT_ARRIVED, 6);
    colleague->basis = BW_BASIS_SUBSTITUTE;
    bw_event_hash(colleague, colleague->hash);
    struct bw_presence *presence = story_fold(&story, NULL);
    assert_true(bw_presence_of_code(presence, 5)->guest);
    assert_true(bw_presence_of_code(presence, 6)->substitute);
    story_expect(presence, 2, 0, 1);
    bw_presence_destroy(presence);
}

static void
other_sessions_and_other_refusals_say_nothing(void **state)
{
    (void)state;
    struct story story = {0};
    struct bw_event *elsewhere = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    elsewhere->session_no = HELP_SESSION + 1;
    bw_event_hash(elsewhere, elsewhere->hash);
    struct bw_event *forged = story_tell(&story, 1, BW_EVENT_REFUSED, BW_CODE_NONE);
    forged->verdict = BW_VERDICT_FORGED;
    bw_event_hash(forged, forged->hash);
    struct bw_event *blocked = story_tell(&story, 1, BW_EVENT_REFUSED, 6);
    blocked->verdict = BW_VERDICT_BLOCKED;
    bw_event_hash(blocked, blocked->hash);
    story_tell(&story, 1, BW_EVENT_NOTE, BW_CODE_NONE);
    struct bw_presence *presence = story_fold(&story, NULL);
    assert_int_equal(bw_presence_size(presence), 0);
    assert_false(bw_presence_is_released(presence));
    bw_presence_destroy(presence);
    story_tell(&story, 2, BW_EVENT_RELEASED, BW_CODE_NONE);
    presence = story_fold(&story, NULL);
    assert_true(bw_presence_is_released(presence));
    assert_int_equal(bw_presence_size(presence), 0);
    bw_presence_destroy(presence);
}

/* P4: both of a fork are folded, and the person is counted once. */
static void
fork_is_folded_twice_and_counted_once(void **state)
{
    (void)state;
    struct story story = {0};
    struct bw_event *one = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    struct bw_event *two = story_tell(&story, 1, BW_EVENT_ARRIVED, 6);
    struct bw_event *again = story_tell(&story, 1, BW_EVENT_ARRIVED, 5);
    two->id = one->id;
    again->id = one->id;
    bw_event_hash(two, two->hash);
    bw_event_hash(again, again->hash);
    struct bw_presence *presence = story_fold(&story, NULL);
    story_expect(presence, 2, 0, 0);
    bw_presence_destroy(presence);
}

static void
hostile_references_end_somewhere(void **state)
{
    (void)state;
    struct story story = {0};
    for (int i = 0; i < EVENTS_MAX - 1; i++) { /* a ring, and each refers to the next */
        struct bw_event *event = story_tell(&story, 1, BW_EVENT_ARRIVED, BW_CODE_NONE);
        event->refs_count = 1;
        event->refs[0] = (struct bw_event_id){1, (uint64_t)((i + 1) % 40) + 1};
        bw_event_hash(event, event->hash);
    }
    struct bw_event *self = story_tell(&story, 1, BW_EVENT_ARRIVED, BW_CODE_NONE);
    self->refs_count = 1;
    self->refs[0] = self->id;
    bw_event_hash(self, self->hash);
    struct bw_presence *presence = story_fold(&story, NULL);
    assert_true(bw_presence_in(presence) > 0);
    bw_presence_destroy(presence);
}

static size_t
bytes_in_use(void)
{
    struct mallinfo2 heap = mallinfo2();
    return heap.uordblks + heap.hblkhd;
}

/* Staff who take back and let in again all day: what is kept of it is all that grows in a
 * kiosk from scan to scan. */
static void
event_of_a_long_day_takes_few_bytes(void **state)
{
    (void)state;
    enum { PEOPLE = 50, TIMES = 40, BYTES_EACH = 200 };
    struct bw_error err;
    struct bw_presence *presence = NULL;
    help_ok(bw_presence_create(HELP_SESSION, &presence, &err), &err);
    size_t before = bytes_in_use();
    size_t events = 0;
    for (uint64_t i = 0; i < PEOPLE * TIMES; i++) {
        struct story story = {.seqs = {0, 2 * i}};
        struct bw_event *came =
            story_tell(&story, 1, BW_EVENT_ARRIVED, (bw_code)(1 + i % PEOPLE));
        struct bw_event *undone = story_tell_of(&story, 1, BW_EVENT_UNDONE, came);
        came->hlc += i << 32;
        undone->hlc += i << 32;
        help_ok(bw_presence_add(presence, came, &err), &err);
        help_ok(bw_presence_add(presence, undone, &err), &err);
        events += 2;
    }
    assert_true(bytes_in_use() - before <= events * BYTES_EACH);
    bw_presence_destroy(presence);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrived_is_in_until_left_and_attended_for_ever),
        cmocka_unit_test(somebody_who_left_and_came_back_is_in_once),
        cmocka_unit_test(undone_arrivals_never_were_but_the_ticket_stays_known),
        cmocka_unit_test(undo_annuls_what_it_names_and_no_more),
        cmocka_unit_test(turns_are_each_ones_comings_and_goings_without_what_was_undone),
        cmocka_unit_test(closing_lets_everybody_out_at_once),
        cmocka_unit_test(walk_in_is_known_by_every_event_of_theirs),
        cmocka_unit_test(a_later_known_reference_joins_two_into_one),
        cmocka_unit_test(waiting_ends_by_arriving_or_going_home),
        cmocka_unit_test(guests_and_substitutes_are_told_apart),
        cmocka_unit_test(other_sessions_and_other_refusals_say_nothing),
        cmocka_unit_test(fork_is_folded_twice_and_counted_once),
        cmocka_unit_test(hostile_references_end_somewhere),
        cmocka_unit_test(event_of_a_long_day_takes_few_bytes),
    };
    return cmocka_run_group_tests_name("presence", tests, help_setup, help_teardown);
}
