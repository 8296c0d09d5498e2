/* For a file whose tests have an office each in a real PostgreSQL, which is that of the
 * file: its main ends with `return run_on_server(tests)`. */
#ifndef BW_TESTS_ONE_SERVER_H
#define BW_TESTS_ONE_SERVER_H

#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/one_office.h"

enum { ONE_SERVER_SKIPPED = 77 };

static struct postgres server;

static inline void
must(enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        fail_msg("%s", err->text);
    }
}

static inline int64_t
number(const char *sql)
{
    return office_number(&office, sql);
}

static int
close_office_there(void **state)
{
    (void)close_office(state);
    postgres_clear(&server);
    return 0;
}

static int
stop_server(int failed)
{
    postgres_stop(&server);
    return failed;
}

/* What main returns, where there's no PostgreSQL too. */
#define run_on_server(tests)                                                             \
    (postgres_start(&server) ? stop_server(cmocka_run_group_tests(tests, NULL, NULL))    \
                             : (int)ONE_SERVER_SKIPPED)

#endif
