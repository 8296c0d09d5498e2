/* Verdicts, the order of offers, undoing: a desk on a real store. */
#include "help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void
same_refusal_within_a_minute_is_one_event(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 0), BW_VERDICT_REPLACED);
    struct bw_event_id first = answer.event;
    fx.at.wall_ms += 59999;
    fx.at.mono_ms += 59999;
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 0), BW_VERDICT_REPLACED);
    assert_int_equal(answer.event.seq, first.seq);
    fx.at.wall_ms += 1;
    fx.at.mono_ms += 1;
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 0), BW_VERDICT_REPLACED);
    assert_int_equal(answer.event.seq, first.seq + 1);
    close_desk();
}

static void
accepted_newer_ticket_replaces_the_older_one(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 2), BW_VERDICT_WELCOME);
    assert_true(answer.verdict.unlisted);
    (void)by_code(BW_COMMAND_UNDO, FATIMA);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_REPLACED);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 2), BW_VERDICT_WELCOME);
    close_desk();
}

static void
guest_is_named_by_the_sealed_row(void **state)
{
    (void)state;
    open_desk(5, 0);
    fixture_sealed(&fx, GUUS, "Guus", "Meijer", BW_CONFIRMED, 1);
    assert_verdict(scan(FIXTURE_ELSEWHERE, GUUS, 1), BW_VERDICT_OTHER_SESSION);
    assert_string_equal(bw_answer_person(&answer)->first_name, "Guus");
    assert_true(answer.verdict.home != NULL && answer.verdict.has_ticket_status);
    assert_string_equal(answer.verdict.home->code, "UTR-2025-03-20");
    assert_int_equal(answer.verdict.ticket_status, BW_CONFIRMED);
    assert_verdict(scan(FIXTURE_ELSEWHERE, GUUS, 0), BW_VERDICT_REPLACED);
    struct bw_command guest = staff(BW_COMMAND_GUEST);
    fixture_ticket(&fx, FIXTURE_ELSEWHERE, code_of(GUUS), 1, guest.guest.text);
    assert_verdict(run(&guest), BW_VERDICT_WELCOME);
    assert_true(answer.verdict.guest);
    assert_int_equal(answer.ledger.guests, 1);
    assert_verdict(scan(FIXTURE_ELSEWHERE, GUUS, 1), BW_VERDICT_ALREADY_IN);
    struct bw_command present = staff(BW_COMMAND_LIST);
    present.list.filter = BW_LIST_PRESENT;
    assert_int_equal(run(&present)->list.count, 1);
    assert_string_equal(answer.list.entries[0].person.name, "Meijer");
    assert_int_equal(answer.list.entries[0].kind, BW_ENTRY_GUEST);
    close_desk();
}

/* Under V, not under D: as people look for themselves. */
static void
lists_are_by_last_name_without_its_particles(void **state)
{
    (void)state;
    static const char *const lasts[] = {"Bakker", "van den Berg", "'t Hart", "de Vries"};
    open_desk(5, 0);
    for (int i = 3; i >= 0; i--) {
        char code[9] = "HHHH0001";
        code[7] = (char)('1' + i);
        fixture_person(&fx, code, "Kim", lasts[i], BW_CONFIRMED, 0);
    }
    for (int present = 0; present < 2; present++) {
        struct bw_command list = staff(BW_COMMAND_LIST);
        list.list.filter = present ? BW_LIST_PRESENT : BW_LIST_EXPECTED;
        int at = 0;
        (void)run(&list);
        for (int i = 0; i < answer.list.count; i++) {
            const struct bw_person *person = &answer.list.entries[i].person;
            if (strcmp(person->first_name, "Kim") == 0) {
                assert_string_equal(person->name, lasts[at++]);
            }
        }
        assert_int_equal(at, 4);
        for (int i = 0; i < 4 && !present; i++) {
            char code[9] = "HHHH0001";
            code[7] = (char)('1' + (i * 3 + 2) % 4);
            assert_verdict(scan(FIXTURE_SESSION, code, 0), BW_VERDICT_WELCOME);
        }
    }
    close_desk();
}

static const char *
name_at(int index)
{
    return answer.list.entries[index].person.name;
}

/* Before, among and after the names that there are. */
static void
list_goes_on_from_a_letter(void **state)
{
    (void)state;
    static const char *const lasts[] = {"Bakker", "van den Berg", "'t Hart", "de Vries"};
    open_desk(9, 0);
    for (int i = 0; i < 4; i++) {
        char code[9] = "HHHH0001";
        code[7] = (char)('1' + i);
        fixture_person(&fx, code, "Kim", lasts[i], BW_CONFIRMED, 0);
    }
    for (int present = 0; present < 2; present++) {
        struct bw_command list = staff(BW_COMMAND_LIST);
        list.list.filter = present ? BW_LIST_PRESENT : BW_LIST_EXPECTED;
        list.list.limit = 2;
        int total = run(&list)->list.total;
        list.list.from = 'c';
        (void)run(&list);
        int first = answer.list.first;
        assert_int_equal(answer.list.total, total);
        assert_true(answer.list.count > 0);
        list.list.from = 0;
        list.list.offset = first - 1;
        assert_int_equal(run(&list)->list.first, first - 1);
        assert_string_equal(name_at(0), "van den Berg");
        list.list.from = 'h';
        (void)run(&list);
        assert_string_equal(name_at(0), "'t Hart");
        list.list.from = 'z';
        assert_int_equal(run(&list)->list.first, total - 2);
        assert_int_equal(answer.list.count, 2);
        for (int i = 0; i < 4 && !present; i++) {
            char code[9] = "HHHH0001";
            code[7] = (char)('1' + i);
            assert_verdict(scan(FIXTURE_SESSION, code, 0), BW_VERDICT_WELCOME);
        }
    }
    close_desk();
}

static void
who_came_last_stands_first_by_time_and_guests_have_a_list(void **state)
{
    (void)state;
    open_desk(9, 0);
    fixture_sealed(&fx, GUUS, "Guus", "Meijer", BW_CONFIRMED, 0);
    fixture_person(&fx, "HHHH0001", "Kim", "Bakker", BW_CONFIRMED, 0);
    fixture_person(&fx, "HHHH0002", "Kim", "Ypma", BW_CONFIRMED, 0);
    assert_verdict(scan(FIXTURE_SESSION, "HHHH0002", 0), BW_VERDICT_WELCOME);
    fx.at.wall_ms += 60000;
    fx.at.mono_ms += 60000;
    assert_verdict(scan(FIXTURE_SESSION, "HHHH0001", 0), BW_VERDICT_WELCOME);
    fx.at.wall_ms += 60000;
    fx.at.mono_ms += 60000;
    struct bw_command guest = staff(BW_COMMAND_GUEST);
    fixture_ticket(&fx, FIXTURE_ELSEWHERE, code_of(GUUS), 0, guest.guest.text);
    assert_verdict(run(&guest), BW_VERDICT_WELCOME);
    struct bw_command list = staff(BW_COMMAND_LIST);
    list.list.filter = BW_LIST_PRESENT;
    list.list.by_time = true;
    assert_int_equal(run(&list)->list.count, 3);
    assert_string_equal(name_at(0), "Meijer");
    assert_string_equal(name_at(1), "Bakker");
    assert_string_equal(name_at(2), "Ypma");
    list.list.filter = BW_LIST_GUESTS;
    assert_int_equal(run(&list)->list.total, 1);
    assert_string_equal(name_at(0), "Meijer");
    close_desk();
}

static void
guest_whom_the_organiser_blocked_stays_out(void **state)
{
    (void)state;
    open_desk(5, 0);
    fixture_sealed(&fx, GUUS, "Guus", "Meijer", BW_BLOCKED, 0);
    assert_verdict(scan(FIXTURE_ELSEWHERE, GUUS, 0), BW_VERDICT_BLOCKED);
    close_desk();
}

static void
history_tells_what_happened_to_one_person(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 1), BW_VERDICT_WELCOME);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_ALREADY_IN);
    (void)by_code(BW_COMMAND_UNDO, FATIMA);
    assert_int_equal(by_code(BW_COMMAND_HISTORY, FATIMA)->kind, BW_ANSWER_HISTORY);
    assert_int_equal(answer.history.count, 3);
    assert_int_equal(answer.history.items[0].kind, BW_EVENT_ARRIVED);
    assert_int_equal(answer.history.items[0].basis, BW_BASIS_TICKET);
    assert_int_equal(answer.history.items[1].kind, BW_EVENT_REFUSED);
    assert_int_equal(answer.history.items[1].verdict, BW_VERDICT_ALREADY_IN);
    assert_int_equal(answer.history.items[2].kind, BW_EVENT_UNDONE);
    assert_true(answer.history.items[0].device_name[0] != '\0');
    assert_int_equal(by_code(BW_COMMAND_HISTORY, WILLEM)->history.count, 0);
    struct bw_command curious = staff(BW_COMMAND_HISTORY);
    curious.operated_by = BW_OPERATOR_ATTENDEE;
    curious.history.code = code_of(FATIMA);
    assert_int_equal(run(&curious)->kind, BW_ANSWER_ERROR);
    close_desk();
}

static void
history_tells_why_a_rule_was_passed(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(scan(FIXTURE_SESSION, WIM, 0), BW_VERDICT_WAITLISTED);
    struct bw_command reasoned = staff(BW_COMMAND_WAITLIST);
    reasoned.waitlist.code = code_of(WILLEM);
    (void)strcpy(reasoned.waitlist.reason, "trein");
    assert_verdict(run(&reasoned), BW_VERDICT_WELCOME);
    assert_int_equal(by_code(BW_COMMAND_HISTORY, WILLEM)->history.count, 1);
    assert_true(answer.history.items[0].out_of_order);
    assert_string_equal(answer.history.items[0].reason, "trein");
    assert_int_equal(by_code(BW_COMMAND_HISTORY, WIM)->history.count, 1);
    assert_string_equal(answer.history.items[0].reason, "");
    close_desk();
}

static void
history_follows_a_walk_in_by_event_and_keeps_the_last(void **state)
{
    (void)state;
    open_desk(5, 0);
    struct bw_event_id came = newcomer(BW_COMMAND_WALK_IN, "Ayla", "")->event;
    (void)newcomer(BW_COMMAND_WALK_IN, "Bo", "");
    for (int i = 0; i < BW_HISTORY_MAX; i++) {
        (void)by_event(i % 2 == 0 ? BW_COMMAND_LEAVE : BW_COMMAND_CODE, came);
        fx.at.wall_ms += 60000;
        fx.at.mono_ms += 60000;
    }
    assert_int_equal(by_event(BW_COMMAND_HISTORY, came)->kind, BW_ANSWER_HISTORY);
    assert_int_equal(answer.history.total, BW_HISTORY_MAX + 1);
    assert_int_equal(answer.history.count, BW_HISTORY_MAX);
    assert_int_equal(answer.history.items[0].kind, BW_EVENT_LEFT);
    assert_int_equal(answer.history.items[BW_HISTORY_MAX - 1].kind, BW_EVENT_ARRIVED);
    struct bw_event_id nobody = {.device = 9, .seq = 9};
    assert_int_equal(by_event(BW_COMMAND_HISTORY, nobody)->kind, BW_ANSWER_ERROR);
    close_desk();
}

static void
order_of_offers_is_kept_or_a_reason_is_asked(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(scan(FIXTURE_SESSION, WIM, 0), BW_VERDICT_WAITLISTED);
    assert_int_equal(answer.verdict.position, 1);
    assert_verdict(scan(FIXTURE_SESSION, WILLEM, 0), BW_VERDICT_WAITLISTED);
    assert_int_equal(answer.verdict.position, 2);
    assert_int_equal(answer.verdict.before, 1);
    uint64_t before = events();
    assert_int_equal(by_code(BW_COMMAND_WAITLIST, WILLEM)->kind, BW_ANSWER_ERROR);
    assert_true(answer.failure.out_of_order);
    assert_int_equal(events(), before);
    struct bw_command reasoned = staff(BW_COMMAND_WAITLIST);
    reasoned.waitlist.code = code_of(WILLEM);
    (void)strcpy(reasoned.waitlist.reason, "komt voor de hele school");
    assert_verdict(run(&reasoned), BW_VERDICT_WELCOME);
    assert_int_equal(answer.verdict.basis, BW_BASIS_WAITLIST);
    assert_verdict(by_code(BW_COMMAND_WAITLIST, WIM), BW_VERDICT_WELCOME);
    close_desk();
}

static void
row_at_the_door_comes_behind_the_waitlist(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_int_equal(newcomer(BW_COMMAND_QUEUE, "Ibrahim", "")->kind, BW_ANSWER_WAITING);
    struct bw_event_id ibrahim = answer.event;
    assert_int_equal(answer.waiting.before, 0);
    assert_int_equal(newcomer(BW_COMMAND_QUEUE, "Karin", "")->waiting.before, 1);
    struct bw_event_id karin = answer.event;
    (void)scan(FIXTURE_SESSION, WILLEM, 0);
    assert_int_equal(simply(BW_COMMAND_OFFERS)->list.count, 4);
    assert_string_equal(answer.list.entries[0].person.first_name, "Wim");
    assert_string_equal(answer.list.entries[2].person.first_name, "Ibrahim");
    assert_int_equal(answer.list.entries[2].position, 3);
    assert_int_equal(answer.list.entries[3].kind, BW_ENTRY_WALK_IN);
    assert_int_equal(by_event(BW_COMMAND_WAITLIST, karin)->kind, BW_ANSWER_ERROR);
    assert_verdict(by_code(BW_COMMAND_WAITLIST, WILLEM), BW_VERDICT_WELCOME);
    assert_verdict(by_event(BW_COMMAND_WAITLIST, ibrahim), BW_VERDICT_WELCOME);
    assert_string_equal(bw_answer_person(&answer)->first_name, "Ibrahim");
    assert_int_equal(answer.ledger.walk_ins, 1);
    assert_int_equal(by_event(BW_COMMAND_LEAVE, karin)->kind, BW_ANSWER_LEFT);
    assert_int_equal(simply(BW_COMMAND_OFFERS)->list.count, 1);
    close_desk();
}

static void
guest_in_the_row_keeps_their_ticket(void **state)
{
    (void)state;
    open_desk(5, 0);
    fixture_sealed(&fx, GUUS, "Guus", "Meijer", BW_CONFIRMED, 1);
    struct bw_command queue = staff(BW_COMMAND_QUEUE);
    fixture_ticket(&fx, FIXTURE_ELSEWHERE, code_of(GUUS), 1, queue.queue.text);
    assert_int_equal(run(&queue)->kind, BW_ANSWER_WAITING);
    assert_int_equal(simply(BW_COMMAND_OFFERS)->list.entries[2].kind, BW_ENTRY_GUEST);
    assert_verdict(by_code(BW_COMMAND_WAITLIST, GUUS), BW_VERDICT_WELCOME);
    assert_true(answer.verdict.guest);
    assert_string_equal(bw_answer_person(&answer)->name, "Meijer");
    assert_verdict(scan(FIXTURE_ELSEWHERE, GUUS, 0), BW_VERDICT_REPLACED);
    assert_verdict(scan(FIXTURE_ELSEWHERE, GUUS, 1), BW_VERDICT_ALREADY_IN);
    close_desk();
}

static void
own_ticket_stands_in_no_queue_of_a_full_house(void **state)
{
    (void)state;
    open_desk(1, 0);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    struct bw_command queue = staff(BW_COMMAND_QUEUE);
    fixture_ticket(&fx, FIXTURE_SESSION, code_of(ANNA), 1, queue.queue.text);
    assert_verdict(run(&queue), BW_VERDICT_FULL);
    fixture_ticket(&fx, FIXTURE_SESSION, code_of(GUUS), 0, queue.queue.text);
    assert_int_equal(run(&queue)->kind, BW_ANSWER_WAITING); /* unlisted: a guest */
    assert_int_equal(simply(BW_COMMAND_OFFERS)->list.count, 3);
    assert_int_equal(answer.list.entries[2].code, code_of(GUUS));
    close_desk();
}

static void
override_passes_the_capacity_by_extra_places_alone(void **state)
{
    (void)state;
    open_desk(2, 1); /* both places are held */
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Jan", ""), BW_VERDICT_FULL);
    assert_verdict(
        newcomer(BW_COMMAND_WALK_IN, "Jan", "spreekt vandaag"), BW_VERDICT_WELCOME);
    assert_verdict(
        newcomer(BW_COMMAND_WALK_IN, "Piet", "hoort bij Jan"), BW_VERDICT_FULL);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 1), BW_VERDICT_FULL);
    struct bw_command override = staff(BW_COMMAND_OVERRIDE);
    override.override.who.code = code_of(ANNA);
    assert_int_equal(run(&override)->kind, BW_ANSWER_ERROR); /* no reason */
    (void)strcpy(override.override.who.reason, "heeft een plek");
    assert_verdict(run(&override), BW_VERDICT_WELCOME);
    assert_int_equal(answer.ledger.present, 3);
    close_desk();
}

static void
restored_store_takes_nothing_in(void **state)
{
    (void)state;
    open_desk(5, 0);
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_set_number(store, BW_NUMBER_RESTORED, 1, NULL), BW_OK);
    bw_store_close(store);
    assert_int_equal(scan(FIXTURE_SESSION, FATIMA, 0)->kind, BW_ANSWER_ERROR);
    assert_true(answer.failure.not_saved);
    assert_int_equal(events(), 0);
    assert_true(answer.overview->restored);
    close_desk();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_refusal_within_a_minute_is_one_event),
        cmocka_unit_test(accepted_newer_ticket_replaces_the_older_one),
        cmocka_unit_test(guest_is_named_by_the_sealed_row),
        cmocka_unit_test(lists_are_by_last_name_without_its_particles),
        cmocka_unit_test(list_goes_on_from_a_letter),
        cmocka_unit_test(who_came_last_stands_first_by_time_and_guests_have_a_list),
        cmocka_unit_test(guest_whom_the_organiser_blocked_stays_out),
        cmocka_unit_test(history_tells_what_happened_to_one_person),
        cmocka_unit_test(history_tells_why_a_rule_was_passed),
        cmocka_unit_test(history_follows_a_walk_in_by_event_and_keeps_the_last),
        cmocka_unit_test(order_of_offers_is_kept_or_a_reason_is_asked),
        cmocka_unit_test(row_at_the_door_comes_behind_the_waitlist),
        cmocka_unit_test(guest_in_the_row_keeps_their_ticket),
        cmocka_unit_test(own_ticket_stands_in_no_queue_of_a_full_house),
        cmocka_unit_test(override_passes_the_capacity_by_extra_places_alone),
        cmocka_unit_test(restored_store_takes_nothing_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
