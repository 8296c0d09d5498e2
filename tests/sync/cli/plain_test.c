/* What is printed for people acts on no terminal, whatever a path or a word holds. */
#include "tests/sync/office_help.h"
#include "tests/sync/testing.h"

#include <string.h>

#define HOSTILE "\x1b[31mX\xc2\x9bY"

static struct office office;

static int
open_one(void **state)
{
    (void)state;
    office_open(&office, 2, false);
    return 0;
}

static int
close_one(void **state)
{
    (void)state;
    office_finish(&office);
    return 0;
}

static void
check_plain(const char *text)
{
    assert_null(strchr(text, '\x1b'));
    assert_null(strstr(text, "\xc2\x9b"));
}

static void
a_path_that_is_printed_acts_on_no_terminal(void **state)
{
    (void)state;
    const char *path = office_path(&office, HOSTILE);
    assert_int_equal(office_run(&office, "pack", "--out", path, NULL), BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "?[31mX??Y"));
    assert_non_null(strchr(office.out, '\n'));
    check_plain(office.out);
    assert_int_equal(
        office_run(&office, "report", "--session", "S-1", "--out", path, NULL),
        BW_EXIT_LOOK);
    check_plain(office.out);
    assert_int_equal(office_run(&office, "cancel", HOSTILE, NULL), BW_EXIT_FAILED);
    check_plain(office.diag);
}

static void
a_reason_that_is_no_text_is_refused(void **state)
{
    (void)state;
    assert_int_equal(
        office_run(&office, "revoke", "1", "--why", HOSTILE, NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "--why holds a control character"));
    assert_int_equal(
        office_run(&office, "settle", "1", "in", "--why", HOSTILE, NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "--why holds a control character"));
    assert_int_equal(
        office_run(&office, "settle", "1", "in", "--why", "\xe3\x85\xa4", NULL),
        BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "--why is empty"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_one, close_one)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_path_that_is_printed_acts_on_no_terminal),
        CASE(a_reason_that_is_no_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
