/* What other kiosks write, at the desk: what acts, and what counts nowhere. */
#include "tests/core/desk/help.h"

#include <brugwachter/store_letter.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { OTHER = 9 };
#define END_OF_TIME_MS INT64_C(253402300799999)

/* An event of kiosk OTHER, as a letter would bring it; `refs_to` device 0: no ref. */
static struct bw_event
peer_event(uint64_t seq, enum bw_event_kind kind, const char *code, int64_t wall_ms,
    struct bw_event_id refs_to)
{
    struct bw_event event = {
        .id = {OTHER, seq},
        .wall_ms = wall_ms,
        .hlc = bw_hlc_next(0, wall_ms),
        .kind = kind,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .operated_by = BW_OPERATOR_STAFF,
        .session_no = FIXTURE_SESSION,
        .home_session_no = FIXTURE_SESSION,
        .code = code_of(code),
    };
    if (refs_to.device != 0) {
        event.refs[event.refs_count++] = refs_to;
    }
    return event;
}

static void
put_event(struct bw_event *event)
{
    struct bw_error err = {0};
    bw_event_hash(event, event->hash);
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    if (bw_store_put_peer_event(store, event, NULL, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    bw_store_close(store);
}

struct newest {
    struct bw_event event;
};

static bool
on_event(const struct bw_event *event, void *context)
{
    struct newest *newest = context;
    newest->event = *event;
    return true;
}

static struct bw_event
own_newest(void)
{
    struct newest newest = {0};
    struct bw_store *store = fixture_store(&fx, BW_STORE_READ);
    assert_int_equal(bw_store_own_events(store, 1, on_event, &newest, NULL), BW_OK);
    bw_store_close(store);
    return newest.event;
}

static void
left_at_the_end_of_time_keeps_nobody_out(void **state)
{
    (void)state;
    open_desk(5, 0);
    fixture_peer(&fx, OTHER, fx.at.wall_ms);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    struct bw_event left =
        peer_event(1, BW_EVENT_LEFT, FATIMA, END_OF_TIME_MS, answer.event);
    put_event(&left);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 0);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_true(answer.verdict.returned);
    assert_int_equal(answer.ledger.present, 1);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_ALREADY_IN);
    bw_desk_destroy(desk); /* and so it is when all is folded anew */
    desk = fixture_desk(&fx);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 1);
    assert_int_equal(by_code(BW_COMMAND_LEAVE, FATIMA)->kind, BW_ANSWER_LEFT);
    assert_int_equal(answer.ledger.present, 0);
    close_desk();
}

static void
stamp_far_ahead_is_flagged_and_moves_no_clock(void **state)
{
    (void)state;
    open_desk(5, 0);
    fixture_peer(&fx, OTHER, fx.at.wall_ms);
    struct bw_event ahead =
        peer_event(1, BW_EVENT_ARRIVED, ANNA, END_OF_TIME_MS, (struct bw_event_id){0});
    put_event(&ahead);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    struct bw_event own = own_newest();
    assert_int_equal(own.hlc >> 16, own.wall_ms);
    assert_true((own.flags & BW_EVENT_STAMP_AHEAD) != 0);
    struct bw_event near = peer_event(
        2, BW_EVENT_LEFT, ANNA, fx.at.wall_ms + 10 * FIXTURE_MINUTE_MS, ahead.id);
    put_event(&near);
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 1), BW_VERDICT_WELCOME);
    assert_true(own_newest().hlc > near.hlc); /* followed */
    assert_int_equal(answer.ledger.present, 2);
    close_desk();
}

static void
every_event_about_somebody_refers_to_the_newest(void **state)
{
    (void)state;
    open_desk(5, 0);
    const enum bw_command_kind kinds[] = {
        BW_COMMAND_LEAVE, BW_COMMAND_CODE, BW_COMMAND_UNDO, BW_COMMAND_CODE};
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_int_equal(own_newest().refs_count, 0);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct bw_event_id before = own_newest().id;
        (void)by_code(kinds[i], FATIMA);
        struct bw_event event = own_newest();
        assert_true(event.id.seq > before.seq && event.refs_count > 0);
        bool refers = false;
        for (int r = 0; r < event.refs_count; r++) {
            refers = refers || (event.refs[r].device == before.device &&
                                   event.refs[r].seq == before.seq);
        }
        assert_true(refers);
    }
    struct bw_event_id ayla = newcomer(BW_COMMAND_WALK_IN, "Ayla", "")->event;
    assert_int_equal(by_event(BW_COMMAND_LEAVE, ayla)->kind, BW_ANSWER_LEFT);
    struct bw_event_id left = answer.event;
    assert_verdict(by_event(BW_COMMAND_CODE, ayla), BW_VERDICT_WELCOME);
    struct bw_event back = own_newest();
    assert_int_equal(back.refs_count, 2);
    assert_int_equal(back.refs[0].seq, ayla.seq); /* who; and what was known */
    assert_int_equal(back.refs[1].seq, left.seq);
    close_desk();
}

/* ---- clocks apart ---- */

static void
say_hello(uint64_t counter, int64_t clock_ms, int64_t echo_ms)
{
    struct bw_store_hello hello = {.device = OTHER,
        .counter = counter,
        .clock_ms = clock_ms,
        .echo_counter = counter,
        .echo_ms = echo_ms};
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_put_hello(store, &hello, NULL), BW_OK);
    bw_store_close(store);
}

/* A roster letter of `made_ms` whose receipt covers our log up to `event`. */
static void
put_receipt(struct bw_event event, int64_t made_ms)
{
    struct bw_error err = {0};
    enum bw_store_outcome outcome = BW_LETTER_OLD;
    struct bw_store_receipt receipt = {.seq = event.id.seq};
    memcpy(receipt.hash, event.hash, sizeof receipt.hash);
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    struct bw_store_held held = {0};
    assert_int_equal(bw_store_held(store, FIXTURE_SESSION, &held, NULL), BW_OK);
    struct bw_store_letter letter = {.session_no = FIXTURE_SESSION,
        .epoch = 1,
        .from = held.revision,
        .to = held.revision + 1,
        .made_ms = made_ms};
    (void)strcpy(letter.series, fx.session.series);
    bool done = bw_store_letter_begin(store, &letter, &err) == BW_OK &&
                bw_store_put_session(store, &fx.session, &err) == BW_OK &&
                bw_store_put_receipt(store, &receipt, &err) == BW_OK &&
                bw_store_letter_commit(store, &outcome, &err) == BW_OK;
    bw_store_close(store);
    if (!done || outcome != BW_LETTER_APPLIED) {
        fail_msg("outcome %d: %s", (int)outcome, err.text);
    }
}

/* What the other kiosk saw is stamped 15 minutes later than what we see afterwards. */
static void
leaving_holds_at_a_kiosk_whose_clock_is_behind(void **state)
{
    (void)state;
    open_desk(5, 0);
    fixture_peer(&fx, OTHER, fx.at.wall_ms);
    struct bw_event arrived = peer_event(1, BW_EVENT_ARRIVED, FATIMA,
        fx.at.wall_ms + 15 * FIXTURE_MINUTE_MS, (struct bw_event_id){0});
    put_event(&arrived);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_ALREADY_IN);
    assert_int_equal(by_code(BW_COMMAND_LEAVE, FATIMA)->kind, BW_ANSWER_LEFT);
    assert_int_equal(answer.ledger.present, 0);
    assert_int_equal(by_code(BW_COMMAND_LEAVE, FATIMA)->kind, BW_ANSWER_ERROR);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_true(answer.verdict.returned);
    assert_int_equal(answer.ledger.present, 1);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_ALREADY_IN);
    assert_int_equal(by_code(BW_COMMAND_UNDO, FATIMA)->kind, BW_ANSWER_UNDONE);
    assert_int_equal(answer.ledger.present, 0);
    close_desk();
}

/* An hour ahead: what the other kiosk writes afterwards is stamped before it. */
static void
leaving_elsewhere_holds_though_our_clock_is_an_hour_ahead(void **state)
{
    (void)state;
    open_desk(5, 0);
    fixture_peer(&fx, OTHER, fx.at.wall_ms);
    int64_t true_ms = fx.at.wall_ms;
    fx.at.wall_ms += 60 * FIXTURE_MINUTE_MS;
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    struct bw_event left =
        peer_event(1, BW_EVENT_LEFT, FATIMA, true_ms + FIXTURE_MINUTE_MS, answer.event);
    put_event(&left);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 0);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_true(answer.verdict.returned);
    assert_int_equal(answer.ledger.present, 1);
    close_desk();
}

/* A hello that echoes ours, and is stamped before we made it, or after now. */
static void
clock_that_differs_from_another_kiosks_is_told(void **state)
{
    (void)state;
    open_desk(5, 0);
    fixture_peer(&fx, OTHER, fx.at.wall_ms - FIXTURE_MINUTE_MS);
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->clock_ahead_ms, 0);
    say_hello(2, fx.at.wall_ms - 3 * FIXTURE_MINUTE_MS, fx.at.wall_ms);
    const struct bw_overview *overview = simply(BW_COMMAND_OVERVIEW)->overview;
    assert_int_equal(overview->clock_ahead_ms, 3 * FIXTURE_MINUTE_MS);
    assert_int_equal(overview->clock_ahead_of, OTHER);
    say_hello(3, fx.at.wall_ms, fx.at.wall_ms);
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->clock_ahead_ms, 0);
    say_hello(4, fx.at.wall_ms + 4 * FIXTURE_MINUTE_MS, fx.at.wall_ms);
    assert_int_equal(
        simply(BW_COMMAND_OVERVIEW)->overview->clock_ahead_ms, -4 * FIXTURE_MINUTE_MS);
    close_desk();
}

/* A letter that holds what we stamped later than it was made. */
static void
clock_that_is_ahead_of_a_letters_is_told(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    put_receipt(own_newest(), fx.at.wall_ms + FIXTURE_MINUTE_MS);
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->clock_ahead_ms, 0);
    fx.at.wall_ms += 10 * FIXTURE_MINUTE_MS;
    fx.at.mono_ms += 10 * FIXTURE_MINUTE_MS;
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 1), BW_VERDICT_WELCOME);
    put_receipt(own_newest(), fx.at.wall_ms - 5 * FIXTURE_MINUTE_MS);
    const struct bw_overview *overview = simply(BW_COMMAND_OVERVIEW)->overview;
    assert_int_equal(overview->clock_ahead_ms, 5 * FIXTURE_MINUTE_MS);
    assert_int_equal(overview->clock_ahead_of, 0); /* the office */
    close_desk();
}

/* ---- quarantine ---- */

static void
put_peer_of(uint32_t device, const char *session)
{
    struct bw_peer peer = {.device = device, .name = "Zuil elders"};
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    (void)strcpy(peer.session, session);
    assert_int_equal(bw_store_put_peer(store, &peer, NULL), BW_OK);
    bw_store_close(store);
}

static void
event_of_a_kiosk_of_another_session_counts_when_a_roster_takes_it_in(void **state)
{
    (void)state;
    open_desk(5, 0);
    put_peer_of(OTHER, fx.elsewhere.code);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    struct bw_event left =
        peer_event(1, BW_EVENT_LEFT, FATIMA, fx.at.wall_ms + 1000, answer.event);
    struct bw_event came = peer_event(
        2, BW_EVENT_ARRIVED, ANNA, fx.at.wall_ms + 1000, (struct bw_event_id){0});
    put_event(&left);
    put_event(&came);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 1);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_ALREADY_IN);
    assert_int_equal(by_code(BW_COMMAND_HISTORY, ANNA)->history.count, 0);
    fixture_peer(&fx, OTHER, fx.at.wall_ms); /* a roster names it for this session */
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 1), BW_VERDICT_ALREADY_IN);
    assert_int_equal(answer.verdict.since_device, OTHER);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME); /* had left */
    assert_int_equal(answer.ledger.present, 2);
    close_desk();
}

static void
ticket_that_was_never_issued_counts_once_it_was(void **state)
{
    (void)state;
    open_desk(5, 0);
    fixture_peer(&fx, OTHER, fx.at.wall_ms);
    struct bw_event came =
        peer_event(1, BW_EVENT_ARRIVED, ANNA, fx.at.wall_ms, (struct bw_event_id){0});
    came.generation = 2; /* the roster says 1 */
    put_event(&came);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 0);
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 1), BW_VERDICT_WELCOME); /* not replaced */
    assert_int_equal(by_code(BW_COMMAND_UNDO, ANNA)->kind, BW_ANSWER_UNDONE);
    fixture_person(&fx, ANNA, "Anna", "de Vries", BW_CONFIRMED, 2);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 1);
    assert_int_equal(answer.ledger.held, 1);
    close_desk();
}

static void
stamp_of_before_2020_counts_nowhere(void **state)
{
    (void)state;
    open_desk(5, 0);
    fixture_peer(&fx, OTHER, fx.at.wall_ms);
    struct bw_event came = peer_event(
        1, BW_EVENT_ARRIVED, ANNA, INT64_C(1577836800000) - 1, (struct bw_event_id){0});
    put_event(&came);
    struct bw_event injected = peer_event(
        2, BW_EVENT_ARRIVED, FATIMA, INT64_C(1577836800000) - 1, (struct bw_event_id){0});
    /* so long before the session's day nobody comes in but by an override */
    injected.flags = BW_EVENT_CLOCK_INJECTED | BW_EVENT_OVERRIDE;
    put_event(&injected);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 1);
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 1), BW_VERDICT_WELCOME);
    close_desk();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(left_at_the_end_of_time_keeps_nobody_out),
        cmocka_unit_test(stamp_far_ahead_is_flagged_and_moves_no_clock),
        cmocka_unit_test(every_event_about_somebody_refers_to_the_newest),
        cmocka_unit_test(leaving_holds_at_a_kiosk_whose_clock_is_behind),
        cmocka_unit_test(leaving_elsewhere_holds_though_our_clock_is_an_hour_ahead),
        cmocka_unit_test(clock_that_differs_from_another_kiosks_is_told),
        cmocka_unit_test(clock_that_is_ahead_of_a_letters_is_told),
        cmocka_unit_test(
            event_of_a_kiosk_of_another_session_counts_when_a_roster_takes_it_in),
        cmocka_unit_test(ticket_that_was_never_issued_counts_once_it_was),
        cmocka_unit_test(stamp_of_before_2020_counts_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
