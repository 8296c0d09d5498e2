/* The desk on a disk that fails: at every step of a few minutes at the door,
 * one run each.
 *
 * - who was answered `welcome` is in the log exactly once,
 *   whatever failed before or after;
 * - who was answered with an error is told that nothing was saved, and isn't counted;
 * - once the disk works again, the same desk counts what a fresh one reads;
 * - the chain holds. */
#include "tests/core/desk/help.h"
#include "tests/core/store/faulty_vfs.h"
#include "tests/pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

enum { SAID_MAX = 8, STEPS_MAX = 500, FULL_STEP_BYTES = 997, FULL_MAX_BYTES = 60000 };

struct said {
    int count;
    struct bw_event_id welcomes[SAID_MAX];
};

static void
take(struct said *said, const struct bw_answer *a)
{
    if (a->kind == BW_ANSWER_ERROR) {
        assert_true(faulty_vfs_struck());
        assert_true(a->failure.not_saved);
        assert_non_null(strstr(a->failure.error.text, "failed"));
        return;
    }
    if (a->kind == BW_ANSWER_VERDICT && a->verdict.verdict == BW_VERDICT_WELCOME) {
        assert_true(said->count < SAID_MAX);
        said->welcomes[said->count++] = a->event;
    }
}

/* A few minutes at the door. Undoing may find nobody in, where the welcome failed. */
static struct said
live(void)
{
    struct said said = {0};
    take(&said, scan(FIXTURE_SESSION, FATIMA, 0));
    take(&said, scan(FIXTURE_SESSION, WIM, 0));
    take(&said, newcomer(BW_COMMAND_WALK_IN, "Jan", ""));
    (void)by_code(BW_COMMAND_LEAVE, FATIMA);
    take(&said, scan(FIXTURE_SESSION, ANNA, 1));
    take(&said, scan(FIXTURE_SESSION, FATIMA, 0));
    return said;
}

struct finding {
    const struct said *said;
    int found[SAID_MAX];
};

static bool
on_event(const struct bw_event *event, void *context)
{
    struct finding *finding = context;
    for (int i = 0; i < finding->said->count; i++) {
        finding->found[i] += event->kind == BW_EVENT_ARRIVED &&
                             event->id.seq == finding->said->welcomes[i].seq;
    }
    return true;
}

static void
assert_log_holds(const struct said *said)
{
    struct finding finding = {.said = said};
    struct bw_verification found;
    struct bw_store *store = fixture_store(&fx, BW_STORE_KIOSK);
    assert_int_equal(bw_store_own_events(store, 1, on_event, &finding, NULL), BW_OK);
    for (int i = 0; i < said->count; i++) {
        assert_int_equal(finding.found[i], 1);
    }
    assert_int_equal(bw_store_verify(store, &found, NULL), BW_OK);
    assert_int_equal(found.chain, BW_CHAIN_OK);
    assert_true(found.integrity);
    bw_store_close(store);
}

static void
assert_memory_is_disk(void)
{
    struct bw_ledger here = simply(BW_COMMAND_COUNTS)->ledger;
    struct bw_desk *old = desk;
    desk = fixture_desk(&fx);
    struct bw_ledger fresh = simply(BW_COMMAND_COUNTS)->ledger;
    assert_memory_equal(&here, &fresh, sizeof here);
    bw_desk_destroy(desk);
    desk = old;
}

/* False once nothing was struck any more: every step has had its turn. */
static bool
fail_at(enum fault fault, int64_t at)
{
    open_desk(5, 0);
    faulty_vfs_arm(fault, at, (uint64_t)at);
    struct said said = live();
    bool struck = faulty_vfs_struck();
    if (fault == FAULT_POWER_CUT) { /* the kiosk goes dark with its disk */
        bw_desk_destroy(desk);
        faulty_vfs_arm(FAULT_NONE, 0, 0);
        desk = fixture_desk(&fx);
    } else {
        faulty_vfs_arm(FAULT_NONE, 0, 0);
        assert_memory_is_disk();
    }
    assert_log_holds(&said);
    (void)scan(FIXTURE_SESSION, ANNA, 1); /* and the door goes on */
    assert_int_equal(answer.kind, BW_ANSWER_VERDICT);
    assert_true(answer.verdict.verdict == BW_VERDICT_WELCOME ||
                answer.verdict.verdict == BW_VERDICT_ALREADY_IN);
    assert_memory_is_disk();
    close_desk();
    return struck;
}

static void
fail_everywhere(enum fault fault)
{
    int64_t at = 1;
    while (fail_at(fault, at)) {
        at += pace_stride(1);
        assert_true(at < STEPS_MAX);
    }
    assert_true(at > 10); /* a few steps an event: something was tried */
}

static void
step_that_fails_once_costs_one_answer(void **state)
{
    (void)state;
    fail_everywhere(FAULT_ONCE);
}

static void
disk_that_dies_welcomes_nobody(void **state)
{
    (void)state;
    fail_everywhere(FAULT_FOR_EVER);
}

static void
power_cut_loses_nobody_who_was_welcomed(void **state)
{
    (void)state;
    fail_everywhere(FAULT_POWER_CUT);
}

static void
full_disk_welcomes_nobody_it_has_no_room_for(void **state)
{
    (void)state;
    int struck = 0;
    for (int64_t bytes = 0; bytes < FULL_MAX_BYTES;
         bytes += (int64_t)pace_stride(1) * FULL_STEP_BYTES) {
        struck += fail_at(FAULT_FULL, bytes);
    }
    assert_true(struck > 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(step_that_fails_once_costs_one_answer),
        cmocka_unit_test(disk_that_dies_welcomes_nobody),
        cmocka_unit_test(power_cut_loses_nobody_who_was_welcomed),
        cmocka_unit_test(full_disk_welcomes_nobody_it_has_no_room_for),
    };
    /* hundreds of stores are made: in memory where there is such a place */
    if (access("/dev/shm", W_OK) == 0) {
        (void)setenv("BW_FIXTURE_FOLDER", "/dev/shm", 0);
    }
    if (!faulty_vfs_install()) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
