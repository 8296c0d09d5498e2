/* An answer of a command as JSON: all of it, or none; never a part that looks whole. */
#include "tests/sync/json_short.h"
#include "tests/sync/kiosk_help.h"

/* More than one answer asks for. */
enum { ALLOCATIONS_MOST = 5000 };

static void
status_that_memory_runs_out_in_is_whole_or_none(void **state)
{
    struct office office;
    struct kiosk kiosk;
    (void)state;
    office_open(&office, 2, false);
    kiosk_enrol(&kiosk, &office, "Balie", "S-1");
    json_decref(office_json(&office, &(enum bw_exit){BW_EXIT_DONE}, "status", NULL));
    char *whole = strdup(office.out);
    assert_non_null(strstr(whole, "Balie"));
    json_set_alloc_funcs(json_short_malloc, free);
    bool failed = true;
    for (int nth = 0; failed && nth < ALLOCATIONS_MOST; nth++) {
        json_short_left = nth;
        enum bw_exit result = office_run(&office, "status", "--json", NULL);
        failed = json_short_left == -1;
        json_short_left = -1;
        if (result == BW_EXIT_DONE || result == BW_EXIT_LOOK) {
            assert_string_equal(office.out, whole);
        }
    }
    assert_false(failed);
    free(whole);
    kiosk_finish(&kiosk);
    office_finish(&office);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_that_memory_runs_out_in_is_whole_or_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
