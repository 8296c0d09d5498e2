/* Which table of dead keys Xlib is given; that it composes is walked in the window
 * (app/walk dead_keys). */
#include "ui/compose.h"
#include "ui/draw/beside.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char assets[PATH_MAX];

static int
without_a_choice(void **state)
{
    (void)state;
    bw_ui_beside_program("../pictures", assets);
    return unsetenv("XCOMPOSEFILE") != 0 || setenv("HOME", "/nonexistent", 1) != 0 ||
           setenv("LC_ALL", "C.UTF-8", 1) != 0;
}

static void
xlib_is_given_the_table_of_the_kiosk(void **state)
{
    char path[PATH_MAX + 32];
    (void)state;
    bw_ui_compose_offer(assets);
    (void)snprintf(path, sizeof path, "%s/keyboard/compose", assets);
    assert_non_null(getenv("XCOMPOSEFILE"));
    assert_string_equal(getenv("XCOMPOSEFILE"), path);
    assert_int_equal(access(path, R_OK), 0);
}

static void
table_that_the_user_named_stays(void **state)
{
    (void)state;
    assert_int_equal(setenv("XCOMPOSEFILE", "/their/own", 1), 0);
    bw_ui_compose_offer(assets);
    assert_string_equal(getenv("XCOMPOSEFILE"), "/their/own");
}

static void
table_in_the_home_of_the_user_stays(void **state)
{
    char home[] = "/tmp/bw-compose-XXXXXX";
    char path[64];
    (void)state;
    assert_non_null(mkdtemp(home));
    (void)snprintf(path, sizeof path, "%s/.XCompose", home);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fclose(file);
    assert_int_equal(setenv("HOME", home, 1), 0);
    bw_ui_compose_offer(assets);
    assert_null(getenv("XCOMPOSEFILE"));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(home), 0);
}

static void
without_the_kiosks_table_xlib_reads_its_own(void **state)
{
    (void)state;
    bw_ui_compose_offer("/nonexistent");
    assert_null(getenv("XCOMPOSEFILE"));
}

static void
in_another_locale_than_one_of_utf8_xlib_reads_its_own(void **state)
{
    (void)state;
    assert_int_equal(setenv("LC_ALL", "C", 1), 0);
    bw_ui_compose_offer(assets);
    assert_null(getenv("XCOMPOSEFILE"));
}

/* `<dead_acute> <e> : "é"`; Xlib passes over a line that it can't read in silence. */
static bool
is_line(const char *line)
{
    if (line[0] == '#' || line[0] == '\n') {
        return true;
    }
    int keys = 0;
    int bytes = 0;
    while (sscanf(line, "<%*[A-Za-z0-9_]>%n", &bytes) == 0 && bytes > 0) {
        line += bytes;
        line += *line == ' ';
        bytes = 0;
        keys++;
    }
    const char *end = strstr(line, "\"\n");
    return (keys == 2 || keys == 3) && strncmp(line, ": \"", 3) == 0 && end &&
           end > line + 3 && end[2] == '\0';
}

static void
each_line_of_the_table_is_one_that_xlib_can_read(void **state)
{
    char path[PATH_MAX + 32];
    char line[256];
    int lines = 0;
    (void)state;
    (void)snprintf(path, sizeof path, "%s/keyboard/compose", assets);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (; fgets(line, sizeof line, file); lines++) {
        if (!is_line(line)) {
            fail_msg("line %d: %s", lines + 1, line);
        }
    }
    (void)fclose(file);
    assert_in_range(lines, 500, 2000); /* more is time at each start */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(xlib_is_given_the_table_of_the_kiosk, without_a_choice),
        cmocka_unit_test_setup(table_that_the_user_named_stays, without_a_choice),
        cmocka_unit_test_setup(table_in_the_home_of_the_user_stays, without_a_choice),
        cmocka_unit_test_setup(
            without_the_kiosks_table_xlib_reads_its_own, without_a_choice),
        cmocka_unit_test_setup(
            in_another_locale_than_one_of_utf8_xlib_reads_its_own, without_a_choice),
        cmocka_unit_test_setup(
            each_line_of_the_table_is_one_that_xlib_can_read, without_a_choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
