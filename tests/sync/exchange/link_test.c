/* A kiosk and the office: pulling, pushing, being offline, being an old copy. */
#include "tests/sync/testing.h"

#include "tests/sync/exchange/fleet_help.h"

#include <brugwachter/sealed.h>
#include <brugwachter/store.h>
#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int
setup(void **state)
{
    *state = fleet_open(NULL, NULL, 3, 5);
    return 0;
}

static void
pull_brings_the_own_roster_and_nothing_that_names_others(void **state)
{
    struct world *world = *state;
    enum bw_exit result;
    const char *sessions = office_write(&world->office, "more.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Elders,leerkring,Noord,Huis,2025-03-26T13:30,"
        "2025-03-26T16:30,9,brugfunctionaris\n");
    assert_int_equal(office_run(&world->office, "import", "sessions", sessions, "--clock",
                         KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    const char *people = office_write(&world->office, "more-people.csv",
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio\n"
        "2025-02-10 08:00:00,o@voorbeeld.example,Olga,Onbekend,Elders,Brugfunctionaris,"
        "Noord\n");
    assert_int_equal(office_run(&world->office, "import", "registrations", people,
                         "--session", "S-2", "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    json_t *answer =
        kiosk_json(&world->kiosk, &result, "pull", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_true(json_is_true(json_object_get(answer, "online")));
    assert_int_equal(json_number_of(answer, "registrations"), 5);
    assert_int_equal(json_number_of(answer, "sessions"), 2);
    assert_true(json_number_of(answer, "revision") > 0);
    json_decref(answer);
    struct bw_store *store = kiosk_store(&world->kiosk, BW_STORE_READ);
    struct bw_registration found;
    bw_code other = (bw_code)office_number(
        &world->office, "SELECT code FROM registration WHERE name = 'Onbekend'");
    assert_int_equal(bw_store_registration(store, other, &found, NULL), BW_NOT_FOUND);
    const char *text = office_text(&world->office,
        "SELECT t.text FROM ticket t JOIN registration r ON r.code = t.code"
        " WHERE r.name = 'Onbekend'");
    char ticket[200];
    (void)snprintf(ticket, sizeof ticket, "%.*s", (int)strcspn(text, "|"), text);
    assert_int_equal(bw_store_sealed(store, ticket, &found, NULL), BW_OK);
    assert_string_equal(found.person.first_name, "Olga");
    bw_store_close(store);
    FILE *file = fopen(world->kiosk.path, "r");
    char *bytes = calloc(1, 1 << 22);
    size_t length = fread(bytes, 1, (1 << 22) - 1, file);
    (void)fclose(file);
    assert_null(memmem(bytes, length, "Onbekend", 8));
    assert_null(memmem(bytes, length, "voorbeeld.example", 17));
    free(bytes);
}

static enum bw_registration_status
status_at_kiosk(const struct world *world, bw_code code)
{
    struct bw_registration found;
    struct bw_store *store = kiosk_store(&world->kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_registration(store, code, &found, NULL), BW_OK);
    bw_store_close(store);
    return found.status;
}

static void
what_changed_since_comes_with_the_next_pull(void **state)
{
    struct world *world = *state;
    char code[BW_CODE_BYTES];
    bw_code first = people_code(&world->office, 0),
            fourth = people_code(&world->office, 3);
    assert_int_equal(status_at_kiosk(world, first), BW_CONFIRMED);
    assert_int_equal(status_at_kiosk(world, fourth), BW_WAITLISTED);
    bw_code_format(first, code);
    assert_int_equal(
        office_run(&world->office, "cancel", code, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_run(&world->office, "promote", "--session", "S-1", "--clock",
                         KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(&world->kiosk, "pull", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    assert_int_equal(status_at_kiosk(world, first), BW_CANCELLED);
    assert_int_equal(status_at_kiosk(world, fourth), BW_CONFIRMED);
}

static void
offline_is_no_error_and_nothing_is_lost(void **state)
{
    struct world *world = *state;
    enum bw_exit result;
    char *at = strdup(office_path(&world->office, "central.db.letters"));
    char *away = strdup(office_path(&world->office, "away"));
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    assert_int_equal(rename(at, away), 0);
    json_t *answer = kiosk_json(&world->kiosk, &result, "push", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_true(json_is_false(json_object_get(answer, "online")));
    assert_int_equal(json_number_of(answer, "sent"), 0);
    assert_int_equal(json_number_of(answer, "waiting"), 1);
    json_decref(answer);
    answer = kiosk_json(&world->kiosk, &result, "sync", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_true(json_is_false(json_object_get(answer, "online")));
    assert_int_equal(json_number_of(answer, "registrations"), 5);
    json_decref(answer);
    assert_int_equal(rename(away, at), 0);
    answer = kiosk_json(&world->kiosk, &result, "sync", NULL);
    assert_true(json_is_true(json_object_get(answer, "online")));
    assert_int_equal(json_number_of(answer, "sent"), 1);
    assert_int_equal(json_number_of(answer, "accepted"), 1);
    assert_int_equal(json_number_of(answer, "acknowledged_seq"), 0);
    json_decref(answer);
    assert_int_equal(office_run(&world->office, "merge", NULL), BW_EXIT_DONE);
    answer = kiosk_json(&world->kiosk, &result, "sync", NULL);
    assert_int_equal(json_number_of(answer, "accepted"), 0);
    assert_int_equal(json_number_of(answer, "acknowledged_seq"), 1);
    assert_int_equal(json_number_of(answer, "waiting"), 0);
    json_decref(answer);
    free(at);
    free(away);
}

static void
other_kiosks_of_the_session_come_with_their_events(void **state)
{
    struct world *world = *state;
    struct kiosk side;
    struct bw_peer peers[BW_PEERS_MAX];
    int count = 0;
    kiosk_open(&side, &world->office, "Zij", "S-1");
    (void)kiosk_walk_in(&side, "Inez", "Loper");
    assert_int_equal(
        kiosk_run(&side, "push", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(&world->kiosk, "pull", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    struct bw_store *store = kiosk_store(&world->kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_peers(store, peers, &count, NULL), BW_OK);
    assert_int_equal(count, 1);
    assert_int_equal(peers[0].device, side.device);
    assert_string_equal(peers[0].name, "Zij");
    assert_string_equal(peers[0].session, "S-1");
    assert_int_equal(peers[0].head_seq, 1);
    assert_true(peers[0].heard_ms > 0);
    struct bw_event_details details;
    struct bw_event_id id = {side.device, 1};
    assert_int_equal(bw_store_details(store, id, &details, NULL), BW_OK);
    assert_string_equal(details.person.first_name, "Inez");
    bw_store_close(store);
    kiosk_finish(&side);
}

static void
rosters_remove(const struct world *world)
{
    char start[40], path[PATH_MAX];
    char *folder = strdup(office_path(&world->office, "central.db.letters"));
    (void)snprintf(start, sizeof start, "bw-roster-%u-", world->kiosk.device);
    DIR *letters = opendir(folder);
    assert_non_null(letters);
    for (const struct dirent *letter; (letter = readdir(letters)) != NULL;) {
        if (strncmp(letter->d_name, start, strlen(start)) == 0) {
            (void)snprintf(path, sizeof path, "%s/%s", folder, letter->d_name);
            assert_int_equal(unlink(path), 0);
        }
    }
    (void)closedir(letters);
    free(folder);
}

static uint32_t
stranger_of(const struct world *world)
{
    uint32_t strangers[BW_STRANGERS_MAX] = {0};
    bool found = false;
    struct bw_store *store = kiosk_store(&world->kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_get_bytes(store, BW_BYTES_STRANGERS, strangers,
                         sizeof strangers, &found, NULL),
        BW_OK);
    bw_store_close(store);
    assert_int_equal(strangers[1], 0);
    return strangers[0];
}

/* Enrolled after the roster that this kiosk holds; the one that names it got lost. */
static void
kiosk_that_no_roster_names_yet_is_noted_till_one_does(void **state)
{
    struct world *world = *state;
    struct kiosk side;
    assert_int_equal(stranger_of(world), 0);
    kiosk_open(&side, &world->office, "Later", "S-1");
    (void)kiosk_walk_in(&side, "Joke", "Loper");
    assert_int_equal(
        kiosk_run(&side, "push", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    rosters_remove(world);
    (void)kiosk_run(&world->kiosk, "pull", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(stranger_of(world), side.device);
    char *stick = strdup(office_path(&world->office, "stick"));
    assert_int_equal(
        office_run(&world->office, "pack", "--out", stick, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(&world->kiosk, "pull", "--from", stick, NULL), BW_EXIT_DONE);
    (void)kiosk_run(&world->kiosk, "pull", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(stranger_of(world), 0);
    free(stick);
    kiosk_finish(&side);
}

static void
copy_file(const char *from, const char *to)
{
    char buffer[65536];
    size_t length;
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    while ((length = fread(buffer, 1, sizeof buffer, in)) > 0) {
        assert_int_equal(fwrite(buffer, 1, length, out), length);
    }
    (void)fclose(in);
    (void)fclose(out);
}

struct seen {
    uint32_t device;
    int count;
};

static bool
on_seen(const struct bw_event *event, void *context)
{
    struct seen *seen = context;
    seen->count += event->id.device == seen->device;
    return true;
}

static void
restored_copy_learns_it_and_both_histories_are_kept(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    enum bw_exit result;
    char copy[600];
    int64_t restored = 0;
    (void)snprintf(copy, sizeof copy, "%s.copy", kiosk->path);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    copy_file(kiosk->path, copy);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 1));
    (void)kiosk_arrived(kiosk, people_code(&world->office, 2));
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&world->office, "merge", NULL), BW_EXIT_DONE);
    copy_file(copy, kiosk->path);
    kiosk->wall_ms += 60000;
    (void)kiosk_arrived(kiosk, people_code(&world->office, 3));
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    (void)office_run(&world->office, "merge", NULL);
    json_t *answer = kiosk_json(kiosk, &result, "sync", NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    assert_true(json_is_true(json_object_get(answer, "restored")));
    json_decref(answer);
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_SYNC);
    assert_int_equal(
        bw_store_get_number(store, BW_NUMBER_RESTORED, 0, &restored, NULL), BW_OK);
    bw_store_close(store);
    assert_int_equal(restored, 1);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 4);
    assert_int_equal(
        office_number(&world->office, "SELECT count(*) FROM event WHERE seq = 2"), 2);
    answer = office_json(&world->office, &result, "status", NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    assert_string_equal(
        json_string_value(json_object_get(
            json_array_get(json_object_get(answer, "devices"), 0), "chain")),
        "forked");
    json_decref(answer);
}

/* Its own letters tell it, before the office has read them. */
static void
restored_copy_learns_it_from_its_own_letters(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    enum bw_exit result;
    char copy[600];
    (void)snprintf(copy, sizeof copy, "%s.copy", kiosk->path);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    copy_file(kiosk->path, copy);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 1));
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    json_t *answer = kiosk_json(kiosk, &result, "pull", NULL);
    assert_false(json_is_true(json_object_get(answer, "restored")));
    json_decref(answer);
    copy_file(copy, kiosk->path);
    answer = kiosk_json(kiosk, &result, "pull", NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    assert_true(json_is_true(json_object_get(answer, "restored")));
    json_decref(answer);
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    struct seen seen = {.device = kiosk->device};
    assert_int_equal(bw_store_events(store, 1, on_seen, &seen, NULL), BW_OK);
    assert_int_equal(seen.count, 2); /* who came in after the copy is in */
    bw_store_close(store);
}

/* Also once both sides have all of both histories, and the kiosk's is the longer one. */
static void
restored_copy_is_told_of_until_the_kiosk_is_enrolled_anew(void **state)
{
    static const char *const again[] = {"push", "pull", "sync"};
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    enum bw_exit result;
    char copy[600];
    (void)snprintf(copy, sizeof copy, "%s.copy", kiosk->path);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    copy_file(kiosk->path, copy);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 1));
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&world->office, "merge", NULL), BW_EXIT_DONE);
    copy_file(copy, kiosk->path);
    kiosk->wall_ms += 60000;
    (void)kiosk_arrived(kiosk, people_code(&world->office, 2));
    (void)kiosk_arrived(kiosk, people_code(&world->office, 3));
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    (void)office_run(&world->office, "merge", NULL);
    assert_int_equal(kiosk_run(kiosk, "pull", NULL), BW_EXIT_LOOK);
    for (size_t i = 0; i < sizeof again / sizeof again[0]; i++) {
        json_t *answer = kiosk_json(kiosk, &result, again[i], NULL);
        assert_int_equal(result, BW_EXIT_LOOK);
        assert_true(json_is_true(json_object_get(answer, "restored")));
        json_decref(answer);
    }
}

static void
new_signing_key_reaches_the_kiosk_and_a_retired_one_leaves(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    assert_int_equal(
        office_run(&world->office, "key", "new", "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    assert_int_equal(kiosk_run(kiosk, "pull", NULL), BW_EXIT_DONE);
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_enrolment(store)->keyring.count, 2);
    bw_store_close(store);
    (void)office_run(&world->office, "key", "retire", "1", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(kiosk_run(kiosk, "pull", NULL), BW_EXIT_DONE);
    store = kiosk_store(kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_enrolment(store)->keyring.count, 1);
    assert_int_equal(bw_store_enrolment(store)->keyring.keys[0].key, 2);
    bw_store_close(store);
}

/* The child is the program; what it prints tells when the first exchange is done. */
static void
run_exchanges_and_ends_in_order_on_a_signal(void **state)
{
    struct world *world = *state;
    int ends[2], result = -1;
    char line[200] = "";
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
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
    assert_non_null(fgets(line, sizeof line, in));
    assert_non_null(strstr(line, "\"online\":true"));
    assert_non_null(strstr(line, "\"sent\":1"));
    assert_int_equal(kill(child, SIGTERM), 0);
    assert_int_equal(waitpid(child, &result, 0), child);
    (void)fclose(in);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), BW_EXIT_DONE);
}

static void
verify_tells_chain_and_integrity(void **state)
{
    struct world *world = *state;
    enum bw_exit result;
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    json_t *answer = kiosk_json(&world->kiosk, &result, "verify", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "device"), 1);
    assert_int_equal(json_number_of(answer, "events"), 1);
    assert_string_equal(json_string_value(json_object_get(answer, "chain")), "ok");
    assert_string_equal(json_string_value(json_object_get(answer, "integrity")), "ok");
    json_decref(answer);
    FILE *file = fopen(world->kiosk.path, "r+b");
    char harm[600] = {0};
    (void)fwrite(harm, 1, sizeof harm, file);
    (void)fclose(file);
    assert_int_equal(kiosk_run(&world->kiosk, "verify", NULL), BW_EXIT_LOOK);
    assert_int_equal(unlink(world->kiosk.path), 0);
    assert_int_equal(kiosk_run(&world->kiosk, "verify", NULL), BW_EXIT_FAILED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, fleet_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(pull_brings_the_own_roster_and_nothing_that_names_others),
        CASE(what_changed_since_comes_with_the_next_pull),
        CASE(offline_is_no_error_and_nothing_is_lost),
        CASE(other_kiosks_of_the_session_come_with_their_events),
        CASE(kiosk_that_no_roster_names_yet_is_noted_till_one_does),
        CASE(restored_copy_learns_it_and_both_histories_are_kept),
        CASE(restored_copy_learns_it_from_its_own_letters),
        CASE(restored_copy_is_told_of_until_the_kiosk_is_enrolled_anew),
        CASE(new_signing_key_reaches_the_kiosk_and_a_retired_one_leaves),
        CASE(run_exchanges_and_ends_in_order_on_a_signal),
        CASE(verify_tells_chain_and_integrity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
