/* What [seat] of the settings becomes for the compositor, its keyboard and udev. */
#include "app/setup/seat.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/brugwachter-seat-XXXXXX";
static char path[64];

static int
set_up(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    (void)snprintf(path, sizeof path, "%s/seat", folder);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    (void)unlink(path);
    return rmdir(folder);
}

/* The file that a settings file makes. */
static enum bw_status
write_of(const char *settings, char ret_written[512], struct bw_error *err)
{
    char bytes[512];
    (void)snprintf(bytes, sizeof bytes, "%s", settings);
    struct bw_ini_text ini = {.bytes = bytes, .count = strlen(bytes)};
    enum bw_status status = bw_seat_write(&ini, path, err);
    FILE *file = fopen(path, "r");
    size_t length = file != NULL ? fread(ret_written, 1, 511, file) : 0;
    ret_written[length] = '\0';
    if (file != NULL) {
        (void)fclose(file);
    }
    return status;
}

static void
assert_written(const char *settings, const char *expected)
{
    struct bw_error err;
    char written[512];
    assert_int_equal(write_of(settings, written, &err), BW_OK);
    assert_string_equal(written, expected);
}

static void
without_a_word_about_the_seat_nothing_is_turned(void **state)
{
    (void)state;
    for (int before = 0; before < 2; before++) { /* nor what was turned before */
        assert_written("[kiosk]\nrotate = 90\n", "");
        assert_written("[seat]\nkeyboard = de\n", "XKB_DEFAULT_LAYOUT=de\n");
        assert_written("[seat]\nrotate = 0\ntouch = turned\n", "");
        assert_written("[seat]\nkeyboard = de\n", "XKB_DEFAULT_LAYOUT=de\n");
    }
}

static void
touch_turns_with_the_picture(void **state)
{
    (void)state;
    assert_written("[seat]\nrotate = 90\n",
        "BW_CAGE_OPTIONS=-r -r -r\nLIBINPUT_CALIBRATION_MATRIX=0 1 0 -1 0 1\n");
    assert_written("[seat]\nrotate = 180\n",
        "BW_CAGE_OPTIONS=-r -r\nLIBINPUT_CALIBRATION_MATRIX=-1 0 1 0 -1 1\n");
    assert_written("[seat]\nrotate = 270\n",
        "BW_CAGE_OPTIONS=-r\nLIBINPUT_CALIBRATION_MATRIX=0 -1 1 1 0 0\n");
}

static void
touch_that_the_panel_turns_or_that_was_measured_is_left_so(void **state)
{
    (void)state;
    assert_written("[seat]\nrotate = 90\ntouch = fixed\n", "BW_CAGE_OPTIONS=-r -r -r\n");
    assert_written("[seat]\ntouch = 1.02 0 -0.01 0 .98 0.01\n",
        "LIBINPUT_CALIBRATION_MATRIX=1.02 0 -0.01 0 .98 0.01\n");
}

static void
keyboard_may_have_a_variant(void **state)
{
    (void)state;
    assert_written("[seat]\nkeyboard = nl\n", "XKB_DEFAULT_LAYOUT=nl\n");
    assert_written("[seat]\nkeyboard = us(intl)\n",
        "XKB_DEFAULT_LAYOUT=us\nXKB_DEFAULT_VARIANT=intl\n");
}

static void
what_is_no_turn_layout_or_matrix_changes_nothing(void **state)
{
    (void)state;
    static const char *const wrong[] = {"rotate = 45", "keyboard = us --x",
        "keyboard = u", "keyboard = us(", "keyboard = us()", "keyboard = us(a)b",
        "touch = 1 0 0 0 1", "touch = 1 0 0 0 1 0 0", "touch = nan 0 0 0 1 0",
        "touch = yes", "touch = 1e999 0 0 0 1 0"};
    assert_written("[seat]\nkeyboard = de\n", "XKB_DEFAULT_LAYOUT=de\n");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct bw_error err;
        char settings[128], written[512];
        (void)snprintf(settings, sizeof settings, "[seat]\n%s\n", wrong[i]);
        assert_int_equal(write_of(settings, written, &err), BW_BAD_INPUT);
        assert_non_null(strstr(err.text, "[seat]"));
        assert_string_equal(written, "XKB_DEFAULT_LAYOUT=de\n");
    }
    assert_false(bw_seat_fits("width-mm", "345"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_word_about_the_seat_nothing_is_turned),
        cmocka_unit_test(touch_turns_with_the_picture),
        cmocka_unit_test(touch_that_the_panel_turns_or_that_was_measured_is_left_so),
        cmocka_unit_test(keyboard_may_have_a_variant),
        cmocka_unit_test(what_is_no_turn_layout_or_matrix_changes_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
