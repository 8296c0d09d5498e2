/* The office's carriers: letters of two central databases never lie in one place. */
#include "tests/sync/testing.h"

#include "tests/sync/kiosk_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ADDRESS_BYTES = 128 };

struct world {
    struct office mine, other;
    char shared[ADDRESS_BYTES];
};

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    office_open(&world->mine, 3, false);
    office_open(&world->other, 3, false);
    (void)snprintf(world->shared, sizeof world->shared, "folder:%s",
        office_path(&world->mine, "shared"));
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    office_finish(&world->mine);
    office_finish(&world->other);
    free(world);
    return 0;
}

static enum bw_exit
enrol(struct office *office, const char *carrier)
{
    return office_run(office, "enrol", "--session", "S-1", "--name", "Zuil", "--carrier",
        carrier, "--out", office_path(office, "kiosk.json"), NULL);
}

static void
a_kiosk_is_not_enrolled_on_another_offices_folder(void **state)
{
    struct world *world = *state;
    assert_int_equal(enrol(&world->mine, world->shared), BW_EXIT_DONE);
    char *before = office_dump(&world->other);
    assert_int_equal(enrol(&world->other, world->shared), BW_EXIT_FAILED);
    assert_non_null(strstr(world->other.diag, "another central database's"));
    char *after = office_dump(&world->other);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

/* As when a stick or a share is emptied, and the other office begins on it. */
static void
a_folder_that_became_another_offices_is_told_until_somebody_looks(void **state)
{
    struct world *world = *state;
    assert_int_equal(enrol(&world->mine, world->shared), BW_EXIT_DONE);
    folder_remove(world->shared + strlen("folder:"));
    assert_int_equal(enrol(&world->other, world->shared), BW_EXIT_DONE);
    assert_int_equal(office_run(&world->mine, "status", NULL), BW_EXIT_LOOK);
    assert_non_null(strstr(world->mine.diag, "another central database's"));
    assert_int_equal(office_run(&world->mine, "status", "--json", NULL), BW_EXIT_LOOK);
    assert_int_equal(office_run(&world->other, "status", NULL), BW_EXIT_DONE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_kiosk_is_not_enrolled_on_another_offices_folder, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_folder_that_became_another_offices_is_told_until_somebody_looks, setup,
            teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
