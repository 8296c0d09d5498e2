/* Stores of older and newer versions: brought up to date, or refused. */
#include "help.h"

#include "core/store/hostile.h"
#include "core/store/open.h"

#include <brugwachter/store_names.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static void
refused_to_open(const char *path, enum bw_store_mode mode, enum bw_status want)
{
    struct bw_error err = {0};
    struct bw_store *store = NULL;
    help_refused(bw_store_open(path, mode, &store, &err), want, &err, path);
    assert_null(store);
}

/* A store that the program of `version` wrote, under a name of its own. */
static void
put_sample(int version, const char *name, char ret_path[HELP_PATH_BYTES])
{
    char command[3 * HELP_PATH_BYTES];
    help_path(name, ret_path);
    (void)snprintf(command, sizeof command,
        "cp '%s/tests/core/store/version_%d.db' '%s' && chmod 600 '%s'", BW_SOURCE_DIR,
        version, ret_path, ret_path);
    if (system(command) != 0) {
        fail_msg("keep a store of version %d as tests/core/store/version_%d.db", version,
            version);
    }
}

static int
version_of(const char *path)
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

/* Who makes a new version keeps a sample of the one before. */
static void
every_version_before_this_one_has_its_sample_and_goes_on(void **state)
{
    (void)state;
    struct bw_error err = {0};
    for (int version = 1; version < BW_STORE_SCHEMA; version++) {
        char path[HELP_PATH_BYTES], name[32];
        struct bw_head head;
        (void)snprintf(name, sizeof name, "every%d", version);
        put_sample(version, name, path);
        assert_int_equal(version_of(path), version);
        struct bw_store *store = help_open(path, BW_STORE_KIOSK);
        help_ok(bw_store_head(store, &head, &err), &err);
        help_append(store, 5, 1);
        help_verify(store, head.seq + 1);
        bw_store_close(store);
        assert_int_equal(version_of(path), BW_STORE_SCHEMA);
    }
}

static void
store_of_a_newer_version_is_refused_untouched(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    help_path("newer", path);
    bw_store_close(help_store(path, BW_STORE_SYNC));
    help_sql(path, "PRAGMA user_version = 99");
    refused_to_open(path, BW_STORE_KIOSK, BW_NEWER);
    refused_to_open(path, BW_STORE_SYNC, BW_NEWER);
    refused_to_open(path, BW_STORE_READ, BW_NEWER);
    help_sql(path, "PRAGMA user_version = -4");
    refused_to_open(path, BW_STORE_KIOSK, BW_CORRUPT);
}

/* Else opening makes a whole schema to compare, each time. */
static void
schema_of_the_newest_version_is_known_by_its_digest(void **state)
{
    (void)state;
    struct bw_error err = {0};
    char path[HELP_PATH_BYTES];
    uint8_t digest[STORE_DIGEST_BYTES];
    help_path("digest", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    help_ok(bw_store_schema_digest(store, digest, &err), &err);
    assert_memory_equal(
        digest, bw_store_migrations[BW_STORE_SCHEMA - 1].digest, sizeof digest);
    bw_store_close(store);
}

/* What a version after this one might bring, and one that fails half-way. */
static const struct store_migration later[] = {
    {.sql = "SELECT RAISE"}, /* never run: the file is past it */
    {.sql = "SELECT RAISE"},
    {.sql = "SELECT RAISE"},
    {.sql = "SELECT RAISE"},
    {.sql = "SELECT RAISE"},
    {.sql = "SELECT RAISE"},
    {.sql = "CREATE TABLE colour (name TEXT); INSERT INTO colour VALUES ('blue');"},
    {.sql = "ALTER TABLE colour ADD COLUMN shade INTEGER NOT NULL DEFAULT 3;"},
};
static const struct store_migration failing[] = {
    {.sql = "SELECT RAISE"},
    {.sql = "SELECT RAISE"},
    {.sql = "SELECT RAISE"},
    {.sql = "SELECT RAISE"},
    {.sql = "SELECT RAISE"},
    {.sql = "SELECT RAISE"},
    {.sql = "CREATE TABLE shape (name TEXT);"},
    {.sql = "INSERT INTO shape VALUES ('round'); INSERT INTO nothing VALUES (1);"},
};

static void
older_store_is_brought_up_to_date_in_one_transaction(void **state)
{
    (void)state;
    struct bw_error err;
    char path[HELP_PATH_BYTES];
    int64_t value = 0;
    help_path("older", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    help_append(store, 1, 3);
    help_refused(bw_store_migrate(store, failing, 8, &err), BW_CORRUPT, &err, path);
    help_ok(
        bw_store_integer(store, "PRAGMA user_version", "Looking", &value, &err), &err);
    assert_int_equal(value, BW_STORE_SCHEMA);
    help_ok(
        bw_store_integer(store, "SELECT count(*) FROM sqlite_schema WHERE name = 'shape'",
            "Looking", &value, &err),
        &err);
    assert_int_equal(value, 0);
    help_ok(bw_store_migrate(store, later, 8, &err), &err);
    help_ok(
        bw_store_integer(store, "SELECT shade FROM colour", "Look", &value, &err), &err);
    assert_int_equal(value, 3);
    help_verify(store, 3);
    bw_store_close(store);
    refused_to_open(path, BW_STORE_KIOSK, BW_NEWER);
}

static void
store_before_its_first_version_gets_the_whole_schema(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    char sql[64];
    help_path("zero", path);
    (void)snprintf(
        sql, sizeof sql, "PRAGMA application_id = %d; VACUUM", STORE_APPLICATION_ID);
    help_sql(path, sql);
    /* It has the tables then, but is nobody's: there's no enrolment in it. */
    refused_to_open(path, BW_STORE_READ, BW_READ_ONLY);
    refused_to_open(path, BW_STORE_SYNC, BW_CORRUPT);
    help_sql(path, "SELECT * FROM own_event, peer_event, registration");
}

/* A store as version 1 wrote it, kept: its people, log, peers and sealed rows. S3 */
static void
store_of_version_1_comes_along_whole(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_registration found;
    struct bw_event_details details;
    struct bw_peer peers[BW_PEERS_MAX];
    int count = 0;
    int64_t value = 0;
    char path[HELP_PATH_BYTES];
    bw_code code = BW_CODE_NONE;
    put_sample(1, "version1", path);
    refused_to_open(path, BW_STORE_READ, BW_READ_ONLY);
    struct bw_store *store = help_open(path, BW_STORE_KIOSK);
    help_verify(store, 2);
    assert_true(bw_code_parse("K7QM2XRD", &code));
    help_ok(bw_store_registration(store, code, &found, &err), &err);
    assert_int_equal(found.generation, 1);
    assert_true(bw_code_parse("ZZZZZZZZ", &code));
    assert_int_equal(bw_store_registration(store, code, &found, &err), BW_NOT_FOUND);
    help_ok(bw_store_details(store, (struct bw_event_id){3, 2}, &details, &err), &err);
    help_ok(bw_store_peers(store, peers, &count, &err), &err);
    assert_int_equal(count, 1);
    assert_int_equal(peers[0].device, 4);
    assert_int_equal(peers[0].hello_ms, peers[0].heard_ms);
    help_ok(bw_store_get_number(store, BW_NUMBER_CAMERA, 0, &value, &err), &err);
    assert_int_equal(value, 42);
    help_append(store, 5, 1);
    help_verify(store, 3);
    bw_store_close(store);
    bw_store_close(help_open(path, BW_STORE_SYNC));
}

/* A store as version 2 wrote it: its rows' checksums go on, and one that didn't hold
 * isn't made to. S3, S9 */
static void
store_of_version_2_comes_along_and_a_damaged_row_stays_so(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_registration found;
    struct bw_session session;
    char path[HELP_PATH_BYTES];
    bw_code whole = BW_CODE_NONE, damaged = BW_CODE_NONE;
    assert_true(bw_code_parse("VQ5K1E56", &whole));
    assert_true(bw_code_parse("SG9KDS9Y", &damaged));
    put_sample(2, "version2", path);
    help_sql(path, "UPDATE registration SET status = 2 WHERE first_name = 'Emma'");
    struct bw_store *store = help_open(path, BW_STORE_KIOSK);
    help_verify(store, 1);
    help_ok(bw_store_registration(store, whole, &found, &err), &err);
    assert_string_equal(found.person.first_name, "Carlijn");
    assert_string_equal(found.person.table, "A");
    assert_string_equal(found.person.attention, "");
    assert_int_equal(bw_store_registration(store, damaged, &found, &err), BW_CORRUPT);
    help_ok(bw_store_session_by_code(store, "GRO-2025-03-18", &session, &err), &err);
    assert_int_equal(session.opens_ms, 0);
    assert_int_equal(session.capacity, 50);
    bw_store_close(store);
}

/* A store as version 3 wrote it: its opening hour, words to staff and log. S3, S9 */
static void
store_of_version_3_keeps_its_opening_hour(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_registration found;
    struct bw_session session;
    char path[HELP_PATH_BYTES];
    bw_code code = BW_CODE_NONE;
    put_sample(3, "version3", path);
    struct bw_store *store = help_open(path, BW_STORE_KIOSK);
    help_verify(store, 1);
    assert_true(bw_code_parse("9V6DKPV0", &code));
    help_ok(bw_store_registration(store, code, &found, &err), &err);
    assert_string_equal(found.person.attention, "rolstoel");
    help_ok(bw_store_session_by_code(store, "GRO-2025-03-18", &session, &err), &err);
    assert_int_equal(session.opens_ms, INT64_C(1742298300000));
    assert_int_equal(session.tolerance_minutes, 0);
    bw_store_close(store);
}

/* A store as version 4 wrote it: nothing was called off then. S3, S9 */
static void
store_of_version_4_keeps_its_session(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_session session;
    char path[HELP_PATH_BYTES];
    put_sample(4, "version4", path);
    struct bw_store *store = help_open(path, BW_STORE_KIOSK);
    help_ok(bw_store_session_by_code(store, "S-1", &session, &err), &err);
    assert_int_equal(session.called_off_ms, 0);
    assert_int_equal(session.capacity, 1);
    bw_store_close(store);
}

/* A store as version 5 wrote it, of a real office: names are clear, and a first PIN seals
 * what is there. S3, S9, S14 */
static void
store_of_version_5_has_its_names_sealed_by_the_first_pin(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_registration found;
    struct bw_event_details details;
    enum bw_names names = BW_NAMES_OPEN;
    char path[HELP_PATH_BYTES];
    bw_code code = BW_CODE_NONE;
    put_sample(5, "version5", path);
    struct bw_store *store = help_open(path, BW_STORE_KIOSK);
    help_ok(bw_store_names(store, &names, &err), &err);
    assert_int_equal(names, BW_NAMES_CLEAR);
    assert_true(bw_code_parse("98TR8VHX", &code));
    help_ok(bw_store_registration(store, code, &found, &err), &err);
    assert_string_equal(found.person.name, "de Ruiter");
    help_ok(bw_store_names_unlock(store, "271828", &err), &err);
    help_ok(bw_store_registration(store, code, &found, &err), &err);
    assert_string_equal(found.person.name, "de Ruiter");
    help_ok(bw_store_details(store, (struct bw_event_id){1, 2}, &details, &err), &err);
    assert_string_equal(details.person.name, "Quispel");
    help_verify(store, 2);
    bw_store_close(store);
}

/* After an update of the programs the kiosk and its sync tool start together, and one
 * brings the store up to date just after the other has read which version it is: told by
 * SQLite's own trace, so that it happens in every run. */
static char overtaken[HELP_PATH_BYTES]; /* "": it was already */

static int
on_profile(unsigned type, void *context, void *statement, void *nanoseconds)
{
    (void)type;
    (void)context;
    (void)nanoseconds;
    char path[HELP_PATH_BYTES];
    if (overtaken[0] != '\0' &&
        strcmp(sqlite3_sql(statement), "PRAGMA user_version") == 0) {
        (void)strcpy(path, overtaken);
        overtaken[0] = '\0';
        bw_store_close(help_open(path, BW_STORE_SYNC));
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
store_that_the_other_program_brings_up_to_date_meanwhile_is_opened(void **state)
{
    (void)state;
    typedef void entry(void);
    struct bw_error err = {0};
    struct bw_store *store = NULL;
    char path[HELP_PATH_BYTES];
    put_sample(3, "together", path);
    help_sql(path, "PRAGMA journal_mode = WAL");
    (void)strcpy(overtaken, path);
    assert_int_equal(sqlite3_auto_extension((entry *)on_connection), SQLITE_OK);
    enum bw_status status = bw_store_open(path, BW_STORE_KIOSK, &store, &err);
    (void)sqlite3_cancel_auto_extension((entry *)on_connection);
    help_ok(status, &err);
    assert_string_equal(overtaken, "");
    help_verify(store, 1);
    bw_store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schema_of_the_newest_version_is_known_by_its_digest),
        cmocka_unit_test(store_of_a_newer_version_is_refused_untouched),
        cmocka_unit_test(older_store_is_brought_up_to_date_in_one_transaction),
        cmocka_unit_test(store_before_its_first_version_gets_the_whole_schema),
        cmocka_unit_test(every_version_before_this_one_has_its_sample_and_goes_on),
        cmocka_unit_test(store_of_version_1_comes_along_whole),
        cmocka_unit_test(store_of_version_2_comes_along_and_a_damaged_row_stays_so),
        cmocka_unit_test(store_of_version_3_keeps_its_opening_hour),
        cmocka_unit_test(store_of_version_4_keeps_its_session),
        cmocka_unit_test(store_of_version_5_has_its_names_sealed_by_the_first_pin),
        cmocka_unit_test(
            store_that_the_other_program_brings_up_to_date_meanwhile_is_opened),
    };
    return cmocka_run_group_tests_name("version", tests, help_setup, help_teardown);
}
