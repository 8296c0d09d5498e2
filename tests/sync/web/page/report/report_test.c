/* Verslag: figures with their tables, as they are and as they may be published; looking
 * fixes and publishes nothing. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"
#include "tests/sync/web/desk_help.h"

#include <stdlib.h>
#include <string.h>

static struct browser desk;

/* Four came, the kiosk told all of it, and it is the day after. */
static void
open_after(struct day *day)
{
    (void)day_four_come(day);
    day_push(&day->kiosk);
    assert_int_equal(
        office_run(&day->office, "merge", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    desk_open(&desk, &day->office);
    desk.wall_ms = KIOSK_START_MS + INT64_C(24) * 60 * KIOSK_MINUTE_MS;
    desk_enter(&desk);
}

static int
look(const char *address)
{
    return desk_get(&desk, address);
}

static void
figures_tables_and_what_words_mean_stand_on_one_page(void **state)
{
    struct day *day = *state;
    open_after(day);
    assert_int_equal(look("/verslag"), 200);
    desk_shows(&desk, "<dt>keer aanwezig</dt><dd>4</dd>");
    desk_shows(&desk, "Wanneer kwamen mensen binnen?");
    desk_shows(&desk, "role=\"img\" aria-label=\"Binnenkomst rond het begin.");
    desk_shows(&desk, "Hoe vaak kwam iemand?");
    desk_shows(&desk, "<td class=\"n\">100%</td>"); /* of who had a place */
    desk_shows(&desk, "<th scope=\"row\">Totaal</th>");
    desk_shows(&desk, "class=\"matrix\"");
    desk_shows(&desk, "<dt>Opkomst</dt>");
    desk_shows(&desk, "Niet afgeschermd: niet openbaar maken");
    desk_close(&desk);
}

static void
the_anonymous_one_shows_no_small_count_and_no_name(void **state)
{
    struct day *day = *state;
    open_after(day);
    assert_int_equal(look("/verslag/reeks?anoniem=1"), 200);
    desk_shows(&desk, "value=\"1\" checked>Anoniem");
    desk_shows(&desk, "Aantallen onder de 5 afgeschermd");
    desk_shows(&desk, "<dt>keer aanwezig</dt><dd>&lt;5</dd>");
    desk_shows(&desk, "name=\"doe\" value=\"anoniem\"");
    desk_hides(&desk, "<dd>4</dd>");
    desk_hides(&desk, "% van de"); /* of so many places: that is the count again */
    desk_hides(&desk, "Boer");
    desk_hides(&desk, "data-print");
    desk_close(&desk);
}

/* Of the four, the first two are missing: their rows of the kiosk's log never came. */
static void
events_that_are_missing_are_told_with_what_they_can_mean_at_most(void **state)
{
    struct day *day = *state;
    open_after(day);
    assert_int_equal(look("/verslag"), 200);
    desk_shows(&desk, "Van elke kring die geweest is, is alles binnen.");
    desk_hides(&desk, "Alle andere kringen");
    for (int seq = 1; seq <= 2; seq++) {
        char sql[80];
        (void)snprintf(
            sql, sizeof sql, "DELETE FROM event WHERE seq = %d RETURNING 1", seq);
        assert_int_equal(office_number(&day->office, sql), 1);
    }
    assert_int_equal(look("/verslag"), 200);
    desk_shows(&desk, "0 van 1 zuil compleet");
    desk_shows(&desk, "Van Leerkring Zwolle missen 2 gebeurtenissen (Balie). "
                      "Het kan zijn dat daar tot 2 mensen meer waren.");
    desk_shows(&desk, "Leerkring Zwolle</a> *</th>");
    desk_shows(&desk, "* Leerkring Zwolle is niet compleet.");
    desk_hides(&desk, "S-1,");
    desk_close(&desk);
}

/* How much room there was would tell how many came. */
static void
of_a_kiosk_that_was_silent_only_the_room_bounds_it_and_not_in_public(void **state)
{
    struct day *day = *state;
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    assert_int_equal(
        kiosk_run(&day->kiosk, "push", "--clock", "2025-03-25T14:00:00", NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        office_run(&day->office, "merge", "--clock", "2025-03-25T14:00:00", NULL),
        BW_EXIT_DONE);
    desk_open(&desk, &day->office);
    desk.wall_ms = KIOSK_START_MS + INT64_C(24) * 60 * KIOSK_MINUTE_MS;
    desk_enter(&desk);
    assert_int_equal(look("/verslag"), 200);
    desk_shows(&desk, "Van Leerkring Zwolle is niet alles binnen (Balie: ");
    desk_shows(&desk, "weten we niet; er was nog plek voor 2.");
    assert_int_equal(look("/verslag/reeks?anoniem=1"), 200);
    desk_shows(&desk, "Hoeveel mensen daar meer waren, weten we niet.</p>");
    desk_hides(&desk, "er was nog plek");
    desk_close(&desk);
}

static void
whose_school_isnt_known_is_counted_beside_the_schools(void **state)
{
    struct day *day = *state;
    struct bw_event_details details = {.person = {.first_name = "Kim", .name = "Zonder"}};
    (void)kiosk_event(&day->kiosk,
        (struct bw_event){.kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_WALK_IN,
            .verdict = BW_VERDICT_WELCOME},
        &details);
    open_after(day);
    assert_int_equal(look("/verslag"), 200);
    desk_shows(&desk, "bij 1 keer is de school niet bekend");
    assert_int_equal(look("/verslag/reeks?anoniem=1"), 200);
    desk_hides(&desk, "is de school niet bekend");
    desk_close(&desk);
}

static void
schools_are_those_of_the_list_and_other_names_are_named_but_not_in_public(void **state)
{
    struct day *day = *state;
    open_after(day);
    assert_int_equal(look("/verslag"), 200);
    desk_shows(&desk, "er is geen lijst van scholen ingelezen");
    assert_int_equal(
        office_run(&day->office, "import", "schools",
            office_write(&day->office, "s.csv", "School,Plaats\nDe Klim,Assen\n"), NULL),
        BW_EXIT_DONE);
    assert_int_equal(look("/verslag"), 200);
    desk_shows(&desk, "<dt>van 1 scholen bereikt</dt><dd>0</dd>");
    desk_shows(&desk, "1 schoolnaam staat niet op de lijst");
    desk_shows(&desk, "<li>OBS De Brug (4)</li>");
    desk_hides(&desk, "er is geen lijst");
    assert_int_equal(look("/verslag/reeks?anoniem=1"), 200);
    desk_hides(&desk, "De Brug");
    desk_hides(&desk, "schoolnaam");
    desk_close(&desk);
}

/* Of the paper: what each page has at its head, and where a new one begins. */
static void
each_sheet_has_its_head_and_begins_where_the_pictures_do(void **state)
{
    static const char head[] = "class=\"alleen-print kopregel\">";
    struct day *day = *state;
    open_after(day);
    assert_int_equal(look("/verslag"), 200);
    int heads = 0, sheets = 0;
    for (const char *at = desk_body(&desk); (at = strstr(at, head)) != NULL; at++) {
        heads++;
    }
    for (const char *at = desk_body(&desk); (at = strstr(at, "nieuw-blad")) != NULL;
         at++) {
        sheets++;
    }
    assert_int_equal(heads, 3);
    assert_int_equal(sheets, 2);
    desk_close(&desk);
}

static void
looking_fixes_no_version_and_publishes_nothing(void **state)
{
    struct day *day = *state;
    open_after(day);
    assert_int_equal(office_run(&day->office, "session", "close", "S-1", "--why",
                         "nothing else is known", "--clock", KIOSK_AFTER, NULL),
        BW_EXIT_DONE);
    char *before = office_dump(&day->office);
    assert_int_equal(look("/verslag"), 200);
    desk_shows(&desk, "Wordt versie 1 zodra je het downloadt");
    assert_int_equal(look("/verslag/reeks?anoniem=1"), 200);
    char *after = office_dump(&day->office);
    assert_string_equal(before, after);
    free(before);
    free(after);
    assert_int_equal(office_run(&day->office, "report", "--series", "reeks", "--out",
                         day->folder, "--clock", KIOSK_AFTER, NULL),
        BW_EXIT_LOOK);
    assert_int_equal(look("/verslag"), 200);
    desk_shows(&desk, "Versie 1, vastgesteld op");
    desk_shows(&desk, "Deze cijfers veranderen niet meer");
    desk_close(&desk);
}

#define WITH_DAY(test) cmocka_unit_test_setup_teardown(test, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DAY(figures_tables_and_what_words_mean_stand_on_one_page),
        WITH_DAY(the_anonymous_one_shows_no_small_count_and_no_name),
        WITH_DAY(events_that_are_missing_are_told_with_what_they_can_mean_at_most),
        WITH_DAY(of_a_kiosk_that_was_silent_only_the_room_bounds_it_and_not_in_public),
        WITH_DAY(whose_school_isnt_known_is_counted_beside_the_schools),
        WITH_DAY(
            schools_are_those_of_the_list_and_other_names_are_named_but_not_in_public),
        WITH_DAY(each_sheet_has_its_head_and_begins_where_the_pictures_do),
        WITH_DAY(looking_fixes_no_version_and_publishes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
