/* Who was second is told who was first, with what and when; nothing is done. */
#define ONE_OFFICE_PLACES 9
#include "tests/sync/web/one_desk.h"

#include <stdio.h>
#include <string.h>

#define STEPS "SELECT count(*) FROM step"

static int
open_desk(void **state)
{
    return open_desk_with(state,
        "2025-02-10 10:00,a@x.nl,Anna Visser,OBS Brug,brugfunctionaris,Oost\n"
        "2025-02-10 10:01,b@x.nl,Bo Kuipers,OBS Brug,brugfunctionaris,Oost\n"
        "2025-02-10 10:02,c@x.nl,Cas Dijkstra,OBS Brug,brugfunctionaris,Oost\n",
        BW_EXIT_DONE);
}

/* The picture of cancelling Anna, and the form that would do it. */
static void
look(char ret_form[300])
{
    char form[100], picture[BW_WEB_KEY_BYTES];
    (void)snprintf(
        form, sizeof form, "doe=afmelden&mens=%s", office_code(&office, "Anna"));
    assert_int_equal(desk_post(&desk, "/kring/S-1", form), 200);
    (void)snprintf(picture, sizeof picture, "%s", desk_field(&desk, "beeld"));
    (void)snprintf(
        ret_form, 300, "%s&beeld=%s&sinds=%s", form, picture, desk_field(&desk, "sinds"));
}

static void
do_at_the_office(const char *verb, const char *who)
{
    assert_int_equal(
        office_run(&office, verb, office_code(&office, who), NULL), BW_EXIT_DONE);
}

/* Nothing is done by it, and the page that says so comes back. */
static void
send_old(const char *target, const char *form)
{
    int64_t steps = office_number(&office, STEPS);
    assert_int_equal(desk_post(&desk, target, form), 200);
    assert_int_equal(office_number(&office, STEPS), steps);
}

static void
who_was_first_is_named_with_what_they_did_and_when(void **state)
{
    char form[300];
    (void)state;
    look(form);
    do_at_the_office("cancel", "Anna");
    send_old("/kring/S-1", form);
    shows("<h2><svg class=\"i\" aria-hidden=\"true\"><use href=\"#i-clock-alert\"/></svg>"
          "Iemand anders veranderde dit net</h2>"
          "<p><b>Afgemeld Anna Visser</b> <small>");
    shows(", 12.00</small></p><p>Er is niets gedaan.");
    shows("Dit is hoe het nu zou gaan.");
    hides("En nog ");
    hides("Aanmeldingen ingelezen"); /* that was before the form was drawn */
}

static void
three_steps_are_named_and_the_others_counted(void **state)
{
    char form[300];
    (void)state;
    look(form);
    do_at_the_office("cancel", "Anna");
    do_at_the_office("cancel", "Bo");
    do_at_the_office("reissue", "Cas");
    do_at_the_office("reinstate", "Bo");
    do_at_the_office("cancel", "Bo");
    send_old("/kring/S-1", form);
    shows("<b>Afgemeld Bo Kuipers</b>");
    shows("<b>Teruggezet Bo Kuipers</b>");
    shows("<b>Nieuw ticket Cas Dijkstra</b>");
    hides("<b>Afgemeld Anna Visser</b>");
    shows("<a href=\"/geschiedenis\">En nog 2 stappen</a>");
}

static void
ones_own_step_in_another_window_is_no_others(void **state)
{
    char form[300], other[300];
    (void)state;
    look(form);
    look(other);
    assert_int_equal(desk_post(&desk, "/kring/S-1", other), 303);
    send_old("/kring/S-1", form);
    shows("Dit veranderde intussen in een ander venster</h2>");
    shows("<small>Anouk, ");
}

static void
a_form_that_doesnt_say_since_when_names_nobody(void **state)
{
    static const char *const numbers[] = {"", "x", "-3", "1x"};
    char form[340];
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        (void)snprintf(form, sizeof form, "doe=afmelden&mens=%s&beeld=00&sinds=%s",
            office_code(&office, "Anna"), numbers[i]);
        send_old("/kring/S-1", form);
        shows("Iemand anders veranderde dit net</h2><p>Er is niets gedaan.");
    }
    (void)snprintf(form, sizeof form, "doe=afmelden&mens=%s&beeld=00&sinds=99",
        office_code(&office, "Anna"));
    send_old("/kring/S-1", form);
    shows("Dit veranderde intussen</h2><p>Er is niets gedaan.");
}

/* Two people who change the same group: the second one writes nothing over. */
static void
settings_that_another_kept_meanwhile_are_not_written_over(void **state)
{
    static const struct {
        const char *group, *form, *command[3], *kept;
    } groups[] = {
        {"verslag", "groep=verslag&scholen=900", {"settings", "schools", "1200"},
            "value=\"1200\""},
        {"", "naam=Ander&contact=&telefoon=&mail=&privacy=",
            {"init", "--organiser", "Eerste"}, "value=\"Eerste\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        const char *const *command = groups[i].command;
        char form[300];
        assert_int_equal(desk_get(&desk, "/instellingen"), 200);
        (void)snprintf(form, sizeof form, "%s&beeld=%s&sinds=%s", groups[i].form,
            desk_seen(&desk, groups[i].group), desk_field(&desk, "sinds"));
        assert_int_equal(
            office_run(&office, command[0], command[1], command[2], NULL), BW_EXIT_DONE);
        send_old("/instellingen", form);
        shows("Iemand anders veranderde dit net</h2><p><b>Instelling veranderd");
        shows("Er is niets bewaard. Dit is wat er nu staat.");
        shows(groups[i].kept);
        send_old("/instellingen", groups[i].form); /* it doesn't say over what */
        shows(groups[i].kept);
        assert_int_equal(desk_keep(&desk, groups[i].form), 303);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(who_was_first_is_named_with_what_they_did_and_when),
        ON_DESK(three_steps_are_named_and_the_others_counted),
        ON_DESK(ones_own_step_in_another_window_is_no_others),
        ON_DESK(a_form_that_doesnt_say_since_when_names_nobody),
        ON_DESK(settings_that_another_kept_meanwhile_are_not_written_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
