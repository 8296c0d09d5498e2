/* Finding a USB stick and what lies on it, in temporary folders. */
#include <app/input/stick.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char root[64], stick[80], found[BW_STICK_PATH_BYTES];

static int
start(void **state)
{
    (void)state;
    (void)strcpy(root, "/tmp/brugwachter-stick-XXXXXX");
    assert_non_null(mkdtemp(root));
    (void)snprintf(stick, sizeof stick, "%s/STICK", root);
    return mkdir(stick, 0700);
}

static int
end(void **state)
{
    (void)state;
    char command[200];
    (void)snprintf(command, sizeof command, "rm -r '%s'", root);
    return system(command);
}

static void
put(const char *name, const char *text)
{
    char path[200];
    (void)snprintf(path, sizeof path, "%s/%s", stick, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs(text, file);
    (void)fclose(file);
}

static void
expect_file(const char *name)
{
    const char *slash = strrchr(found, '/');
    assert_non_null(slash);
    assert_string_equal(slash + 1, name);
}

static void
stick_below_the_given_root_is_found(void **state)
{
    (void)state;
    assert_true(bw_stick_find(root, found));
    assert_string_equal(found, stick);
    assert_int_equal(rmdir(stick), 0);
    assert_false(bw_stick_find(root, found));
    assert_int_equal(mkdir(stick, 0700), 0);
    assert_false(bw_stick_find("/there/is/no/such/folder", found));
}

static void
roster_letters_of_this_device_are_told(void **state)
{
    (void)state;
    put("bw-roster-33-0-99-0011aabb.bwr", "");
    put("bw-roster-3-0-77-0011aabb.bwr.part", "");
    put("bw-roster-3-77.bwr", "");
    put("bw-roster-3-.bwr", "");
    assert_false(bw_stick_roster(stick, 3));
    put("bw-roster-3-0-9-0011aabb.bwr", "");
    assert_true(bw_stick_roster(stick, 3));
    assert_false(bw_stick_roster(stick, 4));
}

static void
enrolment_is_known_by_how_it_begins(void **state)
{
    (void)state;
    put("readme.txt", "{\"brugwachter\":1}");
    put(".hidden", "{\"brugwachter_enrolment\":2,\"device\":3}");
    put("short", "{\"brug");
    assert_false(bw_stick_enrolment(stick, found));
    put("zuil3.json", "{\"brugwachter_enrolment\":2,\"device\":3}");
    assert_true(bw_stick_enrolment(stick, found));
    expect_file("zuil3.json");
}

static void
pipe_on_a_stick_holds_nothing_up(void **state)
{
    (void)state;
    char path[200];
    (void)snprintf(path, sizeof path, "%s/pipe", stick);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(bw_stick_enrolment(stick, found));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(stick_below_the_given_root_is_found, start, end),
        cmocka_unit_test_setup_teardown(
            roster_letters_of_this_device_are_told, start, end),
        cmocka_unit_test_setup_teardown(enrolment_is_known_by_how_it_begins, start, end),
        cmocka_unit_test_setup_teardown(pipe_on_a_stick_holds_nothing_up, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
