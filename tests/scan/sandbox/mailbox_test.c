/* The mailbox: newest wins, whole pictures, and nothing believed of the other side. */
#include "scan/sandbox/mailbox.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

enum { WIDTH = 64, HEIGHT = 8, STRIDE = WIDTH * 2, ROUNDS = 20000 };

struct bench {
    struct bw_mailbox mailbox;
    uint8_t pixels[STRIDE * HEIGHT];
};

static int
open_bench(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_int_equal(bw_mailbox_init(&bench->mailbox, NULL), BW_OK);
    *state = bench;
    return 0;
}

static int
close_bench(void **state)
{
    struct bench *bench = *state;
    bw_mailbox_finish(&bench->mailbox);
    free(bench);
    return 0;
}

/* A picture that says its number in every byte. */
static bool
put(struct bench *bench, uint64_t seq)
{
    memset(bench->pixels, (int)(seq & 0xff), sizeof bench->pixels);
    struct bw_yuy2 picture = {bench->pixels, WIDTH, HEIGHT, STRIDE};
    struct bw_mailbox_stamp stamp = {.seq = seq, .taken_ms = seq * 33};
    return bw_mailbox_put(&bench->mailbox, &picture, &stamp);
}

static void
empty_mailbox_gives_nothing(void **state)
{
    struct bench *bench = *state;
    struct bw_yuy2 picture;
    struct bw_mailbox_stamp stamp;
    assert_false(bw_mailbox_fresh(&bench->mailbox));
    assert_false(bw_mailbox_get(&bench->mailbox, &picture, &stamp));
}

static void
newest_picture_wins_and_is_got_once(void **state)
{
    struct bench *bench = *state;
    struct bw_yuy2 picture;
    struct bw_mailbox_stamp stamp;
    for (uint64_t seq = 1; seq <= 5; seq++) {
        assert_true(put(bench, seq));
    }
    assert_true(bw_mailbox_fresh(&bench->mailbox));
    assert_true(bw_mailbox_get(&bench->mailbox, &picture, &stamp));
    assert_int_equal(stamp.seq, 5);
    assert_int_equal(stamp.taken_ms, 165);
    assert_int_equal(picture.bytes[0], 5);
    assert_false(bw_mailbox_get(&bench->mailbox, &picture, &stamp));
}

static void
borrowed_picture_stays_while_newer_ones_come(void **state)
{
    struct bench *bench = *state;
    struct bw_yuy2 picture;
    struct bw_mailbox_stamp stamp;
    assert_true(put(bench, 1));
    assert_true(bw_mailbox_get(&bench->mailbox, &picture, &stamp));
    for (uint64_t seq = 2; seq < 12; seq++) {
        assert_true(put(bench, seq));
        assert_int_equal(picture.bytes[0], 1);
        assert_int_equal(picture.bytes[picture.stride_bytes * (HEIGHT - 1)], 1);
    }
}

static void
pictures_of_a_wrong_size_are_not_put(void **state)
{
    struct bench *bench = *state;
    struct bw_mailbox_stamp stamp = {0};
    static const int wrong[][2] = {
        {0, 8}, {63, 8}, {1282, 8}, {64, 721}, {64, 0}, {-2, 8}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct bw_yuy2 picture = {bench->pixels, wrong[i][0], wrong[i][1], STRIDE};
        assert_false(bw_mailbox_put(&bench->mailbox, &picture, &stamp));
    }
    assert_false(bw_mailbox_fresh(&bench->mailbox));
}

/* Whatever the shared memory says, what comes out fits the memory. */
static void
spoilt_header_never_leads_out_of_the_memory(void **state)
{
    struct bench *bench = *state;
    uint8_t *shared = (uint8_t *)bench->mailbox.shared;
    for (int fill = 0; fill < 256; fill++) {
        memset(shared, fill, 128); /* more than the header */
        struct bw_yuy2 picture = {0};
        struct bw_mailbox_stamp stamp;
        if (bw_mailbox_get(&bench->mailbox, &picture, &stamp)) {
            assert_in_range(picture.width_px, 2, BW_FRAME_WIDTH_MAX);
            assert_in_range(picture.height_px, 1, BW_FRAME_HEIGHT_MAX);
            const uint8_t *last =
                picture.bytes + (size_t)picture.stride_bytes * (size_t)picture.height_px;
            assert_true(picture.bytes >= shared && last > picture.bytes);
        }
        assert_true(bench->mailbox.reader_slot < 3);
    }
}

/* MB3: it is sealed. */
static void
memory_cannot_shrink_under_the_reader(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(ftruncate(bench->mailbox.fd, 0), -1);
    assert_int_equal(ftruncate(bench->mailbox.fd, 1 << 30), -1);
}

static void
memory_of_another_size_is_not_attached(void **state)
{
    (void)state;
    struct bw_mailbox mailbox = {.fd = -1};
    int fd = memfd_create("other", MFD_CLOEXEC);
    assert_int_equal(ftruncate(fd, 4096), 0);
    assert_int_equal(bw_mailbox_attach(&mailbox, fd, NULL), BW_BAD_INPUT);
    assert_null(mailbox.shared);
    bw_mailbox_finish(&mailbox);
    bw_mailbox_finish(NULL);
}

static void
other_side_sees_pictures_and_pulse(void **state)
{
    struct bench *bench = *state;
    struct bw_mailbox writer = {.fd = -1};
    assert_int_equal(bw_mailbox_attach(&writer, dup(bench->mailbox.fd), NULL), BW_OK);
    struct bw_mailbox_pulse pulse = {
        .busy_since_ms = 7, .processor_ms = 5, .fingerprint = 9, .picture = 3};
    bw_mailbox_beat(&writer, &pulse);
    struct bw_mailbox_pulse seen = bw_mailbox_pulse(&bench->mailbox);
    assert_int_equal(seen.busy_since_ms, 7);
    assert_int_equal(seen.processor_ms, 5);
    assert_int_equal(seen.fingerprint, 9);
    assert_int_equal(seen.picture, 3);
    struct bw_yuy2 picture = {bench->pixels, WIDTH, HEIGHT, STRIDE};
    struct bw_mailbox_stamp stamp = {.seq = 4};
    assert_true(bw_mailbox_put(&writer, &picture, &stamp));
    assert_true(bw_mailbox_get(&bench->mailbox, &picture, &stamp));
    assert_int_equal(stamp.seq, 4);
    bw_mailbox_finish(&writer);
}

static void *
write_rounds(void *context)
{
    struct bench *bench = context;
    for (uint64_t seq = 1; seq <= ROUNDS; seq++) {
        (void)put(bench, seq);
    }
    return NULL;
}

/* MB1: no slot has two owners, so no picture is half another. One object from two
 * threads, so that the thread sanitizer sees both ends of the memory. */
static void
reader_and_writer_at_once_see_whole_pictures_in_order(void **state)
{
    struct bench *bench = *state;
    pthread_t writer;
    assert_int_equal(pthread_create(&writer, NULL, write_rounds, bench), 0);
    uint64_t last = 0;
    while (last < ROUNDS) {
        struct bw_yuy2 picture;
        struct bw_mailbox_stamp stamp;
        if (!bw_mailbox_get(&bench->mailbox, &picture, &stamp)) {
            continue;
        }
        assert_true(stamp.seq > last);
        last = stamp.seq;
        for (int y = 0; y < HEIGHT; y++) {
            const uint8_t *line = picture.bytes + y * picture.stride_bytes;
            assert_int_equal(line[0], stamp.seq & 0xff);
            assert_int_equal(line[STRIDE - 1], stamp.seq & 0xff);
        }
    }
    assert_int_equal(pthread_join(writer, NULL), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            empty_mailbox_gives_nothing, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            newest_picture_wins_and_is_got_once, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            borrowed_picture_stays_while_newer_ones_come, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            pictures_of_a_wrong_size_are_not_put, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            spoilt_header_never_leads_out_of_the_memory, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            memory_cannot_shrink_under_the_reader, open_bench, close_bench),
        cmocka_unit_test(memory_of_another_size_is_not_attached),
        cmocka_unit_test_setup_teardown(
            other_side_sees_pictures_and_pulse, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(
            reader_and_writer_at_once_see_whole_pictures_in_order, open_bench,
            close_bench),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
