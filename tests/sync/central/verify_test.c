/* One changed byte in the central database is told: by verify, status and report. */
#include "tests/sync/day_help.h"
#include "tests/sync/testing.h"

#include <sqlite3.h>
#include <string.h>

static void
change(struct day *day, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(
        sqlite3_open(office_path(&day->office, "central.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_true(sqlite3_changes(db) > 0);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void
write_day(struct day *day)
{
    day_arrived(&day->kiosk, people_code(&day->office, 0), BW_BASIS_NAME);
    day_arrived(&day->kiosk, people_code(&day->office, 1), BW_BASIS_NAME);
    (void)kiosk_walk_in(&day->kiosk, "Inez", "Loper");
    day_push(&day->kiosk);
    assert_int_equal(office_run(&day->office, "status", NULL), BW_EXIT_DONE);
}

static void
a_whole_database_holds(void **state)
{
    struct day *day = *state;
    enum bw_exit result;
    write_day(day);
    json_t *root = office_json(&day->office, &result, "verify", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_string_equal(json_string_value(json_object_get(root, "chain")), "ok");
    assert_string_equal(json_string_value(json_object_get(root, "integrity")), "ok");
    assert_int_equal(json_number_of(root, "events"), 3);
    assert_int_equal(json_number_of(root, "details"), 1);
    assert_true(json_number_of(root, "tickets") >= 6);
    json_decref(root);
}

/* CH1 */
static void
a_changed_event_is_named_by_verify_status_and_report(void **state)
{
    struct day *day = *state;
    write_day(day);
    change(day, "UPDATE event SET bytes = CAST(substr(bytes, 1, 40) || x'a7' ||"
                " substr(bytes, 42) AS BLOB) WHERE seq = 2");
    assert_int_equal(office_run(&day->office, "verify", NULL), BW_EXIT_LOOK);
    assert_non_null(strstr(day->office.out, "Event 1-2 is the first"));
    assert_int_equal(office_run(&day->office, "status", NULL), BW_EXIT_LOOK);
    assert_non_null(strstr(day->office.out, "chain broken from event 1-2"));
    json_t *root = day_report(day, BW_EXIT_LOOK);
    const json_t *session = day_session(root);
    assert_false(json_is_true(json_object_get(session, "complete")));
    const json_t *conflict = json_array_get(json_object_get(session, "conflicts"), 0);
    assert_string_equal(json_string_value(json_object_get(conflict, "kind")), "broken");
    assert_non_null(strstr(json_string_value(json_object_get(conflict, "text")), "1-2"));
    json_decref(root);
}

static void
details_and_tickets_that_were_changed_are_counted(void **state)
{
    static const struct {
        const char *sql, *member;
    } changes[] = {
        {"UPDATE event_details SET bytes = CAST(substr(bytes, 1, 20) || x'41' ||"
         " substr(bytes, 22) AS BLOB)",
            "details_wrong"},
        {"UPDATE ticket SET generation = 7 WHERE code = (SELECT min(code) FROM ticket)",
            "tickets_wrong"},
    };
    struct day *day = *state;
    write_day(day);
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        enum bw_exit result;
        change(day, changes[i].sql);
        json_t *root = office_json(&day->office, &result, "verify", NULL);
        assert_int_equal(result, BW_EXIT_LOOK);
        assert_int_equal(json_number_of(root, changes[i].member), 1);
        json_decref(root);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_whole_database_holds),
        CASE(a_changed_event_is_named_by_verify_status_and_report),
        CASE(details_and_tickets_that_were_changed_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
