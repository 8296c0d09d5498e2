/* Who gives places while kiosks may not hear each other, and what a release by the clock
 * waits for: which kiosks count (DK1), and what is heard (DK2). This kiosk is 3. */
#include "tests/core/desk/help.h"

#include <brugwachter/store_letter.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { LOWER = 2, HIGHER = 9 };
#define RELEASE_MS (FIXTURE_START_MS + 15 * FIXTURE_MINUTE_MS)

static void
hello(uint32_t device, uint64_t counter, int64_t clock_ms, int64_t echo_ms)
{
    struct bw_store_hello said = {.device = device,
        .counter = counter,
        .clock_ms = clock_ms,
        .echo_counter = echo_ms != 0 ? counter : 0,
        .echo_ms = echo_ms};
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_put_hello(store, &said, NULL), BW_OK);
    bw_store_close(store);
}

/* A roster letter that names kiosk `device` for the session (0: none), and revokes
 * another (0: none). */
static void
roster(uint32_t device, uint32_t revoked)
{
    struct bw_error err = {0};
    const uint8_t hash[BW_HASH_BYTES] = {0};
    enum bw_store_outcome outcome = BW_LETTER_OLD;
    struct bw_peer peer = {.device = device, .name = "Zuil"};
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    struct bw_store_held held = {0};
    assert_int_equal(bw_store_held(store, FIXTURE_SESSION, &held, NULL), BW_OK);
    struct bw_store_letter letter = {.session_no = FIXTURE_SESSION,
        .epoch = 1,
        .from = held.revision,
        .to = held.revision + 1};
    (void)strcpy(letter.series, fx.session.series);
    assert_int_equal(bw_store_letter_begin(store, &letter, &err), BW_OK);
    assert_int_equal(bw_store_put_session(store, &fx.session, &err), BW_OK);
    if (device != 0) {
        assert_int_equal(bw_store_put_peer(store, &peer, &err), BW_OK);
    }
    if (revoked != 0) {
        assert_int_equal(bw_store_put_revoked(store, revoked, 0, hash, &err), BW_OK);
    }
    if (bw_store_letter_commit(store, &outcome, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(outcome, BW_LETTER_APPLIED);
    bw_store_close(store);
}

static void
go_on(int64_t ms)
{
    fx.at.wall_ms += ms;
    fx.at.mono_ms += ms;
}

static void
places_are_given_only_while_the_lead_hears_this_kiosk(void **state)
{
    (void)state;
    open_desk(9, 0);
    fixture_peer(&fx, LOWER, 0);
    hello(LOWER, 1, fx.at.wall_ms, 0); /* is heard, and hasn't heard */
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Jan", ""), BW_VERDICT_FULL);
    assert_int_equal(answer.verdict.lead, LOWER);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    hello(LOWER, 2, fx.at.wall_ms, fx.at.wall_ms - 5 * FIXTURE_MINUTE_MS);
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Jan", ""), BW_VERDICT_WELCOME);
    go_on(1);
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Piet", ""), BW_VERDICT_FULL);
    hello(LOWER, 3, fx.at.wall_ms, fx.at.wall_ms);
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Piet", ""), BW_VERDICT_WELCOME);
    close_desk();
}

static void
hello_that_is_old_or_stamped_far_off_is_not_heard(void **state)
{
    (void)state;
    open_desk(9, 0);
    fixture_peer(&fx, LOWER, 0);
    int64_t now_ms = fx.at.wall_ms;
    hello(LOWER, 5, now_ms + 5 * FIXTURE_MINUTE_MS + 1, now_ms);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.lead, LOWER);
    hello(LOWER, 4, now_ms, now_ms); /* no higher counter */
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.lead, LOWER);
    hello(LOWER, 6, now_ms, now_ms);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.lead, 0);
    close_desk();
}

static void
kiosk_that_was_moved_is_not_lead_any_more(void **state)
{
    (void)state;
    open_desk(9, 0);
    roster(LOWER, 0);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.lead, LOWER);
    roster(0, 0);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.lead, 0);
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->peers_count, 0);
    close_desk();
}

static void
kiosk_that_was_revoked_is_not_lead_any_more(void **state)
{
    (void)state;
    open_desk(9, 0);
    roster(LOWER, 0);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.lead, LOWER);
    roster(LOWER, LOWER); /* even where the list still names it */
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.lead, 0);
    fx.at.wall_ms = RELEASE_MS;
    fx.at.mono_ms += 45 * FIXTURE_MINUTE_MS;
    assert_true(simply(BW_COMMAND_COUNTS)->ledger.released); /* not waited for */
    close_desk();
}

/* Only people with a place get a newer ticket: that is enough offline. */
static void
promoted_person_is_let_in_by_their_newer_ticket(void **state)
{
    (void)state;
    open_desk(2, 0); /* both places are held for others */
    fixture_peer(&fx, LOWER, 0);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.lead, LOWER);
    assert_int_equal(answer.ledger.free, 0);
    assert_verdict(scan(FIXTURE_SESSION, WIM, 0), BW_VERDICT_WAITLISTED);
    assert_verdict(scan(FIXTURE_SESSION, WIM, 1), BW_VERDICT_WELCOME);
    assert_true(answer.verdict.unlisted);
    assert_verdict(scan(FIXTURE_SESSION, WILLEM, 1), BW_VERDICT_WELCOME);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_FULL); /* the house */
    close_desk();
}

static struct bw_answer *
absent(uint32_t device)
{
    struct bw_command command = staff(BW_COMMAND_ABSENT);
    command.absent_device = device;
    (void)run(&command);
    return &answer;
}

static void
kiosk_declared_absent_is_not_waited_for_until_it_is_heard(void **state)
{
    (void)state;
    open_desk(9, 0);
    fixture_peer(&fx, LOWER, fx.at.wall_ms - 10 * FIXTURE_MINUTE_MS);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.lead, LOWER);
    assert_int_equal(absent(HIGHER)->kind, BW_ANSWER_ERROR);
    assert_int_equal(absent(FIXTURE_DEVICE)->kind, BW_ANSWER_ERROR);
    uint64_t before = events();
    assert_int_equal(absent(LOWER)->kind, BW_ANSWER_DONE);
    assert_int_equal(answer.event.seq, before + 1);
    assert_int_equal(answer.ledger.lead, 0);
    bw_desk_destroy(desk); /* it is an event: a restart knows it too */
    desk = fixture_desk(&fx);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.lead, 0);
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->peers_count, 1);
    go_on(1);
    fixture_peer(&fx, LOWER, fx.at.wall_ms);
    go_on(6 * FIXTURE_MINUTE_MS);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.lead, LOWER);
    struct bw_command attendee = staff(BW_COMMAND_ABSENT);
    attendee.operated_by = BW_OPERATOR_ATTENDEE;
    attendee.absent_device = LOWER;
    assert_int_equal(run(&attendee)->kind, BW_ANSWER_ERROR);
    close_desk();
}

static void
absence_lets_the_clock_release(void **state)
{
    (void)state;
    open_desk(9, 0);
    fixture_peer(&fx, HIGHER, fx.at.wall_ms);
    fx.at.wall_ms = RELEASE_MS;
    fx.at.mono_ms += 45 * FIXTURE_MINUTE_MS;
    assert_false(simply(BW_COMMAND_COUNTS)->ledger.released);
    assert_int_equal(absent(HIGHER)->kind, BW_ANSWER_DONE);
    assert_true(simply(BW_COMMAND_COUNTS)->ledger.released);
    close_desk();
}

static void
strangers(uint32_t device)
{
    uint32_t devices[BW_STRANGERS_MAX] = {device};
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    assert_int_equal(
        bw_store_set_bytes(store, BW_BYTES_STRANGERS, devices, sizeof devices, NULL),
        BW_OK);
    bw_store_close(store);
}

/* A second kiosk that was enrolled after this one's roster: it lets in who has a place
 * there, so this one must not give their places away. */
static void
kiosk_that_no_roster_names_yet_is_waited_for(void **state)
{
    (void)state;
    open_desk(4, 0);
    strangers(HIGHER);
    fx.at.wall_ms = RELEASE_MS;
    fx.at.mono_ms += 45 * FIXTURE_MINUTE_MS;
    assert_false(simply(BW_COMMAND_COUNTS)->ledger.released);
    assert_int_equal(answer.ledger.held, 2);
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Jan", ""), BW_VERDICT_WELCOME);
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Piet", ""), BW_VERDICT_WELCOME);
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Kees", ""), BW_VERDICT_FULL);
    strangers(LOWER);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.lead, LOWER);
    fixture_peer(&fx, LOWER, fx.at.wall_ms); /* the roster that names it came */
    assert_true(simply(BW_COMMAND_COUNTS)->ledger.released);
    assert_int_equal(answer.ledger.lead, 0);
    close_desk();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_given_only_while_the_lead_hears_this_kiosk),
        cmocka_unit_test(hello_that_is_old_or_stamped_far_off_is_not_heard),
        cmocka_unit_test(kiosk_that_was_moved_is_not_lead_any_more),
        cmocka_unit_test(kiosk_that_was_revoked_is_not_lead_any_more),
        cmocka_unit_test(promoted_person_is_let_in_by_their_newer_ticket),
        cmocka_unit_test(kiosk_declared_absent_is_not_waited_for_until_it_is_heard),
        cmocka_unit_test(absence_lets_the_clock_release),
        cmocka_unit_test(kiosk_that_no_roster_names_yet_is_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
