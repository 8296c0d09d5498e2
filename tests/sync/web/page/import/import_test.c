/* Inlezen: a file is looked at before anything changes, what it doesn't tell is asked,
 * and then it happens, whole. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/page/import/one_import.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
a_form_is_looked_at_then_goes_in_whole_then_is_taken_back(void **state)
{
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", form, 1);
    shows("Er is nog niets veranderd.");
    shows("Nieuw: 3");
    shows("Anna Visser");
    shows("Neem over: 3 nieuw, 0 gewijzigd");
    assert_int_equal(people(), 0);
    assert_int_equal(press(address, "doe=neem"), 200);
    shows("Overgenomen: 3 nieuw, 0 gewijzigd.");
    assert_int_equal(people(), 3);
    assert_true(desk.desk.changed); /* kiosks are to hear of it */
    char undo[64];
    (void)snprintf(undo, sizeof undo, "naar=/inlezen&stap=%s", desk_field(&desk, "stap"));
    assert_int_equal(desk_post(&desk, "/terug", undo), 303);
    assert_int_equal(people(), 0);
    assert_int_equal(desk_follow(&desk), 200);
    shows("teruggedraaid");
}

/* WI1: who ticks a row and takes it over at once is shown the other picture first. */
static void
a_row_that_is_ticked_stays_out_once_that_was_seen(void **state)
{
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", form, 1);
    assert_int_equal(press(address, "doe=neem&niet-0=3"), 200);
    assert_int_equal(people(), 0);
    shows("Nieuw: 2");
    shows("blijft eruit");
    assert_int_equal(press(address, "doe=lees"), 200); /* the tick is gone again */
    shows("Nieuw: 3");
    assert_int_equal(press(address, "doe=lees&niet-0=3"), 200);
    shows("name=\"niet-0\" value=\"3\" checked");
    assert_int_equal(press(address, "doe=neem&niet-0=3"), 200);
    shows("Overgenomen: 2 nieuw, 0 gewijzigd.");
    assert_int_equal(people(), 2);
    assert_int_equal(office_number(&office,
                         "SELECT count(*) FROM registration WHERE first_name = 'Mo'"),
        0);
}

/* Of somebody known each thing that differs has a tick: without it nothing changes. */
static void
a_field_without_its_tick_stays_as_it_is_once_that_was_seen(void **state)
{
    static const char *const before[] = {"form.csv", OFFICE_FORM ANNA};
    static const char *const after[] = {"form.csv", OFFICE_FORM
        "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Twee,de brugfunctionaris,"
        "Oost\n"};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", before, 1);
    assert_int_equal(press(address, "doe=neem"), 200);
    address = give("soort=aanmeldingen&kring=S-1", after, 1);
    shows("name=\"over-0\" value=\"2.school\" checked");
    shows("name=\"over-0\" value=\"2.role\" checked");
    assert_int_equal(press(address, "doe=neem&kan-0=1&over-0=2.role"), 200);
    shows("name=\"over-0\" value=\"2.school\">"); /* first it is seen */
    shows("Neem over: 0 nieuw, 1 gewijzigd");
    assert_int_equal(press(address, "doe=lees"), 200); /* of a page without ticks */
    shows("name=\"over-0\" value=\"2.school\">");
    assert_int_equal(press(address, "doe=neem&kan-0=1&over-0=2.role"), 200);
    shows("Overgenomen: 0 nieuw, 1 gewijzigd.");
    assert_int_equal(office_number(&office,
                         "SELECT count(*) FROM registration WHERE school = 'OBS Een'"
                         " AND role = 'de brugfunctionaris'"),
        1);
}

/* Whom the role keeps out goes in where the organiser says so, once that was seen. */
static void
a_row_for_others_is_taken_along_once_that_was_seen(void **state)
{
    static const char *const others[] = {"form.csv", OFFICE_FORM ANNA
        "10-2-2025 09:20,jo@twee.example,Jo Bos,OBS Twee,leerkracht,Oost\n"};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", others, 1);
    shows("Nieuw: 1");
    shows("name=\"mee-0\" value=\"3\">");
    assert_int_equal(press(address, "doe=neem&mee-0=3"), 200);
    assert_int_equal(people(), 0);
    shows("Nieuw: 2");
    shows("name=\"mee-0\" value=\"3\" checked");
    assert_int_equal(press(address, "doe=neem&mee-0=3"), 200);
    shows("Overgenomen: 2 nieuw, 0 gewijzigd.");
    (void)give("soort=aanmeldingen&kring=S-1", others, 1); /* nobody goes out by it */
    shows("Niets nieuws: neem over");
}

/* A corrected name or mail makes nobody twice: what is said of it in step 3 goes in with
 * the file, and comes out with it (WI3). */
static void
doubts_are_answered_before_it_goes_in_and_taken_back_with_it(void **state)
{
    static const char *const doubtful[] = {"form.csv", OFFICE_FORM ANNA
        "11-2-2025 10:00,anna2@een.example,Anna Vissers,OBS Een,brugfunctionaris,Oost\n"
        "12-2-2025 10:00,anna@een.example,Karel Smit,OBS Een,brugfunctionaris,Oost\n"
        "13-2-2025 10:00,jo@vier.example,Jo Bos,OBS Vier,geen brugfunctionaris,Oost\n"};
    static const char *const known[] = {"first.csv", OFFICE_FORM ANNA};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", known, 1);
    assert_int_equal(press(address, "doe=neem"), 200);
    address = give("soort=aanmeldingen&kring=S-1", doubtful, 1);
    shows("Is Anna Vissers dezelfde mens?");
    shows("name=\"twijfel-0-3\" value=\"zelfde\" checked"); /* what is likeliest */
    shows("name=\"twijfel-0-4\" value=\"ander\" checked");
    shows("name=\"twijfel-0-5\" value=\"later\" checked");
    shows("Neem over: 2 nieuw, 1 gewijzigd"); /* Karel and Jo; Anna */
    assert_int_equal(press(address, "doe=lees&twijfel-0-3=uit"), 200); /* isn't offered */
    shows("name=\"twijfel-0-3\" value=\"zelfde\" checked");
    assert_int_equal(
        press(address, "doe=neem&twijfel-0-3=zelfde&twijfel-0-4=ander&twijfel-0-5=uit"),
        200);
    assert_int_equal(people(), 1); /* another picture: looked at first (WI1) */
    shows("name=\"twijfel-0-5\" value=\"uit\" checked");
    assert_int_equal(
        press(address, "doe=neem&twijfel-0-3=zelfde&twijfel-0-4=ander&twijfel-0-5=uit"),
        200);
    assert_int_equal(office_number(&office, /* Anna and Karel; Jo is cancelled */
                         "SELECT count(*) FROM registration WHERE status <> 2"),
        2);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0"), 0);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE name = 'Vissers'"
                               " AND status = 0"),
        1);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE name = 'Smit'"
                               " AND status = 0"),
        1);
    (void)give("soort=aanmeldingen&kring=S-1", doubtful, 1);
    shows("Niets nieuws: neem over"); /* nobody is asked about again */
    char undo[32];
    (void)snprintf(undo, sizeof undo, "stap=%d",
        (int)office_number(&office, "SELECT max(step_no) FROM step"));
    assert_int_equal(desk_post(&desk, "/terug", undo), 303);
    assert_int_equal(people(), 1);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration r JOIN person p ON"
                               " p.person_no = r.person_no WHERE r.name = 'Visser' AND"
                               " p.mail = 'anna@een.example' AND r.status = 0"),
        1);
}

/* Later work on the same people is named, and goes back with the file where she says so;
 * and all of it comes again. */
static void
a_file_that_later_work_stands_on_is_taken_back_with_it(void **state)
{
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", form, 1);
    assert_int_equal(press(address, "doe=neem"), 200);
    int64_t step = office_number(&office, "SELECT max(step_no) FROM step");
    const char *code =
        office_text(&office, "SELECT code FROM registration WHERE first_name = 'Anna'");
    char shown[BW_CODE_SHOWN_BYTES], undo[96];
    bw_code_format_shown((bw_code)strtoll(code, NULL, 10), shown);
    assert_int_equal(office_run(&office, "cancel", shown, NULL), BW_EXIT_DONE);
    (void)snprintf(undo, sizeof undo, "stap=%d", (int)step);
    assert_int_equal(desk_post(&desk, "/terug", undo), 409);
    shows("Deze stap staat erop");
    shows(shown);
    assert_int_equal(people(), 3);
    (void)snprintf(undo, sizeof undo, "stap=%d&samen=%d", (int)step, (int)step);
    assert_int_equal(desk_post(&desk, "/terug", undo), 409); /* not what stands on it */
    assert_int_equal(people(), 3);
    take_back_with_what_stands_on_it(step, 3);
}

/* A circle that has begun takes nobody in silence. */
static void
who_signed_up_after_the_beginning_is_named(void **state)
{
    static const char *const late[] = {"form.csv", OFFICE_FORM ANNA
        "25-3-2025 14:10,jo@twee.example,Jo Bos,OBS Twee,brugfunctionaris,Oost\n"};
    (void)state;
    desk.wall_ms = INT64_C(1742909400000); /* 14.30 on its day */
    (void)give("soort=aanmeldingen&kring=S-1", late, 1);
    shows("regel 3: Jo Bos meldde zich aan na het begin van Leerkring Zwolle");
    shows("</svg>na het begin</span>"); /* beside the time, too */
}

static void
the_same_form_again_changes_nothing_and_a_changed_one_shows_what(void **state)
{
    static const char *const changed[] = {"form.csv",
        OFFICE_FORM "10-2-2025 09:10,anna@een.example,Anna Visser,OBS De "
                    "Brug,brugfunctionaris,Oost\n" MO};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", form, 1);
    assert_int_equal(press(address, "doe=neem"), 200);
    (void)give("soort=aanmeldingen&kring=S-1", form, 1);
    shows("Niets nieuws: neem over");
    (void)give("soort=aanmeldingen&kring=S-1", changed, 1);
    shows("Gewijzigd: 1");
    shows("school: <del>OBS Een</del> → <ins>OBS De Brug</ins>");
}

static void
a_column_that_isnt_known_is_asked_about_and_the_answer_is_remembered(void **state)
{
    static const char *const odd[] = {"form.csv",
        "Tijdstempel,E-mailadres,Naam,Plek van dienst,Functie,Regio\n" ANNA MO ZOE};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", odd, 1);
    shows("Welke kolom is: school?");
    shows("Plek van dienst");
    hides("value=\"neem\"");
    assert_int_equal(press(address, "doe=lees&vraag-0-0=0"), 200);
    shows("Nieuw: 3");
    assert_int_equal(press(address, "doe=neem"), 200);
    assert_int_equal(office_number(&office,
                         "SELECT count(*) FROM registration WHERE school = 'OBS Een'"),
        1);
    (void)give("soort=aanmeldingen&kring=S-1", odd, 1);
    shows("Niets nieuws: neem over");
}

static void
a_circle_that_no_session_is_called_is_asked_about(void **state)
{
    static const char *const odd[] = {"form.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio,Leerkring\n"
        "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost,"
        "Kring 3\n"};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=", odd, 1);
    shows("Welke kring is “Kring 3”?");
    shows("Geen van deze: die rijen blijven eruit");
    assert_int_equal(press(address, "doe=lees&vraag-0-0=0"), 200);
    shows("Nieuw: 1");
    assert_int_equal(press(address, "doe=neem"), 200);
    assert_int_equal(people(), 1);
}

static void
which_circle_and_which_dates_are_asked_where_the_file_doesnt_tell(void **state)
{
    static const char *const untold[] = {"form.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
        "3/2/2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=", untold, 1);
    shows("Dit bestand noemt geen kring"); /* a question, and no fault */
    shows("zegt voor welke kring het is");
    hides("--session"); /* she types no command */
    hides(desk.desk.drafts.items[0].folder);
    assert_int_equal(press(address, "doe=lees&kring-0=S-1"), 200);
    shows("Hoe lezen we de datums? Er staat 3/2/2025 09:10.");
    shows("Dag-maand: maandag 3 februari 2025");
    shows("Maand-dag: zondag 2 maart 2025");
    hides("value=\"neem\"");
    assert_int_equal(press(address, "doe=lees&vraag-0-0=0"), 200);
    shows("Nieuw: 1");
    assert_int_equal(press(address, "doe=neem"), 200);
    assert_int_equal(
        office_number(&office, "SELECT signed_up_ms / 3600000 FROM registration"),
        INT64_C(1738570200000) / 3600000);
}

/* A hyphen has the day first; unless that is after today, or both may be right. */
static void
a_date_with_a_hyphen_is_asked_about_where_it_is_doubtful(void **state)
{
    static const char *const both[] = {"form.csv",
        OFFICE_FORM "3-2-2025 09:10,anna@een.example,Anna Visser,OBS "
                    "Een,brugfunctionaris,Oost\n"};
    static const char *const mixed[] = {"form.csv",
        OFFICE_FORM "2-3-2025 09:10,anna@een.example,Anna Visser,OBS "
                    "Een,brugfunctionaris,Oost\n"
                    "3-2-2025 09:10,mo@een.example,Mo Vos,OBS "
                    "Een,brugfunctionaris,Oost\n"
                    "1-3-2025 09:10,zoe@een.example,Zoë Bos,OBS "
                    "Een,brugfunctionaris,Oost\n"};
    static const char *const late[] = {"form.csv",
        OFFICE_FORM "2-10-2025 09:10,anna@een.example,Anna Visser,OBS "
                    "Een,brugfunctionaris,Oost\n"};
    (void)state;
    (void)give("soort=aanmeldingen&kring=S-1", both, 1);
    shows("Er staat 3-2-2025 09:10.");
    shows("Die datum (1) kan dan kloppen");
    const char *address = give("soort=aanmeldingen&kring=S-1", late, 1);
    shows("Maand-dag: maandag 10 februari 2025");
    shows("1 van 1 datum ligt dan te laat");
    shows("value=\"1\" checked"); /* what fits is chosen beforehand */
    assert_int_equal(press(address, "doe=lees&vraag-0-0=1"), 200);
    shows("Nieuw: 1");
    (void)give("soort=aanmeldingen&kring=S-1", mixed, 1); /* sorted by name, it seems */
    shows("Er staat 2-3-2025 09:10.");
    (void)give("soort=aanmeldingen&kring=S-1", form, 1); /* no other reading */
    shows("Nieuw: 3");
}

static void
what_changed_meanwhile_is_shown_anew_and_not_done(void **state)
{
    static const char *const more[] = {"form.csv", OFFICE_FORM ANNA MO ZOE};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", more, 1);
    const char *path = office_write(&office, "colleague.csv", OFFICE_FORM ANNA);
    (void)office_run(&office, "import", "registrations", path, "--session", "S-1", NULL);
    assert_int_equal(press(address, "doe=neem"), 200);
    assert_int_equal(people(), 1);
    shows("Neem over: 2 nieuw");
    shows("role=\"alert\"");
    assert_int_equal(press(address, "doe=neem"), 200);
    assert_int_equal(people(), 3);
}

static void
an_answer_to_what_was_asked_before_is_none(void **state)
{
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", form, 1);
    char old[BW_WEB_KEY_BYTES + 32];
    (void)snprintf(
        old, sizeof old, "ronde=0&doe=neem&beeld=%s", desk_field(&desk, "beeld"));
    assert_int_equal(press(address, "doe=lees"), 200);
    assert_int_equal(desk_post(&desk, address, old), 303);
    assert_int_equal(desk_wait(&desk), 200);
    assert_int_equal(people(), 0);
}

/* The desk itself may note the end of a work before anybody looks. */
static void
what_was_taken_is_said_to_who_looks_first_whoever_noted_it(void **state)
{
    (void)state;
    char address[BW_WEB_TARGET_BYTES_MAX], sent[BW_WEB_KEY_BYTES + 64];
    (void)snprintf(
        address, sizeof address, "%s", give("soort=aanmeldingen&kring=S-1", form, 1));
    (void)snprintf(sent, sizeof sent, "ronde=%.15s&doe=neem&beeld=%s", "0",
        desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, address, sent), 303);
    while (!desk.desk.changed) {
        bw_web_desk_settle(&desk.desk);
    }
    assert_int_equal(desk_get(&desk, address), 200);
    shows("Overgenomen: 3 nieuw, 0 gewijzigd.");
}

/* WI2 */
static void
a_draft_is_there_when_its_tab_was_closed(void **state)
{
    (void)state;
    char address[BW_WEB_TARGET_BYTES_MAX];
    (void)snprintf(
        address, sizeof address, "%s", give("soort=aanmeldingen&kring=S-1", form, 1));
    desk_enter(&desk);
    assert_int_equal(desk_get(&desk, "/inlezen"), 200);
    shows("Aanmelden (Antwoorden).csv");
    assert_int_equal(desk_get(&desk, address), 200);
    shows("Nieuw: 3");
}

/* WI1, WW1 */
static void
of_several_files_all_go_in_or_none(void **state)
{
    static const char *const both[] = {
        "a.csv", OFFICE_FORM ANNA, "b.csv", "Naam\nZoë Bos\n"};
    static const char *const fine[] = {
        "a.csv", OFFICE_FORM ANNA, "b.csv", OFFICE_FORM MO};
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", both, 2);
    shows("Dit bestand kan zo niet mee");
    hides("value=\"neem\"");
    (void)press(address, "doe=neem"); /* all the same */
    assert_int_equal(people(), 0);
    address = give("soort=aanmeldingen&kring=S-1", fine, 2);
    assert_int_equal(press(address, "doe=neem"), 200);
    assert_int_equal(people(), 2);
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(people(), 0);
}

static void
what_is_thrown_away_leaves_no_file(void **state)
{
    (void)state;
    const char *address = give("soort=aanmeldingen&kring=S-1", form, 1);
    char folder[64];
    (void)snprintf(folder, sizeof folder, "%s", desk.desk.drafts.items[0].folder);
    assert_int_equal(access(folder, F_OK), 0);
    assert_int_equal(press(address, "doe=weg"), 200);
    shows("Er is niets veranderd");
    assert_int_equal(access(folder, F_OK), -1);
    assert_int_equal(desk_get(&desk, address), 404);
}

static void
more_drafts_than_there_is_room_for_end_the_oldest(void **state)
{
    (void)state;
    char first[BW_WEB_TARGET_BYTES_MAX];
    (void)snprintf(
        first, sizeof first, "%s", give("soort=aanmeldingen&kring=S-1", form, 1));
    for (int i = 0; i < BW_WEB_DRAFTS_MAX; i++) {
        desk.mono_ms++;
        (void)give("soort=aanmeldingen&kring=S-1", form, 1);
    }
    assert_int_equal(desk_get(&desk, first), 404);
}

static void
without_a_session_no_file_is_read_and_markup_in_one_is_text(void **state)
{
    static const char *const markup[] = {"<img src=x>.csv",
        OFFICE_FORM "10-2-2025 09:10,a@b.example,<img src=x> Vos,OBS,\"<img "
                    "src=x>\",Oost\n"};
    struct bw_web_asked asked = {.method = BW_WEB_POST,
        .target = "/inlezen",
        .host = "127.0.0.1:8190",
        .origin = "http://127.0.0.1:8190",
        .content_type = "multipart/form-data; boundary=B",
        .cookie = desk.cookie};
    (void)state;
    assert_int_equal(bw_web_body_most(&desk.desk, &asked), BW_WEB_UPLOAD_BYTES_MAX);
    asked.origin = "http://evil.example";
    assert_int_equal(bw_web_body_most(&desk.desk, &asked), BW_WEB_FORM_BYTES_MAX);
    asked.origin = "http://127.0.0.1:8190";
    asked.cookie = "brugwachter=0";
    assert_int_equal(bw_web_body_most(&desk.desk, &asked), BW_WEB_FORM_BYTES_MAX);
    (void)give("soort=aanmeldingen&kring=S-1", markup, 1);
    hides("<img");
    shows("&lt;img");
}

static void
what_is_no_list_is_named_with_what_to_do(void **state)
{
    static const char *const pdf[] = {"antwoorden.pdf", "%PDF-1.7"};
    static const char *const both[] = {
        "antwoorden.pdf", "%PDF-1.7", "form.csv", OFFICE_FORM ANNA};
    static const char *const empty[] = {"leeg.csv", ""};
    static const char *const bare[] = {"Antwoorden", OFFICE_FORM ANNA};
    (void)state;
    (void)give("soort=aanmeldingen&kring=S-1", pdf, 1);
    shows("antwoorden.pdf inlezen: het is een PDF en geen tabel; exporteer");
    (void)give("soort=aanmeldingen&kring=S-1", both, 2);
    shows("antwoorden.pdf<small>het is een PDF en geen tabel; exporteer");
    shows("Neem over: 1 nieuw, 0 gewijzigd");
    (void)give("soort=aanmeldingen&kring=S-1", empty, 1);
    shows("leeg.csv inlezen: ");
    (void)give("soort=aanmeldingen&kring=S-1", bare, 1); /* a list, without an ending */
    shows("Neem over: 1 nieuw, 0 gewijzigd");
}

static void
a_form_without_a_file_is_said(void **state)
{
    static const char *const none[] = {"", ""};
    (void)state;
    assert_int_equal(desk_give(&desk, "/inlezen", "soort=aanmeldingen", none, 1), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Er is geen bestand gekozen.");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(a_form_is_looked_at_then_goes_in_whole_then_is_taken_back),
        ON_DESK(a_row_that_is_ticked_stays_out_once_that_was_seen),
        ON_DESK(a_field_without_its_tick_stays_as_it_is_once_that_was_seen),
        ON_DESK(a_row_for_others_is_taken_along_once_that_was_seen),
        ON_DESK(doubts_are_answered_before_it_goes_in_and_taken_back_with_it),
        ON_DESK(a_file_that_later_work_stands_on_is_taken_back_with_it),
        ON_DESK(who_signed_up_after_the_beginning_is_named),
        ON_DESK(the_same_form_again_changes_nothing_and_a_changed_one_shows_what),
        ON_DESK(a_column_that_isnt_known_is_asked_about_and_the_answer_is_remembered),
        ON_DESK(a_circle_that_no_session_is_called_is_asked_about),
        ON_DESK(which_circle_and_which_dates_are_asked_where_the_file_doesnt_tell),
        ON_DESK(a_date_with_a_hyphen_is_asked_about_where_it_is_doubtful),
        ON_DESK(what_changed_meanwhile_is_shown_anew_and_not_done),
        ON_DESK(an_answer_to_what_was_asked_before_is_none),
        ON_DESK(what_was_taken_is_said_to_who_looks_first_whoever_noted_it),
        ON_DESK(a_draft_is_there_when_its_tab_was_closed),
        ON_DESK(of_several_files_all_go_in_or_none),
        ON_DESK(what_is_thrown_away_leaves_no_file),
        ON_DESK(more_drafts_than_there_is_room_for_end_the_oldest),
        ON_DESK(without_a_session_no_file_is_read_and_markup_in_one_is_text),
        ON_DESK(what_is_no_list_is_named_with_what_to_do),
        ON_DESK(a_form_without_a_file_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
