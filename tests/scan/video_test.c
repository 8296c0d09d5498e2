/* A V4L2 camera through zbar's video and libv4l2: modes, formats, controls, pulling it
 * out. The device is fake_camera.so, preloaded (see there); everything above it is real.
 */
#include "fake_show.h"
#include "fixture.h"
#include "frames_contract.h"
#include "scan/camera.h"
#include "scan/frames.h"
#include "scan/room.h"
#include "scan/video.h"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static uint64_t
clock_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static struct bw_frames *
open_camera(void)
{
    struct bw_frames *frames = NULL;
    struct bw_error err = {0};
    if (bw_frames_open("v4l2:/dev/video0", NULL, &frames, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return frames;
}

/* Waits for the device, as the room does. */
static enum bw_frames_state
next_frame(struct bw_frames *frames, struct bw_frame *frame, struct bw_error *err)
{
    struct pollfd wait = {.fd = bw_frames_fd(frames), .events = POLLIN};
    enum bw_frames_state answer = BW_FRAMES_WAIT;
    for (int tries = 0; answer == BW_FRAMES_WAIT && tries < 100; tries++) {
        (void)poll(&wait, 1, 100);
        answer = bw_frames_next(frames, clock_ms(), frame, err);
    }
    return answer;
}

/* With patience: a sanitizer makes the scanner ten times slower. */
static void
assert_reads_the_ticket(const struct bw_frame *frame)
{
    static struct bw_sighting sighting;
    struct bw_scanner_options options = {.budget_us = 1000000};
    struct bw_scanner *scanner = NULL;
    assert_int_equal(bw_scanner_create(&options, &scanner, NULL), BW_OK);
    sighting.kind = BW_SIGHTING_NOTHING;
    for (int i = 0; i < 10 && sighting.kind != BW_SIGHTING_TEXT; i++) {
        assert_int_equal(bw_scanner_read(scanner, &frame->luma, &sighting, NULL), BW_OK);
    }
    assert_string_equal(sighting.text, ticket_like_text);
    bw_scanner_destroy(scanner);
}

static void
assert_streams(int u, int v)
{
    struct bw_frames *frames = open_camera();
    for (int i = 0; i < 6; i++) { /* more than there are buffers: they go round */
        struct bw_frame frame;
        struct bw_error err = {0};
        assert_int_equal(next_frame(frames, &frame, &err), BW_FRAMES_READY);
        assert_int_equal(bw_frames_load(frames, &frame, &err), BW_OK);
        assert_int_equal(frame.luma.width_px, WIDTH);
        assert_int_equal(frame.luma.height_px, HEIGHT);
        const uint8_t *last =
            frame.yuy2.bytes + 719 * frame.yuy2.stride_bytes + (WIDTH - 2) * 2;
        assert_in_range(last[1], u - 3, u + 3);
        assert_in_range(last[3], v - 3, v + 3);
        if (i == 5) {
            assert_reads_the_ticket(&frame);
        }
    }
    bw_frames_destroy(frames);
    assert_int_equal(fake->streaming, 0);
}

static void
yuyv_streams_and_is_read(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    fake_show_yuyv();
    assert_streams(100, 150);
}

static void
yuyv_with_padded_lines_streams_and_is_read(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    fake->padding_bytes = 64;
    fake_show_yuyv();
    assert_streams(100, 150);
}

static void
nv12_streams_and_is_read(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_YUYV, 640, 480, 30);
    fake_offer(V4L2_PIX_FMT_NV12, WIDTH, HEIGHT, 30);
    fake_show_planes(true);
    assert_streams(100, 150);
}

/* libv4l2 hides NV12 then, and converts. */
static void
camera_that_has_nv12_alone_streams_and_is_read(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_NV12, WIDTH, HEIGHT, 30);
    fake_show_planes(true);
    assert_streams(100, 150);
}

static void
grey_streams_and_is_read(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_GREY, WIDTH, HEIGHT, 30);
    fake_show_planes(false);
    assert_streams(128, 128);
}

static void
mjpeg_streams_in_colour_and_is_read(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    fake_show_mjpeg();
    assert_streams(128 - 28 * 224 / 255, 128 + 22 * 224 / 255);
}

static void
damaged_mjpeg_is_one_bad_picture_and_no_end(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    fake_show_mjpeg();
    struct bw_frames *frames = open_camera();
    struct bw_frame frame;
    struct bw_error err = {0};
    uint8_t first = fake->picture[0];
    fake->picture[0] = 0;
    assert_int_equal(next_frame(frames, &frame, &err), BW_FRAMES_READY);
    assert_int_equal(bw_frames_load(frames, &frame, &err), BW_BAD_INPUT);
    fake->picture[0] = first;
    assert_int_equal(next_frame(frames, &frame, &err), BW_FRAMES_READY);
    assert_int_equal(bw_frames_load(frames, &frame, &err), BW_OK);
    assert_reads_the_ticket(&frame);
    bw_frames_destroy(frames);
}

static void
camera_keeps_the_contract_of_frames(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    fake_show_mjpeg();
    frames_keep_their_contract(open_camera(), true);
}

static void
camera_in_use_is_said_to_be_gone_not_broken(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    int other = open("/dev/video0", O_RDWR); /* the fake one opens once a process */
    struct bw_frames *frames = NULL;
    struct bw_error err = {0};
    assert_int_equal(
        bw_frames_open("v4l2:/dev/video0", NULL, &frames, &err), BW_NOT_FOUND);
    assert_non_null(strstr(err.text, "/dev/video0"));
    (void)close(other);
}

static void
pulled_out_camera_ends_with_a_reason(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    fake_show_yuyv();
    struct bw_frames *frames = open_camera();
    struct bw_frame frame;
    struct bw_error err = {0};
    assert_int_equal(next_frame(frames, &frame, &err), BW_FRAMES_READY);
    atomic_store(&fake->plugged, 0);
    enum bw_frames_state answer = next_frame(frames, &frame, &err);
    assert_int_equal(answer, BW_FRAMES_GONE);
    assert_non_null(strstr(err.text, "check its cable"));
    bw_frames_destroy(frames);
}

static void
camera_that_says_nothing_for_five_seconds_is_gone(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    atomic_store(&fake->silent, 1);
    struct bw_frames *frames = open_camera();
    struct bw_frame frame;
    struct bw_error err = {0};
    assert_int_equal(bw_frames_next(frames, 1000, &frame, &err), BW_FRAMES_WAIT);
    assert_int_equal(bw_frames_due_ms(frames), 6000);
    assert_int_equal(bw_frames_next(frames, 5999, &frame, &err), BW_FRAMES_WAIT);
    assert_int_equal(bw_frames_next(frames, 6000, &frame, &err), BW_FRAMES_GONE);
    bw_frames_destroy(frames);
}

static void
paused_camera_stops_its_stream(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    fake_show_yuyv();
    struct bw_frames *frames = open_camera();
    struct bw_frame frame;
    struct bw_error err = {0};
    assert_int_equal(next_frame(frames, &frame, &err), BW_FRAMES_READY);
    bw_frames_pause(frames, true);
    assert_int_equal(fake->streaming, 0);
    assert_int_equal(bw_frames_fd(frames), -1);
    assert_int_equal(
        bw_frames_next(frames, clock_ms() + 60000, &frame, &err), BW_FRAMES_WAIT);
    bw_frames_pause(frames, false);
    assert_int_equal(next_frame(frames, &frame, &err), BW_FRAMES_READY);
    assert_int_equal(bw_frames_load(frames, &frame, &err), BW_OK);
    bw_frames_destroy(frames);
}

static void
await(struct bw_camera *camera, enum bw_camera_message_kind kind, bool text,
    struct bw_camera_message *message, uint64_t ahead_ms)
{
    for (uint64_t limit_ms = clock_ms() + 10000; clock_ms() < limit_ms;) {
        while (bw_camera_take(camera, message)) {
            if (message->kind == kind &&
                (!text || message->sighting.kind == BW_SIGHTING_TEXT)) {
                return;
            }
        }
        bw_camera_step(camera, clock_ms() + ahead_ms, 20);
    }
    fail_msg("no message of kind %d; the last: %s", (int)kind, message->text);
}

/* The whole way: zbar's video in a locked room, out and in again. */
static void
camera_is_pulled_out_and_put_back_while_running(void **state)
{
    (void)state;
    static struct bw_camera_message message;
    struct bw_camera_options options = {0}; /* the first camera there is */
    struct bw_camera *camera = NULL;
    fake_offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    fake_show_mjpeg();
    assert_int_equal(bw_camera_create(&options, &camera, NULL), BW_OK);
    assert_int_equal(bw_camera_start(camera, NULL), BW_OK);
    await(camera, BW_CAMERA_PRESENT, false, &message, 0);
    assert_string_equal(message.text, "Fake ? Camera");
    await(camera, BW_CAMERA_SIGHTING, true, &message, 0);
    assert_string_equal(message.sighting.text, ticket_like_text);
    atomic_store(&fake->plugged, 0);
    await(camera, BW_CAMERA_GONE, false, &message, 0);
    bw_camera_step(camera, clock_ms() + BW_CAMERA_LOOK_AGAIN_MS, 0); /* still out */
    assert_false(bw_camera_take(camera, &message));
    atomic_store(&fake->plugged, 1);
    bw_camera_step(camera, clock_ms() + 2 * BW_CAMERA_LOOK_AGAIN_MS + 100, 0);
    await(camera, BW_CAMERA_PRESENT, false, &message, 0);
    await(camera, BW_CAMERA_SIGHTING, true, &message, 0);
    struct bw_camera_frame frame;
    assert_true(bw_camera_frame(camera, &frame));
    assert_int_equal(frame.picture.width_px, WIDTH);
    bw_camera_destroy(camera);
}

int
main(int argc, char **argv)
{
    if (bw_room_wanted(argc, argv)) {
        return bw_room_main(argc, argv);
    }
    fake_enter(argv);
#define PLUGGED(test) cmocka_unit_test_setup(test, fake_plug_in)
    const struct CMUnitTest tests[] = {
        PLUGGED(yuyv_streams_and_is_read),
        PLUGGED(yuyv_with_padded_lines_streams_and_is_read),
        PLUGGED(nv12_streams_and_is_read),
        PLUGGED(camera_that_has_nv12_alone_streams_and_is_read),
        PLUGGED(grey_streams_and_is_read),
        PLUGGED(mjpeg_streams_in_colour_and_is_read),
        PLUGGED(damaged_mjpeg_is_one_bad_picture_and_no_end),
        PLUGGED(camera_keeps_the_contract_of_frames),
        PLUGGED(camera_in_use_is_said_to_be_gone_not_broken),
        PLUGGED(pulled_out_camera_ends_with_a_reason),
        PLUGGED(camera_that_says_nothing_for_five_seconds_is_gone),
        PLUGGED(paused_camera_stops_its_stream),
        PLUGGED(camera_is_pulled_out_and_put_back_while_running),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_leave();
    return failed;
}
