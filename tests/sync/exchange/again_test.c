/* A kiosk that is enrolled again and keeps its store, its number and its log: for other
 * sessions, or with other settings. */
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/testing.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
second_session(struct world *world)
{
    struct desk desk = {.office = world->office};
    desk_second_session(&desk);
    world->office = desk.office;
    const char *path = office_write(&world->office, "emmen.csv",
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio\n"
        "2025-02-11 08:00:00,g@voorbeeld.example,Gea,Groen,Elders,Brugfunctionaris,"
        "Noord\n");
    assert_int_equal(office_run(&world->office, "import", "registrations", path,
                         "--session", "S-2", "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
}

static void
says_not(const struct world *world, const char *text)
{
    assert_null(strstr(world->office.out, text));
}

/* For `sessions`, under the number that it has. */
static void
enrol_again(struct world *world, struct kiosk *kiosk, const char *sessions)
{
    char number[8], file[200];
    (void)snprintf(number, sizeof number, "%u", kiosk->device);
    (void)snprintf(file, sizeof file, "%s", office_path(&world->office, "again.json"));
    if (office_run(&world->office, "enrol", "--session", sessions, "--name", "Verhuisd",
            "--device", number, "--out", file, "--clock", KIOSK_BEFORE,
            NULL) != BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    assert_int_equal(kiosk_run(kiosk, "enrol-device", file, NULL), BW_EXIT_DONE);
}

static void
moved_kiosk_serves_the_new_session_and_is_lead_at_the_old_one_no_more(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk, *other = &world->other;
    struct bw_peer peer;
    struct bw_registration found;
    second_session(world);
    kiosk_open(other, &world->office, "Zij", "S-1");
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    fleet_done(kiosk, "push");
    fleet_done(other, "push");
    (void)fleet_merge(world);
    fleet_done(kiosk, "pull");
    fleet_done(other, "pull");
    other->wall_ms = KIOSK_START_MS + 20 * KIOSK_MINUTE_MS;
    assert_int_equal(fleet_lead_at(other), kiosk->device);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 1)); /* nobody has it yet */
    enrol_again(world, kiosk, "S-2");
    fleet_done(kiosk, "push");
    if (fleet_merge(world) != BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    fleet_done(kiosk, "pull");
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_enrolment(store)->device, kiosk->device);
    assert_int_equal(bw_store_enrolment(store)->sessions_count, 1);
    assert_string_equal(bw_store_enrolment(store)->sessions[0], "S-2");
    bw_code guest = (bw_code)office_number(
        &world->office, "SELECT code FROM registration WHERE session_no = 2");
    assert_int_equal(bw_store_registration(store, guest, &found, NULL), BW_OK);
    bw_store_close(store);
    fleet_done(other, "pull"); /* not there any more, and what it saw stands */
    assert_false(fleet_peer_of(other, &peer));
    assert_int_equal(fleet_lead_at(other), 0);
    assert_int_equal(fleet_events_in(other), 2);
    struct bw_event event = {.kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .session_no = 2,
        .home_session_no = 2,
        .code = guest};
    (void)kiosk_event(kiosk, event, NULL);
    fleet_done(kiosk, "push");
    (void)fleet_merge(world);
    assert_int_equal(
        office_number(&world->office, "SELECT count(*) FROM event WHERE session_no = 1"),
        2);
    assert_int_equal(
        office_number(&world->office, "SELECT count(*) FROM event WHERE session_no = 2"),
        1);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM quarantine"), 0);
    fleet_done(kiosk, "pull");
    assert_int_equal(fleet_number_in(kiosk, BW_NUMBER_ACKNOWLEDGED), 3);
}

/* The number that its new enrolment was given is nobody: nobody waits to hear it. */
static void
number_that_a_kiosk_did_not_take_counts_nowhere(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk, *other = &world->other;
    struct bw_peer peer;
    enum bw_exit result;
    kiosk_open(other, &world->office, "Zij", "S-1");
    fleet_done(kiosk, "push");
    fleet_done(other, "push");
    (void)fleet_merge(world);
    fleet_done(kiosk, "pull");
    enrol_again(world, kiosk, "S-1");
    fleet_done(kiosk, "push");
    (void)fleet_merge(world);
    fleet_done(other, "pull");
    assert_true(fleet_peer_of(other, &peer)); /* one, not two */
    assert_int_equal(peer.device, kiosk->device);
    assert_string_equal(peer.name, "Verhuisd");
    json_t *pulled = kiosk_json(other, &result, "pull", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(json_number_of(pulled, "unknown"), 0); /* nor is its introduction */
    json_decref(pulled);
    fleet_done(kiosk, "sync");
    (void)kiosk_run(other, "push", "--clock", KIOSK_AFTER, NULL);
    (void)kiosk_run(kiosk, "push", "--clock", KIOSK_AFTER, NULL);
    (void)office_run(&world->office, "merge", "--clock", KIOSK_AFTER, NULL);
    char *out = strdup(office_path(&world->office, "report"));
    json_t *report = office_json(&world->office, &result, "report", "--session", "S-1",
        "--out", out, "--clock", KIOSK_AFTER, NULL);
    json_decref(report);
    if (result != BW_EXIT_DONE) { /* 2 of 2 kiosks are complete */
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    free(out);
}

/* Its sheet ended before the office heard of it, and nothing is on it. */
static void
kiosk_that_was_never_heard_takes_the_number_of_its_new_sheet(void **state)
{
    struct world *world = *state;
    kiosk_enrol(&world->other, &world->office, "Zij", "S-1");
    enrol_again(world, &world->other, "S-1");
    fleet_done(&world->other, "sync");
    if (fleet_merge(world) != BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    fleet_done(&world->other, "pull");
    assert_int_equal(office_number(&world->office,
                         "SELECT count(*) FROM device WHERE state = 1 AND device = 3"),
        1);
    struct bw_store *store = kiosk_store(&world->other, BW_STORE_READ);
    assert_int_equal(bw_store_enrolment(store)->device, 3);
    assert_string_equal(bw_store_enrolment(store)->name, "Verhuisd");
    bw_store_close(store);
}

/* Nothing of what it saw is lost: it waits for the organiser, who takes it in. */
static void
kiosk_by_a_sheet_that_a_newer_one_ended_waits_until_it_is_accepted(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->other;
    char file[200];
    kiosk_enrol(kiosk, &world->office, "Zij", "S-1");
    (void)snprintf(file, sizeof file, "%s", office_path(&world->office, "newer.json"));
    for (int sheet = 0; sheet < 2; sheet++) { /* the second ends the first of these too */
        assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                             "Zij", "--device", sheet == 0 ? "2" : "3", "--out", file,
                             "--clock", KIOSK_BEFORE, NULL),
            BW_EXIT_DONE);
        says_not(world, "Another kiosk has this name");
    }
    assert_int_equal(
        office_number(&world->office, "SELECT count(*) FROM device WHERE replaces = 2"),
        2);
    assert_int_equal(office_run(&world->office, "kiosks", NULL), BW_EXIT_DONE);
    assert_non_null(strstr(world->office.out, "a newer sheet ended its own"));
    assert_int_equal(kiosk_run(kiosk, "pull", NULL), BW_EXIT_DONE);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    fleet_done(kiosk, "push");
    assert_int_equal(fleet_merge(world), BW_EXIT_LOOK);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 0);
    assert_int_equal(
        office_number(&world->office, "SELECT state FROM device WHERE device = 2"), 0);
    assert_int_equal(
        office_run(&world->office, "kiosks", "accept", "2", NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 1);
    fleet_done(kiosk, "pull"); /* it is in service like any other */
}

/* What it saw before it was given that newer sheet keeps its number: taken in, it goes on
 * by the new one. */
static void
kiosk_that_saw_somebody_by_an_ended_sheet_keeps_its_log_by_the_newer_one(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->other;
    kiosk_enrol(kiosk, &world->office, "Zij", "S-1");
    fleet_done(kiosk, "pull");
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    enrol_again(world, kiosk, "S-1");
    fleet_done(kiosk, "push");
    assert_int_equal(fleet_merge(world), BW_EXIT_LOOK);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 0);
    assert_int_equal(
        office_run(&world->office, "kiosks", "accept", "2", NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 1);
    (void)fleet_merge(world);
    fleet_done(kiosk, "pull"); /* hears that it is known */
    fleet_done(kiosk, "push");
    if (fleet_merge(world) != BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    assert_int_equal(office_number(&world->office,
                         "SELECT count(*) FROM device WHERE state = 1 AND device = 2"
                         " AND name = 'Verhuisd'"),
        1);
    assert_int_equal(office_number(&world->office,
                         "SELECT count(*) FROM device_session WHERE device = 3"),
        0);
    fleet_done(kiosk, "pull");
    assert_int_equal(fleet_number_in(kiosk, BW_NUMBER_ACKNOWLEDGED), 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fleet_setup, fleet_teardown)

/* Revoked by mistake, or found again: with a new enrolment it counts, and its log goes
 * on. What it wrote in between is the organiser's to judge. */
static void
revoked_kiosk_that_is_enrolled_again_counts_again(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk, *other = &world->other;
    struct bw_peer peer;
    kiosk_open(other, &world->office, "Zij", "S-1");
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    fleet_done(kiosk, "push");
    fleet_done(other, "push");
    (void)fleet_merge(world);
    fleet_done(kiosk, "pull");
    assert_int_equal(office_run(&world->office, "revoke", "1", "--why", "weg", "--clock",
                         KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    fleet_done(other, "pull");
    assert_false(fleet_peer_of(other, &peer));
    (void)kiosk_arrived(kiosk, people_code(&world->office, 1));
    (void)kiosk_arrived(kiosk, people_code(&world->office, 2));
    fleet_done(kiosk, "push");
    assert_int_equal(fleet_merge(world), BW_EXIT_LOOK);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM quarantine"), 2);
    enrol_again(world, kiosk, "S-1");
    (void)kiosk_arrived(kiosk, people_code(&world->office, 3));
    fleet_done(kiosk, "push");
    if (fleet_merge(world) != BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 2);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM quarantine"), 2);
    fleet_done(other, "pull");
    assert_true(fleet_peer_of(other, &peer));
    assert_int_equal(peer.device, kiosk->device);
    assert_false(peer.revoked);
    assert_int_equal(office_run(&world->office, "settle", "1", "2", "9", "in", "--why",
                         "zelfde", "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_FAILED); /* all or none */
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 2);
    assert_int_equal(office_run(&world->office, "settle", "1", "2", "in", "--why",
                         "zelfde", "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    fleet_done(kiosk, "pull");
    assert_int_equal(fleet_number_in(kiosk, BW_NUMBER_ACKNOWLEDGED), 4);
    fleet_done(other, "pull");
    assert_int_equal(fleet_events_in(other), 4);
}

static void
an_enrolment_expires_with_its_last_session(void **state)
{
    struct world *world = *state;
    struct kiosk late = world->kiosk;
    char *enrolment = strdup(office_path(&world->office, "late.json"));
    late.out = late.diag = NULL;
    (void)snprintf(
        late.path, sizeof late.path, "%s", office_path(&world->office, "late.db"));
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "Laat", "--out", enrolment, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    assert_int_equal(kiosk_run(&late, "enrol-device", enrolment, "--clock",
                         "2025-03-26T09:00:00", NULL),
        BW_EXIT_FAILED);
    assert_non_null(strstr(late.diag, "set the clock if it is wrong"));
    assert_int_equal(access(late.path, F_OK), -1);
    assert_int_equal(
        kiosk_run(&late, "enrol-device", enrolment, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    kiosk_finish(&late);
    free(enrolment);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(moved_kiosk_serves_the_new_session_and_is_lead_at_the_old_one_no_more),
        CASE(number_that_a_kiosk_did_not_take_counts_nowhere),
        CASE(kiosk_that_was_never_heard_takes_the_number_of_its_new_sheet),
        CASE(kiosk_by_a_sheet_that_a_newer_one_ended_waits_until_it_is_accepted),
        CASE(kiosk_that_saw_somebody_by_an_ended_sheet_keeps_its_log_by_the_newer_one),
        CASE(revoked_kiosk_that_is_enrolled_again_counts_again),
        CASE(an_enrolment_expires_with_its_last_session),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
