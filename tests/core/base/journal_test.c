/* Levels are for the journal's own stream alone. */
#include <brugwachter/journal.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

/* The stream that the environment names: `file`'s, and what stands behind it. */
static void
name_stream(FILE *file, const char *behind)
{
    struct stat facts;
    char text[80];
    assert_int_equal(fstat(fileno(file), &facts), 0);
    (void)snprintf(text, sizeof text, "%ju:%ju%s", (uintmax_t)facts.st_dev,
        (uintmax_t)facts.st_ino, behind);
    assert_int_equal(setenv("JOURNAL_STREAM", text, 1), 0);
}

static void
line_to_the_journal_begins_with_its_level(void **state)
{
    (void)state;
    FILE *journal = tmpfile();
    assert_non_null(journal);
    name_stream(journal, "");
    int fd = fileno(journal);
    assert_string_equal(bw_journal_prefix(BW_JOURNAL_ERROR, fd), "<3>");
    assert_string_equal(bw_journal_prefix(BW_JOURNAL_WARNING, fd), "<4>");
    assert_string_equal(bw_journal_prefix(BW_JOURNAL_NOTICE, fd), "<5>");
    assert_string_equal(bw_journal_prefix(BW_JOURNAL_INFO, fd), "<6>");
    (void)fclose(journal);
}

static void
line_to_anything_else_has_none(void **state)
{
    (void)state;
    FILE *journal = tmpfile(), *other = tmpfile();
    assert_non_null(journal);
    assert_non_null(other);
    name_stream(journal, "");
    assert_string_equal(bw_journal_prefix(BW_JOURNAL_ERROR, fileno(other)), "");
    assert_string_equal(bw_journal_prefix(BW_JOURNAL_ERROR, -1), "");
    name_stream(journal, "x");
    assert_string_equal(bw_journal_prefix(BW_JOURNAL_ERROR, fileno(journal)), "");
    assert_int_equal(setenv("JOURNAL_STREAM", "8", 1), 0);
    assert_string_equal(bw_journal_prefix(BW_JOURNAL_ERROR, fileno(journal)), "");
    assert_int_equal(unsetenv("JOURNAL_STREAM"), 0);
    assert_string_equal(bw_journal_prefix(BW_JOURNAL_ERROR, fileno(journal)), "");
    (void)fclose(journal);
    (void)fclose(other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_to_the_journal_begins_with_its_level),
        cmocka_unit_test(line_to_anything_else_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
