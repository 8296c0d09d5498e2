/* Copies for practice: whole, or not there, and why. */
#include "help.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
copy_is_a_store_of_its_own(void **state)
{
    (void)state;
    struct bw_error err;
    char path[HELP_PATH_BYTES];
    char copy[HELP_PATH_BYTES];
    help_path("copied", path);
    help_path("copy", copy);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    help_append(store, 1, 3);
    help_ok(bw_store_copy(path, copy, &err), &err);
    help_append(store, 4, 1);
    struct stat found;
    struct bw_head head;
    assert_int_equal(stat(copy, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
    struct bw_store *other = help_open(copy, BW_STORE_KIOSK);
    help_ok(bw_store_head(other, &head, &err), &err);
    assert_int_equal(head.seq, 3);
    bw_store_close(other);
    bw_store_close(store);
}

static void
what_hinders_a_copy_is_told_apart(void **state)
{
    (void)state;
    struct bw_error err = {0};
    char path[HELP_PATH_BYTES];
    char copy[HELP_PATH_BYTES];
    char nowhere[HELP_PATH_BYTES + 16];
    help_path("hindered", path);
    help_path("hindered-copy", copy);
    (void)snprintf(nowhere, sizeof nowhere, "%s/in/no/folder", copy);
    help_refused(bw_store_copy(path, copy, &err), BW_NOT_FOUND, &err, path);
    assert_int_equal(access(copy, F_OK), -1);
    bw_store_close(help_store(path, BW_STORE_KIOSK));
    help_refused(bw_store_copy(path, nowhere, &err), BW_NOT_FOUND, &err, nowhere);
    FILE *there = fopen(copy, "w");
    assert_non_null(there);
    assert_int_equal(fclose(there), 0);
    help_refused(bw_store_copy(path, copy, &err), BW_REFUSED, &err, copy);
    assert_int_equal(access(copy, F_OK), 0);
    assert_int_equal(unlink(copy), 0);
    FILE *noise = fopen(path, "w");
    assert_non_null(noise);
    for (int i = 0; i < 1000; i++) {
        (void)fputs("no store at all, ", noise);
    }
    assert_int_equal(fclose(noise), 0);
    help_refused(bw_store_copy(path, copy, &err), BW_CORRUPT, &err, path);
    assert_int_equal(access(copy, F_OK), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copy_is_a_store_of_its_own),
        cmocka_unit_test(what_hinders_a_copy_is_told_apart),
    };
    return cmocka_run_group_tests_name("store_copy", tests, help_setup, help_teardown);
}
