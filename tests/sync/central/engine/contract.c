/* One suite for every engine of the central database: see contract.h. */
#include "tests/sync/central/engine/contract.h"
#include "tests/sync/central/engine/contract_help.h"
#include "tests/sync/testing.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- values ---- */

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
    struct bw_central *central = contract_connect();
    struct bw_error err = {.text = ""};
    int rows = 0;
    struct bw_sql_value values[] = {bw_sql_int(INT64_MIN), bw_sql_text("Çağla 'x' \"y\""),
        bw_sql_blob("\0\1\xff\0", 4), bw_sql_null()};
    contract_must(bw_central_begin(central, &err), &err);
    contract_must(
        bw_central_run(central, "CREATE TABLE v (a INTEGER, b TEXT, c BLOB, d TEXT)",
            NULL, 0, NULL, NULL, &err),
        &err);
    contract_must(
        bw_central_run(central, "INSERT INTO v (d, c, b, a) VALUES ($4, $3, $2, $1)",
            values, 4, NULL, NULL, &err),
        &err);
    assert_int_equal(bw_central_changed(central), 1);
    contract_must(bw_central_run(central,
                      "SELECT a, b, c, d FROM v WHERE a = $1 AND b = $2 AND a = $1",
                      values, 4, on_values, &rows, &err),
        &err);
    assert_int_equal(rows, 1);
    bw_central_close(central);
}

enum { LONG_BYTES = 1024 * 1024 };

struct text_told {
    const char *want;
    size_t bytes;
    int rows;
};

static bool
on_text(const struct bw_sql_value *columns, int count, void *context)
{
    struct text_told *told = context;
    assert_int_equal(count, 1);
    assert_int_equal(columns[0].bytes, told->bytes);
    assert_memory_equal(columns[0].text, told->want, told->bytes + 1);
    told->rows++;
    return true;
}

static void
hostile_texts_are_values_and_never_sql(void **state)
{
    (void)state;
    char *length = malloc(LONG_BYTES + 1);
    assert_non_null(length);
    memset(length, 'x', LONG_BYTES);
    length[LONG_BYTES] = '\0';
    const char *const texts[] = {"", "'; DROP TABLE session; --", "\"", "\\'\\", "%s%n",
        "$1 $2", "?1", "\n\t\r", "\xf0\x9f\x8e\xab \xe2\x80\xae", "NULL", "0", "1e9",
        length};
    struct bw_error err = {.text = ""};
    struct bw_central *central = contract_connect();
    contract_must(bw_central_begin(central, &err), &err);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct text_told told = {.want = texts[i], .bytes = strlen(texts[i])};
        struct bw_sql_value value = bw_sql_text(texts[i]);
        contract_must(
            bw_central_run(central, "UPDATE session SET title = $1 WHERE session_no = 1",
                &value, 1, NULL, NULL, &err),
            &err);
        assert_int_equal(bw_central_changed(central), 1);
        contract_must(
            bw_central_run(central, "SELECT title FROM session WHERE title = $1", &value,
                1, on_text, &told, &err),
            &err);
        assert_int_equal(told.rows, 1);
    }
    assert_int_equal(contract_number(central, "SELECT count(*) FROM session"), 2);
    contract_must(bw_central_commit(central, &err), &err);
    bw_central_close(central);
    free(length);
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
    struct bw_central *central = contract_connect();
    struct bw_error err = {.text = ""};
    for (int i = 0; i < 3; i++) {
        int rows = 0;
        contract_must(bw_central_run(central, "SELECT 1 UNION SELECT 2 UNION SELECT 3",
                          NULL, 0, on_stop, &rows, &err),
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

enum { ROWS = 20000 };

static bool
on_big(const struct bw_sql_value *columns, int count, void *context)
{
    int64_t *next = context;
    assert_int_equal(count, 2);
    assert_int_equal(columns[0].number, *next);
    assert_int_equal(columns[1].bytes, 64);
    ++*next;
    return true;
}

static void
a_big_result_comes_row_by_row_and_in_order(void **state)
{
    (void)state;
    uint8_t blob[64] = {7};
    struct bw_error err = {.text = ""};
    struct bw_central *central = contract_connect();
    contract_must(bw_central_begin(central, &err), &err);
    for (int64_t i = 0; i < ROWS; i++) {
        struct bw_sql_value values[] = {bw_sql_int(i), bw_sql_blob(blob, sizeof blob)};
        contract_must(
            bw_central_run(central,
                "INSERT INTO event_details (session_no, device, seq, hash, bytes)"
                " VALUES (1, 1, $1, $2, $2)",
                values, 2, NULL, NULL, &err),
            &err);
    }
    contract_must(bw_central_commit(central, &err), &err);
    int64_t next = 0;
    contract_must(
        bw_central_run(central, "SELECT seq, bytes FROM event_details ORDER BY seq", NULL,
            0, on_big, &next, &err),
        &err);
    assert_int_equal(next, ROWS);
    contract_must(bw_central_begin(central, &err), &err);
    contract_run(central, "DELETE FROM event_details");
    assert_int_equal(bw_central_changed(central), ROWS);
    contract_must(bw_central_commit(central, &err), &err);
    bw_central_close(central);
}

/* ---- transactions ---- */

static void
what_is_rolled_back_is_gone_and_a_constraint_is_refused(void **state)
{
    (void)state;
    struct bw_central *central = contract_connect();
    struct bw_error err = {.text = ""};
    int64_t before =
        contract_number(central, "SELECT revision FROM session WHERE session_no = 1");
    int64_t revision = 0;
    contract_must(bw_central_begin(central, &err), &err);
    contract_must(bw_central_next_revision(central, 1, &revision, &err), &err);
    assert_int_equal(revision, before + 1);
    bw_central_rollback(central);
    bw_central_rollback(central);
    assert_int_equal(
        contract_number(central, "SELECT revision FROM session WHERE session_no = 1"),
        before);
    assert_int_equal(bw_central_run(central,
                         "INSERT INTO device_session (device, session_no, rank)"
                         " VALUES (99, 99, 0)",
                         NULL, 0, NULL, NULL, &err),
        BW_REFUSED);
    assert_int_equal(err.os_errno, ENOENT);
    assert_int_equal(
        bw_central_run(central, "SELECT no such", NULL, 0, NULL, NULL, &err), BW_IO);
    bw_central_close(central);
}

static void
what_is_not_committed_is_seen_by_nobody_else(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *one = contract_connect(), *other = contract_connect();
    contract_must(bw_central_begin(one, &err), &err);
    assert_true(bw_central_in_transaction(one));
    contract_run(one, "UPDATE session SET capacity = 7 WHERE session_no = 1");
    assert_int_equal(
        contract_number(other, "SELECT capacity FROM session WHERE session_no = 1"), 50);
    contract_must(bw_central_commit(one, &err), &err);
    assert_false(bw_central_in_transaction(one));
    assert_int_equal(
        contract_number(other, "SELECT capacity FROM session WHERE session_no = 1"), 7);
    contract_must(bw_central_begin(one, &err), &err);
    contract_run(one, "UPDATE session SET capacity = 8 WHERE session_no = 1");
    bw_central_close(one); /* as a program that ends in the midst of it */
    assert_int_equal(
        contract_number(other, "SELECT capacity FROM session WHERE session_no = 1"), 7);
    bw_central_close(other);
}

static void
a_snapshot_stays_what_it_was_while_others_commit(void **state)
{
    (void)state;
    static const char sql[] = "SELECT sum(capacity) FROM session";
    struct bw_error err = {.text = ""};
    struct bw_central *reader = contract_connect(), *writer = contract_connect();
    contract_must(bw_central_read_begin(reader, &err), &err);
    for (int i = 0; i < 3; i++) {
        contract_must(bw_central_begin(writer, &err), &err);
        contract_run(writer, "UPDATE session SET capacity = capacity + 1");
        contract_must(bw_central_commit(writer, &err), &err);
        contract_must(
            bw_central_read_begin(reader, &err), &err); /* nested: the outer one's */
        assert_int_equal(contract_number(reader, sql), 100);
        bw_central_read_end(reader);
        assert_int_equal(contract_number(reader, sql), 100);
    }
    bw_central_read_end(reader);
    bw_central_read_end(reader); /* does nothing */
    assert_int_equal(contract_number(reader, sql), 106);
    contract_must(bw_central_begin(reader, &err), &err);
    contract_must(bw_central_read_begin(reader, &err), &err);
    contract_run(reader, "UPDATE session SET capacity = 1");
    assert_int_equal(contract_number(reader, sql), 2);
    bw_central_read_end(reader);
    assert_true(bw_central_in_transaction(reader));
    bw_central_rollback(reader);
    bw_central_close(reader);
    bw_central_close(writer);
}

/* ---- locks ---- */

static int64_t
mono_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* How long it was waited for, till it was told. */
static int64_t
busy_after_ms(struct bw_central *other)
{
    struct bw_error err = {.text = ""};
    int64_t began_ms = mono_ms();
    enum bw_status status = bw_central_begin(other, &err);
    if (status == BW_OK) { /* an engine whose writers meet at the rows */
        status = bw_central_lock_numbers(other, &err);
    }
    int64_t waited_ms = mono_ms() - began_ms;
    assert_int_equal(status, BW_BUSY);
    assert_true(strlen(err.text) > 40);
    bw_central_rollback(other);
    return waited_ms;
}

enum { TRIES = 20 }; /* the machine may stand still in some */

/* C5 */
static void
a_held_lock_is_waited_for_so_long_and_told_in_a_sentence(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *holder = contract_connect(), *other = contract_connect();
    assert_int_equal(other->lock_ms, BW_CENTRAL_LOCK_MS);
    other->lock_ms = 200;
    contract_must(bw_central_begin(holder, &err), &err);
    contract_must(bw_central_lock_numbers(holder, &err), &err);
    int64_t least_ms = INT64_MAX;
    for (int i = 0; i < TRIES && least_ms > 4000; i++) {
        int64_t waited_ms = busy_after_ms(other);
        assert_true(waited_ms >= 150);
        least_ms = waited_ms < least_ms ? waited_ms : least_ms;
    }
    assert_in_range(least_ms, 150, 4000);
    assert_int_equal(
        contract_number(other, "SELECT count(*) FROM session"), 2); /* reading goes on */
    contract_must(bw_central_commit(holder, &err), &err);
    contract_must(bw_central_begin(other, &err), &err);
    contract_must(bw_central_lock_numbers(other, &err), &err);
    contract_must(bw_central_lock_numbers(other, &err), &err);
    bw_central_rollback(other);
    bw_central_close(holder);
    bw_central_close(other);
}

/* C2 */
static void
a_sessions_revisions_are_its_own(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    int64_t revision = 0;
    struct bw_central *central = contract_connect();
    contract_must(bw_central_begin(central, &err), &err);
    for (int64_t i = 1; i <= 3; i++) {
        contract_must(bw_central_next_revision(central, 1, &revision, &err), &err);
        assert_int_equal(revision, i);
    }
    contract_must(bw_central_next_revision(central, 2, &revision, &err), &err);
    assert_int_equal(revision, 1);
    assert_int_equal(
        bw_central_next_revision(central, 99, &revision, &err), BW_NOT_FOUND);
    assert_non_null(strstr(err.text, "99"));
    assert_int_equal(revision, 1);
    contract_must(bw_central_commit(central, &err), &err);
    bw_central_close(central);
}

enum { WRITERS = 8, TURNS = 25 };

static void *
write_in_turns(void *context)
{
    struct bw_central *central = NULL;
    int *failures = context;
    if (bw_central_open(contract_uri(), BW_CENTRAL_OPEN, &central, NULL) != BW_OK) {
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
    struct bw_central *central = contract_connect();
    assert_int_equal(
        contract_number(central, "SELECT revision FROM session WHERE session_no = 1"),
        WRITERS * TURNS);
    bw_central_close(central);
}

static void
setting_up_again_changes_nothing(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    bool created = true;
    struct bw_central *central = contract_connect();
    contract_must(bw_central_setup(central, 2, &created, &err), &err);
    assert_false(created);
    assert_int_equal(contract_number(central, "SELECT count(*) FROM session"), 2);
    assert_int_equal(contract_number(central, "SELECT created_ms FROM central"), 1);
    contract_must(bw_central_sweep(central, &err), &err);
    bw_central_close(central);
}

int
central_contract_run(const struct central_kind *given)
{
    const struct CMUnitTest tests[] = {
#define ON_ENGINE(test)                                                                  \
    cmocka_unit_test_setup_teardown(test, contract_setup, contract_teardown)
        ON_ENGINE(values_come_back_as_they_went),
        ON_ENGINE(hostile_texts_are_values_and_never_sql),
        ON_ENGINE(a_row_handler_may_stop_and_may_ask_again),
        ON_ENGINE(a_big_result_comes_row_by_row_and_in_order),
        ON_ENGINE(what_is_rolled_back_is_gone_and_a_constraint_is_refused),
        ON_ENGINE(what_is_not_committed_is_seen_by_nobody_else),
        ON_ENGINE(a_snapshot_stays_what_it_was_while_others_commit),
        ON_ENGINE(a_held_lock_is_waited_for_so_long_and_told_in_a_sentence),
        ON_ENGINE(a_sessions_revisions_are_its_own),
        ON_ENGINE(many_writers_take_turns_and_none_is_lost),
        ON_ENGINE(setting_up_again_changes_nothing),
    };
    contract_kind = given;
    return cmocka_run_group_tests_name("engine contract", tests, NULL, NULL) +
           contract_bulk_run() + contract_hold_run();
}
