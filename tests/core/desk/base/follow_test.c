/* What other programs bring into the store is followed; lists. */
#include "tests/core/desk/help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void
roster_that_comes_meanwhile_is_followed(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(scan(FIXTURE_SESSION, WIM, 0), BW_VERDICT_WAITLISTED);
    fixture_person(&fx, WIM, "Wim", "Bakker", BW_CONFIRMED, 1);
    assert_verdict(scan(FIXTURE_SESSION, WIM, 0), BW_VERDICT_REPLACED);
    assert_verdict(scan(FIXTURE_SESSION, WIM, 1), BW_VERDICT_WELCOME);
    assert_false(answer.verdict.unlisted);
    assert_int_equal(answer.ledger.expected, 2);
    fx.session.capacity = 1;
    fixture_put_session(&fx);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_FULL);
    close_desk();
}

/* The session is put off by two days after somebody was scanned. */
static void
session_that_was_moved_begins_with_an_empty_house(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_int_equal(simply(BW_COMMAND_RELEASE)->kind, BW_ANSWER_RELEASED);
    fx.session.starts_ms += 48 * 60 * FIXTURE_MINUTE_MS;
    fx.session.ends_ms += 48 * 60 * FIXTURE_MINUTE_MS;
    fixture_put_session(&fx);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 0);
    assert_false(answer.ledger.released);
    fx.at.wall_ms += 48 * 60 * FIXTURE_MINUTE_MS;
    fx.at.mono_ms += 48 * 60 * FIXTURE_MINUTE_MS;
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_false(answer.verdict.returned);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_ALREADY_IN);
    fx.session.starts_ms += 60 * FIXTURE_MINUTE_MS; /* later, on the same day */
    fixture_put_session(&fx);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 1);
    close_desk();
}

/* Two sessions of one day, the first just over and the second's doors not open. */
static struct bw_session
two_sessions_of_a_day(int tolerance_minutes)
{
    fx.session.tolerance_minutes = tolerance_minutes;
    struct bw_session evening = fx.session;
    evening.session_no = FIXTURE_ELSEWHERE + 1;
    (void)strcpy(evening.code, "GRO-2025-03-18B");
    evening.starts_ms = fx.session.ends_ms + 180 * FIXTURE_MINUTE_MS;
    evening.ends_ms = evening.starts_ms + 60 * FIXTURE_MINUTE_MS;
    fx.elsewhere = evening;
    fixture_put_session(&fx);
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    struct bw_enrolment both = fx.enrolment;
    both.sessions_count = 2;
    (void)strcpy(both.sessions[1], evening.code);
    assert_int_equal(bw_store_enrol(store, &both, NULL), BW_OK);
    bw_store_close(store);
    return evening;
}

static void
wait_until(int64_t wall_ms)
{
    fx.at.mono_ms += wall_ms - fx.at.wall_ms;
    fx.at.wall_ms = wall_ms;
}

static void
next_session_of_the_day_is_served_as_soon_as_the_first_is_over(void **state)
{
    (void)state;
    open_desk(5, 0);
    struct bw_session evening = two_sessions_of_a_day(0);
    wait_until(fx.session.ends_ms);
    assert_string_equal(
        simply(BW_COMMAND_OVERVIEW)->overview->session.code, FIXTURE_CODE);
    fx.at.wall_ms++;
    fx.at.mono_ms++;
    assert_string_equal(
        simply(BW_COMMAND_OVERVIEW)->overview->session.code, evening.code);
    bw_desk_destroy(desk); /* as one that is started now */
    desk = fixture_desk(&fx);
    assert_string_equal(
        simply(BW_COMMAND_OVERVIEW)->overview->session.code, evening.code);
    close_desk();
}

/* Whom the first one still lets in isn't sent away by the next. */
static void
next_session_of_the_day_waits_for_the_tolerance_of_the_first(void **state)
{
    (void)state;
    open_desk(5, 0);
    struct bw_session evening = two_sessions_of_a_day(10);
    wait_until(fx.session.ends_ms + 10 * FIXTURE_MINUTE_MS);
    assert_string_equal(
        simply(BW_COMMAND_OVERVIEW)->overview->session.code, FIXTURE_CODE);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    wait_until(fx.at.wall_ms + 1);
    assert_string_equal(
        simply(BW_COMMAND_OVERVIEW)->overview->session.code, evening.code);
    close_desk();
}

static void
key_that_comes_meanwhile_is_known(void **state)
{
    (void)state;
    struct bw_enrolment enrolment;
    open_desk(5, 0);
    enrolment = fx.enrolment;
    fx.enrolment.keyring.count = 0;
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_enrol(store, &fx.enrolment, NULL), BW_OK);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_FORGED);
    assert_int_equal(bw_store_enrol(store, &enrolment, NULL), BW_OK);
    bw_store_close(store);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    close_desk();
}

static void
events_of_another_kiosk_count(void **state)
{
    (void)state;
    open_desk(5, 0);
    struct bw_event event = {
        .id = {9, 1},
        .wall_ms = fx.at.wall_ms - 1000,
        .hlc = (uint64_t)(fx.at.wall_ms - 1000) << 16,
        .kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .operated_by = BW_OPERATOR_ATTENDEE,
        .session_no = FIXTURE_SESSION,
        .home_session_no = FIXTURE_SESSION,
        .code = code_of(FATIMA),
    };
    bw_event_hash(&event, event.hash);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 0);
    fixture_peer(&fx, 9, fx.at.wall_ms);
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_put_peer_event(store, &event, NULL, NULL), BW_OK);
    bw_store_close(store);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_ALREADY_IN);
    assert_int_equal(answer.verdict.since_device, 9);
    assert_string_equal(answer.verdict.since_device_name, "Zuil 9");
    assert_int_equal(answer.verdict.since_ms, event.wall_ms);
    assert_int_equal(answer.ledger.held, 1);
    close_desk();
}

/* D1: what another program wrote is known before the next decision. */
static void
second_program_on_the_store_is_followed(void **state)
{
    (void)state;
    open_desk(5, 0);
    struct bw_desk *other = fixture_desk(&fx);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    struct bw_desk *first = desk;
    desk = other;
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_ALREADY_IN);
    assert_int_equal(answer.ledger.present, 1);
    desk = first;
    bw_desk_destroy(other);
    close_desk();
}

static void
kiosk_without_roster_says_so_and_waits_for_one(void **state)
{
    (void)state;
    struct bw_error err;
    fixture_create(&fx, 5, 0, false);
    (void)strcpy(fx.enrolment.sessions[0], "LATER-2025");
    char path[520];
    (void)strcpy(path, fx.folder);
    (void)strcat(path, "/empty.db");
    assert_int_equal(bw_store_create(path, &fx.enrolment, &err), BW_OK);
    (void)strcpy(fx.path, path);
    desk = fixture_desk(&fx);
    bw_answer_init(&answer, BW_ANSWER_DONE);
    assert_int_equal(scan(FIXTURE_SESSION, FATIMA, 0)->kind, BW_ANSWER_ERROR);
    assert_false(simply(BW_COMMAND_OVERVIEW)->overview->has_roster);
    (void)strcpy(fx.session.code, "LATER-2025");
    fixture_put_session(&fx);
    assert_true(simply(BW_COMMAND_OVERVIEW)->overview->has_roster);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_true(answer.verdict.unlisted);
    close_desk();
}

static void
lists_come_in_pages_by_last_name_without_particles(void **state)
{
    (void)state;
    open_desk(5, 0);
    struct bw_command list = staff(BW_COMMAND_LIST);
    list.list.filter = BW_LIST_EXPECTED;
    list.list.limit = 1;
    assert_int_equal(run(&list)->list.total, 2);
    assert_string_equal(answer.list.entries[0].person.name, "el Amrani");
    assert_true(answer.list.more);
    list.list.offset = 1;
    assert_string_equal(run(&list)->list.entries[0].person.first_name, "Anna");
    assert_false(answer.list.more);
    list.list.filter = BW_LIST_WAITLIST;
    assert_string_equal(run(&list)->list.entries[0].person.first_name, "Willem");
    assert_int_equal(answer.list.entries[0].position, 2);
    list.list.filter = BW_LIST_PRESENT;
    assert_int_equal(run(&list)->list.count, 0);
    close_desk();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roster_that_comes_meanwhile_is_followed),
        cmocka_unit_test(session_that_was_moved_begins_with_an_empty_house),
        cmocka_unit_test(next_session_of_the_day_is_served_as_soon_as_the_first_is_over),
        cmocka_unit_test(next_session_of_the_day_waits_for_the_tolerance_of_the_first),
        cmocka_unit_test(key_that_comes_meanwhile_is_known),
        cmocka_unit_test(events_of_another_kiosk_count),
        cmocka_unit_test(second_program_on_the_store_is_followed),
        cmocka_unit_test(kiosk_without_roster_says_so_and_waits_for_one),
        cmocka_unit_test(lists_come_in_pages_by_last_name_without_particles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
