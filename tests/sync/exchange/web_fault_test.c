/* What goes wrong around a road on the web, WebDAV on a real Apache or an S3 bucket:
 * clocks apart, several programs at once, an office that is killed as it takes letters
 * in. After each nothing is lost, and nothing is there twice. */
#include "tests/pace.h"
#include "tests/sync/child.h"
#include "tests/sync/exchange/carrier/web_help.h"
#include "tests/sync/exchange/web_world.h"
#include "tests/sync/strike.h"
#include "tests/sync/testing.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RUNS = 2, STRIKES_MAX = 2000, STRIDE = 61, HOUR_MINUTES = 60 };

static struct web web;
static struct child children[RUNS];

static int
setup_webdav(void **state)
{
    *state = web_world_open("webdavs://", web.apache_port, "/kring", "Geheim 1!");
    return 0;
}

/* A bucket of its own for each. */
static int
setup_s3(void **state)
{
    static int buckets;
    char before[64];
    (void)snprintf(before, sizeof before, "s3://fault-%d/kring?endpoint=", buckets++);
    *state = web_world_open(before, web.faulty_port, "&region=eu-test-1", "Geheim/1+");
    return 0;
}

/* How many minutes the server's clock is ahead; 0: none. */
static void
server_clock(int minutes)
{
    char path[100];
    (void)snprintf(path, sizeof path, "%s/ahead", web.folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fprintf(file, "%d", minutes);
    assert_int_equal(fclose(file), 0);
}

static int
teardown(void **state)
{
    for (int i = 0; i < RUNS; i++) {
        child_kill(&children[i]);
    }
    server_clock(0);
    (void)fleet_teardown(state);
    web_folder_empty(web.files);
    return 0;
}

static void
office_merges_all(struct world *world)
{
    assert_true(fleet_online(&world->kiosk));
    if (fleet_merge(world) != BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    fleet_whole(&world->office, world->events);
}

/* ---- clocks ---- */

static void
clocks_that_are_an_hour_off_and_step_back_lose_nothing(void **state)
{
    static const int hours[] = {0, -1, 1, 0, -1};
    struct world *world = *state;
    int64_t begin_ms = world->kiosk.wall_ms;
    for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++) {
        world->kiosk.wall_ms = begin_ms + hours[i] * HOUR_MINUTES * KIOSK_MINUTE_MS;
        fleet_arrive(world, 1);
        assert_true(fleet_online(&world->kiosk));
    }
    office_merges_all(world);
}

/* A signature is good for a quarter of an hour, by the server's clock. */
static void
a_server_whose_clock_is_an_hour_off_is_told_and_letters_stay(void **state)
{
    static const int minutes[] = {HOUR_MINUTES, -HOUR_MINUTES};
    struct world *world = *state;
    enum bw_exit result;
    for (size_t i = 0; i < sizeof minutes / sizeof minutes[0]; i++) {
        server_clock(minutes[i]);
        fleet_arrive(world, 1);
        json_t *answer =
            kiosk_json(&world->kiosk, &result, "push", "--clock", KIOSK_BEFORE, NULL);
        const json_t *road = json_array_get(json_object_get(answer, "carriers"), 0);
        assert_string_equal(json_string_value(json_object_get(road, "fault")), "trust");
        assert_non_null(strstr(json_string_value(json_object_get(road, "why")), "clock"));
        assert_int_equal(result, BW_EXIT_DONE);
        json_decref(answer);
        assert_int_equal(fleet_merge(world), BW_EXIT_DONE); /* offline */
        if (strstr(world->office.out, "clock") == NULL) {
            fail_msg("%s", world->office.out);
        }
    }
    server_clock(0);
    office_merges_all(world);
}

/* ---- two at once ---- */

/* Reads answers until one has this. */
static void
answer_await(struct child *child, const char *text)
{
    char line[4096] = "";
    do {
        assert_non_null(fgets(line, sizeof line, child->out));
    } while (!strstr(line, text));
}

static void
two_on_one_store_by_a_server_lose_nothing_and_double_nothing(void **state)
{
    struct world *world = *state;
    assert_true(fleet_online(&world->kiosk));
    for (int i = 0; i < RUNS; i++) {
        children[i] = child_start(
            (const char *const[]){"--store", world->kiosk.path, "run", "--json", NULL});
    }
    for (int i = 0; i < RUNS; i++) {
        char sent[32];
        fleet_arrive(world, 1);
        (void)snprintf(sent, sizeof sent, "\"sent\":%d", i + 1);
        for (int who = 0; who < RUNS; who++) {
            answer_await(&children[who], sent);
        }
    }
    for (int i = 0; i < RUNS; i++) {
        child_end(&children[i]);
    }
    office_merges_all(world);
    assert_int_equal(kiosk_run(&world->kiosk, "verify", NULL), BW_EXIT_DONE);
}

/* ---- an office that is killed ---- */

/* The real program, at one of its changes to the disk after another (strike.h). */
static void
a_merge_by_a_server_that_is_killed_is_made_good_by_the_next(void **state)
{
    struct world *world = *state;
    static char program[] = BW_BINARY_DIR "/bin/brugwachter-sync",
                central[] = "--central", verb[] = "merge", clock[] = "--clock",
                before[] = KIOSK_BEFORE;
    char *argv[] = {program, central, world->office.uri, verb, clock, before, NULL};
    struct strike_end end = {.struck = true};
    int step = pace_stride(STRIDE);
    if (!strike_works()) {
        skip();
    }
    for (int n = 1; end.struck; n += step) {
        assert_true(n < STRIKES_MAX);
        fleet_arrive(world, 1);
        assert_true(fleet_online(&world->kiosk));
        end = strike_run(argv, STRIKE_KILL, n);
        assert_true(end.status == -1 || end.status == BW_EXIT_DONE);
        office_merges_all(world);
    }
}

int
main(void)
{
#define ON(where, test) cmocka_unit_test_setup_teardown(test, setup_##where, teardown)
    const struct CMUnitTest webdav[] = {
        ON(webdav, clocks_that_are_an_hour_off_and_step_back_lose_nothing),
        ON(webdav, two_on_one_store_by_a_server_lose_nothing_and_double_nothing),
        ON(webdav, a_merge_by_a_server_that_is_killed_is_made_good_by_the_next),
    };
    const struct CMUnitTest s3[] = {
        ON(s3, clocks_that_are_an_hour_off_and_step_back_lose_nothing),
        ON(s3, a_server_whose_clock_is_an_hour_off_is_told_and_letters_stay),
        ON(s3, two_on_one_store_by_a_server_lose_nothing_and_double_nothing),
        ON(s3, a_merge_by_a_server_that_is_killed_is_made_good_by_the_next),
    };
    int failed = 1;
    if (web_init(&web) && web_apache_start(&web) &&
        web_faulty_start(&web, "python3", "faulty_s3.py")) {
        failed = cmocka_run_group_tests_name("WebDAV", webdav, NULL, NULL);
        failed += cmocka_run_group_tests_name("S3", s3, NULL, NULL);
    }
    web_finish(&web);
    return failed;
}
