/* Three `run` at the office on one central database, of either kind and by each road, in
 * processes of their own: each letter goes in once, and rosters don't chase each other.
 * What tells a moment is a line that was printed. */
#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/child.h"
#include "tests/sync/exchange/carrier/web_help.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { RUNS = 3, KIOSKS = 2, LETTERS = 6, ROSTERS_MOST = 4, SKIPPED = 77 };

static struct postgres server;
static struct web web;
/* Of the group that runs: */
static bool is_server;
static char road[128];       /* by which letters go; "": as the database has it */
static const char *password; /* for it */

struct world {
    struct office office;
    struct kiosk kiosks[KIOSKS];
};

static void
road_take(struct office *office)
{
    char text[128];
    (void)snprintf(
        text, sizeof text, "machine localhost login kring password \"%s\"\n", password);
    assert_int_equal(chmod(office_write(office, "central.db.netrc", text), 0600), 0);
    office->carrier = road;
}

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    if (is_server) {
        postgres_place(&server);
        office_open_at(&world->office, server.uri, 100, false);
        world->office.carrier = NULL; /* letters go by the same server */
    } else {
        office_open(&world->office, 100, false);
    }
    if (road[0] != '\0') {
        road_take(&world->office);
    }
    people_sign_up(&world->office, 2);
    for (int i = 0; i < KIOSKS; i++) {
        kiosk_open(&world->kiosks[i], &world->office, i ? "Zij" : "Balie", "S-1");
        assert_int_equal(
            kiosk_run(&world->kiosks[i], "sync", "--clock", KIOSK_BEFORE, NULL),
            BW_EXIT_DONE);
    }
    assert_int_equal(
        office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < KIOSKS; i++) {
        kiosk_finish(&world->kiosks[i]);
    }
    office_finish(&world->office);
    free(world);
    if (is_server) {
        postgres_clear(&server);
    }
    if (road[0] != '\0') {
        web_folder_empty(web.files);
    }
    return 0;
}

static struct child
start(const struct world *world)
{
    char key[600];
    (void)snprintf(key, sizeof key, "%s", office_path(&world->office, "central.key"));
    const char *const words[] = {"--central", world->office.uri, "run", "--json",
        "--clock", KIOSK_BEFORE, is_server ? "--key-file" : NULL, key, NULL};
    return child_start(words);
}

/* What its first round took; it ends after that. */
static int64_t
accepted_then_end(struct child *child)
{
    char line[4096];
    assert_non_null(fgets(line, sizeof line, child->out));
    json_t *answer = json_loads(line, 0, NULL);
    if (answer == NULL) {
        fail_msg("%s", line);
    }
    int64_t accepted = json_number_of(answer, "accepted");
    assert_int_equal(json_number_of(answer, "aside"), 0);
    json_decref(answer);
    child_end(child);
    return accepted;
}

static void
letters_write(struct world *world)
{
    for (int i = 0; i < LETTERS * KIOSKS; i++) {
        struct kiosk *kiosk = &world->kiosks[i % KIOSKS];
        (void)kiosk_walk_in(kiosk, "Piet", "Pieters");
        assert_int_equal(
            kiosk_run(kiosk, "push", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    }
}

static void
three_of_them_lose_nothing_and_double_nothing(void **state)
{
    struct world *world = *state;
    struct child children[RUNS];
    int64_t accepted = 0;
    letters_write(world);
    int64_t rosters = office_number(&world->office, "SELECT count(*) FROM letter_out");
    for (int i = 0; i < RUNS; i++) {
        children[i] = start(world);
    }
    for (int i = 0; i < RUNS; i++) {
        accepted += accepted_then_end(&children[i]);
    }
    assert_int_equal(accepted, LETTERS * KIOSKS);
    assert_int_equal(
        office_number(&world->office, "SELECT count(*) FROM event"), LETTERS * KIOSKS);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM quarantine"), 0);
    assert_in_range(
        office_number(&world->office, "SELECT count(*) FROM letter_out") - rosters,
        KIOSKS, KIOSKS * ROSTERS_MOST);
    for (int i = 0; i < KIOSKS; i++) {
        enum bw_exit result;
        struct kiosk *kiosk = &world->kiosks[i];
        assert_int_equal(
            kiosk_run(kiosk, "pull", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
        json_t *answer =
            kiosk_json(kiosk, &result, "push", "--clock", KIOSK_BEFORE, NULL);
        assert_int_equal(json_number_of(answer, "acknowledged_seq"), LETTERS);
        json_decref(answer);
    }
    assert_int_equal(office_run(&world->office, "verify", NULL), BW_EXIT_DONE);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(
        three_of_them_lose_nothing_and_double_nothing, setup, teardown),
};

/* On a file, letters by a WebDAV folder on Apache, and by an S3 bucket. */
static int
by_web(void)
{
    if (!web_init(&web) || !web_apache_start(&web) ||
        !web_faulty_start(&web, "python3", "faulty_s3.py")) {
        return 1;
    }
    password = "Geheim 1!";
    (void)snprintf(road, sizeof road, "webdavs://localhost:%d/kring", web.apache_port);
    int failed = cmocka_run_group_tests_name("by WebDAV", tests, NULL, NULL);
    password = "Geheim/1+";
    (void)snprintf(road, sizeof road,
        "s3://three/kring?endpoint=localhost:%d&region=eu-test-1", web.faulty_port);
    failed += cmocka_run_group_tests_name("by S3", tests, NULL, NULL);
    road[0] = '\0';
    return failed;
}

int
main(void)
{
    int failed = cmocka_run_group_tests_name("on a file", tests, NULL, NULL);
    failed += by_web();
    web_finish(&web);
    is_server = postgres_start(&server);
    if (!is_server) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        return failed != 0 ? failed : SKIPPED;
    }
    failed += cmocka_run_group_tests_name("on a server", tests, NULL, NULL);
    postgres_stop(&server);
    return failed;
}
