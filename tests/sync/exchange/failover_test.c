/* An office and a kiosk whose database and letters lie with a leader that is killed, and
 * a standby that takes its place: nothing is lost, nothing is there twice. */
#include "tests/sync/central/engine/pair.h"
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/testing.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LETTERS = 24, TAKEN = 2, LOOK_MS = 5, LOOKS = 40000, ROUNDS = 4 };

static struct pair pair;

static int
setup(void **state)
{
    if (!pair_start(&pair)) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        exit(77);
    }
    *state =
        fleet_open(pair.uri, NULL, LETTERS, LETTERS); /* letters lie in that database */
    return 0;
}

static int
teardown(void **state)
{
    (void)fleet_teardown(state);
    pair_stop(&pair);
    return 0;
}

/* Ten minutes later, so that the kiosk says again what it holds. */
static int64_t
acknowledged_after_sync(struct kiosk *kiosk)
{
    static int minute;
    char clock[32];
    enum bw_exit result;
    minute += 10;
    (void)snprintf(
        clock, sizeof clock, "2025-03-25T%02d:%02d:00", 11 + minute / 60, minute % 60);
    json_t *answer = kiosk_json(kiosk, &result, "sync", "--clock", clock, NULL);
    if (result != BW_EXIT_DONE || !json_is_true(json_object_get(answer, "online"))) {
        fail_msg("%s%s", kiosk->out, kiosk->diag);
    }
    int64_t seq = json_number_of(answer, "acknowledged_seq");
    json_decref(answer);
    return seq;
}

static void
merge(struct world *world)
{
    if (office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL) !=
        BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
}

static int64_t
events(struct world *world)
{
    return office_number(&world->office, "SELECT count(*) FROM event");
}

static void
arrives_and_is_merged(struct world *world, int person)
{
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, person));
    (void)acknowledged_after_sync(&world->kiosk);
    merge(world);
    assert_int_equal(acknowledged_after_sync(&world->kiosk), person + 1);
}

/* An acknowledgement goes back, and the letter itself is lost: the kiosk sends again. */
static void
what_the_old_leader_alone_had_is_sent_again(void **state)
{
    struct world *world = *state;
    bool told = false; /* that what was done since has to be done again */
    arrives_and_is_merged(world, 0);
    pair_replayed(&pair);
    pair_kill(&pair.standby);
    arrives_and_is_merged(world, 1);
    pair_kill(&pair.leader);
    pair_come_back(&pair);
    pair_promote(&pair);
    assert_int_equal(events(world), 1);
    for (int i = 0; i < ROUNDS && events(world) < 2; i++) {
        (void)acknowledged_after_sync(&world->kiosk);
        (void)office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL);
        told = told || strstr(world->office.out, "was put back from a copy") != NULL;
    }
    assert_true(told);
    assert_int_equal(events(world), 2);
    assert_int_equal(acknowledged_after_sync(&world->kiosk), 2);
}

static pid_t
merge_start(struct world *world)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        _exit((int)office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL));
    }
    return pid;
}

/* Lets no letter be noted as taken: whoever merges stands still, its events written and
 * not committed. */
static void
notes_hold(void)
{
    postgres_do(&pair.leader, "BEGIN; LOCK TABLE letter_in IN SHARE MODE");
}

/* Until somebody stands there. */
static void
await_mid_merge(void)
{
    for (int i = 0; i < LOOKS; i++) {
        PGresult *result = PQexec(pair.leader.db,
            "SELECT count(*) FROM pg_locks waits JOIN pg_locks has USING (pid)"
            " WHERE waits.relation = 'letter_in'::regclass AND NOT waits.granted"
            " AND has.relation = 'event'::regclass AND has.mode = 'RowExclusiveLock'");
        int count = atoi(PQgetvalue(result, 0, 0));
        PQclear(result);
        if (count > 0) {
            return;
        }
        (void)poll(NULL, 0, LOOK_MS);
    }
    fail_msg("no letter was being taken in");
}

static void
a_leader_killed_in_mid_merge_loses_nothing_and_doubles_nothing(void **state)
{
    struct world *world = *state;
    int result = 0;
    pair_synchronous(&pair, true);
    for (int i = 0; i < TAKEN; i++) {
        arrives_and_is_merged(world, i);
    }
    for (int i = TAKEN; i < LETTERS; i++) {
        (void)kiosk_arrived(&world->kiosk, people_code(&world->office, i));
        (void)acknowledged_after_sync(&world->kiosk);
    }
    notes_hold();
    pid_t pid = merge_start(world);
    await_mid_merge();
    pair_kill(&pair.leader);
    assert_int_equal(waitpid(pid, &result, 0), pid);
    assert_true(WIFEXITED(result)); /* it says so, and ends */
    assert_int_not_equal(WEXITSTATUS(result), BW_EXIT_DONE);
    pair_promote(&pair);
    assert_int_equal(events(world), TAKEN);
    merge(world);
    assert_int_equal(events(world), LETTERS);
    assert_int_equal(acknowledged_after_sync(&world->kiosk), LETTERS);
    assert_int_equal(office_run(&world->office, "verify", NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM quarantine"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        WITH_WORLD(what_the_old_leader_alone_had_is_sent_again),
        WITH_WORLD(a_leader_killed_in_mid_merge_loses_nothing_and_doubles_nothing),
    };
    return cmocka_run_group_tests_name("failover", tests, NULL, NULL);
}
