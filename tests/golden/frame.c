/* 1280x720 YUY2: a soft room, a sleeve, a sheet with a QR code. Drawn by arithmetic. */
#include "frame.h"

#include <qrencode.h>
#include <stddef.h>

enum {
    WIDTH = 1280,
    HEIGHT = 720,
    MODULE = 8,
    SHEET_X = 450,
    SHEET_Y = 130,
    SHEET_W = 380,
    SHEET_H = 470
};

static uint8_t bytes[WIDTH * HEIGHT * 2];

static void
put(int x, int y, int luma, int u, int v)
{
    uint8_t *pair = bytes + ((size_t)y * WIDTH + (size_t)(x & ~1)) * 2;
    pair[(x & 1) * 2] = (uint8_t)luma;
    pair[1] = (uint8_t)u;
    pair[3] = (uint8_t)v;
}

static void
draw_room(void)
{
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            int luma = 120 + (x / 160 % 2) * 18 - y / 12;
            bool sleeve = x > 780 && y > 380 && x + y / 2 > 1060;
            put(x, y, sleeve ? 92 : luma, sleeve ? 142 : 126, sleeve ? 116 : 130);
        }
    }
}

static void
draw_sheet(void)
{
    QRcode *code =
        QRcode_encodeString8bit("BW1:VOORBEELD VAN EEN TICKET", 0, QR_ECLEVEL_M);
    int side = code ? code->width * MODULE : 0;
    int left = SHEET_X + (SHEET_W - side) / 2;
    int top = SHEET_Y + 60;
    for (int y = SHEET_Y; y < SHEET_Y + SHEET_H; y++) {
        for (int x = SHEET_X; x < SHEET_X + SHEET_W; x++) {
            int column = x - left;
            int row = y - top;
            bool dark = code && column >= 0 && row >= 0 && column < side && row < side &&
                        code->data[row / MODULE * code->width + column / MODULE] & 1;
            put(x, y, dark ? 30 : 224, 128, 128);
        }
    }
    QRcode_free(code);
}

struct bw_ui_camera_frame
test_picture(void)
{
    static bool drawn;
    if (!drawn) {
        draw_room();
        draw_sheet();
        drawn = true;
    }
    return (struct bw_ui_camera_frame){.bytes = bytes,
        .width_px = WIDTH,
        .height_px = HEIGHT,
        .stride_bytes = WIDTH * 2};
}
