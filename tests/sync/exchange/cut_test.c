/* A kiosk and an office whose way to PostgreSQL is cut after any byte, or slow: nothing
 * is lost, nothing is there twice, and what is wrong is said. Some of the bytes are
 * tried; all of them with BW_STRIKE_ALL=1 (many minutes). */
#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/exchange/cutting.h"
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/testing.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PICKS = 10, PLACES = 5000 };

static struct postgres server;

static struct cutting cutting;
static char straight[160], cut[180]; /* addresses of the database */

static int
setup(void **state)
{
    postgres_place(&server);
    cutting_start(&cutting, server.folder);
    (void)snprintf(straight, sizeof straight, "%s", server.uri);
    (void)snprintf(cut, sizeof cut,
        "postgresql://bw@/postgres?host=%s&options=-csearch_path%%3Ds%d", cutting.folder,
        server.places);
    *state = fleet_open(straight, cut, PLACES, 1);
    return 0;
}

static int
teardown(void **state)
{
    (void)fleet_teardown(state);
    cutting_stop(&cutting);
    postgres_clear(&server);
    return 0;
}

static void
office_by(struct world *world, const char *uri)
{
    (void)snprintf(world->office.uri, sizeof world->office.uri, "%s", uri);
}

/* Whether it was done; else it says something. */
static bool
merge(struct world *world, bool must)
{
    enum bw_exit result =
        office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL);
    if (must && result != BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    assert_true(result == BW_EXIT_DONE || world->office.diag_bytes > 0 ||
                world->office.out_bytes > 0);
    return result == BW_EXIT_DONE;
}

/* All there, once, in a chain that holds. */
static void
all_is_whole(struct world *world)
{
    cutting_reset(&cutting);
    office_by(world, straight);
    assert_true(fleet_online(&world->kiosk));
    (void)merge(world, true);
    fleet_whole(&world->office, world->events);
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
        fleet_arrive(world, 1);
        cutting_reset(&cutting);
        assert_true(fleet_online(&world->kiosk));
        int64_t bytes = atomic_load(&cutting.passed[way]);
        for (int64_t at = 0; at < bytes; at += step_of(bytes)) {
            fleet_arrive(world, 1);
            cutting_after(&cutting, (enum cutting_way)way, at);
            offline += fleet_online(&world->kiosk) ? 0 : 1;
        }
        all_is_whole(world);
    }
    assert_true(offline > PICKS);
}

static void
an_office_that_is_cut_off_at_any_byte_loses_and_doubles_nothing(void **state)
{
    struct world *world = *state;
    int failed = 0;
    for (int way = 0; way < CUTTING_WAYS; way++) {
        fleet_arrive(world, 1);
        cutting_reset(&cutting);
        assert_true(fleet_online(&world->kiosk));
        cutting_reset(&cutting);
        office_by(world, cut);
        (void)merge(world, true);
        int64_t bytes = atomic_load(&cutting.passed[way]);
        for (int64_t at = 0; at < bytes; at += step_of(bytes)) {
            fleet_arrive(world, 1);
            cutting_reset(&cutting);
            assert_true(fleet_online(&world->kiosk));
            office_by(world, cut);
            cutting_after(&cutting, (enum cutting_way)way, at);
            failed += merge(world, false) ? 0 : 1;
        }
        all_is_whole(world);
    }
    assert_true(failed > PICKS);
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
    fleet_arrive(world, 1);
    atomic_store(&cutting.delay_ms, slow_ms(1000, 40));
    assert_true(fleet_online(&world->kiosk));
    atomic_store(&cutting.delay_ms, 0);
    all_is_whole(world);
}

static void
letters_go_by_a_way_that_loses_a_third(void **state)
{
    struct world *world = *state;
    atomic_store(&cutting.resend_ms, slow_ms(200, 5));
    for (int i = 0; i < slow_ms(20, 3); i++) {
        fleet_arrive(world, 1);
        assert_true(fleet_online(&world->kiosk));
        office_by(world, cut);
        (void)merge(world, true);
    }
    atomic_store(&cutting.resend_ms, 0);
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
