/* A V4L2 camera through zbar's video and libv4l2: modes, formats, controls, pulling it
 * out. The device is fake_camera.so, preloaded (see there); everything above it is real.
 */
#include "fake_camera.h"
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

#include <jpeglib.h>

#include <cmocka.h>

enum { WIDTH = 1280, HEIGHT = 720 };

static struct fake_camera *fake;
static uint8_t grey[WIDTH * HEIGHT];

static uint64_t
clock_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static int
plug_in(void **state)
{
    (void)state;
    memset(fake, 0, sizeof *fake);
    atomic_store(&fake->plugged, 1);
    code_draw(grey, WIDTH, HEIGHT, ticket_like_text, 8);
    return 0;
}

static void
offer(uint32_t fourcc, uint32_t width_px, uint32_t height_px, uint32_t frames_a_second)
{
    fake->modes[fake->mode_count++] =
        (struct fake_mode){fourcc, width_px, height_px, frames_a_second};
}

static void
show_yuyv(void)
{
    uint8_t *to = fake->picture;
    for (int y = 0; y < HEIGHT; y++, to += fake->padding_bytes) {
        for (int x = 0; x < WIDTH; x++, to += 2) {
            to[0] = grey[y * WIDTH + x];
            to[1] = x % 2 == 0 ? 100 : 150;
        }
    }
    fake->picture_bytes = (uint32_t)(to - fake->picture);
}

static void
show_planes(bool chroma)
{
    memcpy(fake->picture, grey, sizeof grey);
    fake->picture_bytes = sizeof grey;
    for (int i = 0; chroma && i < WIDTH * HEIGHT / 2; i++) {
        fake->picture[fake->picture_bytes++] = i % 2 == 0 ? 100 : 150;
    }
}

static void
show_mjpeg(void)
{
    struct jpeg_compress_struct info;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long count = 0;
    static uint8_t line[WIDTH * 3];
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &bytes, &count);
    info.image_width = WIDTH;
    info.image_height = HEIGHT;
    info.input_components = 3;
    info.in_color_space = JCS_YCbCr;
    jpeg_set_defaults(&info);
    jpeg_start_compress(&info, TRUE);
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            line[3 * x] = grey[y * WIDTH + x];
            line[3 * x + 1] = 100;
            line[3 * x + 2] = 150;
        }
        JSAMPROW row = line;
        (void)jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    assert_true(count < FAKE_PICTURE_BYTES);
    memcpy(fake->picture, bytes, count);
    fake->picture_bytes = (uint32_t)count;
    free(bytes);
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
    offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    show_yuyv();
    assert_streams(100, 150);
}

static void
yuyv_with_padded_lines_streams_and_is_read(void **state)
{
    (void)state;
    offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    fake->padding_bytes = 64;
    show_yuyv();
    assert_streams(100, 150);
}

static void
nv12_streams_and_is_read(void **state)
{
    (void)state;
    offer(V4L2_PIX_FMT_YUYV, 640, 480, 30);
    offer(V4L2_PIX_FMT_NV12, WIDTH, HEIGHT, 30);
    show_planes(true);
    assert_streams(100, 150);
}

/* libv4l2 hides NV12 then, and converts. */
static void
camera_that_has_nv12_alone_streams_and_is_read(void **state)
{
    (void)state;
    offer(V4L2_PIX_FMT_NV12, WIDTH, HEIGHT, 30);
    show_planes(true);
    assert_streams(100, 150);
}

static void
grey_streams_and_is_read(void **state)
{
    (void)state;
    offer(V4L2_PIX_FMT_GREY, WIDTH, HEIGHT, 30);
    show_planes(false);
    assert_streams(128, 128);
}

static void
mjpeg_streams_in_colour_and_is_read(void **state)
{
    (void)state;
    offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    show_mjpeg();
    assert_streams(128 - 28 * 224 / 255, 128 + 22 * 224 / 255);
}

static void
damaged_mjpeg_is_one_bad_picture_and_no_end(void **state)
{
    (void)state;
    offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    show_mjpeg();
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
    offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    show_mjpeg();
    frames_keep_their_contract(open_camera(), true);
}

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
        (void)plug_in(state);
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
    offer(V4L2_PIX_FMT_H264, WIDTH, HEIGHT, 30);
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
    offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    show_yuyv();
    fake->controls[0] = (struct fake_control){V4L2_CID_EXPOSURE_AUTO, 0, 3, 1};
    fake->controls[1] = (struct fake_control){V4L2_CID_EXPOSURE_AUTO_PRIORITY, 0, 1, 1};
    fake->controls[2] = (struct fake_control){V4L2_CID_FOCUS_AUTO, 0, 1, 0};
    fake->controls[3] = (struct fake_control){V4L2_CID_FOCUS_ABSOLUTE, 0, 240, 7};
    fake->control_count = 4;
    bw_frames_destroy(open_camera());
    assert_int_equal(fake->controls[0].value, V4L2_EXPOSURE_APERTURE_PRIORITY);
    assert_int_equal(fake->controls[1].value, 0);
    assert_int_equal(fake->controls[2].value, 1);
    assert_int_equal(fake->controls[3].value, 7); /* autofocus does it */
    assert_int_equal(fake->mode.frames_a_second, 30);
    fake->controls[2].id = 0;
    bw_frames_destroy(open_camera());
    assert_int_equal(fake->controls[3].value, 40); /* without: near, by hand */
}

static void
cameras_are_listed_and_other_devices_are_not(void **state)
{
    (void)state;
    struct bw_camera_choice list[4];
    offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    assert_int_equal(bw_camera_list(list, 4), 1);
    assert_string_equal(list[0].spec, "v4l2:/dev/video0");
    assert_string_equal(list[0].name, "Fake ? Camera");
    atomic_store(&fake->plugged, 0);
    assert_int_equal(bw_camera_list(list, 4), 0);
}

static void
camera_in_use_is_said_to_be_gone_not_broken(void **state)
{
    (void)state;
    offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
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
    offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    show_yuyv();
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
    offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
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
    offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    show_yuyv();
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
    offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    show_mjpeg();
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

static void
map_fake(void)
{
    const char *path = getenv("BW_FAKE_CAMERA");
    int fd = path == NULL ? -1 : open(path, O_RDWR);
    void *memory =
        fd < 0 ? MAP_FAILED
               : mmap(NULL, sizeof *fake, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED) {
        (void)fprintf(stderr, "the fake camera isn't there: ctest preloads it\n");
        exit(1);
    }
    (void)close(fd);
    fake = memory;
}

/* zbar 0.23.92 forgets its list of emulated formats, 24 bytes a time that a camera is
 * opened; a room opens one. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
    return "leak:libzbar";
}

/* Called once more by itself, with the library preloaded and its file made. */
static int
call_again(char **argv)
{
    char path[] = "/tmp/brugwachter-fake-camera-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0 || ftruncate(fd, sizeof *fake) != 0) {
        return 1;
    }
    (void)setenv("BW_FAKE_CAMERA", path, 1);
    (void)setenv("LD_PRELOAD", BW_FAKE_CAMERA_LIBRARY, 1);
    /* The sanitizer's own library wants to be the first; ours touches none of what it
     * does. */
    (void)setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
    (void)execv("/proc/self/exe", argv);
    return 1;
}

int
main(int argc, char **argv)
{
    if (bw_room_wanted(argc, argv)) {
        return bw_room_main(argc, argv);
    }
    if (getenv("BW_FAKE_CAMERA") == NULL) {
        return call_again(argv);
    }
    map_fake();
#define PLUGGED(test) cmocka_unit_test_setup(test, plug_in)
    const struct CMUnitTest tests[] = {
        PLUGGED(yuyv_streams_and_is_read),
        PLUGGED(yuyv_with_padded_lines_streams_and_is_read),
        PLUGGED(nv12_streams_and_is_read),
        PLUGGED(camera_that_has_nv12_alone_streams_and_is_read),
        PLUGGED(grey_streams_and_is_read),
        PLUGGED(mjpeg_streams_in_colour_and_is_read),
        PLUGGED(damaged_mjpeg_is_one_bad_picture_and_no_end),
        PLUGGED(camera_keeps_the_contract_of_frames),
        PLUGGED(largest_fluent_mode_is_chosen),
        PLUGGED(camera_without_a_mode_of_ours_is_refused_with_a_reason),
        PLUGGED(exposure_and_focus_are_set_where_the_camera_has_them),
        PLUGGED(cameras_are_listed_and_other_devices_are_not),
        PLUGGED(camera_in_use_is_said_to_be_gone_not_broken),
        PLUGGED(pulled_out_camera_ends_with_a_reason),
        PLUGGED(camera_that_says_nothing_for_five_seconds_is_gone),
        PLUGGED(paused_camera_stops_its_stream),
        PLUGGED(camera_is_pulled_out_and_put_back_while_running),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    (void)unlink(getenv("BW_FAKE_CAMERA"));
    return failed;
}
