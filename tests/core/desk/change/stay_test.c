/* Who is on a place: undoing, leaving, and who comes instead of somebody. */
#include "tests/core/desk/help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct bw_answer *
instead(const char *code, const char *first_name, const char *reason)
{
    struct bw_command substitute = staff(BW_COMMAND_SUBSTITUTE);
    substitute.substitute.code = code_of(code);
    substitute.substitute.audience = true;
    (void)strcpy(substitute.substitute.person.first_name, first_name);
    (void)strcpy(substitute.substitute.reason, reason);
    return run(&substitute);
}

static int
found(const char *text)
{
    struct bw_command search = staff(BW_COMMAND_SEARCH);
    (void)snprintf(search.search.text, sizeof search.search.text, "%s", text);
    assert_int_equal(run(&search)->kind, BW_ANSWER_LIST);
    return answer.list.count;
}

/* What was before the last leaving stays. */
static void
undo_names_every_arrival_since_they_left(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    struct bw_event_id first = answer.event;
    assert_int_equal(by_code(BW_COMMAND_LEAVE, FATIMA)->kind, BW_ANSWER_LEFT);
    assert_int_equal(answer.ledger.held, 1); /* Anna's; Fatima's place is given up */
    struct bw_command search = staff(BW_COMMAND_SEARCH);
    memcpy(search.search.text, "fatima", sizeof "fatima");
    assert_int_equal(run(&search)->list.count, 1);
    assert_true(answer.list.entries[0].left &&
                answer.list.entries[0].since_ms > 0); /* gone, and when */
    assert_verdict(by_code(BW_COMMAND_CODE, FATIMA), BW_VERDICT_WELCOME);
    assert_true(answer.verdict.returned);
    struct bw_event_id second = answer.event;
    assert_int_equal(by_code(BW_COMMAND_UNDO, FATIMA)->kind, BW_ANSWER_UNDONE);
    assert_int_equal(answer.undone.refs_count, 1);
    assert_int_equal(answer.undone.refs[0].seq, second.seq);
    assert_string_equal(bw_answer_person(&answer)->first_name, "Fatima");
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->attended, 1);
    uint64_t before = events();
    assert_int_equal(by_code(BW_COMMAND_UNDO, FATIMA)->kind, BW_ANSWER_ERROR);
    assert_int_equal(by_event(BW_COMMAND_UNDO, second)->kind, BW_ANSWER_ERROR);
    assert_int_equal(events(), before);
    assert_int_equal(by_code(BW_COMMAND_LEAVE, FATIMA)->kind, BW_ANSWER_ERROR);
    assert_int_equal(by_event(BW_COMMAND_UNDO, first)->kind, BW_ANSWER_UNDONE);
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->attended, 0);
    close_desk();
}

/* The first attendance of the day was none, the second stays. */
static void
undo_of_an_event_annuls_that_one_alone(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    struct bw_event_id first = answer.event;
    assert_int_equal(by_code(BW_COMMAND_LEAVE, FATIMA)->kind, BW_ANSWER_LEFT);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_int_equal(by_event(BW_COMMAND_UNDO, first)->kind, BW_ANSWER_UNDONE);
    assert_int_equal(answer.undone.refs_count, 1);
    assert_int_equal(answer.ledger.present, 1);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_ALREADY_IN);
    bw_desk_destroy(desk); /* and so it is when all is folded anew */
    desk = fixture_desk(&fx);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 1);
    struct bw_event_id ayla = newcomer(BW_COMMAND_WALK_IN, "Ayla", "")->event;
    assert_int_equal(by_event(BW_COMMAND_UNDO, ayla)->kind, BW_ANSWER_UNDONE);
    assert_verdict(by_event(BW_COMMAND_CODE, ayla), BW_VERDICT_WELCOME);
    assert_int_equal(by_event(BW_COMMAND_UNDO, ayla)->kind, BW_ANSWER_UNDONE);
    assert_int_equal(answer.ledger.present, 1);
    close_desk();
}

/* Kiosks that didn't hear each other let one person in many times. */
static void
many_arrivals_are_undone_all(void **state)
{
    (void)state;
    open_desk(5, 0);
    struct bw_error err = {0};
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    for (uint32_t i = 0; i < BW_REFS_MAX + 4; i++) {
        struct bw_event event = {
            .id = {9, i + 1},
            .wall_ms = fx.at.wall_ms,
            .hlc = bw_hlc_next(0, fx.at.wall_ms),
            .kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_TICKET,
            .operated_by = BW_OPERATOR_STAFF,
            .session_no = FIXTURE_SESSION,
            .home_session_no = FIXTURE_SESSION,
            .code = code_of(FATIMA),
        };
        bw_event_hash(&event, event.hash);
        if (bw_store_put_peer_event(store, &event, NULL, &err) != BW_OK) {
            fail_msg("%s", err.text);
        }
    }
    bw_store_close(store);
    fixture_peer(&fx, 9, fx.at.wall_ms);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 1);
    assert_int_equal(by_code(BW_COMMAND_UNDO, FATIMA)->kind, BW_ANSWER_UNDONE);
    assert_int_equal(answer.ledger.present, 0);
    assert_int_equal(by_code(BW_COMMAND_UNDO, FATIMA)->kind, BW_ANSWER_ERROR);
    close_desk();
}

static void
substitute_keeps_the_place(void **state)
{
    (void)state;
    open_desk(2, 0);
    struct bw_command substitute = staff(BW_COMMAND_SUBSTITUTE);
    substitute.substitute.code = code_of(FATIMA);
    (void)strcpy(substitute.substitute.person.first_name, "Chantal");
    (void)strcpy(substitute.substitute.person.name, "Bos");
    assert_verdict(run(&substitute), BW_VERDICT_NO_AUDIENCE);
    substitute.substitute.audience = true;
    assert_verdict(run(&substitute), BW_VERDICT_WELCOME);
    assert_string_equal(bw_answer_person(&answer)->first_name, "Chantal");
    assert_true(answer.verdict.substitute);
    assert_int_equal(answer.ledger.held, 1);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_ALREADY_IN);
    assert_true(answer.verdict.substitute);
    close_desk();
}

static void
substitute_for_somebody_who_waits_goes_by_the_waitlists_rules(void **state)
{
    (void)state;
    open_desk(3, 0); /* two are held: one is free */
    assert_verdict(scan(FIXTURE_SESSION, WIM, 0), BW_VERDICT_WAITLISTED);
    assert_int_equal(instead(WILLEM, "Chantal", "")->kind, BW_ANSWER_ERROR);
    assert_true(answer.failure.out_of_order);
    assert_verdict(instead(WILLEM, "Chantal", "het hele team komt"), BW_VERDICT_WELCOME);
    assert_true(answer.verdict.substitute);
    assert_verdict(instead(WIM, "Dirk", ""), BW_VERDICT_FULL);
    assert_int_equal(answer.ledger.waitlisted, 1);
    close_desk();
}

/* P7: who comes after a substitute that went home is another person. */
static void
two_people_on_one_place_are_two(void **state)
{
    (void)state;
    open_desk(2, 0);
    int64_t came_ms = fx.at.wall_ms;
    assert_verdict(instead(FATIMA, "Chantal", ""), BW_VERDICT_WELCOME);
    fx.at.wall_ms += FIXTURE_MINUTE_MS;
    fx.at.mono_ms += FIXTURE_MINUTE_MS;
    assert_int_equal(by_code(BW_COMMAND_LEAVE, FATIMA)->kind, BW_ANSWER_LEFT);
    assert_string_equal(bw_answer_person(&answer)->first_name, "Chantal");
    fx.at.wall_ms += FIXTURE_MINUTE_MS;
    fx.at.mono_ms += FIXTURE_MINUTE_MS;
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_false(answer.verdict.returned);
    struct bw_event_id arrival = answer.event;
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_ALREADY_IN);
    assert_false(answer.verdict.substitute);
    assert_int_equal(answer.verdict.since_ms, fx.at.wall_ms);
    struct bw_command search = staff(BW_COMMAND_SEARCH);
    memcpy(search.search.text, "fatima", sizeof "fatima");
    assert_int_equal(run(&search)->list.count, 2);
    const struct bw_list_entry *entries = answer.list.entries;
    assert_string_equal(entries[0].person.first_name, "Fatima");
    assert_true(entries[0].present);
    assert_int_equal(entries[0].since_ms, fx.at.wall_ms);
    assert_string_equal(entries[1].person.first_name, "Chantal");
    assert_true(entries[1].left && entries[1].substitute && !entries[1].present);
    assert_int_equal(entries[1].came_ms, came_ms);
    assert_int_equal(entries[1].since_ms, came_ms + FIXTURE_MINUTE_MS);
    assert_int_equal(by_code(BW_COMMAND_LEAVE, FATIMA)->kind, BW_ANSWER_LEFT);
    assert_string_equal(bw_answer_person(&answer)->first_name, "Fatima");
    assert_int_equal(answer.left.refs_count, 1);
    assert_int_equal(answer.left.refs[0].seq, arrival.seq);
    close_desk();
}

static void
people_without_a_registration_are_found_by_their_own_name(void **state)
{
    (void)state;
    open_desk(9, 0);
    struct bw_event_id ayla = newcomer(BW_COMMAND_WALK_IN, "Ayla", "")->event;
    assert_int_equal(newcomer(BW_COMMAND_QUEUE, "Aylin", "")->kind, BW_ANSWER_WAITING);
    fixture_sealed(&fx, GUUS, "Guus", "Meeuwis", BW_CONFIRMED, 0);
    struct bw_command guest = staff(BW_COMMAND_GUEST);
    fixture_ticket(&fx, FIXTURE_ELSEWHERE, code_of(GUUS), 0, guest.guest.text);
    assert_verdict(run(&guest), BW_VERDICT_WELCOME);
    assert_verdict(instead(FATIMA, "Chantal", ""), BW_VERDICT_WELCOME);
    assert_int_equal(found("AYL"), 2);
    assert_int_equal(found("ayla"), 1);
    assert_int_equal(answer.list.entries[0].kind, BW_ENTRY_WALK_IN);
    assert_int_equal(answer.list.entries[0].event.seq, ayla.seq);
    assert_true(answer.list.entries[0].present);
    assert_int_equal(found("meeu"), 1);
    assert_int_equal(answer.list.entries[0].kind, BW_ENTRY_GUEST);
    assert_int_equal(found("chant"), 1);
    assert_string_equal(answer.list.entries[0].person.first_name, "Chantal");
    assert_int_equal(answer.list.entries[0].code, code_of(FATIMA));
    assert_int_equal(found("fatima"), 1);
    assert_string_equal(answer.list.entries[0].person.first_name, "Fatima");
    assert_true(answer.list.entries[0].substitute); /* another holds the place */
    close_desk();
}

static const struct bw_answer *
from_de_brug(enum bw_command_kind kind, const char *first_name, const char *name)
{
    struct bw_command command = staff(kind);
    struct bw_command_newcomer *newcomer =
        kind == BW_COMMAND_QUEUE ? &command.queue : &command.walk_in;
    (void)strcpy(newcomer->person.first_name, first_name);
    (void)strcpy(newcomer->person.name, name);
    (void)strcpy(newcomer->person.school, "OBS de Brug");
    newcomer->audience = true;
    return run(&command);
}

/* Registered, or typed twice: before a second person is made of them. */
static void
walk_in_like_somebody_known_is_asked_about(void **state)
{
    (void)state;
    open_desk(9, 0);
    uint64_t before = events();
    assert_int_equal(
        from_de_brug(BW_COMMAND_WALK_IN, "fatima", "El Amrani")->kind, BW_ANSWER_ERROR);
    assert_true(answer.failure.alike.known);
    assert_int_equal(answer.failure.alike.code, code_of(FATIMA));
    assert_string_equal(answer.failure.alike.person.first_name, "Fatima");
    assert_int_equal(
        from_de_brug(BW_COMMAND_QUEUE, "Wim", "Bakker")->kind, BW_ANSWER_ERROR);
    assert_int_equal(answer.failure.alike.code, code_of(WIM));
    assert_int_equal(events(), before);
    assert_verdict(from_de_brug(BW_COMMAND_WALK_IN, "Ayla", "Kaya"), BW_VERDICT_WELCOME);
    struct bw_event_id ayla = answer.event;
    assert_int_equal(
        from_de_brug(BW_COMMAND_WALK_IN, "Ayla", "Kaya")->kind, BW_ANSWER_ERROR);
    assert_int_equal(answer.failure.alike.event.seq, ayla.seq);
    assert_verdict(from_de_brug(BW_COMMAND_WALK_IN, "Ayla", "Kaya"), BW_VERDICT_WELCOME);
    assert_int_equal(answer.ledger.walk_ins, 2); /* another one, staff say */
    assert_int_equal(
        from_de_brug(BW_COMMAND_WALK_IN, "Ayla", "Kaya")->kind, BW_ANSWER_ERROR);
    fx.at.mono_ms += FIXTURE_MINUTE_MS + 1;
    assert_int_equal(
        from_de_brug(BW_COMMAND_WALK_IN, "Ayla", "Kaya")->kind, BW_ANSWER_ERROR);
    close_desk();
}

/* The ticket of another session, of somebody who waits here: two places. */
static void
guest_who_is_on_this_list_too_is_asked_about(void **state)
{
    (void)state;
    open_desk(9, 0);
    fixture_sealed(&fx, GUUS, "Wim", "Bakker", BW_CONFIRMED, 0);
    struct bw_command guest = staff(BW_COMMAND_GUEST);
    fixture_ticket(&fx, FIXTURE_ELSEWHERE, code_of(GUUS), 0, guest.guest.text);
    assert_int_equal(run(&guest)->kind, BW_ANSWER_ERROR);
    assert_int_equal(answer.failure.alike.code, code_of(WIM));
    assert_verdict(run(&guest), BW_VERDICT_WELCOME);
    assert_verdict(run(&guest), BW_VERDICT_ALREADY_IN);
    close_desk();
}

static void
who_came_instead_is_who_is_inside(void **state)
{
    (void)state;
    open_desk(2, 0);
    struct bw_command substitute = staff(BW_COMMAND_SUBSTITUTE);
    substitute.substitute.code = code_of(FATIMA);
    substitute.substitute.audience = true;
    (void)strcpy(substitute.substitute.person.first_name, "Chantal");
    (void)strcpy(substitute.substitute.person.name, "Bos");
    struct bw_command present = staff(BW_COMMAND_LIST);
    present.list.filter = BW_LIST_PRESENT;
    for (int later = 0; later <= 1; later++) { /* from the start, and after an hour */
        if (later) {
            assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
            assert_int_equal(by_code(BW_COMMAND_LEAVE, FATIMA)->kind, BW_ANSWER_LEFT);
        }
        assert_verdict(run(&substitute), BW_VERDICT_WELCOME);
        assert_int_equal(run(&present)->list.count, 1);
        assert_string_equal(answer.list.entries[0].person.first_name, "Chantal");
        assert_string_equal(answer.list.entries[0].person.name, "Bos");
        assert_true(answer.list.entries[0].substitute);
        assert_int_equal(by_code(BW_COMMAND_UNDO, FATIMA)->kind, BW_ANSWER_UNDONE);
    }
    close_desk();
}

/* Who comes back is no other person; a third one is. */
static void
substitute_who_comes_back_is_one_person(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(instead(FATIMA, "Chantal", ""), BW_VERDICT_WELCOME);
    assert_int_equal(by_code(BW_COMMAND_LEAVE, FATIMA)->kind, BW_ANSWER_LEFT);
    assert_verdict(instead(FATIMA, "chantal", ""), BW_VERDICT_WELCOME);
    assert_true(answer.verdict.returned);
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->attended, 1);
    assert_int_equal(found("chantal"), 1);
    assert_int_equal(by_code(BW_COMMAND_LEAVE, FATIMA)->kind, BW_ANSWER_LEFT);
    assert_verdict(instead(FATIMA, "Dora", ""), BW_VERDICT_WELCOME);
    assert_false(answer.verdict.returned);
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->attended, 2);
    assert_int_equal(by_code(BW_COMMAND_LEAVE, FATIMA)->kind, BW_ANSWER_LEFT);
    assert_verdict(by_code(BW_COMMAND_CODE, FATIMA), BW_VERDICT_WELCOME);
    assert_int_equal(found("chantal"), 1); /* gone, and found all the same */
    assert_int_equal(found("dora"), 1);
    assert_int_equal(found("fatima"), 3); /* all who were on the place */
    close_desk();
}

/* One event says it of all, and another that the day is closed. P8 */
static void
closing_the_day_lets_everybody_out(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Ayla", ""), BW_VERDICT_WELCOME);
    uint64_t before = events();
    assert_int_equal(simply(BW_COMMAND_CLOSE_DAY)->kind, BW_ANSWER_DONE);
    assert_int_equal(events(), before + 2);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 0);
    assert_int_equal(simply(BW_COMMAND_OVERVIEW)->overview->attended, 2);
    assert_int_equal(simply(BW_COMMAND_CLOSE_DAY)->kind, BW_ANSWER_DONE);
    assert_int_equal(events(), before + 3); /* nobody was in */
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_true(answer.verdict.returned);
    bw_desk_destroy(desk); /* and so it is when all is folded anew */
    desk = fixture_desk(&fx);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 1);
    close_desk();
}

/* At the other door it goes on: who is inside still counts. */
static void
closing_one_of_two_doors_lets_nobody_out_before_the_end(void **state)
{
    (void)state;
    open_desk(5, 0);
    fixture_peer(&fx, 9, fx.at.wall_ms);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_int_equal(simply(BW_COMMAND_CLOSE_DAY)->kind, BW_ANSWER_DONE);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 1);
    int64_t rest_ms = fx.session.ends_ms - fx.at.wall_ms;
    fx.at.wall_ms += rest_ms;
    fx.at.mono_ms += rest_ms;
    assert_int_equal(simply(BW_COMMAND_CLOSE_DAY)->kind, BW_ANSWER_DONE);
    assert_int_equal(simply(BW_COMMAND_COUNTS)->ledger.present, 0);
    close_desk();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(undo_names_every_arrival_since_they_left),
        cmocka_unit_test(undo_of_an_event_annuls_that_one_alone),
        cmocka_unit_test(many_arrivals_are_undone_all),
        cmocka_unit_test(substitute_keeps_the_place),
        cmocka_unit_test(substitute_for_somebody_who_waits_goes_by_the_waitlists_rules),
        cmocka_unit_test(two_people_on_one_place_are_two),
        cmocka_unit_test(people_without_a_registration_are_found_by_their_own_name),
        cmocka_unit_test(walk_in_like_somebody_known_is_asked_about),
        cmocka_unit_test(guest_who_is_on_this_list_too_is_asked_about),
        cmocka_unit_test(substitute_who_comes_back_is_one_person),
        cmocka_unit_test(closing_the_day_lets_everybody_out),
        cmocka_unit_test(closing_one_of_two_doors_lets_nobody_out_before_the_end),
        cmocka_unit_test(who_came_instead_is_who_is_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
