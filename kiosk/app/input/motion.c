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
cell_mean(const struct bw_yuy2 *picture, int step, int row, int column)
{
    int top = picture->height_px * row / BW_MOTION_ROWS;
    int bottom = picture->height_px * (row + 1) / BW_MOTION_ROWS;
    int left = picture->width_px * column / BW_MOTION_COLUMNS;
    int right = picture->width_px * (column + 1) / BW_MOTION_COLUMNS;
    long sum = 0, count = 0;
    for (int y = top; y < bottom; y += step) {
        const uint8_t *line = picture->bytes + (size_t)y * (size_t)picture->stride_bytes;
        for (int x = left; x < right; x += step) {
            sum += line[2 * x];
            count++;
        }
    }
    return count > 0 ? (int)(sum * 16 / count) : 0;
}

/* The grid of a picture; returns how many cells differ from what stood there before. */
static int
look(const struct bw_motion *motion, const struct bw_yuy2 *picture,
    int ret_means[BW_MOTION_ROWS][BW_MOTION_COLUMNS])
{
    int moved = 0;
    int step = motion->step > 0 ? motion->step : STEP;
    for (int row = 0; row < BW_MOTION_ROWS; row++) {
        for (int column = 0; column < BW_MOTION_COLUMNS; column++) {
            int mean = cell_mean(picture, step, row, column);
            moved += abs(mean - motion->means[row][column]) > CELL_MOVED;
            ret_means[row][column] = mean;
        }
    }
    return motion->started ? moved : 0;
}

bool
bw_motion_see(struct bw_motion *motion, const struct bw_yuy2 *picture)
{
    int means[BW_MOTION_ROWS][BW_MOTION_COLUMNS];
    int moved = look(motion, picture, means);
    for (int row = 0; row < BW_MOTION_ROWS; row++) {
        for (int column = 0; column < BW_MOTION_COLUMNS; column++) {
            int *before = &motion->means[row][column];
            int mean = means[row][column];
            *before = motion->started ? *before + (mean - *before) / FOLLOW : mean;
        }
    }
    motion->started = true;
    return moved >= CELLS_MOVED;
}

bool
bw_motion_glance(const struct bw_motion *motion, const struct bw_yuy2 *picture)
{
    int means[BW_MOTION_ROWS][BW_MOTION_COLUMNS];
    return look(motion, picture, means) >= CELLS_MOVED;
}
