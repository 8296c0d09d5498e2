/* What attendees may know and do: a desk on a real store. */
#include "help.h"

#include "core/desk/base/state.h"

#include <brugwachter/store_names.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct bw_answer *
ask_by_name(const char *code)
{
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_CODE);
    command.code.basis = BW_BASIS_NAME;
    command.code.code = code_of(code);
    return run(&command);
}

static void
only_a_welcome_by_name_is_answered_in_full(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(ask_by_name(FATIMA), BW_VERDICT_WELCOME);
    assert_string_equal(bw_answer_person(&answer)->name, "el Amrani");
    assert_verdict(ask_by_name(FATIMA), BW_VERDICT_ALREADY_IN);
    assert_string_equal(bw_answer_person(&answer)->name, "");
    assert_string_equal(bw_answer_person(&answer)->first_name, "");
    assert_string_equal(bw_answer_person(&answer)->school, "");
    assert_int_equal(answer.verdict.since_ms, 0);
    assert_int_equal(answer.verdict.since_device, 0);
    assert_verdict(ask_by_name(WILLEM), BW_VERDICT_WAITLISTED);
    assert_int_equal(answer.verdict.position, 0);
    assert_true(answer.verdict.code == BW_CODE_NONE);
    close_desk();
}

static const struct bw_answer *
find(const char *text)
{
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_FIND);
    (void)strcpy(command.find.text, text);
    return run(&command);
}

static void
nothing_shows_until_exactly_one_fits(void **state)
{
    (void)state;
    static const char *const too_little[] = {"", "F", "Fat", "Fatima", "Fa Am", "Fat A",
        "el am", "Am Fa", "%", "a*", "Fatima*", "WIM", "fat fat", "Fatima xx"};
    open_desk(5, 0);
    for (size_t i = 0; i < sizeof too_little / sizeof too_little[0]; i++) {
        assert_int_equal(find(too_little[i])->kind, BW_ANSWER_FOUND);
        assert_int_equal(answer.found.fits, 0);
        assert_string_equal(answer.found.name_shown, "");
    }
    static const char *const enough[] = {"fat am", "Fatima el Amrani", "amrani fatima",
        "k7qm-2xrd", "K7QM2XRD", "FATIMA EL"};
    for (size_t i = 0; i < sizeof enough / sizeof enough[0]; i++) {
        assert_int_equal(find(enough[i])->found.fits, 1);
        assert_true(answer.found.code == code_of(FATIMA));
        assert_string_equal(answer.found.name_shown, "Fatima A.");
    }
    fixture_person(&fx, "F0000002", "Fatiha", "Amari", BW_CONFIRMED, 0);
    assert_int_equal(find("fat am")->found.fits, 2);
    assert_true(answer.found.code == BW_CODE_NONE);
    assert_string_equal(answer.found.name_shown, "");
    assert_int_equal(find("fati amr")->found.fits, 1);
    fixture_person(&fx, "EDZYNESQ", "Noor", "Kaya", BW_CONFIRMED, 0); /* no digit in it */
    assert_int_equal(find("edzynesq")->found.fits, 1);
    assert_string_equal(answer.found.name_shown, "Noor K.");
    close_desk();
}

/* As people type who leave a blank, a hyphen or half a prefix out. */
static void
names_fit_however_they_are_joined(void **state)
{
    (void)state;
    open_desk(5, 0);
    fixture_person(&fx, "F0000002", "Jan-Willem", "van den Berg", BW_CONFIRMED, 0);
    fixture_person(&fx, "F0000003", "Sinead", "O'Brien", BW_CONFIRMED, 0);
    static const char *const typed[] = {
        "janwillem vdberg", "janwillem vandenberg", "jan-willem vd berg", "janw vandenb"};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        assert_int_equal(find(typed[i])->found.fits, 1);
        assert_string_equal(answer.found.name_shown, "Jan-Willem B.");
    }
    assert_int_equal(find("sinead obrien")->found.fits, 1);
    assert_int_equal(find("fatima elamrani")->found.fits, 1);
    assert_int_equal(find("janwillem vdboer")->found.fits, 0);
    close_desk();
}

static void
attendee_may_not_ask_what_is_staffs(void **state)
{
    (void)state;
    static const enum bw_command_kind kinds[] = {BW_COMMAND_SEARCH, BW_COMMAND_LIST,
        BW_COMMAND_OFFERS, BW_COMMAND_RELEASE, BW_COMMAND_WALK_IN, BW_COMMAND_LEAVE,
        BW_COMMAND_OVERRIDE, BW_COMMAND_UNDO};
    open_desk(5, 0);
    (void)by_code(BW_COMMAND_CODE, FATIMA);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct bw_command command;
        bw_command_init(&command, kinds[i]);
        assert_int_equal(run(&command)->kind, BW_ANSWER_ERROR);
    }
    assert_int_equal(events(), 1);
    close_desk();
}

static void
attendee_takes_back_their_own_check_in_for_a_minute(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(ask_by_name(FATIMA), BW_VERDICT_WELCOME);
    struct bw_command undo;
    bw_command_init(&undo, BW_COMMAND_UNDO);
    undo.undo.event = answer.event;
    fx.at.mono_ms += 60001;
    fx.at.wall_ms += 60001;
    assert_int_equal(run(&undo)->kind, BW_ANSWER_ERROR);
    (void)by_code(BW_COMMAND_UNDO, FATIMA);
    assert_verdict(ask_by_name(FATIMA), BW_VERDICT_WELCOME);
    undo.undo.event = answer.event;
    assert_int_equal(run(&undo)->kind, BW_ANSWER_UNDONE);
    assert_string_equal(bw_answer_person(&answer)->first_name, "");
    close_desk();
}

/* D3: a name that was told stands nowhere in what the desk keeps between commands. */
static void
desk_keeps_no_names_between_commands(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Evelientje", ""), BW_VERDICT_WELCOME);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_string_equal(answer.verdict.person.first_name, "Fatima");
    simply(BW_COMMAND_COUNTS);
    assert_null(memmem(desk, sizeof *desk, "Fatima", 6));
    assert_null(memmem(desk, sizeof *desk, "Evelientje", 10));
    close_desk();
}

/* The organiser's word to staff is nobody else's. */
static void
word_to_staff_reaches_staff_alone(void **state)
{
    (void)state;
    open_desk(5, 0);
    fx.attention = "rolstoel";
    fixture_person(&fx, "WWWW0003", "Zoë", "Zuidema", BW_CONFIRMED, 0);
    assert_verdict(scan(FIXTURE_SESSION, "WWWW0003", 0), BW_VERDICT_WELCOME);
    assert_string_equal(answer.verdict.person.attention, "");
    assert_verdict(by_code(BW_COMMAND_CODE, "WWWW0003"), BW_VERDICT_ALREADY_IN);
    assert_string_equal(answer.verdict.person.attention, "rolstoel");
    struct bw_command search = staff(BW_COMMAND_SEARCH);
    (void)strcpy(search.search.text, "zuid");
    assert_int_equal(run(&search)->list.count, 1);
    assert_string_equal(answer.list.entries[0].person.attention, "rolstoel");
    close_desk();
}

/* Nobody there is another answer than nobody who may be called by name. */
static void
locked_names_are_told_where_somebody_is_looked_for_by_one(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_command search = staff(BW_COMMAND_SEARCH);
    open_desk(5, 0);
    (void)strcpy(search.search.text, "amrani");
    assert_int_equal(bw_store_names_unlock(desk->store, "271828", &err), BW_OK);
    assert_int_equal(run(&search)->list.count, 1);
    assert_false(answer.list.names_locked);
    bw_store_names_lock(desk->store);
    assert_int_equal(run(&search)->list.count, 0);
    assert_true(answer.list.names_locked);
    search = staff(BW_COMMAND_OFFERS);
    assert_true(run(&search)->list.names_locked);
    close_desk();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_welcome_by_name_is_answered_in_full),
        cmocka_unit_test(nothing_shows_until_exactly_one_fits),
        cmocka_unit_test(names_fit_however_they_are_joined),
        cmocka_unit_test(attendee_may_not_ask_what_is_staffs),
        cmocka_unit_test(attendee_takes_back_their_own_check_in_for_a_minute),
        cmocka_unit_test(word_to_staff_reaches_staff_alone),
        cmocka_unit_test(locked_names_are_told_where_somebody_is_looked_for_by_one),
        cmocka_unit_test(desk_keeps_no_names_between_commands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
