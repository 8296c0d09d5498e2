/* Instellingen: each group saves by itself, is taken back by a click, and a password is
 * nowhere but in its file. */
#define ONE_OFFICE_PLACES 3
#include "tests/sync/web/one_desk.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static int
open_desk(void **state)
{
    return open_desk_with(state, NULL, BW_EXIT_DONE);
}

static void
take_back(void)
{
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
}

static void
each_group_is_kept_for_the_commands_and_taken_back_by_a_click(void **state)
{
    static const struct {
        const char *form, *shown, *said;
    } groups[] = {
        {"groep=server&server=smtps%3A%2F%2Fmail.example%3A465&inlognaam=org&tempo=20",
            "value=\"smtps://mail.example:465\"", "smtps://mail.example:465"},
        {"groep=bewaren&dagen=180&kopie=3", "value=\"180\"", "180"},
        {"groep=verslag&scholen=1200", "value=\"1200\"", "1200"},
        {"groep=taal&taal=en", "value=\"en\" checked", " en\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        assert_int_equal(desk_keep(&desk, groups[i].form), 303);
        assert_int_equal(desk_follow(&desk), 200);
        shows("Ook de opdrachten weten het nu.");
        shows(groups[i].shown);
        assert_int_equal(office_run(&office, "settings", NULL), BW_EXIT_DONE);
        says(groups[i].said);
        take_back();
        hides(groups[i].shown);
    }
}

#define ORGANISED "naam=Programma+Brug&contact=Anouk+de+Wit&telefoon=%s&mail=&privacy="

static void
keep_phone(const char *phone)
{
    char form[200];
    (void)snprintf(form, sizeof form, ORGANISED, phone);
    assert_int_equal(desk_keep(&desk, form), 303);
    assert_int_equal(desk_follow(&desk), 200);
}

/* ST2, ST3 */
static void
the_organisation_is_kept_as_a_step_and_taken_back_and_again(void **state)
{
    (void)state;
    char first[32];
    keep_phone("030-111");
    shows("Zuilen krijgen dit bij het volgende contact.");
    (void)snprintf(first, sizeof first, "stap=%s", desk_field(&desk, "stap"));
    keep_phone("030-222");
    int64_t steps = office_number(&office, "SELECT count(*) FROM step");
    keep_phone("030-222"); /* the same again is no step */
    hides("name=\"stap\"");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"), steps);
    assert_int_equal(desk_post(&desk, "/terug", first), 409); /* built upon */
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("value=\"030-111\"");
    assert_int_equal(desk_post(&desk, "/terug", first), 303);
    assert_int_equal(desk_follow(&desk), 200);
    char redo[32];
    (void)snprintf(redo, sizeof redo, "stap=%s", desk_field(&desk, "stap"));
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    hides("030-111");
    hides("Anouk de Wit");
    assert_int_equal(desk_post(&desk, "/terug", redo), 303);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("value=\"030-111\"");
    shows("Anouk de Wit");
    assert_int_equal(
        office_run(&office, "init", "--phone", "030-333", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("value=\"030-111\"");
}

static void
what_is_none_is_said_and_nothing_is_changed(void **state)
{
    (void)state;
    assert_int_equal(desk_keep(&desk, "groep=server&server=mail.example"), 400);
    shows("Zo staat een mailserver er");
    assert_int_equal(desk_keep(&desk, "groep=bewaren&dagen=0"), 400);
    assert_int_equal(desk_keep(&desk, "groep=regio&woord=Twente&regio=Marken"), 400);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM setting"), 0);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM learned"), 0);
}

/* Its fields aren't those of the organiser, who would be emptied by it. */
static void
a_group_that_there_is_none_of_changes_nothing(void **state)
{
    (void)state;
    assert_int_equal(desk_keep(&desk, "naam=Programma&telefoon=06-12345678"), 303);
    assert_int_equal(desk_post(&desk, "/instellingen", "groep=kleur&kleur=rood"), 400);
    assert_string_equal(office_text(&office, "SELECT organiser, phone FROM central"),
        "Programma|06-12345678|");
}

/* What the file holds; "" where there's none. */
static const char *
password(void)
{
    static char text[64];
    struct stat facts;
    const char *path = office_path(&office, "central.db.smtp-password");
    memset(text, 0, sizeof text);
    FILE *file = fopen(path, "rb");
    if (file != NULL) {
        assert_int_equal(stat(path, &facts), 0);
        assert_int_equal(facts.st_mode & 0777, 0600);
        (void)fread(text, 1, sizeof text - 1, file);
        (void)fclose(file);
    }
    return text;
}

static void
put_password(const char *form)
{
    assert_int_equal(desk_keep(&desk, form), 303);
    assert_int_equal(desk_follow(&desk), 200);
}

/* WN1 */
static void
a_password_goes_into_its_file_and_nowhere_else(void **state)
{
    (void)state;
    put_password("groep=wachtwoord&wachtwoord=zeer+geheim");
    shows("Er staat er een, naast de sleutel");
    hides("zeer geheim");
    assert_false(office_holds(&office, "zeer geheim"));
    assert_string_equal(password(), "zeer geheim");
    /* an empty field leaves it, and so does the server's group */
    assert_int_equal(desk_keep(&desk, "groep=wachtwoord&wachtwoord="), 400);
    assert_int_equal(
        desk_keep(
            &desk, "groep=server&server=smtp%3A%2F%2Fmail.example&wachtwoord=ander"),
        303);
    assert_string_equal(password(), "zeer geheim");
}

/* MP1 */
static void
a_password_is_taken_back_by_the_bar_and_again(void **state)
{
    (void)state;
    const char *back = "groep=wachtwoordterug";
    assert_int_equal(desk_post(&desk, "/instellingen", back), 200); /* drawn by nobody */
    shows("Er is niets bewaard");
    put_password("groep=wachtwoord&wachtwoord=eerste");
    shows("value=\"wachtwoordterug\"");
    put_password(back);
    shows("daarvoor was er geen");
    assert_string_equal(password(), "");
    put_password(back);
    assert_string_equal(password(), "eerste");
    put_password("groep=wachtwoord&wachtwoord=xyzzy2");
    put_password(back);
    shows("Het wachtwoord van daarvoor staat er weer.");
    assert_string_equal(password(), "eerste");
    put_password(back);
    assert_string_equal(password(), "xyzzy2");
    hides("xyzzy2");
}

static void
another_word_for_a_region_is_learned_and_taken_back(void **state)
{
    (void)state;
    assert_int_equal(desk_keep(&desk, "groep=regio&woord=TWENTE&regio=Oost"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("lezen we voortaan als Oost");
    shows(">twente</td>");
    assert_int_equal(
        office_sign_up(&office,
            "10-02-2025 12:01,a@b.example,Anna Vos,De Brug,brugfunctionaris,Twente\n"),
        BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"
                                            " WHERE region = 'Oost'"),
        1);
    assert_int_equal(
        office_run(&office, "settings", "alias", "Salland=Oost", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows(">twente, salland</td>");
    take_back(); /* what was said here, not the command */
    shows(">salland</td>");
    assert_int_equal(
        office_run(&office, "settings", "alias", "Salland", NULL), BW_EXIT_USAGE);
}

/* What somebody else settled since the page was drawn isn't written over. */
static void
a_word_and_a_password_of_somebody_else_are_said_and_stay(void **state)
{
    char form[200];
    (void)state;
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    (void)snprintf(form, sizeof form, "groep=regio&woord=Twente&regio=Oost&beeld=%s",
        desk_seen(&desk, "regio"));
    assert_int_equal(
        office_run(&office, "settings", "alias", "Salland=Oost", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_post(&desk, "/instellingen", form), 200);
    shows("Er is niets bewaard");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM learned"), 1);
    (void)snprintf(form, sizeof form, "groep=wachtwoord&wachtwoord=mijne&beeld=%s",
        desk_seen(&desk, "wachtwoord"));
    put_password("groep=wachtwoord&wachtwoord=hunne");
    assert_int_equal(desk_post(&desk, "/instellingen", form), 200);
    assert_string_equal(password(), "hunne");
}

static void
which_school_a_name_is_is_settled_in_its_row_and_taken_back(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("href=\"/inlezen?soort=scholen\"");
    assert_int_equal(
        office_run(&office, "import", "schools",
            office_write(&office, "s.csv",
                "School,Plaats\nOBS De Klim,Zwolle\nDe Klim,Assen\nDe Brug,Goes\n"),
            NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        office_sign_up(&office,
            "10-02-2025 12:01,a@b.example,Anna Vos,De Brugg,brugfunctionaris,Oost\n"
            "10-02-2025 12:01,b@b.example,Bert Vos,Klim,brugfunctionaris,Oost\n"),
        BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("Op de lijst staan 3 scholen.");
    shows("name=\"schoolnaam\" value=\"De Brugg\">");
    shows("name=\"school\" value=\"De Brug, Goes\" list=\"scholenlijst\"");
    shows("name=\"school\" value=\"\" list=\"scholenlijst\""); /* Klim may be two */
    assert_int_equal(
        desk_keep(&desk, "groep=school&schoolnaam=De+Brugg&school=De+Brug,+Goes"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("“De Brugg” is voortaan De Brug, Goes, in verslagen.");
    desk_hides(&desk, "value=\"De Brugg\">");
    take_back();
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("value=\"De Brugg\">");
    assert_int_equal(
        desk_keep(&desk, "groep=school&schoolnaam=Klim&school=De+Klimop"), 400);
    shows("Deze school staat niet op de lijst");
    shows("id=\"school\" name=\"school\" value=\"De Klimop\"");
}

static void
a_test_mail_takes_an_address_and_no_option(void **state)
{
    (void)state;
    assert_int_equal(
        desk_post(&desk, "/stukken", "doe=proef&naar=--smtp%3Dsmtp%3A%2F%2Fx"), 400);
    assert_int_equal(desk_post(&desk, "/stukken", "doe=proef&naar="), 400);
}

/* When the server last took a mail is no step, and holds for that server alone. */
static void
a_server_that_was_tried_is_said_until_another_is_settled(void **state)
{
    (void)state;
    struct bw_central *central = desk.desk.office.central;
    struct bw_error err = {.text = ""};
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    hides("testmail aangenomen");
    assert_int_equal(bw_central_begin(central, &err), BW_OK);
    assert_int_equal(
        bw_central_run(central, "UPDATE central SET mail_tried_ms = 1742200000000", NULL,
            0, NULL, NULL, &err),
        BW_OK);
    assert_int_equal(bw_central_commit(central, &err), BW_OK);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("getest (09.26 uur): testmail aangenomen");
    assert_int_equal(
        desk_keep(&desk, "groep=server&server=smtps%3A%2F%2Fmail.example%3A465"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    hides("testmail aangenomen");
}

static void
a_region_nobody_knows_is_chosen_in_its_own_row(void **state)
{
    (void)state;
    assert_int_equal(
        office_sign_up(&office,
            "10-02-2025 12:01,a@b.example,Anna Vos,De Brug,brugfunctionaris,Randstad\n"),
        BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("Kies regio<span class=\"vh\"> Randstad</span>");
    shows("name=\"woord\" value=\"Randstad\"><button name=\"regio\" value=\"Oost\">");
    shows("Wijzig<span class=\"vh\"> Oost</span>");
}

static void
retention_names_a_date_for_each_series(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("reeks: vanaf woensdag 25 maart 2026."); /* 365 days */
    assert_int_equal(desk_keep(&desk, "groep=bewaren&dagen=30"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("reeks: vanaf donderdag 24 april 2025.");
}

/* Its form holds nothing else of how the organiser is called. */
static void
the_sender_of_mails_is_kept_by_itself_and_taken_back(void **state)
{
    (void)state;
    keep_phone("030-111");
    assert_int_equal(desk_keep(&desk, "groep=afzender&mail=ons%40school.example"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Ook de opdrachten weten het nu.");
    shows("value=\"ons@school.example\"");
    shows("value=\"030-111\"");
    take_back();
    hides("ons@school.example");
    shows("value=\"030-111\"");
    assert_int_equal(desk_keep(&desk, "groep=afzender&mail=ons"), 400);
    shows("Dit is geen mailadres");
    shows("value=\"ons\"");
}

/* What is usual, and another where that was settled; none is settled unasked. */
static void
how_long_names_are_kept_is_a_choice(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("<option value=\"183\">6 maanden na de laatste kring van een reeks</option>");
    shows("<option value=\"\" selected>Een jaar na de laatste kring");
    assert_int_equal(desk_keep(&desk, "groep=bewaren&dagen=183"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("<option value=\"183\" selected>");
    assert_int_equal(desk_keep(&desk, "groep=bewaren&dagen=40"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("<option value=\"40\" selected>40 dagen na de laatste kring van een reeks<");
}

static void
what_was_not_taken_over_is_listed_and_asked_again_on_request(void **state)
{
    char form[80];
    (void)state;
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    hides("geweigerd");
    assert_int_equal(
        office_sign_up(&office,
            "10-2-2025 09:10,a@b.example,Anna Vos,De Brug,brugfunctionaris,Oost\n"),
        BW_EXIT_DONE);
    const char *file = office_write(&office, "anew.csv",
        OFFICE_FORM "10-2-2025 09:10,a@b.example,Anna Vos,<b>De Dam,brugfunctionaris,"
                    "Oost\n");
    assert_int_equal(office_run(&office, "import", "registrations", file, "--session",
                         "S-1", "--skip", "2.school", NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("<summary>1 ding</summary>");
    shows(">Anna Vos</a></th>");
    shows(">school: “&lt;b&gt;De Dam”</td>");
    (void)snprintf(
        form, sizeof form, "groep=geweigerd&wat=%s.school", office_code(&office, "Anna"));
    assert_int_equal(desk_keep(&desk, form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Een volgend bestand dat dit zegt, vraagt het weer.");
    hides("De Dam");
    take_back();
    shows("De Dam");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(each_group_is_kept_for_the_commands_and_taken_back_by_a_click),
        ON_DESK(the_organisation_is_kept_as_a_step_and_taken_back_and_again),
        ON_DESK(what_is_none_is_said_and_nothing_is_changed),
        ON_DESK(a_group_that_there_is_none_of_changes_nothing),
        ON_DESK(a_password_goes_into_its_file_and_nowhere_else),
        ON_DESK(a_password_is_taken_back_by_the_bar_and_again),
        ON_DESK(another_word_for_a_region_is_learned_and_taken_back),
        ON_DESK(a_word_and_a_password_of_somebody_else_are_said_and_stay),
        ON_DESK(which_school_a_name_is_is_settled_in_its_row_and_taken_back),
        ON_DESK(a_test_mail_takes_an_address_and_no_option),
        ON_DESK(a_region_nobody_knows_is_chosen_in_its_own_row),
        ON_DESK(retention_names_a_date_for_each_series),
        ON_DESK(the_sender_of_mails_is_kept_by_itself_and_taken_back),
        ON_DESK(what_was_not_taken_over_is_listed_and_asked_again_on_request),
        ON_DESK(how_long_names_are_kept_is_a_choice),
        ON_DESK(a_server_that_was_tried_is_said_until_another_is_settled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
