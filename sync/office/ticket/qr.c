/* QR codes: see qr.h. */
#include "office/ticket/qr.h"

#include "central/base/output.h"

#include <assert.h>
#include <cairo.h>
#include <errno.h>
#include <qrencode.h>
#include <string.h>

enum { TICKET_VERSION = 5 };

static void
take_symbol(const QRcode *symbol, struct bw_qr *ret_qr)
{
    assert(symbol->width > 0 && symbol->width <= BW_QR_MODULES_MAX);
    ret_qr->size = symbol->width;
    for (int i = 0; i < symbol->width * symbol->width; i++) {
        ret_qr->dark[i] = symbol->data[i] & 1;
    }
}

static enum bw_status
encode(const char *text, QRencodeMode mode, int version, QRecLevel level,
    struct bw_qr *ret_qr, struct bw_error *err)
{
    QRinput *input = QRinput_new2(version, level);
    QRcode *symbol = NULL;
    if (input && QRinput_append(
                     input, mode, (int)strlen(text), (const unsigned char *)text) == 0) {
        symbol = QRcode_encodeInput(input);
    }
    int number = errno;
    QRinput_free(input);
    /* the library raises the version by itself where a text is too long for it */
    if (!symbol || (version > 0 && symbol->version != version)) {
        QRcode_free(symbol);
        return bw_error_set(err, number == ENOMEM ? BW_NO_MEMORY : BW_BAD_INPUT, 0,
            "drawing a QR code: the text of %zu characters doesn't fit; make it shorter",
            strlen(text));
    }
    take_symbol(symbol, ret_qr);
    QRcode_free(symbol);
    return BW_OK;
}

enum bw_status
bw_qr_of_ticket(const char *text, struct bw_qr *ret_qr, struct bw_error *err)
{
    return encode(text, QR_MODE_AN, TICKET_VERSION, QR_ECLEVEL_M, ret_qr, err);
}

enum bw_status
bw_qr_of_bytes(const char *text, struct bw_qr *ret_qr, struct bw_error *err)
{
    return encode(text, QR_MODE_8, 0, QR_ECLEVEL_L, ret_qr, err);
}

static cairo_status_t
on_png_bytes(void *file, const unsigned char *bytes, unsigned int length)
{
    return fwrite(bytes, 1, length, file) == length ? CAIRO_STATUS_SUCCESS
                                                    : CAIRO_STATUS_WRITE_ERROR;
}

enum bw_status
bw_qr_write_png(const struct bw_qr *qr, int module_px, FILE *file, struct bw_error *err)
{
    int side_px = (qr->size + 2 * BW_QR_QUIET_MODULES) * module_px;
    cairo_surface_t *picture =
        cairo_image_surface_create(CAIRO_FORMAT_A8, side_px, side_px);
    unsigned char *pixels = cairo_image_surface_get_data(picture);
    cairo_status_t status = cairo_surface_status(picture);
    if (status == CAIRO_STATUS_SUCCESS) {
        int stride = cairo_image_surface_get_stride(picture);
        for (int y = 0; y < side_px; y++) {
            for (int x = 0; x < side_px; x++) {
                int row = y / module_px - BW_QR_QUIET_MODULES;
                int column = x / module_px - BW_QR_QUIET_MODULES;
                bool inside =
                    row >= 0 && column >= 0 && row < qr->size && column < qr->size;
                bool dark = inside && qr->dark[row * qr->size + column];
                pixels[y * stride + x] = dark ? 0 : 255;
            }
        }
        cairo_surface_mark_dirty(picture);
        status = cairo_surface_write_to_png_stream(picture, on_png_bytes, file);
    }
    cairo_surface_destroy(picture);
    if (status != CAIRO_STATUS_SUCCESS) {
        return bw_error_set(err, BW_IO, 0, "writing a QR picture: %s; make room",
            cairo_status_to_string(status));
    }
    return BW_OK;
}

void
bw_qr_write_svg(const struct bw_qr *qr, double module_mm, const char *title, FILE *file)
{
    int side = qr->size + 2 * BW_QR_QUIET_MODULES;
    (void)fprintf(file,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.2fmm\" height=\"%.2fmm\" "
        "viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\" role=\"img\"><title>",
        side * module_mm, side * module_mm, side, side);
    bw_html_text(file, title);
    (void)fprintf(file,
        "</title><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"", side,
        side);
    for (int row = 0; row < qr->size; row++) {
        for (int column = 0; column < qr->size; column++) {
            int run = 0;
            while (column + run < qr->size && qr->dark[row * qr->size + column + run]) {
                run++;
            }
            if (run > 0) {
                (void)fprintf(file, "M%d %dh%dv1h-%dz", column + BW_QR_QUIET_MODULES,
                    row + BW_QR_QUIET_MODULES, run, run);
                column += run - 1;
            }
        }
    }
    (void)fputs("\"/></svg>\n", file);
}
