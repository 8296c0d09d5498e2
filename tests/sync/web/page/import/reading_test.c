/* Inlezen says how a file was read, and each of it can be said otherwise before it goes
 * in: columns, spellings of regions, the circle. */
#define ONE_OFFICE_PLACES 5
#include "tests/sync/web/one_desk.h"

#include <stdlib.h>
#include <string.h>

#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie,Regio,Nog vragen?\n"
#define ROW(at, who, region, asks)                                                       \
    "10-2-2025 09:" at "," who "@een.example," who                                       \
    " Vos,OBS Een,brugfunctionaris," region "," asks "\n"

/* S-1 is Leerkring Zwolle; S-2 another circle of its series. */
static int
open_desk(void **state)
{
    (void)open_desk_with(state, NULL, BW_EXIT_DONE);
    office_second_circle(&office, 20);
    return 0;
}

static char address[BW_WEB_TARGET_BYTES_MAX];

static void
give(const char *session, const char *name, const char *text)
{
    const char *const file[] = {name, text};
    char fields[64];
    (void)snprintf(fields, sizeof fields, "soort=aanmeldingen&kring=%s", session);
    assert_int_equal(desk_give(&desk, "/inlezen", fields, file, 1), 303);
    (void)snprintf(address, sizeof address, "%s", desk.reply.location);
    assert_int_equal(desk_wait(&desk), 200);
}

static void
press(const char *more)
{
    char picture[BW_WEB_KEY_BYTES], *sent = NULL;
    (void)snprintf(picture, sizeof picture, "%s", desk_field(&desk, "beeld"));
    assert_true(asprintf(&sent, "ronde=%s&beeld=%s&%s", desk_field(&desk, "ronde"),
                    picture, more) > 0);
    assert_int_equal(desk_post(&desk, address, sent), 303);
    assert_int_equal(desk_wait(&desk), 200);
    free(sent);
}

/* Step 2 of a file of which nothing is asked. */
static void
look_at_reading(void)
{
    char there[BW_WEB_TARGET_BYTES_MAX + 8];
    (void)snprintf(there, sizeof there, "%s?stap=2", address);
    assert_int_equal(desk_get(&desk, there), 200);
}

static void
all_that_was_understood_is_shown(void **state)
{
    (void)state;
    give("", "Aanmelden leerkring Zwolle (Antwoorden).csv",
        HEADING ROW("10", "Ank", "Oost", "Is er koffie?")
            ROW("11", "Bob", "regio oost", ""));
    shows("<b>Leerkring Zwolle</b>");
    shows("De naam van het bestand noemt Leerkring Zwolle.");
    shows("Van de 2 mensen die erin staan, kennen we nog niemand.");
    shows("2 van de 2 zijn van regio Oost.");
    shows("6 van de 7 kolommen gelezen");
    hides("<select name=\"kolom");
    look_at_reading();
    shows("<select name=\"kolom-0-2\" aria-label=\"Lees Naam als\">");
    shows("<option value=\"name\" selected>");
    shows("Is er koffie?");
    shows("Regio’s: 2 schrijfwijzen, 1 regio");
    shows("<mark>regio oost</mark> ");
    shows("<b>Ank Vos</b> · OBS Een · Oost · ");
    hides("De bestandsnaam zegt"); /* nothing else speaks */
}

static void
a_column_is_read_otherwise_once_that_was_seen(void **state)
{
    (void)state;
    give("S-1", "form.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio,Zo heet ik\n"
        "10-2-2025 09:10,a@een.example,A. Vos,OBS Een,brugfunctionaris,Oost,Ank Vos\n");
    look_at_reading();
    shows("A. Vos");
    press("doe=neem&kolom-0-2=-&kolom-0-6=name"); /* another picture than that */
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 0);
    look_at_reading();
    shows("<b>Ank Vos</b> · OBS Een");
    shows("zoals jij zegt");
    press("doe=neem&kolom-0-2=-&kolom-0-6=name");
    shows("Overgenomen: 1 nieuw, 0 gewijzigd.");
    assert_string_equal(
        office_text(&office, "SELECT first_name FROM registration"), "Ank|");
    give("S-1", "form.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio,Zo heet ik\n"
        "10-2-2025 09:11,b@een.example,B. Bos,OBS Een,brugfunctionaris,Oost,Bob Bos\n");
    look_at_reading();
    shows("<b>Bob Bos</b> · OBS Een"); /* and is remembered */
    shows("zoals je eerder zei");
}

static void
a_file_whose_columns_arent_known_is_no_dead_end(void **state)
{
    (void)state;
    give("S-1", "form.csv",
        "wanneer dan,wie dan,waar dan,wat dan\n"
        "10-2-2025 09:10,Ank Vos,OBS Een,brugfunctionaris\n");
    shows("Dit bestand kan zo niet mee");
    shows("<select name=\"kolom-0-0\"");
    press("doe=lees&kolom-0-0=timestamp&kolom-0-1=name&kolom-0-2=school&kolom-0-3=role");
    press("doe=lees&vraag-0-0=-&vraag-0-1=-"); /* mail and the like: it has none */
    shows("Neem over: 1 nieuw, 0 gewijzigd");
}

static void
a_spelling_of_a_region_is_said_otherwise(void **state)
{
    (void)state;
    give("S-1", "form.csv", HEADING ROW("10", "Ank", "Twente", ""));
    press("doe=lees&vraag-0-0=0"); /* it is Oost */
    look_at_reading();
    shows("<mark>Twente</mark> → <b>Oost</b> (1 keer)");
    shows("name=\"regio-0-0\"");
    press("doe=neem&regio-0-0=-");
    look_at_reading();
    hides("<mark>Twente</mark>");
    press("doe=neem&regio-0-0=-");
    assert_string_equal(
        office_text(&office, "SELECT region FROM registration"), "Twente|");
}

/* What isn't shown is said. */
static void
spellings_beyond_those_that_are_shown_are_counted(void **state)
{
    static const char *const before[] = {"", "Regio ", "regio ", "REGIO "};
    char text[8192] = HEADING;
    (void)state;
    for (int i = 0; i < 63; i++) { /* "Oost", "oost", "Regio OOst" … */
        char oost[] = "Oost";
        size_t used = strlen(text);
        for (int at = 0; at < 4; at++) {
            oost[at] = (char)((i >> at) % 2 == 0 ? oost[at] & ~0x20 : oost[at] | 0x20);
        }
        (void)snprintf(text + used, sizeof text - used,
            "10-2-2025 09:%02d,p%d@een.example,P%c%c Vos,OBS Een,brugfunctionaris,"
            "%s%s,\n",
            i % 60, i, 'a' + i / 26, 'a' + i % 26, before[i / 16], oost);
    }
    give("S-1", "form.csv", text);
    look_at_reading();
    shows("En nog 3 rijen met andere schrijfwijzen.");
}

/* The likeliest is chosen beforehand, with why. */
static void
the_circle_that_it_looks_like_is_one_click(void **state)
{
    (void)state;
    give("S-1", "Leerkring Almelo.csv", HEADING ROW("10", "Ank", "Oost", ""));
    shows("Dit formulier lijkt van Leerkring Almelo, niet van Leerkring Zwolle");
    shows("De naam van het bestand noemt Leerkring Almelo.");
    shows("name=\"kring-0\" value=\"S-2\" checked");
    hides("--yes");
    press("doe=lees&kring-0=S-2");
    shows("<b>Leerkring Almelo</b>");
    press("doe=lees&kring-0=S-1"); /* it is changed once more, and asked about again */
    shows("Dit formulier lijkt van Leerkring Almelo");
    press("doe=lees&kring-0=klopt");
    shows("<b>Leerkring Zwolle</b>");
    press("doe=neem&kring-0=S-1");
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration r JOIN session s ON"
                               " s.session_no = r.session_no WHERE s.code = 'S-1'"),
        1);
}

static void
another_circle_than_the_two_is_chosen_beside(void **state)
{
    (void)state;
    give("S-1", "Leerkring Almelo.csv", HEADING ROW("10", "Ank", "Oost", ""));
    press("doe=lees&kring-0=anders&andere-0=S-2");
    shows("<b>Leerkring Almelo</b>");
}

static void
what_a_hostile_file_says_turns_no_page_around(void **state)
{
    (void)state;
    give("S-1", "form.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio,\xe2\x80\xae<b>gpj\n"
        "10-2-2025 09:10,a@een.example,Ank Vos,OBS Een,brugfunctionaris,Oost,"
        "\xe2\x81\xa6</td><script>\n");
    hides("\xe2\x80\xae");
    hides("\xe2\x81\xa6");
    hides("<b>gpj");
    shows("???&lt;b&gt;gpj");
    hides("<script>");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(all_that_was_understood_is_shown),
        ON_DESK(a_column_is_read_otherwise_once_that_was_seen),
        ON_DESK(a_file_whose_columns_arent_known_is_no_dead_end),
        ON_DESK(a_spelling_of_a_region_is_said_otherwise),
        ON_DESK(spellings_beyond_those_that_are_shown_are_counted),
        ON_DESK(the_circle_that_it_looks_like_is_one_click),
        ON_DESK(another_circle_than_the_two_is_chosen_beside),
        ON_DESK(what_a_hostile_file_says_turns_no_page_around),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
