/* What the organiser says of a conflict: followed by the figures, named, taken back. */
#include "tests/sync/day_help.h"
#include "tests/sync/testing.h"

#include "office/ruling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUN(day, ...) office_run(&(day)->office, __VA_ARGS__, NULL)

/* What the report says of the session. */
static int64_t
figure(struct day *day, const char *name, enum bw_exit want)
{
    json_t *root = day_report(day, want);
    const json_t *value = json_object_get(day_session(root), name);
    int64_t number = json_is_array(value) ? (int64_t)json_array_size(value)
                                          : json_integer_value(value);
    json_decref(root);
    return number;
}

static const char *
entry_of(const struct kiosk *kiosk, uint64_t seq)
{
    static char text[BW_EVENT_ID_BYTES];
    bw_event_id_format((struct bw_event_id){kiosk->device, seq}, text);
    return text;
}

static void
a_walk_in_who_is_registered_counts_as_them(void **state)
{
    struct day *day = *state;
    uint64_t seq = kiosk_walk_in(&day->kiosk, "Piet", "P1");
    day_push(&day->kiosk);
    assert_int_equal(figure(day, "walk_ins", BW_EXIT_DONE), 1);
    assert_int_equal(figure(day, "no_show", BW_EXIT_DONE), 3);
    assert_int_equal(RUN(day, "settle", entry_of(&day->kiosk, seq), "is", "Piet P1",
                         "--why", "ticket thuis"),
        BW_EXIT_DONE);
    assert_int_equal(figure(day, "walk_ins", BW_EXIT_DONE), 0); /* B5 */
    assert_int_equal(figure(day, "present", BW_EXIT_DONE), 1);
    assert_int_equal(figure(day, "no_show", BW_EXIT_DONE), 2);
    assert_int_equal(figure(day, "decisions", BW_EXIT_DONE), 1);
    assert_int_equal(RUN(day, "log"), BW_EXIT_DONE);
    assert_non_null(strstr(day->office.out, "ticket thuis"));
    assert_int_equal(RUN(day, "undo"), BW_EXIT_DONE);
    assert_int_equal(figure(day, "walk_ins", BW_EXIT_DONE), 1);
    assert_int_equal(figure(day, "no_show", BW_EXIT_DONE), 3);
    assert_int_equal(figure(day, "decisions", BW_EXIT_DONE), 0);
}

static void
of_two_entries_one_stands(void **state)
{
    struct day *day = *state;
    kiosk_open(&day->side, &day->office, "Zij-ingang", "S-1");
    uint64_t seq = kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    (void)kiosk_arrived(&day->side, people_code(&day->office, 0));
    day_push(&day->kiosk);
    day_push(&day->side);
    assert_int_equal(figure(day, "conflicts", BW_EXIT_LOOK), 1);
    assert_int_equal(RUN(day, "settle", entry_of(&day->kiosk, seq), "out", "--why",
                         "twee keer gescand"),
        BW_EXIT_DONE);
    assert_int_equal(figure(day, "conflicts", BW_EXIT_DONE), 0);
    assert_int_equal(figure(day, "present", BW_EXIT_DONE), 1);
    assert_int_equal(figure(day, "decisions", BW_EXIT_DONE), 1);
    assert_int_equal(RUN(day, "settle", entry_of(&day->kiosk, seq), "out", "--why", "x"),
        BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "undo"));
    assert_int_equal(RUN(day, "undo"), BW_EXIT_DONE);
    assert_int_equal(figure(day, "conflicts", BW_EXIT_LOOK), 1);
}

/* One ticket at two kiosks; the entry of the second. */
static const char *
double_entry(struct day *day)
{
    kiosk_open(&day->side, &day->office, "Zij-ingang", "S-1");
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    uint64_t seq = kiosk_arrived(&day->side, people_code(&day->office, 0));
    day_push(&day->kiosk);
    day_push(&day->side);
    assert_int_equal(figure(day, "conflicts", BW_EXIT_LOOK), 1);
    return entry_of(&day->side, seq);
}

static void
that_nobody_knows_is_an_answer_until_something_new_is_seen(void **state)
{
    struct day *day = *state;
    const char *entry = double_entry(day);
    assert_int_equal(
        RUN(day, "settle", entry, "unknown", "--why", "niet te bereiken"), BW_EXIT_DONE);
    assert_int_equal(figure(day, "conflicts", BW_EXIT_DONE), 0);
    assert_int_equal(figure(day, "decisions", BW_EXIT_DONE), 1);
    assert_int_equal(figure(day, "present", BW_EXIT_DONE), 1);
    json_t *root = day_report(day, BW_EXIT_DONE);
    char *text = json_dumps(root, JSON_COMPACT);
    assert_non_null(strstr(text, "\"left_open\""));
    assert_non_null(strstr(text, "dat weten we niet: niet te bereiken"));
    free(text);
    json_decref(root);
    assert_int_equal(RUN(day, "settle", entry, "unknown", "--why", "x"), BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "no conflict"));
    (void)kiosk_arrived(&day->side, people_code(&day->office, 0)); /* and once more */
    day_push(&day->side);
    assert_int_equal(figure(day, "conflicts", BW_EXIT_LOOK), 1);
    assert_int_equal(RUN(day, "settle", entry, "unknown", "--why", "x"), BW_EXIT_DONE);
    assert_int_equal(figure(day, "conflicts", BW_EXIT_DONE), 0);
    assert_int_equal(RUN(day, "undo"), BW_EXIT_DONE);
    assert_int_equal(RUN(day, "undo"), BW_EXIT_DONE);
    assert_int_equal(figure(day, "conflicts", BW_EXIT_LOOK), 1);
    assert_int_equal(figure(day, "decisions", BW_EXIT_LOOK), 0);
}

static void
what_is_as_it_should_be_is_said_to_be(void **state)
{
    struct day *day = *state;
    const char *entry = double_entry(day);
    assert_int_equal(
        RUN(day, "settle", entry, "stands", "--why", "gebeld"), BW_EXIT_DONE);
    assert_int_equal(figure(day, "conflicts", BW_EXIT_DONE), 0);
    assert_int_equal(figure(day, "present", BW_EXIT_DONE), 1);
    json_t *root = day_report(day, BW_EXIT_DONE);
    char *text = json_dumps(root, JSON_COMPACT);
    assert_non_null(strstr(text, "dat klopt zo: gebeld"));
    free(text);
    json_decref(root);
    assert_int_equal(RUN(day, "undo"), BW_EXIT_DONE);
    assert_int_equal(figure(day, "conflicts", BW_EXIT_LOOK), 1);
}

static void
somebody_else_with_that_ticket_counts_as_a_walk_in(void **state)
{
    struct day *day = *state;
    const char *entry = double_entry(day);
    assert_int_equal(
        RUN(day, "settle", entry, "other", "--why", "collega"), BW_EXIT_DONE);
    assert_int_equal(figure(day, "conflicts", BW_EXIT_DONE), 0);
    assert_int_equal(figure(day, "present", BW_EXIT_DONE), 2);
    assert_int_equal(figure(day, "walk_ins", BW_EXIT_DONE), 1);
    assert_int_equal(figure(day, "decisions", BW_EXIT_DONE), 1);
    assert_int_equal(RUN(day, "settle", entry, "out", "--why", "x"), BW_EXIT_FAILED);
    assert_int_equal(RUN(day, "undo"), BW_EXIT_DONE);
    assert_int_equal(figure(day, "walk_ins", BW_EXIT_LOOK), 0);
    uint64_t seq = kiosk_walk_in(&day->side, "Piet", "P9");
    day_push(&day->side);
    assert_int_equal(RUN(day, "settle", entry_of(&day->side, seq), "other", "--why", "x"),
        BW_EXIT_FAILED);
}

static void
what_is_no_arrival_is_refused(void **state)
{
    struct day *day = *state;
    uint64_t seq = kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    assert_int_equal(RUN(day, "status"), BW_EXIT_DONE); /* takes it in */
    assert_int_equal(
        RUN(day, "settle", entry_of(&day->kiosk, seq + 50), "out", "--why", "x"),
        BW_EXIT_FAILED);
    assert_int_equal(
        RUN(day, "settle", entry_of(&day->kiosk, seq), "is", "Piet P1", "--why", "x"),
        BW_EXIT_FAILED);
    if (strstr(day->office.diag, "no walk-in") == NULL) {
        fail_msg("%s", day->office.diag);
    }
    assert_int_equal(RUN(day, "settle", entry_of(&day->kiosk, seq), "in", "--why", "x"),
        BW_EXIT_USAGE);
}

static void
nothing_is_said_of_fixed_figures(void **state)
{
    struct day *day = *state;
    uint64_t seq = kiosk_walk_in(&day->kiosk, "Piet", "P1");
    day_push(&day->kiosk);
    assert_int_equal(RUN(day, "session", "close", "S-1"), BW_EXIT_DONE);
    assert_int_equal(RUN(day, "settle", entry_of(&day->kiosk, seq), "out", "--why", "x"),
        BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "reopen"));
}

/* What is offered is what the verbs would take. */
static void
check_choices(struct day *day, uint64_t seq, bool out, bool is)
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    struct bw_office_ruling_choices choices = {.out = !out, .is = !is};
    struct bw_event_id entry = {day->kiosk.device, seq};
    assert_int_equal(
        bw_central_open(day->office.uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    assert_int_equal(bw_office_rule_choices(central, entry, &choices, &err), BW_OK);
    bw_central_close(central);
    assert_int_equal(choices.out, out);
    assert_int_equal(choices.is, is);
}

static void
what_can_be_said_of_an_event_is_known_before(void **state)
{
    struct day *day = *state;
    uint64_t walk_in = kiosk_walk_in(&day->kiosk, "Piet", "P1");
    uint64_t ticket = kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    assert_int_equal(RUN(day, "status"), BW_EXIT_DONE); /* takes it in */
    check_choices(day, walk_in, true, true);
    check_choices(day, ticket, true, false);
    check_choices(day, ticket + 50, false, false); /* there's none */
    assert_int_equal(
        RUN(day, "settle", entry_of(&day->kiosk, walk_in), "out", "--why", "x"),
        BW_EXIT_DONE);
    check_choices(day, walk_in, false, false);
    assert_int_equal(RUN(day, "undo"), BW_EXIT_DONE);
    check_choices(day, walk_in, true, true);
    assert_int_equal(RUN(day, "session", "close", "S-1"), BW_EXIT_DONE);
    check_choices(day, ticket, false, false);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_walk_in_who_is_registered_counts_as_them),
        TEST(of_two_entries_one_stands),
        TEST(that_nobody_knows_is_an_answer_until_something_new_is_seen),
        TEST(what_is_as_it_should_be_is_said_to_be),
        TEST(somebody_else_with_that_ticket_counts_as_a_walk_in),
        TEST(what_is_no_arrival_is_refused),
        TEST(nothing_is_said_of_fixed_figures),
        TEST(what_can_be_said_of_an_event_is_known_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
