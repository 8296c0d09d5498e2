/* Halving and softening by rows.h; the rest, which is rarer, so that the compiler makes
 * vectors of the inner loops. Pure. */
#include "scale.h"

#include "rows.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

void
bw_scale_half(
    const uint8_t *grey, int width_px, int height_px, int stride, uint8_t *ret_grey)
{
    int width = width_px / 2, height = height_px / 2;
    for (int y = 0; y < height; y++) {
        const uint8_t *top = grey + (ptrdiff_t)2 * y * stride;
        bw_rows.halve(top, top + stride, width, ret_grey + (ptrdiff_t)y * width);
    }
}

static void
double_row(const uint8_t *restrict from, int width, uint8_t *restrict to)
{
    to[0] = from[0];
    for (int x = 0; x + 1 < width; x++) {
        to[2 * x + 1] = (uint8_t)((3 * from[x] + from[x + 1] + 2) >> 2);
        to[2 * x + 2] = (uint8_t)((from[x] + 3 * from[x + 1] + 2) >> 2);
    }
    to[2 * width - 1] = from[width - 1];
}

static void
mix_rows(const uint8_t *near, const uint8_t *far, int width, uint8_t *to)
{
    for (int x = 0; x < width; x++) {
        to[x] = (uint8_t)((3 * near[x] + far[x] + 2) >> 2);
    }
}

void
bw_scale_double(
    const uint8_t *grey, int width_px, int height_px, int stride, uint8_t *ret_grey)
{
    int width = width_px * 2;
    /* Wide rows go to the last row of each pair first, and are mixed from there. */
    for (int y = 0; y < height_px; y++) {
        double_row(grey + (ptrdiff_t)y * stride, width_px,
            ret_grey + (ptrdiff_t)(2 * y + 1) * width);
    }
    memcpy(ret_grey, ret_grey + width, (size_t)width);
    for (int y = 0; y + 1 < height_px; y++) {
        uint8_t *one = ret_grey + (ptrdiff_t)(2 * y + 1) * width;
        uint8_t *between = one + width, *next = between + width;
        mix_rows(next, one, width, between);
        mix_rows(one, next, width, one);
    }
}

void
bw_scale_down(const uint8_t *grey, int width_px, int height_px, int stride, int step,
    uint8_t *ret_grey)
{
    int width = width_px / step, height = height_px / step;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            const uint8_t *from =
                grey + (ptrdiff_t)y * step * stride + (ptrdiff_t)x * step;
            unsigned sum = 0;
            for (int i = 0; i < step; i++, from += stride) {
                for (int k = 0; k < step; k++) {
                    sum += from[k];
                }
            }
            ret_grey[(ptrdiff_t)y * width + x] = (uint8_t)(sum / (unsigned)(step * step));
        }
    }
}

void
bw_scale_blur(const uint8_t *grey, int width_px, int height_px, int stride, uint8_t *work,
    uint8_t *ret_grey)
{
    for (int y = 0; y < height_px; y++) {
        const uint8_t *from = grey + (ptrdiff_t)y * stride;
        uint8_t *to = work + (ptrdiff_t)y * width_px;
        to[0] = from[0];
        to[width_px - 1] = from[width_px - 1];
        bw_rows.soften(from, from + 1, from + 2, width_px - 2, to + 1);
    }
    for (int y = 0; y < height_px; y++) {
        const uint8_t *here = work + (ptrdiff_t)y * width_px;
        bw_rows.soften(y ? here - width_px : here, here,
            y + 1 < height_px ? here + width_px : here, width_px,
            ret_grey + (ptrdiff_t)y * width_px);
    }
}

void
bw_scale_sharpen(const uint8_t *grey, const uint8_t *soft, int pixels, uint8_t *ret_grey)
{
    for (int i = 0; i < pixels; i++) {
        int sharp = 3 * grey[i] - 2 * soft[i];
        ret_grey[i] = (uint8_t)(sharp < 0 ? 0 : sharp > 255 ? 255 : sharp);
    }
}

void
bw_scale_stretch(const uint8_t *grey, int pixels, int most, uint8_t *ret_grey)
{
    uint8_t to[256];
    for (int i = 0; i < 256; i++) {
        to[i] = (uint8_t)(i < most ? i * 255 / most : 255);
    }
    for (int i = 0; i < pixels; i++) {
        ret_grey[i] = to[grey[i]];
    }
}

/* The least (or the most) of a row's and then of a column's neighbours. */
static void
least_along(const uint8_t *restrict from, int count, int step, int reach, bool most,
    uint8_t *restrict to)
{
    memcpy(to, from, (size_t)count);
    for (int i = -reach; i <= reach; i++) {
        int off = i * step, first = off < 0 ? -off : 0,
            last = off > 0 ? count - off : count;
        if (most) {
            for (int k = first; k < last; k++) {
                to[k] = from[k + off] > to[k] ? from[k + off] : to[k];
            }
        } else {
            for (int k = first; k < last; k++) {
                to[k] = from[k + off] < to[k] ? from[k + off] : to[k];
            }
        }
    }
}

static void
least_around(uint8_t *grey, int width, int height, int reach, bool most, uint8_t *work)
{
    least_along(grey, width * height, 1, reach, most, work);
    least_along(work, width * height, width, reach, most, grey);
}

void
bw_scale_mend(const uint8_t *grey, int width_px, int height_px, int reach, uint8_t *work,
    uint8_t *ret_grey)
{
    memcpy(ret_grey, grey, (size_t)width_px * (size_t)height_px);
    least_around(ret_grey, width_px, height_px, reach, false, work);
    least_around(ret_grey, width_px, height_px, reach, true, work);
    least_around(ret_grey, width_px, height_px, reach, true, work);
    least_around(ret_grey, width_px, height_px, reach, false, work);
}
