/* What a kiosk sent, looked after on its carrier until the office says that it has it. */
#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct world {
    struct office office;
    struct kiosk kiosk;
};

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    office_open(&world->office, 3, false);
    people_sign_up(&world->office, 2);
    kiosk_open(&world->kiosk, &world->office, "Balie", "S-1");
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    kiosk_finish(&world->kiosk);
    office_finish(&world->office);
    free(world);
    return 0;
}

/* The kiosk's letter with events on the default carrier; false where there's none. */
static bool
letter_find(const struct world *world, char ret_path[600], int64_t *ret_bytes)
{
    bool found = false;
    struct stat facts;
    const char *folder = office_path(&world->office, "central.db.letters");
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        if (strncmp(entry->d_name, "bw-events-1-1-", 14) == 0) {
            assert_false(found);
            (void)snprintf(ret_path, 600, "%.300s/%.250s", folder, entry->d_name);
            assert_int_equal(stat(ret_path, &facts), 0);
            *ret_bytes = (int64_t)facts.st_size;
            found = true;
        }
    }
    (void)closedir(entries);
    return found;
}

/* KX2: sent once seen whole on a carrier, acknowledged by its receipt. */
static void
letter_is_put_again_where_it_was_cut_until_its_receipt_came(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    char path[600];
    int64_t whole = 0, now = 0;
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    assert_true(letter_find(world, path, &whole));
    assert_int_equal(truncate(path, 200), 0);
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    assert_true(letter_find(world, path, &now));
    assert_int_equal(now, whole);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    assert_true(letter_find(world, path, &now)); /* missing is put again, too */
    assert_int_equal(office_run(&world->office, "merge", NULL), BW_EXIT_DONE);
    assert_int_equal(kiosk_run(kiosk, "pull", NULL), BW_EXIT_DONE);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    assert_false(letter_find(world, path, &now)); /* the office has it */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            letter_is_put_again_where_it_was_cut_until_its_receipt_came, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
