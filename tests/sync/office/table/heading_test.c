/* Headings as people word them, in Dutch and English. */
#include "office/table/csv_columns.h"
#include "office/table/heading.h"
#include "office/import/read/sign_up.h"
#include "tests/sync/testing.h"

#include <string.h>

/* The field that takes a heading; -1: none. */
static int
field_of(const char *heading)
{
    for (int i = 0; bw_sign_up_fields[i].name != NULL; i++) {
        if (bw_heading_is(bw_sign_up_fields[i].headings, heading)) {
            return i;
        }
    }
    return -1;
}

static void
natural_headings_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *heading;
        enum bw_sign_up_field field;
    } cases[] = {
        {"Tijdstempel", BW_SIGN_UP_TIMESTAMP},
        {"Timestamp", BW_SIGN_UP_TIMESTAMP},
        {"Tijdstip van inschrijving", BW_SIGN_UP_TIMESTAMP},
        {"Datum aanmelding", BW_SIGN_UP_TIMESTAMP},
        {"Datum van aanmelding", BW_SIGN_UP_TIMESTAMP},
        {"Ingevuld op", BW_SIGN_UP_TIMESTAMP},
        {"Ingediend op", BW_SIGN_UP_TIMESTAMP},
        {"Voltooiingstijd", BW_SIGN_UP_TIMESTAMP},
        {"Completion time", BW_SIGN_UP_TIMESTAMP},
        {"Submitted at", BW_SIGN_UP_TIMESTAMP},
        {"E-mailadres", BW_SIGN_UP_EMAIL},
        {"Email Address", BW_SIGN_UP_EMAIL},
        {"E-mail", BW_SIGN_UP_EMAIL},
        {"E-mail adres", BW_SIGN_UP_EMAIL},
        {"Je e-mailadres", BW_SIGN_UP_EMAIL},
        {"Wat is je e-mailadres?", BW_SIGN_UP_EMAIL},
        {"E-mailadres (werk)", BW_SIGN_UP_EMAIL},
        {"Mailadres van school", BW_SIGN_UP_EMAIL},
        {"E-mailadres van je school", BW_SIGN_UP_EMAIL},
        {"Your e-mail", BW_SIGN_UP_EMAIL},
        {"Gebruikersnaam", BW_SIGN_UP_EMAIL},
        {"Naam", BW_SIGN_UP_NAME},
        {"Je naam", BW_SIGN_UP_NAME},
        {"Wat is je naam?", BW_SIGN_UP_NAME},
        {"Wat is uw naam?", BW_SIGN_UP_NAME},
        {"Voor- en achternaam", BW_SIGN_UP_NAME},
        {"Voornaam en achternaam", BW_SIGN_UP_NAME},
        {"Naam (voor- en achternaam)", BW_SIGN_UP_NAME},
        {"Volledige naam", BW_SIGN_UP_NAME},
        {"Naam deelnemer", BW_SIGN_UP_NAME},
        {"Naam van de deelnemer", BW_SIGN_UP_NAME},
        {"Full name", BW_SIGN_UP_NAME},
        {"Your name", BW_SIGN_UP_NAME},
        {"Voornaam", BW_SIGN_UP_FIRST_NAME},
        {"Je voornaam", BW_SIGN_UP_FIRST_NAME},
        {"Roepnaam", BW_SIGN_UP_FIRST_NAME},
        {"Tussenvoegsel", BW_SIGN_UP_INFIX},
        {"Achternaam", BW_SIGN_UP_LAST_NAME},
        {"Last name", BW_SIGN_UP_LAST_NAME},
        {"School", BW_SIGN_UP_SCHOOL},
        {"Naam school", BW_SIGN_UP_SCHOOL},
        {"Naam van je school", BW_SIGN_UP_SCHOOL},
        {"Op welke school werk je?", BW_SIGN_UP_SCHOOL},
        {"Bij welke school werk je?", BW_SIGN_UP_SCHOOL},
        {"School en plaats", BW_SIGN_UP_SCHOOL},
        {"School (naam en plaats)", BW_SIGN_UP_SCHOOL},
        {"School / organisatie", BW_SIGN_UP_SCHOOL},
        {"Organisatie", BW_SIGN_UP_SCHOOL},
        {"Schoolnaam", BW_SIGN_UP_SCHOOL},
        {"Functie", BW_SIGN_UP_ROLE},
        {"Wat is je functie?", BW_SIGN_UP_ROLE},
        {"Functie op school", BW_SIGN_UP_ROLE},
        {"Rol", BW_SIGN_UP_ROLE},
        {"Functie/rol", BW_SIGN_UP_ROLE},
        {"Wat is je rol op school?", BW_SIGN_UP_ROLE},
        {"Wat doe je op school?", BW_SIGN_UP_ROLE},
        {"What is your role?", BW_SIGN_UP_ROLE},
        {"Regio", BW_SIGN_UP_REGION},
        {"In welke regio werk je?", BW_SIGN_UP_REGION},
        {"Regio waarin je werkt", BW_SIGN_UP_REGION},
        {"Welke regio?", BW_SIGN_UP_REGION},
        {"Leerkring", BW_SIGN_UP_SESSION},
        {"Welke leerkring?", BW_SIGN_UP_SESSION},
        {"Voor welke leerkring meld je je aan?", BW_SIGN_UP_SESSION},
        {"Datum en tijd", BW_SIGN_UP_TIMESTAMP},
        {"Invuldatum", BW_SIGN_UP_TIMESTAMP},
        {"Aangemeld op", BW_SIGN_UP_TIMESTAMP},
        {"Date submitted", BW_SIGN_UP_TIMESTAMP},
        {"Zakelijk e-mailadres", BW_SIGN_UP_EMAIL},
        {"School e-mail", BW_SIGN_UP_EMAIL},
        {"Op welk e-mailadres kunnen we je bereiken?", BW_SIGN_UP_EMAIL},
        {"Hoe heet je?", BW_SIGN_UP_NAME},
        {"Wie ben je?", BW_SIGN_UP_NAME},
        {"Naam brugfunctionaris", BW_SIGN_UP_NAME},
        {"What is your name?", BW_SIGN_UP_NAME},
        {"First name", BW_SIGN_UP_FIRST_NAME},
        {"Voorvoegsel", BW_SIGN_UP_INFIX},
        {"Surname", BW_SIGN_UP_LAST_NAME},
        {"Schoolnaam en plaats", BW_SIGN_UP_SCHOOL},
        {"Naam van de school waar je werkt", BW_SIGN_UP_SCHOOL},
        {"School waar je werkzaam bent", BW_SIGN_UP_SCHOOL},
        {"Waar werk je?", BW_SIGN_UP_SCHOOL},
        {"Werkgever", BW_SIGN_UP_SCHOOL},
        {"Name of your school", BW_SIGN_UP_SCHOOL},
        {"School where you work", BW_SIGN_UP_SCHOOL},
        {"Which school do you work at?", BW_SIGN_UP_SCHOOL},
        {"Wat is jouw functie binnen de school?", BW_SIGN_UP_ROLE},
        {"Job title", BW_SIGN_UP_ROLE},
        {"Uit welke regio kom je?", BW_SIGN_UP_REGION},
        {"Regio (kies er een)", BW_SIGN_UP_REGION},
        {"In which region is your school?", BW_SIGN_UP_REGION},
        {"Which region do you work in?", BW_SIGN_UP_REGION},
        {"Welke leerkring wil je bijwonen?", BW_SIGN_UP_SESSION},
        {"Naar welke leerkring kom je?", BW_SIGN_UP_SESSION},
        {"Leerkring van voorkeur", BW_SIGN_UP_SESSION},
        {"Aan welke leerkring doe je mee?", BW_SIGN_UP_SESSION},
        {"Which circle would you like to attend?", BW_SIGN_UP_SESSION},
        {"Datum inzending", BW_SIGN_UP_TIMESTAMP},
        {"Verzonden op", BW_SIGN_UP_TIMESTAMP},
        {"Datum en tijdstip", BW_SIGN_UP_TIMESTAMP},
        {"Tijdstip van aanmelden", BW_SIGN_UP_TIMESTAMP},
        {"Submitted on", BW_SIGN_UP_TIMESTAMP},
        {"Created at", BW_SIGN_UP_TIMESTAMP},
        {"Op welk e-mailadres ben je bereikbaar?", BW_SIGN_UP_EMAIL},
        {"Mail deelnemer", BW_SIGN_UP_EMAIL},
        {"Participant email", BW_SIGN_UP_EMAIL},
        {"Name of participant", BW_SIGN_UP_NAME},
        {"Attendee name", BW_SIGN_UP_NAME},
        {"Naam aanmelder", BW_SIGN_UP_NAME},
        {"Voornaam van de deelnemer", BW_SIGN_UP_FIRST_NAME},
        {"Naam van je school / kindcentrum", BW_SIGN_UP_SCHOOL},
        {"Op welke school ben je brugfunctionaris?", BW_SIGN_UP_SCHOOL},
        {"Hoe heet je school?", BW_SIGN_UP_SCHOOL},
        {"Naam en plaats van je school", BW_SIGN_UP_SCHOOL},
        {"Where do you work?", BW_SIGN_UP_SCHOOL},
        {"School or organisation", BW_SIGN_UP_SCHOOL},
        {"Mijn functie is", BW_SIGN_UP_ROLE},
        {"Huidige functie", BW_SIGN_UP_ROLE},
        {"Functienaam", BW_SIGN_UP_ROLE},
        {"What is your role at school?", BW_SIGN_UP_ROLE},
        {"Beroep / functie", BW_SIGN_UP_ROLE},
        {"Arbeidsmarktregio", BW_SIGN_UP_REGION},
        {"In welke regio staat je school?", BW_SIGN_UP_REGION},
        {"Onder welke regio valt je school?", BW_SIGN_UP_REGION},
        {"Your school's region", BW_SIGN_UP_REGION},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int field = field_of(cases[i].heading);
        if (field != (int)cases[i].field) {
            fail_msg("%s: %d", cases[i].heading, field);
        }
    }
}

static void
other_questions_are_not_taken_for_fields(void **state)
{
    (void)state;
    static const char *const others[] = {"Opmerkingen", "Dieetwensen", "Telefoonnummer",
        "Naam leidinggevende", "E-mailadres leidinggevende",
        "Hoe lang werk je op school?", "Heb je een vraag over de regio-indeling?",
        "Wat is je?", "", "???", "Ben je brugfunctionaris?", "Adres van de school",
        "Mogen we je mail sturen?", "Mogen we je naam delen?", "Naam tweede deelnemer",
        "Aantal deelnemers", "Hoe lang ben je brugfunctionaris?",
        "Hoe lang is je school al aangesloten?", "Geboortedatum", "Tijd"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (field_of(others[i]) >= 0) {
            fail_msg("%s: %d", others[i], field_of(others[i]));
        }
    }
}

static bool
is_near(enum bw_sign_up_field field, const char *heading)
{
    return bw_heading_is_near(bw_sign_up_fields[field].headings, heading);
}

static void
headings_that_are_nearly_known_are_told(void **state)
{
    (void)state;
    assert_true(is_near(BW_SIGN_UP_SCHOOL, "Schol of organisatie"));
    assert_true(is_near(BW_SIGN_UP_SCHOOL, "Hoe heet de school waar je werkt"));
    assert_true(is_near(BW_SIGN_UP_REGION, "Regio (zie de kaart) van je school"));
    assert_true(is_near(BW_SIGN_UP_EMAIL, "Emialadres"));
    assert_true(is_near(BW_SIGN_UP_TIMESTAMP, "Tijdstemple"));
    assert_false(is_near(BW_SIGN_UP_SCHOOL, "Opmerkingen"));
    assert_false(is_near(BW_SIGN_UP_SCHOOL, "Telefoonnummer school"));
    assert_false(is_near(BW_SIGN_UP_SCHOOL, "Adres van de school (straat, plaats)"));
    assert_false(is_near(BW_SIGN_UP_SCHOOL, "Hoe lang werk je op deze school?"));
    assert_false(is_near(BW_SIGN_UP_NAME, "Naam van je leidinggevende"));
    assert_false(is_near(BW_SIGN_UP_TIMESTAMP, "Geboortedatum"));
    assert_false(is_near(BW_SIGN_UP_EMAIL, "E-mailadres leidinggevende"));
    assert_false(is_near(BW_SIGN_UP_REGION, "Heb je een vraag over de regio?"));
    assert_false(is_near(BW_SIGN_UP_EMAIL, "Telefoon"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(natural_headings_are_known),
        cmocka_unit_test(other_questions_are_not_taken_for_fields),
        cmocka_unit_test(headings_that_are_nearly_known_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
