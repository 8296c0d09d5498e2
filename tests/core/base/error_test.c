/* Errors as values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <brugwachter/error.h>

#include <errno.h>
#include <string.h>

static void
error_carries_status_errno_and_sentence(void **state)
{
    (void)state;
    struct bw_error err;
    enum bw_status status = bw_error_set(
        &err, BW_FULL, ENOSPC, "Writing %s failed: the disk is full.", "a.db");
    assert_int_equal(status, BW_FULL);
    assert_int_equal(err.status, BW_FULL);
    assert_int_equal(err.os_errno, ENOSPC);
    assert_string_equal(err.text, "Writing a.db failed: the disk is full.");
}

static void
nobody_needs_to_listen(void **state)
{
    (void)state;
    assert_int_equal(bw_error_set(NULL, BW_IO, EIO, "%d", 1), BW_IO);
    assert_int_equal(bw_error_prefix(NULL, BW_BUSY, "%d", 1), BW_BUSY);
}

static void
control_characters_become_question_marks(void **state)
{
    (void)state;
    struct bw_error err;
    (void)bw_error_set(&err, BW_BAD_INPUT, 0, "a\nb\x1b[31mc\x7f \xc3\xa9%s", "\r\t");
    assert_string_equal(err.text, "a?b?[31mc? \xc3\xa9??");
}

static void
prefix_goes_before_what_the_lower_layer_said(void **state)
{
    (void)state;
    struct bw_error err;
    (void)bw_error_set(&err, BW_IO, EIO, "the disk said no.");
    assert_int_equal(
        bw_error_prefix(&err, BW_CORRUPT, "Opening %s\n", "kiosk.db"), BW_CORRUPT);
    assert_string_equal(err.text, "Opening kiosk.db?: the disk said no.");
    assert_int_equal(err.status, BW_CORRUPT);
    assert_int_equal(err.os_errno, EIO);
}

static void
an_error_says_which_value_it_is_about_until_the_next(void **state)
{
    (void)state;
    struct bw_error err = {.given = NULL};
    assert_int_equal(bw_error_about(&err, BW_OK, "mail"), BW_OK);
    assert_null(err.given);
    assert_int_equal(
        bw_error_about(&err, bw_error_set(&err, BW_BAD_INPUT, 0, "no address"), "mail"),
        BW_BAD_INPUT);
    (void)bw_error_prefix(&err, BW_BAD_INPUT, "Writing");
    assert_string_equal(err.given, "mail");
    (void)bw_error_set(&err, BW_IO, EIO, "the disk said no.");
    assert_null(err.given);
    assert_int_equal(bw_error_about(NULL, BW_BUSY, "mail"), BW_BUSY);
}

static void
long_sentences_are_cut_and_end(void **state)
{
    (void)state;
    char big[2 * BW_ERROR_TEXT_BYTES];
    memset(big, 'x', sizeof big - 1);
    big[sizeof big - 1] = '\0';
    struct bw_error err;
    (void)bw_error_set(&err, BW_IO, 0, "%s", big);
    assert_int_equal(strlen(err.text), BW_ERROR_TEXT_BYTES - 1);
    (void)bw_error_prefix(&err, BW_IO, "before");
    assert_int_equal(strlen(err.text), BW_ERROR_TEXT_BYTES - 1);
    assert_memory_equal(err.text, "before: xxx", 11);
    (void)bw_error_prefix(&err, BW_IO, "%s", big);
    assert_int_equal(strlen(err.text), BW_ERROR_TEXT_BYTES - 1);
}

static void
a_cut_sentence_is_still_utf8(void **state)
{
    (void)state;
    char big[2 * BW_ERROR_TEXT_BYTES];
    for (size_t i = 0; i + 2 < sizeof big; i += 2) {
        memcpy(big + i, "\xc3\xa9", 3);
    }
    struct bw_error err;
    for (int shift = 0; shift < 2; shift++) {
        (void)bw_error_set(&err, BW_IO, 0, "%s%s", shift == 0 ? "" : "a", big);
        size_t length = strlen(err.text);
        assert_true((length - (size_t)shift) % 2 == 0);
        assert_true(length >= BW_ERROR_TEXT_BYTES - 2);
        (void)bw_error_prefix(&err, BW_IO, shift == 0 ? "b" : "bb");
        assert_int_equal((unsigned char)err.text[strlen(err.text) - 1], 0xa9);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(error_carries_status_errno_and_sentence),
        cmocka_unit_test(nobody_needs_to_listen),
        cmocka_unit_test(control_characters_become_question_marks),
        cmocka_unit_test(an_error_says_which_value_it_is_about_until_the_next),
        cmocka_unit_test(prefix_goes_before_what_the_lower_layer_said),
        cmocka_unit_test(long_sentences_are_cut_and_end),
        cmocka_unit_test(a_cut_sentence_is_still_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
