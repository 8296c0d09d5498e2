/* The central database's small vtable: one suite for every engine. */
#include "tests/sync/office_help.h"
#include "tests/sync/testing.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct office office;

static int
open_office(void **state)
{
    (void)state;
    office_open(&office, 2, false);
    return 0;
}

static int
close_office(void **state)
{
    (void)state;
    office_finish(&office);
    return 0;
}

static struct bw_central *
connect_central(void)
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    if (bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return central;
}

static void
must(enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        fail_msg("%s", err->text);
    }
}

static bool
on_values(const struct bw_sql_value *columns, int count, void *context)
{
    int *rows = context;
    assert_int_equal(count, 4);
    assert_int_equal(columns[0].type, BW_SQL_INT);
    assert_int_equal(columns[0].number, INT64_MIN);
    assert_int_equal(columns[1].type, BW_SQL_TEXT);
    assert_string_equal(columns[1].text, "Çağla 'x' \"y\"");
    assert_int_equal(columns[2].type, BW_SQL_BLOB);
    assert_int_equal(columns[2].bytes, 4);
    assert_memory_equal(columns[2].blob, "\0\1\xff\0", 4);
    assert_int_equal(columns[3].type, BW_SQL_NULL);
    assert_string_equal(columns[3].text, "");
    ++*rows;
    return true;
}

static void
values_come_back_as_they_went(void **state)
{
    (void)state;
    struct bw_central *central = connect_central();
    struct bw_error err = {.text = ""};
    int rows = 0;
    struct bw_sql_value values[] = {bw_sql_int(INT64_MIN), bw_sql_text("Çağla 'x' \"y\""),
        bw_sql_blob("\0\1\xff\0", 4), bw_sql_null()};
    must(bw_central_begin(central, &err), &err);
    must(bw_central_run(central, "CREATE TABLE v (a INTEGER, b TEXT, c BLOB, d TEXT)",
             NULL, 0, NULL, NULL, &err),
        &err);
    must(bw_central_run(central, "INSERT INTO v (d, c, b, a) VALUES ($4, $3, $2, $1)",
             values, 4, NULL, NULL, &err),
        &err);
    assert_int_equal(bw_central_changed(central), 1);
    must(bw_central_run(central,
             "SELECT a, b, c, d FROM v WHERE a = $1 AND b = $2 AND a = $1", values, 4,
             on_values, &rows, &err),
        &err);
    assert_int_equal(rows, 1);
    bw_central_close(central);
}

static bool
on_stop(const struct bw_sql_value *columns, int count, void *context)
{
    (void)columns;
    (void)count;
    return ++*(int *)context < 1;
}

static void
a_row_handler_may_stop_and_may_ask_again(void **state)
{
    (void)state;
    struct bw_central *central = connect_central();
    struct bw_error err = {.text = ""};
    for (int i = 0; i < 3; i++) {
        int rows = 0;
        must(bw_central_run(central, "SELECT 1 UNION SELECT 2 UNION SELECT 3", NULL, 0,
                 on_stop, &rows, &err),
            &err);
        assert_int_equal(rows, 1);
    }
    int64_t number = 5;
    assert_int_equal(
        bw_central_number(central, "SELECT session_no FROM session WHERE code = 'none'",
            NULL, 0, 0, &number, &err),
        BW_NOT_FOUND);
    assert_int_equal(number, 5);
    bw_central_close(central);
}

static void
what_is_rolled_back_is_gone_and_a_constraint_is_refused(void **state)
{
    (void)state;
    struct bw_central *central = connect_central();
    struct bw_error err = {.text = ""};
    int64_t before = office_number(&office, "SELECT revision FROM session");
    int64_t revision = 0;
    must(bw_central_begin(central, &err), &err);
    must(bw_central_next_revision(central, 1, &revision, &err), &err);
    assert_int_equal(revision, before + 1);
    bw_central_rollback(central);
    bw_central_rollback(central);
    assert_int_equal(office_number(&office, "SELECT revision FROM session"), before);
    assert_int_equal(bw_central_run(central,
                         "INSERT INTO device_session (device, session_no, rank)"
                         " VALUES (99, 99, 0)",
                         NULL, 0, NULL, NULL, &err),
        BW_REFUSED);
    assert_int_equal(
        bw_central_run(central, "SELECT no such", NULL, 0, NULL, NULL, &err), BW_IO);
    bw_central_close(central);
}

enum { WRITERS = 8, TURNS = 25 };

static void *
write_in_turns(void *context)
{
    struct bw_central *central = NULL;
    int *failures = context;
    if (bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, NULL) != BW_OK) {
        *failures = 1000;
        return NULL;
    }
    for (int i = 0; i < TURNS; i++) {
        int64_t revision = 0;
        bool fine = bw_central_begin(central, NULL) == BW_OK &&
                    bw_central_next_revision(central, 1, &revision, NULL) == BW_OK &&
                    bw_central_commit(central, NULL) == BW_OK;
        *failures += !fine;
    }
    bw_central_close(central);
    return NULL;
}

static void
many_writers_take_turns_and_none_is_lost(void **state)
{
    (void)state;
    int64_t before = office_number(&office, "SELECT revision FROM session");
    pthread_t threads[WRITERS];
    int failures[WRITERS] = {0};
    for (int i = 0; i < WRITERS; i++) {
        assert_int_equal(
            pthread_create(&threads[i], NULL, write_in_turns, &failures[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        (void)pthread_join(threads[i], NULL);
        assert_int_equal(failures[i], 0);
    }
    assert_int_equal(
        office_number(&office, "SELECT revision FROM session"), before + WRITERS * TURNS);
}

static void
a_newer_or_foreign_database_is_refused(void **state)
{
    (void)state;
    struct bw_central *central = connect_central();
    struct bw_error err = {.text = ""};
    must(bw_central_run(central, "PRAGMA user_version = 99", NULL, 0, NULL, NULL, &err),
        &err);
    bw_central_close(central);
    assert_int_equal(
        bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err), BW_NEWER);
    assert_int_equal(office_run(&office, "init", NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "newer version"));
    char uri[600];
    (void)snprintf(uri, sizeof uri, "sqlite:%s",
        office_write(
            &office, "text.db", "this is a text and no database at all, really"));
    assert_int_equal(bw_central_open(uri, BW_CENTRAL_OPEN, &central, &err), BW_CORRUPT);
    assert_int_equal(bw_central_open(uri, BW_CENTRAL_CREATE, &central, &err), BW_CORRUPT);
    assert_int_equal(
        bw_central_open("sqlite:", BW_CENTRAL_OPEN, &central, &err), BW_BAD_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)
        WITH_OFFICE(values_come_back_as_they_went),
        WITH_OFFICE(a_row_handler_may_stop_and_may_ask_again),
        WITH_OFFICE(what_is_rolled_back_is_gone_and_a_constraint_is_refused),
        WITH_OFFICE(many_writers_take_turns_and_none_is_lost),
        WITH_OFFICE(a_newer_or_foreign_database_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
