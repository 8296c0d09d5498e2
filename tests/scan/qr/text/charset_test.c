/* Texts of which no charset is told. */
#include "scan/qr/text/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static char text[64];

static bool
convert(const char *bytes)
{
    struct bw_charset *charset = bw_charset_create();
    size_t count = 0;
    assert_non_null(charset);
    bool done =
        bw_charset_convert(charset, bytes, strlen(bytes), sizeof text, text, &count);
    bw_charset_destroy(charset);
    assert_true(!done || count == strlen(text));
    return done;
}

static void
japanese_letters_of_one_and_two_bytes_are_japanese(void **state)
{
    (void)state;
    assert_true(convert("\xc3\xde\xbb\xde\xb2\xddQR"));
    assert_string_equal(text, "ﾃﾞｻﾞｲﾝQR");
    assert_true(convert("\x90\xce\x90\xcf\x90\xd0"));
    assert_string_equal(text, "石積籍");
}

static void
letters_with_accents_are_western(void **state)
{
    (void)state;
    assert_true(convert("Caf\xe9 Ren\xe9"));
    assert_string_equal(text, "Café René");
    assert_true(convert("S\xe9"
                        "an")); /* a pair of Shift-JIS, too */
    assert_string_equal(text, "Séan");
}

static void
bytes_of_no_charset_and_texts_too_long_are_refused(void **state)
{
    (void)state;
    char bytes[64];
    assert_false(convert("\x81\x20\xff"));
    memset(bytes, 0xe9, sizeof bytes - 1);
    bytes[sizeof bytes - 1] = '\0';
    assert_false(convert(bytes));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(japanese_letters_of_one_and_two_bytes_are_japanese),
        cmocka_unit_test(letters_with_accents_are_western),
        cmocka_unit_test(bytes_of_no_charset_and_texts_too_long_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
