/* The staff card's text: each is another, and nothing but a whole one is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <brugwachter/certificate.h>
#include <brugwachter/core.h>
#include <brugwachter/staff_card.h>

#include <stdio.h>
#include <string.h>

static int
init(void **state)
{
    (void)state;
    return bw_core_init(NULL) == BW_OK ? 0 : -1;
}

static void
each_card_is_another_and_is_read_as_it_was_made(void **state)
{
    (void)state;
    char one[BW_STAFF_CARD_TEXT_BYTES], other[BW_STAFF_CARD_TEXT_BYTES];
    char again[BW_STAFF_CARD_TEXT_BYTES] = "BWM1:";
    uint8_t secret[BW_STAFF_CARD_BYTES];
    bw_staff_card_make(one);
    bw_staff_card_make(other);
    assert_string_not_equal(one, other);
    assert_int_equal(strlen(one), BW_STAFF_CARD_TEXT_BYTES - 1);
    assert_true(bw_staff_card_read(one, secret));
    bw_base45_encode(secret, sizeof secret, again + 5);
    assert_string_equal(again, one);
}

static void
card_that_is_cut_longer_or_has_another_mark_is_none(void **state)
{
    (void)state;
    char card[BW_STAFF_CARD_TEXT_BYTES], text[BW_STAFF_CARD_TEXT_BYTES + 4];
    static const uint8_t before[BW_STAFF_CARD_BYTES] = {7, 7, 7};
    uint8_t secret[BW_STAFF_CARD_BYTES];
    memcpy(secret, before, sizeof secret);
    bw_staff_card_make(card);
    for (int length = 0; length < BW_STAFF_CARD_TEXT_BYTES - 1; length++) {
        (void)snprintf(text, sizeof text, "%.*s", length, card);
        assert_false(bw_staff_card_read(text, secret));
        assert_int_equal(bw_staff_card_is(text), length >= 5);
    }
    (void)snprintf(text, sizeof text, "%s0", card);
    assert_false(bw_staff_card_read(text, secret));
    (void)snprintf(text, sizeof text, "BWN1%s", card + 4);
    assert_false(bw_staff_card_is(text) || bw_staff_card_read(text, secret));
    (void)snprintf(text, sizeof text, "BWM1:%.45s:::", card + 5); /* above 65535 */
    assert_false(bw_staff_card_read(text, secret));
    assert_memory_equal(secret, before, sizeof secret);
}

static void
no_card_is_a_ticket_or_a_certificate_and_neither_is_a_card(void **state)
{
    (void)state;
    static const struct bw_keyring none = {.count = 0};
    char card[BW_STAFF_CARD_TEXT_BYTES], found[BW_TICKET_TEXT_BYTES];
    uint8_t secret[BW_SECRET_KEY_BYTES] = {3};
    struct bw_ticket ticket = {.session_no = 7, .code = 1};
    char text[BW_TICKET_TEXT_BYTES];
    bw_staff_card_make(card);
    assert_int_equal(bw_ticket_read(card, &none, &ticket), BW_TICKET_NONE);
    assert_false(bw_ticket_find(card, strlen(card), found));
    assert_false(bw_certificate_is(card));
    bw_ticket_write(&ticket, secret, text);
    assert_false(bw_staff_card_is(text));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_card_is_another_and_is_read_as_it_was_made),
        cmocka_unit_test(card_that_is_cut_longer_or_has_another_mark_is_none),
        cmocka_unit_test(no_card_is_a_ticket_or_a_certificate_and_neither_is_a_card),
    };
    return cmocka_run_group_tests(tests, init, NULL);
}
