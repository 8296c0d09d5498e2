/* Registration codes: written, read as people type them, told from names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <brugwachter/code.h>

#include <stdlib.h>
#include <string.h>

static const bw_code example = UINT64_C(0x99ef41770d); /* K7QM2XRD */

static void
code_is_written_plain_and_with_a_hyphen(void **state)
{
    (void)state;
    char plain[BW_CODE_BYTES];
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format(example, plain);
    bw_code_format_shown(example, shown);
    assert_string_equal(plain, "K7QM2XRD");
    assert_string_equal(shown, "K7QM-2XRD");
    bw_code_format(0, plain);
    assert_string_equal(plain, "00000000");
    bw_code_format((UINT64_C(1) << 40) - 1, plain);
    assert_string_equal(plain, "ZZZZZZZZ");
}

static void
every_way_of_typing_a_code_reads_the_same(void **state)
{
    (void)state;
    static const char *const typed[] = {"K7QM2XRD", "K7QM-2XRD", "k7qm2xrd", "k7qm 2xrd",
        " K7 QM 2X RD ", "K-7-Q-M-2-X-R-D", "k7qm--2xrd"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        bw_code code = 0;
        assert_true(bw_code_parse(typed[i], &code));
        assert_int_equal(code, example);
    }
}

static void
letters_that_look_like_digits_are_those_digits(void **state)
{
    (void)state;
    bw_code digits = 0;
    bw_code letters = 1;
    assert_true(bw_code_parse("00011111", &digits));
    assert_true(bw_code_parse("OooIiLl1", &letters));
    assert_int_equal(letters, digits);
}

static void
what_is_no_code_is_refused_and_leaves_the_result(void **state)
{
    (void)state;
    static const char *const typed[] = {"", "K7QM2XR", "K7QM2XRDA", "K7QM2XRU",
        "K7QM_2XRD", "K7QM2XR\t", "K7QM2XRé", "--------", "        "};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        bw_code code = 42;
        assert_false(bw_code_parse(typed[i], &code));
        assert_int_equal(code, 42);
    }
}

static void
every_bit_of_a_code_survives_the_way_there_and_back(void **state)
{
    (void)state;
    for (int bit = 0; bit < 40; bit++) {
        bw_code code = UINT64_C(1) << bit;
        bw_code back = 0;
        char text[BW_CODE_SHOWN_BYTES];
        bw_code_format_shown(code, text);
        assert_true(bw_code_parse(text, &back));
        assert_int_equal(back, code);
    }
}

static void
a_name_of_eight_letters_is_not_taken_for_a_code(void **state)
{
    (void)state;
    assert_false(bw_code_is_likely("Nicolien"));
    assert_false(bw_code_is_likely("Hendrika"));
    assert_false(bw_code_is_likely("anna de"));
    assert_false(bw_code_is_likely("Jan-Pieter"));
    assert_false(bw_code_is_likely("A-BCDEFGH"));
    assert_false(bw_code_is_likely("AB-CD-EFGH"));
    assert_false(bw_code_is_likely(""));
    assert_true(bw_code_is_likely("K7QM2XRD"));
    assert_true(bw_code_is_likely("k7qm 2xrd"));
    assert_true(bw_code_is_likely("KAQM-BXRD"));
    assert_true(bw_code_is_likely(" kaqm - bxrd "));
}

static void
random_codes_stay_within_40_bits_and_differ(void **state)
{
    (void)state;
    bw_code any = 0;
    bw_code all = ~UINT64_C(0);
    bw_code last = BW_CODE_NONE;
    for (int i = 0; i < 200; i++) {
        bw_code code = bw_code_random();
        assert_true(code >> 40 == 0);
        assert_true(code != last); /* fails once in 2^40 / 200 runs */
        any |= code;
        all &= code;
        last = code;
    }
    assert_int_equal(any, (UINT64_C(1) << 40) - 1);
    assert_int_equal(all, 0);
}

static int
by_code(const void *one, const void *other)
{
    bw_code a = *(const bw_code *)one, b = *(const bw_code *)other;
    return (a > b) - (a < b);
}

static void
codes_drawn_together_fill_their_room_and_differ(void **state)
{
    (void)state;
    enum { ROOM = 300 }; /* more than are drawn in a turn, and no multiple of it */
    bw_code codes[ROOM + 1];
    for (size_t count = 0; count <= ROOM; count += 75) {
        for (size_t i = 0; i <= ROOM; i++) {
            codes[i] = BW_CODE_NONE;
        }
        bw_code_random_many(codes, count);
        for (size_t i = 0; i <= ROOM; i++) {
            assert_int_equal(codes[i] >> 40 == 0, i < count);
        }
        qsort(codes, count, sizeof codes[0], by_code);
        for (size_t i = 1; i < count; i++) {
            assert_true(codes[i - 1] != codes[i]); /* fails once in 10^7 runs */
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_is_written_plain_and_with_a_hyphen),
        cmocka_unit_test(every_way_of_typing_a_code_reads_the_same),
        cmocka_unit_test(letters_that_look_like_digits_are_those_digits),
        cmocka_unit_test(what_is_no_code_is_refused_and_leaves_the_result),
        cmocka_unit_test(every_bit_of_a_code_survives_the_way_there_and_back),
        cmocka_unit_test(a_name_of_eight_letters_is_not_taken_for_a_code),
        cmocka_unit_test(random_codes_stay_within_40_bits_and_differ),
        cmocka_unit_test(codes_drawn_together_fill_their_room_and_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
