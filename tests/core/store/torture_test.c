/* The store on a disk that fails: at every step there is, one run each. After each:
 * nothing that was said to be kept is missing, the chain and the file hold,
 * rosters are whole. */
#include "faulty_vfs.h"
#include "help.h"
#include "tests/pace.h"

#include <brugwachter/store_letter.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PEOPLE = 40, EVENTS = 6, STEPS_EACH = 20, STEPS_MAX = 3000 };

/* What the store promised in one run. */
struct promise {
    bool made;
    bool roster;
    bool second_roster;
    bool forgotten;
    int kept;
    uint8_t hashes[EVENTS][BW_HASH_BYTES];
};

/* A roster letter, whole. */
static enum bw_status
put_letter(
    struct bw_store *store, int64_t revision, const char *name, struct bw_error *err)
{
    enum bw_store_outcome outcome = BW_LETTER_OLD;
    struct bw_session session = help_session(HELP_SESSION, HELP_CODE);
    struct bw_store_letter letter = {
        .session_no = HELP_SESSION, .series = HELP_SERIES, .epoch = 1, .to = revision};
    enum bw_status status = bw_store_letter_begin(store, &letter, err);
    if (status == BW_OK) {
        status = bw_store_put_session(store, &session, err);
    }
    for (bw_code code = 1; status == BW_OK && code <= PEOPLE; code++) {
        struct bw_registration person = help_registration(code, "Anna", name);
        status = bw_store_put_registration(store, &person, err);
    }
    if (status == BW_OK) {
        return bw_store_letter_commit(store, &outcome, err);
    }
    bw_store_letter_rollback(store);
    return status;
}

static void
append_some(struct bw_store *store, struct promise *promise, int count)
{
    struct help_clock clock;
    help_clock_init(&clock);
    for (int i = 0; i < count; i++) {
        struct bw_error err = {0};
        struct bw_event event = help_arrived((bw_code)i);
        struct bw_event_details details = {.person.name = "Jansen"};
        enum bw_status status =
            bw_store_append(store, &clock.clock, &event, i % 2 ? &details : NULL, &err);
        if (status == BW_OK) {
            memcpy(promise->hashes[promise->kept++], event.hash, BW_HASH_BYTES);
        } else {
            assert_true(faulty_vfs_struck());
            assert_true(status == BW_IO || status == BW_FULL || status == BW_CORRUPT);
            assert_non_null(strstr(err.text, " failed: "));
        }
    }
}

/* A day of a store: made, opened, a roster, events, another roster, forgotten, closed. */
static struct promise
live(const char *path)
{
    struct promise promise = {0};
    struct bw_error err = {0};
    struct bw_store *store = NULL;
    struct bw_enrolment enrolment = help_enrolment(HELP_DEVICE);
    promise.made = bw_store_create(path, &enrolment, &err) == BW_OK;
    if (!promise.made || bw_store_open(path, BW_STORE_KIOSK, &store, &err) != BW_OK) {
        assert_true(faulty_vfs_struck());
        return promise;
    }
    promise.roster = put_letter(store, 4, "Bakker", &err) == BW_OK;
    append_some(store, &promise, EVENTS / 2);
    bw_store_idle(store);
    promise.second_roster = put_letter(store, 8, "Visser", &err) == BW_OK;
    append_some(store, &promise, EVENTS / 2);
    promise.forgotten = bw_store_forget(store, INT64_MAX, &err) == BW_OK;
    bw_store_close(store);
    return promise;
}

struct check {
    const struct promise *promise;
    int found;
};

static bool
find_promised(const struct bw_event *event, void *context)
{
    struct check *check = context;
    if (check->found < check->promise->kept &&
        memcmp(check->promise->hashes[check->found], event->hash, BW_HASH_BYTES) == 0) {
        check->found++;
    }
    return true;
}

static bool
count_names(const struct bw_registration *registration, void *context)
{
    int *counts = context;
    counts[strcmp(registration->person.name, "Visser") == 0]++;
    return true;
}

static void
check_promise(const char *path, const struct promise *promise)
{
    struct bw_error err = {0};
    if (!promise->made) {
        assert_int_equal(access(path, F_OK), -1); /* none, or a whole one */
        return;
    }
    struct bw_store *store = help_open(path, BW_STORE_KIOSK);
    struct bw_verification result;
    struct check check = {.promise = promise};
    int names[2] = {0};
    help_ok(bw_store_verify(store, &result, &err), &err);
    assert_int_equal(result.chain, BW_CHAIN_OK);
    assert_true(result.integrity);
    assert_in_range(result.events, promise->kept, EVENTS);
    help_ok(bw_store_own_events(store, 1, find_promised, &check, &err), &err);
    assert_int_equal(check.found, promise->kept);
    help_ok(
        bw_store_roster(store, HELP_SESSION, BW_ROSTER_BY_NAME, count_names, names, &err),
        &err);
    int people = names[0] + names[1];
    assert_true(people == 0 || people == PEOPLE);
    assert_true(names[0] == 0 || names[1] == 0);
    /* A roster whose commit failed may be there all the same: then there was nothing to
     * forget when it was asked. */
    if (promise->forgotten && promise->roster && promise->second_roster) {
        assert_int_equal(people, 0);
    }
    help_append(store, 900, 2); /* and life goes on */
    help_verify(store, result.events + 2);
    bw_store_close(store);
}

static void
torture(enum fault fault, uint64_t seeds)
{
    int64_t step = 1;
    for (;; step += step <= pace_count(STEPS_EACH) ? 1 : pace_stride(3)) {
        bool struck = false;
        for (uint64_t seed = 1; seed <= seeds; seed++) {
            char path[HELP_PATH_BYTES];
            help_path("tortured", path);
            faulty_vfs_arm(fault, step, seed * 1000 + (uint64_t)step);
            struct promise promise = live(path);
            struck = faulty_vfs_struck();
            faulty_vfs_arm(FAULT_NONE, 0, 1);
            check_promise(path, &promise);
        }
        if (!struck) {
            break;
        }
        assert_true(step < STEPS_MAX);
    }
    assert_true(step > 50); /* it did strike, and often */
}

static void
one_failing_step_anywhere_loses_nothing_promised(void **state)
{
    (void)state;
    torture(FAULT_ONCE, 1);
}

static void
disk_dying_at_any_step_loses_nothing_promised(void **state)
{
    (void)state;
    torture(FAULT_FOR_EVER, 1);
}

static void
power_cut_at_any_step_loses_nothing_promised(void **state)
{
    (void)state;
    torture(FAULT_POWER_CUT, 3);
}

static void
full_disk_is_told_as_such_and_left_behind_unharmed(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct help_clock clock;
    char path[HELP_PATH_BYTES];
    help_clock_init(&clock);
    help_path("full", path);
    faulty_vfs_arm(FAULT_NONE, 0, 1);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    help_append(store, 1, 2);
    faulty_vfs_arm(FAULT_FULL, 0, 1);
    struct bw_event event = help_arrived(5);
    help_refused(
        bw_store_append(store, &clock.clock, &event, NULL, &err), BW_FULL, &err, path);
    assert_non_null(strstr(err.text, "disk is full"));
    assert_int_equal(event.id.seq, 0);
    assert_int_equal(put_letter(store, 4, "Bakker", &err), BW_FULL);
    help_verify(store, 2); /* reading goes on */
    faulty_vfs_arm(FAULT_NONE, 0, 1);
    help_ok(bw_store_append(store, &clock.clock, &event, NULL, &err), &err);
    assert_int_equal(event.id.seq, 3);
    help_verify(store, 3);
    bw_store_close(store);
    help_path("full", path);
    faulty_vfs_arm(FAULT_FULL, 4096, 1);
    struct bw_enrolment enrolment = help_enrolment(HELP_DEVICE);
    help_refused(bw_store_create(path, &enrolment, &err), BW_FULL, &err, path);
    faulty_vfs_arm(FAULT_NONE, 0, 1);
    assert_int_equal(access(path, F_OK), -1);
}

static void
disk_filling_at_any_byte_loses_nothing_promised(void **state)
{
    (void)state;
    bool struck = true;
    for (int64_t bytes = 0; struck; bytes += 4096L * pace_stride(1)) {
        char path[HELP_PATH_BYTES];
        help_path("filling", path);
        faulty_vfs_arm(FAULT_FULL, bytes, 1);
        struct promise promise = live(path);
        struck = faulty_vfs_struck();
        faulty_vfs_arm(FAULT_NONE, 0, 1);
        check_promise(path, &promise);
    }
}

static void
copy_version_1(char path[HELP_PATH_BYTES])
{
    char command[3 * HELP_PATH_BYTES];
    help_path("version1", path);
    (void)snprintf(command, sizeof command,
        "cp '%s/tests/core/store/version_1.db' '%s' && chmod 600 '%s'", BW_SOURCE_DIR,
        path, path);
    assert_int_equal(system(command), 0);
}

/* S3 */
static void
store_of_version_1_comes_along_or_stays_as_it_was_wherever_the_disk_fails(void **state)
{
    (void)state;
    static const enum fault faults[] = {FAULT_ONCE, FAULT_POWER_CUT};
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        bool struck = true;
        for (int64_t step = 1; struck; step += pace_stride(1)) {
            struct bw_error err = {0};
            struct bw_store *store = NULL;
            char path[HELP_PATH_BYTES];
            copy_version_1(path);
            faulty_vfs_arm(faults[i], step, (uint64_t)step);
            if (bw_store_open(path, BW_STORE_KIOSK, &store, &err) != BW_OK) {
                assert_true(faulty_vfs_struck());
            }
            bw_store_close(store);
            struck = faulty_vfs_struck();
            faulty_vfs_arm(FAULT_NONE, 0, 1);
            store = help_open(path, BW_STORE_KIOSK);
            help_verify(store, 2);
            bw_store_close(store);
            assert_true(step < STEPS_MAX);
        }
    }
}

static void
one_check_in_is_one_sync(void **state) /* S1 */
{
    (void)state;
    struct bw_error err = {0};
    struct help_clock clock;
    char path[HELP_PATH_BYTES];
    help_clock_init(&clock);
    help_path("sync", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    help_append(store, 1, 3);
    for (int i = 0; i < 100; i++) {
        struct bw_event event = help_arrived(5);
        struct bw_event_details details = {.person.name = "Jansen"};
        faulty_vfs_arm(FAULT_NONE, 0, 1);
        help_ok(
            bw_store_append(store, &clock.clock, &event, i % 2 ? &details : NULL, &err),
            &err);
        assert_int_equal(faulty_vfs_syncs(), 1);
    }
    bw_store_close(store);
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
        cmocka_unit_test(one_failing_step_anywhere_loses_nothing_promised),
        cmocka_unit_test(disk_dying_at_any_step_loses_nothing_promised),
        cmocka_unit_test(power_cut_at_any_step_loses_nothing_promised),
        cmocka_unit_test(full_disk_is_told_as_such_and_left_behind_unharmed),
        cmocka_unit_test(disk_filling_at_any_byte_loses_nothing_promised),
        cmocka_unit_test(
            store_of_version_1_comes_along_or_stays_as_it_was_wherever_the_disk_fails),
        cmocka_unit_test(one_check_in_is_one_sync),
    };
    return cmocka_run_group_tests_name("store_torture", tests, setup, help_teardown);
}
