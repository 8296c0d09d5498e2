/* What waits for the organiser is told by status, report and conflicts. */
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/testing.h"

#include "exchange/letter/words.h"

#include <string.h>

static int
setup(void **state)
{
    *state = fleet_open(NULL, NULL, 3, 2);
    return 0;
}

/* One statement, as another program at the office would commit it. */
static void
change(const struct world *w, const char *sql)
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    if (bw_central_open(w->office.uri, BW_CENTRAL_OPEN, &central, &err) != BW_OK ||
        bw_central_begin(central, &err) != BW_OK ||
        bw_central_run(central, sql, NULL, 0, NULL, NULL, &err) != BW_OK ||
        bw_central_commit(central, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    bw_central_close(central);
}

static json_t *
told(struct world *w, const char *command, const char *list, enum bw_exit want)
{
    enum bw_exit ended;
    json_t *root = office_json(&w->office, &ended, command, "--clock", KIOSK_AFTER, NULL);
    assert_non_null(root);
    assert_int_equal(ended, want);
    json_t *found = json_incref(json_object_get(root, list));
    assert_true(json_is_array(found));
    json_decref(root);
    return found;
}

static void
quarantined(const struct world *w)
{
    change(w,
        "INSERT INTO quarantine (device, seq, hash, prev, bytes, session_no, reason,"
        " received_ms, sign_public) SELECT 1, n.seq, e.hash, e.prev, e.bytes, 1,"
        " n.reason, 1742905800000, d.sign_public FROM"
        " (SELECT 900 AS seq, 4 AS reason UNION ALL SELECT 901, 4"
        " UNION ALL SELECT 902, 6) n JOIN event e ON e.seq = 1"
        " JOIN device d ON d.device = 1");
}

static void
quarantine_is_counted_by_kiosk_and_reason(void **state)
{
    struct world *w = *state;
    (void)kiosk_arrived(&w->kiosk, people_code(&w->office, 0));
    assert_int_equal(kiosk_run(&w->kiosk, "push", "--clock", KIOSK_AFTER, NULL), 0);
    json_decref(told(w, "status", "quarantine", BW_EXIT_DONE));
    quarantined(w);
    json_t *list = told(w, "status", "quarantine", BW_EXIT_LOOK);
    assert_int_equal(json_array_size(list), 2);
    json_t *first = json_array_get(list, 0);
    assert_int_equal(json_number_of(first, "device"), 1);
    assert_int_equal(json_number_of(first, "events"), 2);
    assert_string_equal(
        json_string_value(json_object_get(first, "reason")), "generation");
    json_decref(list);
    assert_int_equal(
        office_run(&w->office, "status", "--clock", KIOSK_AFTER, NULL), BW_EXIT_LOOK);
    assert_non_null(strstr(w->office.out, "kiosk 1: 2 events: it names a newer ticket"));

    char out[96];
    (void)snprintf(out, sizeof out, "%s", office_path(&w->office, "report"));
    enum bw_exit ended;
    json_t *root = office_json(&w->office, &ended, "report", "--session", "S-1", "--out",
        out, "--clock", KIOSK_AFTER, NULL);
    assert_int_equal(ended, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(json_array_get(json_object_get(root, "sessions"), 0),
                         "quarantined"),
        3);
    json_decref(root);
}

static void
letters_set_aside_are_named_with_their_reason(void **state)
{
    struct world *w = *state;
    change(w,
        "INSERT INTO letter_in (name, hash, kind, device, from_seq, to_seq, counter,"
        " taken_ms, state, why) VALUES ('bw-events-1-1-9-00112233.bwe', zeroblob(32), 1,"
        " 1, 1, 9, 0, 1742916000000, 1, 'its signature doesn''t hold')");
    static const char *const commands[] = {"status", "conflicts"};
    for (int i = 0; i < 2; i++) {
        json_t *list = told(w, commands[i], "letters_aside", BW_EXIT_LOOK);
        assert_int_equal(json_array_size(list), 1);
        json_t *letter = json_array_get(list, 0);
        assert_string_equal(json_string_value(json_object_get(letter, "name")),
            "bw-events-1-1-9-00112233.bwe");
        assert_string_equal(json_string_value(json_object_get(letter, "why")),
            "its signature doesn't hold");
        json_decref(list);
    }
    /* weeks later it is listed still, and nothing to run for */
    assert_int_equal(
        office_run(&w->office, "status", "--clock", "2025-05-01T12:00:00", NULL),
        BW_EXIT_DONE);
    assert_non_null(strstr(w->office.out, "doesn't hold"));
}

static void
introductions_that_wait_are_shown_with_their_words(void **state)
{
    struct world *w = *state;
    uint8_t sign[32] = {0}, box[32] = {0}, store[32] = {0};
    char words[BW_CHECK_WORDS_BYTES];
    bw_letter_check_words(sign, box, store, words);
    change(w, "INSERT INTO introduction (device, sign_public, box_public, store_id,"
              " received_ms, state) VALUES (1, zeroblob(32), zeroblob(32), zeroblob(32),"
              " 1742905800000, 0)");
    static const char *const commands[] = {"status", "conflicts"};
    for (int i = 0; i < 2; i++) {
        json_t *list = told(w, commands[i], "introductions", BW_EXIT_LOOK);
        assert_int_equal(json_array_size(list), 1);
        assert_string_equal(
            json_string_value(json_object_get(json_array_get(list, 0), "words")), words);
        json_decref(list);
        assert_int_equal(
            office_run(&w->office, commands[i], "--clock", KIOSK_AFTER, NULL),
            BW_EXIT_LOOK);
        assert_non_null(strstr(w->office.out, words));
    }
}

static void
a_kiosk_revoked_before_it_was_heard_no_longer_counts_but_is_named(void **state)
{
    struct world *w = *state;
    char out[96], enrolment[96];
    (void)snprintf(out, sizeof out, "%s", office_path(&w->office, "report"));
    (void)snprintf(enrolment, sizeof enrolment, "%s", office_path(&w->office, "2.json"));
    assert_int_equal(office_run(&w->office, "enrol", "--session", "S-1", "--name",
                         "Zijdeur", "--out", enrolment, "--clock", KIOSK_BEFORE, NULL),
        0);
    (void)kiosk_arrived(&w->kiosk, people_code(&w->office, 0));
    assert_int_equal(kiosk_run(&w->kiosk, "push", "--clock", KIOSK_AFTER, NULL), 0);
    assert_int_equal(office_run(&w->office, "report", "--session", "S-1", "--out", out,
                         "--clock", KIOSK_AFTER, NULL),
        BW_EXIT_LOOK);
    assert_non_null(strstr(w->office.out, "1 of 2 kiosks complete"));
    assert_int_equal(
        office_run(&w->office, "revoke", "2", "--clock", KIOSK_AFTER, NULL), 0);
    assert_int_equal(office_run(&w->office, "report", "--session", "S-1", "--out", out,
                         "--clock", KIOSK_AFTER, NULL),
        BW_EXIT_DONE);
    assert_non_null(strstr(w->office.out, "1 of 1 kiosks complete"));
    assert_non_null(strstr(w->office.out, "\"Zijdeur\", was revoked before"));
    json_t *list = told(w, "status", "devices", BW_EXIT_DONE);
    assert_string_equal(
        json_string_value(json_object_get(json_array_get(list, 1), "state")), "revoked");
    json_decref(list);
}

static void
kiosks_that_need_a_roster_are_named(void **state)
{
    struct world *w = *state;
    char enrolment[96];
    (void)snprintf(enrolment, sizeof enrolment, "%s", office_path(&w->office, "2.json"));
    assert_int_equal(office_run(&w->office, "enrol", "--session", "S-1", "--name",
                         "Zijdeur", "--out", enrolment, "--clock", KIOSK_BEFORE, NULL),
        0);
    enum bw_exit ended;
    json_t *root =
        office_json(&w->office, &ended, "status", "--clock", KIOSK_BEFORE, NULL);
    json_t *list = json_object_get(root, "need_roster");
    assert_true(json_array_size(list) > 0);
    assert_int_equal(json_integer_value(json_array_get(list, 0)), 1);
    json_decref(root);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            quarantine_is_counted_by_kiosk_and_reason, setup, fleet_teardown),
        cmocka_unit_test_setup_teardown(
            letters_set_aside_are_named_with_their_reason, setup, fleet_teardown),
        cmocka_unit_test_setup_teardown(
            introductions_that_wait_are_shown_with_their_words, setup, fleet_teardown),
        cmocka_unit_test_setup_teardown(
            a_kiosk_revoked_before_it_was_heard_no_longer_counts_but_is_named, setup,
            fleet_teardown),
        cmocka_unit_test_setup_teardown(
            kiosks_that_need_a_roster_are_named, setup, fleet_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
