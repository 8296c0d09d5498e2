/* Files for USB: only the right reader opens them, and no changed byte passes. */
#include "tests/sync/testing.h"

#include "exchange/envelope.h"

#include <brugwachter/core.h>
#include <stdlib.h>
#include <string.h>

struct parties {
    struct bw_identity kiosk, office, other;
};

static int
setup(void **state)
{
    struct parties *parties = calloc(1, sizeof *parties);
    uint8_t seed[BW_SEED_BYTES] = {1};
    struct bw_identity *all[] = {&parties->kiosk, &parties->office, &parties->other};
    assert_int_equal(bw_core_init(NULL), BW_OK);
    for (size_t i = 0; i < 3; i++) {
        seed[1] = (uint8_t)i;
        bw_identity_of_seed(seed, all[i]);
    }
    *state = parties;
    return 0;
}

static int
teardown(void **state)
{
    free(*state);
    return 0;
}

static const struct bw_envelope_head head = {
    .kind = BW_ENVELOPE_EVENTS, .device = 3, .from = 17, .to = 40};

static unsigned char *
file_of(const struct parties *parties, const char *letter, size_t *ret_length)
{
    unsigned char *bytes = NULL;
    assert_int_equal(
        bw_envelope_close(&head, parties->kiosk.sign_secret, parties->office.box_public,
            letter, strlen(letter), &bytes, ret_length, NULL),
        BW_OK);
    return bytes;
}

static enum bw_status
try_open(enum bw_envelope_kind kind, const unsigned char *bytes, size_t length,
    const struct bw_identity *writer, const struct bw_identity *reader, char *ret_text)
{
    char *letter = NULL;
    size_t letter_bytes = 0;
    struct bw_error err = {.text = ""};
    enum bw_status status = bw_envelope_open(
        kind, bytes, length, writer->sign_public, reader, &letter, &letter_bytes, &err);
    if (status == BW_OK && ret_text) {
        memcpy(ret_text, letter, letter_bytes + 1);
    }
    assert_true((status == BW_OK) == (err.text[0] == '\0'));
    free(letter);
    return status;
}

static void
letter_goes_to_its_reader_and_its_head_is_open(void **state)
{
    const struct parties *parties = *state;
    size_t length;
    char text[64];
    struct bw_envelope_head read;
    unsigned char *bytes = file_of(parties, "{\"a\":1}", &length);
    assert_int_equal(
        bw_envelope_head_read(BW_ENVELOPE_EVENTS, bytes, length, &read, NULL), BW_OK);
    assert_int_equal(read.device, 3);
    assert_int_equal(read.from, 17);
    assert_int_equal(read.to, 40);
    assert_int_equal(try_open(BW_ENVELOPE_EVENTS, bytes, length, &parties->kiosk,
                         &parties->office, text),
        BW_OK);
    assert_string_equal(text, "{\"a\":1}");
    assert_null(memmem(bytes, length, "{\"a\"", 4));
    free(bytes);
}

static void
every_flipped_bit_is_refused(void **state)
{
    const struct parties *parties = *state;
    size_t length;
    unsigned char *bytes = file_of(parties, "{\"name\":\"Fatima\"}", &length);
    for (size_t bit = 0; bit < length * 8; bit++) {
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        assert_int_equal(try_open(BW_ENVELOPE_EVENTS, bytes, length, &parties->kiosk,
                             &parties->office, NULL),
            BW_BAD_INPUT);
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    free(bytes);
}

static void
every_cut_and_every_longer_file_is_refused(void **state)
{
    const struct parties *parties = *state;
    size_t length;
    unsigned char *bytes = file_of(parties, "{}", &length);
    for (size_t cut = 0; cut < length; cut++) {
        unsigned char *part = malloc(cut + 1); /* so that a read past its end is seen */
        memcpy(part, bytes, cut);
        assert_int_equal(try_open(BW_ENVELOPE_EVENTS, part, cut, &parties->kiosk,
                             &parties->office, NULL),
            BW_BAD_INPUT);
        free(part);
    }
    unsigned char *longer = malloc(length + 1);
    memcpy(longer, bytes, length);
    longer[length] = 0;
    assert_int_equal(try_open(BW_ENVELOPE_EVENTS, longer, length + 1, &parties->kiosk,
                         &parties->office, NULL),
        BW_BAD_INPUT);
    free(longer);
    free(bytes);
}

static void
another_writer_reader_or_kind_is_refused(void **state)
{
    const struct parties *parties = *state;
    size_t length;
    unsigned char *bytes = file_of(parties, "{}", &length);
    assert_int_equal(try_open(BW_ENVELOPE_EVENTS, bytes, length, &parties->other,
                         &parties->office, NULL),
        BW_BAD_INPUT);
    assert_int_equal(try_open(BW_ENVELOPE_EVENTS, bytes, length, &parties->kiosk,
                         &parties->other, NULL),
        BW_BAD_INPUT);
    assert_int_equal(try_open(BW_ENVELOPE_ROSTER, bytes, length, &parties->kiosk,
                         &parties->office, NULL),
        BW_BAD_INPUT);
    /* the same bytes under the other magic: the context of the signature tells */
    bytes[2] = 'R';
    assert_int_equal(try_open(BW_ENVELOPE_ROSTER, bytes, length, &parties->kiosk,
                         &parties->office, NULL),
        BW_BAD_INPUT);
    free(bytes);
}

static void
a_seed_gives_two_pairs_that_differ(void **state)
{
    const struct parties *parties = *state;
    assert_memory_not_equal(parties->kiosk.sign_public, parties->kiosk.box_public, 32);
    assert_memory_not_equal(
        parties->kiosk.sign_public, parties->other.sign_public, BW_PUBLIC_KEY_BYTES);
    assert_memory_not_equal(
        parties->kiosk.box_secret, parties->other.box_secret, BW_BOX_KEY_BYTES);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letter_goes_to_its_reader_and_its_head_is_open),
        cmocka_unit_test(every_flipped_bit_is_refused),
        cmocka_unit_test(every_cut_and_every_longer_file_is_refused),
        cmocka_unit_test(another_writer_reader_or_kind_is_refused),
        cmocka_unit_test(a_seed_gives_two_pairs_that_differ),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
