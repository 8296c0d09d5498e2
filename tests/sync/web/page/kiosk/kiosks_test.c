/* Zuilen: what is known of each kiosk's log, what only the kiosk knows, and what is to be
 * looked at. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"
#include "tests/sync/web/desk_help.h"

static struct browser desk;

#define AT_THE_DOOR "2025-03-25T13:31:00"
enum { DAY_MINUTES = 24 * 60 };

/* Zuilen, so long after the circle began. */
static void
look_at(const struct day *day, int minutes)
{
    desk_open(&desk, &day->office);
    desk.wall_ms = KIOSK_START_MS + minutes * KIOSK_MINUTE_MS;
    desk_enter(&desk);
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
}

/* Two people come, and the letter of it is taken in at the door's own time. */
static void
two_come(struct day *day)
{
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 1));
    assert_int_equal(
        kiosk_run(&day->kiosk, "push", "--clock", AT_THE_DOOR, NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&day->office, "merge", "--clock", AT_THE_DOOR, NULL), BW_EXIT_DONE);
}

#define CALL "<a class=\"knop\" href=\"tel:0582345678\">"

static void
venue_has_a_number(struct day *day)
{
    assert_int_equal(office_run(&day->office, "session", "move", "S-1", "--venue-phone",
                         "058 234 56 78 (Jan)", "--clock", AT_THE_DOOR, NULL),
        BW_EXIT_DONE);
}

static void
a_kiosk_that_was_never_heard_is_not_complete_and_goes_without_a_question(void **state)
{
    struct day *day = *state;
    char sheet[256];
    (void)snprintf(sheet, sizeof sheet, "%s/tuin.json", day->office.folder);
    assert_int_equal(office_run(&day->office, "enrol", "--session", "S-1", "--name",
                         "Tuin", "--out", sheet, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    look_at(day, -7 * DAY_MINUTES);
    desk_shows(&desk, "Tuin: nooit gebruikt");
    desk_shows(&desk, "Verwijder Tuin");
    desk_shows(&desk, "nog onbekend");
    desk_shows(&desk, "data-k=\"Nog ophalen\">?</td>");
    desk_hides(&desk, ">compleet<");
    assert_int_equal(desk_post(&desk, "/zuilen", "doe=trek-in&zuil=2"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    desk_shows(&desk, "Zuil 2 is verwijderd.");
    desk_hides(&desk, "Tuin");
    desk_close(&desk);
}

static void
on_the_day_a_kiosk_never_heard_is_the_first_to_look_at(void **state)
{
    struct day *day = *state;
    venue_has_a_number(day);
    look_at(day, 10);
    desk_shows(&desk, CALL);
    desk_shows(&desk, "Bel de locatie</a>");
    assert_int_equal(desk_get(&desk, "/"), 200);
    desk_shows(&desk, CALL);
    desk_shows(&desk, "Bel de locatie<span");
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    desk_shows(&desk, "1 zuil, 1 om naar te kijken");
    desk_shows(&desk, "<li class=\"nu\">");
    desk_shows(&desk, "Balie: nog nooit gehoord");
    desk_shows(&desk, "Er kwam nog niets binnen.");
    assert_int_equal(desk_get(&desk, "/zuilen?weg=1"), 200);
    desk_shows(&desk, "weet alleen de zuil zelf: hij is nog nooit gehoord.");
    desk_close(&desk);
}

static void
what_came_is_listed_and_five_minutes_later_only_the_kiosk_knows_the_rest(void **state)
{
    struct day *day = *state;
    two_come(day);
    look_at(day, 2);
    desk_shows(&desk, "data-k=\"Nog ophalen\">0</td>");
    desk_shows(&desk, ">compleet<");
    desk_shows(&desk, "Balie · 2 gebeurtenissen");
    desk_hides(&desk, "Kijk even");
    desk_close(&desk);
    look_at(day, 60);
    desk_shows(&desk, "data-k=\"Nog ophalen\">?</td>");
    desk_shows(&desk, "nog onbekend");
    desk_shows(&desk, "Balie: sinds ");
    desk_hides(&desk, ">compleet<");
    desk_close(&desk);
}

static void
who_is_to_be_revoked_first_shows_what_was_not_collected(void **state)
{
    struct day *day = *state;
    two_come(day);
    look_at(day, 60);
    desk_hides(&desk, "Trek Balie in?");
    assert_int_equal(desk_get(&desk, "/zuilen?weg=1"), 200);
    desk_shows(&desk, "Trek Balie in?");
    desk_shows(&desk, "weet alleen de zuil zelf");
    char form[96];
    (void)snprintf(
        form, sizeof form, "doe=trek-in&zuil=1&beeld=%s", desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, "/zuilen", form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    desk_shows(&desk, "Zuil 1 is ingetrokken.");
    desk_shows(&desk, "Balie"); /* its events count */
    desk_close(&desk);
}

/* WD2 */
static void
who_didnt_look_or_saw_another_state_is_asked_first(void **state)
{
    struct day *day = *state;
    static const char *const forms[] = {
        "doe=trek-in&zuil=1", "doe=trek-in&zuil=1&beeld=0123456789abcdef"};
    two_come(day);
    look_at(day, 60);
    assert_int_equal(desk_post(&desk, "/zuilen", forms[0]), 303);
    assert_string_equal(desk.reply.location, "/zuilen?weg=1");
    assert_int_equal(desk_follow(&desk), 200);
    desk_hides(&desk, "Er is niets gedaan.");
    for (int i = 0; i < 2; i++) {
        desk_shows(&desk, "Trek Balie in?");
        desk_shows(&desk, "weet alleen de zuil zelf");
        assert_int_equal(desk_post(&desk, "/zuilen", forms[1]), 200);
    }
    desk_shows(&desk, "Er is niets gedaan.");
    assert_int_equal(
        office_number(&day->office, "SELECT count(*) FROM device WHERE state = 2"), 0);
    desk_close(&desk);
}

/* It is named by its circle's title, the place is named, and the list can be printed. */
static void
a_kiosk_silent_on_the_day_says_whom_to_call_and_prints_the_list(void **state)
{
    struct day *day = *state;
    two_come(day);
    venue_has_a_number(day);
    look_at(day, 60);
    desk_shows(&desk, CALL);
    desk_shows(&desk, "Bel de locatie</a>");
    desk_shows(&desk, "<h3>Leerkring Zwolle · Balie: sinds ");
    desk_shows(&desk, "Nodig vandaag om 13.30 uur. Bel de locatie (");
    desk_shows(&desk, "dan werkt hij met de lijst van ");
    desk_shows(&desk,
        "name=\"kring\" value=\"S-1\"><button class=\"knop vol\" name=\"doe\" "
        "value=\"deur\">");
    desk_shows(&desk, "<small>1 · Leerkring Zwolle</small>");
    assert_int_equal(desk_post(&desk, "/stukken", "doe=deur&kring=S-1"), 303);
    desk_close(&desk);
}

static void
heard_at(int minutes)
{
    struct bw_central *central = desk.desk.office.central;
    struct bw_error err;
    struct bw_sql_value at = bw_sql_int(KIOSK_START_MS + minutes * KIOSK_MINUTE_MS);
    assert_int_equal(bw_central_begin(central, &err), BW_OK);
    assert_int_equal(
        bw_central_run(central, "UPDATE device SET last_contact_ms = $1 WHERE device = 1",
            &at, 1, NULL, NULL, &err),
        BW_OK);
    assert_int_equal(bw_central_commit(central, &err), BW_OK);
}

/* Its circle is at 13.30; the day begins at midnight. */
static void
a_kiosk_is_silent_on_vandaag_kringen_and_kring_as_on_zuilen(void **state)
{
    struct day *day = *state;
    enum { EVENING_BEFORE = -17 * 60, MORNING = -5 * 60, HOURS_23 = 23 * 60 };
    static const struct {
        int heard, now;
        bool silent;
    } times[] = {
        {EVENING_BEFORE - HOURS_23, EVENING_BEFORE, false},
        {EVENING_BEFORE - DAY_MINUTES - 1, EVENING_BEFORE, true},
        {MORNING - 5, MORNING, false},
        {MORNING - 6, MORNING, true},
        {60 - 6, 60, true},
    };
    static const char *const chips[] = {"/kringen", "/kring/S-1"};
    look_at(day, 0);
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        heard_at(times[i].heard);
        desk.wall_ms = KIOSK_START_MS + times[i].now * KIOSK_MINUTE_MS;
        desk_enter(&desk);
        assert_int_equal(desk_get(&desk, "/zuilen"), 200);
        (times[i].silent ? desk_shows : desk_hides)(&desk, "#i-clock-alert");
        assert_int_equal(desk_get(&desk, "/"), 200);
        (times[i].silent ? desk_shows : desk_hides)(
            &desk, "Leerkring Zwolle: zuil 1 (Balie) is niet gehoord");
        for (size_t page = 0; page < sizeof chips / sizeof chips[0]; page++) {
            assert_int_equal(desk_get(&desk, chips[page]), 200);
            (times[i].silent ? desk_shows : desk_hides)(&desk, "niet gehoord");
        }
    }
    desk_close(&desk);
}

static void
a_kiosk_not_heard_since_the_end_of_its_circle_is_not_complete(void **state)
{
    struct day *day = *state;
    two_come(day);
    look_at(day, DAY_MINUTES);
    desk_shows(&desk, "nog onbekend");
    desk_close(&desk);
    day_push(&day->kiosk);
    assert_int_equal(
        office_run(&day->office, "merge", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    look_at(day, DAY_MINUTES);
    desk_shows(&desk, ">compleet<");
    desk_shows(&desk, "Balie · niets nieuws");
    desk_close(&desk);
}

static void
events_that_a_kiosk_stated_and_that_are_not_here_are_counted_by_number(void **state)
{
    struct day *day = *state;
    struct bw_error err;
    two_come(day);
    look_at(day, 2);
    struct bw_central *central = desk.desk.office.central;
    assert_int_equal(bw_central_begin_step(central, &err), BW_OK);
    assert_int_equal(bw_central_run(central, "DELETE FROM event WHERE seq = 2", NULL, 0,
                         NULL, NULL, &err),
        BW_OK);
    assert_int_equal(bw_central_commit(central, &err), BW_OK);
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    desk_shows(&desk, "1 ontbreekt");
    desk_shows(&desk, "Balie: gebeurtenis 2 ontbreekt");
    desk_shows(&desk, "Haal op met USB");
    desk_shows(&desk, "data-k=\"Nog ophalen\">1</td>");
    desk_close(&desk);
}

/* What a kiosk knows is what its hello says that it holds. */
static void
settings_say_which_kiosks_know_of_a_new_number(void **state)
{
    struct day *day = *state;
    assert_int_equal(office_run(&day->office, "init", "--phone", "030-444", "--clock",
                         "2025-03-25T13:00:00", NULL),
        BW_EXIT_DONE);
    look_at(day, -29);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    desk_shows(&desk, "De zuil weet het nog niet: Balie.");
    desk_close(&desk);
    assert_int_equal(
        office_run(&day->office, "merge", "--clock", "2025-03-25T13:02:00", NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(&day->kiosk, "sync", "--clock", "2025-03-25T13:03:00", NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(&day->kiosk, "sync", "--clock", "2025-03-25T13:06:00", NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        office_run(&day->office, "merge", "--clock", "2025-03-25T13:07:00", NULL),
        BW_EXIT_DONE);
    look_at(day, -22);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    desk_shows(&desk, "De zuil weet het.");
    desk_close(&desk);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_kiosk_that_was_never_heard_is_not_complete_and_goes_without_a_question),
        CASE(on_the_day_a_kiosk_never_heard_is_the_first_to_look_at),
        CASE(what_came_is_listed_and_five_minutes_later_only_the_kiosk_knows_the_rest),
        CASE(who_is_to_be_revoked_first_shows_what_was_not_collected),
        CASE(who_didnt_look_or_saw_another_state_is_asked_first),
        CASE(a_kiosk_silent_on_the_day_says_whom_to_call_and_prints_the_list),
        CASE(a_kiosk_is_silent_on_vandaag_kringen_and_kring_as_on_zuilen),
        CASE(settings_say_which_kiosks_know_of_a_new_number),
        CASE(a_kiosk_not_heard_since_the_end_of_its_circle_is_not_complete),
        CASE(events_that_a_kiosk_stated_and_that_are_not_here_are_counted_by_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
