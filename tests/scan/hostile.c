/* Rows of (name, painter, size of its details). */
#include "hostile.h"

#include "render.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = SCAN_HOSTILE_WIDTH, HEIGHT = SCAN_HOSTILE_HEIGHT };

/* Finder patterns side by side, with a module between. */
static void
paint_finders(int module_px, uint8_t *pixels)
{
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            int u = abs(x / module_px % 9 - 4), v = abs(y / module_px % 9 - 4);
            int ring = u > v ? u : v;
            pixels[y * WIDTH + x] = ring == 2 || ring == 4 ? 255 : 0;
        }
    }
}

static void
paint_noise(int module_px, uint8_t *pixels)
{
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
paint_stripes(int module_px, uint8_t *pixels)
{
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        int u = i % WIDTH / module_px % 7;
        pixels[i] = u == 1 || u == 5 ? 255 : 0;
    }
}

/* Symbols side by side; `broken` ones have data that says nothing, and each looks right
 * until it is read. */
static void
paint_symbols(int version, int module_px, bool broken, uint8_t *pixels)
{
    struct scan_symbol *symbol = malloc(sizeof *symbol);
    uint32_t seed = 9;
    memset(pixels, 255, (size_t)WIDTH * HEIGHT);
    if (!symbol || !scan_symbol_encode("NOTHING", version, 0, symbol)) {
        free(symbol);
        return;
    }
    int size = symbol->modules, side = (size + 4) * module_px;
    for (int top = 0; top + side <= HEIGHT; top += side) {
        for (int left = 0; left + side <= WIDTH; left += side) {
            for (int i = 0; i < size * size; i++) {
                int u = i % size, v = i / size;
                bool data = broken && u > 8 && v > 8 && u < size - 9 && v < size - 9;
                bool dark = data ? scan_random(&seed) < 0.5 : symbol->cells[i];
                for (int k = 0; k < module_px * module_px; k++) {
                    int x = left + (u + 2) * module_px + k % module_px;
                    int y = top + (v + 2) * module_px + k / module_px;
                    pixels[y * WIDTH + x] = dark ? 0 : 255;
                }
            }
        }
    }
    free(symbol);
}

void
scan_hostile_symbols(int version, bool broken, uint8_t ret_pixels[static 1])
{
    int module_px = HEIGHT / (17 + 4 * version + 4);
    paint_symbols(version, module_px < 4 ? module_px : 4, broken, ret_pixels);
}

static void
paint_broken_2(int module_px, uint8_t *pixels)
{
    paint_symbols(2, module_px, true, pixels);
}

static void
paint_broken_5(int module_px, uint8_t *pixels)
{
    paint_symbols(5, module_px, true, pixels);
}

static void
paint_broken_20(int module_px, uint8_t *pixels)
{
    paint_symbols(20, module_px, true, pixels);
}

static void
paint_broken_40(int module_px, uint8_t *pixels)
{
    paint_symbols(40, module_px, true, pixels);
}

static const struct {
    const char *name;
    void (*paint)(int module_px, uint8_t *pixels);
    int module_px;
} pictures[] = {
    {"finder patterns, 2 pixels", paint_finders, 2},
    {"finder patterns, 3 pixels", paint_finders, 3},
    {"finder patterns, 6 pixels", paint_finders, 6},
    {"noise, 1 pixel", paint_noise, 1},
    {"noise, 2 pixels", paint_noise, 2},
    {"noise, 4 pixels", paint_noise, 4},
    {"stripes of finder width", paint_stripes, 3},
    {"unreadable version 2", paint_broken_2, 3},
    {"unreadable version 5", paint_broken_5, 3},
    {"unreadable version 20", paint_broken_20, 2},
    {"unreadable version 40", paint_broken_40, 3},
};

const char *
scan_hostile_draw(int n, uint8_t ret_pixels[static 1])
{
    if (n < 0 || n >= (int)(sizeof pictures / sizeof *pictures)) {
        return NULL;
    }
    pictures[n].paint(pictures[n].module_px, ret_pixels);
    return pictures[n].name;
}
