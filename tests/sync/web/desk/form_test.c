/* What is typed wrong, in whatever form of the desk: it is said at its field, the rest
 * stands there as it was typed, and nothing was changed. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/one_desk.h"

#include <stdio.h>
#include <stdlib.h>

static int
open_desk(void **state)
{
    return open_desk_with(state,
        "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"
        "10-2-2025 09:20,bram@een.example,Bram Bos,OBS Twee,brugfunctionaris,Oost\n",
        BW_EXIT_DONE);
}

/* The sentence at a field: which is marked as wrong, and described by it. */
static void
says_at(const char *id, const char *sentence)
{
    char text[400];
    (void)snprintf(text, sizeof text, "id=\"%s-f\">%s", id, sentence);
    shows(text);
    shows("aria-invalid=\"true\"");
    shows("Er is niets veranderd");
}

static const char *
anna(const char *rest)
{
    static char address[80];
    (void)snprintf(
        address, sizeof address, "/mens/%s%s", office_code(&office, "Anna"), rest);
    return address;
}

/* What stays as it was typed beside the mistake, at most. */
enum { KEPT = 3 };

static const struct mistake {
    const char *address; /* "!…": of Anna */
    const char *form;
    const char *field, *sentence;
    const char *kept[KEPT];
} mistakes[] = {
    {"!/collega", "collega=Cas+de+Wit&mail=cas&school=De+Zwaan", "mail",
        "Dit is geen mailadres", {"Cas de Wit", "cas", "De Zwaan"}},
    {"!/collega", "collega=Cas+de+Wit&mail=cas%40school&school=De+Zwaan", "mail",
        "Dit is geen mailadres", {"Cas de Wit", "cas@school", "De Zwaan"}},
    {"!/collega", "collega=Anna+Visser&mail=anna%40een.example&school=OBS+Een", "collega",
        "de plek van ", {"Anna Visser", "anna@een.example", "OBS Een"}},
    {"!", "doe=zelfde&ander=niemand+hier", "ander",
        "aanmelding &quot;niemand hier&quot; zoeken: ", {"niemand hier"}},
    {"!", "doe=zelfde&ander=", "ander", "een formulier lezen: zeg wie dezelfde mens is",
        {NULL}},
    {"/kring/S-1/staat",
        "doe=verplaatsen&begin=morgen&einde=2025-03-25+16:00&plaats=Kolk", "begin",
        "verplaatsen van S-1: &quot;morgen&quot; is geen datum en tijd",
        {"morgen", "2025-03-25 16:00", "Kolk"}},
    {"/kring/S-1/staat",
        "doe=verplaatsen&begin=2025-03-26+14:00&einde=2025-03-26+13:00&plaats=Kolk",
        "einde", "verplaatsen van S-1: hij zou eindigen voor hij begint",
        {"2025-03-26 14:00", "2025-03-26 13:00", "Kolk"}},
    {"/kring/S-1/staat", "doe=verplaatsen&begin=2025-03-01+14:00&plaats=Kolk", "begin",
        "verplaatsen van S-1: hij zou in het verleden beginnen",
        {"2025-03-01 14:00", "Kolk"}},
    {"/instellingen", "naam=Programma&contact=Ria&telefoon=06&mail=ria&privacy=x", "mail",
        "Dit is geen mailadres", {"Programma", "Ria", "ria"}},
    {"/instellingen", "groep=server&server=mail.example&inlognaam=org&tempo=20", "server",
        "Zo staat een mailserver er", {"mail.example", "org", "20"}},
    {"/instellingen", "groep=server&server=smtp%3A%2F%2Fm.example&inlognaam=o+r&tempo=20",
        "inlognaam", "In een inlognaam", {"smtp://m.example", "o r", "20"}},
    {"/instellingen", "groep=server&server=&inlognaam=org&tempo=snel", "tempo",
        "Geef een getal", {"org", "snel"}},
    {"/instellingen", "groep=bewaren&dagen=180&kopie=-3", "kopie", "Geef een getal",
        {"180", "-3"}},
    {"/instellingen", "groep=bewaren&dagen=0&kopie=3", "dagen", "Geef een getal",
        {"0", "3"}},
    {"/instellingen", "groep=verslag&scholen=veel", "scholen", "Geef een getal",
        {"veel"}},
    {"/instellingen", "groep=regio&woord=&regio=Oost", "woord", "Geef het woord", {NULL}},
    {"/stukken", "doe=proef&naar=ria", "naar", "Dit is geen mailadres", {"ria"}},
    {"/stukken", "doe=zuil&kring=S-1&naam=Balie&pin=12&zuil=", "pin", "Een pincode",
        {"Balie", "12"}},
    {"/stukken", "doe=zuil&kring=S-1&naam=&pin=123456&zuil=", "naam",
        "een zuil koppelen: de naam is leeg", {"123456"}},
    {"/stukken", "doe=zuil&kring=S-1&naam=Balie&pin=123456&zuil=99", "zuil",
        "Er is geen zuil", {"Balie", "123456", "99"}},
    {"/stukken", "doe=zuil&kring=S-1&naam=Balie&pin=123456&zuil=x", "zuil",
        "Er is geen zuil", {"Balie", "123456", "x"}},
};

static void
each_mistake_comes_back_at_its_field_with_what_was_typed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        const struct mistake *m = &mistakes[i];
        char *before = office_dump(&office), value[200];
        const char *address = m->address[0] == '!' ? anna(m->address + 1) : m->address;
        int status = strcmp(address, "/instellingen") == 0
                         ? desk_keep(&desk, m->form)
                         : desk_post(&desk, address, m->form);
        if (status < 400 || status >= 500) {
            fail_msg("%s: %d", m->form, status);
        }
        says_at(m->field, m->sentence);
        for (int k = 0; k < KEPT && m->kept[k] != NULL; k++) {
            (void)snprintf(value, sizeof value, "value=\"%s\"", m->kept[k]);
            shows(value);
        }
        char *after = office_dump(&office);
        assert_string_equal(before, after);
        free(before);
        free(after);
    }
}

/* A reason is asked for with the picture, and comes back with it. */
static void
a_reason_that_lacks_or_is_too_long_comes_back_with_the_picture(void **state)
{
    (void)state;
    char form[900], reason[300];
    memset(reason, 'x', sizeof reason - 1);
    reason[sizeof reason - 1] = '\0';
    (void)snprintf(form, sizeof form, "doe=blokkeer&lijst=plek&mens=%s",
        office_code(&office, "Anna"));
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 200);
    size_t used = strlen(form);
    used += (size_t)snprintf(
        form + used, sizeof form - used, "&beeld=%s", desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 409);
    says_at("waarom", "Schrijf in een paar woorden waarom");
    (void)snprintf(form + used, sizeof form - used, "&waarom=%s", reason);
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 409);
    says_at("waarom", "Dit is te lang");
    shows(reason);
    (void)snprintf(form + used, sizeof form - used, "&waarom=gebeld");
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 303);
}

static void
forgetting_keeps_the_name_that_was_typed_wrong(void **state)
{
    (void)state;
    char form[200];
    const char *address = anna("");
    assert_int_equal(desk_post(&desk, address, "doe=vergeet"), 200);
    (void)snprintf(form, sizeof form, "doe=vergeet&naam=Vissers&beeld=%s",
        desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, address, form), 409);
    says_at("naam", "Dat is niet de achternaam");
    shows("value=\"Vissers\"");
}

/* What no field is wrong about is said above the form, and that stays as well. */
static void
what_is_about_no_field_is_said_above_the_form(void **state)
{
    (void)state;
    const char *address = anna("/collega");
    assert_int_equal(
        office_run(&office, "cancel", office_code(&office, "Anna"), NULL), BW_EXIT_DONE);
    assert_int_equal(desk_post(&desk, address, "collega=Cas+de+Wit&mail=&school=S"), 409);
    shows("Dit lukt zo niet");
    shows("value=\"Cas de Wit\"");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(each_mistake_comes_back_at_its_field_with_what_was_typed),
        ON_DESK(a_reason_that_lacks_or_is_too_long_comes_back_with_the_picture),
        ON_DESK(forgetting_keeps_the_name_that_was_typed_wrong),
        ON_DESK(what_is_about_no_field_is_said_above_the_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
