/* An office and a kiosk whose one road is a WebDAV folder on a real Apache, or an S3
 * bucket: enrolment, roster, events, receipt, and where its login stands. */
#include "tests/sync/exchange/carrier/web_help.h"
#include "tests/sync/exchange/cutting.h"
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/testing.h"

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

static char road_uri[128], enrolment[200]; /* the newest one's path */

static void
netrc_write(struct world *world, const char *password)
{
    char text[128];
    (void)snprintf(
        text, sizeof text, "machine localhost login kring password \"%s\"\n", password);
    assert_int_equal(
        chmod(office_write(&world->office, "central.db.netrc", text), 0600), 0);
}

static void
kiosk_make(struct world *world, const char *name)
{
    assert_int_equal(
        office_run(&world->office, "enrol", "--session", "S-1", "--name", name, "--out",
            enrolment, "--carrier", road_uri, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(&world->kiosk, "enrol-device", enrolment, NULL), BW_EXIT_DONE);
}

static struct world *
world_make(const char *before, int port, const char *after, const char *password)
{
    struct world *world = calloc(1, sizeof *world);
    office_open(&world->office, 3, false);
    people_sign_up(&world->office, 2);
    (void)snprintf(road_uri, sizeof road_uri, "%slocalhost:%d%s", before, port, after);
    (void)snprintf(
        enrolment, sizeof enrolment, "%s", office_path(&world->office, "k.json"));
    kiosk_enrol(&world->kiosk, &world->office, "Eerst", "S-1"); /* its clock */
    assert_int_equal(unlink(world->kiosk.path), 0);
    netrc_write(world, password);
    kiosk_make(world, "Balie");
    return world;
}

static int
setup(void **state)
{
    *state = world_make("webdavs://", web.apache_port, "/kring", PASSWORD);
    return 0;
}

static int
setup_full(void **state)
{
    *state = world_make("webdavs://", web.faulty_port, "/full/kring", PASSWORD);
    return 0;
}

static int
setup_picky(void **state)
{
    *state = world_make("webdavs://", web.faulty_port, "/picky/kring", PASSWORD);
    return 0;
}

static int
setup_s3(void **state)
{
    *state = world_make("s3://letters/kring?endpoint=", web.faulty_port,
        "&region=eu-test-1", "Geheim/1+");
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
    assert_true(file_has(enrolment, PASSWORD)); /* what each carrier asks for */
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
    netrc_write(world, "other");
    kiosk_make(world, "Zij");
    enum bw_exit result;
    json_t *answer = kiosk_json(&world->kiosk, &result, "sync", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_false(json_is_true(json_object_get(answer, "online")));
    assert_string_equal(road_fault(answer), "access");
    json_decref(answer);
    assert_int_equal(kiosk_run(&world->kiosk, "push", NULL), BW_EXIT_DONE);
    assert_non_null(strstr(world->kiosk.out, "login"));
    netrc_write(world, PASSWORD);
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

/* ---- a way that is cut, slow, or loses pieces ---- */

static int
setup_cut(void **state)
{
    cutting_reset(&cutting);
    *state = world_make("webdavs://", cutting.port, "/kring", PASSWORD);
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
        WITH_WORLD(an_address_with_a_password_in_it_is_not_kept),
    };
    const struct CMUnitTest cut[] = {
#define WITH_CUT(test) cmocka_unit_test_setup_teardown(test, setup_cut, teardown)
        WITH_CUT(a_kiosk_that_is_cut_off_at_any_byte_loses_and_doubles_nothing),
        WITH_CUT(letters_go_by_a_slow_way_that_loses_a_third),
    };
    const struct CMUnitTest bucket[] = {
        cmocka_unit_test_setup_teardown(letters_go_both_ways, setup_s3, teardown),
    };
    int failed = 1;
    if (web_init(&web) && web_apache_start(&web) &&
        web_faulty_start(&web, "python3", "faulty_web.py")) {
        failed = cmocka_run_group_tests_name("WebDAV", tests, NULL, NULL);
        cutting_start_at(&cutting, web.apache_port);
        failed += cmocka_run_group_tests_name("WebDAV, cut off", cut, NULL, NULL);
        cutting_stop(&cutting);
        web_stop(&web.faulty);
        failed += web_faulty_start(&web, "python3", "faulty_s3.py")
                      ? cmocka_run_group_tests_name("S3", bucket, NULL, NULL)
                      : 1;
    }
    web_finish(&web);
    return failed;
}
