/* An import that whoever watches stops: in whatever step, nothing was changed. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/one_office.h"

#include "central/central.h"
#include "office/import/import.h"

static const char form[] =
    OFFICE_FORM "10-02-2025 12:01,a@b.example,Anna Vos,De Brug,brugfunctionaris,Oost\n"
                "10-02-2025 12:02,b@b.example,Bo Mol,De Brug,brugfunctionaris,Oost\n";

/* Stops it when it is asked for the n-th time. */
struct watcher {
    struct bw_progress progress; /* first */
    int asked, stops_at;
};

static void
on_step(struct bw_progress *self, const char *what, int64_t done, int64_t total)
{
    (void)self;
    (void)what;
    (void)done;
    (void)total;
}

static void
on_end(struct bw_progress *self)
{
    (void)self;
}

static bool
is_stopped(struct bw_progress *self)
{
    struct watcher *watcher = (struct watcher *)self;
    return ++watcher->asked >= watcher->stops_at;
}

static enum bw_status
import(int stops_at, int *ret_asked)
{
    struct watcher watcher = {{on_step, on_end, is_stopped}, 0, stops_at};
    struct bw_error err = {.text = ""};
    struct bw_central *central = NULL;
    struct bw_import_result result = {.rows = 0};
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    struct bw_office mine = {.central = central,
        .key_path = office_path(&office, "central.db.key"),
        .progress = &watcher.progress};
    bw_clock_init_system(&mine.clock);
    const struct bw_import_request request = {.kind = BW_IMPORT_REGISTRATIONS,
        .path = office_path(&office, "form.csv"),
        .session = "S-1"};
    enum bw_status status = bw_import_file(&mine, &request, &result, &err);
    if (status == BW_OK) {
        bw_import_result_finish(&result);
    }
    bw_central_close(central);
    if (status != BW_OK && watcher.asked < stops_at) {
        fail_msg("%s", err.text);
    }
    *ret_asked = watcher.asked;
    return status;
}

static void
an_import_that_is_stopped_anywhere_changes_nothing(void **state)
{
    enum { STEPS = 6 }; /* two rows are read, looked up and placed */
    int asked = 0;
    (void)state;
    (void)office_write(&office, "form.csv", form);
    for (int i = 1; i <= STEPS; i++) {
        assert_int_equal(import(i, &asked), BW_REFUSED);
        assert_int_equal(asked, i); /* at once */
        assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 0);
    }
    assert_int_equal(import(STEPS + 1, &asked), BW_OK);
    assert_int_equal(asked, STEPS);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            an_import_that_is_stopped_anywhere_changes_nothing, open_office,
            close_office),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
