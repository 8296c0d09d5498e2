/* A central database of schema 1, as the program of then made it (version1.sql), brought
 * up to date. */

#include "central/central.h"
#include "tests/sync/one_office.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLE_BYTES_MAX = 1 << 20 };

static void
run_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *why = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        fail_msg("%s", why);
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void
put_sample(const char *name, const char *path)
{
    static char sql[SAMPLE_BYTES_MAX];
    char sample[500];
    (void)snprintf(sample, sizeof sample, BW_SOURCE_DIR "/tests/sync/central/%s", name);
    FILE *file = fopen(sample, "rb");
    if (file == NULL) {
        fail_msg("keep what the program of before made as tests/sync/central/%s", name);
    }
    size_t length = fread(sql, 1, sizeof sql - 1, file);
    (void)fclose(file);
    sql[length] = '\0';
    run_sql(path, sql);
}

static void
open_sample(const char *name)
{
    office_init(&office);
    put_sample(name, office_path(&office, "central.db"));
}

#define SAMPLE(setup, name)                                                              \
    static int setup(void **state)                                                       \
    {                                                                                    \
        (void)state;                                                                     \
        open_sample(name);                                                               \
        return 0;                                                                        \
    }
SAMPLE(open_office, "version1.sql")
SAMPLE(open_office_2, "version2.sql")
SAMPLE(open_office_3, "version3.sql")
SAMPLE(open_office_4, "version4.sql")
SAMPLE(open_office_5, "version5.sql")
SAMPLE(open_office_6, "version6.sql")
SAMPLE(open_office_7, "version7.sql")
SAMPLE(open_office_8, "version8.sql")
SAMPLE(open_office_9, "version9.sql")
SAMPLE(open_office_10, "version10.sql")
SAMPLE(open_office_11, "version11.sql")
SAMPLE(open_office_12, "version12.sql")
SAMPLE(open_office_13, "version13.sql")
SAMPLE(open_office_14, "version14.sql")
SAMPLE(open_office_15, "version15.sql")
SAMPLE(open_office_16, "version16.sql")

static int64_t
number(const char *sql)
{
    return office_number(&office, sql);
}

static void
any_command_brings_a_version_1_file_up_to_date(void **state)
{
    (void)state;
    enum bw_exit result;
    json_t *root = office_json(&office, &result, "status", NULL);
    assert_non_null(root);
    assert_int_equal(
        number("SELECT user_version FROM pragma_user_version"), BW_CENTRAL_SCHEMA);
    const json_t *first = json_array_get(json_object_get(root, "sessions"), 0);
    assert_int_equal(json_number_of(first, "present"), 3);
    assert_int_equal(json_number_of(first, "walk_ins"), 1);
    const json_t *kiosk = json_array_get(json_object_get(root, "devices"), 0);
    assert_int_equal(json_number_of(kiosk, "contiguous_seq"), 6);
    json_decref(root);
}

/* What the file says, before anybody opens it as a central database. */
static int
version_kept(const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int version = sqlite3_column_int(stmt, 0);
    (void)sqlite3_finalize(stmt);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return version;
}

static char *
schema_of(const struct office *of)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(office_path(of, "central.db"), &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db,
            "SELECT group_concat(name || ' ' || coalesce(sql, ''), char(10))"
            " FROM (SELECT name, sql FROM sqlite_schema ORDER BY type, name)",
            -1, &statement, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    char *text = strdup((const char *)sqlite3_column_text(statement, 0));
    (void)sqlite3_finalize(statement);
    (void)sqlite3_close(db);
    return text;
}

/* Who makes a new version keeps a sample of the one before. */
static void
each_version_before_has_its_sample_and_comes_to_the_tables_of_a_new_one(void **state)
{
    (void)state;
    struct office fresh;
    office_init(&fresh);
    assert_int_equal(office_run(&fresh, "init", NULL), BW_EXIT_DONE);
    char *tables = schema_of(&fresh);
    office_finish(&fresh);
    for (int version = 1; version < BW_CENTRAL_SCHEMA; version++) {
        char name[32];
        enum bw_exit result;
        (void)snprintf(name, sizeof name, "version%d.sql", version);
        open_sample(name);
        assert_int_equal(version_kept(office_path(&office, "central.db")), version);
        json_t *root = office_json(&office, &result, "status", NULL);
        assert_true(json_array_size(json_object_get(root, "sessions")) > 0);
        json_decref(root);
        assert_int_equal(
            version_kept(office_path(&office, "central.db")), BW_CENTRAL_SCHEMA);
        char *its = schema_of(&office);
        assert_string_equal(its, tables);
        free(its);
        office_finish(&office);
    }
    free(tables);
}

static void
setting_up_brings_it_up_to_date_and_makes_nothing_anew(void **state)
{
    (void)state;
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    bool created = true;
    assert_int_equal(
        bw_central_open(office.uri, BW_CENTRAL_CREATE, &central, &err), BW_OK);
    assert_int_equal(bw_central_setup(central, 1, &created, &err), BW_OK);
    bw_central_close(central);
    assert_false(created);
    assert_int_equal(
        number("SELECT user_version FROM pragma_user_version"), BW_CENTRAL_SCHEMA);
    assert_int_equal(number("SELECT count(*) FROM central"), 1);
}

static void
events_and_what_hangs_on_them_stay_whole(void **state)
{
    (void)state;
    assert_int_equal(number("SELECT count(*) FROM event WHERE session_no = 1"), 6);
    assert_int_equal(
        number("SELECT count(*) FROM event_details d JOIN event e ON"
               " e.session_no = d.session_no AND e.device = d.device AND e.seq = d.seq"
               " AND e.hash = d.hash"),
        2);
    assert_int_equal(number("SELECT count(*) FROM walk_in WHERE session_no = 1"), 2);
    assert_int_equal(number("SELECT count(*) FROM sealed WHERE box IS NOT NULL"),
        number("SELECT count(*) FROM ticket"));
    /* of a kiosk with two sessions: one statement for each */
    assert_int_equal(number("SELECT count(*) FROM head_statement"), 2);
    assert_int_equal(
        number("SELECT count(DISTINCT session_no) FROM head_statement WHERE seq = 6"), 2);
}

static void
revisions_go_on_above_those_given_before(void **state)
{
    (void)state;
    assert_int_equal(number("SELECT min(revision) FROM session"), 10);
    assert_int_equal(
        number("SELECT count(*) FROM registration WHERE revision > (SELECT revision FROM"
               " session s WHERE s.session_no = registration.session_no)"),
        0);
}

static void
version_3_keeps_its_opening_hour_and_words_to_staff(void **state)
{
    (void)state;
    /* a kiosk is there, and no key to write to it: letters wait */
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_LOOK);
    assert_int_equal(
        number("SELECT count(*) FROM registration WHERE attention = 'rolstoel'"), 1);
    assert_int_equal(
        number("SELECT count(*) FROM session WHERE opens_ms > 0 AND starts_ms > opens_ms"
               " AND tolerance_minutes = 0"),
        1);
}

static void
version_2_comes_along_with_its_people_and_kiosk(void **state)
{
    (void)state;
    /* a kiosk is there, and no key to write to it: letters wait */
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_LOOK);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE attention = ''"), 2);
    assert_int_equal(number("SELECT opens_ms FROM session"), 0);
    assert_int_equal(number("SELECT count(*) FROM device WHERE state = 0"), 1);
}

static void
version_4_keeps_its_people_tickets_and_letters(void **state)
{
    (void)state;
    /* a kiosk is there, and no key to write to it: letters wait */
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_LOOK);
    assert_int_equal(number("SELECT count(*) FROM registration"), 2);
    assert_int_equal(number("SELECT count(*) FROM ticket"), 2);
    assert_true(number("SELECT count(*) FROM letter_out WHERE device = 1") >= 1);
}

static void
version_5_keeps_its_paper_list_and_nobody_is_in_doubt(void **state)
{
    (void)state;
    /* a kiosk is there, and no key to write to it: letters wait */
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_LOOK);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE doubt = 0"), 2);
    assert_int_equal(number("SELECT epoch FROM device WHERE state = 3"),
        number("SELECT epoch FROM central"));
    assert_int_equal(number("SELECT count(*) FROM event WHERE basis = 8"), 1);
}

static void
version_6_keeps_its_steps_and_nobody_was_told_anything(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_DONE);
    assert_int_equal(number("SELECT count(*) FROM step"), 2);
    assert_int_equal(number("SELECT count(*) FROM told"), 0);
}

static void
version_7_keeps_its_steps_and_no_session_is_called_off(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_LOOK);
    assert_int_equal(number("SELECT count(*) FROM step"), 3);
    assert_int_equal(
        number("SELECT count(*) FROM session WHERE called_off_ms = 0 AND closed_ms = 0"),
        1);
    assert_int_equal(office_run(&office, "undo", "--clock", "2025-03-10T10:00:00", NULL),
        BW_EXIT_LOOK);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE status = 0"), 0);
}

static void
version_8_keeps_its_steps_and_nothing_is_learned(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_DONE);
    assert_int_equal(number("SELECT count(*) FROM step"), 2);
    assert_int_equal(number("SELECT count(*) FROM registration"), 1);
    assert_int_equal(number("SELECT count(*) FROM learned"), 0);
}

static void
version_9_keeps_its_closed_session_and_who_came(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_DONE);
    assert_int_equal(number("SELECT count(*) FROM session WHERE closed_ms > 0"), 1);
    assert_int_equal(number("SELECT count(*) FROM report_version"), 0);
    assert_int_equal(office_run(&office, "report", "--session", "S-1", "--out",
                         office_path(&office, "out"), NULL),
        BW_EXIT_LOOK);
    assert_int_equal(number("SELECT max(version) FROM report_version"), 1);
}

static void
version_10_keeps_what_it_learned_and_no_session_has_a_route(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_DONE);
    assert_int_equal(number("SELECT count(*) FROM step"), 2);
    assert_int_equal(number("SELECT count(*) FROM learned"), 1);
    assert_int_equal(number("SELECT count(*) FROM session WHERE route = ''"), 1);
    assert_int_equal(number("SELECT count(*) FROM step_session WHERE route = ''"), 1);
}

static void
version_11_keeps_its_routes_and_was_never_backed_up(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_DONE);
    assert_int_equal(number("SELECT count(*) FROM session WHERE route = 'Bus 5'"), 1);
    assert_int_equal(number("SELECT backed_up_ms FROM central"), 0);
}

static void
version_12_keeps_its_backup_and_nobody_follows_anybody(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_DONE);
    assert_true(number("SELECT backed_up_ms FROM central") > 0);
    assert_int_equal(
        number("SELECT count(*) FROM registration WHERE followed_by IS NULL"), 1);
    assert_int_equal(number("SELECT count(*) FROM setting"), 0);
    /* what a step kept before there were followers is put back as well */
    assert_int_equal(office_run(&office, "undo", "--clock", "2025-03-10T10:00:00", NULL),
        BW_EXIT_DONE);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE status = 0"), 1);
}

static void
version_13_keeps_its_backup_and_settings_and_nothing_was_tried(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_DONE);
    assert_true(number("SELECT backed_up_ms FROM central") > 0);
    assert_int_equal(number("SELECT backup_seen_ms + mail_tried_ms FROM central"), 0);
    assert_int_equal(number("SELECT count(*) FROM setting WHERE name = 'schools'"), 1);
}

static void
version_14_keeps_its_steps_and_nobody_is_said_to_have_made_them(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_DONE);
    assert_true(number("SELECT backup_seen_ms FROM central") > 0);
    assert_int_equal(number("SELECT count(*) FROM step WHERE who = ''"), 3);
    assert_int_equal(office_run(&office, "log", NULL), BW_EXIT_DONE);
    assert_null(strchr(office.out, '['));
    assert_int_equal(office_run(&office, "undo", "--as", "Anouk", NULL), BW_EXIT_DONE);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE status = 0"), 1);
    assert_int_equal(number("SELECT count(*) FROM step WHERE who = 'Anouk'"), 1);
}

static void
version_15_keeps_what_it_told_and_goes_on_with_its_numbers(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_DONE);
    assert_int_equal(number("SELECT count(*) FROM told"), 3);
    assert_int_equal(number("SELECT last_mailing_no FROM central"), 2);
    assert_int_equal(number("SELECT count(*) FROM session WHERE venue_phone = ''"), 1);
    assert_int_equal(number("SELECT count(*) FROM step_session"
                            " WHERE venue_phone = ''"),
        1);
    assert_int_equal(number("SELECT count(*) FROM mail_text"), 0);
    assert_int_equal(number("SELECT count(*) FROM mail_state"), 0);
    assert_int_equal(
        office_run(&office, "cancel", "Bert", "--clock", "2025-03-10T10:00:00", NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "mail", "--out", office_path(&office, "out"),
                         "--clock", "2025-03-10T10:00:00", NULL),
        BW_EXIT_DONE);
    assert_int_equal(number("SELECT max(mailing_no) FROM told"), 3);
}

static void
version_16_keeps_her_words_and_has_no_list_of_schools(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_DONE);
    assert_int_equal(number("SELECT count(*) FROM mail_text"), 1);
    assert_int_equal(number("SELECT count(*) FROM mail_state WHERE holds = 1"), 1);
    assert_int_equal(
        number("SELECT count(*) FROM session WHERE venue_phone = '038 1234567'"), 1);
    assert_int_equal(number("SELECT count(*) FROM setting WHERE name = 'schools'"), 1);
    assert_int_equal(number("SELECT count(*) FROM school"), 0);
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
}

static void
one_that_cannot_be_brought_up_to_date_stays_as_it_was(void **state)
{
    (void)state;
    const char *path = office_path(&office, "central.db");
    /* in the way of the last step but a few */
    run_sql(path, "CREATE TABLE letter_in (name TEXT)");
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_FAILED);
    run_sql(path, "DROP TABLE letter_in");
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    assert_int_equal(number("SELECT count(*) FROM event"), 6);
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    bw_central_close(central);
}

/* Another program brings it up to date just after this one has read which version it is:
 * told by SQLite's own trace, so that it happens in every run. */
static bool overtaken;

static int
on_profile(unsigned type, void *context, void *statement, void *nanoseconds)
{
    (void)type;
    (void)context;
    (void)nanoseconds;
    struct bw_central *central = NULL;
    if (!overtaken && strcmp(sqlite3_sql(statement), "PRAGMA user_version") == 0) {
        overtaken = true;
        assert_int_equal(
            bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, NULL), BW_OK);
        bw_central_close(central);
    }
    return 0;
}

static int
on_connection(sqlite3 *db, const char **why, const struct sqlite3_api_routines *api)
{
    (void)why;
    (void)api;
    return sqlite3_trace_v2(db, SQLITE_TRACE_PROFILE, on_profile, NULL);
}

static void
one_that_another_program_brings_up_to_date_meanwhile_is_opened(void **state)
{
    (void)state;
    typedef void entry(void);
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    overtaken = false;
    assert_int_equal(sqlite3_auto_extension((entry *)on_connection), SQLITE_OK);
    enum bw_status status = bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err);
    (void)sqlite3_cancel_auto_extension((entry *)on_connection);
    if (status != BW_OK) {
        fail_msg("%s", err.text);
    }
    bw_central_close(central);
    assert_true(overtaken);
    assert_int_equal(
        number("SELECT user_version FROM pragma_user_version"), BW_CENTRAL_SCHEMA);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define OF(open, test) cmocka_unit_test_setup_teardown(test, open, close_office)
#define WITH_SAMPLE(test) OF(open_office, test)
        cmocka_unit_test(
            each_version_before_has_its_sample_and_comes_to_the_tables_of_a_new_one),
        WITH_SAMPLE(any_command_brings_a_version_1_file_up_to_date),
        WITH_SAMPLE(setting_up_brings_it_up_to_date_and_makes_nothing_anew),
        WITH_SAMPLE(events_and_what_hangs_on_them_stay_whole),
        WITH_SAMPLE(revisions_go_on_above_those_given_before),
        OF(open_office_2, version_2_comes_along_with_its_people_and_kiosk),
        OF(open_office_3, version_3_keeps_its_opening_hour_and_words_to_staff),
        OF(open_office_4, version_4_keeps_its_people_tickets_and_letters),
        OF(open_office_5, version_5_keeps_its_paper_list_and_nobody_is_in_doubt),
        OF(open_office_6, version_6_keeps_its_steps_and_nobody_was_told_anything),
        OF(open_office_7, version_7_keeps_its_steps_and_no_session_is_called_off),
        OF(open_office_8, version_8_keeps_its_steps_and_nothing_is_learned),
        OF(open_office_9, version_9_keeps_its_closed_session_and_who_came),
        OF(open_office_10, version_10_keeps_what_it_learned_and_no_session_has_a_route),
        OF(open_office_11, version_11_keeps_its_routes_and_was_never_backed_up),
        OF(open_office_12, version_12_keeps_its_backup_and_nobody_follows_anybody),
        OF(open_office_13,
            version_13_keeps_its_backup_and_settings_and_nothing_was_tried),
        OF(open_office_14,
            version_14_keeps_its_steps_and_nobody_is_said_to_have_made_them),
        OF(open_office_15, version_15_keeps_what_it_told_and_goes_on_with_its_numbers),
        OF(open_office_16, version_16_keeps_her_words_and_has_no_list_of_schools),
        OF(open_office_4, one_that_another_program_brings_up_to_date_meanwhile_is_opened),
        WITH_SAMPLE(one_that_cannot_be_brought_up_to_date_stays_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
