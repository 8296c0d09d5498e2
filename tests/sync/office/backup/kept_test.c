/* What was kept aside before backups were put back, as it is found again. */
#include "office/backup/put_back.h"
#define ONE_OFFICE_PLACES 5
#include "tests/sync/one_office.h"

#include <stdio.h>

static bool
on_kept(const char *path, const char *name, void *context)
{
    char(*names)[2][64] = context;
    (void)path;
    (void)snprintf((*names)[(*names)[0][0] != '\0'], sizeof(*names)[0], "%s", name);
    return true;
}

/* Fifty, whatever the order in which the folder has them. */
static void
of_what_was_kept_the_newest_are_walked(void **state)
{
    enum { THERE = 60 };
    char keys[512], name[64], names[2][64] = {"", ""}; /* the first and the last */
    struct bw_error err = {.text = ""};
    (void)state;
    for (int i = THERE; i-- > 0;) {
        (void)snprintf(name, sizeof name, "o.kept-20250320-1012%02d.bwb", i);
        (void)office_write(&office, name, "x");
    }
    (void)snprintf(keys, sizeof keys, "%s", office_path(&office, "o.key"));
    const struct bw_office own = {.key_path = keys};
    assert_int_equal(bw_office_kept_walk(&own, on_kept, &names, &err), BW_OK);
    assert_string_equal(names[0], "o.kept-20250320-101259.bwb");
    assert_string_equal(names[1], "o.kept-20250320-101210.bwb");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            of_what_was_kept_the_newest_are_walked, open_office, close_office),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
