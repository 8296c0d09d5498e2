/* Letters that go in together: the same as one by one, on each engine, and beside other
 * workers. */
#include "tests/sync/testing.h"

#include "tests/sync/exchange/office/merge/merge_world.h"
#include "tests/sync/kiosk_help.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct postgres server;
static bool has_server;

/* ---- the same ---- */

struct outcome {
    enum bw_merge_outcome letters[LETTERS_MAX];
    uint8_t digest[CENTRAL_DIGEST_BYTES];
    char *told; /* owned */
    int64_t accepted, quarantined, receipts, hellos, waiting, revisions;
};

static struct outcome
outcome_of(struct merge_world *world, struct bw_central *central, size_t together)
{
    struct outcome outcome = {.accepted = 0};
    world_take(world, central, together, outcome.letters);
    central_digest(central, outcome.digest);
    outcome.told = central_told(central);
    outcome.accepted = world->summary.accepted;
    outcome.quarantined = world->summary.quarantined;
    outcome.receipts = world_number(
        central, "SELECT sum(receipt_seq * (device * 1000)) FROM device WHERE state = 1");
    outcome.hellos =
        world_number(central, "SELECT sum(hello_counter * (device * 1000)) FROM device");
    outcome.waiting = world_number(
        central, "SELECT sum(seq * 1000 + reason * 10 + settled) FROM quarantine");
    outcome.revisions = world_number(central,
        "SELECT count(*) FROM event e JOIN session s ON s.session_no = e.session_no"
        " WHERE e.revision > s.revision OR e.revision < 1"); /* C2 */
    return outcome;
}

static void
same(const struct outcome *one, const struct outcome *other, size_t letters)
{
    assert_memory_equal(one->letters, other->letters, letters * sizeof one->letters[0]);
    assert_int_equal(one->accepted, other->accepted);
    assert_int_equal(one->quarantined, other->quarantined);
    assert_int_equal(one->receipts, other->receipts);
    assert_int_equal(one->hellos, other->hellos);
    assert_int_equal(one->waiting, other->waiting);
    assert_int_equal(one->revisions, 0);
    assert_int_equal(other->revisions, 0);
    assert_string_equal(one->told, other->told);
    assert_memory_equal(one->digest, other->digest, sizeof one->digest);
}

/* XM1, XM2: one by one in a file, and together in groups of any size, in a file and on a
 * server. */
static void
letters_together_are_as_one_by_one_on_each_engine(void **state)
{
    struct merge_world *world = *state;
    struct outcome alone;
    char uri[600];
    world_write_all(world);
    (void)snprintf(
        uri, sizeof uri, "sqlite:%s", office_path(&world->desk.office, "alone.db"));
    struct bw_central *central = world_copy(world, uri);
    alone = outcome_of(world, central, 1);
    bw_central_close(central);
    assert_true(alone.accepted > 10 && alone.quarantined > 1 && alone.receipts > 0);
    for (size_t together = 2; together <= world->count; together += 3) {
        for (int on_server = 0; on_server <= has_server; on_server++) {
            char name[32];
            (void)snprintf(name, sizeof name, "together%zu.db", together);
            (void)snprintf(
                uri, sizeof uri, "sqlite:%s", office_path(&world->desk.office, name));
            if (on_server) {
                postgres_place(&server);
            }
            central = world_copy(world, on_server ? server.uri : uri);
            struct outcome outcome = outcome_of(world, central, together);
            same(&alone, &outcome, world->count);
            free(outcome.told);
            bw_central_close(central);
            if (on_server) {
                postgres_clear(&server);
            }
        }
    }
    free(alone.told);
}

/* ---- one of them at fault ---- */

/* XM4. Its statement can't be (epoch.h, XP2), which only the database shows. */
static void
letter_that_cant_be_taken_is_set_aside_and_those_around_it_go_in(void **state)
{
    struct merge_world *world = *state;
    enum bw_merge_outcome outcomes[LETTERS_MAX];
    (void)sender_arrived(&world->kiosk, world->people[0]);
    (void)sender_arrived(&world->beside, world->people[1]);
    (void)sender_walk_in(&world->beside, "Inez");
    world_write(world, &world->kiosk, 1, 1);
    world->beside.held_count = 1;
    world->beside.held[0] =
        (struct bw_hello_held){.session_no = 1, .epoch = 900000, .revision = 1};
    world_write(world, &world->beside, 1, 1);
    world->beside.held_count = 0;
    world_write(world, &world->beside, 1, 2);
    world->letters[world->count] = sender_letter(&world->kiosk, 1, 1, SENDER_START_MS);
    world->letters[world->count++].bytes[300] ^= 1; /* on its way */
    world_write(world, &world->kiosk, 0, 0);
    world_take(world, world->desk.central, LETTERS_MAX, outcomes);
    static const enum bw_merge_outcome wanted[] = {
        BW_MERGE_TAKEN, BW_MERGE_ASIDE, BW_MERGE_TAKEN, BW_MERGE_ASIDE, BW_MERGE_TAKEN};
    assert_memory_equal(outcomes, wanted, sizeof wanted);
    assert_int_equal(world->summary.accepted, 3);
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM event"), 3);
    assert_int_equal(
        desk_number(&world->desk, "SELECT count(*) FROM letter_in WHERE state = 1"
                                  " AND why LIKE '%900000%'"),
        1);
}

static void
introduction_goes_between_the_letters_around_it(void **state)
{
    struct merge_world *world = *state;
    enum bw_merge_outcome outcomes[LETTERS_MAX];
    struct sender late;
    sender_enrol(&late, &world->desk, "S-1");
    (void)sender_arrived(&late, world->people[2]);
    world_write(world, &late, 1, 1); /* too soon */
    world->letters[world->count++] = sender_introduction(&late);
    world_write(world, &late, 1, 1);
    world_take(world, world->desk.central, LETTERS_MAX, outcomes);
    static const enum bw_merge_outcome wanted[] = {
        BW_MERGE_LEFT, BW_MERGE_TAKEN, BW_MERGE_TAKEN};
    assert_memory_equal(outcomes, wanted, sizeof wanted);
    sender_finish(&late);
}

/* ---- beside others ---- */

static struct bw_central_engine interrupted;
static struct merge_world *interrupted_world;

/* Another worker takes all of it between the look and the transaction (XM6). */
static enum bw_status
begin_after_another(
    struct bw_central *central, enum bw_central_way way, struct bw_error *err)
{
    struct bw_error why = {.text = ""};
    enum bw_merge_outcome outcomes[LETTERS_MAX];
    struct bw_central *other = NULL;
    interrupted.begin = bw_central_sqlite.begin;
    must(bw_central_open(
             interrupted_world->desk.office.uri, BW_CENTRAL_OPEN, &other, &why),
        &why);
    world_take(interrupted_world, other, LETTERS_MAX, outcomes);
    assert_int_equal(outcomes[0], BW_MERGE_TAKEN);
    bw_central_close(other);
    return interrupted.begin(central, way, err);
}

static void
letter_that_another_worker_took_meanwhile_is_passed_over(void **state)
{
    struct merge_world *world = *state;
    enum bw_merge_outcome outcomes[LETTERS_MAX];
    (void)sender_arrived(&world->kiosk, world->people[0]);
    world_write(world, &world->kiosk, 1, 1);
    interrupted = *world->desk.central->engine;
    interrupted.begin = begin_after_another;
    interrupted_world = world;
    world->desk.central->engine = &interrupted;
    world_take(world, world->desk.central, LETTERS_MAX, outcomes);
    world->desk.central->engine = &bw_central_sqlite;
    assert_int_equal(outcomes[0], BW_MERGE_PASSED);
    assert_int_equal(desk_number(&world->desk, "SELECT count(*) FROM event"), 1);
    assert_int_equal(
        desk_number(&world->desk, "SELECT revision - (SELECT max(revision) FROM event)"
                                  " FROM session WHERE session_no = 1"),
        0); /* and no revision was taken twice */
}

/* C7: those of free kiosks are in, though the others have to be waited for in vain. */
static void
kiosks_that_another_worker_has_hold_up_only_their_own_letters(void **state)
{
    struct merge_world *world = *state;
    struct bw_error err = {.text = ""};
    if (!has_server) {
        skip();
    }
    (void)sender_arrived(&world->kiosk, world->people[0]);
    (void)sender_arrived(&world->beside, world->people[1]);
    world_write(world, &world->kiosk, 1, 1);
    world_write(world, &world->beside, 1, 1);
    postgres_place(&server);
    struct bw_central *central = world_copy(world, server.uri), *other = NULL;
    must(bw_central_open(server.uri, BW_CENTRAL_OPEN, &other, &err), &err);
    bool held = false;
    must(bw_central_begin_beside(other, &err), &err);
    must(
        bw_central_lock_devices(other, &world->kiosk.device, 1, true, &held, &err), &err);
    assert_true(held);
    central->lock_ms = 100;
    struct bw_merge merge = world_merge(world, central);
    struct bw_merge_item items[2];
    for (int i = 0; i < 2; i++) {
        items[i] = (struct bw_merge_item){.name = world->letters[i].name,
            .letter = world->letters[i].bytes,
            .letter_bytes = world->letters[i].length};
    }
    assert_int_equal(bw_merge_letters(&merge, items, 2, &err), BW_BUSY);
    assert_int_equal(
        world_number(central, "SELECT sum(device) FROM event"), world->beside.device);
    bw_central_rollback(other);
    must(bw_merge_letters(&merge, items, 2, &err), &err);
    assert_int_equal(items[0].outcome, BW_MERGE_TAKEN);
    assert_int_equal(items[1].outcome, BW_MERGE_PASSED);
    bw_central_close(other);
    bw_central_close(central);
    postgres_clear(&server);
}

enum { WORKERS = 3 };

struct worker {
    struct merge_world world; /* of its own: the summary, and a connection */
    struct bw_central *central;
    pthread_t thread;
};

static void *
work(void *context)
{
    struct worker *worker = context;
    enum bw_merge_outcome outcomes[LETTERS_MAX];
    world_take(&worker->world, worker->central, 4, outcomes);
    return NULL;
}

static void
workers_with_the_same_letters_take_each_once(void **state)
{
    struct merge_world *world = *state;
    struct bw_error err = {.text = ""};
    struct worker workers[WORKERS];
    int64_t accepted = 0;
    if (!has_server) {
        skip();
    }
    world_write_all(world);
    struct outcome alone = outcome_of(world, world->desk.central, 1);
    central_empty(world->desk.central);
    postgres_place(&server);
    bw_central_close(world_copy(world, server.uri));
    for (int i = 0; i < WORKERS; i++) {
        workers[i].world = *world;
        workers[i].world.summary = (struct bw_round_summary){0};
        must(bw_central_open(server.uri, BW_CENTRAL_OPEN, &workers[i].central, &err),
            &err);
    }
    for (int i = 0; i < WORKERS; i++) {
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < WORKERS; i++) {
        (void)pthread_join(workers[i].thread, NULL);
        accepted += workers[i].world.summary.accepted;
        bw_round_summary_finish(&workers[i].world.summary);
    }
    uint8_t digest[CENTRAL_DIGEST_BYTES];
    central_digest(workers[0].central, digest);
    assert_int_equal(accepted, alone.accepted);
    assert_memory_equal(digest, alone.digest, sizeof digest);
    assert_int_equal(
        world_number(workers[0].central,
            "SELECT sum(receipt_seq * (device * 1000)) FROM device WHERE state = 1"),
        alone.receipts);
    for (int i = 0; i < WORKERS; i++) {
        bw_central_close(workers[i].central);
    }
    free(alone.told);
    postgres_clear(&server);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_WORLD(test)                                                                 \
    cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)
        WITH_WORLD(letters_together_are_as_one_by_one_on_each_engine),
        WITH_WORLD(letter_that_cant_be_taken_is_set_aside_and_those_around_it_go_in),
        WITH_WORLD(introduction_goes_between_the_letters_around_it),
        WITH_WORLD(letter_that_another_worker_took_meanwhile_is_passed_over),
        WITH_WORLD(kiosks_that_another_worker_has_hold_up_only_their_own_letters),
        WITH_WORLD(workers_with_the_same_letters_take_each_once),
    };
    has_server = postgres_start(&server);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (has_server) {
        postgres_stop(&server);
    }
    return failed;
}
