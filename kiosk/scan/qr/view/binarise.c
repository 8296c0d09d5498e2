/* Adaptive mean over blocks. Pure, but for the memory it is given. */
#include "binarise.h"

#include "rows.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = BW_BINARISE_BLOCK_PX };

_Static_assert((int)BLOCK == (int)BW_ROWS_BLOCK_PX, "blocks are summed by rows.h");

bool
bw_binarise_init(struct bw_binarise *work, int width_px, int height_px)
{
    work->blocks_x = (width_px + BLOCK - 1) / BLOCK;
    work->blocks_y = (height_px + BLOCK - 1) / BLOCK;
    size_t cells = ((size_t)work->blocks_x + 1) * ((size_t)work->blocks_y + 1);
    work->sums = calloc(cells, sizeof *work->sums);
    work->thresholds = calloc((size_t)work->blocks_x * BLOCK, 1);
    return work->sums && work->thresholds;
}

void
bw_binarise_finish(struct bw_binarise *work)
{
    free(work->sums);
    free(work->thresholds);
    *work = (struct bw_binarise){0};
}

static uint32_t
sum_cut_block(const uint8_t *from, int stride, int width, int height)
{
    uint32_t sum = 0;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            sum += from[(ptrdiff_t)y * stride + x];
        }
    }
    return sum * BLOCK * BLOCK / (uint32_t)(width * height);
}

static int
smaller(int a, int b)
{
    return a < b ? a : b;
}

void
bw_binarise_measure(struct bw_binarise *work, const uint8_t *grey, int width_px,
    int height_px, int stride)
{
    work->blocks_x = (width_px + BLOCK - 1) / BLOCK;
    work->blocks_y = (height_px + BLOCK - 1) / BLOCK;
    size_t row_cells = (size_t)work->blocks_x + 1;
    memset(work->sums, 0, row_cells * sizeof *work->sums);
    for (int by = 0; by < work->blocks_y; by++) {
        int height = smaller(BLOCK, height_px - by * BLOCK);
        const uint8_t *row = grey + (ptrdiff_t)by * BLOCK * stride;
        const uint32_t *above = work->sums + (size_t)by * row_cells;
        uint32_t *here = work->sums + (size_t)(by + 1) * row_cells;
        int whole = height == BLOCK ? width_px / BLOCK : 0;
        uint32_t sum = 0;
        here[0] = 0;
        bw_rows.sum_blocks(row, stride, whole, here + 1);
        for (int bx = 0; bx < work->blocks_x; bx++) {
            int width = smaller(BLOCK, width_px - bx * BLOCK);
            sum += bx < whole ? here[bx + 1]
                              : sum_cut_block(row + bx * BLOCK, stride, width, height);
            here[bx + 1] = above[bx + 1] + sum;
        }
    }
}

static int
mean_around(const struct bw_binarise *work, int bx, int by, int radius)
{
    int x0 = bx - radius < 0 ? 0 : bx - radius;
    int y0 = by - radius < 0 ? 0 : by - radius;
    int x1 = smaller(bx + radius + 1, work->blocks_x);
    int y1 = smaller(by + radius + 1, work->blocks_y);
    size_t row_cells = (size_t)work->blocks_x + 1;
    const uint32_t *top = work->sums + (size_t)y0 * row_cells;
    const uint32_t *bottom = work->sums + (size_t)y1 * row_cells;
    uint32_t sum = bottom[x1] - bottom[x0] - top[x1] + top[x0];
    return (int)(sum / (uint32_t)((x1 - x0) * (y1 - y0) * BLOCK * BLOCK));
}

void
bw_binarise_threshold(struct bw_binarise *work, const uint8_t *grey, int width_px,
    int height_px, int stride, int radius, int margin, uint8_t *ret_white)
{
    uint8_t *thresholds = work->thresholds;
    for (int by = 0; by < work->blocks_y; by++) {
        for (int bx = 0; bx < work->blocks_x; bx++) {
            int level = mean_around(work, bx, by, radius) - margin;
            level = level < 0 ? 0 : level > 255 ? 255 : level;
            memset(thresholds + bx * BLOCK, level, BLOCK);
        }
        int rows = smaller(BLOCK, height_px - by * BLOCK);
        for (int y = by * BLOCK; y < by * BLOCK + rows; y++) {
            bw_rows.compare(grey + (ptrdiff_t)y * stride, thresholds, width_px,
                ret_white + (ptrdiff_t)y * width_px);
        }
    }
}
