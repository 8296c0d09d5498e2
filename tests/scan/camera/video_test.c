/* A V4L2 camera through zbar's video and libv4l2: modes, formats, controls, pulling it
 * out. The device is fake_camera.so, preloaded (see there);
 * everything above it is real. */
#include "fake_show.h"
#include "tests/scan/fixture.h"
#include "frames_contract.h"
#include "scan/sandbox/camera.h"
#include "scan/camera/frames.h"
#include "scan/sandbox/sandbox.h"
#include "scan/camera/video.h"

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

static void
yuyv_streams_and_is_read(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    fake_show_yuyv();
    fake_assert_streams(100, 150);
}

static void
yuyv_with_padded_lines_streams_and_is_read(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    fake->padding_bytes = 64;
    fake_show_yuyv();
    fake_assert_streams(100, 150);
}

static void
nv12_streams_and_is_read(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_YUYV, 640, 480, 30);
    fake_offer(V4L2_PIX_FMT_NV12, WIDTH, HEIGHT, 30);
    fake_show_planes(true);
    fake_assert_streams(100, 150);
}

/* libv4l2 hides NV12 then, and converts. */
static void
camera_that_has_nv12_alone_streams_and_is_read(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_NV12, WIDTH, HEIGHT, 30);
    fake_show_planes(true);
    fake_assert_streams(100, 150);
}

static void
grey_streams_and_is_read(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_GREY, WIDTH, HEIGHT, 30);
    fake_show_planes(false);
    fake_assert_streams(128, 128);
}

static void
camera_keeps_the_contract_of_frames(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    fake_show_mjpeg();
    frames_keep_their_contract(fake_open(), true);
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
    struct bw_frames *frames = fake_open();
    struct bw_frame frame;
    struct bw_error err = {0};
    assert_int_equal(fake_next(frames, &frame, &err), BW_FRAMES_READY);
    atomic_store(&fake->plugged, 0);
    enum bw_frames_state answer = fake_next(frames, &frame, &err);
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
    struct bw_frames *frames = fake_open();
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
    struct bw_frames *frames = fake_open();
    struct bw_frame frame;
    struct bw_error err = {0};
    assert_int_equal(fake_next(frames, &frame, &err), BW_FRAMES_READY);
    bw_frames_pause(frames, true);
    assert_int_equal(fake->streaming, 0);
    assert_int_equal(bw_frames_fd(frames), -1);
    assert_int_equal(
        bw_frames_next(frames, fake_clock_ms() + 60000, &frame, &err), BW_FRAMES_WAIT);
    bw_frames_pause(frames, false);
    assert_int_equal(fake_next(frames, &frame, &err), BW_FRAMES_READY);
    assert_int_equal(bw_frames_load(frames, &frame, &err), BW_OK);
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
        PLUGGED(yuyv_streams_and_is_read),
        PLUGGED(yuyv_with_padded_lines_streams_and_is_read),
        PLUGGED(nv12_streams_and_is_read),
        PLUGGED(camera_that_has_nv12_alone_streams_and_is_read),
        PLUGGED(grey_streams_and_is_read),
        PLUGGED(camera_keeps_the_contract_of_frames),
        PLUGGED(camera_in_use_is_said_to_be_gone_not_broken),
        PLUGGED(pulled_out_camera_ends_with_a_reason),
        PLUGGED(camera_that_says_nothing_for_five_seconds_is_gone),
        PLUGGED(paused_camera_stops_its_stream),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_leave();
    return failed;
}
