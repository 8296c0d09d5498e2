/* Drawing what the scanner found: see sketch.h. */
#include "sketch.h"

#include "scan/camera/picture.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

enum { CELL_PX = 3, QUIET_CELLS = 4, MODULES_MAX = 177 };

static const uint32_t finder_colour = 0xf2b705, grid_colour = 0xd1495b,
                      read_colour = 0x2a9d5c;

struct bw_sketch {
    int width_px, height_px;
    uint32_t pixels[];
};

enum bw_status
bw_sketch_create(
    const struct bw_luma *frame, struct bw_sketch **ret_sketch, struct bw_error *err)
{
    size_t count = (size_t)frame->width_px * (size_t)frame->height_px;
    struct bw_sketch *sketch = malloc(sizeof *sketch + count * sizeof sketch->pixels[0]);
    if (sketch == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM, "Drawing a picture: no memory");
    }
    sketch->width_px = frame->width_px;
    sketch->height_px = frame->height_px;
    for (int y = 0; y < frame->height_px; y++) {
        const uint8_t *row = frame->pixels + (size_t)y * (size_t)frame->stride_bytes;
        for (int x = 0; x < frame->width_px; x++) {
            sketch->pixels[(size_t)y * (size_t)frame->width_px + (size_t)x] =
                row[x] * 0x010101u;
        }
    }
    *ret_sketch = sketch;
    return BW_OK;
}

void
bw_sketch_destroy(struct bw_sketch *sketch)
{
    free(sketch);
}

static void
dot(struct bw_sketch *sketch, int x, int y, uint32_t colour)
{
    if (x >= 0 && y >= 0 && x < sketch->width_px && y < sketch->height_px) {
        sketch->pixels[(size_t)y * (size_t)sketch->width_px + (size_t)x] = colour;
    }
}

/* A line two pixels thick; places far outside (a grid can be fitted to noise) are drawn
 * as far as the picture goes. */
static void
line(struct bw_sketch *sketch, const float from[2], const float to[2], uint32_t colour)
{
    float across = to[0] - from[0], down = to[1] - from[1];
    float length = hypotf(across, down);
    if (!isfinite(length) || length > 10000.0f) {
        return;
    }
    int steps = (int)length + 1;
    for (int i = 0; i <= steps; i++) {
        int x = (int)lroundf(from[0] + across * (float)i / (float)steps);
        int y = (int)lroundf(from[1] + down * (float)i / (float)steps);
        dot(sketch, x, y, colour);
        dot(sketch, x + 1, y, colour);
        dot(sketch, x, y + 1, colour);
        dot(sketch, x + 1, y + 1, colour);
    }
}

static void
quadrangle(struct bw_sketch *sketch, const float corner[4][2], uint32_t colour)
{
    for (int i = 0; i < 4; i++) {
        line(sketch, corner[i], corner[(i + 1) % 4], colour);
    }
}

/* A finder pattern is seven modules wide. */
static void
finder(struct bw_sketch *sketch, const float place[3])
{
    float half = 3.5f * place[2], x = place[0], y = place[1];
    const float corner[4][2] = {{x - half, y - half}, {x + half, y - half},
        {x + half, y + half}, {x - half, y + half}};
    quadrangle(sketch, corner, finder_colour);
}

static void
symbol(struct bw_sketch *sketch, const uint8_t *cells, int modules)
{
    int side = (modules + 2 * QUIET_CELLS) * CELL_PX;
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            int column = x / CELL_PX - QUIET_CELLS, row = y / CELL_PX - QUIET_CELLS;
            bool inside = column >= 0 && row >= 0 && column < modules && row < modules;
            bool dark = inside && cells[row * modules + column] != 0;
            dot(sketch, x, y, dark ? 0x000000 : 0xffffff);
        }
    }
}

void
bw_sketch_note(struct bw_sketch *sketch, const struct bw_scan_note *note)
{
    switch (note->kind) {
    case BW_SCAN_NOTE_STAGE:
        for (int i = 0; i < note->finders; i++) {
            finder(sketch, note->finder[i]);
        }
        break;
    case BW_SCAN_NOTE_GRID:
        quadrangle(sketch, note->corner, note->read ? read_colour : grid_colour);
        if (note->cells != NULL && note->modules > 0 && note->modules <= MODULES_MAX) {
            symbol(sketch, note->cells, note->modules);
        }
        break;
    }
}

enum bw_status
bw_sketch_save(const struct bw_sketch *sketch, const char *path, struct bw_error *err)
{
    return bw_picture_save(
        sketch->pixels, sketch->width_px, sketch->height_px, path, err);
}
