/* What is printed for people acts on no terminal, whatever a path or a word holds; and a
 * line that memory had no room for is told. Linked with --wrap of realloc. */
#define ONE_OFFICE_PLACES 2

#include "cli/plain.h"
#include "tests/sync/one_office.h"

#include <stdlib.h>
#include <string.h>

#define HOSTILE "\x1b[31mX\xc2\x9bY"

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

/* ---- memory ---- */

static bool memory_ends;

void *__real_realloc(void *memory, size_t bytes);
void *__wrap_realloc(void *memory, size_t bytes);

void *
__wrap_realloc(void *memory, size_t bytes)
{
    return memory_ends ? NULL : __real_realloc(memory, bytes);
}

static void
a_line_that_memory_had_no_room_for_is_no_part_of_one(void **state)
{
    (void)state;
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    FILE *plain = bw_plain_open(to);
    (void)fputs("first\n", plain);
    assert_int_equal(fflush(plain), 0);
    memory_ends = true;
    (void)fprintf(plain, "%*d\n", 2000, 1);
    assert_int_equal(fflush(plain), EOF);
    memory_ends = false;
    (void)fputs("and what comes after\n", plain);
    assert_int_equal(fclose(plain), EOF);
    assert_int_equal(fclose(to), 0);
    assert_string_equal(text, "first\n");
    free(text);
}

static void
an_answer_that_memory_had_no_room_for_is_told(void **state)
{
    (void)state;
    memory_ends = true;
    enum bw_exit result = office_run(&office, "--version", NULL);
    memory_ends = false;
    assert_int_equal(result, BW_EXIT_LOOK);
    assert_non_null(strstr(office.diag, "writing the result failed"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_office, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_path_that_is_printed_acts_on_no_terminal),
        CASE(a_reason_that_is_no_text_is_refused),
        CASE(an_answer_that_memory_had_no_room_for_is_told),
        cmocka_unit_test(a_line_that_memory_had_no_room_for_is_no_part_of_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
