/* `push`, `pull`, `merge`, `pack`, `enrol`, `enrol-device` and `revoke`, killed and
 * refused at each of their changes to the disk (KX3). The real program, under strike.h;
 * after each strike the command is given again, the other side does its part, and all is
 * as if nothing had happened: every event is there once, its receipt comes, and no file
 * with a secret is left over.
 *
 * Not every change is struck each time: BW_STRIKE_ALL=1 strikes all. */
#include "exchange/kiosk/credentials.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/strike.h"
#include "tests/sync/testing.h"
#include "tests/pace.h"

#include <brugwachter/core.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STRIKES_MAX = 4000, PEOPLE = 5, EVENTS = 4 };

static struct office office;
static struct kiosk kiosk, beside; /* of the same session */
static char stick[128], file[128]; /* of letters; of an enrolment */

static void
run_office(const char *verb, const char *operand)
{
    enum bw_exit result =
        office_run(&office, verb, "--clock", KIOSK_BEFORE, operand, NULL);
    if (result != BW_EXIT_DONE) {
        fail_msg("%s: %d: %s%s", verb, (int)result, office.out, office.diag);
    }
}

static void
run_kiosk(struct kiosk *which, const char *verb)
{
    enum bw_exit result = kiosk_run(which, verb, "--clock", KIOSK_BEFORE, NULL);
    if (result != BW_EXIT_DONE) {
        fail_msg("%s: %d: %s%s", verb, (int)result, which->out, which->diag);
    }
}

static void
shell(const char *command)
{
    assert_int_equal(setenv("OFFICE", office.folder, 1), 0);
    assert_int_equal(system(command), 0);
}

/* The first kiosk has events that nobody else has, and hasn't introduced itself. */
static int
setup(void **state)
{
    (void)state;
    office_open(&office, 3, false);
    people_sign_up(&office, PEOPLE);
    (void)snprintf(stick, sizeof stick, "%s", office_path(&office, "stick"));
    (void)snprintf(file, sizeof file, "%s", office_path(&office, "new.json"));
    kiosk_open(&kiosk, &office, "Balie", "S-1");
    kiosk_open(&beside, &office, "Zij", "S-1");
    run_kiosk(&beside, "push");
    run_office("merge", NULL);
    run_kiosk(&kiosk, "pull");
    for (int i = 0; i < EVENTS - 1; i++) {
        (void)kiosk_arrived(&kiosk, people_code(&office, i));
    }
    (void)kiosk_walk_in(&kiosk, "Inez", "Loper");
    return bw_core_init(NULL) == BW_OK ? 0 : -1;
}

static int
teardown(void **state)
{
    (void)state;
    shell("rm -rf $OFFICE.kept");
    kiosk_finish(&kiosk);
    kiosk_finish(&beside);
    office_finish(&office);
    return 0;
}

/* ---- striking ---- */

typedef void check_of(int status);

static void
strike_each(char *argv[], enum strike how, int stride, check_of *check)
{
    int step = pace_stride(stride);
    for (int n = 1;; n += n < 6 ? 1 : step) {
        assert_true(n < STRIKES_MAX);
        shell("rm -r $OFFICE && cp -a $OFFICE.kept $OFFICE");
        struct strike_end end = strike_run(argv, how, n);
        if (end.status == BW_EXIT_USAGE || (!end.struck && end.status > BW_EXIT_LOOK)) {
            fail_msg("change %d: the program said %d", n, end.status);
        }
        check(end.status);
        if (!end.struck) {
            break;
        }
    }
}

/* Strikes `brugwachter-sync WORDS…`, from the office as it stands now. */
static void
strike_all(const char *const *words, int stride, check_of *check)
{
    static char program[] = BW_BINARY_DIR "/bin/brugwachter-sync";
    char *argv[16] = {program};
    if (!strike_works()) {
        skip();
    }
    for (int i = 0; words[i] != NULL; i++) {
        argv[1 + i] = (char *)(uintptr_t)words[i];
    }
    shell("rm -rf $OFFICE.kept && cp -a $OFFICE $OFFICE.kept");
    strike_each(argv, STRIKE_KILL, stride, check);
    strike_each(argv, STRIKE_FAIL, stride, check);
    strike_each(argv, STRIKE_FULL, stride, check);
}

/* ---- what stands after it ---- */

static void
no_temporary_file_is_left(void)
{
    DIR *entries = opendir(office.folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        if (strncmp(entry->d_name, ".brugwachter-", 13) == 0) {
            fail_msg("%s is left", entry->d_name);
        }
    }
    (void)closedir(entries);
}

static int64_t
number_in_store(const struct kiosk *which, const char *name)
{
    int64_t number = -1;
    struct bw_store *store = kiosk_store(which, BW_STORE_READ);
    assert_int_equal(bw_store_get_number(store, name, 0, &number, NULL), BW_OK);
    bw_store_close(store);
    return number;
}

/* Both sides do what is left to do: all events are at the office, once, with the name of
 * who walked in; the receipt came; both kiosks hold the whole list. */
static void
check_all_delivered(void)
{
    run_kiosk(&kiosk, "sync");
    run_office("merge", NULL);
    run_kiosk(&kiosk, "sync");
    run_kiosk(&beside, "sync");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM event"), EVENTS);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM event_details WHERE bytes"
                               " IS NOT NULL"),
        1);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM walk_in"), 1);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM quarantine"), 0);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM introduction WHERE state <> 1"), 0);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM letter_in WHERE state <> 0"), 0);
    assert_int_equal(number_in_store(&kiosk, BW_NUMBER_ACKNOWLEDGED), EVENTS);
    assert_int_equal(number_in_store(&kiosk, BW_NUMBER_RESTORED), 0);
    struct bw_event_details details;
    struct bw_store *store = kiosk_store(&beside, BW_STORE_READ);
    assert_int_equal(bw_store_details(store, (struct bw_event_id){kiosk.device, EVENTS},
                         &details, NULL),
        BW_OK);
    assert_string_equal(details.person.first_name, "Inez");
    bw_store_close(store);
    no_temporary_file_is_left();
}

/* ---- a kiosk's ---- */

static void
check_push(int status)
{
    enum bw_exit result;
    (void)status;
    json_t *answer = kiosk_json(&kiosk, &result, "push", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "sent"), EVENTS);
    json_decref(answer);
    check_all_delivered();
}

static void
a_struck_push_is_made_good_by_the_next(void **state)
{
    (void)state;
    strike_all((const char *const[]){"--store", kiosk.path, "push", "--clock",
                   KIOSK_BEFORE, NULL},
        53, check_push);
}

static void
check_pull(int status)
{
    enum bw_exit result;
    (void)status;
    json_t *answer = kiosk_json(&kiosk, &result, "pull", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "registrations"), PEOPLE);
    json_decref(answer);
    struct bw_credentials credentials;
    assert_int_equal(bw_credentials_load(kiosk.path, &credentials, NULL), BW_OK);
    assert_true(credentials.introduced);
    assert_false(credentials.has_first); /* the one-time seed is gone */
    bw_credentials_finish(&credentials);
    struct bw_registration found;
    struct bw_store *store = kiosk_store(&kiosk, BW_STORE_READ);
    assert_int_equal(
        bw_store_registration(store, people_code(&office, 0), &found, NULL), BW_OK);
    assert_int_equal(found.status, BW_CANCELLED);
    bw_store_close(store);
    assert_int_equal(number_in_store(&kiosk, BW_NUMBER_ACKNOWLEDGED), EVENTS);
    check_all_delivered();
}

static void
a_struck_pull_is_made_good_by_the_next(void **state)
{
    char code[BW_CODE_BYTES];
    (void)state;
    run_kiosk(&kiosk, "push");
    run_kiosk(&beside, "push");
    bw_code_format(people_code(&office, 0), code);
    run_office("cancel", code);
    run_office("merge", NULL);
    strike_all((const char *const[]){"--store", kiosk.path, "pull", "--clock",
                   KIOSK_BEFORE, NULL},
        89, check_pull);
}

/* ---- the office's ---- */

static void
check_merge(int status)
{
    (void)status;
    run_office("merge", stick);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM event"), EVENTS);
    assert_int_equal(
        kiosk_run(&kiosk, "pull", "--from", stick, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    assert_int_equal(number_in_store(&kiosk, BW_NUMBER_ACKNOWLEDGED), EVENTS);
    check_all_delivered();
}

static void
a_struck_merge_is_made_good_by_the_next(void **state)
{
    (void)state;
    assert_int_equal(
        kiosk_run(&kiosk, "export", stick, "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    strike_all((const char *const[]){"--central", office.uri, "merge", stick, "--clock",
                   KIOSK_BEFORE, NULL},
        89, check_merge);
}

static void
check_pack(int status)
{
    (void)status;
    assert_int_equal(
        office_run(&office, "pack", "--out", stick, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(&beside, "pull", "--from", stick, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    struct bw_registration found;
    struct bw_store *store = kiosk_store(&beside, BW_STORE_READ);
    assert_int_equal(
        bw_store_registration(store, people_code(&office, 0), &found, NULL), BW_OK);
    assert_int_equal(found.status, BW_CANCELLED);
    bw_store_close(store);
    check_all_delivered();
}

static void
a_struck_pack_is_made_good_by_the_next(void **state)
{
    char code[BW_CODE_BYTES];
    (void)state;
    bw_code_format(people_code(&office, 0), code);
    run_office("cancel", code);
    strike_all((const char *const[]){"--central", office.uri, "pack", "--out", stick,
                   "--clock", KIOSK_BEFORE, NULL},
        53, check_pack);
}

static void
check_revoke(int status)
{
    char number[8];
    (void)status;
    (void)snprintf(number, sizeof number, "%u", beside.device);
    enum bw_exit result = office_run(
        &office, "revoke", number, "--why", "weg", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM device WHERE state = 2"), 1);
    run_kiosk(&kiosk, "pull");
    struct bw_peer peers[BW_PEERS_MAX];
    int count = 0;
    struct bw_store *store = kiosk_store(&kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_peers(store, peers, &count, NULL), BW_OK);
    bw_store_close(store);
    for (int i = 0; i < count; i++) {
        assert_true(peers[i].revoked);
    }
    run_kiosk(&kiosk, "push");
    run_office("merge", NULL);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM event"), EVENTS);
    no_temporary_file_is_left();
}

static void
a_struck_revoke_is_made_good_by_the_next(void **state)
{
    char number[8];
    (void)state;
    (void)snprintf(number, sizeof number, "%u", beside.device);
    strike_all((const char *const[]){"--central", office.uri, "revoke", number, "--why",
                   "weg", "--clock", KIOSK_BEFORE, NULL},
        89, check_revoke);
}

/* ---- enrolling ---- */

/* A kiosk by the enrolment that was just made, through to its receipt. */
static void
check_becomes_a_kiosk(void)
{
    struct kiosk fresh = {.office = &office, .wall_ms = KIOSK_START_MS};
    enum bw_exit result;
    (void)snprintf(fresh.path, sizeof fresh.path, "%s", office_path(&office, "new.db"));
    fresh.clock = kiosk.clock;
    fresh.clock.context = &fresh;
    json_t *answer =
        kiosk_json(&fresh, &result, "enrol-device", file, "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    fresh.device = (uint32_t)json_number_of(answer, "device");
    json_decref(answer);
    run_kiosk(&fresh, "pull");
    (void)kiosk_arrived(&fresh, people_code(&office, 4));
    run_kiosk(&fresh, "push");
    run_office("merge", NULL);
    run_kiosk(&fresh, "sync");
    assert_int_equal(number_in_store(&fresh, BW_NUMBER_ACKNOWLEDGED), 1);
    char sql[120];
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM introduction WHERE device = %u",
        fresh.device);
    assert_int_equal(office_number(&office, sql), 1); /* one store, one pair of keys */
    kiosk_finish(&fresh);
    no_temporary_file_is_left();
}

static void
check_enrol(int status)
{
    int64_t before = office_number(&office, "SELECT count(*) FROM device");
    assert_true(before == 2 || before == 3);
    if (status == BW_EXIT_FAILED) {
        assert_int_equal(before, 2);
    }
    if (status == BW_EXIT_DONE || status == BW_EXIT_LOOK) {
        assert_int_equal(before, 3);
    }
    if (status == BW_EXIT_DONE) { /* LOOK: its number is taken, its file never came */
        assert_int_equal(access(file, R_OK), 0);
    }
    assert_int_equal(office_run(&office, "enrol", "--session", "S-1", "--name", "Nieuw",
                         "--out", file, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    check_becomes_a_kiosk();
}

static void
a_struck_enrol_leaves_at_most_a_number_that_nobody_has(void **state)
{
    (void)state;
    strike_all((const char *const[]){"--central", office.uri, "enrol", "--session", "S-1",
                   "--name", "Nieuw", "--out", file, "--clock", KIOSK_BEFORE, NULL},
        89, check_enrol);
}

static void
check_enrol_device(int status)
{
    (void)status;
    check_becomes_a_kiosk();
}

static void
a_struck_enrol_device_is_made_good_by_the_next(void **state)
{
    static char path[128];
    (void)state;
    (void)snprintf(path, sizeof path, "%s", office_path(&office, "new.db"));
    assert_int_equal(office_run(&office, "enrol", "--session", "S-1", "--name", "Nieuw",
                         "--out", file, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    strike_all((const char *const[]){"--store", path, "enrol-device", file, "--clock",
                   KIOSK_BEFORE, NULL},
        23, check_enrol_device);
}

/* The old one's store and keys lie aside, whole; the new one is a kiosk. */
static void
check_aside(int status)
{
    struct bw_error err = {.text = ""};
    struct bw_store *store = NULL;
    struct bw_credentials credentials;
    check_enrol_device(status);
    const char *aside = office_path(&office, "new.db.kiosk-1.1");
    if (bw_store_open(aside, BW_STORE_READ, &store, &err) != BW_OK ||
        bw_credentials_load(aside, &credentials, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(bw_store_enrolment(store)->device, 1);
    assert_int_equal(credentials.device, 1);
    bw_credentials_finish(&credentials);
    bw_store_close(store);
}

static void
a_struck_enrol_device_for_another_number_keeps_the_old_store_whole(void **state)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".credentials"};
    static char path[128];
    (void)state;
    (void)snprintf(path, sizeof path, "%s", office_path(&office, "new.db"));
    run_kiosk(&kiosk, "push");
    run_office("merge", NULL);
    run_kiosk(&kiosk, "pull");
    assert_int_equal(number_in_store(&kiosk, BW_NUMBER_ACKNOWLEDGED), EVENTS);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        char from[600], to[600];
        (void)snprintf(from, sizeof from, "%s%s", kiosk.path, endings[i]);
        (void)snprintf(to, sizeof to, "%s%s", path, endings[i]);
        assert_true(rename(from, to) == 0 || access(from, F_OK) != 0);
    }
    assert_int_equal(office_run(&office, "enrol", "--session", "S-1", "--name", "Nieuw",
                         "--out", file, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    strike_all((const char *const[]){"--store", path, "enrol-device", file, "--clock",
                   KIOSK_BEFORE, NULL},
        23, check_aside);
}

int
main(void)
{
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        WITH_OFFICE(a_struck_push_is_made_good_by_the_next),
        WITH_OFFICE(a_struck_pull_is_made_good_by_the_next),
        WITH_OFFICE(a_struck_merge_is_made_good_by_the_next),
        WITH_OFFICE(a_struck_pack_is_made_good_by_the_next),
        WITH_OFFICE(a_struck_revoke_is_made_good_by_the_next),
        WITH_OFFICE(a_struck_enrol_leaves_at_most_a_number_that_nobody_has),
        WITH_OFFICE(a_struck_enrol_device_is_made_good_by_the_next),
        WITH_OFFICE(a_struck_enrol_device_for_another_number_keeps_the_old_store_whole),
    };
    if (access("/dev/shm", W_OK) == 0) { /* killed, the program alone dies */
        (void)setenv("TMPDIR", "/dev/shm", 0);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
