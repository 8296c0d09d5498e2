/* The sealed file of a backup: what opens is what was sealed, and all else is refused. */
#include "office/backup/backup_file.h"
#include "tests/sync/testing.h"

#include <brugwachter/core.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define PHRASE "molen dijk appel brug molen dijk"

enum { FILE_BYTES_MAX = 512 * 1024, SMALL = 100 };

static const struct bw_backup_cost cheap = {1, 8};
static unsigned char sealed[FILE_BYTES_MAX];
static unsigned char database[3 * BW_BACKUP_CHUNK_BYTES];
static unsigned char keys[] = "{\"brugwachter_keys\":1}";

/* Seals `bytes` of a database; how long the file is. */
static size_t
seal(size_t bytes)
{
    struct bw_error err = {.text = ""};
    struct bw_backup_content content = {.made_ms = 1742300000123,
        .database_bytes = bytes,
        .keys = keys,
        .keys_bytes = sizeof keys - 1};
    for (size_t i = 0; i < bytes; i++) {
        database[i] = (unsigned char)(i * 7 + i / 251);
    }
    FILE *from = fmemopen(database, bytes, "rb");
    FILE *to = fmemopen(sealed, sizeof sealed, "wb");
    assert_non_null(from);
    assert_non_null(to);
    if (bw_backup_write(to, PHRASE, &cheap, &content, from, NULL, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    long length = ftell(to);
    (void)fclose(from);
    (void)fclose(to);
    assert_in_range(length, 1, sizeof sealed - 1);
    return (size_t)length;
}

/* Opens `length` bytes of the file. What came out is looked at where it opens. */
static enum bw_status
unseal(size_t length, const char *phrase, size_t expected)
{
    static char room[sizeof database + 1];
    struct bw_error err = {.text = ""};
    struct bw_backup_content content = {.keys = NULL};
    FILE *from = fmemopen(sealed, length, "rb");
    FILE *to = fmemopen(room, sizeof room, "wb");
    assert_non_null(from);
    assert_non_null(to);
    enum bw_status status = bw_backup_read(from, "b", phrase, to, &content, NULL, &err);
    (void)fclose(from);
    (void)fclose(to);
    if (status == BW_OK) {
        assert_int_equal(content.made_ms, 1742300000123);
        assert_int_equal(content.database_bytes, expected);
        assert_int_equal(content.keys_bytes, sizeof keys - 1);
        assert_memory_equal(content.keys, keys, sizeof keys - 1);
        assert_memory_equal(room, database, expected);
    } else {
        assert_null(content.keys);
        assert_non_null(strstr(err.text, "opening b: "));
    }
    bw_backup_content_finish(&content);
    return status;
}

static void
what_was_sealed_opens_whatever_its_length(void **state)
{
    static const size_t lengths[] = {1, BW_BACKUP_CHUNK_BYTES - 1, BW_BACKUP_CHUNK_BYTES,
        BW_BACKUP_CHUNK_BYTES + 1, sizeof database};
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        size_t length = seal(lengths[i]);
        assert_int_equal(unseal(length, PHRASE, lengths[i]), BW_OK);
        assert_null(memmem(sealed, length, keys, sizeof keys - 1));
    }
}

static void
another_phrase_opens_nothing(void **state)
{
    (void)state;
    size_t length = seal(SMALL);
    assert_int_equal(unseal(length, PHRASE "s", SMALL), BW_REFUSED);
    assert_int_equal(unseal(length, "", SMALL), BW_REFUSED);
}

/* F1 */
static void
no_byte_can_change(void **state)
{
    (void)state;
    size_t length = seal(SMALL);
    for (size_t i = 0; i < length; i += i < 2 * BW_BACKUP_HEAD_BYTES ? 1 : 997) {
        sealed[i] ^= 0x40;
        assert_int_not_equal(unseal(length, PHRASE, SMALL), BW_OK);
        sealed[i] ^= 0x40;
    }
    for (size_t i = length - SMALL - 20; i < length; i++) {
        sealed[i] ^= 1;
        assert_int_equal(unseal(length, PHRASE, SMALL),
            i < length - SMALL - 17 ? BW_REFUSED : BW_CORRUPT);
        sealed[i] ^= 1;
    }
    assert_int_equal(unseal(length, PHRASE, SMALL), BW_OK);
}

static void
one_that_is_cut_is_refused_wherever(void **state)
{
    (void)state;
    size_t bytes = BW_BACKUP_CHUNK_BYTES + SMALL, length = seal(bytes);
    for (size_t left = 1; left < length; left += left < 200 ? 1 : 4099) {
        assert_int_not_equal(unseal(left, PHRASE, bytes), BW_OK);
    }
    size_t chunk = BW_BACKUP_CHUNK_BYTES + 17; /* cut between two chunks */
    assert_int_equal(unseal(BW_BACKUP_HEAD_BYTES + 2 * chunk, PHRASE, bytes), BW_CORRUPT);
    assert_int_equal(unseal(BW_BACKUP_HEAD_BYTES + chunk, PHRASE, bytes), BW_CORRUPT);
}

static void
nothing_may_follow_and_no_chunk_may_change_its_place(void **state)
{
    (void)state;
    static unsigned char other[BW_BACKUP_CHUNK_BYTES + 17];
    size_t length = seal(sizeof database), chunk = sizeof other;
    assert_int_equal(unseal(length + 1, PHRASE, sizeof database), BW_CORRUPT);
    unsigned char *second = sealed + BW_BACKUP_HEAD_BYTES + chunk;
    memcpy(other, second, chunk);
    memmove(second, second + chunk, chunk);
    memcpy(second + chunk, other, chunk);
    assert_int_equal(unseal(length, PHRASE, sizeof database), BW_CORRUPT);
}

/* As somebody would who wants the reader to fall over: the sum fits again. */
static void
head_sum(void)
{
    (void)crypto_generichash(sealed + 60, 16, sealed, 60, NULL, 0);
}

/* F2 */
static void
what_a_head_asks_for_is_bounded_before_it_is_done(void **state)
{
    static const unsigned char asked[][8] = {{0xff, 0xff, 0xff, 0xff, 0, 0, 0, 8},
        {0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff}, {0, 0, 0, 0, 0, 0, 0, 8},
        {0, 0, 0, 1, 0, 0, 0, 0}, {0, 0, 0, 17, 0, 0, 0, 8}};
    (void)state;
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        size_t length = seal(SMALL);
        memcpy(sealed + 12, asked[i], 8);
        head_sum();
        assert_int_equal(unseal(length, PHRASE, SMALL), BW_CORRUPT);
    }
}

static void
another_file_and_a_newer_one_are_told_apart(void **state)
{
    (void)state;
    size_t length = seal(SMALL);
    sealed[8] = BW_BACKUP_VERSION + 1;
    assert_int_equal(unseal(length, PHRASE, SMALL), BW_NEWER);
    memcpy(sealed, "SQLite format 3", 16);
    assert_int_equal(unseal(length, PHRASE, SMALL), BW_BAD_INPUT);
    assert_int_equal(unseal(3, PHRASE, SMALL), BW_BAD_INPUT);
}

static void
a_first_chunk_that_cannot_be_is_none(void **state)
{
    static unsigned char chunk[BW_BACKUP_CHUNK_BYTES];
    struct bw_backup_content content = {.keys = NULL};
    (void)state;
    chunk[15] = 1;
    chunk[19] = 3;
    assert_int_equal(
        bw_backup_content_read(chunk, sizeof chunk - 1, &content), BW_BAD_INPUT);
    assert_int_equal(bw_backup_content_read(chunk, sizeof chunk, &content), BW_OK);
    bw_backup_content_finish(&content);
    chunk[17] = 1; /* more keys than there is room */
    assert_int_equal(bw_backup_content_read(chunk, sizeof chunk, &content), BW_BAD_INPUT);
    chunk[17] = chunk[19] = 0; /* none */
    assert_int_equal(bw_backup_content_read(chunk, sizeof chunk, &content), BW_BAD_INPUT);
    chunk[19] = 3;
    chunk[15] = 0; /* no database */
    assert_int_equal(bw_backup_content_read(chunk, sizeof chunk, &content), BW_BAD_INPUT);
}

static int
setup(void **state)
{
    (void)state;
    return bw_core_init(NULL) == BW_OK ? 0 : -1;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_sealed_opens_whatever_its_length),
        cmocka_unit_test(another_phrase_opens_nothing),
        cmocka_unit_test(no_byte_can_change),
        cmocka_unit_test(one_that_is_cut_is_refused_wherever),
        cmocka_unit_test(nothing_may_follow_and_no_chunk_may_change_its_place),
        cmocka_unit_test(what_a_head_asks_for_is_bounded_before_it_is_done),
        cmocka_unit_test(another_file_and_a_newer_one_are_told_apart),
        cmocka_unit_test(a_first_chunk_that_cannot_be_is_none),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
