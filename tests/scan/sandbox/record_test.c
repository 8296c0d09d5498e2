/* What the kiosk believes of the sandbox: records, messages kept, and the way a sandbox
 * is begun. */
#include "scan/sandbox/camera_queue.h"
#include "scan/sandbox/record.h"
#include "scan/sandbox/sandbox_start.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct bw_scan_record record; /* 2 KB */

static struct bw_scan_record *
sighting(const char *text)
{
    record = (struct bw_scan_record){.kind = BW_RECORD_FRAME};
    record.sighting.kind = BW_SIGHTING_TEXT;
    (void)snprintf(record.sighting.text, sizeof record.sighting.text, "%s", text);
    return &record;
}

static void
printable_text_comes_through_and_a_ticket_is_known(void **state)
{
    (void)state;
    assert_true(bw_scan_record_check(sighting("BW1:A  B"), false));
    assert_string_equal(record.sighting.text, "BW1:A  B");
    assert_true(record.sighting.ticket);
    assert_true(bw_scan_record_check(sighting("HELLO"), false));
    record.sighting.ticket = true; /* whatever the sandbox says */
    assert_true(bw_scan_record_check(&record, false));
    assert_false(record.sighting.ticket);
}

static void
text_with_any_other_byte_is_nothing(void **state)
{
    (void)state;
    for (int byte = 1; byte < 256; byte++) {
        char text[] = "BW1:?";
        text[4] = (char)byte;
        assert_true(bw_scan_record_check(sighting(text), true));
        bool printable = byte >= 0x20 && byte <= 0x7e;
        assert_int_equal(
            record.sighting.kind, printable ? BW_SIGHTING_TEXT : BW_SIGHTING_NOTHING);
        assert_true(printable || record.sighting.text[0] == '\0');
        assert_int_equal(record.sighting.refused, !printable);
    }
}

static void
lengths_are_512_and_2048(void **state)
{
    (void)state;
    static const struct {
        size_t length;
        bool enrolment, read;
    } cases[] = {{0, false, false}, {512, false, true}, {513, false, false},
        {513, true, true}, {2048, true, true}, {2049, true, false}, {2049, false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        (void)sighting("");
        memset(record.sighting.text, 'A', cases[i].length); /* 2049: no end at all */
        assert_true(bw_scan_record_check(&record, cases[i].enrolment));
        assert_int_equal(
            record.sighting.kind, cases[i].read ? BW_SIGHTING_TEXT : BW_SIGHTING_NOTHING);
    }
}

static void
numbers_are_made_finite_and_near(void **state)
{
    (void)state;
    static const float odd[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        (void)sighting("HELLO");
        record.sighting.corner[2][1] = odd[i];
        record.sighting.module_px = odd[i];
        assert_true(bw_scan_record_check(&record, false));
        float corner = record.sighting.corner[2][1], module = record.sighting.module_px;
        assert_true(corner >= -1.0f && corner <= 2.0f);
        assert_true(module >= 0.0f && module <= 1280.0f);
    }
}

static void
trouble_is_one_of_those_there_are(void **state)
{
    (void)state;
    static const uint32_t odd[] = {BW_TROUBLE_CUT + 1, 0x80000000u, 0xffffffffu};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        (void)sighting("");
        record.sighting.kind = BW_SIGHTING_BLURRED;
        memcpy(&record.sighting.trouble, &odd[i], sizeof odd[i]);
        assert_true(bw_scan_record_check(&record, false));
        assert_int_equal(record.sighting.trouble, BW_TROUBLE_NONE);
    }
    record.sighting.trouble = BW_TROUBLE_CUT;
    assert_true(bw_scan_record_check(&record, false));
    assert_int_equal(record.sighting.trouble, BW_TROUBLE_CUT);
}

/* Any bytes at all: refused, or fit to use. */
static void
noise_is_refused_or_tamed(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        uint8_t *bytes = (uint8_t *)&record;
        for (size_t i = 0; i < sizeof record; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (uint8_t)(seed >> 24);
        }
        record.kind = (uint32_t)round % 10;
        bool good = record.kind >= BW_RECORD_READY && record.kind <= BW_RECORD_RENEW;
        assert_int_equal(bw_scan_record_check(&record, false), good);
        if (good) {
            assert_in_range(record.sighting.kind, BW_SIGHTING_NOTHING, BW_SIGHTING_TEXT);
            assert_true(strlen(record.text) < sizeof record.text);
            assert_true(strlen(record.sighting.text) < BW_SCAN_TEXT_BYTES);
        }
    }
}

static struct bw_camera_queue queue;
static struct bw_camera_message message;

static void
put(enum bw_camera_message_kind kind, enum bw_sighting_kind sight, uint64_t seq)
{
    message = (struct bw_camera_message){.kind = kind, .seq = seq};
    message.sighting.kind = sight;
    bw_camera_queue_put(&queue, &message);
}

static void
newer_sighting_without_text_takes_the_place_of_an_older(void **state)
{
    (void)state;
    queue.count = 0;
    put(BW_CAMERA_SIGHTING, BW_SIGHTING_NOTHING, 1);
    put(BW_CAMERA_SIGHTING, BW_SIGHTING_SMALL, 2);
    put(BW_CAMERA_SIGHTING, BW_SIGHTING_TEXT, 3);
    put(BW_CAMERA_SIGHTING, BW_SIGHTING_TEXT, 4);
    put(BW_CAMERA_SIGHTING, BW_SIGHTING_BLURRED, 5);
    put(BW_CAMERA_GONE, BW_SIGHTING_NOTHING, 6);
    static const uint64_t order[] = {2, 3, 4, 5, 6};
    for (int i = 0; i < 5; i++) {
        assert_true(bw_camera_queue_pop(&queue, &message));
        assert_int_equal(message.seq, order[i]);
    }
    assert_false(bw_camera_queue_pop(&queue, &message));
}

static void
full_queue_drops_sightings_without_text_first(void **state)
{
    (void)state;
    queue.count = 0;
    put(BW_CAMERA_PRESENT, BW_SIGHTING_NOTHING, 1);
    put(BW_CAMERA_SIGHTING, BW_SIGHTING_NOTHING, 2);
    for (uint64_t seq = 3; seq < 3 + BW_CAMERA_QUEUE; seq++) {
        put(BW_CAMERA_SIGHTING, BW_SIGHTING_TEXT, seq);
    }
    assert_int_equal(queue.count, BW_CAMERA_QUEUE);
    /* 2 went first, then 1, the oldest of all */
    assert_true(bw_camera_queue_pop(&queue, &message));
    assert_int_equal(message.seq, 3);
}

static void
start_comes_back_from_its_arguments(void **state)
{
    (void)state;
    static struct bw_sandbox_arguments arguments;
    struct bw_sandbox_start start = {.spec = "images:/a b,loop",
        .budget_us = 33000,
        .enrolment = true,
        .first_picture = 7,
        .first_seq = UINT64_MAX - 1,
        .poison_count = BW_SANDBOX_POISON_MAX};
    for (int i = 0; i < BW_SANDBOX_POISON_MAX; i++) {
        start.poison[i] = UINT64_MAX - (uint64_t)i;
    }
    bw_sandbox_start_write(&start, "/bin/kiosk", &arguments);
    struct bw_sandbox_start back = {0};
    assert_true(bw_sandbox_start_parse(BW_SANDBOX_ARGUMENTS, arguments.argv, &back));
    assert_string_equal(back.spec, start.spec);
    assert_int_equal(back.budget_us, 33000);
    assert_true(back.enrolment);
    assert_int_equal(back.first_picture, 7);
    assert_true(back.first_seq == UINT64_MAX - 1);
    assert_int_equal(back.poison_count, BW_SANDBOX_POISON_MAX);
    assert_memory_equal(back.poison, start.poison, sizeof start.poison);
}

static void
arguments_that_no_kiosk_writes_are_refused(void **state)
{
    (void)state;
    struct bw_sandbox_start start;
    static const char *const wrong[][5] = {{"x", "0", "0", "0", "-"},
        {"1", "2", "0", "0", "-"}, {"1", "0", "-1", "0", "-"}, {"1", "0", "0", " 1", "-"},
        {"1", "0", "0", "0", ""}, {"1", "0", "0", "0", "12"}, {"1", "0", "0", "0", "zz,"},
        {"99999999999", "0", "0", "0", "-"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char *argv[BW_SANDBOX_ARGUMENTS + 1] = {
            (char *)"kiosk", (char *)BW_SANDBOX_ARGUMENT, (char *)"none"};
        for (int j = 0; j < 5; j++) {
            argv[3 + j] = (char *)(uintptr_t)wrong[i][j];
        }
        bool empty_list = i == 4; /* no poison: an empty list is one, too */
        assert_int_equal(
            bw_sandbox_start_parse(BW_SANDBOX_ARGUMENTS, argv, &start), empty_list);
        assert_false(bw_sandbox_start_parse(BW_SANDBOX_ARGUMENTS - 1, argv, &start));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printable_text_comes_through_and_a_ticket_is_known),
        cmocka_unit_test(text_with_any_other_byte_is_nothing),
        cmocka_unit_test(lengths_are_512_and_2048),
        cmocka_unit_test(numbers_are_made_finite_and_near),
        cmocka_unit_test(trouble_is_one_of_those_there_are),
        cmocka_unit_test(noise_is_refused_or_tamed),
        cmocka_unit_test(newer_sighting_without_text_takes_the_place_of_an_older),
        cmocka_unit_test(full_queue_drops_sightings_without_text_first),
        cmocka_unit_test(start_comes_back_from_its_arguments),
        cmocka_unit_test(arguments_that_no_kiosk_writes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
