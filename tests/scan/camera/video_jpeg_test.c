/* Motion JPEG from a camera, and pictures that are less than they say. The device is
 * fake_camera.so, preloaded (see there); everything above it is real. */
#include "fake_show.h"
#include "scan/sandbox/sandbox.h"

#include <linux/videodev2.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
mjpeg_streams_in_colour_and_is_read(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    fake_show_mjpeg();
    fake_assert_streams(128 - 28 * 224 / 255, 128 + 22 * 224 / 255);
}

static void
damaged_mjpeg_is_one_bad_picture_and_no_end(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    fake_show_mjpeg();
    struct bw_frames *frames = fake_open();
    struct bw_frame frame;
    struct bw_error err = {0};
    uint8_t first = fake->picture[0];
    fake->picture[0] = 0;
    assert_int_equal(fake_next(frames, &frame, &err), BW_FRAMES_READY);
    assert_int_equal(bw_frames_load(frames, &frame, &err), BW_BAD_INPUT);
    fake->picture[0] = first;
    assert_int_equal(fake_next(frames, &frame, &err), BW_FRAMES_READY);
    assert_int_equal(bw_frames_load(frames, &frame, &err), BW_OK);
    fake_assert_reads(&frame);
    bw_frames_destroy(frames);
}

/* Where the segment with this marker begins in the picture shown. */
static size_t
find_marker(uint8_t marker)
{
    for (size_t at = 0; at + 1 < fake->picture_bytes; at++) {
        if (fake->picture[at] == 0xff && fake->picture[at + 1] == marker) {
            return at;
        }
    }
    fail_msg("no marker %02x", marker);
    return 0;
}

/* As many USB cameras send it: the tables that everybody knows are left out (ITU T.81,
 * annex K.3). */
static void
mjpeg_without_huffman_tables_is_read(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    fake_show_mjpeg();
    for (int i = 0; i < 4; i++) {
        size_t at = find_marker(0xc4);
        size_t bytes = 2 + ((size_t)fake->picture[at + 2] << 8 | fake->picture[at + 3]);
        fake->picture_bytes -= (uint32_t)bytes;
        memmove(fake->picture + at, fake->picture + at + bytes, fake->picture_bytes - at);
    }
    fake_assert_streams(128 - 28 * 224 / 255, 128 + 22 * 224 / 255);
}

/* Cut off anywhere, noise anywhere: at worst a picture that isn't read. */
static void
hostile_mjpeg_does_no_harm(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    fake_show_mjpeg();
    static struct fake_camera whole;
    memcpy(whole.picture, fake->picture, sizeof whole.picture);
    whole.picture_bytes = fake->picture_bytes;
    struct bw_frames *frames = fake_open();
    struct bw_frame frame;
    struct bw_error err = {0};
    uint32_t dice = 1;
    for (uint32_t round = 0; round < 24; round++) {
        memcpy(fake->picture, whole.picture, sizeof whole.picture);
        if (round % 2 == 0) {
            uint32_t cut = whole.picture_bytes / 24 * round;
            memset(fake->picture + cut, 0, whole.picture_bytes - cut);
        }
        for (int i = 0; round % 2 == 1 && i < 200; i++) {
            dice = dice * 1664525u + 1013904223u;
            fake->picture[(dice >> 8) % whole.picture_bytes] = (uint8_t)(dice >> 3);
        }
        assert_int_equal(fake_next(frames, &frame, &err), BW_FRAMES_READY);
        enum bw_status status = bw_frames_load(frames, &frame, &err);
        assert_true(status == BW_OK || status == BW_BAD_INPUT);
    }
    memcpy(fake->picture, whole.picture, sizeof whole.picture);
    assert_int_equal(fake_next(frames, &frame, &err), BW_FRAMES_READY);
    assert_int_equal(bw_frames_load(frames, &frame, &err), BW_OK);
    fake_assert_reads(&frame);
    bw_frames_destroy(frames);
}

static void
assert_damaged(struct bw_frames *frames)
{
    struct bw_frame frame;
    struct bw_error err = {0};
    assert_int_equal(fake_next(frames, &frame, &err), BW_FRAMES_READY);
    assert_int_equal(bw_frames_load(frames, &frame, &err), BW_BAD_INPUT);
    assert_non_null(strstr(err.text, "damaged"));
}

static void
mjpeg_of_another_size_or_kind_is_refused(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    fake_show_mjpeg();
    struct bw_frames *frames = fake_open();
    size_t head = find_marker(0xc0);
    fake->picture[head + 5] = 0xff; /* 65,000 lines */
    assert_damaged(frames);
    fake->picture[head + 5] = HEIGHT >> 8;
    fake->picture[head + 1] = 0xc2; /* many passes over one picture: no camera does */
    assert_damaged(frames);
    bw_frames_destroy(frames);
}

struct small {
    uint32_t fourcc;
    uint32_t bytes; /* of a whole picture */
};

/* Nothing outside of a buffer is read, whatever the format says of its size. */
static void
buffer_smaller_than_its_format_says_is_refused(void **state)
{
    static const struct small formats[] = {
        {V4L2_PIX_FMT_YUYV, WIDTH * HEIGHT * 2}, {V4L2_PIX_FMT_GREY, WIDTH * HEIGHT}};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        (void)fake_plug_in(state);
        fake_offer(formats[i].fourcc, WIDTH, HEIGHT, 30);
        fake_show_yuyv();
        fake->picture_bytes = fake->buffer_bytes = formats[i].bytes - 1;
        struct bw_frames *frames = fake_open();
        struct bw_frame frame;
        struct bw_error err = {0};
        assert_int_equal(fake_next(frames, &frame, &err), BW_FRAMES_READY);
        assert_int_equal(bw_frames_load(frames, &frame, &err), BW_BAD_INPUT);
        assert_non_null(strstr(err.text, "only a part of it"));
        bw_frames_destroy(frames);
    }
}

static void
camera_that_gives_only_broken_pictures_for_five_seconds_is_gone(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    fake->picture_bytes = 100;
    struct bw_frames *frames = fake_open();
    struct bw_frame frame;
    struct bw_error err = {0};
    assert_int_equal(fake_next(frames, &frame, &err), BW_FRAMES_READY);
    uint64_t began_ms = frame.taken_ms;
    assert_int_equal(bw_frames_load(frames, &frame, &err), BW_BAD_INPUT);
    struct pollfd wait = {.fd = bw_frames_fd(frames), .events = POLLIN};
    assert_int_equal(poll(&wait, 1, 60000), 1);
    assert_int_equal(
        bw_frames_next(frames, began_ms + 4999, &frame, &err), BW_FRAMES_READY);
    assert_int_equal(bw_frames_load(frames, &frame, &err), BW_BAD_INPUT);
    assert_int_equal(poll(&wait, 1, 60000), 1);
    assert_int_equal(
        bw_frames_next(frames, began_ms + 5000, &frame, &err), BW_FRAMES_GONE);
    assert_non_null(strstr(err.text, "broken pictures"));
    bw_frames_destroy(frames);
}

int
main(int argc, char **argv)
{
    if (bw_sandbox_wanted(argc, argv)) {
        return bw_sandbox_main(argc, argv);
    }
    fake_enter(argv);
#define PLUGGED(test) cmocka_unit_test_setup(test, fake_plug_in)
    const struct CMUnitTest tests[] = {
        PLUGGED(mjpeg_streams_in_colour_and_is_read),
        PLUGGED(damaged_mjpeg_is_one_bad_picture_and_no_end),
        PLUGGED(mjpeg_without_huffman_tables_is_read),
        PLUGGED(hostile_mjpeg_does_no_harm),
        PLUGGED(mjpeg_of_another_size_or_kind_is_refused),
        PLUGGED(buffer_smaller_than_its_format_says_is_refused),
        PLUGGED(camera_that_gives_only_broken_pictures_for_five_seconds_is_gone),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_leave();
    return failed;
}
