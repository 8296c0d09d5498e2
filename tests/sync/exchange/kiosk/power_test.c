/* The machine's own battery, as Linux tells of it in a folder. */
#include "exchange/kiosk/power.h"

#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static char folder[] = "/tmp/bw-power-XXXXXX";

static int
setup(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int
teardown(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

static void
supply(const char *name, const char *field, const char *text)
{
    char path[200];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    (void)mkdir(path, 0700);
    (void)snprintf(path, sizeof path, "%s/%s/%s", folder, name, field);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fprintf(file, "%s\n", text);
    assert_int_equal(fclose(file), 0);
}

static void
battery_of_the_machine_is_told_and_no_other(void **state)
{
    (void)state;
    assert_int_equal(bw_kiosk_battery_percent("/nowhere/at/all"), -1);
    assert_int_equal(bw_kiosk_battery_percent(folder), -1);
    supply("AC", "type", "Mains");
    supply("AC", "capacity", "50"); /* no battery */
    supply("hid-1", "type", "Battery");
    supply("hid-1", "scope", "Device"); /* a scanner's */
    supply("hid-1", "capacity", "99");
    supply("BAT0", "type", "Battery");
    assert_int_equal(bw_kiosk_battery_percent(folder), -1); /* it doesn't say */
    supply("BAT0", "capacity", "many");
    assert_int_equal(bw_kiosk_battery_percent(folder), -1);
    supply("BAT0", "capacity", "37");
    assert_int_equal(bw_kiosk_battery_percent(folder), 37);
    supply("BAT1", "type", "Battery");
    supply("BAT1", "capacity", "101");
    assert_int_equal(bw_kiosk_battery_percent(folder), 37);
    supply("BAT1", "capacity", "100");
    assert_int_equal(bw_kiosk_battery_percent(folder), 100);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(battery_of_the_machine_is_told_and_no_other),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
