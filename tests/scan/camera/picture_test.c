/* Picture files from outside: cut, spoilt and lying ones;
 * and the conversions of pixels. */
#include "tests/scan/fixture.h"
#include "scan/camera/picture.h"

#include <SDL_image.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

enum { WIDTH = 48, HEIGHT = 30 };

static struct picture_folder folder;

static int
make_folder(void **state)
{
    (void)state;
    folder_make(&folder);
    return 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    folder_remove(&folder);
    return 0;
}

/* Files of every kind, of a picture with something in it. */
static const char *const names[] = {"a.png", "a.jpg", "a.pgm"};
enum { KINDS = sizeof names / sizeof names[0] };

static struct bw_picture_file
make_file(int kind)
{
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_RGB888);
    assert_non_null(surface);
    uint8_t grey[WIDTH * HEIGHT];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        grey[i] = (uint8_t)(i * 7);
        ((uint32_t *)surface->pixels)[i] = grey[i] * 0x010101u;
    }
    const char *path = folder_file(&folder, names[kind]);
    switch (kind) {
    case 0:
        assert_int_equal(IMG_SavePNG(surface, path), 0);
        break;
    case 1:
        assert_int_equal(IMG_SaveJPG(surface, path, 95), 0);
        break;
    default:
        pgm_write(path, grey, WIDTH, HEIGHT);
    }
    SDL_FreeSurface(surface);
    struct bw_picture_file file = {0};
    assert_int_equal(
        bw_picture_read(folder_file(&folder, names[kind]), &file, NULL), BW_OK);
    return file;
}

static void
size_is_known_from_the_heading(void **state)
{
    (void)state;
    for (int kind = 0; kind < KINDS; kind++) {
        struct bw_picture_file file = make_file(kind);
        struct bw_picture_about about = {0};
        assert_int_equal(bw_picture_look(&file, &about, NULL), BW_OK);
        assert_int_equal(about.width_px, WIDTH);
        assert_int_equal(about.height_px, HEIGHT);
        bw_picture_file_finish(&file);
    }
}

/* libpng talks to stderr about each of these; that isn't what is tested. */
static int
be_quiet(void)
{
    int kept = dup(STDERR_FILENO);
    (void)freopen("/dev/null", "w", stderr);
    return kept;
}

static void
speak_again(int kept)
{
    (void)fflush(stderr);
    (void)dup2(kept, STDERR_FILENO);
    (void)close(kept);
}

/* In a block of its exact size, so that the address sanitizer sees a byte too far. */
static void
draw_copy(const struct bw_picture_file *file, size_t count, size_t spoil_at, uint8_t with)
{
    struct bw_picture_file copy = {.bytes = malloc(count), .count = count};
    struct bw_raster raster;
    assert_non_null(copy.bytes);
    assert_true(bw_raster_init(&raster, WIDTH, HEIGHT));
    memcpy(copy.bytes, file->bytes, count);
    if (spoil_at < count) {
        copy.bytes[spoil_at] ^= with;
    }
    struct bw_error err = {0};
    enum bw_status status = bw_picture_draw(&copy, &raster, &err);
    assert_true(status == BW_OK || err.text[0] != '\0');
    bw_raster_finish(&raster);
    bw_picture_file_finish(&copy);
}

static void
file_cut_anywhere_is_an_error_or_a_picture_never_more(void **state)
{
    (void)state;
    int kept = be_quiet();
    for (int kind = 0; kind < KINDS; kind++) {
        struct bw_picture_file file = make_file(kind);
        for (size_t count = 1; count < file.count; count += count < 100 ? 1 : 13) {
            draw_copy(&file, count, SIZE_MAX, 0);
        }
        bw_picture_file_finish(&file);
    }
    speak_again(kept);
}

static void
file_spoilt_anywhere_is_an_error_or_a_picture_never_more(void **state)
{
    (void)state;
    int kept = be_quiet();
    for (int kind = 0; kind < KINDS; kind++) {
        struct bw_picture_file file = make_file(kind);
        for (size_t at = 0; at < file.count; at += at < 200 ? 1 : 17) {
            draw_copy(&file, file.count, at, 0xff);
            draw_copy(&file, file.count, at, 0x01);
        }
        bw_picture_file_finish(&file);
    }
    speak_again(kept);
}

/* libpng's warning, for a file that is read for ever, is a line each time. */
static void
png_cut_in_any_chunk_ends_and_is_named(void **state)
{
    (void)state;
    static const uint8_t heading[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0,
        0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 64, 0, 0, 0, 64, 8, 0, 0, 0, 0, 0x8f, 0x02,
        0x2e, 0x02};
    static const char types[][5] = {"gAMA", "pHYs", "tEXt", "tIME", "cHRM", "bKGD",
        "zTXt", "iTXt", "iCCP", "tRNS", "sBIT", "prVt", "IDAT"};
    const struct rlimit limit = {10, 12};
    int kept = be_quiet();
    (void)setrlimit(RLIMIT_CPU, &limit);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        for (size_t cut = 1; cut <= 24; cut++) {
            uint8_t bytes[sizeof heading + 24] = {0};
            memcpy(bytes, heading, sizeof heading);
            bytes[sizeof heading + 3] = 14;
            memcpy(bytes + sizeof heading + 4, types[i], 4);
            const struct bw_picture_file file = {bytes, sizeof heading + cut};
            struct bw_raster raster;
            struct bw_error err = {0};
            assert_true(bw_raster_init(&raster, WIDTH, HEIGHT));
            assert_int_equal(bw_picture_draw(&file, &raster, &err), BW_BAD_INPUT);
            assert_non_null(strstr(err.text, "ends early"));
            bw_raster_finish(&raster);
        }
    }
    speak_again(kept);
}

static void
png_without_its_last_chunk_is_a_picture(void **state)
{
    (void)state;
    struct bw_picture_file file = make_file(0);
    struct bw_raster raster;
    assert_true(bw_raster_init(&raster, WIDTH, HEIGHT));
    for (size_t less = 1; less <= 12; less++) {
        const struct bw_picture_file cut = {file.bytes, file.count - less};
        assert_int_equal(bw_picture_draw(&cut, &raster, NULL), BW_OK);
    }
    bw_raster_finish(&raster);
    bw_picture_file_finish(&file);
}

/* Each scan goes over the whole picture. */
static void
jpeg_of_a_thousand_scans_is_refused(void **state)
{
    (void)state;
    enum { SCANS = 1000, SCAN_BYTES = 10 };
    struct bw_picture_file file = make_file(1);
    struct bw_raster raster;
    struct bw_error err = {0};
    assert_true(bw_raster_init(&raster, WIDTH, HEIGHT));
    assert_int_equal(bw_picture_draw(&file, &raster, &err), BW_OK);
    file.bytes = realloc(file.bytes, file.count + SCANS * SCAN_BYTES);
    assert_non_null(file.bytes);
    file.count -= 2; /* the end of the image */
    for (int i = 0; i < SCANS; i++) {
        static const uint8_t scan[SCAN_BYTES] = {0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0};
        memcpy(file.bytes + file.count, scan, SCAN_BYTES);
        file.count += SCAN_BYTES;
    }
    assert_int_equal(bw_picture_draw(&file, &raster, &err), BW_BAD_INPUT);
    assert_non_null(strstr(err.text, "scans"));
    bw_raster_finish(&raster);
    bw_picture_file_finish(&file);
}

static void
pipe_in_place_of_a_file_does_not_hold_us_up(void **state)
{
    (void)state;
    struct bw_picture_file file = {0};
    struct bw_error err = {0};
    assert_int_equal(bw_picture_read("/dev/zero", &file, &err), BW_BAD_INPUT);
    assert_int_equal(bw_picture_read("/dev/null", &file, &err), BW_BAD_INPUT);
    assert_null(file.bytes);
}

static void
smaller_picture_keeps_its_mean_and_its_edges(void **state)
{
    (void)state;
    enum { FROM = 90 };
    static uint32_t pixels[FROM * FROM];
    struct bw_raster raster;
    assert_true(bw_raster_init(&raster, 60, 60));
    for (int i = 0; i < FROM * FROM; i++) { /* black left half, white right half */
        pixels[i] = i % FROM < FROM / 2 ? 0 : 0xffffff;
    }
    bw_raster_from_rgb(&raster, pixels, FROM, FROM, FROM * sizeof pixels[0]);
    for (int y = 0; y < 60; y += 59) {
        assert_int_equal(raster.luma[y * 60], 0);
        assert_int_equal(raster.luma[y * 60 + 29], 0);
        assert_int_equal(raster.luma[y * 60 + 30], 255);
        assert_int_equal(raster.luma[y * 60 + 59], 255);
    }
    for (int i = 0; i < FROM * FROM;
         i++) { /* stripes of one pixel: the mean everywhere */
        pixels[i] = i % FROM % 3 == 0 ? 0 : 0xffffff;
    }
    bw_raster_from_rgb(&raster, pixels, FROM, FROM, FROM * sizeof pixels[0]);
    long sum = 0;
    for (int i = 0; i < 60 * 60; i++) {
        sum += raster.luma[i];
    }
    assert_in_range(sum / 3600, 168, 172);
    bw_raster_finish(&raster);
}

static void
colours_become_video_yuv(void **state)
{
    (void)state;
    static const struct {
        uint32_t rgb;
        int y, u, v; /* BT.601, as tables have it */
    } colours[] = {{0xff0000, 81, 90, 240}, {0x00ff00, 145, 54, 34},
        {0x0000ff, 41, 240, 110}, {0xffffff, 235, 128, 128}, {0, 16, 128, 128}};
    struct bw_raster raster;
    assert_true(bw_raster_init(&raster, 2, 1));
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++) {
        uint32_t pixels[2] = {colours[i].rgb, colours[i].rgb};
        bw_raster_from_rgb(&raster, pixels, 2, 1, sizeof pixels);
        assert_in_range(raster.yuy2[0], colours[i].y - 2, colours[i].y + 2);
        assert_in_range(raster.yuy2[1], colours[i].u - 2, colours[i].u + 2);
        assert_in_range(raster.yuy2[3], colours[i].v - 2, colours[i].v + 2);
    }
    bw_raster_finish(&raster);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(size_is_known_from_the_heading),
        cmocka_unit_test(file_cut_anywhere_is_an_error_or_a_picture_never_more),
        cmocka_unit_test(file_spoilt_anywhere_is_an_error_or_a_picture_never_more),
        cmocka_unit_test(png_cut_in_any_chunk_ends_and_is_named),
        cmocka_unit_test(png_without_its_last_chunk_is_a_picture),
        cmocka_unit_test(jpeg_of_a_thousand_scans_is_refused),
        cmocka_unit_test(pipe_in_place_of_a_file_does_not_hold_us_up),
        cmocka_unit_test(smaller_picture_keeps_its_mean_and_its_edges),
        cmocka_unit_test(colours_become_video_yuv),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
