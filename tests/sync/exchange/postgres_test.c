/* An office and kiosks whose letters go through PostgreSQL, where its central database
 * is: enrolment gives each kiosk a login, a revocation takes it. */
#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/child.h"
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/testing.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct postgres server;

static int
setup(void **state)
{
    postgres_place(&server);
    struct world *world =
        fleet_open(server.uri, NULL, 3, 2); /* nobody says how letters go */
    kiosk_open(&world->other, &world->office, "Zij", "S-1");
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    (void)fleet_teardown(state);
    postgres_clear(&server);
    return 0;
}

static json_t *
synced(struct kiosk *kiosk)
{
    enum bw_exit result;
    json_t *answer = kiosk_json(kiosk, &result, "sync", "--clock", KIOSK_BEFORE, NULL);
    if (result != BW_EXIT_DONE || !json_is_true(json_object_get(answer, "online"))) {
        fail_msg("%s%s", kiosk->out, kiosk->diag);
    }
    return answer;
}

static int64_t
number_after_sync(struct kiosk *kiosk, const char *field)
{
    json_t *answer = synced(kiosk);
    int64_t number = json_number_of(answer, field);
    json_decref(answer);
    return number;
}

static void
merge(struct world *world)
{
    if (office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL) !=
        BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
}

/* The schema that this office's letters lie in. */
static const char *
schema_of(struct world *world)
{
    static char name[32];
    PGresult *result = PQexec(server.db,
        "SELECT 'bw_' || left(encode(id, 'hex'), 8) || '_letters' FROM central");
    assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
    (void)world;
    (void)snprintf(name, sizeof name, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
    return name;
}

static void
letters_go_both_ways_and_from_kiosk_to_kiosk(void **state)
{
    struct world *world = *state;
    assert_int_equal(number_after_sync(&world->kiosk, "registrations"), 2);
    merge(world);
    (void)number_after_sync(&world->kiosk, "revision"); /* who the other is */
    (void)number_after_sync(&world->other, "revision");
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    assert_int_equal(number_after_sync(&world->kiosk, "sent"), 1);
    (void)number_after_sync(&world->other, "revision");
    assert_int_equal(fleet_ledger_at(&world->other).present, 1);
    merge(world);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 1);
    assert_int_equal(number_after_sync(&world->kiosk, "acknowledged_seq"), 1);
}

/* A kiosk may remove nothing. */
static void
an_older_hello_is_removed_by_the_office(void **state)
{
    struct world *world = *state;
    char sql[200];
    (void)snprintf(sql, sizeof sql,
        "SELECT count(*) FROM %s.letter WHERE writer = %u AND name LIKE '%%-0-0-%%'",
        schema_of(world), world->kiosk.device);
    for (int i = 0; i < 4; i++) {
        world->kiosk.wall_ms += 10 * KIOSK_MINUTE_MS;
        world->kiosk.mono_ms += 10 * KIOSK_MINUTE_MS;
        (void)number_after_sync(&world->kiosk, "revision");
        merge(world);
        merge(world);
        assert_in_range(postgres_number(&server, sql), 0, 2);
    }
    assert_in_range(postgres_number(&server, sql), 1, 2);
}

static void
a_kiosk_that_is_revoked_has_no_login_any_more(void **state)
{
    struct world *world = *state;
    char number[16];
    enum bw_exit result;
    (void)number_after_sync(&world->kiosk, "revision");
    (void)snprintf(number, sizeof number, "%u", world->kiosk.device);
    assert_int_equal(
        office_run(&world->office, "revoke", number, "--check", NULL), BW_EXIT_DONE);
    (void)number_after_sync(&world->kiosk, "revision");
    json_t *answer = office_json(&world->office, &result, "revoke", number, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_true(json_is_true(json_object_get(answer, "login_taken")));
    assert_int_equal(json_array_size(json_object_get(answer, "notes")), 0);
    json_decref(answer);
    answer = kiosk_json(&world->kiosk, &result, "sync", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_false(json_is_true(json_object_get(answer, "online")));
    const json_t *road = json_array_get(json_object_get(answer, "carriers"), 0);
    assert_string_equal(json_string_value(json_object_get(road, "fault")), "access");
    json_decref(answer);
    (void)number_after_sync(&world->other, "revision");
}

static void
version_set(struct world *world, int version)
{
    char sql[200];
    (void)snprintf(
        sql, sizeof sql, "UPDATE %s.place SET version = %d", schema_of(world), version);
    postgres_do(&server, sql);
}

/* Another office brought the tables further than this one, and its kiosk, know them. */
static void
tables_of_a_newer_version_are_told_at_kiosk_and_office_and_letters_stay(void **state)
{
    struct world *world = *state;
    enum bw_exit result;
    (void)number_after_sync(&world->kiosk, "revision");
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    version_set(world, 99);
    json_t *answer =
        kiosk_json(&world->kiosk, &result, "sync", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_false(json_is_true(json_object_get(answer, "online")));
    const json_t *road = json_array_get(json_object_get(answer, "carriers"), 0);
    assert_string_equal(json_string_value(json_object_get(road, "fault")), "access");
    assert_non_null(strstr(
        json_string_value(json_object_get(road, "why")), "a newer version of this"));
    json_decref(answer);
    assert_int_equal(
        office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_LOOK);
    if (strstr(world->office.out, "update this program") == NULL) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    version_set(world, 2);
    assert_int_equal(number_after_sync(&world->kiosk, "sent"), 1);
    merge(world);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 1);
}

/* ---- `run`, in a process of its own ---- */

enum {
    CLOSED_S = 60, /* how often it looks while doors are closed */
    LOOK_MS = 10,
    TRIES = 10, /* the machine may stand still in some */
};

static void
a_letter_of_one_kiosk_wakes_the_other(void **state)
{
    struct world *world = *state;
    char line[4096];
    struct timespec began, now;
    (void)number_after_sync(&world->kiosk, "revision");
    struct child child = child_start(
        (const char *const[]){"--store", world->other.path, "run", "--json", NULL});
    assert_non_null(
        fgets(line, sizeof line, child.out)); /* its first round, and it listens */
    int tries = 0;
    do {
        assert_true(tries++ < TRIES);
        (void)clock_gettime(CLOCK_MONOTONIC, &began);
        (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
        (void)number_after_sync(&world->kiosk, "revision");
        assert_non_null(fgets(line, sizeof line, child.out));
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
    } while (now.tv_sec - began.tv_sec >= CLOSED_S / 2);
    child_end(&child);
}

/* So that its take, of which it is told, waits in the middle while that happens. */
static void
an_event_that_is_written_while_run_takes_is_sent_at_once_all_the_same(void **state)
{
    struct world *world = *state;
    char line[4096], sql[200];
    struct timespec began, now;
    struct child child = child_start(
        (const char *const[]){"--store", world->other.path, "run", "--json", NULL});
    assert_non_null(fgets(line, sizeof line, child.out));
    (void)snprintf(sql, sizeof sql, "BEGIN; LOCK TABLE %s.place", schema_of(world));
    postgres_do(&server, sql);
    (void)snprintf(sql, sizeof sql, "NOTIFY %.11s_session_1, 'nobody'", schema_of(world));
    PGconn *teller = PQconnectdb(server.uri);
    while (postgres_number(&server, "SELECT count(*) FROM pg_locks WHERE NOT granted") ==
           0) { /* it may not listen yet */
        PQclear(PQexec(teller, sql));
        (void)poll(NULL, 0, LOOK_MS);
    }
    PQfinish(teller);
    (void)clock_gettime(CLOCK_MONOTONIC, &began);
    (void)kiosk_arrived(&world->other, people_code(&world->office, 0));
    postgres_do(&server, "COMMIT");
    do {
        assert_non_null(fgets(line, sizeof line, child.out));
    } while (strstr(line, "\"accepted\":1") == NULL);
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    assert_true(now.tv_sec - began.tv_sec < CLOSED_S / 2);
    child_end(&child);
}

/* Reads answers until one has this. */
static void
answer_await(struct child *child, const char *text)
{
    char line[4096] = "";
    do {
        assert_non_null(fgets(line, sizeof line, child->out));
    } while (strstr(line, text) == NULL);
}

/* Both come in by one login, and put what is new under the same names. */
static void
two_on_one_store_by_postgresql_lose_nothing_and_double_nothing(void **state)
{
    enum { RUNS = 2 };
    struct world *world = *state;
    struct child children[RUNS];
    char sql[200];
    (void)number_after_sync(&world->kiosk, "revision");
    for (int i = 0; i < RUNS; i++) {
        children[i] = child_start(
            (const char *const[]){"--store", world->kiosk.path, "run", "--json", NULL});
    }
    for (int i = 0; i < RUNS; i++) {
        char sent[32];
        (void)kiosk_arrived(&world->kiosk, people_code(&world->office, i));
        (void)snprintf(sent, sizeof sent, "\"sent\":%d", i + 1);
        for (int who = 0; who < RUNS; who++) {
            answer_await(&children[who], sent);
        }
    }
    for (int i = 0; i < RUNS; i++) {
        child_end(&children[i]);
    }
    (void)snprintf(sql, sizeof sql,
        "SELECT count(DISTINCT name) - count(*) FROM %s.letter WHERE writer = %u",
        schema_of(world), world->kiosk.device);
    assert_int_equal(postgres_number(&server, sql), 0);
    merge(world);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), RUNS);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM quarantine"), 0);
    assert_int_equal(kiosk_run(&world->kiosk, "verify", NULL), BW_EXIT_DONE);
}

static bool
file_has(const char *path, const char *text)
{
    char bytes[16384];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof bytes - 1, file);
    bytes[length] = '\0';
    (void)fclose(file);
    return strstr(bytes, text) != NULL;
}

static void
the_password_is_in_the_enrolment_and_nowhere_else(void **state)
{
    struct world *world = *state;
    char path[600], login[64];
    enum bw_exit result;
    json_t *answer = office_json(&world->office, &result, "enrol", "--session", "S-1",
        "--name", "Raam", "--out", office_path(&world->office, "w.json"), "--clock",
        KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_false(json_is_true(json_object_get(answer, "login_open")));
    (void)snprintf(login, sizeof login, "%.11s_kiosk_%d:", schema_of(world),
        (int)json_number_of(answer, "device"));
    json_decref(answer);
    (void)snprintf(path, sizeof path, "%s", office_path(&world->office, "w.json"));
    assert_true(file_has(path, login));
    json_t *file = json_load_file(path, 0, NULL);
    char *password = strdup(strchr(
        json_string_value(json_array_get(json_object_get(file, "logins"), 0)), ':'));
    json_decref(file);
    assert_in_range(strlen(password), 20, 60);
    assert_null(strstr(world->office.out, password + 1));
    char *dump = office_dump(&world->office);
    assert_null(strstr(dump, password + 1));
    free(dump);
    free(password);
}

/* An office whose login may make no roles hears what to do, and nothing is half done. */
static void
an_office_that_may_make_no_roles_is_told(void **state)
{
    struct world *world = *state;
    char uri[200];
    postgres_do(&server, "DROP ROLE IF EXISTS clerk; CREATE ROLE clerk LOGIN;"
                         " GRANT CREATE ON DATABASE postgres TO clerk");
    (void)snprintf(
        uri, sizeof uri, "postgresql://clerk@/postgres?host=%s", server.folder);
    int64_t before = office_number(&world->office, "SELECT count(*) FROM device");
    postgres_do(&server, "DROP SCHEMA IF EXISTS kept CASCADE");
    char sql[200];
    (void)snprintf(sql, sizeof sql, "ALTER SCHEMA %s RENAME TO kept", schema_of(world));
    postgres_do(&server, sql);
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "Raam", "--out", office_path(&world->office, "w.json"),
                         "--carrier", uri, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_FAILED);
    if (strstr(world->office.diag, "CREATEROLE") == NULL) {
        fail_msg("%s", world->office.diag);
    }
    assert_int_equal(
        office_number(&world->office, "SELECT count(*) FROM device"), before);
    postgres_do(&server, "DROP SCHEMA kept CASCADE; DROP OWNED BY clerk CASCADE;"
                         " DROP ROLE clerk");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        WITH_WORLD(letters_go_both_ways_and_from_kiosk_to_kiosk),
        WITH_WORLD(an_older_hello_is_removed_by_the_office),
        WITH_WORLD(a_kiosk_that_is_revoked_has_no_login_any_more),
        WITH_WORLD(
            tables_of_a_newer_version_are_told_at_kiosk_and_office_and_letters_stay),
        WITH_WORLD(a_letter_of_one_kiosk_wakes_the_other),
        WITH_WORLD(an_event_that_is_written_while_run_takes_is_sent_at_once_all_the_same),
        WITH_WORLD(two_on_one_store_by_postgresql_lose_nothing_and_double_nothing),
        WITH_WORLD(the_password_is_in_the_enrolment_and_nowhere_else),
        WITH_WORLD(an_office_that_may_make_no_roles_is_told),
    };
    if (!postgres_start(&server)) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        return 77;
    }
    int failed = cmocka_run_group_tests_name("letters in PostgreSQL", tests, NULL, NULL);
    postgres_stop(&server);
    return failed;
}
