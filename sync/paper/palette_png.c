/* Pictures of few colours: see palette_png.h. */
#include "paper/palette_png.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

/* White, black, and inkt, steen, gracht and zon of paper.c with what lies between them
 * and white at an edge. */
static const uint8_t paper[BW_PALETTE_PNG_COLOURS_MAX][3] = {
    {0xFF, 0xFF, 0xFF},
    {0x00, 0x00, 0x00},
    {0x0C, 0x2A, 0x33},
    {0x49, 0x5F, 0x66},
    {0x86, 0x95, 0x99},
    {0xC2, 0xCA, 0xCC},
    {0x34, 0x48, 0x50},
    {0x9A, 0xA4, 0xA8},
    {0x0F, 0x3F, 0x4D},
    {0x4B, 0x6F, 0x7A},
    {0x87, 0x9F, 0xA6},
    {0xC3, 0xCF, 0xD3},
    {0xFF, 0xCB, 0x3D},
    {0xFF, 0xE5, 0x9E},
    {0x87, 0x85, 0x45},
    {0xE0, 0xE5, 0xE6},
};

enum bw_status
bw_palette_png_write(const struct bw_palette_png *picture, const char *what, FILE *file,
    struct bw_error *err)
{
    png_image image = {.version = PNG_IMAGE_VERSION,
        .width = (png_uint_32)picture->width_px,
        .height = (png_uint_32)picture->height_px,
        .format = PNG_FORMAT_RGB_COLORMAP,
        .flags = PNG_IMAGE_FLAG_FAST,
        .colormap_entries = (png_uint_32)picture->colours_count};
    if (png_image_write_to_stdio(
            &image, file, 0, picture->indices, 0, picture->colours) != 0) {
        return BW_OK;
    }
    return bw_error_set(err, BW_IO, 0, "writing %s: %s; make room", what, image.message);
}

static uint8_t
nearest(uint32_t pixel)
{
    int red = (int)(pixel >> 16 & 0xFF), green = (int)(pixel >> 8 & 0xFF);
    int blue = (int)(pixel & 0xFF), least = INT32_MAX;
    uint8_t best = 0;
    for (int i = 0; i < BW_PALETTE_PNG_COLOURS_MAX; i++) {
        int r = red - paper[i][0], g = green - paper[i][1], b = blue - paper[i][2];
        int distance = r * r + g * g + b * b;
        if (distance < least) {
            least = distance;
            best = (uint8_t)i;
        }
    }
    return best;
}

/* Neighbours are alike, so the last colour is remembered. */
static void
indices_take(cairo_surface_t *drawn, int width, int height, uint8_t *ret_indices)
{
    const unsigned char *bytes = cairo_image_surface_get_data(drawn);
    int stride = cairo_image_surface_get_stride(drawn);
    uint32_t last = 0xFFFFFF, pixel;
    uint8_t index = 0;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            memcpy(&pixel, bytes + (size_t)y * (size_t)stride + (size_t)x * 4, 4);
            pixel &= 0xFFFFFF;
            if (pixel != last) {
                last = pixel;
                index = nearest(pixel);
            }
            *ret_indices++ = index;
        }
    }
}

enum bw_status
bw_palette_png_write_drawn(
    cairo_t *cairo, const char *what, FILE *file, struct bw_error *err)
{
    cairo_surface_t *drawn = cairo_get_target(cairo);
    cairo_surface_flush(drawn);
    int width = cairo_image_surface_get_width(drawn);
    int height = cairo_image_surface_get_height(drawn);
    uint8_t *indices = cairo_status(cairo) == CAIRO_STATUS_SUCCESS && width > 0
                           ? malloc((size_t)width * (size_t)height)
                           : NULL;
    if (indices == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "writing %s: no memory; close other programs", what);
    }
    indices_take(drawn, width, height, indices);
    const struct bw_palette_png picture = {
        width, height, indices, BW_PALETTE_PNG_COLOURS_MAX, paper};
    enum bw_status status = bw_palette_png_write(&picture, what, file, err);
    free(indices);
    return status;
}
