/* What a kiosk's own role may do in PostgreSQL, and what the database refuses it. */
#include "../postgres_kiosks.h"
#include "tests/sync/testing.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct names {
    char text[512];
};

static bool
on_letter(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    struct names *names = context;
    size_t used = strlen(names->text);
    (void)parsed;
    (void)bytes;
    (void)snprintf(names->text + used, sizeof names->text - used, "%s ", name);
    return true;
}

static void
a_kiosk_sees_its_own_those_for_it_and_the_events_of_its_session(void **state) /* CG3 */
{
    (void)state;
    struct bw_carrier *kiosk = kiosks_open(BW_CARRIER_KIOSK, kiosks_logins[3], BW_OK);
    struct names names = {.text = ""};
    unsigned char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(bw_carrier_list(kiosk, on_letter, &names, NULL), BW_OK);
    assert_non_null(strstr(names.text, EVENTS_3));
    assert_non_null(strstr(names.text, EVENTS_4));
    assert_non_null(strstr(names.text, ROSTER_3));
    assert_null(strstr(names.text, EVENTS_5));
    assert_null(strstr(names.text, ROSTER_4));
    assert_int_equal(bw_carrier_get(kiosk, ROSTER_3, 99, &bytes, &length, NULL), BW_OK);
    free(bytes);
    bytes = NULL;
    assert_int_equal(
        bw_carrier_get(kiosk, ROSTER_4, 99, &bytes, &length, NULL), BW_NOT_FOUND);
    assert_int_equal(
        bw_carrier_get(kiosk, EVENTS_5, 99, &bytes, &length, NULL), BW_NOT_FOUND);
    assert_int_equal(bw_carrier_remove(kiosk, EVENTS_3, NULL), BW_OK);
    assert_int_equal(bw_carrier_get(kiosk, EVENTS_3, 99, &bytes, &length, NULL), BW_OK);
    free(bytes);
    kiosks_put(kiosk, "bw-introduction-3-0011aabb.bwi", BW_OK);
    kiosks_put(kiosk, "bw-events-4-0-0-0011aabb.bwe", BW_READ_ONLY); /* CG2 */
    kiosks_put(kiosk, "bw-roster-4-0-2-0011aabb.bwr", BW_READ_ONLY);
    bw_carrier_close(kiosk);
}

static void
a_kiosk_of_two_sessions_puts_a_letter_into_both_at_once(void **state) /* CG1 */
{
    (void)state;
    postgres_do(&kiosks_server, "GRANT bw_01000000_session_8 TO bw_01000000_kiosk_3");
    kiosks_put_as(3, "bw-events-3-10-10-0011aabb.bwe", BW_OK);
    kiosks_put_as(3, EVENTS_3, BW_OK); /* into the one that it wasn't in */
    struct bw_carrier *other = kiosks_open(BW_CARRIER_KIOSK, kiosks_logins[5], BW_OK);
    struct names names = {.text = ""};
    assert_int_equal(bw_carrier_list(other, on_letter, &names, NULL), BW_OK);
    assert_non_null(strstr(names.text, EVENTS_3));
    assert_non_null(strstr(names.text, "bw-events-3-10-10-0011aabb.bwe"));
    bw_carrier_close(other);
}

static void
a_letter_of_two_sessions_is_listed_once(void **state)
{
    (void)state;
    postgres_do(&kiosks_server, "GRANT bw_01000000_session_8 TO bw_01000000_kiosk_3");
    kiosks_put_as(3, "bw-events-3-10-10-0011aabb.bwe", BW_OK);
    struct bw_carrier *office = kiosks_open(BW_CARRIER_OFFICE, NULL, BW_OK);
    struct names names = {.text = ""};
    assert_int_equal(bw_carrier_list(office, on_letter, &names, NULL), BW_OK);
    const char *first = strstr(names.text, "bw-events-3-10-10-0011aabb.bwe");
    assert_non_null(first);
    assert_null(strstr(first + 1, "bw-events-3-10-10-0011aabb.bwe"));
    bw_carrier_close(office);
}

/* One machine keeps its old number where it is enrolled anew. */
static void
a_kiosk_that_takes_the_place_of_another_may_write_as_it(void **state)
{
    (void)state;
    kiosks_admit(2, 8, 3);
    kiosks_put_as(2, "bw-events-2-0-0-0011aabb.bwe", BW_OK);
    kiosks_put_as(2, "bw-events-3-0-0-0011aabb.bwe", BW_OK);
    kiosks_put_as(2, "bw-events-4-0-0-0011aabb.bwe", BW_READ_ONLY);
    assert_int_equal(/* in that one's session too */
        postgres_number(&kiosks_server,
            "SELECT count(DISTINCT session_no) FROM " T
            " WHERE name = 'bw-events-3-0-0-0011aabb.bwe' AND session_no IN (7, 8)"),
        2);
}

static void
a_login_that_is_given_again_has_a_new_password(void **state)
{
    (void)state;
    char old[BW_CARRIER_LOGIN_BYTES];
    memcpy(old, kiosks_logins[3], sizeof old);
    kiosks_admit(3, 7, 0);
    assert_string_not_equal(old, kiosks_logins[3]);
    (void)kiosks_open(BW_CARRIER_KIOSK, old, BW_OFFLINE);
    kiosks_put_as(3, EVENTS_3, BW_OK);
}

static PGconn *connect_as(uint32_t device);

static void
dismiss(uint32_t device)
{
    struct bw_carrier *office = kiosks_open(BW_CARRIER_OFFICE, NULL, BW_OK);
    struct bw_error err = {.text = ""};
    bool connected = true;
    if (bw_carrier_dismiss(office, device, &connected, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    assert_false(connected);
    bw_carrier_close(office);
}

static void
a_kiosk_that_is_dismissed_has_no_connection_any_more(void **state)
{
    (void)state;
    PGconn *db = connect_as(4);
    struct pollfd wait = {.fd = PQsocket(db), .events = POLLIN};
    dismiss(4);
    while (PQstatus(db) == CONNECTION_OK) {
        assert_int_equal(poll(&wait, 1, 60000), 1);
        (void)PQconsumeInput(db);
    }
    PQfinish(db);
    kiosks_put_as(3, EVENTS_3, BW_OK);
}

#define ROLE_4 "SELECT count(*) FROM pg_roles WHERE rolname = 'bw_01000000_kiosk_4'"
#define LONG_AGO "ALTER ROLE bw_01000000_kiosk_4 VALID UNTIL '2001-01-01'"

static void
a_role_is_dropped_long_after_it_was_dismissed(void **state)
{
    (void)state;
    dismiss(4);
    dismiss(4);
    postgres_do(&kiosks_server, "DELETE FROM " T " WHERE writer = 4 OR reader = 4");
    dismiss(99);
    dismiss(5);
    assert_int_equal(postgres_number(&kiosks_server, ROLE_4), 1); /* not long ago */
    postgres_do(&kiosks_server, LONG_AGO);
    dismiss(5);
    assert_int_equal(postgres_number(&kiosks_server, ROLE_4), 0);
    kiosks_admit(4, 7, 0);
    postgres_do(&kiosks_server, LONG_AGO);
    kiosks_admit(5, 8, 0);
    assert_int_equal(
        postgres_number(&kiosks_server, ROLE_4), 1); /* nobody took its login */
    dismiss(4);
    postgres_do(&kiosks_server, LONG_AGO);
    kiosks_admit(5, 8, 0);
    assert_int_equal(postgres_number(&kiosks_server, ROLE_4), 0);
}

static void
a_role_stays_while_letters_or_a_place_or_a_table_hang_on_it(void **state)
{
    (void)state;
    dismiss(4);
    postgres_do(&kiosks_server, LONG_AGO);
    dismiss(5); /* its events and its roster are there */
    assert_int_equal(postgres_number(&kiosks_server, ROLE_4), 1);
    postgres_do(&kiosks_server, "DELETE FROM " T " WHERE writer = 4");
    dismiss(5);
    assert_int_equal(postgres_number(&kiosks_server, ROLE_4), 1);
    postgres_do(&kiosks_server, "DELETE FROM " T " WHERE reader = 4");
    kiosks_admit(2, 8, 4);
    assert_int_equal(postgres_number(&kiosks_server, ROLE_4), 1);
    dismiss(2);
    assert_int_equal(postgres_number(&kiosks_server, ROLE_4), 0);
    kiosks_admit(4, 7, 0);
    postgres_do(&kiosks_server, "GRANT SELECT ON public.central TO bw_01000000_kiosk_4");
    dismiss(4);
    postgres_do(&kiosks_server, LONG_AGO);
    dismiss(5);
    assert_int_equal(postgres_number(&kiosks_server, ROLE_4), 1);
    postgres_do(
        &kiosks_server, "REVOKE SELECT ON public.central FROM bw_01000000_kiosk_4");
}

/* By an office whose login may not end connections: it hears so. */
static void
a_kiosk_that_is_dismissed_may_nothing_any_more(void **state)
{
    (void)state;
    postgres_do(&kiosks_server,
        "DROP ROLE IF EXISTS clerk; CREATE ROLE clerk LOGIN CREATEROLE PASSWORD 'clerk';"
        " GRANT bw TO clerk");
    if (PQserverVersion(kiosks_server.db) >= 160000) { /* as who made the roles */
        postgres_do(&kiosks_server,
            "GRANT bw_01000000_kiosk_4, bw_01000000_kiosks, bw_01000000_session_7 TO"
            " clerk WITH ADMIN TRUE, INHERIT FALSE");
    }
    struct bw_carrier *kiosk = kiosks_open(BW_CARRIER_KIOSK, kiosks_logins[4], BW_OK);
    struct bw_carrier *office = kiosks_open(BW_CARRIER_OFFICE, "clerk:clerk", BW_OK);
    struct names names = {.text = ""};
    struct bw_error err = {.text = ""};
    bool connected = false;
    if (bw_carrier_dismiss(office, 4, &connected, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    assert_true(connected);
    assert_int_equal(bw_carrier_dismiss(office, 4, &connected, NULL), BW_OK);
    assert_true(connected);
    assert_int_equal(bw_carrier_dismiss(office, 99, &connected, NULL), BW_OK);
    assert_false(connected);
    assert_int_equal(bw_carrier_list(kiosk, on_letter, &names, NULL), BW_READ_ONLY);
    kiosks_put(kiosk, "bw-events-4-0-0-0011aabb.bwe", BW_READ_ONLY);
    bw_carrier_close(kiosk);
    bw_carrier_close(office);
    (void)kiosks_open(BW_CARRIER_KIOSK, kiosks_logins[4], BW_OFFLINE);
}

/* Whatever was under way: a letter is there whole or not, and the next one goes. */
static void
a_server_that_goes_away_is_offline_until_it_is_opened_again(void **state)
{
    (void)state;
    struct bw_carrier *kiosk = kiosks_open(BW_CARRIER_KIOSK, kiosks_logins[3], BW_OK);
    struct names names = {.text = ""};
    postgres_do(&kiosks_server, "SELECT pg_terminate_backend(pid, 60000)"
                                " FROM pg_stat_activity"
                                " WHERE usename = 'bw_01000000_kiosk_3'");
    kiosks_put(kiosk, "bw-events-3-0-0-0011aabb.bwe", BW_OFFLINE);
    kiosks_put(kiosk, "bw-events-3-0-0-0011aabb.bwe", BW_OFFLINE);
    assert_int_equal(bw_carrier_list(kiosk, on_letter, &names, NULL), BW_OFFLINE);
    assert_string_equal(names.text, "");
    bw_carrier_close(kiosk);
    kiosks_put_as(3, "bw-events-3-0-0-0011aabb.bwe", BW_OK);
}

static void
as_many_letters_as_there_are_slots_and_then_it_is_full(void **state) /* CG4 */
{
    (void)state;
    postgres_do(&kiosks_server,
        "INSERT INTO " T " SELECT 7, 3, 'bw-events-3-' || i || '-' || i"
        " || '-0011aabb.bwe', 0, i, '' FROM generate_series(16, 4095) i"
        " WHERE NOT EXISTS (SELECT 1 FROM " T " WHERE writer = 3 AND slot = i)");
    kiosks_put_as(3, "bw-events-3-1-1-0011aabb.bwe", BW_FULL);
    kiosks_put_as(4, "bw-events-4-1-1-0011aabb.bwe", BW_OK);
}

/* ---- fifty things that a thief of kiosk 3's login may try ---- */

#define PUT "INSERT INTO " T " (session_no, writer, name, reader, slot, bytes) VALUES "

static const char *const tries[] = {
    /* letters of others, for others, of no session of its own */
    PUT "(7, 4, 'bw-events-4-0-0-00000000.bwe', 0, 20, '')",
    PUT "(7, 0, 'bw-roster-4-0-9-00000000.bwr', 4, NULL, '')",
    PUT "(7, 0, 'bw-roster-3-0-9-00000000.bwr', 3, NULL, '')",
    PUT "(7, 3, 'bw-roster-4-0-9-00000000.bwr', 4, 20, '')",
    PUT "(7, 3, 'bw-events-4-0-0-00000000.bwe', 0, 20, '')",
    PUT "(7, 3, 'bw-events-3-0-0-00000000.bwe', 4, 20, '')",
    PUT "(8, 3, 'bw-events-3-0-0-00000000.bwe', 0, 20, '')",
    PUT "(0, 3, 'bw-events-3-0-0-00000000.bwe', 0, NULL, '')",
    PUT "(99, 3, 'bw-events-3-0-0-00000000.bwe', 0, 20, '')",
    PUT "(7, 99, 'bw-events-99-0-0-00000000.bwe', 0, 20, '')",
    /* names, numbers and sizes */
    PUT "(7, 3, 'bw-events-3-0-0-../../etc', 0, 20, '')",
    PUT "(7, 3, 'bw-events-3-' || repeat('1', 90) || '-1-00000000.bwe', 0, 20, '')",
    PUT "(7, 3, 'bw-events-3-0-0-00000000.bwe', 0, NULL, '')",
    PUT "(7, 3, 'bw-events-3-0-0-00000000.bwe', 0, -1, '')",
    PUT "(7, 3, 'bw-events-3-0-0-00000000.bwe', 0, 4096, '')",
    PUT "(7, 3, 'bw-events-3-0-0-00000000.bwe', 0, 17, '')", /* it is taken */
    PUT "(7, 3, 'bw-events-3-0-0-00000000.bwe', 0, 20,"
        " convert_to(repeat('x', 262145), 'UTF8'))",
    PUT "(7, 3, 'bw-events-3-0-0-00000000.bwe', 0, 1,"
        " convert_to(repeat('x', 67108865), 'UTF8'))",
    /* what is there already */
    "UPDATE " T " SET bytes = ''",
    "DELETE FROM " T,
    "DELETE FROM " T " WHERE writer = 3",
    "TRUNCATE " T,
    PUT "(7, 3, '" EVENTS_3 "', 0, 16, '') ON CONFLICT (session_no, writer, name)"
        " DO UPDATE SET bytes = ''",
    "SELECT * FROM " T " FOR UPDATE",
    "BEGIN; LOCK TABLE " T " IN ACCESS EXCLUSIVE MODE",
    "COPY " T " FROM STDIN",
    "COPY " T " TO PROGRAM 'cat'",
    "COPY " T " TO '/tmp/letters'",
    "UPDATE bw_01000000_letters.place SET bytes = ''",
    "INSERT INTO bw_01000000_letters.place VALUES (2, '')",
    /* the tables */
    "ALTER TABLE " T " DISABLE ROW LEVEL SECURITY",
    "DROP TABLE " T,
    "DROP POLICY letter_read ON " T,
    "CREATE POLICY all_read ON " T " USING (true)",
    "CREATE INDEX ON " T " (bytes)",
    "CREATE TRIGGER t BEFORE INSERT ON " T
    " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "COMMENT ON TABLE " T " IS 'mine'",
    "SET row_security = off; SELECT * FROM " T,
    "CREATE TABLE bw_01000000_letters.mine (a INTEGER)",
    "CREATE TABLE public.mine (a INTEGER)",
    "CREATE TEMPORARY TABLE mine (a INTEGER)",
    "CREATE FUNCTION pg_temp.f() RETURNS INTEGER LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA mine",
    "CREATE DATABASE mine",
    "CREATE EXTENSION dblink",
    "CREATE PUBLICATION p FOR ALL TABLES",
    "DROP SCHEMA bw_01000000_letters CASCADE",
    "SELECT * FROM public.central",
    /* roles */
    "CREATE ROLE mine",
    "ALTER ROLE bw_01000000_kiosk_4 PASSWORD 'x'",
    "ALTER ROLE bw_01000000_kiosk_3 CREATEROLE",
    "ALTER ROLE bw_01000000_kiosk_3 CONNECTION LIMIT -1",
    "ALTER ROLE bw_01000000_kiosk_3 VALID UNTIL 'infinity'",
    "ALTER ROLE bw_01000000_kiosk_4 SET statement_timeout = 1",
    "GRANT bw_01000000_session_8 TO bw_01000000_kiosk_3",
    "GRANT bw_01000000_session_7 TO bw_01000000_kiosk_5",
    "SET ROLE bw",
    "SET ROLE bw_01000000_kiosk_4",
    "SET SESSION AUTHORIZATION bw_01000000_kiosk_4",
    "REASSIGN OWNED BY bw TO bw_01000000_kiosk_3",
    "DROP OWNED BY bw_01000000_kiosk_4",
    "SELECT * FROM pg_authid",
    /* the server */
    "ALTER SYSTEM SET log_statement = 'all'",
    "ALTER DATABASE postgres SET statement_timeout = 1",
    "SET log_statement = 'none'",
    "SELECT pg_read_file('postgresql.conf')",
    "SELECT pg_reload_conf()",
    "SELECT pg_create_physical_replication_slot('mine')",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'bw'",
    "SET temp_file_limit = -1",
    "SET work_mem = '64kB'; SELECT repeat(md5(CAST(g AS TEXT)), 40) AS words"
    " FROM generate_series(1, 20000) g ORDER BY words OFFSET 20000",
    "BEGIN; SELECT 1; PREPARE TRANSACTION 'mine'",
    /* CG5: what is everybody's otherwise */
    "DO $$ BEGIN PERFORM 1; END $$",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT pg_advisory_lock(1)",
    "SELECT pg_try_advisory_xact_lock(4788018441093210984)",
    "SELECT pg_notify('bw_01000000_session_8', '')",
    "SELECT pg_logical_emit_message(false, 'x', 'x')",
};
_Static_assert(sizeof tries / sizeof tries[0] >= 50, "fifty things at least");

static PGconn *
connect_as(uint32_t device)
{
    char user[BW_CARRIER_LOGIN_BYTES];
    const char *colon = strchr(kiosks_logins[device], ':');
    (void)snprintf(user, sizeof user, "%.*s", (int)(colon - kiosks_logins[device]),
        kiosks_logins[device]);
    const char *keywords[] = {"dbname", "user", "password", NULL};
    const char *values[] = {kiosks_server.uri, user, colon + 1, NULL};
    PGconn *db = PQconnectdbParams(keywords, values, 1);
    assert_int_equal(PQstatus(db), CONNECTION_OK);
    return db;
}

static char *
letters_of_all(void)
{
    PGresult *result = PQexec(kiosks_server.db,
        "SELECT md5(string_agg(l::text, '|' ORDER BY l.session_no, l.writer, l.name))"
        " FROM " T " l");
    assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
    char *sum = strdup(PQgetvalue(result, 0, 0));
    PQclear(result);
    return sum;
}

/* As itself, and as the roles that it may put on. */
static void
each_of_fifty_things_is_refused_by_the_database(void **state) /* CG2, CG3, CG4, CG5 */
{
    static const char *const as[] = {
        "RESET ROLE", "SET ROLE bw_01000000_session_7", "SET ROLE bw_01000000_kiosks"};
    (void)state;
    PGconn *db = connect_as(3);
    char *before = letters_of_all();
    PQclear(PQexec(db, "SET client_min_messages = error"));
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        for (size_t j = 0; j < sizeof as / sizeof as[0]; j++) {
            PQclear(PQexec(db, "ROLLBACK; RESET ROLE; RESET row_security"));
            PQclear(PQexec(db, as[j]));
            PGresult *result = PQexec(db, tries[i]);
            const char *state_of = PQresultErrorField(result, PG_DIAG_SQLSTATE);
            if (PQresultStatus(result) != PGRES_FATAL_ERROR || state_of == NULL ||
                strcmp(state_of, "42601") == 0) {
                fail_msg("%s: %s: %s", as[j], tries[i], PQresultErrorMessage(result));
            }
            PQclear(result);
        }
    }
    char *after = letters_of_all();
    assert_string_equal(before, after);
    free(before);
    free(after);
    PQfinish(db);
}

static int
rows_seen(PGconn *db, const char *sql)
{
    PGresult *result = PQexec(db, sql);
    assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
    int rows = PQntuples(result);
    PQclear(result);
    return rows;
}

static void
whatever_role_it_puts_on_a_kiosk_sees_no_more(void **state) /* CG3 */
{
    (void)state;
    PGconn *db = connect_as(3);
    assert_int_equal(rows_seen(db, "SELECT name FROM " T), 3);
    PQclear(PQexec(db, "SET ROLE bw_01000000_kiosks"));
    assert_int_equal(rows_seen(db, "SELECT name FROM " T), 3);
    assert_int_equal(
        rows_seen(db, "SELECT 1 FROM " T " WHERE writer = 5 OR reader = 4"), 0);
    PQfinish(db);
}

/* A superuser's mistake never blinds the others. */
static void
a_role_that_is_gone_stops_nobody_else(void **state)
{
    (void)state;
    postgres_do(&kiosks_server, "DROP ROLE bw_01000000_kiosk_4");
    struct bw_carrier *kiosk = kiosks_open(BW_CARRIER_KIOSK, kiosks_logins[3], BW_OK);
    struct names names = {.text = ""};
    assert_int_equal(bw_carrier_list(kiosk, on_letter, &names, NULL), BW_OK);
    assert_non_null(strstr(names.text, ROSTER_3));
    bw_carrier_close(kiosk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_TABLE(test) cmocka_unit_test_setup(test, kiosks_setup)
        IN_TABLE(a_kiosk_sees_its_own_those_for_it_and_the_events_of_its_session),
        IN_TABLE(a_kiosk_of_two_sessions_puts_a_letter_into_both_at_once),
        IN_TABLE(a_letter_of_two_sessions_is_listed_once),
        IN_TABLE(a_kiosk_that_takes_the_place_of_another_may_write_as_it),
        IN_TABLE(a_login_that_is_given_again_has_a_new_password),
        IN_TABLE(a_kiosk_that_is_dismissed_has_no_connection_any_more),
        IN_TABLE(a_role_is_dropped_long_after_it_was_dismissed),
        IN_TABLE(a_role_stays_while_letters_or_a_place_or_a_table_hang_on_it),
        IN_TABLE(a_kiosk_that_is_dismissed_may_nothing_any_more),
        IN_TABLE(a_server_that_goes_away_is_offline_until_it_is_opened_again),
        IN_TABLE(as_many_letters_as_there_are_slots_and_then_it_is_full),
        IN_TABLE(each_of_fifty_things_is_refused_by_the_database),
        IN_TABLE(whatever_role_it_puts_on_a_kiosk_sees_no_more),
        IN_TABLE(a_role_that_is_gone_stops_nobody_else),
    };
    if (!kiosks_start(0)) {
        return 77;
    }
    int failed = cmocka_run_group_tests_name("a kiosk's role", tests, NULL, NULL);
    kiosks_stop();
    return failed;
}
