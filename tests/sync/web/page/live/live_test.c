/* Live and what the door wrote: figures as the letters that came say, and news as soon as
 * one came. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"
#include "tests/sync/web/desk_help.h"

#include <string.h>

static struct browser desk;

static bool
is_news(void)
{
    bool news = false;
    struct bw_error err;
    assert_int_equal(bw_web_desk_look(&desk.desk, &news, &err), BW_OK);
    return news;
}

static void
open_at(const struct day *day, int minutes)
{
    desk_open(&desk, &day->office);
    desk.wall_ms = KIOSK_START_MS + minutes * KIOSK_MINUTE_MS;
    desk_enter(&desk);
}

static void
who_came_is_inside_once_their_letter_is_taken_in(void **state)
{
    struct day *day = *state;
    open_at(day, 10);
    assert_int_equal(desk_get(&desk, "/live"), 200);
    desk_shows(&desk, "Nu binnen: 0 van 3");
    assert_true(is_news());
    assert_false(is_news());
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    (void)kiosk_walk_in(&day->kiosk, "Inez", "Loper");
    assert_int_equal(kiosk_run(&day->kiosk, "push", NULL), BW_EXIT_DONE);
    assert_false(is_news());
    assert_int_equal(office_run(&day->office, "merge", NULL), BW_EXIT_DONE);
    assert_true(is_news());
    assert_int_equal(desk_get(&desk, "/live"), 200);
    desk_shows(&desk, "Nu binnen: 2 van 3");
    desk_shows(&desk, "<dt>nog verwacht</dt><dd>2</dd>");
    desk_shows(&desk, "<dt>inlopers</dt><dd>1</dd>");
    desk_shows(&desk, "2 mensen kwamen");
    desk_shows(&desk, "Balie");
    desk_close(&desk);
}

/* WG6 */
static void
the_wall_goes_on_after_half_an_hour_and_is_no_way_in(void **state)
{
    struct day *day = *state;
    open_at(day, 10);
    for (int minute = 0; minute < 45; minute++, desk.mono_ms += 60 * 1000) {
        assert_int_equal(desk_get(&desk, "/live/groot"), 200);
    }
    desk_shows(&desk, "van 3");
    assert_int_equal(desk_get(&desk, "/live?zelf=1"), 200);
    assert_int_equal(desk_get(&desk, "/live"), 200);
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 403);
    assert_int_equal(desk_post(&desk, "/taal", "taal=en"), 403);
    assert_int_equal(desk_get(&desk, "/live/groot"), 200);
    desk.mono_ms += BW_WEB_WATCH_MS; /* the wall was off */
    assert_int_equal(desk_get(&desk, "/live/groot"), 403);
    desk_close(&desk);
}

static void
who_was_there_is_to_hear_of_their_certificate_on_vandaag_and_at_the_mails(void **state)
{
    struct day *day = *state;
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    assert_int_equal(
        office_run(&day->office, "merge", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    open_at(day, 24 * 60);
    assert_int_equal(desk_get(&desk, "/"), 200);
    desk_shows(&desk, "S-1: 1 mens is er geweest en krijgt nog een bewijs");
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    desk_shows(&desk, ">Bewijs van deelname</td>");
    desk_close(&desk);
}

static void
after_its_end_the_circle_says_who_came_and_can_be_closed(void **state)
{
    struct day *day = *state;
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    assert_int_equal(
        office_run(&day->office, "merge", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    open_at(day, 24 * 60);
    assert_int_equal(desk_get(&desk, "/kring/S-1?lijst=geweest"), 200);
    desk_shows(&desk, "Piet P0");
    desk_shows(&desk, "Sluit de kring af");
    desk_hides(&desk, "Piet P1");
    assert_int_equal(desk_get(&desk, "/verslag"), 200);
    desk_shows(&desk, "1 van 1 zuil compleet");
    desk_shows(&desk, "1 van 3 mensen met een plek");
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    desk_shows(&desk, "compleet");
    char form[200];
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat", "doe=afsluiten"), 200);
    (void)snprintf(
        form, sizeof form, "doe=afsluiten&beeld=%s", desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat", form), 303);
    assert_int_equal(desk_get(&desk, "/verslag"), 200);
    desk_hides(&desk, "Tussenstand");
    desk_close(&desk);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(who_came_is_inside_once_their_letter_is_taken_in),
        CASE(the_wall_goes_on_after_half_an_hour_and_is_no_way_in),
        CASE(who_was_there_is_to_hear_of_their_certificate_on_vandaag_and_at_the_mails),
        CASE(after_its_end_the_circle_says_who_came_and_can_be_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
