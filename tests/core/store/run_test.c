/* A kiosk's runs are counted, and those that ended without a word. */
#include "help.h"

static int64_t
number(struct bw_store *store, const char *name)
{
    struct bw_error err;
    int64_t value = 0;
    help_ok(bw_store_get_number(store, name, 0, &value, &err), &err);
    return value;
}

static void
assert_runs(struct bw_store *store, int64_t runs, int64_t cuts, int64_t cut_ms)
{
    assert_int_equal(number(store, BW_NUMBER_RUNS), runs);
    assert_int_equal(number(store, BW_NUMBER_CUTS), cuts);
    assert_int_equal(number(store, BW_NUMBER_CUT_MS), cut_ms);
}

static void
run_that_was_closed_is_no_cut(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    help_path("closed", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    assert_false(bw_store_run_begin(store, HELP_WALL_MS));
    bw_store_close(store);
    store = help_open(path, BW_STORE_KIOSK);
    assert_false(bw_store_run_begin(store, HELP_WALL_MS + 1));
    assert_runs(store, 2, 0, 0);
    bw_store_close(store);
}

/* The file as it was at the moment of the cut: copied while the run goes on. */
static void
run_that_was_cut_off_is_counted_by_the_next(void **state)
{
    (void)state;
    struct bw_error err;
    char path[HELP_PATH_BYTES], cut[HELP_PATH_BYTES];
    help_path("running", path);
    help_path("cut", cut);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    assert_false(bw_store_run_begin(store, HELP_WALL_MS));
    help_ok(bw_store_copy(path, cut, &err), &err);
    bw_store_close(store);
    store = help_open(cut, BW_STORE_KIOSK);
    assert_true(bw_store_run_begin(store, HELP_WALL_MS + 5));
    assert_runs(store, 2, 1, HELP_WALL_MS + 5);
    bw_store_close(store);
    store = help_open(cut, BW_STORE_KIOSK);
    assert_false(bw_store_run_begin(store, HELP_WALL_MS + 9));
    assert_runs(store, 3, 1, HELP_WALL_MS + 5);
    bw_store_close(store);
}

static void
who_only_looks_or_exchanges_counts_nothing(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    help_path("looked", path);
    bw_store_close(help_store(path, BW_STORE_KIOSK));
    struct bw_store *store = help_open(path, BW_STORE_READ);
    assert_false(bw_store_run_begin(store, HELP_WALL_MS)); /* and can't be written */
    bw_store_close(store);
    bw_store_close(help_open(path, BW_STORE_SYNC));
    store = help_open(path, BW_STORE_KIOSK);
    assert_false(bw_store_run_begin(store, HELP_WALL_MS));
    assert_runs(store, 1, 0, 0);
    bw_store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(run_that_was_closed_is_no_cut),
        cmocka_unit_test(run_that_was_cut_off_is_counted_by_the_next),
        cmocka_unit_test(who_only_looks_or_exchanges_counts_nothing),
    };
    return cmocka_run_group_tests(tests, help_setup, help_teardown);
}
