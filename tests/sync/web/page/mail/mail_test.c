/* Tickets en mail: what went stands there mailing by mailing, with its people behind it,
 * and is fetched as a workbook. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/one_desk.h"

#include "office/table/table_file.h"

#include <stdlib.h>
#include <string.h>

/* Two have places, one of them without an address; two wait. */
static int
open_desk(void **state)
{
    return open_desk_with(state,
        "10-2-2025 09:05,,Dik Smit,OBS Vier,brugfunctionaris,Oost\n"
        "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"
        "10-2-2025 09:20,mo@twee.example,=Mo Vos,OBS Twee,brugfunctionaris,Oost\n"
        "10-2-2025 09:30,zoe@drie.example,Zoë Bos,OBS Drie,brugfunctionaris,Oost\n",
        BW_EXIT_DONE);
}

#define EVERYTHING "doe=mail&hoe=eml&groep=ticket&groep=waiting"

static void
run(const char *form)
{
    assert_int_equal(desk_post(&desk, "/stukken", form), 303);
    assert_int_equal(desk_wait(&desk), 200);
}

static void
what_went_is_a_row_a_mailing_with_its_people_behind_it(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    hides("Download als Excel"); /* nothing went yet */
    run(EVERYTHING);
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    shows("data-k=\"Mails\">1</td>"); /* a ticket */
    shows("data-k=\"Mails\">2</td>"); /* and two turns */
    shows("wacht: is die weg?");
    assert_int_equal(desk_post(&desk, "/mail", "doe=weg&zending=1"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("als concept gemaakt");
    shows("/mail?zending=1#zending");
    hides("anna@een.example"); /* names stand behind it */
    assert_int_equal(desk_get(&desk, "/mail?zending=1"), 200);
    shows("Aan wie dit ging");
    shows("<td data-k=\"Kring\">Leerkring Zwolle</td>");
    shows("anna@een.example");
    shows("zoe@drie.example");
    assert_int_equal(desk_get(&desk, "/mail?zending=99"), 200);
    hides("Aan wie dit ging");
    assert_int_equal(desk_get(&desk, "/mail?zending=x"), 200);
}

/* Whom no mail reaches is told by voice; taken back where it was a mistake. */
static void
who_has_no_address_is_told_by_voice(void **state)
{
    char form[80];
    (void)state;
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    shows("1 mens kunnen we niet mailen");
    shows("Druk het ticket af");
    assert_int_equal(desk_post(&desk, "/mail", "doe=verteld&mens=x"), 400);
    (void)snprintf(form, sizeof form, "doe=verteld&mens=%s", office_code(&office, "Dik"));
    assert_int_equal(desk_post(&desk, "/mail", form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Dik Smit weet het nu.");
    hides("kunnen we niet mailen");
    shows("Ging niet weg");
    assert_int_equal(desk_post(&desk, "/mail", "zending=1"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("1 mens kunnen we niet mailen");
    assert_int_equal(desk_post(&desk, "/mail", "doe=verteld&mens=0000-0000"), 404);
}

/* A second click, or one on a page from before a colleague's mails, takes no other. */
static void
only_the_mailing_that_the_button_stands_at_is_taken_back(void **state)
{
    (void)state;
    run("doe=mail&hoe=eml&groep=ticket");
    assert_int_equal(desk_post(&desk, "/mail", "doe=weg&zending=1"), 303);
    run("doe=mail&hoe=eml&groep=waiting");
    assert_int_equal(desk_post(&desk, "/mail", "doe=weg&zending=2"), 303);
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    shows("name=\"zending\" value=\"2\"><button class=\"knop klein stil\">");
    assert_int_equal(desk_post(&desk, "/mail", "zending=1"), 303);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 3);
    for (int clicks = 0; clicks < 2; clicks++) {
        assert_int_equal(desk_post(&desk, "/mail", "zending=2"), 303);
        assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 1);
    }
    assert_int_equal(desk_follow(&desk), 200);
    shows("Dat was al beantwoord.");
    assert_int_equal(desk_post(&desk, "/mail", ""), 400);
}

/* New and old stand side by side, as the mail has them. */
static void
a_circle_that_was_moved_says_what_is_new_and_what_was(void **state)
{
    (void)state;
    run(EVERYTHING);
    assert_int_equal(desk_post(&desk, "/mail", "doe=weg&zending=1"), 303);
    assert_int_equal(office_run(&office, "session", "move", "S-1", "--venue",
                         "De Nieuwe Kolk", "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    shows("<mark>De Nieuwe Kolk</mark> was <del>");
}

/* One group goes, and the other stays due. */
static void
only_the_groups_that_are_ticked_go(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    shows("name=\"groep\" value=\"ticket=");
    shows("\" data-n=\"1\" checked");
    shows("name=\"groep\" value=\"waiting=");
    shows("\" data-n=\"2\" checked");
    assert_int_equal(desk_post(&desk, "/stukken", "doe=mail&hoe=eml"), 400);
    shows("Kies eerst welke mails");
    assert_int_equal(
        desk_post(&desk, "/stukken", "doe=mail&hoe=eml&groep=%7Buit%7D"), 400);
    assert_int_equal(desk_post(&desk, "/stukken", "doe=mail&hoe=eml&groep=--send"), 400);
    run("doe=mail&hoe=eml&groep=waiting");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 2);
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    shows("1 mail staat klaar");
    hides("value=\"waiting=");
}

/* What a page showed is what is sent; else nothing is, and who changed it is said. */
static void
what_was_changed_since_is_said_and_nothing_is_sent(void **state)
{
    char form[300];
    (void)state;
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    const char *word = "value=\"ticket=";
    const char *at = strstr(desk_body(&desk), word);
    assert_non_null(at);
    (void)snprintf(form, sizeof form, "doe=mail&hoe=eml&sinds=%s&groep=ticket%%3D%.64s",
        desk_field(&desk, "sinds"), at + strlen(word));
    assert_int_equal(office_run(&office, "session", "move", "S-1", "--venue", "Elders",
                         "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_post(&desk, "/stukken", form), 409);
    shows("intussen veranderd");
    shows("Er is niets gedaan.");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 0);
    at = strstr(desk_body(&desk), word);
    assert_non_null(at);
    (void)snprintf(
        form, sizeof form, "doe=mail&hoe=eml&groep=ticket%%3D%.64s", at + strlen(word));
    run(form);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 1);
}

static void
whose_mail_came_back_is_said_by_her_and_is_passed_over(void **state)
{
    char form[120], address[80];
    (void)state;
    run(EVERYTHING);
    assert_int_equal(desk_post(&desk, "/mail", "doe=weg&zending=1"), 303);
    (void)snprintf(address, sizeof address, "/mens/%s", office_code(&office, "Anna"));
    (void)snprintf(form, sizeof form, "doe=mail-terug&zending=1");
    assert_int_equal(desk_post(&desk, address, form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Mail aan Anna Visser kwam terug.");
    shows("1 kwam terug");
    shows(">Anna Visser</a>");
    assert_int_equal(desk_get(&desk, address), 200);
    shows("Mail naar dit adres kwam terug");
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    shows("</svg>1 mail kwam terug</span> <a href=\"/mens/");
    shows("</svg>mail kwam terug</span>");
    assert_int_equal(office_run(&office, "reissue", "anna visser", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    shows("kwam terug: dit adres neemt geen mail aan");
    shows("Verbeter het adres");
    assert_int_equal(desk_post(&desk, address, "doe=weer-mail"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    hides("Mail naar dit adres kwam terug");
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    hides("mail kwam terug");
    assert_int_equal(desk_post(&desk, address, "doe=geen-mail"), 303);
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    shows("(wil geen mail)");
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(desk_get(&desk, address), 200);
    hides("value=\"weer-mail\"");
}

/* TR2: of the address that it went to, which isn't theirs any more. */
static void
what_came_back_of_an_old_address_leaves_the_new_one(void **state)
{
    char address[80];
    (void)state;
    run(EVERYTHING);
    assert_int_equal(desk_post(&desk, "/mail", "doe=weg&zending=1"), 303);
    assert_int_equal(office_run(&office, "correct", "anna visser",
                         "mail=a.visser@een.example", "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    (void)snprintf(address, sizeof address, "/mens/%s", office_code(&office, "Anna"));
    assert_int_equal(desk_post(&desk, address, "doe=mail-terug&zending=1"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("1 kwam terug");
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(desk_follow(&desk), 200);
    hides("1 kwam terug");
    assert_int_equal(desk_post(&desk, address, "doe=mail-terug&zending=1"), 303);
    assert_int_equal(desk_get(&desk, address), 200);
    shows("a.visser@een.example");
    hides("Mail naar dit adres kwam terug");
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    hides("(kwam terug");
    assert_int_equal(desk_post(&desk, address, "doe=mail-terug&zending=7"), 404);
}

/* Nor does what was said by telephone. */
static void
what_was_told_by_voice_cannot_come_back(void **state)
{
    char form[80];
    (void)state;
    (void)snprintf(form, sizeof form, "doe=verteld&mens=%s", office_code(&office, "Dik"));
    assert_int_equal(desk_post(&desk, "/mail", form), 303);
    assert_int_equal(desk_get(&desk, "/mail?zending=1"), 200);
    shows("Aan wie dit ging");
    hides("mail-terug");
}

/* What was written counts once she says that it went, and goes to nobody again before. */
static void
whether_what_was_written_went_is_asked_and_only_yes_tells_them(void **state)
{
    (void)state;
    run(EVERYTHING);
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    shows("Zijn ze weg?");
    shows("3 mails zijn klaargezet om zelf te versturen");
    hides("Hoe wil je versturen?"); /* nobody is due twice */
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM told WHERE on_its_way = 1"), 3);
    assert_int_equal(desk_post(&desk, "/mail", "doe=niet-weg&zending=1"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("3 mensen staan weer klaar.");
    hides("Zijn ze weg?");
    run("doe=mail&hoe=lijst&groep=ticket");
    assert_int_equal(desk_post(&desk, "/mail", "doe=weg&zending=x"), 400);
    /* a page of before is about none of these (TM6) */
    assert_int_equal(desk_post(&desk, "/mail", "doe=weg&zending=1"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Dat was al beantwoord.");
    shows("Zijn ze weg?");
    assert_int_equal(desk_post(&desk, "/mail", "doe=weg&zending=2"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("1 mens weet het nu.");
    hides("Zijn ze weg?");
    shows("2 mails staan klaar");
    assert_int_equal(desk_post(&desk, "/mail", "doe=weg&zending=2"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Dat was al beantwoord.");
}

/* Cells of a column in the sheet. */
static bool
has_cell(const struct bw_csv_table *table, size_t column, const char *text)
{
    for (size_t row = 0; row < table->rows_count; row++) {
        if (strcmp(table->cells[table->rows[row].first_cell + column], text) == 0) {
            return true;
        }
    }
    return false;
}

/* No page between, but on a machine that is busy. */
static void
fetch_workbook(void)
{
    char target[BW_WEB_TARGET_BYTES_MAX + 2];
    assert_int_equal(desk_post(&desk, "/stukken", "doe=verstuurd&geef=xlsx"), 303);
    (void)snprintf(target, sizeof target, "%s/0", desk.reply.location);
    if (desk_wait(&desk) == 303) {
        assert_string_equal(desk.reply.location, target);
    }
    assert_int_equal(desk_get(&desk, target), 200);
}

static void
what_went_is_fetched_as_a_workbook_at_once(void **state)
{
    static const struct bw_field fields[] = {{.name = "mail", .headings = "mailadres"},
        {.name = "circle", .headings = "kring"}, {.name = NULL}};
    struct bw_csv_table table = {.rows = NULL};
    struct bw_table_passed passed;
    struct bw_error err = {.text = ""};
    (void)state;
    run(EVERYTHING);
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    shows("Download als Excel");
    fetch_workbook();
    assert_string_equal(desk.reply.download, "verstuurd.xlsx");
    assert_int_equal(
        bw_table_file_read((const unsigned char *)desk.reply.body, desk.reply.bytes,
            "verstuurd.xlsx", NULL, fields, &table, &passed, &err),
        BW_OK);
    assert_int_equal(table.rows_count, 3);
    assert_true(has_cell(&table, 1, "'=Mo Vos")); /* no formula, saved as CSV neither */
    assert_true(has_cell(&table, 2, "zoe@drie.example"));
    assert_true(has_cell(&table, 4, "Op de wachtlijst"));
    assert_true(has_cell(&table, 6, "zelf te versturen"));
    bw_csv_table_finish(&table);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(what_went_is_a_row_a_mailing_with_its_people_behind_it),
        ON_DESK(what_went_is_fetched_as_a_workbook_at_once),
        ON_DESK(who_has_no_address_is_told_by_voice),
        ON_DESK(only_the_mailing_that_the_button_stands_at_is_taken_back),
        ON_DESK(only_the_groups_that_are_ticked_go),
        ON_DESK(what_was_changed_since_is_said_and_nothing_is_sent),
        ON_DESK(whose_mail_came_back_is_said_by_her_and_is_passed_over),
        ON_DESK(what_came_back_of_an_old_address_leaves_the_new_one),
        ON_DESK(what_was_told_by_voice_cannot_come_back),
        ON_DESK(whether_what_was_written_went_is_asked_and_only_yes_tells_them),
        ON_DESK(a_circle_that_was_moved_says_what_is_new_and_what_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
