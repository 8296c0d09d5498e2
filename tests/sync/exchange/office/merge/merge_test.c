/* Letters into the central database: union, quarantine, introductions, receipts. */
#include "tests/sync/testing.h"

#include "central/chain.h"
#include "exchange/office/merge/introduction_in.h"
#include "exchange/office/merge/quarantine.h"
#include "office/kiosk.h"
#include "office/step_quarantine.h"
#include "report/conflict/conflicts.h"
#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"

#include <stdlib.h>
#include <string.h>

struct world {
    struct desk desk;
    struct sender kiosk, other; /* of S-1 and of S-2 */
    struct bw_round_summary summary;
};

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    desk_open(&world->desk, 8);
    desk_second_session(&world->desk);
    people_sign_up(&world->desk.office, 6);
    sender_open(&world->kiosk, &world->desk, "S-1");
    sender_open(&world->other, &world->desk, "S-2");
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    bw_round_summary_finish(&world->summary);
    sender_finish(&world->kiosk);
    sender_finish(&world->other);
    desk_close(&world->desk);
    free(world);
    return 0;
}

static bw_code
person(struct world *world, int number)
{
    return people_code(&world->desk.office, number);
}

static void
events_of_a_letter_are_taken_with_their_details(void **state)
{
    struct world *world = *state;
    (void)sender_arrived(&world->kiosk, person(world, 0));
    (void)sender_walk_in(&world->kiosk, "Inez");
    assert_int_equal(sender_send(&world->kiosk, &world->summary), BW_MERGE_TAKEN);
    assert_int_equal(world->summary.accepted, 2);
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM event"), 2);
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM event_details"), 1);
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM walk_in"), 1);
    assert_int_equal(
        desk_number(&world->desk, "SELECT receipt_seq FROM device WHERE device = 1"), 2);
}

static void
same_letter_again_changes_nothing(void **state)
{
    struct world *world = *state;
    (void)sender_arrived(&world->kiosk, person(world, 0));
    struct sent sent = sender_letter(&world->kiosk, 1, 1, SENDER_START_MS);
    assert_int_equal(desk_take(&world->desk, &sent, &world->summary), BW_MERGE_TAKEN);
    int64_t revision =
        desk_number(&world->desk, "SELECT revision FROM session WHERE session_no = 1");
    assert_int_equal(desk_take(&world->desk, &sent, &world->summary), BW_MERGE_PASSED);
    sent_finish(&sent);
    /* the same events in another letter: union on (session, device, seq, hash), XM2 */
    assert_int_equal(sender_send(&world->kiosk, &world->summary), BW_MERGE_TAKEN);
    assert_int_equal(world->summary.accepted, 1);
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM event"), 1);
    assert_int_equal(
        desk_number(&world->desk, "SELECT revision FROM session WHERE session_no = 1"),
        revision);
}

static void
receipt_waits_for_a_gap_and_moves_when_it_fills(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < 4; i++) {
        (void)sender_arrived(&world->kiosk, person(world, i));
    }
    struct sent late = sender_letter(&world->kiosk, 3, 4, SENDER_START_MS);
    struct sent early = sender_letter(&world->kiosk, 1, 2, SENDER_START_MS);
    (void)desk_take(&world->desk, &late, &world->summary);
    assert_int_equal(
        desk_number(&world->desk, "SELECT receipt_seq FROM device WHERE device = 1"), 0);
    (void)desk_take(&world->desk, &early, &world->summary);
    assert_int_equal(
        desk_number(&world->desk, "SELECT receipt_seq FROM device WHERE device = 1"), 4);
    sent_finish(&late);
    sent_finish(&early);
}

/* The fault of the old road: all of these were merged with exit status 0. */
static void
events_for_another_session_go_into_quarantine(void **state)
{
    struct world *world = *state;
    struct sender *thief = &world->other;
    (void)sender_arrived(&world->kiosk, person(world, 0));
    (void)sender_send(&world->kiosk, &world->summary);
    struct bw_event event = {.session_no = 1,
        .kind = BW_EVENT_UNDONE,
        .code = person(world, 0),
        .refs_count = 1,
        .refs = {{world->kiosk.device, 1}}};
    (void)sender_event(thief, event);
    event.kind = BW_EVENT_LEFT;
    (void)sender_event(thief, event);
    (void)sender_event(
        thief, (struct bw_event){
                   .session_no = 1, .kind = BW_EVENT_RELEASED, .code = BW_CODE_NONE});
    (void)sender_event(thief, (struct bw_event){.session_no = 1,
                                  .kind = BW_EVENT_ARRIVED,
                                  .basis = BW_BASIS_WALK_IN,
                                  .code = BW_CODE_NONE});
    (void)sender_event(thief, /* of its own session, for a ticket of the other */
        (struct bw_event){.session_no = 2,
            .kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_GUEST,
            .home_session_no = 1,
            .generation = 255,
            .code = person(world, 1)});
    event.session_no = 2; /* refers to what stands in the other session alone */
    (void)sender_event(thief, event);
    world->summary.accepted = 0;
    assert_int_equal(sender_send(thief, &world->summary), BW_MERGE_TAKEN);
    assert_int_equal(world->summary.accepted, 0);
    assert_int_equal(world->summary.quarantined, 6);
    assert_true(bw_round_needs_a_look(&world->summary));
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM event"), 1);
    assert_int_equal(
        desk_number(&world->desk, "SELECT count(*) FROM quarantine WHERE reason = 1"), 4);
    assert_int_equal(
        desk_number(&world->desk, "SELECT count(*) FROM quarantine WHERE reason = 4"), 1);
    assert_int_equal(
        desk_number(&world->desk, "SELECT count(*) FROM quarantine WHERE reason = 2"), 1);
    /* they are kept, so the chain has no gap */
    struct bw_device_chain chain;
    assert_int_equal(
        bw_central_chain_read(world->desk.central, thief->device, &chain, NULL), BW_OK);
    assert_int_equal(chain.contiguous_seq, 6);
    assert_int_equal(chain.gaps_count, 0);
}

static void
stamps_of_another_age_go_into_quarantine_but_not_an_injected_clock(void **state)
{
    struct world *world = *state;
    struct bw_event event = {.kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_WALK_IN,
        .code = BW_CODE_NONE,
        .wall_ms = INT64_C(1546300800000)}; /* 2019 */
    (void)sender_event(&world->kiosk, event);
    event.wall_ms = SENDER_START_MS + INT64_C(2) * 86400000;
    (void)sender_event(&world->kiosk, event);
    event.flags = BW_EVENT_CLOCK_INJECTED;
    (void)sender_event(&world->kiosk, event);
    (void)sender_send(&world->kiosk, &world->summary);
    assert_int_equal(world->summary.quarantined, 2);
    assert_int_equal(world->summary.accepted, 1); /* XQ3 */
}

static void
revoked_kiosk_holds_up_to_its_head_and_no_further(void **state)
{
    struct world *world = *state;
    struct bw_office office = {
        .central = world->desk.central, .clock = world->desk.clock};
    uint64_t seq = 0;
    bool heard = false;
    (void)sender_arrived(&world->kiosk, person(world, 0));
    (void)sender_send(&world->kiosk, &world->summary);
    assert_int_equal(
        bw_office_kiosk_revoke(&office, world->kiosk.device, "lost", &seq, &heard, NULL),
        BW_OK);
    assert_int_equal(seq, 1);
    assert_true(heard);
    (void)sender_arrived(&world->kiosk, person(world, 1));
    (void)sender_send(&world->kiosk, &world->summary);
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM event"), 1);
    assert_int_equal(
        desk_number(&world->desk, "SELECT count(*) FROM quarantine WHERE reason = 3"), 1);
}

static enum bw_status
settle(struct world *world, int64_t number, bool in)
{
    struct bw_office office = {
        .central = world->desk.central, .clock = world->desk.clock};
    return bw_step_quarantine_settle(&office, &number, 1, in, "it stood there", NULL);
}

static void
settled_in_counts_and_settled_out_stays_out(void **state)
{
    struct world *world = *state;
    struct bw_event event = {.session_no = 1,
        .kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_WALK_IN,
        .code = BW_CODE_NONE};
    (void)sender_event(&world->other, event);
    (void)sender_event(&world->other, event);
    (void)sender_send(&world->other, &world->summary);
    assert_int_equal(settle(world, 1, true), BW_OK);
    assert_int_equal(settle(world, 2, false), BW_OK);
    assert_int_equal(settle(world, 2, true), BW_REFUSED);
    assert_int_equal(settle(world, 2, false), BW_OK);
    assert_int_equal(settle(world, 3, true), BW_NOT_FOUND);
    assert_int_equal(
        desk_number(&world->desk, "SELECT count(*) FROM event"), 1); /* XQ1 */
    /* a copy that comes later isn't asked about again: XQ2 */
    world->summary.quarantined = 0;
    (void)sender_send(&world->other, &world->summary);
    assert_int_equal(world->summary.quarantined, 0);
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM event"), 1);
}

static void
letter_of_an_unknown_kiosk_is_left_and_one_not_introduced_too(void **state)
{
    struct world *world = *state;
    struct sender late;
    sender_enrol(&late, &world->desk, "S-1");
    (void)sender_arrived(&late, person(world, 0));
    assert_int_equal(sender_send(&late, &world->summary), BW_MERGE_LEFT);
    struct sent sent = sender_introduction(&late);
    assert_int_equal(desk_take(&world->desk, &sent, &world->summary), BW_MERGE_TAKEN);
    sent_finish(&sent);
    assert_int_equal(sender_send(&late, &world->summary), BW_MERGE_TAKEN); /* XK1 */
    late.device = 77; /* a hello alone */
    late.count = 0;
    assert_int_equal(sender_send(&late, &world->summary), BW_MERGE_LEFT);
    assert_int_equal(world->summary.aside, 0); /* XM4 */
    sender_finish(&late);
}

static void
altered_and_cut_letters_are_set_aside_and_the_genuine_one_is_taken(void **state)
{
    struct world *world = *state;
    (void)sender_arrived(&world->kiosk, person(world, 0));
    struct sent sent = sender_letter(&world->kiosk, 1, 1, SENDER_START_MS);
    struct sent bad = sent;
    bad.bytes = malloc(sent.length);
    assert_non_null(bad.bytes);
    for (size_t at = 0; at < sent.length; at += 37) {
        memcpy(bad.bytes, sent.bytes, sent.length);
        bad.bytes[at] ^= 1;
        assert_int_equal(desk_take(&world->desk, &bad, &world->summary), BW_MERGE_ASIDE);
    } /* XM3 */
    memcpy(bad.bytes, sent.bytes, sent.length);
    for (bad.length = 0; bad.length < sent.length; bad.length += 41) {
        assert_int_equal(desk_take(&world->desk, &bad, &world->summary), BW_MERGE_ASIDE);
    }
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM event"), 0);
    assert_int_equal(desk_take(&world->desk, &sent, &world->summary), BW_MERGE_TAKEN);
    free(bad.bytes);
    sent_finish(&sent);
}

static int64_t
start_ms(const struct bw_clock *clock)
{
    (void)clock;
    return SENDER_START_MS;
}

static enum bw_status
accept(struct bw_central *central, const char *words, const char *before)
{
    struct bw_office office = {.central = central, .clock = {.wall_ms = start_ms}};
    struct bw_introduction_accepting accepting = {
        .central = central, .device = 1, .words = words, .before = before, .now_ms = 1};
    return bw_office_kiosk_accept(&office, 1, bw_introduction_accept, &accepting, NULL);
}

static void
second_introduction_waits_and_its_events_come_in_when_it_is_accepted(void **state)
{
    struct world *world = *state;
    (void)sender_arrived(&world->kiosk, person(world, 0));
    (void)sender_send(&world->kiosk, &world->summary);
    sender_again(&world->kiosk);
    struct sent sent = sender_introduction(&world->kiosk);
    assert_int_equal(desk_take(&world->desk, &sent, &world->summary), BW_MERGE_TAKEN);
    sent_finish(&sent);
    assert_int_equal(world->summary.waiting, 1); /* XM5 */
    (void)sender_arrived(&world->kiosk, person(world, 1));
    (void)sender_send(&world->kiosk, &world->summary);
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM event"), 1);
    assert_int_equal(
        desk_number(&world->desk, "SELECT count(*) FROM quarantine WHERE reason = 7"), 1);
    assert_int_equal(
        accept(world->desk.central, "een twee drie vier", NULL), BW_NOT_FOUND);
    assert_int_equal(accept(world->desk.central, NULL, "een twee drie vier"), BW_REFUSED);
    assert_int_equal(accept(world->desk.central, NULL, NULL), BW_OK);
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM event"), 2);
    (void)sender_arrived(&world->kiosk, person(world, 2));
    (void)sender_send(&world->kiosk, &world->summary);
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM event"), 3);
}

/* Another program accepts the second introduction between the look at a letter and the
 * transaction that takes it. */
static struct bw_central_engine interrupted;

static enum bw_status
begin_after_accepting(
    struct bw_central *central, enum bw_central_way way, struct bw_error *err)
{
    interrupted.begin = bw_central_sqlite.begin;
    assert_int_equal(accept(central, NULL, NULL), BW_OK);
    return interrupted.begin(central, way, err);
}

static void
letter_of_keys_that_were_replaced_meanwhile_waits(void **state)
{
    struct world *world = *state;
    (void)sender_arrived(&world->kiosk, person(world, 0));
    (void)sender_send(&world->kiosk, &world->summary);
    (void)sender_arrived(&world->kiosk, person(world, 1));
    struct sent late = sender_letter(&world->kiosk, 2, 2, world->desk.now_ms);
    sender_again(&world->kiosk);
    struct sent again = sender_introduction(&world->kiosk);
    assert_int_equal(desk_take(&world->desk, &again, &world->summary), BW_MERGE_TAKEN);
    interrupted = *world->desk.central->engine;
    interrupted.begin = begin_after_accepting;
    world->desk.central->engine = &interrupted;
    assert_int_equal(desk_take(&world->desk, &late, &world->summary), BW_MERGE_TAKEN);
    world->desk.central->engine = &bw_central_sqlite;
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM event"), 1);
    assert_int_equal(
        desk_number(&world->desk, "SELECT count(*) FROM quarantine WHERE reason = 7"), 1);
    sent_finish(&late);
    sent_finish(&again);
}

static void
details_of_a_purged_session_are_not_refilled(void **state)
{
    struct world *world = *state;
    (void)sender_walk_in(&world->kiosk, "Inez");
    (void)sender_send(&world->kiosk, &world->summary);
    assert_int_equal(bw_central_begin(world->desk.central, NULL), BW_OK);
    assert_int_equal(
        bw_central_run(world->desk.central, "UPDATE event_details SET bytes = NULL", NULL,
            0, NULL, NULL, NULL),
        BW_OK);
    assert_int_equal(bw_central_commit(world->desk.central, NULL), BW_OK);
    (void)sender_send(&world->kiosk, &world->summary);
    assert_int_equal(desk_number(&world->desk,
                         "SELECT count(*) FROM event_details WHERE bytes IS NOT NULL"),
        0); /* XE2 */
}

static void
kiosk_is_complete_when_its_head_was_received_after_the_end(void **state)
{
    struct world *world = *state;
    struct bw_device_chain chain;
    (void)sender_arrived(&world->kiosk, person(world, 0));
    struct sent early = sender_letter(&world->kiosk, 1, 1, SENDER_AFTER_MS);
    (void)desk_take(&world->desk, &early, &world->summary); /* received before */
    sent_finish(&early);
    assert_int_equal(bw_central_chain_read(world->desk.central, 1, &chain, NULL), BW_OK);
    assert_int_equal(chain.reached_ms, SENDER_START_MS);
    world->desk.now_ms = SENDER_AFTER_MS + 5000;
    struct sent late = sender_letter(&world->kiosk, 1, 1, SENDER_AFTER_MS + 1000);
    (void)desk_take(&world->desk, &late, &world->summary);
    sent_finish(&late);
    assert_int_equal(bw_central_chain_read(world->desk.central, 1, &chain, NULL), BW_OK);
    assert_int_equal(chain.reached_ms, SENDER_AFTER_MS + 1000); /* XH2 */
}

/* The file was put back from a copy: the kiosk holds what this one never gave. */
static void
database_put_back_from_a_copy_begins_an_epoch(void **state)
{
    struct world *world = *state;
    world->kiosk.held_count = 1;
    world->kiosk.held[0] = (struct bw_hello_held){1, 1,
        (uint64_t)desk_number(
            &world->desk, "SELECT max(to_revision) FROM letter_out WHERE device = 1")};
    (void)sender_send(&world->kiosk, &world->summary);
    assert_int_equal(world->summary.new_epoch, 0); /* given: all is well */
    world->kiosk.held[0].revision += 40;
    (void)sender_send(&world->kiosk, &world->summary);
    assert_int_equal(world->summary.new_epoch, 2); /* XP1 */
    assert_int_equal(desk_number(&world->desk, "SELECT epoch FROM central"), 2);
    world->summary.new_epoch = 0;
    (void)sender_send(&world->kiosk, &world->summary);
    assert_int_equal(world->summary.new_epoch, 0); /* once */
    world->kiosk.held[0].epoch = 5;
    (void)sender_send(&world->kiosk, &world->summary);
    assert_int_equal(world->summary.new_epoch, 6);
    world->kiosk.held[0].epoch = UINT32_MAX;
    assert_int_equal(
        sender_send(&world->kiosk, &world->summary), BW_MERGE_ASIDE); /* XP2 */
}

/* One kiosk, two stores under its number, by the same keys: a copied credentials file. */
static void
letter_of_another_store_under_the_same_keys_is_set_aside(void **state)
{
    struct world *world = *state;
    (void)sender_arrived(&world->kiosk, person(world, 0));
    (void)sender_send(&world->kiosk, &world->summary);
    memset(world->kiosk.store_id, 7, sizeof world->kiosk.store_id);
    world->kiosk.count = 0;
    (void)sender_arrived(&world->kiosk, person(world, 1));
    assert_int_equal(sender_send(&world->kiosk, &world->summary), BW_MERGE_ASIDE);
    assert_int_equal(
        desk_number(&world->desk, "SELECT count(*) FROM event"), 1); /* XK2, XE1 */
}

static void
late_hello_does_not_take_back_a_newer_one(void **state)
{
    struct world *world = *state;
    struct sent old = sender_letter(&world->kiosk, 0, 0, SENDER_START_MS);
    struct sent new = sender_letter(&world->kiosk, 0, 0, SENDER_START_MS + 60000);
    (void)desk_take(&world->desk, &new, &world->summary);
    (void)desk_take(&world->desk, &old, &world->summary);
    assert_int_equal(
        desk_number(&world->desk, "SELECT hello_ms FROM device WHERE device = 1"),
        SENDER_START_MS + 60000); /* XH1 */
    sent_finish(&old);
    sent_finish(&new);
}

static void
annulment_of_another_kiosks_arrival_is_taken_and_told(void **state)
{
    struct world *world = *state;
    struct sender side;
    int conflicts = -1;
    sender_open(&side, &world->desk, "S-1");
    (void)sender_arrived(&world->kiosk, person(world, 0));
    (void)sender_send(&world->kiosk, &world->summary);
    assert_int_equal(bw_conflicts_count(world->desk.central, 1, &conflicts, NULL), BW_OK);
    int before = conflicts;
    (void)sender_event(&side, (struct bw_event){.kind = BW_EVENT_UNDONE,
                                  .code = person(world, 0),
                                  .wall_ms = SENDER_START_MS + 1000,
                                  .refs_count = 1,
                                  .refs = {{world->kiosk.device, 1}}});
    (void)sender_send(&side, &world->summary);
    assert_int_equal(world->summary.quarantined, 0);
    assert_int_equal(bw_conflicts_count(world->desk.central, 1, &conflicts, NULL), BW_OK);
    assert_int_equal(conflicts, before + 1);
    sender_finish(&side);
}

#define A_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(events_of_a_letter_are_taken_with_their_details),
        A_TEST(same_letter_again_changes_nothing),
        A_TEST(receipt_waits_for_a_gap_and_moves_when_it_fills),
        A_TEST(events_for_another_session_go_into_quarantine),
        A_TEST(stamps_of_another_age_go_into_quarantine_but_not_an_injected_clock),
        A_TEST(revoked_kiosk_holds_up_to_its_head_and_no_further),
        A_TEST(settled_in_counts_and_settled_out_stays_out),
        A_TEST(letter_of_an_unknown_kiosk_is_left_and_one_not_introduced_too),
        A_TEST(altered_and_cut_letters_are_set_aside_and_the_genuine_one_is_taken),
        A_TEST(second_introduction_waits_and_its_events_come_in_when_it_is_accepted),
        A_TEST(letter_of_keys_that_were_replaced_meanwhile_waits),
        A_TEST(details_of_a_purged_session_are_not_refilled),
        A_TEST(kiosk_is_complete_when_its_head_was_received_after_the_end),
        A_TEST(letter_of_another_store_under_the_same_keys_is_set_aside),
        A_TEST(late_hello_does_not_take_back_a_newer_one),
        A_TEST(annulment_of_another_kiosks_arrival_is_taken_and_told),
        A_TEST(database_put_back_from_a_copy_begins_an_epoch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
