/* Instellingen: each group saves by itself, is taken back by a click, and a password is
 * nowhere but in its file. */
#define ONE_OFFICE_PLACES 3
#include "tests/sync/web/one_desk.h"

#include <stdio.h>
#include <sys/stat.h>

static int
open_desk(void **state)
{
    return open_desk_with(state, NULL, BW_EXIT_DONE);
}

static void
take_back(void)
{
    char form[64];
    (void)snprintf(form, sizeof form, "stap=%s", desk_field(&desk, "stap"));
    assert_int_equal(desk_post(&desk, "/terug", form), 303);
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
        assert_int_equal(desk_post(&desk, "/instellingen", groups[i].form), 303);
        assert_int_equal(desk_follow(&desk), 200);
        shows("Ook de opdrachten weten het nu.");
        shows(groups[i].shown);
        assert_int_equal(office_run(&office, "settings", NULL), BW_EXIT_DONE);
        says(groups[i].said);
        take_back();
        hides(groups[i].shown);
    }
}

static void
what_is_none_is_said_and_nothing_is_changed(void **state)
{
    (void)state;
    assert_int_equal(
        desk_post(&desk, "/instellingen", "groep=server&server=mail.example"), 400);
    shows("Zo staat een mailserver er");
    assert_int_equal(desk_post(&desk, "/instellingen", "groep=bewaren&dagen=0"), 400);
    assert_int_equal(
        desk_post(&desk, "/instellingen", "groep=regio&woord=Twente&regio=Marken"), 400);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM setting"), 0);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM learned"), 0);
}

/* WN1 */
static void
a_password_goes_into_its_file_and_nowhere_else(void **state)
{
    (void)state;
    struct stat facts;
    char text[64] = "";
    assert_int_equal(desk_post(&desk, "/instellingen",
                         "groep=server&server=smtp%3A%2F%2Fmail.example&inlognaam=org"
                         "&wachtwoord=zeer+geheim"),
        303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Er staat er een, naast de sleutel");
    hides("zeer geheim");
    assert_false(office_holds(&office, "zeer geheim"));
    const char *path = office_path(&office, "central.db.smtp-password");
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    (void)fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    assert_string_equal(text, "zeer geheim");
    /* an empty field leaves it */
    assert_int_equal(desk_post(&desk, "/instellingen",
                         "groep=server&server=smtp%3A%2F%2Fmail.example&wachtwoord="),
        303);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_size, strlen("zeer geheim"));
}

static void
another_word_for_a_region_is_learned_and_taken_back(void **state)
{
    (void)state;
    assert_int_equal(
        desk_post(&desk, "/instellingen", "groep=regio&woord=TWENTE&regio=Oost"), 303);
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

static void
a_test_mail_takes_an_address_and_no_option(void **state)
{
    (void)state;
    assert_int_equal(
        desk_post(&desk, "/stukken", "doe=proef&naar=--smtp%3Dsmtp%3A%2F%2Fx"), 400);
    assert_int_equal(desk_post(&desk, "/stukken", "doe=proef&naar="), 400);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(each_group_is_kept_for_the_commands_and_taken_back_by_a_click),
        ON_DESK(what_is_none_is_said_and_nothing_is_changed),
        ON_DESK(a_password_goes_into_its_file_and_nowhere_else),
        ON_DESK(another_word_for_a_region_is_learned_and_taken_back),
        ON_DESK(a_test_mail_takes_an_address_and_no_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
