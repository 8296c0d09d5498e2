/* What is still to be sent, and tidying up what was. */
#include "tests/core/desk/help.h"

#include <brugwachter/store_letter.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static void
set_number(const char *name, int64_t value)
{
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_set_number(store, name, value, NULL), BW_OK);
    bw_store_close(store);
}

static void
set_acknowledged(int64_t seq)
{
    set_number(BW_NUMBER_ACKNOWLEDGED, seq);
}

static void
check_ins_to_send_are_counted_apart_from_other_events(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 1), BW_VERDICT_WELCOME);
    (void)by_code(BW_COMMAND_UNDO, ANNA);
    (void)simply(BW_COMMAND_OVERVIEW);
    assert_int_equal(answer.overview->unsent, 3);
    assert_int_equal(answer.overview->unsent_check_ins, 2);
    set_acknowledged(1);
    (void)simply(BW_COMMAND_OVERVIEW);
    assert_int_equal(answer.overview->unsent_check_ins, 1);
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 1), BW_VERDICT_WELCOME);
    (void)simply(BW_COMMAND_OVERVIEW);
    assert_int_equal(answer.overview->unsent_check_ins, 2);
    set_acknowledged(4);
    (void)simply(BW_COMMAND_OVERVIEW);
    assert_int_equal(answer.overview->unsent, 0);
    assert_int_equal(answer.overview->unsent_check_ins, 0);
    close_desk();
}

/* Closing the day asks whether a carrier holds all, not whether the office does. */
static void
what_a_carrier_holds_is_sent_though_no_receipt_came(void **state)
{
    (void)state;
    open_desk(5, 0);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_verdict(scan(FIXTURE_SESSION, ANNA, 1), BW_VERDICT_WELCOME);
    set_number(BW_NUMBER_SENT, 2);
    (void)simply(BW_COMMAND_OVERVIEW);
    assert_int_equal(answer.overview->unsent, 0);
    assert_int_equal(answer.overview->unsent_check_ins, 0);
    set_number(BW_NUMBER_SENT, 1); /* the carrier lost a letter */
    set_acknowledged(0);
    (void)simply(BW_COMMAND_OVERVIEW);
    assert_int_equal(answer.overview->unsent_check_ins, 1);
    close_desk();
}

static void
the_overview_has_the_check_words_of_the_introduction(void **state)
{
    (void)state;
    open_desk(5, 0);
    (void)simply(BW_COMMAND_OVERVIEW);
    assert_string_equal(answer.overview->check_words, "");
    set_number(BW_NUMBER_CHECK_WORDS, 0x000102ff);
    (void)simply(BW_COMMAND_OVERVIEW);
    assert_string_equal(answer.overview->check_words, "appel baard badjas zwaan");
    close_desk();
}

/* A whole letter of session `own`, which is this one or that; both are in it. `settings`
 * may be NULL, `person` too. */
static void
take_letter(const struct bw_session *own, const struct bw_session *other,
    const struct bw_enrolment *settings, const struct bw_registration *person)
{
    struct bw_store_letter letter = {
        .session_no = own->session_no, .epoch = 1, .to = 1, .made_ms = fx.at.wall_ms};
    enum bw_store_outcome outcome = BW_LETTER_OLD;
    (void)strcpy(letter.series, own->series);
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_letter_begin(store, &letter, NULL), BW_OK);
    assert_int_equal(bw_store_put_session(store, own, NULL), BW_OK);
    assert_int_equal(bw_store_put_session(store, other, NULL), BW_OK);
    assert_int_equal(bw_store_put_session(store, &fx.elsewhere, NULL), BW_OK);
    if (settings != NULL) {
        assert_int_equal(bw_store_put_settings(store, settings, NULL), BW_OK);
    }
    if (person != NULL) {
        assert_int_equal(bw_store_put_registration(store, person, NULL), BW_OK);
    }
    assert_int_equal(bw_store_letter_commit(store, &outcome, NULL), BW_OK);
    assert_int_equal(outcome, BW_LETTER_APPLIED);
    bw_store_close(store);
}

/* A session of last week, which this kiosk stood at too, with somebody on its list. */
static void
put_last_week(void)
{
    enum { LAST_WEEK = 99 };
    struct bw_session past = fx.session;
    struct bw_registration person = {.code = 77, .session_no = LAST_WEEK};
    struct bw_enrolment both = fx.enrolment;
    both.sessions_count = 2;
    past.session_no = LAST_WEEK;
    past.starts_ms -= 7 * DAY_MS;
    past.ends_ms -= 7 * DAY_MS;
    (void)strcpy(past.code, "GRO-2025-03-11");
    (void)strcpy(both.sessions[1], past.code);
    (void)strcpy(person.person.first_name, "Xqwervel");
    (void)strcpy(person.person.name, "Vorige");
    take_letter(&past, &fx.session, &both, &person);
}

static bool
has_person(bw_code code)
{
    struct bw_registration read;
    struct bw_store *store = fixture_store(&fx, BW_STORE_READ);
    enum bw_status status = bw_store_registration(store, code, &read, NULL);
    bw_store_close(store);
    return status == BW_OK;
}

static void
lists_of_days_past_go_and_today_s_stays(void **state)
{
    (void)state;
    struct bw_event_details read;
    open_desk(5, 0);
    put_last_week();
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Noor", ""), BW_VERDICT_WELCOME);
    struct bw_event_id walk_in = answer.event;
    assert_int_equal(simply(BW_COMMAND_TIDY)->kind, BW_ANSWER_DONE);
    assert_false(has_person(77));
    assert_true(has_person(code_of(FATIMA)));
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    assert_int_equal(answer.ledger.present, 2);
    struct bw_store *store = fixture_store(&fx, BW_STORE_READ);
    assert_int_equal(bw_store_details(store, walk_in, &read, NULL), BW_OK);
    bw_store_close(store);
    close_desk();
}

/* A week later the kiosk is enrolled for another session. */
static void
move_to_next_week(void)
{
    const struct bw_session past = fx.session;
    fx.at.wall_ms += 7 * DAY_MS;
    fx.at.mono_ms += 7 * DAY_MS;
    fx.session.session_no = 9;
    fx.session.starts_ms += 7 * DAY_MS;
    fx.session.ends_ms += 7 * DAY_MS;
    (void)strcpy(fx.session.code, "GRO-2025-03-25");
    (void)strcpy(fx.enrolment.sessions[0], "GRO-2025-03-25");
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_enrol(store, &fx.enrolment, NULL), BW_OK);
    bw_store_close(store);
    take_letter(&fx.session, &past, NULL, NULL);
}

/* The walk-in's name goes once it was sent, and not before; the log says so. */
static void
nothing_that_was_not_sent_is_removed(void **state)
{
    (void)state;
    struct bw_event_details read;
    struct bw_verification proof;
    open_desk(5, 0);
    (void)newcomer(BW_COMMAND_WALK_IN, "Noor", "");
    struct bw_event_id walk_in = answer.event;
    move_to_next_week();
    assert_int_equal(simply(BW_COMMAND_TIDY)->kind, BW_ANSWER_DONE);
    struct bw_store *store = fixture_store(&fx, BW_STORE_READ);
    assert_int_equal(bw_store_details(store, walk_in, &read, NULL), BW_OK);
    bw_store_close(store);
    set_acknowledged((int64_t)events());
    assert_int_equal(simply(BW_COMMAND_TIDY)->kind, BW_ANSWER_DONE);
    store = fixture_store(&fx, BW_STORE_READ);
    assert_int_equal(bw_store_details(store, walk_in, &read, NULL), BW_NOT_FOUND);
    assert_int_equal(bw_store_verify(store, &proof, NULL), BW_OK);
    assert_int_equal(proof.chain, BW_CHAIN_OK);
    assert_int_equal(proof.forgotten, 1);
    assert_int_equal(proof.events, 3); /* the walk-in, and a note each time */
    bw_store_close(store);
    close_desk();
}

static off_t
bytes_of(const char *ending)
{
    char path[600];
    struct stat file = {0};
    (void)snprintf(path, sizeof path, "%s%s", fx.path, ending);
    assert_int_equal(stat(path, &file), 0);
    return file.st_size;
}

static void
disk_gets_its_room_back(void **state)
{
    (void)state;
    fixture_create(&fx, 5, 0, false);
    fixture_crowd(&fx, 3000);
    move_to_next_week();
    desk = fixture_desk(&fx);
    bw_answer_init(&answer, BW_ANSWER_DONE);
    off_t before = bytes_of("");
    assert_int_equal(simply(BW_COMMAND_TIDY)->kind, BW_ANSWER_DONE);
    assert_true(bytes_of("") < before / 2);
    assert_verdict(newcomer(BW_COMMAND_WALK_IN, "Noor", ""), BW_VERDICT_WELCOME);
    close_desk();
}

static void
attendees_remove_nothing(void **state)
{
    (void)state;
    open_desk(5, 0);
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_TIDY);
    command.operated_by = BW_OPERATOR_ATTENDEE;
    assert_int_equal(run(&command)->kind, BW_ANSWER_ERROR);
    close_desk();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_ins_to_send_are_counted_apart_from_other_events),
        cmocka_unit_test(what_a_carrier_holds_is_sent_though_no_receipt_came),
        cmocka_unit_test(the_overview_has_the_check_words_of_the_introduction),
        cmocka_unit_test(lists_of_days_past_go_and_today_s_stays),
        cmocka_unit_test(nothing_that_was_not_sent_is_removed),
        cmocka_unit_test(disk_gets_its_room_back),
        cmocka_unit_test(attendees_remove_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
