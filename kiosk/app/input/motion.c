/* Motion before the camera: see motion.h. */
#include "motion.h"

#include <stdlib.h>

enum {
    STEP = 8,             /* every eighth pixel of every eighth row will do */
    CELL_MOVED = 14 * 16, /* a cell that changes by so much moved (noise stays below 4) */
    CELLS_MOVED = 4,      /* one cell is a lamp, four are somebody */
    FOLLOW = 4,           /* a quarter of the way each picture */
};

static int
cell_mean(const struct bw_yuy2 *picture, int row, int column)
{
    int top = picture->height_px * row / BW_MOTION_ROWS;
    int bottom = picture->height_px * (row + 1) / BW_MOTION_ROWS;
    int left = picture->width_px * column / BW_MOTION_COLUMNS;
    int right = picture->width_px * (column + 1) / BW_MOTION_COLUMNS;
    long sum = 0, count = 0;
    for (int y = top; y < bottom; y += STEP) {
        const uint8_t *line = picture->bytes + (size_t)y * (size_t)picture->stride_bytes;
        for (int x = left; x < right; x += STEP) {
            sum += line[2 * x];
            count++;
        }
    }
    return count > 0 ? (int)(sum * 16 / count) : 0;
}

bool
bw_motion_see(struct bw_motion *motion, const struct bw_yuy2 *picture)
{
    int moved = 0;
    for (int row = 0; row < BW_MOTION_ROWS; row++) {
        for (int column = 0; column < BW_MOTION_COLUMNS; column++) {
            int mean = cell_mean(picture, row, column);
            int *before = &motion->means[row][column];
            moved += abs(mean - *before) > CELL_MOVED;
            *before = motion->started ? *before + (mean - *before) / FOLLOW : mean;
        }
    }
    bool first = !motion->started;
    motion->started = true;
    return !first && moved >= CELLS_MOVED;
}
