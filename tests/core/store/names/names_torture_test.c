/* The first PIN on a disk that fails: at every step of sealing and wiping there is, one
 * run each. After each, once the file is opened again: nobody's name is lost, and where
 * they are sealed none lies in the file (S14), before any PIN is typed. */
#include "names_help.h"

#include "tests/core/store/faulty_vfs.h"
#include "tests/pace.h"

#include <string.h>

#define SURNAME "Zwollenaar"
#define WALK_IN "Quispelaar"

enum { PEOPLE = 60, STEPS_MAX = 5000 };

/* Names as they came, a roster's and a walk-in's. */
static struct bw_store *
crowded_store(const char *path)
{
    struct bw_registration people[PEOPLE];
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    give_pin(store, PIN);
    for (int i = 0; i < PEOPLE; i++) {
        people[i] = help_registration((bw_code)i + 1, "Anna", SURNAME);
    }
    put_roster(store, people, PEOPLE);
    (void)walk_in(store, WALK_IN);
    return store;
}

static bool
on_person(const struct bw_registration *registration, void *context)
{
    int *named = context;
    *named += strcmp(registration->person.name, SURNAME) == 0;
    return true;
}

static void
assert_all_names_are_there(struct bw_store *store)
{
    struct bw_error err = {0};
    struct bw_event_details details;
    int named = 0;
    help_ok(
        bw_store_roster(store, HELP_SESSION, BW_ROSTER_BY_NAME, on_person, &named, &err),
        &err);
    assert_int_equal(named, PEOPLE);
    help_ok(bw_store_details(store, (struct bw_event_id){HELP_DEVICE, 1}, &details, &err),
        &err);
    assert_string_equal(details.person.name, WALK_IN);
}

static void
check(const char *path)
{
    struct bw_store *store = help_open(path, BW_STORE_KIOSK);
    enum bw_names names = names_of(store);
    assert_int_not_equal(names, BW_NAMES_OPEN);
    if (names == BW_NAMES_LOCKED) {
        assert_no_name_lies_in(path);
    } else {
        assert_all_names_are_there(store);
    }
    unlock(store, PIN);
    assert_all_names_are_there(store);
    assert_no_name_lies_in(path);
    help_verify(store, 1);
    bw_store_close(store);
}

/* Where it doesn't, it says so; wiping may be owed all the same. */
static bool
unlocks(struct bw_store *store)
{
    struct bw_error err = {0};
    enum bw_status status = bw_store_names_unlock(store, PIN, &err);
    assert_true(status == BW_OK || err.text[0] != '\0');
    return status == BW_OK;
}

/* From one step, or so many bytes, to the next: twice as far each time (a try costs a
 * third of a second, three times Argon2id), or each there is. */
static int64_t
further(int64_t at, int64_t least)
{
    return at == 0 || pace_all() ? at + least : 2 * at;
}

static void
try_at(enum fault fault, int64_t at, bool *ret_struck)
{
    char path[HELP_PATH_BYTES];
    help_path("tortured", path);
    struct bw_store *store = crowded_store(path);
    faulty_vfs_arm(fault, at, (uint64_t)at);
    bool unlocked = unlocks(store);
    bw_store_close(store);
    *ret_struck = !unlocked || faulty_vfs_struck();
    faulty_vfs_arm(FAULT_NONE, 0, 1);
    check(path);
}

static void
power_cut_while_the_first_pin_seals_loses_no_name_and_leaves_none(void **state)
{
    (void)state;
    bool struck = true;
    int64_t step = 1;
    for (; struck; step = further(step, 1)) {
        try_at(FAULT_POWER_CUT, step, &struck);
        assert_true(step < STEPS_MAX);
    }
    assert_true(step > 50); /* it did strike, and often */
}

static void
disk_filling_while_the_first_pin_seals_loses_no_name_and_leaves_none(void **state)
{
    (void)state;
    bool struck = true;
    for (int64_t bytes = 0; struck; bytes = further(bytes, 32768)) {
        try_at(FAULT_FULL, bytes, &struck);
    }
}

static int
setup(void **state)
{
    return faulty_vfs_install() ? help_setup(state) : -1;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            power_cut_while_the_first_pin_seals_loses_no_name_and_leaves_none),
        cmocka_unit_test(
            disk_filling_while_the_first_pin_seals_loses_no_name_and_leaves_none),
    };
    return cmocka_run_group_tests_name("names_torture", tests, setup, help_teardown);
}
