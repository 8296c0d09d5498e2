/* Events: bytes, hashes, details, the hybrid clock, written numbers. */
#include "tests/core/store/help.h"

#include <brugwachter/verdict.h>
#include <string.h>

static struct bw_event
full_event(void)
{
    struct bw_event event = help_arrived(UINT64_C(0x99ef41770d));
    event.id = (struct bw_event_id){.device = 3, .seq = 17};
    event.wall_ms = HELP_WALL_MS;
    event.hlc = (uint64_t)HELP_WALL_MS << 16 | 2;
    event.mono_ms = 4000;
    event.flags = BW_EVENT_CLOCK_SUSPECT | BW_EVENT_OVERRIDE;
    event.refs_count = BW_REFS_MAX;
    for (int i = 0; i < BW_REFS_MAX; i++) {
        event.refs[i] = (struct bw_event_id){.device = 9, .seq = (uint64_t)i + 1};
    }
    memset(event.boot_id, 0xb0, sizeof event.boot_id);
    memset(event.commitment, 0xc0, sizeof event.commitment);
    memset(event.prev, 0xa0, sizeof event.prev);
    bw_event_hash(&event, event.hash);
    return event;
}

static void
event_reads_back_as_it_was_written(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_event event = full_event();
    struct bw_event read;
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    uint8_t again[BW_EVENT_WIRE_BYTES_MAX];
    size_t length = bw_event_encode(&event, bytes);
    assert_in_range(length, 200, BW_EVENT_WIRE_BYTES_MAX);
    help_ok(bw_event_decode(bytes, length, &read, &err), &err);
    assert_int_equal(bw_event_encode(&read, again), length);
    assert_memory_equal(bytes, again, length);
    assert_memory_equal(read.hash, event.hash, BW_HASH_BYTES);
    assert_int_equal(read.refs[15].seq, 16);
    assert_int_equal(read.code, event.code);
}

static void
event_cut_or_lengthened_anywhere_is_refused(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_event event = full_event();
    struct bw_event read;
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX] = {0};
    size_t length = bw_event_encode(&event, bytes);
    for (size_t cut = 0; cut < BW_EVENT_WIRE_BYTES_MAX; cut++) {
        enum bw_status status = bw_event_decode(bytes, cut, &read, &err);
        assert_int_equal(status, cut == length ? BW_OK : BW_BAD_INPUT);
    }
}

static void
every_flipped_bit_changes_the_hash_or_is_refused(void **state)
{
    (void)state;
    struct bw_event event = full_event();
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    size_t length = bw_event_encode(&event, bytes);
    for (size_t bit = 0; bit < length * 8; bit++) {
        struct bw_event read;
        uint8_t again[BW_EVENT_WIRE_BYTES_MAX], hash[BW_HASH_BYTES];
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (bw_event_decode(bytes, length, &read, NULL) == BW_OK) {
            assert_memory_not_equal(read.hash, event.hash, BW_HASH_BYTES);
            bw_event_hash(&read, hash);
            assert_memory_equal(read.hash, hash, BW_HASH_BYTES);
            assert_int_equal(bw_event_encode(&read, again), length);
            assert_memory_equal(bytes, again, length);
        }
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

static void
event_of_a_newer_form_is_newer_and_no_fault(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_event event = full_event();
    struct bw_event read;
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    size_t length = bw_event_encode(&event, bytes);
    bytes[0]++;
    assert_int_equal(bw_event_decode(bytes, length, &read, &err), BW_NEWER);
    assert_non_null(strstr(err.text, "newer"));
}

static void
event_with_an_impossible_field_is_refused(void **state)
{
    (void)state;
    struct bw_event bad[10];
    for (int i = 0; i < 10; i++) {
        bad[i] = full_event();
    }
    bad[0].id.device = 0;
    bad[1].id.seq = 0;
    bad[2].wall_ms = -1;
    bad[3].hlc = UINT64_MAX;
    bad[4].flags = 1U << 30;
    bad[5].kind = (enum bw_event_kind)8;
    bad[6].basis = (enum bw_basis)9;
    bad[7].operated_by = (enum bw_operator)0;
    bad[8].code = UINT64_C(1) << 40;
    bad[9].refs[3].device = 0;
    for (int i = 0; i < 10; i++) {
        struct bw_error err;
        struct bw_event read;
        uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
        size_t length = bw_event_encode(&bad[i], bytes);
        assert_int_equal(bw_event_decode(bytes, length, &read, &err), BW_BAD_INPUT);
    }
}

static void
details_read_back_and_keep_their_commitment(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_event_details details = {.salt = {9, 8, 7},
        .person.first_name = "Søren",
        .person.name = "el Amrani",
        .person.school = "OBS De Brug",
        .reason = "geen ticket"};
    struct bw_event_details read;
    uint8_t bytes[BW_DETAILS_WIRE_BYTES_MAX];
    uint8_t before[BW_HASH_BYTES];
    uint8_t after[BW_HASH_BYTES];
    size_t length = bw_details_encode(&details, bytes);
    bw_details_commit(&details, before);
    help_ok(bw_details_decode(bytes, length, &read, &err), &err);
    bw_details_commit(&read, after);
    assert_memory_equal(before, after, BW_HASH_BYTES);
    assert_string_equal(read.person.first_name, "Søren");
    read.salt[0]++;
    bw_details_commit(&read, after);
    assert_memory_not_equal(before, after, BW_HASH_BYTES);
}

static void
details_that_are_no_text_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"A\xff", "A\x1b[2J", "A\xe2\x80\xae!"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct bw_event_details details = {0};
        struct bw_event_details read;
        uint8_t bytes[BW_DETAILS_WIRE_BYTES_MAX];
        strcpy(details.person.name, bad[i]);
        size_t length = bw_details_encode(&details, bytes);
        assert_int_equal(bw_details_decode(bytes, length, &read, NULL), BW_BAD_INPUT);
    }
}

static void
details_of_every_wrong_length_are_refused(void **state)
{
    (void)state;
    struct bw_event_details details = {.person.name = "Jansen", .reason = "x"};
    struct bw_event_details read;
    uint8_t bytes[BW_DETAILS_WIRE_BYTES_MAX] = {0};
    size_t length = bw_details_encode(&details, bytes);
    for (size_t cut = 0; cut < length + 20; cut++) {
        assert_int_equal(bw_details_decode(bytes, cut, &read, NULL),
            cut == length ? BW_OK : BW_BAD_INPUT);
    }
    bytes[BW_SALT_BYTES] = 0xff; /* a first name of 65,000 bytes */
    assert_int_equal(bw_details_decode(bytes, length, &read, NULL), BW_BAD_INPUT);
}

static void
hybrid_clock_only_rises_whatever_the_wall_does(void **state)
{
    (void)state;
    static const int64_t walls[] = {1000, 1000, 5, -7, INT64_MIN, 2000, INT64_MAX, 1000};
    uint64_t last = 0;
    for (size_t i = 0; i < sizeof walls / sizeof walls[0]; i++) {
        uint64_t next = bw_hlc_next(last, walls[i]);
        assert_true(next > last);
        assert_true(next <= INT64_MAX);
        last = next;
    }
    assert_int_equal(bw_hlc_next(UINT64_C(1000) << 16 | 0xffff, 1000) >> 16, 1001);
}

static void
hybrid_clock_follows_others_up_to_ten_minutes(void **state)
{
    (void)state;
    const int64_t now = HELP_WALL_MS;
    uint64_t own = (uint64_t)now << 16;
    bool ahead = true;
    uint64_t near = (uint64_t)(now + BW_HLC_AHEAD_MS) << 16 | 5;
    assert_int_equal(bw_hlc_see(own, near, now, &ahead), near);
    assert_false(ahead);
    uint64_t far = (uint64_t)(now + BW_HLC_AHEAD_MS + 1) << 16;
    assert_int_equal(bw_hlc_see(own, far, now, &ahead), own);
    assert_true(ahead);
    assert_int_equal(bw_hlc_see(far, far, now, &ahead), far);
    assert_false(ahead);
}

static void
event_numbers_are_written_and_read(void **state)
{
    (void)state;
    char text[BW_EVENT_ID_BYTES];
    struct bw_event_id id = {0};
    bw_event_id_format((struct bw_event_id){3, 17}, text);
    assert_string_equal(text, "3-17");
    bw_event_id_format((struct bw_event_id){UINT32_MAX, UINT64_MAX}, text);
    assert_string_equal(text, "4294967295-18446744073709551615");
    assert_true(bw_event_id_parse("#3-17", &id));
    assert_int_equal(id.device, 3);
    assert_int_equal(id.seq, 17);
    assert_true(bw_event_id_parse("3-17", &id));
    assert_true(bw_event_id_parse("#1234-5678", &id));
    assert_int_equal(id.device, 1234);
}

static void
what_is_no_event_number_is_not_read_as_one(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "#", "3", "3-", "-17", "3-17x", " 3-17",
        "03-17", "3-017", "0-1", "1-0", "3--17", "K7QM-2XRD", "1234-5678", "4294967296-1",
        "1-9223372036854775808", "##3-17", "3-17-1"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct bw_event_id id;
        assert_false(bw_event_id_parse(texts[i], &id));
    }
}

static void
order_is_hybrid_clock_then_device_then_number(void **state)
{
    (void)state;
    struct bw_event low = full_event();
    struct bw_event high = low;
    assert_int_equal(bw_event_compare(&low, &high), 0);
    high.hash[0] ^= 0xff; /* a fork: some order, the same both ways */
    assert_true(
        bw_event_compare(&low, &high) == -bw_event_compare(&high, &low) ||
        (bw_event_compare(&low, &high) < 0) != (bw_event_compare(&high, &low) < 0));
    high.id.seq = low.id.seq + 1;
    assert_true(bw_event_compare(&low, &high) < 0);
    low.id.device = high.id.device + 1;
    assert_true(bw_event_compare(&low, &high) > 0);
    high.hlc = low.hlc + 1;
    assert_true(bw_event_compare(&low, &high) < 0);
}

static void
names_are_those_of_the_files(void **state)
{
    (void)state;
    assert_string_equal(bw_event_kind_name(BW_EVENT_ARRIVED), "arrived");
    assert_string_equal(bw_event_kind_name(BW_EVENT_NOTE), "note");
    assert_string_equal(bw_basis_name(BW_BASIS_WALK_IN), "walk_in");
    assert_string_equal(bw_operator_name(BW_OPERATOR_DOOR), "door");
    for (int i = 0; i < BW_VERDICT_COUNT; i++) {
        enum bw_verdict verdict = BW_VERDICT_WELCOME;
        assert_true(bw_verdict_parse(bw_verdict_name((enum bw_verdict)i), &verdict));
        assert_int_equal(verdict, i);
    }
    enum bw_verdict verdict;
    assert_false(bw_verdict_parse("welkom", &verdict));
    assert_false(bw_verdict_parse(NULL, &verdict));
    for (int i = BW_CONFIRMED; i <= BW_BLOCKED; i++) {
        enum bw_registration_status status;
        assert_true(bw_registration_status_parse(
            bw_registration_status_name((enum bw_registration_status)i), &status));
        assert_int_equal(status, i);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(event_reads_back_as_it_was_written),
        cmocka_unit_test(event_cut_or_lengthened_anywhere_is_refused),
        cmocka_unit_test(every_flipped_bit_changes_the_hash_or_is_refused),
        cmocka_unit_test(event_of_a_newer_form_is_newer_and_no_fault),
        cmocka_unit_test(event_with_an_impossible_field_is_refused),
        cmocka_unit_test(details_read_back_and_keep_their_commitment),
        cmocka_unit_test(details_that_are_no_text_are_refused),
        cmocka_unit_test(details_of_every_wrong_length_are_refused),
        cmocka_unit_test(hybrid_clock_only_rises_whatever_the_wall_does),
        cmocka_unit_test(hybrid_clock_follows_others_up_to_ten_minutes),
        cmocka_unit_test(event_numbers_are_written_and_read),
        cmocka_unit_test(what_is_no_event_number_is_not_read_as_one),
        cmocka_unit_test(order_is_hybrid_clock_then_device_then_number),
        cmocka_unit_test(names_are_those_of_the_files),
    };
    return cmocka_run_group_tests_name("event", tests, help_setup, help_teardown);
}
