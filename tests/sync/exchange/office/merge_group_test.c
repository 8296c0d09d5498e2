/* Letters that go in together: the same as one by one, on each engine, and beside other
 * workers. */
#include "tests/sync/testing.h"

#include "central/copy.h"
#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/central_state.h"
#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { LETTERS_MAX = 40, PEOPLE = 6 };

static struct postgres server;
static bool has_server;

struct world {
    struct desk desk;
    struct sender kiosk, beside, other; /* two of S-1, one of S-2 */
    bw_code people[PEOPLE];
    struct sent letters[LETTERS_MAX];
    size_t count;
    struct bw_round_summary summary;
};

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    desk_open(&world->desk, 8);
    desk_second_session(&world->desk);
    people_sign_up(&world->desk.office, PEOPLE);
    sender_open(&world->kiosk, &world->desk, "S-1");
    sender_open(&world->beside, &world->desk, "S-1");
    sender_open(&world->other, &world->desk, "S-2");
    for (int i = 0; i < PEOPLE; i++) {
        world->people[i] = people_code(&world->desk.office, i);
    }
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    for (size_t i = 0; i < world->count; i++) {
        sent_finish(&world->letters[i]);
    }
    bw_round_summary_finish(&world->summary);
    sender_finish(&world->kiosk);
    sender_finish(&world->beside);
    sender_finish(&world->other);
    desk_close(&world->desk);
    free(world);
    return 0;
}

/* ---- letters ---- */

static void
write_letter(struct world *world, struct sender *sender, uint64_t from, uint64_t to)
{
    assert_true(world->count < LETTERS_MAX);
    size_t at = world->count++;
    world->letters[at] =
        sender_letter(sender, from, to, SENDER_START_MS + (int64_t)at * 1000);
}

/* The kiosk's last event, done otherwise: a fork. */
static void
write_fork(struct world *world, struct sender *sender)
{
    size_t at = sender->count - 1;
    struct bw_event kept = sender->events[at];
    sender->count = at;
    (void)sender_arrived(sender, world->people[5]);
    write_letter(world, sender, at + 1, at + 1);
    sender->events[at] = kept;
    bw_event_hash(&sender->events[at], sender->events[at].hash);
}

static uint64_t
undone(struct sender *sender, bw_code code, uint32_t device, uint64_t seq)
{
    return sender_event(sender, (struct bw_event){.kind = BW_EVENT_UNDONE,
                                    .code = code,
                                    .refs_count = 1,
                                    .refs = {{device, seq}}});
}

/* Out of order, overlapping, twice, forked, of another session, of people without a code,
 * with a gap that a later letter fills, and a hello alone. */
static void
write_all(struct world *world)
{
    struct sender *kiosk = &world->kiosk, *beside = &world->beside;
    for (int i = 0; i < 4; i++) {
        (void)sender_arrived(kiosk, world->people[i]);
        (void)sender_walk_in(beside, i % 2 == 0 ? "Inez" : "Joris");
    }
    (void)undone(kiosk, world->people[0], kiosk->device, 1);
    (void)undone(beside, world->people[1], kiosk->device, 2);
    (void)sender_event(&world->other, (struct bw_event){.session_no = 2,
                                          .kind = BW_EVENT_ARRIVED,
                                          .basis = BW_BASIS_TICKET,
                                          .home_session_no = 1,
                                          .code = world->people[4]});
    (void)sender_arrived(&world->other, world->people[4]); /* of S-1: not its own */
    (void)undone(kiosk, world->people[4], world->other.device, 1);
    write_letter(world, kiosk, 3, 4);
    write_letter(world, beside, 1, 2);
    write_letter(world, &world->other, 1, 2);
    write_letter(world, kiosk, 1, 3);
    write_letter(world, kiosk, 5, 6);
    write_letter(world, beside, 2, 5);
    write_letter(world, beside, 0, 0);
    write_letter(world, kiosk, 1, 6);
    write_fork(world, kiosk);
    write_letter(world, beside, 1, 5);
}

static struct bw_merge
merge_of(struct world *world, struct bw_central *central)
{
    return (struct bw_merge){.central = central,
        .office = &world->desk.post.office,
        .clock = &world->desk.clock,
        .way = "letter",
        .tells_again = true,
        .summary = &world->summary};
}

/* All of them, `together` at a time; what became of each. */
static void
take_all(struct world *world, struct bw_central *central, size_t together,
    enum bw_merge_outcome *ret_outcomes)
{
    struct bw_error err = {.text = ""};
    struct bw_merge merge = merge_of(world, central);
    bw_round_summary_finish(&world->summary);
    world->summary = (struct bw_round_summary){0};
    for (size_t at = 0; at < world->count; at += together) {
        struct bw_merge_item items[LETTERS_MAX];
        size_t some = world->count - at < together ? world->count - at : together;
        for (size_t i = 0; i < some; i++) {
            const struct sent *sent = &world->letters[at + i];
            items[i] = (struct bw_merge_item){
                .name = sent->name, .letter = sent->bytes, .letter_bytes = sent->length};
        }
        must(bw_merge_letters(&merge, items, some, &err), &err);
        for (size_t i = 0; i < some; i++) {
            ret_outcomes[at + i] = items[i].outcome;
        }
    }
}

/* ---- the same ---- */

struct outcome {
    enum bw_merge_outcome letters[LETTERS_MAX];
    uint8_t digest[CENTRAL_DIGEST_BYTES];
    char *told; /* owned */
    int64_t accepted, quarantined, receipts, hellos, waiting, revisions;
};

static int64_t
number_of(struct bw_central *central, const char *sql)
{
    struct bw_error err = {.text = ""};
    int64_t number = -1;
    must(bw_central_number(central, sql, NULL, 0, -1, &number, &err), &err);
    return number;
}

static struct outcome
outcome_of(struct world *world, struct bw_central *central, size_t together)
{
    struct outcome outcome = {.accepted = 0};
    take_all(world, central, together, outcome.letters);
    central_digest(central, outcome.digest);
    outcome.told = central_told(central);
    outcome.accepted = world->summary.accepted;
    outcome.quarantined = world->summary.quarantined;
    outcome.receipts = number_of(
        central, "SELECT sum(receipt_seq * (device * 1000)) FROM device WHERE state = 1");
    outcome.hellos =
        number_of(central, "SELECT sum(hello_counter * (device * 1000)) FROM device");
    outcome.waiting = number_of(
        central, "SELECT sum(seq * 1000 + reason * 10 + settled) FROM quarantine");
    outcome.revisions = number_of(central,
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

static struct bw_central *
copy_to(struct world *world, const char *uri)
{
    struct bw_error err = {.text = ""};
    struct bw_central *to = NULL;
    int64_t rows = 0;
    must(bw_central_open(uri, BW_CENTRAL_CREATE, &to, &err), &err);
    must(bw_central_begin(to, &err), &err);
    must(bw_central_copy(world->desk.central, to, NULL, &rows, &err), &err);
    must(bw_central_commit(to, &err), &err);
    bw_central_close(to);
    must(bw_central_open(uri, BW_CENTRAL_OPEN, &to, &err), &err);
    return to;
}

/* XM1, XM2: one by one in a file, and together in groups of any size, in a file and on a
 * server. */
static void
letters_together_are_as_one_by_one_on_each_engine(void **state)
{
    struct world *world = *state;
    struct outcome alone;
    char uri[600];
    write_all(world);
    (void)snprintf(
        uri, sizeof uri, "sqlite:%s", office_path(&world->desk.office, "alone.db"));
    struct bw_central *central = copy_to(world, uri);
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
            central = copy_to(world, on_server ? server.uri : uri);
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
    struct world *world = *state;
    enum bw_merge_outcome outcomes[LETTERS_MAX];
    (void)sender_arrived(&world->kiosk, world->people[0]);
    (void)sender_arrived(&world->beside, world->people[1]);
    (void)sender_walk_in(&world->beside, "Inez");
    write_letter(world, &world->kiosk, 1, 1);
    world->beside.held_count = 1;
    world->beside.held[0] =
        (struct bw_hello_held){.session_no = 1, .epoch = 900000, .revision = 1};
    write_letter(world, &world->beside, 1, 1);
    world->beside.held_count = 0;
    write_letter(world, &world->beside, 1, 2);
    world->letters[world->count] = sender_letter(&world->kiosk, 1, 1, SENDER_START_MS);
    world->letters[world->count++].bytes[300] ^= 1; /* on its way */
    write_letter(world, &world->kiosk, 0, 0);
    take_all(world, world->desk.central, LETTERS_MAX, outcomes);
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
    struct world *world = *state;
    enum bw_merge_outcome outcomes[LETTERS_MAX];
    struct sender late;
    sender_enrol(&late, &world->desk, "S-1");
    (void)sender_arrived(&late, world->people[2]);
    write_letter(world, &late, 1, 1); /* too soon */
    world->letters[world->count++] = sender_introduction(&late);
    write_letter(world, &late, 1, 1);
    take_all(world, world->desk.central, LETTERS_MAX, outcomes);
    static const enum bw_merge_outcome wanted[] = {
        BW_MERGE_LEFT, BW_MERGE_TAKEN, BW_MERGE_TAKEN};
    assert_memory_equal(outcomes, wanted, sizeof wanted);
    sender_finish(&late);
}

/* ---- beside others ---- */

static struct bw_central_engine interrupted;
static struct world *interrupted_world;

/* Another worker takes all of it between the look and the transaction (XM6). */
static enum bw_status
begin_after_another(struct bw_central *central, struct bw_error *err)
{
    struct bw_error why = {.text = ""};
    enum bw_merge_outcome outcomes[LETTERS_MAX];
    struct bw_central *other = NULL;
    interrupted.begin_beside = bw_central_sqlite.begin_beside;
    must(bw_central_open(
             interrupted_world->desk.office.uri, BW_CENTRAL_OPEN, &other, &why),
        &why);
    take_all(interrupted_world, other, LETTERS_MAX, outcomes);
    assert_int_equal(outcomes[0], BW_MERGE_TAKEN);
    bw_central_close(other);
    return interrupted.begin_beside(central, err);
}

static void
letter_that_another_worker_took_meanwhile_is_passed_over(void **state)
{
    struct world *world = *state;
    enum bw_merge_outcome outcomes[LETTERS_MAX];
    (void)sender_arrived(&world->kiosk, world->people[0]);
    write_letter(world, &world->kiosk, 1, 1);
    interrupted = *world->desk.central->engine;
    interrupted.begin_beside = begin_after_another;
    interrupted_world = world;
    world->desk.central->engine = &interrupted;
    take_all(world, world->desk.central, LETTERS_MAX, outcomes);
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
    struct world *world = *state;
    struct bw_error err = {.text = ""};
    if (!has_server) {
        skip();
    }
    (void)sender_arrived(&world->kiosk, world->people[0]);
    (void)sender_arrived(&world->beside, world->people[1]);
    write_letter(world, &world->kiosk, 1, 1);
    write_letter(world, &world->beside, 1, 1);
    postgres_place(&server);
    struct bw_central *central = copy_to(world, server.uri), *other = NULL;
    must(bw_central_open(server.uri, BW_CENTRAL_OPEN, &other, &err), &err);
    bool held = false;
    must(bw_central_begin_beside(other, &err), &err);
    must(
        bw_central_lock_devices(other, &world->kiosk.device, 1, true, &held, &err), &err);
    assert_true(held);
    central->lock_ms = 100;
    struct bw_merge merge = merge_of(world, central);
    struct bw_merge_item items[2];
    for (int i = 0; i < 2; i++) {
        items[i] = (struct bw_merge_item){.name = world->letters[i].name,
            .letter = world->letters[i].bytes,
            .letter_bytes = world->letters[i].length};
    }
    assert_int_equal(bw_merge_letters(&merge, items, 2, &err), BW_BUSY);
    assert_int_equal(
        number_of(central, "SELECT sum(device) FROM event"), world->beside.device);
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
    struct world world; /* of its own: the summary, and a connection */
    struct bw_central *central;
    pthread_t thread;
};

static void *
work(void *context)
{
    struct worker *worker = context;
    enum bw_merge_outcome outcomes[LETTERS_MAX];
    take_all(&worker->world, worker->central, 4, outcomes);
    return NULL;
}

static void
workers_with_the_same_letters_take_each_once(void **state)
{
    struct world *world = *state;
    struct bw_error err = {.text = ""};
    struct worker workers[WORKERS];
    int64_t accepted = 0;
    if (!has_server) {
        skip();
    }
    write_all(world);
    struct outcome alone = outcome_of(world, world->desk.central, 1);
    central_empty(world->desk.central);
    postgres_place(&server);
    bw_central_close(copy_to(world, server.uri));
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
        number_of(workers[0].central,
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
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
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
