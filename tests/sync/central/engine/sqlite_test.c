/* SQLite's engine of the central database: the suite for every engine, and what is of
 * files alone. */
#define ONE_OFFICE_PLACES 2

#include "central/engine/sqlite.h"
#include "tests/sync/central/engine/contract.h"
#include "tests/sync/one_office.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static void
a_newer_or_foreign_database_is_refused(void **state)
{
    (void)state;
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    assert_int_equal(
        bw_central_run(central, "PRAGMA user_version = 99", NULL, 0, NULL, NULL, &err),
        BW_OK);
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

static int64_t
resting_ms(void)
{
    return 0;
}

/* Each look finds all that a statement may compute gone. */
static int64_t
leaping_ms(void)
{
    static int64_t spent_ms;
    return spent_ms += BW_CENTRAL_SQLITE_STATEMENT_MS;
}

#define COUNT_LONG                                                                       \
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"  \
    " SELECT count(*) FROM n"

static void
a_statement_that_computes_for_too_long_is_ended_and_the_next_one_runs(void **state)
{
    (void)state;
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    int64_t count = 0;
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    struct bw_central_sqlite_db *self = (struct bw_central_sqlite_db *)central;
    assert_ptr_equal(self->spent_ms, bw_central_sqlite_spent_ms);
    self->spent_ms = leaping_ms;
    assert_int_equal(
        bw_central_number(central, COUNT_LONG, NULL, 0, 0, &count, &err), BW_CORRUPT);
    assert_non_null(strstr(err.text, office.uri));
    assert_non_null(strstr(err.text, "compute without end"));
    assert_null(strstr(err.text, "damaged"));
    self->spent_ms = resting_ms;
    assert_int_equal(
        bw_central_number(central, COUNT_LONG, NULL, 0, 0, &count, &err), BW_OK);
    assert_int_equal(count, 100000);
    bw_central_close(central);
}

static int64_t
cpu_ms(clockid_t clock)
{
    struct timespec now;
    assert_int_equal(clock_gettime(clock, &now), 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void *
compute(void *context)
{
    while (cpu_ms(CLOCK_THREAD_CPUTIME_ID) < 20) {
    }
    return context;
}

static void
what_a_statement_computes_is_its_threads_alone(void **state)
{
    (void)state;
    pthread_t other;
    assert_int_equal(pthread_create(&other, NULL, compute, NULL), 0);
    assert_int_equal(pthread_join(other, NULL), 0);
    int64_t before_ms = cpu_ms(CLOCK_THREAD_CPUTIME_ID);
    int64_t spent_ms = bw_central_sqlite_spent_ms();
    assert_in_range(spent_ms, before_ms, cpu_ms(CLOCK_THREAD_CPUTIME_ID));
}

static void
on_begin(void *context)
{
    office_init(context);
}

static void
on_end(void *context)
{
    office_finish(context);
}

static const char *
uri_of(void *context)
{
    return ((struct office *)context)->uri;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)
        WITH_OFFICE(a_newer_or_foreign_database_is_refused),
        WITH_OFFICE(
            a_statement_that_computes_for_too_long_is_ended_and_the_next_one_runs),
        cmocka_unit_test(what_a_statement_computes_is_its_threads_alone),
    };
    const struct central_kind sqlite = {
        .begin = on_begin, .end = on_end, .uri = uri_of, .context = &office};
    int failed = central_contract_run(&sqlite);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
