/* SQLite's engine of the central database: the suite for every engine, and what is of
 * files alone. */
#define ONE_OFFICE_PLACES 2

#include "tests/sync/central/engine/contract.h"
#include "tests/sync/one_office.h"

#include <stdio.h>
#include <string.h>

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
    };
    const struct central_kind sqlite = {
        .begin = on_begin, .end = on_end, .uri = uri_of, .context = &office};
    int failed = central_contract_run(&sqlite);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
