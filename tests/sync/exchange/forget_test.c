/* `purge` through letters: what kiosks, and letters that are on their way, hold of people
 * whom the office has forgotten. */
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/testing.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Whether a kiosk knows who its walk-in was. */
static bool
knows(const struct kiosk *kiosk, uint32_t device, uint64_t seq)
{
    struct bw_event_details details = {.person.first_name = ""};
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    enum bw_status status =
        bw_store_details(store, (struct bw_event_id){device, seq}, &details, NULL);
    bw_store_close(store);
    assert_true(status == BW_OK || status == BW_NOT_FOUND);
    return status == BW_OK && strcmp(details.person.first_name, "Inez") == 0;
}

static bool
has_name(const struct kiosk *kiosk, bw_code code)
{
    struct bw_registration found;
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    enum bw_status status = bw_store_registration(store, code, &found, NULL);
    bw_store_close(store);
    return status == BW_OK && found.person.name[0] != '\0';
}

static void
after(struct kiosk *kiosk, const char *verb)
{
    if (kiosk_run(kiosk, verb, "--clock", KIOSK_AFTER, NULL) != BW_EXIT_DONE) {
        fail_msg("%s: %s%s", verb, kiosk->out, kiosk->diag);
    }
}

static void
purge(struct world *world)
{
    if (office_run(&world->office, "purge", "--before", "2025-03-26", "--clock",
            "2025-03-27T09:00:00", NULL) != BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
}

/* A day of both kiosks; each knows the other's walk-in. */
static void
day(struct world *world)
{
    kiosk_open(&world->other, &world->office, "Zij", "S-1");
    for (int round = 0; round < 2; round++) {
        fleet_done(&world->kiosk, "sync");
        fleet_done(&world->other, "sync");
        (void)fleet_merge(world);
    }
    (void)kiosk_walk_in(&world->kiosk, "Inez", "Loper");
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    (void)kiosk_walk_in(&world->other, "Inez", "Anders");
    after(&world->kiosk, "push");
    after(&world->other, "push");
    (void)office_run(&world->office, "merge", "--clock", KIOSK_AFTER, NULL);
    after(&world->kiosk, "pull");
    after(&world->other, "pull");
    assert_true(knows(&world->kiosk, world->other.device, 1));
    assert_true(knows(&world->other, world->kiosk.device, 1));
}

static void
purged_people_are_forgotten_by_every_kiosk_and_the_chains_hold(void **state)
{
    struct world *world = *state;
    enum bw_exit result;
    bw_code code = people_code(&world->office, 0); /* while it has a name */
    day(world);
    assert_true(has_name(&world->kiosk, code));
    assert_true(kiosk_holds(&world->kiosk, "Inez"));
    assert_true(kiosk_holds(&world->kiosk, "Piet"));
    purge(world);
    after(&world->kiosk, "pull");
    after(&world->other, "pull");
    const struct kiosk *const kiosks[] = {&world->kiosk, &world->other};
    for (size_t i = 0; i < 2; i++) {
        assert_false(knows(kiosks[i], world->kiosk.device, 1));
        assert_false(knows(kiosks[i], world->other.device, 1));
        assert_false(has_name(kiosks[i], code));
        assert_false(kiosk_holds(kiosks[i], "Inez")); /* nor any page, index or WAL */
        assert_false(kiosk_holds(kiosks[i], "inez"));
        assert_false(kiosk_holds(kiosks[i], "Piet"));
        assert_int_equal(fleet_events_in(kiosks[i]), 3); /* the counts stay */
    }
    json_t *answer = kiosk_json(&world->kiosk, &result, "verify", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_string_equal(json_string_value(json_object_get(answer, "chain")), "ok");
    json_decref(answer);
}

/* The letters of that day lie on the carrier for a week, and on sticks for ever. */
static void
no_letter_brings_back_who_was_forgotten(void **state)
{
    struct world *world = *state;
    char command[700];
    char *stick = strdup(office_path(&world->office, "stick"));
    day(world);
    assert_int_equal(kiosk_run(&world->other, "export", stick, NULL), BW_EXIT_DONE);
    (void)snprintf(command, sizeof command, "cp %s/central.db.letters/bw-* %s/",
        world->office.folder, stick);
    assert_int_equal(system(command), 0);
    purge(world);
    after(&world->kiosk, "pull");
    after(&world->other, "pull");
    (void)kiosk_run(&world->kiosk, "pull", "--from", stick, NULL);
    (void)kiosk_run(&world->other, "pull", "--from", stick, NULL);
    after(&world->other, "push");
    (void)office_run(&world->office, "merge", stick, "--clock", KIOSK_AFTER, NULL);
    (void)office_run(&world->office, "merge", "--clock", KIOSK_AFTER, NULL);
    after(&world->kiosk, "pull");
    assert_false(knows(&world->kiosk, world->other.device, 1));
    assert_false(knows(&world->other, world->other.device, 1));
    assert_int_equal(office_number(&world->office,
                         "SELECT count(*) FROM event_details WHERE bytes IS NOT NULL"),
        0);
    free(stick);
}

/* `forget` after the day: the person's row, and not the others'. */
static void
one_person_is_forgotten_by_every_kiosk(void **state)
{
    struct world *world = *state;
    char typed[BW_CODE_SHOWN_BYTES];
    bw_code code = people_code(&world->office, 0), other = people_code(&world->office, 1);
    day(world);
    assert_true(has_name(&world->kiosk, code));
    bw_code_format_shown(code, typed);
    if (office_run(&world->office, "forget", typed, "--clock", "2025-03-27T09:00:00",
            NULL) != BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    after(&world->kiosk, "pull");
    after(&world->other, "pull");
    const struct kiosk *const kiosks[] = {&world->kiosk, &world->other};
    for (size_t i = 0; i < 2; i++) {
        assert_false(has_name(kiosks[i], code));
        assert_true(has_name(kiosks[i], other));
        assert_int_equal(fleet_events_in(kiosks[i]), 3);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fleet_setup, fleet_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(purged_people_are_forgotten_by_every_kiosk_and_the_chains_hold),
        CASE(one_person_is_forgotten_by_every_kiosk),
        CASE(no_letter_brings_back_who_was_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
