/* What the organiser wrote in a sheet's columns, at the kiosk after a pull. */
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/testing.h"

#include <stdlib.h>
#include <string.h>

static int
setup(void **state)
{
    *state = fleet_open(NULL, NULL, 3, 2);
    return 0;
}

static struct bw_registration
first_person(const struct world *world)
{
    struct bw_registration person;
    struct bw_store *store = kiosk_store(&world->kiosk, BW_STORE_READ);
    assert_int_equal(
        bw_store_registration(store, people_code(&world->office, 0), &person, NULL),
        BW_OK);
    bw_store_close(store);
    return person;
}

static void
import_and_pull(struct world *world, const char *kind, const char *text)
{
    const char *path = office_write(&world->office, "file.csv", text);
    bool people = strcmp(kind, "registrations") == 0;
    assert_int_equal(office_run(&world->office, "import", kind, path, "--clock",
                         KIOSK_BEFORE, people ? "--session" : NULL, "S-1", NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(&world->kiosk, "pull", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
}

#define PIET                                                                             \
    "2025-02-10 08:00:00,p0@voorbeeld.example,Piet,P0,OBS De Brug,Brugfunctionaris,Oost"

/* A file without that column leaves it as it is. */
static void
word_to_staff_and_opening_hour_come_with_the_roster(void **state)
{
    struct world *world = *state;
    struct bw_session session;
    import_and_pull(world, "registrations",
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio,Let op\n" PIET
        ",rolstoel\n");
    assert_string_equal(first_person(world).person.attention, "rolstoel");
    import_and_pull(world, "registrations",
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio\n" PIET "\n");
    assert_string_equal(first_person(world).person.attention, "rolstoel");
    import_and_pull(world, "registrations",
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio,Let op\n" PIET
        ",\n");
    assert_string_equal(first_person(world).person.attention, "");
    import_and_pull(world, "sessions",
        "code,series,title,region,starts_at,ends_at,capacity,audience,opens,marge\n"
        "S-1,reeks,Leerkring Zwolle,Oost,2025-03-25T13:30,2025-03-25T16:30,3,"
        "brugfunctionaris,13.00,10\n");
    struct bw_store *store = kiosk_store(&world->kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_session_by_code(store, "S-1", &session, NULL), BW_OK);
    bw_store_close(store);
    assert_int_equal(session.opens_ms, KIOSK_START_MS - 30 * KIOSK_MINUTE_MS);
    assert_int_equal(session.tolerance_minutes, 10);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            word_to_staff_and_opening_hour_come_with_the_roster, setup, fleet_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
