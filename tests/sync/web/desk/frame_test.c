/* What stands around every page: the series, what waits behind the menu, the backup. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/one_desk.h"

#include <stdio.h>

enum { HOUR_MS = 60 * 60 * 1000 };

/* Somebody who has a place, and heard of it from nobody. */
static int
open_desk(void **state)
{
    return open_desk_with(state,
        "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n",
        BW_EXIT_DONE);
}

static void
change(const char *sql)
{
    struct bw_central *central = desk.desk.office.central;
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_central_begin(central, &err), BW_OK);
    assert_int_equal(bw_central_run(central, sql, NULL, 0, NULL, NULL, &err), BW_OK);
    assert_int_equal(bw_central_commit(central, &err), BW_OK);
}

static void
backed_up(int64_t hours_ago)
{
    char sql[96];
    (void)snprintf(sql, sizeof sql, "UPDATE central SET backed_up_ms = %lld",
        (long long)(desk.wall_ms - hours_ago * HOUR_MS));
    change(sql);
}

static void
every_page_says_how_many_people_are_to_hear_something(void **state)
{
    static const char *const pages[] = {
        "/", "/kringen", "/zuilen", "/instellingen", "/no-such-page"};
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        (void)desk_get(&desk, pages[i]);
        shows("Tickets en mail<span class=\"tel\">1<span class=\"vh\"> te doen</span>");
        hides("Uitzoeken<span");
    }
    change("DELETE FROM registration");
    assert_int_equal(desk_post(&desk, "/taal", "taal=nl"), 303);
    assert_int_equal(desk_get(&desk, "/kringen"), 200);
    hides("class=\"tel\"");
}

static void
other_language_stays_on_the_page(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    shows("name=\"naar\" value=\"/zuilen\"");
    assert_int_equal(desk_post(&desk, "/taal", "taal=en&naar=/zuilen"), 303);
    assert_string_equal(desk.reply.location, "/zuilen");
    assert_int_equal(desk_post(&desk, "/taal", "taal=nl&naar=//elders.example"), 303);
    assert_string_equal(desk.reply.location, "/");
    assert_int_equal(desk_post(&desk, "/taal", "taal=nl"), 303);
    assert_string_equal(desk.reply.location, "/");
}

static void
answer_to_a_form_is_no_page_to_come_back_to(void **state)
{
    (void)state;
    assert_int_equal(desk_post(&desk, "/terug", "stap=x"), 400);
    shows("name=\"naar\" value=\"/\"");
}

static void
menu_is_counted_anew_by_vandaag(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/kringen"), 200);
    change("DELETE FROM registration");
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    shows("class=\"tel\"");
    assert_int_equal(desk_get(&desk, "/"), 200);
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    hides("class=\"tel\"");
}

static void
every_page_says_when_the_last_backup_was(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    shows("<span>Nog geen reservekopie</span>");
    backed_up(1);
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    shows("<span>Reservekopie: vandaag 11.00</span>");
    backed_up(13); /* 23.00 */
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    shows("<span>Reservekopie: gisteren 23.00</span>");
    backed_up(37);
    assert_int_equal(desk_post(&desk, "/taal", "taal=en"), 303);
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    shows("<span>Backup: 15 Mar 23:00</span>");
}

static void
a_day_is_named_unless_it_is_today(void **state)
{
    (void)state;
    backed_up(1);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("reservekopie van 11.00 uur");
    backed_up(13);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("reservekopie van 16 mrt 23.00 uur");
    desk.desk.letters_ms = desk.wall_ms - HOUR_MS;
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("post van zuilen opgehaald tot 11.00 uur");
    desk.desk.letters_ms = desk.wall_ms - 13 * HOUR_MS;
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("post van zuilen opgehaald tot 16 mrt 23.00 uur");
}

static void
the_series_is_that_of_the_circle_that_comes_next(void **state)
{
    (void)state;
    change("INSERT INTO series (code, title) VALUES ('OLD', 'Vorig jaar')");
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    shows("<small>Reeks</small>");
    hides("Vorig jaar");
    change("UPDATE session SET series = 'OLD'");
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    shows("<b>Vorig jaar</b>");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(every_page_says_how_many_people_are_to_hear_something),
        ON_DESK(other_language_stays_on_the_page),
        ON_DESK(answer_to_a_form_is_no_page_to_come_back_to),
        ON_DESK(menu_is_counted_anew_by_vandaag),
        ON_DESK(every_page_says_when_the_last_backup_was),
        ON_DESK(a_day_is_named_unless_it_is_today),
        ON_DESK(the_series_is_that_of_the_circle_that_comes_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
