/* Inlezen before it happens, step by step: what was read and is asked, then what would
 * change; and afterwards what there is to do. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/page/import/one_import.h"

#include <stdio.h>

/* Who is given what, before it is. */
static void
who_waits_is_shown_with_their_number_and_where_they_have_a_place(void **state)
{
    static const char *const first[] = {"form.csv", OFFICE_FORM ANNA MO};
    (void)state;
    office_second_circle(&office, 1);
    const char *address = give("soort=aanmeldingen&kring=S-1", first, 1);
    hides("wachtlijst, nummer");
    assert_int_equal(press(address, "doe=neem"), 200);
    address = give("soort=aanmeldingen&kring=S-2", form, 1);
    (void)press(address, "doe=lees&kring-0=klopt"); /* they are known in the other */
    shows("wachtlijst, nummer 1");
    shows("heeft al plek in Leerkring Zwolle");
    shows("wachtlijst, nummer 2");
    assert_int_equal(people(), 2);
}

/* What is asked has a page of its own; what it leads to is the next. */
static void
what_is_asked_comes_before_what_changes(void **state)
{
    static const char *const odd[] = {"form.csv",
        "Tijdstempel,E-mailadres,Naam,Plek van dienst,Functie,Regio\n" ANNA MO};
    char second[BW_WEB_TARGET_BYTES_MAX + 8];
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", odd, 1);
    shows("<li aria-current=\"step\"><span class=\"nr\">2</span>Wat we lazen");
    shows("Welke kolom is: school?");
    shows("Bekijk wat er verandert");
    hides("value=\"neem\"");
    assert_int_equal(press(address, "doe=lees&vraag-0-0=0"), 200);
    shows("<li aria-current=\"step\"><span class=\"nr\">3</span>Wat er verandert");
    shows("Nieuw: 2");
    hides("Welke kolom is");
    (void)snprintf(second, sizeof second, "%s?stap=2", address);
    shows(second); /* back, without a script */
    assert_int_equal(desk_get(&desk, second), 200);
    shows("zoals jij zegt");
    hides("value=\"neem\"");
}

/* What was said in step 3 is there still when step 2 was looked at once more. */
static void
who_stays_out_stays_out_when_the_reading_is_looked_at_again(void **state)
{
    char second[BW_WEB_TARGET_BYTES_MAX + 8];
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", form, 1);
    assert_int_equal(press(address, "doe=lees&niet-0=3"), 200);
    shows("Nieuw: 2");
    (void)snprintf(second, sizeof second, "%s?stap=2", address);
    assert_int_equal(desk_get(&desk, second), 200);
    shows("<input type=\"hidden\" name=\"niet-0\" value=\"3\">");
    assert_int_equal(press(address, "doe=lees&niet-0=3"), 200);
    shows("Nieuw: 2");
}

/* One file that can't go in holds up none of the others, once it is left out. */
static void
each_file_has_its_judgement_and_may_be_left_out(void **state)
{
    static const char *const both[] = {
        "a.csv", OFFICE_FORM ANNA, "b.csv", "Naam\nZoë Bos\n"};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", both, 2);
    shows("Dit zit erin: 2 bestanden");
    shows("kan mee");
    shows("kan zo niet mee");
    hides("value=\"neem\"");
    assert_int_equal(press(address, "bestanden=1&doe=lees&uit-1=1"), 200);
    shows("blijft eruit");
    shows("Neem over: 1 nieuw, 0 gewijzigd");
    assert_int_equal(press(address, "bestanden=1&doe=neem"), 200); /* no longer ticked */
    assert_int_equal(people(), 0);
    assert_int_equal(press(address, "bestanden=1&doe=lees&uit-1=1"), 200);
    assert_int_equal(press(address, "bestanden=1&doe=neem&uit-1=1"), 200);
    shows("Overgenomen: 1 nieuw, 0 gewijzigd.");
    assert_int_equal(people(), 1);
}

static void
files_that_are_all_left_out_leave_nothing_to_take_over(void **state)
{
    static const char *const both[] = {
        "a.csv", OFFICE_FORM ANNA, "b.csv", OFFICE_FORM MO};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", both, 2);
    shows("value=\"neem\"");
    assert_int_equal(press(address, "bestanden=1&doe=lees&uit-0=1&uit-1=1"), 200);
    hides("value=\"neem\"");
}

/* What somebody should look at stands apart from what is merely odd. */
static void
what_is_to_be_looked_at_is_said_before_who_is_new(void **state)
{
    static const char *const odd[] = {"form.csv",
        OFFICE_FORM "10-2-2025 09:10,geen,Anna Visser,OBS Een,brugfunctionaris,Oost\n"};
    (void)state;
    (void)give("soort=aanmeldingen&kring=S-1", odd, 1);
    shows("Kijk even</h3><ul><li>één regel heeft geen mailadres waar er een hoort");
}

static void
columns_are_called_as_people_do_and_a_long_sample_says_it_goes_on(void **state)
{
    static const char *const circles[] = {"kringen.csv",
        "code,series,title,region,venue,starts_at,ends_at,capacity\n"
        "S-9,reeks,Leerkring Assen,Noord,"
        "Buurthuis De Brug aan het einde van de lange laan,2025-04-01T13:30,"
        "2025-04-01T16:30,50\n"};
    char second[96];
    (void)state;
    (void)snprintf(second, sizeof second, "%s?stap=2", give("soort=kringen", circles, 1));
    assert_int_equal(desk_get(&desk, second), 200);
    shows("selected>aantal plekken</option>");
    hides(">capacity</option>");
    shows("Buurthuis De Brug aan het einde van de …</td>");
}

static void
of_two_columns_that_differ_is_asked_which_it_is(void **state)
{
    static const char *const twice[] = {"form.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio,Naam\n"
        "10-2-2025 09:10,anna@een.example,A. V.,OBS Een,brugfunctionaris,Oost,"
        "Anna Visser\n"};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", twice, 1);
    shows("Welke kolom is: naam?");
    shows("<b>Naam#2</b><small>Anna Visser</small>");
    shows("6 van de 7 kolommen gelezen"); /* the others are known all the same */
    assert_int_equal(press(address, "doe=lees&vraag-0-0=1"), 200);
    shows("Neem over: 1 nieuw");
    shows("Anna Visser");
}

/* A married name: the likeliest of one mail address and one first name. */
static void
who_has_the_same_first_name_on_one_address_is_likely_the_same(void **state)
{
    static const char *const known[] = {"first.csv", OFFICE_FORM ANNA};
    static const char *const married[] = {"form.csv",
        OFFICE_FORM "11-2-2025 10:00,anna@een.example,Anna de Wit-Vos,OBS Een,"
                    "brugfunctionaris,Oost\n"};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", known, 1);
    assert_int_equal(press(address, "doe=neem"), 200);
    (void)give("soort=aanmeldingen&kring=S-1", married, 1);
    shows("name=\"twijfel-0-2\" value=\"zelfde\" checked");
}

/* Who hears of it, and until when it can be taken back. */
static void
what_it_leads_to_is_told_once_it_is_in(void **state)
{
    static const char *const mixed[] = {"form.csv", OFFICE_FORM ANNA MO ZOE
        "10-2-2025 09:40,,Jo Bos,OBS Vier,brugfunctionaris,Oost\n"};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", mixed, 1);
    assert_int_equal(press(address, "doe=neem"), 200);
    shows("3 mails staan klaar");
    shows("Ticket: 2. ");
    shows("Op de wachtlijst: 1. ");
    shows("1 mens is niet per mail te bereiken.");
    shows("Terugdraaien kan tot "); /* its end, and the days that people are kept */
    address = give("soort=aanmeldingen&kring=S-1", mixed, 1); /* and nobody twice */
    assert_int_equal(press(address, "doe=neem"), 200);
    shows("Door dit bestand staat er geen mail klaar");
    hides("Terugdraaien kan");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(who_waits_is_shown_with_their_number_and_where_they_have_a_place),
        ON_DESK(what_is_asked_comes_before_what_changes),
        ON_DESK(who_stays_out_stays_out_when_the_reading_is_looked_at_again),
        ON_DESK(each_file_has_its_judgement_and_may_be_left_out),
        ON_DESK(files_that_are_all_left_out_leave_nothing_to_take_over),
        ON_DESK(what_is_to_be_looked_at_is_said_before_who_is_new),
        ON_DESK(columns_are_called_as_people_do_and_a_long_sample_says_it_goes_on),
        ON_DESK(of_two_columns_that_differ_is_asked_which_it_is),
        ON_DESK(who_has_the_same_first_name_on_one_address_is_likely_the_same),
        ON_DESK(what_it_leads_to_is_told_once_it_is_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
