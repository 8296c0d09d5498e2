/* See sheet.h. */
#include "sheet.h"

#include "tests/sync/testing.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zbar.h>
#include <zlib.h>

/* A4 at 4 pixels a point. */
enum { SCALE = 4, WIDTH = 596 * SCALE, HEIGHT = 842 * SCALE, CONTENT_BYTES = 4 << 20 };

#define BLACK "\n0 0 0 rg "

static char *
file_read(const char *path, size_t *ret_length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = malloc(CONTENT_BYTES);
    *ret_length = fread(bytes, 1, CONTENT_BYTES, file);
    (void)fclose(file);
    assert_true(*ret_length < CONTENT_BYTES);
    return bytes;
}

/* The page's content: the first stream that sets black. The caller frees. */
static char *
content_of(const char *pdf, size_t length)
{
    static const char begin[] = "stream\n";
    char *content = malloc(CONTENT_BYTES);
    const char *at = pdf;
    while ((at = memmem(at, length - (size_t)(at - pdf), begin, sizeof begin - 1))) {
        at += sizeof begin - 1;
        z_stream packed = {.next_in = (Bytef *)(uintptr_t)at,
            .avail_in = (uInt)(length - (size_t)(at - pdf)),
            .next_out = (Bytef *)content,
            .avail_out = CONTENT_BYTES - 1};
        assert_int_equal(inflateInit(&packed), Z_OK);
        bool whole = inflate(&packed, Z_FINISH) == Z_STREAM_END;
        content[packed.total_out] = '\0';
        (void)inflateEnd(&packed);
        if (whole && strstr(content, BLACK) != NULL) {
            return content;
        }
    }
    fail_msg("the PDF has nothing black in it");
    return NULL;
}

static void
fill(unsigned char *page, const double corner[2], const double opposite[2])
{
    int left = (int)(corner[0] * SCALE + 0.5), right = (int)(opposite[0] * SCALE + 0.5);
    int top = (int)(corner[1] * SCALE + 0.5), bottom = (int)(opposite[1] * SCALE + 0.5);
    assert_true(left >= 0 && left < right && right <= WIDTH);
    assert_true(top >= 0 && top < bottom && bottom <= HEIGHT);
    for (int y = top; y < bottom; y++) {
        memset(page + (size_t)y * WIDTH + left, 0, (size_t)(right - left));
    }
}

/* The rectangles of one path, each "x y m x y l x y l x y l h", and a last point where
 * nothing begins, up to its "f". */
static void
path_draw(const char *at, unsigned char *page)
{
    double c[4][2];
    int used = 0;
    while (sscanf(at, "%lf %lf m %lf %lf l %lf %lf l %lf %lf l h%n", &c[0][0], &c[0][1],
               &c[1][0], &c[1][1], &c[2][0], &c[2][1], &c[3][0], &c[3][1], &used) == 8) {
        fill(page, c[0], c[2]);
        at += used;
    }
    used = 0;
    (void)sscanf(at, "%lf %lf m%n", &c[0][0], &c[0][1], &used);
    at += used;
    at += strspn(at, " \n");
    assert_int_equal(*at, 'f'); /* all of it was understood */
}

void
sheet_read(const char *path, struct sheet *ret_sheet)
{
    size_t length = 0;
    char *pdf = file_read(path, &length);
    char *content = content_of(pdf, length);
    unsigned char *page = malloc((size_t)WIDTH * HEIGHT);
    memset(page, 255, (size_t)WIDTH * HEIGHT);
    for (const char *at = content; (at = strstr(at, BLACK)) != NULL;) {
        at += sizeof BLACK - 1;
        path_draw(at, page);
    }
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, WIDTH, HEIGHT);
    zbar_image_set_data(image, page, (size_t)WIDTH * HEIGHT, NULL);
    assert_true(zbar_scan_image(scanner, image) > 0);
    *ret_sheet = (struct sheet){.count = 0};
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol != NULL;
         symbol = zbar_symbol_next(symbol)) {
        assert_true(ret_sheet->count < SHEET_CODES_MAX);
        assert_int_equal(zbar_symbol_get_type(symbol), ZBAR_QRCODE);
        (void)snprintf(ret_sheet->texts[ret_sheet->count++], SHEET_TEXT_BYTES, "%s",
            zbar_symbol_get_data(symbol));
    }
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    free(page);
    free(content);
    free(pdf);
}

const char *
sheet_text(const struct sheet *sheet, const char *begins)
{
    const char *found = NULL;
    for (int i = 0; i < sheet->count; i++) {
        if (strncmp(sheet->texts[i], begins, strlen(begins)) == 0) {
            assert_null(found);
            found = sheet->texts[i];
        }
    }
    assert_non_null(found);
    return found;
}
