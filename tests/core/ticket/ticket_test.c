/* The ticket codec against the published vectors, and against every kind of damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ticket_vectors.h"

#include <brugwachter/core.h>
#include <brugwachter/ticket.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct bw_keyring keyring;
static uint8_t secrets[COUNT(vector_keys)][BW_SECRET_KEY_BYTES];

static void
from_hex(const char *hex, uint8_t ret_bytes[32])
{
    size_t length = 0;
    assert_int_equal(
        sodium_hex2bin(ret_bytes, 32, hex, strlen(hex), NULL, &length, NULL), 0);
    assert_int_equal(length, 32);
}

static int
make_keys(void **state)
{
    (void)state;
    assert_int_equal(bw_core_init(NULL), BW_OK);
    for (size_t i = 0; i < COUNT(vector_keys); i++) {
        uint8_t seed[BW_SEED_BYTES];
        uint8_t published[BW_PUBLIC_KEY_BYTES];
        struct bw_public_key *key = &keyring.keys[i];
        from_hex(vector_keys[i].seed, seed);
        from_hex(vector_keys[i].public_key, published);
        assert_int_equal(crypto_sign_seed_keypair(key->bytes, secrets[i], seed), 0);
        assert_memory_equal(key->bytes, published, sizeof published);
        key->key = vector_keys[i].key;
        keyring.count++;
    }
    return 0;
}

static const uint8_t *
secret_of(uint8_t key)
{
    for (int i = 0; i < keyring.count; i++) {
        if (keyring.keys[i].key == key) {
            return secrets[i];
        }
    }
    fail_msg("no key %d", key);
    return NULL;
}

static void
assert_ticket_equal(const struct bw_ticket *a, const struct bw_ticket *b)
{
    assert_int_equal(a->key, b->key);
    assert_int_equal(a->session_no, b->session_no);
    assert_int_equal(a->code, b->code);
    assert_int_equal(a->generation, b->generation);
}

/* Reads what must not be signed, and sees to it that nothing of it comes out. */
static void
assert_reading(const char *text, enum bw_ticket_reading expected)
{
    static const struct bw_ticket untouched = {9, 99, 999, 77};
    struct bw_ticket ticket = untouched;
    enum bw_ticket_reading reading = bw_ticket_read(text, &keyring, &ticket);
    if (reading != expected) {
        fail_msg("read as %d: %s", reading, text);
    }
    assert_ticket_equal(&ticket, &untouched);
}

static void
every_published_ticket_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(vector_valids); i++) {
        const struct vector_valid *vector = &vector_valids[i];
        struct bw_ticket ticket;
        char code[BW_CODE_BYTES];
        assert_int_equal(
            bw_ticket_read(vector->text, &keyring, &ticket), BW_TICKET_SIGNED);
        assert_ticket_equal(&ticket, &vector->ticket);
        bw_code_format(ticket.code, code);
        assert_string_equal(code, vector->code);
    }
}

static void
every_published_ticket_is_written_to_the_letter(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(vector_valids); i++) {
        const struct vector_valid *vector = &vector_valids[i];
        char text[BW_TICKET_TEXT_BYTES];
        bw_ticket_write(&vector->ticket, secret_of(vector->ticket.key), text);
        assert_string_equal(text, vector->text);
    }
}

static void
every_published_bad_text_gets_its_verdict(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(vector_invalids); i++) {
        assert_reading(vector_invalids[i].text, vector_invalids[i].reading);
    }
}

static void
ticket_with_flipped_bit_is_forged(void **state)
{
    (void)state;
    enum { BLOB_BYTES = 75 };
    const char *text = vector_valids[1].text;
    uint8_t blob[BLOB_BYTES];
    assert_int_equal(
        bw_base45_decode(text + 4, strlen(text) - 4, blob, sizeof blob), BLOB_BYTES);
    for (size_t bit = 0; bit < BLOB_BYTES * 8; bit++) {
        char damaged[BW_TICKET_TEXT_BYTES] = "BW1:";
        blob[bit / 8] ^= (uint8_t)(1u << bit % 8);
        bw_base45_encode(blob, sizeof blob, damaged + 4);
        assert_reading(damaged, BW_TICKET_FORGED);
        blob[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

static void
ticket_with_any_other_character_anywhere_is_never_signed(void **state)
{
    (void)state;
    char text[BW_TICKET_TEXT_BYTES];
    memcpy(text, vector_valids[1].text, sizeof text);
    for (size_t at = 0; text[at] != '\0'; at++) {
        char kept = text[at];
        for (int c = 1; c < 256; c++) {
            if ((char)c != kept) {
                text[at] = (char)c;
                assert_reading(text, at < 4 ? BW_TICKET_NONE : BW_TICKET_FORGED);
            }
        }
        text[at] = kept;
    }
}

static void
ticket_cut_anywhere_is_never_signed(void **state)
{
    (void)state;
    const char *text = vector_valids[1].text;
    for (size_t length = 0; length < strlen(text); length++) {
        char cut[BW_TICKET_TEXT_BYTES];
        memcpy(cut, text, length);
        cut[length] = '\0';
        assert_reading(cut, length < 4 ? BW_TICKET_NONE : BW_TICKET_FORGED);
    }
}

static void
ticket_with_blanks_collapsed_is_forged(void **state)
{
    (void)state;
    const char *text = vector_valids[1].text;
    const char *two = strstr(text, "  ");
    assert_non_null(two);
    char collapsed[BW_TICKET_TEXT_BYTES];
    (void)snprintf(
        collapsed, sizeof collapsed, "%.*s%s", (int)(two - text), text, two + 1);
    assert_reading(collapsed, BW_TICKET_FORGED);
}

static void
text_over_512_bytes_is_no_ticket_whatever_it_says(void **state)
{
    (void)state;
    char text[2000] = "BW1:";
    memset(text + 4, '0', sizeof text - 5);
    text[512] = '\0';
    assert_reading(text, BW_TICKET_FORGED);
    text[512] = '0';
    text[513] = '\0';
    assert_reading(text, BW_TICKET_NONE);
    text[513] = '0';
    assert_reading(text, BW_TICKET_NONE);
}

static void
ticket_of_a_key_that_the_kiosk_lacks_is_forged(void **state)
{
    (void)state;
    struct bw_keyring none = {0};
    struct bw_keyring second = {.count = 1, .keys = {keyring.keys[1]}};
    struct bw_ticket ticket;
    assert_int_equal(
        bw_ticket_read(vector_valids[0].text, &none, &ticket), BW_TICKET_FORGED);
    assert_int_equal(
        bw_ticket_read(vector_valids[0].text, &second, &ticket), BW_TICKET_FORGED);
    assert_int_equal(
        bw_ticket_read(vector_valids[3].text, &second, &ticket), BW_TICKET_SIGNED);
}

static void
signature_of_the_body_without_its_mark_is_forged(void **state)
{
    (void)state;
    const char *text = vector_valids[1].text;
    uint8_t blob[75];
    assert_int_equal(bw_base45_decode(text + 4, strlen(text) - 4, blob, sizeof blob), 75);
    char forged[BW_TICKET_TEXT_BYTES] = "BW1:";
    assert_int_equal(crypto_sign_detached(blob + 11, NULL, blob, 11, secrets[0]), 0);
    bw_base45_encode(blob, sizeof blob, forged + 4);
    assert_reading(forged, BW_TICKET_FORGED);
}

static void
ticket_is_found_in_whatever_stands_around_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(vector_valids); i++) {
        const char *text = vector_valids[i].text;
        char around[400], found[BW_TICKET_TEXT_BYTES];
        (void)snprintf(around, sizeof around, "]Q1%s \r\n%s", text, text);
        assert_true(bw_ticket_find(around, strlen(around), found));
        assert_string_equal(found, text);
        for (char *at = around; *at != '\0'; at++) {
            *at = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
        }
        assert_true(bw_ticket_find(around, strlen(around), found));
        assert_string_equal(found, text);
        assert_false(bw_ticket_find(text, strlen(text) - 1, found));
        assert_false(bw_ticket_find(text + 1, strlen(text) - 1, found));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticket_is_found_in_whatever_stands_around_it),
        cmocka_unit_test(every_published_ticket_is_read),
        cmocka_unit_test(every_published_ticket_is_written_to_the_letter),
        cmocka_unit_test(every_published_bad_text_gets_its_verdict),
        cmocka_unit_test(ticket_with_flipped_bit_is_forged),
        cmocka_unit_test(ticket_with_any_other_character_anywhere_is_never_signed),
        cmocka_unit_test(ticket_cut_anywhere_is_never_signed),
        cmocka_unit_test(ticket_with_blanks_collapsed_is_forged),
        cmocka_unit_test(text_over_512_bytes_is_no_ticket_whatever_it_says),
        cmocka_unit_test(ticket_of_a_key_that_the_kiosk_lacks_is_forged),
        cmocka_unit_test(signature_of_the_body_without_its_mark_is_forged),
    };
    return cmocka_run_group_tests(tests, make_keys, NULL);
}
