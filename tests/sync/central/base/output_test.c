/* Files written whole or not at all, and cells that Excel can't run. */
#include "tests/sync/testing.h"

#include "central/base/output_set.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static int
setup(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/bw-output-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int
teardown(void **state)
{
    (void)state;
    char command[128];
    (void)snprintf(command, sizeof command, "%s/file", folder);
    (void)unlink(command);
    return rmdir(folder);
}

static void
path_of(const char *name, char *ret_path)
{
    assert_int_equal(bw_path_join(folder, name, ret_path, NULL), BW_OK);
}

static void
check_text(const char *path, const char *text)
{
    unsigned char *bytes;
    size_t length;
    assert_int_equal(bw_file_read(path, 1000, &bytes, &length, NULL), BW_OK);
    assert_string_equal((char *)bytes, text);
    free(bytes);
}

static void
what_is_not_committed_leaves_the_old_file(void **state)
{
    (void)state;
    char path[PATH_MAX];
    struct bw_output output;
    path_of("file", path);
    assert_int_equal(bw_output_bytes(path, 0600, "old", 3, NULL), BW_OK);
    assert_int_equal(bw_output_open(path, 0600, &output, NULL), BW_OK);
    (void)fputs("half of the new one", output.file);
    (void)fflush(output.file);
    check_text(path, "old");
    assert_int_equal(access(output.temp, F_OK), 0);
    char temp[PATH_MAX];
    memcpy(temp, output.temp, sizeof temp);
    bw_output_finish(&output);
    assert_int_not_equal(access(temp, F_OK), 0);
    check_text(path, "old");
    assert_int_equal(bw_output_bytes(path, 0600, "new", 3, NULL), BW_OK);
    check_text(path, "new");
}

static void
secret_files_are_for_their_owner_alone(void **state)
{
    (void)state;
    char path[PATH_MAX];
    struct stat facts;
    path_of("file", path);
    mode_t before = umask(0);
    assert_int_equal(bw_output_bytes(path, 0600, "x", 1, NULL), BW_OK);
    (void)umask(before);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
}

static void
full_disk_is_told_and_leaves_nothing(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_output output = {.path = "/dev/full"};
    output.file = fopen("/dev/full", "wb");
    if (!output.file) {
        skip();
    }
    (void)fputs("text", output.file);
    assert_int_equal(bw_output_commit(&output, &err), BW_FULL);
    assert_non_null(strstr(err.text, "/dev/full"));
    assert_null(output.file);
}

static void
file_larger_than_its_limit_is_refused(void **state)
{
    (void)state;
    char path[PATH_MAX];
    unsigned char *bytes;
    size_t length;
    path_of("file", path);
    assert_int_equal(bw_output_bytes(path, 0600, "0123456789", 10, NULL), BW_OK);
    assert_int_equal(bw_file_read(path, 9, &bytes, &length, NULL), BW_BAD_INPUT);
    assert_int_equal(bw_file_read(folder, 9, &bytes, &length, NULL), BW_BAD_INPUT);
    path_of("none", path);
    assert_int_equal(bw_file_read(path, 9, &bytes, &length, NULL), BW_NOT_FOUND);
}

static void
check_cell(const char *text, const char *cell)
{
    char *written = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&written, &length);
    bw_csv_cell(file, text);
    (void)fclose(file);
    assert_string_equal(written, cell);
    free(written);
}

/* One that nobody writes to would be waited for until somebody does. */
static void
pipe_is_refused_and_not_waited_for(void **state)
{
    (void)state;
    char path[PATH_MAX];
    unsigned char *bytes = NULL;
    size_t length;
    path_of("pipe", path);
    assert_int_equal(mkfifo(path, 0600), 0);
    (void)alarm(300);
    assert_int_equal(bw_file_read(path, 9, &bytes, &length, NULL), BW_BAD_INPUT);
    (void)alarm(0);
    assert_null(bytes);
    assert_int_equal(unlink(path), 0);
}

/* Renaming over it would fail after all else is done, or take a device's place. */
static void
only_a_file_is_written_over(void **state)
{
    (void)state;
    char path[PATH_MAX];
    struct bw_output output;
    path_of("pipe", path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(bw_output_open(path, 0600, &output, NULL), BW_REFUSED);
    assert_int_equal(bw_output_open(folder, 0600, &output, NULL), BW_REFUSED);
    assert_int_equal(unlink(path), 0);
}

static void
cells_that_excel_would_run_begin_with_an_apostrophe(void **state)
{
    (void)state;
    check_cell("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"");
    check_cell("+31 50 1234", "'+31 50 1234");
    check_cell("-1", "'-1");
    check_cell("@SUM(A1)", "'@SUM(A1)");
    check_cell("plain = fine", "plain = fine");
    check_cell("a,b", "\"a,b\"");
    check_cell("a;b", "\"a;b\"");
    check_cell("two\nlines", "\"two\nlines\"");
    check_cell("", "");
}

static void
html_text_holds_no_markup(void **state)
{
    (void)state;
    char *written = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&written, &length);
    bw_html_text(file, "<script>'\"&</script>");
    (void)fclose(file);
    assert_string_equal(written, "&lt;script&gt;&#39;&quot;&amp;&lt;/script&gt;");
    free(written);
}

static bool
is_there(const char *name)
{
    char path[PATH_MAX];
    path_of(name, path);
    return access(path, F_OK) == 0;
}

static void
make(const char *name)
{
    char path[PATH_MAX];
    path_of(name, path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
}

static void
drop(const char *name)
{
    char path[PATH_MAX];
    path_of(name, path);
    assert_int_equal(unlink(path), 0);
}

/* O1: what nobody holds is of a writer that was killed. */
static void
what_killed_writers_left_is_swept_and_nothing_else(void **state)
{
    (void)state;
    char path[PATH_MAX];
    struct bw_output output;
    path_of("file", path);
    make(".brugwachter-aB3xYz");
    make(".brugwachter-copy of it");
    make("file.backup");
    assert_int_equal(bw_output_open(path, 0600, &output, NULL), BW_OK);
    bw_output_sweep(folder);
    assert_false(is_there(".brugwachter-aB3xYz"));
    assert_true(is_there(".brugwachter-copy of it"));
    assert_true(is_there("file.backup"));
    (void)fputs("x", output.file); /* one that is being written stays */
    assert_int_equal(bw_output_commit(&output, NULL), BW_OK);
    check_text(path, "x");
    drop(".brugwachter-copy of it");
    drop("file.backup");
}

static void
a_fresh_file_stands_in_nobodys_place(void **state)
{
    (void)state;
    char path[PATH_MAX];
    struct bw_output output;
    path_of("file", path);
    assert_int_equal(bw_output_bytes(path, 0600, "old", 3, NULL), BW_OK);
    assert_int_equal(bw_output_open(path, 0600, &output, NULL), BW_OK);
    output.fresh = true;
    (void)fputs("new", output.file);
    assert_int_equal(bw_output_commit(&output, NULL), BW_REFUSED);
    check_text(path, "old");
}

static void
add(struct bw_output_set *set, const char *name, const char *text)
{
    struct bw_output output;
    assert_int_equal(bw_output_set_add(set, name, 0600, &output, NULL), BW_OK);
    (void)fputs(text, output.file);
    assert_int_equal(bw_output_commit(&output, NULL), BW_OK);
}

static void
a_set_of_files_comes_whole_or_not_at_all(void **state)
{
    (void)state;
    char path[PATH_MAX];
    struct bw_output_set set;
    size_t placed = 0;
    path_of("file", path);
    assert_int_equal(bw_output_bytes(path, 0600, "old", 3, NULL), BW_OK);
    assert_int_equal(bw_output_set_open(folder, &set, NULL), BW_OK);
    add(&set, "file", "new");
    add(&set, "other", "too");
    check_text(path, "old");
    assert_false(is_there("other"));
    bw_output_sweep(folder); /* a set that is being written stays */
    assert_int_equal(bw_output_set_commit(&set, &placed, NULL), BW_OK);
    assert_int_equal(placed, 2);
    bw_output_set_finish(&set);
    check_text(path, "new");
    drop("other");
    assert_int_equal(bw_output_set_open(folder, &set, NULL), BW_OK);
    add(&set, "file", "never");
    bw_output_set_finish(&set); /* given up; the folder goes in teardown */
    check_text(path, "new");
    /* killed: its folder is there, and nobody holds it */
    path_of(".brugwachter-aB3xYz", path);
    assert_int_equal(mkdir(path, 0700), 0);
    make(".brugwachter-aB3xYz/half");
    bw_output_sweep(folder);
    assert_false(is_there(".brugwachter-aB3xYz"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_committed_leaves_the_old_file),
        cmocka_unit_test(what_killed_writers_left_is_swept_and_nothing_else),
        cmocka_unit_test(a_fresh_file_stands_in_nobodys_place),
        cmocka_unit_test(a_set_of_files_comes_whole_or_not_at_all),
        cmocka_unit_test(secret_files_are_for_their_owner_alone),
        cmocka_unit_test(full_disk_is_told_and_leaves_nothing),
        cmocka_unit_test(file_larger_than_its_limit_is_refused),
        cmocka_unit_test(pipe_is_refused_and_not_waited_for),
        cmocka_unit_test(only_a_file_is_written_over),
        cmocka_unit_test(cells_that_excel_would_run_begin_with_an_apostrophe),
        cmocka_unit_test(html_text_holds_no_markup),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
