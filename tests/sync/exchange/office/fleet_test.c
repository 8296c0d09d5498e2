/* What the office says of its kiosks, out of its database. */
#include "exchange/office/fleet.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <string.h>

/* As many letters of two bytes as a name may have, less the last, which tells which. */
static void
enrol(struct office *office, int number)
{
    char name[BW_NAME_BYTES] = "", file[32];
    for (int i = 1; i < BW_NAME_CHARS; i++) {
        (void)strcat(name, "é");
    }
    (void)snprintf(name + strlen(name), 2, "%d", number);
    (void)snprintf(file, sizeof file, "kiosk-%d.json", number);
    assert_int_equal(
        office_run(office, "enrol", "--session", "S-1", "--name", name, "--out",
            office_path(office, file), "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
}

static void
of_kiosks_that_know_nothing_yet_as_many_names_are_told_as_fit_whole(void **state)
{
    (void)state;
    enum { KIOSKS = 6, FIT = 3, BYTES = 2 * (BW_NAME_CHARS - 1) + 1 };
    struct office office;
    struct bw_central *central = NULL;
    struct bw_fleet_told told;
    struct bw_error err = {.text = ""};
    office_open(&office, 4, false);
    for (int i = 1; i <= KIOSKS; i++) {
        enrol(&office, i);
    }
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    assert_int_equal(
        bw_fleet_told_since(central, KIOSK_START_MS, KIOSK_START_MS, &told, &err), BW_OK);
    bw_central_close(central);
    office_finish(&office);
    assert_int_equal(told.kiosks, KIOSKS);
    assert_int_equal(told.told, 0);
    assert_int_equal(strlen(told.untold), FIT * BYTES + (FIT - 1) * 2);
    assert_int_equal(told.untold[strlen(told.untold) - 1], '3');
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            of_kiosks_that_know_nothing_yet_as_many_names_are_told_as_fit_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
