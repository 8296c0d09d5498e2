/* A kiosk and an office whose way to PostgreSQL is cut after any byte, or slow: nothing
 * is lost, nothing is there twice, and what is wrong is said. Some of the bytes are
 * tried; all of them with BW_STRIKE_ALL=1 (many minutes). */
#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/exchange/cutting.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PICKS = 10, PLACES = 5000 };

static struct postgres server;

struct world {
    struct office office;
    struct kiosk kiosk;
    struct cutting cutting;
    char straight[160], cut[180]; /* addresses of the database */
    int events;
};

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    postgres_place(&server);
    cutting_start(&world->cutting, server.folder);
    (void)snprintf(world->straight, sizeof world->straight, "%s", server.uri);
    (void)snprintf(world->cut, sizeof world->cut,
        "postgresql://bw@/postgres?host=%s&options=-csearch_path%%3Ds%d",
        world->cutting.folder, server.places);
    office_open_at(&world->office, world->straight, PLACES, false);
    world->office.carrier = world->cut;
    people_sign_up(&world->office, 1);
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
    cutting_stop(&world->cutting);
    free(world);
    postgres_clear(&server);
    return 0;
}

static void
office_by(struct world *world, const char *uri)
{
    (void)snprintf(world->office.uri, sizeof world->office.uri, "%s", uri);
}

static void
arrives(struct world *world)
{
    (void)kiosk_walk_in(&world->kiosk, "Piet", "Pieters");
    world->events++;
}

/* Whatever the network does, that is no failure of the kiosk's, and it says which. */
static bool
sync_online(struct world *world)
{
    enum bw_exit result;
    json_t *answer =
        kiosk_json(&world->kiosk, &result, "sync", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    const json_t *road = json_array_get(json_object_get(answer, "carriers"), 0);
    bool online = json_is_true(json_object_get(road, "online"));
    const char *fault = json_string_value(json_object_get(road, "fault"));
    assert_true(online ? fault == NULL : fault != NULL);
    json_decref(answer);
    return online;
}

static void
merge(struct world *world, bool must)
{
    enum bw_exit result =
        office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL);
    if (must && result != BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    assert_true(result == BW_EXIT_DONE || world->office.diag_bytes > 0 ||
                world->office.out_bytes > 0);
}

/* All there, once, in a chain that holds. */
static void
all_is_whole(struct world *world)
{
    cutting_reset(&world->cutting);
    office_by(world, world->straight);
    assert_true(sync_online(world));
    merge(world, true);
    assert_int_equal(
        office_number(&world->office, "SELECT count(*) FROM event"), world->events);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM quarantine"), 0);
    assert_int_equal(office_run(&world->office, "verify", NULL), BW_EXIT_DONE);
}

static int64_t
step_of(int64_t bytes)
{
    return getenv("BW_STRIKE_ALL") != NULL || bytes < PICKS ? 1 : bytes / PICKS;
}

static void
a_kiosk_that_is_cut_off_at_any_byte_loses_and_doubles_nothing(void **state)
{
    struct world *world = *state;
    int offline = 0;
    for (int way = 0; way < CUTTING_WAYS; way++) {
        arrives(world);
        cutting_reset(&world->cutting);
        assert_true(sync_online(world));
        int64_t bytes = atomic_load(&world->cutting.passed[way]);
        for (int64_t at = 0; at < bytes; at += step_of(bytes)) {
            arrives(world);
            cutting_after(&world->cutting, (enum cutting_way)way, at);
            offline += sync_online(world) ? 0 : 1;
        }
        all_is_whole(world);
    }
    assert_true(offline > PICKS);
}

static void
an_office_that_is_cut_off_at_any_byte_loses_and_doubles_nothing(void **state)
{
    struct world *world = *state;
    for (int way = 0; way < CUTTING_WAYS; way++) {
        arrives(world);
        cutting_reset(&world->cutting);
        assert_true(sync_online(world));
        cutting_reset(&world->cutting);
        office_by(world, world->cut);
        merge(world, true);
        int64_t bytes = atomic_load(&world->cutting.passed[way]);
        for (int64_t at = 0; at < bytes; at += step_of(bytes)) {
            arrives(world);
            cutting_reset(&world->cutting);
            assert_true(sync_online(world));
            office_by(world, world->cut);
            cutting_after(&world->cutting, (enum cutting_way)way, at);
            merge(world, false);
        }
        all_is_whole(world);
    }
}

/* The real time of it where all is tried, else as little as makes a difference. */
static int
slow_ms(int real_ms, int quick_ms)
{
    return getenv("BW_STRIKE_ALL") != NULL ? real_ms : quick_ms;
}

static void
letters_go_by_a_slow_way_too(void **state)
{
    struct world *world = *state;
    arrives(world);
    atomic_store(&world->cutting.delay_ms, slow_ms(1000, 40));
    assert_true(sync_online(world));
    atomic_store(&world->cutting.delay_ms, 0);
    all_is_whole(world);
}

static void
letters_go_by_a_way_that_loses_a_third(void **state)
{
    struct world *world = *state;
    atomic_store(&world->cutting.resend_ms, slow_ms(200, 5));
    for (int i = 0; i < slow_ms(20, 3); i++) {
        arrives(world);
        assert_true(sync_online(world));
        office_by(world, world->cut);
        merge(world, true);
    }
    atomic_store(&world->cutting.resend_ms, 0);
    all_is_whole(world);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        WITH_WORLD(a_kiosk_that_is_cut_off_at_any_byte_loses_and_doubles_nothing),
        WITH_WORLD(an_office_that_is_cut_off_at_any_byte_loses_and_doubles_nothing),
        WITH_WORLD(letters_go_by_a_slow_way_too),
        WITH_WORLD(letters_go_by_a_way_that_loses_a_third),
    };
    if (!postgres_start(&server)) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        return 77;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    int failed = cmocka_run_group_tests_name("cut off", tests, NULL, NULL);
    postgres_stop(&server);
    return failed;
}
