/* Empty halls, drawn. */
#include "hall.h"

#include "render.h"

#include <string.h>

static double
between(uint32_t *seed, double low, double high)
{
    return low + (high - low) * scan_random(seed);
}

static uint8_t
grey_of(double grey)
{
    return (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey + 0.5);
}

static const char *const halls[SCAN_HALLS] = {
    [SCAN_HALL_WALL] = "grey wall",
    [SCAN_HALL_NIGHT] = "dark, noisy",
    [SCAN_HALL_PRINT] = "print",
    [SCAN_HALL_TEXT] = "page of text",
    [SCAN_HALL_ROOM] = "room",
};

const char *
scan_hall_name(enum scan_hall hall)
{
    return halls[hall];
}

static void
draw_boxes(int width, int height, int boxes, int most_wide, int most_high, uint32_t *seed,
    uint8_t *to)
{
    for (int box = 0; box < boxes; box++) {
        int left = (int)between(seed, 0, width), top = (int)between(seed, 0, height);
        int right = left + 2 + (int)between(seed, 0, most_wide);
        int bottom = top + 2 + (int)between(seed, 0, most_high);
        int grey = (int)between(seed, 20, 230);
        for (int y = top; y < bottom && y < height; y++) {
            for (int x = left; x < right && x < width; x++) {
                to[y * width + x] = (uint8_t)grey;
            }
        }
    }
}

static void
draw_letter(int left, int top, int width, unsigned strokes, uint8_t *to)
{
    for (int i = 0; i < 7; i++) {
        for (int k = 0; strokes >> i & 1 && k < (i < 3 ? 6 : 9); k++) {
            int x = left + (i < 3 ? k : (i - 3) * 2), y = top + (i < 3 ? i * 5 : k);
            to[y * width + x] = 50;
        }
    }
}

/* Letters that are no letters: strokes in cells of 7 by 11 pixels, in lines. */
static void
draw_letters(int width, int height, uint32_t *seed, uint8_t *to)
{
    memset(to, 225, (size_t)width * (size_t)height);
    for (int top = 20; top + 14 < height - 20; top += 17) {
        for (int left = 30; left + 8 < width - 30; left += 8) {
            if (scan_random(seed) < 0.16) {
                continue; /* a blank */
            }
            unsigned strokes = (unsigned)between(seed, 1, 128);
            draw_letter(left, top, width, strokes, to);
        }
    }
}

void
scan_hall_draw(
    enum scan_hall hall, int n, int width_px, int height_px, uint8_t *ret_pixels)
{
    uint32_t seed = 4711U * (uint32_t)(n + 1) + (uint32_t)hall;
    double noise = 0;
    int pixels = width_px * height_px;
    for (int i = 0; i < pixels; i++) {
        ret_pixels[i] = (uint8_t)(hall == SCAN_HALL_NIGHT ? 18 : 120 + i / width_px / 12);
    }
    switch (hall) {
    case SCAN_HALL_WALL:
        noise = 3 + n % 4;
        break;
    case SCAN_HALL_NIGHT:
        noise = 12 + n % 10;
        break;
    case SCAN_HALL_PRINT:
        draw_boxes(width_px, height_px, pixels / 300, 24, 24, &seed, ret_pixels);
        noise = 3;
        break;
    case SCAN_HALL_TEXT:
        draw_letters(width_px, height_px, &seed, ret_pixels);
        noise = 3;
        break;
    case SCAN_HALL_ROOM:
        draw_boxes(width_px, height_px, 60, 300, 200, &seed, ret_pixels);
        noise = 4 + n % 6;
        break;
    }
    for (int i = 0; i < pixels; i++) {
        double off = (scan_random(&seed) + scan_random(&seed) - 1) * noise;
        ret_pixels[i] = grey_of(ret_pixels[i] + off);
    }
}
