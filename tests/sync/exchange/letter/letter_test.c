/* The framing of letters, and what one of each kind holds. */
#include "letter_help.h"

#include "exchange/letter/name.h"
#include "exchange/letter/words.h"
#include "tests/sync/testing.h"

#include <brugwachter/core.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct sealed {
    struct bw_identity writer, reader, other;
    struct bw_events_letter events;
    struct bw_letter_head head;
    unsigned char *content, *letter;
    size_t content_bytes, letter_bytes;
};

static int
set_up(void **state)
{
    struct sealed *sealed = calloc(1, sizeof *sealed);
    assert_int_equal(bw_core_init(NULL), BW_OK);
    sealed->writer = letter_identity(3);
    sealed->reader = letter_identity(1);
    sealed->other = letter_identity(9);
    sealed->content = letter_events(9, &sealed->events, &sealed->content_bytes);
    bw_events_letter_head(&sealed->events, &sealed->head);
    sealed->letter = letter_sealed(&sealed->head, &sealed->writer, &sealed->reader,
        sealed->content, sealed->content_bytes, &sealed->letter_bytes);
    *state = sealed;
    return 0;
}

static int
tear_down(void **state)
{
    struct sealed *sealed = *state;
    free(sealed->content);
    free(sealed->letter);
    free(sealed);
    return 0;
}

static enum bw_status
open_as(struct sealed *sealed, const uint8_t *trusted, const struct bw_identity *reader)
{
    struct bw_letter_head head;
    struct bw_error err = {.text = ""};
    char *content = NULL;
    size_t content_bytes = 0;
    enum bw_status status = bw_letter_open(sealed->letter, sealed->letter_bytes, trusted,
        reader, &head, &content, &content_bytes, &err);
    if (status == BW_OK) {
        assert_int_equal(content_bytes, sealed->content_bytes);
        assert_memory_equal(content, sealed->content, content_bytes);
    } else {
        assert_true(err.text[0] != '\0');
    }
    bw_letter_content_free(content, content_bytes);
    return status;
}

static void
a_letter_opens_for_its_reader_alone(void **state)
{
    struct sealed *s = *state;
    assert_int_equal(open_as(s, s->writer.sign_public, &s->reader), BW_OK);
    assert_int_equal(open_as(s, s->writer.sign_public, &s->other), BW_REFUSED);
    assert_true(bw_letter_is_for(s->letter, s->letter_bytes, s->reader.box_public));
    assert_false(bw_letter_is_for(s->letter, s->letter_bytes, s->other.box_public));
}

static void
a_letter_signed_with_another_key_than_the_trusted_is_refused(void **state)
{
    struct sealed *s = *state;
    assert_int_equal(open_as(s, s->other.sign_public, &s->reader), BW_REFUSED);
}

static void
every_flipped_byte_is_refused(void **state) /* LT1 */
{
    struct sealed *s = *state;
    for (size_t i = 0; i < s->letter_bytes; i++) {
        s->letter[i] ^= 0x10;
        assert_int_not_equal(open_as(s, s->writer.sign_public, &s->reader), BW_OK);
        s->letter[i] ^= 0x10;
    }
}

static void
every_cut_letter_is_refused(void **state) /* LT2 */
{
    struct sealed *s = *state;
    size_t whole = s->letter_bytes;
    for (s->letter_bytes = 0; s->letter_bytes < whole; s->letter_bytes++) {
        assert_int_not_equal(open_as(s, s->writer.sign_public, &s->reader), BW_OK);
    }
}

/* Signs again what was altered: its writer is the one who lies. */
static void
sign_again(struct sealed *s)
{
    static const char context[] = "BWL-events";
    unsigned char message[sizeof context + 64];
    size_t at = s->letter_bytes - BW_LETTER_SIGNATURE_BYTES;
    memcpy(message, context, sizeof context);
    (void)crypto_generichash(message + sizeof context, 64, s->letter, at, NULL, 0);
    (void)crypto_sign_detached(
        s->letter + at, NULL, message, sizeof message, s->writer.sign_secret);
}

static void
a_key_that_is_not_the_committed_one_is_refused(void **state) /* LT3 */
{
    struct sealed *s = *state;
    s->letter[88] ^= 1;
    sign_again(s);
    assert_int_equal(open_as(s, s->writer.sign_public, &s->reader), BW_BAD_INPUT);
}

static void
a_head_changed_and_signed_again_opens_nothing(void **state) /* LT4 */
{
    struct sealed *s = *state;
    s->letter[47] ^= 1; /* the counter */
    sign_again(s);
    assert_int_equal(open_as(s, s->writer.sign_public, &s->reader), BW_BAD_INPUT);
}

static void
content_of_another_head_is_refused(void **state) /* LT5 */
{
    struct sealed *s = *state;
    struct bw_letter_head head = s->head;
    head.counter++;
    assert_int_equal(
        bw_events_read(&head, s->content, s->content_bytes, NULL, NULL, NULL, NULL),
        BW_BAD_INPUT);
}

static enum bw_status
on_row(void *context, const struct bw_events_row *row, struct bw_error *err)
{
    (void)err;
    struct bw_event_details details;
    ++*(int *)context;
    if (bw_event_has_details(row->event)) {
        assert_true(bw_events_row_details(row, letter_details_key, &details));
        assert_string_equal(details.person.first_name, "Zoë");
        const uint8_t other[BW_DETAILS_KEY_BYTES] = {4};
        assert_false(bw_events_row_details(row, other, &details));
    } else {
        assert_int_equal(row->sealed_bytes, 0);
    }
    return BW_OK;
}

static void
events_are_read_as_they_were_written(void **state) /* LE1 */
{
    struct sealed *s = *state;
    struct bw_events_letter letter;
    int count = 0;
    assert_int_equal(bw_events_read(&s->head, s->content, s->content_bytes, &letter,
                         on_row, &count, NULL),
        BW_OK);
    assert_int_equal(count, 9);
    assert_memory_equal(&letter, &s->events, sizeof letter);
}

static void
every_cut_content_is_refused(void **state)
{
    struct sealed *s = *state;
    for (size_t i = 0; i < s->content_bytes; i++) {
        assert_int_not_equal(
            bw_events_read(&s->head, s->content, i, NULL, NULL, NULL, NULL), BW_OK);
    }
}

static void
a_roster_is_read_as_it_was_written(void **state)
{
    (void)state;
    struct bw_roster_letter letter, read;
    struct bw_letter_head head;
    struct bw_roster_counts counts;
    struct bw_roster_sink nowhere = {.context = NULL};
    struct bw_error err = {.text = ""};
    char *text = letter_roster(&letter);
    bw_roster_letter_head(&letter, &head);
    if (bw_roster_read(&head, text, strlen(text), &nowhere, &read, &counts, &err) !=
        BW_OK) {
        fail_msg("%s", err.text);
    }
    assert_memory_equal(&read, &letter, sizeof letter);
    const int64_t *each = (const int64_t *)&counts;
    for (size_t i = 0; i < sizeof counts / sizeof *each; i++) {
        assert_int_equal(each[i], 1);
    }
    head.to++;
    assert_int_equal(
        bw_roster_read(&head, text, strlen(text), &nowhere, NULL, NULL, NULL),
        BW_BAD_INPUT);
    free(text);
}

static void
an_introduction_is_signed_by_the_new_key(void **state)
{
    struct sealed *s = *state;
    struct bw_introduction introduction, read;
    struct bw_letter_head head;
    uint8_t store_id[32] = {6};
    char *text = NULL;
    bw_introduction_make(3, store_id, &s->other, &s->writer, &introduction);
    bw_introduction_head(&introduction, &head);
    memcpy(head.signer, s->writer.sign_public, sizeof head.signer);
    assert_int_equal(bw_introduction_write(&introduction, &text, NULL), BW_OK);
    assert_int_equal(bw_introduction_read(&head, text, strlen(text), &read, NULL), BW_OK);
    assert_memory_equal(&read, &introduction, sizeof read);
    memcpy(head.signer, s->other.sign_public, sizeof head.signer);
    assert_int_equal(
        bw_introduction_read(&head, text, strlen(text), &read, NULL), BW_BAD_INPUT);
    free(text);
    introduction.store_id[0]++;
    memcpy(head.signer, s->writer.sign_public, sizeof head.signer);
    assert_int_equal(bw_introduction_write(&introduction, &text, NULL), BW_OK);
    assert_int_equal(
        bw_introduction_read(&head, text, strlen(text), &read, NULL), BW_BAD_INPUT);
    free(text);
}

static void
names_have_one_grammar(void **state)
{
    struct sealed *s = *state;
    static const char *const wrong[] = {"", "bw-events-3-1-9-0011aabb.bwe ",
        "bw-events-03-1-9-0011aabb.bwe", "bw-events-0-1-9-0011aabb.bwe",
        "bw-events-3-01-9-0011aabb.bwe", "bw-events-3-9-1-0011aabb.bwe",
        "bw-events-3-1-9-0011AABB.bwe", "bw-events-3-1-9-0011aab.bwe",
        "bw-events-3-1-9-0011aabb.bwr", "bw-events-3-1-9223372036854775808-0011aabb.bwe",
        "bw-events-4294967296-1-9-0011aabb.bwe", "bw-introduction-3-1-9-0011aabb.bwi",
        "../bw-events-3-1-9-0011aabb.bwe", "bw-events-3-1-9-0011aabb.bwe/"};
    struct bw_letter_name parsed;
    char name[BW_LETTER_NAME_BYTES], again[BW_LETTER_NAME_BYTES];
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(bw_letter_name_parse(wrong[i], &parsed));
    }
    bw_letter_name_of(&s->head, s->letter, s->letter_bytes, name);
    assert_true(bw_letter_name_parse(name, &parsed));
    assert_int_equal(parsed.device, 3);
    assert_int_equal(parsed.from, 1);
    assert_int_equal(parsed.to, 9);
    assert_true(bw_letter_name_fits(&parsed, s->letter, s->letter_bytes));
    assert_false(bw_letter_name_fits(&parsed, s->letter, s->letter_bytes - 1));
    uint8_t hash[BW_HASH_BYTES];
    (void)crypto_generichash(hash, sizeof hash, s->letter, s->letter_bytes, NULL, 0);
    assert_true(bw_letter_name_fits_hash(&parsed, hash));
    hash[3] ^= 1;
    assert_false(bw_letter_name_fits_hash(&parsed, hash));
    bw_letter_name_format(&parsed, again);
    assert_string_equal(name, again);
}

static void
check_words_change_with_the_keys(void **state)
{
    struct sealed *s = *state;
    char words[BW_CHECK_WORDS_BYTES], others[BW_CHECK_WORDS_BYTES];
    uint8_t store_id[32] = {0};
    bw_letter_check_words(s->writer.sign_public, s->writer.box_public, store_id, words);
    store_id[31] = 1;
    bw_letter_check_words(s->writer.sign_public, s->writer.box_public, store_id, others);
    assert_string_not_equal(words, others);
    int blanks = 0;
    for (const char *c = words; *c; c++) {
        blanks += *c == ' ';
        assert_true(*c == ' ' || (*c >= 'a' && *c <= 'z'));
    }
    assert_int_equal(blanks, BW_CHECK_WORDS - 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_letter_opens_for_its_reader_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_letter_signed_with_another_key_than_the_trusted_is_refused, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(every_flipped_byte_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_cut_letter_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_key_that_is_not_the_committed_one_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_head_changed_and_signed_again_opens_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            content_of_another_head_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            events_are_read_as_they_were_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_cut_content_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_roster_is_read_as_it_was_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            an_introduction_is_signed_by_the_new_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_have_one_grammar, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            check_words_change_with_the_keys, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
