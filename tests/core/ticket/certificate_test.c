/* The certificate's codec: what is written is read, and neither a damaged one nor a
 * ticket passes for one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <brugwachter/certificate.h>
#include <brugwachter/core.h>

#include <sodium.h>
#include <string.h>

enum { BLOB_BYTES = 75, MARK_BYTES = 5 };

static const struct bw_certificate genuine = {
    .key = 3, .session_no = 12, .code = 0x9A7B3C5D1E, .half_hours = 6};

static struct bw_keyring keyring = {.count = 1, .keys = {{.key = 3}}};
static uint8_t secret[BW_SECRET_KEY_BYTES];

static int
make_key(void **state)
{
    (void)state;
    static const uint8_t seed[BW_SEED_BYTES] = {7};
    assert_int_equal(bw_core_init(NULL), BW_OK);
    assert_int_equal(crypto_sign_seed_keypair(keyring.keys[0].bytes, secret, seed), 0);
    return 0;
}

static enum bw_ticket_reading
reading_of(const char *text)
{
    struct bw_certificate certificate = {.session_no = 99};
    enum bw_ticket_reading reading = bw_certificate_read(text, &keyring, &certificate);
    if (reading != BW_TICKET_SIGNED) {
        assert_int_equal(certificate.session_no, 99);
    }
    return reading;
}

static void
what_is_written_is_read_again(void **state)
{
    (void)state;
    char text[BW_CERTIFICATE_TEXT_BYTES];
    struct bw_certificate read;
    bw_certificate_write(&genuine, secret, text);
    assert_int_equal(strlen(text), BW_CERTIFICATE_TEXT_BYTES - 1);
    assert_true(bw_certificate_is(text));
    assert_int_equal(bw_certificate_read(text, &keyring, &read), BW_TICKET_SIGNED);
    assert_int_equal(read.key, genuine.key);
    assert_int_equal(read.session_no, genuine.session_no);
    assert_int_equal(read.code, genuine.code);
    assert_int_equal(read.half_hours, genuine.half_hours);
}

static void
certificate_with_flipped_bit_is_forged(void **state)
{
    (void)state;
    char text[BW_CERTIFICATE_TEXT_BYTES];
    uint8_t blob[BLOB_BYTES];
    bw_certificate_write(&genuine, secret, text);
    assert_int_equal(
        bw_base45_decode(text + MARK_BYTES, strlen(text) - MARK_BYTES, blob, sizeof blob),
        BLOB_BYTES);
    for (size_t bit = 0; bit < BLOB_BYTES * 8; bit++) {
        blob[bit / 8] ^= (uint8_t)(1u << bit % 8);
        bw_base45_encode(blob, sizeof blob, text + MARK_BYTES);
        assert_int_equal(reading_of(text), BW_TICKET_FORGED);
        blob[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

/* One body, two marks: neither signature serves the other. */
static void
a_ticket_is_no_certificate_and_a_certificate_no_ticket(void **state)
{
    (void)state;
    char text[BW_CERTIFICATE_TEXT_BYTES], other[2 * BW_CERTIFICATE_TEXT_BYTES];
    const struct bw_ticket twin = {3, 12, 0x9A7B3C5D1E, 6};
    struct bw_ticket ticket;
    bw_certificate_write(&genuine, secret, text);
    assert_int_equal(bw_ticket_read(text, &keyring, &ticket), BW_TICKET_NONE);
    assert_false(bw_ticket_find(text, strlen(text), other));
    memcpy(other, "BW1:", 4);
    memcpy(other + 4, text + MARK_BYTES, strlen(text) - MARK_BYTES + 1);
    assert_int_equal(bw_ticket_read(other, &keyring, &ticket), BW_TICKET_FORGED);

    bw_ticket_write(&twin, secret, text);
    assert_false(bw_certificate_is(text));
    assert_int_equal(reading_of(text), BW_TICKET_NONE);
    memcpy(other, "BWC1:", MARK_BYTES);
    memcpy(other + MARK_BYTES, text + 4, strlen(text) - 4 + 1);
    assert_int_equal(reading_of(other), BW_TICKET_FORGED);
}

static void
what_isnt_whole_is_never_signed(void **state)
{
    (void)state;
    char text[BW_CERTIFICATE_TEXT_BYTES];
    bw_certificate_write(&genuine, secret, text);
    for (size_t length = strlen(text); length-- > 0;) {
        text[length] = '\0';
        assert_int_equal(
            reading_of(text), length < MARK_BYTES ? BW_TICKET_NONE : BW_TICKET_FORGED);
    }
    char longer[BW_SCAN_BYTES + 1];
    memset(longer, 'A', sizeof longer);
    memcpy(longer, "BWC1:", MARK_BYTES);
    longer[BW_SCAN_BYTES] = '\0';
    assert_int_equal(reading_of(longer), BW_TICKET_NONE);
}

static void
its_code_is_its_own_and_is_read_as_people_type_it(void **state)
{
    (void)state;
    char shown[BW_CERTIFICATE_SHOWN_BYTES];
    bw_code code = bw_certificate_code(genuine.session_no, genuine.code), read;
    assert_int_not_equal(code, genuine.code);
    assert_int_not_equal(code, bw_certificate_code(genuine.session_no + 1, genuine.code));
    assert_int_not_equal(code, bw_certificate_code(genuine.session_no, genuine.code + 1));
    bw_certificate_code_show(code, shown);
    assert_int_equal(strlen(shown), BW_CERTIFICATE_SHOWN_BYTES - 1);
    assert_true(bw_certificate_code_parse(shown, &read));
    assert_int_equal(read, code);
    assert_true(bw_certificate_code_parse("  c m6sc7n75", &read));
    assert_false(bw_certificate_code_parse("M6SC-7N75", &read));
    assert_false(bw_certificate_code_parse("C-M6SC", &read));
    assert_false(bw_certificate_code_parse("", &read));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(certificate_with_flipped_bit_is_forged),
        cmocka_unit_test(a_ticket_is_no_certificate_and_a_certificate_no_ticket),
        cmocka_unit_test(what_isnt_whole_is_never_signed),
        cmocka_unit_test(its_code_is_its_own_and_is_read_as_people_type_it),
    };
    return cmocka_run_group_tests(tests, make_key, NULL);
}
