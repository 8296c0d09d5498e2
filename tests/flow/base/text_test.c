/* Texts of a view, and lines being typed: whole characters, and no more than fit. */
#include "flow/base/field.h"
#include "flow/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
text_that_is_too_long_is_cut_at_a_character(void **state)
{
    static const struct {
        size_t capacity;
        const char *text, *cut;
    } cases[] = {{5, "abcdef", "abcd"}, {5, "abcd", "abcd"}, {5, "abcé", "abc"},
        {6, "abcé", "abcé"}, {5, "abéé", "abé"}, {4, "a€€", "a"}, {5, "a€€", "a€"},
        {4, "😀", ""}, {5, "😀😀", "😀"}, {1, "a", ""}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[16] = "before";
        bw_flow_set_text(text, cases[i].capacity, cases[i].text);
        assert_string_equal(text, cases[i].cut);
    }
}

static void
full_name_that_is_too_long_is_cut_at_a_character(void **state)
{
    char text[8];
    (void)state;
    bw_flow_set_full_name(text, sizeof text, "Zoë", "Ünal");
    assert_string_equal(text, "Zoë Ü");
    bw_flow_set_full_name(text, sizeof text, "José", "é");
    assert_string_equal(text, "José ");
    bw_flow_set_full_name(text, sizeof text, "", "Ünal");
    assert_string_equal(text, "Ünal");
}

static void
field_holds_no_more_characters_than_a_name_however_they_come(void **state)
{
    struct bw_flow_field field = {0};
    char text[BW_NAME_CHARS + 1];
    (void)state;
    memset(text, 'a', BW_NAME_CHARS);
    text[BW_NAME_CHARS] = '\0';
    assert_true(bw_flow_field_type(&field, "b"));
    assert_false(bw_flow_field_type(&field, text));
    assert_string_equal(field.text, "b");
    assert_true(bw_flow_field_type(&field, text + 1));
    assert_int_equal(strlen(field.text), BW_NAME_CHARS);
    assert_false(bw_flow_field_type(&field, "c"));
}

static void
field_takes_no_half_of_a_pair_and_no_control(void **state)
{
    static const int wrong[] = {0x1f, 0x7f, 0xd800, 0xdfff, 0x10000, -1};
    struct bw_flow_field field = {0};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(bw_flow_field_type_code_point(&field, wrong[i]));
    }
    assert_true(bw_flow_field_is_empty(&field));
    assert_true(bw_flow_field_type_code_point(&field, 0xeb));
    assert_true(bw_flow_field_type_code_point(&field, 0x20ac));
    assert_string_equal(field.text, "ë€");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_that_is_too_long_is_cut_at_a_character),
        cmocka_unit_test(full_name_that_is_too_long_is_cut_at_a_character),
        cmocka_unit_test(field_holds_no_more_characters_than_a_name_however_they_come),
        cmocka_unit_test(field_takes_no_half_of_a_pair_and_no_control),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
