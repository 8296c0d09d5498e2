/* Persoon: who else wants their places, what happened by name, and what forgetting takes
 * and leaves. */
#define ONE_OFFICE_PLACES 1
#include "tests/sync/web/one_desk.h"

#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"

/* Anna has the place and one elsewhere, Mo waits for hers. */
static int
open_desk(void **state)
{
    if (open_desk_with(state,
            "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"
            "10-2-2025 09:20,mo@twee.example,Mo Vos,OBS Twee,brugfunctionaris,Oost\n",
            BW_EXIT_DONE) != 0) {
        return -1;
    }
    assert_int_equal(office_run(&office, "import", "sessions",
                         office_write(&office, "second.csv",
                             "code,series,title,kind,region,venue,starts_at,ends_at,"
                             "capacity,audience\n"
                             "S-2,reeks,Leerkring Elders,leerkring,Oost,Huis,"
                             "2025-03-26T13:30,2025-03-26T16:30,6,brugfunctionaris\n"),
                         NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "import", "registrations",
            office_write(&office, "form.csv",
                HEADING "10-2-2025 09:40,anna@een.example,Anna Visser,OBS Een,"
                        "brugfunctionaris,Oost\n"),
            "--session", "S-2", "--yes", NULL),
        BW_EXIT_DONE);
    return 0;
}

/* Of their registration in S-1; until the next. */
static const char *
code_of(const char *first_name)
{
    static char shown[BW_CODE_SHOWN_BYTES];
    char sql[120];
    (void)snprintf(sql, sizeof sql,
        "SELECT code FROM registration WHERE first_name = '%s' AND session_no = 1",
        first_name);
    bw_code_format_shown((bw_code)office_number(&office, sql), shown);
    return shown;
}

static void
open_page_of(const char *first_name)
{
    char address[64];
    (void)snprintf(address, sizeof address, "/mens/%s", code_of(first_name));
    assert_int_equal(desk_get(&desk, address), 200);
}

enum { FORM_BYTES = 256 };

/* Of the first of their places. */
static void
cancel_form(char ret_form[FORM_BYTES])
{
    int used = snprintf(ret_form, FORM_BYTES, "doe=afmelden&van=mens&beeld=%s",
        desk_field(&desk, "beeld"));
    used += snprintf(ret_form + used, (size_t)(FORM_BYTES - used), "&sinds=%s",
        desk_field(&desk, "sinds"));
    (void)snprintf(ret_form + used, (size_t)(FORM_BYTES - used), "&mens=%s",
        desk_field(&desk, "mens"));
}

static int64_t
places(void)
{
    return office_number(&office, "SELECT count(*) FROM registration WHERE"
                                  " first_name = 'Anna' AND status = 0");
}

static void
places_in_several_circles_say_how_many_others_wait_there(void **state)
{
    (void)state;
    open_page_of("Anna");
    shows("plek in 2 kringen, 1 andere wacht");
    shows(">Leerkring Zwolle</a><small>di 25 mrt</small>");
    open_page_of("Mo");
    hides("plek in");
}

static void
one_click_cancels_one_of_them_and_comes_back_to_the_page(void **state)
{
    char form[FORM_BYTES];
    (void)state;
    open_page_of("Anna");
    cancel_form(form);
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 303);
    assert_int_equal(strncmp(desk.reply.location, "/mens/", 6), 0);
    assert_int_equal(places(), 1);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Maak ongedaan");
    hides("plek in 2 kringen");
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(places(), 2);
}

/* Somebody else cancelled it meanwhile. */
static void
what_changed_meanwhile_is_shown_and_not_done(void **state)
{
    char form[FORM_BYTES];
    (void)state;
    open_page_of("Anna");
    cancel_form(form);
    assert_int_equal(
        office_run(&office, "cancel", desk_field(&desk, "mens"), NULL), BW_EXIT_DONE);
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 200);
    shows("Er is nog niets veranderd");
    shows("<p><b>Afgemeld Anna ");
}

static void
what_happened_is_told_by_name_the_newest_first(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "cancel", code_of("Mo"), "--clock",
                         "2025-03-17T12:30:00", NULL),
        BW_EXIT_DONE);
    open_page_of("Mo");
    shows("<li><b>Afgemeld</b><br><small>12.30 · Leerkring Zwolle</small></li>"
          "<li><b>Aanmeldingen ingelezen</b><br><small>12.00 · Leerkring Zwolle</small>"
          "</li><li><b>Aangemeld</b><br><small>10 feb 09.20 · Leerkring Zwolle</small>");
    hides("· S-1");
}

static void
forgetting_lists_what_goes_and_what_stays(void **state)
{
    char address[64];
    (void)state;
    (void)snprintf(address, sizeof address, "/mens/%s", code_of("Anna"));
    open_page_of("Anna");
    shows("Vergeet Anna…");
    shows("Download alles van Anna");
    assert_int_equal(desk_post(&desk, address, "doe=vergeet"), 200);
    shows("<h3>Dit verdwijnt</h3>");
    shows("Naam, mailadres en school, bij 2 aanmeldingen:");
    shows("<li>Leerkring Elders: heeft plek</li>");
    shows("<li>2 tickets</li>");
    shows("2 plekken of beurten die nog komen, vervallen");
    shows("<h3>Dit blijft</h3>");
    shows("De regels in Geschiedenis, zonder naam");
    assert_int_equal(places(), 2);
}

enum { CORRECT_BYTES = 512 };

/* The form of her details as it was drawn, with another last name and address. */
static void
correct_form(char ret_form[CORRECT_BYTES], const char *name, const char *mail)
{
    int used = snprintf(ret_form, CORRECT_BYTES, "beeld=%s", desk_field(&desk, "beeld"));
    used += snprintf(ret_form + used, (size_t)(CORRECT_BYTES - used), "&sinds=%s",
        desk_field(&desk, "sinds"));
    (void)snprintf(ret_form + used, (size_t)(CORRECT_BYTES - used),
        "&voornaam=Anna&naam=%s&mail=%s&school=OBS+Een", name, mail);
}

static const char *
open_details_of(const char *first_name)
{
    static char address[64];
    (void)snprintf(address, sizeof address, "/mens/%s/gegevens", code_of(first_name));
    assert_int_equal(desk_get(&desk, address), 200);
    return address;
}

static void
details_are_corrected_at_once_told_in_words_and_taken_back(void **state)
{
    char form[CORRECT_BYTES];
    (void)state;
    open_page_of("Anna");
    shows("Verbeter gegevens");
    const char *address = open_details_of("Anna");
    shows("value=\"Visser\"");
    shows("Geldt voor 2 aanmeldingen.");
    correct_form(form, "Visscher", "anna@een.example");
    assert_int_equal(desk_post(&desk, address, form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Verbeterd: Anna Visscher.");
    shows("<b>Gegevens verbeterd · Anna Visser werd Anna Visscher</b>");
    assert_int_equal(desk_undo(&desk), 303);
    open_page_of("Anna");
    shows("<h1>Anna Visser</h1>");
}

static void
another_address_has_a_mail_stand_ready(void **state)
{
    char form[CORRECT_BYTES];
    (void)state;
    const char *address = open_details_of("Anna");
    correct_form(form, "Visser", "av@een.example");
    assert_int_equal(desk_post(&desk, address, form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Een mail voor het nieuwe adres staat klaar.");
    shows("anna@een.example werd av@een.example");
    address = open_details_of("Anna");
    correct_form(form, "Visser", "geen+adres");
    assert_int_equal(desk_post(&desk, address, form), 409);
    shows("value=\"geen adres\"");
    shows("id=\"mail-f\"");
}

static void
details_that_somebody_corrected_meanwhile_are_said_and_not_written_over(void **state)
{
    char form[CORRECT_BYTES];
    (void)state;
    const char *address = open_details_of("Anna");
    correct_form(form, "Visscher", "anna@een.example");
    assert_int_equal(
        office_run(&office, "correct", code_of("Anna"), "name=Vis", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_post(&desk, address, form), 200);
    shows("Er is niets bewaard.");
    shows("Er staat nu: Vis<");
    shows("value=\"Visscher\"");
    open_page_of("Anna");
    shows("<h1>Anna Vis</h1>");
}

/* An Anna of another address, at the same school. */
static void
sign_up_alike(void)
{
    assert_int_equal(
        office_run(&office, "import", "registrations",
            office_write(&office, "alike.csv",
                HEADING "10-2-2025 10:40,a.visser@een.example,Anna Vissers,OBS Een,"
                        "brugfunctionaris,Oost\n"),
            "--session", "S-2", "--yes", NULL),
        BW_EXIT_LOOK);
}

static int64_t
people_called(const char *name)
{
    char sql[160];
    (void)snprintf(sql, sizeof sql,
        "SELECT count(*) FROM registration WHERE name = '%s' AND status <> 2", name);
    return office_number(&office, sql);
}

static void
who_looks_alike_is_shown_beside_them_and_joined_by_one_click(void **state)
{
    char form[CORRECT_BYTES], address[64];
    (void)state;
    sign_up_alike();
    open_page_of("Anna");
    shows("Lijkt op Anna Vissers. Dezelfde mens?");
    shows("Bijna dezelfde naam, zelfde school.");
    shows("aangemeld 10 feb 10.40 · alike.csv");
    shows("Voeg samen onder Anna Visser<");
    const char *alike = strstr(desk_body(&desk), "Lijkt op");
    assert_non_null(alike);
    (void)snprintf(address, sizeof address, "/mens/%s", code_of("Anna"));
    int used = snprintf(form, sizeof form, "doe=zelfde&woorden=deze&beeld=%.64s",
        strstr(alike, "name=\"beeld\" value=\"") + strlen("name=\"beeld\" value=\""));
    (void)snprintf(form + used, sizeof form - (size_t)used, "&ander=%.9s",
        strstr(alike, "name=\"ander\" value=\"") + strlen("name=\"ander\" value=\""));
    assert_int_equal(desk_post(&desk, address, form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Samengevoegd: Anna Visser.");
    hides("Lijkt op");
    assert_int_equal(people_called("Vissers"), 0);
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(people_called("Vissers"), 1);
}

static void
she_chooses_whose_words_stay_with_both_side_by_side(void **state)
{
    char form[CORRECT_BYTES], address[96];
    (void)state;
    sign_up_alike();
    char other[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown((bw_code)office_number(&office,
                             "SELECT code FROM registration WHERE name = 'Vissers'"),
        other);
    (void)snprintf(
        address, sizeof address, "/mens/%s/samen?ander=%s", code_of("Anna"), other);
    assert_int_equal(desk_get(&desk, address), 200);
    shows("Welke naam, school en mailadres blijven?");
    shows("value=\"deze\" checked");
    shows("a.visser@een.example");
    (void)snprintf(form, sizeof form, "doe=zelfde&woorden=andere&ander=%s&beeld=%s",
        other, desk_field(&desk, "beeld"));
    (void)snprintf(address, sizeof address, "/mens/%s", code_of("Anna"));
    assert_int_equal(desk_post(&desk, address, form), 303);
    assert_int_equal(people_called("Visser"), 0);
    assert_int_equal(desk_post(&desk, address, form), 409); /* one person already */
}

static void
two_people_who_look_alike_are_said_to_be_two_until_that_is_undone(void **state)
{
    char form[CORRECT_BYTES], address[64];
    (void)state;
    assert_int_equal(/* in another circle than he, so that nothing is in doubt */
        office_run(&office, "import", "registrations",
            office_write(&office, "alike.csv",
                HEADING "10-2-2025 10:40,m.vos@twee.example,Mo Voss,OBS Twee,"
                        "brugfunctionaris,Oost\n"),
            "--session", "S-2", "--yes", NULL),
        BW_EXIT_LOOK);
    open_page_of("Mo");
    shows("Nee, twee mensen");
    (void)snprintf(form, sizeof form, "doe=twee&ander=%s", desk_field(&desk, "ander"));
    (void)snprintf(address, sizeof address, "/mens/%s", code_of("Mo"));
    assert_int_equal(desk_post(&desk, address, form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Vastgelegd: Mo Vos is iemand anders.");
    hides("Lijkt op");
    assert_int_equal(desk_undo(&desk), 303);
    open_page_of("Mo");
    shows("Lijkt op Mo Voss. Dezelfde mens?");
}

static void
search_finds_people_each_once_with_their_circles(void **state)
{
    (void)state;
    assert_int_equal(
        desk_get(&desk, "/mensen?q=anna"), 303); /* the one, twice signed up */
    assert_int_equal(desk_follow(&desk), 200);
    shows("<h1>Anna Visser</h1>");
    assert_int_equal(desk_get(&desk, "/mensen?q=obs"), 200);
    shows("2 mensen voor “obs”");
    shows(">Leerkring Elders</a><br><a href=\"/kring/S-1\">Leerkring Zwolle</a><br>");
    shows("<a href=\"/kring/S-1\">Leerkring Zwolle</a> (wacht)<br>");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(places_in_several_circles_say_how_many_others_wait_there),
        ON_DESK(one_click_cancels_one_of_them_and_comes_back_to_the_page),
        ON_DESK(what_changed_meanwhile_is_shown_and_not_done),
        ON_DESK(what_happened_is_told_by_name_the_newest_first),
        ON_DESK(details_are_corrected_at_once_told_in_words_and_taken_back),
        ON_DESK(another_address_has_a_mail_stand_ready),
        ON_DESK(details_that_somebody_corrected_meanwhile_are_said_and_not_written_over),
        ON_DESK(who_looks_alike_is_shown_beside_them_and_joined_by_one_click),
        ON_DESK(she_chooses_whose_words_stay_with_both_side_by_side),
        ON_DESK(two_people_who_look_alike_are_said_to_be_two_until_that_is_undone),
        ON_DESK(search_finds_people_each_once_with_their_circles),
        ON_DESK(forgetting_lists_what_goes_and_what_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
