/* The mail server's password where the file system can't exchange two files: a rename
 * fails, or the power goes at it. */
#include <fcntl.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "office/mail/mail_password.h"

static char root[64], key[80], now[120], before[130], moving[130];
static int renames_left = -1; /* that go well; -1: all */
static bool is_cut;           /* the next one is the end of the program */

/* Stands in for libc's. */
int
rename(const char *from, const char *to)
{
    if (renames_left == 0) {
        if (is_cut) {
            _exit(0);
        }
        errno = EIO;
        return -1;
    }
    renames_left -= renames_left > 0;
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

/* Stands in for that of a file system that has no flags. */
int
renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    if (flags != 0) {
        errno = EINVAL;
        return -1;
    }
    return renameat(from_dir, from, to_dir, to);
}

static int
start(void **state)
{
    (void)state;
    (void)strcpy(root, "/tmp/brugwachter-password-XXXXXX");
    assert_non_null(mkdtemp(root));
    (void)snprintf(key, sizeof key, "%s/circles.db.key", root);
    (void)snprintf(now, sizeof now, "%s/circles.db.smtp-password", root);
    (void)snprintf(before, sizeof before, "%s.before", now);
    (void)snprintf(moving, sizeof moving, "%s.moving", now);
    assert_int_equal(bw_office_password_keep(key, "first", NULL), BW_OK);
    assert_int_equal(bw_office_password_keep(key, "second", NULL), BW_OK);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    char command[100];
    (void)snprintf(command, sizeof command, "rm -r '%s'", root);
    return system(command);
}

static bool
says(const char *path, const char *password)
{
    char text[32] = "";
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return false;
    }
    (void)fgets(text, sizeof text, file);
    (void)fclose(file);
    return strcmp(text, password) == 0;
}

static void
two_passwords_change_places_and_nothing_stays_between(void **state)
{
    (void)state;
    assert_true(says(now, "second") && says(before, "first"));
    assert_int_equal(bw_office_password_back(key, NULL), BW_OK);
    assert_true(says(now, "first") && says(before, "second"));
    assert_int_equal(bw_office_password_back(key, NULL), BW_OK);
    assert_true(says(now, "second") && says(before, "first"));
    assert_int_equal(access(moving, F_OK), -1);
}

/* Whatever came of it: then a third and a fourth are kept, and nothing lies about. */
static void
next_ones_put_it_right(void)
{
    struct bw_office_password found = bw_office_password_look(key);
    assert_true(found.kept && found.before);
    assert_true(says(now, "first") || says(now, "second"));
    assert_int_equal(bw_office_password_keep(key, "third", NULL), BW_OK);
    assert_int_equal(access(moving, F_OK), -1);
    assert_true(says(now, "third"));
    assert_true(says(before, "first") || says(before, "second"));
}

static enum bw_status
back_with(int renames, bool cut)
{
    enum bw_status status = BW_OK;
    renames_left = renames;
    is_cut = cut;
    pid_t child = cut ? fork() : 0;
    if (child == 0) {
        status = bw_office_password_back(key, NULL);
    }
    if (cut && child == 0) {
        _exit(1); /* nothing was left to cut */
    }
    renames_left = -1;
    int ended = 0;
    if (cut) {
        assert_int_equal(waitpid(child, &ended, 0), child);
    }
    return ended != 0 ? BW_IO : status;
}

static void
rename_that_fails_leaves_a_password_and_the_next_puts_it_right(void **state)
{
    int renames = 0;
    while (back_with(renames, false) != BW_OK) {
        next_ones_put_it_right();
        (void)end(state);
        (void)start(state);
        renames++;
    }
    assert_int_equal(renames, 3); /* the copy's, and two */
}

static void
cut_leaves_a_password_and_the_next_puts_it_right(void **state)
{
    int renames = 0;
    while (back_with(renames, true) == BW_OK) {
        next_ones_put_it_right();
        (void)end(state);
        (void)start(state);
        renames++;
    }
    assert_int_equal(renames, 3);
}

/* As versions before MP2 could. */
static void
what_an_older_version_left_between_is_put_back(void **state)
{
    (void)state;
    assert_int_equal(renameat(AT_FDCWD, now, AT_FDCWD, moving), 0);
    assert_int_equal(bw_office_password_back(key, NULL), BW_OK);
    assert_true(says(now, "first") && says(before, "second"));
    assert_int_equal(access(moving, F_OK), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            two_passwords_change_places_and_nothing_stays_between, start, end),
        cmocka_unit_test_setup_teardown(
            rename_that_fails_leaves_a_password_and_the_next_puts_it_right, start, end),
        cmocka_unit_test_setup_teardown(
            cut_leaves_a_password_and_the_next_puts_it_right, start, end),
        cmocka_unit_test_setup_teardown(
            what_an_older_version_left_between_is_put_back, start, end),
    };
    return cmocka_run_group_tests_name("mail_password", tests, NULL, NULL);
}
