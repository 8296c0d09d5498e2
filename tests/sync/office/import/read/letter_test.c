/* Which letters the kiosk's fonts draw; the table itself is checked by .ci/letters. */
#include "tests/sync/testing.h"

#include "office/import/read/letter.h"

static void
names_of_europe_and_its_neighbours_are_drawn(void **state)
{
    (void)state;
    static const char *const names[] = {"Fatima el Amrani", "Łukasz Żółć", "Nguyễn Thị",
        "D’Arcy-Ørsted", "Ayşe Yıldız", "Елена Ёлкина", "Ελένη", "فاطمة", "משה", "अमित",
        "สมชาย", "ሰላም", "Ⴀნა", "\xC7\x86\x65\xCC\x81"};
    char letter[5] = "-";
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (bw_import_letter_missing(names[i], letter) != 0) {
            fail_msg("%s: %s", names[i], letter);
        }
    }
    assert_string_equal(letter, "-");
    assert_int_equal(bw_import_letter_missing("", letter), 0);
}

static void
first_letter_that_no_font_has_is_named(void **state)
{
    (void)state;
    char letter[5];
    assert_int_equal(bw_import_letter_missing("Wei 李伟", letter), 0x674E);
    assert_string_equal(letter, "李");
    assert_int_equal(bw_import_letter_missing("김", letter), 0xAE40);
    assert_int_equal(bw_import_letter_missing("a\xF0\xA0\x80\x80", letter), 0x20000);
    assert_string_equal(letter, "\xF0\xA0\x80\x80");
}

/* The search halves the table: ascending, and without a touch between two. */
static void
ranges_are_in_order_and_their_ends_are_inside(void **state)
{
    (void)state;
    assert_true(bw_import_letter_ranges_count > 100);
    for (size_t i = 0; i < bw_import_letter_ranges_count; i++) {
        const struct bw_import_letter_range *range = &bw_import_letter_ranges[i];
        assert_true(range->first <= range->last);
        assert_true(i == 0 || bw_import_letter_ranges[i - 1].last + 1 < range->first);
        assert_true(bw_import_letter_is_drawn(range->first));
        assert_true(bw_import_letter_is_drawn(range->last));
        assert_false(bw_import_letter_is_drawn(range->last + 1));
    }
    assert_false(bw_import_letter_is_drawn(0));
    assert_false(bw_import_letter_is_drawn(0x10FFFF));
}

/* They are passed over without a look at the table. */
static void
every_character_of_ascii_but_the_controls_is_in_the_table(void **state)
{
    (void)state;
    for (uint32_t character = ' '; character <= '~'; character++) {
        assert_true(bw_import_letter_is_drawn(character));
    }
    char letter[5];
    assert_int_equal(bw_import_letter_missing("a\x1f", letter), 0x1f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_europe_and_its_neighbours_are_drawn),
        cmocka_unit_test(first_letter_that_no_font_has_is_named),
        cmocka_unit_test(every_character_of_ascii_but_the_controls_is_in_the_table),
        cmocka_unit_test(ranges_are_in_order_and_their_ends_are_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
