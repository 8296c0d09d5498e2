/* CSV for people: opened by a double click in the Excel that they have. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"

#include <string.h>

/* What a line of the file begins with, after the mark of UTF-8. */
static void
begins(const char *path, const char *text)
{
    char head[256] = "";
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_true(fread(head, 1, sizeof head - 1, file) > 3);
    assert_int_equal(fclose(file), 0);
    assert_memory_equal(head, "\xef\xbb\xbf", 3);
    if (strncmp(head + 3, text, strlen(text)) != 0) {
        fail_msg("%s", head);
    }
}

static void
report_begins(struct day *day, const char *language, const char *csv, const char *text)
{
    char path[300];
    enum bw_exit result = office_run(&day->office, "report", "--session", "S-1", "--out",
        day->folder, "--language", language, csv != NULL ? "--csv" : NULL, csv, NULL);
    if (result > BW_EXIT_LOOK) {
        fail_msg("%s", day->office.diag);
    }
    (void)snprintf(path, sizeof path, "%s/report.csv", day->folder);
    begins(path, text);
}

static void
report_is_for_the_excel_of_its_language_or_the_one_that_was_said(void **state)
{
    struct day *day = *state;
    report_begins(day, "nl", NULL, "session;code;");
    report_begins(day, "nl", "en", "session,code,");
    report_begins(day, "en", NULL, "session,code,");
    report_begins(day, "en", "nl", "session;code;");
}

/* The words are the report's, the separator is Excel's. */
static void
public_report_too(void **state)
{
    struct day *day = *state;
    char path[300];
    day_push(&day->kiosk);
    (void)snprintf(path, sizeof path, "%s/report-public.csv", day->folder);
    const struct {
        const char *csv, *text;
    } cases[] = {{"nl", "Kring;"}, {"en", "Kring,"}};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(office_run(&day->office, "report", "--public", "--session",
                             "S-1", "--out", day->folder, "--csv", cases[i].csv, NULL),
            BW_EXIT_DONE);
        begins(path, cases[i].text);
    }
}

static void
list_of_a_mail_merge_is_dutch_unless_said(void **state)
{
    struct day *day = *state;
    const char *list = office_path(&day->office, "merge.csv");
    assert_int_equal(
        office_run(&day->office, "mail", "--to", list, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    begins(list, "email;first_name;");
    assert_int_equal(office_run(&day->office, "mail", "--not-sent", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&day->office, "mail", "--to", list, "--csv", "en",
                         "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    begins(list, "email,first_name,");
}

static void
other_excels_are_wrong_use(void **state)
{
    struct day *day = *state;
    assert_int_equal(office_run(&day->office, "report", "--session", "S-1", "--out",
                         day->folder, "--csv", "de", NULL),
        BW_EXIT_USAGE);
    assert_non_null(strstr(day->office.diag, "--csv takes nl or en, not \"de\""));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(report_is_for_the_excel_of_its_language_or_the_one_that_was_said),
        CASE(public_report_too),
        CASE(list_of_a_mail_merge_is_dutch_unless_said),
        CASE(other_excels_are_wrong_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
