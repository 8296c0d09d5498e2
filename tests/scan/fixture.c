/* Pictures and folders for tests: see fixture.h. */
#include "fixture.h"

#include <dirent.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <qrencode.h>

const char ticket_like_text[] =
    "BW1:0S9M%E  2Q*8G$T+N-K./:1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKL"
    "MNOPQRSTUVWXYZ0123456789ABCDEFGHI";

static uint64_t still_ms;

static void
look_at_clock(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    still_ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

uint64_t
still_clock_ms(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, look_at_clock);
    return still_ms;
}

void
folder_make(struct picture_folder *folder)
{
    const char *base = getenv("TMPDIR");
    (void)snprintf(folder->path, sizeof folder->path, "%s/brugwachter-test-XXXXXX",
        base == NULL ? "/tmp" : base);
    assert_non_null(mkdtemp(folder->path));
}

const char *
folder_file(const struct picture_folder *folder, const char *name)
{
    static char path[600];
    (void)snprintf(path, sizeof path, "%s/%s", folder->path, name);
    return path;
}

void
folder_remove(struct picture_folder *folder)
{
    DIR *dir = opendir(folder->path);
    assert_non_null(dir);
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            (void)unlinkat(dirfd(dir), entry->d_name, 0);
        }
    }
    (void)closedir(dir);
    assert_int_equal(rmdir(folder->path), 0);
}

void
file_write(const char *path, const void *bytes, size_t count)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    assert_int_equal(fclose(file), 0);
}

void
pgm_write(const char *path, const uint8_t *pixels, int width_px, int height_px)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    (void)fprintf(file, "P5\n%d %d\n255\n", width_px, height_px);
    size_t count = (size_t)width_px * (size_t)height_px;
    assert_int_equal(fwrite(pixels, 1, count, file), count);
    assert_int_equal(fclose(file), 0);
}

void
pgm_write_flat(const char *path, int width_px, int height_px, uint8_t grey)
{
    size_t count = (size_t)width_px * (size_t)height_px;
    uint8_t *pixels = malloc(count);
    assert_non_null(pixels);
    memset(pixels, grey, count);
    pgm_write(path, pixels, width_px, height_px);
    free(pixels);
}

void
code_draw(uint8_t *pixels, int width_px, int height_px, const char *text, int module_px)
{
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    assert_non_null(code);
    int side = code->width * module_px;
    int left = (width_px - side) / 2, top = (height_px - side) / 2;
    assert_true(left >= 0 && top >= 0);
    memset(pixels, 225, (size_t)width_px * (size_t)height_px);
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            int module = y / module_px * code->width + x / module_px;
            if ((code->data[module] & 1) != 0) {
                pixels[(size_t)(top + y) * (size_t)width_px + (size_t)(left + x)] = 30;
            }
        }
    }
    QRcode_free(code);
}

void
code_write_pgm(const char *path, const char *text)
{
    enum { WIDTH = 1280, HEIGHT = 720 };
    uint8_t *pixels = malloc((size_t)WIDTH * HEIGHT);
    assert_non_null(pixels);
    code_draw(pixels, WIDTH, HEIGHT, text, 8);
    pgm_write(path, pixels, WIDTH, HEIGHT);
    free(pixels);
}
