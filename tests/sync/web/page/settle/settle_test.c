/* Uitzoeken: what kiosks saw is shown side by side, decided by a click, and taken back by
 * one; what somebody decided meanwhile is said. */
#include "tests/sync/testing.h"

#include "tests/sync/web/page/settle/settle_help.h"

#include "exchange/letter/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define RULINGS                                                                          \
    "SELECT count(*) FROM ruling r JOIN step t ON t.step_no = r.step_no"                 \
    " WHERE t.undone_by = 0 AND r.kind < 3"

static struct settling s;

static int
open_all(void **state)
{
    (void)state;
    settling_open(&s, NULL);
    return 0;
}

static int
close_all(void **state)
{
    (void)state;
    settling_close(&s);
    return 0;
}

/* Decides so of the conflict there is. */
static int
decide(const char *decision)
{
    char form[300];
    settling_look(&s.desk, decision, form);
    return desk_post(&s.desk, "/uitzoeken", form);
}

static void
take_back(void)
{
    char form[64];
    (void)snprintf(
        form, sizeof form, "stap=%s&naar=/uitzoeken", desk_field(&s.desk, "stap"));
    assert_int_equal(desk_post(&s.desk, "/terug", form), 303);
    assert_string_equal(s.desk.reply.location, "/uitzoeken");
}

static void
of_two_entries_one_is_said_not_to_count_and_comes_back_by_a_click(void **state)
{
    char decision[64];
    (void)state;
    (void)snprintf(decision, sizeof decision, "uit+%s", settling_double_entry(&s));
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_shows(&s.desk, "Eén ticket, twee keer binnen");
    desk_shows(&s.desk, "Balie");
    desk_shows(&s.desk, "Zij-ingang");
    desk_hides(&s.desk, "gebeurtenis ");
    desk_shows(&s.desk, "Dezelfde mens, twee keer gescand");
    desk_shows(&s.desk, "1 aanwezig blijft 1"); /* they count once already */
    assert_int_equal(decide(decision), 303);
    assert_int_equal(office_number(&s.office, RULINGS), 1);
    assert_int_equal(desk_follow(&s.desk), 200);
    desk_shows(&s.desk, "Vastgelegd: de binnenkomst bij Zij-ingang");
    desk_shows(&s.desk, "Alles is uitgezocht");
    desk_shows(&s.desk, "“gebeld”");
    take_back();
    assert_int_equal(office_number(&s.office, RULINGS), 0);
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_shows(&s.desk, "Eén ticket, twee keer binnen");
}

/* And the report names it: ruling_test. */
static void
that_nobody_knows_is_recorded_and_asked_about_no_more(void **state)
{
    (void)state;
    (void)settling_double_entry(&s);
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_shows(&s.desk, "Ons voorstel: Iemand anders kwam binnen met dit ticket");
    desk_shows(&s.desk, "Binnen een minuut bij twee ingangen");
    desk_shows(&s.desk, "value=\"klopt\"");
    desk_shows(&s.desk, "1 aanwezig wordt 2");
    desk_shows(&s.desk, "het verslag zegt dat dit open bleef");
    assert_int_equal(decide("weet-niet"), 303);
    assert_int_equal(desk_follow(&s.desk), 200);
    desk_shows(&s.desk, "Dat weten we niet; het verslag zegt het.");
    desk_shows(&s.desk, "Alles is uitgezocht");
    desk_shows(&s.desk, "<small>Anouk, ");
    take_back();
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_shows(&s.desk, "Eén ticket, twee keer binnen");
}

static void
the_other_answers_of_one_ticket_in_twice_are_kept_too(void **state)
{
    char decision[64];
    (void)state;
    (void)snprintf(decision, sizeof decision, "ander+%s", settling_double_entry(&s));
    assert_int_equal(decide(decision), 303);
    assert_int_equal(desk_follow(&s.desk), 200);
    desk_shows(&s.desk, "telt als inloper");
    take_back();
    assert_int_equal(decide("klopt"), 303);
    assert_int_equal(desk_follow(&s.desk), 200);
    desk_shows(&s.desk, "Dat klopt zo.");
    desk_shows(&s.desk, "Alles is uitgezocht");
}

static void
a_walk_in_is_said_to_be_who_is_registered(void **state)
{
    char decision[96], shown[BW_CODE_SHOWN_BYTES];
    const char *walk_in = settling_walk_in(&s);
    (void)state;
    bw_code_format_shown(people_code(&s.office, 1), shown);
    (void)snprintf(decision, sizeof decision, "is+%s+%s", walk_in, shown);
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_shows(&s.desk, "Eén mens, op twee plekken");
    desk_shows(&s.desk, "Dit is Piet P1");
    desk_shows(&s.desk, "Inloper, zonder aanmelding");
    desk_shows(&s.desk, "2 aanwezig wordt 1");
    assert_int_equal(office_number(&s.office, RULINGS), 0); /* WD2 */
    assert_int_equal(decide(decision), 303);
    assert_int_equal(office_number(&s.office, RULINGS " AND r.code IS NOT NULL"), 1);
    assert_int_equal(desk_follow(&s.desk), 200);
    desk_shows(&s.desk, "is Piet P1.");
}

/* Geschiedenis says it so, too: no number of an event. */
static void
what_was_decided_is_listed_by_kiosk_time_and_name(void **state)
{
    static const struct {
        const char *decision;
        bool of_entry;
        const char *said;
    } answers[] = {
        {"uit+", true, "Binnenkomst van Piet P0 bij Zij-ingang, 25 mrt "},
        {"ander+", true, "iemand anders, met het ticket van Piet P0"},
        {"klopt", false,
            "Eén ticket, twee keer binnen: dat klopt zo (Piet P0, Balie, 25 mrt "},
        {"weet-niet", false,
            "twee keer binnen: dat weten we niet (Piet P0, Balie, 25 mrt "},
    };
    char entry[BW_EVENT_ID_BYTES], decision[96];
    (void)state;
    (void)snprintf(entry, sizeof entry, "%s", settling_double_entry(&s));
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        (void)snprintf(decision, sizeof decision, "%s%s", answers[i].decision,
            answers[i].of_entry ? entry : "");
        assert_int_equal(decide(decision), 303);
        assert_int_equal(desk_get(&s.desk, "/geschiedenis"), 200);
        desk_shows(&s.desk, answers[i].said);
        desk_hides(&s.desk, entry);
        assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
        desk_shows(&s.desk, "Vastgelegd</h2>");
        desk_shows(&s.desk, answers[i].said);
        desk_hides(&s.desk, entry);
        take_back();
    }
}

static void
a_walk_in_that_was_named_is_listed_by_that_name(void **state)
{
    char decision[96], shown[BW_CODE_SHOWN_BYTES];
    (void)state;
    bw_code_format_shown(people_code(&s.office, 1), shown);
    (void)snprintf(decision, sizeof decision, "is+%s+%s", settling_walk_in(&s), shown);
    assert_int_equal(decide(decision), 303);
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_shows(&s.desk, "Inloper bij Zij-ingang, 25 mrt ");
    desk_shows(&s.desk, ": dat is Piet P1 ");
}

/* Each is a page of its own, and there's one way on and one way back. */
static void
of_two_conflicts_the_one_shown_leads_to_the_other_once(void **state)
{
    (void)state;
    (void)settling_double_entry(&s);
    (void)settling_walk_in(&s);
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_shows(&s.desk, "1 / 2");
    desk_shows(&s.desk, "rel=\"next\" href=\"?blad=2\"");
    desk_hides(&s.desk, "rel=\"prev\"");
    desk_hides(&s.desk, "Bladzijde 1 van 2");
    assert_int_equal(desk_get(&s.desk, "/uitzoeken?blad=2"), 200);
    desk_shows(&s.desk, "2 / 2");
    desk_shows(&s.desk, "rel=\"prev\" href=\"?blad=1\"");
    desk_hides(&s.desk, "rel=\"next\"");
    desk_hides(&s.desk, "Bladzijde 2 van 2");
}

/* Leerkring Emmen, of which no kiosk here may say anything. */
static void
second_circle(void)
{
    const char *path = office_write(&s.office, "second.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Emmen,leerkring,Noord,Buurthuis,2025-03-25T13:30,"
        "2025-03-25T16:30,10,brugfunctionaris\n");
    assert_int_equal(
        office_run(&s.office, "import", "sessions", path, NULL), BW_EXIT_DONE);
}

static void
several_events_are_taken_in_at_once_and_come_back_together(void **state)
{
    static const char taken[] = "SELECT count(*) FROM quarantine WHERE settled <> 0";
    (void)state;
    second_circle();
    (void)kiosk_walk_in_elsewhere(&s.front, 2, "Inez");
    (void)kiosk_walk_in_elsewhere(&s.front, 2, "Joep");
    (void)kiosk_walk_in_elsewhere(&s.front, 2, "Kee");
    settling_push(&s);
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_shows(&s.desk, "Tellen nog nergens mee");
    desk_shows(&s.desk, ">Leerkring Emmen</td>");
    desk_hides(&s.desk, ">S-2<");
    assert_int_equal(desk_post(&s.desk, "/uitzoeken", "doe=telt"), 303);
    assert_int_equal(desk_follow(&s.desk), 200);
    desk_shows(&s.desk, "Kies eerst gebeurtenissen in de lijst.");
    assert_int_equal(
        desk_post(&s.desk, "/uitzoeken", "doe=telt&waarom=gebeld&nummer=1&nummer=3"),
        303);
    assert_int_equal(office_number(&s.office, taken), 2);
    assert_int_equal(desk_follow(&s.desk), 200);
    desk_shows(&s.desk, "2 gebeurtenissen tellen nu mee.");
    desk_shows(&s.desk, "<li>2 gebeurtenissen van Balie: tellen mee · “gebeld”");
    assert_int_equal(
        desk_post(&s.desk, "/uitzoeken", "doe=telt-niet&nummer=1&nummer=2"), 200);
    desk_shows(&s.desk, "role=\"alert\""); /* somebody was first */
    assert_int_equal(office_number(&s.office, taken), 2);
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    take_back();
    assert_int_equal(office_number(&s.office, taken), 0);
}

static void
an_event_that_waits_is_told_by_kiosk_and_person_and_not_by_number(void **state)
{
    (void)state;
    second_circle();
    (void)kiosk_event(&s.front,
        (struct bw_event){.session_no = 2,
            .kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_TICKET,
            .verdict = BW_VERDICT_WELCOME,
            .code = people_code(&s.office, 1)},
        NULL);
    settling_push(&s);
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_shows(
        &s.desk, "<th scope=\"row\">Balie<small>Binnengekomen · Piet P1</small></th>");
    desk_shows(&s.desk, "aria-label=\"Kies Balie, 25 mrt ");
    desk_hides(&s.desk, ">Nummer<");
    assert_int_equal(
        desk_post(&s.desk, "/uitzoeken", "doe=telt&waarom=gebeld&nummer=1"), 303);
    assert_int_equal(desk_follow(&s.desk), 200);
    desk_shows(&s.desk, "Deze gebeurtenis telt nu mee.");
    take_back();
    assert_int_equal(desk_get(&s.desk, "/geschiedenis"), 200);
    desk_shows(&s.desk, "<b>Beslist wat een zuil stuurde</b>"); /* it waits again */
    desk_hides(&s.desk, " 1 in</b>");
}

/* As a browser sends it: the button, and the field beside it. */
static int
decide_by_name(const char *walk_in, const char *name)
{
    char decision[160];
    (void)snprintf(
        decision, sizeof decision, "is+%.33s&wie-%.33s=%s", walk_in, walk_in, name);
    return decide(decision);
}

static void
a_walk_in_is_named_by_what_is_typed(void **state)
{
    char walk_in[BW_EVENT_ID_BYTES];
    (void)state;
    (void)snprintf(walk_in, sizeof walk_in, "%s", settling_walk_in(&s));
    assert_int_equal(decide_by_name(walk_in, ""), 409);
    desk_shows(&s.desk, "Hier past niemand van deze kring bij");
    assert_int_equal(decide_by_name(walk_in, "Piet+P2"), 303);
    assert_int_equal(desk_follow(&s.desk), 200);
    desk_shows(&s.desk, "is Piet P2.");
    take_back();
    assert_int_equal(decide_by_name(walk_in, "Niemand"), 404);
    desk_shows(&s.desk, "Hier past niemand van deze kring bij");
    desk_shows(&s.desk, "value=\"Niemand\"");
    assert_int_equal(office_number(&s.office, RULINGS), 0);
}

static void
of_two_who_looked_the_second_is_told_and_nothing_is_said_twice(void **state)
{
    char decision[64], form[300], other[300];
    (void)state;
    (void)snprintf(decision, sizeof decision, "uit+%s", settling_double_entry(&s));
    settling_look(&s.desk, decision, form);
    settling_look(&s.colleague, decision, other);
    assert_int_equal(desk_post(&s.desk, "/uitzoeken", form), 303);
    assert_int_equal(desk_post(&s.colleague, "/uitzoeken", other), 200);
    desk_shows(&s.colleague, "Iemand anders veranderde dit net");
    desk_shows(&s.colleague, "Alles is uitgezocht");
    assert_int_equal(office_number(&s.office, RULINGS), 1);
}

static void
what_the_page_does_not_offer_is_refused(void **state)
{
    static const char *const wrong[] = {"", "uit", "uit+", "uit+1-999", "is+1-1+x",
        "weg+1-1", "uit+1-1111111111111111111111111111111111111111111"};
    (void)state;
    (void)settling_double_entry(&s);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(decide(wrong[i]), 400);
    }
    assert_int_equal(desk_post(&s.desk, "/uitzoeken", "besluit=uit+1-1"), 200);
    desk_shows(&s.desk, "Iemand anders veranderde dit net");
    assert_int_equal(office_number(&s.office, RULINGS), 0);
}

/* And then the report has no colon with nothing behind it. */
static void
a_reason_may_stay_empty(void **state)
{
    char form[200], folder[200], path[220];
    const char *entry = settling_double_entry(&s);
    (void)state;
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    (void)snprintf(form, sizeof form, "waarom=&besluit=uit+%.33s&beeld=%s", entry,
        desk_field(&s.desk, "beeld"));
    assert_int_equal(desk_post(&s.desk, "/uitzoeken", form), 303);
    (void)snprintf(folder, sizeof folder, "%s", office_path(&s.office, "report"));
    assert_int_equal(office_run(&s.office, "report", "--session", "S-1", "--out", folder,
                         "--clock", KIOSK_AFTER, NULL),
        BW_EXIT_DONE);
    (void)snprintf(path, sizeof path, "%s/report.json", folder);
    json_t *root = json_load_file(path, 0, NULL);
    char *text = json_dumps(root, JSON_COMPACT);
    assert_non_null(text);
    assert_non_null(strstr(text, "telt na beoordeling niet mee.\""));
    free(text);
    json_decref(root);
}

static void
somebody_who_cancelled_and_came_is_a_click_away(void **state)
{
    char code[BW_CODE_BYTES], shown[BW_CODE_SHOWN_BYTES], link[64];
    (void)state;
    bw_code_format(people_code(&s.office, 0), code);
    bw_code_format_shown(people_code(&s.office, 0), shown);
    (void)snprintf(link, sizeof link, "<a href=\"/mens/%s\">Piet P0</a>", shown);
    (void)kiosk_arrived(&s.front, people_code(&s.office, 0));
    assert_int_equal(office_run(&s.office, "cancel", code, NULL), BW_EXIT_DONE);
    settling_push(&s);
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_shows(&s.desk, "Had zich afgemeld, en kwam toch");
    desk_shows(&s.desk, link);
    desk_shows(&s.desk, "Deze binnenkomst telt niet");
}

/* One statement, as what comes by a carrier would write it. */
static void
change(const char *sql)
{
    struct bw_central *central = s.desk.desk.office.central;
    struct bw_error err = {.text = ""};
    if (bw_central_begin(central, &err) != BW_OK ||
        bw_central_run(central, sql, NULL, 0, NULL, NULL, &err) != BW_OK ||
        bw_central_commit(central, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
}

static void
an_introduction_that_waits_is_taken_here(void **state)
{
    uint8_t sign[32] = {0}, box[32] = {0}, store[32] = {0};
    char words[BW_CHECK_WORDS_BYTES], form[200], *blank;
    (void)state;
    bw_letter_check_words(sign, box, store, words);
    change("INSERT INTO introduction (device, sign_public, box_public, store_id,"
           " received_ms, state) VALUES (1, zeroblob(32), zeroblob(32), zeroblob(32),"
           " 1742905800000, 0)");
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_shows(&s.desk, words);
    desk_shows(&s.desk, "value=\"neem-aan\"");
    (void)snprintf(form, sizeof form, "doe=neem-aan&zuil=1&woorden=%s", words);
    while ((blank = strchr(form, ' ')) != NULL) {
        *blank = '+';
    }
    assert_int_equal(desk_post(&s.desk, "/zuilen", form), 303);
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_hides(&s.desk, words);
}

static void
a_letter_that_was_set_aside_says_why_and_what_helps(void **state)
{
    (void)state;
    change("INSERT INTO letter_in (name, hash, kind, device, from_seq, to_seq, counter,"
           " taken_ms, state, why) VALUES ('bw-events-1-1-9-00112233.bwe', zeroblob(32),"
           " 1, 1, 1, 9, 0, 1742916000000, 1, 'its signature doesn''t hold')");
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_shows(&s.desk, "Niet te lezen");
    desk_shows(&s.desk, "its signature doesn&#39;t hold");
    desk_shows(&s.desk, "/zuilen/nieuw?zuil=1");
    desk_shows(&s.desk, "Balie");
}

/* What the front kiosk wrote on a stick: never sent by another road. */
static const char *
stick(void)
{
    static char folder[200];
    (void)snprintf(folder, sizeof folder, "%s", office_path(&s.office, "stick"));
    (void)mkdir(folder, 0700);
    (void)kiosk_arrived(&s.front, people_code(&s.office, 0));
    assert_int_equal(kiosk_run(&s.front, "export", folder, "--clock", KIOSK_AFTER, NULL),
        BW_EXIT_DONE);
    s.desk.wall_ms = KIOSK_START_MS + 210 * KIOSK_MINUTE_MS; /* after it */
    return folder;
}

static void
what_a_kiosk_wrote_on_a_stick_is_read_by_the_page(void **state)
{
    const char *folder = stick();
    (void)state;
    assert_int_equal(desk_give_folder(&s.desk, "/zuilen/lees", folder, false), 303);
    assert_string_equal(s.desk.reply.location, "/zuilen");
    assert_int_equal(desk_follow(&s.desk), 200);
    desk_shows(&s.desk, "nieuwe gebeurtenis");
    assert_true(office_number(&s.office, "SELECT count(*) FROM event") > 0);
    assert_int_equal(desk_give_folder(&s.desk, "/zuilen/lees", folder, false), 303);
    assert_int_equal(desk_follow(&s.desk), 200);
    desk_shows(&s.desk, "Er was niets nieuws bij.");
    assert_int_equal(desk_give(&s.desk, "/zuilen/lees", "", NULL, 0), 303);
    assert_int_equal(desk_give(&s.desk, "/zuilen/iets", "", NULL, 0), 404);
}

static void
a_damaged_file_of_a_stick_is_named_at_uitzoeken_until_a_good_one_comes(void **state)
{
    const char *folder = stick();
    (void)state;
    assert_int_equal(desk_give_folder(&s.desk, "/zuilen/lees", folder, true), 303);
    assert_string_equal(s.desk.reply.location, "/uitzoeken");
    assert_int_equal(desk_follow(&s.desk), 200);
    desk_shows(&s.desk, "Niet te lezen");
    assert_int_equal(office_number(&s.office, "SELECT count(*) FROM event"), 0);
    assert_int_equal(desk_give_folder(&s.desk, "/zuilen/lees", folder, false), 303);
    assert_true(office_number(&s.office, "SELECT count(*) FROM event") > 0);
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_hides(&s.desk, "Niet te lezen");
}

#define ON_DESK(test) cmocka_unit_test_setup_teardown(test, open_all, close_all)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(of_two_entries_one_is_said_not_to_count_and_comes_back_by_a_click),
        ON_DESK(that_nobody_knows_is_recorded_and_asked_about_no_more),
        ON_DESK(the_other_answers_of_one_ticket_in_twice_are_kept_too),
        ON_DESK(a_walk_in_is_said_to_be_who_is_registered),
        ON_DESK(what_was_decided_is_listed_by_kiosk_time_and_name),
        ON_DESK(a_walk_in_that_was_named_is_listed_by_that_name),
        ON_DESK(of_two_conflicts_the_one_shown_leads_to_the_other_once),
        ON_DESK(several_events_are_taken_in_at_once_and_come_back_together),
        ON_DESK(an_event_that_waits_is_told_by_kiosk_and_person_and_not_by_number),
        ON_DESK(a_walk_in_is_named_by_what_is_typed),
        ON_DESK(of_two_who_looked_the_second_is_told_and_nothing_is_said_twice),
        ON_DESK(what_the_page_does_not_offer_is_refused),
        ON_DESK(a_reason_may_stay_empty),
        ON_DESK(somebody_who_cancelled_and_came_is_a_click_away),
        ON_DESK(an_introduction_that_waits_is_taken_here),
        ON_DESK(a_letter_that_was_set_aside_says_why_and_what_helps),
        ON_DESK(what_a_kiosk_wrote_on_a_stick_is_read_by_the_page),
        ON_DESK(a_damaged_file_of_a_stick_is_named_at_uitzoeken_until_a_good_one_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
