/* Kring: a place for somebody whose turn it isn't, and an undo whose place is gone. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/one_desk.h"

#include "office/table/table_file.h"

#include <string.h>

/* Two have places, two wait. */
static int
open_desk(void **state)
{
    return open_desk_with(state,
        "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"
        "10-2-2025 09:20,mo@twee.example,Mo Vos,OBS Twee,brugfunctionaris,Oost\n"
        "10-2-2025 09:30,zoe@drie.example,Zoë Bos,OBS Drie,brugfunctionaris,Oost\n"
        "10-2-2025 09:40,ria@vier.example,Ria Smit,OBS Vier,brugfunctionaris,Oost\n",
        BW_EXIT_DONE);
}

static int64_t
status_of(const char *first_name)
{
    char sql[120];
    (void)snprintf(sql, sizeof sql,
        "SELECT status FROM registration WHERE first_name = '%s'", first_name);
    return office_number(&office, sql);
}

static void
cancel(const char *first_name)
{
    assert_int_equal(
        office_run(&office, "cancel", office_code(&office, first_name), NULL),
        BW_EXIT_DONE);
}

/* The form of "choose": with this reason, and the picture that was seen. */
static int
choose(const char *first_name, const char *why)
{
    char form[400];
    (void)snprintf(form, sizeof form, "doe=kies&lijst=wacht&mens=%s&waarom=%s&beeld=%s",
        office_code(&office, first_name), why, desk_field(&desk, "beeld"));
    return desk_post(&desk, "/kring/S-1", form);
}

static int
choose_from_menu(const char *first_name)
{
    char form[200];
    (void)snprintf(
        form, sizeof form, "lijst=wacht&een=kies+%s", office_code(&office, first_name));
    return desk_post(&desk, "/kring/S-1", form);
}

static void
a_place_out_of_turn_asks_why_and_keeps_it(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/kring/S-1?lijst=wacht"), 200);
    hides("value=\"kies "); /* no place is free */
    cancel("Anna");
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    shows("Kies iemand anders");
    shows("/kring/S-1?lijst=wacht#mensen");
    assert_int_equal(desk_get(&desk, "/kring/S-1?lijst=wacht"), 200);
    shows("value=\"kies ");
    assert_int_equal(choose_from_menu("Ria"), 200);
    shows("Plek geven aan Ria Smit in Leerkring Zwolle");
    shows("1 mens is eerder aan de beurt en blijft wachten");
    shows("Er is nog niets veranderd");
    assert_int_equal(choose("Ria", ""), 409); /* without a reason it isn't done */
    shows("aria-invalid=\"true\"");
    assert_int_equal(status_of("Ria"), BW_WAITLISTED);
    assert_int_equal(choose("Ria", "geeft+de+workshop"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Ria Smit heeft een plek.");
    assert_int_equal(status_of("Ria"), BW_CONFIRMED);
    assert_int_equal(status_of("Zoë"), BW_WAITLISTED);
    assert_int_equal(desk_get(&desk, "/geschiedenis"), 200);
    shows("geeft de workshop");
}

static void
whose_turn_it_is_needs_no_reason(void **state)
{
    (void)state;
    cancel("Anna");
    assert_int_equal(choose_from_menu("Zoë"), 200);
    hides("name=\"waarom\"");
    assert_int_equal(choose("Zoë", ""), 303);
    assert_int_equal(status_of("Zoë"), BW_CONFIRMED);
    assert_int_equal(office_number(&office,
                         "SELECT count(*) FROM step WHERE what = 'promote' AND why = ''"),
        1);
}

static void
one_place_is_for_one_who_waits(void **state)
{
    char form[200];
    (void)state;
    cancel("Anna");
    int used =
        snprintf(form, sizeof form, "doe=kies&mens=%s", office_code(&office, "Zoë"));
    (void)snprintf(
        form + used, sizeof form - (size_t)used, "&mens=%s", office_code(&office, "Ria"));
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 400);
    assert_int_equal(desk_post(&desk, "/kring/S-1", "doe=kies"), 303); /* nobody */
    assert_int_equal(choose_from_menu("Mo"), 409);                     /* has one */
    assert_int_equal(status_of("Zoë"), BW_WAITLISTED);
}

/* What was done is taken back by its number. */
static int
take_back(int64_t step)
{
    char form[64];
    (void)snprintf(form, sizeof form, "stap=%lld", (long long)step);
    return desk_post(&desk, "/terug", form);
}

static void
an_undo_whose_place_is_gone_says_to_whom_and_offers_the_waiting_list(void **state)
{
    char form[200];
    (void)state;
    cancel("Anna");
    int64_t step = office_number(&office, "SELECT max(step_no) FROM step");
    assert_int_equal(
        office_run(&office, "promote", "--session", "S-1", NULL), BW_EXIT_DONE);
    assert_int_equal(take_back(step), 409);
    shows("Leerkring Zwolle zit intussen vol: Zoë Bos kreeg als laatste een plek. Anna "
          "Visser komt weer op de wachtlijst, op de oude aanmeldtijd: nummer 1.");
    shows("Er is niets veranderd.");
    assert_string_equal(desk_field(&desk, "mens"), office_code(&office, "Anna"));
    assert_int_equal(status_of("Anna"), BW_CANCELLED);
    (void)snprintf(form, sizeof form, "doe=herstel&lijst=wacht&mens=%s",
        office_code(&office, "Anna"));
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 200);
    int used = (int)strlen(form);
    (void)snprintf(
        form + used, sizeof form - (size_t)used, "&beeld=%s", desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 303);
    assert_int_equal(status_of("Anna"), BW_WAITLISTED);
}

/* Another reason is said as it is. */
static void
an_undo_that_later_work_stands_on_offers_no_waiting_list(void **state)
{
    (void)state;
    cancel("Anna");
    int64_t step = office_number(&office, "SELECT max(step_no) FROM step");
    assert_int_equal(office_run(&office, "reinstate", office_code(&office, "Anna"), NULL),
        BW_EXIT_LOOK);
    assert_int_equal(take_back(step), 409);
    hides("Zet op de wachtlijst");
}

/* The last answer as rows: name, school and state, ";" between people. */
static const char *
sheet(void)
{
    static char text[800];
    static const struct bw_field fields[] = {
        {.name = "first_name", .headings = "voornaam"},
        {.name = "school", .headings = "school"}, {.name = NULL}};
    struct bw_csv_table table = {.rows = NULL};
    struct bw_table_passed passed;
    struct bw_error err = {.text = ""};
    assert_int_equal(
        bw_table_file_read((const unsigned char *)desk.reply.body, desk.reply.bytes,
            desk.reply.download, NULL, fields, &table, &passed, &err),
        BW_OK);
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < table.rows_count; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s %s, %s, %s;",
            bw_csv_cell_at(&table, &table.rows[i], 0),
            bw_csv_cell_at(&table, &table.rows[i], 1),
            bw_csv_cell_at(&table, &table.rows[i], 2),
            bw_csv_cell_at(&table, &table.rows[i], 6));
    }
    bw_csv_table_finish(&table);
    return text;
}

static void
who_is_ticked_is_a_list_for_excel(void **state)
{
    char form[200];
    (void)state;
    (void)snprintf(form, sizeof form, "doe=lijst&lijst=plek&getoond=%s",
        office_code(&office, "Anna"));
    (void)snprintf(form + strlen(form), sizeof form - strlen(form), "&mens=%s",
        office_code(&office, "Mo"));
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 200);
    assert_string_equal(desk.reply.download, "S-1-plek-2025-03-17.xlsx");
    assert_string_equal(sheet(), "Mo Vos, OBS Twee, nog te vertellen;");
    assert_int_equal(desk_post(&desk, "/kring/S-1", "doe=lijst&lijst=wacht"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Kies eerst mensen");
}

static void
all_that_is_shown_is_a_list_in_the_order_of_the_page(void **state)
{
    char form[200];
    (void)state;
    (void)snprintf(
        form, sizeof form, "doe=lijst&alles=1&getoond=%s", office_code(&office, "Mo"));
    (void)snprintf(form + strlen(form), sizeof form - strlen(form), "&getoond=%s",
        office_code(&office, "Anna"));
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 200);
    assert_string_equal(sheet(), "Mo Vos, OBS Twee, nog te vertellen;"
                                 "Anna Visser, OBS Een, nog te vertellen;");
}

static void
who_is_of_no_such_circle_is_on_no_list(void **state)
{
    (void)state;
    assert_int_equal(desk_post(&desk, "/kring/S-1", "doe=lijst&mens=K7QM-2XRD"), 404);
    assert_int_equal(desk_post(&desk, "/kring/S-1", "doe=lijst&mens=nobody"), 404);
    assert_int_equal(desk_post(&desk, "/kring/S-9", "doe=lijst&mens=nobody"), 404);
}

static void
list_that_isnt_whole_says_how_much_of_it_is_shown(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    hides("Toon alle");
    assert_int_equal(desk_get(&desk, "/kring/S-1?zoek=vos"), 200);
    shows("1 van 2</span>");
    shows(
        "href=\"/kring/S-1?lijst=plek&amp;sorteer=naam&amp;alle=1#mensen\">Toon alle 2<");
}

static void
hundred_are_shown_of_a_long_list_until_all_are_asked_for(void **state)
{
    enum { PEOPLE = 101, ROW_BYTES = 96 };
    static char rows[PEOPLE * ROW_BYTES];
    size_t used = 0;
    (void)state;
    for (int i = 0; i < PEOPLE; i++) {
        used += (size_t)snprintf(rows + used, sizeof rows - used,
            "11-2-2025 09:10,w%d@een.example,W%d Bos,OBS Een,brugfunctionaris,Oost\n", i,
            i);
    }
    assert_int_equal(office_sign_up(&office, rows), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/kring/S-1?lijst=wacht"), 200);
    shows("100 van 103</span>");
    hides(">W100 Bos<");
    assert_int_equal(desk_get(&desk, "/kring/S-1?lijst=wacht&alle=1"), 200);
    shows(">W100 Bos<");
    hides("van 103");
}

/* It is of the place where it was: another place has none until one is said. */
static void
a_venues_number_is_called_by_a_link_and_stays_behind_with_the_venue(void **state)
{
    (void)state;
    assert_int_equal(
        office_number(&office, "UPDATE session SET venue_phone = '058 - 234 56 78'"
                               " WHERE code = 'S-1' RETURNING session_no"),
        1);
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    shows("<a href=\"tel:0582345678\">058 - 234 56 78</a>");
    assert_int_equal(office_run(&office, "session", "move", "S-1", "--venue", "Elders",
                         "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    hides("tel:");
    assert_int_equal(
        office_run(&office, "undo", "--clock", OFFICE_DAY, NULL), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    shows("tel:0582345678");
}

/* With a picture of before and after, and a link to call it. */
static void
a_venues_number_is_changed_by_the_form_of_time_and_place(void **state)
{
    char form[400];
    (void)state;
    assert_int_equal(desk_get(&desk, "/kring/S-1/wijzig"), 200);
    shows("Telefoon van de locatie");
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat",
                         "doe=verplaatsen&plaats=Buurthuis&telefoon=058+1234567+%3Cb%3E"),
        200);
    shows("058 1234567 &lt;b&gt;</p>");
    shows("0 mensen krijgen bericht");
    (void)snprintf(form, sizeof form,
        "doe=verplaatsen&plaats=Buurthuis&telefoon=058+1234567+%%3Cb%%3E&beeld=%s",
        desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat", form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("<a href=\"tel:0581234567\">058 1234567 &lt;b&gt;</a>");
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    hides("tel:");
}

/* Somebody else gave it another number since: nothing is done. */
static void
a_venues_number_that_was_changed_meanwhile_is_not_overwritten(void **state)
{
    char form[400];
    (void)state;
    assert_int_equal(
        desk_post(&desk, "/kring/S-1/staat", "doe=verplaatsen&telefoon=058+1"), 200);
    (void)snprintf(form, sizeof form, "doe=verplaatsen&telefoon=058+1&beeld=%s",
        desk_field(&desk, "beeld"));
    assert_int_equal(office_run(&office, "session", "move", "S-1", "--venue-phone",
                         "058 2", "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_post(&desk, "/kring/S-1/staat", form), 200);
    shows("Er is niets gedaan.");
    assert_string_equal(
        office_text(&office, "SELECT venue_phone FROM session WHERE code = 'S-1'"),
        "058 2|");
}

/* As a person would dial it. */
static void
of_a_venues_number_only_what_is_dialled_is_called(void **state)
{
    static const struct {
        const char *typed, *dialled;
    } numbers[] = {{"+31 (0)58 234 56 78", "+31582345678"},
        {"(058) 234 56 78", "0582345678"}, {"0582/34.56.78", "0582345678"},
        {"058-2345678 / 06-12345678", "0582345678"},
        {"058-2345678 tst. 12", "0582345678"},
        {"Tel. 058\xc2\xa0"
         "2345678",
            "0582345678"},
        {"112", NULL}, {"javascript:alert(1)", NULL}};
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char sql[200], link[80];
        (void)snprintf(sql, sizeof sql,
            "UPDATE session SET venue_phone = '%s' WHERE code = 'S-1' RETURNING"
            " session_no",
            numbers[i].typed);
        assert_int_equal(office_number(&office, sql), 1);
        assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
        if (numbers[i].dialled == NULL) {
            hides("tel:");
            continue;
        }
        (void)snprintf(link, sizeof link, "href=\"tel:%s\"", numbers[i].dialled);
        shows(link);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(a_place_out_of_turn_asks_why_and_keeps_it),
        ON_DESK(a_venues_number_is_changed_by_the_form_of_time_and_place),
        ON_DESK(a_venues_number_that_was_changed_meanwhile_is_not_overwritten),
        ON_DESK(of_a_venues_number_only_what_is_dialled_is_called),
        ON_DESK(a_venues_number_is_called_by_a_link_and_stays_behind_with_the_venue),
        ON_DESK(whose_turn_it_is_needs_no_reason),
        ON_DESK(one_place_is_for_one_who_waits),
        ON_DESK(an_undo_whose_place_is_gone_says_to_whom_and_offers_the_waiting_list),
        ON_DESK(who_is_ticked_is_a_list_for_excel),
        ON_DESK(all_that_is_shown_is_a_list_in_the_order_of_the_page),
        ON_DESK(who_is_of_no_such_circle_is_on_no_list),
        ON_DESK(list_that_isnt_whole_says_how_much_of_it_is_shown),
        ON_DESK(hundred_are_shown_of_a_long_list_until_all_are_asked_for),
        ON_DESK(an_undo_that_later_work_stands_on_offers_no_waiting_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
