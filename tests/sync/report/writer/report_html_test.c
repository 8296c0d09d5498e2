/* The report's page with names. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"

#include <stdio.h>
#include <string.h>

static void
report_with_names_is_in_the_language_that_was_asked_for(void **state)
{
    struct day *day = *state;
    static const char *const said[] = {"<html lang=\"en\">", "<b>1</b>present",
        "<b>3</b>places", "<h2>People</h2>", "State: <b>held</b>",
        "<td>waiting list</td>", "<td>ticket</td>", "Tuesday 25 March 2025",
        "1 of 1 kiosks complete", "As of "};
    static const char *const dutch[] = {
        "aanwezig", "Mensen", "Binnen", "wachtlijst", "zuilen", "gehouden", "maart"};
    static char text[1 << 17];
    char path[300];
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    assert_int_equal(office_run(&day->office, "report", "--language", "en", "--session",
                         "S-1", "--out", day->folder, "--clock", KIOSK_AFTER, NULL),
        BW_EXIT_DONE);
    (void)snprintf(path, sizeof path, "%s/report.html", day->folder);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    (void)fclose(file);
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        if (strstr(text, said[i]) == NULL) {
            fail_msg("no \"%s\" in %s", said[i], strstr(text, "<body>"));
        }
    }
    for (size_t i = 0; i < sizeof dutch / sizeof dutch[0]; i++) {
        if (strstr(text, dutch[i]) != NULL) {
            fail_msg("\"%s\" in it", dutch[i]);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            report_with_names_is_in_the_language_that_was_asked_for, day_setup,
            day_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
