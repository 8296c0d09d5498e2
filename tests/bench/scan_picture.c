/* Loads with SDL2_image and scales by area: each pixel is the mean of what it covers. */
#include "scan_picture.h"

#include <SDL2/SDL.h>
#include <SDL2/SDL_image.h>
#include <math.h>
#include <stdlib.h>

static uint8_t *
grey_of(const SDL_Surface *rgb)
{
    uint8_t *grey = malloc((size_t)rgb->w * (size_t)rgb->h);
    for (int y = 0; grey && y < rgb->h; y++) {
        const uint8_t *from = (const uint8_t *)rgb->pixels + (ptrdiff_t)y * rgb->pitch;
        for (int x = 0; x < rgb->w; x++, from += 3) {
            grey[(size_t)y * (size_t)rgb->w + (size_t)x] =
                (uint8_t)((77 * from[0] + 150 * from[1] + 29 * from[2]) >> 8);
        }
    }
    return grey;
}

/* One row or column made shorter: weights by the part that is covered. */
static void
shrink_line(const float *from, int from_size, ptrdiff_t from_step, float *to, int to_size,
    ptrdiff_t to_step)
{
    double ratio = (double)from_size / to_size;
    for (int i = 0; i < to_size; i++) {
        double begin = i * ratio, end = (i + 1) * ratio, sum = 0;
        for (int k = (int)begin; k < from_size && k < end; k++) {
            double part = fmin(end, k + 1) - fmax(begin, k);
            sum += part * (double)from[k * from_step];
        }
        to[i * to_step] = (float)(sum / ratio);
    }
}

static uint8_t *
shrink(const uint8_t *grey, int width, int height, int to_width, int to_height)
{
    float *full = malloc(sizeof *full * (size_t)width * (size_t)height);
    float *narrow = malloc(sizeof *narrow * (size_t)to_width * (size_t)height);
    float *small = malloc(sizeof *small * (size_t)to_width * (size_t)to_height);
    uint8_t *bytes = malloc((size_t)to_width * (size_t)to_height);
    if (full && narrow && small && bytes) {
        for (size_t i = 0; i < (size_t)width * (size_t)height; i++) {
            full[i] = grey[i];
        }
        for (int y = 0; y < height; y++) {
            shrink_line(full + (ptrdiff_t)y * width, width, 1,
                narrow + (ptrdiff_t)y * to_width, to_width, 1);
        }
        for (int x = 0; x < to_width; x++) {
            shrink_line(narrow + x, height, to_width, small + x, to_height, to_width);
        }
        for (size_t i = 0; i < (size_t)to_width * (size_t)to_height; i++) {
            bytes[i] = (uint8_t)(small[i] + 0.5F);
        }
    }
    free(full);
    free(narrow);
    free(small);
    return bytes;
}

bool
scan_picture_load(const char *path, struct bw_luma *ret_luma, uint8_t **ret_pixels)
{
    SDL_Surface *any = IMG_Load(path);
    SDL_Surface *rgb =
        any ? SDL_ConvertSurfaceFormat(any, SDL_PIXELFORMAT_RGB24, 0) : NULL;
    SDL_FreeSurface(any);
    if (!rgb) {
        return false;
    }
    int width = rgb->w, height = rgb->h;
    uint8_t *pixels = grey_of(rgb);
    SDL_FreeSurface(rgb);
    int longer = width > height ? width : height;
    if (pixels && longer > SCAN_PICTURE_SIDE_PX) {
        int to_width = (int)lround((double)width * SCAN_PICTURE_SIDE_PX / longer);
        int to_height = (int)lround((double)height * SCAN_PICTURE_SIDE_PX / longer);
        to_width = to_width < 1 ? 1 : to_width;
        to_height = to_height < 1 ? 1 : to_height;
        uint8_t *small = shrink(pixels, width, height, to_width, to_height);
        free(pixels);
        pixels = small;
        width = to_width;
        height = to_height;
    }
    *ret_luma = (struct bw_luma){
        .pixels = pixels, .width_px = width, .height_px = height, .stride_bytes = width};
    *ret_pixels = pixels;
    return pixels;
}
