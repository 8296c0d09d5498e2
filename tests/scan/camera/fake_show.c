/* The fake camera's modes and picture: see fake_show.h. */
#include "fake_show.h"
#include "tests/scan/fixture.h"
#include "scan/qr/scanner.h"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <jpeglib.h>

#include <cmocka.h>

struct fake_camera *fake;
uint8_t fake_grey[WIDTH * HEIGHT];

void
fake_offer(
    uint32_t fourcc, uint32_t width_px, uint32_t height_px, uint32_t frames_a_second)
{
    fake->modes[fake->mode_count++] =
        (struct fake_mode){fourcc, width_px, height_px, frames_a_second};
}

void
fake_show_yuyv(void)
{
    uint8_t *to = fake->picture;
    for (int y = 0; y < HEIGHT; y++, to += fake->padding_bytes) {
        for (int x = 0; x < WIDTH; x++, to += 2) {
            to[0] = fake_grey[y * WIDTH + x];
            to[1] = x % 2 == 0 ? 100 : 150;
        }
    }
    fake->picture_bytes = (uint32_t)(to - fake->picture);
}

void
fake_show_planes(bool chroma)
{
    memcpy(fake->picture, fake_grey, sizeof fake_grey);
    fake->picture_bytes = sizeof fake_grey;
    for (int i = 0; chroma && i < WIDTH * HEIGHT / 2; i++) {
        fake->picture[fake->picture_bytes++] = i % 2 == 0 ? 100 : 150;
    }
}

void
fake_show_mjpeg(void)
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
            line[3 * x] = fake_grey[y * WIDTH + x];
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

uint64_t
fake_clock_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

struct bw_frames *
fake_open(void)
{
    struct bw_frames *frames = NULL;
    struct bw_error err = {0};
    if (bw_frames_open("v4l2:/dev/video0", NULL, &frames, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return frames;
}

/* Waits for the device, as the sandbox does. */
enum bw_frames_state
fake_next(struct bw_frames *frames, struct bw_frame *frame, struct bw_error *err)
{
    struct pollfd wait = {.fd = bw_frames_fd(frames), .events = POLLIN};
    enum bw_frames_state answer = BW_FRAMES_WAIT;
    for (int tries = 0; answer == BW_FRAMES_WAIT && tries < 100; tries++) {
        (void)poll(&wait, 1, 100);
        answer = bw_frames_next(frames, fake_clock_ms(), frame, err);
    }
    return answer;
}

/* With patience: a sanitizer makes the scanner ten times slower. */
void
fake_assert_reads(const struct bw_frame *frame)
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

void
fake_assert_streams(int u, int v)
{
    struct bw_frames *frames = fake_open();
    for (int i = 0; i < 6; i++) { /* more than there are buffers: they go round */
        struct bw_frame frame;
        struct bw_error err = {0};
        assert_int_equal(fake_next(frames, &frame, &err), BW_FRAMES_READY);
        assert_int_equal(bw_frames_load(frames, &frame, &err), BW_OK);
        assert_int_equal(frame.luma.width_px, WIDTH);
        assert_int_equal(frame.luma.height_px, HEIGHT);
        const uint8_t *last =
            frame.yuy2.bytes + 719 * frame.yuy2.stride_bytes + (WIDTH - 2) * 2;
        assert_in_range(last[1], u - 3, u + 3);
        assert_in_range(last[3], v - 3, v + 3);
        if (i == 5) {
            fake_assert_reads(&frame);
        }
    }
    bw_frames_destroy(frames);
    assert_int_equal(fake->streaming, 0);
}

int
fake_plug_in(void **state)
{
    (void)state;
    memset(fake, 0, sizeof *fake);
    atomic_store(&fake->plugged, FAKE_FIRST);
    code_draw(fake_grey, WIDTH, HEIGHT, ticket_like_text, 8);
    return 0;
}

/* zbar 0.23.92 forgets its list of emulated formats, 24 bytes a time that a camera is
 * opened; a sandbox opens one. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
    return "leak:libzbar";
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
    /* The sanitizer's own library wants to be the first;
     * ours touches none of what it does. */
    (void)setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
    (void)execv("/proc/self/exe", argv);
    return 1;
}

void
fake_enter(char **argv)
{
    if (getenv("BW_FAKE_CAMERA") == NULL) {
        exit(call_again(argv));
    }
    map_fake();
}

void
fake_leave(void)
{
    (void)unlink(getenv("BW_FAKE_CAMERA"));
}
