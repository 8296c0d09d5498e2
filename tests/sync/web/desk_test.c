/* The desk: its pages on a real office, changes that are shown before they are done, and
 * what tries to get in. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/one_desk.h"

#include <stdlib.h>
#include <string.h>

#define MARKUP "<img src=x onerror=alert(1)>\"'&"

/* Two have places, two wait; each text that a form brings is markup in one of them. */
static int
open_desk(void **state)
{
    (void)open_desk_with(state,
        "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"
        "10-2-2025 09:20,mo@twee.example,Mohammed Vos,OBS Twee,brugfunctionaris,Oost\n"
        "10-2-2025 09:30,zoe@drie.example,Zoë de Bruin,OBS Drie,brugfunctionaris,Oost\n"
        "10-2-2025 09:40,dik@vier.example,\"<img src=x onerror=alert(1)>\"\"'& Vos\","
        "\"<img src=x onerror=alert(1)>\"\"'&\",brugfunctionaris,Oost\n",
        BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 4);
    return 0;
}

static const char *const pages[] = {"/", "/kringen", "/kringen?zoek=zwolle&staat=planned",
    "/kring/S-1", "/kring/S-1?lijst=wacht&sorteer=naam", "/kring/S-1?lijst=afgemeld",
    "/kring/S-1?lijst=geweest", "/mensen?q=obs", "/mensen?q=nobody", "/live",
    "/live/groot", "/ontruiming", "/zuilen", "/zuilen/nieuw", "/inlezen", "/instellingen",
    "/mail", "/uitzoeken", "/verslag", "/geschiedenis", "/toetsen"};
enum { PAGES = sizeof pages / sizeof pages[0] };

/* ---- pages ---- */

static void
every_page_answers_in_both_languages(void **state)
{
    (void)state;
    for (int language = 0; language < 2; language++) {
        for (size_t i = 0; i < PAGES; i++) {
            if (desk_get(&desk, pages[i]) != 200) {
                fail_msg("%s: %d: %s", pages[i], desk.reply.status, desk_body(&desk));
            }
            shows(language == 0 ? "<html lang=\"nl\">" : "<html lang=\"en\">");
            assert_true(desk.reply.personal);
        }
        assert_int_equal(desk_post(&desk, "/taal", "taal=en"), 303);
    }
}

static void
today_says_what_there_is_to_do_and_how_many_places_are_taken(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("Leerkring Zwolle");
    shows("2 van 2 plekken bezet");
    shows("Leerkring Zwolle: 4 mensen krijgen nog te horen hoe het nu is");
    hides("S-1: "); /* a code is small print */
    hides("afgelast");
    assert_int_equal(office_run(&office, "session", "cancel", "S-1", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("0 van 0 plekken bezet");
    shows("1 kring afgelast");
}

static void
a_circles_lists_search_and_sort_in_the_address(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    shows("Anna Visser");
    hides("Zoë de Bruin");
    assert_int_equal(desk_get(&desk, "/kring/S-1?lijst=wacht"), 200);
    shows("Zoë de Bruin");
    assert_int_equal(desk_get(&desk, "/kring/S-1?lijst=wacht&zoek=zoe"), 200);
    shows("Zoë de Bruin");
    shows("1 van 2");
    assert_int_equal(desk_get(&desk, "/kring/S-1?zoek=isser"), 200);
    hides("Anna Visser");
    shows("Niemand gevonden");
    assert_int_equal(desk_get(&desk, "/kring/S-1?sorteer=tijd"), 200);
    const char *anna = strstr(desk_body(&desk), "Anna Visser");
    assert_true(anna != NULL && strstr(anna, "Mohammed Vos") != NULL);
}

static void
one_that_is_found_is_opened_and_has_a_history(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/mensen?q=anna"), 303);
    assert_int_equal(strncmp(desk.reply.location, "/mens/", 6), 0);
    assert_int_equal(desk_follow(&desk), 200);
    shows("anna@een.example");
    shows("Leerkring Zwolle");
    assert_int_equal(desk_get(&desk, "/mens/0000-0000"), 404);
    assert_int_equal(desk_get(&desk, "/kring/NERGENS"), 404);
    shows("Zoek op naam of code, of kijk bij Kringen.");
    assert_int_equal(desk_post(&desk, "/stukken", "doe=nergens"), 400);
    shows("Ga terug, kijk na wat er is ingevuld of gekozen");
}

static void
before_its_end_nobody_is_a_no_show(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/verslag"), 200);
    shows("Tussenstand");
    shows("<td class=\"n\">–</td>");
    assert_int_equal(desk_get(&desk, "/verslag/NERGENS"), 404);
}

/* ---- changes ---- */

/* The picture of a deed to one person; their code, as the form has it. */
static const char *
picture(const char *deed, const char *first_name)
{
    static char form[200];
    (void)snprintf(form, sizeof form, "doe=%s&lijst=plek&mens=%s", deed,
        office_code(&office, first_name));
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 200);
    return form;
}

static int
carry_out(const char *form)
{
    char whole[512];
    (void)snprintf(
        whole, sizeof whole, "%s&aantal=1&beeld=%s", form, desk_field(&desk, "beeld"));
    return desk_post(&desk, "/kring/S-1", whole);
}

static int64_t
status_of(const char *first_name)
{
    char sql[120];
    (void)snprintf(sql, sizeof sql,
        "SELECT status FROM registration WHERE first_name = '%s'", first_name);
    return office_number(&office, sql);
}

/* WD2 */
static void
a_cancellation_is_shown_then_done_then_taken_back(void **state)
{
    (void)state;
    char *before = office_dump(&office);
    const char *form = picture("afmelden", "Anna");
    shows("Er is nog niets veranderd");
    shows("1 plek komt vrij voor wie wacht");
    char *after = office_dump(&office);
    assert_string_equal(before, after); /* WD2 */
    free(before);
    free(after);
    assert_int_equal(carry_out(form), 303);
    assert_int_equal(status_of("Anna"), BW_CANCELLED);
    assert_true(desk.desk.changed);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Anna Visser is afgemeld.");
    shows("Maak ongedaan");
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(status_of("Anna"), BW_CONFIRMED);
}

static void
what_somebody_changed_meanwhile_is_shown_anew_and_not_done(void **state)
{
    (void)state;
    const char *form = picture("afmelden", "Anna");
    assert_int_equal(
        office_run(&office, "cancel", office_code(&office, "Anna"), NULL), BW_EXIT_DONE);
    int64_t steps = office_number(&office, "SELECT count(*) FROM step");
    assert_int_equal(carry_out(form), 200);
    shows("Iemand anders veranderde dit net");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"), steps);
}

static void
a_picture_that_was_made_up_does_nothing(void **state)
{
    char form[200];
    (void)state;
    (void)snprintf(form, sizeof form, "doe=afmelden&mens=%s&beeld=%064d",
        office_code(&office, "Anna"), 0);
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 200);
    assert_int_equal(status_of("Anna"), BW_CONFIRMED);
}

static void
a_free_place_goes_to_who_waits_first(void **state)
{
    (void)state;
    assert_int_equal(carry_out(picture("afmelden", "Anna")), 303);
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    shows("Eerste op de wachtlijst: Zoë de Bruin");
    assert_int_equal(desk_post(&desk, "/kring/S-1", "doe=plek&aantal=1"), 200);
    shows("Zoë de Bruin");
    assert_int_equal(carry_out("doe=plek"), 303);
    assert_int_equal(status_of("Zoë"), BW_CONFIRMED);
}

static void
several_people_are_one_deed_and_one_undo(void **state)
{
    char form[400];
    (void)state;
    int used =
        snprintf(form, sizeof form, "doe=afmelden&mens=%s", office_code(&office, "Anna"));
    (void)snprintf(form + used, sizeof form - (size_t)used, "&mens=%s",
        office_code(&office, "Mohammed"));
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 200);
    assert_int_equal(carry_out(form), 303);
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    shows("2 mensen zijn afgemeld.");
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(status_of("Anna"), BW_CONFIRMED);
    assert_int_equal(status_of("Mohammed"), BW_CONFIRMED);
}

static int64_t
steps(void)
{
    return office_number(&office, "SELECT count(*) FROM step");
}

/* Where one of them is refused nobody is changed. */
static void
several_people_are_all_changed_or_none_is(void **state)
{
    char form[400];
    (void)state;
    assert_int_equal(
        office_run(&office, "cancel", office_code(&office, "Mohammed"), NULL),
        BW_EXIT_DONE);
    int used =
        snprintf(form, sizeof form, "doe=ticket&mens=%s", office_code(&office, "Anna"));
    (void)snprintf(form + used, sizeof form - (size_t)used, "&mens=%s",
        office_code(&office, "Mohammed"));
    int64_t before = steps();
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 409);
    assert_int_equal(steps(), before);
}

/* Without the script the tick for all is all that the server hears. */
static void
all_of_a_list_are_ticked_by_one_tick(void **state)
{
    char form[400];
    (void)state;
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    shows("name=\"alles\" value=\"1\"");
    shows("name=\"getoond\"");
    int used = snprintf(form, sizeof form, "doe=afmelden&alles=1&getoond=%s",
        office_code(&office, "Anna"));
    (void)snprintf(form + used, sizeof form - (size_t)used, "&getoond=%s&mens=%s",
        office_code(&office, "Mohammed"), office_code(&office, "Anna"));
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 200);
    shows("2 mensen afmelden");
}

static void
a_row_has_a_menu_of_its_own_whoever_is_ticked(void **state)
{
    char form[400];
    (void)state;
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    shows("Acties<span class=\"vh\"> Anna Visser</span>");
    int used = snprintf(
        form, sizeof form, "lijst=plek&een=afmelden+%s", office_code(&office, "Anna"));
    (void)snprintf(form + used, sizeof form - (size_t)used, "&mens=%s",
        office_code(&office, "Mohammed"));
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 200);
    shows("Anna Visser");
    hides("Mohammed");
    assert_int_equal(desk_post(&desk, "/kring/S-1", "een=afmelden"), 400);
    assert_int_equal(desk_post(&desk, "/kring/S-1", "een=weg+x"), 400);
}

static void
a_block_asks_why_and_nobody_ticked_is_said(void **state)
{
    char form[300];
    (void)state;
    (void)picture("blokkeer", "Mohammed");
    (void)snprintf(form, sizeof form,
        "doe=blokkeer&mens=%s&beeld=%s&waarom=", office_code(&office, "Mohammed"),
        desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 409);
    assert_int_equal(status_of("Mohammed"), BW_CONFIRMED);
    assert_int_equal(desk_post(&desk, "/kring/S-1", "doe=afmelden"), 303);
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    shows("Kies eerst mensen");
    assert_int_equal(desk_post(&desk, "/kring/S-1", "doe=niets"), 400);
}

/* ---- what tries to get in ---- */

static void
without_a_session_no_page_says_anything(void **state)
{
    (void)state;
    desk.cookie[0] = '\0';
    for (size_t i = 0; i < PAGES; i++) {
        assert_int_equal(desk_get(&desk, pages[i]), 403);
        hides("Zwolle");
        hides("Anna");
    }
    assert_int_equal(desk_get(&desk, "/binnen?sleutel=geraden"), 403);
    assert_string_equal(desk.reply.cookie, "");
}

static void
a_session_that_rested_is_over_and_signing_out_ends_it(void **state)
{
    (void)state;
    desk.mono_ms += BW_WEB_REST_MS;
    assert_int_equal(desk_get(&desk, "/"), 403);
    desk_enter(&desk);
    assert_int_equal(desk_post(&desk, "/uit", "x=1"), 200);
    assert_int_equal(desk_get(&desk, "/"), 403);
}

static void
a_form_from_elsewhere_changes_nothing(void **state)
{
    char body[200], foreign[200];
    (void)state;
    (void)snprintf(body, sizeof body, "teken=%s&taal=en", desk.token);
    (void)snprintf(foreign, sizeof foreign, "teken=%064d&taal=en", 0);
    const struct bw_web_asked right = {.method = BW_WEB_POST,
        .target = "/taal",
        .host = "127.0.0.1:8190",
        .origin = "http://127.0.0.1:8190",
        .site = "same-origin",
        .cookie = desk.cookie,
        .content_type = "application/x-www-form-urlencoded",
        .body = body,
        .body_bytes = strlen(body)};
    struct bw_web_asked asked = right;
    asked.origin = NULL;
    assert_int_equal(desk_ask(&desk, &asked), 403);
    asked.origin = "http://evil.example";
    assert_int_equal(desk_ask(&desk, &asked), 403);
    asked = right;
    asked.site = "cross-site";
    assert_int_equal(desk_ask(&desk, &asked), 403);
    asked = right;
    asked.body = foreign;
    assert_int_equal(desk_ask(&desk, &asked), 403);
    asked = right;
    asked.content_type = "text/plain";
    assert_int_equal(desk_ask(&desk, &asked), 400);
    asked = right;
    asked.host = "evil.example:8190"; /* DNS that points here */
    assert_int_equal(desk_ask(&desk, &asked), 421);
    assert_int_equal(desk_ask(&desk, &right), 303);
}

static void
no_address_leads_out_of_the_desk(void **state)
{
    static const char *const wrong[] = {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
        "/desk.css/../../x", "/kring/..%2f..", "/.git", "/fonts/../desk.c", "/kring/%00",
        "http://evil.example/"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int status = desk_get(&desk, wrong[i]);
        assert_true(status == 400 || status == 404);
        hides("root:");
    }
}

static void
a_header_cant_be_written_by_what_somebody_typed(void **state)
{
    (void)state;
    assert_int_equal(
        desk_post(&desk, "/kring/S-1", "doe=afmelden&lijst=a%0d%0aSet-Cookie:x"), 303);
    assert_null(strpbrk(desk.reply.location, "\r\n "));
    assert_int_equal(desk_get(&desk, "/mensen?q=%0d%0aX-Evil:1"), 200);
    assert_string_equal(desk.reply.location, "");
}

static void
a_method_or_address_that_is_none_is_said(void **state)
{
    struct bw_web_asked asked = {.method = BW_WEB_OTHER,
        .target = "/taal",
        .host = "127.0.0.1:8190",
        .cookie = desk.cookie,
        .body = ""};
    (void)state;
    assert_int_equal(desk_ask(&desk, &asked), 405);
    assert_int_equal(desk_get(&desk, "/taal"), 405);
    assert_int_equal(desk_get(&desk, "/nergens"), 404);
}

/* WD1 */
static void
get_changes_nothing(void **state)
{
    (void)state;
    char *before = office_dump(&office);
    for (size_t i = 0; i < PAGES; i++) {
        assert_int_equal(desk_get(&desk, pages[i]) / 100, 2);
    }
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

/* ---- markup that somebody stored ---- */

static void
markup_in_any_field_is_text_on_every_page(void **state)
{
    (void)state;
    assert_int_equal(carry_out(picture("afmelden", "Mohammed")), 303);
    (void)office_number(&office, "SELECT count(*) FROM session");
    const char *sheet = office_write(&office, "sessions.csv",
        "code,series,title,kind,region,venue,address,starts_at,ends_at,capacity,audience"
        "\nS-9,\"r\",\"<img src=x onerror=alert(1)>\"\"'&\",leerkring,"
        "\"<img src=x onerror=alert(1)>\"\"'&\",\"<img src=x onerror=alert(1)>\"\"'&\","
        "\"<img src=x onerror=alert(1)>\"\"'&\",2025-03-17 11:30,2025-03-17 16:30,5,"
        "brugfunctionaris\n");
    assert_int_equal(
        office_run(&office, "import", "sessions", sheet, NULL), BW_EXIT_DONE);
    (void)office_write(&office, "pin.txt", "123456\n");
    assert_int_equal(office_run(&office, "enrol", "--session", "S-9", "--name", MARKUP,
                         "--pin-file", office_path(&office, "pin.txt"), "--out",
                         office_path(&office, "z.json"), NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "block", office_code(&office, "Anna"), "--why", MARKUP, NULL),
        BW_EXIT_DONE);
    static const char *const more[] = {"/kring/S-9", "/kring/S-1?lijst=wacht&zoek=%3Cimg",
        "/kringen?zoek=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "/mensen?q=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E", "/kring/%3Cimg%3E",
        "/mens/%3Cimg%20src=x%3E", "/verslag/%3Cimg%3E"};
    size_t shown = 0;
    for (size_t i = 0; i < PAGES + sizeof more / sizeof more[0]; i++) {
        int status = desk_get(&desk, i < PAGES ? pages[i] : more[i - PAGES]);
        assert_true(status == 200 || status == 404 || status == 303);
        hides("<img");
        hides("alert(1)>");
        hides("{{");
        shown += strstr(desk_body(&desk), "&lt;img") != NULL;
    }
    assert_true(shown >= 8);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(every_page_answers_in_both_languages),
        ON_DESK(today_says_what_there_is_to_do_and_how_many_places_are_taken),
        ON_DESK(a_circles_lists_search_and_sort_in_the_address),
        ON_DESK(one_that_is_found_is_opened_and_has_a_history),
        ON_DESK(before_its_end_nobody_is_a_no_show),
        ON_DESK(a_cancellation_is_shown_then_done_then_taken_back),
        ON_DESK(what_somebody_changed_meanwhile_is_shown_anew_and_not_done),
        ON_DESK(a_picture_that_was_made_up_does_nothing),
        ON_DESK(a_free_place_goes_to_who_waits_first),
        ON_DESK(several_people_are_one_deed_and_one_undo),
        ON_DESK(several_people_are_all_changed_or_none_is),
        ON_DESK(all_of_a_list_are_ticked_by_one_tick),
        ON_DESK(a_row_has_a_menu_of_its_own_whoever_is_ticked),
        ON_DESK(a_block_asks_why_and_nobody_ticked_is_said),
        ON_DESK(without_a_session_no_page_says_anything),
        ON_DESK(a_session_that_rested_is_over_and_signing_out_ends_it),
        ON_DESK(a_form_from_elsewhere_changes_nothing),
        ON_DESK(no_address_leads_out_of_the_desk),
        ON_DESK(a_header_cant_be_written_by_what_somebody_typed),
        ON_DESK(a_method_or_address_that_is_none_is_said),
        ON_DESK(get_changes_nothing),
        ON_DESK(markup_in_any_field_is_text_on_every_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
