/* QR codes: an independent reader (zbar) reads from the PNG what went in. */
#include "tests/sync/testing.h"

#include "central/base/output.h"
#include "paper/qr.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zbar.h>

#define TICKET                                                                           \
    "BW1:V50000A/04BUC2F:20K9A9TI.JD3SHN:8HRR4XN-6C0/G  E7N7U K6XT+QTJT5 "               \
    "SSU:B/704KB2HG0"                                                                    \
    "R4/IN01JGDE/TL1MRLJF GMHUSN*1ISMD0"

static cairo_status_t
on_read(void *file, unsigned char *bytes, unsigned int length)
{
    return fread(bytes, 1, length, file) == length ? CAIRO_STATUS_SUCCESS
                                                   : CAIRO_STATUS_READ_ERROR;
}

/* Reads a PNG as 8 bit grey; the caller frees. */
static unsigned char *
grey_of_png(FILE *file, unsigned *ret_width, unsigned *ret_height)
{
    rewind(file);
    cairo_surface_t *picture = cairo_image_surface_create_from_png_stream(on_read, file);
    assert_int_equal(cairo_surface_status(picture), CAIRO_STATUS_SUCCESS);
    int width = cairo_image_surface_get_width(picture);
    int height = cairo_image_surface_get_height(picture);
    cairo_surface_t *plain =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(plain);
    cairo_set_source_surface(cairo, picture, 0, 0);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(plain);
    unsigned char *grey = malloc((size_t)width * (size_t)height);
    const unsigned char *pixels = cairo_image_surface_get_data(plain);
    int stride = cairo_image_surface_get_stride(plain);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            grey[y * width + x] = pixels[y * stride + x * 4];
        }
    }
    cairo_surface_destroy(picture);
    cairo_surface_destroy(plain);
    *ret_width = (unsigned)width;
    *ret_height = (unsigned)height;
    return grey;
}

/* What zbar reads; the caller frees. */
static char *
text_of_png(FILE *file)
{
    unsigned width, height;
    unsigned char *grey = grey_of_png(file, &width, &height);
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, width, height);
    zbar_image_set_data(image, grey, (size_t)width * height, NULL);
    assert_int_equal(zbar_scan_image(scanner, image), 1);
    const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
    assert_int_equal(zbar_symbol_get_type(symbol), ZBAR_QRCODE);
    char *text = strdup(zbar_symbol_get_data(symbol));
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    free(grey);
    return text;
}

static void
check_read(const struct bw_qr *qr, int module_px, const char *text)
{
    FILE *file = tmpfile();
    assert_int_equal(bw_qr_write_png(qr, module_px, file, NULL), BW_OK);
    char *read = text_of_png(file);
    assert_string_equal(read, text);
    free(read);
    (void)fclose(file);
}

static void
ticket_is_version_5_and_zbar_reads_it_from_the_png(void **state)
{
    (void)state;
    struct bw_qr qr;
    assert_int_equal(bw_qr_of_ticket(TICKET, &qr, NULL), BW_OK);
    assert_int_equal(qr.size, BW_QR_TICKET_MODULES);
    check_read(&qr, 10, TICKET);
    check_read(&qr, 3, TICKET);
}

/* Level M in the format bits: bits 14 and 13 of the masked word are 00 ^ 10 = 10. */
static void
ticket_has_error_correction_level_m(void **state)
{
    (void)state;
    struct bw_qr qr;
    assert_int_equal(bw_qr_of_ticket(TICKET, &qr, NULL), BW_OK);
    assert_true(qr.dark[8 * qr.size + 0]);
    assert_false(qr.dark[8 * qr.size + 1]);
}

static void
png_has_a_quiet_zone_of_four_modules(void **state)
{
    (void)state;
    struct bw_qr qr;
    unsigned width, height;
    FILE *file = tmpfile();
    assert_int_equal(bw_qr_of_ticket(TICKET, &qr, NULL), BW_OK);
    assert_int_equal(bw_qr_write_png(&qr, 5, file, NULL), BW_OK);
    unsigned char *grey = grey_of_png(file, &width, &height);
    assert_int_equal(width, (37 + 8) * 5);
    assert_int_equal(height, width);
    for (unsigned y = 0; y < height; y++) {
        for (unsigned x = 0; x < width; x++) {
            bool inside = x >= 20 && y >= 20 && x < width - 20 && y < height - 20;
            assert_true(inside || grey[y * width + x] == 255);
        }
    }
    assert_int_equal(grey[20 * width + 20], 0); /* the finder's corner */
    free(grey);
    (void)fclose(file);
}

static void
text_outside_the_alphabet_or_too_long_is_refused(void **state)
{
    (void)state;
    struct bw_qr qr;
    char text[200];
    struct bw_error err;
    assert_int_equal(bw_qr_of_ticket("bw1:lower case", &qr, &err), BW_BAD_INPUT);
    memset(text, 'A', sizeof text);
    text[sizeof text - 1] = '\0';
    assert_int_equal(bw_qr_of_ticket(text, &qr, &err), BW_BAD_INPUT);
    assert_non_null(strstr(err.text, "199 characters"));
}

static void
longest_enrolment_fits_and_is_read(void **state)
{
    (void)state;
    char text[2049];
    struct bw_qr *qr = malloc(sizeof *qr);
    for (size_t i = 0; i < sizeof text - 1; i++) {
        text[i] = "{\"brugwachter\":0123456789abcdef}"[i * 7 % 32];
    }
    text[sizeof text - 1] = '\0';
    assert_int_equal(bw_qr_of_bytes(text, qr, NULL), BW_OK);
    check_read(qr, 4, text);
    free(qr);
}

/* The SVG's runs, filled in, are the same modules. */
static void
svg_has_the_same_modules_as_the_symbol(void **state)
{
    (void)state;
    struct bw_qr qr;
    char *text = NULL;
    size_t length = 0;
    bool dark[45][45] = {{false}};
    FILE *file = open_memstream(&text, &length);
    assert_int_equal(bw_qr_of_ticket(TICKET, &qr, NULL), BW_OK);
    bw_qr_write_svg(&qr, 1.2, "Ticket <&>", file);
    (void)fclose(file);
    assert_non_null(strstr(text, "<title>Ticket &lt;&amp;&gt;</title>"));
    assert_non_null(strstr(text, "viewBox=\"0 0 45 45\""));
    for (char *at = strstr(text, "#000"); (at = strchr(at, 'M')) != NULL; at++) {
        int x, y, run;
        assert_int_equal(sscanf(at, "M%d %dh%dv1", &x, &y, &run), 3);
        assert_true(x >= 4 && y >= 4 && x + run <= 41 && y <= 40);
        for (int i = 0; i < run; i++) {
            dark[y][x + i] = true;
        }
    }
    for (int y = 0; y < qr.size; y++) {
        for (int x = 0; x < qr.size; x++) {
            assert_true(dark[y + 4][x + 4] == qr.dark[y * qr.size + x]);
        }
    }
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticket_is_version_5_and_zbar_reads_it_from_the_png),
        cmocka_unit_test(ticket_has_error_correction_level_m),
        cmocka_unit_test(png_has_a_quiet_zone_of_four_modules),
        cmocka_unit_test(text_outside_the_alphabet_or_too_long_is_refused),
        cmocka_unit_test(longest_enrolment_fits_and_is_read),
        cmocka_unit_test(svg_has_the_same_modules_as_the_symbol),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
