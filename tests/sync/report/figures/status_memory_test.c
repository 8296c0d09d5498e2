/* `status` where memory ends, at every allocation there is: it says so, and holds nothing
 * (which the address sanitizer's run tells); the next one works. */
#include "tests/sync/day_help.h"
#include "tests/sync/exchange/failing_memory.h"
#include "tests/sync/testing.h"

#include "report/figures/status_figures.h"

static struct day *today;

static int
install(void **state)
{
    (void)state;
    return failing_memory_install() ? 0 : -1;
}

static struct bw_central *central;

static enum bw_status
status_of(struct bw_error *err)
{
    struct bw_status_figures figures;
    enum bw_status status = bw_status_read(central, BW_WORDING_DUTCH, 0, &figures, err);
    if (status == BW_OK) {
        assert_int_equal(figures.sessions_count, 1);
        bw_status_finish(&figures);
    }
    return status;
}

static void
status_without_memory_says_so(void **state)
{
    today = *state;
    day_arrived(&today->kiosk, people_code(&today->office, 0), BW_BASIS_NAME);
    day_push(&today->kiosk);
    assert_int_equal(office_run(&today->office, "merge", NULL), BW_EXIT_DONE);
    struct bw_error err;
    if (bw_central_open(today->office.uri, BW_CENTRAL_OPEN, &central, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    failing_memory_try(&(struct memory_trial){.work = status_of, .stride = 1});
    bw_central_close(central);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            status_without_memory_says_so, day_setup, day_teardown),
    };
    return cmocka_run_group_tests(tests, install, NULL);
}
