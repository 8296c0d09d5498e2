/* What the desk has the program's commands do: tickets, mail, sheets and reports, whose
 * files are fetched; and what is decided on kiosks and on how the office is called. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/one_desk.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
open_desk(void **state)
{
    return open_desk_with(state,
        "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"
        "10-2-2025 09:20,mo@twee.example,Mo Vos,OBS Twee,brugfunctionaris,Oost\n"
        "10-2-2025 09:30,zoe@drie.example,Zoë Bos,OBS Drie,brugfunctionaris,Oost\n",
        BW_EXIT_DONE);
}

/* Until it is over; the address of its page. */
static const char *
run(const char *form)
{
    static char address[BW_WEB_TARGET_BYTES_MAX];
    assert_int_equal(desk_post(&desk, "/stukken", form), 303);
    (void)snprintf(address, sizeof address, "%s", desk.reply.location);
    assert_int_equal(desk_wait(&desk), 200);
    return address;
}

static int
fetch(const char *address, const char *which)
{
    char target[BW_WEB_TARGET_BYTES_MAX + 16];
    (void)snprintf(target, sizeof target, "%s/%s", address, which);
    return desk_get(&desk, target);
}

static bool
begins(const char *bytes)
{
    return desk.reply.bytes > strlen(bytes) &&
           memcmp(desk.reply.body, bytes, strlen(bytes)) == 0;
}

static void
tickets_are_made_and_fetched_each_and_all_at_once(void **state)
{
    (void)state;
    const char *address = run("doe=tickets&kring=S-1");
    shows("Leerkring Zwolle");
    shows("sheets.pdf");
    shows("tickets.csv");
    shows(">Anna Visser<");
    /* what is for all stands before a person's own */
    assert_int_equal(fetch(address, "0"), 200);
    assert_string_equal(desk.reply.download, "sheets.pdf");
    assert_string_equal(desk.reply.type, "application/octet-stream");
    assert_true(desk.reply.download[0] != '\0' && desk.reply.personal);
    assert_int_equal(fetch(address, "alles"), 200);
    assert_true(begins("PK"));
    assert_string_equal(desk.reply.download, "alles.zip");
}

static void
a_backup_is_made_from_the_settings_and_its_phrase_is_shown(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("value=\"reserve\"");
    const char *address = run("doe=reserve");
    shows("Alleen deze zin opent de kopie");
    shows("brugwachter.bwb");
    assert_int_equal(fetch(address, "0"), 200);
    assert_string_equal(desk.reply.download, "brugwachter.bwb");
    assert_true(desk.reply.personal && desk.reply.bytes > 0);
}

/* Nothing of it stays but the file; how it ends is said beside it. */
static void
a_staff_card_is_made_from_the_kiosks_page_and_each_is_another(void **state)
{
    static char first[1 << 20];
    (void)state;
    int64_t steps = office_number(&office, "SELECT count(*) FROM step");
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    shows("name=\"doe\" value=\"kaart\"");
    const char *address = run("doe=kaart");
    shows("medewerkerskaart.pdf");
    shows("verwijder daarna het bestand");
    shows("dan werkt de oude op die zuil niet meer");
    assert_int_equal(fetch(address, "0"), 200);
    assert_true(begins("%PDF") && desk.reply.personal);
    assert_true(desk.reply.bytes < sizeof first);
    size_t length = desk.reply.bytes;
    memcpy(first, desk.reply.body, length);
    address = run("doe=kaart");
    assert_int_equal(fetch(address, "0"), 200);
    assert_true(
        desk.reply.bytes != length || memcmp(desk.reply.body, first, length) != 0);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"), steps);
}

/* WE1 */
static void
no_address_fetches_what_the_command_didnt_make(void **state)
{
    static const char *const wrong[] = {"-1", "200", "99", "x", "0x", "..", "0%00", "pin",
        "%2e%2e%2fpin", "99999999999999999999"};
    (void)state;
    const char *address = run("doe=deur&kring=S-1");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int status = fetch(address, wrong[i]);
        if (status != 404 && status != 400) {
            fail_msg("%s: %d", wrong[i], status);
        }
    }
    assert_int_equal(desk_get(&desk, "/stukken/0123456789abcdef/0"), 404);
    assert_int_equal(desk_get(&desk, "/stukken//0"), 400);
}

static void
a_value_of_a_form_is_no_option_of_a_command(void **state)
{
    static const char *const forms[] = {"doe=tickets&kring=--out%3D/tmp/x",
        "doe=verslag&reeks=--help", "doe=mens&mens=--help",
        "doe=tickets&kring=", "doe=zuil&kring=S-1&naam=", "doe=init",
        "doe=mens&mens={uit}", "doe="};
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        int status = desk_post(&desk, "/stukken", forms[i]);
        if (status == 303) { /* the command says what is wrong with it */
            assert_int_equal(desk_wait(&desk), 200);
            shows("Dat lukte niet");
        } else if (status != 400 && status != 404) {
            fail_msg("%s: %d", forms[i], status);
        }
    }
}

static void
a_mail_is_shown_written_and_taken_back_where_it_never_went(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/mail?mail=3"), 200);
    shows("Dag Zoë,");
    shows("3 van 3");
    const char *address = run("doe=mail&hoe=eml&groep=ticket&groep=waiting");
    shows("Zijn ze weg?");
    assert_int_equal(fetch(address, "alles"), 200);
    assert_true(begins("PK"));
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    shows("<h1>Zijn ze weg?</h1>");
    assert_int_equal(desk_post(&desk, "/mail", "zending=1"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("3 mensen staan weer klaar.");
    shows("3 mails staan klaar");
    (void)run("doe=mail&hoe=lijst&groep=ticket");
    shows("samenvoegen.xlsx");
}

/* WE2 */
static void
sending_begins_a_minute_later_and_stops_before_anybody_heard(void **state)
{
    (void)state;
    assert_int_equal(
        desk_post(&desk, "/stukken", "doe=mail&hoe=verstuur&groep=ticket"), 303);
    char address[BW_WEB_TARGET_BYTES_MAX];
    (void)snprintf(address, sizeof address, "%s", desk.reply.location);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Begint over");
    assert_true(desk.reply.again_s > 0);
    assert_int_equal(desk_post(&desk, address, ""), 303);
    assert_int_equal(desk_wait(&desk), 200);
    shows("Dat lukte niet");
    shows("gestopt voordat het begon");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 0);
}

static void
a_kiosk_is_enrolled_with_a_pin_that_is_shown_and_revoked(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/zuilen/nieuw?kring=S-1"), 200);
    shows("Pincode voor medewerkers");
    assert_int_equal(
        desk_post(&desk, "/stukken", "doe=zuil&kring=S-1&naam=Deur&pin=12a456"), 400);
    const char *address = run("doe=zuil&kring=S-1&naam=Deur&pin=123456");
    shows("De pincode is 123456");
    shows("kiosk-1.pdf");
    shows("Het blad (pdf)");
    assert_int_equal(fetch(address, "0"), 200);
    assert_true(begins("{\"brugwachter_enrolment\":2"));
    (void)run("doe=zuil&kring=S-1&naam=Tuin");
    shows("De pincode is ");
    assert_int_equal(desk_post(&desk, "/zuilen", "doe=trek-in&zuil=1"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Zuil 1 is verwijderd.");
    hides("<small>1 · S-1</small>");
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM device WHERE state = 2"), 1);
    assert_int_equal(desk_post(&desk, "/zuilen", "doe=trek-in&zuil=x"), 400);
    assert_int_equal(desk_post(&desk, "/zuilen", "doe=trek-in&zuil=99"), 404);
}

/* What the form chose, the enrolment holds; the stick is one button further. */
static void
each_circle_without_a_kiosk_gets_one_by_one_button_and_a_stick_after_it(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/zuilen/nieuw"), 200);
    shows("Alle kringen zonder zuil tegelijk (1)");
    shows("Bovenaan: kringen zonder zuil");
    assert_int_equal(
        desk_post(&desk, "/stukken", "doe=zuilen&kring=S-1&naam=Deur&weg=folder:/x"),
        400);
    const char *address = run("doe=zuilen&kring=S-1&naam=Deur&weg=none&pin=123456");
    shows("De zuilen staan klaar");
    shows("De pincode is 123456");
    shows("Nu de USB-stick");
    shows("Alle bladen in één pdf");
    assert_int_equal(fetch(address, "4"), 200);
    assert_true(begins("%PDF"));
    assert_int_equal(fetch(address, "0"), 200);
    assert_non_null(strstr(desk.reply.body, "\"carriers\":[]"));
    assert_int_equal(desk_get(&desk, "/zuilen/nieuw"), 200);
    hides("Alle kringen zonder zuil");
    (void)run("doe=stick&zuil=1");
    shows("De lijst voor de USB-stick");
    shows("bw-roster-1-");
    (void)run("doe=zuil&kring=S-1&naam=Tuin&weg=");
    hides("Nu de USB-stick");
}

static void
a_report_is_fetched_workbook_first_and_all_of_one_person(void **state)
{
    char form[64];
    (void)state;
    const char *report = run("doe=verslag&reeks=reeks");
    shows("report.xlsx");
    assert_int_equal(fetch(report, "0"), 200);
    assert_true(begins("PK")); /* the workbook stands first */
    assert_int_equal(fetch(report, "2"), 200);
    assert_true(begins("%PDF"));
    (void)run("doe=anoniem&reeks=reeks");
    shows("report-public.html");
    (void)snprintf(form, sizeof form, "doe=mens&mens=%s", office_code(&office, "Anna"));
    const char *address = run(form);
    assert_int_equal(fetch(address, "0"), 200);
    assert_non_null(memmem(desk.reply.body, desk.reply.bytes, "anna@een.example", 16));
}

/* With the form, and no page between; a machine that is busy shows its page first. */
static void
fetch_at_once(const char *form, const char *which)
{
    char address[BW_WEB_TARGET_BYTES_MAX];
    assert_int_equal(desk_post(&desk, "/stukken", form), 303);
    (void)snprintf(address, sizeof address, "%s", desk.reply.location);
    int status = desk_wait(&desk);
    if (status == 303) {
        assert_non_null(strstr(desk.reply.location, which));
        assert_int_equal(desk_follow(&desk), 200);
    } else {
        assert_int_equal(fetch(address, which + 1), 200);
    }
}

/* One button of Verslag: the browser stays there. */
static void
all_files_of_a_report_are_one_archive_at_once(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/verslag"), 200);
    shows("name=\"geef\" value=\"alles\"");
    fetch_at_once("doe=verslag&reeks=reeks&geef=alles", "/alles");
    assert_string_equal(desk.reply.download, "alles.zip");
    assert_true(begins("PK"));
    fetch_at_once("doe=verslag&reeks=reeks&geef=pdf", "/2");
    assert_true(begins("%PDF"));
}

static void
an_empty_office_is_welcomed_and_keeps_its_name(void **state)
{
    (void)state;
    assert_int_equal(
        desk_keep(&desk, "naam=Programma&telefoon=06+12345678&mail=ons@school.example"),
        303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Opgeslagen.");
    shows("value=\"Programma\"");
    assert_int_equal(desk_keep(&desk, "naam=P&mail=geen"), 400);
    assert_int_equal(desk_keep(&desk, "welkom=1&naam=P&mail="), 303);
    assert_string_equal(desk.reply.location, "/inlezen?soort=kringen");
}

/* No circle, no name: the first page is Welkom, and after it come the circles. */
static void
the_first_visit_of_an_empty_office_is_a_welcome(void **state)
{
    struct office fresh;
    struct browser first;
    (void)state;
    office_init(&fresh);
    assert_int_equal(office_run(&fresh, "init", NULL), BW_EXIT_DONE);
    desk_open(&first, &fresh);
    desk_enter(&first);
    assert_int_equal(desk_get(&first, "/"), 303);
    assert_int_equal(desk_follow(&first), 200);
    desk_shows(&first, "Welkom. In één minuut klaar.");
    desk_shows(&first, "name=\"telefoon\"");
    desk_hides(&first, "name=\"contact\""); /* three fields; the rest is for later */
    desk_hides(&first, "name=\"privacy\"");
    desk_shows(&first, "Ik heb al een database");
    assert_int_equal(desk_keep(&first, "welkom=1&naam=Programma"), 303);
    assert_int_equal(desk_follow(&first), 200);
    assert_non_null(strstr(desk_body(&first), "value=\"kringen\" selected"));
    assert_int_equal(desk_get(&first, "/"), 200);
    desk_close(&first);
    office_finish(&fresh);
}

static void
folders_go_with_the_desk(void **state)
{
    char folder[BW_WEB_FOLDER_BYTES];
    (void)state;
    (void)run("doe=deur&kring=S-1");
    (void)snprintf(folder, sizeof folder, "%s", desk.desk.errands.items[0].folder);
    assert_int_equal(access(folder, F_OK), 0);
    bw_web_errands_finish(&desk.desk.errands);
    assert_int_equal(access(folder, F_OK), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(tickets_are_made_and_fetched_each_and_all_at_once),
        ON_DESK(a_backup_is_made_from_the_settings_and_its_phrase_is_shown),
        ON_DESK(a_staff_card_is_made_from_the_kiosks_page_and_each_is_another),
        ON_DESK(no_address_fetches_what_the_command_didnt_make),
        ON_DESK(a_value_of_a_form_is_no_option_of_a_command),
        ON_DESK(a_mail_is_shown_written_and_taken_back_where_it_never_went),
        ON_DESK(sending_begins_a_minute_later_and_stops_before_anybody_heard),
        ON_DESK(a_kiosk_is_enrolled_with_a_pin_that_is_shown_and_revoked),
        ON_DESK(each_circle_without_a_kiosk_gets_one_by_one_button_and_a_stick_after_it),
        ON_DESK(a_report_is_fetched_workbook_first_and_all_of_one_person),
        ON_DESK(all_files_of_a_report_are_one_archive_at_once),
        ON_DESK(an_empty_office_is_welcomed_and_keeps_its_name),
        ON_DESK(the_first_visit_of_an_empty_office_is_a_welcome),
        ON_DESK(folders_go_with_the_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
