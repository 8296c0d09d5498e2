/* Two languages at the desk: what goes wrong is said in the reader's, wholly. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/one_desk.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

static int
open_desk(void **state)
{
    return open_desk_with(state,
        "2025-02-10 10:00,a@x.nl,Anna Visser,OBS Brug,brugfunctionaris,Oost\n"
        "2025-02-10 10:01,b@x.nl,Bo Kuipers,OBS Brug,brugfunctionaris,Oost\n"
        "2025-02-10 10:02,c@x.nl,Cas Dijkstra,OBS Brug,brugfunctionaris,Oost\n",
        BW_EXIT_DONE);
}

/* ---- what a language is known by ---- */

/* Words that the other language doesn't have; in lower case, a blank on each side. */
static const char *const english[] = {" the ", " it ", " isn't ", " doesn't ", " there ",
    " nothing ", " that ", " give ", " says ", " with ", " and ", " first ", " file ",
    " no ", " are ", " its ", " from ", " to ", " takes ", " reading ", " looking ",
    " importing ", " before ", NULL};
static const char *const dutch[] = {" het ", " niet ", " een ", " geen ", " er ",
    " zijn ", " niets ", " geef ", " voor ", " met ", " eerst ", " bestand ", " dat ",
    " lezen ", " inlezen ", " zoeken ", " kring ", NULL};

/* What a reader sees of the page's middle: no tags, no signs, small letters. */
static char *
visible(const char *page)
{
    const char *at = strstr(page, "<main");
    at = at != NULL ? at : page;
    char *text = calloc(2, strlen(at) + 2);
    size_t used = 0;
    bool tag = false;
    assert_non_null(text);
    text[used++] = ' ';
    for (; *at != '\0'; at++) {
        bool letter =
            isalnum((unsigned char)*at) != 0 || *at == '\'' || (*at & 0x80) != 0;
        tag = *at == '<' || (tag && *at != '>');
        char shown = !tag && letter ? (char)tolower((unsigned char)*at) : ' ';
        if (shown != ' ' || text[used - 1] != ' ') {
            text[used++] = shown;
        }
    }
    text[used++] = ' ';
    return text;
}

static void
is_wholly(const char *const others[], const char *what)
{
    char *text = visible(desk_body(&desk));
    for (int i = 0; others[i] != NULL; i++) {
        const char *found = strstr(text, others[i]);
        if (found != NULL) {
            const char *begin = found - text > 60 ? found - 60 : text;
            fail_msg("%s: \"%s\" in: …%.160s…", what, others[i], begin);
        }
    }
    free(text);
}

/* ---- what goes wrong ---- */

/* A form, or a page where there is none. */
struct failure {
    const char *target, *form;
    int status;
};

static const struct failure failures[] = {
    {"/kring/NERGENS", NULL, 404},
    {"/mens/0000-0000", NULL, 404},
    {"/verslag/NERGENS", NULL, 404},
    {"/nergens", NULL, 404},
    {"/stukken/0123456789abcdef/0", NULL, 404},
    {"/kring/S-1", "doe=niets", 400},
    {"/kring/S-1/staat", "doe=afsluiten", 409},
    {"/kring/S-1/staat", "doe=niets", 400},
    {"/terug", "stap=99", 404},
    {"/terug", "stap=x", 400},
    {"/uitzoeken", "doe=zelfde&code=0000-0000", 200}, /* the page, which says so */
    {"/zuilen", "doe=trek-in&zuil=99", 404},
    {"/zuilen", "doe=trek-in&zuil=x", 400},
    {"/zuilen", "doe=neem-aan&zuil=99&woorden=a+b+c+d", 200}, /* as it is by now */
    {"/stukken", "doe=nergens", 400},
    {"/stukken", "doe=zuil&kring=S-1&naam=Deur&pin=12a456", 400},
    {"/instellingen", "naam=P&mail=x", 400},
    {"/taal", "taal=xx", 400},
};

static void
fail_all(const char *const others[])
{
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        const struct failure *f = &failures[i];
        int status = f->form == NULL ? desk_get(&desk, f->target)
                     : strcmp(f->target, "/instellingen") == 0
                         ? desk_keep(&desk, f->form)
                         : desk_post(&desk, f->target, f->form);
        if (status != f->status) {
            fail_msg("%s %s: %d: %s", f->target, f->form != NULL ? f->form : "", status,
                desk_body(&desk));
        }
        is_wholly(others, f->target);
    }
}

/* Files that hold nothing, or something else, and rows that are no registration. */
static const char *const files[][2] = {
    {"leeg.csv", ""},
    {"blad.pdf", "%PDF-1.4 x"},
    {"oud.xls", "\xd0\xcf\x11\xe0 x"},
    {"kop.csv", "Kleur,Maat\nrood,4\n"},
    {"aanhaling.csv", OFFICE_FORM "2025-02-10 10:00,\"d@x.nl,Dik\n"},
    {"dagen.csv",
        OFFICE_FORM "13-2-2025 10:00,d@x.nl,Dik Hoekstra,OBS Brug,brugfunctionaris,"
                    "Oost\n2/14/2025 10:00,e@x.nl,Eva Mulder,OBS Brug,"
                    "brugfunctionaris,Oost\n"},
    {"regels.csv",
        OFFICE_FORM "2025-02-10 10:04,a@x.nl,Ada Postma,OBS Brug,brugfunctionaris,"
                    "Oost\n"
                    "2025-02-10 10:05,f@x.nl,Flo Postma,OBS Brug,conrector,Oost\n"
                    "2025-02-10 10:06,g@x.nl,Gijs Bakker,OBS Brug,"
                    "brugfunctionaris,Zuidpool\n"
                    "2025-02-10 10:07,h@x.nl,Hans Smit,OBS Brug,brugfunctionaris,"
                    "Oost\n"
                    "2025-02-10 10:08,h@x.nl,Hans Smit,OBS Brug,brugfunctionaris,"
                    "Oost\n"
                    "2099-02-10 10:09,i@x.nl,Ida Zuidema,OBS Brug,"
                    "brugfunctionaris,Oost\n"
                    "gisteren,j@x.nl,Jo Ritsema,OBS Brug,brugfunctionaris,Oost\n"
                    "2025-02-10 10:10,,Zo\xc3\x83\xc2\xab Kok,OBS Brug,"
                    "geen brugfunctionaris,Oost\n"},
};

static void
give_all(const char *const others[])
{
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        assert_int_equal(
            desk_give(&desk, "/inlezen", "soort=aanmeldingen&kring=S-1", files[i], 1),
            303);
        assert_int_equal(desk_wait(&desk), 200);
        is_wholly(others, files[i][0]);
    }
}

/* What takes long says what went wrong on a thread of its own. */
static void
run_all(const char *const others[])
{
    static const char *const orders[] = {"doe=verslag&reeks=NERGENS",
        "doe=bewijzen&kring=S-1", "doe=verstuur&groep=ticket",
        "doe=tickets&kring=NERGENS"};
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        int status = desk_post(&desk, "/stukken", orders[i]);
        if (status == 303) {
            char address[BW_WEB_TARGET_BYTES_MAX];
            (void)snprintf(address, sizeof address, "%s", desk.reply.location);
            (void)desk_post(&desk, address, ""); /* what waits is stopped */
            (void)desk_wait(&desk);
        }
        is_wholly(others, orders[i]);
    }
}

static void
fail_in(const char *language, const char *const others[])
{
    char form[16];
    (void)snprintf(form, sizeof form, "taal=%s", language);
    assert_int_equal(desk_post(&desk, "/taal", form), 303);
    fail_all(others);
    give_all(others);
    run_all(others);
}

static void
what_goes_wrong_is_said_in_dutch_to_who_reads_dutch(void **state)
{
    (void)state;
    fail_in("nl", english);
}

static void
what_goes_wrong_is_said_in_english_to_who_reads_english(void **state)
{
    (void)state;
    fail_in("en", dutch);
}

/* They come one after the other, on the desk's one thread. */
static void
two_organisers_read_two_languages(void **state)
{
    struct browser other;
    (void)state;
    desk_open(&other, &office);
    desk_enter(&other);
    assert_int_equal(desk_post(&other, "/taal", "taal=en"), 303);
    assert_int_equal(desk_post(&desk, "/terug", "stap=99"), 404);
    shows("stap 99 terugdraaien: die is er niet");
    assert_int_equal(desk_post(&other, "/terug", "stap=99"), 404);
    desk_shows(&other, "taking back step 99: there is none");
    desk_close(&other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(what_goes_wrong_is_said_in_dutch_to_who_reads_dutch),
        ON_DESK(what_goes_wrong_is_said_in_english_to_who_reads_english),
        ON_DESK(two_organisers_read_two_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
