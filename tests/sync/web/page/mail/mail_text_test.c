/* Pas de tekst aan: her own words in mails, with the mail beside them. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/one_desk.h"

#include <string.h>

static int
open_desk(void **state)
{
    return open_desk_with(state,
        "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n",
        BW_EXIT_DONE);
}

/* With what the page says of its state. */
static int
post(const char *what)
{
    char form[1200], since[32];
    (void)snprintf(since, sizeof since, "%s", desk_field(&desk, "sinds"));
    (void)snprintf(form, sizeof form, "beeld=%s&sinds=%s&%s", desk_field(&desk, "beeld"),
        since, what);
    return desk_post(&desk, "/mail/ticket", form);
}

#define HERS                                                                             \
    "onderwerp=Tot+op+%7Bdatum%7D&kop=Welkom&tekst=Hoi+%7Bvoornaam%7D%0D%0A%0D%0AFijn!"

static void
what_she_types_is_shown_as_it_will_be_and_kept_by_another_button(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    shows("href=\"/mail/ticket\"");
    shows("Pas de tekst aan");
    assert_int_equal(desk_get(&desk, "/mail/ticket"), 200);
    shows("Dag {voornaam}");
    shows("<p>Dag Anna");
    hides("Terug naar onze tekst");
    assert_int_equal(post(HERS "&doe=bekijk"), 200);
    shows("Het is nog niet bewaard");
    shows("<p>Hoi Anna</p>");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM mail_text"), 0);
    assert_int_equal(post(HERS "&doe=bewaar"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Zo zeggen de mails het voortaan.");
    shows("Hoi {voornaam}");
    assert_int_equal(desk_get(&desk, "/mail"), 200);
    shows("<p>Hoi Anna</p>");
}

static void
ours_come_back_by_a_button_and_hers_by_taking_that_back(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/mail/ticket"), 200);
    assert_int_equal(post(HERS "&doe=bewaar"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Terug naar onze tekst");
    assert_int_equal(post("doe=ons"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Onze tekst staat er weer.");
    shows("<p>Dag Anna");
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(desk_get(&desk, "/mail/ticket"), 200);
    shows("is ongedaan gemaakt.<"); /* and no word of people */
    shows("<p>Hoi Anna</p>");
}

static void
lines_she_breaks_stay_broken_beside_and_those_of_the_width_do_not(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/mail/ticket"), 200);
    assert_int_equal(
        post("onderwerp=Dag&kop=Dag&doe=bekijk&tekst=Een+pen%0D%0AEen+schrift%0D%0A%0D%0A"
             "Deze+zin+is+langer+dan+wat+er+op+een+regel+van+een+mail+in+tekst+past,"
             "+en+loopt+door."),
        200);
    shows("<p>Een pen\nEen schrift</p>");
    shows("<p>Deze zin is langer dan wat er op een regel van een mail in tekst past, "
          "en loopt door.</p>");
}

static void
what_cannot_stand_there_is_said_at_its_field_and_stays_typed(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/mail/ticket"), 200);
    assert_int_equal(
        post("onderwerp=Dag&kop=Dag&tekst=Dag+%7Bvornaam%7D&doe=bewaar"), 400);
    shows("{vornaam}");
    shows("id=\"tekst-f\"");
    shows("Dag {vornaam}</textarea>");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM mail_text"), 0);
    assert_int_equal(desk_get(&desk, "/mail/niets"), 404);
}

static void
a_text_that_was_changed_meanwhile_is_not_written_over(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/mail/ticket"), 200);
    assert_int_equal(office_run(&office, "mail", "text", "ticket", "subject", "Van Ria",
                         "--as", "Ria", NULL),
        BW_EXIT_DONE);
    assert_int_equal(post(HERS "&doe=bewaar"), 200);
    shows("Ria");
    shows("Deze tekst is intussen veranderd.");
    shows("Welkom");
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM mail_text WHERE words = 'Van Ria'"),
        1);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM mail_text"), 1);
    assert_int_equal(post(HERS "&doe=bewaar"), 303);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM mail_text"), 4);
}

static void
every_kind_is_shown_with_somebody_real(void **state)
{
    static const char *const kinds[] = {"ticket", "place", "moved", "moved-same",
        "moved-waiting", "cancelled", "called-off", "waiting", "renewed", "certificate"};
    char address[40];
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        (void)snprintf(address, sizeof address, "/mail/%s", kinds[i]);
        assert_int_equal(desk_get(&desk, address), 200);
        shows("<p>Dag Anna");
        shows("anna@een.example");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)
        WITH_DESK(what_she_types_is_shown_as_it_will_be_and_kept_by_another_button),
        WITH_DESK(ours_come_back_by_a_button_and_hers_by_taking_that_back),
        WITH_DESK(lines_she_breaks_stay_broken_beside_and_those_of_the_width_do_not),
        WITH_DESK(what_cannot_stand_there_is_said_at_its_field_and_stays_typed),
        WITH_DESK(a_text_that_was_changed_meanwhile_is_not_written_over),
        WITH_DESK(every_kind_is_shown_with_somebody_real),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
