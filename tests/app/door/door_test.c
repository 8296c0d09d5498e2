/* The real `brugwachter-kiosk door`: days from text scripts,
 * and what no script can say. */
#include "tests/app/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define PROGRAM BW_BINARY_DIR "/bin/brugwachter-kiosk"

static void
assert_log_holds(const struct fixture *fixture)
{
    struct bw_verification found;
    struct bw_store *store = fixture_store(fixture, BW_STORE_READ);
    assert_int_equal(bw_store_verify(store, &found, NULL), BW_OK);
    assert_int_equal(found.chain, BW_CHAIN_OK);
    assert_true(found.integrity);
    bw_store_close(store);
}

static void
play(const char *path)
{
    struct script script;
    script_play(&script, path, PROGRAM);
    assert_int_equal(script.faults, 0);
    assert_log_holds(&script.fixture);
    script_finish(&script);
}

static void
day_at_the_door_goes_by_the_book(void **state)
{
    (void)state;
    play(BW_SOURCE_DIR "/tests/app/day.txt");
}

static void
lines_that_are_none_are_errors(void **state)
{
    (void)state;
    play(BW_SOURCE_DIR "/tests/app/hostile.txt");
}

static struct fixture fx;
static struct door_pipe door;

static void
open_door(void)
{
    fixture_create(&fx, 5, 0, false);
    fixture_person(&fx, "K7QM2XRD", "Fatima", "el Amrani", BW_CONFIRMED, 0);
    const char *const arguments[] = {"brugwachter-kiosk", "door", "--clock",
        "2025-03-18T13:10:00", "--store", fx.path, NULL};
    assert_true(door_pipe_start(&door, PROGRAM, arguments, NULL));
}

static void
close_door(void)
{
    assert_int_equal(door_pipe_stop(&door), BW_EXIT_DONE);
    fixture_destroy(&fx);
}

static void
say(const void *bytes, size_t length, const char *expected)
{
    assert_true(door_pipe_send(&door, bytes, length));
    const char *line = door_pipe_line(&door);
    assert_non_null(line);
    if (strstr(line, expected) == NULL) {
        print_error("%s\n", line);
    }
    assert_non_null(strstr(line, expected));
}

static void
bytes_that_are_no_text_are_errors(void **state)
{
    (void)state;
    open_door();
    say("scan\tA\0B\n", 9, "NUL byte");
    say("scan\t\xff\xfe\n", 8, "UTF-8");
    say("search\t\xc3\n", 9, "UTF-8");
    say("\0\n", 2, "NUL byte");
    say("counts\r\n", 8, "\"capacity\":5"); /* a line end of another system */
    close_door();
}

static void
kiosk_is_declared_absent_by_its_number(void **state)
{
    (void)state;
    open_door();
    fixture_peer(&fx, 9, 0);
    say("absent\t9\n", 9, "{\"verdict\":\"absent\",\"event\":\"3-1\"}");
    say("absent\t8\n", 9, "no other kiosk");
    say("absent\t-1\n", 10, "no kiosk's number");
    say("absent\n", 7, "too few");
    close_door();
}

/* They have no registration, so none is confirmed. */
static void
walk_in_is_found_as_such(void **state)
{
    (void)state;
    static const char walk_in[] = "walk-in\tInez Loper\tOBS De Brug\tOost\tyes\n";
    open_door();
    say(walk_in, sizeof walk_in - 1, "\"welcome\"");
    say("search\tloper\n", 13, "\"status\":\"walk_in\",\"present\":true");
    close_door();
}

static void
line_over_the_limit_is_one_error(void **state)
{
    (void)state;
    enum { LONG = 3 * 1000 * 1000 };
    char *line = malloc(LONG);
    assert_non_null(line);
    open_door();
    memset(line, 'A', LONG);
    line[LONG - 1] = '\n';
    say(line, LONG, "longer than");
    say("counts\n", 7, "\"capacity\":5"); /* and the next one is read as ever */
    free(line);
    close_door();
}

static void
text_over_512_bytes_is_no_ticket(void **state)
{
    (void)state;
    char line[600];
    open_door();
    memset(line, 'A', sizeof line);
    memcpy(line, "scan\tBW1:", 9);
    line[5 + 513] = '\n';
    say(line, 5 + 513 + 1, "\"not_a_ticket\"");
    line[5 + 512] = '\n';
    say(line, 5 + 512 + 1, "\"forged\"");
    close_door();
}

static void
text_over_8_kb_is_no_ticket(void **state)
{
    (void)state;
    enum { LONG = 20000 };
    char *line = malloc(LONG);
    assert_non_null(line);
    open_door();
    memset(line, 'A', LONG);
    memcpy(line, "scan\tBW1:", 9);
    line[LONG - 1] = '\n';
    say(line, LONG, "\"not_a_ticket\"");
    memcpy(line, "guest", 5);
    say(line, LONG, "longer than"); /* and that one is no scan */
    say("counts\n", 7, "\"capacity\":5");
    free(line);
    close_door();
}

static void
scan_with(const char *before, const char *ticket, const char *verdict)
{
    char line[300];
    (void)snprintf(line, sizeof line, "scan\t%s%s\n", before, ticket);
    say(line, strlen(line), verdict);
}

static void
what_scanners_put_before_a_ticket_is_taken_off(void **state)
{
    (void)state;
    char text[BW_TICKET_TEXT_BYTES];
    bw_code code = BW_CODE_NONE;
    open_door();
    assert_true(bw_code_parse("K7QM2XRD", &code));
    fixture_ticket(&fx, FIXTURE_SESSION, code, 0, text);
    scan_with("]Q1", text, "\"welcome\"");
    scan_with("\\000026", text, "\"already_in\"");
    scan_with("\x02", text, "\"already_in\"");
    scan_with("SCAN:", text, "\"already_in\"");
    scan_with("]Q1", "BW1:AA", "\"forged\"");
    scan_with("]Q1", "https://example.org", "\"not_a_ticket\"");
    scan_with("]Q1", "BWC1:AA", "\"certificate\":true");
    close_door();
}

static void
last_line_needs_no_end(void **state)
{
    (void)state;
    open_door();
    assert_true(door_pipe_send(&door, "counts", 6));
    (void)close(door.in_fd);
    door.in_fd = -1;
    assert_non_null(strstr(door_pipe_line(&door), "\"capacity\":5"));
    assert_null(door_pipe_line(&door));
    close_door();
}

static void
limit_files(rlim_t bytes)
{
    struct rlimit limit = {0};
    assert_int_equal(prlimit(door.pid, RLIMIT_FSIZE, NULL, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(prlimit(door.pid, RLIMIT_FSIZE, &limit, NULL), 0);
}

/* A limit on the size of files stands in for a disk that is full: it needs no disk. */
static void
nobody_is_welcomed_on_a_full_disk(void **state)
{
    (void)state;
    char line[200] = "scan\t";
    char text[BW_TICKET_TEXT_BYTES];
    bw_code code = BW_CODE_NONE;
    open_door();
    assert_true(bw_code_parse("K7QM2XRD", &code));
    fixture_ticket(&fx, FIXTURE_SESSION, code, 0, text);
    (void)strcat(strcat(line, text), "\n");
    say("counts\n", 7, "\"present\":0");
    limit_files(1);
    say(line, strlen(line), "\"saved\":false");
    say("counts\n", 7, "\"present\":0");
    limit_files(RLIM_INFINITY);
    say(line, strlen(line), "\"event\":\"3-1\"");
    say("counts\n", 7, "\"present\":1");
    assert_int_equal(door_pipe_stop(&door), BW_EXIT_DONE);
    assert_log_holds(&fx);
    fixture_destroy(&fx);
}

static int
run_with(const char *const arguments[], char ret_error[1000])
{
    char path[600];
    struct door_pipe run;
    (void)snprintf(path, sizeof path, "%s/stderr", fx.folder);
    assert_true(door_pipe_start(&run, PROGRAM, arguments, path));
    int status = door_pipe_stop(&run);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    ret_error[fread(ret_error, 1, 999, file)] = '\0';
    (void)fclose(file);
    return status;
}

static void
assert_one_sentence(const char *error)
{
    const char *end = strchr(error, '\n');
    assert_non_null(end);
    assert_string_equal(end, "\n");
    assert_non_null(strstr(error, "failed"));
}

static void
store_that_cannot_be_opened_is_one_sentence_and_3(void **state)
{
    (void)state;
    char error[1000];
    char other[600];
    fixture_create(&fx, 5, 0, false);
    (void)snprintf(other, sizeof other, "%s/none.db", fx.folder);
    const char *const missing[] = {"kiosk", "--store", other, "door", NULL};
    assert_int_equal(run_with(missing, error), BW_EXIT_FAILED);
    assert_one_sentence(error);
    struct stat found;
    assert_int_not_equal(stat(other, &found), 0); /* nothing was made */
    FILE *file = fopen(other, "we");
    assert_non_null(file);
    (void)fputs("this is no store, whatever it is called\n", file);
    (void)fclose(file);
    assert_int_equal(run_with(missing, error), BW_EXIT_FAILED);
    assert_one_sentence(error);
    const char *const stranger[] = {
        "kiosk", "--store", fx.path, "door", "--session", "XYZ-2025", NULL};
    assert_int_equal(run_with(stranger, error), BW_EXIT_FAILED);
    assert_one_sentence(error);
    fixture_destroy(&fx);
}

static void
wrong_use_is_2(void **state)
{
    (void)state;
    char error[1000];
    fixture_create(&fx, 5, 0, false);
    const char *const uses[][6] = {
        {"kiosk", "door", NULL},
        {"kiosk", "--store", fx.path, "dor", NULL},
        {"kiosk", "door", "--store", NULL},
        {"kiosk", "--store", fx.path, "door", "--loud", NULL},
        {"kiosk", "--store", fx.path, "door", "--clock=soon", NULL},
        {"kiosk", "--store", fx.path, "door", "again", NULL},
    };
    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++) {
        assert_int_equal(run_with(uses[i], error), BW_EXIT_USAGE);
        assert_one_sentence(error);
    }
    fixture_destroy(&fx);
}

static void
help_and_version_are_answered(void **state)
{
    (void)state;
    const char *const asks[][4] = {
        {"kiosk", "--help", NULL},
        {"kiosk", "door", "--help", NULL},
        {"kiosk", "--version", NULL},
        {"kiosk", "decode", "--help", NULL},
    };
    for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
        struct door_pipe run;
        assert_true(door_pipe_start(&run, PROGRAM, asks[i], NULL));
        const char *line = door_pipe_line(&run);
        assert_non_null(line);
        assert_non_null(strstr(line, "brugwachter-kiosk"));
        while (door_pipe_line(&run) != NULL) {
        }
        assert_int_equal(door_pipe_stop(&run), BW_EXIT_DONE);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day_at_the_door_goes_by_the_book),
        cmocka_unit_test(lines_that_are_none_are_errors),
        cmocka_unit_test(bytes_that_are_no_text_are_errors),
        cmocka_unit_test(kiosk_is_declared_absent_by_its_number),
        cmocka_unit_test(walk_in_is_found_as_such),
        cmocka_unit_test(line_over_the_limit_is_one_error),
        cmocka_unit_test(text_over_512_bytes_is_no_ticket),
        cmocka_unit_test(text_over_8_kb_is_no_ticket),
        cmocka_unit_test(what_scanners_put_before_a_ticket_is_taken_off),
        cmocka_unit_test(last_line_needs_no_end),
        cmocka_unit_test(nobody_is_welcomed_on_a_full_disk),
        cmocka_unit_test(store_that_cannot_be_opened_is_one_sentence_and_3),
        cmocka_unit_test(wrong_use_is_2),
        cmocka_unit_test(help_and_version_are_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
