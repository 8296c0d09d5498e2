/* Many statements and rows at once, and writers beside each other, on every engine: see
 * contract.h. */
#include "tests/sync/central/engine/contract_help.h"
#include "tests/sync/testing.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { MANY = 500, BIG = 200000 };

static const struct bw_sql_columns heard = {
    .table = "heard", .names = "device, peer, counter, heard_ms", .count = 4};

static void
fill_heard(size_t at, struct bw_sql_value *ret_values, const void *context)
{
    ret_values[0] = bw_sql_int(1);
    ret_values[1] = bw_sql_int(*(const int *)context + (int64_t)at);
    ret_values[2] = bw_sql_int((int64_t)at * INT64_C(1000000000000));
    ret_values[3] = bw_sql_int(-1);
}

static enum bw_status
put_heard(struct bw_central *central, int64_t peer, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(peer);
    return bw_central_put(central,
        "INSERT INTO heard (device, peer, counter, heard_ms) VALUES (1, $1, 2, 3)",
        &value, 1, err);
}

static void
what_is_put_is_there_for_the_next_question_and_after_the_commit(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *central = contract_connect();
    contract_must(bw_central_begin(central, &err), &err);
    for (int i = 0; i < MANY; i++) {
        contract_must(put_heard(central, i, &err), &err);
    }
    assert_int_equal(contract_number(central, "SELECT count(*) FROM heard"), MANY);
    contract_must(put_heard(central, MANY, &err), &err);
    contract_must(bw_central_commit(central, &err), &err);
    assert_int_equal(contract_number(central, "SELECT count(*) FROM heard"), MANY + 1);
    contract_must(bw_central_begin(central, &err), &err);
    contract_must(put_heard(central, MANY + 1, &err), &err);
    bw_central_rollback(central);
    assert_int_equal(contract_number(central, "SELECT count(*) FROM heard"), MANY + 1);
    bw_central_close(central);
}

/* Whenever it is told: nothing of the transaction stays, and the connection goes on. */
static void
a_put_that_fails_is_told_at_the_commit_at_the_latest(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *central = contract_connect();
    contract_must(bw_central_begin(central, &err), &err);
    enum bw_status status = put_heard(central, 1, &err);
    for (int i = 0; status == BW_OK && i < 3; i++) {
        status = put_heard(central, 1, &err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, &err);
    }
    assert_int_equal(status, BW_REFUSED);
    assert_true(strlen(err.text) > 40);
    bw_central_rollback(central);
    assert_int_equal(contract_number(central, "SELECT count(*) FROM heard"), 0);
    contract_must(bw_central_begin(central, &err), &err);
    contract_must(put_heard(central, 1, &err), &err);
    contract_must(bw_central_commit(central, &err), &err);
    assert_int_equal(contract_number(central, "SELECT count(*) FROM heard"), 1);
    bw_central_close(central);
}

struct rows_of {
    int rows[MANY];
    int64_t sums[MANY];
};

static bool
on_peer(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    struct rows_of *of = context;
    assert_int_equal(count, 1);
    of->rows[at]++;
    of->sums[at] += columns[0].number;
    return of->rows[at] < 2;
}

static void
one_statement_runs_for_each_list_of_parameters_in_order(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct rows_of of = {.rows = {0}};
    struct bw_sql_value values[MANY * 2];
    int first = 0;
    struct bw_central *central = contract_connect();
    contract_must(bw_central_begin(central, &err), &err);
    contract_must(
        bw_central_insert(central, &heard, MANY, fill_heard, &first, &err), &err);
    contract_must(bw_central_commit(central, &err), &err);
    for (int i = 0; i < MANY; i++) { /* no row, one, or more than are wanted */
        values[2 * i] = bw_sql_int(i);
        values[2 * i + 1] = bw_sql_int(i + (i % 3 == 0 ? -1 : i % 3 == 1 ? 0 : 5));
    }
    contract_must(bw_central_each(central,
                      "SELECT peer FROM heard WHERE peer BETWEEN $1 AND $2 ORDER BY peer",
                      values, 2, MANY - 5, on_peer, &of, &err),
        &err);
    for (int i = 0; i < MANY - 5; i++) {
        assert_int_equal(of.rows[i], i % 3);
        assert_int_equal(of.sums[i], i % 3 == 0 ? 0 : i % 3 == 1 ? i : 2 * i + 1);
    }
    contract_must(
        bw_central_each(central, "UPDATE heard SET counter = $2 WHERE peer = $1", values,
            2, 3, NULL, NULL, &err),
        &err);
    contract_must(
        bw_central_each(central, "SELECT $1", values, 2, 0, on_peer, &of, &err), &err);
    bw_central_close(central);
}

static void
a_statement_that_fails_midway_ends_the_list(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_sql_value values[] = {
        bw_sql_int(1), bw_sql_int(2), bw_sql_int(2), bw_sql_int(3)};
    struct bw_central *central = contract_connect();
    contract_must(bw_central_begin(central, &err), &err);
    assert_int_equal(
        bw_central_each(central,
            "INSERT INTO heard (device, peer, counter, heard_ms) VALUES (1, $1, 2, 3)",
            values, 1, 4, NULL, NULL, &err),
        BW_REFUSED);
    assert_int_equal(err.os_errno, EEXIST);
    bw_central_rollback(central);
    assert_int_equal(contract_number(central, "SELECT count(*) FROM heard"), 0);
    bw_central_close(central);
}

static void
fill_letter(size_t at, struct bw_sql_value *ret_values, const void *context)
{
    static const char *const names[] = {"Çağla \"x\"\t\\N", "", "b"};
    ret_values[0] = bw_sql_int(-5 - (int64_t)at);
    ret_values[1] = bw_sql_text(names[at % 3]);
    ret_values[2] = at % 3 == 0 ? bw_sql_blob(context, BIG) : bw_sql_blob(NULL, 0);
    ret_values[3] = bw_sql_null();
    ret_values[4] = bw_sql_int(INT64_MIN);
}

static void
rows_in_bulk_keep_every_value(void **state)
{
    (void)state;
    static uint8_t big[BIG];
    static const struct bw_sql_columns columns = {.table = "series_bulk",
        .names = "number, name, bytes, none_of_it, least",
        .count = 5};
    struct bw_error err = {.text = ""};
    struct bw_central *central = contract_connect();
    memset(big, '\t', sizeof big);
    big[0] = 0;
    big[BIG - 1] = 255;
    contract_run(central,
        "CREATE TABLE series_bulk (number INTEGER, name TEXT, bytes BLOB,"
        " none_of_it INTEGER, least INTEGER)");
    contract_must(bw_central_begin(central, &err), &err);
    contract_must(bw_central_insert(central, &columns, 30, fill_letter, big, &err), &err);
    contract_must(bw_central_insert(central, &columns, 0, fill_letter, big, &err), &err);
    struct bw_sql_value values[] = {
        bw_sql_text("Çağla \"x\"\t\\N"), bw_sql_blob(big, BIG), bw_sql_int(INT64_MIN)};
    int64_t same = 0;
    contract_must(bw_central_number(central,
                      "SELECT count(*) FROM series_bulk WHERE name = $1 AND bytes = $2"
                      " AND none_of_it IS NULL AND least = $3",
                      values, 3, 0, &same, &err),
        &err);
    assert_int_equal(same, 10);
    assert_int_equal(contract_number(central, "SELECT sum(number) FROM series_bulk"),
        -(30 * 5 + 29 * 15));
    assert_int_equal(
        contract_number(central, "SELECT count(*) FROM series_bulk WHERE name = ''"), 10);
    contract_must(bw_central_commit(central, &err), &err);
    contract_run(central, "DROP TABLE series_bulk");
    bw_central_close(central);
}

static void
a_row_in_bulk_that_is_there_already_is_refused_with_all_of_them(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *central = contract_connect();
    int first = 5, overlapping = 0;
    contract_must(bw_central_begin(central, &err), &err);
    contract_must(bw_central_insert(central, &heard, 1, fill_heard, &first, &err), &err);
    contract_must(bw_central_commit(central, &err), &err);
    contract_must(bw_central_begin(central, &err), &err);
    assert_int_equal(
        bw_central_insert(central, &heard, MANY, fill_heard, &overlapping, &err),
        BW_REFUSED);
    assert_int_equal(err.os_errno, EEXIST);
    bw_central_rollback(central);
    assert_int_equal(contract_number(central, "SELECT count(*) FROM heard"), 1);
    bw_central_close(central);
}

/* ---- beside each other ---- */

static void
devices_make(void)
{
    struct bw_central *central = contract_connect();
    for (int i = 1; i <= 2; i++) {
        char sql[160];
        (void)snprintf(sql, sizeof sql,
            "INSERT INTO device (device, name, enrolled_ms, sign_public, box_public)"
            " VALUES (%d, 'k', 1, '', '')",
            i);
        contract_run(central, sql);
    }
    bw_central_close(central);
}

/* On an engine with one writer the second waits at the door instead: C5 either way. */
static void
who_has_a_kiosks_row_is_passed_over_or_waited_for(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    static const uint32_t devices[] = {1, 2, 99};
    bool held[3] = {false, false, true};
    devices_make();
    struct bw_central *one = contract_connect(), *other = contract_connect();
    other->lock_ms = 200;
    contract_must(bw_central_begin_beside(one, &err), &err);
    contract_must(bw_central_lock_devices(one, devices + 1, 2, true, held, &err), &err);
    assert_true(held[0]);
    assert_false(held[1]); /* there's none */
    enum bw_status status = bw_central_begin_beside(other, &err);
    if (status == BW_OK) {
        held[1] = true;
        contract_must(
            bw_central_lock_devices(other, devices, 2, false, held, &err), &err);
        assert_true(held[0]);
        assert_false(held[1]);
        status = bw_central_lock_devices(other, devices + 1, 1, true, held, &err);
    }
    assert_int_equal(status, BW_BUSY);
    bw_central_rollback(other);
    contract_must(bw_central_commit(one, &err), &err);
    contract_must(bw_central_begin_beside(other, &err), &err);
    contract_must(bw_central_lock_devices(other, devices, 2, false, held, &err), &err);
    assert_true(held[0] && held[1]);
    bw_central_close(other);
    bw_central_close(one);
}

static void
who_takes_the_write_lock_is_alone(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *one = contract_connect(), *other = contract_connect();
    one->lock_ms = other->lock_ms = 200;
    contract_must(bw_central_begin_beside(one, &err), &err);
    assert_int_equal(bw_central_begin(other, &err), BW_BUSY);
    contract_must(bw_central_commit(one, &err), &err);
    contract_must(bw_central_begin(other, &err), &err);
    assert_int_equal(bw_central_begin_beside(one, &err), BW_BUSY);
    bw_central_rollback(other);
    bw_central_close(other);
    bw_central_close(one);
}

enum { WRITERS = 4, TURNS = 20 };

static void *
write_beside(void *context)
{
    static const uint32_t sessions[] = {1, 2};
    struct bw_central *central = NULL;
    int *failures = context;
    if (bw_central_open(contract_uri(), BW_CENTRAL_OPEN, &central, NULL) != BW_OK) {
        *failures = 1000;
        return NULL;
    }
    for (int i = 0; i < TURNS; i++) {
        int64_t revisions[2];
        bool fine =
            bw_central_begin_beside(central, NULL) == BW_OK &&
            bw_central_next_revisions(central, sessions, 2, revisions, NULL) == BW_OK &&
            bw_central_commit(central, NULL) == BW_OK;
        *failures += !fine;
    }
    bw_central_close(central);
    return NULL;
}

/* C2, C7 */
static void
writers_beside_each_other_lose_no_revision_and_never_wait_in_a_ring(void **state)
{
    (void)state;
    pthread_t threads[WRITERS];
    int failures[WRITERS] = {0};
    for (int i = 0; i < WRITERS; i++) {
        assert_int_equal(
            pthread_create(&threads[i], NULL, write_beside, &failures[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        (void)pthread_join(threads[i], NULL);
        assert_int_equal(failures[i], 0);
    }
    struct bw_central *central = contract_connect();
    assert_int_equal(contract_number(central, "SELECT sum(revision) FROM session"),
        2 * WRITERS * TURNS);
    bw_central_close(central);
}

int
contract_bulk_run(void)
{
    const struct CMUnitTest tests[] = {
#define ON_ENGINE(test)                                                                  \
    cmocka_unit_test_setup_teardown(test, contract_setup, contract_teardown)
        ON_ENGINE(what_is_put_is_there_for_the_next_question_and_after_the_commit),
        ON_ENGINE(a_put_that_fails_is_told_at_the_commit_at_the_latest),
        ON_ENGINE(one_statement_runs_for_each_list_of_parameters_in_order),
        ON_ENGINE(a_statement_that_fails_midway_ends_the_list),
        ON_ENGINE(rows_in_bulk_keep_every_value),
        ON_ENGINE(a_row_in_bulk_that_is_there_already_is_refused_with_all_of_them),
        ON_ENGINE(who_has_a_kiosks_row_is_passed_over_or_waited_for),
        ON_ENGINE(who_takes_the_write_lock_is_alone),
        ON_ENGINE(writers_beside_each_other_lose_no_revision_and_never_wait_in_a_ring),
    };
    return cmocka_run_group_tests_name("engine contract, bulk", tests, NULL, NULL);
}
