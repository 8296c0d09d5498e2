/* Which mode of a camera is taken, how it is set up, and which cameras there are. */
#include "fake_show.h"
#include "scan/sandbox/camera.h"
#include "scan/camera/frames.h"
#include "scan/sandbox/sandbox.h"
#include "scan/camera/video.h"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct choice {
    const char *why;
    struct fake_mode offers[4];
    struct fake_mode expected;
};

static const struct choice choices[] = {
    {"fluent before large",
        {{V4L2_PIX_FMT_YUYV, 1280, 720, 10}, {V4L2_PIX_FMT_YUYV, 640, 480, 30}},
        {V4L2_PIX_FMT_YUYV, 640, 480, 30}},
    {"the compressed one where only that is fluent at full size",
        {{V4L2_PIX_FMT_YUYV, 1280, 720, 10}, {V4L2_PIX_FMT_YUYV, 640, 480, 30},
            {V4L2_PIX_FMT_MJPEG, 1280, 720, 30}},
        {V4L2_PIX_FMT_MJPEG, 1280, 720, 30}},
    {"nothing over 1280x720",
        {{V4L2_PIX_FMT_MJPEG, 1920, 1080, 30}, {V4L2_PIX_FMT_MJPEG, 1024, 768, 30},
            {V4L2_PIX_FMT_MJPEG, 800, 600, 30}},
        {V4L2_PIX_FMT_MJPEG, 800, 600, 30}},
    {"the cheapest of equals, and colour before grey",
        {{V4L2_PIX_FMT_GREY, 1280, 720, 30}, {V4L2_PIX_FMT_MJPEG, 1280, 720, 30},
            {V4L2_PIX_FMT_NV12, 1280, 720, 30}},
        {V4L2_PIX_FMT_NV12, 1280, 720, 30}},
    {"no more than 30 frames are asked for", {{V4L2_PIX_FMT_YUYV, 1280, 720, 60}},
        {V4L2_PIX_FMT_YUYV, 1280, 720, 30}},
    {"a slow camera is better than none",
        {{V4L2_PIX_FMT_YUYV, 640, 480, 15}, {V4L2_PIX_FMT_YUYV, 1280, 720, 5}},
        {V4L2_PIX_FMT_YUYV, 640, 480, 15}},
};

static void
largest_fluent_mode_is_chosen(void **state)
{
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        (void)fake_plug_in(state);
        const struct choice *choice = &choices[i];
        for (int at = 0; at < 4 && choice->offers[at].fourcc != 0; at++) {
            fake->modes[fake->mode_count++] = choice->offers[at];
        }
        struct bw_video_mode mode = {0};
        int fd = open("/dev/video0", O_RDWR);
        assert_int_equal(bw_video_choose(fd, &mode, NULL), BW_OK);
        (void)close(fd);
        if (mode.fourcc != choice->expected.fourcc ||
            mode.width_px != (int)choice->expected.width_px ||
            mode.height_px != (int)choice->expected.height_px ||
            mode.frames_a_second != (int)choice->expected.frames_a_second) {
            fail_msg("%s: got %.4s %dx%d at %d", choice->why, (const char *)&mode.fourcc,
                mode.width_px, mode.height_px, mode.frames_a_second);
        }
    }
}

static void
camera_without_a_mode_of_ours_is_refused_with_a_reason(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_H264, WIDTH, HEIGHT, 30);
    struct bw_frames *frames = NULL;
    struct bw_error err = {0};
    assert_int_equal(
        bw_frames_open("v4l2:/dev/video0", NULL, &frames, &err), BW_NOT_FOUND);
    assert_non_null(strstr(err.text, "no mode that can be read"));
}

static void
exposure_and_focus_are_set_where_the_camera_has_them(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    fake_show_yuyv();
    fake->controls[0] = (struct fake_control){V4L2_CID_EXPOSURE_AUTO, 0, 0, 3, 1};
    fake->controls[1] =
        (struct fake_control){V4L2_CID_EXPOSURE_AUTO_PRIORITY, 0, 0, 1, 1};
    fake->controls[2] = (struct fake_control){V4L2_CID_FOCUS_AUTO, 0, 0, 1, 0};
    fake->controls[3] = (struct fake_control){V4L2_CID_FOCUS_ABSOLUTE, 0, 0, 240, 7};
    fake->control_count = 4;
    bw_frames_destroy(fake_open());
    assert_int_equal(fake->controls[0].value, V4L2_EXPOSURE_APERTURE_PRIORITY);
    assert_int_equal(fake->controls[1].value, 0);
    assert_int_equal(fake->controls[2].value, 1);
    assert_int_equal(fake->controls[3].value, 7); /* autofocus does it */
    assert_int_equal(fake->mode.frames_a_second, 30);
    fake->controls[2].id = 0;
    bw_frames_destroy(fake_open());
    assert_int_equal(fake->controls[3].value, 40); /* without: near, by hand */
}

/* Whatever it doesn't have is asked for and left alone, and nothing is made another. */
static void
controls_that_a_camera_lacks_or_holds_are_left_alone(void **state)
{
    (void)state;
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    fake_show_yuyv();
    /* exposure: automatic or by hand, and nothing between; left by hand by somebody */
    fake->controls[0] =
        (struct fake_control){V4L2_CID_EXPOSURE_AUTO, 0, 0, 1, V4L2_EXPOSURE_MANUAL};
    fake->controls[1] = (struct fake_control){
        V4L2_CID_BACKLIGHT_COMPENSATION, V4L2_CTRL_FLAG_READ_ONLY, 0, 2, 2};
    fake->controls[2] =
        (struct fake_control){V4L2_CID_FOCUS_AUTO, V4L2_CTRL_FLAG_DISABLED, 0, 1, 0};
    fake->controls[3] = (struct fake_control){V4L2_CID_FOCUS_ABSOLUTE, 0, 10, 250, 10};
    fake->control_count = 4;
    bw_frames_destroy(fake_open());
    assert_int_equal(fake->controls[0].value, V4L2_EXPOSURE_AUTO);
    assert_int_equal(fake->controls[1].value, 2);
    assert_int_equal(fake->controls[2].value, 0);
    assert_int_equal(fake->controls[3].value, 50);
}

static void
exposure_focus_and_flicker_are_asked_for_in_this_order(void **state)
{
    (void)state;
    static const uint32_t expected[] = {V4L2_CID_EXPOSURE_AUTO,
        V4L2_CID_EXPOSURE_AUTO_PRIORITY, V4L2_CID_POWER_LINE_FREQUENCY,
        V4L2_CID_BACKLIGHT_COMPENSATION, V4L2_CID_AUTO_FOCUS_RANGE, V4L2_CID_FOCUS_AUTO,
        V4L2_CID_FOCUS_ABSOLUTE};
    size_t at = 0, count = sizeof expected / sizeof expected[0];
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    fake_show_yuyv();
    bw_frames_destroy(fake_open());
    assert_true(fake->asked_count <= FAKE_ASKED_MAX);
    for (uint32_t i = 0; i < fake->asked_count && at < count; i++) {
        at += fake->asked[i] == expected[at];
    }
    assert_int_equal(at, count);
}

static void
cameras_are_listed_and_other_devices_are_not(void **state)
{
    (void)state;
    struct bw_camera_choice list[4];
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    assert_int_equal(bw_camera_list(list, 4), 1);
    assert_string_equal(list[0].spec, "v4l2:/dev/video0");
    assert_string_equal(list[0].name, "Fake ? Camera");
    atomic_store(&fake->plugged, FAKE_FIRST | FAKE_SECOND);
    assert_int_equal(bw_camera_list(list, 4), 2);
    assert_string_equal(list[1].spec, "v4l2:/dev/video2");
    assert_string_equal(list[1].name, "Second Camera");
    assert_int_equal(bw_camera_list(list, 1), 1);
    atomic_store(&fake->plugged, 0);
    assert_int_equal(bw_camera_list(list, 4), 0);
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
        PLUGGED(largest_fluent_mode_is_chosen),
        PLUGGED(camera_without_a_mode_of_ours_is_refused_with_a_reason),
        PLUGGED(exposure_and_focus_are_set_where_the_camera_has_them),
        PLUGGED(controls_that_a_camera_lacks_or_holds_are_left_alone),
        PLUGGED(exposure_focus_and_flicker_are_asked_for_in_this_order),
        PLUGGED(cameras_are_listed_and_other_devices_are_not),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_leave();
    return failed;
}
