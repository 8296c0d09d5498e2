/* Sealed rows: only the holder of the ticket makes their own row readable. */
#include "tests/core/store/help.h"

#include <string.h>

static const char ticket[] = "BW1:THE TEXT  OF A TICKET";

static void
sealed_row_opens_with_its_own_ticket(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_sealed_row row;
    struct bw_registration read;
    struct bw_registration made = help_registration(77, "Fatima", "el Amrani");
    made.status = BW_WAITLISTED;
    made.generation = 3;
    bw_sealed_close(ticket, &made, &row);
    help_ok(bw_sealed_open(ticket, &row, &read, &err), &err);
    assert_string_equal(read.person.first_name, "Fatima");
    assert_string_equal(read.person.name, "el Amrani");
    assert_string_equal(read.person.school, "OBS De Brug");
    assert_int_equal(read.status, BW_WAITLISTED);
    assert_int_equal(read.generation, 3);
    assert_int_equal(read.code, BW_CODE_NONE);
    assert_string_equal(read.person.region, "");
}

static void
sealed_row_stays_shut_for_every_other_text(void **state)
{
    (void)state;
    static const char *const others[] = {"", "BW1:THE TEXT OF A TICKET",
        "BW1:THE TEXT  OF A TICKE", "bw1:the text  of a ticket"};
    struct bw_sealed_row row;
    struct bw_registration made = help_registration(77, "Fatima", "el Amrani");
    bw_sealed_close(ticket, &made, &row);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct bw_error err;
        struct bw_registration read;
        assert_int_equal(bw_sealed_open(others[i], &row, &read, &err), BW_CORRUPT);
    }
}

static void
sealed_row_with_any_flipped_bit_does_not_open(void **state)
{
    (void)state;
    struct bw_sealed_row row;
    struct bw_registration read;
    struct bw_registration made = help_registration(77, "Fatima", "el Amrani");
    bw_sealed_close(ticket, &made, &row);
    for (size_t bit = 0; bit < sizeof row * 8; bit += 3) {
        ((uint8_t *)&row)[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(bw_sealed_open(ticket, &row, &read, NULL), BW_CORRUPT);
        ((uint8_t *)&row)[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

static void
sealed_rows_of_one_ticket_share_only_their_id(void **state)
{
    (void)state;
    struct bw_sealed_row a;
    struct bw_sealed_row b;
    struct bw_registration made = help_registration(77, "Fatima", "el Amrani");
    bw_sealed_close(ticket, &made, &a);
    bw_sealed_close(ticket, &made, &b);
    assert_memory_equal(a.id, b.id, sizeof a.id);
    assert_memory_not_equal(a.box, b.box, sizeof a.box);
}

static void
a_row_sealed_with_a_given_nonce_has_it_and_opens(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_sealed_row row, same, other;
    struct bw_registration read, made = help_registration(77, "Fatima", "el Amrani");
    uint8_t nonce[BW_SEALED_NONCE_BYTES] = {1, 2, 3};
    bw_sealed_close_with(ticket, &made, nonce, &row);
    bw_sealed_close_with(ticket, &made, nonce, &same);
    assert_memory_equal(row.box, nonce, sizeof nonce);
    assert_memory_equal(&row, &same, sizeof row);
    assert_int_equal(bw_sealed_open(ticket, &row, &read, &err), BW_OK);
    assert_string_equal(read.person.name, "el Amrani");
    nonce[0]++;
    bw_sealed_close_with(ticket, &made, nonce, &other);
    assert_memory_not_equal(
        row.box + sizeof nonce, other.box + sizeof nonce, BW_SEALED_CONTENT_BYTES);
}

static void
longest_names_are_cut_at_a_character(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_sealed_row row;
    struct bw_registration read;
    struct bw_registration made = help_registration(1, "", "");
    for (int i = 0; i < BW_NAME_CHARS; i++) {
        strcat(made.person.first_name, "\xc5\x82");
        strcat(made.person.name, "\xf0\x9f\x8c\x89");
    }
    for (int i = 0; i < BW_TITLE_CHARS - 11; i++) {
        strcat(made.person.school, "\xe2\x82\xac");
    }
    bw_sealed_close(ticket, &made, &row);
    help_ok(bw_sealed_open(ticket, &row, &read, &err), &err);
    assert_int_equal(strlen(read.person.first_name) % 2, 0);
    assert_int_equal(strlen(read.person.name) % 4, 0);
    assert_int_equal((strlen(read.person.school) - strlen("OBS De Brug")) % 3, 0);
    assert_true(strlen(read.person.first_name) > 60);
    assert_memory_equal(
        read.person.first_name, made.person.first_name, strlen(read.person.first_name));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sealed_row_opens_with_its_own_ticket),
        cmocka_unit_test(sealed_row_stays_shut_for_every_other_text),
        cmocka_unit_test(sealed_row_with_any_flipped_bit_does_not_open),
        cmocka_unit_test(sealed_rows_of_one_ticket_share_only_their_id),
        cmocka_unit_test(a_row_sealed_with_a_given_nonce_has_it_and_opens),
        cmocka_unit_test(longest_names_are_cut_at_a_character),
    };
    return cmocka_run_group_tests_name("sealed", tests, help_setup, help_teardown);
}
