/* The organiser's key file, lost or another's: nothing that letters would have brought is
 * left out without a word, and nothing is signed with a stranger's keys. */
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/testing.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
moved(const struct world *world, const char *from, const char *to)
{
    char *source = strdup(office_path(&world->office, from));
    assert_int_equal(rename(source, office_path(&world->office, to)), 0);
    free(source);
}

/* Somebody came, and the letter about it lies in the folder. */
static void
letter_waits(struct world *world)
{
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    fleet_done(&world->kiosk, "push");
}

static void
expect_told(struct world *world, const char *why, const char *verb, const char *word)
{
    enum bw_exit result =
        office_run(&world->office, verb, word, "--clock", KIOSK_BEFORE, NULL);
    if (result != BW_EXIT_LOOK || !strstr(world->office.diag, why)) {
        fail_msg("%s: %d %s%s", verb, (int)result, world->office.out, world->office.diag);
    }
}

static void
figures_without_the_key_file_say_that_letters_wait(void **state)
{
    struct world *world = *state;
    letter_waits(world);
    moved(world, "central.db.key", "kept.key");
    expect_told(world, "reading the secret keys", "status", NULL);
    expect_told(world, "reading the secret keys", "cancel", "Piet P3");
    moved(world, "kept.key", "central.db.key");
    assert_int_equal(office_run(&world->office, "status", "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 1);
}

static void
without_kiosks_no_letter_and_no_key_is_missed(void **state)
{
    (void)state;
    struct office office;
    office_open(&office, 2, false);
    assert_int_equal(unlink(office_path(&office, "central.db.key")), 0);
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_DONE);
    office_finish(&office);
}

static void
key_file_of_another_organiser_signs_nothing(void **state)
{
    struct world *world = *state;
    struct office stranger;
    char *file = strdup(office_path(&world->office, "new.json"));
    letter_waits(world);
    office_open(&stranger, 2, false);
    moved(world, "central.db.key", "kept.key");
    char *key = strdup(office_path(&stranger, "central.db.key"));
    assert_int_equal(rename(key, office_path(&world->office, "central.db.key")), 0);
    expect_told(world, "doesn't belong to", "status", NULL);
    char *before = office_dump(&world->office);
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "Zij", "--out", file, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_FAILED);
    assert_non_null(strstr(world->office.diag, "doesn't belong to"));
    assert_int_equal(fleet_merge(world), BW_EXIT_FAILED);
    assert_int_equal(office_run(&world->office, "init", NULL), BW_EXIT_FAILED);
    char *after = office_dump(&world->office);
    assert_string_equal(after, before);
    free(after);
    free(before);
    free(key);
    free(file);
    office_finish(&stranger);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, fleet_setup, fleet_teardown)
        CASE(figures_without_the_key_file_say_that_letters_wait),
        cmocka_unit_test(without_kiosks_no_letter_and_no_key_is_missed),
        CASE(key_file_of_another_organiser_signs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
