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
    desk_shows(&desk, "<dt>verwacht</dt><dd>2</dd>");
    desk_shows(&desk, "</svg>1 inloper</span>");
    desk_shows(&desk, "role=\"img\" aria-label=\"Binnen per 5 minuten, "
                      "vanaf 13.30 uur: 2, 2, 2 van 3\"");
    desk_shows(&desk, "<dt>vrij</dt><dd>0</dd>");
    desk_shows(&desk, "Stand van ");
    desk_shows(&desk, "Balie");
    desk_close(&desk);
}

static void
who_is_inside_is_listed_by_kiosk_with_the_time_and_never_on_the_wall(void **state)
{
    struct day *day = *state;
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    (void)kiosk_walk_in(&day->kiosk, "Inez", "<b>Loper\"");
    assert_int_equal(kiosk_run(&day->kiosk, "push", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&day->office, "merge", NULL), BW_EXIT_DONE);
    open_at(day, 10);
    assert_int_equal(desk_get(&desk, "/ontruiming"), 200);
    desk_shows(&desk, "2 mensen binnen");
    desk_shows(&desk, "Balie: 2");
    desk_shows(&desk, "Piet P0</th>");
    desk_shows(&desk, "Inez &lt;b&gt;Loper&quot;</th>");
    assert_int_equal(desk_get(&desk, "/live/groot"), 200);
    desk_hides(&desk, "Inez");
    for (int minute = 0; minute < 35; minute++, desk.mono_ms += 60 * 1000) {
        assert_int_equal(desk_get(&desk, "/live/groot"), 200);
    }
    /* who only watches reads no names */
    assert_int_equal(desk_get(&desk, "/ontruiming"), 403);
    desk_close(&desk);
}

/* Who went home is inside no more, in the curve either; and a kiosk that is silent says
 * as of when it all is. */
static void
who_left_is_inside_no_more_and_a_silent_kiosk_says_as_of_when(void **state)
{
    struct day *day = *state;
    bw_code code = people_code(&day->office, 0);
    uint64_t arrived = kiosk_arrived(&day->kiosk, code);
    (void)kiosk_event(&day->kiosk,
        (struct bw_event){.kind = BW_EVENT_LEFT,
            .verdict = BW_VERDICT_WELCOME,
            .code = code,
            .refs_count = 1,
            .refs = {{day->kiosk.device, arrived}}},
        NULL);
    assert_int_equal(kiosk_run(&day->kiosk, "push", NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&day->office, "merge", "--clock", "2025-03-25T13:40:00", NULL),
        BW_EXIT_DONE);
    open_at(day, 130);
    assert_int_equal(desk_get(&desk, "/live"), 200);
    desk_shows(&desk, "vanaf 13.30 uur: het meest 0 van 3, om ");
    desk_shows(&desk, "; nu 0\"");
    desk_shows(&desk, "minuten niet gehoord.");
    desk_close(&desk);
}

/* The script shows it, which does it: without that nothing is said that isn't so. */
static void
that_it_is_refreshed_by_itself_is_left_to_the_script_to_say(void **state)
{
    struct day *day = *state;
    open_at(day, 10);
    assert_int_equal(desk_get(&desk, "/live"), 200);
    desk_shows(&desk,
        "<span data-vanzelf hidden> · ververst vanzelf, binnen 15 seconden</span>");
    desk_close(&desk);
}

/* When it begins, and when places come free that nobody came for, and for whom. */
static void
it_says_how_long_before_it_begins_and_when_places_come_free(void **state)
{
    struct day *day = *state;
    static const struct {
        int minutes;
        const char *begins, *release;
    } moments[] = {
        {-200, "begint over ruim 3 uur", "Om 13.45 uur komen plekken"},
        {-6, "begint over 6 minuten", "Om 13.45 uur komen plekken"},
        {0, "begint nu", "Om 13.45 uur komen plekken"},
        {1, "begon 1 minuut geleden", "Om 13.45 uur komen plekken"},
        {24, "begon 24 minuten geleden", "Sinds 13.45 uur mogen plekken"},
        {125, "begon ruim 2 uur geleden", "Sinds 13.45 uur mogen plekken"},
    };
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        open_at(day, moments[i].minutes);
        assert_int_equal(desk_get(&desk, "/live"), 200);
        desk_shows(&desk, moments[i].begins);
        desk_shows(&desk, moments[i].release);
        desk_close(&desk);
    }
    (void)kiosk_event(&day->kiosk, (struct bw_event){.kind = BW_EVENT_RELEASED}, NULL);
    (void)kiosk_event(&day->kiosk,
        (struct bw_event){.kind = BW_EVENT_WAITING,
            .basis = BW_BASIS_NAME,
            .verdict = BW_VERDICT_WAITLISTED,
            .code = people_code(&day->office, 3)},
        NULL);
    assert_int_equal(kiosk_run(&day->kiosk, "push", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&day->office, "merge", NULL), BW_EXIT_DONE);
    open_at(day, 20);
    assert_int_equal(desk_get(&desk, "/live"), 200);
    desk_shows(&desk, "zijn vrijgegeven. Eerste aan de deur: Piet P3.</p>");
    assert_int_equal(desk_get(&desk, "/live/groot"), 200);
    desk_hides(&desk, "Piet");
    desk_close(&desk);
}

/* No figure is partial in silence: one kiosk that was never heard hides none of what is
 * to be said of the others. */
static void
each_kiosk_that_isnt_heard_is_named_beside_the_figures(void **state)
{
    struct day *day = *state;
    char sheet[256];
    (void)snprintf(sheet, sizeof sheet, "%s/tuin.json", day->office.folder);
    assert_int_equal(office_run(&day->office, "enrol", "--session", "S-1", "--name",
                         "Tuin", "--out", sheet, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    assert_int_equal(kiosk_run(&day->kiosk, "push", NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&day->office, "merge", "--clock", "2025-03-25T13:40:00", NULL),
        BW_EXIT_DONE);
    open_at(day, 120);
    static const char *const pages[] = {"/live", "/ontruiming"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(desk_get(&desk, pages[i]), 200);
        desk_shows(&desk, "Tuin is nog nooit gehoord.");
        desk_shows(&desk, "minuten niet gehoord.");
    }
    assert_int_equal(desk_get(&desk, "/live"), 200);
    desk_shows(&desk, "Balie: niet gehoord sinds ");
    desk_hides(&desk, "Balie: in orde");
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
somebody_came_yesterday(struct day *day)
{
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    assert_int_equal(
        office_run(&day->office, "merge", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    open_at(day, 24 * 60);
}

static void
who_was_there_is_to_hear_of_their_certificate_on_vandaag_and_at_the_mails(void **state)
{
    struct day *day = *state;
    somebody_came_yesterday(day);
    assert_int_equal(desk_get(&desk, "/"), 200);
    desk_shows(&desk, "Leerkring Zwolle: 1 mens is er geweest en krijgt nog een bewijs");
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    desk_shows(&desk, ">Bewijs van deelname<small>");
    desk_close(&desk);
}

static void
after_its_end_the_circle_says_who_came_and_can_be_closed(void **state)
{
    struct day *day = *state;
    somebody_came_yesterday(day);
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

static void
closing_before_its_kiosk_was_heard_asks_why_and_names_no_command(void **state)
{
    struct day *day = *state;
    char form[200];
    open_at(day, 24 * 60);
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat", "doe=afsluiten"), 200);
    (void)snprintf(
        form, sizeof form, "doe=afsluiten&beeld=%s", desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat", form), 409);
    desk_shows(&desk, "S-1 afsluiten: zuilen compleet: 0 van 1; zeg waarom");
    desk_hides(&desk, "(status)");
    desk_close(&desk);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(who_came_is_inside_once_their_letter_is_taken_in),
        CASE(who_is_inside_is_listed_by_kiosk_with_the_time_and_never_on_the_wall),
        CASE(that_it_is_refreshed_by_itself_is_left_to_the_script_to_say),
        CASE(it_says_how_long_before_it_begins_and_when_places_come_free),
        CASE(each_kiosk_that_isnt_heard_is_named_beside_the_figures),
        CASE(who_left_is_inside_no_more_and_a_silent_kiosk_says_as_of_when),
        CASE(the_wall_goes_on_after_half_an_hour_and_is_no_way_in),
        CASE(who_was_there_is_to_hear_of_their_certificate_on_vandaag_and_at_the_mails),
        CASE(after_its_end_the_circle_says_who_came_and_can_be_closed),
        CASE(closing_before_its_kiosk_was_heard_asks_why_and_names_no_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
