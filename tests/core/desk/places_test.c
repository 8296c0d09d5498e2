/* Places, their release, and the clock: a desk on a real store,
 * by a clock that tests move. */
#include "help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* L1: the places that are held aren't free. */
static void
places_are_held_until_they_are_released(void **state)
{
    (void)state;
    open_desk(3, 0); /* 2 confirmed */
    const struct bw_ledger *l = &simply(BW_COMMAND_COUNTS)->ledger;
    assert_int_equal(l->held, 2);
    assert_int_equal(l->free, 1);
    assert_int_equal(l->waitlisted, 2);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_int_equal(answer.ledger.present, 1);
    assert_int_equal(answer.ledger.held, 1);
    assert_int_equal(answer.ledger.free, 1);
    assert_int_equal(simply(BW_COMMAND_RELEASE)->kind, BW_ANSWER_RELEASED);
    assert_int_equal(answer.released_free, 2);
    assert_int_equal(answer.ledger.expected, 1);
    assert_int_equal(answer.ledger.held, 0);
    uint64_t before = events();
    struct bw_event_id first = simply(BW_COMMAND_RELEASE)->event;
    assert_int_equal(first.seq, 2);
    assert_int_equal(events(), before);
    close_desk();
}

static void
clock_releases_at_start_and_a_quarter(void **state)
{
    (void)state;
    open_desk(3, 0);
    fx.at.wall_ms = FIXTURE_START_MS + 15 * FIXTURE_MINUTE_MS - 1;
    fx.at.mono_ms += 45 * FIXTURE_MINUTE_MS - 1;
    assert_false(simply(BW_COMMAND_COUNTS)->ledger.released);
    fx.at.wall_ms += 1;
    fx.at.mono_ms += 1;
    assert_true(simply(BW_COMMAND_COUNTS)->ledger.released);
    assert_int_equal(answer.ledger.free, 3);
    close_desk();
}

static void
suspect_clock_releases_nothing_and_judges_no_time(void **state)
{
    (void)state;
    open_desk(3, 0);
    fx.at.wall_ms = FIXTURE_START_MS + 20 * FIXTURE_MINUTE_MS; /* jumped */
    assert_false(simply(BW_COMMAND_COUNTS)->ledger.released);
    assert_true(simply(BW_COMMAND_OVERVIEW)->overview->clock_suspect);
    fx.at.wall_ms = FIXTURE_START_MS + 300 * FIXTURE_MINUTE_MS;
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_ALREADY_IN);
    assert_int_equal(answer.verdict.since_ms, 0); /* not known */
    assert_int_equal(simply(BW_COMMAND_CONFIRM_CLOCK)->kind, BW_ANSWER_DONE);
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 1), BW_VERDICT_SESSION_OVER);
    close_desk();
}

static void
moved_clock_stays_suspect_over_a_restart(void **state)
{
    (void)state;
    open_desk(3, 0);
    (void)events();
    fx.at.wall_ms += 5 * FIXTURE_MINUTE_MS;
    bw_desk_destroy(desk);
    desk = fixture_desk(&fx);
    assert_true(simply(BW_COMMAND_OVERVIEW)->overview->clock_suspect);
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    assert_int_equal(
        bw_store_set_server_time(store, fx.at.wall_ms, &fx.clock, NULL), BW_OK);
    bw_store_close(store);
    assert_false(simply(BW_COMMAND_OVERVIEW)->overview->clock_suspect);
    close_desk();
}

static void
clock_before_the_servers_time_is_suspect(void **state)
{
    (void)state;
    open_desk(3, 0);
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_set_server_time(
                         store, fx.at.wall_ms + 60 * FIXTURE_MINUTE_MS, &fx.clock, NULL),
        BW_OK);
    bw_store_close(store);
    assert_true(simply(BW_COMMAND_OVERVIEW)->overview->clock_suspect);
    close_desk();
}

static void
other_kiosk_must_have_been_heard_for_a_release_by_clock(void **state)
{
    (void)state;
    open_desk(3, 0);
    int64_t release_ms = FIXTURE_START_MS + 15 * FIXTURE_MINUTE_MS;
    fixture_peer(&fx, 9, release_ms - 1);
    fx.at.wall_ms = release_ms + 1000;
    fx.at.mono_ms += 45 * FIXTURE_MINUTE_MS + 1000;
    assert_false(simply(BW_COMMAND_COUNTS)->ledger.released);
    fixture_peer(&fx, 9, release_ms);
    assert_true(simply(BW_COMMAND_COUNTS)->ledger.released);
    close_desk();
}

static void
lowest_kiosk_leads_while_another_is_silent(void **state)
{
    (void)state;
    open_desk(5, 0);
    fixture_peer(&fx, 2, fx.at.wall_ms - 5 * FIXTURE_MINUTE_MS);
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Jan", ""), BW_VERDICT_WELCOME);
    fx.at.wall_ms += 1;
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Piet", ""), BW_VERDICT_FULL);
    assert_int_equal(answer.verdict.lead, 2);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    fixture_peer(&fx, 2, fx.at.wall_ms);
    fixture_peer(&fx, 9, 0); /* silent, but this kiosk is the lead beside it */
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.lead, 2);
    close_desk();
}

static void
own_region_goes_first_where_the_series_says_so(void **state)
{
    (void)state;
    open_desk(5, 0);
    fx.region = "Zuid";
    fixture_person(&fx, "WWWW0003", "Zoë", "Zuidema", BW_WAITLISTED, 0);
    fx.region = "NOORD";
    fixture_person(&fx, "WWWW0004", "Nora", "Noordhof", BW_WAITLISTED, 0);
    assert_verdict(scan(FIXTURE_SESSION, "WWWW0003", 0), BW_VERDICT_WAITLISTED);
    assert_int_equal(answer.verdict.position, 3);
    fx.session.own_region_first = true;
    fixture_put_session(&fx);
    assert_verdict(scan(FIXTURE_SESSION, "WWWW0004", 0), BW_VERDICT_WAITLISTED);
    assert_int_equal(answer.verdict.position, 3);
    assert_int_equal(answer.verdict.before, 0); /* Zoë stands here, and comes after */
    close_desk();
}

static void
guests_count_on_what_those_who_wait_here_leave(void **state)
{
    (void)state;
    open_desk(5, 0); /* 3 free */
    assert_verdict(scan(FIXTURE_ELSEWHERE, GUUS, 0), BW_VERDICT_OTHER_SESSION);
    assert_int_equal(answer.verdict.free, 3);
    (void)scan(FIXTURE_SESSION, WIM, 0);
    assert_int_equal(answer.verdict.free, 3);
    (void)newcomer(BW_COMMAND_QUEUE, "Ibrahim", "");
    assert_int_equal(answer.waiting.free, 2);
    (void)scan(FIXTURE_ELSEWHERE, GUUS, 0);
    assert_int_equal(answer.verdict.free, 1);
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Jan", ""), BW_VERDICT_WELCOME);
    assert_int_equal(newcomer(BW_COMMAND_WALK_IN, "Piet", "")->kind, BW_ANSWER_ERROR);
    assert_true(answer.failure.out_of_order);
    close_desk();
}

static void
overview_tells_who_may_go_in_next(void **state)
{
    (void)state;
    open_desk(3, 0);
    (void)scan(FIXTURE_SESSION, FATIMA, 0);
    const struct bw_overview *o = simply(BW_COMMAND_OVERVIEW)->overview;
    assert_int_equal(o->next_position, 0); /* nobody stands here */
    assert_int_equal(o->events, 1);
    assert_int_equal(o->unsent, 1);
    assert_int_equal(o->doors_ms, FIXTURE_START_MS - 60 * FIXTURE_MINUTE_MS);
    assert_int_equal(o->release_ms, FIXTURE_START_MS + 15 * FIXTURE_MINUTE_MS);
    assert_int_equal(o->regions_count, 2);
    assert_string_equal(o->device_name, "Zuil 3");
    (void)scan(FIXTURE_SESSION, WILLEM, 0);
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->next_position, 2);
    assert_int_equal(answer.overview->present_waiting, 1);
    (void)scan(FIXTURE_SESSION, WIM, 0);
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->next_position, 1);
    assert_verdict(by_code(BW_COMMAND_WAITLIST, WIM), BW_VERDICT_WELCOME);
    /* the last place is held for Anna: nobody, till it's released */
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->next_position, 0);
    (void)simply(BW_COMMAND_RELEASE);
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->next_position, 1);
    close_desk();
}

static void
person_who_waits_and_goes_home_is_passed_over(void **state)
{
    (void)state;
    open_desk(5, 0);
    (void)scan(FIXTURE_SESSION, WIM, 0);
    (void)scan(FIXTURE_SESSION, WILLEM, 0);
    assert_int_equal(answer.verdict.before, 1);
    assert_int_equal(by_code(BW_COMMAND_LEAVE, WIM)->kind, BW_ANSWER_LEFT);
    assert_verdict(by_code(BW_COMMAND_WAITLIST, WILLEM), BW_VERDICT_WELCOME);
    close_desk();
}

static void
nobody_is_checked_in_before_it_opens(void **state)
{
    (void)state;
    open_desk(5, 0);
    fx.session.opens_ms = fx.at.wall_ms + 5 * FIXTURE_MINUTE_MS;
    fixture_put_session(&fx);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_TOO_EARLY);
    assert_int_equal(answer.verdict.opens_ms, fx.session.opens_ms);
    assert_int_equal(
        simply(BW_COMMAND_OVERVIEW)->overview->doors_ms, fx.session.opens_ms);
    fx.at.wall_ms += 5 * FIXTURE_MINUTE_MS;
    fx.at.mono_ms += 5 * FIXTURE_MINUTE_MS;
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    close_desk();
}

/* From so long before it opens until so long after its end. */
static void
tolerance_widens_the_window_at_both_ends(void **state)
{
    (void)state;
    open_desk(5, 0);
    fx.session.opens_ms = fx.at.wall_ms + 5 * FIXTURE_MINUTE_MS;
    fx.session.ends_ms = fx.at.wall_ms + 20 * FIXTURE_MINUTE_MS;
    fx.session.tolerance_minutes = 4;
    fixture_put_session(&fx);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_TOO_EARLY);
    assert_int_equal(answer.verdict.opens_ms, fx.session.opens_ms);
    fx.at.wall_ms += FIXTURE_MINUTE_MS;
    fx.at.mono_ms += FIXTURE_MINUTE_MS;
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    fx.at.wall_ms += 23 * FIXTURE_MINUTE_MS;
    fx.at.mono_ms += 23 * FIXTURE_MINUTE_MS;
    assert_verdict(scan(FIXTURE_SESSION, WIM, 0), BW_VERDICT_WAITLISTED);
    fx.at.wall_ms += 1;
    fx.at.mono_ms += 1;
    assert_verdict(scan(FIXTURE_SESSION, WIM, 0), BW_VERDICT_SESSION_OVER);
    close_desk();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_held_until_they_are_released),
        cmocka_unit_test(clock_releases_at_start_and_a_quarter),
        cmocka_unit_test(suspect_clock_releases_nothing_and_judges_no_time),
        cmocka_unit_test(moved_clock_stays_suspect_over_a_restart),
        cmocka_unit_test(clock_before_the_servers_time_is_suspect),
        cmocka_unit_test(other_kiosk_must_have_been_heard_for_a_release_by_clock),
        cmocka_unit_test(lowest_kiosk_leads_while_another_is_silent),
        cmocka_unit_test(nobody_is_checked_in_before_it_opens),
        cmocka_unit_test(tolerance_widens_the_window_at_both_ends),
        cmocka_unit_test(own_region_goes_first_where_the_series_says_so),
        cmocka_unit_test(guests_count_on_what_those_who_wait_here_leave),
        cmocka_unit_test(overview_tells_who_may_go_in_next),
        cmocka_unit_test(person_who_waits_and_goes_home_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
