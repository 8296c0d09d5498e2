/* Rows of (name, painter, what, size of its details). */
#include "hostile.h"

#include "barcode.h"
#include "render.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = SCAN_HOSTILE_WIDTH, HEIGHT = SCAN_HOSTILE_HEIGHT };

/* Finder patterns side by side, with a module between. */
static void
paint_finders(int what, int module_px, uint8_t *pixels)
{
    (void)what;
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            int u = abs(x / module_px % 9 - 4), v = abs(y / module_px % 9 - 4);
            int ring = u > v ? u : v;
            pixels[y * WIDTH + x] = ring == 2 || ring == 4 ? 255 : 0;
        }
    }
}

static void
paint_noise(int what, int module_px, uint8_t *pixels)
{
    (void)what;
    uint32_t seed = 3;
    for (int y = 0; y < HEIGHT; y += module_px) {
        for (int x = 0; x < WIDTH; x += module_px) {
            uint8_t grey = scan_random(&seed) < 0.5 ? 0 : 255;
            for (int i = 0; i < module_px * module_px; i++) {
                int at_x = x + i % module_px, at_y = y + i / module_px;
                if (at_x < WIDTH && at_y < HEIGHT) {
                    pixels[at_y * WIDTH + at_x] = grey;
                }
            }
        }
    }
}

static void
paint_stripes(int what, int module_px, uint8_t *pixels)
{
    (void)what;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        int u = i % WIDTH / module_px % 7;
        pixels[i] = u == 1 || u == 5 ? 255 : 0;
    }
}

static void
put(const struct scan_barcode *code, int left, int top, int module_px, uint8_t *pixels)
{
    for (int y = 0; y < code->height * module_px; y++) {
        for (int x = 0; x < code->width * module_px; x++) {
            bool dark = code->cells[y / module_px * code->width + x / module_px];
            pixels[(top + y) * WIDTH + left + x] = dark ? 0 : 255;
        }
    }
}

/* Data that says nothing: it looks right until it is read. */
static void
spoil(struct scan_barcode *code, uint32_t *seed)
{
    for (int i = 0; i < code->width * code->height; i++) {
        int u = i % code->width, v = i / code->width;
        if (u > 8 && v > 8 && u < code->width - 9 && v < code->height - 9) {
            code->cells[i] = scan_random(seed) < 0.5;
        }
    }
}

/* libqrencode 4.1.1 marks three bytes as 0C for C0, so what lacks is added here. */
static bool
add_eci(QRinput *input, unsigned number)
{
    unsigned marked = number < 16384 ? number : number + 0xC00000 - 0xC0000;
    unsigned char bytes[4];
    for (int i = 0; i < 4; i++) {
        bytes[i] = (unsigned char)(marked >> 8 * i);
    }
    return QRinput_append(input, QR_MODE_ECI, sizeof bytes, bytes) == 0;
}

static bool
encode(unsigned number, int version, struct scan_barcode *ret_code)
{
    static const char text[] = "NOTHING";
    QRinput *input = QRinput_new2(version, QR_ECLEVEL_L);
    bool made = input && (number == SCAN_HOSTILE_NO_ECI || add_eci(input, number));
    made = made && QRinput_append(input, QR_MODE_8, sizeof text - 1,
                       (const unsigned char *)text) == 0;
    QRcode *code = made ? QRcode_encodeInput(input) : NULL;
    if (code) {
        ret_code->width = ret_code->height = code->width;
        for (int i = 0; i < code->width * code->width; i++) {
            ret_code->cells[i] = code->data[i] & 1;
        }
    }
    QRinput_free(input);
    QRcode_free(code);
    return code;
}

static void
paint_symbols(int version, int module_px, bool broken, uint8_t *pixels)
{
    static struct scan_barcode code;
    uint32_t seed = 9;
    memset(pixels, 255, (size_t)WIDTH * HEIGHT);
    if (!encode(SCAN_HOSTILE_NO_ECI, version, &code)) {
        return;
    }
    int side = (code.width + 4) * module_px;
    for (int top = 0; top + side <= HEIGHT; top += side) {
        for (int left = 0; left + side <= WIDTH; left += side) {
            if (broken) {
                spoil(&code, &seed);
            }
            put(&code, left + 2 * module_px, top + 2 * module_px, module_px, pixels);
        }
    }
}

void
scan_hostile_symbols(
    int version, bool broken, uint8_t ret_pixels[static SCAN_HOSTILE_PIXELS])
{
    int module_px = HEIGHT / (17 + 4 * version + 4);
    paint_symbols(version, module_px < 4 ? module_px : 4, broken, ret_pixels);
}

static unsigned
eci_number(int n)
{
    static const unsigned ends[] = {
        127, 128, 170, 898, 899, 900, 1000, 16383, 16384, SCAN_HOSTILE_ECI_MAX};
    enum { GIVEN_OUT = 36, ENDS = sizeof ends / sizeof *ends };
    if (n < GIVEN_OUT + ENDS) {
        return n < GIVEN_OUT ? (unsigned)n : ends[n - GIVEN_OUT];
    }
    uint32_t seed = (uint32_t)n * 2654435761U;
    (void)scan_random(&seed);
    return (unsigned)(scan_random(&seed) * SCAN_HOSTILE_ECI_MAX);
}

bool
scan_hostile_eci(int n, int version, uint8_t ret_pixels[static SCAN_HOSTILE_PIXELS])
{
    static struct scan_barcode code;
    memset(ret_pixels, 255, (size_t)WIDTH * HEIGHT);
    if (!encode(eci_number(n), version, &code)) {
        return false;
    }
    put(&code, WIDTH / 2 - 2 * code.width, HEIGHT / 2 - 2 * code.height, 4, ret_pixels);
    return true;
}

static void
paint_broken(int version, int module_px, uint8_t *pixels)
{
    paint_symbols(version, module_px, true, pixels);
}

/* Others' codes, each another one, ten modules apart. */
static void
paint_barcodes(int kind, int module_px, uint8_t *pixels)
{
    static struct scan_barcode code;
    uint32_t seed = 7;
    memset(pixels, 255, (size_t)WIDTH * HEIGHT);
    for (int top = 10 * module_px, high = 0; top < HEIGHT; top += high + 10 * module_px) {
        high = 0;
        for (int left = 10 * module_px;; left += (code.width + 10) * module_px) {
            scan_barcode_make((enum scan_barcode_kind)kind, &seed, &code);
            if (left + code.width * module_px > WIDTH ||
                top + code.height * module_px > HEIGHT) {
                break;
            }
            put(&code, left, top, module_px, pixels);
            high = code.height * module_px > high ? code.height * module_px : high;
        }
        high = high ? high : HEIGHT;
    }
}

static const struct {
    const char *name;
    void (*paint)(int what, int module_px, uint8_t *pixels);
    int what, module_px;
} pictures[] = {
    {"finder patterns, 2 pixels", paint_finders, 0, 2},
    {"finder patterns, 3 pixels", paint_finders, 0, 3},
    {"finder patterns, 6 pixels", paint_finders, 0, 6},
    {"noise, 1 pixel", paint_noise, 0, 1},
    {"noise, 2 pixels", paint_noise, 0, 2},
    {"noise, 4 pixels", paint_noise, 0, 4},
    {"stripes of finder width", paint_stripes, 0, 3},
    {"unreadable version 2", paint_broken, 2, 3},
    {"unreadable version 5", paint_broken, 5, 3},
    {"unreadable version 20", paint_broken, 20, 2},
    {"unreadable version 40", paint_broken, 40, 3},
    {"EAN-13", paint_barcodes, SCAN_EAN_13, 3},
    {"Code 128", paint_barcodes, SCAN_CODE_128, 2},
    {"PDF417", paint_barcodes, SCAN_PDF417, 3},
    {"Data Matrix", paint_barcodes, SCAN_DATA_MATRIX, 4},
    {"Aztec", paint_barcodes, SCAN_AZTEC, 4},
    {"micro QR", paint_barcodes, SCAN_MICRO_QR, 5},
    {"model 1", paint_barcodes, SCAN_MODEL_1, 4},
    {"parts of a structured append", paint_barcodes, SCAN_PART, 4},
};

const char *
scan_hostile_draw(int n, uint8_t ret_pixels[static SCAN_HOSTILE_PIXELS])
{
    if (n < 0 || n >= (int)(sizeof pictures / sizeof *pictures)) {
        return NULL;
    }
    pictures[n].paint(pictures[n].what, pictures[n].module_px, ret_pixels);
    return pictures[n].name;
}
