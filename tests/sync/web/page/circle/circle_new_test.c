/* One new circle, by hand: a form, what it would be, and then it is there. */
#define ONE_OFFICE_PLACES 20
#include "tests/sync/web/one_desk.h"

static int
open_desk(void **state)
{
    return open_desk_with(state,
        "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n",
        BW_EXIT_DONE);
}

#define FORM                                                                             \
    "doe=maak&naam=Leerkring+%3Cb%3EAlmelo&kenmerk=S-2&reeks=reeks&begin=2025-03-27+"    \
    "13%3A30&plaats=Het+Huis&regio=oost&plekken=12"

static void
a_circle_is_shown_first_and_then_made_and_taken_back(void **state)
{
    char form[500];
    (void)state;
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("href=\"/kringen/nieuw\"");
    assert_int_equal(desk_get(&desk, "/kringen/nieuw"), 200);
    shows("name=\"reeks\" value=\"reeks\"");
    shows("name=\"plekken\" value=\"20\"");
    shows("<option value=\"Oost\">");
    hides("name=\"beeld\"");
    assert_int_equal(desk_post(&desk, "/kringen/nieuw", FORM), 200);
    shows("<b>Leerkring &lt;b&gt;Almelo</b> · S-2<br>reeks · Oost</p>");
    shows("donderdag 27 maart 2025<br>13.30 – 16.30<br>Het Huis</p>");
    shows("name=\"naam\" value=\"Leerkring &lt;b&gt;Almelo\"");
    shows("name=\"plekken\" value=\"12\"");
    shows("12 plekken<br>voor: brugfunctionaris");
    shows("Niemand krijgt bericht.");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM session"), 1);
    (void)snprintf(form, sizeof form, "%s&beeld=%s", FORM, desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, "/kringen/nieuw", form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Leerkring &lt;b&gt;Almelo is erbij.");
    shows("<h1>Leerkring &lt;b&gt;Almelo</h1>");
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM session"), 1);
    assert_int_equal(desk_get(&desk, "/geschiedenis"), 200);
    shows("Kring gemaakt");
}

static void
what_is_wrong_or_clashes_is_said_at_its_field(void **state)
{
    (void)state;
    assert_int_equal(desk_post(&desk, "/kringen/nieuw", FORM "&einde=straks"), 400);
    shows("<p class=\"melding\" id=\"einde-f\">");
    shows("value=\"Het Huis\"");
    assert_int_equal(desk_post(&desk, "/kringen/nieuw",
                         "doe=maak&naam=X&kenmerk=&begin=2025-03-27+13%3A30"),
        400);
    shows("<p class=\"melding\" id=\"kenmerk-f\">De kring heeft nog geen code. Geef "
          "hem er een, zoals ZWO-2025-03-25.</p>");
    assert_int_equal(desk_post(&desk, "/kringen/nieuw",
                         "doe=maak&naam=X&kenmerk=s-1&begin=2025-03-27+13%3A30"),
        409);
    shows("<p class=\"melding\" id=\"kenmerk-f\">");
    shows("zo heet al een kring");
    assert_int_equal(
        office_run(&office, "session", "add", "S-3", "title=Eerder",
            "starts_at=2025-03-27 12:00", "venue=het huis", "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_post(&desk, "/kringen/nieuw", FORM), 409);
    shows("<p class=\"melding\" id=\"plaats-f\">S-2: S-3 is daar dan al; kies een andere "
          "tijd of plaats</p>");
    hides("--yes");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM session"), 2);
}

static void
a_clash_that_is_meant_is_made_all_the_same(void **state)
{
    char form[500];
    (void)state;
    assert_int_equal(
        office_run(&office, "session", "add", "S-3", "title=Eerder",
            "starts_at=2025-03-27 12:00", "venue=het huis", "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_post(&desk, "/kringen/nieuw", FORM "&einde=straks"), 400);
    hides("name=\"toch\"");
    assert_int_equal(desk_post(&desk, "/kringen/nieuw", FORM), 409);
    shows("<input type=\"checkbox\" name=\"toch\" value=\"1\"> Het klopt zo");
    assert_int_equal(desk_post(&desk, "/kringen/nieuw", FORM "&toch=1"), 200);
    shows("name=\"toch\" value=\"1\" checked>");
    (void)snprintf(
        form, sizeof form, "%s&toch=1&beeld=%s", FORM, desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, "/kringen/nieuw", form), 303);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM session"), 3);
}

static void
one_that_a_colleague_made_meanwhile_is_not_made_twice(void **state)
{
    char form[500];
    (void)state;
    assert_int_equal(desk_post(&desk, "/kringen/nieuw", FORM), 200);
    (void)snprintf(form, sizeof form, "%s&beeld=%s", FORM, desk_field(&desk, "beeld"));
    assert_int_equal(office_run(&office, "session", "add", "S-2", "title=Van haar",
                         "starts_at=2025-03-28 12:00", "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_post(&desk, "/kringen/nieuw", form), 409);
    shows("zo heet al een kring");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM session"), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(a_circle_is_shown_first_and_then_made_and_taken_back),
        ON_DESK(what_is_wrong_or_clashes_is_said_at_its_field),
        ON_DESK(a_clash_that_is_meant_is_made_all_the_same),
        ON_DESK(one_that_a_colleague_made_meanwhile_is_not_made_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
