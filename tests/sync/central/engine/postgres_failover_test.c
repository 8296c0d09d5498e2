/* A leader that goes away, with a standby that takes its place: real servers, killed. */
#include "tests/sync/central/engine/pair.h"
#include "tests/sync/testing.h"

#include "central/central.h"
#include "central/engine/postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
must(enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        fail_msg("%s", err->text);
    }
}

struct world {
    struct pair pair;
    struct bw_central *central;
};

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    struct bw_error err = {.text = ""};
    bool created = false;
    assert_true(pair_start(&world->pair));
    must(
        bw_central_open(world->pair.uri, BW_CENTRAL_CREATE, &world->central, &err), &err);
    must(bw_central_setup(world->central, 1, &created, &err), &err);
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    bw_central_close(world->central);
    pair_stop(&world->pair);
    free(world);
    return 0;
}

static enum bw_status
organiser_set(struct bw_central *central, const char *name, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_text(name);
    enum bw_status status = bw_central_begin(central, err);
    if (status == BW_OK) {
        status =
            bw_central_run(central, "UPDATE central SET organiser = CAST($1 AS TEXT)",
                &value, 1, NULL, NULL, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
    }
    bw_central_rollback(central);
    return status;
}

static bool
organiser_is(struct bw_central *central, const char *name)
{
    struct bw_error err = {.text = ""};
    struct bw_sql_value value = bw_sql_text(name);
    int64_t count = 0;
    must(bw_central_number(central,
             "SELECT count(*) FROM central WHERE organiser = CAST($1 AS TEXT)", &value, 1,
             0, &count, &err),
        &err);
    return count == 1;
}

static void
the_new_leader_is_found_and_has_what_was_committed(void **state)
{
    struct world *world = *state;
    struct bw_error err = {.text = ""};
    pair_synchronous(&world->pair, true);
    must(organiser_set(world->central, "before", &err), &err);
    pair_kill(&world->pair.leader);
    /* nobody leads: the standby alone is there, and is no server to us (CP3) */
    assert_int_equal(organiser_set(world->central, "lost", &err), BW_OFFLINE);
    pair_promote(&world->pair);
    assert_true(organiser_is(world->central, "before"));
    must(organiser_set(world->central, "after", &err), &err);
    assert_true(organiser_is(world->central, "after"));
}

static void
a_step_that_the_leader_died_in_is_undone_and_said(void **state)
{
    struct world *world = *state;
    struct bw_central *central = world->central;
    struct bw_error err = {.text = ""};
    pair_synchronous(&world->pair, true);
    must(bw_central_begin(central, &err), &err);
    must(bw_central_run(
             central, "UPDATE central SET organiser = 'x'", NULL, 0, NULL, NULL, &err),
        &err);
    pair_kill(&world->pair.leader);
    pair_promote(&world->pair);
    assert_int_equal(bw_central_run(central, "UPDATE central SET phone = 'x'", NULL, 0,
                         NULL, NULL, &err),
        BW_OFFLINE);
    bw_central_rollback(central);
    assert_false(organiser_is(central, "x"));
    must(organiser_set(central, "y", &err), &err);
}

static void
a_commit_that_waits_for_a_standby_that_is_gone_ends_and_is_unknown(void **state)
{
    struct world *world = *state;
    struct bw_central_postgres_db *self = (struct bw_central_postgres_db *)world->central;
    struct bw_error err = {.text = ""};
    pair_synchronous(&world->pair, true);
    pair_kill(&world->pair.standby);
    self->commit_ms = self->ask_ms = 300;
    world->central->lock_ms = 200;
    assert_int_equal(organiser_set(world->central, "waits", &err), BW_OFFLINE);
    assert_non_null(strstr(err.text, "standby"));
    /* the step before still waits, and holds what it holds */
    assert_int_equal(organiser_set(world->central, "next", &err), BW_BUSY);
    pair_synchronous(&world->pair, false); /* as its administrator does */
    self->commit_ms = BW_CENTRAL_POSTGRES_COMMIT_MS;
    world->central->lock_ms = BW_CENTRAL_LOCK_MS;
    must(organiser_set(world->central, "after", &err), &err);
    assert_true(organiser_is(world->central, "after"));
}

int
main(void)
{
    struct postgres probe = {.server = -1};
    const struct CMUnitTest tests[] = {
#define WITH_PAIR(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        WITH_PAIR(the_new_leader_is_found_and_has_what_was_committed),
        WITH_PAIR(a_step_that_the_leader_died_in_is_undone_and_said),
        WITH_PAIR(a_commit_that_waits_for_a_standby_that_is_gone_ends_and_is_unknown),
    };
    if (!postgres_start(&probe)) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        return 77;
    }
    postgres_stop(&probe);
    return cmocka_run_group_tests_name("failover", tests, NULL, NULL);
}
