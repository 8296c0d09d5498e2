/* Settings files of the kiosk: which count, and what is told of those that can't. */
#include "app/options/settings.h"

#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { LONG_NAME = 250 };

/* A folder of files, which goes with the test. */
struct folder {
    char path[64];
    struct bw_options options;
    struct bw_settings *settings;
    struct bw_error err;
};

static void
folder_init(struct folder *folder)
{
    *folder = (struct folder){.path = "/tmp/bw-settings-XXXXXX"};
    assert_non_null(mkdtemp(folder->path));
    folder->options.settings_dir = folder->path;
}

static void
folder_write(const struct folder *folder, const char *name, const char *text)
{
    char path[PATH_MAX];
    (void)snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static enum bw_status
folder_apply(struct folder *folder)
{
    return bw_settings_apply(&folder->options, &folder->settings, &folder->err);
}

static void
folder_finish(struct folder *folder, const char *const *names)
{
    char path[PATH_MAX];
    bw_settings_destroy(folder->settings);
    for (; *names != NULL; names++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder->path, *names);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(rmdir(folder->path), 0);
}

static void
first_file_that_names_an_option_sets_it_and_the_command_line_goes_before(void **state)
{
    static const char *const names[] = {"A.ini", "b.ini", NULL};
    struct folder folder;
    (void)state;
    folder_init(&folder);
    folder_write(&folder, "b.ini", "[kiosk]\ncamera = none\nlanguage = nl\n");
    folder_write(&folder, "A.ini", "[sync]\nwhat = ever\n[kiosk]\nlanguage = en\n");
    folder.options.store_path = "mine.db";
    assert_int_equal(folder_apply(&folder), BW_OK);
    assert_string_equal(folder.options.camera, "none");
    assert_string_equal(folder.options.language, "en");
    assert_string_equal(folder.options.store_path, "mine.db");
    folder_finish(&folder, names);
}

static void
folder_that_was_named_and_cannot_be_read_is_told(void **state)
{
    struct folder folder;
    (void)state;
    folder_init(&folder);
    assert_int_equal(rmdir(folder.path), 0);
    assert_int_equal(folder_apply(&folder), BW_BAD_INPUT);
    assert_non_null(strstr(folder.err.text, folder.path));
    assert_null(folder.settings);
}

static void
wrong_file_sets_nothing_not_even_what_stood_before_its_fault(void **state)
{
    static const char *const names[] = {"10.ini", NULL};
    struct folder folder;
    (void)state;
    folder_init(&folder);
    folder_write(&folder, "10.ini", "[kiosk]\nstore = kiosk.db\nmute = yes\nno = such\n");
    assert_int_equal(folder_apply(&folder), BW_BAD_INPUT);
    assert_non_null(strstr(folder.err.text, "10.ini, line 4"));
    assert_null(folder.settings);
    assert_null(folder.options.store_path);
    assert_false(folder.options.mute);
    folder_finish(&folder, names);
}

static void
switch_is_on_off_or_told(void **state)
{
    static const char *const names[] = {"10.ini", NULL};
    struct folder folder;
    (void)state;
    folder_init(&folder);
    folder_write(&folder, "10.ini",
        "[kiosk]\nmute = On\nlarger = off\nno-counter = ja\nless-motion = false\n");
    assert_int_equal(folder_apply(&folder), BW_OK);
    assert_true(folder.options.mute && folder.options.no_counter);
    assert_false(folder.options.larger || folder.options.less_motion);
    folder_finish(&folder, names);
    folder_init(&folder);
    folder_write(&folder, "10.ini", "[kiosk]\nmute = yes\nnames-by-staff = please\n");
    assert_int_equal(folder_apply(&folder), BW_BAD_INPUT);
    assert_non_null(strstr(folder.err.text, "10.ini, line 3"));
    assert_non_null(strstr(folder.err.text, "it takes yes or no"));
    folder_finish(&folder, names);
    folder_init(&folder);
    folder_write(&folder, "10.ini", "[kiosk]\nmute =\n");
    assert_int_equal(folder_apply(&folder), BW_BAD_INPUT);
    assert_non_null(strstr(folder.err.text, "10.ini, line 2"));
    folder_finish(&folder, names);
}

static void
option_of_the_command_line_alone_is_told_with_its_line(void **state)
{
    static const char *const names[] = {"10.ini", NULL};
    struct folder folder;
    (void)state;
    folder_init(&folder);
    folder_write(&folder, "10.ini", "[kiosk]\nclock = 2025-03-18T13:10:00\n");
    assert_int_equal(folder_apply(&folder), BW_BAD_INPUT);
    assert_non_null(strstr(folder.err.text, "10.ini, line 2"));
    folder_finish(&folder, names);
}

/* A folder so deep that it can be read, and a file in it can't be named. */
static void
file_whose_path_is_too_long_is_told(void **state)
{
    static char name[LONG_NAME + 1];
    static char deep[PATH_MAX];
    struct folder folder;
    int at[PATH_MAX / LONG_NAME + 1];
    int depth = 0;
    (void)state;
    folder_init(&folder);
    memset(name, 'd', LONG_NAME);
    (void)snprintf(deep, sizeof deep, "%s", folder.path);
    at[0] = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(at[0] >= 0);
    for (size_t bytes = strlen(deep); bytes + 1 + LONG_NAME < sizeof deep; depth++) {
        bytes += (size_t)snprintf(deep + bytes, sizeof deep - bytes, "/%s", name);
        assert_int_equal(mkdirat(at[depth], name, 0700), 0);
        at[depth + 1] = openat(at[depth], name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        assert_true(at[depth + 1] >= 0);
    }
    memcpy(name + LONG_NAME - 4, ".ini", 4);
    int file = openat(at[depth], name, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    (void)close(file);
    folder.options.settings_dir = deep;
    assert_int_equal(folder_apply(&folder), BW_BAD_INPUT);
    assert_non_null(strstr(folder.err.text, "too long"));
    assert_int_equal(unlinkat(at[depth], name, 0), 0);
    memset(name, 'd', LONG_NAME);
    for (; depth > 0; depth--) {
        (void)close(at[depth]);
        assert_int_equal(unlinkat(at[depth - 1], name, AT_REMOVEDIR), 0);
    }
    (void)close(at[0]);
    folder_finish(&folder, (const char *const[]){NULL});
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            first_file_that_names_an_option_sets_it_and_the_command_line_goes_before),
        cmocka_unit_test(folder_that_was_named_and_cannot_be_read_is_told),
        cmocka_unit_test(wrong_file_sets_nothing_not_even_what_stood_before_its_fault),
        cmocka_unit_test(switch_is_on_off_or_told),
        cmocka_unit_test(option_of_the_command_line_alone_is_told_with_its_line),
        cmocka_unit_test(file_whose_path_is_too_long_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
