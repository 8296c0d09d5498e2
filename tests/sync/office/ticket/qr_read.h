/* What an independent reader (zbar) finds in pictures and on printed pages. */
#ifndef BW_TESTS_QR_READ_H
#define BW_TESTS_QR_READ_H

#include <cairo.h>

/* The one text in a picture, in a PNG file, on page `page` (from 1) of a PDF as poppler
 * renders it at 150 dpi. Fails the test where there isn't exactly one; the caller
 * frees. */
char *qr_text_of_picture(cairo_surface_t *picture);
char *qr_text_of_png(const char *path);
char *qr_text_of_pdf(const char *path, int page);

/* The one text on a page that begins so, of several, rendered at 300 dpi; *ret_count is
 * how many there are. Fails the test where there isn't exactly one; the caller frees. */
char *qr_text_that_begins(const char *path, int page, const char *begins, int *ret_count);

#endif
