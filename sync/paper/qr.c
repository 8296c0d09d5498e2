/* QR codes: see qr.h. */
#include "paper/qr.h"

#include "central/base/output.h"
#include "paper/palette_png.h"

#include <assert.h>
#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>
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

enum bw_status
bw_qr_write_png(const struct bw_qr *qr, int module_px, FILE *file, struct bw_error *err)
{
    static const uint8_t colours[][3] = {{255, 255, 255}, {0, 0, 0}};
    int side_px = (qr->size + 2 * BW_QR_QUIET_MODULES) * module_px;
    uint8_t *pixels = calloc((size_t)side_px, (size_t)side_px);
    if (pixels == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "writing a QR picture: no memory; close other programs");
    }
    for (int y = 0; y < qr->size * module_px; y++) {
        size_t row = (size_t)(y + BW_QR_QUIET_MODULES * module_px) * (size_t)side_px;
        uint8_t *at = pixels + row + BW_QR_QUIET_MODULES * module_px;
        for (int x = 0; x < qr->size * module_px; x++) {
            at[x] = qr->dark[y / module_px * qr->size + x / module_px];
        }
    }
    const struct bw_palette_png picture = {side_px, side_px, pixels, 2, colours};
    enum bw_status status = bw_palette_png_write(&picture, "a QR picture", file, err);
    free(pixels);
    return status;
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
