/* An office and a kiosk whose one road is a WebDAV folder on a real Apache, or an S3
 * bucket: enrolment, roster, events, receipt, and where its login stands. */
#include "tests/pace.h"
#include "tests/sync/exchange/carrier/web_help.h"
#include "tests/sync/exchange/cutting.h"
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/exchange/web_world.h"
#include "tests/sync/testing.h"

#include "exchange/kiosk/kiosk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PASSWORD "Geheim 1!"

enum { PICKS = 6 };

static struct web web;
static struct cutting cutting; /* before Apache */

static int
setup(void **state)
{
    *state = web_world_open("webdavs://", web.apache_port, "/kring", PASSWORD);
    return 0;
}

static int
setup_full(void **state)
{
    *state = web_world_open("webdavs://", web.faulty_port, "/full/kring", PASSWORD);
    return 0;
}

static int
setup_picky(void **state)
{
    *state = web_world_open("webdavs://", web.faulty_port, "/picky/kring", PASSWORD);
    return 0;
}

static int
setup_trickle(void **state)
{
    *state = web_world_open("webdavs://", web.faulty_port, "/trickle/kring", PASSWORD);
    return 0;
}

static int
setup_s3(void **state)
{
    *state = web_world_open("s3://letters/kring?endpoint=", web.faulty_port,
        "&region=eu-test-1", "Geheim/1+");
    return 0;
}

static int
setup_s3_full(void **state)
{
    *state = web_world_open(
        "s3://quota/kring?endpoint=", web.faulty_port, "&region=eu-test-1", "Geheim/1+");
    return 0;
}

static int
teardown(void **state)
{
    (void)fleet_teardown(state);
    web_folder_empty(web.files);
    return 0;
}

static int64_t
number_after(struct world *world, const char *command, const char *field)
{
    enum bw_exit result;
    json_t *answer =
        kiosk_json(&world->kiosk, &result, command, "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_true(json_is_true(json_object_get(answer, "online")));
    int64_t number = json_number_of(answer, field);
    json_decref(answer);
    return number;
}

static void
letters_go_both_ways(void **state)
{
    struct world *world = *state;
    assert_int_equal(number_after(world, "pull", "registrations"), 2);
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    assert_int_equal(number_after(world, "push", "sent"), 1);
    assert_int_equal(
        office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 1);
    (void)number_after(world, "pull", "revision");
    assert_int_equal(number_after(world, "push", "acknowledged_seq"), 1);
}

static bool
file_has(const char *path, const char *text)
{
    char bytes[16384];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof bytes - 1, file);
    bytes[length] = '\0';
    (void)fclose(file);
    return strstr(bytes, text) != NULL;
}

static void
the_password_is_in_no_answer_and_in_no_database(void **state)
{
    struct world *world = *state;
    char path[600];
    struct stat facts;
    assert_int_equal(number_after(world, "pull", "registrations"), 2);
    assert_int_equal(kiosk_run(&world->kiosk, "push", "--json", NULL), BW_EXIT_DONE);
    assert_null(strstr(world->kiosk.out, PASSWORD));
    char *dump = office_dump(&world->office);
    assert_null(strstr(dump, PASSWORD));
    free(dump);
    (void)snprintf(path, sizeof path, "%s.credentials", world->kiosk.path);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_true(file_has(path, PASSWORD));
    assert_true(file_has(web_world_enrolment, PASSWORD)); /* what each carrier asks for */
}

static const char *
road_fault(const json_t *answer)
{
    const json_t *road = json_array_get(json_object_get(answer, "carriers"), 0);
    return json_string_value(json_object_get(road, "fault"));
}

/* The password was changed at the office: a file on the kiosk's machine will do. */
static void
a_login_that_is_refused_is_told_and_a_file_beside_mends_it(void **state)
{
    struct world *world = *state;
    char netrc[200];
    web_world_login(world, "other");
    web_world_enrol(world, "Zij");
    enum bw_exit result;
    json_t *answer = kiosk_json(&world->kiosk, &result, "sync", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_false(json_is_true(json_object_get(answer, "online")));
    assert_string_equal(road_fault(answer), "access");
    json_decref(answer);
    assert_int_equal(kiosk_run(&world->kiosk, "push", NULL), BW_EXIT_DONE);
    assert_non_null(strstr(world->kiosk.out, "login"));
    web_world_login(world, PASSWORD);
    (void)snprintf(
        netrc, sizeof netrc, "%s", office_path(&world->office, "central.db.netrc"));
    assert_int_equal(
        kiosk_run(&world->kiosk, "push", "--netrc-file", netrc, NULL), BW_EXIT_DONE);
    assert_null(strstr(world->kiosk.out, "Offline"));
}

static void
an_address_with_a_password_in_it_is_not_kept(void **state)
{
    struct world *world = *state;
    assert_int_equal(
        office_run(&world->office, "enrol", "--session", "S-1", "--name", "Raam", "--out",
            office_path(&world->office, "w.json"), "--carrier",
            "webdavs://kring:Geheim1@localhost/x", "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_FAILED);
    assert_null(strstr(world->office.diag, "Geheim1"));
    assert_non_null(strstr(world->office.diag, "--netrc-file"));
    assert_null(
        strstr(office_text(&world->office, "SELECT carriers FROM central"), "Geheim1"));
}

static void
a_server_tells_the_time_unless_it_was_given_by_hand(void **state)
{
    struct world *world = *state;
    struct timespec now;
    assert_int_equal(number_after(world, "pull", "registrations"), 2);
    assert_in_range(
        fleet_server_time(&world->kiosk), 1, KIOSK_START_MS); /* the roster's, at most */
    assert_int_equal(kiosk_run(&world->kiosk, "pull", NULL), BW_EXIT_DONE);
    (void)clock_gettime(CLOCK_REALTIME, &now);
    int64_t now_ms = (int64_t)now.tv_sec * 1000;
    assert_in_range(fleet_server_time(&world->kiosk), now_ms - 600000, now_ms + 1000);
}

/* ---- a road that fails in one way ---- */

static void
a_server_without_room_still_gives_what_is_there(void **state)
{
    struct world *world = *state;
    enum bw_exit result;
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    json_t *answer =
        kiosk_json(&world->kiosk, &result, "sync", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "registrations"), 2);
    assert_int_equal(json_number_of(answer, "sent"), 0);
    const json_t *road = json_array_get(json_object_get(answer, "carriers"), 0);
    assert_non_null(
        strstr(json_string_value(json_object_get(road, "why")), "no room left"));
    assert_string_equal(road_fault(answer), "full");
    json_decref(answer);
}

static void
one_letter_that_is_refused_holds_up_no_other(void **state)
{
    struct world *world = *state;
    enum bw_exit result;
    assert_int_equal(kiosk_run(&world->kiosk, "pull", NULL), BW_EXIT_DONE);
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    json_t *answer = kiosk_json(&world->kiosk, &result, "push", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "sent"), 0);
    json_decref(answer);
    answer = kiosk_json(&world->kiosk, &result, "push", NULL);
    assert_true(json_is_true(json_object_get(answer, "online")));
    assert_int_equal(json_number_of(answer, "sent"), 1);
    json_decref(answer);
}

/* At the office a letter that drips has a minute, as it does in use: BW_STRIKE_ALL=1. */
static void
one_letter_that_drips_holds_up_no_other(void **state) /* CA5 */
{
    struct world *world = *state;
    struct bw_error err = {.text = ""};
    struct bw_kiosk_exchange exchange;
    struct bw_kiosk_pulled pulled;
    world->office.carrier = web_world_uri;
    kiosk_open(&world->other, &world->office, "Zij", "S-1");
    for (int i = 0; i < 2; i++) {
        (void)kiosk_walk_in(&world->other, "Piet", "Pieters");
        fleet_done(&world->other, "push");
    }
    if (pace_all()) {
        (void)fleet_merge(world);
        if (strstr(world->office.out, "too slowly") == NULL) {
            fail_msg("%s%s", world->office.out, world->office.diag);
        }
        assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 1);
        return;
    }
    assert_int_equal(bw_kiosk_exchange_open(
                         world->kiosk.path, &world->kiosk.clock, NULL, &exchange, &err),
        BW_OK);
    bw_kiosk_exchange_reach(&exchange, ~0U);
    exchange.roads[0].carrier->grace_ms = 50;
    assert_int_equal(bw_kiosk_pull(&exchange, &pulled, &err), BW_OK);
    assert_int_equal(pulled.refused, 1);
    assert_non_null(strstr(pulled.why, "too slowly"));
    bw_kiosk_exchange_close(&exchange);
    assert_int_equal(fleet_events_in(&world->kiosk), 1);
    fleet_done(&world->kiosk, "pull");
    assert_int_equal(fleet_events_in(&world->kiosk), 2);
}

/* ---- a way that is cut, slow, or loses pieces ---- */

static int
setup_cut(void **state)
{
    cutting_reset(&cutting);
    *state = web_world_open("webdavs://", cutting.port, "/kring", PASSWORD);
    return 0;
}

/* A bucket of its own for each. */
static int
setup_s3_cut(void **state)
{
    static int buckets;
    char before[64];
    cutting_reset(&cutting);
    (void)snprintf(before, sizeof before, "s3://cut-%d/kring?endpoint=", buckets++);
    *state = web_world_open(before, cutting.port, "&region=eu-test-1", "Geheim/1+");
    return 0;
}

static void
all_is_whole(struct world *world, int events)
{
    cutting_reset(&cutting);
    assert_true(fleet_online(&world->kiosk));
    assert_int_equal(
        office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    fleet_whole(&world->office, events);
}

static void
a_kiosk_that_is_cut_off_at_any_byte_loses_and_doubles_nothing(void **state)
{
    struct world *world = *state;
    int offline = 0, events = 0;
    for (int way = 0; way < CUTTING_WAYS; way++) {
        (void)kiosk_walk_in(&world->kiosk, "Piet", "Pieters");
        events++;
        cutting_reset(&cutting);
        assert_true(fleet_online(&world->kiosk));
        int64_t bytes = atomic_load(&cutting.passed[way]);
        int64_t step = getenv("BW_STRIKE_ALL") ? 1 : bytes / PICKS + 1;
        for (int64_t at = 0; at < bytes; at += step) {
            (void)kiosk_walk_in(&world->kiosk, "Piet", "Pieters");
            events++;
            cutting_after(&cutting, (enum cutting_way)way, at);
            offline += fleet_online(&world->kiosk) ? 0 : 1;
        }
        all_is_whole(world, events);
    }
    assert_true(offline > PICKS);
}

static void
letters_go_by_a_slow_way_that_loses_a_third(void **state)
{
    struct world *world = *state;
    bool real = getenv("BW_STRIKE_ALL") != NULL;
    atomic_store(&cutting.delay_ms, real ? 1000 : 5);
    atomic_store(&cutting.resend_ms, real ? 200 : 5);
    (void)kiosk_walk_in(&world->kiosk, "Piet", "Pieters");
    assert_true(fleet_online(&world->kiosk));
    atomic_store(&cutting.delay_ms, 0);
    atomic_store(&cutting.resend_ms, 0);
    all_is_whole(world, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        WITH_WORLD(letters_go_both_ways),
        WITH_WORLD(the_password_is_in_no_answer_and_in_no_database),
        WITH_WORLD(a_server_tells_the_time_unless_it_was_given_by_hand),
        WITH_WORLD(a_login_that_is_refused_is_told_and_a_file_beside_mends_it),
        cmocka_unit_test_setup_teardown(
            a_server_without_room_still_gives_what_is_there, setup_full, teardown),
        cmocka_unit_test_setup_teardown(
            one_letter_that_is_refused_holds_up_no_other, setup_picky, teardown),
        cmocka_unit_test_setup_teardown(
            one_letter_that_drips_holds_up_no_other, setup_trickle, teardown),
        WITH_WORLD(an_address_with_a_password_in_it_is_not_kept),
    };
    const struct CMUnitTest cut[] = {
#define WITH_CUT(test) cmocka_unit_test_setup_teardown(test, setup_cut, teardown)
        WITH_CUT(a_kiosk_that_is_cut_off_at_any_byte_loses_and_doubles_nothing),
        WITH_CUT(letters_go_by_a_slow_way_that_loses_a_third),
    };
    const struct CMUnitTest bucket[] = {
        cmocka_unit_test_setup_teardown(letters_go_both_ways, setup_s3, teardown),
        cmocka_unit_test_setup_teardown(
            a_server_without_room_still_gives_what_is_there, setup_s3_full, teardown),
    };
    const struct CMUnitTest bucket_cut[] = {
#define WITH_CUT_S3(test) cmocka_unit_test_setup_teardown(test, setup_s3_cut, teardown)
        WITH_CUT_S3(a_kiosk_that_is_cut_off_at_any_byte_loses_and_doubles_nothing),
        WITH_CUT_S3(letters_go_by_a_slow_way_that_loses_a_third),
    };
    int failed = 1;
    if (web_init(&web) && web_apache_start(&web) &&
        web_faulty_start(&web, "python3", "faulty_web.py")) {
        failed = cmocka_run_group_tests_name("WebDAV", tests, NULL, NULL);
        cutting_start_at(&cutting, web.apache_port);
        failed += cmocka_run_group_tests_name("WebDAV, cut off", cut, NULL, NULL);
        cutting_stop(&cutting);
        web_stop(&web.faulty);
        if (!web_faulty_start(&web, "python3", "faulty_s3.py")) {
            failed++;
        } else {
            failed += cmocka_run_group_tests_name("S3", bucket, NULL, NULL);
            cutting_start_at(&cutting, web.faulty_port);
            failed += cmocka_run_group_tests_name("S3, cut off", bucket_cut, NULL, NULL);
            cutting_stop(&cutting);
        }
    }
    web_finish(&web);
    return failed;
}
