/* Kiosks among each other, and the office over time: one that joins later, is replaced,
 * revoked, lied about; an office that was put back from a copy; carriers that fail
 * alone; a store that is in use. By the program's own commands. */
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/testing.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- a kiosk that joins later ---- */

static void
first_kiosk_learns_of_a_second_and_writes_again_for_it(void **state)
{
    struct world *world = *state;
    struct bw_peer peer;
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    (void)kiosk_walk_in(&world->kiosk, "Inez", "Loper");
    fleet_done(&world->kiosk, "push"); /* before the other is there */
    kiosk_enrol(&world->other, &world->office, "Zij", "S-1");
    fleet_done(&world->kiosk, "pull");
    assert_true(fleet_peer_of(&world->kiosk, &peer)); /* by its one-time keys */
    assert_false(peer.introduced);
    assert_false(peer.provisional);
    fleet_done(&world->other, "sync"); /* who else there is, it learns from its roster */
    fleet_done(&world->other, "push");
    fleet_done(&world->kiosk, "pull");
    assert_true(fleet_peer_of(&world->kiosk, &peer));
    assert_true(peer.provisional); /* by its own letter */
    fleet_done(&world->kiosk, "push");
    fleet_done(&world->other, "pull"); /* the office has said nothing meanwhile */
    assert_int_equal(fleet_events_in(&world->other), 2);
    struct bw_event_details details;
    struct bw_store *store = kiosk_store(&world->other, BW_STORE_READ);
    assert_int_equal(bw_store_details(store, (struct bw_event_id){world->kiosk.device, 2},
                         &details, NULL),
        BW_OK);
    bw_store_close(store);
    assert_string_equal(details.person.first_name, "Inez");
    (void)fleet_merge(world);
    fleet_done(&world->kiosk, "pull");
    assert_true(fleet_peer_of(&world->kiosk, &peer));
    assert_true(peer.introduced); /* the office says so, too */
    assert_false(peer.provisional);
}

static void
revoked_kiosk_is_lead_no_more(void **state)
{
    struct world *world = *state;
    struct bw_peer peer = {0};
    char number[8];
    kiosk_open(&world->other, &world->office, "Zij", "S-1");
    fleet_done(&world->kiosk, "push");
    fleet_done(&world->other, "push");
    (void)fleet_merge(world);
    fleet_done(&world->other, "pull");
    world->other.wall_ms = KIOSK_START_MS + 20 * KIOSK_MINUTE_MS;
    assert_int_equal(fleet_lead_at(&world->other), world->kiosk.device); /* not heard */
    (void)snprintf(number, sizeof number, "%u", world->kiosk.device);
    assert_int_equal(office_run(&world->office, "revoke", number, "--why", "weg",
                         "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    fleet_done(&world->other, "pull");
    assert_true(!fleet_peer_of(&world->other, &peer) || peer.revoked);
    assert_int_equal(fleet_lead_at(&world->other), 0);
}

/* It writes on, and introduces itself to whom it hears of: nobody waits for it, and no
 * newer roster is asked for. */
static void
letters_of_a_revoked_kiosk_are_passed_over(void **state)
{
    struct world *world = *state;
    enum bw_exit result;
    fleet_done(&world->kiosk, "push");
    kiosk_open(&world->other, &world->office, "Zij", "S-1");
    fleet_done(&world->other, "push");
    (void)fleet_merge(world);
    fleet_done(&world->kiosk, "pull");
    assert_int_equal(office_run(&world->office, "revoke", "1", "--why", "weg", "--clock",
                         KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    fleet_done(&world->kiosk, "push");
    fleet_done(&world->other, "pull"); /* its roster, first of all */
    json_t *answer =
        kiosk_json(&world->other, &result, "pull", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(json_number_of(answer, "unknown"), 0);
    json_decref(answer);
    assert_int_equal(fleet_events_in(&world->other), 0);
}

/* The organiser's word is above the rules that kiosks go by. */
static void
event_that_was_taken_in_counts_at_the_other_kiosks_too(void **state)
{
    struct world *world = *state;
    kiosk_open(&world->other, &world->office, "Zij", "S-1");
    fleet_done(&world->kiosk, "push");
    fleet_done(&world->other, "push");
    (void)fleet_merge(world);
    assert_int_equal(office_run(&world->office, "revoke", "1", "--why", "weg", "--clock",
                         KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    fleet_done(&world->kiosk, "push");
    assert_int_equal(fleet_merge(world), BW_EXIT_LOOK);
    fleet_done(&world->other, "pull");
    assert_int_equal(fleet_events_in(&world->other), 0);
    assert_int_equal(office_run(&world->office, "settle", "1", "in", "--why", "gezien",
                         "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    fleet_done(&world->other, "pull");
    assert_int_equal(fleet_events_in(&world->other), 1);
}

/* The new number has a store of its own; what the old one wrote on a stick counts. */
static void
stick_of_a_kiosk_that_was_replaced_is_taken(void **state)
{
    struct world *world = *state;
    char number[8], *stick = strdup(office_path(&world->office, "stick")), file[200];
    struct bw_peer peer;
    fleet_done(&world->kiosk, "push");
    (void)fleet_merge(world);
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 1));
    assert_int_equal(
        kiosk_run(&world->kiosk, "export", stick, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    (void)snprintf(number, sizeof number, "%u", world->kiosk.device);
    (void)snprintf(file, sizeof file, "%s", office_path(&world->office, "again.json"));
    assert_int_equal(
        office_run(&world->office, "enrol", "--session", "S-1", "--name", "Balie",
            "--device", number, "--out", file, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    world->other = (struct kiosk){.office = &world->office, .wall_ms = KIOSK_START_MS};
    world->other.clock = world->kiosk.clock;
    world->other.clock.context = &world->other;
    (void)snprintf(world->other.path, sizeof world->other.path, "%s",
        office_path(&world->office, "again.db"));
    assert_int_equal(kiosk_run(&world->other, "enrol-device", file, NULL), BW_EXIT_DONE);
    fleet_done(&world->other, "sync");
    (void)fleet_merge(world); /* it introduced itself: the old one is out of service */
    enum bw_exit result =
        office_run(&world->office, "merge", stick, "--clock", KIOSK_BEFORE, NULL);
    if (result != BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 2);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM quarantine"), 0);
    fleet_done(&world->other, "pull");
    assert_int_equal(fleet_events_in(&world->other), 2);
    assert_false(
        fleet_peer_of(&world->other, &peer) && fleet_lead_at(&world->other) != 0);
    free(stick);
}

/* ---- what others say ---- */

static void
office_sees_that_a_camera_is_missing(void **state)
{
    struct world *world = *state;
    struct bw_command command;
    struct bw_answer answer;
    enum bw_exit result;
    bw_command_init(&command, BW_COMMAND_OVERVIEW);
    command.camera_seen = BW_CAMERA_MISSING;
    fleet_ask(&world->kiosk, &command, &answer);
    bw_answer_finish(&answer);
    assert_int_equal(
        fleet_number_in(&world->kiosk, BW_NUMBER_CAMERA_SEEN), BW_CAMERA_MISSING);
    fleet_done(&world->kiosk, "push");
    (void)fleet_merge(world);
    json_t *list = office_json(&world->office, &result, "kiosks", NULL);
    json_t *shown = json_array_get(json_object_get(list, "kiosks"), 0);
    assert_string_equal(json_string_value(json_object_get(shown, "camera")), "missing");
    assert_true(json_number_of(shown, "disk_free_mib") >= 0);
    json_decref(list);
    command.camera_seen = BW_CAMERA_UNKNOWN; /* who doesn't know says nothing */
    fleet_ask(&world->kiosk, &command, &answer);
    bw_answer_finish(&answer);
    assert_int_equal(
        fleet_number_in(&world->kiosk, BW_NUMBER_CAMERA_SEEN), BW_CAMERA_MISSING);
}

/* A kiosk that was cut off says so in its next hello. */
static void
office_sees_how_often_a_kiosk_ran_and_was_cut_off(void **state)
{
    struct world *world = *state;
    struct bw_error err;
    struct bw_store *store = NULL;
    enum bw_exit result;
    assert_int_equal(
        bw_store_open(world->kiosk.path, BW_STORE_SYNC, &store, &err), BW_OK);
    assert_int_equal(bw_store_set_number(store, BW_NUMBER_RUNS, 12, &err), BW_OK);
    assert_int_equal(bw_store_set_number(store, BW_NUMBER_CUTS, 3, &err), BW_OK);
    bw_store_close(store);
    fleet_done(&world->kiosk, "push");
    (void)fleet_merge(world);
    json_t *list = office_json(&world->office, &result, "kiosks", NULL);
    json_t *shown = json_array_get(json_object_get(list, "kiosks"), 0);
    assert_string_equal(json_string_value(json_object_get(shown, "version")), BW_VERSION);
    assert_int_equal(json_number_of(shown, "runs"), 12);
    assert_int_equal(json_number_of(shown, "cuts"), 3);
    assert_int_equal(json_number_of(shown, "store_mib"), 1);
    json_decref(list);
    assert_int_equal(office_run(&world->office, "kiosks", NULL), BW_EXIT_DONE);
    assert_non_null(strstr(world->office.out, ", 12 runs (3 of them cut off), up "));
}

static void
stated_head_of_5000_keeps_nobody_out(void **state)
{
    struct world *world = *state;
    struct desk desk = {.office = world->office, .now_ms = KIOSK_START_MS};
    struct sender liar;
    struct bw_round_summary summary = {0};
    struct bw_command command;
    struct bw_answer answer;
    desk_begin(&desk);
    sender_open(&liar, &desk, "S-1");
    liar.claims_seq = 5000;
    (void)sender_send(&liar, &summary);
    desk_end(&desk);
    bw_round_summary_finish(&summary);
    (void)fleet_merge(world);
    fleet_done(&world->kiosk, "pull");
    bw_command_init(&command, BW_COMMAND_CODE);
    command.operated_by = BW_OPERATOR_STAFF;
    command.code.code = people_code(&world->office, 0);
    command.code.basis = BW_BASIS_CODE;
    fleet_ask(&world->kiosk, &command, &answer);
    assert_int_equal(answer.kind, BW_ANSWER_VERDICT);
    assert_int_equal(answer.verdict.verdict, BW_VERDICT_WELCOME);
    bw_answer_finish(&answer);
    assert_int_equal(fleet_number_in(&world->kiosk, BW_NUMBER_RESTORED), 0);
    sender_finish(&liar);
}

/* ---- an office that was put back ---- */

static void
copy_file(const struct world *world, const char *from, const char *to)
{
    char command[300];
    (void)snprintf(command, sizeof command, "cp %s/%s %s/%s", world->office.folder, from,
        world->office.folder, to);
    assert_int_equal(system(command), 0);
}

static void
office_put_back_from_a_copy_gets_all_again(void **state)
{
    struct world *world = *state;
    char code[BW_CODE_BYTES];
    struct bw_registration found;
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    fleet_done(&world->kiosk, "push");
    (void)fleet_merge(world);
    fleet_done(&world->kiosk, "sync");
    (void)fleet_merge(world);
    copy_file(world, "central.db", "copy.db");
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 1));
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 2));
    bw_code_format(people_code(&world->office, 3), code);
    assert_int_equal(
        office_run(&world->office, "cancel", code, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    fleet_done(&world->kiosk, "sync");
    (void)fleet_merge(world);
    fleet_done(&world->kiosk, "sync");
    assert_int_equal(fleet_number_in(&world->kiosk, BW_NUMBER_ACKNOWLEDGED), 3);
    (void)fleet_merge(world); /* hears what the kiosk holds now */
    copy_file(world, "copy.db", "central.db");
    folder_remove(office_path(&world->office, "central.db.letters"));
    assert_int_equal(mkdir(office_path(&world->office, "central.db.letters"), 0700), 0);
    (void)fleet_merge(world); /* makes its carrier anew */
    fleet_done(&world->kiosk, "push");
    assert_int_equal(fleet_merge(world), BW_EXIT_LOOK); /* it says so */
    assert_int_equal(office_number(&world->office, "SELECT epoch FROM central"), 2);
    fleet_done(&world->kiosk, "pull");
    assert_int_equal(
        fleet_number_in(&world->kiosk, BW_NUMBER_ACKNOWLEDGED), 1); /* back */
    fleet_done(&world->kiosk, "push");
    (void)fleet_merge(world);
    fleet_done(&world->kiosk, "pull");
    assert_int_equal(fleet_number_in(&world->kiosk, BW_NUMBER_ACKNOWLEDGED), 3);
    assert_int_equal(fleet_number_in(&world->kiosk, BW_NUMBER_RESTORED), 0);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 3);
    struct bw_store *store = kiosk_store(&world->kiosk, BW_STORE_READ);
    assert_int_equal(
        bw_store_registration(store, people_code(&world->office, 3), &found, NULL),
        BW_OK);
    bw_store_close(store);
    assert_int_equal(found.status, BW_CONFIRMED); /* as the office has it */
}

/* ---- carriers ---- */

/* The copy knows of no kiosk: the number that one has isn't given to another. */
static void
office_put_back_from_before_a_kiosk_gives_its_number_to_nobody_else(void **state)
{
    (void)state;
    struct world world = {.kiosk = {.device = 0}};
    struct office *office = &world.office;
    enum bw_exit result;
    office_open(office, 4, false);
    copy_file(&world, "central.db", "copy.db");
    kiosk_open(&world.kiosk, office, "Balie", "S-1");
    (void)kiosk_walk_in(&world.kiosk, "Inez", "Loper");
    fleet_done(&world.kiosk, "push");
    copy_file(&world, "copy.db", "central.db");
    assert_int_equal(fleet_merge(&world), BW_EXIT_LOOK);
    char *file = strdup(office_path(office, "new.json"));
    json_t *answer = office_json(office, &result, "enrol", "--session", "S-1", "--name",
        "Zij", "--out", file, "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(json_number_of(answer, "device"), 2);
    json_decref(answer);
    free(file);
    kiosk_finish(&world.kiosk);
    office_finish(office);
}

/* On the way in and on the way out. */
static void
carrier_that_is_away_is_told_once(void **state)
{
    struct world *world = *state;
    struct office *office = &world->office;
    char *folder = strdup(office_path(office, "central.db.letters"));
    assert_int_equal(rename(folder, office_path(office, "elsewhere")), 0);
    (void)office_write(office, "central.db.letters", "");
    static const char *const verbs[] = {"merge", "status", "kiosks"};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        (void)office_run(office, verbs[i], "--clock", KIOSK_BEFORE, NULL);
        const char *told = strstr(office->out, "Not a directory");
        assert_non_null(told);
        assert_null(strstr(told + 1, "Not a directory"));
    }
    assert_int_equal(unlink(folder), 0); /* as office_finish expects it */
    assert_int_equal(rename(office_path(office, "elsewhere"), folder), 0);
    free(folder);
}

static void
each_carrier_fails_alone(void **state)
{
    struct world *world = *state;
    char file[200], uris[2][220], marker[260];
    enum bw_exit result;
    (void)snprintf(file, sizeof file, "%s", office_path(&world->office, "two.json"));
    (void)snprintf(
        uris[0], sizeof uris[0], "folder:%s", office_path(&world->office, "one"));
    (void)snprintf(
        uris[1], sizeof uris[1], "folder:%s", office_path(&world->office, "two"));
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "Zij", "--out", file, "--carrier", uris[0], "--carrier", uris[1],
                         "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    world->other = (struct kiosk){.office = &world->office, .wall_ms = KIOSK_START_MS};
    world->other.clock = world->kiosk.clock;
    world->other.clock.context = &world->other;
    (void)snprintf(world->other.path, sizeof world->other.path, "%s",
        office_path(&world->office, "two.db"));
    assert_int_equal(kiosk_run(&world->other, "enrol-device", file, NULL), BW_EXIT_DONE);
    fleet_done(&world->other, "pull");
    (void)kiosk_arrived(&world->other, people_code(&world->office, 0));
    for (int away = 0; away < 2; away++) {
        (void)snprintf(marker, sizeof marker, "%s/brugwachter-letters.json",
            uris[away] + strlen("folder:"));
        assert_int_equal(unlink(marker), 0);
        json_t *answer =
            kiosk_json(&world->other, &result, "push", "--clock", KIOSK_BEFORE, NULL);
        assert_int_equal(result, BW_EXIT_DONE);
        assert_true(json_is_true(json_object_get(answer, "online")));
        assert_int_equal(json_number_of(answer, "sent"), 1);
        for (int i = 0; i < 2; i++) {
            json_t *road = json_array_get(json_object_get(answer, "carriers"), (size_t)i);
            assert_int_equal(json_is_true(json_object_get(road, "online")), i != away);
            assert_int_equal(
                json_string_length(json_object_get(road, "why")) > 0, i == away);
        }
        json_decref(answer);
        (void)fleet_merge(
            world); /* the office makes its mark again, and reads the other */
        assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 1);
    }
    fleet_done(&world->other, "pull");
    assert_int_equal(fleet_number_in(&world->other, BW_NUMBER_ACKNOWLEDGED), 1);
}

/* ---- a store that is in use ---- */

static void
running_kiosk_is_not_made_another(void **state)
{
    struct world *world = *state;
    char file[200];
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    fleet_done(&world->kiosk, "push");
    (void)fleet_merge(world);
    fleet_done(&world->kiosk, "pull"); /* all of it is acknowledged */
    (void)snprintf(file, sizeof file, "%s", office_path(&world->office, "next.json"));
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "Nieuw", "--out", file, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    struct bw_store *store = kiosk_store(&world->kiosk, BW_STORE_KIOSK);
    assert_int_equal(
        kiosk_run(&world->kiosk, "enrol-device", file, NULL), BW_EXIT_FAILED);
    struct bw_head head;
    assert_int_equal(bw_store_head(store, &head, NULL), BW_OK);
    assert_int_equal(head.seq, 1);
    bw_store_close(store);
    store = kiosk_store(&world->kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_enrolment(store)->device, world->kiosk.device);
    bw_store_close(store);
    assert_int_equal(kiosk_run(&world->kiosk, "enrol-device", file, NULL), BW_EXIT_DONE);
}

/* Somebody holds the store's lock: who waits for it still hears a signal. */
static void
run_that_waits_for_a_lock_ends_on_a_signal(void **state)
{
    struct world *world = *state;
    int ends[2], result = -1;
    char line[200] = "";
    sqlite3 *db = NULL;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        char *words[] = {(char *)(uintptr_t) "brugwachter-sync",
            (char *)(uintptr_t) "--store", world->kiosk.path, (char *)(uintptr_t) "run",
            (char *)(uintptr_t) "--json"};
        FILE *out = fdopen(ends[1], "w");
        (void)close(ends[0]);
        _exit(out ? (int)bw_sync_main(&bw_sync_commands, 5, words, out, stderr) : 99);
    }
    (void)close(ends[1]);
    FILE *in = fdopen(ends[0], "r");
    assert_non_null(fgets(line, sizeof line, in)); /* the first round is over */
    assert_int_equal(sqlite3_open(world->kiosk.path, &db), SQLITE_OK);
    (void)sqlite3_busy_timeout(db, 5000);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(kill(child, SIGTERM), 0);
    assert_int_equal(waitpid(child, &result, 0), child);
    (void)sqlite3_close(db);
    (void)fclose(in);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), BW_EXIT_DONE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fleet_setup, fleet_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(first_kiosk_learns_of_a_second_and_writes_again_for_it),
        CASE(revoked_kiosk_is_lead_no_more),
        CASE(letters_of_a_revoked_kiosk_are_passed_over),
        CASE(event_that_was_taken_in_counts_at_the_other_kiosks_too),
        CASE(stick_of_a_kiosk_that_was_replaced_is_taken),
        CASE(office_sees_that_a_camera_is_missing),
        CASE(office_sees_how_often_a_kiosk_ran_and_was_cut_off),
        CASE(stated_head_of_5000_keeps_nobody_out),
        CASE(office_put_back_from_a_copy_gets_all_again),
        cmocka_unit_test(
            office_put_back_from_before_a_kiosk_gives_its_number_to_nobody_else),
        CASE(carrier_that_is_away_is_told_once),
        CASE(each_carrier_fails_alone),
        CASE(running_kiosk_is_not_made_another),
        CASE(run_that_waits_for_a_lock_ends_on_a_signal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
