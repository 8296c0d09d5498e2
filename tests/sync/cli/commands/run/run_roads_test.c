/* Several roads of the office's `run`, one of which stands still with a roster (RR1): a
 * server of WebDAV that never answers a PUT, between two folders. */
#include "cli/commands/run/run_roads.h"
#include "exchange/office/carriers.h"
#include "tests/sync/exchange/carrier/web_help.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FOLDER_BESIDE, WEB_STUCK, FOLDER_BEHIND, ROADS };

static struct web web;

struct world {
    struct office office;
    struct kiosk kiosk;
    struct bw_call call;
    struct bw_rounds_roads roads;
    char behind[200]; /* the last road's folder */
    FILE *null;
};

/* What the office keeps, behind the folder beside its file. */
static void
carriers_keep(struct world *world, struct bw_central *central)
{
    struct bw_error err = {.text = ""};
    struct bw_carrier_list *list = calloc(1, sizeof *list);
    list->count = 2;
    (void)snprintf(list->uris[0], BW_CARRIER_URI_BYTES,
        "webdavs://localhost:%d/stuck/kring", web.faulty_port);
    (void)snprintf(list->uris[1], BW_CARRIER_URI_BYTES, "folder:%s", world->behind);
    assert_int_equal(bw_central_begin(central, &err), BW_OK);
    assert_int_equal(bw_office_carriers_add(central, list, &err), BW_OK);
    assert_int_equal(bw_central_commit(central, &err), BW_OK);
    assert_int_equal(bw_office_carriers_list(central, &world->roads.list, &err), BW_OK);
    assert_int_equal(world->roads.list.count, ROADS);
    free(list);
}

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    struct bw_error err = {.text = ""};
    office_open(&world->office, 3, false);
    people_sign_up(&world->office, 2);
    kiosk_open(&world->kiosk, &world->office, "Balie", "S-1");
    (void)snprintf(
        world->behind, sizeof world->behind, "%s", office_path(&world->office, "behind"));
    char *words[] = {(char *)(uintptr_t) "brugwachter-sync",
        (char *)(uintptr_t) "--central", world->office.uri, (char *)(uintptr_t) "run"};
    assert_int_equal(
        bw_call_parse(&bw_sync_commands, 4, words, &world->call, &err), BW_OK);
    world->null = fopen("/dev/null", "w");
    world->call.out = world->null;
    world->call.progress = NULL;
    world->call.clock = world->kiosk.clock;
    struct bw_central *central = NULL;
    assert_int_equal(
        bw_central_open(world->office.uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    carriers_keep(world, central);
    bw_central_close(central);
    world->roads.call = &world->call;
    world->roads.uri = world->office.uri;
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    (void)fclose(world->null);
    kiosk_finish(&world->kiosk);
    office_finish(&world->office);
    free(world);
    return 0;
}

static size_t
rosters_in(const char *folder)
{
    char pattern[260];
    glob_t found;
    (void)snprintf(pattern, sizeof pattern, "%s/*.bwr", folder);
    size_t count = glob(pattern, 0, NULL, &found) == 0 ? found.gl_pathc : 0;
    globfree(&found);
    return count;
}

static bool
is_said(const struct bw_round_summary *summary, const char *words)
{
    for (size_t i = 0; i < summary->notes_count; i++) {
        if (strstr(summary->notes[i], words) != NULL) {
            return true;
        }
    }
    return false;
}

static void
rosters_that_stand_still_on_a_road_are_ended_and_go_by_the_others(void **state) /* RR1 */
{
    struct world *world = *state;
    struct bw_round_summary summary = {0};
    struct bw_error err = {.text = ""};
    char sentence[BW_CARRIER_URI_BYTES + 64];
    (void)snprintf(sentence, sizeof sentence, "writing rosters to %s: it stood still",
        world->roads.list.uris[WEB_STUCK]);
    assert_int_equal(bw_rounds_roads_round(&world->roads, &summary, &err), BW_OK);
    assert_int_not_equal(world->roads.out.child.pid, 0);
    assert_int_equal(rosters_in(world->behind), 0);
    assert_false(is_said(&summary, "stood still"));
    world->roads.out.until_ms = 0; /* its time is over */
    assert_int_equal(bw_rounds_roads_round(&world->roads, &summary, &err), BW_OK);
    assert_true(is_said(&summary, sentence));
    assert_int_equal(world->roads.out.child.pid, 0);
    assert_int_equal(rosters_in(world->behind), 1);
    bw_round_summary_finish(&summary);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            rosters_that_stand_still_on_a_road_are_ended_and_go_by_the_others, setup,
            teardown),
    };
    int failed = 1;
    if (web_init(&web) && web_faulty_start(&web, "python3", "faulty_web.py")) {
        failed = cmocka_run_group_tests(tests, NULL, NULL);
    }
    web_finish(&web);
    return failed;
}
