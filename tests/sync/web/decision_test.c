/* The desk on whole circles, and what it asks the organiser: called off, moved, closed
 * and opened again, doubts settled; each shown or said, and each taken back. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/one_desk.h"

#include "office/step.h"

#include <stdlib.h>
#include <string.h>

#define NEW_VENUE "SELECT count(*) FROM session WHERE venue = 'De Nieuwe Kolk'"

/* Anna has a place; somebody with her mail address is in doubt. */
static int
open_desk(void **state)
{
    (void)open_desk_with(state,
        "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"
        "10-2-2025 09:20,anna@een.example,Bram Bos,OBS Twee,brugfunctionaris,Oost\n",
        BW_EXIT_LOOK);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0"), 1);
    return 0;
}

/* The picture of what `form` does to the circle, confirmed. */
static int
carry_out(const char *form)
{
    char whole[512];
    char *before = office_dump(&office);
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat", form), 200);
    shows("Er is nog niets veranderd");
    char *after = office_dump(&office);
    assert_string_equal(before, after); /* WD2 */
    free(before);
    free(after);
    (void)snprintf(whole, sizeof whole, "%s&beeld=%s", form, desk_field(&desk, "beeld"));
    return desk_post(&desk, "/kring/S-1/staat", whole);
}

static int
take_back(void)
{
    char form[64];
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    (void)snprintf(
        form, sizeof form, "stap=%s&naar=/kring/S-1", desk_field(&desk, "stap"));
    return desk_post(&desk, "/terug", form);
}

static void
calling_off_says_who_hears_of_it_and_is_taken_back_as_a_whole(void **state)
{
    (void)state;
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat", "doe=afgelasten"), 200);
    shows("mensen krijgen bericht");
    shows("Anna Visser");
    assert_int_equal(carry_out("doe=afgelasten&waarom=storm"), 303);
    assert_int_equal(office_number(&office, "SELECT called_off_ms > 0 FROM session"), 1);
    assert_int_equal(take_back(), 303);
    assert_string_equal(desk.reply.location, "/kring/S-1");
    assert_int_equal(office_number(&office, "SELECT called_off_ms FROM session"), 0);
}

static void
a_change_of_place_shows_what_was_and_what_becomes(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/kring/S-1/wijzig"), 200);
    char form[512];
    (void)snprintf(form, sizeof form, "doe=verplaatsen&begin=%.16s&plaats=De+Nieuwe+Kolk",
        desk_field(&desk, "begin"));
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat", form), 200);
    shows("<b>De Nieuwe Kolk</b>");
    assert_int_equal(
        carry_out("doe=verplaatsen&begin=2025-03-26+14:00&plaats=De+Nieuwe+Kolk"), 303);
    assert_int_equal(office_number(&office, NEW_VENUE), 1);
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    shows("14.00");
    assert_int_equal(take_back(), 303);
    assert_int_equal(office_number(&office, NEW_VENUE), 0);
}

static void
a_circle_that_was_called_off_meanwhile_is_not_called_off_twice(void **state)
{
    char form[300];
    (void)state;
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat", "doe=afgelasten"), 200);
    (void)snprintf(
        form, sizeof form, "doe=afgelasten&beeld=%s", desk_field(&desk, "beeld"));
    assert_int_equal(office_run(&office, "session", "cancel", "S-1", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat", form), 409);
    shows("Er is niets veranderd");
}

static void
opening_again_needs_a_reason(void **state)
{
    (void)state;
    assert_int_equal(carry_out("doe=afgelasten"), 303);
    assert_int_equal(carry_out("doe=heropenen"), 409);
    assert_int_equal(carry_out("doe=heropenen&waarom=toch"), 303);
    assert_int_equal(office_number(&office, "SELECT called_off_ms FROM session"), 0);
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat", "doe=afsluiten"), 409);
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat", "doe=niets"), 400);
}

/* Adds to a form "&twijfel-CODE=WAY PICTURE", of the page that was shown. */
static void
answer(const char *person, const char *way, char *ret_form, size_t capacity)
{
    char field[64], *value;
    (void)snprintf(field, sizeof field, "name=\"twijfel-%s\" value=\"%s ", person, way);
    value = strstr(desk_body(&desk), field);
    assert_non_null(value);
    value += strlen(field);
    size_t used = strlen(ret_form);
    (void)snprintf(ret_form + used, capacity - used, "&twijfel-%s=%s+%.*s", person, way,
        (int)strcspn(value, "\""), value);
}

static void
a_doubt_is_settled_and_taken_back(void **state)
{
    char form[300] = "doe=twijfels", bram[16];
    (void)state;
    (void)snprintf(bram, sizeof bram, "%s", office_code(&office, "Bram"));
    assert_int_equal(desk_get(&desk, "/uitzoeken"), 200);
    shows("gebruikt het mailadres van iemand anders");
    shows("Bram Bos");
    shows("Daarna: heeft plek, met een nieuw ticket");
    answer(bram, "ander", form, sizeof form);
    assert_int_equal(desk_post(&desk, "/uitzoeken", form), 303);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0"), 0);
    assert_int_equal(desk_post(&desk, "/uitzoeken", form), 200); /* it was settled */
    shows("Iemand anders veranderde dit net");
    assert_int_equal(desk_get(&desk, "/uitzoeken"), 200);
    shows("Alles is uitgezocht");
    assert_int_equal(take_back(), 303);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0"), 1);
    (void)snprintf(form, sizeof form, "doe=twijfels&twijfel-%s=misschien", bram);
    assert_int_equal(desk_post(&desk, "/uitzoeken", form), 400);
    (void)snprintf(form, sizeof form, "doe=twijfels&twijfel-%s=later", bram);
    assert_int_equal(desk_post(&desk, "/uitzoeken", form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Kies eerst een antwoord");
}

/* Twenty-five more who use Anna's address: a page, and another one. */
static void
a_page_of_doubts_is_answered_at_once_and_none_is_hidden(void **state)
{
    char lines[4096] = "", form[8192] = "doe=twijfels&waarom=nagevraagd", who[16];
    (void)state;
    for (int i = 0; i < 25; i++) {
        size_t used = strlen(lines);
        (void)snprintf(lines + used, sizeof lines - used,
            "10-2-2025 10:%02d,anna@een.example,P%c Q%c,OBS Twee,brugfunctionaris,Oost\n",
            i, 'a' + i, 'z' - i);
    }
    assert_int_equal(office_sign_up(&office, lines), BW_EXIT_LOOK);
    assert_int_equal(desk_get(&desk, "/uitzoeken"), 200);
    shows("26 dingen om uit te zoeken");
    shows("Bladzijde 1 van 2");
    for (int i = 0; i < 20; i++) {
        char name[8] = "Bram";
        if (i > 0) {
            (void)snprintf(name, sizeof name, "P%c", 'a' + i - 1);
        }
        (void)snprintf(who, sizeof who, "%s", office_code(&office, name));
        answer(who, i % 2 == 0 ? "ander" : "niet", form, sizeof form);
    }
    assert_int_equal(desk_get(&desk, "/uitzoeken?blad=2"), 200);
    shows("Bladzijde 2 van 2");
    shows("Py Qb");
    assert_int_equal(desk_post(&desk, "/uitzoeken?blad=2", form), 303);
    assert_int_equal(desk_follow(&desk), 303); /* there's no second page any more */
    assert_int_equal(desk_follow(&desk), 200);
    shows("20 twijfels zijn beslist.");
    shows("6 dingen om uit te zoeken");
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0"), 6);
    assert_int_equal(take_back(), 303);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0"), 26);
}

/* A hundred and twenty steps: two pages of them, and none is hidden. */
static void
the_history_goes_back_to_its_first_step(void **state)
{
    (void)state;
    struct bw_central *central = desk.desk.office.central;
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_central_begin(central, &err), BW_OK);
    for (int i = 0; i < 120; i++) {
        assert_int_equal(
            bw_step_begin(&desk.desk.office, "session", "S-1", "", 0, &err), BW_OK);
    }
    assert_int_equal(bw_central_commit(central, &err), BW_OK);
    int64_t count = office_number(&office, "SELECT count(*) FROM step");
    char first[32], last[32];
    (void)snprintf(first, sizeof first, "value=\"%lld\"", (long long)count);
    (void)snprintf(last, sizeof last, "name=\"stap\" value=\"1\"");
    assert_int_equal(desk_get(&desk, "/geschiedenis"), 200);
    shows(first);
    desk_hides(&desk, last);
    shows("?blad=2");
    assert_int_equal(desk_get(&desk, "/geschiedenis?blad=2"), 200);
    desk_hides(&desk, first);
    shows(last);
    shows("?blad=1");
}

/* Anna signed up for another circle under another address. */
static void
two_records_are_joined_as_was_shown_and_parted_by_a_click(void **state)
{
    char anna[16], form[256], address[64];
    (void)state;
    (void)snprintf(anna, sizeof anna, "%s", office_code(&office, "Anna"));
    (void)snprintf(address, sizeof address, "/mens/%s", anna);
    (void)snprintf(
        form, sizeof form, "doe=zelfde&ander=%s", office_code(&office, "Bram"));
    assert_int_equal(desk_post(&desk, address, form), 200);
    shows("Welke naam, school en mailadres blijven?");
    (void)snprintf(form, sizeof form, "doe=zelfde&ander=%s&beeld=%s",
        office_code(&office, "Bram"), desk_field(&desk, "beeld"));
    assert_int_equal(office_number(&office, "SELECT count(*) FROM person WHERE"
                                            " identity <> ''"),
        2);
    assert_int_equal(desk_post(&desk, address, form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Samengevoegd: Bram Bos.");
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(desk_post(&desk, address, "doe=zelfde&ander=niemand"), 404);
    assert_int_equal(desk_post(&desk, address, "doe=iets"), 400);
}

static void
forgetting_says_what_goes_and_asks_for_the_last_name(void **state)
{
    char address[64], form[256];
    (void)state;
    (void)snprintf(address, sizeof address, "/mens/%s", office_code(&office, "Anna"));
    assert_int_equal(desk_post(&desk, address, "doe=vergeet"), 200);
    shows("Dit kan niet terug");
    shows("1 plek of beurt die nog komt, vervalt");
    (void)snprintf(form, sizeof form, "doe=vergeet&naam=Visscher&beeld=%s",
        desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, address, form), 409);
    shows("Dat is niet de achternaam.");
    assert_true(office_holds(&office, "anna@een.example"));
    (void)snprintf(form, sizeof form, "doe=vergeet&naam=vísser&beeld=%s",
        desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, address, form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Vergeten.");
    assert_int_equal(office_number(&office,
                         "SELECT count(*) FROM registration WHERE first_name = 'Anna'"),
        0);
}

/* The desk's circle S-1, and two to go to: one with places and a full one. */
static void
open_other_circles(void)
{
    const char *path = office_write(&office, "others.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Arnhem,leerkring,Oost,Huis,2025-03-27T13:30,"
        "2025-03-27T16:30,1,brugfunctionaris\n"
        "S-3,reeks,Leerkring Tilburg,leerkring,Zuid,LocHal,2025-04-10T13:30,"
        "2025-04-10T16:30,6,brugfunctionaris\n");
    assert_int_equal(office_run(&office, "import", "sessions", path, NULL), BW_EXIT_DONE);
    path = office_write(&office, "others_form.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
        "10-2-2025 09:10,vol@x.example,Vera Vol,OBS Vol,brugfunctionaris,Oost\n");
    assert_int_equal(
        office_run(&office, "import", "registrations", path, "--session", "S-2", NULL),
        BW_EXIT_DONE);
}

static int64_t
annas_in(const char *session)
{
    char sql[256];
    (void)snprintf(sql, sizeof sql,
        "SELECT count(*) FROM registration r JOIN session s ON s.session_no ="
        " r.session_no WHERE r.first_name = 'Anna' AND r.status = 0 AND s.code = '%s'",
        session);
    return office_number(&office, sql);
}

/* Anna, and Cas whose place is new: both are on one picture, and one step. */
static void
who_is_ticked_goes_together_and_comes_back_together(void **state)
{
    char form[300], people[100];
    (void)state;
    open_other_circles();
    const char *path = office_write(&office, "cas.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
        "10-2-2025 09:30,cas@een.example,Cas Vos,OBS Een,brugfunctionaris,Oost\n");
    assert_int_equal(
        office_run(&office, "import", "registrations", path, "--session", "S-1", NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_post(&desk, "/kring/S-1", "doe=verplaats"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Kies eerst mensen in de lijst.");
    size_t used = (size_t)snprintf(
        people, sizeof people, "doe=verplaats&mens=%s", office_code(&office, "Cas"));
    (void)snprintf(
        people + used, sizeof people - used, "&mens=%s", office_code(&office, "Anna"));
    assert_int_equal(desk_post(&desk, "/kring/S-1", people), 200);
    shows("2 mensen verplaatsen");
    shows("ze krijgen allemaal plek");
    shows("alle 2 komen op de wachtlijst");
    shows("Cas Vos");
    (void)snprintf(form, sizeof form, "%s&naar=S-3&gezien=S-3&beeld=%s", people,
        desk_field(&desk, "beeld"));
    assert_int_equal(annas_in("S-1"), 1);
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("2 mensen zijn verplaatst naar Leerkring Tilburg.");
    assert_int_equal(annas_in("S-3"), 1);
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(annas_in("S-1"), 1);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"
                                            " WHERE first_name = 'Cas'"
                                            " AND status IN (0, 1)"),
        1);
}

static void
somebody_goes_to_another_circle_as_was_shown_and_comes_back_by_a_click(void **state)
{
    char address[64], form[256];
    (void)state;
    open_other_circles();
    (void)snprintf(
        address, sizeof address, "/mens/%s/verplaats", office_code(&office, "Anna"));
    assert_int_equal(desk_get(&desk, address), 200);
    shows("Nu: plek in ");
    shows("Verplaats naar Leerkring Tilburg"); /* the one with places comes first */
    shows("6 vrij · krijgt meteen plek");
    shows("vol: komt op de wachtlijst, nummer 1");
    assert_int_equal(desk_post(&desk, address, "naar=S-2"), 200);
    shows("Verplaats naar Leerkring Arnhem");
    assert_int_equal(annas_in("S-1"), 1);
    (void)snprintf(
        form, sizeof form, "naar=S-3&gezien=S-2&beeld=%s", desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, address, form), 200); /* another was looked at */
    (void)snprintf(
        form, sizeof form, "naar=S-3&gezien=S-3&beeld=%s", desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, address, form), 303);
    assert_int_equal(annas_in("S-3"), 1);
    assert_int_equal(annas_in("S-1"), 0);
    assert_int_equal(desk_follow(&desk), 200);
    shows("is verplaatst naar Leerkring Tilburg");
    shows("naar Leerkring Tilburg"); /* beside the circle that was left */
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(annas_in("S-1"), 1);
}

static void
a_colleague_gets_the_place_as_was_shown_and_gives_it_back_by_a_click(void **state)
{
    char address[64], form[256];
    (void)state;
    (void)snprintf(
        address, sizeof address, "/mens/%s/collega", office_code(&office, "Anna"));
    assert_int_equal(desk_get(&desk, address), 200);
    shows("Naam van de collega");
    assert_int_equal(
        desk_post(&desk, address, "collega=Dina+Boer&mail=d%40x.nl&school=OBS+Een"), 200);
    shows("Geef de plek aan Dina Boer");
    assert_int_equal(annas_in("S-1"), 1);
    (void)snprintf(form, sizeof form,
        "collega=Dina+Boer&mail=d%%40x.nl&school=OBS+Een&beeld=%s",
        desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, address, form), 303);
    assert_int_equal(annas_in("S-1"), 0);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Dina Boer heeft nu de plek in");
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(annas_in("S-1"), 1);
    assert_int_equal(desk_post(&desk, address, "collega=Dina+Boer&mail=geen"), 409);
    shows("Dit is geen mailadres");
    shows("value=\"Dina Boer\"");
}

static void
where_a_place_went_meanwhile_nothing_is_done_and_it_is_said(void **state)
{
    char address[64], form[256];
    (void)state;
    open_other_circles();
    (void)snprintf(
        address, sizeof address, "/mens/%s/verplaats", office_code(&office, "Anna"));
    assert_int_equal(desk_post(&desk, address, "naar=S-2"), 200);
    (void)snprintf(
        form, sizeof form, "naar=S-2&gezien=S-2&beeld=%s", desk_field(&desk, "beeld"));
    assert_int_equal(office_run(&office, "cancel", "vera vol", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_post(&desk, address, form), 200);
    shows("Iemand anders veranderde dit net");
    assert_int_equal(annas_in("S-1"), 1);
    assert_int_equal(desk_get(&desk, "/mens/0000-0000/verplaats"), 404);
    (void)snprintf(address, sizeof address, "/mens/%s/weg", office_code(&office, "Anna"));
    assert_int_equal(desk_get(&desk, address), 404);
}

static void
an_undo_leads_nowhere_but_to_the_desk(void **state)
{
    static const char *const wrong[] = {
        "http://evil.example/", "//evil.example", "/../x", "javascript:alert(1)"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char form[200];
        assert_int_equal(carry_out("doe=afgelasten"), 303);
        assert_int_equal(desk_get(&desk, "/"), 200);
        (void)snprintf(
            form, sizeof form, "stap=%s&naar=%s", desk_field(&desk, "stap"), wrong[i]);
        assert_int_equal(desk_post(&desk, "/terug", form), 303);
        assert_string_equal(desk.reply.location, "/geschiedenis");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(calling_off_says_who_hears_of_it_and_is_taken_back_as_a_whole),
        ON_DESK(a_change_of_place_shows_what_was_and_what_becomes),
        ON_DESK(a_circle_that_was_called_off_meanwhile_is_not_called_off_twice),
        ON_DESK(opening_again_needs_a_reason),
        ON_DESK(a_doubt_is_settled_and_taken_back),
        ON_DESK(the_history_goes_back_to_its_first_step),
        ON_DESK(a_page_of_doubts_is_answered_at_once_and_none_is_hidden),
        ON_DESK(two_records_are_joined_as_was_shown_and_parted_by_a_click),
        ON_DESK(forgetting_says_what_goes_and_asks_for_the_last_name),
        ON_DESK(somebody_goes_to_another_circle_as_was_shown_and_comes_back_by_a_click),
        ON_DESK(who_is_ticked_goes_together_and_comes_back_together),
        ON_DESK(a_colleague_gets_the_place_as_was_shown_and_gives_it_back_by_a_click),
        ON_DESK(where_a_place_went_meanwhile_nothing_is_done_and_it_is_said),
        ON_DESK(an_undo_leads_nowhere_but_to_the_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
