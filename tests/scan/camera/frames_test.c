/* A folder of pictures, played as a camera. */
#include "tests/scan/fixture.h"
#include "frames_contract.h"
#include "scan/camera/frames.h"

#include <SDL_image.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static int
make_folder(void **state)
{
    static struct picture_folder folder;
    folder_make(&folder);
    *state = &folder;
    return 0;
}

static int
remove_folder(void **state)
{
    folder_remove(*state);
    return 0;
}

static struct bw_frames *
play(const struct picture_folder *folder, const char *ending)
{
    char spec[300];
    struct bw_frames *frames = NULL;
    struct bw_error err = {0};
    (void)snprintf(spec, sizeof spec, "images:%s%s", folder->path, ending);
    if (bw_frames_open(spec, NULL, &frames, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return frames;
}

/* The next frame at `at_ms`, which has to be there; loads it. Returns its grey. */
static int
frame_at(struct bw_frames *frames, uint64_t at_ms, struct bw_frame *ret_frame)
{
    struct bw_error err = {0};
    assert_int_equal(bw_frames_next(frames, at_ms, ret_frame, &err), BW_FRAMES_READY);
    assert_int_equal(bw_frames_load(frames, ret_frame, &err), BW_OK);
    return ret_frame->luma.pixels[360 * ret_frame->luma.stride_bytes + 640];
}

static void
assert_waits(struct bw_frames *frames, uint64_t at_ms)
{
    struct bw_frame frame;
    assert_int_equal(bw_frames_next(frames, at_ms, &frame, NULL), BW_FRAMES_WAIT);
}

static void
flat(const struct picture_folder *folder, const char *name, uint8_t grey)
{
    pgm_write_flat(folder_file(folder, name), 1280, 720, grey);
}

/* FI3: a frame is due every 1/30 s. */
static void
pictures_play_in_byte_order_thirty_a_second(void **state)
{
    const struct picture_folder *folder = *state;
    flat(folder, "b.pgm", 60);
    flat(folder, "a10.pgm", 20);
    flat(folder, "a2.pgm", 40); /* after a10: bytes, not numbers */
    flat(folder, "B.pgm", 10);  /* capitals first */
    flat(folder, ".hidden.pgm", 90);
    file_write(folder_file(folder, "notes.txt"), "x", 1);
    struct bw_frames *frames = play(folder, "");
    struct bw_frame frame;
    assert_int_equal(bw_frames_fd(frames), -1);
    assert_int_equal(frame_at(frames, 1000, &frame), 10);
    assert_int_equal(bw_frames_due_ms(frames), 1033);
    assert_waits(frames, 1032);
    assert_int_equal(frame_at(frames, 1033, &frame), 20);
    assert_string_equal(frame.name, "a10.pgm");
    assert_int_equal(frame_at(frames, 1066, &frame), 40);
    assert_waits(frames, 1099);
    assert_int_equal(frame_at(frames, 1100, &frame), 60);
    assert_int_equal(frame.picture, 3);
    bw_frames_destroy(frames);
}

static void
film_stays_on_the_last_picture(void **state)
{
    const struct picture_folder *folder = *state;
    flat(folder, "1.pgm", 10);
    flat(folder, "2.pgm", 20);
    struct bw_frames *frames = play(folder, "");
    struct bw_frame frame;
    assert_int_equal(frame_at(frames, 1000, &frame), 10);
    for (uint64_t at_ms = 1040; at_ms < 9000; at_ms += 40) {
        assert_int_equal(frame_at(frames, at_ms, &frame), 20);
    }
    bw_frames_destroy(frames);
}

static void
loop_begins_again(void **state)
{
    const struct picture_folder *folder = *state;
    flat(folder, "1.pgm", 10);
    flat(folder, "2.pgm", 20);
    struct bw_frames *frames = play(folder, ",loop");
    struct bw_frame frame;
    for (uint64_t at_ms = 1000; at_ms < 2000; at_ms += 80) {
        assert_int_equal(frame_at(frames, at_ms, &frame), 10);
        assert_int_equal(frame_at(frames, at_ms + 40, &frame), 20);
    }
    bw_frames_destroy(frames);
}

static void
picture_named_at_2s_stays_two_seconds(void **state)
{
    const struct picture_folder *folder = *state;
    flat(folder, "1@2s.pgm", 10);
    flat(folder, "2@0.5s.pgm", 20);
    flat(folder, "3@200ms.pgm", 30);
    flat(folder, "4@home.pgm", 40); /* no time: one frame */
    flat(folder, "5.pgm", 50);
    struct bw_frames *frames = play(folder, "");
    struct bw_frame frame;
    static const struct {
        int grey;
        uint64_t from_ms, to_ms;
    } turns[] = {{10, 1000, 2999}, {20, 3000, 3499}, {30, 3500, 3699}, {40, 3700, 3733},
        {50, 3733, 9000}};
    int frames_seen = 0;
    for (uint64_t at_ms = 1000; at_ms < 5000;) {
        int grey = frame_at(frames, at_ms, &frame);
        for (size_t i = 0; i < sizeof turns / sizeof turns[0]; i++) {
            /* a frame may come up to one frame later than its turn begins */
            if (grey == turns[i].grey) {
                assert_in_range(at_ms, turns[i].from_ms, turns[i].to_ms + 70);
            }
        }
        frames_seen++;
        at_ms = bw_frames_due_ms(frames);
    }
    assert_in_range(frames_seen, 119, 121); /* four seconds */
    bw_frames_destroy(frames);
}

/* FI2: a turn is counted from when the picture was shown. */
static void
slow_reader_misses_no_picture(void **state)
{
    const struct picture_folder *folder = *state;
    flat(folder, "1.pgm", 10);
    flat(folder, "2.pgm", 20);
    flat(folder, "3.pgm", 30);
    struct bw_frames *frames = play(folder, "");
    struct bw_frame frame;
    assert_int_equal(frame_at(frames, 1000, &frame), 10);
    assert_int_equal(frame_at(frames, 8000, &frame), 20);
    assert_waits(frames, 8032);
    assert_int_equal(frame_at(frames, 15000, &frame), 30);
    bw_frames_destroy(frames);
}

static void
bad_files_are_named_and_left_out(void **state)
{
    const struct picture_folder *folder = *state;
    static const uint8_t cut_png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10";
    flat(folder, "2.pgm", 20);
    file_write(folder_file(folder, "1.png"), "no picture", 10);
    file_write(folder_file(folder, "3.png"), cut_png, sizeof cut_png - 1);
    file_write(folder_file(folder, "4.jpg"), "", 0);
    assert_int_equal(mkdir(folder_file(folder, "5.png"), 0700), 0);
    struct bw_frames *frames = play(folder, "");
    struct bw_frame frame;
    struct bw_error err = {0};
    uint64_t at_ms = 1000;
    static const char *const bad[] = {"1.png", NULL, "3.png", "4.jpg", "5.png"};
    for (size_t i = 0; i < 5; i++, at_ms += 40) {
        assert_int_equal(bw_frames_next(frames, at_ms, &frame, NULL), BW_FRAMES_READY);
        enum bw_status status = bw_frames_load(frames, &frame, &err);
        if (bad[i] == NULL) {
            assert_int_equal(status, BW_OK);
            continue;
        }
        assert_int_equal(status, BW_BAD_INPUT);
        assert_non_null(strstr(err.text, bad[i]));
        bw_frames_drop(frames);
    }
    for (; at_ms < 2000; at_ms += 40) { /* stays on the last that can be read */
        assert_int_equal(frame_at(frames, at_ms, &frame), 20);
    }
    bw_frames_destroy(frames);
    assert_int_equal(rmdir(folder_file(folder, "5.png")), 0);
}

static void
folder_of_bad_files_alone_ends_with_a_reason(void **state)
{
    const struct picture_folder *folder = *state;
    file_write(folder_file(folder, "1.png"), "no picture", 10);
    struct bw_frames *frames = play(folder, ",loop");
    struct bw_frame frame;
    struct bw_error err = {0};
    assert_int_equal(bw_frames_next(frames, 1000, &frame, &err), BW_FRAMES_READY);
    assert_int_equal(bw_frames_load(frames, &frame, &err), BW_BAD_INPUT);
    bw_frames_drop(frames);
    assert_int_equal(bw_frames_next(frames, 1040, &frame, &err), BW_FRAMES_GONE);
    assert_non_null(strstr(err.text, "none of them can be read"));
    bw_frames_destroy(frames);
}

static void
picture_that_claims_to_be_huge_is_refused(void **state)
{
    const struct picture_folder *folder = *state;
    static const char huge[] = "P5\n99999 99999\n255\n";
    file_write(folder_file(folder, "1.pgm"), huge, sizeof huge - 1);
    struct bw_frames *frames = play(folder, "");
    struct bw_frame frame;
    struct bw_error err = {0};
    assert_int_equal(bw_frames_next(frames, 1000, &frame, &err), BW_FRAMES_READY);
    assert_int_equal(bw_frames_load(frames, &frame, &err), BW_BAD_INPUT);
    assert_non_null(strstr(err.text, "99999 by 99999"));
    bw_frames_destroy(frames);
}

/* 1x1, lossless, the colour 200, 200, 200. */
static const uint8_t tiny_webp[] = {0x52, 0x49, 0x46, 0x46, 0x1a, 0x00, 0x00, 0x00, 0x57,
    0x45, 0x42, 0x50, 0x56, 0x50, 0x38, 0x4c, 0x0d, 0x00, 0x00, 0x00, 0x2f, 0x00, 0x00,
    0x00, 0x10, 0x07, 0x10, 0x11, 0x11, 0x88, 0x88, 0xfe, 0x07, 0x00};

static void
all_four_kinds_of_picture_are_read(void **state)
{
    const struct picture_folder *folder = *state;
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, 1280, 720, 32, SDL_PIXELFORMAT_RGB888);
    assert_non_null(surface);
    assert_int_equal(SDL_FillRect(surface, NULL, 0x646464), 0);
    assert_int_equal(IMG_SavePNG(surface, folder_file(folder, "1.png")), 0);
    assert_int_equal(IMG_SaveJPG(surface, folder_file(folder, "2.JPG"), 90), 0);
    SDL_FreeSurface(surface);
    flat(folder, "3.pgm", 100);
    file_write(folder_file(folder, "4.webp"), tiny_webp, sizeof tiny_webp);
    struct bw_frames *frames = play(folder, "");
    struct bw_frame frame;
    assert_in_range(frame_at(frames, 1000, &frame), 99, 101);
    assert_in_range(frame_at(frames, 1040, &frame), 98, 102);
    assert_int_equal(frame_at(frames, 1080, &frame), 100);
    (void)frame_at(frames, 1120, &frame);
    bw_frames_destroy(frames);
}

static void
pictures_come_at_1280_by_720_whatever_their_size(void **state)
{
    const struct picture_folder *folder = *state;
    pgm_write_flat(folder_file(folder, "1.pgm"), 300, 200, 250);
    pgm_write_flat(folder_file(folder, "2.pgm"), 1440, 2880, 250);
    pgm_write_flat(folder_file(folder, "3.pgm"), 1, 1, 250);
    struct bw_frames *frames = play(folder, "");
    static const int side[][2] = {{300, 200}, {360, 720}, {1, 1}};
    for (int i = 0; i < 3; i++) {
        struct bw_frame frame;
        (void)frame_at(frames, 1000 + (uint64_t)i * 40, &frame);
        assert_int_equal(frame.luma.width_px, 1280);
        assert_int_equal(frame.yuy2.height_px, 720);
        long light = 0;
        for (int at = 0; at < 1280 * 720; at++) {
            light += frame.luma.pixels[at] > 240;
        }
        assert_int_equal(light, side[i][0] * side[i][1]);
    }
    bw_frames_destroy(frames);
}

static void
transparent_is_white_as_on_paper(void **state)
{
    const struct picture_folder *folder = *state;
    SDL_Surface *clear =
        SDL_CreateRGBSurfaceWithFormat(0, 1280, 720, 32, SDL_PIXELFORMAT_ARGB8888);
    assert_non_null(clear);
    assert_int_equal(SDL_FillRect(clear, NULL, 0), 0);
    assert_int_equal(IMG_SavePNG(clear, folder_file(folder, "1.png")), 0);
    SDL_FreeSurface(clear);
    struct bw_frames *frames = play(folder, "");
    struct bw_frame frame;
    assert_int_equal(frame_at(frames, 1000, &frame), 255);
    bw_frames_destroy(frames);
}

static void
film_can_begin_later(void **state)
{
    const struct picture_folder *folder = *state;
    flat(folder, "1.pgm", 10);
    flat(folder, "2.pgm", 20);
    flat(folder, "3.pgm", 30);
    char spec[300];
    (void)snprintf(spec, sizeof spec, "images:%s", folder->path);
    static const struct {
        uint32_t first;
        int grey;
    } cases[] = {{0, 10}, {1, 20}, {2, 30}, {99, 30}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bw_frames_options options = {.first_picture = cases[i].first};
        struct bw_frames *frames = NULL;
        struct bw_frame frame;
        assert_int_equal(bw_frames_open(spec, &options, &frames, NULL), BW_OK);
        assert_int_equal(frame_at(frames, 1000, &frame), cases[i].grey);
        bw_frames_destroy(frames);
    }
}

static void
empty_or_missing_folder_is_refused_with_a_reason(void **state)
{
    const struct picture_folder *folder = *state;
    char spec[300];
    struct bw_frames *frames = NULL;
    struct bw_error err = {0};
    (void)snprintf(spec, sizeof spec, "images:%s", folder->path);
    assert_int_equal(bw_frames_open(spec, NULL, &frames, &err), BW_NOT_FOUND);
    assert_non_null(strstr(err.text, "no picture is in it"));
    assert_int_equal(
        bw_frames_open("images:/nowhere/at/all", NULL, &frames, &err), BW_NOT_FOUND);
    assert_non_null(strstr(err.text, "/nowhere/at/all"));
    assert_null(frames);
}

static void
folder_keeps_the_contract_of_frames(void **state)
{
    const struct picture_folder *folder = *state;
    flat(folder, "1.pgm", 10);
    pgm_write_flat(folder_file(folder, "2.pgm"), 301, 77, 20);
    flat(folder, "3.pgm", 30);
    frames_keep_their_contract(play(folder, ""), true);
    frames_keep_their_contract(play(folder, ",loop"), true);
}

int
main(void)
{
#define WITH_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(pictures_play_in_byte_order_thirty_a_second),
        WITH_FOLDER(film_stays_on_the_last_picture),
        WITH_FOLDER(loop_begins_again),
        WITH_FOLDER(picture_named_at_2s_stays_two_seconds),
        WITH_FOLDER(slow_reader_misses_no_picture),
        WITH_FOLDER(bad_files_are_named_and_left_out),
        WITH_FOLDER(folder_of_bad_files_alone_ends_with_a_reason),
        WITH_FOLDER(picture_that_claims_to_be_huge_is_refused),
        WITH_FOLDER(all_four_kinds_of_picture_are_read),
        WITH_FOLDER(pictures_come_at_1280_by_720_whatever_their_size),
        WITH_FOLDER(transparent_is_white_as_on_paper),
        WITH_FOLDER(film_can_begin_later),
        WITH_FOLDER(empty_or_missing_folder_is_refused_with_a_reason),
        WITH_FOLDER(folder_keeps_the_contract_of_frames),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
