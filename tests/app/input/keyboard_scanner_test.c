/* A scanner that types, told from a person by its haste. */
#include <app/input/keyboard_scanner.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct bw_keyboard_scanner scanner;
static char text[BW_KEYBOARD_SCANNER_TEXT_BYTES];
static char typed[BW_KEYBOARD_SCANNER_TYPED_BYTES];
static int64_t now_ms;

static int
start(void **state)
{
    (void)state;
    memset(&scanner, 0, sizeof scanner);
    now_ms = 1000;
    return 0;
}

/* HID usage of a character on the US layout. */
static int
usage_of(char c, bool *ret_shift)
{
    static const char plain[] = "1234567890\x01\x01\x01\x01 -=[]\\\x01;'`,./";
    static const char shifted[] = "!@#$%^&*()\x01\x01\x01\x01\x01_+{}|\x01:\"~<>?";
    *ret_shift = (c >= 'A' && c <= 'Z') || strchr(shifted, c) != NULL;
    if (c >= 'a' && c <= 'z') {
        return 4 + c - 'a';
    }
    if (c >= 'A' && c <= 'Z') {
        return 4 + c - 'A';
    }
    const char *table = *ret_shift ? shifted : plain;
    return 30 + (int)(strchr(table, c) - table);
}

/* Types each character `gap_ms` after the one before; the system composes `as`. */
static enum bw_keyboard_scanner_result
type(const char *what, const char *as, int gap_ms)
{
    for (int i = 0; what[i] != '\0'; i++) {
        bool shift = false;
        int usage = usage_of(what[i], &shift);
        char one[2] = {as[i], '\0'};
        now_ms += gap_ms;
        assert_int_equal(bw_keyboard_scanner_key(&scanner, usage, shift, now_ms, text),
            BW_KEYBOARD_SCANNER_HELD);
        (void)bw_keyboard_scanner_text(&scanner, one, text);
    }
    now_ms += gap_ms;
    return bw_keyboard_scanner_key(&scanner, 40, false, now_ms, text);
}

static const char ticket[] = "BW1:A/$%*+-. Z09";

static void
hasty_typing_that_ends_in_enter_is_a_scan(void **state)
{
    (void)state;
    assert_int_equal(type(ticket, ticket, 3), BW_KEYBOARD_SCANNER_SCAN);
    assert_string_equal(text, ticket);
    assert_false(bw_keyboard_scanner_flush(&scanner, now_ms, true, typed));
}

static void
other_layout_of_the_machine_does_no_harm(void **state)
{
    (void)state;
    assert_int_equal(type(ticket, "bz1Ma&4578=)y!09", 3), BW_KEYBOARD_SCANNER_SCAN);
    assert_string_equal(text, ticket);
}

static void
caps_lock_does_no_harm(void **state)
{
    (void)state;
    /* positions and the shift key alone count; what the system made of them doesn't */
    assert_int_equal(type(ticket, "bw1:a/$%*+-. z09", 3), BW_KEYBOARD_SCANNER_SCAN);
    assert_string_equal(text, ticket);
}

static void
person_s_typing_comes_back_as_composed(void **state)
{
    (void)state;
    assert_int_equal(type("azerty", "qwerty", 120), BW_KEYBOARD_SCANNER_ENTER);
    assert_true(bw_keyboard_scanner_flush(&scanner, now_ms, true, typed));
    assert_string_equal(typed, "qwerty");
}

/* Types the ticket fast, but for one key that waits. */
static enum bw_keyboard_scanner_result
type_with_a_stall(int at, int stall_ms)
{
    bool shift = false;
    for (int i = 0; ticket[i] != '\0'; i++) {
        now_ms += i == at ? stall_ms : 3;
        int usage = usage_of(ticket[i], &shift);
        (void)bw_keyboard_scanner_key(&scanner, usage, shift, now_ms, text);
    }
    return bw_keyboard_scanner_key(&scanner, 40, false, now_ms + 3, text);
}

static void
one_slow_key_makes_it_a_person(void **state)
{
    (void)state;
    assert_int_equal(
        type_with_a_stall(BW_KEYBOARD_SCANNER_SURE - 1, BW_KEYBOARD_SCANNER_GAP_MS + 1),
        BW_KEYBOARD_SCANNER_ENTER);
    assert_int_equal(type_with_a_stall(9, BW_KEYBOARD_SCANNER_STALL_MS + 1),
        BW_KEYBOARD_SCANNER_ENTER);
}

static void
busy_machine_does_not_break_a_scan_in_two(void **state)
{
    (void)state;
    assert_int_equal(
        type_with_a_stall(9, BW_KEYBOARD_SCANNER_STALL_MS), BW_KEYBOARD_SCANNER_SCAN);
    assert_string_equal(text, ticket);
}

/* As a worn scanner, a slow link or a very busy machine gives it. */
static void
whole_ticket_is_a_scan_however_haltingly_it_comes(void **state)
{
    (void)state;
    char whole[118] = "BW1:";
    for (int i = 4; i < 117; i++) {
        whole[i] = "A/$%*+-. Z09"[i % 12];
    }
    bool shift = false;
    for (int i = 0; i < 117; i++) {
        now_ms += i % 20 == 3 ? BW_KEYBOARD_SCANNER_GAP_MS + 50 : 3;
        (void)bw_keyboard_scanner_flush(&scanner, now_ms, false, typed);
        int usage = usage_of(whole[i], &shift);
        (void)bw_keyboard_scanner_key(&scanner, usage, shift, now_ms, text);
    }
    assert_int_equal(bw_keyboard_scanner_key(&scanner, 40, false, now_ms + 3, text),
        BW_KEYBOARD_SCANNER_SCAN);
    assert_string_equal(text, whole);
    assert_int_equal(type("12345", "12345", 1), BW_KEYBOARD_SCANNER_ENTER);
}

static void
short_text_is_a_person_s_however_fast(void **state)
{
    (void)state;
    assert_int_equal(type("12345", "12345", 1), BW_KEYBOARD_SCANNER_ENTER);
}

static void
letters_are_held_till_no_scanner_can_be_typing(void **state)
{
    (void)state;
    (void)bw_keyboard_scanner_key(&scanner, 4, false, now_ms, text);
    (void)bw_keyboard_scanner_text(&scanner, "a", text);
    assert_false(bw_keyboard_scanner_flush(
        &scanner, now_ms + BW_KEYBOARD_SCANNER_HOLD_MS, false, typed));
    assert_int_equal(
        bw_keyboard_scanner_next_ms(&scanner), now_ms + BW_KEYBOARD_SCANNER_HOLD_MS + 1);
    assert_true(bw_keyboard_scanner_flush(
        &scanner, now_ms + BW_KEYBOARD_SCANNER_HOLD_MS + 1, false, typed));
    assert_string_equal(typed, "a");
    assert_int_equal(bw_keyboard_scanner_next_ms(&scanner), INT64_MAX);
}

static void
text_that_is_too_long_is_a_scan_of_nothing(void **state)
{
    (void)state;
    for (int i = 0; i < BW_KEYBOARD_SCANNER_TEXT_BYTES + 100; i++) {
        now_ms += 1;
        (void)bw_keyboard_scanner_key(&scanner, 4, true, now_ms, text);
        (void)bw_keyboard_scanner_text(&scanner, "A", text);
    }
    assert_int_equal(bw_keyboard_scanner_key(&scanner, 40, false, now_ms + 1, text),
        BW_KEYBOARD_SCANNER_SCAN);
    assert_string_equal(text, "");
    assert_int_equal(type(ticket, ticket, 3), BW_KEYBOARD_SCANNER_SCAN);
    assert_string_equal(text, ticket);
}

static void
shift_and_arrows_say_nothing_about_haste(void **state)
{
    (void)state;
    (void)bw_keyboard_scanner_key(&scanner, 225, true, now_ms, text);
    assert_int_equal(type(ticket, ticket, 3), BW_KEYBOARD_SCANNER_SCAN);
    assert_string_equal(text, ticket);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(hasty_typing_that_ends_in_enter_is_a_scan, start),
        cmocka_unit_test_setup(other_layout_of_the_machine_does_no_harm, start),
        cmocka_unit_test_setup(caps_lock_does_no_harm, start),
        cmocka_unit_test_setup(person_s_typing_comes_back_as_composed, start),
        cmocka_unit_test_setup(one_slow_key_makes_it_a_person, start),
        cmocka_unit_test_setup(busy_machine_does_not_break_a_scan_in_two, start),
        cmocka_unit_test_setup(whole_ticket_is_a_scan_however_haltingly_it_comes, start),
        cmocka_unit_test_setup(short_text_is_a_person_s_however_fast, start),
        cmocka_unit_test_setup(letters_are_held_till_no_scanner_can_be_typing, start),
        cmocka_unit_test_setup(text_that_is_too_long_is_a_scan_of_nothing, start),
        cmocka_unit_test_setup(shift_and_arrows_say_nothing_about_haste, start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
