/* See qr_read.h. */
#include "tests/sync/office/ticket/qr_read.h"

#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zbar.h>

/* As 8 bit grey on white; the caller frees. */
static unsigned char *
grey_of(cairo_surface_t *picture, int width, int height)
{
    cairo_surface_t *plain =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(plain);
    cairo_set_source_surface(cairo, picture, 0, 0);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(plain);
    unsigned char *grey = malloc((size_t)width * (size_t)height);
    assert_non_null(grey);
    const unsigned char *pixels = cairo_image_surface_get_data(plain);
    int stride = cairo_image_surface_get_stride(plain);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            grey[y * width + x] = pixels[y * stride + x * 4 + 1];
        }
    }
    cairo_surface_destroy(plain);
    return grey;
}

/* The one that begins so, and how many there are in all. */
static char *
text_that_begins(cairo_surface_t *picture, const char *begins, int *ret_count)
{
    int width = cairo_image_surface_get_width(picture);
    int height = cairo_image_surface_get_height(picture);
    unsigned char *grey = grey_of(picture, width, height);
    char *text = NULL;
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)width, (unsigned)height);
    zbar_image_set_data(image, grey, (size_t)width * (size_t)height, NULL);
    *ret_count = zbar_scan_image(scanner, image);
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol != NULL;
         symbol = zbar_symbol_next(symbol)) {
        const char *found = zbar_symbol_get_data(symbol);
        if (strncmp(found, begins, strlen(begins)) == 0) {
            assert_null(text);
            text = strdup(found);
        }
    }
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    free(grey);
    assert_non_null(text);
    return text;
}

char *
qr_text_of_picture(cairo_surface_t *picture)
{
    int count = 0;
    char *text = text_that_begins(picture, "", &count);
    assert_int_equal(count, 1);
    return text;
}

char *
qr_text_of_png(const char *path)
{
    cairo_surface_t *picture = cairo_image_surface_create_from_png(path);
    assert_int_equal(cairo_surface_status(picture), CAIRO_STATUS_SUCCESS);
    char *text = qr_text_of_picture(picture);
    cairo_surface_destroy(picture);
    return text;
}

static cairo_status_t
on_read(void *file, unsigned char *bytes, unsigned int length)
{
    return fread(bytes, 1, length, file) == length ? CAIRO_STATUS_SUCCESS
                                                   : CAIRO_STATUS_READ_ERROR;
}

static cairo_surface_t *
page_of_pdf(const char *path, int page, int dpi)
{
    char command[512];
    (void)snprintf(command, sizeof command, BW_PDFTOPPM " -q -r %d -png -f %d -l %d '%s'",
        dpi, page, page, path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    cairo_surface_t *picture = cairo_image_surface_create_from_png_stream(on_read, pipe);
    (void)pclose(pipe);
    assert_int_equal(cairo_surface_status(picture), CAIRO_STATUS_SUCCESS);
    return picture;
}

char *
qr_text_of_pdf(const char *path, int page)
{
    cairo_surface_t *picture = page_of_pdf(path, page, 150);
    char *text = qr_text_of_picture(picture);
    cairo_surface_destroy(picture);
    return text;
}

char *
qr_text_that_begins(const char *path, int page, const char *begins, int *ret_count)
{
    cairo_surface_t *picture = page_of_pdf(path, page, 300);
    char *text = text_that_begins(picture, begins, ret_count);
    cairo_surface_destroy(picture);
    return text;
}
