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

char *
qr_text_of_picture(cairo_surface_t *picture)
{
    int width = cairo_image_surface_get_width(picture);
    int height = cairo_image_surface_get_height(picture);
    unsigned char *grey = grey_of(picture, width, height);
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)width, (unsigned)height);
    zbar_image_set_data(image, grey, (size_t)width * (size_t)height, NULL);
    assert_int_equal(zbar_scan_image(scanner, image), 1);
    char *text = strdup(zbar_symbol_get_data(zbar_image_first_symbol(image)));
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    free(grey);
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

char *
qr_text_of_pdf(const char *path, int page)
{
    char command[512];
    (void)snprintf(command, sizeof command,
        BW_PDFTOPPM " -q -r 150 -png -f %d -l %d '%s'", page, page, path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    cairo_surface_t *picture = cairo_image_surface_create_from_png_stream(on_read, pipe);
    (void)pclose(pipe);
    assert_int_equal(cairo_surface_status(picture), CAIRO_STATUS_SUCCESS);
    char *text = qr_text_of_picture(picture);
    cairo_surface_destroy(picture);
    return text;
}
