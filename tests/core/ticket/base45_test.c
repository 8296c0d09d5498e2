/* Base45 against the examples of RFC 9285, sections 4.3 and 4.4, and its limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <brugwachter/ticket.h>

#include <string.h>

static void
examples_of_the_rfc_hold_both_ways(void **state)
{
    (void)state;
    static const char *const examples[][2] = {{"AB", "BB8"}, {"Hello!!", "%69 VD92EX0"},
        {"base-45", "UJCLQE7W581"}, {"ietf!", "QED8WEX0"}, {"", ""}};
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const char *plain = examples[i][0];
        const char *coded = examples[i][1];
        char text[32];
        uint8_t bytes[32];
        bw_base45_encode((const uint8_t *)plain, strlen(plain), text);
        assert_string_equal(text, coded);
        int length = bw_base45_decode(coded, strlen(coded), bytes, sizeof bytes);
        assert_int_equal(length, strlen(plain));
        assert_memory_equal(bytes, plain, strlen(plain));
    }
}

static void
every_byte_and_every_pair_comes_back(void **state)
{
    (void)state;
    for (unsigned value = 0; value <= 0xffff; value++) {
        const uint8_t bytes[2] = {(uint8_t)(value >> 8), (uint8_t)(value & 0xff)};
        uint8_t back[2] = {0};
        char text[4];
        bw_base45_encode(bytes, 2, text);
        assert_int_equal(strlen(text), 3);
        assert_int_equal(bw_base45_decode(text, 3, back, 2), 2);
        assert_memory_equal(back, bytes, 2);
        if (value <= 0xff) {
            bw_base45_encode(bytes + 1, 1, text);
            assert_int_equal(strlen(text), 2);
            assert_int_equal(bw_base45_decode(text, 2, back, 1), 1);
            assert_int_equal(back[0], value);
        }
    }
}

static void
impossible_texts_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "GGW", ":::", "V5", "::", "0", "0000", "ab0", "0!0", "00\x80", "00_"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        uint8_t bytes[8];
        assert_int_equal(bw_base45_decode(texts[i], strlen(texts[i]), bytes, 8), -1);
    }
    uint8_t bytes[8];
    assert_int_equal(bw_base45_decode("0\0"
                                      "0",
                         3, bytes, 8),
        -1);
    assert_int_equal(bw_base45_decode("FGW", 3, bytes, 8), 2); /* 65535: the last one */
    assert_int_equal(bw_base45_decode("U5", 2, bytes, 8), 1);  /* 255 */
}

static void
more_bytes_than_there_is_room_for_are_refused(void **state)
{
    (void)state;
    uint8_t bytes[4] = {1, 2, 3, 4};
    assert_int_equal(bw_base45_decode("FGWFGW", 6, bytes, 3), -1);
    assert_int_equal(bw_base45_decode("FGWU5", 5, bytes, 2), -1);
    assert_int_equal(bytes[3], 4);
    assert_int_equal(bw_base45_decode("FGWU5", 5, bytes, 3), 3);
    assert_int_equal(bytes[3], 4);
}

static void
refused_text_leaves_the_bytes_as_they_were(void **state)
{
    (void)state;
    uint8_t bytes[4] = {1, 2, 3, 4};
    assert_int_equal(bw_base45_decode("FGWGGW", 6, bytes, 4), -1);
    assert_int_equal(bw_base45_decode("FGWV5", 5, bytes, 4), -1);
    const uint8_t before[4] = {1, 2, 3, 4};
    assert_memory_equal(bytes, before, sizeof before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_of_the_rfc_hold_both_ways),
        cmocka_unit_test(every_byte_and_every_pair_comes_back),
        cmocka_unit_test(impossible_texts_are_refused),
        cmocka_unit_test(more_bytes_than_there_is_room_for_are_refused),
        cmocka_unit_test(refused_text_leaves_the_bytes_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
