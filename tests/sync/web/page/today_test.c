/* Vandaag: each card's button says its deed, and does it where that is one click. */
#define ONE_OFFICE_PLACES 1
#include "tests/sync/web/one_desk.h"

enum { HOUR_MS = 60 * 60 * 1000 };

/* One has the place, two wait; and one of these has a place elsewhere, as another has. */
static int
open_desk(void **state)
{
    if (open_desk_with(state,
            "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"
            "10-2-2025 09:20,mo@twee.example,Mo Vos,OBS Twee,brugfunctionaris,Oost\n"
            "10-2-2025 09:30,ria@drie.example,Ria Smit,OBS Drie,brugfunctionaris,Oost\n",
            BW_EXIT_DONE) != 0) {
        return -1;
    }
    return office_run(&office, "import", "sessions",
               office_write(&office, "second.csv",
                   "code,series,title,kind,region,venue,starts_at,ends_at,capacity,"
                   "audience\n"
                   "S-2,reeks,Leerkring Elders,leerkring,Oost,Huis,2025-03-26T13:30,"
                   "2025-03-26T16:30,6,brugfunctionaris\n"),
               NULL) == BW_EXIT_DONE
               ? 0
               : -1;
}

static void
cancel(const char *first_name)
{
    assert_int_equal(
        office_run(&office, "cancel", office_code(&office, first_name), NULL),
        BW_EXIT_DONE);
}

static int64_t
status_of(const char *first_name)
{
    char sql[120];
    (void)snprintf(sql, sizeof sql,
        "SELECT status FROM registration WHERE first_name = '%s' AND session_no = 1",
        first_name);
    return office_number(&office, sql);
}

/* The form of the card, as it was drawn. */
static int
give_place(void)
{
    char form[200];
    int used = snprintf(
        form, sizeof form, "doe=plek&aantal=1&beeld=%s", desk_field(&desk, "beeld"));
    (void)snprintf(
        form + used, sizeof form - (size_t)used, "&sinds=%s", desk_field(&desk, "sinds"));
    return desk_post(&desk, "/kring/S-1", form);
}

static void
card_of_a_free_place_gives_it_at_once_and_can_be_taken_back(void **state)
{
    (void)state;
    cancel("Anna");
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("Eerste op de lijst: Mo Vos, OBS Twee. Aangemeld op 10 feb 09.20 uur");
    shows(">Geef plek aan Mo<");
    assert_int_equal(give_place(), 303);
    assert_int_equal(status_of("Mo"), BW_CONFIRMED);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Mo Vos heeft een plek.");
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(status_of("Mo"), BW_WAITLISTED);
}

static void
where_it_is_anothers_turn_meanwhile_nothing_is_done_and_that_is_shown(void **state)
{
    static const char *const pages[] = {"/", "/kring/S-1"};
    (void)state;
    cancel("Anna");
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        assert_int_equal(desk_get(&desk, pages[i]), 200);
        shows(">Geef plek aan Mo<");
        cancel("Mo");
        assert_int_equal(give_place(), 200);
        shows("Er is nog niets veranderd");
        shows("<p><b>Afgemeld Mo Vos</b> <small>"); /* whose turn it was */
        shows("Ria Smit");
        assert_int_equal(status_of("Ria"), BW_WAITLISTED);
        assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    }
}

static void
kring_gives_it_at_once_too(void **state)
{
    (void)state;
    cancel("Anna");
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    shows(">Geef plek aan Mo<");
    assert_int_equal(give_place(), 303);
    assert_int_equal(status_of("Mo"), BW_CONFIRMED);
}

static void
backed_up_long_ago(void)
{
    struct bw_central *central = desk.desk.office.central;
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_central_begin(central, &err), BW_OK);
    assert_int_equal(bw_central_run(central, "UPDATE central SET backed_up_ms = 1", NULL,
                         0, NULL, NULL, &err),
        BW_OK);
    assert_int_equal(bw_central_commit(central, &err), BW_OK);
}

static void
buttons_say_what_they_do(void **state)
{
    (void)state;
    desk.wall_ms += 10 * 24 * (int64_t)HOUR_MS; /* both are over */
    desk.desk.days.backup = 7;
    backed_up_long_ago();
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("action=\"/kring/S-1/staat\"");
    shows("value=\"afsluiten\"");
    shows(">Sluit af…<");
    shows("action=\"/stukken\"");
    shows(">Maak nu een kopie<");
    hides(">Bekijk<");
    desk.wall_ms -= 10 * 24 * (int64_t)HOUR_MS;
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("href=\"/zuilen/nieuw?kring=S-1\">Zet klaar<");
    shows("href=\"/mail?kring=S-1\">Bekijk en verstuur<");
}

static void
who_has_places_in_several_circles_is_listed_with_who_waits_there(void **state)
{
    (void)state;
    const char *path = office_write(&office, "form.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
        "10-2-2025 09:40,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n");
    assert_int_equal(desk_get(&desk, "/mensen/dubbel"), 200);
    shows("Niemand heeft een plek in meer dan één kring");
    assert_int_equal(desk_get(&desk, "/mensen/elders"), 404);
    assert_int_equal(office_run(&office, "import", "registrations", path, "--session",
                         "S-2", "--yes", NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows(
        "1 mens heeft een plek in meer dan één kring van een reeks; in 1 van die kringen "
        "wachten anderen");
    shows("href=\"/mensen/dubbel\"");
    assert_int_equal(desk_get(&desk, "/mensen/dubbel"), 200);
    shows("1 mens heeft een plek in meer dan één kring van een reeks");
    shows(">Anna Visser</a></th>");
    shows(">Leerkring Elders</a></td><td data-k=\"Daar wachten\">0</td>");
    shows(">Leerkring Zwolle</a></td><td data-k=\"Daar wachten\">2</td>");
}

static void
circle_of_today_or_tomorrow_is_named_by_that(void **state)
{
    (void)state;
    int64_t starts_ms = office_number(&office, "SELECT starts_ms FROM session"
                                               " WHERE code = 'S-1'");
    desk.wall_ms = starts_ms - 3 * HOUR_MS;
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("vandaag is Leerkring Zwolle om 13.30 uur");
    desk.wall_ms = starts_ms - 24 * (int64_t)HOUR_MS;
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("de volgende kring is Leerkring Zwolle, morgen om 13.30 uur");
    desk.wall_ms = starts_ms - 48 * (int64_t)HOUR_MS;
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("de volgende kring is Leerkring Zwolle, di 25 mrt om 13.30 uur");
}

/* On the waiting list, which opens where it is the only one with somebody of these. */
static void
mail_that_came_back_leads_to_the_list_of_whom_it_was_for(void **state)
{
    static const char link[] = "href=\"/kring/S-1?mail=terug";
    (void)state;
    assert_int_equal(office_run(&office, "mail", "back", "mo vos", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("Leerkring Zwolle: 1 mail kwam terug</");
    shows(link);
    shows(">Bekijk wie<");
    assert_int_equal(desk_get(&desk, "/kring/S-1?mail=terug"), 200);
    shows("</svg>Alleen van wie mail terugkwam</span>");
    shows("name=\"lijst\" value=\"wacht\"");
    shows(">Mo Vos</a><small>");
    hides(">Ria Smit</a><small>");
    shows("1 van 2");
    assert_int_equal(desk_get(&desk, "/kring/S-1?mail=terug&lijst=plek"), 200);
    hides(">Anna Visser</a><small>");
    hides(link);
    assert_int_equal(office_run(&office, "mail", "back", "ria smit", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    shows("</svg>2 mails kwamen terug</span>");
    shows(link);
    assert_int_equal(office_run(&office, "mail", "again", "mo vos", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "mail", "none", "ria smit", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/"), 200);
    hides("kwam terug");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(card_of_a_free_place_gives_it_at_once_and_can_be_taken_back),
        ON_DESK(where_it_is_anothers_turn_meanwhile_nothing_is_done_and_that_is_shown),
        ON_DESK(kring_gives_it_at_once_too),
        ON_DESK(buttons_say_what_they_do),
        ON_DESK(who_has_places_in_several_circles_is_listed_with_who_waits_there),
        ON_DESK(mail_that_came_back_leads_to_the_list_of_whom_it_was_for),
        ON_DESK(circle_of_today_or_tomorrow_is_named_by_that),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
