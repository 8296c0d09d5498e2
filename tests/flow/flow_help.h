/* What the tests of the screens share: a small house with people of every kind. */
#ifndef BW_TESTS_FLOW_HELP_H
#define BW_TESTS_FLOW_HELP_H

#include "day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define FATIMA "K7QM2XRD"
#define ANNA "AAAA1111"
#define WIM "WWWW0001"
#define WILLEM "WWWW0002"
#define CARLA "CCCC0001"
#define BOB "BBBB0001"
#define GUUS "GGGG0001"

static struct door_day day;

static inline void
fill_house(int capacity, int extra_places)
{
    day_create(&day, capacity, extra_places, true);
    (void)strcpy(day.fx.session.address, "Voorbeeldstraat 1, 9711 AA Groningen");
    (void)strcpy(day.fx.elsewhere.address, "Plein 3, Utrecht");
    (void)strcpy(day.fx.session.go_to, "de grote zaal");
    fixture_put_session(&day.fx);
    fixture_person(&day.fx, FATIMA, "Fatima", "el Amrani", BW_CONFIRMED, 0);
    fixture_person(&day.fx, ANNA, "Anna", "de Vries", BW_CONFIRMED, 1);
    fixture_person(&day.fx, WIM, "Wim", "Bakker", BW_WAITLISTED, 0);
    fixture_person(&day.fx, WILLEM, "Willem", "Visser", BW_WAITLISTED, 0);
    fixture_person(&day.fx, CARLA, "Carla", "Post", BW_CANCELLED, 0);
    fixture_person(&day.fx, BOB, "Bob", "Smit", BW_BLOCKED, 0);
    fixture_sealed(&day.fx, GUUS, "Guus", "Utrechter", BW_CONFIRMED, 0);
}

/* Ten places: free are ten, less the two that are held. */
static inline int
open_house(void **state)
{
    (void)state;
    fill_house(10, 0);
    day_open(&day, NULL);
    return 0;
}

static inline int
close_house(void **state)
{
    (void)state;
    day_destroy(&day);
    return 0;
}

/* The house anew, for a kiosk with a second session of its own. */
static inline void
open_with_two_sessions(void)
{
    close_house(NULL);
    fill_house(10, 0);
    day.fx.enrolment.sessions_count = 2;
    (void)strcpy(day.fx.enrolment.sessions[1], "UTR-2025-03-20");
    struct bw_store *store = fixture_store(&day.fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_enrol(store, &day.fx.enrolment, NULL), BW_OK);
    bw_store_close(store);
    day_open(&day, NULL);
}

static inline void
open_kiosk(void)
{
    day_unlock(&day);
    day_touch(&day, BW_ACTION_KIOSK, 0);
    day_expect(&day, "screen", "kiosk");
}

/* Where somebody stands on the page of the list. */
static inline int
row_of(const char *first_name)
{
    for (int i = 0; i < day.view.staff.rows_count; i++) {
        if (strcmp(day.view.staff.rows[i].row.person.first_name, first_name) == 0) {
            return i;
        }
    }
    fail_msg("%s isn't on the page", first_name);
    return -1;
}

static inline void
tap(const char *first_name)
{
    day_touch(&day, BW_ACTION_ROW, row_of(first_name));
}

#define scan(code) day_scan(&day, FIXTURE_SESSION, code, 0)
#define expect(field, value) day_expect(&day, field, value)
#define touch(action) day_touch(&day, BW_ACTION_##action, 0)
#define pass(ms) day_pass(&day, ms)
#define sentence(test) cmocka_unit_test_setup_teardown(test, open_house, close_house)

#endif
