/* Geschiedenis names people, circles and kiosks; their codes stand beside it, small. */
#define ONE_OFFICE_PLACES 9
#include "tests/sync/web/one_desk.h"

#include <stdio.h>

static int
open_desk(void **state)
{
    return open_desk_with(state,
        "2025-02-10 10:00,a@x.nl,Anna Visser,OBS Brug,brugfunctionaris,Oost\n"
        "2025-02-10 10:01,b@x.nl,Bo <b>Kuipers,OBS Brug,brugfunctionaris,Oost\n",
        BW_EXIT_DONE);
}

static void
do_at_the_office(const char *verb, const char *who)
{
    assert_int_equal(
        office_run(&office, verb, office_code(&office, who), NULL), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/geschiedenis"), 200);
}

/* So that who looks for the code finds the line, too. */
static void
shows_small(const char *code)
{
    char text[96];
    (void)snprintf(text, sizeof text, " · %s · ", code);
    shows(text);
}

static void
who_was_cancelled_is_named_and_their_code_is_small_print(void **state)
{
    char heading[64];
    (void)state;
    do_at_the_office("cancel", "Anna");
    shows("<b>Afgemeld Anna Visser</b>");
    shows("<span class=\"vh\"> Afgemeld Anna Visser</span>");
    shows_small(office_code(&office, "Anna"));
    (void)snprintf(heading, sizeof heading, "Afgemeld %s", office_code(&office, "Anna"));
    hides(heading);
    do_at_the_office("cancel", "Bo");
    shows("<b>Afgemeld Bo &lt;b&gt;Kuipers</b>");
}

static void
a_step_that_was_taken_back_is_told_by_its_number(void **state)
{
    (void)state;
    do_at_the_office("cancel", "Anna");
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/geschiedenis"), 200);
    shows("<b>Ongedaan gemaakt stap ");
}

static void
a_file_is_named_with_its_circle(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/geschiedenis"), 200);
    shows("<b>Aanmeldingen ingelezen Leerkring Zwolle · ");
    shows_small("S-1");
    hides("ingelezen S-1");
}

static void
who_was_moved_is_named_with_both_circles(void **state)
{
    (void)state;
    const char *path = office_write(&office, "second.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Emmen,leerkring,Noord,Buurthuis,2025-03-26T13:30,"
        "2025-03-26T16:30,10,brugfunctionaris\n");
    assert_int_equal(office_run(&office, "import", "sessions", path, NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "move", office_code(&office, "Anna"),
                         "--session", "S-2", "--clock", "2025-03-01T10:00:00", NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/geschiedenis"), 200);
    shows(" Anna Visser, van Leerkring Zwolle naar Leerkring Emmen</b>");
}

static void
a_kiosk_out_of_service_is_named(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "enrol", "--session", "S-1", "--name", "Balie",
                         "--out", office_path(&office, "sheet.json"), NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "revoke", "1", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/geschiedenis"), 200);
    shows("<b>Zuil ingetrokken Balie</b>");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(who_was_cancelled_is_named_and_their_code_is_small_print),
        ON_DESK(a_step_that_was_taken_back_is_told_by_its_number),
        ON_DESK(a_file_is_named_with_its_circle),
        ON_DESK(who_was_moved_is_named_with_both_circles),
        ON_DESK(a_kiosk_out_of_service_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
